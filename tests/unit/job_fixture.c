#include "job_fixture.h"
#include "base/clock.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <unistd.h>

extern const struct str test_job_schema;

enum { WAIT_MS = 20000 };

const char *job_target;
atomic_int jobs_running, jobs_running_max, job_tries;
atomic_bool jobs_may_end;

/* ---- Kinds of work. */

void pause_ms(int ms)
{
	usleep((useconds_t)ms * 1000);
}

static bool put_row(struct job *job, int64_t number, struct error *error)
{
	return db_execute(job_db(job), "INSERT INTO made (job_id, number) VALUES ($1, $2)",
			  DB_WITH(DB_INT(job_id(job)), DB_INT(number)), error);
}

/* Makes rows 0 to ROWS - 1, each once, a batch at a time; every seventh is refused. */
static bool make_rows(struct job *job, struct error *error)
{
	const struct error reason = {
		.kind = ERROR_INVALID, .key = "test.seventh", .field = "number", .detail = "7"
	};

	job_phase(job, "make");
	for (int64_t at = job_checkpoint(job); at < ROWS; at += ROWS_A_BATCH) {
		if (!db_begin(job_db(job), error))
			return false;
		for (int64_t i = at; i < at + ROWS_A_BATCH; i++)
			if (i % 7 == 6 ? !job_reject(job, i, &reason, error)
				       : !put_row(job, i, error))
				return false;
		if (!job_commit_batch(job, at + ROWS_A_BATCH, at + ROWS_A_BATCH, ROWS, error))
			return false;
	}
	job_set_result(job, "rows", STR("60"));
	return true;
}

/* Runs until it is told to stop, or the test lets it end. */
static bool go_on_forever(struct job *job, struct error *error)
{
	int now = atomic_fetch_add(&jobs_running, 1) + 1;
	bool done = true;

	if (now > atomic_load(&jobs_running_max))
		atomic_store(&jobs_running_max, now);
	for (int64_t i = 1; done && !atomic_load(&jobs_may_end); i++) {
		done = job_commit_batch(job, i, i, 0, error);
		pause_ms(2);
	}
	atomic_fetch_sub(&jobs_running, 1);
	return done;
}

static bool watch_progress(struct job *job, struct error *error)
{
	while (!atomic_load(&jobs_may_end)) {
		if (!job_progress(job, 5, 10, error))
			return false;
		pause_ms(5);
	}
	return true;
}

static bool be_busy_twice(struct job *job, struct error *error)
{
	(void)job;
	return atomic_fetch_add(&job_tries, 1) >= 2 || error_set(error, ERROR_BUSY, "db.busy", "x");
}

static bool be_busy(struct job *job, struct error *error)
{
	(void)job;
	atomic_fetch_add(&job_tries, 1);
	return error_set(error, ERROR_BUSY, "db.busy", "always");
}

static bool fail_in_the_middle(struct job *job, struct error *error)
{
	return db_begin(job_db(job), error) && put_row(job, 1, error) &&
	       error_set_at(error, ERROR_INVALID, "test.wrong", 17, "%s", "第十七行");
}

static bool die(struct job *job, struct error *error)
{
	(void)job;
	(void)error;
	kill(getpid(), SIGKILL);
	return true;
}

static bool name_worker(struct job *job, struct error *error)
{
	(void)error;
	job_set_result(job, "worker", str_of(job_worker(job)));
	job_set_result(job, "argument", str_of(job_argument(job, "text")));
	return job_argument(job, "missing") == NULL;
}

const struct job_kind job_test_kinds[] = {
	{ "rows", NULL, make_rows, 3 },
	{ "forever", NULL, go_on_forever, 3 },
	{ "alone", "group", go_on_forever, 3 },
	{ "progress", NULL, watch_progress, 3 },
	{ "busy_twice", NULL, be_busy_twice, 5 },
	{ "busy", NULL, be_busy, 3 },
	{ "wrong", NULL, fail_in_the_middle, 3 },
	{ "die", NULL, die, 3 },
	{ "worker", NULL, name_worker, 1 },
	{ "patient", NULL, make_rows, 1000 },
	{ .name = NULL },
};

