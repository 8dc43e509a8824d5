/*
 * Jobs, on SQLite and, when YUCHENG_POSTGRESQL names a server, on PostgreSQL: rows, claims by
 * several workers, cancelling, trying again, taking over, and workers killed at any moment.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "job/job_internal.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <sys/wait.h>
#include <unistd.h>

extern const struct str test_job_schema;

enum { ROWS = 60, ROWS_A_BATCH = 10, WAIT_MS = 20000, THREADS = 4 };

static const char *target; /* of the round that runs */
static atomic_int running, running_max, tries;
static atomic_bool may_end;

/* ---- Kinds of work. */

static void pause_ms(int ms)
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
	int now = atomic_fetch_add(&running, 1) + 1;
	bool done = true;

	if (now > atomic_load(&running_max))
		atomic_store(&running_max, now);
	for (int64_t i = 1; done && !atomic_load(&may_end); i++) {
		done = job_commit_batch(job, i, i, 0, error);
		pause_ms(2);
	}
	atomic_fetch_sub(&running, 1);
	return done;
}

static bool watch_progress(struct job *job, struct error *error)
{
	while (!atomic_load(&may_end)) {
		if (!job_progress(job, 5, 10, error))
			return false;
		pause_ms(5);
	}
	return true;
}

static bool be_busy_twice(struct job *job, struct error *error)
{
	(void)job;
	return atomic_fetch_add(&tries, 1) >= 2 || error_set(error, ERROR_BUSY, "db.busy", "x");
}

