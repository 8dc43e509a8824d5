/* How yucheng evaluate shows results, tables and the empty sheet. */
#include "base/csv.h"
#include "cli/evaluate_internal.h"
#include "cli/pick.h"

#include <math.h>

static const char *number(struct context *context, double value)
{
	return isnan(value) ? "—" : arena_printf(context->arena, "%.2f", value);
}

static const char *item_name(struct context *context, const struct evaluation_item *item)
{
	return pick(context, item->zh, item->en);
}

/* ---- JSON */
static void write_spread(struct jsonout *json, const struct evaluation_spread *spread)
{
	jsonout_member_integer(json, "count", (int64_t)spread->count);
	jsonout_member_number(json, "mean", spread->mean);
	jsonout_member_number(json, "min", spread->min);
	jsonout_member_number(json, "max", spread->max);
	jsonout_member_number(json, "deviation", spread->deviation);
	jsonout_member_bool(json, "disputed", spread->is_disputed);
}

static void write_items(struct context *context, struct jsonout *json,
			const struct evaluation_result *result)
{
	jsonout_key(json, "items");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->item_count; i++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "item", result->items[i].id);
		jsonout_member_cstr(json, "name", item_name(context, &result->items[i]));
		jsonout_member_number(json, "weight", result->weights.points[i]);
		write_spread(json, &result->item_spreads[i]);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_people(struct jsonout *json, const struct evaluation_result *result)
{
	jsonout_key(json, "evaluators");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->evaluator_count; i++) {
		jsonout_object_begin(json);
		jsonout_member_str(json, "evaluator", result->evaluators[i]);
		jsonout_member_number(json, "total", result->totals[i]);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_problems(struct context *context, struct jsonout *json,
			   const struct evaluation_result *result)
{
	static const char *const names[] = { "missing", "evidence", "evaluators" };

	jsonout_key(json, "vetoes");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->veto_count; i++)
		jsonout_cstr(json, result->vetoes[i]->id);
	jsonout_array_end(json);
	jsonout_key(json, "problems");
	jsonout_array_begin(json);
	for (size_t i = 0; i < result->problem_count; i++) {
		const struct evaluation_problem *problem = &result->problems[i];

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "problem", names[problem->kind]);
		jsonout_member_cstr(json, "item", problem->item ? problem->item->id : NULL);
		jsonout_member_str(json, "evaluator", problem->evaluator);
		jsonout_member_cstr(
			json, "text",
			label_text(evaluation_problems[problem->kind], context->language));
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void print_json(struct context *context, enum evaluation_kind kind,
		       const struct evaluation_result *result)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	jsonout_object_begin(&json);
	jsonout_member_cstr(&json, "kind", kind == SHEET_VALUE ? "value" : "prefiling");
	jsonout_member_cstr(&json, "edition", result->items[0].edition);
	jsonout_member_number(&json, "score", result->score);
	jsonout_member_cstr(&json, "decision", evaluation_decisions[result->decision].name);
	jsonout_member_bool(&json, "complete", result->is_complete);
	jsonout_key(&json, "total");
	jsonout_object_begin(&json);
	write_spread(&json, &result->total);
	jsonout_object_end(&json);
	jsonout_key(&json, "dimensions");
	jsonout_object_begin(&json);
	for (size_t i = 0; i < DIMENSION_COUNT; i++)
		if (!isnan(result->dimensions[i]))
			jsonout_member_number(
				&json, label_text(evaluation_dimensions[i], context->language),
				result->dimensions[i] * 100);
	jsonout_object_end(&json);
	write_items(context, &json, result);
	write_people(&json, result);
	write_problems(context, &json, result);
	jsonout_object_end(&json);
	sheet_print(&text);
}

/* ---- Text */
static void print_items(struct context *context, const struct evaluation_result *result)
{
	static const struct label heads[] = { { "项目", "item" },   { "名称", "name" },
					      { "权重", "weight" }, { "平均", "mean" },
					      { "最低", "min" },    { "最高", "max" },
					      { "标准差", "s.d." }, { "分歧", "apart" } };
	enum { HEADS = sizeof(heads) / sizeof(heads[0]) };
	struct text_table *table = text_table_create(context->arena, HEADS);

	command_table_head(context, table, heads, HEADS);
	for (size_t i = 2; i < HEADS - 1; i++)
		text_table_right(table, i);
	for (size_t i = 0; i < result->item_count; i++) {
		const struct evaluation_spread *spread = &result->item_spreads[i];

		text_table_cell(table, str_of(result->items[i].id));
		text_table_cell(table, str_of(item_name(context, &result->items[i])));
		text_table_cell(table, str_of(number(context, result->weights.points[i])));
		text_table_cell(table, str_of(number(context, spread->mean)));
		text_table_cell(table, str_of(number(context, spread->min)));
		text_table_cell(table, str_of(number(context, spread->max)));
		text_table_cell(table, str_of(number(context, spread->deviation)));
		text_table_cell(table,
				str_of(spread->is_disputed ? pick(context, "分歧", "yes") : ""));
	}
	text_table_print(table);
}

