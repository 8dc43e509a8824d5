/* What must hold for the target formulas whatever the cases are: drawn by chance, or hostile. */
#include "base/strbuf.h"
#include "indicator_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

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
		cmocka_unit_test_setup_teardown(test_past_stays, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_records_add_up, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hostile_cells, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
