/*
 * Target formulas and the high-value test: the vectors V14, V15, V16, V20 of the domain handbook by
 * their numbers, every edge rule, and that a day answers the same whatever comes after it.
 */
#include "rule/indicator.h"
#include "base/strbuf.h"
#include "sheet_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(1 << 16);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static date day(const char *text)
{
	date d = DATE_NONE;

	assert_true(date_parse(str_of(text), &d));
	return d;
}

static struct indicator_input input_of(const char *text, const char *as_of)
{
	struct indicator_input input = { .as_of = day(as_of),
					 .from = DATE_NONE,
					 .baseline = -1,
					 .region = STR("四川"),
					 .nation = STR("全国"),
					 .high_value = { .sei = sei_table_default(arena) } };
	struct sheet sheet = sheet_of(arena, text);
	struct patent_case *cases;
	struct error error = { .kind = ERROR_NONE };

	if (!case_list_read(arena, &sheet, &cases, &input.case_count, &error))
		fail_msg("%s %s", error.key, error.detail);
	input.cases = cases;
	return input;
}

static struct indicator_result computed(const struct indicator_input *input, const char *id,
					const char *method)
{
	struct indicator_result result;
	const struct indicator_method *found = indicator_method_find(str_of(id), str_of(method),
								     input->as_of);

	assert_non_null(found);
	indicator_compute(arena, found, input, &result);
	return result;
}

static void assert_near(double got, double expected)
{
	if (!(fabs(got - expected) < 0.00005))
		fail_msg("%.6f instead of %.6f", got, expected);
}

/* Filings of 2025 to 2028, as many as told a year. */
static struct indicator_input filings(const int counts[4])
{
	struct strbuf text = STRBUF_INIT;
	struct indicator_input input;

	strbuf_add_cstr(&text, "id|filed|field\n");
	for (int year = 0; year < 4; year++)
		for (int i = 0; i < counts[year]; i++)
			strbuf_addf(&text, "A%d-%d|%d-06-01|AI\n", year, i, 2025 + year);
	input = input_of(str_to_cstr(arena, strbuf_str(&text)), "2028-12-31");
	strbuf_release(&text);
	input.from = day("2026-01-01");
	return input;
}

