/* Rows created, changed, moved and listed, on every database. */
#include "record_fixture.h"

#define MANAGER    ROLE_BIT(ROLE_IP_MANAGER)
#define RESEARCHER ROLE_BIT(ROLE_RESEARCHER)
#define CITY       ROLE_BIT(ROLE_CITY_OFFICER)

static void on_every_database(void (*test)(struct world *world))
{
	for (size_t i = 0; fixture_target(i); i++) {
		struct world world;

		world_open(&world, fixture_target(i));
		test(&world);
		world_close(&world);
	}
}

static struct record *find(struct world *world, int64_t id)
{
	struct record *thing;
	struct error error;

	if (!record_find(&world->store, &thing_type, id, &thing, &error))
		fail_msg("%s %s", error.key, error.detail);
	return thing;
}

static const char *shown(struct world *world, const struct record *record, size_t field)
{
	return str_to_cstr(world->arena,
			   record_format_value(world->arena, &record->type->fields[field],
					       &record->values[field]));
}

static bool apply(struct world *world, struct record *record, const char *name, const char *text,
		  struct field_errors *errors)
{
	return record_apply(&world->store, record, str_of(name), str_of(text), errors);
}

/* ---- */
static void values_come_back(struct world *world)
{
	static const struct {
		const char *name, *given, *back;
	} rows[] = {
		{ "title", " 电池'\"; -- ", "电池'\"; --" },
		{ "amount", "1234.5", "1234.50" },
		{ "due_on", "2026-02-28", "2026-02-28" },
		{ "owner_id", "#4", "4" },
		{ "helpers", "4, user10；4", "4,10" },
		{ "kind", "普通", "plain" },
		{ "tags", "red、蓝", "red,blue" },
		{ "phone", "13812345678", "138****5678" },
		{ "note", "一\n二", "一\n二" },
		{ "weight", "-0.05", "-0.050" },
		{ "is_good", "是", "true" },
		{ "code", "K-1", "K-1" },
		{ "region", "5101", "5101" },
		{ "number", "CN104223352A", "CN104223352A" },
	};
	struct field_errors errors = { .count = 0 };
	struct record *thing;
	struct error error;

	world_be(world, MANAGER, CENTRE_1, 4);
	thing = record_new(&world->store, &thing_type);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!apply(world, thing, rows[i].name, rows[i].given, &errors))
			fail_msg("%s", rows[i].name);
	if (!record_create(&world->store, thing, &errors, &error))
		fail_msg("%s %s", error.key, error.detail);
	assert_string_equal(world->audit_last,
			    arena_printf(world->arena, "create thing %lld", (long long)thing->id));
	thing = find(world, thing->id);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
			shown(world, thing, record_field_find(&thing_type, str_of(rows[i].name))),
			rows[i].back);
	assert_int_equal(thing->version, 1);
	assert_string_equal(thing->state, "draft");
	assert_int_equal(thing->organisation_id, CENTRE_1);
	assert_int_equal(thing->created_by, 4);
	assert_int_equal(record_integer(thing, THING_COUNT), 1);
	assert_true(str_equal_cstr(record_show_value(world->arena, &thing_type.fields[THING_TAGS],
						     &thing->values[THING_TAGS], LANGUAGE_ZH),
				   "红、蓝"));
	assert_string_equal(record_title(thing), "电池'\"; --");
}

static void has_error(const struct field_errors *errors, const char *field, const char *key)
{
	for (size_t i = 0; i < errors->count; i++)
		if (strcmp(errors->items[i].field, field) == 0 &&
		    strcmp(errors->items[i].key, key) == 0)
			return;
	fail_msg("%s %s is not among the errors", field, key);
}

