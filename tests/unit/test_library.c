#include "library/library.h"
#include "base/file.h"
#include "patent/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char folder[] = "test_library.data";

struct fixture {
	struct library *library;
	struct arena *arena;
	uint32_t import_id;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct error error;

	assert_true(file_remove_tree(folder, &error));
	assert_false(library_open(folder, false, &fixture->library, &error));
	assert_string_equal(error.key, "library.missing");
	assert_true(library_open(folder, true, &fixture->library, &error));
	fixture->arena = arena_create(4096);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	library_close(fixture->library);
	arena_destroy(fixture->arena);
	free(fixture);
	return 0;
}

struct wanted {
	enum fact_field field;
	const char *value;
};

/* Puts one reading made of field/value pairs; a NULL value ends them. */
static enum put_result put(struct fixture *fixture, const struct wanted *facts, int64_t *id_out)
{
	struct publication *reading = publication_create(fixture->arena);
	enum put_result result;
	struct error error;

	fixture->import_id++;
	for (; facts->value; facts++) {
		struct fact *fact = publication_add(reading, facts->field, 0, str_of(facts->value));

		fact->import_id = fixture->import_id;
		fact->origin = 1;
		fact->rank = 10;
	}
	assert_true(library_begin(fixture->library, &error));
	assert_true(
		library_put(fixture->library, fixture->arena, reading, &result, id_out, &error));
	assert_true(library_commit(fixture->library, &error));
	return result;
}

#define PUT(fixture, id, ...) put(fixture, (const struct wanted[]){ __VA_ARGS__, { 0, NULL } }, id)

static void the_same_reading_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	int64_t id, again, before, after;
	struct error error;

	assert_int_equal(PUT(fixture, &id, { FACT_PUBLICATION_NUMBER, "CN104223352A" },
			     { FACT_TITLE, "示例装置" }),
			 PUT_INSERTED);
	assert_true(library_last_change(fixture->library, &before, &error));
	assert_int_equal(PUT(fixture, &again, { FACT_PUBLICATION_NUMBER, "CN104223352A" },
			     { FACT_TITLE, "示例装置" }),
			 PUT_UNCHANGED);
	assert_int_equal(id, again);
	assert_true(library_last_change(fixture->library, &after, &error));
	assert_int_equal(before, after);
	assert_int_equal(PUT(fixture, &again, { FACT_PUBLICATION_NUMBER, "CN104223352A" },
			     { FACT_TITLE, "示例装置二" }),
			 PUT_UPDATED);
}

static void kinds_of_one_number_are_one_application(void **state)
{
	struct fixture *fixture = *state;
	int64_t published, granted, other;

	PUT(fixture, &published, { FACT_PUBLICATION_NUMBER, "CN104223352A" });
	PUT(fixture, &granted, { FACT_PUBLICATION_NUMBER, "CN104223352B" });
	PUT(fixture, &other, { FACT_PUBLICATION_NUMBER, "CN1042233521A" });
	assert_int_equal(published, granted);
	assert_int_not_equal(published, other);
	PUT(fixture, &published, { FACT_PUBLICATION_NUMBER, "US7578482B1" });
	PUT(fixture, &granted, { FACT_PUBLICATION_NUMBER, "US7578482B2" });
	assert_int_not_equal(published, granted);
}

static void an_application_number_joins_what_was_apart(void **state)
{
	struct fixture *fixture = *state;
	int64_t published, granted, joined, count;
	struct application application;
	struct packed_application *changes;
	struct error error;
	size_t change_count, gone = 0;
	int64_t last;

	PUT(fixture, &published, { FACT_PUBLICATION_NUMBER, "US20050001234A1" },
	    { FACT_APPLICATION_NUMBER, "US10/123456" });
	PUT(fixture, &granted, { FACT_PUBLICATION_NUMBER, "US7578482B2" });
	assert_int_not_equal(published, granted);
	assert_int_equal(PUT(fixture, &joined, { FACT_PUBLICATION_NUMBER, "US7578482B2" },
			     { FACT_APPLICATION_NUMBER, "US10/123456" }),
			 PUT_UPDATED);
	assert_int_equal(joined, published);
	assert_true(library_application_count(fixture->library, &count, &error));
	assert_int_equal(count, 1);
	assert_true(library_application(fixture->library, fixture->arena, joined, &application,
					&error));
	assert_int_equal(application.publication_count, 2);
	assert_false(library_application(fixture->library, fixture->arena, granted, &application,
					 &error));
	assert_true(library_changes(fixture->library, fixture->arena, 0, 100, &changes,
				    &change_count, &last, &error));
	assert_int_equal(change_count, 2);
	for (size_t i = 0; i < change_count; i++)
		gone += changes[i].body_count == 0;
	assert_int_equal(gone, 1);
}

