/* What workers write: claims, heartbeats, ends. Each is a transaction of its own. */
#include "base/clock.h"
#include "base/list.h"
#include "job/job_internal.h"

#include <string.h>

static const char select_any[] = "SELECT COUNT(*) FROM (SELECT 1 FROM job WHERE state = 'queued' "
				 "AND not_before <= $1 LIMIT 1) AS waiting";
/*
 * Two claimers at once see the same oldest job: one gets it, the other's row no longer is
 * 'queued' when its turn comes, and it finds nothing. Where they chose two of one group, the unique
 * index refuses the second.
 */
static const char claim[] =
	"UPDATE job SET state = 'running', worker = $1, started_at = COALESCE(started_at, $2), "
	"heartbeat_at = $2, attempts = attempts + 1 WHERE state = 'queued' AND id = ("
	"SELECT j.id FROM job j WHERE j.state = 'queued' AND j.not_before <= $2 "
	"AND (j.group_name IS NULL OR NOT EXISTS (SELECT 1 FROM job r "
	"WHERE r.state = 'running' AND r.group_name = j.group_name)) "
	"ORDER BY j.id LIMIT 1) RETURNING id";
static const char beat[] =
	"UPDATE job SET heartbeat_at = $2 WHERE id = $3 AND state = 'running' AND worker = $1";
static const char select_running[] =
	"SELECT id, worker, heartbeat_at FROM job WHERE state = 'running' ORDER BY id";
static const char requeue[] =
	"UPDATE job SET state = 'queued', worker = '' "
	"WHERE id = $1 AND state = 'running' AND worker = $2 AND heartbeat_at = $3 RETURNING id";
/* The last row stored of the job says who has it: nothing is written for another's. */
static const char finish[] =
	"UPDATE job SET state = $3, worker = '', error_key = $4, error_detail = $5, error_at = $6, "
	"not_before = $7, attempts = attempts - $8, finished_at = $9, results = $10, phase = $11 "
	"WHERE id = $1 AND state = 'running' AND worker = $2";

static bool end_transaction(struct db *db, bool done, struct error *error)
{
	if (done && db_commit(db, error))
		return true;
	db_rollback(db);
	return false;
}

/* Looks before it takes the write lock: most looks find nothing. */
static bool is_any_waiting(struct db *db, int64_t now, struct error *error)
{
	int64_t count = 0;

	error->kind = ERROR_NONE;
	return db_execute_returning(db, select_any, DB_WITH(DB_INT(now)), &count, error) &&
	       count > 0;
}

bool claim_next(struct db *db, const char *worker_name, int64_t *id_out, struct error *error)
{
	int64_t now = clock_utc_ms();
	bool done;

	*id_out = 0;
	if (!is_any_waiting(db, now, error) && error->kind == ERROR_NONE)
		return true;
	/* a failed look is made good by begin, which connects anew */
	done = db_begin(db, error) &&
	       db_execute_returning(db, claim, DB_WITH(DB_CSTR(worker_name), DB_INT(now)), id_out,
				    error);
	if (end_transaction(db, done, error))
		return true;
	*id_out = 0;
	return error->kind == ERROR_CONFLICT; /* another took one of the group */
}

bool heartbeat(struct db *db, const char *worker_name, int64_t id, struct error *error)
{
	bool done = db_begin(db, error) &&
		    db_execute(db, beat,
			       DB_WITH(DB_CSTR(worker_name), DB_INT(clock_utc_ms()), DB_INT(id)),
			       error);

	return end_transaction(db, done, error);
}

struct running {
	int64_t id, heartbeat_at;
	const char *worker;
};

static bool read_running(struct db *db, struct arena *arena, struct running **running_out,
			 size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct running);
	struct db_rows *rows;

	if (!db_query(db, arena, select_running, DB_WITHOUT, &rows, error))
		return false;
	while (db_next(rows))
		*(struct running *)list_add(&list) = (struct running){
			.id = db_integer(rows, 0),
			.worker = str_to_cstr(arena, db_text(rows, 1)),
			.heartbeat_at = db_integer(rows, 2),
		};
	*running_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}

static bool requeue_one(struct db *db, const struct running *job, struct error *error)
{
	bool done = db_begin(db, error) && db_execute(db, requeue,
						      DB_WITH(DB_INT(job->id), DB_CSTR(job->worker),
							      DB_INT(job->heartbeat_at)),
						      error);

	return end_transaction(db, done, error);
}

bool requeue_abandoned(struct db *db, int64_t stale_ms, struct error *error)
{
	struct arena *arena = arena_create(4096);
	int64_t before = clock_utc_ms() - stale_ms;
	struct running *running;
	size_t count = 0;
	bool done = read_running(db, arena, &running, &count, error);

	for (size_t i = 0; done && i < count; i++)
		if (running[i].heartbeat_at < before || worker_is_gone(running[i].worker))
			done = requeue_one(db, &running[i], error);
	arena_destroy(arena);
	return done;
}

/* How an attempt's end is written. */
struct ending {
	enum job_state state;
	int64_t not_before, attempts_back;
	struct error reason; /* kind ERROR_NONE: none */
};

/* A batch that may or may not be stored: the next attempt reads the checkpoint and sees. */
static bool is_worth_another(const struct error *reason)
{
	return reason->kind == ERROR_BUSY ||
	       (reason->key && strcmp(reason->key, "db.unknown") == 0);
}

static struct ending failed_ending(const struct job *job, const struct error *reason,
				   int64_t retry_ms)
{
	struct ending ending = { .state = JOB_FAILED, .reason = *reason };
	int64_t doublings = job->row.attempts < 8 ? job->row.attempts : 8;

	if (!is_worth_another(reason) || job->row.attempts >= job->kind->attempts_max)
		return ending;
	ending.state = JOB_QUEUED;
	ending.not_before = clock_utc_ms() + (retry_ms << (doublings > 0 ? doublings - 1 : 0));
	return ending;
}

static struct ending ending_of(const struct job *job, bool done, const struct error *reason,
			       int64_t retry_ms)
{
	if (done)
		return (struct ending){ .state = JOB_DONE };
	if (job->stop == STOP_CANCELLED)
		return (struct ending){ .state = JOB_CANCELLED };
	if (job->stop == STOP_SHUTDOWN)
		return (struct ending){ .state = JOB_QUEUED, .attempts_back = 1 };
	return failed_ending(job, reason, retry_ms);
}

bool finish_job(struct job *job, bool done, const struct error *reason, int64_t retry_ms,
		struct error *error)
{
	struct ending ending = ending_of(job, done, reason, retry_ms);
	struct strbuf results = STRBUF_INIT;
	bool is_final = ending.state != JOB_QUEUED;

	if (job->stop == STOP_LOST)
		return true;
	done = pairs_write(&results, job->results, job->result_count) ||
	       error_set(error, ERROR_INVALID, "job.arguments", "%s", job->kind->name);
	done = done && db_begin(job->db, error) &&
	       db_execute(job->db, finish,
			  DB_WITH(DB_INT(job->row.id), DB_CSTR(job->worker_name),
				  DB_CSTR(job_state_name(ending.state)), DB_CSTR(ending.reason.key),
				  DB_CSTR(ending.reason.detail), DB_INT(ending.reason.at),
				  DB_INT(ending.not_before), DB_INT(ending.attempts_back),
				  is_final ? DB_INT(clock_utc_ms()) : DB_NOTHING,
				  DB_STR(strbuf_str(&results)), DB_CSTR(job->phase)),
			  error);
	strbuf_release(&results);
	done = end_transaction(job->db, done, error);
	job->is_ended = done && is_final;
	return done;
}
