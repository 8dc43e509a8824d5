/* What is planned and promised: layout by country, portfolios, task books and their targets. */
#include "types_fixture.h"

#include "rule/indicator.h"
#include "types/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_types_plan.sqlite";

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

static void be_bureau(struct desk *office)
{
	office_be(office, BIT(ROLE_PROVINCE_OFFICER), BUREAU, "/1/", 9);
}

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
}

static const char *text_of(struct desk *office, const struct record_type *type, int64_t id,
			   size_t field)
{
	struct record *record;

	assert_true(record_load(&office->store, type, id, &record, &office->error));
	return record_text(record, field);
}

/* ---- Layout. */
#define PLAN                                                                                        \
	"code=BJ-1;title=复合电解质;types=invention;leader_id=3;markets=JP DE、us;countries=" \
	"CN,ep，us,CN"

static void markets_without_an_office_are_told(struct desk *office)
{
	settle(office);
	assert_int_equal(office_add(office, &layout_plan_type, 0, PLAN), 1);
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_COUNTRIES), "CN,EP,US");
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_MARKETS), "JP,DE,US");
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_MISSING), "JP");
	/* an international application is a right nowhere yet */
	assert_true(office_change(office, &layout_plan_type, 1, "countries=CN WO"));
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_MISSING), "JP,DE,US");
	assert_true(office_change(office, &layout_plan_type, 1, "countries=CN JP US DE"));
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_MISSING), "");
	assert_false(office_change(office, &layout_plan_type, 1, "countries=CN,XQ"));
	assert_true(office_refused(office, "countries", "types.no_country"));
	assert_string_equal(office->errors.items[0].detail, "XQ");
	assert_false(office_change(office, &layout_plan_type, 1, "markets=美国"));
	assert_true(office_refused(office, "markets", "types.no_country"));
	assert_false(office_change(office, &layout_plan_type, 1, "missing=US"));
}

#define PATENT "docket=AJ-1;title=复合电解质膜;type=invention;office=CN;owner_id=3"

static int64_t filed_case(struct desk *office)
{
	int64_t id = office_add(office, &patent_case_type, 0, PATENT);

	assert_true(id);
	assert_true(office_change(office, &patent_case_type, id, "filed_on=2025-01-31"));
	return id;
}

static void the_priority_year_is_that_of_the_first_filing(struct desk *office)
{
	settle(office);
	filed_case(office);
	assert_int_equal(office_add(office, &layout_plan_type, 0, PLAN ";first_case_id=1;cases=1"),
			 1);
	/* the last day is a Saturday; the year rolls on to a working day */
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_FIRST_FILED_ON),
			    "2025-01-31");
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_DUE_ON), "2026-02-02");
	/* the case's day changes: the plan follows */
	assert_true(office_change(office, &patent_case_type, 1, "filed_on=2025-06-03"));
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_DUE_ON), "2026-06-03");
	assert_true(office_change(office, &patent_case_type, 1, "priority_on=2025-03-03"));
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_DUE_ON), "2026-03-03");
	assert_true(office_change(office, &layout_plan_type, 1, "first_case_id="));
	assert_string_equal(text_of(office, &layout_plan_type, 1, LAYOUT_DUE_ON), "");
}

