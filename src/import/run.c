#include "import/run.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/file.h"
#include "import/batch.h"
#include "import/detect.h"
#include "import/seen.h"
#include "patent/status.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { BATCH_ROWS = 2000 };

/* What the writing side works with. */
struct run {
	struct library *library;
	struct arena *arena;
	const struct import_options *options;
	const struct source *source;
	struct import_record record;
	struct import_result *result;
	struct arena *scratch; /* of one row */
	struct seen *seen;
};

enum { HASHED_AT_ONCE = 1 << 20 };

/* Size and hash of the content: the same file, whatever its name. */
static bool fingerprint(struct arena *arena, const char *path, const char **text_out,
			struct error *error)
{
	char *block = arena_alloc(arena, HASHED_AT_ONCE);
	FILE *file = fopen(path, "rb");
	uint64_t hash = 0, size = 0;
	size_t got;
	bool done;

	if (!file)
		return error_set_errno(error, "file.open", path);
	while ((got = fread(block, 1, HASHED_AT_ONCE, file)) > 0) {
		hash = (hash ^ str_hash((struct str){ block, got })) * 0x9E3779B97F4A7C15u;
		size += got;
	}
	done = !ferror(file);
	fclose(file);
	*text_out = arena_printf(arena, "%llu-%016llx", (unsigned long long)size,
				 (unsigned long long)hash);
	return done || error_set_errno(error, "file.read", path);
}

static bool find_source(struct arena *arena, const struct import_options *options,
			const struct source **source_out, struct error *error)
{
	struct reader *reader;
	bool found;

	*source_out = options->source;
	if (options->source)
		return true;
	if (!detect_open(arena, options->path, &reader, error))
		return false;
	found = detect_source(arena, reader, source_out, NULL, error);
	reader_close(reader);
	return found;
}

/* ---- Writing */

static void keep_refusal(struct import_result *result, const struct import_rejected *refusal)
{
	if (result->refusals.count < IMPORT_REFUSALS_MAX)
		*(struct import_rejected *)list_add(&result->refusals) = *refusal;
}

static bool refuse_row(struct run *run, const struct batch_row *row, struct error *error)
{
	struct import_rejected refusal = {
		.place = row->place,
		.reason = row->reason,
		.row_text = str_copy(run->arena, row->row_text),
	};

	keep_refusal(run->result, &refusal);
	run->record.rejected++;
	return library_import_reject(run->library, run->record.id, &refusal, error);
}

/* The status of the application a reading speaks of; STATUS_UNKNOWN when it is not stored. */
static enum status stored_status(struct run *run, int64_t application_id)
{
	struct application application;
	struct publication **effective;
	struct error none;

	if (!library_application(run->library, run->scratch, application_id, &application, &none))
		return STATUS_UNKNOWN;
	effective = arena_array(run->scratch, struct publication *, application.publication_count);
	for (size_t i = 0; i < application.publication_count; i++)
		effective[i] = publication_effective(run->scratch, application.stored[i]);
	return status_of_publications(run->scratch, effective, application.publication_count,
				      run->options->today)
		.status;
}

static bool tells_status(const struct publication *reading)
{
	return publication_find(reading, FACT_STATUS) || publication_find(reading, FACT_EVENT) ||
	       publication_find(reading, FACT_LAPSE_DATE) ||
	       publication_find(reading, FACT_GRANT_DATE);
}

/* For the topic's log: what the status was before the row; -1 when that is not asked. */
static int status_before(struct run *run, const struct publication *reading)
{
	struct str number = publication_text(reading, FACT_PUBLICATION_NUMBER);
	struct error none;
	int64_t id;

	if (!run->options->topic_id || !tells_status(reading))
		return -1;
	if (number.size == 0)
		number = publication_text(reading, FACT_APPLICATION_NUMBER);
	if (number.size == 0 ||
	    !library_find_number(run->library, run->scratch, number, &id, &none) || id == 0)
		return -1;
	return (int)stored_status(run, id);
}

/* The stored publication a reading will be merged with; NULL when it cannot be told. */
static const struct publication *find_stored(struct run *run, const struct publication *reading,
					     uint32_t application_id)
{
	struct str number = publication_text(reading, FACT_PUBLICATION_NUMBER);
	struct application application;
	struct error none;
	int64_t id = application_id;

	if (id == 0 && number.size &&
	    !library_find_number(run->library, run->scratch, number, &id, &none))
		return NULL;
	if (id == 0 || !library_application(run->library, run->scratch, id, &application, &none))
		return NULL;
	for (size_t i = 0; i < application.publication_count; i++)
		if (str_equal(publication_text(application.stored[i], FACT_PUBLICATION_NUMBER),
			      number))
			return application.stored[i];
	return NULL;
}