static void add_people(struct context *context, struct strbuf *text,
		       const struct evaluation_result *result)
{
	for (size_t i = 0; i < DIMENSION_COUNT; i++)
		if (!isnan(result->dimensions[i]))
			strbuf_addf(text, pick(context, "%s：%.1f%%\n", "%s: %.1f%%\n"),
				    label_text(evaluation_dimensions[i], context->language),
				    result->dimensions[i] * 100);
	for (size_t i = 0; i < result->evaluator_count; i++)
		strbuf_addf(text, pick(context, "评估人 %.*s：%.2f\n", "%.*s: %.2f\n"),
			    STR_ARGS(result->evaluators[i]), result->totals[i]);
	strbuf_addf(text,
		    pick(context, "总分 %s（最低 %s，最高 %s，标准差 %s）%s\n",
			 "score %s (min %s, max %s, s.d. %s)%s\n"),
		    number(context, result->score), number(context, result->total.min),
		    number(context, result->total.max), number(context, result->total.deviation),
		    result->total.is_disputed ? pick(context, "，分歧较大", ", far apart") : "");
}

static void add_problems(struct context *context, struct strbuf *text,
			 const struct evaluation_result *result)
{
	for (size_t i = 0; i < result->veto_count; i++)
		strbuf_addf(text, pick(context, "否决：%s %s\n", "veto: %s %s\n"),
			    result->vetoes[i]->id, item_name(context, result->vetoes[i]));
	for (size_t i = 0; i < result->problem_count; i++) {
		const struct evaluation_problem *problem = &result->problems[i];

		strbuf_addf(text, pick(context, "不完整：%s", "incomplete: %s"),
			    label_text(evaluation_problems[problem->kind], context->language));
		if (problem->item)
			strbuf_addf(text, " %s %s / %.*s", problem->item->id,
				    item_name(context, problem->item),
				    STR_ARGS(problem->evaluator));
		strbuf_add_byte(text, '\n');
	}
}

void evaluate_print(struct context *context, enum evaluation_kind kind,
		    const struct evaluation_result *result)
{
	struct strbuf text = STRBUF_INIT;

	if (context->json) {
		print_json(context, kind, result);
		return;
	}
	print_items(context, result);
	add_people(context, &text, result);
	add_problems(context, &text, result);
	if (kind == SHEET_PREFILING)
		strbuf_addf(&text, pick(context, "决策：%s\n", "decision: %s\n"),
			    result->decision == DECISION_NONE
				    ? pick(context, "评估表不完整，不作决策",
					   "none, the sheet is incomplete")
				    : label_text(evaluation_decisions[result->decision].label,
						 context->language));
	sheet_print(&text);
}

/* ---- Tables */
static void write_item(struct context *context, struct jsonout *json,
		       const struct evaluation_item *item, double points)
{
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "item", item->id);
	jsonout_member_cstr(json, "edition", item->edition);
	jsonout_member_cstr(json, "dimension",
			    label_text(evaluation_dimensions[item->dimension], context->language));
	jsonout_member_cstr(json, "group", pick(context, item->group_zh, item->group_en));
	jsonout_member_cstr(json, "name", item_name(context, item));
	jsonout_member_cstr(json, "ask", pick(context, item->ask_zh, item->ask_en));
	jsonout_member_number(json, "weight", points);
	jsonout_member_bool(json, "veto", item->is_veto);
	jsonout_member_bool(json, "optional", item->is_optional);
	jsonout_member_bool(json, "evidence", item->needs_evidence);
	jsonout_member_cstr(json, "basis",
			    rule_basis_text(context->arena, item->basis, context->language));
	jsonout_member_cstr(json, "mark", rule_marks[item->mark].letter);
	jsonout_object_end(json);
}

static void add_item(struct context *context, struct strbuf *text,
		     const struct evaluation_item *item, double points)
{
	strbuf_addf(text,
		    pick(context, "%-4s %s · %s（权重 %.2f%s%s%s）\n     %s\n     %s [%s]\n",
			 "%-4s %s / %s (weight %.2f%s%s%s)\n     %s\n     %s [%s]\n"),
		    item->id, label_text(evaluation_dimensions[item->dimension], context->language),
		    item_name(context, item), points,
		    item->is_veto ? pick(context, "，0 分否决", ", 0 is a veto") : "",
		    item->is_optional ? pick(context, "，可不评", ", optional") : "",
		    item->needs_evidence ? pick(context, "，须附证据", ", with evidence") : "",
		    pick(context, item->ask_zh, item->ask_en),
		    rule_basis_text(context->arena, item->basis, context->language),
		    rule_marks[item->mark].letter);
}

