/* What makes a patent one of high value, day by day, and which industries are strategic. */
#include "indicator_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static struct high_value tested(const struct indicator_input *input, size_t i, const char *on)
{
	struct high_value value;

	high_value_test(arena, &input->cases[i], day(on), &input->high_value, &value);
	return value;
}

static void test_high_value(void **state)
{
	struct indicator_input input = input_of(
		"id|title|filed|granted|ipc|abroad|pledges|awards|ended|end_known|invalidated\n"
		"age||2010-03-01|2013-03-01|A47B1/00||||||\n"
		"abroad||2016-03-01|2019-03-01|A47B1/"
		"00|CN:2018-01-01;HK:2018-01-01;US:2020-05-05:2031-01-01||||\n"
		"pledge||2018-03-01|2020-03-01|A47B1/00||R1:2021-01-01::10000000:4|||\n"
		"award||2018-03-01|2020-03-01|A47B1/"
		"00|||四川省专利奖:2021-01-01;第二十届中国专利奖金奖:2022-01-01||\n"
		"ended||2010-03-01|2013-03-01|A47B1/00||||2024-03-01|2024-09-01\n"
		"void||2010-03-01|2013-03-01|A47B1/00||||||2023-01-01\n",
		"2025-12-31");

	(void)state;
	assert_false(tested(&input, 0, "2020-03-01").is_high); /* ten years to the day */
	assert_true(tested(&input, 0, "2020-03-02").is_high);
	assert_false(tested(&input, 0, "2030-03-02").is_in_force);
	assert_true(tested(&input, 0, "2030-03-01").is_in_force);
	assert_false(tested(&input, 1, "2020-05-04").is_high);
	assert_true(tested(&input, 1, "2020-05-05").hits[HIGH_VALUE_ABROAD].is_met);
	assert_false(tested(&input, 2, "2021-06-01").is_high); /* no threshold is set */
	input.high_value.pledge_threshold = 300000000;         /* 3 million yuan */
	assert_false(tested(&input, 2, "2021-06-01").is_high);
	input.high_value.pledge_threshold = 250000000;
	assert_true(tested(&input, 2, "2021-06-01").hits[HIGH_VALUE_PLEDGE].is_met);
	assert_false(tested(&input, 3, "2021-06-01").is_high);
	assert_true(tested(&input, 3, "2022-01-01").hits[HIGH_VALUE_AWARD].is_met);
	assert_true(tested(&input, 4, "2024-08-31").is_high); /* not yet announced */
	assert_false(tested(&input, 4, "2024-09-01").is_high);
	assert_true(tested(&input, 5, "2022-12-31").is_high);
	input.high_value.basis = BASIS_REVISED;
	assert_false(tested(&input, 4, "2024-03-01").is_high);
	assert_false(tested(&input, 5, "2022-12-31").is_in_force); /* void from the beginning */
}

static struct sei_match matched(const struct sei_table *table, const char *ipc, const char *title)
{
	struct patent_case patent = { .ipc = str_of(ipc), .title = str_of(title) };

	return sei_match(table, &patent);
}

static void test_industries(void **state)
{
	const struct sei_table *table = sei_table_default(arena), *own;
	struct sheet sheet = sheet_of(arena, "ipc|code|name|keywords\n"
					     "A61K31/00|4.1|生物医药产业|\n"
					     "H10D1/00|1.2|电子核心产业|芯片、不包含玩具\n");
	struct sei_match match;
	struct error error = { .kind = ERROR_NONE };

	(void)state;
	assert_false(sei_is_official(table));
	assert_int_equal(matched(table, "G06N 3/08 (2006.01)I", "").strength, SEI_CERTAIN);
	assert_int_equal(matched(table, "A47B1/00;G06N0003080000", "").strength, SEI_CERTAIN);
	assert_false(matched(table, "A47B1/00;G06N3/08", "").is_main);
	assert_int_equal(matched(table, "G06T7/00", "一种深度学习方法").strength, SEI_KEYWORD);
	assert_int_equal(matched(table, "G06T7/00", "一种方法").strength, SEI_UNSURE);
	assert_int_equal(matched(table, "H01M10/50", "动力电池，非机动车用").strength, SEI_NONE);
	assert_int_equal(matched(table, "H01M2/00", "").strength, SEI_NONE);
	assert_int_equal(matched(table, "", "").strength, SEI_NONE);
	assert_int_equal(matched(table, "not a class, at all", "").strength, SEI_NONE);
	assert_true(sei_table_read(arena, &sheet, &own, &error));
	assert_int_equal(matched(own, "A61K31/19", "").strength, SEI_CERTAIN);
	match = matched(own, "A61K31/00", "");
	assert_true(match.is_main && !match.is_legacy);
	assert_string_equal(match.symbol, "A61K31/00");
	sheet = sheet_of(arena, "ipc|code\n废话|1\n");
	assert_false(sei_table_read(arena, &sheet, &own, &error));
	assert_string_equal(error.key, "rule.sei_class");
	assert_int_equal(error.at, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_high_value, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_industries, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
