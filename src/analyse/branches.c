#include "analyse/build_internal.h"
#include "analyse/statistics_internal.h"
#include "analyse/tree_internal.h"

/*
 * The technology breakdown: how much each branch holds and where it is going. "Recent" are the
 * last three complete filing years, "previous" the three before them.
 */
struct window window_of(date as_of)
{
	int last = first_incomplete_year(as_of, COL_YEAR_FILED) - 1;

	return (struct window){ .recent = last - WINDOW_YEARS + 1,
				.previous = last - 2 * WINDOW_YEARS + 1,
				.last = last };
}

bool tree_is_leaf(const struct tree_node *nodes, size_t count, size_t i)
{
	for (size_t j = i + 1; j < count; j++)
		if (nodes[j].parent == i)
			return false;
	return true;
}

struct str tree_drill(const struct build *build, const struct tree_node *node)
{
	return str_copy(build->arena, node->query);
}

struct branch_counts {
	double count, recent, previous;
};

/* Sums of a node's counts over the two windows. */
static struct branch_counts count_branch(struct build *build, const struct axis *years,
					 const struct tree_node *node)
{
	struct window window = window_of(build->input->as_of);
	uint32_t *counts = count_values_of(build->input, build->arena, years, node->documents);
	struct branch_counts branch = { 0 };

	branch.count = (double)count_documents_of(build->input, build->arena, node->documents);
	for (uint32_t value = 0; value < years->size; value++) {
		int year = axis_year(years, value);

		if (year >= window.recent && year <= window.last)
			branch.recent += counts[value];
		else if (year >= window.previous && year < window.recent)
			branch.previous += counts[value];
	}
	return branch;
}

#define RECENT_COLUMNS                                                                             \
	{ "recent", { "近三年数量", "Last 3 years" }, VALUE_COUNT },                               \
	{                                                                                          \
		"previous", { "前三年数量", "3 years before" }, VALUE_COUNT                        \
	}

static const struct figure_column branches_columns[] = {
	{ "path", { "编号", "Path" }, VALUE_TEXT },
	{ "name", { "技术分支", "Branch" }, VALUE_TEXT },
	{ "level", { "级别", "Level" }, VALUE_COUNT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "share", { "占比", "Share" }, VALUE_SHARE },
	RECENT_COLUMNS,
	{ "growth", { "近三年增长", "Growth" }, VALUE_SHARE },
};

static bool run_branches(const struct analysis *analysis, struct build *build, struct error *error)
{
	const struct analysis_input *input = build->input;
	struct axis years = axis_of_column(COL_YEAR_FILED, input->snapshot);
	double documents = (double)count_documents(input, build->arena);
	const struct bitmap *covered = bitmap_empty();

	(void)analysis;
	(void)error;
	for (size_t i = 0; i < input->technology_count; i++) {
		const struct tree_node *node = &input->technology[i];
		struct branch_counts branch = count_branch(build, &years, node);
		struct figure_row *row = build_row(build);

		covered = bitmap_or(build->arena, covered, node->documents);
		row->key = node->path;
		row->drill = tree_drill(build, node);
		build_text(build, node->path);
		build_text(build, node->name);
		build_number(build, node->level);
		build_number(build, branch.count);
		build_number(build, share_of(branch.count, documents));
		build_number(build, branch.recent);
		build_number(build, branch.previous);
		build_number(build, growth_of(branch.recent, branch.previous));
	}
	build->figure->left_out = (uint64_t)documents -
				  count_documents_of(input, build->arena, covered);
	return true;
}

const struct analysis analysis_branches = {
	.figure = { "branches",
		    { "技术分支构成", "Branches" },
		    { "各分支检索式命中的数量；一件可属多个分支；增长＝最近三个完整申请年÷此前三年"
		      "－1。",
		      "Documents found by each branch's query, in several branches where they fit; "
		      "growth "
		      "of the last 3 complete filing years against the 3 before." },
		    SHAPE_TREE,
		    COLUMNS(branches_columns) },
	.run = run_branches,
	.needs_technology = true,
};

/* ---- Branch by year. */
static const struct figure_column branch_year_columns[] = {
	{ "branch", { "技术分支", "Branch" }, VALUE_TEXT },
	{ "year", { "年份", "Year" }, VALUE_YEAR },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
};

static void add_branch_years(struct build *build, const struct axis *years,
			     const struct tree_node *node)
{
	uint32_t *counts = count_values_of(build->input, build->arena, years, node->documents);
	int incomplete = first_incomplete_year(build->input->as_of, COL_YEAR_FILED);

	for (uint32_t value = 0; value < years->size; value++) {
		struct figure_row *row;

		if (!counts[value])
			continue;
		row = build_row(build);
		row->key = node->path;
		row->is_incomplete = axis_year(years, value) >= incomplete;
		row->drill = drill_and(build->arena, tree_drill(build, node),
				       axis_drill(years, build->arena, value));
		build_text(build, node->name);
		build_number(build, axis_year(years, value));
		build_number(build, counts[value]);
	}
}

