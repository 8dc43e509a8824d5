#include "import/batch.h"

#include "base/memory.h"
#include "base/strbuf.h"

#include <pthread.h>
#include <string.h>

enum {
	QUEUE_MAX = 3,
	FIRST_BLOCK = 1 << 20,
	BATCH_SIZE_MAX = 16 << 20, /* bytes of cells, for books of full texts */
	ROW_TEXT_MAX = 64 << 10
};

struct batch *batch_create(void)
{
	struct batch *batch = memory_alloc_zeroed(1, sizeof(*batch));

	batch->arena = arena_create(FIRST_BLOCK);
	batch->rows = LIST_OF(struct batch_row);
	return batch;
}

void batch_destroy(struct batch *batch)
{
	if (!batch)
		return;
	arena_destroy(batch->arena);
	list_release(&batch->rows);
	memory_free(batch);
}

struct batch_queue {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct batch *batches[QUEUE_MAX];
	size_t first, count;
	bool is_given_up;
};

struct batch_queue *batch_queue_create(void)
{
	struct batch_queue *queue = memory_alloc_zeroed(1, sizeof(*queue));

	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->changed, NULL);
	return queue;
}

void batch_queue_destroy(struct batch_queue *queue)
{
	for (size_t i = 0; i < queue->count; i++)
		batch_destroy(queue->batches[(queue->first + i) % QUEUE_MAX]);
	pthread_cond_destroy(&queue->changed);
	pthread_mutex_destroy(&queue->lock);
	memory_free(queue);
}

bool batch_queue_put(struct batch_queue *queue, struct batch *batch)
{
	bool is_taken;

	pthread_mutex_lock(&queue->lock);
	while (queue->count == QUEUE_MAX && !queue->is_given_up)
		pthread_cond_wait(&queue->changed, &queue->lock);
	is_taken = !queue->is_given_up;
	if (is_taken)
		queue->batches[(queue->first + queue->count++) % QUEUE_MAX] = batch;
	pthread_cond_broadcast(&queue->changed);
	pthread_mutex_unlock(&queue->lock);
	if (!is_taken)
		batch_destroy(batch);
	return is_taken;
}

struct batch *batch_queue_take(struct batch_queue *queue)
{
	struct batch *batch;

	pthread_mutex_lock(&queue->lock);
	while (queue->count == 0)
		pthread_cond_wait(&queue->changed, &queue->lock);
	batch = queue->batches[queue->first];
	queue->first = (queue->first + 1) % QUEUE_MAX;
	queue->count--;
	pthread_cond_broadcast(&queue->changed);
	pthread_mutex_unlock(&queue->lock);
	return batch;
}

void batch_queue_give_up(struct batch_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->is_given_up = true;
	pthread_cond_broadcast(&queue->changed);
	pthread_mutex_unlock(&queue->lock);
}

/* ---- Reading */

/* The reading thread's view of the part at hand. */
struct part_state {
	struct arena *arena; /* of the mapper */
	uint32_t number;
	const struct source *source;
	struct mapper *mapper; /* NULL: of no known source, its rows are passed over */
};

static void add_cell(struct strbuf *text, struct str header, struct str value)
{
	strbuf_add_str(text, header);
	strbuf_add_byte(text, '\x1f');
	strbuf_add_str(text, value);
	strbuf_add_byte(text, '\x1e');
}

static struct str value_at(const struct row *row, struct str path)
{
	for (size_t i = 0; i < row->count; i++)
		if (str_equal(row->cells[i].path, path))
			return row->cells[i].value;
	return STR_EMPTY;
}

/*
 * Header, unit separator, value, record separator; both separators cannot stand in cells. Of a
 * table all columns, the empty ones too, so that a person can fill them in.
 */
static struct str row_text(struct arena *arena, const struct reader *reader, const struct row *row)
{
	bool is_table = (SOURCE_TABLE >> reader_format(reader) & 1) != 0;
	struct strbuf text = STRBUF_INIT;
	struct str copy;
	size_t count;
	const struct str *headers = reader_signature(reader, &count);

