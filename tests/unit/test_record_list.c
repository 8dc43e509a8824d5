/* Lists: every field sorts and pages to the same rows as sorting in memory; filters; sheets. */
#include "record_fixture.h"
#include "record/exchange.h"

enum { ROW_COUNT = 57 };

static void on_every_database(void (*test)(struct world *world))
{
	for (size_t i = 0; fixture_target(i); i++) {
		struct world world;

		world_open(&world, fixture_target(i));
		test(&world);
		world_close(&world);
	}
}

static void make_rows(struct world *world)
{
	static const char *const kinds[] = { NULL, "plain", "rare" };
	static const char *const tags[] = { NULL, "red", "red,blue", "green" };
	struct field_errors errors = { .count = 0 };
	struct error error;

	world_be(world, ROLE_BIT(ROLE_IP_MANAGER), CENTRE_1, 4);
	for (int i = 0; i < ROW_COUNT; i++) {
		struct record *thing = record_new(&world->store, &thing_type);
		char text[40];

		snprintf(text, sizeof(text), "%s %d", i % 2 ? "Alpha_电池" : "beta%", i * 7 % 57);
		record_set_text(&world->store, thing, THING_TITLE, str_of(text));
		if (i % 3)
			record_set_integer(thing, THING_AMOUNT, i % 5 * 100);
		if (i % 4)
			record_set_date(&world->store, thing, THING_DUE_ON,
					date_of(2026, 1 + i % 3, 1));
		if (kinds[i % 3])
			record_apply(&world->store, thing, STR("kind"), str_of(kinds[i % 3]),
				     &errors);
		if (tags[i % 4])
			record_apply(&world->store, thing, STR("tags"), str_of(tags[i % 4]),
				     &errors);
		record_set_text(&world->store, thing, THING_NOTE, STR("n"));
		if (i % 2)
			record_set_integer(thing, THING_IS_GOOD, i % 4 == 1);
		if (i % 5)
			record_set_integer(thing, THING_WEIGHT, i % 7 - 3);
		world->store.now_ms += i % 3;
		assert_true(record_create(&world->store, thing, &errors, &error));
	}
}

static bool get_page(struct world *world, const char *filter, const char *sort, struct str after,
		     size_t limit, struct record_page *page, struct error *error)
{
	struct record_list_options options = { .limit = limit, .after = after, .with_total = true };
	struct record_filter *filters;

	if (!record_parse_filters(&world->store, &thing_type, str_of(filter), &filters,
				  &options.filter_count, error) ||
	    !record_parse_sort(&thing_type, str_of(sort), &options.sort_field, &options.descending,
			       error))
		return false;
	options.filters = filters;
	return record_list(&world->store, &thing_type, &options, page, error);
}

/* -1, 0, 1 of two values of a field, missing ones behind all others. */
static int compare(const struct record *a, const struct record *b, size_t field, bool descending)
{
	const struct value *x = &a->values[field], *y = &b->values[field];
	int order;

	if (x->is_null || y->is_null)
		return (int)x->is_null - (int)y->is_null;
	order = x->text ? strcmp(x->text, y->text)
			: (x->integer > y->integer) - (x->integer < y->integer);
	return descending ? -order : order;
}

static void walk(struct world *world, const char *sort, size_t field, bool descending)
{
	struct record *last = NULL;
	struct str after = STR_EMPTY;
	struct record_page page;
	struct error error;
	size_t seen = 0;

	do {
		if (!get_page(world, "", sort, after, 10, &page, &error))
			fail_msg("%s %s", error.key, error.detail);
		assert_int_equal(page.total, ROW_COUNT);
		for (size_t i = 0; i < page.count; i++) {
			struct record *record = page.records[i];
			int order = last ? compare(last, record, field, descending) : -1;

			assert_true(order <= 0);
			if (order == 0)
				assert_true(descending ? last->id > record->id
						       : last->id < record->id);
			last = record;
		}
		seen += page.count;
		after = page.next;
	} while (after.size);
	assert_int_equal(seen, ROW_COUNT); /* each once: the order is strict */
}

