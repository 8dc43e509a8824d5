#include "report/navigation_internal.h"

#include "indexing/indexing.h"

enum { APPLICANT_LIST_MAX = 100 };

/* ---- What the report is about. */
static bool run_query(const struct navigation_request *request, struct arena *arena,
		      const struct bitmap **documents_out, struct error *error)
{
	struct query_names names = indexing_names(arena, request->library, request->snapshot,
						  request->limits);
	struct query_parse_options options = { .names = &names };
	struct query *query;

	return query_parse(arena, request->query.size ? request->query : STR("ALL"), &options,
			   &query, error) &&
	       query_run_kept(request->snapshot, query, request->limits, arena, documents_out,
			      error);
}

static bool find_documents(struct navigation *navigation, struct error *error)
{
	const struct navigation_request *request = navigation->request;
	const struct bitmap *found, *held;
	struct strbuf text = STRBUF_INIT;

	if (!run_query(request, navigation->arena, &found, error))
		return false;
	navigation->input.query = request->query.size ? request->query : STR("ALL");
	navigation->input.documents = found;
	if (!request->topic)
		return true;
	if (!indexing_topic_documents(request->library, request->snapshot, navigation->arena,
				      request->topic, request->limits, &held, error))
		return false;
	strbuf_add_byte(&text, '#');
	query_add_operand(&text, str_of(request->topic->name));
	if (request->query.size)
		strbuf_addf(&text, " AND (%.*s)", STR_ARGS(request->query));
	navigation->input.query = str_copy(navigation->arena, strbuf_str(&text));
	navigation->input.documents = request->query.size
					      ? bitmap_and(navigation->arena, held, found)
					      : held;
	strbuf_release(&text);
	return true;
}

static bool find_trees(struct navigation *navigation, struct error *error)
{
	const struct navigation_request *request = navigation->request;
	struct analysis_input *input = &navigation->input;
	struct tree_node *nodes[TREE_KIND_COUNT] = { NULL };
	size_t counts[TREE_KIND_COUNT] = { 0 };

	for (int kind = 0; request->topic && kind < TREE_KIND_COUNT; kind++)
		if (!indexing_topic_tree(request->library, request->snapshot, navigation->arena,
					 request->topic->id, (enum tree_kind)kind, input->documents,
					 request->limits, &nodes[kind], &counts[kind], error) ||
		    !library_topic_tree(request->library, navigation->arena, request->topic->id,
					(enum tree_kind)kind, &navigation->nodes[kind],
					&navigation->node_counts[kind], error))
			return false;
	input->technology = counts[TREE_TECHNOLOGY] ? nodes[TREE_TECHNOLOGY] : NULL;
	input->technology_count = counts[TREE_TECHNOLOGY];
	input->effect = counts[TREE_EFFECT] ? nodes[TREE_EFFECT] : NULL;
	input->effect_count = counts[TREE_EFFECT];
	return true;
}

/* Keeps the imports of the topic; a topic made by a query alone has none of its own. */
static bool find_imports(struct navigation *navigation, struct error *error)
{
	const struct navigation_request *request = navigation->request;
	struct import_record *all, *own;
	size_t count, own_count = 0;

	if (!library_imports(request->library, navigation->arena, &all, &count, error))
		return false;
	own = arena_array(navigation->arena, struct import_record, count);
	for (size_t i = 0; request->topic && i < count; i++)
		if (all[i].topic_id == request->topic->id)
			own[own_count++] = all[i];
	navigation->imports_are_all = own_count == 0;
	navigation->imports = own_count ? own : all;
	navigation->import_count = own_count ? own_count : count;
	return !request->topic ||
	       library_topic_log(request->library, navigation->arena, request->topic->id,
				 &navigation->log, &navigation->log_count, error);
}

static bool run_analyses(struct navigation *navigation, struct error *error)
{
	struct analysis_input longer = navigation->input;
	const struct analysis *applicants = analysis_find(STR("applicants"));

	navigation->figures = arena_array(navigation->arena, struct figure *, analysis_count);
	for (size_t i = 0; i < analysis_count; i++) {
		const struct analysis *analysis = analyses[i];

		if ((analysis->needs_technology && !navigation->input.technology) ||
		    (analysis->needs_effect && !navigation->input.effect))
			continue;
		if (!analysis_run(analysis, &navigation->input, navigation->arena,
				  &navigation->figures[i], error))
			return false;
	}
	longer.top = APPLICANT_LIST_MAX;
	return !applicants ||
	       analysis_run(applicants, &longer, navigation->arena, &navigation->applicants, error);
}

