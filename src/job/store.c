/* The rows: what the rest of the program sees of jobs. */
#include "base/clock.h"
#include "base/list.h"
#include "job/job_internal.h"

#include <string.h>

enum { ARGUMENTS_SIZE_MAX = 1 << 16 };

#define COLUMNS                                                                                    \
	"id, kind, state, phase, done, total, checkpoint, rejected, attempts, error_key, "         \
	"error_detail, error_at, cancel_wanted, user_id, organisation_id, created_at, "            \
	"started_at, finished_at, heartbeat_at, arguments, results"

static const char insert_job[] =
	"INSERT INTO job (kind, group_name, arguments, results, state, phase, done, total, "
	"checkpoint, rejected, attempts, error_key, error_detail, error_at, cancel_wanted, worker, "
	"user_id, organisation_id, created_at, not_before) "
	"VALUES ($1, $2, $3, '', 'queued', '', 0, 0, 0, 0, 0, '', '', -1, 0, '', $4, $5, $6, 0) "
	"RETURNING id";
static const char select_job[] = "SELECT " COLUMNS " FROM job WHERE id = $1";
static const char select_jobs[] =
	"SELECT " COLUMNS " FROM job WHERE (CAST($1 AS BIGINT) = 0 OR user_id = $1) "
	"AND (CAST($2 AS BIGINT) = 0 OR organisation_id = $2) AND ($3 = '' OR kind = $3) "
	"AND (CAST($4 AS BIGINT) = 0 OR state IN ('queued', 'running')) "
	"AND (CAST($5 AS BIGINT) = 0 OR id < $5) "
	"ORDER BY id DESC LIMIT $6";
static const char select_counts[] = "SELECT state, COUNT(*) FROM job GROUP BY state";
static const char cancel_queued[] =
	"UPDATE job SET state = 'cancelled', cancel_wanted = 1, finished_at = $2 "
	"WHERE id = $1 AND state = 'queued' RETURNING id";
static const char cancel_running[] = "UPDATE job SET cancel_wanted = 1 "
				     "WHERE id = $1 AND state = 'running' RETURNING id";
static const char select_refusals[] =
	"SELECT id, place, error_key, field, detail FROM job_rejected "
	"WHERE job_id = $1 AND id > $2 ORDER BY id LIMIT $3";

static const char *const state_names[JOB_STATE_COUNT] = {
	[JOB_QUEUED] = "queued", [JOB_RUNNING] = "running",     [JOB_DONE] = "done",
	[JOB_FAILED] = "failed", [JOB_CANCELLED] = "cancelled",
};

const char *job_state_name(enum job_state state)
{
	return state_names[state];
}

bool job_state_find(struct str name, enum job_state *state_out)
{
	for (size_t i = 0; i < JOB_STATE_COUNT; i++)
		if (str_equal_cstr(name, state_names[i])) {
			*state_out = (enum job_state)i;
			return true;
		}
	return false;
}

bool job_submit(struct db *db, const struct job_request *request, int64_t *id_out,
		struct error *error)
{
	struct strbuf arguments = STRBUF_INIT;
	bool done;

	arguments.size_max = ARGUMENTS_SIZE_MAX;
	done = (pairs_write(&arguments, request->arguments, request->argument_count) &&
		!arguments.overflow) ||
	       error_set(error, ERROR_INVALID, "job.arguments", "%s", request->kind);
	done = done && db_execute_returning(
			       db, insert_job,
			       DB_WITH(DB_CSTR(request->kind),
				       request->group ? DB_CSTR(request->group) : DB_NOTHING,
				       DB_STR(strbuf_str(&arguments)), DB_INT(request->user_id),
				       DB_INT(request->organisation_id), DB_INT(clock_utc_ms())),
			       id_out, error);
	strbuf_release(&arguments);
	return done;
}

static void copy_detail(struct error *error, struct str detail)
{
	detail = str_slice(detail, 0, sizeof(error->detail) - 1);
	memcpy(error->detail, detail.data, detail.size);
}

static void read_error(struct arena *arena, const struct db_rows *rows, struct error *error)
{
	struct str key = db_text(rows, 9);

	*error = (struct error){ .kind = ERROR_IO, .at = db_integer(rows, 11) };
	if (key.size == 0) {
		error->kind = ERROR_NONE;
		return;
	}
	error->key = str_to_cstr(arena, key);
	copy_detail(error, db_text(rows, 10));
}

