/* yucheng highvalue: which inventions of a list are of high value, and why, on a day. */
#include "cli/indicators_internal.h"
#include "cli/pick.h"

#include <stddef.h>
#include <stdio.h>

struct highvalue_options {
	const char *cases, *sei, *series;
	int64_t threshold;
	bool list, wide, from_grant, with_hk_mo_tw, revised;
};

#define FIELD(name_) offsetof(struct highvalue_options, name_)

static const struct option options[] = {
	{ "cases",
	  OPTION_TEXT,
	  FIELD(cases),
	  "FILE",
	  { "案件表（CSV 或工作簿）", "table of cases (CSV or workbook)" },
	  NULL },
	{ "sei",
	  OPTION_TEXT,
	  FIELD(sei),
	  "FILE",
	  { "战略性新兴产业对照表：ipc、code、name、keywords（默认为内置参考表，非官方）",
	    "table of emerging industries: ipc, code, name, keywords (default: a small one, not "
	    "official)" },
	  NULL },
	{ "pledge-threshold",
	  OPTION_COUNT,
	  FIELD(threshold),
	  "YUAN",
	  { "第四类：每件质押金额标准（元）；不设则不测",
	    "C4: pledge amount a patent needs, yuan; without it C4 is not tested" },
	  NULL },
	{ "wide",
	  OPTION_FLAG,
	  FIELD(wide),
	  NULL,
	  { "第一类：待确认的也计入", "C1: count what waits for a person to decide" },
	  NULL },
	{ "age-from-grant",
	  OPTION_FLAG,
	  FIELD(from_grant),
	  NULL,
	  { "第三类：自授权日起算（默认自申请日）", "C3: count from the grant, not the filing" },
	  NULL },
	{ "hk-mo-tw",
	  OPTION_FLAG,
	  FIELD(with_hk_mo_tw),
	  NULL,
	  { "第二类：港澳台计为海外", "C2: Hong Kong, Macao and Taiwan are abroad" },
	  NULL },
	{ "revised",
	  OPTION_FLAG,
	  FIELD(revised),
	  NULL,
	  { "按现在所知修订过去（默认按当日所知）",
	    "the past as known now (default: as known on the day)" },
	  NULL },
	{ "series",
	  OPTION_TEXT,
	  FIELD(series),
	  "Y1-Y2",
	  { "各年末的存量，如 2021-2025，当日所知与修订并列",
	    "stock at the end of each year, as known then and revised" },
	  NULL },
	{ "list",
	  OPTION_FLAG,
	  FIELD(list),
	  NULL,
	  { "列出五类条件与产业对照表", "list the five categories and the table of industries" },
	  NULL },
	{ .name = NULL },
};

struct shown {
	struct context *context;
	const struct patent_case *cases;
	size_t count;
	struct high_value_options rules;
};

