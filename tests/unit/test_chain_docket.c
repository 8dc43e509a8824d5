/* The calendar as clients read it, fees to the fen, days that never fall on a rest day, scope. */
#include "types_fixture.h"

#include "base/strbuf.h"
#include "chain/calendar.h"
#include "chain/course.h"
#include "chain/fee_plan.h"
#include "chain/timeline.h"
#include "db/db.h"
#include "rule/calendar.h"
#include "rule/deadline.h"
#include "rule/fee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_chain_docket.sqlite";

enum { PROVINCE = 1, CENTRE, OTHER };

static uint64_t seed = 11;

static int below(int limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (uint64_t)limit);
}

static void be_manager(struct desk *office)
{
	office_be(office, BIT(ROLE_IP_MANAGER), CENTRE, "/1/2/", 1);
}

static void be_another(struct desk *office)
{
	office_be(office, BIT(ROLE_IP_MANAGER), OTHER, "/1/3/", 9);
}

static void settle(struct desk *office)
{
	static const char *const rows[] = {
		"name=示例省局;kind=province_bureau",
		"name=示例育成中心;kind=centre;parent_id=1;host=enterprise",
		"name=另一育成中心;kind=centre;parent_id=1;host=university"
	};

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(office_add(office, &organisation_type, 0, rows[i]), i + 1);
	assert_int_equal(office_add(office, &user_type, CENTRE, "login=zhuanyuan;name=专员"), 1);
	be_manager(office);
}

static void run(struct desk *office, const char *sql)
{
	if (!db_script(office->store.db, sql, &office->error))
		fail_msg("%s: %s", office->error.key, office->error.detail);
}

/* ---- Lines. */
/* Lines put together again, as a reader does. */
static void unfold(struct str folded, struct strbuf *line)
{
	for (size_t i = 0; i < folded.size; i++)
		if (folded.size - i >= 3 && memcmp(folded.data + i, "\r\n ", 3) == 0)
			i += 2;
		else
			strbuf_add_byte(line, folded.data[i]);
}

static void lines_are_folded_between_characters(void **state)
{
	static const char *const parts[] = {
		"a", "期", "；", ";", ",", "\\", "\n", "é", "𠮷", "\r"
	};

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct strbuf value = STRBUF_INIT, out = STRBUF_INIT, line = STRBUF_INIT;
		struct strbuf wanted = STRBUF_INIT;
		struct str rest, part;
		int length = below(120);

		strbuf_add_cstr(&wanted, "SUMMARY:");
		for (int i = 0; i < length; i++) {
			const char *piece = parts[below(10)];

			strbuf_add_cstr(&value, piece);
			if (strchr(";,\\", *piece) && piece[1] == '\0')
				strbuf_add_byte(&wanted, '\\');
			if (*piece == '\n')
				strbuf_add_cstr(&wanted, "\\n");
			else if (*piece != '\r')
				strbuf_add_cstr(&wanted, piece);
		}
		strbuf_add_cstr(&wanted, "\r\n");
		chain_ical_line(&out, "SUMMARY", strbuf_str(&value));
		rest = strbuf_str(&out);
		while (str_split(&rest, STR("\r\n"), &part)) {
			assert_true(part.size <= 75);
			if (part.size > 1)
				assert_true(((unsigned char)part.data[1] & 0xc0) != 0x80 ||
					    part.data[0] != ' ');
		}
		unfold(strbuf_str(&out), &line);
		assert_true(str_equal(strbuf_str(&line), strbuf_str(&wanted)));
		strbuf_release(&value);
		strbuf_release(&out);
		strbuf_release(&line);
		strbuf_release(&wanted);
	}
}

