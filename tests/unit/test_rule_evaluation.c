/* Evaluation sheets, hierarchy weights, grades: tables that add up, decisions, spreads, bad sheets. */
#include "rule/evaluation.h"
#include "base/strbuf.h"
#include "rule/grade.h"
#include "rule/hierarchy.h"
#include "sheet_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(1 << 16);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static void assert_near(double got, double expected)
{
	if (!(fabs(got - expected) < 0.0001))
		fail_msg("%.6f instead of %.6f", got, expected);
}

/* A sheet on which each person gives every counted item one score, with the changes told. */
struct change {
	const char *item, *evaluator;
	double score; /* below 0: leaves it out */
	const char *evidence;
};

static struct evaluation_result evaluated(enum evaluation_kind kind, const double *scores,
					  size_t people, const struct change *changes,
					  size_t change_count, bool trimmed)
{
	static const char *const names[] = { "甲", "乙", "丙", "丁" };
	struct evaluation_score list[512];
	struct evaluation_weights weights;
	struct evaluation_result result;
	struct error error = { .kind = ERROR_NONE };
	size_t count, filled = 0;
	const struct evaluation_item *items = evaluation_items(kind, &count);

	assert_true(evaluation_weights_of(kind, STR("licence"), &weights, &error));
	for (size_t p = 0; p < people; p++)
		for (size_t i = 0; i < count; i++) {
			struct evaluation_score score = { .item = str_of(items[i].id),
							  .evaluator = str_of(names[p]),
							  .evidence = STR("证据"),
							  .score = items[i].is_optional
									   ? -1
									   : scores[p] };

			for (size_t c = 0; c < change_count; c++)
				if (strcmp(changes[c].item, items[i].id) == 0 &&
				    strcmp(changes[c].evaluator, names[p]) == 0) {
					score.score = changes[c].score;
					score.evidence = str_of(changes[c].evidence);
				}
			if (score.score >= 0)
				list[filled++] = score;
		}
	assert_true(
		evaluation_compute(arena, kind, &weights, list, filled, trimmed, &result, &error));
	return result;
}

static void test_weights(void **state)
{
	size_t count;
	const struct evaluation_scenario *scenarios = evaluation_scenarios(&count);
	struct evaluation_weights weights;
	struct error error = { .kind = ERROR_NONE };
	double points[DIMENSION_COUNT] = { 0 };
	const struct evaluation_item *items;

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_true(evaluation_weights_of(SHEET_VALUE, str_of(scenarios[i].id), &weights,
						  &error));
		assert_true(evaluation_weights_check(SHEET_VALUE, &weights, &error));
	}
	assert_true(evaluation_weights_of(SHEET_PREFILING, STR_EMPTY, &weights, &error));
	assert_true(evaluation_weights_check(SHEET_PREFILING, &weights, &error));
	items = evaluation_items(SHEET_PREFILING, &count);
	for (size_t i = 0; i < count; i++) {
		points[items[i].dimension] += items[i].weight;
		assert_true(*items[i].zh && *items[i].en && *items[i].ask_en && *items[i].basis);
	}
	assert_near(points[DIMENSION_PROSPECT], 30);
	assert_near(points[DIMENSION_TECHNOLOGY], 25);
	assert_near(points[DIMENSION_MARKET], 25);
	assert_near(points[DIMENSION_LAYOUT], 20);
	weights.points[0] += 1;
	assert_false(evaluation_weights_check(SHEET_PREFILING, &weights, &error));
	assert_string_equal(error.key, "rule.weight_sum");
	assert_false(evaluation_weights_of(SHEET_VALUE, STR("x"), &weights, &error));
}

/* 3 dimensions, 14 groups (one of them without an indicator of its own), 27 indicators. */
static void test_value_items(void **state)
{
	size_t count, indicators = 0, groups = 0, dimensions[DIMENSION_COUNT] = { 0 };
	const struct evaluation_item *items = evaluation_items(SHEET_VALUE, &count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		if (items[i].is_optional)
			continue;
		indicators++;
		dimensions[items[i].dimension]++;
		groups += i == 0 || strcmp(items[i].group_zh, items[i - 1].group_zh) != 0;
	}
	assert_int_equal(indicators, 27);
	assert_int_equal(dimensions[DIMENSION_LEGAL], 7);
	assert_int_equal(dimensions[DIMENSION_TECHNOLOGY], 10);
	assert_int_equal(dimensions[DIMENSION_ECONOMY], 10);
	assert_int_equal(groups, 13);
}