/* ---- Parts of the text. */
const struct figure *navigation_figure(const struct navigation *navigation, const char *id)
{
	for (size_t i = 0; i < analysis_count; i++)
		if (strcmp(analyses[i]->figure.id, id) == 0)
			return navigation->figures[i] && navigation->figures[i]->row_count
				       ? navigation->figures[i]
				       : NULL;
	return NULL;
}

struct str navigation_pick(const struct navigation *navigation, const char *zh, const char *en)
{
	return report_pick(navigation->report, zh, en);
}

struct figure_value *rows_add(struct rows *rows)
{
	struct figure_value *values = arena_array(rows->arena, struct figure_value,
						  rows->column_count);

	if (rows->count == rows->room) {
		size_t room = rows->room ? rows->room * 2 : 16;
		struct figure_row *larger = arena_array(rows->arena, struct figure_row, room);

		if (rows->count)
			memcpy(larger, rows->rows, rows->count * sizeof(*larger));
		rows->rows = larger;
		rows->room = room;
	}
	rows->rows[rows->count++] = (struct figure_row){ .values = values };
	return values;
}

/* ---- Order of the figures. */
enum step_kind { STEP_CHAPTER, STEP_SECTION, STEP_FIGURE, STEP_CALL };
struct step {
	enum step_kind kind;
	struct label label; /* of a heading */
	const char *figure;
	void (*call)(struct navigation *navigation);
};

#define CHAPTER(zh_, en_)                                                                          \
	{                                                                                          \
		.kind = STEP_CHAPTER, .label = { zh_, en_ }                                        \
	}
#define SECTION(zh_, en_)                                                                          \
	{                                                                                          \
		.kind = STEP_SECTION, .label = { zh_, en_ }                                        \
	}
#define FIGURE(id_)                                                                                \
	{                                                                                          \
		.kind = STEP_FIGURE, .figure = id_                                                 \
	}
#define CALL(function_)                                                                            \
	{                                                                                          \
		.kind = STEP_CALL, .call = function_                                               \
	}

static const struct step steps[] = {
	CHAPTER("技术分解", "Technology breakdown"),
	CALL(navigation_write_trees),
	CHAPTER("数据及其局限", "The data and their limits"),
	CALL(navigation_write_data),
	CHAPTER("总体态势", "The overall situation"),
	SECTION("申请、公开与授权趋势", "Filings, publications and grants"),
	FIGURE("trend_filed"),
	FIGURE("trend_published"),
	FIGURE("trend_granted"),
	SECTION("技术生命周期", "Life cycle"),
	FIGURE("life_cycle"),
	FIGURE("s_curve"),
	FIGURE("technology_indices"),
	SECTION("专利类型", "Types"),
	FIGURE("type"),
	FIGURE("type_year"),
	SECTION("法律状态与维持", "Legal status and survival"),
	FIGURE("status_group"),
	FIGURE("status"),
	FIGURE("survival"),
	SECTION("地域分布", "Geography"),
	FIGURE("origin_office"),
	FIGURE("offices"),
	FIGURE("provinces"),
	FIGURE("cities"),
	SECTION("申请人与集中度", "Applicants and concentration"),
	FIGURE("applicants"),
	FIGURE("applicant_types"),
	FIGURE("applicant_network"),
	SECTION("发明人与代理机构", "Inventors and agencies"),
	FIGURE("inventors"),
	FIGURE("inventor_network"),
	FIGURE("agencies"),
	SECTION("技术构成", "Technical composition"),
	FIGURE("ipc_subclasses"),
	FIGURE("ipc_groups"),
	FIGURE("wipo_fields"),
	FIGURE("co_classification"),
	FIGURE("keywords"),
	CHAPTER("技术分支、热点与空白点", "Branches, hot and blank spots"),
	SECTION("分支构成", "Branches"),
	FIGURE("branches"),
	FIGURE("branch_year"),
	SECTION("热点分支", "Hot branches"),
	FIGURE("hot_branches"),
	SECTION("技术功效矩阵", "Techniques and effects"),
	FIGURE("matrix"),
	CALL(navigation_write_spots),
	SECTION("引证与技术演进", "Citations and the main path"),
	FIGURE("citations"),
	FIGURE("main_path"),
	CHAPTER("竞争格局", "Competitors"),
	SECTION("主要竞争者对比", "Profiles"),
	FIGURE("competitors"),
	SECTION("申请人的年度与分支布局", "Applicants by year and branch"),
	FIGURE("applicant_year"),
	FIGURE("applicant_branch"),
	SECTION("进入与退出", "Entrants and leavers"),
	FIGURE("entrants_leavers"),
	CHAPTER("重点专利", "Key patents"),
	FIGURE("key_patents"),
	CHAPTER("运营与到期", "Operations and expiry"),
	SECTION("转让、许可、质押等事件", "Transfers, licences, pledges"),
	FIGURE("operations"),
	SECTION("到期预测", "Expiry"),
	FIGURE("expiry"),
	CHAPTER("建议", "Proposals"),
	CALL(navigation_write_proposals),
};
enum { STEP_COUNT = sizeof(steps) / sizeof(steps[0]) };