static void all_errors_at_once(struct world *world)
{
	static const struct {
		const char *name, *given, *key;
	} rows[] = {
		{ "amount", "12.345", "record.not_money" },
		{ "due_on", "2026-02-30", "record.not_date" },
		{ "owner_id", "nobody", "record.no_reference" },
		{ "kind", "other", "record.not_choice" },
		{ "tags", "red,x", "record.not_choice" },
		{ "weight", "1.2345", "record.not_decimal" },
		{ "is_good", "maybe", "record.not_bool" },
		{ "region", "5a", "record.not_region" },
		{ "number", "CN 1;", "record.not_publication" },
		{ "count", "3", "record.no_field" },
		{ "phone", "1\x01", "record.not_text" },
	};
	struct field_errors errors = { .count = 0 };
	struct record *thing;
	struct error error;

	world_be(world, MANAGER, CENTRE_1, 4);
	thing = record_new(&world->store, &thing_type);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_false(apply(world, thing, rows[i].name, rows[i].given, &errors));
		has_error(&errors, rows[i].name, rows[i].key);
	}
	errors.count = 0;
	assert_true(apply(world, thing, "amount", "1000000.01", &errors));
	assert_true(apply(world, thing, "owner_id", "999", &errors));
	assert_true(apply(world, thing, "weight", "5.001", &errors));
	assert_true(apply(world, thing, "other_id", "1", &errors));
	assert_false(record_create(&world->store, thing, &errors, &error));
	assert_string_equal(error.key, "record.invalid");
	has_error(&errors, "title", "record.required");
	has_error(&errors, "amount", "record.range");
	has_error(&errors, "owner_id", "record.no_reference");
	has_error(&errors, "weight", "record.range");
	has_error(&errors, "other_id", "record.no_reference");
	errors.count = 0;
	thing = record_new(&world->store, &thing_type);
	record_set_text(&world->store, thing, THING_TITLE,
			STR("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十超"));
	assert_false(record_create(&world->store, thing, &errors, &error));
	has_error(&errors, "title", "record.too_long");
	errors.count = 0;
	record_set_text(&world->store, thing, THING_TITLE, STR("rare"));
	record_set_text(&world->store, thing, THING_KIND, STR("rare"));
	assert_false(record_create(&world->store, thing, &errors, &error));
	has_error(&errors, "note", "record.required");
}

static void unique_values(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	struct record *thing;
	struct error error;

	world_be(world, MANAGER, CENTRE_1, 4);
	assert_true(world_add(world, "same", &error));
	assert_false(world_add(world, "same", &error));
	assert_string_equal(error.key, "record.invalid");
	world_be(world, MANAGER, CENTRE_2, 5);
	assert_true(world_add(world, "same", &error)); /* another organisation */
	for (int64_t centre = CENTRE_1; centre <= CENTRE_2; centre++) {
		world_be(world, MANAGER, centre, centre);
		thing = record_new(&world->store, &thing_type);
		record_set_text(&world->store, thing, THING_TITLE, STR("coded"));
		record_set_text(&world->store, thing, THING_CODE, STR("X"));
		assert_int_equal(record_create(&world->store, thing, &errors, &error),
				 centre == CENTRE_1);
	}
	has_error(&errors, "code", "record.taken"); /* in the whole installation */
}

static void stale_and_fixed(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	struct record *first, *second;
	struct error error;
	int64_t id;

	world_be(world, MANAGER, CENTRE_1, 4);
	id = world_add(world, "a", &error);
	first = find(world, id);
	second = find(world, id);
	assert_true(apply(world, first, "amount", "5", &errors));
	assert_true(record_update(&world->store, first, &errors, &error));
	assert_int_equal(first->version, 2);
	assert_true(apply(world, second, "amount", "6", &errors));
	assert_false(record_update(&world->store, second, &errors, &error));
	assert_int_equal(error.kind, ERROR_CONFLICT);
	assert_string_equal(error.key, "record.stale");
	assert_false(apply(world, first, "code", "new", &errors)); /* fixed */
	has_error(&errors, "code", "record.fixed");
	errors.count = 0;
	record_set_text(&world->store, first, THING_CODE, STR("new"));
	assert_false(record_update(&world->store, first, &errors, &error));
	has_error(&errors, "code", "record.fixed");
	assert_int_equal(record_integer(find(world, id), THING_AMOUNT), 500);
}

static void steps_and_history(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	const struct transition *steps[8];
	struct record_change *changes;
	struct record *thing;
	struct error error;
	size_t count;
	int64_t id;

	world_be(world, RESEARCHER, CENTRE_1, 4);
	id = world_add(world, "a", &error);
	thing = find(world, id);
	assert_int_equal(record_steps(&world->store, thing, steps, 8), 1);
	assert_string_equal(steps[0]->name, "open");
	assert_false(world_step(world, id, "close", &error));
	assert_string_equal(error.key, "record.no_step");
	assert_true(world_step(world, id, "open", &error));
	assert_false(world_step(world, id, "close", &error)); /* a city officer's */
	assert_int_equal(error.kind, ERROR_FORBIDDEN);
	world_be(world, CITY, CITY_B, 3);
	assert_false(world_step(world, id, "close", &error)); /* another city's */
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	world_be(world, CITY, CITY_A, 2);
	assert_false(world_step(world, id, "close", &error)); /* the guard */
	assert_string_equal(error.key, "record.required");
	world_be(world, MANAGER, CENTRE_1, 10);
	thing = find(world, id);
	assert_string_equal(thing->state, "open");
	assert_true(apply(world, thing, "amount", "5", &errors));
	assert_true(record_update(&world->store, thing, &errors, &error));
	world_be(world, CITY, CITY_A, 2);
	thing = find(world, id);
	assert_true(
		record_make_step(&world->store, thing, STR("close"), STR_EMPTY, &errors, &error));
	assert_string_equal(thing->state, "closed");
	assert_int_equal(thing->version, 4);
	world_be(world, MANAGER, CENTRE_1, 10);
	assert_true(record_history(&world->store, find(world, id), &changes, &count, &error));
	assert_int_equal(count, 7); /* close +count, amount +count, open +count, create */
	assert_string_equal(changes[1].field, "count");
	assert_string_equal(changes[0].action, "close");
	assert_string_equal(changes[0].old_value, "open");
	assert_string_equal(changes[0].new_value, "closed");
	assert_int_equal(changes[0].user_id, 2);
	assert_string_equal(changes[0].request_id, "request");
	assert_string_equal(changes[2].field, "amount");
	assert_null(changes[2].old_value);
	assert_string_equal(changes[2].new_value, "5.00");
	assert_string_equal(changes[6].action, "create");
}

