/* From a field of technology over bottleneck, project and gates to the points worth protecting. */
#include "types_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_types_cultivation.sqlite";

enum { BUREAU = 1, CENTRE = 2, OTHER = 3 };
enum { MANAGER_ID = 1, DIRECTOR_ID, RESEARCHER_ID };

static void be_manager(struct desk *office)
{
	office_be(office, BIT(ROLE_IP_MANAGER), CENTRE, "/1/2/", MANAGER_ID);
}

static void be_director(struct desk *office)
{
	office_be(office, BIT(ROLE_DIRECTOR), CENTRE, "/1/2/", DIRECTOR_ID);
}

static void be_researcher(struct desk *office)
{
	office_be(office, BIT(ROLE_RESEARCHER), CENTRE, "/1/2/", RESEARCHER_ID);
}

static void be_bureau(struct desk *office)
{
	office_be(office, BIT(ROLE_PROVINCE_OFFICER), BUREAU, "/1/", 9);
}

/* A centre with a topic, its two trees, and a field of technology that was chosen. */
static void settle(struct desk *office)
{
	static const char *const rows[] = { "name=省局;kind=province_bureau",
					    "name=示例中心;kind=centre;parent_id=1;host=enterprise",
					    "name=示例二中心;kind=centre;parent_id=1;host=other" };
	static const char *const users[] = { "login=zhuanyuan;name=专员", "login=zhuren;name=主任",
					     "login=yanfa;name=研发" };

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(office_add(office, &organisation_type, 0, rows[i]), i + 1);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(office_add(office, &user_type, CENTRE, users[i]), i + 1);
	be_manager(office);
	assert_int_equal(office_add(office, &topic_type, 0, "name=固态电池"), 1);
	assert_true(office_add(office, &topic_node_type, 0,
			       "topic_id=1;kind=technology;position=0;level=1;name=电解质"));
	assert_true(office_add(office, &topic_node_type, 0,
			       "topic_id=1;kind=effect;position=0;level=1;name=提高安全性"));
	assert_true(office_add(office, &key_field_type, 0,
			       "name=固态电池;sphere=other;industry=动力电池;direction=电解质"));
}