static bool be_busy(struct job *job, struct error *error)
{
	(void)job;
	atomic_fetch_add(&tries, 1);
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

static const struct job_kind kinds[] = {
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

static void *start_worker(void *app, struct error *error)
{
	if (!app)
		error_set(error, ERROR_IO, "test.no_app", "%s", "");
	return app;
}

/* ---- The frame. */

static struct db *open_target(void)
{
	struct error error;
	struct db *db;

	assert_true(db_open(target, &db, &error));
	return db;
}

static void make_tables(void)
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
	atomic_store(&running_max, 0);
	atomic_store(&tries, 0);
	atomic_store(&may_end, false);
}

static struct job_runner *start_runner(int threads)
{
	static char app[] = "things";
	const struct job_options options = { .database = target,
					     .kinds = kinds,
					     .threads = threads,
					     .app = app,
					     .worker_start = start_worker,
					     .poll_ms = 20,
					     .retry_ms = 10,
					     .stale_ms = 3000 };
	struct job_runner *runner;
	struct error error;

	assert_true(job_runner_start(&options, &runner, &error));
	return runner;
}

static int64_t submit(struct db *db, const char *kind, const char *group)
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

static struct job_row find(struct db *db, struct arena *arena, int64_t id)
{
	struct job_row row;
	struct error error;

	assert_true(job_find(db, arena, id, &row, &error));
	return row;
}

static struct job_row wait_for(struct db *db, struct arena *arena, int64_t id, enum job_state state)
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

static int64_t count_made(struct db *db)
{
	struct error error;
	int64_t count;

	assert_true(
		db_execute_returning(db, "SELECT COUNT(*) FROM made", DB_WITHOUT, &count, &error));
	return count;
}

/* All rows of the job, each once. */
static void check_rows(struct db *db, struct arena *arena, int64_t id)
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

/* ---- Tests, each on one database. */

static void a_job_runs_to_its_end(struct db *db, struct arena *arena)
{
	int64_t id = submit(db, "rows", NULL), other = submit(db, "worker", NULL);
	struct job_runner *runner;
	struct job_row row;

	row = find(db, arena, id);
	assert_int_equal(row.state, JOB_QUEUED);
	assert_true(row.user_id == 5000000000);
	runner = start_runner(2);
	row = wait_for(db, arena, id, JOB_DONE);
	assert_true(row.started_at > 0 && row.finished_at >= row.started_at);
	assert_string_equal(row.phase, "make");
	assert_null(row.error.key);
	check_rows(db, arena, id);
	row = wait_for(db, arena, other, JOB_DONE);
	assert_string_equal(job_result(&row, "worker"), "things");
	assert_string_equal(job_result(&row, "argument"), "电池\nAND x=1");
	job_runner_stop(runner);
}

static void failures_say_why(struct db *db, struct arena *arena)
{
	int64_t wrong = submit(db, "wrong", NULL), unknown = submit(db, "nothing", NULL);
	int64_t busy = submit(db, "busy", NULL);
	struct job_runner *runner = start_runner(1);
	struct job_row row = wait_for(db, arena, wrong, JOB_FAILED);

	assert_string_equal(row.error.key, "test.wrong");
	assert_string_equal(row.error.detail, "第十七行");
	assert_int_equal(row.error.at, 17);
	assert_int_equal(count_made(db), 0); /* rolled back */
	row = wait_for(db, arena, unknown, JOB_FAILED);
	assert_string_equal(row.error.key, "job.unknown_kind");
	row = wait_for(db, arena, busy, JOB_FAILED);
	assert_string_equal(row.error.key, "db.busy");
	assert_int_equal(atomic_load(&tries), 3);
	atomic_store(&tries, 0);
	wait_for(db, arena, submit(db, "busy_twice", NULL), JOB_DONE);
	job_runner_stop(runner);
}

static void a_job_can_be_cancelled(struct db *db, struct arena *arena)
{
	int64_t forever = submit(db, "forever", NULL), progress = submit(db, "progress", NULL);
	int64_t queued = submit(db, "rows", NULL);
	struct job_runner *runner;
	struct job_row row;
	struct error error;

	assert_true(job_cancel(db, queued, &error));
	runner = start_runner(2);
	wait_for(db, arena, forever, JOB_RUNNING);
	row = wait_for(db, arena, progress, JOB_RUNNING);
	while (row.done != 5)
		row = find(db, arena, progress);
	assert_int_equal(row.total, 10);
	assert_true(job_cancel(db, forever, &error));
	assert_true(job_cancel(db, progress, &error));
	wait_for(db, arena, forever, JOB_CANCELLED);
	wait_for(db, arena, progress, JOB_CANCELLED);
	assert_false(job_cancel(db, forever, &error));
	assert_string_equal(error.key, "job.finished");
	assert_false(job_cancel(db, 999999, &error));
	assert_string_equal(error.key, "job.missing");
	assert_int_equal(find(db, arena, queued).state, JOB_CANCELLED);
	assert_int_equal(count_made(db), 0);
	job_runner_stop(runner);
}

static void of_a_group_one_runs(struct db *db, struct arena *arena)
{
	int64_t ids[6];
	struct job_runner *runner;
	int64_t counts[JOB_STATE_COUNT];
	struct error error;

	for (size_t i = 0; i < 6; i++)
		ids[i] = submit(db, "alone", "group");
	runner = start_runner(THREADS);
	for (size_t i = 0; i < 6; i++) {
		wait_for(db, arena, ids[i], JOB_RUNNING);
		assert_true(job_counts(db, counts, &error));
		assert_int_equal(counts[JOB_RUNNING], 1);
		assert_int_equal(counts[JOB_CANCELLED], i);
		assert_true(job_cancel(db, ids[i], &error));
		wait_for(db, arena, ids[i], JOB_CANCELLED);
	}
	assert_int_equal(atomic_load(&running_max), 1);
	job_runner_stop(runner);
}

static void two_runners_never_take_the_same_job(struct db *db, struct arena *arena)
{
	struct job_runner *first, *second;
	enum { JOBS = 30 };
	int64_t ids[JOBS];

	for (size_t i = 0; i < JOBS; i++)
		ids[i] = submit(db, "rows", NULL);
	first = start_runner(THREADS);
	second = start_runner(THREADS);
	for (size_t i = 0; i < JOBS; i++)
		assert_int_equal(wait_for(db, arena, ids[i], JOB_DONE).attempts, 1);
	assert_int_equal(count_made(db), JOBS * (ROWS - ROWS / 7));
	job_runner_stop(first);
	job_runner_stop(second);
}

static void a_stopped_runner_puts_its_job_back(struct db *db, struct arena *arena)
{
	int64_t id = submit(db, "forever", NULL);
	struct job_runner *runner = start_runner(1);
	struct job_row row = wait_for(db, arena, id, JOB_RUNNING);

	while (row.checkpoint < 3)
		row = find(db, arena, id);
	job_runner_stop(runner);
	row = find(db, arena, id);
	assert_int_equal(row.state, JOB_QUEUED);
	assert_true(row.checkpoint >= 3);
	assert_int_equal(row.attempts, 0);
	atomic_store(&may_end, true);
	runner = start_runner(1);
	assert_true(wait_for(db, arena, id, JOB_DONE).checkpoint >= 3);
	job_runner_stop(runner);
}

/* As a process does whose machine was asleep: its job has gone to another in the meantime. */
static void a_job_taken_away_writes_nothing_more(struct db *db, struct arena *arena)
{
	int64_t id = submit(db, "forever", NULL);
	struct job_runner *runner = start_runner(1);
	struct error error;
	struct job_row row;

	wait_for(db, arena, id, JOB_RUNNING);
	assert_true(db_execute(db, "UPDATE job SET worker = 'elsewhere' WHERE id = $1",
			       DB_WITH(DB_INT(id)), &error));
	while (atomic_load(&running) > 0)
		pause_ms(2);
	job_runner_stop(runner);
	row = find(db, arena, id);
	assert_int_equal(row.state, JOB_RUNNING); /* the other's; not stale yet */
	runner = start_runner(1);
	assert_true(db_execute(db, "UPDATE job SET heartbeat_at = 1 WHERE id = $1",
			       DB_WITH(DB_INT(id)), &error));
	atomic_store(&may_end, true);
	wait_for(db, arena, id, JOB_DONE); /* silent for too long: taken over */
	job_runner_stop(runner);
}

/* PostgreSQL: the connections of claims, batches, ends and heartbeats are cut all the time. */
static void jobs_outlive_lost_connections(struct db *db, struct arena *arena)
{
	static const char cut[] = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity "
				  "WHERE pid <> pg_backend_pid() AND application_name = 'yucheng' "
				  "AND random() < 0.3";
	enum { JOBS = 12, CUTS = 60 };
	struct job_runner *runner;
	int64_t ids[JOBS], count;
	struct error error;

	if (strncmp(target, "postgres", 8) != 0)
		return;
	for (size_t i = 0; i < JOBS; i++)
		ids[i] = submit(db, "patient", NULL);
	runner = start_runner(THREADS);
	for (int i = 0; i < CUTS; i++) {
		assert_true(db_execute_returning(db, cut, DB_WITHOUT, &count, &error));
		pause_ms(10);
	}
	for (size_t i = 0; i < JOBS; i++)
		wait_for(db, arena, ids[i], JOB_DONE);
	job_runner_stop(runner);
	assert_int_equal(count_made(db), JOBS * (ROWS - ROWS / 7));
}

static void lists_are_filtered(struct db *db, struct arena *arena)
{
	int64_t first = submit(db, "rows", NULL), second = submit(db, "wrong", NULL);
	struct job_filter filter = { .limit = 10 };
	struct job_row *rows;
	struct error error;
	size_t count;

	assert_true(job_cancel(db, first, &error));
	assert_true(job_list(db, arena, &filter, &rows, &count, &error));
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].id, second);
	filter.before_id = second;
	assert_true(job_list(db, arena, &filter, &rows, &count, &error));
	assert_int_equal(count, 1);
	filter = (struct job_filter){ .open_only = true, .user_id = 5000000000, .limit = 10 };
	assert_true(job_list(db, arena, &filter, &rows, &count, &error));
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].id, second);
	filter = (struct job_filter){ .kind = "rows", .organisation_id = 3, .limit = 10 };
	assert_true(job_list(db, arena, &filter, &rows, &count, &error));
	assert_int_equal(count, 1);
	filter.organisation_id = 4;
	assert_true(job_list(db, arena, &filter, &rows, &count, &error));
	assert_int_equal(count, 0);
}