static void every_sort_pages(struct world *world)
{
	static const char *const base[] = { "id",          "-id",        "state",
					    "-created_at", "updated_at", "organisation_id",
					    "created_by" };
	struct record_page page;
	struct error error;

	make_rows(world);
	for (size_t i = 0; i < thing_type.field_count; i++) {
		const struct field *field = &thing_type.fields[i];
		char sort[40];

		if ((field->flags & FIELD_SENSITIVE) || field->kind == FIELD_LONG_TEXT ||
		    field->kind == FIELD_CHOICES || field->kind == FIELD_REFS ||
		    field->kind == FIELD_FILE) {
			assert_false(get_page(world, "", field->name, STR_EMPTY, 5, &page, &error));
			assert_string_equal(error.key, "record.no_sort");
			continue;
		}
		walk(world, field->name, i, false);
		snprintf(sort, sizeof(sort), "-%s", field->name);
		walk(world, sort, i, true);
	}
	for (size_t i = 0; i < sizeof(base) / sizeof(base[0]); i++) {
		struct str after = STR_EMPTY;
		size_t seen = 0;

		do {
			assert_true(get_page(world, "", base[i], after, 20, &page, &error));
			seen += page.count;
			after = page.next;
		} while (after.size);
		assert_int_equal(seen, ROW_COUNT);
	}
}

static void tokens_are_checked(struct world *world)
{
	struct record_page page, next;
	struct error error;
	char *forged;

	make_rows(world);
	assert_true(get_page(world, "", "title", STR_EMPTY, 10, &page, &error));
	assert_true(get_page(world, "", "title", page.next, 10, &next, &error));
	assert_false(get_page(world, "", "-title", page.next, 10, &next, &error));
	assert_string_equal(error.key, "record.page");
	assert_false(get_page(world, "kind:=:plain", "title", page.next, 10, &next, &error));
	forged = str_to_cstr(world->arena, page.next);
	forged[30] = forged[30] == 'A' ? 'B' : 'A';
	assert_false(get_page(world, "", "title", str_of(forged), 10, &next, &error));
	assert_false(get_page(world, "", "title", STR("x"), 10, &next, &error));
	assert_false(get_page(world, "", "title", STR("!!!"), 10, &next, &error));
	assert_false(get_page(world, "", "title", str_slice(page.next, 0, 20), 10, &next, &error));
	assert_false(get_page(world, "", "title", STR_EMPTY, 0, &next, &error));
	assert_string_equal(error.key, "record.limit");
	assert_false(get_page(world, "", "title", STR_EMPTY, 201, &next, &error));
}

static void filters_count(struct world *world)
{
	static const struct {
		const char *filter;
		int64_t total;
	} rows[] = {
		{ "kind:=:plain", 19 },
		{ "kind:!=:plain", 19 }, /* no value is not another value */
		{ "kind:empty:", 19 },
		{ "kind:in:plain,罕见", 38 },
		{ "amount:empty:;kind:empty", 19 },
		{ "amount:>=:3", 14 },
		{ "amount:<:0.01;id:>:0", 8 },
		{ "due_on:>:2026-01-01;due_on:<=:2026-02-01", 14 },
		{ "tags:=:red", 28 },
		{ "tags:in:blue,green", 28 },
		{ "tags:!=:red", 14 },
		{ "is_good:=:是", 14 },
		{ "weight:<:-0.002", 7 },
		{ "title:contains:ALPHA_", 28 }, /* _ and % are not wildcards */
		{ "title:contains:a%", 29 },
		{ "title:contains:电池 1", 6 },
		{ "title:=:beta% 0", 1 },
		{ "title:contains:x\\;y", 0 },
		{ "state:=:draft", 57 },
		{ "state:in:open,closed", 0 },
		{ "organisation_id:=:示例中心一", 57 },
		{ "created_by:=:user4", 57 },
		{ "created_at:>:2026-01-01", 0 },
		{ "created_at:>=:2026-01-01", 57 },
		{ "other_id:empty:", 57 },
	};
	struct record_page page;
	struct error error;

	make_rows(world);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!get_page(world, rows[i].filter, "", STR_EMPTY, 200, &page, &error))
			fail_msg("%s: %s %s", rows[i].filter, error.key, error.detail);
		if (page.total != rows[i].total)
			fail_msg("%s: %lld", rows[i].filter, (long long)page.total);
		assert_int_equal(page.count, page.total);
	}
}