static void a_key_field_is_chosen(struct desk *office)
{
	settle(office);
	assert_false(office_add(office, &key_field_type, 0,
				"name=核药;sphere=other;direction=放射性药物"));
	assert_true(office_refused(office, "industry", "record.required"));
	assert_false(
		office_add(office, &key_field_type, 0, "name=固态电池;sphere=nuclear;direction=x"));
	assert_true(office_refused(office, "name", "record.taken"));
	assert_false(office_step(office, &key_field_type, 1, "submit"));
	assert_true(office_refused(office, "basis", "record.required"));
	be_bureau(office);
	assert_false(office_sees(office, &key_field_type, 1));
	be_manager(office);
	assert_true(office_change(office, &key_field_type, 1, "basis=产业规划;leader_id=3"));
	assert_true(office_step(office, &key_field_type, 1, "submit"));
	assert_false(office_step(office, &key_field_type, 1, "choose"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	be_bureau(office);
	assert_true(office_sees(office, &key_field_type, 1));
	be_director(office);
	assert_true(office_step(office, &key_field_type, 1, "choose"));
	office_be(office, BIT(ROLE_IP_MANAGER), OTHER, "/1/3/", 8);
	assert_false(office_sees(office, &key_field_type, 1));
}

#define ITEM                                                                                       \
	"code=GG-1;title=界面阻抗过高;key_field_id=1;kind=material;source=blank_spot;"       \
	"priority=high;gap=循环寿命不足"

/* A blank cell of the topic becomes an item of the list, with what it rests on. */
static void a_blank_spot_becomes_a_bottleneck(struct desk *office)
{
	settle(office);
	be_researcher(office);
	assert_int_equal(office_add(office, &bottleneck_type, 0, ITEM), 1);
	assert_false(office_step(office, &bottleneck_type, 1, "submit"));
	assert_true(office_refused(office, "topic_id", "record.required"));
	assert_false(office_change(office, &bottleneck_type, 1, "topic_id=1;technology_id=2"));
	assert_true(office_refused(office, "technology_id", "types.other_tree"));
	assert_false(office_change(office, &bottleneck_type, 1, "technology_id=1"));
	assert_true(office_refused(office, "technology_id", "types.other_tree"));
	assert_false(office_change(office, &bottleneck_type, 1,
				   "topic_id=1;technology_id=1;counted_on=2026-01-02"));
	assert_true(office_refused(office, "counted_on", "types.in_future"));
	assert_true(office_change(office, &bottleneck_type, 1,
				  "topic_id=1;technology_id=1;effect_id=2;query=TI=电池;hits=0;"
				  "counted_on=2026-01-01"));
	assert_true(office_step(office, &bottleneck_type, 1, "submit"));
	assert_false(office_change(office, &bottleneck_type, 1, "hits=7"));
	be_director(office);
	assert_false(office_step(office, &bottleneck_type, 1, "list"));
	assert_true(office_refused(office, "target", "record.required"));
	be_manager(office);
	assert_false(office_change(office, &bottleneck_type, 1,
				   "starts_on=2026-02-01;due_on=2026-01-01"));
	assert_true(office_refused(office, "due_on", "types.end_before_start"));
	assert_true(office_change(office, &bottleneck_type, 1,
				  "target=循环一千次;leader_id=3;due_on=2027-01-01"));
	be_director(office);
	assert_true(office_step(office, &bottleneck_type, 1, "list"));
	be_bureau(office);
	assert_true(office_sees(office, &bottleneck_type, 1));
}

/* How it was filled is counted by the same query. */
static void a_bottleneck_is_solved(struct desk *office)
{
	a_blank_spot_becomes_a_bottleneck(office);
	be_researcher(office);
	assert_true(office_step(office, &bottleneck_type, 1, "start"));
	assert_true(office_change(office, &bottleneck_type, 1, "outcome=达到目标"));
	assert_false(office_step(office, &bottleneck_type, 1, "solve"));
	assert_true(office_refused(office, "hits_after", "record.required"));
	assert_false(office_change(office, &bottleneck_type, 1,
				   "hits_after=12;recounted_on=2025-12-31"));
	assert_true(office_refused(office, "recounted_on", "types.end_before_start"));
	assert_true(office_change(office, &bottleneck_type, 1,
				  "hits_after=12;recounted_on=2026-01-01"));
	assert_true(office_step(office, &bottleneck_type, 1, "solve"));
	assert_false(office_step(office, &bottleneck_type, 1, "solve"));
	assert_string_equal(office->error.key, "record.no_step");
}

#define PROJECT                                                                                    \
	"code=XM-1;title=复合电解质;key_field_id=1;bottleneck_id=1;kind=joint;leader_id=3;"   \
	"starts_on=2026-01-01;due_on=2027-12-31;goal=降低阻抗;route=聚合物复合"

static int64_t add_gate(struct desk *office, const char *stage)
{
	char values[120];

	snprintf(values, sizeof(values), "project_id=1;stage=%s;held_on=2026-01-01;reviewers=1,2",
		 stage);
	be_manager(office);
	return office_add(office, &rd_gate_type, 0, values);
}

static void pass_gate(struct desk *office, const char *stage)
{
	int64_t id = add_gate(office, stage);

	assert_true(office_change(office, &rd_gate_type, id,
				  "topic_id=1;query=TI=电池;hits=40;selected=6;"
				  "searched_on=2025-12-20;findings=未见相同;influence=路线不变"));
	assert_true(office_step(office, &rd_gate_type, id, "submit"));
	be_director(office);
	assert_true(office_step(office, &rd_gate_type, id, "pass"));
}

static void a_gate_wants_evidence(struct desk *office)
{
	int64_t gate;

	a_blank_spot_becomes_a_bottleneck(office);
	be_manager(office);
	assert_int_equal(office_add(office, &rd_project_type, 0, PROJECT), 1);
	assert_false(office_step(office, &rd_project_type, 1, "submit"));
	assert_true(office_refused(office, "ownership", "record.required"));
	assert_true(office_change(office, &rd_project_type, 1, "ownership=共有"));
	gate = add_gate(office, "initiation");
	assert_false(office_step(office, &rd_gate_type, gate, "submit"));
	assert_true(office_refused(office, "query", "types.gate_evidence"));
	assert_true(office_change(office, &rd_gate_type, gate, /* where, is missing */
				  "query=TI=电池;hits=40;searched_on=2025-12-20;findings=a;"
				  "influence=b"));
	assert_false(office_step(office, &rd_gate_type, gate, "submit"));
	assert_true(office_refused(office, "query", "types.gate_evidence"));
	assert_false(office_change(office, &rd_gate_type, gate, "selected=41"));
	assert_true(office_refused(office, "selected", "types.more_than_found"));
	assert_false(office_change(office, &rd_gate_type, gate, "searched_on=2026-02-01"));
	assert_true(office_refused(office, "searched_on", "types.in_future"));
	assert_false(office_change(office, &rd_gate_type, gate, "stage=closing"));
	assert_true(office_change(office, &rd_gate_type, gate, "databases=示例数据库"));
	assert_true(office_step(office, &rd_gate_type, gate, "submit"));
	be_director(office); /* the project does not stand before it yet */
	assert_false(office_step(office, &rd_gate_type, gate, "pass"));
	assert_true(office_refused(office, "stage", "types.gate_stage"));
}

/* A delivered study is evidence; one being worked at is not. */
static void a_study_is_evidence(struct desk *office)
{
	int64_t gate, study;

	a_gate_wants_evidence(office);
	be_manager(office);
	study = office_add(office, &navigation_study_type, 0,
			   "code=DH-1;title=导航;part=research;trigger=rd_initiation;used_for="
			   "rd_initiation;decision=立项;leader_id=3;due_on=2026-12-01");
	assert_true(study);
	gate = add_gate(office, "initiation");
	assert_true(
		office_change(office, &rd_gate_type, gate, "study_id=1;findings=a;influence=b"));
	assert_false(office_step(office, &rd_gate_type, gate, "submit"));
	assert_true(office_refused(office, "query", "types.gate_evidence"));
	assert_true(db_script(office->store.db, "UPDATE navigation_study SET state = 'delivered'",
			      &office->error));
	assert_true(office_step(office, &rd_gate_type, gate, "submit"));
}

/* The centre names the agency, whose users it cannot read; they work at the study once it is approved. */
static void an_agency_works_at_a_study(struct desk *office)
{
	int64_t study;

	settle(office);
	office_be(office, BIT(ROLE_SYSTEM_ADMIN), BUREAU, "/1/", 9);
	office->actor.is_operator = true;
	assert_int_equal(
		office_add(office, &organisation_type, 0, "name=示例代理;kind=agency;parent_id=1"),
		4);
	be_manager(office);
	study = office_add(office, &navigation_study_type, 0,
			   "code=DH-1;title=导航;part=research;trigger=rd_initiation;used_for="
			   "rd_initiation;decision=立项;leader_id=3;due_on=2026-12-01;agency_id=4;"
			   "agency_people=示例代理师、检索员;budget=1.00");
	assert_true(study);
	assert_false(office_change(office, &navigation_study_type, study, "agents=1"));
	assert_true(office_step(office, &navigation_study_type, study, "submit"));
	office_be(office, BIT(ROLE_AGENCY), 4, "/1/4/", 20);
	assert_false(office_sees(office, &navigation_study_type, study));
	be_director(office);
	assert_true(office_step(office, &navigation_study_type, study, "approve"));
	office_be(office, BIT(ROLE_AGENCY), 4, "/1/4/", 20);
	assert_true(office_change(office, &navigation_study_type, study, "data_scope=示例库"));
	office_be(office, BIT(ROLE_AGENCY), OTHER, "/1/3/", 21);
	assert_false(office_sees(office, &navigation_study_type, study));
}

static void a_project_goes_through_its_gates(struct desk *office)
{
	a_gate_wants_evidence(office);
	be_manager(office);
	assert_true(office_step(office, &rd_project_type, 1, "submit"));
	be_director(office);
	assert_false(office_step(office, &rd_project_type, 1, "approve"));
	assert_true(office_refused(office, "", "types.gate_not_passed"));
	assert_string_equal(office->errors.items[0].detail, "立项");
	assert_true(office_step(office, &rd_gate_type, 1, "pass"));
	assert_true(office_step(office, &rd_project_type, 1, "approve"));
	assert_string_equal(office_state(office, &bottleneck_type, 1), "tackling");
	be_researcher(office);
	assert_true(office_change(office, &rd_project_type, 1, "result=完成"));
	assert_false(office_step(office, &rd_project_type, 1, "finish"));
	assert_string_equal(office->errors.items[0].detail, "执行");
	pass_gate(office, "execution");
	be_researcher(office);
	assert_true(office_step(office, &rd_project_type, 1, "finish"));
	be_director(office);
	assert_false(office_step(office, &rd_project_type, 1, "close"));
	pass_gate(office, "closing");
	assert_true(office_step(office, &rd_project_type, 1, "close"));
	be_bureau(office);
	assert_true(office_sees(office, &rd_project_type, 1));
	assert_false(office_change(office, &rd_project_type, 1, "title=x"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
}

static void points_are_mined(struct desk *office)
{
	struct record *session;

	a_gate_wants_evidence(office);
	be_manager(office);
	assert_int_equal(office_add(office, &mining_session_type, 0,
				    "project_id=1;title=首次挖掘;held_on=2026-03-01;methods="
				    "feature,problem;host_id=3;participants=1,3"),
			 1);
	be_researcher(office);
	assert_true(office_change(office, &mining_session_type, 1,
				  "points=界面层组成\n\n  \n热压工艺\n"));
	assert_false(office_step(office, &mining_session_type, 1, "hold"));
	assert_true(office_refused(office, "held_on", "types.in_future"));
	assert_true(office_change(office, &mining_session_type, 1, "held_on=2025-12-31"));
	assert_true(office_step(office, &mining_session_type, 1, "hold"));
	assert_true(record_load(&office->store, &mining_session_type, 1, &session, &office->error));
	assert_int_equal(record_integer(session, record_field_find(&mining_session_type,
								   STR("point_count"))),
			 2);
	be_manager(office);
	assert_false(office_step(office, &mining_session_type, 1, "close"));
	assert_true(office_refused(office, "expected_proposals", "record.required"));
	be_bureau(office); /* the fact of it, not the points */
	assert_true(record_find(&office->store, &mining_session_type, 1, &session, &office->error));
	assert_string_equal(
		record_text(session, record_field_find(&mining_session_type, STR("points"))), "");
}

static void hostile_values_are_refused(struct desk *office)
{
	settle(office);
	be_manager(office);
	assert_false(office_add(office, &bottleneck_type, 0,
				ITEM ";budget=-0.01;hits=-1;"
				     "expected_patents=99999"));
	assert_int_equal(office->errors.count, 3);
	assert_string_equal(office->errors.items[0].key, "record.range");
	assert_int_equal(office_add(office, &bottleneck_type, 0, ITEM), 1);
	assert_false(office_change(office, &bottleneck_type, 1, "due_on=2026-02-30"));
	assert_false(office_change(office, &bottleneck_type, 1, "solved_on=2026-01-01"));
	assert_false(office_change(office, &bottleneck_type, 1, "topic_id=99"));
	/* another centre's topic and field are not there */
	office_be(office, BIT(ROLE_IP_MANAGER), OTHER, "/1/3/", 8);
	assert_false(office_add(office, &bottleneck_type, 0, ITEM));
	assert_true(office_refused(office, "key_field_id", "record.no_reference"));
}

TEST(a_key_field_is_chosen)
TEST(a_bottleneck_is_solved)
TEST(a_study_is_evidence)
TEST(an_agency_works_at_a_study)
TEST(a_project_goes_through_its_gates)
TEST(points_are_mined)
TEST(hostile_values_are_refused)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_key_field_is_chosen),
		cmocka_unit_test(test_a_bottleneck_is_solved),
		cmocka_unit_test(test_a_study_is_evidence),
		cmocka_unit_test(test_an_agency_works_at_a_study),
		cmocka_unit_test(test_a_project_goes_through_its_gates),
		cmocka_unit_test(test_points_are_mined),
		cmocka_unit_test(test_hostile_values_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
