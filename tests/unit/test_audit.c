/* The audit log: what is done to it behind its back is found, on both databases. */
#include "auth_fixture.h"
#include "base/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <pthread.h>

enum { LINES = 1203 }; /* more than two batches */

static void add(struct db *db, enum audit_hash hash, int64_t number)
{
	struct arena *arena = arena_create(512);
	const struct audit_entry entry = {
		.at_ms = 1000 + number,
		.user_id = number % 3,
		.request_id = "r",
		.action = number % 2 ? "record.update" : "auth.log_in",
		.subject = arena_printf(arena, "task/%lld", (long long)number),
		.detail = "细节 \"x\"\n",
	};
	struct error error;

	if (!audit_append(db, hash, &entry, &error))
		fail_msg("%s %s", error.key, error.detail);
	arena_destroy(arena);
}

static void fill(struct db *db, int64_t count)
{
	struct error error;

	assert_true(db_begin(db, &error));
	for (int64_t i = 1; i <= count; i++)
		add(db, i % 5 == 0 ? AUDIT_SM3 : AUDIT_SHA256, i);
	assert_true(db_commit(db, &error));
}

static struct audit_report verify(struct db *db)
{
	struct audit_report report;
	struct error error;

	assert_true(audit_verify(db, &report, &error));
	return report;
}

/* Does something to the log, and says what is to be found; then undoes it. */
static void tamper(struct db *db, const char *sql, enum audit_fault fault, int64_t position)
{
	struct audit_report report;
	struct error error;

	assert_true(db_begin(db, &error));
	fixture_execute(db, sql);
	report = verify(db);
	assert_int_equal(report.fault, fault);
	assert_int_equal(report.position, position);
	if (fault == AUDIT_REORDERED)
		assert_int_equal(report.other_position, 702);
	db_rollback(db);
	assert_int_equal(verify(db).fault, AUDIT_WHOLE);
}

#define ON_EACH_DATABASE(db, body)                                                                 \
	for (size_t i_ = 0; fixture_target(i_); i_++) {                                            \
		struct db *db = fixture_open(fixture_target(i_));                                  \
		body;                                                                              \
		db_close(db);                                                                      \
	}

/* The refusal of the tables comes first, the chain behind it. */
static void refuse(struct db *db, const char *sql)
{
	struct error error;

	assert_true(db_begin(db, &error));
	assert_false(db_script(db, sql, &error));
	db_rollback(db);
}

/* As somebody does who owns the database. */
static void drop_triggers(struct db *db, bool is_postgresql)
{
	fixture_execute(db, is_postgresql ? "DROP TRIGGER audit_line_no_change ON audit_line"
					  : "DROP TRIGGER audit_line_no_update;"
					    "DROP TRIGGER audit_line_no_delete");
}

static void tamper_all(struct db *db, bool is_postgresql)
{
	fill(db, LINES);
	refuse(db, "UPDATE audit_line SET detail = 'nothing' WHERE position = 700");
	refuse(db, "DELETE FROM audit_line");
	drop_triggers(db, is_postgresql);
	assert_int_equal(verify(db).line_count, LINES);
	tamper(db, "UPDATE audit_line SET detail = 'nothing' WHERE position = 700", AUDIT_CHANGED,
	       700);
	tamper(db, "UPDATE audit_line SET user_id = 9 WHERE position = 1", AUDIT_CHANGED, 1);
	tamper(db, "UPDATE audit_line SET at = at + 1 WHERE position = 1203", AUDIT_CHANGED, 1203);
	tamper(db, "UPDATE audit_line SET algorithm = 'sm3' WHERE position = 3", AUDIT_CHANGED, 3);
	/* Text moved from one column to the next is not the same line. */
	tamper(db,
	       "UPDATE audit_line SET subject = subject || 'x', detail = substr(detail, 2) "
	       "WHERE position = 2",
	       AUDIT_CHANGED, 2);
	tamper(db, "DELETE FROM audit_line WHERE position = 501", AUDIT_MISSING, 501);
	tamper(db, "DELETE FROM audit_line WHERE position = 1203", AUDIT_MISSING, 1203);
	tamper(db, "DELETE FROM audit_line", AUDIT_MISSING, 1);
	tamper(db,
	       "UPDATE audit_line SET position = -1 WHERE position = 700;"
	       "UPDATE audit_line SET position = 700 WHERE position = 702;"
	       "UPDATE audit_line SET position = 702 WHERE position = -1",
	       AUDIT_REORDERED, 700);
	tamper(db,
	       "INSERT INTO audit_line SELECT 1204, at, user_id, request_id, action, subject, "
	       "detail, algorithm, hash FROM audit_line WHERE position = 1203",
	       AUDIT_BEYOND, 1204);
	tamper(db, "UPDATE audit_head SET hash = 'x'", AUDIT_HEAD, 1204);
	tamper(db,
	       "DELETE FROM audit_line WHERE position > 1000;"
	       "UPDATE audit_head SET position = 1000",
	       AUDIT_HEAD, 1001);
}