static void list_thresholds(struct context *context, struct strbuf *text, struct jsonout *json)
{
	size_t count;
	const struct evaluation_threshold *rows = evaluation_thresholds(&count);

	for (size_t i = 0; i < count; i++) {
		const char *decision = label_text(evaluation_decisions[rows[i].decision].label,
						  context->language);

		if (!context->json) {
			strbuf_addf(
				text,
				pick(context, "总分 ≥ %.0f：%s [%s]\n", "total ≥ %.0f: %s [%s]\n"),
				rows[i].minimum, decision, rule_marks[rows[i].mark].letter);
			continue;
		}
		jsonout_object_begin(json);
		jsonout_member_number(json, "minimum", rows[i].minimum);
		jsonout_member_cstr(json, "decision", evaluation_decisions[rows[i].decision].name);
		jsonout_object_end(json);
	}
}

static void list_scenarios(struct context *context, struct strbuf *text, struct jsonout *json)
{
	size_t count;
	const struct evaluation_scenario *rows = evaluation_scenarios(&count);

	for (size_t i = 0; i < count; i++) {
		const struct evaluation_scenario *row = &rows[i];

		if (!context->json) {
			strbuf_addf(text,
				    pick(context, "%s %s：法律 %.0f，技术 %.0f，经济 %.0f [%s]\n",
					 "%s %s: legal %.0f, technical %.0f, economic %.0f [%s]\n"),
				    row->id, pick(context, row->zh, row->en), row->legal,
				    row->technology, row->economy, rule_marks[row->mark].letter);
			continue;
		}
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "scenario", row->id);
		jsonout_member_cstr(json, "name", pick(context, row->zh, row->en));
		jsonout_member_number(json, "legal", row->legal);
		jsonout_member_number(json, "technology", row->technology);
		jsonout_member_number(json, "economy", row->economy);
		jsonout_object_end(json);
	}
}

void evaluate_print_list(struct context *context, enum evaluation_kind kind,
			 const struct evaluation_weights *weights)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	size_t count;
	const struct evaluation_item *items = evaluation_items(kind, &count);

	if (context->json) {
		jsonout_object_begin(&json);
		jsonout_key(&json, "items");
		jsonout_array_begin(&json);
	}
	for (size_t i = 0; i < count; i++)
		if (context->json)
			write_item(context, &json, &items[i], weights->points[i]);
		else
			add_item(context, &text, &items[i], weights->points[i]);
	if (context->json) {
		jsonout_array_end(&json);
		jsonout_key(&json, kind == SHEET_VALUE ? "scenarios" : "thresholds");
		jsonout_array_begin(&json);
	}
	if (kind == SHEET_VALUE)
		list_scenarios(context, &text, &json);
	else
		list_thresholds(context, &text, &json);
	if (context->json) {
		jsonout_array_end(&json);
		jsonout_object_end(&json);
	} else {
		strbuf_addf(&text, pick(context, "版本 %s，[K] %s\n", "edition %s, [K] %s\n"),
			    items[0].edition,
			    label_text(rule_marks[MARK_REFERENCE].label, context->language));
	}
	if (!context->json)
		strbuf_add_cstr(&text, sheet_mark_legend(context));
	sheet_print(&text);
}

void evaluate_print_template(struct context *context, enum evaluation_kind kind)
{
	static const char *const heads[] = { "item",  "name",     "evaluator",
					     "score", "evidence", "note" };
	enum { HEADS = sizeof(heads) / sizeof(heads[0]) };
	struct strbuf text = STRBUF_INIT;
	size_t count;
	const struct evaluation_item *items = evaluation_items(kind, &count);

	csv_add_mark(&text);
	for (size_t i = 0; i < HEADS; i++)
		csv_add_cell(&text, str_of(heads[i]), i == 0);
	csv_end_row(&text);
	for (size_t i = 0; i < count; i++) {
		csv_add_cell(&text, str_of(items[i].id), true);
		csv_add_cell(&text, str_of(item_name(context, &items[i])), false);
		for (size_t k = 2; k < HEADS - 1; k++)
			csv_add_cell(&text, STR_EMPTY, false);
		csv_add_cell(&text, str_of(pick(context, items[i].ask_zh, items[i].ask_en)), false);
		csv_end_row(&text);
	}
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}