static void test_growth(void **state)
{
	static const struct {
		int counts[4];
		double cagr, mean;
	} rows[] = {
		{ { 20, 20, 30, 36 }, 0.2164, 0.2333 },
		{ { 20, 14, 26, 30 }, 0.1447, 0.2370 }, /* V14 */
		{ { 20, 24, 29, 35 }, 0.2051, 0.2051 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct indicator_input input = filings(rows[i].counts);
		struct indicator_result cagr = computed(&input, "T1", "");
		struct indicator_result mean = computed(&input, "T1", "mean_yoy");

		assert_string_equal(cagr.method->method, "cagr");
		assert_near(cagr.value, rows[i].cagr);
		assert_near(mean.value, rows[i].mean);
		assert_true(cagr.value <= mean.value + 1e-12);
		assert_int_equal(cagr.status,
				 rows[i].cagr >= 0.2 ? INDICATOR_MET : INDICATOR_MISSED);
		assert_int_equal(mean.status, INDICATOR_MET);
	}
}

/* 125 → 150 → 180 → 216 is 20 % to the last digit: met, whatever the root rounds to. */
static void test_growth_exact(void **state)
{
	struct indicator_input input = filings((int[]){ 125, 150, 180, 216 });

	(void)state;
	assert_int_equal(computed(&input, "T1", "").status, INDICATOR_MET);
	assert_int_equal(computed(&input, "T1", "mean_yoy").status, INDICATOR_MET);
}

static void test_growth_edges(void **state)
{
	struct indicator_input input = filings((int[]){ 0, 10, 0, 30 });

	(void)state;
	assert_int_equal(computed(&input, "T1", "").status, INDICATOR_NOT_COMPUTABLE);
	input.baseline = 10;
	assert_near(computed(&input, "T1", "").value, pow(3, 1.0 / 3) - 1);
	assert_int_equal(computed(&input, "T1", "mean_yoy").status, INDICATOR_NOT_COMPUTABLE);
	input.as_of = day("2026-06-30"); /* no year of the project is over */
	assert_int_equal(computed(&input, "T1", "").status, INDICATOR_NOT_COMPUTABLE);
	input = filings((int[]){ 10, 12, 14, 20 });
	input.base_year = 2027;
	input.from = DATE_NONE;
	assert_near(computed(&input, "T1", "vs_base_avg").denominator, 12);
	assert_near(computed(&input, "T1", "vs_base_avg").value, 20.0 / 12 - 1);
	input.base_year = 0; /* no project: the first three years there are */
	assert_near(computed(&input, "T1", "vs_base_avg").denominator, 12);
}

static const struct indicator_record *record_of(const struct indicator_result *result,
						const char *id)
{
	for (size_t i = 0; i < result->record_count; i++)
		if (str_equal_cstr(result->records[i].id, id))
			return &result->records[i];
	fail_msg("%s is not in the result", id);
	return NULL;
}

static double extra_of(const struct indicator_result *result, const char *name)
{
	for (size_t i = 0; i < result->extra_count; i++)
		if (strcmp(result->extras[i].name, name) == 0)
			return result->extras[i].number;
	return NAN;
}

static void test_growth_exclusions(void **state)
{
	struct indicator_input input = input_of(
		"id|type|filed|field|office|pct|abnormal|withdrawn|family|divisional_of\n"
		"A|发明|2025-03-01|AI||||||\n"
		"B|发明|2026-03-01|AI||P1|||F1|\n"
		"C|发明|2026-03-02|AI||P1|||F1|\n"
		"D|实用新型|2026-03-01|AI||||||\n"
		"E|发明|2026-03-01|||||||\n"
		"F|发明|2026-03-01|AI|US|||||\n"
		"G|发明|2026-03-01|AI|||2026-09-01|||\n"
		"H|发明|2026-03-01|AI||||2027-01-05||\n"
		"I|发明|2026-04-01|AI|CN||||F1|B\n"
		"B|发明|2026-03-01|AI||||||\n",
		"2026-12-31");
	struct indicator_result result = computed(&input, "T1", "");

	(void)state;
	assert_near(result.numerator, 3); /* B, H (withdrawn later), I */
	assert_near(result.denominator, 1);
	assert_int_equal(record_of(&result, "C")->reason, REASON_TWICE);
	assert_int_equal(record_of(&result, "D")->reason, REASON_NOT_INVENTION);
	assert_int_equal(record_of(&result, "E")->reason, REASON_NO_FIELD);
	assert_int_equal(record_of(&result, "F")->reason, REASON_NOT_CHINESE);
	assert_int_equal(record_of(&result, "G")->reason, REASON_ABNORMAL);
	assert_near(extra_of(&result, "families"), 2);
	assert_near(extra_of(&result, "divisionals"), 1);
	assert_near(extra_of(&result, "abnormal"), 1);
	assert_int_equal(result.records[9].reason, REASON_TWICE);
}

/* V15: 13 granted, 4 rejected, 3 withdrawn. */
static void test_grants(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct indicator_input input;

	(void)state;
	strbuf_add_cstr(&text, "id|filed|examined|granted|rejected|withdrawn\n");
	for (int i = 0; i < 20; i++)
		strbuf_addf(&text, "A%d|2023-01-01|2023-06-01|%s|%s|%s\n", i,
			    i < 13 ? "2025-05-01" : "", i >= 13 && i < 17 ? "2025-03-03" : "",
			    i >= 17 ? "2024-08-01" : "");
	input = input_of(str_to_cstr(arena, strbuf_str(&text)), "2025-12-31");
	strbuf_release(&text);
	assert_near(computed(&input, "T2", "").value, 0.65);
	assert_int_equal(computed(&input, "T2", "").status, INDICATOR_MET);
	assert_int_equal(computed(&input, "T2", "").note_count, 0); /* 20 are enough */
	assert_near(computed(&input, "T2", "decided").value, 13.0 / 17);
	assert_near(computed(&input, "T2", "cohort").value, 0.65);
	assert_near(computed(&input, "T2", "gross").value, 0.65);
	input.as_of = day("2025-04-01"); /* the rejections are still open to review */
	assert_near(
		extra_of((struct indicator_result[]){ computed(&input, "T2", "") }, "contested"),
		4);
	assert_near(computed(&input, "T2", "").denominator, 3);
}

static const char GRANT_CASES[] =
	"id|filed|examined|granted|rejected|review_requested|rejection_upheld|rejection_reversed|"
	"withdrawn|deemed_withdrawn|grant_abandoned|restored\n"
	"open|2023-01-01|2023-06-01|||||||||\n"
	"upheld|2023-01-01|2023-06-01||2024-01-10|2024-03-01|2024-12-01|||||\n"
	"reversed|2023-01-01|2023-06-01||2024-01-10|2024-03-01||2024-11-01||||\n"
	"final|2023-01-01|2023-06-01||2024-01-10|||||||\n"
	"early|2023-01-01||||||||2023-09-01||\n"
	"late|2023-01-01|2023-06-01|||||||2024-02-01||\n"
	"restored|2023-01-01|2023-06-01|||||||2024-02-01||2024-06-01\n"
	"dropped|2023-01-01|2023-06-01||||||||2024-07-01|\n";

static void test_outcomes(void **state)
{
	struct indicator_input input = input_of(GRANT_CASES, "2025-01-01");
	struct indicator_result result = computed(&input, "T2", "");

	(void)state;
	assert_int_equal(record_of(&result, "open")->reason, REASON_PENDING);
	assert_int_equal(record_of(&result, "upheld")->reason, REASON_NONE);
	assert_int_equal(record_of(&result, "reversed")->reason, REASON_PENDING);
	assert_int_equal(record_of(&result, "final")->reason, REASON_NONE);
	assert_int_equal(record_of(&result, "early")->reason, REASON_BEFORE_EXAMINATION);
	assert_int_equal(record_of(&result, "late")->reason, REASON_NONE);
	assert_int_equal(record_of(&result, "restored")->reason, REASON_PENDING);
	assert_int_equal(record_of(&result, "dropped")->reason, REASON_NONE);
	assert_near(result.denominator, 4);
	result = computed(&input, "T2", "decided");
	assert_int_equal(record_of(&result, "late")->reason, REASON_METHOD);
	assert_int_equal(result.status, INDICATOR_MISSED);
	input.as_of = day("2024-04-10"); /* the last day to ask for re-examination */
	result = computed(&input, "T2", "");
	assert_int_equal(record_of(&result, "final")->reason, REASON_CONTESTED);
	input.as_of = day("2024-04-11");
	result = computed(&input, "T2", "");
	assert_int_equal(record_of(&result, "final")->reason, REASON_NONE);
	input.from = day("2024-05-01");
	result = computed(&input, "T2", "");
	assert_int_equal(record_of(&result, "final")->reason, REASON_OUTSIDE);
}

/* V16: 20 valid, 14 put to use. */
static void test_use(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct indicator_input input;

	(void)state;
	strbuf_add_cstr(&text, "id|filed|granted|ipc|uses\n");
	for (int i = 0; i < 20; i++)
		strbuf_addf(&text, "A%d|2020-01-01|2022-01-01|G06N3/08|%s\n", i,
			    i < 10   ? "S1:2023-01-01"
			    : i < 12 ? "许可:2023-01-01"
			    : i < 14 ? "S2:2023-01-01::合同:royalty"
			    : i < 16 ? "pledge:2023-01-01"
				     : "");
	input = input_of(str_to_cstr(arena, strbuf_str(&text)), "2025-12-31");
	strbuf_release(&text);
	assert_near(computed(&input, "T3", "").value, 0.7);
	assert_int_equal(computed(&input, "T3", "").status, INDICATOR_MET);
	assert_near(computed(&input, "T3", "strict").value, 0.6);
	assert_near(computed(&input, "T3", "industrialised").value, 0);
	input.as_of = day("2022-06-01");
	assert_near(computed(&input, "T3", "").value, 0);
	input.as_of = day("2021-06-01");
	assert_int_equal(computed(&input, "T3", "").status, INDICATOR_NOT_COMPUTABLE);
}

static void test_use_transferred(void **state)
{
	struct indicator_input input = input_of(
		"id|filed|granted|ipc|transferred|uses\n"
		"gone|2020-01-01|2022-01-01|G06N3/08|2023-01-01|\n"
		"used|2020-01-01|2022-01-01|G06N3/08|2023-01-01|S3:2023-06-01\n"
		"kept|2020-01-01|2022-01-01|G06N3/08||\n",
		"2025-12-31");
	struct indicator_result result = computed(&input, "T3", "");

	(void)state;
	assert_near(result.value, 0.5);
	assert_int_equal(record_of(&result, "gone")->reason, REASON_NOT_HELD);
	result = computed(&input, "T3", "strict");
	assert_int_equal(record_of(&result, "used")->reason, REASON_NOT_HELD);
}

static struct indicator_input with_products(const char *cases, const char *products,
					    const char *as_of)
{
	struct indicator_input input = input_of(cases, as_of);
	struct sheet sheet = sheet_of(arena, products);
	struct product *list;
	struct error error = { .kind = ERROR_NONE };

	assert_true(product_list_read(arena, &sheet, &list, &input.product_count, &error));
	input.products = list;
	return input;
}

static void test_products(void **state)
{
	struct indicator_input input = with_products(
		"id|filed|granted|ended\nP1|2020-01-01|2022-01-01|\nP2|2020-01-01|2022-01-01|2024-"
		"01-01\n",
		"filing|product|patents|submitted|passed|revoked|confirmed\n"
		"B1|甲|P1||2024-05-01||2025-02-01\n"
		"B2|甲|P1;P2||2024-06-01||\n"
		"B3|乙|P2||2023-01-01||\n"
		"B4|丙|||2023-01-01|2024-01-01|\n"
		"B5|丁|未知||2023-01-01||\n"
		"B6|戊||2025-06-01|2025-08-01||\n"
		"B7|己|||2026-01-01||\n"
		"B8|庚|||||\n",
		"2025-06-30");
	struct indicator_result result = computed(&input, "T4", "");

	(void)state;
	assert_near(result.value, 2); /* B1, B5 */
	assert_near(extra_of(&result, "not_updated"), 1);
	assert_int_equal(record_of(&result, "B2")->reason, REASON_SAME_PRODUCT);
	assert_int_equal(record_of(&result, "B3")->reason, REASON_PATENTS_DEAD);
	assert_int_equal(record_of(&result, "B4")->reason, REASON_REVOKED);
	assert_int_equal(record_of(&result, "B6")->reason, REASON_PENDING);
	assert_int_equal(record_of(&result, "B7")->reason, REASON_LATER);
	assert_int_equal(record_of(&result, "B8")->reason, REASON_LATER);
	assert_true(indicator_is_left_out(record_of(&result, "B6")));
	assert_false(indicator_is_left_out(record_of(&result, "B7")));
	assert_false(indicator_is_left_out(record_of(&result, "B1")));
	assert_near(computed(&input, "T4", "filings").value, 3);
}

static void test_region(void **state)
{
	struct indicator_input input = input_of("id|filed\n", "2030-12-31");
	struct sheet sheet = sheet_of(arena, "region|year|population|high_value|rate\n"
					     "四川|2025|8000|40000|\n"
					     "四川|2030|8000|80000|\n"
					     "全国|2025|||16\n全国|2030|||22\n");
	struct region_year *rows;
	struct error error = { .kind = ERROR_NONE };
	struct indicator_result result;

	(void)state;
	assert_true(region_list_read(arena, &sheet, &rows, &input.region_count, &error));
	input.regions = rows;
	result = computed(&input, "T5", "");
	assert_near(result.value, 10);
	assert_near(result.target, 10);
	assert_int_equal(result.status, INDICATOR_MET);
	assert_near(extra_of(&result, "needed_growth"), 0.1487);
	result = computed(&input, "T6", "");
	assert_near(extra_of(&result, "national_growth"), 0.0658);
	assert_near(result.value, 0.1487 - 0.0658);
	assert_int_equal(result.status, INDICATOR_MET);
	/* A year is missing: no mean of yearly rates. */
	assert_int_equal(computed(&input, "T6", "mean_yoy").status, INDICATOR_NOT_COMPUTABLE);
	input.nation = STR("四川"); /* the same growth is not above it */
	assert_int_equal(computed(&input, "T6", "").status, INDICATOR_MISSED);
	input.as_of = day("2030-12-30");
	assert_int_equal(computed(&input, "T5", "").status, INDICATOR_NOT_COMPUTABLE);
}

/* A correction counts from the day it was published, and changes no earlier day. */
static void test_region_corrected(void **state)
{
	struct indicator_input input = input_of("id|filed\n", "2027-06-30");
	struct sheet sheet = sheet_of(arena, "region|year|rate|published\n"
					     "四川|2025|5|2026-02-01\n"
					     "四川|2026|6|2027-02-01\n"
					     "四川|2026|5.5|2027-09-01\n");
	struct region_year *rows;
	struct error error = { .kind = ERROR_NONE };
	struct indicator_result result;

	(void)state;
	assert_true(region_list_read(arena, &sheet, &rows, &input.region_count, &error));
	input.regions = rows;
	result = computed(&input, "T5", "");
	assert_near(result.value, 6);
	assert_int_equal(result.records[2].reason, REASON_LATER);
	input.as_of = day("2027-09-01");
	result = computed(&input, "T5", "");
	assert_near(result.value, 5.5);
	assert_int_equal(result.records[1].reason, REASON_TWICE);
	input.as_of = day("2027-01-31"); /* the year is over, and not told yet */
	assert_int_equal(computed(&input, "T5", "").status, INDICATOR_NOT_COMPUTABLE);
}

/* ---- The high-value test. */
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
	input.high_value.pledge_threshold = 300000000;         /* V20: 3 million yuan */
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

/* ---- What must hold for everything. */
static uint32_t random_state = 20261122;

static uint32_t draw(uint32_t below)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 8) % below;
}