static void every_change_is_found(void **state)
{
	(void)state;
	ON_EACH_DATABASE(db, tamper_all(db, i_ == 1));
}

static void roll_back(struct db *db)
{
	struct error error;

	fill(db, 3);
	assert_true(db_begin(db, &error));
	add(db, AUDIT_SHA256, 4);
	db_rollback(db);
	fill(db, 1);
	assert_int_equal(verify(db).fault, AUDIT_WHOLE);
	assert_int_equal(verify(db).line_count, 4);
}

static void what_is_undone_leaves_no_gap(void **state)
{
	(void)state;
	ON_EACH_DATABASE(db, roll_back(db));
}

static void *add_some(void *target)
{
	struct error error;
	struct db *db;
	int added = 0;

	if (!db_open(target, &db, &error))
		return NULL;
	while (added < 40) {
		const struct audit_entry entry = { .at_ms = added, .action = "x.y" };

		/* Busy for too long is no failure of the log: again. */
		if (db_begin(db, &error) && audit_append(db, AUDIT_SHA256, &entry, &error) &&
		    db_commit(db, &error))
			added++;
		else
			db_rollback(db);
	}
	db_close(db);
	return db;
}

static void race(struct db *db, const char *target)
{
	pthread_t threads[4];

	for (size_t i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, add_some, (void *)(uintptr_t)target);
	while (verify(db).line_count < 160) /* verifying meanwhile finds nothing wrong */
		assert_int_equal(verify(db).fault, AUDIT_WHOLE);
	for (size_t i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(verify(db).fault, AUDIT_WHOLE);
}

static void writers_wait_for_each_other(void **state)
{
	(void)state;
	ON_EACH_DATABASE(db, race(db, fixture_target(i_)));
}

static void list_and_export(struct db *db)
{
	struct audit_filter filter = { .limit = 10, .subject = "task/7", .from_ms = 1007 };
	struct arena *arena = arena_create(4096);
	struct strbuf lines = STRBUF_INIT;
	struct audit_line *found;
	struct error error;
	int64_t last;
	size_t count;

	fill(db, 80);
	assert_true(audit_list(db, arena, &filter, &found, &count, &error));
	assert_int_equal(count, 10); /* 79, 78 … 70; 7 is the eleventh */
	assert_int_equal(found[0].position, 79);
	filter = (struct audit_filter){
		.limit = 1000, .action = "auth.", .user_id = 2, .before_position = 20, .to_ms = 1014
	};
	assert_true(audit_list(db, arena, &filter, &found, &count, &error));
	assert_int_equal(count, 2); /* 8 and 2 */
	assert_int_equal(found[1].position, 2);
	assert_true(audit_export(db, 0, &lines, &last, &error));
	assert_int_equal(last, 80);
	assert_true(str_starts_with(strbuf_str(&lines), STR("{\"position\":1,\"at\":1001,")));
	strbuf_clear(&lines);
	assert_true(audit_export(db, 80, &lines, &last, &error));
	assert_int_equal(last, 80);
	assert_int_equal(lines.size, 0);
	strbuf_release(&lines);
	arena_destroy(arena);
}

static void lines_are_listed_and_exported(void **state)
{
	(void)state;
	ON_EACH_DATABASE(db, list_and_export(db));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_change_is_found),
		cmocka_unit_test(what_is_undone_leaves_no_gap),
		cmocka_unit_test(writers_wait_for_each_other),
		cmocka_unit_test(lines_are_listed_and_exported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
