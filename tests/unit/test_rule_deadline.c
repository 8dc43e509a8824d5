/* Periods: worked examples, and what must hold for every rule. */
#include "rule/calendar.h"
#include "rule/deadline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static date day(const char *text)
{
	date d = DATE_NONE;

	assert_true(date_parse(str_of(text), &d));
	return d;
}

static void assert_day(date got, const char *expected)
{
	char text[DATE_TEXT_SIZE];

	assert_string_equal(date_format(got, text), expected);
}

static struct deadline_request request_of(const char *rule, const char *from)
{
	return (struct deadline_request){ .rule = str_of(rule),
					  .from = day(from),
					  .other = DATE_NONE };
}

static struct deadline computed(const struct deadline_request *request)
{
	struct deadline deadline;
	struct error error = { .kind = ERROR_NONE };

	assert_true(deadline_compute(request, &deadline, &error));
	return deadline;
}

static void test_vectors(void **state)
{
	static const struct {
		const char *vector, *rule, *from, *raw, *legal, *safe;
	} rows[] = {
		{ "V1", "D18", "2026-01-30", "2026-03-30", "2026-03-30", "2026-03-30" },
		{ "V2", "D18", "2025-12-31", "2026-02-28", "2026-03-02", "2026-02-27" },
		{ "V3", "D17", "2026-06-10", "2026-10-10", "2026-10-12", "2026-10-09" },
		{ "V4", "D18", "2026-08-03", "2026-10-03", "2026-10-08", "2026-09-30" },
		{ "V5", "R04", "2026-04-01", "2026-05-01", "2026-05-06", "2026-04-30" },
		{ "V6", "R02", "2025-11-28", "2026-02-28", "2026-03-02", "2026-02-27" },
		{ "V7", "D18", "2022-12-31", "2023-02-28", "2023-02-28", "2023-02-28" },
		{ "V8 grace", "A01", "2026-10-01", "2027-04-01", "2027-04-01", "2027-04-01" },
		{ "V9", "T02", "1999-09-06", "2009-09-06", "2009-09-06", "2009-09-04" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct deadline_request request = request_of(rows[i].rule, rows[i].from);
		struct deadline deadline = computed(&request);

		assert_day(deadline.raw, rows[i].raw);
		assert_day(deadline.legal, rows[i].legal);
		assert_day(deadline.safe, rows[i].safe);
	}
}

static void test_calendar(void **state)
{
	(void)state;
	assert_int_equal(calendar_day(day("2026-02-28")), DAY_MAKE_UP);
	assert_int_equal(calendar_day(day("2026-02-23")), DAY_HOLIDAY);
	assert_int_equal(calendar_day(day("2026-02-24")), DAY_WORKING);
	assert_int_equal(calendar_day(day("2026-03-01")), DAY_WEEKEND);
	assert_int_equal(calendar_day(day("2007-12-29")), DAY_MAKE_UP);
	assert_int_equal(calendar_day(day("2022-12-31")), DAY_HOLIDAY);
	assert_int_equal(calendar_day(day("1969-12-27")), DAY_WEEKEND);
	assert_int_equal(calendar_day(day("1969-12-29")), DAY_WORKING);
	for (int year = 2007; year <= 2026; year++)
		assert_non_null(calendar_notice(year));
	assert_null(calendar_notice(2006));
	assert_null(calendar_notice(calendar_last_year() + 1));
}

/* Every year has its National Day off, and no make-up day on a Monday to Friday. */
static void test_calendar_years(void **state)
{
	(void)state;
	for (int year = 2007; year <= calendar_last_year(); year++) {
		int holidays = 0;

		assert_int_equal(calendar_day(date_of(year, 10, 1)), DAY_HOLIDAY);
		for (date d = date_of(year, 1, 1); d <= date_of(year, 12, 31); d++) {
			if (calendar_day(d) == DAY_MAKE_UP)
				assert_true(((d - 2) % 7 + 7) % 7 < 2);
			holidays += calendar_day(d) == DAY_HOLIDAY;
		}
		assert_in_range(holidays, 20, 45);
	}
}

static void test_service(void **state)
{
	struct deadline_request request = request_of("R02", "2025-11-28");
	struct deadline deadline;

	(void)state;
	request.service = SERVICE_POST;
	deadline = computed(&request);
	assert_day(deadline.base, "2025-12-13");
	assert_day(deadline.legal, "2026-03-13");
	assert_day(deadline.restore_until, "2026-05-13");
	request.service = SERVICE_ELECTRONIC;
	assert_day(computed(&request).legal, "2026-03-02");
	request.service = SERVICE_ANNOUNCEMENT;
	assert_day(computed(&request).base, "2025-12-28");
	/* The receipt itself does not move with rest days. */
	assert_day(deadline_receipt(day("2026-01-30"), SERVICE_POST), "2026-02-14");
}

static void test_extension(void **state)
{
	struct deadline_request request = request_of("D18", "2025-12-31");
	struct deadline deadline;

	(void)state;
	request.extension = 1;
	deadline = computed(&request);
	assert_day(deadline.raw, "2026-03-31");
	assert_day(deadline.legal, "2026-03-31");
	/* Counted from the end of the period it is the 28th, a Saturday. */
	assert_day(deadline.safe, "2026-03-27");
}

static void test_two_starting_days(void **state)
{
	struct deadline_request fees = request_of("D08", "2026-03-02");
	struct deadline_request restoration = request_of("F01", "2026-03-02");
	struct deadline deadline;

	(void)state;
	fees.other = day("2026-04-28");
	deadline = computed(&fees);
	assert_day(deadline.raw, "2026-05-13");
	assert_day(deadline.safe, "2026-04-30"); /* 05-02 is a holiday */
	fees.other = day("2026-03-10");
	assert_day(computed(&fees).raw, "2026-05-02");
	fees.service = SERVICE_POST; /* of the notice of filing only */
	assert_day(computed(&fees).base, "2026-03-02");
	restoration.other = day("2024-04-01");
	assert_day(computed(&restoration).raw, "2026-04-01");
}

static void test_designated(void **state)
{
	struct deadline_request request = request_of("D12", "2026-03-02");

	(void)state;
	request.days = 15;
	assert_day(computed(&request).raw, "2026-03-17");
	request.margin = 7;
	assert_day(computed(&request).safe, "2026-03-10");
	request.months = 1;
	assert_day(computed(&request).raw, "2026-04-17");
}

static void test_editions(void **state)
{
	struct deadline_request request = request_of("T03", "2021-05-31");

	(void)state;
	assert_day(computed(&request).legal, "2031-05-31");
	request.from = day("2021-06-01");
	assert_day(computed(&request).legal, "2036-06-01");
	assert_string_equal(deadline_find(STR("r01"), day("2023-06-01"))->basis, "REG 54");
	assert_string_equal(deadline_find(STR("R01"), day("2024-01-20"))->basis, "REG 60;REG 114");
	request = request_of("D18", "2022-12-31");
	assert_true(computed(&request).is_before_edition);
}

static void test_unknown_year(void **state)
{
	struct deadline_request request = request_of("D18", "2030-03-01");
	struct deadline deadline;

	(void)state;
	deadline = computed(&request);
	assert_false(deadline.is_calendar_known);
	assert_day(deadline.legal, "2030-05-01"); /* a Wednesday, its holiday unknown */
	request.rule = STR("T02");
	assert_true(computed(&request).is_calendar_known);
}

static void test_refused(void **state)
{
	const struct deadline_request good = request_of("D18", "2026-01-30");
	struct deadline_request rows[12];
	static const char *const keys[] = {
		"rule.unknown",        "rule.open",       "rule.designated", "rule.fixed_length",
		"rule.not_extendable", "rule.extension",  "rule.one_base",   "rule.no_service",
		"rule.length",         "rule.date_range", "rule.date_range", "rule.length",
	};
	struct deadline deadline;
	struct error error;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		rows[i] = good;
	rows[0].rule = STR("D99");
	rows[1].rule = STR("D25");
	rows[2].rule = STR("D10");
	rows[3].rule = STR("R02"), rows[3].months = 4;
	rows[4].rule = STR("R07"), rows[4].extension = 1;
	rows[5].extension = 3;
	rows[6].other = good.from;
	rows[7].rule = STR("D14"), rows[7].service = SERVICE_POST;
	rows[8].months = INT64_MAX;
	rows[9].from = date_of(1970, 1, 1);
	rows[10].from = date_of(9999, 12, 31);
	rows[11].margin = -1;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_false(deadline_compute(&rows[i], &deadline, &error));
		assert_string_equal(error.key, keys[i]);
	}
}

