/* Fees: worked examples, and what must hold for all amounts. */
#include "rule/fee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const enum patent_type types[] = { PATENT_INVENTION, PATENT_UTILITY, PATENT_DESIGN };

static date day(const char *text)
{
	date d = DATE_NONE;

	assert_true(date_parse(str_of(text), &d));
	return d;
}

static int64_t filing_total(struct fee_filing filing)
{
	struct fee_bill bill;
	struct error error = { .kind = ERROR_NONE };
	int64_t sum = 0;

	assert_true(fee_bill_filing(&filing, day("2026-03-01"), &bill, &error));
	for (size_t i = 0; i < bill.count; i++)
		sum += bill.items[i].amount;
	assert_int_equal(sum, bill.total);
	return bill.total;
}

static struct annuity annuity_of(struct annuity_request request)
{
	struct annuity annuity;
	struct error error = { .kind = ERROR_NONE };

	assert_true(fee_bill_annuity(&request, &annuity, &error));
	return annuity;
}

static void test_filing(void **state)
{
	struct fee_filing filing = { .type = PATENT_INVENTION,
				     .claims = 15,
				     .pages = 45,
				     .priorities = 1,
				     .examination = true };

	(void)state;
	assert_int_equal(filing_total(filing), YUAN(5030));
	filing.reduction = 85;
	assert_int_equal(filing_total(filing), YUAN(2140));
	filing = (struct fee_filing){ .type = PATENT_UTILITY, .claims = 10, .pages = 30 };
	assert_int_equal(filing_total(filing), YUAN(500));
	filing.pages = 302;
	assert_int_equal(filing_total(filing), YUAN(500 + 270 * 50 + 2 * 100));
}

static void test_filing_grows(void **state)
{
	(void)state;
	for (size_t t = 0; t < 2; t++)
		for (int64_t reduction = 0; reduction <= 85; reduction += reduction ? 15 : 70) {
			struct fee_filing filing = { .type = types[t], .reduction = reduction };
			int64_t before = 0, total;

			for (; filing.claims < 400; filing.claims++, filing.pages++) {
				total = filing_total(filing);
				assert_true(total >= before);
				before = total;
			}
			assert_true(before > filing_total((struct fee_filing){
						     .type = types[t], .reduction = reduction }));
		}
}

static void test_annuity_totals(void **state)
{
	static const int64_t totals[] = { YUAN(82300), YUAN(11200), YUAN(26200) };

	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		date filed = day("2022-02-28");
		int64_t total = 0;

		for (int year = 1; year <= annuity_last_year(types[t], filed); year++)
			total += annuity_of((struct annuity_request){
						    .type = types[t],
						    .year = year,
						    .due = annuity_due(filed, year),
						    .paid = annuity_due(filed, year) })
					 .bill.total;
		assert_int_equal(total, totals[t]);
	}
}

