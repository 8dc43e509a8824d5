#include "patent/publication.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(4096);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static struct publication *reading(uint32_t import_id, uint16_t origin, uint8_t rank,
				   const struct fact *facts, size_t count)
{
	struct publication *made = publication_create(arena);

	for (size_t i = 0; i < count; i++)
		publication_add_parts(made, facts[i].field, facts[i].language, facts[i].parts,
				      FACT_PART_MAX);
	publication_set_origin(made, import_id, origin, rank);
	return made;
}

#define READING(import_id, origin, rank, ...)                                                      \
	reading(import_id, origin, rank, (struct fact[]){ __VA_ARGS__ },                           \
		sizeof((struct fact[]){ __VA_ARGS__ }) / sizeof(struct fact))
#define FACT(field_, language_, ...)                                                               \
	{                                                                                          \
		.field = field_, .language = language_, .parts = { __VA_ARGS__ }                   \
	}

static struct publication *merged(struct publication *stored, struct publication *newer)
{
	struct publication *result;

	assert_true(publication_merge(arena, stored, newer, &result));
	return result;
}

static void assert_unchanged(struct publication *stored, struct publication *newer)
{
	struct publication *result;

	assert_false(publication_merge(arena, stored, newer, &result));
	assert_int_equal(result->count, stored->count);
}

static void assert_text(struct str actual, const char *expected)
{
	assert_string_equal(str_to_cstr(arena, actual), expected);
}

static size_t count_of(const struct publication *publication, enum fact_field field)
{
	size_t count = 0;

	for (const struct fact *fact = publication_find(publication, field); fact;
	     fact = publication_next(publication, fact))
		count++;
	return count;
}

static void test_every_field_has_a_row(void **state)
{
	(void)state;
	for (unsigned field = FACT_NONE + 1; field < FACT_FIELD_COUNT; field++) {
		const struct fact_field_info *info = &fact_fields[field];

		assert_non_null(info->name);
		assert_true(info->label.zh && info->label.en);
		assert_in_range(info->part_count, 1, FACT_PART_MAX);
		assert_int_equal(fact_field_find(str_of(info->name)), field);
	}
	assert_int_equal(fact_field_find(STR("")), FACT_NONE);
	assert_int_equal(fact_field_find(STR("no_such_field")), FACT_NONE);
}

static void test_empty_values_are_not_added(void **state)
{
	struct publication *made = publication_create(arena);
	const struct str event[] = { STR_EMPTY, STR("GR01") };

	(void)state;
	assert_null(publication_add(made, FACT_TITLE, FACT_ZH, STR_EMPTY));
	assert_int_equal(made->count, 0);
	assert_non_null(publication_add_parts(made, FACT_EVENT, 0, event, 2));
	assert_text(made->facts[0].parts[EVENT_CODE], "GR01");
}

static void test_texts_and_dates(void **state)
{
	struct publication *made = READING(1, 1, 1, FACT(FACT_TITLE, FACT_EN, STR("Battery")),
					   FACT(FACT_TITLE, FACT_ZH, STR("电池")),
					   FACT(FACT_APPLICATION_DATE, 0, STR("2014-05-14")),
					   FACT(FACT_GRANT_DATE, 0, STR("2014")));

	(void)state;
	assert_text(publication_text(made, FACT_TITLE), "电池");
	assert_text(publication_text_in(made, FACT_TITLE, FACT_EN), "Battery");
	assert_text(publication_text_in(made, FACT_TITLE, FACT_LANGUAGE('d', 'e')), "");
	assert_int_equal(publication_date(made, FACT_APPLICATION_DATE), date_of(2014, 5, 14));
	assert_int_equal(publication_date(made, FACT_GRANT_DATE), DATE_NONE);
	assert_int_equal(publication_date(made, FACT_EXPIRY_DATE), DATE_NONE);
}

