/* Products, standards, awards, marks by hand, grades. */
#include "operation_fixture.h"

#include "rule/grade.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

const char types_database[] = "test_types_value.sqlite";

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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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

	settle_operation(office);
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
	assert_true(office_step(office, &patent_case_type, INVENTION, "request_invalidation"));
	assert_string_equal(shown(office, &grading_type, second, GRADING_REVIEW_ON), "2026-01-01");
	assert_string_equal(shown(office, &grading_type, first, GRADING_EVENT_ON), "");
	be_manager(office);
	assert_false(office_step(office, &grading_type,
				 new_grading(office, GRADING "5" SCORES("3", "3")), "submit"));
	expect_refused(office, "case_id", "types.not_granted");
}

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
		cmocka_unit_test(test_a_product_is_filed),
		cmocka_unit_test(test_a_product_is_confirmed_each_spring),
		cmocka_unit_test(test_a_missed_confirmation_is_over_first),
		cmocka_unit_test(test_a_standard_needs_the_patent),
		cmocka_unit_test(test_an_award_is_won_once),
		cmocka_unit_test(test_two_persons_hold_it_to_be_of_high_value),
		cmocka_unit_test(test_a_grade_is_computed),
		cmocka_unit_test(test_another_person_approves_the_grade),
		cmocka_unit_test(scores_are_the_dimensions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
