/* What days bring by themselves: a year of them, each once, twice, or many late; and what persons do in between. */
#include "types_fixture.h"

#include "base/strbuf.h"
#include "chain/day.h"
#include "db/db.h"
#include "rule/deadline.h"
#include "rule/fee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_chain_day.sqlite";

enum { CENTRE = 2, CASES = 24, DAYS = 400, DAY_MS = 86400000 };

static uint64_t seed = 5;

static int below(int limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (uint64_t)limit);
}

static void be_manager(struct desk *office)
{
	office_be(office, BIT(ROLE_DIRECTOR) | BIT(ROLE_IP_MANAGER), CENTRE, "/1/2/", 1);
}

static void set_day(struct desk *office, date day)
{
	office->store.today = day;
	office->store.now_ms = (int64_t)day * DAY_MS;
}

static void settle(struct desk *office)
{
	assert_int_equal(
		office_add(office, &organisation_type, 0, "name=省局;kind=province_bureau"), 1);
	assert_int_equal(office_add(office, &organisation_type, 0,
				    "name=示例中心;kind=centre;parent_id=1;host=enterprise"),
			 2);
	assert_int_equal(office_add(office, &user_type, CENTRE, "login=zhuanyuan;name=专员"), 1);
	be_manager(office);
}

static int64_t count(struct desk *office, const char *what)
{
	struct db_rows *rows;
	int64_t number;

	assert_true(db_query(office->store.db, office->store.arena,
			     arena_printf(office->store.arena, "SELECT COUNT(*) FROM %s", what),
			     NULL, 0, &rows, &office->error));
	assert_true(db_next(rows));
	number = db_integer(rows, 0);
	assert_true(db_rows_done(rows, &office->error));
	return number;
}

static struct chain_day begin(struct desk *office)
{
	static const struct actor system_actor = { .is_operator = true, .organisation_path = "/" };
	struct record_store store = office->store;
	struct chain_day day;

	store.actor = &system_actor;
	if (!chain_day_begin(&store, &day, &office->error))
		fail_msg("%s: %s", office->error.key, office->error.detail);
	return day;
}

/* In force, with the annuity of the year it will be in next. */
static void add_patent(struct desk *office, int64_t id, const char *type, date filed)
{
	char filed_on[DATE_TEXT_SIZE], granted_on[DATE_TEXT_SIZE];

	assert_int_equal(office_add(office, &patent_case_type, 0,
				    arena_printf(office->store.arena,
						 "docket=AJ-%d;title=示例;type=%s;office=CN;"
						 "owner_id=1;filed_on=%s;granted_on=%s;"
						 "publication=CN10400000%dB",
						 (int)id, type, date_format(filed, filed_on),
						 date_format(filed + 900, granted_on), (int)id)),
			 id);
	assert_true(db_execute(office->store.db,
			       "UPDATE patent_case SET state = 'in_force' WHERE id = $1",
			       DB_WITH(DB_INT(id)), &office->error));
	assert_true(office_change(office, &patent_case_type, id, "claims=9"));
}

static date due_day(struct desk *office, int64_t fee, date *raw_out)
{
	struct record *row, *patent;

	assert_true(record_load(&office->store, &fee_type, fee, &row, &office->error));
	assert_true(record_load(&office->store, &patent_case_type, record_integer(row, FEE_CASE),
				&patent, &office->error));
	*raw_out = annuity_due(record_date(patent, CASE_FILED_ON),
			       (int)record_integer(row, FEE_YEAR));
	return record_date(row, FEE_DUE_ON);
}

/* What the person in charge does about the annuity, and when. */
enum deed { NOTHING, PAYS_BEFORE, DROPS_BEFORE, TAKES_BACK, DEED_COUNT };

static void pay(struct desk *office, int64_t fee)
{
	char day[DATE_TEXT_SIZE];
	struct record *row;

	assert_true(office_step(office, &fee_type, fee, "approve"));
	assert_true(office_change(office, &fee_type, fee,
				  arena_printf(office->store.arena, "paid_on=%s",
					       date_format(office->store.today, day))));
	assert_true(record_load(&office->store, &fee_type, fee, &row, &office->error));
	assert_true(
		office_change(office, &fee_type, fee,
			      arena_printf(office->store.arena, "paid=%lld.%02lld",
					   (long long)(record_integer(row, FEE_AMOUNT) / 100),
					   (long long)(record_integer(row, FEE_AMOUNT) % 100))));
	assert_true(office_step(office, &fee_type, fee, "pay"));
}