static void wrong_filters_are_explained(struct world *world)
{
	static const struct {
		const char *filter, *key;
		int64_t at;
	} rows[] = {
		{ "kind", "record.filter_form", 1 },
		{ "nothing:=:1", "record.no_field", 1 },
		{ "kind:=:plain;amount:=:x", "record.not_money", 2 },
		{ "kind:<:plain", "record.filter_operator", 1 },
		{ "kind:~:plain", "record.filter_operator", 1 },
		{ "kind:=:other", "record.not_choice", 1 },
		{ "kind:=:", "record.filter_value", 1 },
		{ "phone:=:138", "record.filter_operator", 1 },
		{ "phone:contains:138", "record.filter_operator", 1 },
		{ "note:=:x", "record.filter_operator", 1 },
		{ "file:=:1", "record.filter_operator", 1 },
		{ "due_on:=:2026-02-30", "record.not_date", 1 },
		{ "created_at:>:gestern", "record.not_date", 1 },
		{ "state:=:nowhere", "record.not_choice", 1 },
		{ "id:in:1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21",
		  "record.filter_values", 1 },
		{ "id:=:1;id:=:1;id:=:1;id:=:1;id:=:1;id:=:1;id:=:1;id:=:1;id:=:1",
		  "record.filters", 9 },
		{ "title:contains:\xff", "record.not_text", 1 },
		{ "\xff:=:1", "record.no_field", 1 },
	};
	struct record_page page;
	struct error error;

	world_be(world, ROLE_BIT(ROLE_IP_MANAGER), CENTRE_1, 4);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (get_page(world, rows[i].filter, "", STR_EMPTY, 200, &page, &error))
			fail_msg("%s is accepted", rows[i].filter);
		assert_string_equal(error.key, rows[i].key);
		assert_int_equal(error.at, rows[i].at);
		assert_int_equal(error.kind, ERROR_INVALID);
	}
	assert_false(get_page(world, "", "nothing", STR_EMPTY, 5, &page, &error));
	assert_string_equal(error.key, "record.no_sort");
}