	text.size_max = ROW_TEXT_MAX;
	for (size_t i = 0; is_table && row->count && i < count; i++)
		add_cell(&text, headers[i], value_at(row, headers[i]));
	for (size_t i = 0; !is_table && i < row->count && !text.overflow; i++)
		add_cell(&text, row->cells[i].path, row->cells[i].value);
	copy = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static void add_refusal(struct batch *batch, const struct reader *reader, const struct row *row,
			const struct error *error)
{
	struct batch_row *entry = list_add(&batch->rows);

	entry->place = row->place;
	entry->reason = *error;
	if (row->member.size) {
		error_set_at(&entry->reason, error->kind, error->key, error->at, "%.*s: %s",
			     STR_ARGS(row->member), error->detail);
		error_hint(&entry->reason, "%s", error->hint);
	}
	entry->row_text = row_text(batch->arena, reader, row);
}

/* Another member of an archive: finds its source. An unknown one is one refusal. */
static void begin_part(struct batch_source *source, struct part_state *part, struct batch *batch,
		       const struct row *row)
{
	const struct source *found = source->forced;
	struct error error;
	size_t count;
	const struct str *signature = reader_signature(source->reader, &count);
	enum format format = reader_format(source->reader);

	part->number = row->part;
	part->mapper = NULL;
	arena_reset(part->arena);
	if (!found &&
	    !source_detect(part->arena, format, signature, count, &found, NULL, NULL, &error)) {
		struct row none = { .place = row->place, .member = row->member };

		add_refusal(batch, source->reader, &none, &error);
		return;
	}
	part->source = found;
	part->mapper = mapper_create(part->arena, found, format, source->findings);
}

static void take_row(struct batch_source *source, struct part_state *part, struct batch *batch,
		     const struct row *row)
{
	struct publication *publication;
	struct batch_row *entry;
	struct error error;

	for (size_t i = 0; i < row->count; i++)
		batch->size += row->cells[i].value.size;
	if (!part->mapper)
		return;
	if (!mapper_map(part->mapper, batch->arena, row, &publication, &error)) {
		add_refusal(batch, source->reader, row, &error);
		return;
	}
	publication_set_origin(publication, source->import_id, part->source->origin,
			       part->source->rank);
	entry = list_add(&batch->rows);
	entry->publication = publication;
	entry->place = row->place;
}

static void mark_replayed(const struct batch_source *source, struct batch *batch, size_t from)
{
	if (reader_position(source->reader) > source->replay_until)
		return;
	for (size_t i = from; i < batch->rows.count; i++)
		LIST_AT(&batch->rows, struct batch_row, i).is_replayed = true;
}

/* Fills a batch; false when it is the last. */
static bool fill_batch(struct batch_source *source, struct part_state *part, struct batch *batch)
{
	uint64_t begun = reader_position(source->reader);
	size_t marked = 0;

	while (reader_position(source->reader) - begun < source->batch_rows &&
	       batch->size < BATCH_SIZE_MAX) {
		struct row row = { 0 };
		enum read_result result = reader_next(source->reader, batch->arena, &row,
						      &batch->error);

		if (result == READ_END || result == READ_FAILED) {
			batch->is_last = true;
			batch->is_stopped = result == READ_FAILED;
			break;
		}
		if (row.part != part->number)
			begin_part(source, part, batch, &row);
		if (result == READ_BAD_ROW)
			add_refusal(batch, source->reader, &row, &batch->error);
		else
			take_row(source, part, batch, &row);
		mark_replayed(source, batch, marked);
		marked = batch->rows.count;
	}
	batch->position = reader_position(source->reader);
	reader_progress(source->reader, &batch->done, &batch->total);
	return !batch->is_last;
}

void batch_each(struct batch_source *source, batch_take_fn *take, void *context)
{
	struct part_state part = { .arena = arena_create(1 << 16) };
	bool goes_on;

	do {
		struct batch *batch = batch_create();

		goes_on = fill_batch(source, &part, batch);
		goes_on = take(context, batch) && goes_on;
	} while (goes_on);
	arena_destroy(part.arena);
}

static bool put_into_queue(void *queue, struct batch *batch)
{
	return batch_queue_put(queue, batch);
}

void batch_read_all(struct batch_source *source)
{
	batch_each(source, put_into_queue, source->queue);
}