static void comments_are_wanted(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	struct record_comment *comments;
	struct record *thing;
	struct error error;
	size_t count;
	int64_t id;

	world_be(world, MANAGER, CENTRE_1, 4);
	id = world_add(world, "a", &error);
	assert_true(record_comment_add(&world->store, find(world, id), STR("内部讨论"), &error));
	assert_true(world_step(world, id, "open", &error));
	world_be(world, CITY, CITY_A, 2);
	thing = find(world, id);
	assert_false(
		record_make_step(&world->store, thing, STR("return"), STR(" "), &errors, &error));
	has_error(&errors, "comment", "record.required");
	assert_true(record_comment_add(&world->store, thing, STR("请补充"), &error));
	assert_false(record_comment_add(&world->store, thing, STR("  "), &error));
	assert_true(record_comments(&world->store, thing, &comments, &count, &error));
	assert_int_equal(count, 2); /* not what was said of the draft */
	assert_string_equal(comments[0].text, "说明");
	assert_string_equal(comments[0].step, "open");
	assert_string_equal(comments[1].text, "请补充");
}

static void deleted_rows_stay_in_the_history(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	static const char kept[] = "SELECT COUNT(*) FROM record_change WHERE type = 'thing' AND "
				   "record_id = $1 AND action = 'delete' AND field = 'title' AND "
				   "old_value = 'a' AND new_value IS NULL";
	struct record *thing, *other;
	struct error error;
	int64_t id, count;

	world_be(world, MANAGER, CENTRE_1, 4);
	id = world_add(world, "a", &error);
	other = record_new(&world->store, &thing_type);
	record_set_text(&world->store, other, THING_TITLE, STR("b"));
	record_set_integer(other, THING_OTHER, id);
	assert_true(record_create(&world->store, other, &errors, &error));
	thing = find(world, id);
	assert_true(db_begin(world->db, &error));
	assert_false(record_delete(&world->store, thing, &error));
	assert_string_equal(error.key, "record.referenced");
	db_rollback(world->db);
	assert_true(record_delete(&world->store, other, &error));
	assert_true(record_delete(&world->store, thing, &error));
	assert_false(world_sees(world, id));
	assert_true(db_execute_returning(world->db, kept, DB_WITH(DB_INT(id)), &count, &error));
	assert_int_equal(count, 1);
	assert_false(record_delete(&world->store, thing, &error));
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	/* No later record takes their numbers, and with them their histories. */
	assert_true(world_add(world, "c", &error) > other->id);
}

