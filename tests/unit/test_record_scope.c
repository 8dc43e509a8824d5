/*
 * Who sees what: every role × where a row stands × its state, against a table written by hand; and
 * that what may not be seen does not come out by another way.
 */
#include "record_fixture.h"
#include "record/labels.h"

#define BIT(role)  ROLE_BIT(role)
#define MANAGER    BIT(ROLE_IP_MANAGER)
#define RESEARCHER BIT(ROLE_RESEARCHER)
#define CITY       BIT(ROLE_CITY_OFFICER)
#define PROVINCE_  BIT(ROLE_PROVINCE_OFFICER)
#define EXPERT     BIT(ROLE_EXPERT)
#define INSPECTOR  BIT(ROLE_INSPECTOR)

static void on_every_database(void (*test)(struct world *world))
{
	for (size_t i = 0; fixture_target(i); i++) {
		struct world world;

		world_open(&world, fixture_target(i));
		test(&world);
		world_close(&world);
	}
}

/* One row a state in each of the three centres, made by its researcher, owned by user 13, with
   helper 18. */
struct rows {
	int64_t ids[3][3]; /* by centre and state */
};
static const char *const state_names[3] = { "draft", "open", "closed" };

static void set_people(struct world *world, int64_t id, const char *note)
{
	struct field_errors errors = { .count = 0 };
	struct record *thing;
	struct error error;

	assert_true(record_find(&world->store, &thing_type, id, &thing, &error));
	record_set_integer(thing, THING_OWNER, 13);
	record_set_text(&world->store, thing, THING_HELPERS, STR(",18,"));
	record_set_integer(thing, THING_AMOUNT, 100 * id);
	record_set_text(&world->store, thing, THING_NOTE, str_of(note));
	record_set_text(&world->store, thing, THING_DUE_ON, STR("2026-01-02"));
	assert_true(record_update(&world->store, thing, &errors, &error));
}

static void make_rows(struct world *world, struct rows *rows)
{
	struct error error;

	for (int64_t centre = CENTRE_1; centre <= CENTRE_3; centre++)
		for (int state = 0; state < 3; state++) {
			int64_t *id = &rows->ids[centre - CENTRE_1][state];
			char title[30];

			snprintf(title, sizeof(title), "row %d %s", (int)centre,
				 state_names[state]);
			world_be(world, RESEARCHER, centre, centre); /* users 4, 5, 6 */
			*id = world_add(world, title, &error);
			world_be_operator(world);
			set_people(world, *id, "秘密 secret%");
			if (state > 0)
				assert_true(world_step(world, *id, "open", &error));
			if (state > 1)
				assert_true(world_step(world, *id, "close", &error));
		}
}

/* Letters of the rows seen: centre 1 to 3, states d o c. */
static const struct {
	unsigned roles;
	int64_t organisation, user;
	const char *sees;
} people[] = {
	{ RESEARCHER, CENTRE_1, 4, "1d1o1c" },
	{ RESEARCHER, CENTRE_1, 10, "" },                   /* another of the same centre */
	{ RESEARCHER, CENTRE_3, 18, "1d1o1c2d2o2c3d3o3c" }, /* helper everywhere */
	{ RESEARCHER, CENTRE_3, 6, "3d3o3c" },
	{ MANAGER, CENTRE_1, 10, "1d1o1c" },
	{ MANAGER, CENTRE_2, 11, "2d2o2c" },
	{ CITY, CITY_A, 2, "1o1c2o2c" },
	{ CITY, CITY_B, 3, "3o3c" },
	{ PROVINCE_, PROVINCE, 1, "1o1c2o2c3o3c" },
	{ EXPERT, PROVINCE, 13, "1o2o3o" },
	{ EXPERT, PROVINCE, 7, "" },
	{ INSPECTOR, PROVINCE, 1, "1c2c3c" },
	{ INSPECTOR | CITY, CITY_B, 3, "3o1c2c3c" },
	{ RESEARCHER | MANAGER, CENTRE_2, 5, "2d2o2c" },
	{ BIT(ROLE_DIRECTOR), CENTRE_1, 4, "1d1o1c" },
	{ BIT(ROLE_FINANCE) | BIT(ROLE_AGENCY), CENTRE_1, 4, "" },
	{ BIT(ROLE_SYSTEM_ADMIN), PROVINCE, 1, "" },
	{ BIT(ROLE_SECURITY_ADMIN), PROVINCE, 1, "" },
	{ BIT(ROLE_AUDIT_ADMIN), PROVINCE, 1, "" },
	{ 0, CENTRE_1, 4, "" },
};

