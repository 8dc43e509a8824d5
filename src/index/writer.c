#include "base/fault.h"
#include "base/memory.h"
#include "base/pool.h"
#include "index/id_table_internal.h"
#include "index/index_internal.h"
#include "index/invert_internal.h"

#include <string.h>
#include <unistd.h>

/*
 * Documents are copied into batches; workers invert batches into segments of their own. A worker is
 * started only when a batch is full and no worker is idle, so a small update runs on the
 * caller's thread and makes one segment.
 *
 * Order does not matter to the workers: every operation has a number, and at commit the last
 * operation on an id decides which of its documents lives.
 */
enum {
	MEMORY_DEFAULT = 512 << 20,
	MEMORY_MIN = 1 << 20,
	THREADS_DEFAULT_MAX = 4,
	THREADS_MAX = 16,
	BATCH_BYTES = 512 << 10,
	BATCH_DOCUMENTS = 512,
	BATCHES_WAITING_MAX = 4,
	MERGE_AT_COMMIT_MAX = 100000 /* documents; larger merges are index_merge's */
};

struct batch {
	struct batch *next;
	struct arena *arena;
	struct list documents; /* struct document, cells in the arena */
	uint32_t first_sequence;
	struct list sequences; /* uint32_t */
	size_t bytes;
};

/* A segment written but not committed yet. */
struct fresh_segment {
	uint64_t number;
	uint32_t document_count;
	uint32_t *ids, *sequences;
};

struct worker {
	struct index_writer *writer;
	struct inverter *inverter;
	pthread_t thread;
	bool is_started;
};

struct index_writer {
	struct index *index;
	int lock;
	size_t memory_each; /* bytes a worker may hold */
	size_t thread_count;
	struct manifest manifest;
	struct batch *filling;
	struct id_table *operations; /* id -> number of its last operation */
	uint32_t sequence;

	pthread_mutex_t mutex; /* for all below */
	pthread_cond_t changed;
	struct batch *first_waiting, *last_waiting;
	size_t waiting_count, idle_count, started_count;
	bool is_closing, has_failed;
	struct error failure;
	struct list segments; /* struct fresh_segment */
	struct worker workers[THREADS_MAX];
};

/* ---- Batches. */

static struct batch *batch_create(void)
{
	struct batch *batch = memory_alloc_zeroed(1, sizeof(*batch));

	batch->arena = arena_create(BATCH_BYTES + BATCH_BYTES / 2);
	batch->documents = LIST_OF(struct document);
	batch->sequences = LIST_OF(uint32_t);
	return batch;
}

static void batch_destroy(struct batch *batch)
{
	arena_destroy(batch->arena);
	list_release(&batch->documents);
	list_release(&batch->sequences);
	memory_free(batch);
}

static void batch_add(struct batch *batch, const struct document *document, uint32_t sequence)
{
	struct cell_value *cells = arena_array(batch->arena, struct cell_value,
					       document->cell_count);
	struct document *added = list_add(&batch->documents);

	for (size_t i = 0; i < document->cell_count; i++) {
		cells[i] = document->cells[i];
		cells[i].text = str_copy(batch->arena, cells[i].text);
		batch->bytes += cells[i].text.size + sizeof(*cells);
	}
	*added = (struct document){ document->id, cells, document->cell_count };
	*(uint32_t *)list_add(&batch->sequences) = sequence;
}

/* ---- Workers. */

static void note_failure(struct index_writer *writer, const struct error *error)
{
	pthread_mutex_lock(&writer->mutex);
	if (!writer->has_failed)
		writer->failure = *error;
	writer->has_failed = true;
	pthread_cond_broadcast(&writer->changed);
	pthread_mutex_unlock(&writer->mutex);
}

static uint32_t *copy_numbers(const uint32_t *numbers, size_t count)
{
	return memcpy(memory_alloc(memory_product(count, sizeof(*numbers))), numbers,
		      count * sizeof(*numbers));
}

