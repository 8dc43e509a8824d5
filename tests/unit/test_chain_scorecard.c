/* What agencies delivered: each number within its window, an agency's own row, a centre's own cases. */
#include "types_fixture.h"

#include "chain/scorecard.h"
#include "db/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_chain_scorecard.sqlite";

enum { CENTRE = 2, AGENCY_ID, OTHER_AGENCY, OTHER_CENTRE };

/* 2025 is asked for; everything of 2024 stands outside. Disclosures were commissioned on 2025-03-01. */
static const char work[] =
	"INSERT INTO key_field (id, name, sphere, direction, organisation_id) VALUES "
	"(1, '示例领域', 'other', '示例', 2);"
	"INSERT INTO disclosure (id, state, title, key_field_id, secrecy, inventors, "
	"organisation_id) VALUES (1, 'drafting', '甲', 1, 'ordinary', ',1,', 2), "
	"(2, 'drafting', '乙', 1, 'ordinary', ',1,', 2), "
	"(3, 'drafting', '丙', 1, 'ordinary', ',1,', 2);"
	"INSERT INTO draft (id, state, disclosure_id, number, inventors, due_on, agency_id, "
	"delivered_on, organisation_id) VALUES "
	"(1, 'returned', 1, 1, ',1,', '2025-12-31', 3, '2025-03-11', 2), "
	"(2, 'confirmed', 1, 2, ',1,', '2025-12-31', 3, '2025-05-01', 2), "
	"(3, 'delivered', 2, 1, ',1,', '2025-12-31', 3, '2025-03-21', 2), "
	"(4, 'checked', 3, 1, ',1,', '2025-12-31', 4, '2025-03-02', 2), "
	"(5, 'confirmed', 3, 2, ',1,', '2024-12-31', 4, '2024-03-02', 2);"
	"INSERT INTO quality_check (id, state, draft_id, checker_id, agency_id, checked_on, "
	"errors, "
	"warnings, notes, organisation_id) VALUES (1, 'failed', 1, 1, 3, '2025-03-12', 4, 1, 1, "
	"2), "
	"(2, 'passed', 2, 1, 3, '2025-05-02', 0, 2, 0, 2);"
	"INSERT INTO patent_case (id, state, docket, title, type, office, owner_id, agency_id, "
	"granted_on, ended_on, organisation_id) VALUES "
	"(1, 'in_force', 'A1', '甲', 'invention', 'CN', 1, 3, '2025-06-01', NULL, 2), "
	"(2, 'final_rejected', 'A2', '乙', 'invention', 'CN', 1, 3, NULL, '2025-07-01', 2), "
	"(3, 'final_ended', 'A3', '丙', 'invention', 'CN', 1, 3, '2020-06-01', '2025-07-01', 2), "
	"(4, 'in_force', 'B1', '丁', 'invention', 'CN', 1, 3, '2025-06-01', NULL, 5);"
	"INSERT INTO notice (id, state, case_id, name, issued_on, service, owner_id, agency_id, "
	"organisation_id) VALUES "
	"(1, 'read', 1, '第一次审查意见通知书', '2025-01-01', 'electronic', 1, 3, 2), "
	"(2, 'read', 1, '第二次审查意见通知书', '2025-04-01', 'electronic', 1, 3, 2), "
	"(3, 'read', 2, '第一次审查意见通知书', '2025-12-31', 'electronic', 1, 3, 2), "
	"(4, 'read', 2, '驳回决定', '2025-05-01', 'electronic', 1, 3, 2), "
	"(5, 'read', 2, '第一次审查意见通知书', '2024-12-31', 'electronic', 1, 3, 2);"
	"INSERT INTO deadline (id, state, case_id, rule, title, base_on, due_on, owner_id, "
	"agency_id, "
	"organisation_id) VALUES (1, 'lapsed', 1, 'D17', '示例', '2025-01-01', '2025-05-01', 1, 3, "
	"2), "
	"(2, 'done', 1, 'D17', '示例', '2025-01-01', '2025-05-01', 1, 3, 2), (3, 'lapsed', 1, "
	"'D24', '示例', '2025-01-01', '2025-05-01', 1, 3, 2);"
	/* noon of 2025-03-01 in China */
	"INSERT INTO record_change (type, record_id, version, state, at, user_id, action, field, "
	"old_value, new_value) SELECT 'disclosure', id, 9, 'drafting', 1740801600000, 1, "
	"'commission', 'state', 'approved', 'drafting' FROM disclosure;";

