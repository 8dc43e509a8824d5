/*
 * An import killed at any moment and started again ends as one that was left alone: the process
 * that imports ends itself with SIGKILL at the n-th passing of a fault point, or is killed from
 * outside after a while, until one run comes through.
 */
#include "base/file.h"
#include "import_fixture.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static const char folder[] = "test_import_kill.data";
static const char rows_path[] = "test_import_kill.jsonl";

enum { BATCH_ROWS = 100, RUNS_MAX = 200 };

/* One import of the rows into the folder, in this process. */
static bool import_rows(struct import_result *result_out)
{
	struct import_options options = { .path = rows_path,
					  .today = date_of(2026, 11, 22),
					  .batch_rows = BATCH_ROWS };
	struct arena *arena = arena_create(1 << 16);
	struct import_result result;
	struct library *library;
	struct error error;
	bool done = library_open(folder, true, &library, &error);

	if (done) {
		done = import_run(library, arena, &options, &result, &error);
		if (result_out)
			*result_out = result;
		import_result_release(&result);
		library_close(library);
	}
	arena_destroy(arena);
	return done;
}

/* The same in a child, which may be killed. True when it came through. */
static bool import_in_child(const char *fault, useconds_t kill_after)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		if (fault)
			setenv("YUCHENG_FAULT", fault, 1);
		else
			unsetenv("YUCHENG_FAULT");
		_exit(import_rows(NULL) ? 0 : 1);
	}
	if (kill_after) {
		usleep(kill_after);
		kill(child, SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFEXITED(status);
}

static void clear(void)
{
	struct error error;

	assert_true(file_remove_tree(folder, &error));
}

static const char *dump_folder(struct arena *arena)
{
	struct library *library;
	struct error error;
	const char *dump;

	assert_true(library_open(folder, false, &library, &error));
	dump = import_fixture_dump(arena, library);
	library_close(library);
	return dump;
}

static const char *undisturbed(struct arena *arena)
{
	import_fixture_write(rows_path);
	clear();
	assert_true(import_in_child(NULL, 0));
	return dump_folder(arena);
}

static void check_record(struct arena *arena)
{
	struct import_record *records;
	struct library *library;
	struct error error;
	size_t count;

	assert_true(library_open(folder, false, &library, &error));
	assert_true(library_imports(library, arena, &records, &count, &error));
	assert_int_equal(count, 1);
	assert_int_equal(records[0].state, IMPORT_DONE);
	assert_int_equal(records[0].rows_done, FIXTURE_ROWS);
	assert_int_equal(records[0].rejected, FIXTURE_REFUSED);
	assert_int_equal(records[0].inserted + records[0].updated + records[0].unchanged +
				 records[0].rejected,
			 FIXTURE_ROWS);
	library_close(library);
}

static void killed_at_every_batch(void **state)
{
	static const char *const points[] = { "import.batch.before_commit",
					      "import.batch.after_commit" };
	struct arena *arena = arena_create(1 << 20);
	const char *expected = undisturbed(arena);

	(void)state;
	for (size_t point = 0; point < 2; point++)
		for (int n = 1; n <= FIXTURE_ROWS / BATCH_ROWS; n++) {
			clear();
			assert_false(
				import_in_child(arena_printf(arena, "%s:%d", points[point], n), 0));
			assert_true(import_in_child(NULL, 0));
			assert_string_equal(dump_folder(arena), expected);
			check_record(arena);
		}
	arena_destroy(arena);
}

/* Killed again and again, one batch further each time. */
static void killed_many_times_over(void **state)
{
	struct arena *arena = arena_create(1 << 20);
	const char *expected = undisturbed(arena);
	int runs = 0;

	(void)state;
	clear();
	while (!import_in_child("import.batch.before_commit:2", 0))
		assert_true(++runs < RUNS_MAX);
	assert_true(runs > 1);
	assert_string_equal(dump_folder(arena), expected);
	check_record(arena);
	arena_destroy(arena);
}

static void killed_from_outside(void **state)
{
	struct arena *arena = arena_create(1 << 20);
	const char *expected = undisturbed(arena);

	(void)state;
	for (useconds_t wait = 500; wait < 40000; wait *= 2) {
		clear();
		while (!import_in_child(NULL, wait))
			wait += 3000;
		assert_string_equal(dump_folder(arena), expected);
	}
	arena_destroy(arena);
}

static void a_resumed_import_says_where_it_went_on(void **state)
{
	struct import_result result;

	(void)state;
	import_fixture_write(rows_path);
	clear();
	assert_false(import_in_child("import.batch.after_commit:3", 0));
	assert_true(import_rows(&result));
	assert_int_equal(result.resumed_at, 3 * BATCH_ROWS);
	assert_int_equal(result.rows, FIXTURE_ROWS - 3 * BATCH_ROWS);
	assert_int_equal(result.rejected, FIXTURE_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_at_every_batch),
		cmocka_unit_test(killed_many_times_over),
		cmocka_unit_test(killed_from_outside),
		cmocka_unit_test(a_resumed_import_says_where_it_went_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