static void test_same_reading_again_is_unchanged(void **state)
{
	struct fact facts[] = { FACT(FACT_TITLE, FACT_ZH, STR("电池")),
				FACT(FACT_CITATION, 0, STR("CN101A"), STR("X")),
				FACT(FACT_CITATION, 0, STR("CN101A"), STR("X")),
				FACT(FACT_IPC, 0, STR("H01M10/613")),
				FACT(FACT_VENDOR, 0, STR("8"), STR("合享价值度")),
				FACT(FACT_INVENTOR, 0, STR("张三")),
				FACT(FACT_INVENTOR, 0, STR("李四")) };
	struct publication *stored = merged(NULL, reading(1, 3, 5, facts, 7));

	(void)state;
	assert_int_equal(stored->count, 6); /* the citation told twice is kept once */
	assert_unchanged(stored, reading(2, 3, 5, facts, 7));
	assert_int_equal(stored->facts[0].import_id, 1);
}

static void test_an_origin_replaces_its_own_opinion(void **state)
{
	struct publication *stored = merged(NULL,
					    READING(1, 3, 5, FACT(FACT_INVENTOR, 0, STR("张三")),
						    FACT(FACT_INVENTOR, 0, STR("李四")),
						    FACT(FACT_TITLE, FACT_ZH, STR("电池"))));

	(void)state;
	stored = merged(stored, READING(2, 3, 5, FACT(FACT_INVENTOR, 0, STR("王五"))));
	assert_int_equal(count_of(stored, FACT_INVENTOR), 1);
	assert_text(publication_text(stored, FACT_INVENTOR), "王五");
	assert_text(publication_text(stored, FACT_TITLE), "电池");
	/* The order of a list is part of what it says. */
	stored = merged(stored, READING(3, 3, 5, FACT(FACT_INVENTOR, 0, STR("李四")),
					FACT(FACT_INVENTOR, 0, STR("王五"))));
	merged(stored, READING(4, 3, 5, FACT(FACT_INVENTOR, 0, STR("王五")),
			       FACT(FACT_INVENTOR, 0, STR("李四"))));
}

static void test_another_origin_stands_beside(void **state)
{
	struct publication *stored = merged(
		NULL, READING(1, 3, 5, FACT(FACT_TITLE, FACT_ZH, STR("电池"))));

	(void)state;
	stored = merged(stored, READING(2, 4, 9, FACT(FACT_TITLE, FACT_ZH, STR("一种电池"))));
	assert_int_equal(count_of(stored, FACT_TITLE), 2);
	assert_text(publication_text(publication_effective(arena, stored), FACT_TITLE), "一种电池");
}

static void test_ranked_takes_the_better_origin_then_the_newer(void **state)
{
	struct publication *stored = NULL, *effective;

	(void)state;
	stored = merged(stored, READING(1, 9, 7, FACT(FACT_TITLE, FACT_ZH, STR("好"))));
	stored = merged(stored, READING(2, 3, 5, FACT(FACT_TITLE, FACT_ZH, STR("差")),
					FACT(FACT_TITLE, FACT_EN, STR("only"))));
	effective = publication_effective(arena, stored);
	assert_int_equal(count_of(effective, FACT_TITLE), 2);
	assert_text(publication_text(effective, FACT_TITLE), "好");
	assert_text(publication_text_in(effective, FACT_TITLE, FACT_EN), "only");
	stored = merged(stored, READING(3, 1, 7, FACT(FACT_TITLE, FACT_ZH, STR("新"))));
	assert_text(publication_text(publication_effective(arena, stored), FACT_TITLE), "新");
}

static void test_status_of_the_newest_import_wins(void **state)
{
	struct publication *stored = NULL;

	(void)state;
	stored = merged(stored, READING(1, 9, 9, FACT(FACT_STATUS, 0, STR("有效"))));
	stored = merged(stored, READING(2, 3, 1, FACT(FACT_STATUS, 0, STR("未缴年费专利权终止"))));
	assert_text(publication_text(publication_effective(arena, stored), FACT_STATUS),
		    "未缴年费专利权终止");
	assert_int_equal(count_of(publication_effective(arena, stored), FACT_STATUS), 1);
}