/* A case with a life of random length; dates in the order a life has. */
static struct patent_case random_case(size_t i)
{
	struct patent_case patent = { .id = str_of(arena_printf(arena, "R%zu", i)),
				      .type = PATENT_INVENTION,
				      .field = draw(5) ? STR("AI") : STR_EMPTY,
				      .ipc = draw(2) ? STR("G06N3/08") : STR("A47B1/00") };
	date *dates = patent.dates, now;

	for (size_t k = 0; k < CASE_DATE_COUNT; k++)
		dates[k] = DATE_NONE;
	now = dates[CASE_FILED] = day("2018-01-01") + (date)draw(3000);
	now += 30 + (date)draw(400);
	dates[CASE_EXAMINED] = now;
	now += 100 + (date)draw(900);
	switch (draw(6)) {
	case 0:
		dates[CASE_REJECTED] = now;
		if (draw(2))
			dates[CASE_REVIEW_REQUESTED] = now + (date)draw(90);
		if (draw(3) == 0)
			dates[CASE_REJECTION_UPHELD] = now + 200 + (date)draw(300);
		break;
	case 1:
		dates[CASE_WITHDRAWN] = now;
		break;
	case 2:
		dates[CASE_DEEMED_WITHDRAWN] = now;
		if (draw(3) == 0)
			dates[CASE_RESTORED] = now + (date)draw(200);
		break;
	default:
		dates[CASE_GRANTED] = now;
		now += (date)draw(2000);
		if (draw(3) == 0) {
			dates[CASE_ENDED] = now;
			dates[CASE_END_KNOWN] = now + (date)draw(300);
		} else if (draw(6) == 0) {
			dates[CASE_INVALIDATED] = now;
		}
	}
	if (draw(12) == 0)
		dates[CASE_ABNORMAL] = dates[CASE_FILED] + (date)draw(900);
	return patent;
}