static bool run_branch_year(const struct analysis *analysis, struct build *build,
			    struct error *error)
{
	const struct analysis_input *input = build->input;
	struct axis years = axis_of_column(COL_YEAR_FILED, input->snapshot);

	(void)analysis;
	(void)error;
	for (size_t i = 0; i < input->technology_count; i++)
		if (tree_is_leaf(input->technology, input->technology_count, i))
			add_branch_years(build, &years, &input->technology[i]);
	return true;
}

const struct analysis analysis_branch_year = {
	.figure = { "branch_year",
		    { "技术分支年度趋势", "Branches by filing year" },
		    { "末级分支按申请年计数。", "Counts of the lowest branches by filing year." },
		    SHAPE_STACKED,
		    COLUMNS(branch_year_columns) },
	.run = run_branch_year,
	.needs_technology = true,
};

/* ---- Applicant by branch, with the relative technological advantage. */
static const struct figure_column applicant_branch_columns[] = {
	{ "applicant", { "申请人", "Applicant" }, VALUE_TEXT },
	{ "branch", { "技术分支", "Branch" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "rta", { "相对技术优势 RTA", "RTA" }, VALUE_NUMBER },
};

/* Below that many documents a ratio of shares says nothing. */
enum { RTA_DOCUMENTS_MIN = 5 };

struct applicant_branches {
	struct axis axis;
	struct value_count *values;
	size_t count;
	const struct tree_node **leaves;
	size_t leaf_count;
	uint32_t *matrix; /* applicant * leaf_count + leaf */
	double *row_sums, *column_sums, sum;
};

static void count_applicant_branches(struct build *build, struct applicant_branches *table)
{
	table->matrix = arena_array(build->arena, uint32_t, table->count * table->leaf_count + 1);
	table->row_sums = arena_array(build->arena, double, table->count + 1);
	table->column_sums = arena_array(build->arena, double, table->leaf_count + 1);
	for (size_t leaf = 0; leaf < table->leaf_count; leaf++) {
		uint32_t *counts = count_values_of(build->input, build->arena, &table->axis,
						   table->leaves[leaf]->documents);

		for (uint32_t value = 0; value < table->axis.size; value++)
			table->column_sums[leaf] += counts[value];
		table->sum += table->column_sums[leaf];
		for (size_t i = 0; i < table->count; i++) {
			uint32_t count = counts[table->values[i].value];

			table->matrix[i * table->leaf_count + leaf] = count;
			table->row_sums[i] += count;
		}
	}
}

/* (P_ij / sum_i P_ij) / (sum_j P_ij / sum_ij P_ij), i applicants, j branches. */
static double advantage(const struct applicant_branches *table, size_t i, size_t leaf)
{
	double count = table->matrix[i * table->leaf_count + leaf];

	if (count < RTA_DOCUMENTS_MIN)
		return NAN;
	return count / table->column_sums[leaf] / (table->row_sums[i] / table->sum);
}

static void add_applicant_branch(struct build *build, const struct applicant_branches *table,
				 size_t i, size_t leaf)
{
	const struct tree_node *node = table->leaves[leaf];
	uint32_t value = table->values[i].value;
	struct figure_row *row = build_row(build);

	row->drill = drill_and(build->arena, axis_drill(&table->axis, build->arena, value),
			       tree_drill(build, node));
	build_name(build, &table->axis, value);
	build_text(build, node->name);
	build_number(build, table->matrix[i * table->leaf_count + leaf]);
	build_number(build, advantage(table, i, leaf));
}

static bool run_applicant_branch(const struct analysis *analysis, struct build *build,
				 struct error *error)
{
	const struct analysis_input *input = build->input;
	struct applicant_branches table = { .axis = axis_of_column(COL_APPLICANT,
								   input->snapshot) };
	uint32_t *counts = count_values(input, build->arena, &table.axis, NULL);

	(void)error;
	table.count = count_top(build->arena, counts, table.axis.size,
				build_top(build, analysis->top), &table.values);
	table.leaf_count = tree_leaves(build->arena, input->technology, input->technology_count,
				       &table.leaves);
	count_applicant_branches(build, &table);
	for (size_t i = 0; i < table.count; i++)
		for (size_t leaf = 0; leaf < table.leaf_count; leaf++)
			if (table.matrix[i * table.leaf_count + leaf])
				add_applicant_branch(build, &table, i, leaf);
	return true;
}

const struct analysis analysis_applicant_branch = {
	.figure = { "applicant_branch",
		    { "主要申请人的技术布局", "Applicants by branch" },
		    { "末级分支中的数量；RTA＝该申请人在分支中的份额÷其在全部分支中的份额，大于 1 "
		      "为优势，"
		      "少于 5 件不计算。",
		      "Counts in the lowest branches; RTA is the applicant's share of the branch "
		      "over its "
		      "share of all branches, above 1 an advantage, none below 5 documents." },
		    SHAPE_HEAT,
		    COLUMNS(applicant_branch_columns) },
	.run = run_applicant_branch,
	.needs_technology = true,
	.top = 10,
};

size_t tree_leaves(struct arena *arena, const struct tree_node *nodes, size_t count,
		   const struct tree_node ***leaves_out)
{
	size_t leaf_count = 0;

	*leaves_out = arena_array(arena, const struct tree_node *, count + 1);
	for (size_t i = 0; i < count; i++)
		if (tree_is_leaf(nodes, count, i))
			(*leaves_out)[leaf_count++] = &nodes[i];
	return leaf_count;
}

/* ---- Hot branches. */
static const struct figure_column hot_branches_columns[] = {
	{ "branch", { "技术分支", "Branch" }, VALUE_TEXT },
	{ "growth", { "近三年增长", "Growth" }, VALUE_SHARE },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	RECENT_COLUMNS,
	{ "class", { "类别", "Class" }, VALUE_TEXT },
};
enum { HOT_DOCUMENTS_MIN = 10 };
static const double hot_growth = 1.0, rising_growth = 0.2, cooling_growth = -0.2;

static const struct label *heat_of(const struct branch_counts *branch)
{
	static const struct label small = { "数量不足", "small" }, new = { "新兴", "new" },
				  hot = { "热点", "hot" }, rising = { "上升", "rising" },
				  steady = { "平稳", "steady" }, cooling = { "降温", "cooling" };
	double growth = growth_of(branch->recent, branch->previous);

	if (branch->recent + branch->previous < HOT_DOCUMENTS_MIN)
		return &small;
	if (branch->previous <= 0)
		return &new;
	if (growth > hot_growth && branch->recent >= HOT_DOCUMENTS_MIN)
		return &hot;
	if (growth > rising_growth)
		return &rising;
	return growth < cooling_growth ? &cooling : &steady;
}

static void add_hot_branch(struct build *build, const struct tree_node *node,
			   const struct branch_counts *branch)
{
	struct figure_row *row = build_row(build);

	row->key = node->path;
	row->drill = tree_drill(build, node);
	build_text(build, node->name);
	build_number(build, growth_of(branch->recent, branch->previous));
	build_number(build, branch->count);
	build_number(build, branch->recent);
	build_number(build, branch->previous);
	build_text(build, build_label(build, *heat_of(branch)));
}

static bool run_hot_branches(const struct analysis *analysis, struct build *build,
			     struct error *error)
{
	const struct analysis_input *input = build->input;
	struct axis years = axis_of_column(COL_YEAR_FILED, input->snapshot);
	const struct tree_node **leaves;
	size_t count = tree_leaves(build->arena, input->technology, input->technology_count,
				   &leaves);
	double hot = 0;

	(void)analysis;
	(void)error;
	for (size_t i = 0; i < count; i++) {
		struct branch_counts branch = count_branch(build, &years, leaves[i]);

		add_hot_branch(build, leaves[i], &branch);
		hot += branch.recent >= HOT_DOCUMENTS_MIN &&
		       growth_of(branch.recent, branch.previous) > hot_growth;
	}
	build_note(build, "hot", (struct label){ "热点分支数", "Hot branches" }, hot);
	build_note(build, "threshold", (struct label){ "热点最低数量", "Least number for hot" },
		   HOT_DOCUMENTS_MIN);
	return true;
}

const struct analysis analysis_hot_branches = {
	.figure = { "hot_branches",
		    { "热点分支", "Hot branches" },
		    { "近三个完整申请年较此前三年增长超过 100% 且近三年不少于 10 件为热点；超过 "
		      "20% 为上升，"
		      "低于 −20% 为降温，六年合计不足 10 件不判定。",
		      "Hot: the last 3 complete filing years exceed the 3 before by more than 100 "
		      "% with "
		      "10 documents or more; rising above 20 %, cooling below -20 %; fewer than 10 "
		      "in six "
		      "years are not judged." },
		    SHAPE_QUADRANT,
		    COLUMNS(hot_branches_columns) },
	.run = run_hot_branches,
	.needs_technology = true,
	.clause = "2.3-f",
};