static bool should_see(const char *sees, int centre, int state)
{
	for (; *sees; sees += 2)
		if (sees[0] == '1' + centre && sees[1] == state_names[state][0])
			return true;
	return false;
}

static size_t list_count(struct world *world, const char *filter, const char *search,
			 int64_t *total_out)
{
	struct record_list_options options = { .limit = 200,
					       .with_total = true,
					       .search = str_of(search) };
	struct record_filter *filters;
	struct record_page page;
	struct error error;

	assert_true(record_parse_filters(&world->store, &thing_type, str_of(filter), &filters,
					 &options.filter_count, &error));
	options.filters = filters;
	assert_true(record_parse_sort(&thing_type, STR("-title"), &options.sort_field,
				      &options.descending, &error));
	if (!record_list(&world->store, &thing_type, &options, &page, &error))
		fail_msg("%s %s", error.key, error.detail);
	*total_out = page.total;
	for (size_t i = 0; i < page.count; i++)
		assert_true(world_sees(world, page.records[i]->id));
	return page.count;
}

static void check_person(struct world *world, const struct rows *rows, const char *sees)
{
	size_t expected = strlen(sees) / 2, seen = 0;
	int64_t total;

	for (int centre = 0; centre < 3; centre++)
		for (int state = 0; state < 3; state++) {
			int64_t id = rows->ids[centre][state];
			struct record *stored;
			struct error error;
			bool sees_it = should_see(sees, centre, state);

			assert_int_equal(world_sees(world, id), sees_it);
			/* the same of the row in memory */
			assert_true(record_load(&world->store, &thing_type, id, &stored, &error));
			assert_int_equal(record_may_on(&world->store, stored, "read"), sees_it);
			seen += sees_it;
		}
	assert_int_equal(seen, expected);
	assert_int_equal(list_count(world, "", "", &total), expected);
	assert_int_equal(total, expected);
}

static void the_matrix_holds(struct world *world)
{
	struct rows rows;

	make_rows(world, &rows);
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		world_be(world, people[i].roles, people[i].organisation, people[i].user);
		check_person(world, &rows, people[i].sees);
	}
}

/* An officer asks of a draft by all ways there are. */
static void nothing_leaks(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	struct record_labels *labels;
	struct record_title *titles;
	struct record_task *tasks;
	struct record *thing;
	struct error error;
	struct rows rows;
	struct value value;
	int64_t total, draft, mine;
	size_t count;

	make_rows(world, &rows);
	draft = rows.ids[1][0];
	world_be(world, MANAGER, CENTRE_1, 10);
	mine = rows.ids[0][1];
	assert_int_equal(list_count(world, "title:=:row 5 draft", "", &total), 0);
	assert_int_equal(total, 0);
	assert_int_equal(list_count(world,
				    arena_printf(world->arena, "id:=:%lld", (long long)draft), "",
				    &total),
			 0);
	assert_int_equal(list_count(world, "", "row 5", &total), 0);
	assert_int_equal(list_count(world, "organisation_id:in:4,5,6", "", &total), 3);
	/* by title or by id as a reference */
	assert_false(record_parse_value(&world->store, &thing_type.fields[THING_OTHER],
					STR("row 5 draft"), &value, &errors));
	assert_true(record_parse_value(&world->store, &thing_type.fields[THING_OTHER],
				       STR("row 4 closed"), &value, &errors));
	assert_true(record_find(&world->store, &thing_type, mine, &thing, &error));
	record_set_integer(thing, THING_OTHER, draft);
	errors.count = 0;
	assert_false(record_update(&world->store, thing, &errors, &error));
	assert_string_equal(errors.items[0].key, "record.no_reference");
	/* by its label */
	assert_true(record_titles(&world->store, &thing_type, &draft, 1, &titles, &count, &error));
	assert_int_equal(count, 0);
	labels = record_labels_create(&world->store);
	assert_true(record_labels_add_ids(labels, &thing_type, &draft, 1, &error));
	assert_null(record_labels_find(labels, &thing_type, draft));
	/* changing what is not there */
	thing = record_new(&world->store, &thing_type);
	thing->id = draft;
	thing->version = 2;
	errors.count = 0;
	assert_false(record_update(&world->store, thing, &errors, &error));
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	assert_false(record_delete(&world->store, thing, &error));
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	assert_false(
		record_make_step(&world->store, thing, STR("open"), STR_EMPTY, &errors, &error));
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	assert_false(record_unmask(&world->store, thing, &error));
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	/* nobody else's tasks and reminders */
	world_be(world, CITY, CITY_B, 3);
	assert_true(record_tasks(&world->store, 100, &tasks, &count, &error));
	assert_int_equal(count, 1);
	assert_int_equal(tasks[0].record_id, rows.ids[2][1]);
	world_be(world, RESEARCHER, CENTRE_1, 4);
	assert_true(record_reminders(&world->store, 100, &tasks, &count, &error));
	assert_int_equal(count, 1); /* his draft; the open one is not his to change */
}

