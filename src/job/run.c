/* One attempt at one job: what the function of its kind calls, and what becomes of it. */
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "job/job_internal.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_EVERY_MS = 500, PAUSE_MAX_MS = 5000 };

/* Answers 1 to go on, 2 when it shall be cancelled, nothing when another worker has the job. */
static const char save_batch[] =
	"UPDATE job SET checkpoint = $3, done = $4, total = $5, phase = $6, heartbeat_at = $7, "
	"attempts = CASE WHEN checkpoint < $3 THEN 1 ELSE attempts END "
	"WHERE id = $1 AND state = 'running' AND worker = $2 RETURNING 1 + cancel_wanted";
static const char save_progress[] =
	"UPDATE job SET attempts = CASE WHEN done < $3 THEN 1 ELSE attempts END, done = $3, "
	"total = $4, phase = $5, heartbeat_at = $6 "
	"WHERE id = $1 AND state = 'running' AND worker = $2 RETURNING 1 + cancel_wanted";
static const char insert_rejected[] =
	"INSERT INTO job_rejected (job_id, place, error_key, field, detail) "
	"VALUES ($1, $2, $3, $4, $5)";
static const char count_rejected[] = "UPDATE job SET rejected = rejected + 1 WHERE id = $1";

int64_t job_id(const struct job *job)
{
	return job->row.id;
}

int64_t job_user(const struct job *job)
{
	return job->row.user_id;
}

int64_t job_organisation(const struct job *job)
{
	return job->row.organisation_id;
}

int64_t job_checkpoint(const struct job *job)
{
	return job->row.checkpoint;
}

struct db *job_db(struct job *job)
{
	return job->db;
}

void *job_worker(const struct job *job)
{
	return job->worker;
}

struct arena *job_arena(struct job *job)
{
	return job->arena;
}

struct arena *job_batch_arena(struct job *job)
{
	return job->batch_arena;
}

void job_phase(struct job *job, const char *phase)
{
	job->phase = arena_copy(job->arena, phase, strlen(phase));
	job->told_at = 0;
}

/* False with the error when the function must stop now. */
static bool go_on(struct job *job, int64_t answer, struct error *error)
{
	if (answer == 0) {
		job->stop = STOP_LOST;
		return error_set(error, ERROR_CANCELLED, "job.lost", "%lld",
				 (long long)job->row.id);
	}
	if (answer == 2) {
		job->stop = STOP_CANCELLED;
		return error_set(error, ERROR_CANCELLED, "job.cancelled", "%lld",
				 (long long)job->row.id);
	}
	if (atomic_load(job->is_stopping)) {
		job->stop = STOP_SHUTDOWN;
		return error_set(error, ERROR_CANCELLED, "job.stopping", "%lld",
				 (long long)job->row.id);
	}
	return true;
}

static bool save_and_commit(struct job *job, int64_t checkpoint, int64_t done, int64_t total,
			    int64_t *answer_out, struct error *error)
{
	if (!db_in_transaction(job->db) && !db_begin(job->db, error))
		return false;
	if (!db_execute_returning(job->db, save_batch,
				  DB_WITH(DB_INT(job->row.id), DB_CSTR(job->worker_name),
					  DB_INT(checkpoint), DB_INT(done), DB_INT(total),
					  DB_CSTR(job->phase), DB_INT(clock_utc_ms())),
				  answer_out, error))
		return false;
	if (*answer_out == 0) {
		db_rollback(job->db);
		return true;
	}
	fault_point("job.batch.before_commit");
	if (!db_commit(job->db, error))
		return false;
	fault_point("job.batch.after_commit");
	return true;
}

bool job_commit_batch(struct job *job, int64_t checkpoint, int64_t done, int64_t total,
		      struct error *error)
{
	int64_t answer = 0;

	if (!save_and_commit(job, checkpoint, done, total, &answer, error)) {
		db_rollback(job->db);
		return false;
	}
	job->row.checkpoint = answer ? checkpoint : job->row.checkpoint;
	job->told_at = clock_monotonic_ms();
	arena_reset(job->batch_arena);
	return go_on(job, answer, error);
}