/* The case as a list of that day would have shown it. */
static struct patent_case as_known(struct patent_case patent, date as_of)
{
	for (size_t k = 0; k < CASE_DATE_COUNT; k++)
		if (patent.dates[k] > as_of)
			patent.dates[k] = DATE_NONE;
	if (patent.dates[CASE_END_KNOWN] == DATE_NONE)
		patent.dates[CASE_ENDED] = DATE_NONE;
	return patent;
}

static bool is_same(double a, double b)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-12;
}

/* What was true on a day stays true, whatever happens later: each indicator over all data as of a
   day is the same as over the data of that day. */
static void test_past_stays(void **state)
{
	enum { CASES = 300, DAYS = 40 };
	static const char *const asked[][2] = {
		{ "T1", "cagr" },      { "T1", "mean_yoy" }, { "T1", "vs_base_avg" },
		{ "T2", "concluded" }, { "T2", "decided" },  { "T2", "cohort" },
		{ "T2", "gross" },     { "T3", "broad" },    { "T3", "strict" },
	};
	struct patent_case all[CASES], then[CASES];
	struct indicator_input now = input_of("id|filed\n", "2025-12-31"), past;

	(void)state;
	for (size_t i = 0; i < CASES; i++)
		all[i] = random_case(i);
	now.cases = all;
	now.case_count = CASES;
	for (int k = 0; k < DAYS; k++) {
		size_t count = 0;

		now.as_of = day("2019-06-01") + (date)draw(2600);
		now.base_year = 2018;
		for (size_t i = 0; i < CASES; i++)
			if (all[i].dates[CASE_FILED] <= now.as_of)
				then[count++] = as_known(all[i], now.as_of);
		past = now;
		past.cases = then;
		past.case_count = count;
		for (size_t m = 0; m < COUNT(asked); m++) {
			struct indicator_result a = computed(&now, asked[m][0], asked[m][1]);
			struct indicator_result b = computed(&past, asked[m][0], asked[m][1]);

			assert_true(is_same(a.value, b.value));
			assert_true(is_same(a.numerator, b.numerator));
			assert_true(is_same(a.denominator, b.denominator));
			assert_int_equal(a.status, b.status);
		}
	}
}

