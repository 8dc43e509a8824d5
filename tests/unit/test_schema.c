/*
 * Databases of older programs, on SQLite and, when YUCHENG_POSTGRESQL names a server, on
 * PostgreSQL: the oldest kept schema becomes today's, with its rows; a newer one is refused.
 */
#include "base/file.h"
#include "base/strbuf.h"
#include "schema/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <unistd.h>

enum { KEPT_NUMBER = 6, SCRIPT_SIZE_MAX = 1 << 20 };

static const char *target(size_t i)
{
	if (i == 0)
		return "test_schema.sqlite";
	return i == 1 ? getenv("YUCHENG_POSTGRESQL") : NULL;
}

static bool is_postgresql(const char *name)
{
	return strncmp(name, "postgres", 8) == 0;
}

static struct db *open_empty(const char *name)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct error error;
	struct db *db;
	char path[80];

	for (size_t i = 0; i < 3 && !is_postgresql(name); i++) {
		snprintf(path, sizeof(path), "%s%s", name, ends[i]);
		unlink(path);
	}
	assert_true(db_open(name, &db, &error));
	if (is_postgresql(name))
		assert_true(
			db_script(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public", &error));
	return db;
}

/* Every table, column, key and index. Names of SQLite's own tables begin with sqlite_. */
static const char sqlite_schema[] =
	"SELECT m.name || ' ' || p.name || ' ' || p.type || ' ' || p.\"notnull\" || ' ' || "
	"COALESCE(p.dflt_value, '') || ' ' || p.pk FROM sqlite_master m, "
	"pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' "
	"UNION ALL SELECT tbl_name || ' ' || sql FROM sqlite_master "
	"WHERE type = 'index' AND sql IS NOT NULL "
	"UNION ALL SELECT m.name || ' -> ' || f.\"table\" || ' ' || f.\"from\" FROM sqlite_master "
	"m, "
	"pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1";
static const char postgresql_schema[] =
	"SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' "
	"|| is_identity || ' ' || COALESCE(column_default, '') FROM information_schema.columns "
	"WHERE table_schema = 'public' "
	"UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' "
	"UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM "
	"pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1";

static const char *schema_text(struct db *db, struct arena *arena, bool postgresql)
{
	struct strbuf text = STRBUF_INIT;
	struct db_rows *rows;
	struct error error;
	const char *copy;

	if (!db_query(db, arena, postgresql ? postgresql_schema : sqlite_schema, DB_WITHOUT, &rows,
		      &error))
		fail_msg("%s %s", error.key, error.detail);
	while (db_next(rows))
		strbuf_addf(&text, "%.*s\n", STR_ARGS(db_text(rows, 0)));
	assert_true(db_rows_done(rows, &error));
	copy = arena_copy(arena, text.data, text.size);
	strbuf_release(&text);
	return copy;
}

static struct db *open_kept(const char *name, struct arena *arena)
{
	const char *folder = getenv("YUCHENG_TEST_DATA");
	struct migration kept = { .number = KEPT_NUMBER };
	struct db *db = open_empty(name);
	struct error error;
	struct str script;

	assert_non_null(folder);
	assert_true(file_read(arena, file_join(arena, folder, "schema_6.sql"), SCRIPT_SIZE_MAX,
			      &script, &error));
	kept.script = &script;
	if (!db_migrate(db, &kept, 1, &error))
		fail_msg("%s %s", error.key, error.detail);
	return db;
}

static int64_t ask(struct db *db, const char *sql)
{
	struct error error;
	int64_t value;

	if (!db_execute_returning(db, sql, DB_WITHOUT, &value, &error))
		fail_msg("%s %s", error.key, error.detail);
	return value;
}

static void check_rows(struct db *db)
{
	struct error error;

	assert_int_equal(ask(db, "SELECT COUNT(*) FROM topic t JOIN topic_node n ON n.topic_id = "
				 "t.id JOIN topic_log l ON l.topic_id = t.id JOIN topic_set s ON "
				 "s.topic_id = t.id JOIN import i ON i.topic_id = t.id WHERE "
				 "t.name = '示例专题' AND n.kind = 'effect' AND t.version = 1"),
			 1);
	assert_int_equal(ask(db, "SELECT COUNT(*) FROM annual_task a JOIN record_change c ON "
				 "c.record_id = a.id JOIN record_comment m ON m.record_id = a.id "
				 "JOIN record_file f ON f.record_id = a.id JOIN account o ON "
				 "o.user_id = a.owner_id, job, saved_query, publication, "
				 "import_rejected WHERE a.title = '示例任务' AND a.budget = 150000 "
				 "AND job.state = 'queued'"),
			 1);
	assert_int_equal(ask(db, "SELECT position FROM audit_head"), 1);
	/* counters stand behind the rows that are there */
	assert_true(db_execute(db, "INSERT INTO topic (name) VALUES ('neu')", DB_WITHOUT, &error));
}

static void the_oldest_schema_becomes_todays(void **state)
{
	(void)state;
	for (size_t i = 0; target(i); i++) {
		struct arena *arena = arena_create(1 << 16);
		struct db *db = open_empty(target(i));
		const char *fresh, *migrated;
		struct error error;

		assert_true(schema_migrate(db, &error));
		fresh = schema_text(db, arena, is_postgresql(target(i)));
		assert_true(strlen(fresh) > 10000);
		db_close(db);
		db = open_kept(target(i), arena);
		if (!schema_migrate(db, &error))
			fail_msg("%s %s", error.key, error.detail);
		migrated = schema_text(db, arena, is_postgresql(target(i)));
		assert_string_equal(migrated, fresh);
		check_rows(db);
		assert_int_equal(ask(db, "SELECT MAX(number) FROM schema_version"),
				 schema_newest());
		db_close(db);
		arena_destroy(arena);
	}
}

/* A change that cannot be made whole is not made at all; the next start tries again. */
static void a_failed_migration_changes_nothing(void **state)
{
	const struct str broken = STR("CREATE TABLE half (id {ID}); CREATE TABLE topic (id {ID});");
	const struct migration migration = { .number = 100000, .script = &broken };

	(void)state;
	for (size_t i = 0; target(i); i++) {
		struct arena *arena = arena_create(1 << 16);
		struct db *db = open_kept(target(i), arena);
		const char *before = schema_text(db, arena, is_postgresql(target(i)));
		struct error error;

		assert_false(db_migrate(db, &migration, 1, &error));
		assert_false(db_in_transaction(db));
		assert_string_equal(schema_text(db, arena, is_postgresql(target(i))), before);
		assert_int_equal(ask(db, "SELECT MAX(number) FROM schema_version"), KEPT_NUMBER);
		assert_true(schema_migrate(db, &error));
		db_close(db);
		arena_destroy(arena);
	}
}

static void a_newer_schema_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; target(i); i++) {
		struct arena *arena = arena_create(1 << 16);
		struct db *db = open_kept(target(i), arena);
		const char *before;
		struct error error;

		assert_true(db_script(db, "INSERT INTO schema_version VALUES (1000000)", &error));
		before = schema_text(db, arena, is_postgresql(target(i)));
		assert_false(schema_migrate(db, &error));
		assert_int_equal(error.kind, ERROR_CONFLICT);
		assert_string_equal(error.key, "db.newer");
		assert_string_equal(schema_text(db, arena, is_postgresql(target(i))), before);
		db_close(db);
		arena_destroy(arena);
	}
}

static void new_is_what_nobody_has_migrated(void **state)
{
	(void)state;
	for (size_t i = 0; target(i); i++) {
		struct db *db = open_empty(target(i));
		struct error error;
		bool is_new;

		assert_true(db_is_new(db, &is_new, &error) && is_new);
		assert_true(schema_migrate(db, &error));
		assert_true(db_is_new(db, &is_new, &error) && !is_new);
		db_close(db);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_oldest_schema_becomes_todays),
		cmocka_unit_test(a_failed_migration_changes_nothing),
		cmocka_unit_test(a_newer_schema_is_refused),
		cmocka_unit_test(new_is_what_nobody_has_migrated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
