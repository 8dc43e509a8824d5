/* What patents are put to: products, deals, income, standards, awards, grades; and what the law refuses. */
#include "types_fixture.h"

#include "db/db.h"
#include "record/beside.h"
#include "rule/grade.h"
#include "types/operation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_types_operation.sqlite";

enum { BUREAU = 1, CENTRE = 2, OTHER_CENTRE = 3, AGENT = 4 };
enum { MANAGER_ID = 1, DIRECTOR_ID, FINANCE_ID, OTHER_ID };
/* The cases settle() makes. */
enum { INVENTION = 1, UTILITY, CO_OWNED, PENDING, DEAD, FOREIGN_CASE };

static void be_manager(struct desk *office)
{
	office_be(office, BIT(ROLE_IP_MANAGER), CENTRE, "/1/2/", MANAGER_ID);
}

static void be_director(struct desk *office)
{
	office_be(office, BIT(ROLE_DIRECTOR), CENTRE, "/1/2/", DIRECTOR_ID);
}

static void be_finance(struct desk *office)
{
	office_be(office, BIT(ROLE_FINANCE), CENTRE, "/1/2/", FINANCE_ID);
}

static void be_bureau(struct desk *office)
{
	office_be(office, BIT(ROLE_PROVINCE_OFFICER), BUREAU, "/1/", OTHER_ID);
}

/* Sets a case's state as time would. */
static void put_case(struct desk *office, int64_t id, const char *set)
{
	const char *sql = arena_printf(office->store.arena,
				       "UPDATE patent_case SET %s WHERE id = %lld", set,
				       (long long)id);

	assert_true(db_script(office->store.db, sql, &office->error));
}

static void settle(struct desk *office)
{
	static const char *const rows[] = { "name=省局;kind=province_bureau",
					    "name=示例中心;kind=centre;parent_id=1;host=enterprise",
					    "name=另一中心;kind=centre;parent_id=1;host=enterprise",
					    "name=示例代理;kind=agency;parent_id=1" };
	static const char *const users[] = { "login=zhuanyuan;name=专员", "login=zhuren;name=主任",
					     "login=caiwu;name=财务", "login=qita;name=其他" };
	static const char *const cases[] = {
		"docket=A-1;title=电解质膜;type=invention;office=CN;owner_id=1;filed_on=2018-05-04;"
		"granted_on=2020-06-01",
		"docket=A-2;title=夹具;type=utility;office=CN;owner_id=1;filed_on=2019-05-06;"
		"granted_on=2019-12-03",
		"docket=A-3;title=隔膜;type=invention;office=CN;owner_id=1;filed_on=2018-05-04;"
		"granted_on=2020-06-01;co_owners=示例大学",
		"docket=A-4;title=涂层;type=invention;office=CN;owner_id=1;filed_on=2025-05-06",
		"docket=A-5;title=旧膜;type=invention;office=CN;owner_id=1;filed_on=2012-05-04;"
		"granted_on=2014-06-03",
		"docket=B-1;title=外部;type=invention;office=CN;owner_id=4;filed_on=2018-05-04;"
		"granted_on=2020-06-02",
	};

	for (size_t i = 0; i < 4; i++)
		assert_int_equal(office_add(office, &organisation_type, 0, rows[i]), i + 1);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
			office_add(office, &user_type, i < 3 ? CENTRE : OTHER_CENTRE, users[i]),
			i + 1);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(office_add(office, &patent_case_type,
					    i < 5 ? CENTRE : OTHER_CENTRE, cases[i]),
				 i + 1);
	put_case(office, INVENTION, "state = 'in_force'");
	put_case(office, UTILITY, "state = 'in_force'");
	put_case(office, CO_OWNED, "state = 'in_force'");
	put_case(office, PENDING, "state = 'examination'");
	put_case(office, DEAD, "state = 'final_ended', ended_on = '2020-05-04'");
	put_case(office, FOREIGN_CASE, "state = 'in_force'");
	be_manager(office);
}

static struct record *row(struct desk *office, const struct record_type *type, int64_t id)
{
	struct record *record;

	assert_true(record_load(&office->store, type, id, &record, &office->error));
	return record;
}

/* The value of a field as a person reads it. */
static const char *shown(struct desk *office, const struct record_type *type, int64_t id,
			 size_t field)
{
	struct record *record = row(office, type, id);

	return str_to_cstr(office->store.arena,
			   record_format_value(office->store.arena, &type->fields[field],
					       &record->values[field]));
}

static void expect_refused(const struct desk *office, const char *field, const char *key)
{
	if (!office_refused(office, field, key))
		fail_msg("not %s %s: %zu errors, %s %s", field, key, office->errors.count,
			 office->errors.items[0].field, office->errors.items[0].key);
}

/* A file a field may name. */
static void attach(struct desk *office, const struct record_type *type, int64_t id,
		   const char *field)
{
	const char *sql = arena_printf(office->store.arena,
				       "UPDATE \"%s\" SET \"%s\" = 1 WHERE id = %lld", type->name,
				       field, (long long)id);

	assert_true(db_script(office->store.db, sql, &office->error));
}

/* ---- Deals. */
static int64_t new_deal(struct desk *office, const char *values)
{
	int64_t id;

	be_manager(office);
	id = office_add(office, &deal_type, 0, values);
	if (!id)
		fail_msg("%s: %s %s", values, office->errors.items[0].field,
			 office->errors.items[0].key);
	return id;
}

static bool submit(struct desk *office, int64_t id)
{
	be_manager(office);
	return office_step(office, &deal_type, id, "submit");
}

static bool approve(struct desk *office, int64_t id)
{
	be_director(office);
	return office_step(office, &deal_type, id, "approve");
}

