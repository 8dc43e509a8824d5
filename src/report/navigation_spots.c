/* Hot and blank spots with their evidence, and what may follow from them. */
#include "report/navigation_internal.h"

#include <math.h>
#include <stdlib.h>

enum { EVIDENCE_MAX = 20, PROPOSALS_EACH = 5 };

struct spot {
	const struct figure_row *row;
	double weight; /* order of the list */
};

static int compare_spots(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;

	return x->weight < y->weight ? 1 : x->weight > y->weight ? -1 : 0;
}

/* Rows of a class with the largest number in a column first. */
static size_t find_spots(const struct navigation *navigation, const struct figure *figure,
			 const char *class, const char *column, struct spot **spots_out)
{
	size_t weight = figure_column_find(figure, column), count = 0;
	struct spot *spots = arena_array(navigation->arena, struct spot, figure->row_count);

	for (size_t i = 0; weight != SIZE_MAX && i < figure->row_count; i++)
		if (figure_row_is(figure, &figure->rows[i], class))
			spots[count++] = (struct spot){ &figure->rows[i],
							figure->rows[i].values[weight].number };
	qsort(spots, count, sizeof(spots[0]), compare_spots);
	*spots_out = spots;
	return count;
}

static void write_evidence(struct navigation *navigation, const struct figure *matrix,
			   const char *class, const char *order, struct str title)
{
	struct spot *spots;
	size_t count = find_spots(navigation, matrix, class, order, &spots);
	struct figure_row *rows = arena_array(navigation->arena, struct figure_row, count);

	for (size_t i = 0; i < count; i++)
		rows[i] = *spots[i].row;
	report_table(
		navigation->report,
		&(struct report_table){ .title = title,
					.columns = matrix->columns,
					.column_count = matrix->column_count,
					.rows = rows,
					.row_count = count < EVIDENCE_MAX ? count : EVIDENCE_MAX });
}

void navigation_write_spots(struct navigation *navigation)
{
	const struct figure *matrix = navigation_figure(navigation, "matrix");

	if (!matrix)
		return;
	write_evidence(
		navigation, matrix, "hot", "count",
		navigation_pick(navigation, "热点组合及其依据", "Hot cells and their evidence"));
	write_evidence(
		navigation, matrix, "blank", "expected",
		navigation_pick(navigation, "空白组合及其依据", "Blank cells and their evidence"));
	write_evidence(
		navigation, matrix, "sparse", "expected",
		navigation_pick(navigation, "稀疏组合及其依据", "Thin cells and their evidence"));
}

/* ---- Proposals. */
struct proposals {
	struct navigation *navigation;
	struct str items[4 * PROPOSALS_EACH];
	size_t count;
};

static const char *cell(const struct proposals *proposals, const struct figure *figure,
			const struct figure_row *row, const char *column)
{
	size_t at = figure_column_find(figure, column);
	struct arena *arena = proposals->navigation->arena;

	if (at == SIZE_MAX)
		return "–";
	return str_to_cstr(arena,
			   figure_value_text(arena, figure->columns[at].kind, &row->values[at]));
}

static void add(struct proposals *proposals, const char *text)
{
	proposals->items[proposals->count++] = str_of(text);
}

static void propose_blank(struct proposals *proposals, const char *class)
{
	struct navigation *navigation = proposals->navigation;
	const struct figure *matrix = navigation_figure(navigation, "matrix");
	bool zh = navigation->report->language == LANGUAGE_ZH;
	struct spot *spots;
	size_t count = matrix ? find_spots(navigation, matrix, class, "expected", &spots) : 0;

	for (size_t i = 0; i < count && i < PROPOSALS_EACH; i++)
		add(proposals,
		    arena_printf(navigation->arena,
				 zh ? "空白核查：“%s—%s”按独立假设期望 %s 件，实际 %s "
				      "件，相邻非空组合 %s 个。"
				      "建议先核查是技术不可行、需求不足还是尚未有人尝试，再决定是否"
				      "列为研发选题。"
				    : "Blank spot to check: \"%s – %s\" has %s expected and %s "
				      "found, with %s "
				      "neighbours that are not empty. Find out whether it is "
				      "impossible, not "
				      "needed or not tried before making it a research topic.",
				 cell(proposals, matrix, spots[i].row, "technique"),
				 cell(proposals, matrix, spots[i].row, "effect"),
				 cell(proposals, matrix, spots[i].row, "expected"),
				 cell(proposals, matrix, spots[i].row, "count"),
				 cell(proposals, matrix, spots[i].row, "neighbours")));
}