/* Art. 19: neither a plan nor a case goes abroad before the examination. */
static void nothing_goes_abroad_uncleared(struct desk *office)
{
	settle(office);
	filed_case(office);
	assert_int_equal(office_add(office, &layout_plan_type, 0,
				    PLAN ";first_case_id=1;cases=1;routes=paris"),
			 1);
	assert_true(office_step(office, &layout_plan_type, 1, "submit"));
	be_director(office);
	assert_true(office_step(office, &layout_plan_type, 1, "approve"));
	be_manager(office);
	assert_false(office_step(office, &layout_plan_type, 1, "go_abroad"));
	assert_true(office_refused(office, "first_case_id", "types.not_cleared"));
	assert_false(office_add(office, &patent_case_type, 0,
				"docket=AJ-2;title=膜;type=invention;office=US;owner_id=3"));
	assert_true(office_refused(office, "cleared_on", "types.not_cleared"));
	assert_false(office_change(office, &patent_case_type, 1, "cleared_on=2026-01-02"));
	assert_true(office_refused(office, "cleared_on", "types.in_future"));
	assert_true(office_change(office, &patent_case_type, 1, "cleared_on=2025-05-05"));
	assert_true(office_step(office, &layout_plan_type, 1, "go_abroad"));
	assert_true(office_add(office, &patent_case_type, 0,
			       "docket=AJ-2;title=膜;type=invention;office=US;owner_id=3;"
			       "cleared_on=2025-05-05"));
	/* what the article does not ask for */
	assert_true(office_add(office, &patent_case_type, 0,
			       "docket=AJ-3;title=膜;type=design;office=US;owner_id=3"));
	assert_true(office_add(office, &patent_case_type, 0,
			       "docket=AJ-4;title=膜;type=invention;office=WO;owner_id=3"));
	assert_true(office_add(office, &patent_case_type, 0,
			       "docket=AJ-5;title=膜;type=invention;office=JP;owner_id=3;"
			       "made_abroad=true"));
}

/* The disclosure's examination is the case's. */
static void the_disclosure_clears_the_case(struct desk *office)
{
	static const char foreign[] =
		"docket=AJ-2;title=膜;type=invention;office=US;owner_id=3;disclosure_id=1";
	int64_t id;

	settle(office);
	assert_true(office_add(office, &key_field_type, 0,
			       "name=固态电池;sphere=other;industry=动力电池;direction=电解质"));
	id = office_add(office, &disclosure_type, 0,
			"title=膜;inventors=3;key_field_id=1;secrecy=ordinary");
	if (!id)
		fail_msg("%s %s", office->errors.items[0].field, office->errors.items[0].key);
	assert_false(office_add(office, &patent_case_type, 0, foreign));
	assert_true(office_refused(office, "cleared_on", "types.not_cleared"));
	assert_true(db_script(office->store.db, "UPDATE disclosure SET cleared_on = '2025-05-05'",
			      &office->error));
	assert_true(office_add(office, &patent_case_type, 0, foreign));
}

/* ---- Portfolios. */
static void parts_of_a_portfolio_are_its_cases(struct desk *office)
{
	settle(office);
	filed_case(office);
	assert_false(office_add(office, &portfolio_type, 0,
				"code=ZH-1;title=电解质;kind=product;purpose=电池;leader_id=3;"
				"cases=1;core_cases=1;defensive_cases=7"));
	assert_int_equal(office_add(office, &portfolio_type, 0,
				    "code=ZH-1;title=电解质;kind=product;purpose=电池;leader_id=3"),
			 1);
	assert_false(office_change(office, &portfolio_type, 1, "core_cases=1"));
	assert_true(office_refused(office, "core_cases", "types.not_a_member"));
	assert_false(office_step(office, &portfolio_type, 1, "activate"));
	assert_true(office_refused(office, "cases", "record.required"));
	assert_true(office_change(office, &portfolio_type, 1, "cases=1;core_cases=1"));
	be_bureau(office);
	assert_false(office_sees(office, &portfolio_type, 1));
	be_manager(office);
	assert_true(office_step(office, &portfolio_type, 1, "activate"));
	assert_string_equal(text_of(office, &portfolio_type, 1, PORTFOLIO_BUILT_ON), "2026-01-01");
	be_bureau(office);
	assert_true(office_sees(office, &portfolio_type, 1));
}

/* ---- Task books. */
#define BOOK                                                                                       \
	"number=RW-1;title=育成中心;from_on=2025-01-01;until_on=2027-12-31;objectives=目标;" \
	"tasks=任务;budget=100.00;fund=50.00"

static void add_target(struct desk *office, const char *values, int64_t expected)
{
	int64_t id = office_add(office, &target_type, 0, values);

	if (id != expected)
		fail_msg("%s: %s %s", values, office->errors.items[0].field,
			 office->errors.items[0].key);
}