static void readings_without_a_publication_number_have_a_place(void **state)
{
	struct fixture *fixture = *state;
	int64_t listed, published, by_title, again;

	PUT(fixture, &listed, { FACT_APPLICATION_NUMBER, "CN201410201865.4" },
	    { FACT_STATUS, "实审" });
	PUT(fixture, &published, { FACT_PUBLICATION_NUMBER, "CN104223352A" },
	    { FACT_APPLICATION_NUMBER, "CN201410201865.4" });
	assert_int_equal(listed, published);
	PUT(fixture, &by_title, { FACT_TITLE, "示例" }, { FACT_APPLICANT, "示例公司" });
	assert_int_equal(
		PUT(fixture, &again, { FACT_TITLE, "示例" }, { FACT_APPLICANT, "示例公司" }),
		PUT_UNCHANGED);
	assert_int_equal(by_title, again);
}

static void numbers_are_found_however_written(void **state)
{
	static const char *const spellings[] = { "CN104223352A",   "CN104223352",
						 "cn 104223352 a", "201410201865.4",
						 "CN201410201865", "ZL201410201865.4" };
	struct fixture *fixture = *state;
	struct error error;
	int64_t id, found;

	PUT(fixture, &id, { FACT_PUBLICATION_NUMBER, "CN104223352A" },
	    { FACT_APPLICATION_NUMBER, "CN201410201865.4" });
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		if (!library_find_number(fixture->library, fixture->arena, str_of(spellings[i]),
					 &found, &error))
			fail_msg("%s", spellings[i]);
		assert_int_equal(found, id);
	}
	assert_false(library_find_number(fixture->library, fixture->arena, STR("CN999999999A"),
					 &found, &error));
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void an_import_goes_on_where_it_stopped(void **state)
{
	struct fixture *fixture = *state;
	struct import_record first = { .file = "a.csv",
				       .fingerprint = "1:2",
				       .source = "lens",
				       .imported_on = date_of(2026, 1, 2),
				       .message = "" };
	struct import_record second = first, third = first;
	struct error error;

	assert_true(library_import_start(fixture->library, fixture->arena, &first, &error));
	first.rows_done = 40;
	assert_true(library_import_save(fixture->library, &first, &error));
	assert_true(library_import_start(fixture->library, fixture->arena, &second, &error));
	assert_int_equal(second.id, first.id);
	assert_int_equal(second.rows_done, 40);
	second.state = IMPORT_DONE;
	assert_true(library_import_save(fixture->library, &second, &error));
	assert_true(library_import_start(fixture->library, fixture->arena, &third, &error));
	assert_int_not_equal(third.id, first.id);
	assert_int_equal(third.rows_done, 0);
}

static void topic_sets_add_and_take(void **state)
{
	struct fixture *fixture = *state;
	struct topic topic = { .name = "示例",
			       .purpose = "",
			       .field = "",
			       .query = "",
			       .created_on = date_of(2026, 1, 1),
			       .updated_on = date_of(2026, 1, 1) };
	struct topic twin = topic, found;
	uint32_t values[] = { 5, 70000, 6, 200000 };
	const struct bitmap *ids = bitmap_of(fixture->arena, values, 4), *stored;
	struct error error;
	uint64_t changed;

	assert_true(library_topic_save(fixture->library, &topic, &error));
	assert_false(library_topic_save(fixture->library, &twin, &error));
	assert_string_equal(error.key, "library.topic_exists");
	assert_true(library_topic_set_add(fixture->library, fixture->arena, topic.id,
					  TOPIC_IMPORTED, ids, &changed, &error));
	assert_int_equal(changed, 4);
	assert_true(library_topic_set_add(fixture->library, fixture->arena, topic.id,
					  TOPIC_IMPORTED, ids, &changed, &error));
	assert_int_equal(changed, 0);
	assert_true(library_topic_set(fixture->library, fixture->arena, topic.id, TOPIC_IMPORTED,
				      &stored, &error));
	assert_true(bitmap_equal(stored, ids));
	assert_true(library_topic_set_take(fixture->library, fixture->arena, topic.id,
					   TOPIC_IMPORTED, bitmap_of_range(fixture->arena, 0, 100),
					   &changed, &error));
	assert_int_equal(changed, 2);
	assert_true(library_topic_remove(fixture->library, topic.id, &error));
	assert_false(
		library_topic_find(fixture->library, fixture->arena, STR("示例"), &found, &error));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(the_same_reading_changes_nothing),
		TEST(kinds_of_one_number_are_one_application),
		TEST(an_application_number_joins_what_was_apart),
		TEST(readings_without_a_publication_number_have_a_place),
		TEST(numbers_are_found_however_written),
		TEST(an_import_goes_on_where_it_stopped),
		TEST(topic_sets_add_and_take),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
