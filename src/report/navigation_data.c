/* Where the data come from, how fresh they are, and what they cannot say. */
#include "report/navigation_internal.h"

#include "base/map.h"

#include <math.h>

enum { FRESH_DAYS = 30 }; /* usual demand on a topic of a key field */

/* ---- Sources. */
static const struct figure_column source_columns[] = {
	{ "source", { "数据来源", "Source" }, VALUE_TEXT },
	{ "files", { "文件数", "Files" }, VALUE_COUNT },
	{ "rows", { "记录数", "Rows" }, VALUE_COUNT },
	{ "inserted", { "新增", "Inserted" }, VALUE_COUNT },
	{ "updated", { "更新", "Updated" }, VALUE_COUNT },
	{ "unchanged", { "未变", "Unchanged" }, VALUE_COUNT },
	{ "rejected", { "拒收", "Rejected" }, VALUE_COUNT },
	{ "first", { "首次导入", "First" }, VALUE_DATE },
	{ "last", { "最近导入", "Last" }, VALUE_DATE },
};
enum { SOURCE_COLUMNS = 9 };

static void add_import(struct figure_value *values, const struct import_record *record)
{
	const int64_t counts[] = { 1,
				   record->rows_done,
				   record->inserted,
				   record->updated,
				   record->unchanged,
				   record->rejected };
	double day = record->imported_on == DATE_NONE ? NAN : (double)record->imported_on;

	if (!values[0].text.size) {
		values[0].text = str_of(record->source);
		values[7].number = values[8].number = NAN;
	}
	for (size_t i = 0; i < 6; i++)
		values[1 + i].number += (double)counts[i];
	values[7].number = fmin(values[7].number, day);
	values[8].number = fmax(values[8].number, day);
}

static void write_sources(struct navigation *navigation)
{
	struct rows rows = { .arena = navigation->arena, .column_count = SOURCE_COLUMNS };
	struct map *places = map_create();

	for (size_t i = 0; i < navigation->import_count; i++) {
		const struct import_record *record = &navigation->imports[i];
		bool is_new;
		uint64_t *place = map_put(places, str_of(record->source), &is_new);

		if (is_new) {
			rows_add(&rows);
			*place = rows.count - 1;
		}
		add_import((struct figure_value *)(uintptr_t)rows.rows[*place].values, record);
	}
	map_destroy(places);
	if (navigation->imports_are_all && navigation->request->topic)
		report_paragraph(
			navigation->report,
			navigation_pick(navigation, "本专题由检索式构成，下表列出全库的数据来源。",
					"The topic is made by a query; the table lists all "
					"sources of the library."));
	report_table(
		navigation->report,
		&(struct report_table){ .title = navigation_pick(navigation, "数据来源", "Sources"),
					.columns = source_columns,
					.column_count = SOURCE_COLUMNS,
					.rows = rows.rows,
					.row_count = rows.count });
}

/* ---- Freshness and log. */
static date last_update(const struct navigation *navigation)
{
	date last = navigation->request->topic ? navigation->request->topic->updated_on : DATE_NONE;

	for (size_t i = 0; i < navigation->import_count; i++)
		if (navigation->imports[i].imported_on > last)
			last = navigation->imports[i].imported_on;
	return last;
}

static void write_freshness(struct navigation *navigation)
{
	date last = last_update(navigation);
	int days = navigation->request->as_of - last;
	bool zh = navigation->report->language == LANGUAGE_ZH;
	char text[DATE_TEXT_SIZE];

	if (last == DATE_NONE || days < 0)
		return;
	date_format(last, text);
	report_paragraph(
		navigation->report,
		str_of(arena_printf(navigation->arena,
				    zh ? "数据最近一次更新于 %s，距本报告的数据截止日 %d 天。"
				       : "The data were last updated on %s, %d days before "
					 "the as-of date of this report.",
				    text, days)));
	if (days > FRESH_DAYS)
		report_notice(
			navigation->report,
			str_of(arena_printf(navigation->arena,
					    zh ? "数据已超过 %d 天未更新，建议更新后再用于决策。"
					       : "The data are older than %d days; update them "
						 "before deciding on them.",
					    FRESH_DAYS)));
}