static void test_decisions(void **state)
{
	static const struct {
		double score;
		enum evaluation_decision decision;
	} rows[] = { { 5, DECISION_FILE },    { 4, DECISION_FILE },   { 3.9, DECISION_IMPROVE },
		     { 3, DECISION_IMPROVE }, { 2.9, DECISION_HOLD }, { 2, DECISION_HOLD },
		     { 1.9, DECISION_DROP },  { 0.5, DECISION_DROP } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct evaluation_result result = evaluated(
			SHEET_PREFILING, (double[]){ rows[i].score, rows[i].score }, 2, NULL, 0,
			false);

		assert_true(result.is_complete);
		assert_near(result.score, rows[i].score * 20);
		assert_int_equal(result.decision, rows[i].decision);
	}
}

static void test_vetoes(void **state)
{
	const struct change veto = { "L2", "乙", 0, "D1 公开全部特征" };
	const struct change secret[] = { { "K1", "甲", 5, "工艺" }, { "K1", "乙", 4, "工艺" } };
	const struct change kept[] = { { "K1", "甲", 5, "工艺" },
				       { "K1", "乙", 4, "工艺" },
				       { "L6", "甲", 0, "争议" } };
	double good[] = { 4.5, 4.5 };

	(void)state;
	assert_int_equal(evaluated(SHEET_PREFILING, good, 2, &veto, 1, false).decision,
			 DECISION_DROP);
	assert_int_equal(evaluated(SHEET_PREFILING, good, 2, &veto, 1, false).veto_count, 1);
	assert_int_equal(evaluated(SHEET_PREFILING, good, 2, secret, 2, false).decision,
			 DECISION_SECRET);
	assert_int_equal(evaluated(SHEET_PREFILING, good, 2, kept, 3, false).decision,
			 DECISION_DROP);
	/* Hardly worth anything: no secret either. */
	assert_int_equal(
		evaluated(SHEET_PREFILING, (double[]){ 1, 1 }, 2, secret, 2, false).decision,
		DECISION_DROP);
}

static void test_incomplete(void **state)
{
	const struct change missing = { "M1", "甲", -1, "" }, bare = { "L3", "乙", 4, "" };
	double good[] = { 4, 4 };
	struct evaluation_result result;

	(void)state;
	result = evaluated(SHEET_PREFILING, good, 2, &missing, 1, false);
	assert_false(result.is_complete);
	assert_int_equal(result.problems[0].kind, PROBLEM_MISSING);
	assert_int_equal(result.decision, DECISION_NONE);
	result = evaluated(SHEET_PREFILING, good, 2, &bare, 1, false);
	assert_int_equal(result.problems[0].kind, PROBLEM_EVIDENCE);
	assert_int_equal(result.decision, DECISION_NONE);
	result = evaluated(SHEET_PREFILING, good, 1, NULL, 0, false);
	assert_int_equal(result.problems[0].kind, PROBLEM_EVALUATORS);
	assert_int_equal(result.decision, DECISION_NONE);
}

static void test_spread(void **state)
{
	struct evaluation_result result = evaluated(SHEET_PREFILING, (double[]){ 5, 3, 4 }, 3, NULL,
						    0, false);

	(void)state;
	assert_near(result.total.mean, 80);
	assert_near(result.total.min, 60);
	assert_near(result.total.max, 100);
	assert_near(result.total.deviation, 20);
	assert_true(result.total.is_disputed);
	assert_true(result.item_spreads[0].is_disputed);
	assert_near(result.item_spreads[0].deviation, 1);
	result = evaluated(SHEET_PREFILING, (double[]){ 5, 3, 3, 3 }, 4, NULL, 0, true);
	assert_near(result.score, 60);
	result = evaluated(SHEET_PREFILING, (double[]){ 4, 3.5 }, 2, NULL, 0, true);
	assert_near(result.score, 75); /* two cannot be trimmed */
	assert_false(result.total.is_disputed);
}

static void test_value(void **state)
{
	const struct change disputed = { "V1", "甲", 0, "" };
	struct evaluation_result result = evaluated(SHEET_VALUE, (double[]){ 5, 4 }, 2, &disputed,
						    1, false);

	(void)state;
	assert_near(result.score, 90);
	assert_near(result.dimensions[DIMENSION_LEGAL], 0.9);
	assert_int_equal(result.veto_count, 1);
	assert_int_equal(result.decision, DECISION_NONE);
}

