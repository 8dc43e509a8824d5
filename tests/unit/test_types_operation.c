/* Deals and their income; and what the law refuses. */
#include "operation_fixture.h"

#include "record/beside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_types_operation.sqlite";

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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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
	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
	deal = running(office, OPEN "1");
	fee = office_add(office, &fee_type, 0, "case_id=1;kind=annuity;year=9;owner_id=1");
	assert_string_equal(shown(office, &fee_type, fee, amount), "2000.00");
	assert_true(office_change(office, &deal_type, deal, "registered_on=2025-12-20"));
	assert_true(office_change(office, &fee_type, fee, "owner_id=2"));
	assert_string_equal(shown(office, &fee_type, fee, amount), "1700.00");
	fee = office_add(office, &fee_type, 0, "case_id=1;kind=annuity;year=8;owner_id=1");
	assert_string_equal(shown(office, &fee_type, fee, amount), "2000.00");
}

/* Who has no sight of a case learns nothing of it by naming it: not even that there is one. */
static void hidden_answers_as_missing(struct desk *office)
{
	static const char *const cases[] = { "case_id=6;", "case_id=1000000;" }; /* FOREIGN_CASE */

	settle_operation(office);
	for (size_t i = 0; i < 2; i++) {
		const char *values = arena_printf(office->store.arena,
						  "%skind=annuity;year=9;owner_id=1", cases[i]);

		assert_int_equal(office_add(office, &fee_type, 0, values), 0);
		assert_int_equal(office->error.kind, ERROR_INVALID);
		expect_refused(office, "case_id", "record.no_reference");
	}
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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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

TEST(deals_want_what_the_law_asks)
TEST(deals_are_validated)
TEST(what_runs_stands_in_the_way)
TEST(approval_is_not_effect)
TEST(a_pledge_binds)
TEST(trouble_of_the_case_is_seen)
TEST(a_contribution_is_registered)
TEST(an_open_licence_lowers_the_annuity)
TEST(hidden_answers_as_missing)
TEST(what_waits_is_told)
TEST(no_fen_is_lost)
TEST(bureaus_do_not_see_prices)

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
		cmocka_unit_test(test_hidden_answers_as_missing),
		cmocka_unit_test(test_what_waits_is_told),
		cmocka_unit_test(test_no_fen_is_lost),
		cmocka_unit_test(test_bureaus_do_not_see_prices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