/* Every record is counted or has a reason; counts are those of the records. */
static void test_records_add_up(void **state)
{
	enum { CASES = 200 };
	struct patent_case all[CASES];
	struct indicator_input input = input_of("id|filed\n", "2025-12-31");
	static const char *const methods[] = { "concluded", "decided", "cohort", "gross" };

	(void)state;
	for (size_t i = 0; i < CASES; i++)
		all[i] = random_case(i);
	input.cases = all;
	input.case_count = CASES;
	for (size_t m = 0; m < COUNT(methods); m++) {
		struct indicator_result result = computed(&input, "T2", methods[m]);
		double numerator = 0, denominator = 0;

		assert_int_equal(result.record_count, CASES);
		for (size_t i = 0; i < CASES; i++) {
			const struct indicator_record *record = &result.records[i];

			numerator += record->in_numerator;
			denominator += record->in_denominator;
			assert_int_equal(record->in_numerator || record->in_denominator,
					 record->reason == REASON_NONE);
		}
		assert_near(result.numerator, numerator);
		assert_near(result.denominator, denominator);
	}
}

static void test_tables(void **state)
{
	size_t count, defaults = 0;
	const struct indicator_method *methods = indicator_methods(&count);
	const struct high_value_rule *rules;

	(void)state;
	for (size_t i = 0; i < count; i++) {
		defaults += methods[i].is_default;
		assert_true(*methods[i].zh && *methods[i].en && *methods[i].formula_zh &&
			    *methods[i].formula_en && *methods[i].basis && *methods[i].clause);
		assert_ptr_equal(indicator_method_find(str_of(methods[i].id),
						       str_of(methods[i].method),
						       day("2026-01-01")),
				 &methods[i]);
	}
	assert_int_equal(defaults, 6);
	assert_null(indicator_method_find(STR("T1"), STR("none"), day("2026-01-01")));
	rules = high_value_rules(&count);
	assert_int_equal(count, HIGH_VALUE_CATEGORY_COUNT);
	for (size_t i = 0; i < count; i++)
		assert_true(*rules[i].zh && *rules[i].en && *rules[i].basis);
}