/* ---- Days. */
static void deadlines_never_fall_on_a_rest_day(void **state)
{
	size_t count, checked = 0;
	const struct deadline_rule *rules = deadline_list(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		for (date day = date_of(2023, 1, 1); day < date_of(2028, 1, 1); day++) {
			struct deadline_request request = { .rule = str_of(rules[i].id),
							    .from = day,
							    .other = DATE_NONE };
			struct deadline deadline;
			struct error error;

			if (rules[i].kind == KIND_OPEN)
				break;
			if (!rules[i].months && !rules[i].days)
				request.months = 2;
			assert_true(deadline_compute(&request, &deadline, &error));
			checked++;
			if (deadline.rule->kind == KIND_TERM) {
				assert_int_equal(deadline.legal, deadline.raw);
				continue;
			}
			assert_int_equal(calendar_roll(deadline.legal), deadline.legal);
			assert_int_equal(calendar_roll_back(deadline.safe), deadline.safe);
			assert_true(deadline.legal >= deadline.raw &&
				    deadline.legal - deadline.raw <= 12);
			assert_true(deadline.safe <= deadline.legal);
		}
	assert_true(checked > 50000);
}

/* ---- Fees. */
static int64_t sum_of(const struct chain_fee_plan *plan)
{
	int64_t sum = 0;

	for (size_t i = 0; i < plan->count; i++)
		sum += plan->fees[i].amount + plan->fees[i].late;
	return sum;
}

/* The last "total_fen" written is that of all years. */
static int64_t written_total(const struct chain_fee_plan *plan)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	struct str rest, part;
	int64_t years = 0, total = -1;

	chain_fee_plan_write(&json, plan);
	rest = strbuf_str(&text);
	assert_true(str_split(&rest, STR("\"total_fen\":"), &part));
	while (str_split(&rest, STR("\"total_fen\":"), &part)) {
		struct str number = part;

		for (size_t i = 0; i < part.size; i++)
			if (part.data[i] < '0' || part.data[i] > '9') {
				number = str_slice(part, 0, i);
				break;
			}
		if (total >= 0)
			years += total;
		assert_true(str_to_int64(number, &total));
	}
	assert_int_equal(years, total);
	strbuf_release(&text);
	return total;
}

/* What the table of the office says, without the code under test: yuan a year of an invention. */
static int64_t invention_year(int year)
{
	static const int last[] = { 3, 6, 9, 12, 15, 20 };
	static const int64_t yuan[] = { 900, 1200, 2000, 4000, 6000, 8000 };
	size_t i = 0;

	while (year > last[i])
		i++;
	return yuan[i];
}

static void no_fen_is_lost(struct desk *office)
{
	static const struct {
		const char *name;
		int64_t percent;
	} reductions[] = { { "none", 100 }, { "single", 15 }, { "joint", 30 } };
	struct chain_fee_plan plan;
	int64_t wanted = 0;

	settle(office);
	for (int i = 0; i < 60; i++) {
		int filed = 2008 + below(16), granted = filed + 2, kind = i % 3;
		char values[300];
		int64_t id;

		snprintf(values, sizeof(values),
			 "docket=AJ-%d;title=示例;type=invention;office=CN;owner_id=1;"
			 "filed_on=%d-0%d-15;granted_on=%d-0%d-20;reduction=%s",
			 i, filed, 1 + below(9), granted, 1 + below(9), reductions[kind].name);
		id = office_add(office, &patent_case_type, 0, values);
		assert_true(id > 0);
		for (int year = 2; year <= 20; year++) {
			struct record *patent;
			date filing, due;
			int64_t full = YUAN(invention_year(year));
			int grant_year;

			assert_true(record_load(&office->store, &patent_case_type, id, &patent,
						&office->error));
			filing = record_date(patent, CASE_FILED_ON);
			due = date_add_months(filing, (year - 1) * 12);
			grant_year = annuity_year_of(filing, record_date(patent, CASE_GRANTED_ON));
			if (due <= office->store.today ||
			    due > date_add_months(office->store.today, 240))
				continue;
			wanted += full * (year < grant_year + 10 ? reductions[kind].percent : 100) /
				  100;
		}
	}
	run(office, "UPDATE patent_case SET state = 'in_force'");
	assert_true(chain_fee_plan_load(&office->store, NULL, 0, 20, &plan, &office->error));
	assert_int_equal(sum_of(&plan), wanted);
	assert_int_equal(written_total(&plan), wanted);
	/* the next annuity of each becomes a record: the plan stays the same */
	for (int i = 1; i <= 60; i++)
		assert_true(office_change(office, &patent_case_type, i, "claims=7"));
	assert_true(chain_fee_plan_load(&office->store, NULL, 0, 20, &plan, &office->error));
	assert_int_equal(sum_of(&plan), wanted);
	/* what is decided not to be paid ends the annuities of that case alone */
	run(office, "UPDATE fee SET state = 'dropped' WHERE case_id = 1");
	assert_true(chain_fee_plan_load(&office->store, NULL, 1, 20, &plan, &office->error));
	assert_int_equal(plan.count, 0);
	be_another(office);
	assert_true(chain_fee_plan_load(&office->store, NULL, 0, 20, &plan, &office->error));
	assert_int_equal(plan.count, 0);
}

