/* The same statements on SQLite and, when YUCHENG_POSTGRESQL names a server, on PostgreSQL. */
#include "db/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <pthread.h>
#include <unistd.h>

static const char first_script[] = "CREATE TABLE thing (id {ID}, name TEXT UNIQUE, number BIGINT, "
				   "bytes BYTEA); CREATE INDEX thing_number ON thing (number);";
static const char second_script[] = "ALTER TABLE thing ADD COLUMN extra TEXT;";
static const char insert[] =
	"INSERT INTO thing (name, number, bytes) VALUES ($1, $2, $3) RETURNING id";
static const char select_all[] = "SELECT id, name, number, bytes FROM thing ORDER BY id";
static const char swapped[] = "SELECT $2 || $1 AS joined";
static const char count_all[] = "SELECT COUNT(*) FROM thing";

static const char *targets(size_t i)
{
	return i == 0 ? "test_db.sqlite" : getenv("YUCHENG_POSTGRESQL");
}

static struct db *open_fresh(const char *target)
{
	struct error error;
	struct db *db;

	if (strncmp(target, "postgres", 8) != 0)
		unlink(target);
	assert_true(db_open(target, &db, &error));
	assert_true(db_script(db, "DROP TABLE IF EXISTS thing; DROP TABLE IF EXISTS schema_version",
			      &error));
	return db;
}

static void migrate(struct db *db)
{
	const struct str first = str_of(first_script), second = str_of(second_script);
	const struct migration migrations[] = { { 1, &first }, { 2, &second } };
	struct error error;

	assert_true(db_migrate(db, migrations, 1, &error));
	assert_true(db_migrate(db, migrations, 2, &error));
	assert_true(db_migrate(db, migrations, 2, &error));
	assert_false(db_migrate(db, migrations, 1, &error)); /* newer than the program */
	assert_string_equal(error.key, "db.newer");
	db_rollback(db);
}

static void values_come_back(struct db *db)
{
	struct arena *arena = arena_create(1024);
	struct str bytes = { "\x00\xFFz", 3 };
	struct error error;
	struct db_rows *rows;
	int64_t id, again;

	assert_true(db_execute_returning(
		db, insert, DB_WITH(DB_STR(STR("电池'\"")), DB_INT(INT64_MIN), DB_BLOB(bytes)), &id,
		&error));
	assert_false(db_execute_returning(db, insert,
					  DB_WITH(DB_STR(STR("电池'\"")), DB_NOTHING, DB_NOTHING),
					  &again, &error));
	assert_int_equal(error.kind, ERROR_CONFLICT);
	assert_true(db_query(db, arena, select_all, DB_WITHOUT, &rows, &error));
	assert_true(db_next(rows));
	assert_int_equal(db_integer(rows, 0), id);
	assert_true(str_equal_cstr(db_text(rows, 1), "电池'\""));
	assert_true(db_integer(rows, 2) == INT64_MIN);
	assert_true(str_equal(db_text(rows, 3), bytes));
	assert_false(db_next(rows));
	assert_true(db_rows_done(rows, &error));
	arena_destroy(arena);
}

static void numbers_name_parameters(struct db *db)
{
	struct arena *arena = arena_create(1024);
	struct error error;
	struct db_rows *rows;

	assert_true(
		db_query(db, arena, swapped, DB_WITH(DB_CSTR("b"), DB_CSTR("a")), &rows, &error));
	assert_true(db_next(rows));
	assert_true(str_equal_cstr(db_text(rows, 0), "ab"));
	arena_destroy(arena); /* closes the open rows */
}

static void rollback_undoes(struct db *db)
{
	struct error error;
	int64_t before, after;

	assert_true(db_execute_returning(db, count_all, DB_WITHOUT, &before, &error));
	assert_true(db_begin(db, &error));
	assert_true(db_execute(db, insert, DB_WITH(DB_CSTR("x"), DB_INT(1), DB_NOTHING), &error));
	assert_true(db_in_transaction(db));
	db_rollback(db);
	assert_false(db_in_transaction(db));
	assert_true(db_execute_returning(db, count_all, DB_WITHOUT, &after, &error));
	assert_int_equal(before, after);
}

