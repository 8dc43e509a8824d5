/*
 * Jobs, on SQLite and, when YUCHENG_POSTGRESQL names a server, on PostgreSQL: rows, claims by
 * several workers, cancelling, trying again, taking over.
 */
#include "base/log.h"
#include "job_fixture.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <unistd.h>

enum { THREADS = 4 };

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
	assert_int_equal(atomic_load(&job_tries), 3);
	atomic_store(&job_tries, 0);
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
	assert_int_equal(atomic_load(&jobs_running_max), 1);
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
	atomic_store(&jobs_may_end, true);
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
	while (atomic_load(&jobs_running) > 0)
		pause_ms(2);
	job_runner_stop(runner);
	row = find(db, arena, id);
	assert_int_equal(row.state, JOB_RUNNING); /* the other's; not stale yet */
	runner = start_runner(1);
	assert_true(db_execute(db, "UPDATE job SET heartbeat_at = 1 WHERE id = $1",
			       DB_WITH(DB_INT(id)), &error));
	atomic_store(&jobs_may_end, true);
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

	if (strncmp(job_target, "postgres", 8) != 0)
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
	job_target = database;
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

static void a_runner_that_cannot_open_does_not_start(void **state)
{
	struct job_options options = { .database = "test_job.sqlite",
				       .kinds = job_test_kinds,
				       .threads = 2,
				       .worker_start = job_test_worker };
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
		cmocka_unit_test(on_sqlite),
		cmocka_unit_test(on_postgresql),
		cmocka_unit_test(a_worker_is_known_by_its_name),
		cmocka_unit_test(a_runner_that_cannot_open_does_not_start),
	};

	log_set_level(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
