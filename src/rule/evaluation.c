#include "rule/evaluation.h"
#include "base/list.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const double ITEM_DISPUTE = 2, TOTAL_DISPUTE = 15; /* points apart */
static const double SECRET_SCORE = 4, SECRET_TECHNOLOGY = 0.6;
static const char SECRET_ITEM[] = "K1";

enum { COLUMN_ITEM, COLUMN_NAME, COLUMN_EVALUATOR, COLUMN_SCORE, COLUMN_EVIDENCE, COLUMN_NOTE };

static const struct sheet_column columns[] = {
	[COLUMN_ITEM] = { "item", "id;项目;指标", true },
	[COLUMN_NAME] = { "name", "名称;项目名称", false },
	[COLUMN_EVALUATOR] = { "evaluator", "评估人;专家", true },
	[COLUMN_SCORE] = { "score", "评分;得分", true },
	[COLUMN_EVIDENCE] = { "evidence", "证据;依据", false },
	[COLUMN_NOTE] = { "note", "备注", false },
};

bool evaluation_read(struct arena *arena, const struct sheet *sheet,
		     struct evaluation_score **scores_out, size_t *count_out, struct error *error)
{
	struct evaluation_score *scores = arena_array(arena, struct evaluation_score,
						      sheet->row_count + 1);
	struct sheet_reader reader;
	size_t count = 0;

	if (!sheet_begin(sheet, columns, COUNT(columns), &reader, error))
		return false;
	for (size_t i = 0; i < sheet->row_count; i++) {
		struct evaluation_score *score = &scores[count];

		reader.row = &sheet->rows[i];
		if (!sheet_text(&reader, COLUMN_SCORE).size)
			continue;
		*score = (struct evaluation_score){
			.item = sheet_text(&reader, COLUMN_ITEM),
			.evaluator = sheet_text(&reader, COLUMN_EVALUATOR),
			.evidence = sheet_text(&reader, COLUMN_EVIDENCE),
			.line = reader.row->line
		};
		if (!score->evaluator.size)
			return sheet_error(&reader, COLUMN_EVALUATOR, "rule.sheet_empty", error);
		if (!sheet_number(&reader, COLUMN_SCORE, 0, EVALUATION_SCORE_MAX, 0, &score->score,
				  error))
			return false;
		count++;
	}
	*scores_out = scores;
	*count_out = count;
	return true;
}

/* The scores as a table of items and evaluators. */
struct grid {
	const struct evaluation_score *cells[EVALUATION_ITEMS_MAX][EVALUATORS_MAX];
};

static bool score_error(const struct evaluation_score *score, const char *key, struct error *error)
{
	return error_set_at(error, ERROR_INVALID, key, score->line, "%.*s / %.*s",
			    STR_ARGS(score->item), STR_ARGS(score->evaluator));
}

static bool place_score(struct evaluation_result *result, struct grid *grid,
			const struct evaluation_score *score, struct error *error)
{
	size_t item = 0, person = 0;

	while (item < result->item_count &&
	       !str_equal_nocase(score->item, str_of(result->items[item].id)))
		item++;
	while (person < result->evaluator_count &&
	       !str_equal(score->evaluator, result->evaluators[person]))
		person++;
	if (item == result->item_count)
		return score_error(score, "rule.item", error);
	if (person == EVALUATORS_MAX)
		return error_set(error, ERROR_LIMIT, "rule.evaluators", "%d", EVALUATORS_MAX);
	if (!(score->score >= 0 && score->score <= EVALUATION_SCORE_MAX))
		return score_error(score, "rule.score", error);
	if (person == result->evaluator_count)
		result->evaluators[result->evaluator_count++] = score->evaluator;
	if (grid->cells[item][person])
		return score_error(score, "rule.item_twice", error);
	grid->cells[item][person] = score;
	return true;
}

static struct evaluation_spread spread_of(const double *values, size_t count, double dispute)
{
	struct evaluation_spread spread = { .count = count, .mean = NAN, .min = NAN, .max = NAN };
	double sum = 0, squares = 0;

	for (size_t i = 0; i < count; i++) {
		sum += values[i];
		spread.min = i ? fmin(spread.min, values[i]) : values[i];
		spread.max = i ? fmax(spread.max, values[i]) : values[i];
	}
	if (!count)
		return spread;
	spread.mean = sum / (double)count;
	for (size_t i = 0; i < count; i++)
		squares += (values[i] - spread.mean) * (values[i] - spread.mean);
	spread.deviation = count > 1 ? sqrt(squares / (double)(count - 1)) : 0;
	spread.is_disputed = spread.max - spread.min >= dispute;
	return spread;
}

static void add_problem(struct list *problems, enum evaluation_problem_kind kind,
			const struct evaluation_item *item, struct str evaluator)
{
	*(struct evaluation_problem *)list_add(problems) = (struct evaluation_problem){ kind, item,
											evaluator };
}