static void test_union_joins_what_two_origins_say(void **state)
{
	struct publication *stored = NULL, *effective;
	const struct fact *event, *citation;

	(void)state;
	stored = merged(stored,
			READING(1, 9, 9,
				FACT(FACT_EVENT, 0, STR("2016-01-20"), STR("GR01"), STR("授权")),
				FACT(FACT_CITATION, 0, STR("US7578482B2")),
				FACT(FACT_IPC, 0, STR("H01M10/613"))));
	stored = merged(stored,
			READING(2, 3, 1,
				FACT(FACT_EVENT, 0, STR("2016-01-20"), STR("gr01"), STR("授 权"),
				     STR("公告")),
				FACT(FACT_EVENT, 0, STR("2020-01-20"), STR("CF01"), STR("终止")),
				FACT(FACT_CITATION, 0, STR("US7578482"), STR("X")),
				FACT(FACT_CITATION, 0, STR("US7578482A1")),
				FACT(FACT_IPC, 0, STR("H01M 10/613"), STR("2014.01")),
				FACT(FACT_IPC, 0, STR("H01M10/62"))));
	effective = publication_effective(arena, stored);
	assert_int_equal(count_of(effective, FACT_EVENT), 2);
	event = publication_find(effective, FACT_EVENT);
	assert_text(event->parts[EVENT_TEXT], "授权");
	assert_text(event->parts[EVENT_CODE], "GR01");
	assert_text(event->parts[EVENT_DETAIL], "公告");
	assert_int_equal(count_of(effective, FACT_CITATION), 2);
	citation = publication_find(effective, FACT_CITATION);
	assert_text(citation->parts[CITATION_NUMBER], "US7578482B2");
	assert_text(citation->parts[CITATION_CATEGORY], "X");
	assert_int_equal(count_of(effective, FACT_IPC), 2);
	assert_text(publication_find(effective, FACT_IPC)->parts[CLASS_EDITION], "2014.01");
}

static void test_names_stand_in_one_language(void **state)
{
	struct publication *stored = merged(
		NULL, READING(1, 1, 1, FACT(FACT_APPLICANT, FACT_EN, STR("ACME")),
			      FACT(FACT_APPLICANT, FACT_ZH, STR("甲公司")),
			      FACT(FACT_APPLICANT, FACT_ZH, STR("乙公司"))));
	struct publication *effective = publication_effective(arena, stored);

	(void)state;
	assert_int_equal(count_of(effective, FACT_APPLICANT), 2);
	assert_text(publication_find(effective, FACT_APPLICANT)->parts[PERSON_NAME], "甲公司");
}

static void test_vendor_columns_of_all_origins_stand(void **state)
{
	struct publication *stored = merged(
		NULL, READING(1, 1, 1, FACT(FACT_VENDOR, 0, STR("8"), STR("合享价值度"))));

	(void)state;
	stored = merged(stored, READING(2, 2, 9, FACT(FACT_VENDOR, 0, STR("9"), STR("专利价值"))));
	stored = merged(stored,
			READING(3, 1, 1, FACT(FACT_VENDOR, 0, STR("7"), STR("合享价值度"))));
	assert_int_equal(count_of(publication_effective(arena, stored), FACT_VENDOR), 2);
}

static void test_long_lists_are_joined(void **state)
{
	enum { COUNT = 5000 };
	struct publication *first = publication_create(arena), *second = publication_create(arena);
	struct publication *stored;

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		publication_add(first, FACT_CITED_BY, 0, str_of(arena_printf(arena, "CN%dA", i)));
		publication_add(second, FACT_CITED_BY, 0,
				str_of(arena_printf(arena, "CN%dA", i + COUNT / 2)));
	}
	publication_set_origin(first, 1, 1, 1);
	publication_set_origin(second, 2, 2, 2);
	stored = merged(merged(NULL, first), second);
	assert_int_equal(stored->count, 2 * COUNT);
	assert_int_equal(count_of(publication_effective(arena, stored), FACT_CITED_BY),
			 COUNT + COUNT / 2);
	assert_unchanged(stored, second);
}