bool job_progress(struct job *job, int64_t done, int64_t total, struct error *error)
{
	int64_t now = clock_monotonic_ms(), answer = 0;

	if (job->told_at && now - job->told_at < PROGRESS_EVERY_MS)
		return go_on(job, 1, error);
	if (!db_begin(job->db, error) ||
	    !db_execute_returning(job->db, save_progress,
				  DB_WITH(DB_INT(job->row.id), DB_CSTR(job->worker_name),
					  DB_INT(done), DB_INT(total), DB_CSTR(job->phase),
					  DB_INT(clock_utc_ms())),
				  &answer, error) ||
	    !db_commit(job->db, error)) {
		db_rollback(job->db);
		return false;
	}
	job->told_at = now;
	return go_on(job, answer, error);
}

bool job_reject(struct job *job, int64_t place, const struct error *reason, struct error *error)
{
	if (!db_in_transaction(job->db) && !db_begin(job->db, error))
		return false;
	return db_execute(job->db, insert_rejected,
			  DB_WITH(DB_INT(job->row.id), DB_INT(place), DB_CSTR(reason->key),
				  DB_CSTR(reason->field), DB_CSTR(reason->detail)),
			  error) &&
	       db_execute(job->db, count_rejected, DB_WITH(DB_INT(job->row.id)), error);
}

void job_set_result(struct job *job, const char *name, struct str value)
{
	struct job_pair pair = { name, str_to_cstr(job->arena, value) };
	size_t i = 0;

	while (i < job->result_count && strcmp(job->results[i].name, name) != 0)
		i++;
	if (i == JOB_RESULTS_MAX)
		return;
	job->results[i] = pair;
	job->result_count += i == job->result_count;
}

void job_remove_at_end(struct job *job, const char *path)
{
	job->file = arena_copy(job->arena, path, strlen(path));
}

static void log_end(const struct job *job, bool done, const struct error *reason)
{
	static const char *const stops[] = { "failed", "cancelled", "lost", "stopped" };
	bool has_failed = !done && job->stop == STOP_NONE;

	log_event(has_failed ? LOG_ERROR : LOG_INFO, "job",
		  LOG_WITH(LOG_INT("id", job->row.id), LOG_STR("kind", job->row.kind),
			   LOG_STR("state", done ? "done" : stops[job->stop]),
			   LOG_INT("attempt", job->row.attempts),
			   LOG_STR("key", has_failed ? reason->key : NULL),
			   LOG_STR("detail", has_failed ? reason->detail : NULL)));
}

/* A job that keeps killing its worker ends here, before it does so again. */
static bool run_kind(struct job *job, struct error *reason)
{
	if (job->row.attempts > job->kind->attempts_max)
		return error_set(reason, ERROR_LIMIT, "job.attempts", "%d",
				 job->kind->attempts_max);
	if (job->row.cancel_wanted)
		return go_on(job, 2, reason);
	return job->kind->run(job, reason);
}

/* The end is not lost with the connection: it is written again, which changes nothing twice. */
static bool write_end(struct job *job, bool done, const struct error *reason, int64_t retry_ms,
		      struct error *error)
{
	for (int pause_ms = 50;; pause_ms *= 2) {
		struct timespec pause = { pause_ms / 1000, pause_ms % 1000 * 1000000L };

		if (finish_job(job, done, reason, retry_ms, error))
			return true;
		if (pause_ms > PAUSE_MAX_MS || atomic_load(job->is_stopping))
			return false;
		nanosleep(&pause, NULL);
	}
}

bool run_job(struct job *job, int64_t retry_ms, struct error *error)
{
	struct error reason = { .kind = ERROR_NONE, .at = -1 };
	bool done = run_kind(job, &reason);

	if (done && db_in_transaction(job->db))
		done = db_commit(job->db, &reason);
	db_rollback(job->db);
	log_end(job, done, &reason);
	if (!write_end(job, done, &reason, retry_ms, error))
		return false;
	if (job->is_ended && job->file)
		unlink(job->file);
	return true;
}