static void targets_are_of_a_method(struct desk *office)
{
	struct record *target;

	settle(office);
	assert_int_equal(office_add(office, &task_book_type, 0, BOOK), 1);
	assert_false(office_add(office, &target_type, 0,
				"task_book_id=1;indicator=T1;method=concluded;value=20"));
	assert_true(office_refused(office, "method", "types.method_of_other"));
	assert_false(office_add(office, &target_type, 0, "task_book_id=1;indicator=T2;value=101"));
	assert_true(office_refused(office, "value", "types.target_value"));
	assert_false(office_add(office, &target_type, 0, "task_book_id=1;indicator=T4;value=9.5"));
	assert_true(office_refused(office, "value", "types.target_value"));
	assert_false(office_add(office, &target_type, 0, "task_book_id=1;indicator=T4;value=0"));
	add_target(office, "task_book_id=1;indicator=T1;value=20.5;method=mean_yoy", 1);
	add_target(office, "task_book_id=1;indicator=T4;value=12", 2);
	assert_string_equal(text_of(office, &target_type, 2, TARGET_METHOD), "products");
	assert_false(office_add(office, &target_type, 0, "task_book_id=1;indicator=T4;value=3"));
	assert_true(office_refused(office, "indicator", "types.target_twice"));
	assert_true(record_load(&office->store, &target_type, 1, &target, &office->error));
	assert_float_equal(target_number(target), 0.205, 1e-12);
	assert_true(record_load(&office->store, &target_type, 2, &target, &office->error));
	assert_float_equal(target_number(target), 12, 1e-12);
}