static bool take_effect(struct desk *office, int64_t id)
{
	be_manager(office);
	return office_step(office, &deal_type, id, "take_effect");
}

#define EXCLUSIVE                                                                                  \
	"title=独占许可;kind=licence;party=示例公司;licence_kind=exclusive;fee_kind=lump;" \
	"amount=500000;contract_on=2025-11-03;starts_on=2025-12-01;ends_on=2027-12-01;cases="
#define ORDINARY                                                                                   \
	"title=普通许可;kind=licence;party=示例公司;licence_kind=ordinary;fee_kind=free;"  \
	"contract_on=2025-11-03;starts_on=2025-12-01;cases="
#define OPEN                                                                                       \
	"title=开放许可;kind=open_licence;fee_kind=royalty;royalty_base=sales;royalty_rate=5;" \
	"fee_text=按年支付;ends_on=2027-12-31;registration_number=K1;published_on=2025-12-10;" \
	"cases="
#define PLEDGE "title=质押;kind=pledge;party=示例银行;amount=3000000;ends_on=2027-06-30;cases="
#define ASSIGNMENT                                                                                 \
	"title=转让;kind=assignment;party=示例公司;amount=800000.55;pricing=agreement;"      \
	"contract_on=2025-11-03;registered_on=2025-12-12;cases="
#define CONTRIBUTION                                                                               \
	"title=入股;kind=contribution;party=示例科技;share=12.55;contract_on=2025-11-03;cases="

/* Into effect, whoever must agree. */
static int64_t running(struct desk *office, const char *values)
{
	int64_t id = new_deal(office, values);

	if (!submit(office, id) || !approve(office, id) || !take_effect(office, id))
		fail_msg("%s: %s %s", values, office->errors.items[0].field,
			 office->errors.items[0].key);
	return id;
}

static void end_deal(struct desk *office, int64_t id)
{
	be_manager(office);
	assert_true(
		office_change(office, &deal_type, id, "ended_on=2026-01-01;end_reason=terminated"));
	assert_true(office_step(office, &deal_type, id, "end"));
}

/* What the values alone make unlawful. */
static void deals_want_what_the_law_asks(struct desk *office)
{
	static const struct {
		const char *values, *field, *key;
	} wrong[] = {
		{ OPEN "4", "cases", "types.not_granted" },
		{ OPEN "2", "evaluation_report", "types.no_report" },
		{ OPEN "1;royalty_rate=20.01", "royalty_rate", "types.open_royalty" },
		{ OPEN "1;royalty_base=profit;royalty_rate=40.01", "royalty_rate",
		  "types.open_royalty" },
		{ OPEN "1;fixed_fee=20000000.01", "fixed_fee", "types.open_fixed_fee" },
		{ OPEN "1;royalty_rate=", "royalty_rate", "record.required" },
		{ OPEN "1;ends_on=2038-05-05", "ends_on", "types.beyond_right" },
		{ OPEN "3", "consent", "types.no_consent" },
		{ OPEN "5", "cases", "types.right_ended" },
		{ EXCLUSIVE "3", "consent", "types.no_consent" },
		{ EXCLUSIVE "5", "cases", "types.right_ended" },
		{ EXCLUSIVE "1;amount=", "amount", "record.required" },
		{ EXCLUSIVE "1;is_foreign=true", "export_permit", "types.no_export_permit" },
		{ EXCLUSIVE "1;party=", "party", "record.required" },
		{ PLEDGE "4", "cases", "types.not_granted" },
		{ PLEDGE "5", "cases", "types.right_ended" },
		{ PLEDGE "3", "consent", "types.no_consent" },
		{ PLEDGE "2;ends_on=2029-05-07", "ends_on", "types.beyond_right" },
		{ ASSIGNMENT "3", "consent", "types.no_consent" },
		{ ASSIGNMENT "1,5", "cases", "types.right_ended" },
		{ ASSIGNMENT "1;is_foreign=true", "export_permit", "types.no_export_permit" },
		{ CONTRIBUTION "1", "appraised_value", "record.required" },
		{ CONTRIBUTION "3;appraised_value=9;appraised_on=2025-09-30", "consent",
		  "types.no_consent" },
		{ "title=拍卖;kind=auction;cases=3;venue=示例交易所", "consent",
		  "types.no_consent" },
		{ "title=保险;kind=insurance;cases=4;party=示例保险;amount=1", "cases",
		  "types.not_granted" },
		{ "title=证券化;kind=securitisation;cases=1;party=示例公司;amount=1", "instrument",
		  "record.required" },
	};

	settle(office);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (submit(office, new_deal(office, wrong[i].values)))
			fail_msg("submitted: %s", wrong[i].values);
		if (!office_refused(office, wrong[i].field, wrong[i].key))
			fail_msg("%s: %s %s", wrong[i].values, office->errors.items[0].field,
				 office->errors.items[0].key);
	}
	assert_true(submit(office, new_deal(office, OPEN "1;fixed_fee=20000000;royalty_rate=20")));
	assert_true(submit(office, new_deal(office, OPEN "1;royalty_base=profit;royalty_rate=40")));
	assert_true(submit(office, new_deal(office, ORDINARY "3"))); /* one owner may alone */
	assert_true(submit(office, new_deal(office, PLEDGE "1;ends_on=2038-05-04")));
	assert_true(submit(office, new_deal(office, EXCLUSIVE "4"))); /* an application */
	assert_true(submit(office, new_deal(office, EXCLUSIVE "1;is_foreign=true;"
							      "export_permit=X-1")));
}

