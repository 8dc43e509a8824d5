/* From a disclosure over its evaluation to a draft that its inventors confirm. */
#include "types_fixture.h"

#include "db/db.h"
#include "rule/evaluation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_types_creation.sqlite";

enum { BUREAU = 1, CENTRE = 2, AGENT = 3, OTHER_AGENT = 4 };
enum { MANAGER_ID = 1, DIRECTOR_ID, INVENTOR_ID, SECOND_ID, JUDGE_ID };

static void be(struct desk *office, enum role role, int64_t user)
{
	office_be(office, BIT(role), CENTRE, "/1/2/", user);
}

static void be_manager(struct desk *office)
{
	be(office, ROLE_IP_MANAGER, MANAGER_ID);
}

static void be_director(struct desk *office)
{
	be(office, ROLE_DIRECTOR, DIRECTOR_ID);
}

static void be_inventor(struct desk *office)
{
	be(office, ROLE_RESEARCHER, INVENTOR_ID);
}

static void be_bureau(struct desk *office)
{
	office_be(office, BIT(ROLE_PROVINCE_OFFICER), BUREAU, "/1/", 9);
}

#define ENOUGH                                                                                     \
	"technical_field=电池;funding=自筹;shares=张三 "                                     \
	"60.5%；李四：39.5;background=a;closest_art=b;"                                        \
	"problem=c;solution=d;essential=e;effects=f;embodiments=g;publicity=无;figures=图1"

static void settle(struct desk *office)
{
	static const char *const rows[] = { "name=省局;kind=province_bureau",
					    "name=示例中心;kind=centre;parent_id=1;host=enterprise",
					    "name=示例代理;kind=agency;parent_id=1",
					    "name=示例二代理;kind=agency;parent_id=1" };
	static const char *const users[] = { "login=zhuanyuan;name=专员", "login=zhuren;name=主任",
					     "login=zhangsan;name=张三", "login=lisi;name=李四",
					     "login=wangwu;name=王五" };

	for (size_t i = 0; i < 4; i++)
		assert_int_equal(office_add(office, &organisation_type, 0, rows[i]), i + 1);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(office_add(office, &user_type, CENTRE, users[i]), i + 1);
	be_manager(office);
	assert_int_equal(office_add(office, &key_field_type, 0,
				    "name=固态电池;sphere=aerospace;direction=电解质"),
			 1);
	be_inventor(office);
	assert_int_equal(office_add(office, &disclosure_type, 0,
				    "title=复合电解质膜;key_field_id=1;secrecy=ordinary;"
				    "inventors=3,4"),
			 1);
}

static const char *text_of(struct desk *office, const char *field)
{
	struct record *record;

	assert_true(record_load(&office->store, &disclosure_type, 1, &record, &office->error));
	return str_to_cstr(
		office->store.arena,
		record_format_value(
			office->store.arena,
			&disclosure_type.fields[record_field_find(&disclosure_type, str_of(field))],
			&record->values[record_field_find(&disclosure_type, str_of(field))]));
}

static void a_disclosure_is_complete(struct desk *office)
{
	settle(office);
	assert_string_equal(text_of(office, "code"), "TA2026-0001");
	assert_string_equal(text_of(office, "completeness"), "0");
	assert_false(office_step(office, &disclosure_type, 1, "submit"));
	assert_true(office_refused(office, "completeness", "types.incomplete"));
	assert_non_null(strstr(office->errors.items[0].detail, "发明人贡献份额（必填）"));
	be_bureau(office);
	assert_false(office_sees(office, &disclosure_type, 1));
	be(office, ROLE_RESEARCHER, JUDGE_ID);
	assert_false(office_sees(office, &disclosure_type, 1));
	be(office, ROLE_RESEARCHER, SECOND_ID); /* an inventor */
	assert_true(office_change(office, &disclosure_type, 1, ENOUGH));
	assert_string_equal(text_of(office, "completeness"), "80");
	/* 85 % and yet something mandatory is missing */
	assert_true(office_change(office, &disclosure_type, 1, "goals=x;is_software=是"));
	assert_string_equal(text_of(office, "missing"),
			    "模型与算法说明（必填）、可选特征与替代方案、试验数据、"
			    "关联申请与第三方成果");
	be_inventor(office);
	assert_false(office_step(office, &disclosure_type, 1, "submit"));
	assert_true(office_change(office, &disclosure_type, 1, "software=x"));
	assert_true(office_step(office, &disclosure_type, 1, "submit"));
	be_bureau(office);
	assert_true(office_sees(office, &disclosure_type, 1));
}

