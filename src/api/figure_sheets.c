/* Figures as workbooks: what is listed on the pages, with the day and the method above the heads. */
#include "api/figure_call.h"
#include "api/figure_table.h"
#include "api/plan_call.h"
#include "api/routes.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Of two literals, so that formats are checked. */
#define PICK(zh_, en_) (call->language == LANGUAGE_ZH ? (zh_) : (en_))

/* ---- Cells. */
static const char *day_text(struct arena *arena, date day)
{
	char text[DATE_TEXT_SIZE];

	date_format(day, text);
	return arena_copy(arena, text, strlen(text));
}

static struct str day_cell(const struct call *call, date day)
{
	return str_of(day_text(call->arena, day));
}

static struct str count_cell(struct call *call, int64_t count)
{
	return str_of(arena_printf(call->arena, "%lld", (long long)count));
}

static struct str yuan_cell(struct call *call, int64_t fen)
{
	return str_of(arena_printf(call->arena, "%lld.%02lld", (long long)(fen / 100),
				   (long long)(fen % 100)));
}

/* Nothing to divide by: an empty cell. */
static struct str ratio_cell(const struct call *call, double part, size_t whole)
{
	return whole ? str_of(arena_printf(call->arena, "%.4f", part / (double)whole)) : STR_EMPTY;
}

/* ---- The records behind a figure. */
static const struct figure_head part_heads[] = {
	{ { "编号", "Number" }, FIGURE_TEXT },
	{ { "名称", "Title" }, FIGURE_LONG_TEXT },
	{ { "日期", "Day" }, FIGURE_DATE },
	{ { "现在的状态", "State now" }, FIGURE_TEXT },
	{ { "未计入的原因", "Why left out" }, FIGURE_TEXT },
};

static const struct label part_labels[] = {
	[CHAIN_NUMERATOR] = { "分子", "numerator" },
	[CHAIN_DENOMINATOR] = { "分母", "denominator" },
	[CHAIN_EXCLUDED] = { "未计入", "left out" },
};

static const char *value_text(const struct call *call, const struct indicator_result *result)
{
	struct arena *arena = call->arena;

	if (isnan(result->value))
		return PICK("不可计算", "not computable");
	if (result->method->unit == UNIT_COUNT)
		return arena_printf(arena, "%.0f", result->value);
	if (result->method->unit == UNIT_MULTIPLE)
		return arena_printf(arena, "%.2f", result->value);
	return arena_printf(arena, "%.2f %%", result->value * 100);
}

static void add_figure_lead(struct figure_table *table, struct call *call,
			    const struct figure_call *figure, const struct chain_part_list *list)
{
	const struct indicator_result *result = &list->figure->result;
	const struct indicator_method *method = result->method;
	struct arena *arena = call->arena;

	figure_table_lead(table, arena_printf(arena, PICK("%s %s（%s）：%s", "%s %s (%s): %s"),
					      method->id, PICK(method->zh, method->en),
					      figure->centre.name, value_text(call, result)));
	figure_table_lead(table, arena_printf(arena, PICK("截止日期：%s", "as of %s"),
					      day_text(arena, result->as_of)));
	figure_table_lead(table, arena_printf(arena,
					      PICK("计算口径：%s（%s，自 %s 起施行）。%s",
						   "method: %s (%s, in force from %s). %s"),
					      PICK(method->method_zh, method->method_en),
					      method->method, method->edition,
					      PICK(method->formula_zh, method->formula_en)));
	figure_table_lead(table, arena_printf(arena, PICK("%s：%zu 件", "%s: %zu"),
					      label_text(part_labels[figure->part], call->language),
					      list->count));
}

static void add_part_row(struct figure_table *table, struct call *call, enum chain_part part,
			 const struct chain_part_row *row)
{
	enum language language = call->language;
	const struct choice *state = choice_find(record_type_find(row->type)->states,
						 row->row->state);
	struct str *cells = figure_table_row(table);

	cells[0] = row->row->number;
	cells[1] = row->row->title;
	cells[2] = day_cell(call, row->day);
	cells[3] = state ? str_of(label_text(state->label, language)) : row->row->state;
	if (part == CHAIN_EXCLUDED)
		cells[4] = str_of(label_text(indicator_reasons[row->reason].label, language));
}

static bool get_indicator_file(struct call *call, struct error *error)
{
	struct chain_part_list list;
	struct record_call records;
	struct figure_call figure;
	struct figure_table *table;

	if (!record_call_begin(call, &records, error) || !call_figure(&records, &figure, error) ||
	    !chain_part_load(&records.store, &figure.centre, &figure.question, figure.indicator,
			     figure.part, &list, error))
		return false;
	table = figure_table_create(&records, part_heads,
				    COUNT(part_heads) - (figure.part != CHAIN_EXCLUDED));
	add_figure_lead(table, call, &figure, &list);
	for (size_t i = 0; i < list.count; i++)
		add_part_row(table, call, figure.part, &list.rows[i]);
	return figure_table_answer(
		table,
		arena_printf(call->arena, "%s-%s", list.figure->result.method->id,
			     label_text(part_labels[figure.part], call->language)),
		error);
}

/* ---- Fees. */
static const struct figure_head fee_heads[] = {
	{ { "案卷号", "Docket number" }, FIGURE_TEXT },
	{ { "发明名称", "Title" }, FIGURE_LONG_TEXT },
	{ { "费用", "Fee" }, FIGURE_TEXT },
	{ { "缴费期限", "Due" }, FIGURE_DATE },
	{ { "金额（元）", "Amount (yuan)" }, FIGURE_AMOUNT },
	{ { "滞纳金（元）", "Late fee (yuan)" }, FIGURE_AMOUNT },
	{ { "分级", "Grade" }, FIGURE_TEXT },
	{ { "处置", "Decision" }, FIGURE_TEXT },
};