static void settle(struct desk *office)
{
	static const char *const rows[] = {
		"name=省局;kind=province_bureau",
		"name=示例中心;kind=centre;parent_id=1;host=enterprise",
		"name=示例代理;kind=agency;parent_id=1",
		"name=另一代理;kind=agency;parent_id=1",
		"name=另一中心;kind=centre;parent_id=1;host=enterprise",
	};
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(office_add(office, &organisation_type, 0, rows[i]), i + 1);
	assert_int_equal(office_add(office, &user_type, CENTRE, "login=zhuanyuan;name=专员"), 1);
	if (!db_script(office->store.db, work, &office->error))
		fail_msg("%s", office->error.detail);
}

static struct chain_scorecard card_of(struct desk *office)
{
	struct chain_scorecard card;

	if (!chain_scorecard(&office->store, date_of(2025, 1, 1), date_of(2025, 12, 31), &card,
			     &office->error))
		fail_msg("%s: %s", office->error.key, office->error.detail);
	return card;
}

static void numbers_are_those_of_the_window(struct desk *office)
{
	struct chain_scorecard card;
	const struct chain_score *score;

	settle(office);
	office_be(office, BIT(ROLE_IP_MANAGER), CENTRE, "/1/2/", 1);
	card = card_of(office);
	assert_int_equal(card.count, 2);
	score = &card.scores[0];
	assert_int_equal(score->organisation_id, AGENCY_ID);
	assert_string_equal(score->name, "示例代理");
	assert_int_equal(score->drafts, 3);
	assert_int_equal(score->judged, 2);
	assert_int_equal(score->returned, 1);
	assert_int_equal(score->checks, 2);
	assert_int_equal(score->errors, 4);
	assert_int_equal(score->warnings, 3);
	assert_int_equal(score->notes, 1);
	assert_int_equal(score->first_drafts, 2);
	assert_true(score->days_to_draft == 15); /* 10 and 20 */
	assert_int_equal(score->office_actions, 3);
	assert_int_equal(score->office_action_cases, 2);
	assert_int_equal(score->granted, 1); /* the other centre's is not told */
	assert_int_equal(score->refused, 1);
	assert_int_equal(score->lapsed, 1);
	assert_int_equal(card.scores[1].organisation_id, OTHER_AGENCY);
	assert_int_equal(card.scores[1].drafts, 1);
	assert_true(card.scores[1].days_to_draft == 1);
}

static void an_agency_sees_its_own_row(struct desk *office)
{
	struct chain_scorecard card;

	settle(office);
	office_be(office, BIT(ROLE_AGENCY), AGENCY_ID, "/1/3/", 9);
	card = card_of(office);
	assert_int_equal(card.count, 1);
	assert_int_equal(card.scores[0].organisation_id, AGENCY_ID);
	assert_int_equal(card.scores[0].drafts, 3);
	assert_int_equal(card.scores[0].granted, 2); /* of both centres */
	office_be(office, BIT(ROLE_AGENCY), OTHER_CENTRE, "/1/5/", 9);
	assert_int_equal(card_of(office).count, 0);
}

TEST(numbers_are_those_of_the_window)
TEST(an_agency_sees_its_own_row)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_are_those_of_the_window),
		cmocka_unit_test(test_an_agency_sees_its_own_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