static void what_is_late_costs_more(struct desk *office)
{
	struct chain_fee_plan plan;

	settle(office);
	office->store.today = date_of(2025, 2, 1);
	assert_int_equal(office_add(office, &patent_case_type, 0,
				    "docket=AJ-1;title=示例;type=invention;office=CN;owner_id=1;"
				    "filed_on=2021-03-10;granted_on=2023-05-05;reduction=single"),
			 1);
	run(office, "UPDATE patent_case SET state = 'in_force'");
	assert_true(office_change(office, &patent_case_type, 1, "claims=7"));
	office->store.today = date_of(2025, 6, 20);
	assert_true(chain_fee_plan_load(&office->store, NULL, 1, 1, &plan, &office->error));
	assert_int_equal(plan.count, 2);
	assert_int_equal(plan.fees[0].year, 5);
	assert_int_equal(plan.fees[0].amount, 18000); /* 1200 with 85 % off */
	assert_int_equal(plan.fees[0].late, 18000);   /* 15 % of 1200 in the fourth month */
	assert_int_equal(plan.fees[1].late, 0);
	assert_int_equal(written_total(&plan), sum_of(&plan));
	/* without a reduction, an open licence in use takes 15 % off what falls due in it */
	run(office, "UPDATE patent_case SET reduction = 'none'");
	run(office, "INSERT INTO deal (state, organisation_id, title, kind, cases, registered_on, "
		    "ends_on) VALUES ('effective', 2, '示例', 'open_licence', ',1,', '2025-01-01', "
		    "'2026-12-31')");
	assert_true(chain_fee_plan_load(&office->store, NULL, 1, 2, &plan, &office->error));
	assert_int_equal(plan.count, 3);
	assert_int_equal(plan.fees[1].amount, 102000);
	assert_int_equal(plan.fees[2].amount, 200000); /* due on 2027-03-10 */
}

/* ---- The calendar and the timeline. */
static void a_calendar_has_what_runs(struct desk *office)
{
	struct strbuf text = STRBUF_INIT, again = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&again);
	struct chain_calendar calendar;
	date from, until;

	settle(office);
	from = office->store.today - 30;
	until = office->store.today + 400;
	assert_int_equal(office_add(office, &patent_case_type, 0,
				    "docket=AJ-1;title=复合,膜;type=invention;office=CN;owner_id=1;"
				    "filed_on=2025-11-03"),
			 1);
	assert_int_equal(office_add(office, &deadline_type, 0,
				    "case_id=1;rule=D17;base_on=2025-12-01;owner_id=1"),
			 1);
	assert_int_equal(office_add(office, &deadline_type, 0,
				    "case_id=1;rule=D14;base_on=2025-11-03;owner_id=1"),
			 2); /* three years away */
	assert_true(
		chain_calendar_load(&office->store, NULL, from, until, &calendar, &office->error));
	assert_int_equal(calendar.count, 1);
	assert_string_equal(chain_event_kind(&calendar.events[0]), "deadline");
	assert_int_equal(calendar.events[0].on, date_of(2026, 4, 1));
	chain_calendar_write_ical(&text, &calendar, "example.org", 1767225600000);
	assert_true(str_find(strbuf_str(&text), STR("UID:deadline-1-due_on@example.org\r\n")) !=
		    STR_NOT_FOUND);
	assert_true(str_find(strbuf_str(&text), STR("DTSTAMP:20260101T000000Z\r\n"
						    "DTSTART;VALUE=DATE:20260401\r\n"
						    "DTEND;VALUE=DATE:20260402\r\n")) !=
		    STR_NOT_FOUND);
	assert_true(str_find(strbuf_str(&text), STR("TRIGGER:-P14D\r\n")) != STR_NOT_FOUND);
	office_add(office, &patent_case_type, 0,
		   "docket=AJ-2;title=另案;type=invention;office=CN;owner_id=1");
	assert_int_equal(office_add(office, record_type_find("award"), 0,
				    "title=示例奖;cases=2;level=other;awarded_on=2025-12-01"),
			 1);
	assert_true(chain_timeline_answer(&office->store, 1, &json, &office->error));
	assert_true(str_find(strbuf_str(&again), STR("award")) == STR_NOT_FOUND);
	assert_true(str_find(strbuf_str(&again), STR("\"on\":\"2025-11-03\",\"kind\":\"date\"")) !=
		    STR_NOT_FOUND);
	run(office, "UPDATE deadline SET state = 'done' WHERE id = 1");
	assert_true(
		chain_calendar_load(&office->store, NULL, from, until, &calendar, &office->error));
	assert_int_equal(calendar.count, 0);
	run(office, "UPDATE deadline SET state = 'open' WHERE id = 1");
	be_another(office);
	assert_true(
		chain_calendar_load(&office->store, NULL, from, until, &calendar, &office->error));
	assert_int_equal(calendar.count, 0);
	assert_false(chain_timeline_answer(&office->store, 1, &json, &office->error));
	assert_int_equal(office->error.kind, ERROR_NOT_FOUND);
	strbuf_release(&text);
	strbuf_release(&again);
}