static void write_hits(struct context *context, struct jsonout *json,
		       const struct high_value *value)
{
	char day[DATE_TEXT_SIZE];

	jsonout_key(json, "categories");
	jsonout_array_begin(json);
	for (size_t i = 0; i < HIGH_VALUE_CATEGORY_COUNT; i++) {
		const struct high_value_hit *hit = &value->hits[i];

		if (!hit->is_met)
			continue;
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "category", hit->rule->id);
		jsonout_member_cstr(json, "name", pick(context, hit->rule->zh, hit->rule->en));
		jsonout_member_cstr(json, "since", date_format(hit->since, day));
		jsonout_member_str(json, "evidence", hit->evidence);
		jsonout_member_cstr(json, "edition", hit->rule->edition);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_case(struct context *context, struct jsonout *json,
		       const struct patent_case *patent, const struct high_value *value)
{
	jsonout_object_begin(json);
	jsonout_member_str(json, "record", patent->id);
	jsonout_member_bool(json, "in_force", value->is_in_force);
	jsonout_member_bool(json, "high_value", value->is_high);
	jsonout_member_bool(json, "manual", value->is_manual);
	jsonout_member_bool(json, "grace", value->is_grace);
	jsonout_member_bool(json, "unsure", value->is_unsure);
	write_hits(context, json, value);
	jsonout_object_end(json);
}

static void write_stock(struct jsonout *json, const struct high_value_stock *stock)
{
	static const char *const names[] = { "C1", "C2", "C3", "C4", "C5" };

	jsonout_member_integer(json, "in_force", (int64_t)stock->in_force);
	jsonout_member_integer(json, "high_value", (int64_t)stock->high);
	jsonout_member_integer(json, "unsure", (int64_t)stock->unsure);
	jsonout_member_integer(json, "manual", (int64_t)stock->manual);
	for (size_t i = 0; i < HIGH_VALUE_CATEGORY_COUNT; i++)
		jsonout_member_integer(json, names[i], (int64_t)stock->by_category[i]);
}

static void print_json(const struct shown *shown)
{
	struct context *context = shown->context;
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	struct high_value_stock stock = high_value_stock(shown->cases, shown->count, context->today,
							 &shown->rules);
	char day[DATE_TEXT_SIZE];

	jsonout_object_begin(&json);
	jsonout_member_cstr(&json, "as_of", date_format(context->today, day));
	jsonout_member_bool(&json, "official_industries", sei_is_official(shown->rules.sei));
	write_stock(&json, &stock);
	jsonout_key(&json, "cases");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < shown->count; i++) {
		struct high_value value;

		high_value_test(context->arena, &shown->cases[i], context->today, &shown->rules,
				&value);
		write_case(context, &json, &shown->cases[i], &value);
	}
	jsonout_array_end(&json);
	jsonout_object_end(&json);
	sheet_print(&text);
}

static const char *verdict(struct context *context, const struct patent_case *patent,
			   const struct high_value *value)
{
	if (!value->is_in_force)
		return pick(context, "非有效发明", "not in force");
	if (!case_is_held(patent, context->today))
		return pick(context, "已转出", "not held");
	if (value->is_manual)
		return pick(context, "高价值（人工认定）", "high (by hand)");
	if (value->is_high)
		return pick(context, "高价值", "high");
	return value->is_unsure ? pick(context, "待确认", "to be confirmed")
				: pick(context, "否", "no");
}

static void print_case(const struct shown *shown, const struct patent_case *patent,
		       struct text_table *table)
{
	struct context *context = shown->context;
	struct strbuf text = STRBUF_INIT;
	struct high_value value;

	high_value_test(context->arena, patent, context->today, &shown->rules, &value);
	for (size_t i = 0; i < HIGH_VALUE_CATEGORY_COUNT; i++)
		if (value.hits[i].is_met)
			strbuf_addf(&text, "%s%s: %.*s", text.size ? "; " : "",
				    value.hits[i].rule->id, STR_ARGS(value.hits[i].evidence));
	if (value.is_grace)
		strbuf_addf(&text, "%s%s", text.size ? "; " : "",
			    pick(context, "滞纳期内", "annuity overdue"));
	text_table_cell(table, patent->id);
	text_table_cell(table, str_of(verdict(context, patent, &value)));
	text_table_cell(table, strbuf_str(&text));
	strbuf_release(&text);
}

static void print_text(const struct shown *shown)
{
	static const struct label heads[] = { { "专利", "patent" },
					      { "结论", "result" },
					      { "类别与证据", "categories and evidence" } };
	struct context *context = shown->context;
	struct text_table *table = text_table_create(context->arena, 3);
	struct strbuf text = STRBUF_INIT;
	struct high_value_stock stock = high_value_stock(shown->cases, shown->count, context->today,
							 &shown->rules);
	char day[DATE_TEXT_SIZE];

	command_table_head(context, table, heads, 3);
	for (size_t i = 0; i < shown->count; i++)
		print_case(shown, &shown->cases[i], table);
	text_table_print(table);
	strbuf_addf(&text,
		    pick(context, "截止 %s：有效发明 %zu 件，高价值 %zu 件，待确认 %zu 件\n",
			 "as of %s: %zu inventions in force, %zu of high value, %zu to be "
			 "confirmed\n"),
		    date_format(context->today, day), stock.in_force, stock.high, stock.unsure);
	if (!sei_is_official(shown->rules.sei))
		strbuf_add_cstr(&text,
				pick(context, "产业分类用内置参考表，非官方（--sei 载入官方表）\n",
				     "industries by the small built-in table, not official "
				     "(--sei loads another)\n"));
	if (!shown->rules.pledge_threshold)
		strbuf_add_cstr(&text, pick(context, "未设质押金额标准，第四类未测\n",
					    "no pledge threshold is set: C4 is not tested\n"));
	sheet_print(&text);
}