static void test_bad_cases(void **state)
{
	static const struct {
		const char *text, *key;
		int64_t line;
	} rows[] = {
		{ "id|filed|granted\nA|2024-02-30|\n", "rule.sheet_date", 2 },
		{ "id|filed\nA|2024-01-01\n|2024-01-01\n", "rule.sheet_empty", 3 },
		{ "id|filed\nA|\n", "rule.sheet_empty", 2 },
		{ "id|filed|granted\nA|2024-01-01|2023-01-01\n", "rule.case_order", 2 },
		{ "id|filed|ended\nA|2024-01-01|2025-01-01\n", "rule.case_order", 2 },
		{ "id|filed|grantd\nA|2024-01-01|\n", "rule.sheet_column_near", -1 },
		{ "id|filed|zzz\nA|2024-01-01|\n", "rule.sheet_column", -1 },
		{ "id|filed|申请日\nA|2024-01-01|\n", "rule.sheet_twice", -1 },
		{ "id|title\nA|B\n", "rule.sheet_missing", -1 },
		{ "id|filed|type\nA|2024-01-01|植物\n", "rule.case_type", 2 },
		{ "id|filed|pledges\nA|2024-01-01|R:2024-01-01::-5:1\n", "rule.case_entry", 2 },
		{ "id|filed|pledges\nA|2024-01-01|R:2024-01-01::nan:1\n", "rule.case_entry", 2 },
		{ "id|filed|pledges\nA|2024-01-01|R:2024-01-01::5:0\n", "rule.case_entry", 2 },
		{ "id|filed|uses\nA|2024-01-01|S9:2024-01-01\n", "rule.case_entry", 2 },
		{ "id|filed|uses\nA|2024-01-01|S1\n", "rule.case_entry", 2 },
		{ "id|filed|uses\nA|2024-01-01|S1:2024-13-01\n", "rule.case_entry", 2 },
		{ "id|filed|abroad\nA|2024-01-01|US:2024-05-01:2023-01-01\n", "rule.case_entry",
		  2 },
		{ "id|filed|adjustment\nA|2024-01-01|-3\n", "rule.sheet_number", 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sheet sheet = sheet_of(arena, rows[i].text);
		struct error error = { .kind = ERROR_NONE, .at = -1 };
		struct patent_case *cases;
		size_t count;

		assert_false(case_list_read(arena, &sheet, &cases, &count, &error));
		assert_string_equal(error.key, rows[i].key);
		assert_int_equal(error.at, rows[i].line);
	}
}

/* Hostile cells: whatever they hold, the readers answer with an error or a list. */
static void test_hostile_cells(void **state)
{
	static const char *const pieces[] = { "S1",         ":",          ";",        "；",
					      "2024-01-01", "9999-99-99", "\xff\xfe", "1e9",
					      "-1",         "+",          "US",       "NaN",
					      "market",     "|",          " ",        "" };

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct strbuf text = STRBUF_INIT;
		struct error error;
		struct patent_case *cases;
		struct sheet sheet;
		size_t count;

		strbuf_add_cstr(&text,
				"id|filed|uses|abroad|pledges|awards|ipc|granted\nA|2024-01-01|");
		for (uint32_t i = draw(14); i > 0; i--)
			strbuf_add_cstr(&text, pieces[draw(COUNT(pieces))]);
		sheet = sheet_of(arena, str_to_cstr(arena, strbuf_str(&text)));
		strbuf_release(&text);
		if (case_list_read(arena, &sheet, &cases, &count, &error)) {
			struct indicator_input input = { .cases = cases,
							 .case_count = count,
							 .as_of = day("2025-01-01"),
							 .from = DATE_NONE,
							 .baseline = -1 };

			assert_int_equal(count, sheet.row_count);
			computed(&input, "T3", "");
		}
		arena_reset(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_growth, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_growth_exact, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_growth_edges, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_growth_exclusions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_grants, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_outcomes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_use, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_use_transferred, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_products, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_region, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_region_corrected, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_high_value, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_industries, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_past_stays, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_records_add_up, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_tables, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_cases, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hostile_cells, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