static void hostile_arguments_are_refused(struct db *db, struct arena *arena)
{
	char *large = arena_alloc(arena, 70001);
	struct job_pair pair = { "text", "a\x1e" };
	const struct job_request request = { .kind = "rows",
					     .arguments = &pair,
					     .argument_count = 1 };
	struct error error;
	int64_t id;

	assert_false(job_submit(db, &request, &id, &error));
	assert_string_equal(error.key, "job.arguments");
	memset(large, 'x', 70000);
	pair.value = large;
	assert_false(job_submit(db, &request, &id, &error));
	assert_string_equal(error.key, "job.arguments");
}

static void (*const rounds[])(struct db *, struct arena *) = {
	a_job_runs_to_its_end,
	failures_say_why,
	a_job_can_be_cancelled,
	of_a_group_one_runs,
	two_runners_never_take_the_same_job,
	a_stopped_runner_puts_its_job_back,
	a_job_taken_away_writes_nothing_more,
	jobs_outlive_lost_connections,
	lists_are_filtered,
	hostile_arguments_are_refused,
};

static void every_round_on(const char *database)
{
	target = database;
	for (size_t i = 0; i < sizeof(rounds) / sizeof(rounds[0]); i++) {
		struct arena *arena = arena_create(1 << 16);
		struct db *db;

		make_tables();
		db = open_target();
		rounds[i](db, arena);
		db_close(db);
		arena_destroy(arena);
	}
}

/* ---- Killed workers. */