static const struct figure_column log_columns[] = {
	{ "date", { "日期", "Date" }, VALUE_DATE },
	{ "source", { "来源", "Source" }, VALUE_TEXT },
	{ "added", { "新增", "Added" }, VALUE_COUNT },
	{ "removed", { "移除", "Removed" }, VALUE_COUNT },
	{ "updated", { "更新", "Updated" }, VALUE_COUNT },
	{ "status", { "状态变化", "Status changed" }, VALUE_COUNT },
};

static void write_log(struct navigation *navigation)
{
	enum { SHOWN = 30 };
	struct rows rows = { .arena = navigation->arena, .column_count = 6 };
	size_t first = navigation->log_count > SHOWN ? navigation->log_count - SHOWN : 0;

	for (size_t i = first; i < navigation->log_count; i++) {
		const struct topic_log_line *line = &navigation->log[i];
		struct figure_value *values = rows_add(&rows);

		values[0].number = line->on == DATE_NONE ? NAN : (double)line->on;
		values[1].text = str_of(line->source);
		values[2].number = (double)line->added;
		values[3].number = (double)line->removed;
		values[4].number = (double)line->updated;
		values[5].number = (double)line->status_changed;
	}
	report_table(navigation->report,
		     &(struct report_table){ .title = navigation_pick(navigation, "专题更新日志",
								      "Update log of the topic"),
					     .columns = log_columns,
					     .column_count = 6,
					     .rows = rows.rows,
					     .row_count = rows.count });
}

/* ---- Quality of the search: to be filled in by those who checked it. */
static const struct figure_column quality_columns[] = {
	{ "measure", { "指标", "Measure" }, VALUE_TEXT },
	{ "formula", { "计算方法", "Formula" }, VALUE_TEXT },
	{ "threshold", { "常用要求（参考值）", "Usual threshold" }, VALUE_TEXT },
	{ "result", { "检验结果", "Result" }, VALUE_TEXT },
	{ "checked", { "检验人、日期", "Checked by, on" }, VALUE_TEXT },
};
static const struct label quality[2][4] = {
	{ { "查全率", "Recall" },
	  { "独立样本集中被检出的相关文献数 ÷ 样本集相关文献总数",
	    "relevant documents of an independent sample found / all of them" },
	  { "不低于 80%～90%", "80–90 % or more" },
	  { "未检验", "not checked" } },
	{ { "查准率", "Precision" },
	  { "随机抽样中的相关文献数 ÷ 抽样总数（不少于 100 件或 10%）",
	    "relevant documents of a random sample / its size (100 or 10 % at least)" },
	  { "不低于 85%～90%", "85–90 % or more" },
	  { "未检验", "not checked" } },
};

static void write_quality(struct navigation *navigation)
{
	struct rows rows = { .arena = navigation->arena, .column_count = 5 };

	for (size_t i = 0; i < 2; i++) {
		struct figure_value *values = rows_add(&rows);

		for (size_t k = 0; k < 4; k++)
			values[k].text = str_of(PICK(navigation->report->language, quality[i][k]));
	}
	report_table(navigation->report,
		     &(struct report_table){ .title = navigation_pick(navigation, "检索质量检验",
								      "Quality of the search"),
					     .columns = quality_columns,
					     .column_count = 5,
					     .rows = rows.rows,
					     .row_count = rows.count });
}

/* ---- Limits. */
static void limit_tail(struct navigation *navigation)
{
	const struct figure *trend = navigation_figure(navigation, "trend_filed");
	double last = trend ? figure_note_number(trend, "last_complete_year") : NAN;
	bool zh = navigation->report->language == LANGUAGE_ZH;
	char as_of[DATE_TEXT_SIZE];

	date_format(navigation->request->as_of, as_of);
	if (isfinite(last))
		report_notice(
			navigation->report,
			str_of(arena_printf(
				navigation->arena,
				zh ? "发明专利申请一般自申请日（有优先权的，自优先权日）起满十八个"
				     "月公布（专利法第三十四条）。"
				     "截至 %s，%.0f "
				     "年及以后的申请尚未全部公开，图中以灰色标出，不得解读为下降。"
				   : "Applications are published 18 months after filing or "
				     "priority (Patent Law of "
				     "China, article 34). As of %s filings from %.0f on are not "
				     "all "
				     "published; they are greyed in the figures and are no "
				     "decline.",
				as_of, last + 1)));
}