/* A section is left out when none of its figures has rows. */
static bool section_is_empty(const struct navigation *navigation, size_t at)
{
	for (size_t i = at + 1; i < STEP_COUNT && steps[i].kind >= STEP_FIGURE; i++)
		if (steps[i].kind == STEP_FIGURE && navigation_figure(navigation, steps[i].figure))
			return false;
	return true;
}

static bool chapter_is_empty(const struct navigation *navigation, size_t at)
{
	for (size_t i = at + 1; i < STEP_COUNT && steps[i].kind != STEP_CHAPTER; i++)
		if (steps[i].kind == STEP_FIGURE
			    ? navigation_figure(navigation, steps[i].figure) != NULL
			    : steps[i].kind == STEP_CALL && i == at + 1)
			return false;
	return true;
}

static void write_step(struct navigation *navigation, size_t at)
{
	const struct step *step = &steps[at];
	struct report *report = navigation->report;
	const struct figure *figure;

	switch (step->kind) {
	case STEP_CHAPTER:
		if (!chapter_is_empty(navigation, at))
			report_heading(report, 1, str_of(PICK(report->language, step->label)));
		break;
	case STEP_SECTION:
		if (!section_is_empty(navigation, at))
			report_heading(report, 2, str_of(PICK(report->language, step->label)));
		break;
	case STEP_FIGURE:
		figure = navigation_figure(navigation, step->figure);
		if (figure)
			report_figure(report, figure);
		break;
	case STEP_CALL:
		step->call(navigation);
		break;
	}
}

/* ---- Cover and summary. */
static bool is_demo(const struct navigation *navigation)
{
	for (size_t i = 0; i < navigation->import_count; i++)
		if (strcmp(navigation->imports[i].source, "demo") == 0)
			return true;
	return false;
}

static struct str title_of(const struct navigation_request *request, struct arena *arena)
{
	bool zh = request->language == LANGUAGE_ZH;

	if (request->title.size)
		return request->title;
	if (!request->topic)
		return zh ? STR("专利导航分析") : STR("Patent navigation");
	return str_of(arena_printf(arena, zh ? "%s专利导航报告" : "%s: patent navigation",
				   request->topic->name));
}

