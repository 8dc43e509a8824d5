/*
 * Workers that are killed at any moment, on SQLite and, when YUCHENG_POSTGRESQL names a server, on
 * PostgreSQL. A program of its own: which fault is wanted is read once, at the first fault point.
 */
#include "base/log.h"
#include "job_fixture.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void kills_on(const char *database)
{
	job_target = database;
	killed_at_every_batch();
	killed_many_times_over();
	killed_from_outside();
	a_job_that_kills_its_worker_is_given_up();
}

static void kills_on_sqlite(void **state)
{
	(void)state;
	kills_on("test_job_kill.sqlite");
}

static void kills_on_postgresql(void **state)
{
	(void)state;
	if (getenv("YUCHENG_POSTGRESQL"))
		kills_on(getenv("YUCHENG_POSTGRESQL"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kills_on_sqlite),
		cmocka_unit_test(kills_on_postgresql),
	};

	log_set_level(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