static void limit_status(struct navigation *navigation)
{
	const struct figure *status = navigation_figure(navigation, "status_group");
	size_t count = status ? figure_column_find(status, "count") : SIZE_MAX;
	bool zh = navigation->report->language == LANGUAGE_ZH;

	for (size_t i = 0; count != SIZE_MAX && i < status->row_count; i++)
		if (str_equal_cstr(status->rows[i].key, "unknown"))
			report_notice(
				navigation->report,
				str_of(arena_printf(
					navigation->arena,
					zh ? "有 %.0f 件的法律状态未能确认：来源没有给出状态，"
					     "或其用语不在已知词表内。系统不作推测，这些文献单列为“"
					     "未确认”。"
					   : "The legal status of %.0f is unknown: the source gave "
					     "none, or "
					     "in words that are not known. Nothing is guessed; "
					     "they are "
					     "counted apart.",
					status->rows[i].values[count].number)));
}

static void limit_rejected(struct navigation *navigation)
{
	int64_t rejected = 0;
	bool zh = navigation->report->language == LANGUAGE_ZH;

	for (size_t i = 0; i < navigation->import_count; i++)
		rejected += navigation->imports[i].rejected;
	if (rejected)
		report_notice(
			navigation->report,
			str_of(arena_printf(
				navigation->arena,
				zh ? "导入时有 %lld 条记录因格式或内容问题被拒收，未参与统计；"
				     "可用导入命令的 --rejects 选项导出原因。"
				   : "%lld rows were rejected at import and are not counted; the "
				     "import command's --rejects tells why.",
				(long long)rejected)));
}

static void limit_missing_figures(struct navigation *navigation)
{
	struct strbuf names = STRBUF_INIT;
	bool zh = navigation->report->language == LANGUAGE_ZH;

	if (bitmap_is_empty(navigation->input.documents))
		return;
	for (size_t i = 0; i < analysis_count; i++) {
		const struct figure *figure = navigation->figures[i];

		if (figure && figure->row_count)
			continue;
		if (names.size)
			strbuf_add_cstr(&names, zh ? "、" : ", ");
		strbuf_add_cstr(&names,
				PICK(navigation->report->language, analyses[i]->figure.title));
	}
	if (names.size)
		report_notice(
			navigation->report,
			str_of(arena_printf(navigation->arena,
					    zh ? "因缺少所需字段或分解表而未生成的图表：%s。"
					       : "Not made, for want of the fields or trees they "
						 "need: %s.",
					    names.data)));
	strbuf_release(&names);
}

static void write_limits(struct navigation *navigation)
{
	limit_tail(navigation);
	limit_status(navigation);
	report_notice(
		navigation->report,
		navigation_pick(
			navigation,
			"申请人名称按统一规则归一（全半角、繁简、括号、空格），未经工商信息核对；"
			"更名、并购与集团关系可能使同一主体分列多行，附录给出名单供核对。",
			"Names of applicants are normalised by rules and not checked against "
			"registers: renamed, merged and affiliated firms may stand in several "
			"rows. The appendix lists them."));
	limit_rejected(navigation);
	limit_missing_figures(navigation);
}

void navigation_write_data(struct navigation *navigation)
{
	struct report *report = navigation->report;

	report_heading(report, 2, report_pick(report, "数据来源", "Sources"));
	write_sources(navigation);
	report_heading(report, 2, report_pick(report, "时效与更新", "Freshness and updates"));
	write_freshness(navigation);
	write_log(navigation);
	report_heading(report, 2, report_pick(report, "检索质量", "Quality of the search"));
	report_paragraph(report,
			 report_pick(report,
				     "查全率与查准率须由检索人员抽样检验后填写；未填写前，"
				     "本报告的数量结论以检索式所得文献为限。",
				     "Recall and precision are to be checked by the searchers and "
				     "filled in; until then all counts hold for the documents the "
				     "queries found."));
	write_quality(navigation);
	report_heading(report, 2, report_pick(report, "数据局限", "Limits"));
	write_limits(navigation);
}
