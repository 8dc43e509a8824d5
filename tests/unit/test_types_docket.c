/* A patent case from filing to grant, its notices and the deadlines they open and close. */
#include "types_fixture.h"

#include "db/db.h"
#include "record/beside.h"
#include "rule/case_state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_types_docket.sqlite";

enum { CENTRE = 2, AGENT = 3 };
enum { MANAGER_ID = 1, DIRECTOR_ID, OWNER_ID };

static void be_manager(struct desk *office)
{
	office_be(office, BIT(ROLE_IP_MANAGER), CENTRE, "/1/2/", MANAGER_ID);
}

static void be_director(struct desk *office)
{
	office_be(office, BIT(ROLE_DIRECTOR), CENTRE, "/1/2/", DIRECTOR_ID);
}

#define PATENT "docket=AJ-1;title=复合电解质膜;type=invention;office=CN;owner_id=3;agency_id=3"

static void settle(struct desk *office)
{
	static const char *const rows[] = { "name=省局;kind=province_bureau",
					    "name=示例中心;kind=centre;parent_id=1;host=enterprise",
					    "name=示例代理;kind=agency;parent_id=1" };
	static const char *const users[] = { "login=zhuanyuan;name=专员", "login=zhuren;name=主任",
					     "login=yanfa;name=研发" };

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(office_add(office, &organisation_type, 0, rows[i]), i + 1);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(office_add(office, &user_type, CENTRE, users[i]), i + 1);
	be_manager(office);
	assert_int_equal(office_add(office, &patent_case_type, 0, PATENT), 1);
}

static bool has_step(const struct case_transition *wanted, const char *from, const char **to_out)
{
	for (const struct transition *step = patent_case_type.transitions; step->name; step++)
		if (strcmp(step->name, wanted->event) == 0 && strcmp(step->from, from) == 0) {
			*to_out = step->to;
			return true;
		}
	return false;
}

/* Every state and every step of the tables is there, and no other. */
static void cases_move_as_the_tables_say(void **state)
{
	size_t state_count, count, found = 0, steps = 0;
	const struct case_state *states = case_state_list(&state_count);
	const struct case_transition *moves = case_transition_list(&count);

	(void)state;
	for (size_t i = 0; i < state_count; i++)
		assert_string_equal(patent_case_type.states[i].value, states[i].id);
	assert_null(patent_case_type.states[state_count].value);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < state_count; j++) {
			const char *to;

			if (!case_transition_fits(&moves[i], &states[j], PATENT_INVENTION) &&
			    !case_transition_fits(&moves[i], &states[j], PATENT_UTILITY))
				continue;
			if (!has_step(&moves[i], states[j].id, &to))
				fail_msg("%s has no %s", states[j].id, moves[i].event);
			found++;
			if (moves[i].to[0] != '@' && strcmp(moves[i].event, "reverse") != 0)
				assert_string_equal(to, moves[i].to);
		}
	for (const struct transition *step = patent_case_type.transitions; step->name; step++)
		steps++;
	assert_int_equal(found, steps + 1); /* reverse leads to two states, by the type */
}

static void numbers_are_checked(struct desk *office)
{
	static const struct {
		const char *values, *field, *key;
	} wrong[] = {
		{ "application_number=abc", "application_number", "types.not_a_number" },
		{ "application_number=202310000001.0", "application_number", "types.check_digit" },
		{ "application_number=US10/123456", "application_number", "types.other_office" },
		{ "application_number=201420201865.8", "application_number", NULL },
		{ "filed_on=2026-02-01", "filed_on", "types.in_future" },
		{ "filed_on=2025-02-01;granted_on=2024-02-01", "granted_on",
		  "types.before_filing" },
		{ "filed_on=2025-02-01;priority_on=2025-03-01", "filed_on",
		  "types.end_before_start" },
	};
	struct record *patent;

	settle(office);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(office_change(office, &patent_case_type, 1, wrong[i].values));
		if (wrong[i].key && !office_refused(office, wrong[i].field, wrong[i].key))
			fail_msg("%s: %s %s", wrong[i].values, office->errors.items[0].field,
				 office->errors.items[0].key);
	}
	assert_true(office_change(office, &patent_case_type, 1,
				  "application_number=ZL 2014 1 0201865.4"));
	assert_true(record_load(&office->store, &patent_case_type, 1, &patent, &office->error));
	assert_string_equal(record_text(patent, CASE_APPLICATION), "CN201410201865.4");
	assert_false(office_add(office, &patent_case_type, 0,
				"docket=AJ-2;title=x;type=invention;office=XQ;owner_id=3"));
	assert_true(office_refused(office, "office", "types.no_office"));
}