/* ---- States. */
static const char *course_of(struct desk *office, int64_t id)
{
	struct strbuf text = STRBUF_INIT;
	struct chain_course_state *states;
	struct record *patent;
	const char *copy;
	size_t count;

	assert_true(record_find(&office->store, &patent_case_type, id, &patent, &office->error));
	assert_true(chain_course_load(&office->store, patent, &states, &count, &office->error));
	for (size_t i = 0; i < count; i++) {
		char from[DATE_TEXT_SIZE], until[DATE_TEXT_SIZE];

		if (states[i].from != states[i].until)
			strbuf_addf(&text, "%s %s %s\n", states[i].state,
				    date_format(states[i].from, from),
				    date_format(states[i].until, until));
	}
	copy = str_to_cstr(office->store.arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static void take_steps(struct desk *office, int64_t id, const char *steps)
{
	struct str rest = str_of(steps), step;

	while (str_split(&rest, STR(" "), &step))
		if (!office_step(office, &patent_case_type, id,
				 str_to_cstr(office->store.arena, step)))
			fail_msg("%.*s: %s", STR_ARGS(step), office->error.key);
}

/* A case that is entered years later has its states from the days of its life, not from that day. */
static void states_begin_when_they_came_about(struct desk *office)
{
	settle(office);
	office->store.now_ms = 1767225600000; /* 2026-01-01 */
	assert_int_equal(office_add(office, &patent_case_type, 0,
				    "docket=AJ-1;title=示例;type=invention;office=CN;owner_id=1;"
				    "application_number=201410201865.4;publication=CN104000001B;"
				    "filed_on=2014-05-13;published_on=2014-11-19;"
				    "examined_on=2014-12-01;granted_on=2016-05-04"),
			 1);
	take_steps(office, 1, "submit accept pay pass publish examine grant_notice register");
	assert_string_equal(course_of(office, 1), "awaiting_publication 2014-05-13 2014-11-19\n"
						  "published 2014-11-19 2014-12-01\n"
						  "examination 2014-12-01 2016-05-04\n"
						  "in_force 2016-05-04 \n");
	/* what happens from now on begins on its day, and what was before stays */
	office->store.today = date_of(2026, 7, 1);
	office->store.now_ms += (int64_t)181 * 86400000;
	take_steps(office, 1, "miss_annuity pay");
	assert_string_equal(course_of(office, 1), "awaiting_publication 2014-05-13 2014-11-19\n"
						  "published 2014-11-19 2014-12-01\n"
						  "examination 2014-12-01 2016-05-04\n"
						  "in_force 2016-05-04 2026-07-01\n"
						  "in_force 2026-07-01 \n");
}

/* One that was followed from the beginning, and one whose grant was written down in one step. */
static void states_that_were_lived_through_stay(struct desk *office)
{
	settle(office);
	office->store.now_ms = 1767225600000; /* 2026-01-01 */
	office_add(office, &patent_case_type, 0,
		   "docket=AJ-1;title=示例;type=utility;office=CN;owner_id=1");
	office_add(office, &patent_case_type, 0,
		   "docket=AJ-2;title=示例;type=invention;office=CN;owner_id=1;"
		   "filed_on=2020-05-13;published_on=2020-11-19;granted_on=2023-05-04");
	office->store.today = date_of(2026, 1, 11);
	office->store.now_ms += (int64_t)10 * 86400000;
	take_steps(office, 1, "submit");
	assert_string_equal(course_of(office, 1), "planned 2026-01-01 2026-01-11\n"
						  "submitted 2026-01-11 \n");
	run(office, "UPDATE patent_case SET state = 'in_force' WHERE id = 2");
	assert_string_equal(course_of(office, 2), "submitted 2020-05-13 2020-11-19\n"
						  "published 2020-11-19 2023-05-04\n"
						  "in_force 2023-05-04 \n");
}

TEST(states_begin_when_they_came_about)
TEST(states_that_were_lived_through_stay)
TEST(no_fen_is_lost)
TEST(what_is_late_costs_more)
TEST(a_calendar_has_what_runs)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_folded_between_characters),
		cmocka_unit_test(deadlines_never_fall_on_a_rest_day),
		cmocka_unit_test(test_states_begin_when_they_came_about),
		cmocka_unit_test(test_states_that_were_lived_through_stay),
		cmocka_unit_test(test_no_fen_is_lost),
		cmocka_unit_test(test_what_is_late_costs_more),
		cmocka_unit_test(test_a_calendar_has_what_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