/* What no form takes. */
static void deals_are_validated(struct desk *office)
{
	static const struct {
		const char *values, *field, *key;
	} wrong[] = {
		{ ASSIGNMENT "6", "cases", NULL },
		{ EXCLUSIVE "1;ends_on=2025-11-30", "ends_on", "types.end_before_start" },
		{ EXCLUSIVE "1;contract_on=2026-01-02;starts_on=2026-01-03", "contract_on",
		  "types.in_future" },
		{ ASSIGNMENT "1;registered_on=2025-11-02", "registered_on",
		  "types.end_before_start" },
		{ ASSIGNMENT "1;licence_kind=sole", "licence_kind", "types.not_a_licence" },
		{ CONTRIBUTION "1;appraised_on=2025-12-30", "contract_on",
		  "types.end_before_start" },
	};
	struct record *deal;

	settle(office);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (office_add(office, &deal_type, 0, wrong[i].values))
			fail_msg("made: %s", wrong[i].values);
		if (wrong[i].key)
			expect_refused(office, wrong[i].field, wrong[i].key);
	}
	deal = record_new(&office->store, &deal_type);
	office->errors.count = 0;
	assert_false(record_apply(&office->store, deal, STR("contract_on"), STR("2025-02-30"),
				  &office->errors));
	expect_refused(office, "contract_on", "record.not_date");
	assert_true(record_apply(&office->store, deal, STR("amount"), STR("-0.01"),
				 &office->errors) == false ||
		    !record_create(&office->store, deal, &office->errors, &office->error));
}

static void what_runs_stands_in_the_way(struct desk *office)
{
	int64_t deal;

	settle(office);
	deal = running(office, EXCLUSIVE "1");
	assert_string_equal(shown(office, &deal_type, deal, DEAL_RECORD_DUE_ON), "2026-03-01");
	assert_false(submit(office, new_deal(office, OPEN "1")));
	expect_refused(office, "cases", "types.exclusive_runs");
	assert_false(submit(office, new_deal(office, EXCLUSIVE "2,1")));
	expect_refused(office, "cases", "types.exclusive_runs");
	assert_string_equal(office->errors.items[0].detail, "A-1");
	assert_false(submit(office, new_deal(office, ORDINARY "1")));
	expect_refused(office, "cases", "types.exclusive_runs");
	assert_true(submit(office, new_deal(office, EXCLUSIVE "1;starts_on=2027-12-02;"
							      "ends_on=2029-12-01")));
	be_manager(office);
	assert_true(office_change(office, &deal_type, deal,
				  "registered_on=2025-12-20;registration_number=X1"));
	assert_string_equal(shown(office, &deal_type, deal, DEAL_RECORD_DUE_ON), "");
	end_deal(office, deal);

	deal = running(office, OPEN "1");
	assert_string_equal(shown(office, &deal_type, deal, DEAL_STARTS_ON), "2025-12-10");
	assert_false(submit(office, new_deal(office, EXCLUSIVE "1;licence_kind=sole")));
	expect_refused(office, "cases", "types.open_licence_runs");
	assert_false(submit(office, new_deal(office, OPEN "1")));
	expect_refused(office, "cases", "types.open_licence_runs");
	assert_true(submit(office, new_deal(office, ORDINARY "1")));
	end_deal(office, deal);
	assert_true(submit(office, new_deal(office, OPEN "1")));
}