static void assert_same(const struct publication *a, const struct publication *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct fact *x = &a->facts[i], *y = &b->facts[i];

		assert_int_equal(x->field, y->field);
		assert_int_equal(x->language, y->language);
		assert_int_equal(x->import_id, y->import_id);
		assert_int_equal(x->origin, y->origin);
		assert_int_equal(x->rank, y->rank);
		assert_int_equal(x->part_count, y->part_count);
		for (size_t part = 0; part < FACT_PART_MAX; part++)
			assert_true(str_equal(x->parts[part], y->parts[part]));
	}
}

static struct publication *rich_publication(void)
{
	struct publication *stored = merged(
		NULL, READING(70000, 3, 255, FACT(FACT_CLAIM, FACT_ZH, STR("一种电池。"), STR("1")),
			      FACT(FACT_CLAIM, FACT_ZH, STR("根据权利要求1……"), STR("2"), STR("1")),
			      FACT(FACT_EVENT, 0, STR_EMPTY, STR("TR01"), STR("转移"), STR_EMPTY,
				   STR("甲"), STR("乙"))));

	return merged(stored, READING(70001, 65535, 0, FACT(FACT_TITLE, FACT_EN, STR("Battery")),
				      FACT(FACT_VENDOR, 0, STR("1"), STR("序号"))));
}

static void test_encoding_keeps_everything(void **state)
{
	struct publication *stored = rich_publication(), *back;
	struct strbuf bytes = STRBUF_INIT;
	struct error error = { 0 };

	(void)state;
	publication_encode(stored, &bytes);
	assert_true(publication_decode(arena, strbuf_str(&bytes), &back, &error));
	assert_same(stored, back);
	strbuf_clear(&bytes);
	publication_encode(publication_create(arena), &bytes);
	assert_true(publication_decode(arena, strbuf_str(&bytes), &back, &error));
	assert_int_equal(back->count, 0);
	strbuf_release(&bytes);
}

/* Every shortening and every changed byte: an error or a publication, never a crash. */
static void test_damaged_bytes_are_told(void **state)
{
	struct strbuf bytes = STRBUF_INIT;
	struct publication *back;
	struct error error = { 0 };

	(void)state;
	publication_encode(rich_publication(), &bytes);
	for (size_t size = 0; size < bytes.size; size++) {
		struct str cut = { bytes.data, size };

		if (!publication_decode(arena, cut, &back, &error))
			assert_int_equal(error.kind, ERROR_CORRUPT);
	}
	for (size_t at = 0; at < bytes.size; at++)
		for (int value = 0; value < 256; value += 5) {
			char kept = bytes.data[at];

			bytes.data[at] = (char)value;
			if (!publication_decode(arena, strbuf_str(&bytes), &back, &error))
				assert_int_equal(error.kind, ERROR_CORRUPT);
			bytes.data[at] = kept;
		}
	assert_false(publication_decode(arena, STR("\x02"), &back, &error));
	assert_string_equal(error.key, "patent.publication_version");
	assert_false(publication_decode(arena, STR("\x01\x7f"), &back, &error));
	assert_string_equal(error.key, "patent.publication_corrupt");
	strbuf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_every_field_has_a_row, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_empty_values_are_not_added, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_texts_and_dates, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_same_reading_again_is_unchanged, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_an_origin_replaces_its_own_opinion, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_another_origin_stands_beside, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_ranked_takes_the_better_origin_then_the_newer,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_status_of_the_newest_import_wins, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_union_joins_what_two_origins_say, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_names_stand_in_one_language, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_vendor_columns_of_all_origins_stand, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_long_lists_are_joined, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_encoding_keeps_everything, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damaged_bytes_are_told, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