/* What a blind reviewer is given, and what he can find out by asking. */
static void hidden_fields_stay_hidden(struct world *world)
{
	struct record_change *changes;
	struct record *thing;
	struct error error;
	struct rows rows;
	int64_t total;
	size_t count;

	make_rows(world, &rows);
	world_be(world, EXPERT, PROVINCE, 13);
	assert_true(record_find(&world->store, &thing_type, rows.ids[0][1], &thing, &error));
	assert_string_equal(record_text(thing, THING_TITLE), "row 4 open");
	assert_int_equal(record_integer(thing, THING_AMOUNT), 0);
	assert_string_equal(record_text(thing, THING_NOTE), "");
	assert_int_equal(thing->organisation_id, 0);
	assert_int_equal(thing->created_by, 0);
	assert_int_equal(thing->updated_by, 0);
	assert_int_equal(list_count(world, "", "", &total), 3);
	assert_int_equal(list_count(world, "amount:>:0", "", &total), 0);
	assert_int_equal(list_count(world, "organisation_id:=:4", "", &total), 0);
	assert_int_equal(list_count(world, "created_by:=:4", "", &total), 0);
	assert_int_equal(list_count(world, "", "秘密", &total), 0);
	assert_int_equal(list_count(world, "", "row", &total), 3);
	assert_true(record_history(&world->store, thing, &changes, &count, &error));
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(changes[i].user_id, 0);
		assert_true(!changes[i].field || (strcmp(changes[i].field, "amount") != 0 &&
						  strcmp(changes[i].field, "note") != 0));
	}
}

/* Not even whether there is a value. */
static void hidden_fields_look_the_same_when_empty(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	struct record *thing;
	struct error error;
	struct rows rows;

	make_rows(world, &rows);
	world_be_operator(world);
	assert_true(record_find(&world->store, &thing_type, rows.ids[0][1], &thing, &error));
	record_clear(thing, THING_NOTE);
	assert_true(record_update(&world->store, thing, &errors, &error));
	world_be(world, EXPERT, PROVINCE, 13);
	assert_true(record_find(&world->store, &thing_type, rows.ids[0][1], &thing, &error));
	assert_true(thing->values[THING_NOTE].is_masked && thing->values[THING_AMOUNT].is_masked);
	assert_int_equal(thing->values[THING_NOTE].is_null, thing->values[THING_AMOUNT].is_null);
}

static size_t count_changes(struct world *world, int64_t id, const char *field)
{
	struct record_change *changes;
	struct record *thing;
	struct error error;
	size_t count, found = 0;

	assert_true(record_find(&world->store, &thing_type, id, &thing, &error));
	assert_true(record_history(&world->store, thing, &changes, &count, &error));
	for (size_t i = 0; i < count; i++)
		found += changes[i].field && strcmp(changes[i].field, field) == 0;
	return found;
}

/* A value that may be seen now does not tell those before it, which were hidden then. */
static void history_hides_what_was_hidden_then(struct world *world)
{
	struct record *thing;
	struct error error;
	struct rows rows;

	make_rows(world, &rows);
	world_be(world, MANAGER, CENTRE_1, 10);
	assert_int_equal(count_changes(world, rows.ids[0][2], "amount"), 1);
	world_be(world, BIT(ROLE_DIRECTOR), CENTRE_1, 4);
	assert_true(record_find(&world->store, &thing_type, rows.ids[0][2], &thing, &error));
	assert_true(record_integer(thing, THING_AMOUNT) > 0);
	assert_int_equal(count_changes(world, rows.ids[0][2], "amount"), 0);
	assert_true(count_changes(world, rows.ids[0][2], "state") > 0);
}