static const struct choice decisions[] = {
	{ "approved", { "已批准", "Approved" } },
	{ "planned", { "待批准", "To be approved" } },
	{ "keep", { "按分级维持", "Kept by its grade" } },
	{ "decide", { "需逐年评议", "To be decided each year" } },
	{ "ungraded", { "未分级", "Not graded" } },
	{ NULL, { NULL, NULL } },
};

static void add_fee(struct figure_table *table, struct call *call, const struct chain_fee *fee)
{
	const struct choice *decision = choice_find(decisions, str_of(fee->decision));
	struct str *cells = figure_table_row(table);

	cells[0] = str_of(fee->docket);
	cells[1] = str_of(fee->case_title);
	cells[2] = str_of(fee->title);
	cells[3] = day_cell(call, fee->due);
	cells[4] = yuan_cell(call, fee->amount);
	cells[5] = yuan_cell(call, fee->late);
	cells[6] = str_of(fee->grade);
	if (decision)
		cells[7] = str_of(label_text(decision->label, call->language));
}

static bool get_fee_plan_file(struct call *call, struct error *error)
{
	struct chain_fee_plan plan;
	struct record_call records;
	struct figure_table *table;

	if (!record_call_begin(call, &records, error) || !call_fee_plan(&records, &plan, error))
		return false;
	table = figure_table_create(&records, fee_heads, COUNT(fee_heads));
	figure_table_lead(table, arena_printf(call->arena,
					      PICK("截止日期：%s，测算至 %s", "as of %s, up to %s"),
					      day_text(call->arena, plan.today),
					      day_text(call->arena, plan.until)));
	figure_table_lead(
		table,
		PICK("计算口径：已登记的费用，加按现行年费标准、案件减缴和开放许可测算的后续年费；"
		     "参考值",
		     "method: fees recorded, and further annuities by the rates of today with the "
		     "reduction and open licence of each case; reference values"));
	for (size_t i = 0; i < plan.count; i++)
		add_fee(table, call, &plan.fees[i]);
	return figure_table_answer(table, PICK("费用计划", "fee-plan"), error);
}

/* ---- Agencies. */
static const struct figure_head score_heads[] = {
	{ { "代理机构", "Agency" }, FIGURE_LONG_TEXT },
	{ { "交付稿件", "Drafts" }, FIGURE_NUMBER },
	{ { "首稿用时（天，中位数）", "Days to the first draft (median)" }, FIGURE_AMOUNT },
	{ { "每稿机检问题", "Findings a draft" }, FIGURE_AMOUNT },
	{ { "其中错误", "of them errors" }, FIGURE_AMOUNT },
	{ { "退回率", "Returned" }, FIGURE_AMOUNT },
	{ { "案均审查意见", "Office actions a case" }, FIGURE_AMOUNT },
	{ { "授权率", "Grant rate" }, FIGURE_AMOUNT },
	{ { "授权", "Granted" }, FIGURE_NUMBER },
	{ { "结案", "Decided" }, FIGURE_NUMBER },
	{ { "超期失权", "Lapsed" }, FIGURE_NUMBER },
};

static void add_score(struct figure_table *table, struct call *call,
		      const struct chain_score *score)
{
	size_t decided = score->granted + score->refused;
	struct str *cells = figure_table_row(table);

	cells[0] = str_of(score->name);
	cells[1] = count_cell(call, (int64_t)score->drafts);
	cells[2] = ratio_cell(call, score->days_to_draft, score->first_drafts > 0);
	cells[3] = ratio_cell(call, (double)(score->errors + score->warnings + score->notes),
			      score->checks);
	cells[4] = ratio_cell(call, (double)score->errors, score->checks);
	cells[5] = ratio_cell(call, (double)score->returned, score->judged);
	cells[6] = ratio_cell(call, (double)score->office_actions, score->office_action_cases);
	cells[7] = ratio_cell(call, (double)score->granted, decided);
	cells[8] = count_cell(call, (int64_t)score->granted);
	cells[9] = count_cell(call, (int64_t)decided);
	cells[10] = count_cell(call, (int64_t)score->lapsed);
}

static bool get_scorecard_file(struct call *call, struct error *error)
{
	struct chain_scorecard scorecard;
	struct record_call records;
	struct figure_table *table;

	if (!record_call_begin(call, &records, error) ||
	    !call_scorecard(&records, &scorecard, error))
		return false;
	table = figure_table_create(&records, score_heads, COUNT(score_heads));
	figure_table_lead(table,
			  arena_printf(call->arena, PICK("统计期间：%s 至 %s", "window: %s to %s"),
				       day_text(call->arena, scorecard.from),
				       day_text(call->arena, scorecard.until)));
	figure_table_lead(
		table,
		PICK("计算口径：按期间内交付、质检、发文和结案统计；“超期失权”只计会导致申请或权利"
		     "丧失的期限；空白为没有可计的记录",
		     "method: by what was delivered, checked, issued and decided within the "
		     "window; "
		     "lapsed counts only periods whose end costs the application or the right; "
		     "empty: nothing to count"));
	for (size_t i = 0; i < scorecard.count; i++)
		add_score(table, call, &scorecard.scores[i]);
	return figure_table_answer(table, PICK("代理机构计分卡", "agencies"), error);
}

HANDLER(api_get_indicator_file, get_indicator_file)
HANDLER(api_get_fee_plan_file, get_fee_plan_file)
HANDLER(api_get_scorecard_file, get_scorecard_file)