/* Runs what is queued in a child until nothing is left; true when it was not killed. */
static bool work_in_child(const char *fault, int kill_after_ms)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		int64_t counts[JOB_STATE_COUNT];
		struct job_runner *runner;
		struct error error;
		struct db *db;

		if (fault)
			setenv("YUCHENG_FAULT", fault, 1);
		runner = start_runner(2);
		db = open_target();
		do {
			pause_ms(5);
			if (!job_counts(db, counts, &error))
				_exit(1);
		} while (counts[JOB_QUEUED] + counts[JOB_RUNNING] > 0);
		job_runner_stop(runner);
		_exit(0);
	}
	if (kill_after_ms) {
		pause_ms(kill_after_ms);
		kill(child, SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFEXITED(status);
}

static int64_t fresh_job(const char *kind)
{
	struct db *db;
	int64_t id;

	make_tables();
	db = open_target();
	id = submit(db, kind, NULL);
	db_close(db);
	return id;
}

static void check_after(int64_t id)
{
	struct arena *arena = arena_create(1 << 16);
	struct db *db = open_target();

	check_rows(db, arena, id);
	db_close(db);
	arena_destroy(arena);
}

static void killed_at_every_batch(void)
{
	static const char *const points[] = { "job.batch.before_commit", "job.batch.after_commit" };
	char fault[64];

	for (size_t point = 0; point < 2; point++)
		for (int n = 1; n <= ROWS / ROWS_A_BATCH; n++) {
			int64_t id = fresh_job("rows");

			snprintf(fault, sizeof(fault), "%s:%d", points[point], n);
			assert_false(work_in_child(fault, 0));
			assert_true(work_in_child(NULL, 0));
			check_after(id);
		}
}

/* More often than attempts_max: each gets one batch further, so none of them counts. */
static void killed_many_times_over(void)
{
	int64_t id = fresh_job("rows");
	int kills = 0;

	while (!work_in_child("job.batch.after_commit:1", 0))
		assert_true(++kills < 100);
	assert_int_equal(kills, ROWS / ROWS_A_BATCH);
	check_after(id);
}

static void killed_from_outside(void)
{
	for (int wait = 5; wait < 120; wait += 25) {
		int64_t id = fresh_job("rows");

		if (!work_in_child(NULL, wait))
			assert_true(work_in_child(NULL, 0));
		check_after(id);
	}
}

static void a_job_that_kills_its_worker_is_given_up(void)
{
	struct arena *arena = arena_create(4096);
	int64_t id = fresh_job("die");
	struct job_row row;
	struct db *db;

	for (int i = 0; i < 3; i++)
		assert_false(work_in_child(NULL, 0));
	assert_true(work_in_child(NULL, 0));
	db = open_target();
	row = find(db, arena, id);
	assert_int_equal(row.state, JOB_FAILED);
	assert_string_equal(row.error.key, "job.attempts");
	db_close(db);
	arena_destroy(arena);
}

static void a_worker_is_known_by_its_name(void **state)
{
	char name[WORKER_NAME_SIZE];

	(void)state;
	worker_name(name);
	assert_false(worker_is_gone(name));
	memcpy(strrchr(name, '/'), "/1", 3); /* this process number, but another process */
	assert_true(worker_is_gone(name));
	assert_false(worker_is_gone("elsewhere/pid:[1]/17/5"));
	assert_false(worker_is_gone(""));
}

static void kills_on(const char *database)
{
	target = database;
	killed_at_every_batch();
	killed_many_times_over();
	killed_from_outside();
	a_job_that_kills_its_worker_is_given_up();
}

static void on_sqlite(void **state)
{
	(void)state;
	unlink("test_job.sqlite");
	every_round_on("test_job.sqlite");
}

static void on_postgresql(void **state)
{
	(void)state;
	if (getenv("YUCHENG_POSTGRESQL"))
		every_round_on(getenv("YUCHENG_POSTGRESQL"));
}

static void kills_on_sqlite(void **state)
{
	(void)state;
	kills_on("test_job.sqlite");
}

static void kills_on_postgresql(void **state)
{
	(void)state;
	if (getenv("YUCHENG_POSTGRESQL"))
		kills_on(getenv("YUCHENG_POSTGRESQL"));
}

static void a_runner_that_cannot_open_does_not_start(void **state)
{
	struct job_options options = { .database = "test_job.sqlite",
				       .kinds = kinds,
				       .threads = 2,
				       .worker_start = start_worker };
	struct job_runner *runner;
	struct error error;

	(void)state;
	assert_false(job_runner_start(&options, &runner, &error));
	assert_string_equal(error.key, "test.no_app");
	options.database = "no/such/folder/db";
	assert_false(job_runner_start(&options, &runner, &error));
	assert_string_equal(error.key, "db.open");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* first: which fault is wanted is read once, at the first fault point of a process */
		cmocka_unit_test(kills_on_sqlite),
		cmocka_unit_test(kills_on_postgresql),
		cmocka_unit_test(on_sqlite),
		cmocka_unit_test(on_postgresql),
		cmocka_unit_test(a_worker_is_known_by_its_name),
		cmocka_unit_test(a_runner_that_cannot_open_does_not_start),
	};

	log_set_level(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