/* What was written into a draft is not shown to whom the draft was not. */
static void drafts_keep_their_history(struct world *world)
{
	struct record_change *changes;
	struct record *thing;
	struct error error;
	struct rows rows;
	size_t count;

	make_rows(world, &rows);
	world_be(world, CITY, CITY_A, 2);
	assert_true(record_find(&world->store, &thing_type, rows.ids[0][1], &thing, &error));
	assert_true(record_history(&world->store, thing, &changes, &count, &error));
	assert_int_equal(count, 2); /* the step, and the count it computed */
	assert_string_equal(changes[0].action, "open");
	world_be(world, MANAGER, CENTRE_1, 4);
	assert_true(record_history(&world->store, thing, &changes, &count, &error));
	assert_true(count > 5);
}

static void creating_elsewhere_is_refused(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	struct record *thing;
	struct error error;

	world_be(world, MANAGER, CENTRE_2, 5);
	assert_true(world_add(world, "x", &error));
	world_be(world, MANAGER, CENTRE_1, 4);
	thing = record_new(&world->store, &thing_type);
	record_set_text(&world->store, thing, THING_TITLE, STR("x"));
	thing->organisation_id = CENTRE_2;
	assert_false(record_create(&world->store, thing, &errors, &error));
	assert_int_equal(error.kind, ERROR_FORBIDDEN);
	assert_int_equal(errors.count, 0); /* not that the title is taken there */
	assert_false(record_validate(&world->store, thing, &errors, &error));
	assert_int_equal(error.kind, ERROR_FORBIDDEN);
	assert_int_equal(errors.count, 0);
	world_be(world, CITY, CITY_A, 2);
	assert_false(world_add(world, "y", &error));
	assert_int_equal(error.kind, ERROR_FORBIDDEN);
}

/* Readable and not allowed is another answer than not there. */
static void forbidden_is_not_missing(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	struct record *thing;
	struct error error;
	struct rows rows;

	make_rows(world, &rows);
	world_be(world, PROVINCE_, PROVINCE, 1);
	assert_true(record_find(&world->store, &thing_type, rows.ids[0][1], &thing, &error));
	assert_false(record_update(&world->store, thing, &errors, &error));
	assert_int_equal(error.kind, ERROR_FORBIDDEN);
	assert_false(record_delete(&world->store, thing, &error));
	assert_int_equal(error.kind, ERROR_FORBIDDEN);
	assert_false(world_step(world, thing->id, "close", &error));
	assert_int_equal(error.kind, ERROR_FORBIDDEN);
	world_be(world, INSPECTOR, PROVINCE, 1);
	assert_true(record_find(&world->store, &thing_type, rows.ids[0][2], &thing, &error));
	assert_false(record_comment_add(&world->store, thing, STR("看过"), &error));
	assert_int_equal(error.kind, ERROR_FORBIDDEN);
	world_be(world, MANAGER, CENTRE_1, 4);
	assert_true(record_find(&world->store, &thing_type, rows.ids[0][2], &thing, &error));
	assert_false(record_update(&world->store, thing, &errors, &error)); /* closed */
	assert_int_equal(error.kind, ERROR_FORBIDDEN);
}

#define TEST(name)                                                                                 \
	static void test_##name(void **state)                                                      \
	{                                                                                          \
		(void)state;                                                                       \
		on_every_database(name);                                                           \
	}
TEST(the_matrix_holds)
TEST(nothing_leaks)
TEST(hidden_fields_stay_hidden)
TEST(hidden_fields_look_the_same_when_empty)
TEST(history_hides_what_was_hidden_then)
TEST(drafts_keep_their_history)
TEST(creating_elsewhere_is_refused)
TEST(forbidden_is_not_missing)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_matrix_holds),
		cmocka_unit_test(test_nothing_leaks),
		cmocka_unit_test(test_hidden_fields_stay_hidden),
		cmocka_unit_test(test_hidden_fields_look_the_same_when_empty),
		cmocka_unit_test(test_history_hides_what_was_hidden_then),
		cmocka_unit_test(test_drafts_keep_their_history),
		cmocka_unit_test(test_creating_elsewhere_is_refused),
		cmocka_unit_test(test_forbidden_is_not_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
