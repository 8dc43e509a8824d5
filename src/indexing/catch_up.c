/* Keeps the index at the end of the change log. */
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/pool.h"
#include "indexing/indexing_internal.h"

enum {
	CHANGES_A_ROUND = 8192, /* read from the database at once */
	DOCUMENTS_A_SLICE = 256 /* built by one thread in one go */
};

bool indexing_open(const char *folder, struct index **index_out, struct error *error)
{
	struct arena *arena = arena_create(512);
	const char *index_folder = file_join(arena, folder, "index");
	bool done = index_open(index_folder, &patent_schema, index_out, error);

	if (!done && (error->kind == ERROR_CORRUPT || error->kind == ERROR_CONFLICT))
		done = file_remove_tree(index_folder, error) &&
		       index_open(index_folder, &patent_schema, index_out, error);
	arena_destroy(arena);
	return done;
}

/* Some documents of a round, with the arena and the error of the thread that builds them. */
struct slice {
	struct arena *arena;
	const struct packed_application *packed;
	struct document *documents;
	size_t count;
	date today;
	bool done;
	struct error error;
};

struct round {
	struct slice *slices;
	size_t slice_count;
};

static void build_slice(void *context, size_t i)
{
	struct slice *slice = &((struct round *)context)->slices[i];
	struct application *applications = arena_array(slice->arena, struct application,
						       slice->count);

	slice->documents = arena_array(slice->arena, struct document, slice->count);
	slice->done = library_unpack(slice->arena, slice->packed, slice->count, applications,
				     &slice->error);
	for (size_t d = 0; slice->done && d < slice->count; d++)
		indexing_document(slice->arena, &applications[d], slice->today,
				  &slice->documents[d]);
}

static bool put_slice(struct index_writer *writer, const struct slice *slice, struct error *error)
{
	if (!slice->done) {
		*error = slice->error;
		return false;
	}
	for (size_t i = 0; i < slice->count; i++) {
		bool is_gone = slice->packed[i].body_count == 0;

		if (is_gone && !index_write_remove(writer, slice->packed[i].id, error))
			return false;
		if (!is_gone && !index_write_put(writer, &slice->documents[i], error))
			return false;
	}
	return true;
}

static void destroy_arena(void *arena)
{
	arena_destroy(arena);
}

static bool index_round(struct index_writer *writer, struct arena *arena,
			const struct packed_application *packed, size_t count, date today,
			struct error *error)
{
	struct round round = { .slice_count = (count + DOCUMENTS_A_SLICE - 1) / DOCUMENTS_A_SLICE };

	round.slices = arena_array(arena, struct slice, round.slice_count);
	for (size_t i = 0; i < round.slice_count; i++) {
		size_t first = i * DOCUMENTS_A_SLICE, left = count - first;
		struct slice *slice = &round.slices[i];

		slice->arena = arena_create(1 << 20);
		arena_defer(arena, destroy_arena, slice->arena);
		slice->packed = packed + first;
		slice->count = left < DOCUMENTS_A_SLICE ? left : DOCUMENTS_A_SLICE;
		slice->today = today;
	}
	pool_run(pool_processors(), round.slice_count, build_slice, &round);
	for (size_t i = 0; i < round.slice_count; i++)
		if (!put_slice(writer, &round.slices[i], error))
			return false;
	return true;
}

bool catch_up_some(struct catch_up *work, struct arena *arena, bool *more_out, struct error *error)
{
	struct packed_application *packed;
	int64_t before = work->at;
	size_t count;

	if (!library_changes(work->library, arena, before, CHANGES_A_ROUND, &packed, &count,
			     &work->at, error))
		return false;
	*more_out = work->at > before;
	if (!*more_out)
		return true;
	if (!work->writer && !index_write_begin(work->index, NULL, &work->writer, error))
		return false;
	return index_round(work->writer, arena, packed, count, work->today, error);
}

static bool take_all_changes(struct catch_up *work, indexing_progress_fn *progress, void *context,
			     struct error *error)
{
	struct arena *arena = arena_create(1 << 20);
	int64_t from = work->at;
	bool more = true, done = true;

	while (done && more) {
		done = catch_up_some(work, arena, &more, error);
		if (done && more && progress)
			progress(context, work->at - from, work->last - from);
		arena_reset(arena);
	}
	arena_destroy(arena);
	return done;
}

bool catch_up_begin(struct catch_up *work, struct error *error)
{
	const struct snapshot *snapshot = index_acquire(work->index);

	work->at = snapshot_log_position(snapshot);
	index_release(snapshot);
	if (!library_last_change(work->library, &work->last, error))
		return false;
	if (work->at > work->last)
		return error_set(error, ERROR_CORRUPT, "indexing.ahead", "%lld > %lld",
				 (long long)work->at, (long long)work->last);
	return true;
}

bool catch_up_end(struct catch_up *work, bool done, struct error *error)
{
	struct index_writer *writer = work->writer;

	work->writer = NULL;
	if (done)
		return !writer || index_write_commit(writer, work->at, error);
	if (writer)
		index_write_abandon(writer);
	return false;
}

bool indexing_catch_up(struct library *library, struct index *index, date today,
		       indexing_progress_fn *progress, void *context, struct error *error)
{
	struct catch_up work = { .library = library, .index = index, .today = today };

	return catch_up_begin(&work, error) &&
	       catch_up_end(&work, take_all_changes(&work, progress, context, error), error);
}

void indexing_tidy(struct index *index)
{
	struct error error;

	if (!index_merge(index, false, &error) && error.kind != ERROR_BUSY)
		log_event(LOG_WARN, "index",
			  LOG_WITH(LOG_STR("key", error.key), LOG_STR("detail", error.detail)));
}