static void test_bad_sheets(void **state)
{
	static const struct {
		const char *text, *key;
	} rows[] = {
		{ "item|evaluator|score\nL1|甲|6\n", "rule.sheet_number" },
		{ "item|evaluator|score\nL1|甲|-1\n", "rule.sheet_number" },
		{ "item|evaluator|score\nL1|甲|nan\n", "rule.sheet_number" },
		{ "item|evaluator|score\nL1||3\n", "rule.sheet_empty" },
		{ "item|evaluator|score\nZZ|甲|3\n", "rule.item" },
		{ "item|evaluator|score\nL1|甲|3\nL1|甲|4\n", "rule.item_twice" },
		{ "item|score\nL1|3\n", "rule.sheet_missing" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sheet sheet = sheet_of(arena, rows[i].text);
		struct error error = { .kind = ERROR_NONE };
		struct evaluation_weights weights;
		struct evaluation_result result;
		struct evaluation_score *scores;
		size_t count;

		assert_true(evaluation_weights_of(SHEET_PREFILING, STR_EMPTY, &weights, &error));
		assert_false(evaluation_read(arena, &sheet, &scores, &count, &error) &&
			     evaluation_compute(arena, SHEET_PREFILING, &weights, scores, count,
						false, &result, &error));
		assert_string_equal(error.key, rows[i].key);
	}
}

static void test_own_weights(void **state)
{
	struct error error = { .kind = ERROR_NONE };
	struct evaluation_weights weights;
	struct sheet sheet = sheet_of(arena, "item|weight\nL1|40\nS1|30\nM1|30\n");

	(void)state;
	assert_true(evaluation_weights_read(SHEET_PREFILING, &sheet, &weights, &error));
	sheet = sheet_of(arena, "item|weight\nL1|40\nS1|60\n");
	assert_false(evaluation_weights_read(SHEET_PREFILING, &sheet, &weights, &error));
	assert_string_equal(error.key, "rule.weight_dimension");
	sheet = sheet_of(arena, "item|weight\nL1|40\nS1|30\n");
	assert_false(evaluation_weights_read(SHEET_PREFILING, &sheet, &weights, &error));
	assert_string_equal(error.key, "rule.weight_sum");
	sheet = sheet_of(arena, "item|weight\nL1|40\nL1|60\n");
	assert_false(evaluation_weights_read(SHEET_PREFILING, &sheet, &weights, &error));
	assert_string_equal(error.key, "rule.item_twice");
}

/* ---- Hierarchy. */
static void test_hierarchy(void **state)
{
	struct sheet sheet = sheet_of(arena, "|a|b|c\na|1|3|5\nb|1/3|1|3\nc|||1\n");
	struct hierarchy hierarchy;
	struct hierarchy_weights weights;
	struct error error = { .kind = ERROR_NONE };

	(void)state;
	assert_true(hierarchy_read(&sheet, &hierarchy, &error));
	hierarchy_compute(&hierarchy, &weights);
	assert_near(weights.weights[0], 0.6370);
	assert_near(weights.weights[1], 0.2583);
	assert_near(weights.weights[2], 0.1047);
	assert_near(weights.eigenvalue, 3.0385);
	assert_true(fabs(weights.ratio - 0.0332) < 0.0002);
	assert_true(weights.is_consistent);
}

/* Comparisons made from weights give the weights back, with a ratio of 0; a circle is refused. */
static void test_hierarchy_properties(void **state)
{
	struct hierarchy hierarchy = { .size = 6 };
	struct hierarchy_weights weights;
	double sum = 0;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < 6; j++)
			hierarchy.matrix[i][j] = (double)(i + 1) / (double)(j + 1);
	hierarchy_compute(&hierarchy, &weights);
	for (size_t i = 0; i < 6; i++) {
		assert_near(weights.weights[i], (double)(i + 1) / 21);
		sum += weights.weights[i];
	}
	assert_near(sum, 1);
	assert_near(weights.ratio, 0);
	hierarchy = (struct hierarchy){
		.size = 3, .matrix = { { 1, 9, 1.0 / 9 }, { 1.0 / 9, 1, 9 }, { 9, 1.0 / 9, 1 } }
	};
	hierarchy_compute(&hierarchy, &weights);
	assert_near(weights.weights[0], 1.0 / 3);
	assert_false(weights.is_consistent);
	for (size_t size = 4; size <= HIERARCHY_SIZE_MAX; size++)
		assert_true(hierarchy_random_index(size) > hierarchy_random_index(size - 1));
}