static void a_statement_may_be_open_twice(struct db *db)
{
	struct arena *arena = arena_create(1024);
	struct db_rows *outer, *inner;
	struct error error;

	assert_true(db_query(db, arena, select_all, DB_WITHOUT, &outer, &error));
	assert_true(db_next(outer));
	assert_true(db_query(db, arena, select_all, DB_WITHOUT, &inner, &error));
	assert_true(db_next(inner));
	assert_int_equal(db_integer(inner, 0), db_integer(outer, 0));
	arena_destroy(arena);
}

/* Texts beyond what is kept at a time, while one of them has open rows. */
static void many_texts_may_be_used(struct db *db)
{
	struct arena *arena = arena_create(1024);
	struct error error;
	struct db_rows *rows;
	int64_t value;
	char sql[40];

	assert_true(db_query(db, arena, select_all, DB_WITHOUT, &rows, &error));
	assert_true(db_next(rows));
	for (int i = 0; i < 2000; i++) { /* one buffer: the text counts, not its address */
		snprintf(sql, sizeof(sql), "SELECT %d + 0", i % 900);
		assert_true(db_execute_returning(db, sql, DB_WITHOUT, &value, &error));
		assert_int_equal(value, i % 900);
	}
	assert_true(str_equal_cstr(db_text(rows, 1), "电池'\""));
	assert_false(db_next(rows));
	assert_true(db_rows_done(rows, &error));
	arena_destroy(arena);
}

enum { ROUNDS = 40, WRITERS = 4 };

/* What is not there yet is put there: each number once, however many try at the same time. */
static void *put_numbers(void *target)
{
	struct error error;
	struct db *db;
	int64_t id;

	if (!db_open(target, &db, &error))
		return NULL;
	for (int64_t number = 0; number < ROUNDS; number++)
		if (!db_begin(db, &error) ||
		    !db_execute_returning(db, "SELECT id FROM thing WHERE number = $1",
					  DB_WITH(DB_INT(number)), &id, &error) ||
		    (!id && !db_execute(db, "INSERT INTO thing (number) VALUES ($1)",
					DB_WITH(DB_INT(number)), &error)) ||
		    !db_commit(db, &error))
			break;
	db_close(db);
	return target; /* came to its end */
}

static void writers_come_one_after_the_other(struct db *db, const char *target)
{
	pthread_t writers[WRITERS];
	struct error error;
	int64_t count;

	assert_true(db_execute(db, "DELETE FROM thing", DB_WITHOUT, &error));
	for (size_t i = 0; i < WRITERS; i++)
		assert_int_equal(
			pthread_create(&writers[i], NULL, put_numbers, (void *)(uintptr_t)target),
			0);
	for (size_t i = 0; i < WRITERS; i++) {
		void *ended;

		pthread_join(writers[i], &ended);
		assert_ptr_equal(ended, target);
	}
	assert_true(db_execute_returning(db, count_all, DB_WITHOUT, &count, &error));
	assert_int_equal(count, ROUNDS);
}

static void every_database_does_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 && targets(i); i++) {
		struct db *db = open_fresh(targets(i));
		struct error error;

		migrate(db);
		values_come_back(db);
		numbers_name_parameters(db);
		rollback_undoes(db);
		a_statement_may_be_open_twice(db);
		many_texts_may_be_used(db);
		writers_come_one_after_the_other(db, targets(i));
		assert_false(db_script(db, "SELEC", &error));
		assert_string_equal(error.key, "db.statement");
		db_close(db);
	}
}

static void a_file_that_is_no_database_is_refused(void **state)
{
	FILE *file = fopen("test_db.garbage", "w");
	struct error error;
	struct db *db;

	(void)state;
	for (int i = 0; i < 1000; i++)
		fputs("not a database at all ", file);
	fclose(file);
	assert_false(db_open("test_db.garbage", &db, &error));
	assert_int_equal(error.kind, ERROR_CORRUPT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_database_does_the_same),
		cmocka_unit_test(a_file_that_is_no_database_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