static void shares_sum_to_a_hundred(struct desk *office)
{
	static const struct {
		const char *value, *key;
	} wrong[] = {
		{ "shares=张三 60；李四 39", "types.share_sum" },
		{ "shares=张三 100", "types.share_missing" },
		{ "shares=张三 50；张三 50", "types.share_twice" },
		{ "shares=张三", "types.share_unreadable" },
		{ "shares=张三 -60；李四 160", "types.share_unreadable" },
		{ "shares=60；40", "types.share_unreadable" },
		{ "shares=张三 1e2", "types.share_sum" },
		{ "shares=；；，", "types.share_sum" },
	};

	settle(office);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(office_change(office, &disclosure_type, 1, wrong[i].value));
		if (!office_refused(office, "shares", wrong[i].key))
			fail_msg("%s: %s", wrong[i].value, office->errors.items[0].key);
	}
	assert_true(
		office_change(office, &disclosure_type, 1,
			      "shares=张三 33.33，李四 33.33\n王外 33.34")); /* one from outside */
}

static void times_run_from_publicity(struct desk *office)
{
	settle(office);
	assert_true(office_change(office, &disclosure_type, 1,
				  "public_on=2025-12-15;first_filed_on=2025-03-02"));
	assert_string_equal(text_of(office, "grace_until"), "2026-06-15");
	assert_string_equal(text_of(office, "priority_until"), "2026-03-02");
	assert_false(office_change(office, &disclosure_type, 1, "public_on=2026-02-15"));
	assert_true(office_refused(office, "public_on", "types.in_future"));
	assert_false(office_change(office, &disclosure_type, 1, "public_on=2025-02-30"));
	assert_true(office_change(office, &disclosure_type, 1, "public_on="));
	assert_string_equal(text_of(office, "grace_until"), "");
}

static void is_being_evaluated(struct desk *office)
{
	a_disclosure_is_complete(office);
	be_manager(office);
	assert_true(office_step(office, &disclosure_type, 1, "accept"));
	assert_true(office_change(office, &disclosure_type, 1,
				  "search_query=TI=电解质;search_databases=示例库;search_hits=12;"
				  "searched_on=2025-12-30;features=未见"));
	assert_false(office_change(office, &disclosure_type, 1, "evaluators=5,3"));
	assert_true(office_refused(office, "evaluators", "types.own_invention"));
	assert_true(office_change(office, &disclosure_type, 1, "evaluators=5"));
	assert_false(office_step(office, &disclosure_type, 1, "evaluate"));
	assert_true(office_refused(office, "evaluators", "types.few_evaluators"));
	assert_true(office_change(office, &disclosure_type, 1, "evaluators=5,2"));
	assert_true(office_step(office, &disclosure_type, 1, "evaluate"));
	assert_false(office_add(office, &evaluation_type, 0, "disclosure_id=1;evaluator_id=4"));
	assert_true(office_refused(office, "evaluator_id", "types.own_invention"));
	assert_false(office_add(office, &evaluation_type, 0, "disclosure_id=1;evaluator_id=1"));
	assert_true(office_refused(office, "evaluator_id", "types.not_of_panel"));
}

/* Every item of the sheet the same points. */
static void score(struct desk *office, int64_t sheet, const char *points)
{
	struct record *record;
	size_t count;
	const struct evaluation_item *items = evaluation_items(SHEET_PREFILING, &count);

	office->errors.count = 0;
	assert_true(record_find(&office->store, &evaluation_type, sheet, &record, &office->error));
	for (size_t i = 0; i < count; i++) {
		char name[8];

		snprintf(name, sizeof(name), "%c%s", items[i].id[0] + 'a' - 'A', items[i].id + 1);
		if (!items[i].is_optional)
			assert_true(record_apply(&office->store, record, str_of(name),
						 str_of(points), &office->errors));
	}
	assert_true(record_apply(&office->store, record, STR("evidence"), STR("检索报告"),
				 &office->errors));
	assert_true(record_update(&office->store, record, &office->errors, &office->error));
}