/* A second row of one document in one file adds to the first. */
static const struct publication *without_repeats(struct run *run, const struct publication *reading)
{
	const struct publication *stored;
	uint32_t application_id;

	if (!seen_before(run->seen, reading, &application_id))
		return reading;
	stored = find_stored(run, reading, application_id);
	return stored ? seen_remainder(run->scratch, reading, stored) : reading;
}

static bool put_row(struct run *run, const struct publication *reading, uint32_t *id_out,
		    struct error *error)
{
	struct import_record *record = &run->record;
	enum put_result result;
	int64_t application_id;
	int before;

	arena_reset(run->scratch);
	before = status_before(run, reading);
	reading = without_repeats(run, reading);
	if (!library_put(run->library, run->scratch, reading, &result, &application_id, error))
		return false;
	record->inserted += result == PUT_INSERTED;
	record->updated += result == PUT_UPDATED;
	record->unchanged += result == PUT_UNCHANGED;
	if (before >= 0 && result == PUT_UPDATED &&
	    (int)stored_status(run, application_id) != before)
		run->result->status_changed++;
	*id_out = (uint32_t)application_id;
	seen_set(run->seen, reading, *id_out);
	return true;
}

static bool add_to_topic(struct run *run, struct batch *batch, uint32_t *ids, size_t count,
			 struct error *error)
{
	uint64_t added;

	if (!run->options->topic_id)
		return true;
	if (!library_topic_set_add(run->library, batch->arena, run->options->topic_id,
				   TOPIC_IMPORTED, bitmap_of(batch->arena, ids, count), &added,
				   error))
		return false;
	run->result->topic_added += (int64_t)added;
	return true;
}

static bool write_rows(struct run *run, struct batch *batch, struct error *error)
{
	uint32_t *ids = arena_array(batch->arena, uint32_t, batch->rows.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < batch->rows.count; i++) {
		const struct batch_row *row = &LIST_AT(&batch->rows, struct batch_row, i);

		if (row->is_replayed) {
			if (row->publication)
				seen_set(run->seen, row->publication, 0);
			continue;
		}
		if (!row->publication && !refuse_row(run, row, error))
			return false;
		if (row->publication && !put_row(run, row->publication, &ids[count++], error))
			return false;
	}
	return add_to_topic(run, batch, ids, count, error);
}

/* The file's end: its state, and the line in the topic's log. */
static bool finish_record(struct run *run, const struct batch *batch, struct error *error)
{
	struct import_result *result = run->result;
	struct topic_log_line line = {
		.on = run->options->today,
		.source = file_name(run->options->path),
		.added = result->topic_added,
		.updated = run->record.updated,
		.status_changed = result->status_changed,
	};

	run->record.state = batch->is_stopped ? IMPORT_FAILED : IMPORT_DONE;
	if (batch->is_stopped)
		run->record.message = arena_printf(run->arena, "%s: %s", batch->error.key,
						   batch->error.detail);
	result->is_stopped = batch->is_stopped;
	result->stopped = batch->error;
	return !run->options->topic_id ||
	       library_topic_log_add(run->library, run->options->topic_id, &line, error);
}

static bool write_batch(struct run *run, struct batch *batch, struct error *error)
{
	bool in_dry_run = run->options->dry_run; /* one transaction around all of it */

	if (!batch->is_last && (int64_t)batch->position <= run->record.rows_done)
		return write_rows(run, batch, error); /* replayed: nothing to write */
	if (!in_dry_run && !library_begin(run->library, error))
		return false;
	run->record.rows_done = (int64_t)batch->position;
	if (!write_rows(run, batch, error) ||
	    (batch->is_last && !finish_record(run, batch, error)) ||
	    !library_import_save(run->library, &run->record, error))
		return false;
	if (in_dry_run)
		return true;
	fault_point("import.batch.before_commit");
	if (!library_commit(run->library, error))
		return false;
	fault_point("import.batch.after_commit");
	return true;
}