static bool read_row(struct arena *arena, const struct db_rows *rows, struct job_row *row,
		     struct error *error)
{
	*row = (struct job_row){
		.id = db_integer(rows, 0),
		.kind = str_to_cstr(arena, db_text(rows, 1)),
		.phase = str_to_cstr(arena, db_text(rows, 3)),
		.done = db_integer(rows, 4),
		.total = db_integer(rows, 5),
		.checkpoint = db_integer(rows, 6),
		.rejected = db_integer(rows, 7),
		.attempts = db_integer(rows, 8),
		.cancel_wanted = db_integer(rows, 12) != 0,
		.user_id = db_integer(rows, 13),
		.organisation_id = db_integer(rows, 14),
		.created_at = db_integer(rows, 15),
		.started_at = db_is_null(rows, 16) ? 0 : db_integer(rows, 16),
		.finished_at = db_is_null(rows, 17) ? 0 : db_integer(rows, 17),
		.heartbeat_at = db_is_null(rows, 18) ? 0 : db_integer(rows, 18),
	};
	read_error(arena, rows, &row->error);
	row->arguments = pairs_read(arena, db_text(rows, 19), &row->argument_count);
	row->results = pairs_read(arena, db_text(rows, 20), &row->result_count);
	return job_state_find(db_text(rows, 2), &row->state) ||
	       error_set(error, ERROR_CORRUPT, "job.state", "%lld", (long long)row->id);
}

bool job_find(struct db *db, struct arena *arena, int64_t id, struct job_row *row_out,
	      struct error *error)
{
	struct db_rows *rows;
	bool found;

	if (!db_query(db, arena, select_job, DB_WITH(DB_INT(id)), &rows, error))
		return false;
	found = db_next(rows);
	if (found && !read_row(arena, rows, row_out, error)) {
		db_rows_close(rows);
		return false;
	}
	if (!found)
		return db_rows_done(rows, error) &&
		       error_set(error, ERROR_NOT_FOUND, "job.missing", "%lld", (long long)id);
	db_rows_close(rows);
	return true;
}

static const char *find_value(const struct job_pair *pairs, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(pairs[i].name, name) == 0)
			return pairs[i].value;
	return NULL;
}

const char *job_result(const struct job_row *row, const char *name)
{
	return find_value(row->results, row->result_count, name);
}

const char *job_row_argument(const struct job_row *row, const char *name)
{
	return find_value(row->arguments, row->argument_count, name);
}

const char *job_argument(const struct job *job, const char *name)
{
	return job_row_argument(&job->row, name);
}

bool job_list(struct db *db, struct arena *arena, const struct job_filter *filter,
	      struct job_row **rows_out, size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct job_row);
	size_t limit = filter->limit < JOB_LIST_MAX ? filter->limit : JOB_LIST_MAX;
	struct db_rows *rows;
	bool done = true;

	if (!db_query(db, arena, select_jobs,
		      DB_WITH(DB_INT(filter->user_id), DB_INT(filter->organisation_id),
			      DB_CSTR(filter->kind), DB_INT(filter->open_only),
			      DB_INT(filter->before_id), DB_INT((int64_t)limit)),
		      &rows, error))
		return false;
	while (done && db_next(rows))
		done = read_row(arena, rows, list_add(&list), error);
	*rows_out = list_to_arena(&list, arena, count_out);
	if (!done)
		db_rows_close(rows);
	return done && db_rows_done(rows, error);
}

bool job_counts(struct db *db, int64_t counts_out[JOB_STATE_COUNT], struct error *error)
{
	struct arena *arena = arena_create(512);
	enum job_state state;
	struct db_rows *rows;
	bool done = db_query(db, arena, select_counts, DB_WITHOUT, &rows, error);

	memset(counts_out, 0, JOB_STATE_COUNT * sizeof(counts_out[0]));
	while (done && db_next(rows))
		if (job_state_find(db_text(rows, 0), &state))
			counts_out[state] = db_integer(rows, 1);
	done = done && db_rows_done(rows, error);
	arena_destroy(arena);
	return done;
}

bool job_cancel(struct db *db, int64_t id, struct error *error)
{
	struct arena *arena = arena_create(4096);
	int64_t changed = 0;
	struct job_row row;
	bool done;

	done = db_execute_returning(db, cancel_queued, DB_WITH(DB_INT(id), DB_INT(clock_utc_ms())),
				    &changed, error) &&
	       (changed ||
		db_execute_returning(db, cancel_running, DB_WITH(DB_INT(id)), &changed, error));
	if (done && !changed)
		done = job_find(db, arena, id, &row, error) &&
		       error_set(error, ERROR_CONFLICT, "job.finished", "%lld", (long long)id);
	arena_destroy(arena);
	return done;
}

bool job_refusals(struct db *db, struct arena *arena, int64_t job_id, int64_t after_id,
		  size_t limit, struct job_refusal **refusals_out, size_t *count_out,
		  struct error *error)
{
	struct list list = LIST_OF(struct job_refusal);
	struct db_rows *rows;

	if (!db_query(db, arena, select_refusals,
		      DB_WITH(DB_INT(job_id), DB_INT(after_id), DB_INT((int64_t)limit)), &rows,
		      error))
		return false;
	while (db_next(rows)) {
		struct job_refusal *refusal = list_add(&list);

		refusal->id = db_integer(rows, 0);
		refusal->place = db_integer(rows, 1);
		refusal->reason = (struct error){
			.kind = ERROR_INVALID,
			.key = str_to_cstr(arena, db_text(rows, 2)),
			.field = db_text(rows, 3).size ? str_to_cstr(arena, db_text(rows, 3))
						       : NULL,
			.at = refusal->place,
		};
		copy_detail(&refusal->reason, db_text(rows, 4));
	}
	*refusals_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}