static void a_signed_book_is_fixed(struct desk *office)
{
	targets_are_of_a_method(office);
	assert_false(office_step(office, &task_book_type, 1, "submit"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	be_bureau(office);
	assert_false(office_sees(office, &task_book_type, 1));
	assert_false(office_sees(office, &target_type, 1));
	be_director(office);
	assert_true(office_step(office, &task_book_type, 1, "submit"));
	assert_false(office_change(office, &target_type, 1, "value=5"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	assert_false(office_add(office, &target_type, 0, "task_book_id=1;indicator=T2;value=65"));
	assert_true(office_refused(office, "task_book_id", "types.book_is_fixed"));
	assert_false(office_step(office, &task_book_type, 1, "sign"));
	be_bureau(office);
	assert_true(office_sees(office, &target_type, 1));
	assert_true(office_step(office, &task_book_type, 1, "return"));
	be_manager(office);
	assert_true(office_change(office, &target_type, 1, "value=25"));
	be_director(office);
	assert_true(office_step(office, &task_book_type, 1, "submit"));
	be_bureau(office);
	assert_true(office_step(office, &task_book_type, 1, "sign"));
	assert_string_equal(text_of(office, &task_book_type, 1, BOOK_SIGNED_ON), "2026-01-01");
	be_director(office);
	assert_false(office_change(office, &task_book_type, 1, "title=x"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
	assert_false(office_change(office, &target_type, 1, "value=5"));
	assert_int_equal(office->error.kind, ERROR_FORBIDDEN);
}

static void sign_second(struct desk *office, const char *values, bool is_signed)
{
	int64_t id;

	be_manager(office);
	id = office_add(office, &task_book_type, 0, values);
	if (!id)
		fail_msg("%s: %s %s", values, office->errors.items[0].field,
			 office->errors.items[0].key);
	assert_true(
		office_add(office, &target_type, 0,
			   arena_printf(office->store.arena,
					"task_book_id=%lld;indicator=T2;value=70", (long long)id)));
	be_director(office);
	assert_true(office_step(office, &task_book_type, id, "submit"));
	be_bureau(office);
	assert_int_equal(office_step(office, &task_book_type, id, "sign"), is_signed);
}

/* On each day one book holds; a change takes the place of the version before. */
static void one_book_holds_at_a_time(struct desk *office)
{
	a_signed_book_is_fixed(office);
	sign_second(office,
		    "number=RW-2;title=二;from_on=2027-12-31;until_on=2030-12-31;"
		    "objectives=a;tasks=b",
		    false);
	assert_true(office_refused(office, "from_on", "types.book_overlaps"));
	assert_string_equal(office->errors.items[0].detail, "RW-1");
	sign_second(office,
		    "number=RW-3;title=三;from_on=2028-01-01;until_on=2030-12-31;"
		    "objectives=a;tasks=b",
		    true);
	be_manager(office);
	assert_false(office_add(office, &task_book_type, 0, BOOK ";previous_id=1"));
	assert_true(office_refused(office, "change_reason", "record.required"));
	sign_second(office, BOOK ";previous_id=1;change_reason=延期", true);
	assert_string_equal(office_state(office, &task_book_type, 1), "superseded");
	assert_string_equal(text_of(office, &task_book_type, 1, BOOK_ENDED_ON), "2026-01-01");
	/* a version is changed once */
	sign_second(office, BOOK ";previous_id=1;change_reason=再次", false);
	/* another centre's books are its own */
	be_manager(office);
	office_be(office, BIT(ROLE_IP_MANAGER) | BIT(ROLE_DIRECTOR), OTHER, "/1/3/", 8);
	assert_true(office_add(office, &task_book_type, 0, BOOK));
	assert_false(office_add(office, &task_book_type, 0, BOOK ";previous_id=1"));
	assert_false(office_add(office, &target_type, 0, "task_book_id=1;indicator=T3;value=70"));
}

static void impossible_books_are_refused(struct desk *office)
{
	settle(office);
	assert_false(office_add(office, &task_book_type, 0,
				"number=1;title=x;from_on=2026-01-02;until_on=2026-01-01"));
	assert_true(office_refused(office, "until_on", "types.end_before_start"));
	assert_false(office_add(office, &task_book_type, 0, BOOK ";fund=100.01"));
	assert_true(office_refused(office, "fund", "types.more_than_budget"));
	assert_false(office_add(office, &task_book_type, 0, BOOK ";base_year=2026"));
	assert_true(office_refused(office, "base_year", "types.base_year_late"));
	assert_false(office_add(office, &task_book_type, 0, BOOK ";signed_on=2026-01-02"));
	assert_true(office_refused(office, "signed_on", "types.in_future"));
	assert_int_equal(office_add(office, &task_book_type, 0, BOOK), 1);
	be_director(office);
	assert_false(office_step(office, &task_book_type, 1, "submit"));
	assert_string_equal(office->errors.items[0].key, "types.no_targets");
}

/* The choices of a target are the methods of the indicators, no more and no fewer. */
static void methods_are_those_of_the_indicators(void **state)
{
	const struct choice *indicators = target_type.fields[TARGET_INDICATOR].choices;
	const struct choice *methods = target_type.fields[TARGET_METHOD].choices;
	size_t count, own = 0;
	const struct indicator_method *all = indicator_methods(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		if (!choice_find(indicators, str_of(all[i].id)))
			continue;
		assert_non_null(choice_find(methods, str_of(all[i].method)));
		own++;
	}
	for (; methods->value; methods++)
		own--;
	assert_int_equal(own, 0);
}

TEST(markets_without_an_office_are_told)
TEST(the_priority_year_is_that_of_the_first_filing)
TEST(nothing_goes_abroad_uncleared)
TEST(the_disclosure_clears_the_case)
TEST(parts_of_a_portfolio_are_its_cases)
TEST(one_book_holds_at_a_time)
TEST(impossible_books_are_refused)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markets_without_an_office_are_told),
		cmocka_unit_test(test_the_priority_year_is_that_of_the_first_filing),
		cmocka_unit_test(test_nothing_goes_abroad_uncleared),
		cmocka_unit_test(test_the_disclosure_clears_the_case),
		cmocka_unit_test(test_parts_of_a_portfolio_are_its_cases),
		cmocka_unit_test(test_one_book_holds_at_a_time),
		cmocka_unit_test(test_impossible_books_are_refused),
		cmocka_unit_test(methods_are_those_of_the_indicators),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