static void test_bad_matrices(void **state)
{
	static const struct {
		const char *text, *key;
	} rows[] = {
		{ "|a|b\na|1|2\n", "rule.ahp_shape" },
		{ "|a|b\na|1|2\nc|1/2|1\n", "rule.ahp_name" },
		{ "|a|b\na|1|2\nb|2|1\n", "rule.ahp_reciprocal" },
		{ "|a|b\na|2|2\nb|1/2|1\n", "rule.ahp_reciprocal" },
		{ "|a|b\na|1|\nb||1\n", "rule.ahp_empty" },
		{ "|a|b\na|1|10\nb|1/10|1\n", "rule.ahp_cell" },
		{ "|a|b\na|1|x\nb|1|1\n", "rule.ahp_cell" },
		{ "|a|b\na|1|1/0\nb|1|1\n", "rule.ahp_cell" },
		{ "|a|b\na|1|-2\nb|1|1\n", "rule.ahp_cell" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sheet sheet = sheet_of(arena, rows[i].text);
		struct hierarchy hierarchy;
		struct error error = { .kind = ERROR_NONE };

		assert_false(hierarchy_read(&sheet, &hierarchy, &error));
		assert_string_equal(error.key, rows[i].key);
	}
}

/* ---- Grades. */
static void test_grades(void **state)
{
	static const struct {
		double scores[GRADE_DIMENSIONS];
		bool adjusted[GRADE_ADJUSTMENTS];
		const char *grade;
	} rows[] = {
		{ { 5, 5, 5, 5, 5 }, { false }, "S" },
		{ { 4, 4, 4, 4, 4 }, { false }, "S" },
		{ { 4, 4, 4, 4, 3.9 }, { false }, "A" },
		{ { 3.5, 3.5, 3.5, 3.5, 3.5 }, { true }, "S" }, /* SEP +0.5 */
		{ { 3.2, 3.2, 3.2, 3.2, 3.2 }, { false }, "A" },
		{ { 2.4, 2.4, 2.4, 2.4, 2.4 }, { false, true, false, true }, "B" }, /* +0.3 −0.3 */
		{ { 2, 2, 2, 2, 2 }, { false }, "C" },
		{ { 2, 2, 2, 2, 2 }, { false, false, true }, "D" }, /* −0.5 */
		{ { 1, 1, 1, 1, 1 }, { false, false, true, true }, "D" },
	};
	double sum = 0;

	(void)state;
	for (size_t i = 0; i < GRADE_DIMENSIONS; i++)
		sum += grade_dimensions[i].weight;
	assert_near(sum, 100);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct grade_case patent = { .id = STR("A") };

		memcpy(patent.scores, rows[i].scores, sizeof(patent.scores));
		memcpy(patent.is_adjusted, rows[i].adjusted, sizeof(patent.is_adjusted));
		assert_string_equal(grade_compute(&patent).grade->id, rows[i].grade);
	}
}

static void test_grade_sheets(void **state)
{
	struct sheet sheet = sheet_of(arena,
				      "id|D1|claims|市场覆盖|term|citations|sep\nA|5|4|3|4|2|是\n");
	struct error error = { .kind = ERROR_NONE };
	struct grade_case *cases;
	size_t count;

	(void)state;
	assert_true(grade_read(arena, &sheet, &cases, &count, &error));
	assert_near(grade_compute(&cases[0]).score, 4.4);
	sheet = sheet_of(arena, "id|D1|D2|D3|D4|D5\nA|5|4|3|4|\n");
	assert_false(grade_read(arena, &sheet, &cases, &count, &error));
	assert_string_equal(error.key, "rule.sheet_empty");
	sheet = sheet_of(arena, "id|D1|D2|D3|D4|D5|sep\nA|5|4|3|4|1|maybe\n");
	assert_false(grade_read(arena, &sheet, &cases, &count, &error));
	assert_string_equal(error.key, "rule.sheet_flag");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_weights, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_value_items, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_decisions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_vetoes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_incomplete, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_spread, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_value, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_sheets, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_own_weights, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hierarchy, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hierarchy_properties, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_matrices, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_grades, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_grade_sheets, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
