/* Queries, methods, editions and names, for those who check the report. */
#include "report/navigation_internal.h"

static const struct figure_column query_columns[] = {
	{ "name", { "名称", "Name" }, VALUE_TEXT },
	{ "query", { "检索式", "Query" }, VALUE_TEXT },
};

static void add_query(struct rows *rows, struct str name, struct str query)
{
	struct figure_value *values;

	if (!query.size)
		return;
	values = rows_add(rows);
	values[0].text = name;
	values[1].text = query;
}

static void write_queries(struct navigation *navigation)
{
	struct rows rows = { .arena = navigation->arena, .column_count = 2 };
	const struct topic *topic = navigation->request->topic;

	add_query(&rows, navigation_pick(navigation, "本报告", "This report"),
		  navigation->input.query);
	if (topic)
		add_query(&rows, navigation_pick(navigation, "专题检索式", "Query of the topic"),
			  str_of(topic->query));
	add_query(&rows, navigation_pick(navigation, "附加限定", "Further condition"),
		  navigation->request->query);
	report_table(navigation->report,
		     &(struct report_table){
			     .title = navigation_pick(navigation, "检索式一览", "Queries"),
			     .columns = query_columns,
			     .column_count = 2,
			     .rows = rows.rows,
			     .row_count = rows.count });
}

static const struct figure_column method_columns[] = {
	{ "number", { "编号", "No." }, VALUE_TEXT },
	{ "title", { "图表", "Figure" }, VALUE_TEXT },
	{ "unit", { "统计单位", "Unit" }, VALUE_TEXT },
	{ "method", { "定义与计算方法", "Definition" }, VALUE_TEXT },
};

static void write_methods(struct navigation *navigation)
{
	struct rows rows = { .arena = navigation->arena, .column_count = 4 };
	enum language language = navigation->report->language;
	bool zh = language == LANGUAGE_ZH;

	for (const struct report_block *block = navigation->report->first; block;
	     block = block->next) {
		struct figure_value *values;
		bool is_table;

		if (block->kind != BLOCK_FIGURE)
			continue;
		values = rows_add(&rows);
		is_table = block->figure->shape == SHAPE_TABLE;
		values[0].text = str_of(arena_printf(
			navigation->arena, "%s%s", is_table ? (zh ? "表" : "T") : (zh ? "图" : "F"),
			block->number));
		values[1].text = str_of(PICK(language, block->figure->title));
		values[2].text = str_of(unit_name(block->figure->unit, language));
		values[3].text = str_of(PICK(language, block->figure->method));
	}
	report_table(navigation->report,
		     &(struct report_table){ .title = navigation_pick(navigation, "各图表的方法",
								      "Methods of the figures"),
					     .columns = method_columns,
					     .column_count = 4,
					     .rows = rows.rows,
					     .row_count = rows.count });
}

static void write_editions(struct navigation *navigation)
{
	static const struct label texts[] = {
		{ "专利法：2020 年修正，2021 年 6 月 1 "
		  "日起施行（公开时限：第三十四条；保护期限：第四十二条）。",
		  "Patent Law of China as amended in 2020, in force since 2021-06-01 (publication: "
		  "article "
		  "34; term: article 42)." },
		{ "《专利导航指南》系列国家标准：GB/T 39551-2020。",
		  "Guidelines for patent navigation: GB/T 39551-2020." },
		{ "技术领域：WIPO 技术领域与 IPC 对照表（35 个领域）。",
		  "Fields of technology: WIPO's concordance of IPC and 35 fields." },
		{ "截止日、统计单位与检索式随每幅图表列出；同一数据、同一截止日得到同一结果。",
		  "As-of date, unit and query stand under every figure; the same data and date "
		  "give the "
		  "same numbers." },
	};
	enum { COUNT = sizeof(texts) / sizeof(texts[0]) };
	struct str *items = arena_array(navigation->arena, struct str, COUNT + 1);

	for (size_t i = 0; i < COUNT; i++)
		items[i] = str_of(PICK(navigation->report->language, texts[i]));
	items[COUNT] = str_of(
		arena_printf(navigation->arena, "Yucheng %s", navigation->request->version));
	report_list(navigation->report, items, COUNT + 1);
}

static void write_applicants(struct navigation *navigation)
{
	const struct figure *figure = navigation->applicants;

	if (!figure || !figure->row_count)
		return;
	report_heading(navigation->report, 1,
		       navigation_pick(navigation, "申请人名单", "Applicants"));
	report_table(navigation->report,
		     &(struct report_table){
			     .title = navigation_pick(navigation, "归一后的主要申请人",
						      "The main applicants as normalised"),
			     .columns = figure->columns,
			     .column_count = figure->column_count,
			     .rows = figure->rows,
			     .row_count = figure->row_count });
}

void navigation_write_appendix(struct navigation *navigation)
{
	struct report *report = navigation->report;

	report_appendix(report);
	report_heading(report, 1, report_pick(report, "检索式", "Queries"));
	write_queries(navigation);
	navigation_write_tree_queries(navigation);
	report_heading(report, 1, report_pick(report, "图表方法", "Methods"));
	write_methods(navigation);
	report_heading(report, 1, report_pick(report, "依据与版本", "Editions"));
	write_editions(navigation);
	write_applicants(navigation);
}