static void write_cover(struct navigation *navigation)
{
	const struct navigation_request *request = navigation->request;
	const struct topic *topic = request->topic;
	struct report *report = navigation->report;
	struct figure_value as_of = { .number = (double)request->as_of };
	struct figure_value count = { .number = (double)bitmap_count(navigation->input.documents) };

	report->kind = report_pick(report, "专利导航报告", "Patent navigation report");
	report->as_of = request->as_of;
	report->is_demo = is_demo(navigation);
	if (topic && *topic->field)
		report_cover(report, report_pick(report, "技术领域", "Field"),
			     str_of(topic->field));
	if (topic)
		report_cover(report, report_pick(report, "专题数据库", "Topic"),
			     str_of(topic->name));
	if (topic && *topic->purpose)
		report_cover(report, report_pick(report, "导航目的", "Purpose"),
			     str_of(topic->purpose));
	report_cover(
		report, report_pick(report, "分析对象", "Documents"),
		str_of(arena_printf(
			navigation->arena,
			report->language == LANGUAGE_ZH ? "%s 件专利申请" : "%s applications",
			str_to_cstr(navigation->arena,
				    figure_value_text(navigation->arena, VALUE_COUNT, &count)))));
	report_cover(report, report_pick(report, "数据截至", "Data as of"),
		     figure_value_text(navigation->arena, VALUE_DATE, &as_of));
	report_cover(report, report_pick(report, "编制", "Made by"),
		     str_of(arena_printf(navigation->arena, "Yucheng %s", request->version)));
	report_cover(report, report_pick(report, "状态", "State"),
		     report_pick(report, "机器生成初稿，结论须经人工审核",
				 "machine-made draft, to be reviewed by a person"));
}

/* What a reader in a hurry must know; numbers of the figures are filled in at the end. */
static const char *const summary[] = { "trend_filed", "life_cycle",  "status_group",
				       "applicants",  "branches",    "hot_branches",
				       "matrix",      "key_patents", "expiry" };
enum { SUMMARY_COUNT = sizeof(summary) / sizeof(summary[0]) };

static struct str *begin_summary(struct navigation *navigation)
{
	size_t count = 0;

	for (size_t i = 0; i < SUMMARY_COUNT; i++)
		count += navigation_figure(navigation, summary[i]) != NULL;
	report_heading(navigation->report, 1,
		       navigation_pick(navigation, "主要结论", "Main findings"));
	if (!count)
		report_paragraph(navigation->report,
				 navigation_pick(navigation, "所选范围内没有可供分析的专利文献。",
						 "There are no documents to analyse."));
	report_notice(
		navigation->report,
		navigation_pick(navigation,
				"以下结论由系统依据数据自动生成，只陈述数据所示，不构成法律意见；"
				"引用前请核对对应图表与检索式。",
				"These sentences are made from the data by the program and say "
				"no more than the numbers do. They are no legal advice; check "
				"figure and query before quoting."));
	return report_list_reserve(navigation->report, count);
}

static void fill_summary(struct navigation *navigation, struct str *items)
{
	size_t count = 0;

	for (size_t i = 0; i < SUMMARY_COUNT; i++) {
		const struct figure *figure = navigation_figure(navigation, summary[i]);
		const struct report_block *block = navigation->report->first;
		bool zh = navigation->report->language == LANGUAGE_ZH;

		while (block && (block->kind != BLOCK_FIGURE || block->figure != figure))
			block = block->next;
		if (!figure || !block)
			continue;
		items[count++] = str_of(arena_printf(
			navigation->arena, zh ? "%s：%.*s（%s%s）" : "%s: %.*s (%s %s)",
			PICK(navigation->report->language, figure->title), STR_ARGS(block->text),
			figure->shape == SHAPE_TABLE ? (zh ? "表" : "table")
						     : (zh ? "图" : "figure"),
			block->number));
	}
}

static void write_report(struct navigation *navigation)
{
	struct str *items;

	write_cover(navigation);
	items = begin_summary(navigation);
	for (size_t i = 0; i < STEP_COUNT; i++)
		write_step(navigation, i);
	navigation_write_appendix(navigation);
	fill_summary(navigation, items);
}

bool navigation_report(const struct navigation_request *request, struct arena *arena,
		       struct report **report_out, struct error *error)
{
	struct navigation navigation = {
		.request = request,
		.arena = arena,
		.report = report_create(arena, request->language, title_of(request, arena)),
		.input = { .snapshot = request->snapshot,
			   .unit = request->unit,
			   .as_of = request->as_of,
			   .language = request->language,
			   .limits = request->limits },
	};

	if (!find_documents(&navigation, error) || !find_trees(&navigation, error) ||
	    !find_imports(&navigation, error) || !run_analyses(&navigation, error))
		return false;
	write_report(&navigation);
	*report_out = navigation.report;
	return true;
}