/* ---- The series. */
static bool parse_years(const char *text, int64_t *first_out, int64_t *last_out,
			struct error *error)
{
	enum { YEAR_MIN = 1985, YEAR_MAX = 2199 };
	struct str s = str_of(text);
	size_t dash = str_find_byte(s, '-');

	if (!str_to_int64(str_slice(s, 0, dash), first_out) ||
	    !str_to_int64(dash == STR_NOT_FOUND ? s : str_slice(s, dash + 1, s.size), last_out) ||
	    *first_out < YEAR_MIN || *last_out > YEAR_MAX || *first_out > *last_out)
		return error_set(error, ERROR_USAGE, "cli.years", "%s", text);
	return true;
}

static void series_row(const struct shown *shown, date day, struct text_table *table,
		       struct jsonout *json)
{
	struct high_value_options rules = shown->rules;
	struct high_value_stock reported, revised;
	char text[DATE_TEXT_SIZE];

	rules.basis = BASIS_REPORTED;
	reported = high_value_stock(shown->cases, shown->count, day, &rules);
	rules.basis = BASIS_REVISED;
	revised = high_value_stock(shown->cases, shown->count, day, &rules);
	if (shown->context->json) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "day", date_format(day, text));
		jsonout_key(json, "reported");
		jsonout_object_begin(json);
		write_stock(json, &reported);
		jsonout_object_end(json);
		jsonout_key(json, "revised");
		jsonout_object_begin(json);
		write_stock(json, &revised);
		jsonout_object_end(json);
		jsonout_object_end(json);
		return;
	}
	text_table_cell(table, str_of(date_format(day, text)));
	for (size_t i = 0; i < 4 + HIGH_VALUE_CATEGORY_COUNT; i++) {
		size_t number = i == 0   ? reported.in_force
				: i == 1 ? reported.high
				: i == 2 ? revised.in_force
				: i == 3 ? revised.high
					 : revised.by_category[i - 4];

		text_table_cell(table, str_of(arena_printf(shown->context->arena, "%zu", number)));
	}
}

static void print_series(const struct shown *shown, int64_t first, int64_t last)
{
	static const struct label heads[] = {
		{ "日期", "day" },
		{ "有效（当时）", "in force (then)" },
		{ "高价值（当时）", "high (then)" },
		{ "有效（修订）", "in force (revised)" },
		{ "高价值（修订）", "high (revised)" },
		{ "C1", "C1" },
		{ "C2", "C2" },
		{ "C3", "C3" },
		{ "C4", "C4" },
		{ "C5", "C5" },
	};
	enum { HEADS = sizeof(heads) / sizeof(heads[0]) };
	struct text_table *table = text_table_create(shown->context->arena, HEADS);
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	command_table_head(shown->context, table, heads, HEADS);
	if (shown->context->json)
		jsonout_array_begin(&json);
	for (int64_t year = first; year <= last; year++)
		series_row(shown, date_of((int)year, 12, 31), table, &json);
	if (shown->context->json)
		jsonout_array_end(&json);
	else
		text_table_print(table);
	sheet_print(&text);
}

/* ---- The tables. */
static void list_rules(struct context *context, struct strbuf *text, struct jsonout *json)
{
	size_t count;
	const struct high_value_rule *rules = high_value_rules(&count);

	for (size_t i = 0; i < count; i++) {
		const struct high_value_rule *rule = &rules[i];

		if (!context->json) {
			strbuf_addf(text, "%s %s\n   %s\n   %s\n", rule->id,
				    pick(context, rule->zh, rule->en),
				    pick(context, rule->test_zh, rule->test_en),
				    sheet_basis(context, rule->basis, rule->edition, rule->mark));
			continue;
		}
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "id", rule->id);
		jsonout_member_cstr(json, "name", pick(context, rule->zh, rule->en));
		jsonout_member_cstr(json, "test", pick(context, rule->test_zh, rule->test_en));
		jsonout_member_cstr(json, "edition", rule->edition);
		jsonout_member_cstr(
			json, "basis",
			rule_basis_text(context->arena, rule->basis, context->language));
		jsonout_member_cstr(json, "mark", rule_marks[rule->mark].letter);
		jsonout_object_end(json);
	}
}

