/* Gradings of patents in force: the first one behind the grant, then a review before each annuity. */
#include "demo/demo_history_internal.h"
#include "types/operation.h"
#include "types/types.h"

enum {
	GRADED_AFTER = 40,   /* days behind the grant */
	GRADING_ROUND = 390, /* before today: a round of all patents there were */
	ROUND_DAYS = 60,
	ANNUITY_LEAD = 60, /* days a review is due before the annuity, as in types/grading.c */
	REVIEWED_WITHIN = 6,
	SCORES = 5,
	LEAST = 2, /* points, in halves */
	MOST = 10,
	GOOD = 24, /* sums in halves: 重要 begins here, */
	POOR = 16  /* below it is 低价值 (data/grades.csv) */
};

/* ---- One grading. */

/* Points of 1 to 5 in halves; patents in use do better, and at a review one of them has moved. */
static void draw_points(const struct demo_life *life, size_t round, int points[SCORES])
{
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 7, life->key);
	int least = life->is_taken ? 2 * LEAST : LEAST;

	for (size_t i = 0; i < SCORES; i++)
		points[i] = demo_random_between(&random, least, least + 5);
	for (size_t i = 0; i < round; i++) {
		int *moved = &points[demo_random_below(&random, SCORES)];

		*moved += demo_random_percent(&random, 40) ? 1 : -1;
		*moved = *moved < LEAST ? LEAST : *moved > MOST ? MOST : *moved;
	}
}

static bool set_points(struct demo_past *past, const int points[SCORES], struct record *grading,
		       struct error *error)
{
	static const char *const scores[SCORES] = { "relevance", "claims", "market", "term",
						    "citations" };

	for (size_t i = 0; i < SCORES; i++)
		if (!demo_set(past->making, grading, scores[i],
			      str_of(arena_printf(past->scratch, "%d.%d", points[i] / 2,
						  points[i] % 2 * 5)),
			      error))
			return false;
	return true;
}

/* What is done with it, by the sum of its points. */
static const struct verdict {
	int least; /* sum, in halves */
	bool is_used;
	const char *decision, *categories, *reason;
} verdicts[] = {
	{ 32, true, "keep", "own_use", "主导产品在用，维持并跟踪同类方案" },
	{ 0, true, "keep", "own_use", "产品仍在销售，维持至下一代方案替换" },
	{ 29, false, "keep", "reserve,licence", "检索未见接近的替代方案，留作许可储备" },
	{ GOOD, false, "keep", "defence", "与核心专利形成组合，防止绕开" },
	{ POOR, false, "review", "reserve", "尚待市场验证，下次年费前再议" },
	{ 0, false, "sell", "transferable", "与现有产品线关联不大，列入可转让清单" },
};

static const struct verdict *verdict_of(const struct demo_life *life, const int points[SCORES])
{
	const struct verdict *verdict = verdicts;
	int sum = 0;

	for (size_t i = 0; i < SCORES; i++)
		sum += points[i];
	while (verdict->is_used != life->is_taken || sum < verdict->least)
		verdict++;
	return verdict;
}

static bool set_verdict(struct demo_past *past, const struct demo_life *life, size_t round,
			struct record *grading, struct error *error)
{
	struct demo_making *making = past->making;
	int points[SCORES];
	const struct verdict *verdict;

	draw_points(life, round, points);
	verdict = verdict_of(life, points);
	return demo_set(making, grading, "trigger", round ? STR("annuity") : STR("initial"),
			error) &&
	       set_points(past, points, grading, error) &&
	       demo_set(making, grading, "decision", str_of(verdict->decision), error) &&
	       demo_set(making, grading, "categories", str_of(verdict->categories), error) &&
	       demo_set(making, grading, "reason", str_of(verdict->reason), error);
}

/* Graded by the manager, approved by the director. */
static bool grade(struct demo_past *past, size_t subject, size_t round, struct error *error)
{
	const struct demo_life *life = demo_life_at(past, subject);
	struct demo_making *making = past->making;
	struct record *grading = record_new(&making->store, &grading_type), *patent;

	if (!demo_act_for(past, life->centre, "manager", error) ||
	    !demo_find(past, "patent_case", life->case_id, &patent, error))
		return false;
	if (!demo_is_in(patent, "in_force") || record_is_set(patent, CASE_TRANSFERRED_ON))
		return true;
	making->records++;
	return demo_set_id(past, grading, "case_id", life->case_id, error) &&
	       demo_set_day_of(past, grading, "graded_on", making->store.today, error) &&
	       set_verdict(past, life, round, grading, error) &&
	       demo_insert(making, grading, error) &&
	       demo_step(making, grading, STR("submit"), STR_EMPTY, error) &&
	       demo_act_for(past, life->centre, "director", error) &&
	       demo_step(making, grading, STR("approve"), STR_EMPTY, error);
}

/* ---- Planning. */

/* The day for which the type asks for a review of what was graded on a day. */
static date review_due(const struct demo_life *life, date graded)
{
	int year = 2;

	while (demo_annuity_day(life, year) <= graded + ANNUITY_LEAD)
		year++;
	return demo_annuity_day(life, year) - ANNUITY_LEAD;
}

/* Reviews are made within days of falling due; where they are neglected some are not, and stay so. */
void demo_plan_gradings(struct demo_past *past, size_t subject)
{
	const struct demo_life *life = demo_life_at(past, subject);
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 11, life->key);
	date round = past->today - GRADING_ROUND + (date)(life->key % ROUND_DAYS);
	date learnt = demo_grant_learnt_on(past, life), day;

	if (learnt == DATE_NONE || strcmp(life->office, "CN") != 0)
		return;
	day = learnt + GRADED_AFTER > round ? learnt + GRADED_AFTER : round;
	for (size_t i = 0; day <= past->today; i++) {
		day = demo_working_day(day);
		demo_plan(past, day, subject, i, grade);
		if (demo_random_percent(&random, life->centre->neglected))
			return;
		day = review_due(life, day) + demo_random_between(&random, 0, REVIEWED_WITHIN);
	}
}