/* Asked again when it takes effect: two were approved, one is too late. */
static void approval_is_not_effect(struct desk *office)
{
	int64_t first, second;

	settle(office);
	first = new_deal(office, EXCLUSIVE "1");
	second = new_deal(office, OPEN "1");
	assert_true(submit(office, first) && submit(office, second));
	be_manager(office);
	assert_false(office_step(office, &deal_type, first, "approve"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	assert_true(approve(office, first) && approve(office, second));
	be_manager(office);
	assert_false(office_change(office, &deal_type, first, "amount=500000.01"));
	expect_refused(office, "amount", "types.approved");
	assert_true(take_effect(office, first));
	assert_false(take_effect(office, second));
	expect_refused(office, "cases", "types.exclusive_runs");
	assert_string_equal(office_state(office, &deal_type, second), "approved");
	be_bureau(office);
	assert_true(office_sees(office, &deal_type, first));
	assert_false(office_sees(office, &deal_type, second));
	office_be(office, BIT(ROLE_AGENCY), AGENT, "/1/4/", 30);
	assert_false(office_sees(office, &deal_type, first));
}

static void a_pledge_binds(struct desk *office)
{
	int64_t pledge, deal;

	settle(office);
	pledge = new_deal(office, PLEDGE "1");
	assert_true(submit(office, pledge) && approve(office, pledge));
	assert_false(take_effect(office, pledge));
	expect_refused(office, "contract_on", "record.required");
	assert_true(office_change(office, &deal_type, pledge,
				  "contract_on=2025-12-01;registered_on=2025-12-15"));
	assert_false(take_effect(office, pledge));
	expect_refused(office, "registration_number", "record.required");
	assert_true(office_change(office, &deal_type, pledge, "registration_number=Y1"));
	assert_true(take_effect(office, pledge));
	assert_string_equal(shown(office, &deal_type, pledge, DEAL_STARTS_ON), "2025-12-15");

	assert_false(submit(office, new_deal(office, PLEDGE "1")));
	expect_refused(office, "cases", "types.pledged");
	assert_false(submit(office, new_deal(office, OPEN "1")));
	expect_refused(office, "pledgee_consent", "types.no_pledgee_consent");
	assert_false(submit(office, new_deal(office, ORDINARY "1")));
	expect_refused(office, "pledgee_consent", "types.no_pledgee_consent");
	deal = new_deal(office, ASSIGNMENT "1");
	assert_false(submit(office, deal));
	expect_refused(office, "pledgee_consent", "types.no_pledgee_consent");
	attach(office, &deal_type, deal, "pledgee_consent");
	assert_true(submit(office, deal));
	assert_true(approve(office, deal) && take_effect(office, deal));
	assert_string_equal(shown(office, &patent_case_type, INVENTION, CASE_TRANSFERRED_ON),
			    "2025-12-12");
	assert_false(submit(office, new_deal(office, ORDINARY "1"))); /* is another's now */
	expect_refused(office, "cases", "types.right_ended");
	assert_true(office_change(office, &deal_type, deal, "ended_on=2026-01-01;end_reason=void"));
	assert_true(office_step(office, &deal_type, deal, "end"));
	assert_string_equal(shown(office, &patent_case_type, INVENTION, CASE_TRANSFERRED_ON), "");
}

static void trouble_of_the_case_is_seen(struct desk *office)
{
	settle(office);
	put_case(office, INVENTION, "state = 'grace'");
	assert_false(submit(office, new_deal(office, OPEN "1")));
	expect_refused(office, "cases", "types.annuity_overdue");
	assert_false(submit(office, new_deal(office, PLEDGE "1")));
	expect_refused(office, "cases", "types.annuity_overdue");
	assert_false(submit(office, new_deal(office, ASSIGNMENT "1")));
	expect_refused(office, "cases", "types.annuity_overdue");
	assert_true(submit(office, new_deal(office, ORDINARY "1")));
	put_case(office, INVENTION, "state = 'invalidation'");
	assert_false(submit(office, new_deal(office, PLEDGE "1")));
	expect_refused(office, "cases", "types.under_attack");
	put_case(office, INVENTION, "state = 'in_force'");
	assert_true(office_change(office, &patent_case_type, INVENTION, "is_suspended=true"));
	assert_false(submit(office, new_deal(office, OPEN "1")));
	expect_refused(office, "cases", "types.suspended");
	assert_false(submit(office, new_deal(office, PLEDGE "1")));
	expect_refused(office, "cases", "types.suspended");
	put_case(office, CO_OWNED, "ownership_agreement = TRUE");
	assert_true(submit(office, new_deal(office, EXCLUSIVE "3")));
}

static void a_contribution_is_registered(struct desk *office)
{
	int64_t deal;

	settle(office);
	deal = new_deal(office, CONTRIBUTION "1;appraised_value=1200000;appraised_on=2025-09-30");
	assert_string_equal(shown(office, &deal_type, deal, DEAL_REWARD_SHARE), "6.28");
	assert_true(submit(office, deal) && approve(office, deal));
	assert_false(take_effect(office, deal));
	expect_refused(office, "registration_number", "record.required");
	assert_true(office_change(office, &deal_type, deal,
				  "registered_on=2025-12-30;registration_number=Z1"));
	assert_true(take_effect(office, deal));
	assert_string_equal(shown(office, &patent_case_type, INVENTION, CASE_TRANSFERRED_ON),
			    "2025-12-30");
}

/* 15 % off from the day the use of an open licence is recorded. */
static void an_open_licence_lowers_the_annuity(struct desk *office)
{
	const size_t amount = record_field_find(&fee_type, STR("amount"));
	int64_t deal, fee;

	settle(office);
	deal = running(office, OPEN "1");
	fee = office_add(office, &fee_type, 0, "case_id=1;kind=annuity;year=9;owner_id=1");
	assert_string_equal(shown(office, &fee_type, fee, amount), "2000.00");
	assert_true(office_change(office, &deal_type, deal, "registered_on=2025-12-20"));
	fee = office_add(office, &fee_type, 0, "case_id=1;kind=annuity;year=9;owner_id=1");
	assert_string_equal(shown(office, &fee_type, fee, amount), "1700.00");
	fee = office_add(office, &fee_type, 0, "case_id=1;kind=annuity;year=8;owner_id=1");
	assert_string_equal(shown(office, &fee_type, fee, amount), "2000.00");
}

static bool is_among(const struct record_task *tasks, size_t count, const struct record_type *type,
		     int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (tasks[i].type == type && tasks[i].record_id == id)
			return true;
	return false;
}

/* Whoever is next finds the deal among the tasks, and its days among the reminders. */
static void what_waits_is_told(struct desk *office)
{
	struct record_task *tasks;
	int64_t deal, other;
	size_t count;

	settle(office);
	deal = new_deal(office, EXCLUSIVE "1;ends_on=2026-03-01");
	other = new_deal(office, PLEDGE "2;ends_on=2026-03-01");
	assert_true(submit(office, deal) && submit(office, other));
	be_director(office);
	assert_true(record_tasks(&office->store, 50, &tasks, &count, &office->error));
	assert_true(is_among(tasks, count, &deal_type, deal));
	assert_true(approve(office, deal));
	be_manager(office);
	assert_true(record_tasks(&office->store, 50, &tasks, &count, &office->error));
	assert_true(is_among(tasks, count, &deal_type, deal));
	assert_false(is_among(tasks, count, &deal_type, other));
	assert_true(take_effect(office, deal));
	assert_true(record_reminders(&office->store, 50, &tasks, &count, &office->error));
	assert_true(is_among(tasks, count, &deal_type, deal));
	assert_false(is_among(tasks, count, &deal_type, other));
	be_bureau(office);
	assert_true(record_reminders(&office->store, 50, &tasks, &count, &office->error));
	assert_false(is_among(tasks, count, &deal_type, deal));
}

/* ---- Income. */
static int64_t new_income(struct desk *office, const char *values)
{
	int64_t id = office_add(office, &deal_income_type, 0, values);

	if (!id)
		fail_msg("%s: %s %s", values, office->errors.items[0].field,
			 office->errors.items[0].key);
	return id;
}

static void no_fen_is_lost(struct desk *office)
{
	int64_t deal, income;

	settle(office);
	deal = new_deal(office, EXCLUSIVE "1;contract_on=2024-11-03;starts_on=2024-12-01");
	be_finance(office);
	income = new_income(office, "deal_id=1;kind=lump;received_on=2024-12-20;amount=333333.33");
	assert_false(office_step(office, &deal_income_type, income, "book"));
	expect_refused(office, "deal_id", "types.deal_not_effective");
	assert_true(submit(office, deal) && approve(office, deal) && take_effect(office, deal));
	be_finance(office);
	assert_true(office_step(office, &deal_income_type, income, "book"));
	for (size_t i = 0; i < 3; i++) {
		income = new_income(office,
				    "deal_id=1;kind=royalty;received_on=2025-06-30;amount=0.01");
		assert_true(office_step(office, &deal_income_type, income, "book"));
	}
	assert_string_equal(shown(office, &deal_type, deal, DEAL_RECEIVED), "333333.36");
	assert_string_equal(shown(office, &deal_type, deal, DEAL_BY_YEAR),
			    "2024：333333.33；2025：0.03");
	assert_string_equal(shown(office, &deal_type, deal, DEAL_REWARD), "166666.68");
	assert_true(office_step(office, &deal_income_type, income, "cancel"));
	assert_string_equal(shown(office, &deal_type, deal, DEAL_RECEIVED), "333333.35");
	be_manager(office);
	assert_true(office_change(office, &deal_type, deal, "costs=333333.34"));
	assert_string_equal(shown(office, &deal_type, deal, DEAL_REWARD), "0.01");
	assert_false(office_change(office, &deal_type, deal, "received=1"));
	assert_false(office_add(office, &deal_income_type, 0,
				"deal_id=1;kind=lump;received_on=2024-11-02;amount=1"));
	expect_refused(office, "received_on", "types.before_contract");
	assert_false(office_add(office, &deal_income_type, 0,
				"deal_id=1;kind=lump;received_on=2026-01-02;amount=1"));
	expect_refused(office, "received_on", "types.in_future");
	assert_false(office_step(office, &deal_income_type, 1, "cancel"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
}

/* Bureaus see that money came and when, not how much nor from whom. */
static void bureaus_do_not_see_prices(struct desk *office)
{
	struct record *seen;
	int64_t deal;

	settle(office);
	deal = running(office, EXCLUSIVE "1;fixed_fee=1");
	be_finance(office);
	assert_true(office_step(office, &deal_income_type,
				new_income(office, "deal_id=1;kind=royalty;received_on=2025-12-30;"
						   "amount=77;payer=示例公司"),
				"book"));
	be_bureau(office);
	assert_true(record_find(&office->store, &deal_type, deal, &seen, &office->error));
	assert_int_equal(record_integer(seen, DEAL_AMOUNT), 50000000);
	assert_true(seen->values[DEAL_FIXED_FEE].is_masked);
	assert_true(seen->values[DEAL_RECEIVED].is_masked);
	assert_true(record_find(&office->store, &deal_income_type, 1, &seen, &office->error));
	assert_true(record_is_set(seen, INCOME_RECEIVED_ON));
	assert_true(seen->values[INCOME_AMOUNT].is_masked);
	assert_true(seen->values[INCOME_PAYER].is_masked);
}

/* ---- Products. */
#define PRODUCT                                                                                    \
	"name=膜电极;model=M1;category=3821 "                                                   \
	"电机制造;introduction=用于燃料电池;relation=owner;cases="

static bool product_step(struct desk *office, int64_t id, const char *step)
{
	if (strcmp(step, "submit") == 0 || strcmp(step, "revoke") == 0)
		be_director(office);
	else
		be_manager(office);
	return office_step(office, &product_type, id, step);
}

static int64_t passed_product(struct desk *office)
{
	int64_t id;

	be_manager(office);
	id = office_add(office, &product_type, 0, PRODUCT "1,2;core_cases=1;sold_from=2024-03-01");
	assert_int_not_equal(id, 0);
	assert_true(product_step(office, id, "propose") && product_step(office, id, "submit") &&
		    product_step(office, id, "review"));
	assert_true(office_change(office, &product_type, id,
				  "filing=BA-1;submitted_on=2025-02-03;passed_on=2025-02-10"));
	assert_true(product_step(office, id, "pass"));
	return id;
}

static void a_product_is_filed(struct desk *office)
{
	static const struct {
		const char *values, *field, *key;
	} wrong[] = {
		{ PRODUCT "5", "cases", "types.no_live_patent" },
		{ PRODUCT "4", "cases", "types.no_live_patent" },
		{ "name=无专利;category=x;introduction=y;relation=owner", "cases",
		  "record.required" },
		{ "name=被许可;category=x;introduction=y;relation=licensee", "licensed_patents",
		  "record.required" },
	};
	int64_t id;

	settle(office);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		id = office_add(office, &product_type, 0, wrong[i].values);
		assert_int_not_equal(id, 0);
		assert_false(product_step(office, id, "propose"));
		expect_refused(office, wrong[i].field, wrong[i].key);
	}
	assert_false(office_add(office, &product_type, 0, PRODUCT "1;core_cases=2"));
	expect_refused(office, "core_cases", "types.core_not_linked");
	id = office_add(office, &product_type, 0, PRODUCT "1");
	assert_true(product_step(office, id, "propose") && product_step(office, id, "submit") &&
		    product_step(office, id, "review"));
	assert_string_equal(shown(office, &product_type, id, PRODUCT_SUBMITTED_ON), "2026-01-01");
	assert_false(product_step(office, id, "pass"));
	expect_refused(office, "filing", "record.required");
	assert_false(office_change(office, &product_type, id, "filing=BA-9;passed_on=2025-12-31"));
	expect_refused(office, "passed_on", "types.end_before_start");
	assert_true(office_change(office, &product_type, id, "filing=BA-9;passed_on=2026-01-01"));
	put_case(office, INVENTION, "state = 'final_ended'");
	assert_false(product_step(office, id, "pass"));
	expect_refused(office, "cases", "types.no_live_patent");
	put_case(office, INVENTION, "state = 'grace'");
	assert_true(product_step(office, id, "pass"));
	assert_string_equal(shown(office, &product_type, id, PRODUCT_CONFIRM_UNTIL), "2027-03-31");
	be_bureau(office);
	assert_true(office_sees(office, &product_type, id));
}

static void a_product_is_confirmed_each_spring(struct desk *office)
{
	int64_t id, sheet;

	settle(office);
	id = passed_product(office);
	assert_string_equal(shown(office, &product_type, id, PRODUCT_CONFIRM_UNTIL), "2026-03-31");
	assert_false(product_step(office, id, "take_part"));
	expect_refused(office, "confirmed_on", "types.not_confirmed");
	assert_true(product_step(office, id, "call_update"));
	assert_false(office_add(office, &product_year_type, 0, "product_id=1;year=2024"));
	expect_refused(office, "product_id", "types.product_not_passed");
	sheet = office_add(office, &product_year_type, 0,
			   "product_id=1;year=2026;is_sold=true;domestic_sales=1000000;"
			   "export_sales=0;profit=-20000");
	assert_int_not_equal(sheet, 0);
	assert_string_equal(shown(office, &product_year_type, sheet, PRODUCT_YEAR_REMUNERATION),
			    "");
	assert_false(office_add(office, &product_year_type, 0, "product_id=1;year=2026"));
	expect_refused(office, "year", "types.year_twice");
	assert_true(office_step(office, &product_year_type, sheet, "submit"));
	assert_true(office_change(office, &product_year_type, sheet,
				  "confirmed_on=2025-12-31;profit=100.01"));
	assert_string_equal(shown(office, &product_year_type, sheet, PRODUCT_YEAR_REMUNERATION),
			    "5.01");
	be_director(office);
	assert_false(office_step(office, &product_year_type, sheet, "confirm"));
	expect_refused(office, "confirmed_on", "types.outside_window");
	be_manager(office);
	assert_true(office_change(office, &product_year_type, sheet,
				  "confirmed_on=2026-01-01;is_sold=false"));
	be_director(office);
	assert_false(office_step(office, &product_year_type, sheet, "confirm"));
	expect_refused(office, "is_sold", "types.off_market");
	be_manager(office);
	assert_true(office_change(office, &product_year_type, sheet, "is_sold=true"));
	be_director(office);
	put_case(office, INVENTION, "state = 'final_ended'");
	put_case(office, UTILITY, "state = 'final_ended'");
	assert_false(office_step(office, &product_year_type, sheet, "confirm"));
	expect_refused(office, "product_id", "types.no_live_patent");
	put_case(office, UTILITY, "state = 'in_force'");
	assert_true(office_step(office, &product_year_type, sheet, "confirm"));
	assert_string_equal(office_state(office, &product_type, id), "updated");
	assert_string_equal(shown(office, &product_type, id, PRODUCT_CONFIRM_UNTIL), "2027-03-31");
	assert_true(product_step(office, id, "take_part") &&
		    product_step(office, id, "review_patents") &&
		    product_step(office, id, "review_industry") &&
		    product_step(office, id, "publish"));
	assert_false(product_step(office, id, "recognise"));
	expect_refused(office, "recognised_on", "record.required");
	assert_true(product_step(office, id, "not_recognise"));
	assert_false(product_step(office, id, "revoke"));
	expect_refused(office, "revoked_on", "record.required");
	be_manager(office);
	assert_true(office_change(office, &product_type, id,
				  "revoked_on=2026-01-01;revoke_reason=off_market"));
	assert_true(product_step(office, id, "revoke"));
	assert_string_equal(shown(office, &product_type, id, PRODUCT_CONFIRM_UNTIL), "");
}

static void a_missed_confirmation_is_over_first(struct desk *office)
{
	int64_t now, before;

	settle(office);
	passed_product(office);
	now = office_add(office, &product_year_type, 0, "product_id=1;year=2026");
	before = office_add(office, &product_year_type, 0, "product_id=1;year=2025");
	assert_false(office_step(office, &product_year_type, now, "miss"));
	expect_refused(office, "due_on", "types.not_over");
	assert_true(office_step(office, &product_year_type, before, "miss"));
}

/* ---- Standards, awards, marks. */
static void a_standard_needs_the_patent(struct desk *office)
{
	int64_t id;

	settle(office);
	id = office_add(office, &standard_patent_type, 0,
			"case_id=1;body=示例标准组织;level=national;standard=GB/T 示例-2025;"
			"clause=5.2;claims=1;declared_on=2025-05-06;essentiality=not_essential");
	assert_int_not_equal(id, 0);
	assert_false(office_step(office, &standard_patent_type, id, "submit"));
	expect_refused(office, "commitment", "record.required");
	assert_true(office_change(office, &standard_patent_type, id, "commitment=frand"));
	assert_false(office_step(office, &standard_patent_type, id, "submit"));
	expect_refused(office, "essentiality", "types.not_essential");
	assert_true(office_change(office, &standard_patent_type, id, "essentiality=essential"));
	assert_false(office_step(office, &standard_patent_type, id, "submit"));
	expect_refused(office, "evaluator", "record.required");
	assert_true(office_change(office, &standard_patent_type, id, "essentiality=claimed"));
	assert_true(office_step(office, &standard_patent_type, id, "submit"));
	assert_false(office_step(office, &standard_patent_type, id, "confirm"));
	be_director(office);
	assert_true(office_step(office, &standard_patent_type, id, "confirm"));
	assert_true(office_step(office, &standard_patent_type, id, "withdraw"));
	assert_string_equal(shown(office, &standard_patent_type, id, STANDARD_WITHDRAWN_ON),
			    "2026-01-01");
	be_manager(office);
	assert_false(office_add(office, &standard_patent_type, 0,
				"case_id=5;body=x;level=national;standard=y"));
	expect_refused(office, "case_id", "types.right_ended");
}

static bool award_step(struct desk *office, int64_t id, const char *step)
{
	if (strcmp(step, "submit") == 0)
		be_director(office);
	else
		be_manager(office);
	return office_step(office, &award_type, id, step);
}

static int64_t new_award(struct desk *office, const char *values)
{
	be_manager(office);
	return office_add(office, &award_type, 0, values);
}

static void an_award_is_won_once(struct desk *office)
{
	int64_t id;

	settle(office);
	id = new_award(office, "title=膜;level=national_silver;cases=4");
	assert_false(award_step(office, id, "propose"));
	expect_refused(office, "cases", "types.not_granted");
	assert_false(
		award_step(office, new_award(office, "title=膜;level=national_gold"), "propose"));
	expect_refused(office, "cases", "record.required");
	id = new_award(office, "title=膜;level=national_silver;cases=1");
	assert_true(award_step(office, id, "propose") && award_step(office, id, "submit"));
	assert_false(award_step(office, id, "win"));
	expect_refused(office, "awarded_on", "record.required");
	assert_false(office_change(office, &award_type, id, "awarded_on=2025-12-31"));
	expect_refused(office, "awarded_on", "types.end_before_start");
	assert_true(office_change(office, &award_type, id,
				  "awarded_on=2026-01-01;certificate_number=示例1号;"
				  "level=national_excellence"));
	assert_true(award_step(office, id, "win"));
	id = new_award(office, "title=膜;level=national_gold;cases=1,2");
	assert_false(award_step(office, id, "propose"));
	expect_refused(office, "cases", "types.won_before");
	assert_true(award_step(office, new_award(office, "title=膜;level=provincial;cases=1"),
			       "propose"));
}

static void two_persons_hold_it_to_be_of_high_value(struct desk *office)
{
	int64_t id;

	settle(office);
	id = office_add(office, &high_value_mark_type, 0,
			"case_id=2;reason=核心产品;from_on=2025-12-01");
	assert_false(office_step(office, &high_value_mark_type, id, "submit"));
	expect_refused(office, "case_id", "types.not_an_invention");
	id = office_add(office, &high_value_mark_type, 0,
			"case_id=4;reason=核心产品;from_on=2025-12-01");
	assert_false(office_step(office, &high_value_mark_type, id, "submit"));
	expect_refused(office, "case_id", "types.not_granted");
	be_director(office);
	id = office_add(office, &high_value_mark_type, 0,
			"case_id=1;reason=核心产品;from_on=2025-12-01");
	assert_true(office_step(office, &high_value_mark_type, id, "submit"));
	assert_false(office_step(office, &high_value_mark_type, id, "approve"));
	expect_refused(office, "evidence", "record.required");
	attach(office, &high_value_mark_type, id, "evidence");
	assert_false(office_step(office, &high_value_mark_type, id, "approve"));
	expect_refused(office, "approved_by", "types.approver_is_proposer");
	be_bureau(office);
	assert_true(office_step(office, &high_value_mark_type, id, "approve"));
	assert_string_equal(shown(office, &high_value_mark_type, id, MARK_APPROVED_BY), "4");
	assert_string_equal(shown(office, &high_value_mark_type, id, MARK_PROPOSED_BY), "2");
	assert_true(office_step(office, &high_value_mark_type, id, "withdraw"));
	assert_string_equal(shown(office, &high_value_mark_type, id, MARK_UNTIL_ON), "2026-01-01");
}

/* ---- Grades. */
#define GRADING "trigger=yearly;graded_on=2025-12-01;decision=keep;case_id="
#define SCORES(relevance, rest)                                                                    \
	";relevance=" relevance ";claims=" rest ";market=" rest ";term=" rest ";citations=" rest

static int64_t new_grading(struct desk *office, const char *values)
{
	int64_t id;

	be_manager(office);
	id = office_add(office, &grading_type, 0, values);
	assert_int_not_equal(id, 0);
	return id;
}

static void a_grade_is_computed(struct desk *office)
{
	static const struct {
		const char *values, *base, *score, *grade, *proposal;
	} cases[] = {
		{ GRADING "1" SCORES("4", "4"), "4.00", "4.00", "S", "keep" },
		{ GRADING "1" SCORES("3", "4"), "3.70", "3.70", "A", "keep" },
		{ GRADING "1" SCORES("3", "4") ";sep=true", "3.70", "4.20", "S", "keep" },
		{ GRADING "1" SCORES("3", "2"), "2.30", "2.30", "C", "review" },
		{ GRADING "1" SCORES("2", "2") ";risk=true", "2.00", "1.50", "D", "sell" },
		{ GRADING "1" SCORES("1.5", "3") ";survived=true;discontinued=true", "2.55", "2.55",
		  "B", "keep" },
	};
	int64_t id;

	settle(office);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		id = new_grading(office, cases[i].values);
		assert_string_equal(shown(office, &grading_type, id, GRADING_BASE), cases[i].base);
		assert_string_equal(shown(office, &grading_type, id, GRADING_SCORE),
				    cases[i].score);
		assert_string_equal(shown(office, &grading_type, id, GRADING_GRADE),
				    cases[i].grade);
		assert_string_equal(shown(office, &grading_type, id, GRADING_PROPOSAL),
				    cases[i].proposal);
	}
	/* filed 4 May: sixty days before the annuity is before the year is over */
	assert_string_equal(shown(office, &grading_type, id, GRADING_REVIEW_ON), "2026-03-05");
	assert_false(office_add(office, &grading_type, 0, GRADING "1;relevance=5.1"));
	assert_int_equal(office->errors.count, 1);
	id = new_grading(office, GRADING "1;relevance=4");
	assert_string_equal(shown(office, &grading_type, id, GRADING_GRADE), "");
	assert_false(office_step(office, &grading_type, id, "submit"));
	expect_refused(office, "claims", "record.required");
}

/* The fields stand in the order of the tables of grades. */
static void scores_are_the_dimensions(void **state)
{
	(void)state;
	for (size_t i = 0; i < GRADE_DIMENSIONS; i++)
		assert_true(str_starts_with(str_of(grade_dimensions[i].words),
					    str_of(grading_type.fields[GRADING_SCORES + i].name)));
	for (size_t i = 0; i < GRADE_ADJUSTMENTS; i++)
		assert_string_equal(grading_type.fields[GRADING_ADJUSTMENTS + i].name,
				    grade_adjustments[i].id);
}

static void another_person_approves_the_grade(struct desk *office)
{
	int64_t first, second;

	settle(office);
	first = new_grading(office, GRADING "1" SCORES("4", "4") ";decision=abandon");
	assert_false(office_step(office, &grading_type, first, "submit"));
	expect_refused(office, "decision", "types.core_kept");
	assert_true(office_change(office, &grading_type, first, "decision=keep"));
	assert_true(office_step(office, &grading_type, first, "submit"));
	assert_false(office_step(office, &grading_type, first, "approve"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	be_director(office);
	assert_true(office_step(office, &grading_type, first, "approve"));
	assert_string_equal(shown(office, &patent_case_type, INVENTION, CASE_GRADE), "S");
	second = office_add(office, &grading_type, 0, GRADING "1" SCORES("1", "1"));
	assert_false(office_step(office, &grading_type, second, "submit"));
	expect_refused(office, "reason", "record.required");
	assert_true(office_change(office, &grading_type, second, "decision=sell"));
	assert_true(office_step(office, &grading_type, second, "submit"));
	assert_false(office_step(office, &grading_type, second, "approve"));
	expect_refused(office, "approved_by", "types.approver_is_proposer");
	office_be(office, BIT(ROLE_DIRECTOR), CENTRE, "/1/2/", FINANCE_ID); /* another director */
	assert_true(office_step(office, &grading_type, second, "approve"));
	assert_string_equal(shown(office, &patent_case_type, INVENTION, CASE_GRADE), "D");
	assert_string_equal(office_state(office, &grading_type, first), "superseded");
	be_manager(office);
	assert_false(office_step(office, &grading_type,
				 new_grading(office, GRADING "5" SCORES("3", "3")), "submit"));
	expect_refused(office, "case_id", "types.not_granted");
}

TEST(deals_want_what_the_law_asks)
TEST(deals_are_validated)
TEST(what_runs_stands_in_the_way)
TEST(approval_is_not_effect)
TEST(a_pledge_binds)
TEST(trouble_of_the_case_is_seen)
TEST(a_contribution_is_registered)
TEST(an_open_licence_lowers_the_annuity)
TEST(what_waits_is_told)
TEST(no_fen_is_lost)
TEST(bureaus_do_not_see_prices)
TEST(a_product_is_filed)
TEST(a_product_is_confirmed_each_spring)
TEST(a_missed_confirmation_is_over_first)
TEST(a_standard_needs_the_patent)
TEST(an_award_is_won_once)
TEST(two_persons_hold_it_to_be_of_high_value)
TEST(a_grade_is_computed)
TEST(another_person_approves_the_grade)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deals_want_what_the_law_asks),
		cmocka_unit_test(test_deals_are_validated),
		cmocka_unit_test(test_what_runs_stands_in_the_way),
		cmocka_unit_test(test_approval_is_not_effect),
		cmocka_unit_test(test_a_pledge_binds),
		cmocka_unit_test(test_trouble_of_the_case_is_seen),
		cmocka_unit_test(test_a_contribution_is_registered),
		cmocka_unit_test(test_an_open_licence_lowers_the_annuity),
		cmocka_unit_test(test_what_waits_is_told),
		cmocka_unit_test(test_no_fen_is_lost),
		cmocka_unit_test(test_bureaus_do_not_see_prices),
		cmocka_unit_test(test_a_product_is_filed),
		cmocka_unit_test(test_a_product_is_confirmed_each_spring),
		cmocka_unit_test(test_a_missed_confirmation_is_over_first),
		cmocka_unit_test(test_a_standard_needs_the_patent),
		cmocka_unit_test(test_an_award_is_won_once),
		cmocka_unit_test(test_two_persons_hold_it_to_be_of_high_value),
		cmocka_unit_test(test_a_grade_is_computed),
		cmocka_unit_test(scores_are_the_dimensions),
		cmocka_unit_test(test_another_person_approves_the_grade),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