/* For every rule and every day of three years: order of the days, and no end on a rest day. */
static void test_properties(void **state)
{
	const struct deadline_rule *rules;
	size_t count;

	(void)state;
	rules = deadline_list(&count);
	for (size_t i = 0; i < count; i++) {
		struct deadline_request request = { .rule = str_of(rules[i].id),
						    .other = DATE_NONE };

		if (rules[i].kind == KIND_OPEN || (!rules[i].months && !rules[i].days))
			continue;
		for (request.from = date_of(2024, 1, 1); request.from < date_of(2027, 1, 1);
		     request.from++) {
			struct deadline deadline = computed(&request);

			assert_true(deadline.raw > deadline.base);
			assert_true(deadline.legal >= deadline.raw);
			assert_true(deadline.safe <= deadline.raw);
			assert_false(calendar_is_rest_day(deadline.safe));
			if (deadline.rule->kind == KIND_TERM)
				assert_int_equal(deadline.legal, deadline.raw);
			else
				assert_false(calendar_is_rest_day(deadline.legal));
		}
	}
}

/* Every row has both languages, a basis, a sane edition; editions of an id follow each other. */
static void test_table(void **state)
{
	const struct deadline_rule *rules;
	size_t count;
	date from, until;

	(void)state;
	rules = deadline_list(&count);
	for (size_t i = 0; i < count; i++) {
		assert_true(*rules[i].zh && *rules[i].en && *rules[i].basis);
		assert_int_equal(!*rules[i].note_zh, !*rules[i].note_en);
		assert_int_equal(!*rules[i].consequence_zh, !*rules[i].consequence_en);
		assert_true(date_parse(str_of(rules[i].edition), &from));
		assert_true((rules[i].join == JOIN_ONLY) == (rules[i].other_base == BASE_NONE));
		if (!*rules[i].until)
			continue;
		assert_true(i + 1 < count && strcmp(rules[i].id, rules[i + 1].id) == 0);
		assert_true(date_parse(str_of(rules[i].until), &until));
		assert_true(date_parse(str_of(rules[i + 1].edition), &from));
		assert_int_equal(until + 1, from);
	}
}

