/* Target formulas: worked examples, every edge rule, the tables and lists that are refused. */
#include "base/strbuf.h"
#include "indicator_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

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
		{ { 20, 14, 26, 30 }, 0.1447, 0.2370 },
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

/* 13 granted, 4 rejected, 3 withdrawn. */
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

/* 20 valid, 14 put to use. */
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
		cmocka_unit_test_setup_teardown(test_tables, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_cases, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