/* Every step of the late fee. */
static void test_late_fee(void **state)
{
	static const struct {
		const char *paid;
		int64_t total;
		enum annuity_state state;
	} rows[] = {
		{ "2026-03-10", YUAN(180), ANNUITY_ON_TIME },
		{ "2026-04-10", YUAN(180), ANNUITY_LATE },
		{ "2026-04-11", YUAN(240), ANNUITY_LATE },
		{ "2026-05-11", YUAN(300), ANNUITY_LATE },
		{ "2026-06-20", YUAN(360), ANNUITY_LATE },
		{ "2026-07-11", YUAN(420), ANNUITY_LATE },
		{ "2026-09-10", YUAN(480), ANNUITY_LATE },
		{ "2026-09-11", YUAN(1480), ANNUITY_LAPSED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct annuity annuity = annuity_of(
			(struct annuity_request){ .type = PATENT_INVENTION,
						  .year = 5,
						  .due = day("2026-03-10"),
						  .paid = day(rows[i].paid),
						  .reduction = 85 });

		assert_int_equal(annuity.bill.total, rows[i].total);
		assert_int_equal(annuity.state, rows[i].state);
	}
}

static void test_due_on_holiday(void **state)
{
	date filed = day("2023-10-01");
	struct annuity_request request = { .type = PATENT_INVENTION,
					   .year = 4,
					   .due = annuity_due(filed, 4),
					   .paid = day("2026-10-08") };
	struct annuity annuity;

	(void)state;
	assert_int_equal(request.due, day("2026-10-01"));
	annuity = annuity_of(request);
	assert_int_equal(annuity.state, ANNUITY_ON_TIME);
	assert_int_equal(annuity.legal_due, day("2026-10-08"));
	assert_int_equal(annuity.grace_end, day("2027-04-01"));
	request.paid++;
	assert_int_equal(annuity_of(request).state, ANNUITY_LATE);
}

static void test_reduction_years(void **state)
{
	struct annuity_request request = { .type = PATENT_INVENTION,
					   .year = 12,
					   .due = day("2035-01-04"),
					   .paid = day("2035-01-04"),
					   .reduction = 70,
					   .grant_year = 3 };

	(void)state;
	assert_int_equal(annuity_of(request).bill.total, YUAN(1200));
	request.year = 13;
	assert_int_equal(annuity_of(request).bill.total, YUAN(6000));
	request.open_licence = true;
	assert_int_equal(annuity_of(request).bill.total, YUAN(5100));
	request.year = 12; /* the better one, not both */
	assert_int_equal(annuity_of(request).bill.total, YUAN(1200));
}

static void test_life(void **state)
{
	struct fee_life life = { .filing = { .type = PATENT_INVENTION, .examination = true },
				 .filed = day("2023-10-01"),
				 .granted = day("2025-12-02") };
	struct fee_bill bill;
	struct error error;

	(void)state;
	assert_true(fee_bill_life(&life, &bill, &error));
	/* Years 1 and 2 before the grant are free. */
	assert_int_equal(bill.total, YUAN(900 + 50 + 2500 + 82300 - 1800));
	assert_int_equal(bill.items[3].due, life.granted);
	assert_int_equal(bill.items[4].due, day("2026-10-01"));
	life.filing.claims = 11, life.filing.pages = 301, life.filing.priorities = 2;
	assert_true(fee_bill_life(&life, &bill, &error));
	life.last_year = 3;
	assert_true(fee_bill_life(&life, &bill, &error));
	life.granted = day("2023-09-30");
	assert_false(fee_bill_life(&life, &bill, &error));
	assert_string_equal(error.key, "rule.granted");
	life.granted = day("2043-10-01");
	assert_false(fee_bill_life(&life, &bill, &error));
	life.filing.type = PATENT_TYPE_UNKNOWN;
	assert_false(fee_bill_life(&life, &bill, &error));
}

static void test_refund(void **state)
{
	date end = day("2026-03-30");

	(void)state;
	assert_int_equal(fee_examination_refund(YUAN(2500), end, end, false), YUAN(1250));
	assert_int_equal(fee_examination_refund(YUAN(375), end, end, false), 18750);
	assert_int_equal(fee_examination_refund(YUAN(2500), end + 1, end, false), 0);
	assert_int_equal(fee_examination_refund(YUAN(2500), end, end, true), 0);
}

static void test_acts(void **state)
{
	const struct fee_rule *rules;
	struct fee_bill bill;
	struct error error;
	size_t count;

	(void)state;
	rules = fee_list(&count);
	for (size_t i = 0; i < count; i++)
		for (size_t t = 0; t < COUNT(types); t++) {
			int64_t unit = fee_unit_amount(&rules[i], types[t]);
			bool has = fee_bill_act(str_of(rules[i].id), types[t], 2, 85,
						day("2026-03-01"), &bill, &error);

			assert_int_equal(has, unit != NO_FEE);
			if (!has)
				continue;
			assert_int_equal(bill.total,
					 rules[i].is_reducible ? unit * 2 * 15 / 100 : unit * 2);
			assert_true(bill.total > 0);
		}
}

static void test_refused(void **state)
{
	struct fee_filing filing = { .type = PATENT_DESIGN, .claims = 11 };
	struct annuity_request request = { .type = PATENT_UTILITY,
					   .year = 11,
					   .due = day("2026-03-10"),
					   .paid = day("2026-03-10") };
	struct annuity annuity;
	struct fee_bill bill;
	struct error error;
	date today = day("2026-03-01");

	(void)state;
	assert_false(fee_bill_filing(&filing, today, &bill, &error));
	assert_string_equal(error.key, "rule.no_fee");
	filing = (struct fee_filing){ .type = PATENT_INVENTION, .claims = -1 };
	assert_false(fee_bill_filing(&filing, today, &bill, &error));
	assert_string_equal(error.key, "rule.count");
	filing.claims = INT64_MAX;
	assert_false(fee_bill_filing(&filing, today, &bill, &error));
	filing.claims = 1, filing.reduction = 50;
	assert_false(fee_bill_filing(&filing, today, &bill, &error));
	assert_string_equal(error.key, "rule.reduction");
	assert_false(fee_bill_act(STR("bribe"), PATENT_INVENTION, 1, 0, today, &bill, &error));
	assert_string_equal(error.key, "rule.unknown_fee");
	assert_false(fee_bill_annuity(&request, &annuity, &error));
	assert_string_equal(error.key, "rule.no_annuity");
	/* A design filed before 2021-06-01 lives ten years. */
	request.type = PATENT_DESIGN;
	request.due = day("2031-05-31");
	assert_false(fee_bill_annuity(&request, &annuity, &error));
	request.due = day("2031-06-01");
	assert_true(fee_bill_annuity(&request, &annuity, &error));
	request.year = INT64_MAX;
	assert_false(fee_bill_annuity(&request, &annuity, &error));
	request.year = 5, request.grant_year = 6;
	assert_false(fee_bill_annuity(&request, &annuity, &error));
	assert_string_equal(error.key, "rule.grant_year");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filing),         cmocka_unit_test(test_filing_grows),
		cmocka_unit_test(test_annuity_totals), cmocka_unit_test(test_late_fee),
		cmocka_unit_test(test_due_on_holiday), cmocka_unit_test(test_reduction_years),
		cmocka_unit_test(test_life),           cmocka_unit_test(test_refund),
		cmocka_unit_test(test_acts),           cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