/* Each case moves on the day after the last day of its annuity, and on no other. */
static void a_year_of_days(struct desk *office)
{
	const date first = date_of(2025, 12, 1);
	enum deed deeds[CASES + 1];
	date due[CASES + 1], raw[CASES + 1];
	int64_t moved_count = 0;

	settle(office);
	set_day(office, first);
	for (int id = 1; id <= CASES; id++) {
		add_patent(office, id, "invention", date_of(2018, 1, 1) + below(700));
		due[id] = due_day(office, id, &raw[id]);
		deeds[id] = (enum deed)(id % DEED_COUNT);
		assert_true(due[id] >= first);
	}
	for (date day = first; day < first + DAYS; day++) {
		int64_t wanted = 0;

		set_day(office, day);
		for (int id = 1; id <= CASES; id++) {
			if (day == due[id] - 3 && deeds[id] == PAYS_BEFORE)
				pay(office, id);
			if (day == due[id] - 3 && deeds[id] == DROPS_BEFORE)
				assert_true(office_step(office, &fee_type, id, "drop"));
			if (day == due[id] + 20 && deeds[id] == TAKES_BACK)
				assert_true(office_step(office, &patent_case_type, id, "pay"));
			wanted += day == due[id] + 1 && deeds[id] != PAYS_BEFORE;
		}
		assert_int_equal(begin(office).moved, wanted);
		assert_int_equal(begin(office).moved, 0);
		moved_count += wanted;
	}
	for (int id = 1; id <= CASES; id++) {
		struct record *patent;
		bool is_late = deeds[id] == NOTHING || deeds[id] == DROPS_BEFORE;

		if (due[id] + 21 >= first + DAYS)
			continue;
		assert_true(record_load(&office->store, &patent_case_type, id, &patent,
					&office->error));
		assert_string_equal(patent->state, is_late ? "grace" : "in_force");
		if (is_late)
			assert_int_equal(record_date(patent, CASE_UNPAID_FROM), raw[id]);
	}
	assert_true(moved_count > CASES / 2);
	assert_int_equal(count(office, "record_change WHERE type = 'patent_case' AND action = "
				       "'miss_annuity' AND field = 'state' AND user_id = 0"),
			 moved_count);
	assert_int_equal(count(office, "record_comment WHERE type = 'patent_case' AND user_id = 0"),
			 moved_count);
	/* the end of the grace period runs, but where it was decided not to pay */
	assert_int_equal(count(office, "deadline WHERE rule = 'A01'"), moved_count);
	assert_int_equal(count(office,
			       "deadline d JOIN fee f ON f.case_id = d.case_id WHERE "
			       "f.state = 'dropped' AND d.rule = 'A01' AND d.state = 'open'"),
			 0);
	assert_int_equal(count(office, "patent_case WHERE state LIKE 'ended%'"), 0);
}

/* A server that was off for a year brings the cases to where they would be. */
static void late_days_lead_to_the_same(struct desk *office)
{
	const date first = date_of(2025, 12, 1);
	struct record *patent;
	date raw;

	settle(office);
	set_day(office, first);
	add_patent(office, 1, "invention", date_of(2018, 10, 1));
	add_patent(office, 2, "utility", date_of(2019, 3, 9));
	assert_true(due_day(office, 1, &raw) > raw); /* a holiday */
	set_day(office, first + DAYS);
	assert_int_equal(begin(office).moved, 2);
	assert_int_equal(begin(office).moved, 0);
	assert_true(record_load(&office->store, &patent_case_type, 1, &patent, &office->error));
	assert_string_equal(patent->state, "grace");
	assert_int_equal(record_date(patent, CASE_UNPAID_FROM), date_of(2026, 10, 1));
	/* what was paid in time and is recorded now undoes it */
	be_manager(office);
	pay(office, 1);
	assert_string_equal(office_state(office, &patent_case_type, 1), "in_force");
	assert_int_equal(begin(office).moved, 0);
}

/* A term that is over is proposed, once, and changes nothing before somebody accepts. */
static void a_term_that_is_over_is_proposed(struct desk *office)
{
	settle(office);
	set_day(office, date_of(2025, 12, 1));
	add_patent(office, 1, "utility", date_of(2016, 1, 5));
	add_patent(office, 2, "invention", date_of(2006, 1, 5));
	add_patent(office, 3, "invention", date_of(2006, 1, 5));
	assert_true(office_change(office, &patent_case_type, 3, "adjustment_days=30"));
	set_day(office, date_of(2026, 1, 5));
	assert_int_equal(begin(office).proposed, 0); /* the last day of the term */
	set_day(office, date_of(2026, 1, 6));
	assert_int_equal(begin(office).proposed, 2);
	assert_int_equal(begin(office).proposed, 0);
	assert_string_equal(office_state(office, &patent_case_type, 2), "in_force");
	assert_int_equal(count(office,
			       "case_update WHERE state = 'proposed' AND field = 'ended_on' "
			       "AND new_value = '2026-01-06' AND source = 'calendar'"),
			 2);
	assert_true(office_step(office, &case_update_type, 2, "accept"));
	assert_int_equal(count(office, "patent_case WHERE state = 'final_expired'"), 1);
	set_day(office, date_of(2026, 2, 4));
	assert_int_equal(begin(office).proposed, 0);
	set_day(office, date_of(2026, 2, 5));
	assert_int_equal(begin(office).proposed, 1);
}

TEST(a_year_of_days)
TEST(late_days_lead_to_the_same)
TEST(a_term_that_is_over_is_proposed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_year_of_days),
		cmocka_unit_test(test_late_days_lead_to_the_same),
		cmocka_unit_test(test_a_term_that_is_over_is_proposed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