static void list_industries(struct context *context, const struct sei_table *table,
			    struct strbuf *text, struct jsonout *json)
{
	size_t count;
	const struct sei_rule *rules = sei_rules(table, &count);

	if (!context->json && !sei_is_official(table))
		strbuf_add_cstr(text, pick(context, "战略性新兴产业参考表（参考值，非官方）\n",
					   "strategic emerging industries (reference, not "
					   "official)\n"));
	for (size_t i = 0; i < count; i++) {
		if (!context->json) {
			strbuf_addf(text, "   %.*s → %.*s %.*s%s%.*s\n", STR_ARGS(rules[i].ipc),
				    STR_ARGS(rules[i].code), STR_ARGS(rules[i].name),
				    rules[i].keywords.size ? " · " : "",
				    STR_ARGS(rules[i].keywords));
			continue;
		}
		jsonout_object_begin(json);
		jsonout_member_str(json, "ipc", rules[i].ipc);
		jsonout_member_str(json, "code", rules[i].code);
		jsonout_member_str(json, "name", rules[i].name);
		jsonout_member_str(json, "keywords", rules[i].keywords);
		jsonout_object_end(json);
	}
}

static void print_list(struct context *context, const struct sei_table *table)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	if (context->json) {
		jsonout_object_begin(&json);
		jsonout_key(&json, "categories");
		jsonout_array_begin(&json);
	}
	list_rules(context, &text, &json);
	if (context->json) {
		jsonout_array_end(&json);
		jsonout_member_bool(&json, "official_industries", sei_is_official(table));
		jsonout_key(&json, "industries");
		jsonout_array_begin(&json);
	}
	list_industries(context, table, &text, &json);
	if (context->json) {
		jsonout_array_end(&json);
		jsonout_object_end(&json);
	}
	sheet_print(&text);
}

static bool show(struct shown *shown, const struct highvalue_options *chosen, struct error *error)
{
	struct context *context = shown->context;
	int64_t first = 0, last = 0;
	struct patent_case *cases;
	struct sheet sheet;

	if (!chosen->cases)
		return error_set(error, ERROR_USAGE, "cli.too_few",
				 "highvalue (--cases FILE | --list)");
	if (chosen->series && !parse_years(chosen->series, &first, &last, error))
		return false;
	if (!sheet_file_read(context, chosen->cases, &sheet, error) ||
	    !case_list_read(context->arena, &sheet, &cases, &shown->count, error))
		return false;
	shown->cases = cases;
	if (chosen->series)
		print_series(shown, first, last);
	else if (context->json)
		print_json(shown);
	else
		print_text(shown);
	return true;
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct highvalue_options *chosen = values;
	struct shown shown = {
		.context = context,
		.rules = { .pledge_threshold = chosen->threshold * 100,
			   .is_wide = chosen->wide,
			   .age_from_grant = chosen->from_grant,
			   .with_hk_mo_tw = chosen->with_hk_mo_tw,
			   .basis = chosen->revised ? BASIS_REVISED : BASIS_REPORTED },
	};

	(void)arguments;
	(void)argument_count;
	if (!indicators_read_sei(context, chosen->sei, &shown.rules.sei, error))
		return -1;
	if (chosen->list) {
		print_list(context, shown.rules.sei);
		return 0;
	}
	return show(&shown, chosen, error) ? 0 : -1;
}

const struct command highvalue_command = {
	.name = "highvalue",
	.arguments = "--cases FILE | --list",
	.help = { "判定高价值发明专利：五类条件、证据、任一日的存量",
		  "tell inventions of high value: five categories, evidence, stock on any day" },
	.options = options,
	.options_size = sizeof(struct highvalue_options),
	.run = run,
	.examples = "yucheng highvalue --cases cases.csv --as-of 2025-12-31\n"
		    "yucheng highvalue --cases cases.csv --pledge-threshold 3000000 --json\n"
		    "yucheng highvalue --cases cases.csv --series 2021-2025\n"
		    "yucheng highvalue --list --lang en\n",
};