/* ---- Sheets. */
static void sheets_come_back(struct world *world)
{
	struct field_errors errors = { .count = 0 };
	struct exchange_columns columns, read;
	struct str head[EXCHANGE_COLUMNS_MAX], cells[EXCHANGE_COLUMNS_MAX];
	struct record_labels *labels;
	struct record *thing, *again;
	struct error error;
	bool good;

	make_rows(world);
	thing = record_new(&world->store, &thing_type);
	record_apply(&world->store, thing, STR("title"), STR("sheet"), &errors);
	record_apply(&world->store, thing, STR("owner_id"), STR("user4"), &errors);
	record_apply(&world->store, thing, STR("helpers"), STR("4,10"), &errors);
	record_apply(&world->store, thing, STR("tags"), STR("red,blue"), &errors);
	record_apply(&world->store, thing, STR("phone"), STR("13812345678"), &errors);
	record_apply(&world->store, thing, STR("is_good"), STR("否"), &errors);
	assert_true(record_create(&world->store, thing, &errors, &error));
	labels = record_labels_create(&world->store);
	assert_true(record_labels_add(labels, &thing, 1, &error));
	exchange_columns(&thing_type, &columns);
	for (size_t i = 0; i < columns.count; i++) {
		head[i] = exchange_header(world->arena, &thing_type, columns.fields[i],
					  LANGUAGE_ZH);
		cells[i] = exchange_cell(labels, world->arena, thing, columns.fields[i],
					 LANGUAGE_ZH);
	}
	assert_true(str_equal_cstr(head[2], "名称 *"));
	assert_true(exchange_read_header(&thing_type, head, columns.count, &read, &errors));
	assert_memory_equal(&read, &columns, sizeof(size_t) * columns.count);
	assert_true(exchange_read_row(&world->store, &thing_type, &read, cells, columns.count,
				      &again, &errors, &good, &error));
	assert_true(good);
	assert_true(record_update(&world->store, again, &errors, &error));
	assert_int_equal(again->version, 2); /* the computed count alone moved */
	for (size_t i = 0; i < thing_type.field_count; i++)
		if (i != THING_COUNT && i != THING_PHONE)
			assert_true(
				str_equal(record_format_value(world->arena, &thing_type.fields[i],
							      &thing->values[i]),
					  record_format_value(world->arena, &thing_type.fields[i],
							      &again->values[i])));
	assert_true(record_unmask(&world->store, again, &error));
	assert_string_equal(record_text(again, THING_PHONE), "13812345678");
	/* an older sheet */
	assert_true(exchange_read_row(&world->store, &thing_type, &read, cells, columns.count,
				      &again, &errors, &good, &error));
	assert_false(record_update(&world->store, again, &errors, &error));
	assert_string_equal(error.key, "record.stale");
}

static void wrong_sheets_are_explained(struct world *world)
{
	const struct str head[] = { STR("名称"),    STR("Amount"), STR("due_on"),
				    STR("nothing"), STR(""),       STR("金额") };
	const struct str few[] = { STR("系统编号"), STR("金额"), STR("名称") };
	const struct str cells[] = { STR(""), STR("viel"), STR("x") };
	const struct str gone[] = { STR("99999"), STR("1"), STR("x") };
	struct field_errors errors = { .count = 0 };
	struct exchange_columns columns;
	struct record *thing;
	struct error error;
	bool good;

	world_be(world, ROLE_BIT(ROLE_IP_MANAGER), CENTRE_1, 4);
	assert_false(exchange_read_header(&thing_type, head, 6, &columns, &errors));
	assert_int_equal(errors.count, 2);
	assert_string_equal(errors.items[0].key, "record.column_unknown");
	assert_string_equal(errors.items[1].key, "record.column_double");
	errors.count = 0;
	assert_false(exchange_read_header(&thing_type, few, 2, &columns, &errors));
	assert_string_equal(errors.items[0].key, "record.column_missing");
	errors.count = 0;
	assert_true(exchange_read_header(&thing_type, few, 3, &columns, &errors));
	assert_true(exchange_read_row(&world->store, &thing_type, &columns, cells, 3, &thing,
				      &errors, &good, &error));
	assert_false(good);
	assert_string_equal(errors.items[0].key, "record.not_money");
	assert_int_equal(exchange_column_of(&thing_type, &columns, errors.items[0].field), 1);
	errors.count = 0;
	assert_true(exchange_read_row(&world->store, &thing_type, &columns, gone, 3, &thing,
				      &errors, &good, &error));
	assert_false(good);
	assert_int_equal(exchange_column_of(&thing_type, &columns, errors.items[0].field), 0);
}

#define TEST(name)                                                                                 \
	static void test_##name(void **state)                                                      \
	{                                                                                          \
		(void)state;                                                                       \
		on_every_database(name);                                                           \
	}
TEST(every_sort_pages)
TEST(tokens_are_checked)
TEST(filters_count)
TEST(wrong_filters_are_explained)
TEST(sheets_come_back)
TEST(wrong_sheets_are_explained)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_sort_pages),
		cmocka_unit_test(test_tokens_are_checked),
		cmocka_unit_test(test_filters_count),
		cmocka_unit_test(test_wrong_filters_are_explained),
		cmocka_unit_test(test_sheets_come_back),
		cmocka_unit_test(test_wrong_sheets_are_explained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