static void write_segment(struct worker *worker)
{
	struct index_writer *writer = worker->writer;
	struct inverter *inverter = worker->inverter;
	uint32_t count = inverter_document_count(inverter);
	struct fresh_segment fresh = { .document_count = count };
	struct arena *arena;
	struct error error;

	if (count == 0)
		return;
	arena = arena_create(512);
	pthread_mutex_lock(&writer->mutex);
	fresh.number = writer->manifest.next_number++;
	pthread_mutex_unlock(&writer->mutex);
	if (inverter_write(inverter, segment_path(arena, writer->index->folder, fresh.number),
			   &error)) {
		fresh.ids = copy_numbers(inverter_ids(inverter), count);
		fresh.sequences = copy_numbers(inverter_sequences(inverter), count);
		pthread_mutex_lock(&writer->mutex);
		*(struct fresh_segment *)list_add(&writer->segments) = fresh;
		pthread_mutex_unlock(&writer->mutex);
	} else {
		note_failure(writer, &error);
	}
	inverter_clear(inverter);
	arena_destroy(arena);
}

static void invert_batch(struct worker *worker, const struct batch *batch)
{
	for (size_t i = 0; i < batch->documents.count; i++)
		inverter_add(worker->inverter, &LIST_AT(&batch->documents, struct document, i),
			     LIST_AT(&batch->sequences, uint32_t, i));
	if (inverter_memory(worker->inverter) > worker->writer->memory_each)
		write_segment(worker);
}

/* Waits for the next batch; NULL when there will be none. */
static struct batch *take_batch(struct index_writer *writer)
{
	struct batch *batch;

	pthread_mutex_lock(&writer->mutex);
	writer->idle_count++;
	while (!writer->first_waiting && !writer->is_closing)
		pthread_cond_wait(&writer->changed, &writer->mutex);
	writer->idle_count--;
	batch = writer->first_waiting;
	if (batch) {
		writer->first_waiting = batch->next;
		writer->waiting_count--;
		pthread_cond_broadcast(&writer->changed);
	}
	pthread_mutex_unlock(&writer->mutex);
	return batch;
}

static void *run_worker(void *argument)
{
	struct worker *worker = argument;
	struct batch *batch;

	while ((batch = take_batch(worker->writer)) != NULL) {
		if (!worker->writer->has_failed)
			invert_batch(worker, batch);
		batch_destroy(batch);
	}
	if (!worker->writer->has_failed)
		write_segment(worker);
	return NULL;
}

static void start_worker(struct index_writer *writer)
{
	struct worker *worker = &writer->workers[writer->started_count];

	worker->writer = writer;
	worker->inverter = inverter_create(writer->index->schema);
	worker->is_started = pthread_create(&worker->thread, NULL, run_worker, worker) == 0;
	writer->started_count++;
}

/* Hands the batch being filled to the workers; waits while too many are waiting. */
static void submit_batch(struct index_writer *writer)
{
	struct batch *batch = writer->filling;

	writer->filling = NULL;
	pthread_mutex_lock(&writer->mutex);
	if (writer->idle_count <= writer->waiting_count &&
	    writer->started_count < writer->thread_count)
		start_worker(writer);
	while (writer->waiting_count >= BATCHES_WAITING_MAX && !writer->has_failed)
		pthread_cond_wait(&writer->changed, &writer->mutex);
	if (writer->first_waiting)
		writer->last_waiting->next = batch;
	else
		writer->first_waiting = batch;
	writer->last_waiting = batch;
	writer->waiting_count++;
	pthread_cond_broadcast(&writer->changed);
	pthread_mutex_unlock(&writer->mutex);
}

/* Inverts what is left and writes all segments; afterwards no thread runs. */
static void finish_workers(struct index_writer *writer)
{
	pthread_mutex_lock(&writer->mutex);
	writer->is_closing = true;
	pthread_cond_broadcast(&writer->changed);
	pthread_mutex_unlock(&writer->mutex);
	for (size_t i = 0; i < writer->started_count; i++) {
		struct worker *worker = &writer->workers[i];

		if (worker->is_started)
			pthread_join(worker->thread, NULL);
		else
			run_worker(worker);
		inverter_destroy(worker->inverter);
	}
	writer->started_count = 0;
}

/* ---- The writer. */

bool index_write_begin(struct index *index, const struct index_write_options *options,
		       struct index_writer **writer_out, struct error *error)
{
	static const struct index_write_options defaults;
	struct index_writer *writer;
	size_t memory;
	int lock;

