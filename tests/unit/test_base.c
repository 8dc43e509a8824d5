#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "base/jsonout.h"
#include "base/list.h"
#include "base/map.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <sys/stat.h>

static void splitting_keeps_empty_parts(void **state)
{
	struct str rest = STR("a;;b;"), part;
	const char *expected[] = { "a", "", "b", "" };
	size_t count = 0;

	(void)state;
	while (str_split(&rest, STR(";"), &part))
		assert_true(str_equal_cstr(part, expected[count++]));
	assert_int_equal(count, 4);
}

static void trimming_knows_wide_blanks(void **state)
{
	(void)state;
	assert_true(str_equal_cstr(str_trim(STR("\xEF\xBB\xBF 　电池\xC2\xA0\n")), "电池"));
	assert_int_equal(str_trim(STR("　 ")).size, 0);
}

static void numbers_are_whole_strings(void **state)
{
	int64_t integer;
	double number;

	(void)state;
	assert_true(str_to_int64(STR("-42"), &integer));
	assert_int_equal(integer, -42);
	assert_false(str_to_int64(STR("42 "), &integer));
	assert_false(str_to_int64(STR("99999999999999999999"), &integer));
	assert_true(str_to_double(STR("1.5e3"), &number));
	assert_true(number == 1500.0);
	assert_false(str_to_double(STR("nan"), &number));
	assert_false(str_to_double(STR("0x10"), &number));
}

static void broken_utf8_is_found_and_passed(void **state)
{
	struct str overlong = { "\xC0\xAF", 2 }, cut = { "ab\xE7\x94", 4 };
	size_t at = 2;

	(void)state;
	assert_false(utf8_is_valid(overlong));
	assert_int_equal(utf8_valid_length(cut), 2);
	assert_int_equal(utf8_next(cut, &at), UTF8_REPLACEMENT);
	assert_int_equal(at, 3);
	assert_int_equal(utf8_width(STR("a电池")), 5);
}

static void every_day_of_four_centuries_round_trips(void **state)
{
	int year, month, day;
	char text[DATE_TEXT_SIZE];
	date parsed;

	(void)state;
	for (date d = date_of(1700, 1, 1); d <= date_of(2100, 12, 31); d++) {
		date_parts(d, &year, &month, &day);
		assert_true(date_is_valid(year, month, day));
		assert_int_equal(date_of(year, month, day), d);
		assert_true(date_parse(str_of(date_format(d, text)), &parsed));
		assert_int_equal(parsed, d);
	}
	assert_false(date_parse(STR("2026-02-30"), &parsed));
	assert_int_equal(date_of(1970, 1, 1), 0);
}

static void adding_months_stays_in_the_month(void **state)
{
	(void)state;
	assert_int_equal(date_add_months(date_of(2025, 12, 31), 2), date_of(2026, 2, 28));
	assert_int_equal(date_add_months(date_of(2024, 3, 31), -1), date_of(2024, 2, 29));
	assert_int_equal(date_add_months(date_of(2026, 1, 15), -13), date_of(2024, 12, 15));
}

static void json_is_escaped(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	(void)state;
	jsonout_object_begin(&json);
	jsonout_member_str(&json, "a\"", STR("x\n\x01电\xFF"));
	jsonout_key(&json, "b");
	jsonout_array_begin(&json);
	jsonout_number(&json, 0.1);
	jsonout_number(&json, NAN);
	jsonout_integer(&json, INT64_MIN);
	jsonout_array_end(&json);
	jsonout_object_end(&json);
	assert_string_equal(text.data, "{\"a\\\"\":\"x\\n\\u0001电\xEF\xBF\xBD\","
				       "\"b\":[0.1,null,-9223372036854775808]}");
	strbuf_release(&text);
}

static void map_keeps_order_and_finds(void **state)
{
	struct map *map = map_create();
	char key[16];
	bool is_new;

	(void)state;
	for (unsigned i = 0; i < 5000; i++) {
		snprintf(key, sizeof(key), "k%u", i);
		*map_put(map, str_of(key), &is_new) = i;
		assert_true(is_new);
	}
	for (unsigned i = 0; i < 5000; i++) {
		snprintf(key, sizeof(key), "k%u", i);
		assert_int_equal(*map_find(map, str_of(key)), i);
		assert_true(str_equal_cstr(map_key_at(map, i), key));
	}
	assert_null(map_find(map, STR("k5000")));
	map_destroy(map);
}

static void limited_buffer_stops(void **state)
{
	struct strbuf text = { .data = (char *)(uintptr_t) "", .size_max = 5 };

	(void)state;
	strbuf_add_cstr(&text, "abcdefgh");
	assert_int_equal(text.size, 5);
	assert_true(text.overflow);
	strbuf_release(&text);
}

static void csv_quotes_what_it_must(void **state)
{
	struct strbuf line = STRBUF_INIT;

	(void)state;
	csv_add_cell(&line, STR("a"), true);
	csv_add_cell(&line, STR("b\"c,\n"), false);
	csv_end_row(&line);
	assert_string_equal(line.data, "a,\"b\"\"c,\n\"\r\n");
	strbuf_release(&line);
}

static void csv_holds_no_formula(void **state)
{
	struct strbuf line = STRBUF_INIT;

	(void)state;
	csv_add_text(&line, STR("=1+1"), true);
	csv_add_text(&line, STR("@a,b"), false);
	csv_add_text(&line, STR("a=b"), false);
	csv_add_text(&line, STR_EMPTY, false);
	csv_end_row(&line);
	assert_string_equal(line.data, "'=1+1,\"'@a,b\",a=b,\r\n");
	strbuf_release(&line);
}

static void arena_reset_runs_deferred(void **state)
{
	struct arena *arena = arena_create(16);
	struct list list = LIST_OF(int);

	(void)state;
	*(int *)list_add(&list) = 7;
	arena_defer(arena, (void (*)(void *))list_release, &list);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(*(char *)arena_alloc(arena, 100), 0);
	arena_reset(arena);
	assert_null(list.items);
	assert_int_equal(*(char *)arena_alloc(arena, 100), 0);
	arena_destroy(arena);
}

static void a_new_folder_is_its_owners(void **state)
{
	struct error error;
	struct stat status;

	(void)state;
	assert_true(file_remove_tree("private", &error));
	assert_true(file_make_folder("private/data", &error));
	assert_int_equal(stat("private/data", &status), 0);
	assert_int_equal(status.st_mode & 077, 0);
	assert_true(file_make_folder("private/data", &error));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splitting_keeps_empty_parts),
		cmocka_unit_test(trimming_knows_wide_blanks),
		cmocka_unit_test(numbers_are_whole_strings),
		cmocka_unit_test(broken_utf8_is_found_and_passed),
		cmocka_unit_test(every_day_of_four_centuries_round_trips),
		cmocka_unit_test(adding_months_stays_in_the_month),
		cmocka_unit_test(json_is_escaped),
		cmocka_unit_test(map_keeps_order_and_finds),
		cmocka_unit_test(limited_buffer_stops),
		cmocka_unit_test(csv_quotes_what_it_must),
		cmocka_unit_test(csv_holds_no_formula),
		cmocka_unit_test(arena_reset_runs_deferred),
		cmocka_unit_test(a_new_folder_is_its_owners),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