static void test_notices(void **state)
{
	const struct notice *notices;
	size_t count;

	(void)state;
	notices = notice_list(&count);
	for (size_t i = 0; i < count; i++) {
		const char *const sides[] = { notices[i].opens, notices[i].closes };

		for (size_t s = 0; s < COUNT(sides); s++) {
			struct str rest = str_of(sides[s]), id;

			while (rest.size && str_split(&rest, STR(" "), &id))
				assert_non_null(deadline_find(id, day("2026-01-01")));
		}
	}
	assert_string_equal(notice_find(STR("第一次审查意见通知书"))->opens, "D17");
	assert_string_equal(notice_find(STR("第1次审查意见通知书"))->opens, "D17");
	assert_string_equal(notice_find(STR("第五次审查意见通知书"))->opens, "D18");
	assert_string_equal(notice_find(STR("decision of rejection"))->opens,
			    "R02 R03 D19-rejection");
	assert_null(notice_find(STR("通知书")));
}

static void test_adjustment(void **state)
{
	struct adjustment adjustment = { .filed = day("2019-01-05"),
					 .requested = day("2019-06-03"),
					 .published = day("2020-07-10"),
					 .granted = day("2026-03-10") };
	struct error error;
	int64_t days;

	(void)state;
	/* The later of 2023-01-05 and 2023-07-10, three years after publication. */
	assert_true(adjustment_days(&adjustment, &days, &error));
	assert_int_equal(days, day("2026-03-10") - day("2023-07-10"));
	adjustment.delay = 60;
	assert_true(adjustment_days(&adjustment, &days, &error));
	assert_int_equal(days, day("2026-03-10") - day("2023-07-10") - 60);
	adjustment.published = day("2019-06-03"); /* then four years after filing */
	adjustment.delay = 0;
	assert_true(adjustment_days(&adjustment, &days, &error));
	assert_int_equal(days, day("2026-03-10") - day("2023-01-05"));
	adjustment.granted = day("2022-12-30");
	assert_true(adjustment_days(&adjustment, &days, &error));
	assert_int_equal(days, 0);
	adjustment.delay = -1;
	assert_false(adjustment_days(&adjustment, &days, &error));
	adjustment.delay = 0;
	adjustment.granted = day("2019-06-02");
	assert_false(adjustment_days(&adjustment, &days, &error));
	assert_string_equal(error.key, "rule.adjustment_days");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),        cmocka_unit_test(test_calendar),
		cmocka_unit_test(test_calendar_years), cmocka_unit_test(test_service),
		cmocka_unit_test(test_extension),      cmocka_unit_test(test_two_starting_days),
		cmocka_unit_test(test_designated),     cmocka_unit_test(test_editions),
		cmocka_unit_test(test_unknown_year),   cmocka_unit_test(test_refused),
		cmocka_unit_test(test_properties),     cmocka_unit_test(test_table),
		cmocka_unit_test(test_notices),        cmocka_unit_test(test_adjustment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