	options = options ? options : &defaults;
	if (!index_lock(index, "LOCK", &lock, error))
		return false;
	if (!index_refresh(index, error)) {
		index_unlock(lock);
		return false;
	}
	memory = options->memory_max ? options->memory_max : MEMORY_DEFAULT;
	writer = memory_alloc_zeroed(1, sizeof(*writer));
	writer->index = index;
	writer->lock = lock;
	writer->thread_count = options->thread_count ? options->thread_count : pool_processors();
	if (writer->thread_count > (options->thread_count ? THREADS_MAX : THREADS_DEFAULT_MAX))
		writer->thread_count = options->thread_count ? THREADS_MAX : THREADS_DEFAULT_MAX;
	writer->memory_each = memory / writer->thread_count;
	if (writer->memory_each < MEMORY_MIN)
		writer->memory_each = MEMORY_MIN;
	writer->manifest = manifest_copy(&index->current->manifest);
	writer->operations = id_table_create();
	writer->segments = LIST_OF(struct fresh_segment);
	pthread_mutex_init(&writer->mutex, NULL);
	pthread_cond_init(&writer->changed, NULL);
	manifest_remove_others(index->folder, &writer->manifest);
	*writer_out = writer;
	return true;
}

static bool has_failed(struct index_writer *writer, struct error *error)
{
	bool failed;

	pthread_mutex_lock(&writer->mutex);
	failed = writer->has_failed;
	if (failed)
		*error = writer->failure;
	pthread_mutex_unlock(&writer->mutex);
	return failed;
}

static bool check_document(const struct index_writer *writer, const struct document *document,
			   struct error *error)
{
	if (document->id <= 0 || document->id > UINT32_MAX)
		return error_set(error, ERROR_INVALID, "index.bad_id", "%lld",
				 (long long)document->id);
	for (size_t i = 0; i < document->cell_count; i++)
		assert(document->cells[i].column < writer->index->schema->column_count);
	if (writer->sequence == UINT32_MAX - 1)
		return error_set(error, ERROR_LIMIT, "index.too_many", "%u", writer->sequence);
	return true;
}

bool index_write_put(struct index_writer *writer, const struct document *document,
		     struct error *error)
{
	if (!check_document(writer, document, error) || has_failed(writer, error))
		return false;
	id_table_put(writer->operations, (uint32_t)document->id, ++writer->sequence);
	if (!writer->filling)
		writer->filling = batch_create();
	batch_add(writer->filling, document, writer->sequence);
	if (writer->filling->bytes >= BATCH_BYTES ||
	    writer->filling->documents.count >= BATCH_DOCUMENTS)
		submit_batch(writer);
	return true;
}

bool index_write_remove(struct index_writer *writer, int64_t id, struct error *error)
{
	struct document none = { .id = id };

	if (!check_document(writer, &none, error))
		return false;
	id_table_put(writer->operations, (uint32_t)id, ++writer->sequence);
	return true;
}

/* ---- Commit. */

/* Documents of an older segment that were replaced or removed. */
static void find_replaced(const struct index_writer *writer, const struct segment *segment,
			  struct list *documents)
{
	size_t count = id_table_count(writer->operations);
	enum { SCAN_RATIO = 16 };

	if (count * SCAN_RATIO > segment->document_count) {
		for (uint32_t i = 0; i < segment->document_count; i++)
			if (id_table_find(writer->operations, segment->ids[i]) != 0)
				*(uint32_t *)list_add(documents) = i;
		return;
	}
	for (size_t at = 0;;) {
		uint32_t id = id_table_next(writer->operations, &at), place, found;

		if (id == 0)
			return;
		place = segment_find_id(segment, id);
		while (segment_next_of_id(segment, id, &place, &found))
			*(uint32_t *)list_add(documents) = found;
	}
}

/* Marks documents deleted, and drops the segment from the manifest when none is left. */
static bool delete_documents(struct index_writer *writer, struct arena *arena,
			     struct manifest_segment *segment, const struct bitmap *before,
			     struct list *documents, struct error *error)
{
	const struct bitmap *deleted = bitmap_or(
		arena, before, bitmap_of(arena, documents->items, documents->count));

	if (bitmap_count(deleted) == segment->deleted)
		return true;
	segment->deleted = bitmap_count(deleted);
	segment->deleted_generation = writer->manifest.generation + 1;
	if (segment->deleted == segment->documents)
		return true;
	return deleted_write(writer->index->folder, segment, deleted, error);
}