/* One item over all evaluators: spread, veto, what is missing. */
static void read_item(struct evaluation_result *result, const struct grid *grid, size_t i,
		      struct list *problems)
{
	const struct evaluation_item *item = &result->items[i];
	double values[EVALUATORS_MAX];
	size_t count = 0;

	for (size_t k = 0; k < result->evaluator_count; k++) {
		const struct evaluation_score *score = grid->cells[i][k];

		if (!score) {
			if (!item->is_optional && result->weights.points[i] > 0)
				add_problem(problems, PROBLEM_MISSING, item, result->evaluators[k]);
			continue;
		}
		values[count++] = score->score;
		result->totals[k] += result->weights.points[i] * score->score /
				     EVALUATION_SCORE_MAX;
		if (item->needs_evidence && !score->evidence.size)
			add_problem(problems, PROBLEM_EVIDENCE, item, result->evaluators[k]);
	}
	result->item_spreads[i] = spread_of(values, count, ITEM_DISPUTE);
	if (item->is_veto && count && result->item_spreads[i].min <= 0)
		result->vetoes[result->veto_count++] = item;
}

static void sum_dimensions(struct evaluation_result *result)
{
	double points[DIMENSION_COUNT] = { 0 }, scored[DIMENSION_COUNT] = { 0 };

	for (size_t i = 0; i < result->item_count; i++) {
		enum evaluation_dimension dimension = result->items[i].dimension;

		points[dimension] += result->weights.points[i];
		if (result->item_spreads[i].count)
			scored[dimension] += result->weights.points[i] *
					     result->item_spreads[i].mean / EVALUATION_SCORE_MAX;
	}
	for (size_t i = 0; i < DIMENSION_COUNT; i++)
		result->dimensions[i] = points[i] > 0 ? scored[i] / points[i] : NAN;
}

static double trimmed_mean(const struct evaluation_result *result)
{
	double sum = 0;

	for (size_t i = 0; i < result->evaluator_count; i++)
		sum += result->totals[i];
	return (sum - result->total.min - result->total.max) /
	       (double)(result->evaluator_count - 2);
}

static bool fits_secret(const struct evaluation_result *result)
{
	for (size_t i = 0; i < result->item_count; i++)
		if (strcmp(result->items[i].id, SECRET_ITEM) == 0)
			return result->item_spreads[i].count &&
			       result->item_spreads[i].mean >= SECRET_SCORE &&
			       result->dimensions[DIMENSION_TECHNOLOGY] >= SECRET_TECHNOLOGY;
	return false;
}

static enum evaluation_decision decide(const struct evaluation_result *result)
{
	size_t count;
	const struct evaluation_threshold *rows = evaluation_thresholds(&count);

	if (result->veto_count)
		return DECISION_DROP;
	for (size_t i = 0; i < count; i++) {
		/* Scores are sums of quotients: 80 may come out a hair below itself. */
		if (result->score < rows[i].minimum - 1e-9)
			continue;
		return rows[i].decision <= DECISION_IMPROVE && fits_secret(result)
			       ? DECISION_SECRET
			       : rows[i].decision;
	}
	return DECISION_DROP;
}

static void conclude(struct evaluation_result *result, enum evaluation_kind kind, bool trimmed,
		     struct list *problems)
{
	if (result->evaluator_count < EVALUATORS_MIN)
		add_problem(problems, PROBLEM_EVALUATORS, NULL, STR_EMPTY);
	result->total = spread_of(result->totals, result->evaluator_count, TOTAL_DISPUTE);
	result->score = trimmed && result->evaluator_count >= 3 ? trimmed_mean(result)
								: result->total.mean;
	sum_dimensions(result);
	result->is_complete = problems->count == 0;
	/* A veto ends the matter even while scores are missing. */
	if (kind == SHEET_PREFILING && (result->is_complete || result->veto_count))
		result->decision = decide(result);
}

bool evaluation_compute(struct arena *arena, enum evaluation_kind kind,
			const struct evaluation_weights *weights,
			const struct evaluation_score *scores, size_t count, bool trimmed,
			struct evaluation_result *result_out, struct error *error)
{
	struct grid *grid = arena_new(arena, struct grid);
	struct list problems = LIST_OF(struct evaluation_problem);

	memset(result_out, 0, sizeof(*result_out));
	result_out->items = evaluation_items(kind, &result_out->item_count);
	result_out->weights = *weights;
	if (!evaluation_weights_check(kind, weights, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!place_score(result_out, grid, &scores[i], error))
			return false;
	for (size_t i = 0; i < result_out->item_count; i++)
		read_item(result_out, grid, i, &problems);
	conclude(result_out, kind, trimmed, &problems);
	result_out->problems = list_to_arena(&problems, arena, &result_out->problem_count);
	return true;
}