static void sheets_ask_the_items(void **state)
{
	size_t count;
	const struct evaluation_item *items = evaluation_items(SHEET_PREFILING, &count);
	size_t first = record_field_find(&evaluation_type, STR("l1"));

	(void)state;
	assert_true(first != SIZE_MAX && count > 20);
	for (size_t i = 0; i < count; i++) {
		const struct field *field = &evaluation_type.fields[first + i];
		char lower[8];

		snprintf(lower, sizeof(lower), "%c%s", items[i].id[0] + 'a' - 'A', items[i].id + 1);
		assert_string_equal(field->name, lower);
		assert_int_equal(strncmp(field->label.zh, items[i].zh, strlen(items[i].zh)), 0);
		assert_string_equal(field->help.zh, items[i].ask_zh);
		assert_string_equal(field->section.zh,
				    evaluation_dimensions[items[i].dimension].zh);
	}
	assert_string_equal(evaluation_type.fields[first + count].name, "evidence");
	for (size_t i = 0; i < DECISION_COUNT; i++)
		assert_non_null(choice_find(disclosure_type.fields[DISCLOSURE_DECISION].choices,
					    str_of(evaluation_decisions[i].name)));
}

static void everybody_scores_alone(struct desk *office)
{
	struct record *sheet;
	size_t l1 = record_field_find(&evaluation_type, STR("l1"));

	is_being_evaluated(office);
	be(office, ROLE_RESEARCHER, JUDGE_ID);
	assert_false(office_sees(office, &evaluation_type, 2));
	assert_false(office_step(office, &evaluation_type, 1, "submit"));
	assert_true(office_refused(office, "l1", "record.required"));
	assert_false(office_change(office, &evaluation_type, 1, "l1=5.5"));
	assert_true(office_refused(office, "l1", "record.range"));
	score(office, 1, "4.5");
	assert_true(office_step(office, &evaluation_type, 1, "submit"));
	assert_string_equal(office_state(office, &evaluation_type, 1), "submitted");
	be_director(office); /* scores too, and does not see the other's */
	assert_true(record_find(&office->store, &evaluation_type, 1, &sheet, &office->error));
	assert_true(sheet->values[l1].is_masked);
	assert_false(office_step(office, &disclosure_type, 1, "decide_file"));
	assert_true(office_refused(office, "score", "types.not_evaluated"));
	assert_false(office_change(office, &evaluation_type, 1, "l1=1"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	score(office, 2, "4");
	assert_true(office_step(office, &evaluation_type, 2, "submit"));
	assert_string_equal(office_state(office, &evaluation_type, 1), "opened");
	assert_string_equal(office_state(office, &evaluation_type, 2), "opened");
	assert_true(record_find(&office->store, &evaluation_type, 1, &sheet, &office->error));
	assert_int_equal(record_integer(sheet, l1), 45);
	assert_string_equal(text_of(office, "score"), "85.0");
	assert_string_equal(text_of(office, "proposal"), "file");
	be_inventor(office);
	assert_false(office_sees(office, &evaluation_type, 1));
}

/* Improved, it is evaluated anew; what was scored before does not count. */
static void a_second_round_begins(struct desk *office)
{
	everybody_scores_alone(office);
	be_director(office);
	assert_true(office_step(office, &disclosure_type, 1, "decide_improve"));
	assert_string_equal(text_of(office, "decision"), "improve");
	be_inventor(office);
	assert_true(office_step(office, &disclosure_type, 1, "submit"));
	assert_string_equal(text_of(office, "score"), "");
	assert_string_equal(text_of(office, "round"), "2");
	assert_string_equal(office_state(office, &evaluation_type, 1), "void");
	be_manager(office);
	assert_true(office_step(office, &disclosure_type, 1, "accept"));
	assert_true(office_step(office, &disclosure_type, 1, "evaluate"));
	be(office, ROLE_RESEARCHER, JUDGE_ID);
	score(office, 3, "1");
	assert_true(office_step(office, &evaluation_type, 3, "submit"));
	assert_false(office_step(office, &evaluation_type, 1, "submit"));
	be_director(office);
	score(office, 4, "1");
	assert_true(office_step(office, &evaluation_type, 4, "submit"));
	assert_string_equal(text_of(office, "proposal"), "drop");
	assert_true(office_step(office, &disclosure_type, 1, "decide_drop"));
	assert_string_equal(office_state(office, &disclosure_type, 1), "declined");
}

static void add_file(struct desk *office, int64_t draft)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
		 "INSERT INTO record_file (type, record_id, name, size, sha256, media_type, at, "
		 "user_id) "
		 "VALUES ('draft', %lld, 'a.docx', 1, 'x', 'application/zip', 0, 1)",
		 (long long)draft);
	if (!db_script(office->store.db, sql, &office->error))
		fail_msg("%s", office->error.detail);
}