void *job_test_worker(void *app, struct error *error)
{
	if (!app)
		error_set(error, ERROR_IO, "test.no_app", "%s", "");
	return app;
}

/* ---- The frame. */

struct db *open_target(void)
{
	struct error error;
	struct db *db;

	assert_true(db_open(job_target, &db, &error));
	return db;
}

void make_tables(void)
{
	static const char tables[] = "DROP TABLE IF EXISTS job_rejected; DROP TABLE IF EXISTS job; "
				     "DROP TABLE IF EXISTS made; "
				     "DROP TABLE IF EXISTS schema_version; "
				     "CREATE TABLE made (job_id BIGINT, number BIGINT);";
	const struct migration migrations[] = { { 1, &test_job_schema } };
	struct db *db = open_target();
	struct error error;

	assert_true(db_script(db, tables, &error));
	assert_true(db_migrate(db, migrations, 1, &error));
	db_close(db);
	atomic_store(&jobs_running_max, 0);
	atomic_store(&job_tries, 0);
	atomic_store(&jobs_may_end, false);
}

struct job_runner *start_runner(int threads)
{
	static char app[] = "things";
	const struct job_options options = { .database = job_target,
					     .kinds = job_test_kinds,
					     .threads = threads,
					     .app = app,
					     .worker_start = job_test_worker,
					     .poll_ms = 20,
					     .retry_ms = 10,
					     .stale_ms = 3000 };
	struct job_runner *runner;
	struct error error;

	assert_true(job_runner_start(&options, &runner, &error));
	return runner;
}

int64_t submit(struct db *db, const char *kind, const char *group)
{
	const struct job_pair arguments[] = { { "text", "电池\nAND x=1" }, { "none", NULL } };
	const struct job_request request = { .kind = kind,
					     .group = group,
					     .arguments = arguments,
					     .argument_count = 2,
					     .user_id = 5000000000,
					     .organisation_id = 3 };
	struct error error;
	int64_t id;

	assert_true(job_submit(db, &request, &id, &error));
	return id;
}

struct job_row find(struct db *db, struct arena *arena, int64_t id)
{
	struct job_row row;
	struct error error;

	assert_true(job_find(db, arena, id, &row, &error));
	return row;
}

struct job_row wait_for(struct db *db, struct arena *arena, int64_t id, enum job_state state)
{
	int64_t until = clock_monotonic_ms() + WAIT_MS;
	struct job_row row = find(db, arena, id);

	while (row.state != state && clock_monotonic_ms() < until) {
		pause_ms(5);
		row = find(db, arena, id);
	}
	assert_string_equal(job_state_name(row.state), job_state_name(state));
	return row;
}

int64_t count_made(struct db *db)
{
	struct error error;
	int64_t count;

	assert_true(
		db_execute_returning(db, "SELECT COUNT(*) FROM made", DB_WITHOUT, &count, &error));
	return count;
}

void check_rows(struct db *db, struct arena *arena, int64_t id)
{
	struct job_row row = find(db, arena, id);
	struct job_refusal *refusals;
	struct error error;
	int64_t distinct;
	size_t count;

	assert_int_equal(row.state, JOB_DONE);
	assert_int_equal(row.checkpoint, ROWS);
	assert_int_equal(row.done, ROWS);
	assert_int_equal(row.rejected, ROWS / 7);
	assert_string_equal(job_result(&row, "rows"), "60");
	assert_int_equal(count_made(db), ROWS - ROWS / 7);
	assert_true(db_execute_returning(db, "SELECT COUNT(DISTINCT number) FROM made", DB_WITHOUT,
					 &distinct, &error));
	assert_int_equal(distinct, ROWS - ROWS / 7);
	assert_true(job_refusals(db, arena, id, 0, 100, &refusals, &count, &error));
	assert_int_equal(count, ROWS / 7);
	assert_int_equal(refusals[0].place, 6);
	assert_string_equal(refusals[0].reason.key, "test.seventh");
	assert_true(job_refusals(db, arena, id, refusals[count - 1].id, 100, &refusals, &count,
				 &error));
	assert_int_equal(count, 0);
}