static void propose_hot(struct proposals *proposals)
{
	struct navigation *navigation = proposals->navigation;
	const struct figure *matrix = navigation_figure(navigation, "matrix");
	bool zh = navigation->report->language == LANGUAGE_ZH;
	struct spot *spots;
	size_t count = matrix ? find_spots(navigation, matrix, "hot", "count", &spots) : 0;

	for (size_t i = 0; i < count && i < PROPOSALS_EACH; i++)
		add(proposals,
		    arena_printf(navigation->arena,
				 zh ? "热点布局：“%s—%s”已有 %s 件且近三年增长 %s，竞争密集。"
				      "建议在立项前作防侵权检索，并围绕改进点与组合方案布局。"
				    : "Hot spot: \"%s – %s\" has %s already and grew %s in three "
				      "years. Search "
				      "for freedom to operate before starting, and file around "
				      "improvements.",
				 cell(proposals, matrix, spots[i].row, "technique"),
				 cell(proposals, matrix, spots[i].row, "effect"),
				 cell(proposals, matrix, spots[i].row, "count"),
				 cell(proposals, matrix, spots[i].row, "growth")));
}

static void propose_branches(struct proposals *proposals)
{
	struct navigation *navigation = proposals->navigation;
	const struct figure *branches = navigation_figure(navigation, "hot_branches");
	bool zh = navigation->report->language == LANGUAGE_ZH;
	struct spot *spots;
	size_t count = branches ? find_spots(navigation, branches, "hot", "growth", &spots) : 0;

	for (size_t i = 0; i < count && i < PROPOSALS_EACH; i++)
		add(proposals,
		    arena_printf(
			    navigation->arena,
			    zh ? "热点分支跟踪：%s近三年增长 %s（共 %s 件），建议设为监测对象，"
				 "逐月跟踪主要申请人的新公开文献。"
			       : "Branch to watch: %s grew %s in three years (%s in all); follow "
				 "new "
				 "publications of its main applicants.",
			    cell(proposals, branches, spots[i].row, "branch"),
			    cell(proposals, branches, spots[i].row, "growth"),
			    cell(proposals, branches, spots[i].row, "count")));
}

static void propose_expiry(struct proposals *proposals)
{
	struct navigation *navigation = proposals->navigation;
	const struct figure *expiry = navigation_figure(navigation, "expiry");
	double next = expiry ? figure_note_number(expiry, "next_5_years") : NAN;

	if (isfinite(next) && next > 0)
		add(proposals, arena_printf(navigation->arena,
					    navigation->report->language == LANGUAGE_ZH
						    ? "到期利用：未来五年有 %.0f "
						      "件有效专利届满，建议筛选其中的基础方案，"
						      "评估届满后的自由实施与二次开发。"
						    : "Expiry: %.0f patents in force end within "
						      "five years; pick the basic "
						      "ones and plan for their free use.",
					    next));
}

void navigation_write_proposals(struct navigation *navigation)
{
	struct proposals *proposals = arena_new(navigation->arena, struct proposals);
	struct report *report = navigation->report;

	proposals->navigation = navigation;
	report_notice(
		report,
		report_pick(report,
			    "本章为机器初筛，需人工确认：条目由前述图表按固定规则导出，"
			    "未考虑技术可行性、市场与资源条件，不能直接作为立项依据。",
			    "Machine-made proposals, to be confirmed by a person: they follow from "
			    "the figures by fixed rules and know nothing of feasibility, markets "
			    "or means."));
	propose_blank(proposals, "blank");
	propose_hot(proposals);
	propose_branches(proposals);
	propose_expiry(proposals);
	if (proposals->count)
		report_list(report, proposals->items, proposals->count);
	else
		report_paragraph(report,
				 report_pick(report, "依据现有数据未能导出可供核查的选题。",
					     "Nothing to propose follows from these data."));
}