static void is_being_drafted(struct desk *office)
{
	everybody_scores_alone(office);
	be_director(office);
	assert_true(office_step(office, &disclosure_type, 1, "decide_file"));
	be_manager(office);
	assert_false(office_add(office, &draft_type, 0, "disclosure_id=1;due_on=2026-03-01"));
	assert_true(office_refused(office, "disclosure_id", "types.not_drafting"));
	assert_false(office_step(office, &disclosure_type, 1, "commission"));
	assert_true(office_change(office, &disclosure_type, 1, "agency_id=3"));
	assert_true(office_step(office, &disclosure_type, 1, "commission"));
	assert_int_equal(office_add(office, &draft_type, 0, "disclosure_id=1;due_on=2026-03-01"),
			 1);
}

static void the_agency_delivers(struct desk *office)
{
	is_being_drafted(office);
	add_file(office, 1);
	office_be(office, BIT(ROLE_AGENCY), OTHER_AGENT, "/1/4/", 31);
	assert_false(office_sees(office, &draft_type, 1));
	assert_false(office_sees(office, &disclosure_type, 1));
	office_be(office, BIT(ROLE_EXPERT), BUREAU, "/1/", 32);
	assert_false(office_sees(office, &draft_type, 1));
	office_be(office, BIT(ROLE_AGENCY), AGENT, "/1/3/", 30);
	assert_true(office_sees(office, &disclosure_type, 1));
	assert_false(office_sees(office, &evaluation_type, 1));
	assert_false(office_step(office, &draft_type, 1, "deliver"));
	assert_true(office_refused(office, "file", "record.required"));
	assert_false(office_change(office, &draft_type, 1, "claims=10;independent_claims=11"));
	assert_true(office_refused(office, "independent_claims", "types.more_than_claims"));
	assert_true(office_change(office, &draft_type, 1,
				  "file=1;claims=10;independent_claims=2;agent=示例"));
	assert_true(office_step(office, &draft_type, 1, "deliver"));
}

#define POINTS                                                                                     \
	"solution=10;scope=10;stability=8;layout=16;background=8;effect=7;sufficiency=16;form=10"

