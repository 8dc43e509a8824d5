/* The tables of evaluation sheets and the weights of their items. */
#include "rule/evaluation.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const double SUM = 100, SUM_SLACK = 1e-6;

static const struct evaluation_item items[] = {
#include "rule/evaluation_items.inc"
};

static const struct evaluation_scenario scenarios[] = {
#include "rule/evaluation_scenarios.inc"
};

static const struct evaluation_threshold thresholds[] = {
#include "rule/evaluation_thresholds.inc"
};

const struct label evaluation_dimensions[DIMENSION_COUNT] = {
	[DIMENSION_MARKET] = { "市场需求", "market demand" },
	[DIMENSION_TECHNOLOGY] = { "技术价值", "technical value" },
	[DIMENSION_PROSPECT] = { "授权前景", "prospect of grant" },
	[DIMENSION_LAYOUT] = { "布局策略", "layout" },
	[DIMENSION_LEGAL] = { "法律价值", "legal value" },
	[DIMENSION_ECONOMY] = { "经济价值", "economic value" },
};

const struct evaluation_decision_info evaluation_decisions[DECISION_COUNT] = {
	[DECISION_NONE] = { "none", { "—", "-" } },
	[DECISION_FILE] = { "file", { "申请", "file" } },
	[DECISION_IMPROVE] = { "improve", { "优化后申请", "improve, then file" } },
	[DECISION_HOLD] = { "hold", { "暂缓", "hold" } },
	[DECISION_DROP] = { "drop", { "不申请", "do not file" } },
	[DECISION_SECRET] = { "secret", { "技术秘密", "keep as a trade secret" } },
};

const struct label evaluation_problems[PROBLEM_KIND_COUNT] = {
	[PROBLEM_MISSING] = { "未评分", "not scored" },
	[PROBLEM_EVIDENCE] = { "缺少证据", "no evidence" },
	[PROBLEM_EVALUATORS] = { "评估人不足两名", "fewer than two evaluators" },
};

const struct evaluation_item *evaluation_items(enum evaluation_kind kind, size_t *count_out)
{
	size_t first = 0, end;

	while (first < COUNT(items) && items[first].kind != kind)
		first++;
	for (end = first; end < COUNT(items) && items[end].kind == kind;)
		end++;
	*count_out = end - first;
	return &items[first];
}

const struct evaluation_scenario *evaluation_scenarios(size_t *count_out)
{
	*count_out = COUNT(scenarios);
	return scenarios;
}

const struct evaluation_threshold *evaluation_thresholds(size_t *count_out)
{
	*count_out = COUNT(thresholds);
	return thresholds;
}

static double points_of(const struct evaluation_scenario *scenario,
			enum evaluation_dimension dimension)
{
	if (dimension == DIMENSION_LEGAL)
		return scenario->legal;
	return dimension == DIMENSION_TECHNOLOGY ? scenario->technology : scenario->economy;
}

/* Shares each dimension's points equally among its counted items. */
static void weigh_by_scenario(const struct evaluation_scenario *scenario,
			      struct evaluation_weights *weights)
{
	size_t count, sizes[DIMENSION_COUNT] = { 0 };
	const struct evaluation_item *list = evaluation_items(SHEET_VALUE, &count);

	for (size_t i = 0; i < count; i++)
		sizes[list[i].dimension] += !list[i].is_optional;
	for (size_t i = 0; i < count; i++)
		weights->points[i] = list[i].is_optional ? 0
							 : points_of(scenario, list[i].dimension) /
								   (double)sizes[list[i].dimension];
}

bool evaluation_weights_of(enum evaluation_kind kind, struct str scenario,
			   struct evaluation_weights *weights_out, struct error *error)
{
	size_t count;
	const struct evaluation_item *list = evaluation_items(kind, &count);

	*weights_out = (struct evaluation_weights){ { 0 } };
	if (kind == SHEET_PREFILING) {
		for (size_t i = 0; i < count; i++)
			weights_out->points[i] = list[i].weight;
		return true;
	}
	for (size_t i = 0; i < COUNT(scenarios); i++)
		if (str_equal_nocase(scenario, str_of(scenarios[i].id)) ||
		    str_equal(scenario, str_of(scenarios[i].zh))) {
			weigh_by_scenario(&scenarios[i], weights_out);
			return true;
		}
	error_set(error, ERROR_USAGE, "rule.scenario", "%.*s", STR_ARGS(scenario));
	return error_hint(error, "licence, finance, report, relief, grading");
}

bool evaluation_weights_check(enum evaluation_kind kind, const struct evaluation_weights *weights,
			      struct error *error)
{
	size_t count;
	const struct evaluation_item *list = evaluation_items(kind, &count);
	double sum = 0, sums[DIMENSION_COUNT] = { 0 };

	for (size_t i = 0; i < count; i++) {
		if (!(weights->points[i] >= 0))
			return error_set(error, ERROR_INVALID, "rule.weight", "%s", list[i].id);
		sum += weights->points[i];
		sums[list[i].dimension] += weights->points[i];
	}
	if (!(fabs(sum - SUM) <= SUM_SLACK))
		return error_set(error, ERROR_INVALID, "rule.weight_sum", "%.6g", sum);
	for (int i = DIMENSION_MARKET; kind == SHEET_PREFILING && i <= DIMENSION_PROSPECT; i++)
		if (sums[i] <= 0)
			return error_set(error, ERROR_INVALID, "rule.weight_dimension", "%s",
					 evaluation_dimensions[i].zh);
	return true;
}

enum { COLUMN_ITEM, COLUMN_WEIGHT };

static const struct sheet_column columns[] = {
	[COLUMN_ITEM] = { "item", "id;项目;指标", true },
	[COLUMN_WEIGHT] = { "weight", "权重", true },
};

bool evaluation_weights_read(enum evaluation_kind kind, const struct sheet *sheet,
			     struct evaluation_weights *weights_out, struct error *error)
{
	size_t count, at;
	const struct evaluation_item *list = evaluation_items(kind, &count);
	struct sheet_reader reader;
	bool seen[EVALUATION_ITEMS_MAX] = { false };

	*weights_out = (struct evaluation_weights){ { 0 } };
	if (!sheet_begin(sheet, columns, COUNT(columns), &reader, error))
		return false;
	for (size_t i = 0; i < sheet->row_count; i++) {
		reader.row = &sheet->rows[i];
		for (at = 0; at < count; at++)
			if (str_equal_nocase(sheet_text(&reader, COLUMN_ITEM), str_of(list[at].id)))
				break;
		if (at == count)
			return sheet_error(&reader, COLUMN_ITEM, "rule.item", error);
		if (seen[at])
			return sheet_error(&reader, COLUMN_ITEM, "rule.item_twice", error);
		seen[at] = true;
		if (!sheet_number(&reader, COLUMN_WEIGHT, 0, SUM, 0, &weights_out->points[at],
				  error))
			return false;
	}
	return evaluation_weights_check(kind, weights_out, error);
}