static void secrets_stay_secret(struct world *world)
{
	static const char select[] = "SELECT phone FROM thing WHERE id = $1";
	static const char leaks[] = "SELECT COUNT(*) FROM record_change WHERE new_value LIKE "
				    "'%138%' OR old_value LIKE '%138%'";
	struct field_errors errors = { .count = 0 };
	struct record *thing;
	struct db_rows *rows;
	struct error error;
	int64_t count;

	world_be(world, MANAGER, CENTRE_1, 4);
	thing = record_new(&world->store, &thing_type);
	assert_true(apply(world, thing, "title", "a", &errors));
	assert_true(apply(world, thing, "phone", "13812345678", &errors));
	assert_true(record_create(&world->store, thing, &errors, &error));
	assert_true(db_query(world->db, world->arena, select, DB_WITH(DB_INT(thing->id)), &rows,
			     &error));
	assert_true(db_next(rows));
	assert_true(str_find(db_text(rows, 0), STR("138")) == STR_NOT_FOUND);
	db_rows_close(rows);
	thing = find(world, thing->id);
	assert_true(apply(world, thing, "amount", "1", &errors));
	assert_true(apply(world, thing, "phone", "138****5678", &errors)); /* as the form has it */
	assert_true(record_update(&world->store, thing, &errors, &error));
	thing = find(world, thing->id);
	assert_true(record_unmask(&world->store, thing, &error));
	assert_string_equal(record_text(thing, THING_PHONE), "13812345678");
	assert_true(strncmp(world->audit_last, "unmask thing", 12) == 0);
	thing = find(world, thing->id);
	assert_true(apply(world, thing, "phone", "13900000000", &errors));
	assert_true(record_update(&world->store, thing, &errors, &error));
	assert_string_equal(record_text(thing, THING_PHONE), "139****0000");
	assert_true(db_execute_returning(world->db, leaks, DB_WITHOUT, &count, &error));
	assert_int_equal(count, 0);
	world_be(world, RESEARCHER, CENTRE_1, 10);
	assert_false(record_unmask(&world->store, thing, &error)); /* another's: not even there */
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void files_belong_to_rows(struct world *world)
{
	struct record_file file = {
		.name = "报告.pdf", .media_type = "application/pdf", .sha256 = "00", .size = 12
	};
	struct field_errors errors = { .count = 0 };
	struct record_file found, *files;
	struct record *thing, *other;
	struct error error;
	size_t count;

	world_be(world, MANAGER, CENTRE_1, 4);
	thing = find(world, world_add(world, "a", &error));
	other = find(world, world_add(world, "b", &error));
	assert_true(record_file_add(&world->store, thing, &file, &error));
	assert_true(record_file_find(&world->store, thing, file.id, &found, &error));
	assert_false(record_file_find(&world->store, other, file.id, &found, &error));
	record_set_integer(other, THING_FILE, file.id); /* another row's */
	assert_false(record_update(&world->store, other, &errors, &error));
	has_error(&errors, "file", "record.no_file");
	file.name = "../x";
	assert_false(record_file_add(&world->store, thing, &file, &error));
	file.name = "x";
	file.field = "title";
	assert_false(record_file_add(&world->store, thing, &file, &error));
	assert_true(record_file_remove(&world->store, thing, found.id, &error));
	assert_true(record_files(&world->store, thing, &files, &count, &error));
	assert_int_equal(count, 0);
}

static void tasks_find_their_people(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	struct record_task *tasks;
	struct record *thing;
	struct error error;
	int64_t first, second;
	size_t count;

	world_be(world, MANAGER, CENTRE_1, 4);
	first = world_add(world, "a", &error);
	second = world_add(world, "b", &error);
	thing = find(world, second);
	assert_true(apply(world, thing, "due_on", "2026-01-20", &errors));
	assert_true(record_update(&world->store, thing, &errors, &error));
	assert_true(record_tasks(&world->store, 10, &tasks, &count, &error));
	assert_int_equal(count, 0);
	assert_true(record_reminders(&world->store, 10, &tasks, &count, &error));
	assert_int_equal(count, 1);
	assert_int_equal(tasks[0].record_id, second);
	assert_true(world_step(world, first, "open", &error));
	assert_true(world_step(world, second, "open", &error));
	world_be(world, CITY, CITY_A, 2);
	assert_true(record_tasks(&world->store, 10, &tasks, &count, &error));
	assert_int_equal(count, 2);
	assert_int_equal(tasks[0].record_id, second); /* it has a date */
	assert_int_equal(tasks[0].due, date_of(2026, 1, 20));
	assert_int_equal(tasks[0].step_count, 2);
	assert_string_equal(tasks[1].title, "a");
	world_be(world, CITY, CITY_B, 3);
	assert_true(record_tasks(&world->store, 10, &tasks, &count, &error));
	assert_int_equal(count, 0);
	world_be(world, MANAGER, CENTRE_1, 4);
	world->store.today = date_of(2025, 12, 1);
	assert_true(record_reminders(&world->store, 10, &tasks, &count, &error));
	assert_int_equal(count, 0); /* too early */
}

#define TEST(name)                                                                                 \
	static void test_##name(void **state)                                                      \
	{                                                                                          \
		(void)state;                                                                       \
		on_every_database(name);                                                           \
	}
TEST(values_come_back)
TEST(all_errors_at_once)
TEST(unique_values)
TEST(stale_and_fixed)
TEST(steps_and_history)
TEST(comments_are_wanted)
TEST(deleted_rows_stay_in_the_history)
TEST(secrets_stay_secret)
TEST(files_belong_to_rows)
TEST(tasks_find_their_people)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values_come_back),
		cmocka_unit_test(test_all_errors_at_once),
		cmocka_unit_test(test_unique_values),
		cmocka_unit_test(test_stale_and_fixed),
		cmocka_unit_test(test_steps_and_history),
		cmocka_unit_test(test_comments_are_wanted),
		cmocka_unit_test(test_deleted_rows_stay_in_the_history),
		cmocka_unit_test(test_secrets_stay_secret),
		cmocka_unit_test(test_files_belong_to_rows),
		cmocka_unit_test(test_tasks_find_their_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