static bool write_all(struct run *run, struct batch_queue *queue, struct error *error)
{
	bool is_last, done;

	do {
		struct batch *batch = batch_queue_take(queue);

		is_last = batch->is_last;
		done = write_batch(run, batch, error);
		if (run->options->progress)
			run->options->progress(run->options->progress_context, batch->done,
					       batch->total);
		batch_destroy(batch);
	} while (done && !is_last);
	return done;
}

/* ---- The whole */

static void *read_in_thread(void *source)
{
	batch_read_all(source);
	return NULL;
}

/* Reads in a second thread while this one writes. */
static bool read_and_write(struct run *run, struct reader *reader, struct error *error)
{
	struct batch_source source = {
		.reader = reader,
		.forced = run->options->source,
		.findings = &run->result->findings,
		.queue = batch_queue_create(),
		.import_id = (uint32_t)run->record.id,
		.replay_until = (uint64_t)run->record.rows_done,
		.batch_rows = run->options->batch_rows ? run->options->batch_rows : BATCH_ROWS,
	};
	pthread_t thread;
	bool done;

	if (pthread_create(&thread, NULL, read_in_thread, &source) != 0) {
		batch_queue_destroy(source.queue);
		return error_set_errno(error, "import.no_thread", run->options->path);
	}
	run->scratch = arena_create(1 << 16);
	run->seen = seen_create();
	done = write_all(run, source.queue, error);
	batch_queue_give_up(source.queue);
	pthread_join(thread, NULL);
	arena_destroy(run->scratch);
	seen_destroy(run->seen);
	batch_queue_destroy(source.queue);
	return done;
}

/* What an interrupted import refused belongs to the result as well. */
static bool take_up_refusals(struct run *run, struct error *error)
{
	struct import_rejected *rejected;
	size_t count;

	if (run->record.rejected == 0)
		return true;
	if (!library_import_rejected(run->library, run->arena, run->record.id, &rejected, &count,
				     error))
		return false;
	for (size_t i = 0; i < count; i++)
		keep_refusal(run->result, &rejected[i]);
	return true;
}

static bool start(struct run *run, struct error *error)
{
	run->record = (struct import_record){
		.file = run->options->path,
		.source = run->source->name,
		.topic_id = run->options->topic_id,
		.imported_on = run->options->today,
		.message = "",
	};
	if (!fingerprint(run->arena, run->options->path, &run->record.fingerprint, error) ||
	    !library_import_start(run->library, run->arena, &run->record, error) ||
	    !take_up_refusals(run, error))
		return false;
	run->result->resumed_at = run->record.rows_done;
	return true;
}

static void fill_result(struct run *run, int64_t begun)
{
	struct import_result *result = run->result;

	result->import_id = run->record.id;
	result->inserted = run->record.inserted;
	result->updated = run->record.updated;
	result->unchanged = run->record.unchanged;
	result->rejected = run->record.rejected;
	result->rows = run->record.rows_done - result->resumed_at;
	result->milliseconds = clock_monotonic_ms() - begun;
}

bool import_run(struct library *library, struct arena *arena, const struct import_options *options,
		struct import_result *result, struct error *error)
{
	struct run run = {
		.library = library, .arena = arena, .options = options, .result = result
	};
	int64_t begun = clock_monotonic_ms();
	struct reader *reader;
	bool done;

	*result = (struct import_result){ .refusals = LIST_OF(struct import_rejected) };
	findings_init(&result->findings);
	if (!find_source(arena, options, &run.source, error) ||
	    !detect_open(arena, options->path, &reader, error))
		return false;
	result->source = run.source->name;
	if (options->dry_run && !library_begin(library, error))
		return false;
	done = start(&run, error) && read_and_write(&run, reader, error);
	if (options->dry_run || !done)
		library_rollback(library);
	reader_close(reader);
	fill_result(&run, begun);
	return done;
}

void import_result_release(struct import_result *result)
{
	findings_release(&result->findings);
	list_release(&result->refusals);
}

size_t import_row_cells(struct arena *arena, struct str row_text, struct str **headers_out,
			struct str **values_out)
{
	struct str rest = row_text, cell, header;
	size_t room = 1, count = 0;

	for (size_t i = 0; i < row_text.size; i++)
		room += row_text.data[i] == '\x1e';
	*headers_out = arena_array(arena, struct str, room);
	*values_out = arena_array(arena, struct str, room);
	while (str_split(&rest, STR("\x1e"), &cell)) {
		if (cell.size == 0 || !str_split(&cell, STR("\x1f"), &header))
			continue;
		(*headers_out)[count] = header;
		(*values_out)[count++] = cell;
	}
	return count;
}