static bool delete_in_old(struct index_writer *writer, struct arena *arena, size_t i,
			  struct error *error)
{
	struct manifest_segment *segment = &LIST_AT(&writer->manifest.segments,
						    struct manifest_segment, i);
	const struct snapshot *snapshot = writer->index->current;
	struct list documents = LIST_OF(uint32_t);
	const struct bitmap *before = bitmap_empty();
	bool done = true;

	find_replaced(writer, snapshot->segments[i].segment, &documents);
	if (documents.count > 0) {
		if (segment->deleted > 0)
			done = deleted_read(writer->index->folder, segment, arena, &before, error);
		done = done && delete_documents(writer, arena, segment, before, &documents, error);
	}
	list_release(&documents);
	return done;
}

static bool add_fresh(struct index_writer *writer, struct arena *arena,
		      const struct fresh_segment *fresh, struct error *error)
{
	struct manifest_segment *segment = list_add(&writer->manifest.segments);
	struct list documents = LIST_OF(uint32_t);
	bool done;

	segment->number = fresh->number;
	segment->documents = fresh->document_count;
	for (uint32_t i = 0; i < fresh->document_count; i++)
		if (id_table_find(writer->operations, fresh->ids[i]) != fresh->sequences[i])
			*(uint32_t *)list_add(&documents) = i;
	done = delete_documents(writer, arena, segment, bitmap_empty(), &documents, error);
	list_release(&documents);
	return done;
}

static void drop_empty(struct manifest *manifest)
{
	size_t n = 0;

	for (size_t i = 0; i < manifest->segments.count; i++) {
		struct manifest_segment *segments = manifest->segments.items;

		if (segments[i].deleted < segments[i].documents)
			segments[n++] = segments[i];
	}
	manifest->segments.count = n;
}

/* Workers finish in any order; the manifest has segments by number. */
static int compare_fresh(const void *a, const void *b)
{
	const struct fresh_segment *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

static bool change_manifest(struct index_writer *writer, struct error *error)
{
	struct arena *arena = arena_create(1 << 16);
	size_t old_count = writer->manifest.segments.count;
	bool done = true;

	for (size_t i = 0; i < old_count && done; i++)
		done = delete_in_old(writer, arena, i, error);
	list_sort(&writer->segments, compare_fresh);
	for (size_t i = 0; i < writer->segments.count && done; i++)
		done = add_fresh(writer, arena,
				 &LIST_AT(&writer->segments, struct fresh_segment, i), error);
	drop_empty(&writer->manifest);
	arena_destroy(arena);
	return done;
}

static void writer_destroy(struct index_writer *writer)
{
	for (size_t i = 0; i < writer->segments.count; i++) {
		memory_free(LIST_AT(&writer->segments, struct fresh_segment, i).ids);
		memory_free(LIST_AT(&writer->segments, struct fresh_segment, i).sequences);
	}
	list_release(&writer->segments);
	manifest_release(&writer->manifest);
	id_table_destroy(writer->operations);
	pthread_mutex_destroy(&writer->mutex);
	pthread_cond_destroy(&writer->changed);
	index_unlock(writer->lock);
	memory_free(writer);
}

bool index_write_commit(struct index_writer *writer, int64_t log_position, struct error *error)
{
	static const struct merge_wish wish = { .has_lock = true,
						.documents_max = MERGE_AT_COMMIT_MAX };
	struct index *index = writer->index;

	if (writer->filling && writer->started_count == 0)
		writer->workers[writer->started_count++] =
			(struct worker){ writer, inverter_create(index->schema), 0, false };
	if (writer->filling)
		submit_batch(writer);
	finish_workers(writer);
	fault_point("index.segments_written");
	if (has_failed(writer, error))
		return false;
	writer->manifest.log_position = log_position;
	if (!change_manifest(writer, error) || !index_publish(index, &writer->manifest, error) ||
	    !merge_as_wished(index, &wish, error))
		return false;
	writer_destroy(writer);
	return true;
}

void index_write_abandon(struct index_writer *writer)
{
	if (!writer)
		return;
	if (writer->filling)
		batch_destroy(writer->filling);
	pthread_mutex_lock(&writer->mutex);
	writer->has_failed = true; /* the workers only throw their batches away */
	pthread_mutex_unlock(&writer->mutex);
	finish_workers(writer);
	manifest_remove_others(writer->index->folder, &writer->index->current->manifest);
	writer_destroy(writer);
}