static bool move(struct desk *office, const char *steps)
{
	struct str rest = str_of(steps), part;

	while (str_split(&rest, STR(" "), &part))
		if (!office_step(office, &patent_case_type, 1,
				 str_to_cstr(office->store.arena, part)))
			return false;
	return true;
}

static void a_case_is_granted(struct desk *office)
{
	settle(office);
	assert_true(move(office, "submit"));
	assert_false(move(office, "accept"));
	assert_true(office_refused(office, "application_number", "record.required"));
	assert_true(office_change(office, &patent_case_type, 1,
				  "application_number=201410201865.4;filed_on=2014-05-13"));
	assert_true(move(office, "accept pay pass"));
	assert_false(move(office, "grant_notice"));
	assert_string_equal(office->error.key, "record.no_step");
	assert_false(move(office, "publish"));
	assert_true(office_refused(office, "published_on", "record.required"));
	assert_true(office_change(office, &patent_case_type, 1, "published_on=2014-08-20"));
	assert_true(move(office, "publish examine office_action deem_withdrawn"));
	assert_true(move(office, "restore")); /* to where it was lost */
	assert_string_equal(office_state(office, &patent_case_type, 1), "office_action");
	assert_true(move(office, "reply grant_notice"));
	assert_false(move(office, "register"));
	assert_true(office_change(office, &patent_case_type, 1,
				  "granted_on=2016-06-01;publication=CN104000001B"));
	assert_true(move(office, "register"));
	assert_false(move(office, "abandon")); /* is the director's */
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	be_director(office);
	assert_true(move(office, "abandon"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "final_abandoned");
}

static void a_design_is_not_examined(struct desk *office)
{
	settle(office);
	assert_int_equal(office_add(office, &patent_case_type, 0,
				    "docket=AJ-2;title=外壳;type=design;office=CN;owner_id=3"),
			 2);
	assert_true(db_script(office->store.db, "UPDATE patent_case SET state = 'preliminary'",
			      &office->error));
	assert_false(office_step(office, &patent_case_type, 2, "pass"));
	assert_true(office_refused(office, "type", "types.not_of_this_type"));
	assert_false(office_step(office, &patent_case_type, 1, "grant_notice"));
	assert_true(office_refused(office, "type", "types.not_of_this_type"));
	assert_true(office_step(office, &patent_case_type, 2, "reject"));
	assert_true(office_step(office, &patent_case_type, 2, "request_review"));
	assert_true(office_step(office, &patent_case_type, 2, "reverse"));
	assert_string_equal(office_state(office, &patent_case_type, 2), "preliminary");
}

static struct record *deadline_at(struct desk *office, int64_t id)
{
	struct record *deadline;

	assert_true(record_load(&office->store, &deadline_type, id, &deadline, &office->error));
	return deadline;
}

/* As it stands after filing, acceptance and what followed. */
static void set_case(struct desk *office, const char *state, const char *values)
{
	char sql[200];

	be_manager(office);
	snprintf(sql, sizeof(sql), "UPDATE patent_case SET state = '%s' WHERE id = 1", state);
	assert_true(db_script(office->store.db, sql, &office->error));
	if (!office_change(office, &patent_case_type, 1, values))
		fail_msg("%s %s", office->errors.items[0].field, office->errors.items[0].key);
}

#define FILED "application_number=201410201865.4;filed_on=2014-05-13"

static void notices_open_and_close_deadlines(struct desk *office)
{
	struct record *notice;

	settle(office);
	set_case(office, "examination", FILED);
	assert_false(office_add(office, &notice_type, 0,
				"case_id=1;name=催款函;issued_on=2025-12-01;service=electronic;"
				"owner_id=3"));
	assert_true(office_refused(office, "name", "types.unknown_notice"));
	assert_int_equal(office_add(office, &notice_type, 0,
				    "case_id=1;name=第一次审查意见通知书;issued_on=2025-12-01;"
				    "service=post;owner_id=3"),
			 1);
	assert_true(record_load(&office->store, &notice_type, 1, &notice, &office->error));
	assert_string_equal(
		record_text(notice, record_field_find(&notice_type, STR("received_on"))),
		"2025-12-16");
	assert_true(office_step(office, &notice_type, 1, "docket"));
	assert_string_equal(record_text(deadline_at(office, 1), DEADLINE_RULE), "D17");
	assert_string_equal(record_text(deadline_at(office, 1), DEADLINE_DUE_ON), "2026-04-16");
	assert_false(office_step(office, &notice_type, 1, "docket"));
	assert_int_equal(office_add(office, &notice_type, 0,
				    "case_id=1;name=第3次审查意见通知书;issued_on=2025-12-20;"
				    "service=electronic;owner_id=3;months=1"),
			 2);
	assert_true(office_step(office, &notice_type, 2, "docket"));
	assert_string_equal(office_state(office, &deadline_type, 1), "closed");
	assert_string_equal(record_text(deadline_at(office, 2), DEADLINE_RULE), "D18");
	assert_string_equal(record_text(deadline_at(office, 2), DEADLINE_DUE_ON), "2026-01-20");
	assert_string_equal(office_state(office, &patent_case_type, 1), "office_action");
	office_be(office, BIT(ROLE_AGENCY), AGENT, "/1/3/", 30);
	assert_true(office_sees(office, &deadline_type, 2));
	assert_true(office_sees(office, &patent_case_type, 1));
	office_be(office, BIT(ROLE_AGENCY), 9, "/1/9/", 31);
	assert_false(office_sees(office, &deadline_type, 2));
}

static void two_persons_delete_a_deadline(struct desk *office)
{
	notices_open_and_close_deadlines(office);
	office_be(office, BIT(ROLE_RESEARCHER), CENTRE, "/1/2/", OWNER_ID);
	assert_true(office_step(office, &deadline_type, 2, "acknowledge"));
	assert_string_equal(record_text(deadline_at(office, 2), DEADLINE_ACKNOWLEDGED_ON),
			    "2026-01-01");
	assert_false(office_step(office, &deadline_type, 2, "finish"));
	assert_true(office_refused(office, "outcome", "record.required"));
	be_manager(office);
	assert_false(office_step(office, &deadline_type, 2, "lapse"));
	assert_true(office_refused(office, "due_on", "types.not_over"));
	assert_true(office_step(office, &deadline_type, 2, "ask_deletion"));
	assert_false(office_step(office, &deadline_type, 2, "agree_deletion"));
	assert_true(office_refused(office, "deletion_asked_by", "types.second_person"));
	be_director(office);
	assert_true(office_step(office, &deadline_type, 2, "agree_deletion"));
	assert_string_equal(office_state(office, &deadline_type, 2), "deleted");
}

static void deadlines_are_computed_by_hand_too(struct desk *office)
{
	settle(office);
	assert_false(office_add(office, &deadline_type, 0,
				"case_id=1;rule=Z99;base_on=2026-01-01;owner_id=3"));
	assert_true(office_refused(office, "rule", "rule.unknown"));
	assert_false(office_add(office, &deadline_type, 0,
				"case_id=1;rule=D14;base_on=2026-01-01;owner_id=3;months=99"));
	assert_int_equal(office_add(office, &deadline_type, 0,
				    "case_id=1;rule=D14;base_on=2025-06-01;owner_id=3"),
			 1);
	assert_string_equal(record_text(deadline_at(office, 1), DEADLINE_DUE_ON), "2028-06-01");
	assert_false(office_change(office, &deadline_type, 1, "base_on=2025-07-01"));
	assert_false(office_change(office, &deadline_type, 1, "due_on=2029-07-01"));
}

static const char *amount_of(struct desk *office, int64_t id)
{
	size_t field = record_field_find(&fee_type, STR("amount"));
	struct record *fee;

	assert_true(record_load(&office->store, &fee_type, id, &fee, &office->error));
	return str_to_cstr(office->store.arena,
			   record_format_value(office->store.arena, &fee_type.fields[field],
					       &fee->values[field]));
}

static void fees_are_computed(struct desk *office)
{
	settle(office);
	assert_false(office_add(office, &fee_type, 0, "case_id=1;kind=annuity;year=4;owner_id=3"));
	assert_true(office_refused(office, "case_id", "types.not_filed"));
	assert_true(office_change(office, &patent_case_type, 1,
				  "application_number=201410201865.4;filed_on=2014-05-13"));
	assert_false(office_add(office, &fee_type, 0, "case_id=1;kind=annuity;owner_id=3"));
	assert_true(office_refused(office, "year", "record.required"));
	assert_false(office_add(office, &fee_type, 0,
				"case_id=1;kind=act;rule=nothing;due_on=2026-02-01;owner_id=3"));
	assert_int_equal(office_add(office, &fee_type, 0,
				    "case_id=1;kind=act;rule=examination;due_on=2026-02-01;"
				    "owner_id=3"),
			 1);
	assert_string_equal(amount_of(office, 1), "2500.00");
	assert_true(office_change(office, &patent_case_type, 1, "reduction=single"));
	assert_int_equal(office_add(office, &fee_type, 0,
				    "case_id=1;kind=act;rule=examination;due_on=2026-02-01;"
				    "owner_id=3"),
			 2);
	assert_string_equal(amount_of(office, 2), "375.00");
	assert_false(office_step(office, &fee_type, 2, "approve"));
	assert_false(office_step(office, &fee_type, 2, "drop"));
	assert_true(office_refused(office, "case_id", "types.grade_director"));
	be_director(office);
	assert_true(office_step(office, &fee_type, 2, "approve"));
	office_be(office, BIT(ROLE_FINANCE), CENTRE, "/1/2/", 7);
	assert_true(office_change(office, &fee_type, 2, "paid_on=2026-01-01;paid=374.99"));
	assert_false(office_step(office, &fee_type, 2, "pay"));
	assert_true(office_refused(office, "paid", "types.other_amount"));
	assert_false(office_change(office, &fee_type, 2, "paid=-375"));
	assert_true(office_change(office, &fee_type, 2, "paid=375"));
	assert_true(office_step(office, &fee_type, 2, "pay"));
}

/* ---- Notices take the case on. */
/* Dockets a notice in a transaction, as a request does. */
static bool receive(struct desk *office, const char *name, const char *values)
{
	char all[400];
	int64_t id;
	bool done;

	snprintf(all, sizeof(all), "case_id=1;name=%s;service=electronic;owner_id=3;%s", name,
		 values);
	id = office_add(office, &notice_type, 0, all);
	assert_true(id > 0);
	assert_true(db_begin(office->store.db, &office->error));
	done = office_step(office, &notice_type, id, "docket");
	if (done)
		assert_true(db_commit(office->store.db, &office->error));
	else
		db_rollback(office->store.db);
	return done;
}

static const char *case_text(struct desk *office, const char *field)
{
	struct record *patent;

	assert_true(record_load(&office->store, &patent_case_type, 1, &patent, &office->error));
	return record_text(patent, record_field_find(&patent_case_type, str_of(field)));
}

static int64_t count_rows(struct desk *office, const char *from)
{
	const char *sql = arena_printf(office->store.arena, "SELECT COUNT(*) FROM %s", from);
	int64_t count;

	assert_true(
		db_execute_returning(office->store.db, sql, DB_WITHOUT, &count, &office->error));
	return count;
}

static void notices_take_the_case_on(struct desk *office)
{
	settle(office);
	assert_true(move(office, "submit"));
	assert_string_equal(case_text(office, "filed_on"), "2026-01-01");
	/* before its acceptance nothing else comes */
	assert_false(receive(office, "第一次审查意见通知书", "issued_on=2014-06-01"));
	assert_true(office_refused(office, "case_id", "types.notice_state"));
	assert_false(receive(office, "专利申请受理通知书",
			     "issued_on=2014-06-01;filed_on=2014-05-13;"
			     "application_number=201410201865.5"));
	assert_true(office_refused(office, "application_number", "types.check_digit"));
	assert_false(receive(office, "专利申请受理通知书",
			     "issued_on=2014-05-01;filed_on=2014-05-13;"
			     "application_number=201410201865.4"));
	assert_true(office_refused(office, "issued_on", "types.before_filing"));
	assert_int_equal(count_rows(office, "deadline"), 0);
	assert_string_equal(office_state(office, &patent_case_type, 1), "submitted");
	assert_true(receive(office, "专利申请受理通知书",
			    "issued_on=2014-06-01;filed_on=2014-05-13;"
			    "application_number=201410201865.4"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "accepted");
	assert_string_equal(case_text(office, "filed_on"), "2014-05-13");
	assert_int_equal(count_rows(office, "deadline WHERE rule = 'D08' AND state = 'open'"), 1);
	assert_true(move(office, "pay"));
	assert_true(receive(office, "初步审查合格通知书", "issued_on=2014-08-01"));
	/* published and in examination at once; the day is the gazette's */
	assert_true(receive(office, "发明专利申请进入实质审查阶段通知书",
			    "issued_on=2014-09-01;event_on=2014-08-20;publication=CN104000001A"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "examination");
	assert_string_equal(case_text(office, "published_on"), "2014-08-20");
	assert_string_equal(case_text(office, "examined_on"), "2014-08-20");
	assert_false(receive(office, "授予实用新型专利权通知书", "issued_on=2015-01-05"));
	assert_true(office_refused(office, "case_id", "types.notice_state"));
	assert_true(receive(office, "第一次审查意见通知书", "issued_on=2015-01-05"));
	assert_true(receive(office, "第二次审查意见通知书", "issued_on=2015-06-05"));
	assert_true(receive(office, "驳回决定", "issued_on=2015-09-01"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "rejected");
	assert_string_equal(case_text(office, "rejected_on"), "2015-09-01");
	assert_true(receive(office, "复审请求受理通知书", "issued_on=2015-11-01"));
	assert_string_equal(case_text(office, "review_requested_on"), "2015-11-01");
	assert_false(receive(office, "复审决定", "issued_on=2016-03-01"));
	assert_true(office_refused(office, "result", "record.required"));
	assert_false(receive(office, "复审决定", "issued_on=2016-03-01;result=part"));
	assert_true(office_refused(office, "case_id", "types.notice_state"));
	assert_true(receive(office, "复审决定", "issued_on=2016-03-01;result=reversed"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "examination");
	assert_string_equal(case_text(office, "rejection_reversed_on"), "2016-03-01");
	/* a second rejection begins anew */
	assert_true(receive(office, "驳回决定", "issued_on=2016-06-01"));
	assert_string_equal(case_text(office, "rejected_on"), "2016-06-01");
	assert_string_equal(case_text(office, "rejection_reversed_on"), "");
	assert_string_equal(case_text(office, "review_requested_on"), "");
}

static void changed_days_move_deadlines(struct desk *office)
{
	settle(office);
	set_case(office, "published", FILED ";published_on=2014-11-19");
	assert_int_equal(office_add(office, &deadline_type, 0,
				    "case_id=1;rule=D14;base_on=2014-05-13;owner_id=3"),
			 1);
	assert_int_equal(office_add(office, &deadline_type, 0,
				    "case_id=1;rule=D14;base_on=2014-04-01;owner_id=3"),
			 2);
	assert_string_equal(record_text(deadline_at(office, 1), DEADLINE_DUE_ON), "2017-05-15");
	assert_true(office_change(office, &patent_case_type, 1, "priority_on=2013-06-03"));
	assert_string_equal(record_text(deadline_at(office, 1), DEADLINE_BASE_ON), "2013-06-03");
	assert_string_equal(record_text(deadline_at(office, 1), DEADLINE_DUE_ON), "2016-06-03");
	assert_string_equal(record_text(deadline_at(office, 2), DEADLINE_BASE_ON), "2014-04-01");
	assert_int_equal(count_rows(office, "record_comment WHERE type = 'deadline' AND "
					    "record_id = 1 AND text LIKE '%2017-05-15 → "
					    "2016-06-03%'"),
			 1);
	/* days before the filing, and days there are not, change nothing */
	assert_false(office_change(office, &patent_case_type, 1, "published_on=2014-02-30"));
	assert_true(office_refused(office, "published_on", "record.not_date"));
	assert_false(office_change(office, &patent_case_type, 1, "published_on=2014-05-12"));
	assert_true(office_refused(office, "published_on", "types.before_filing"));
	assert_true(office_step(office, &patent_case_type, 1, "deem_withdrawn"));
	assert_true(office_step(office, &patent_case_type, 1, "lapse"));
	assert_string_equal(office_state(office, &deadline_type, 1), "closed");
}

/* ---- Annuities. */
static int64_t fee_of_year(struct desk *office, int year)
{
	return count_rows(office, arena_printf(office->store.arena,
					       "fee WHERE year = %d AND kind = 'annuity'", year));
}

static void set_today(struct desk *office, int year, int month, int day)
{
	office->store.today = date_of(year, month, day);
}

static bool pay(struct desk *office, int64_t fee, const char *values)
{
	be_director(office);
	if (!office_step(office, &fee_type, fee, "approve"))
		return false;
	be_manager(office);
	return office_change(office, &fee_type, fee, values) &&
	       office_step(office, &fee_type, fee, "pay");
}

static void annuities_follow_each_other(struct desk *office)
{
	settle(office);
	set_today(office, 2016, 4, 6);
	set_case(office, "examination", FILED ";published_on=2014-11-19;reduction=single");
	assert_true(receive(office, "授予发明专利权通知书", "issued_on=2016-04-05"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "registration");
	/* year 2 with the registration, by the day R01 ends */
	assert_int_equal(count_rows(office, "fee WHERE year = 2 AND rule = 'registration' AND "
					    "due_on = '2016-06-06' AND amount = 13500"),
			 1);
	assert_true(pay(office, 1, "paid_on=2016-04-06;paid=135"));
	assert_int_equal(count_rows(office, "deadline WHERE rule = 'R01' AND state = 'done'"), 1);
	assert_int_equal(fee_of_year(office, 3), 0);
	set_today(office, 2016, 5, 4);
	assert_false(receive(office, "授权公告", "issued_on=2016-05-04"));
	assert_true(office_refused(office, "publication", "record.required"));
	assert_true(receive(office, "授权公告", "issued_on=2016-05-04;publication=CN104000001B"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "in_force");
	assert_string_equal(case_text(office, "granted_on"), "2016-05-04");
	assert_int_equal(fee_of_year(office, 3), 1);
	assert_int_equal(count_rows(office, "deadline WHERE rule = 'A00' AND state = 'open' AND "
					    "due_on = '2016-05-13'"),
			 1);
	/* a month late: nothing more; in the second month 5 % of the full annuity */
	set_today(office, 2016, 7, 1);
	assert_true(office_step(office, &patent_case_type, 1, "miss_annuity"));
	assert_string_equal(case_text(office, "unpaid_from"), "2016-05-13");
	assert_int_equal(count_rows(office, "deadline WHERE rule = 'A01' AND "
					    "due_on = '2016-11-14'"),
			 1);
	assert_false(pay(office, 2, "paid_on=2016-07-01;paid=135"));
	assert_true(office_refused(office, "paid", "types.other_amount"));
	assert_true(office_change(office, &fee_type, 2, "paid=180"));
	assert_true(office_step(office, &fee_type, 2, "pay"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "in_force");
	assert_string_equal(case_text(office, "unpaid_from"), "");
	assert_int_equal(count_rows(office, "deadline WHERE rule IN ('A00', 'A01') AND "
					    "state = 'done'"),
			 2);
	assert_int_equal(fee_of_year(office, 4), 1);
	assert_int_equal(count_rows(office, "fee"), 3);
	assert_true(receive(office, "专利权终止通知书", "issued_on=2016-07-01"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "ended_restorable");
	assert_int_equal(count_rows(office, "deadline WHERE rule = 'F02'"), 1);
}

static void grades_decide_about_annuities(struct desk *office)
{
	settle(office);
	set_case(office, "in_force", FILED ";granted_on=2016-05-04;publication=CN104000001B");
	assert_int_equal(fee_of_year(office, 13), 1); /* the next one, not those of the past */
	assert_int_equal(count_rows(office, "fee WHERE decide_on IS NULL"), 1);
	assert_false(office_step(office, &fee_type, 1, "drop"));
	assert_true(office_refused(office, "case_id", "types.grade_director"));
	assert_true(
		db_script(office->store.db, "UPDATE patent_case SET grade = 'D'", &office->error));
	set_case(office, "in_force", "claims=9");
	assert_int_equal(count_rows(office, "fee WHERE decide_on = '2026-03-14'"), 1);
	assert_true(office_step(office, &fee_type, 1, "drop"));
	assert_int_equal(count_rows(office, "fee"), 1); /* none follows what was dropped */
	assert_int_equal(count_rows(office, "deadline WHERE rule = 'A00' AND state = 'done'"), 1);
	/* taken back before the day: it is due again */
	assert_true(office_step(office, &fee_type, 1, "resume"));
	assert_string_equal(office_state(office, &fee_type, 1), "planned");
	assert_int_equal(count_rows(office, "deadline WHERE rule = 'A00' AND state = 'open'"), 1);
	assert_true(office_step(office, &fee_type, 1, "drop"));
	be_director(office);
	assert_true(office_step(office, &patent_case_type, 1, "abandon"));
	assert_false(office_step(office, &fee_type, 1, "resume"));
	assert_true(office_refused(office, "case_id", "types.not_granted"));
}

/* Whatever became of the first: dropped or paid, it is the annuity of that year. */
static void a_year_has_one_annuity(struct desk *office)
{
	static const char again[] = "case_id=1;kind=annuity;year=13;owner_id=3";

	settle(office);
	set_case(office, "in_force", FILED ";granted_on=2016-05-04;publication=CN104000001B");
	assert_int_equal(fee_of_year(office, 13), 1);
	assert_false(office_add(office, &fee_type, 0, again));
	assert_true(office_refused(office, "year", "types.annuity_exists"));
	assert_string_equal(office->errors.items[0].detail, "第13年年费 #1 待批准");
	be_director(office);
	assert_true(office_step(office, &fee_type, 1, "drop"));
	be_manager(office);
	assert_false(office_add(office, &fee_type, 0, again));
	assert_string_equal(office->errors.items[0].detail, "第13年年费 #1 决定不缴");
	assert_true(office_add(office, &fee_type, 0, "case_id=1;kind=annuity;year=12;owner_id=3") >
		    0);
	/* what somebody else has entered at the same moment */
	assert_false(db_script(office->store.db, "UPDATE fee SET annuity = '1/13' WHERE year = 12",
			       &office->error));
	assert_true(office_add(office, &fee_type, 0,
			       "case_id=1;kind=act;rule=examination;due_on=2026-02-01;owner_id=3") >
		    0);
}

static void what_is_done_takes_the_case_on(struct desk *office)
{
	settle(office);
	set_case(office, "examination", FILED);
	assert_true(receive(office, "第一次审查意见通知书", "issued_on=2025-12-01"));
	office_be(office, BIT(ROLE_RESEARCHER), CENTRE, "/1/2/", OWNER_ID);
	assert_true(office_step(office, &deadline_type, 1, "acknowledge"));
	assert_true(office_change(office, &deadline_type, 1, "outcome=已提交意见陈述书"));
	assert_true(office_step(office, &deadline_type, 1, "finish"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "examination");
}

static void a_filed_disclosure_has_its_case(struct desk *office)
{
	settle(office);
	assert_int_equal(office_add(office, &key_field_type, 0,
				    "name=固态电池;sphere=aerospace;direction=电解质"),
			 1);
	assert_int_equal(office_add(office, &disclosure_type, 0,
				    "title=隔膜;key_field_id=1;secrecy=ordinary;inventors=3;"
				    "patent_type=utility;agency_id=3"),
			 1);
	assert_true(db_script(office->store.db, "UPDATE disclosure SET state = 'final'",
			      &office->error));
	assert_true(office_step(office, &disclosure_type, 1, "file"));
	assert_int_equal(count_rows(office,
				    "patent_case WHERE disclosure_id = 1 AND title = '隔膜' "
				    "AND type = 'utility' AND state = 'submitted' AND "
				    "docket = 'AJ2026-0001' AND filed_on = '2026-01-01' "
				    "AND agency_id = 3 AND key_field_id = 1"),
			 1);
	assert_false(office_step(office, &disclosure_type, 1, "file"));
	/* one that was planned moves on instead */
	assert_int_equal(office_add(office, &disclosure_type, 0,
				    "title=电芯;key_field_id=1;secrecy=ordinary;inventors=3"),
			 2);
	assert_true(office_change(office, &patent_case_type, 1, "disclosure_id=2"));
	assert_true(db_script(office->store.db, "UPDATE disclosure SET state = 'final'",
			      &office->error));
	assert_true(office_step(office, &disclosure_type, 2, "file"));
	assert_string_equal(office_state(office, &patent_case_type, 1), "submitted");
	assert_int_equal(count_rows(office, "patent_case"), 2);
}

/* ---- Escalation. */
static size_t escalated(struct desk *office)
{
	struct record_task *tasks;
	size_t count, found = 0;

	assert_true(record_tasks(&office->store, 50, &tasks, &count, &office->error));
	for (size_t i = 0; i < count; i++)
		found += tasks[i].is_escalated;
	return found;
}

static void what_nobody_takes_up_reaches_the_director(struct desk *office)
{
	settle(office);
	set_case(office, "examination", FILED);
	assert_true(receive(office, "第一次审查意见通知书", "issued_on=2025-12-01"));
	set_today(office, 2026, 3, 24); /* due on 1 April */
	be_director(office);
	assert_int_equal(escalated(office), 0);
	set_today(office, 2026, 3, 25);
	assert_int_equal(escalated(office), 1);
	be_manager(office);
	assert_int_equal(escalated(office), 0);
	office_be(office, BIT(ROLE_RESEARCHER), CENTRE, "/1/2/", OWNER_ID);
	assert_true(office_step(office, &deadline_type, 1, "acknowledge"));
	be_director(office);
	assert_int_equal(escalated(office), 0);
	set_today(office, 2026, 4, 1);
	assert_int_equal(escalated(office), 0);
	set_today(office, 2026, 4, 2);
	assert_int_equal(escalated(office), 1);
	office_be(office, BIT(ROLE_DIRECTOR), 9, "/1/9/", 31);
	assert_int_equal(escalated(office), 0); /* another centre's */
	assert_int_equal(due_level(10, DATE_NONE, 3), DUE_RED);
	assert_int_equal(due_level(11, DATE_NONE, 3), DUE_AMBER);
	assert_int_equal(due_level(11, 2, 3), DUE_RED);
	assert_int_equal(due_level(34, DATE_NONE, 3), DUE_NORMAL);
}

/* ---- What is wrong changes nothing. */
static void wrong_input_changes_nothing(struct desk *office)
{
	static const struct {
		const struct record_type *type;
		const char *values, *field, *key;
	} wrong[] = {
		{ &patent_case_type, "filed_on=2014-02-30", "filed_on", "record.not_date" },
		{ &patent_case_type, "granted_on=2014-05-12", "granted_on", "types.before_filing" },
		{ &patent_case_type, "rejected_on=2014-05-12", "rejected_on",
		  "types.before_filing" },
		{ &patent_case_type, "review_requested_on=2015-01-01;rejected_on=2015-01-02",
		  "review_requested_on", "types.end_before_start" },
		{ &patent_case_type, "withdrawn_on=2026-01-02", "withdrawn_on", "types.in_future" },
		{ &patent_case_type, "parent_case_id=1", "parent_case_id", "types.own_parent" },
		{ &patent_case_type, "adjustment_days=-1", "adjustment_days", "record.range" },
		{ &patent_case_type, "grade=S", "grade", "record.no_field" },
		{ &fee_type, "paid=-0.01", "paid", "record.range" },
		{ &fee_type, "paid=1.005", "paid", "record.not_money" },
		{ &fee_type, "paid_on=2026-01-02", "paid_on", "types.in_future" },
		{ &deadline_type, "extension=2", "rule", "rule.not_extendable" },
	};
	int64_t before;

	settle(office);
	set_case(office, "in_force", FILED ";granted_on=2016-05-04;publication=CN104000001B");
	before = count_rows(office, "record_change");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(office_change(office, wrong[i].type, 1, wrong[i].values));
		if (!office_refused(office, wrong[i].field, wrong[i].key))
			fail_msg("%s: %s %s", wrong[i].values, office->errors.items[0].field,
				 office->errors.items[0].key);
	}
	assert_false(office_step(office, &patent_case_type, 1, "register"));
	assert_string_equal(office->error.key, "record.no_step");
	assert_false(office_step(office, &fee_type, 1, "pay"));
	assert_int_equal(count_rows(office, "record_change"), before);
}

TEST(wrong_input_changes_nothing)
TEST(what_nobody_takes_up_reaches_the_director)
TEST(notices_take_the_case_on)
TEST(changed_days_move_deadlines)
TEST(annuities_follow_each_other)
TEST(grades_decide_about_annuities)
TEST(a_year_has_one_annuity)
TEST(what_is_done_takes_the_case_on)
TEST(a_filed_disclosure_has_its_case)
TEST(fees_are_computed)
TEST(numbers_are_checked)
TEST(a_case_is_granted)
TEST(a_design_is_not_examined)
TEST(two_persons_delete_a_deadline)
TEST(deadlines_are_computed_by_hand_too)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_move_as_the_tables_say),
		cmocka_unit_test(test_wrong_input_changes_nothing),
		cmocka_unit_test(test_what_nobody_takes_up_reaches_the_director),
		cmocka_unit_test(test_notices_take_the_case_on),
		cmocka_unit_test(test_changed_days_move_deadlines),
		cmocka_unit_test(test_annuities_follow_each_other),
		cmocka_unit_test(test_grades_decide_about_annuities),
		cmocka_unit_test(test_a_year_has_one_annuity),
		cmocka_unit_test(test_what_is_done_takes_the_case_on),
		cmocka_unit_test(test_a_filed_disclosure_has_its_case),
		cmocka_unit_test(test_numbers_are_checked),
		cmocka_unit_test(test_fees_are_computed),
		cmocka_unit_test(test_a_case_is_granted),
		cmocka_unit_test(test_a_design_is_not_examined),
		cmocka_unit_test(test_two_persons_delete_a_deadline),
		cmocka_unit_test(test_deadlines_are_computed_by_hand_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