static void a_draft_is_checked_and_confirmed(struct desk *office)
{
	the_agency_delivers(office);
	be_manager(office);
	assert_false(office_add(office, &quality_check_type, 0, "draft_id=1;checker_id=3"));
	assert_true(office_refused(office, "checker_id", "types.own_invention"));
	assert_int_equal(office_add(office, &quality_check_type, 0,
				    "draft_id=1;checker_id=1;rules=2026-11-01;errors=2;warnings=1;"
				    "solution=5"),
			 1);
	assert_false(office_change(office, &quality_check_type, 1, "form=13"));
	assert_true(office_refused(office, "form", "record.range"));
	assert_false(office_change(office, &quality_check_type, 1, "waived=3"));
	assert_true(office_refused(office, "waived", "types.more_than_errors"));
	assert_true(office_change(office, &quality_check_type, 1, POINTS));
	assert_false(office_step(office, &quality_check_type, 1, "pass"));
	assert_true(office_refused(office, "errors", "types.errors_left"));
	assert_true(office_change(office, &quality_check_type, 1, "waived=2"));
	assert_false(office_step(office, &quality_check_type, 1, "pass"));
	assert_true(office_refused(office, "waivers", "record.required"));
	assert_true(
		office_change(office, &quality_check_type, 1, "waivers=C12 术语统一，专员;form=4"));
	assert_false(office_step(office, &quality_check_type, 1, "pass"));
	assert_true(office_refused(office, "total", "types.below_quality"));
	assert_true(office_change(office, &quality_check_type, 1, "form=10"));
	assert_false(office_step(office, &disclosure_type, 1, "finalise"));
	assert_true(office_step(office, &quality_check_type, 1, "pass"));
	assert_string_equal(office_state(office, &draft_type, 1), "checked");
	assert_false(office_step(office, &draft_type, 1, "confirm")); /* the inventors do */
	be_inventor(office);
	assert_true(office_step(office, &draft_type, 1, "confirm"));
	be_manager(office);
	assert_true(office_step(office, &disclosure_type, 1, "finalise"));
	assert_false(office_change(office, &disclosure_type, 1, "countries=CN, XQ"));
	assert_true(office_refused(office, "countries", "types.no_country"));
	assert_true(office_change(office, &disclosure_type, 1, "countries=cn、us"));
	assert_string_equal(text_of(office, "countries"), "CN,US");
	assert_false(office_step(office, &disclosure_type, 1, "file"));
	assert_true(office_refused(office, "cleared_on", "types.not_cleared"));
	assert_true(office_change(office, &disclosure_type, 1,
				  "cleared_on=2025-12-31;first_filed_on=2024-12-31"));
	assert_false(office_step(office, &disclosure_type, 1, "file")); /* over since yesterday */
	assert_true(office_refused(office, "first_filed_on", "types.priority_over"));
	assert_true(office_change(office, &disclosure_type, 1, "first_filed_on=2025-01-02"));
	assert_true(office_step(office, &disclosure_type, 1, "file"));
	assert_string_equal(text_of(office, "filed_on"), "2026-01-01");
}

static void a_bad_draft_goes_back(struct desk *office)
{
	struct record *draft;

	the_agency_delivers(office);
	be_manager(office);
	assert_int_equal(
		office_add(office, &quality_check_type, 0,
			   "draft_id=1;checker_id=1;rules=2026-11-01;errors=9;warnings=0;" POINTS),
		1);
	assert_true(office_step(office, &quality_check_type, 1, "fail"));
	assert_string_equal(office_state(office, &draft_type, 1), "returned");
	assert_int_equal(office_add(office, &draft_type, 0, "disclosure_id=1;due_on=2026-03-01"),
			 2);
	assert_true(record_load(&office->store, &draft_type, 2, &draft, &office->error));
	assert_string_equal(record_title(draft), "复合电解质膜（第2稿）");
	/* a draft that is not delivered is not checked */
	assert_int_equal(
		office_add(office, &quality_check_type, 0,
			   "draft_id=2;checker_id=1;rules=2026-11-01;errors=0;warnings=0;" POINTS),
		2);
	assert_false(office_step(office, &quality_check_type, 2, "pass"));
	assert_true(office_refused(office, "draft_id", "types.not_delivered"));
}

static void bureaus_do_not_see_the_invention(struct desk *office)
{
	static const char *const hidden[] = { "solution", "closest_art", "features" };
	struct record *record;

	everybody_scores_alone(office);
	be_bureau(office);
	assert_true(record_find(&office->store, &disclosure_type, 1, &record, &office->error));
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(
			record_text(record, record_field_find(&disclosure_type, str_of(hidden[i]))),
			"");
	assert_string_equal(record_title(record), "复合电解质膜");
	assert_false(office_sees(office, &evaluation_type, 1));
}

TEST(a_disclosure_is_complete)
TEST(shares_sum_to_a_hundred)
TEST(times_run_from_publicity)
TEST(a_second_round_begins)
TEST(a_draft_is_checked_and_confirmed)
TEST(a_bad_draft_goes_back)
TEST(bureaus_do_not_see_the_invention)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sheets_ask_the_items),
		cmocka_unit_test(test_a_disclosure_is_complete),
		cmocka_unit_test(test_shares_sum_to_a_hundred),
		cmocka_unit_test(test_times_run_from_publicity),
		cmocka_unit_test(test_a_second_round_begins),
		cmocka_unit_test(test_a_draft_is_checked_and_confirmed),
		cmocka_unit_test(test_a_bad_draft_goes_back),
		cmocka_unit_test(test_bureaus_do_not_see_the_invention),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
