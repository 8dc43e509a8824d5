/* The technology and effect breakdown, as read by people and with the query of every node. */
#include "report/navigation_internal.h"

static const struct figure_column columns[] = {
	{ "path", { "编号", "No." }, VALUE_TEXT },
	{ "name", { "名称", "Name" }, VALUE_TEXT },
	{ "definition", { "定义与边界", "Definition" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
};
static const struct figure_column query_columns[] = {
	{ "path", { "编号", "No." }, VALUE_TEXT },
	{ "name", { "名称", "Name" }, VALUE_TEXT },
	{ "query", { "检索式", "Query" }, VALUE_TEXT },
};

static const struct {
	struct label title, queries;
} titles[TREE_KIND_COUNT] = {
	[TREE_TECHNOLOGY] = { { "技术分解表", "Technology breakdown" },
			      { "技术分支检索式", "Queries of the technology branches" } },
	[TREE_EFFECT] = { { "功效分解表", "Effect breakdown" },
			  { "功效分支检索式", "Queries of the effects" } },
};

static const struct tree_node *nodes_of(const struct navigation *navigation, int kind,
					size_t *count_out)
{
	const struct analysis_input *input = &navigation->input;

	*count_out = kind == TREE_TECHNOLOGY ? input->technology_count : input->effect_count;
	return kind == TREE_TECHNOLOGY ? input->technology : input->effect;
}

/* Names of deeper levels stand further in. */
static struct str indented(struct arena *arena, const struct tree_node *node)
{
	static const char *const spaces[] = { "", "", "　", "　　", "　　　" };

	return str_of(arena_printf(arena, "%s%.*s", spaces[node->level < 5 ? node->level : 4],
				   STR_ARGS(node->name)));
}

static void write_tree(struct navigation *navigation, int kind)
{
	struct rows rows = { .arena = navigation->arena, .column_count = 4 };
	size_t count;
	const struct tree_node *nodes = nodes_of(navigation, kind, &count);

	for (size_t i = 0; i < count; i++) {
		struct figure_value *values = rows_add(&rows);

		values[0].text = nodes[i].path;
		values[1].text = indented(navigation->arena, &nodes[i]);
		if (i < navigation->node_counts[kind])
			values[2].text = str_of(navigation->nodes[kind][i].definition);
		values[3].number = (double)bitmap_count(nodes[i].documents);
	}
	report_table(navigation->report,
		     &(struct report_table){ .title = str_of(PICK(navigation->report->language,
								  titles[kind].title)),
					     .columns = columns,
					     .column_count = 4,
					     .rows = rows.rows,
					     .row_count = rows.count });
}

void navigation_write_trees(struct navigation *navigation)
{
	if (!navigation->input.technology) {
		report_paragraph(
			navigation->report,
			navigation_pick(navigation,
					"所选范围没有技术分解表，因此不含分支、热点与空白点分析。",
					"There is no technology breakdown, so branches, hot "
					"and blank spots are not analysed."));
		return;
	}
	report_paragraph(
		navigation->report,
		navigation_pick(navigation,
				"技术分解表由专题维护人员制定，各节点以检索式界定；同一文献可以归入"
				"多个节点，"
				"上级节点的数量包含其下级节点。",
				"The breakdown is made by those who keep the topic; each node is "
				"a query. A document may be in several nodes; a node includes "
				"the nodes below it."));
	for (int kind = 0; kind < TREE_KIND_COUNT; kind++)
		write_tree(navigation, kind);
}

void navigation_write_tree_queries(struct navigation *navigation)
{
	for (int kind = 0; kind < TREE_KIND_COUNT; kind++) {
		struct rows rows = { .arena = navigation->arena, .column_count = 3 };
		size_t count;
		const struct tree_node *nodes = nodes_of(navigation, kind, &count);

		for (size_t i = 0; i < count; i++) {
			struct figure_value *values = rows_add(&rows);

			values[0].text = nodes[i].path;
			values[1].text = nodes[i].name;
			values[2].text = nodes[i].query;
		}
		report_table(
			navigation->report,
			&(struct report_table){ .title = str_of(PICK(navigation->report->language,
								     titles[kind].queries)),
						.columns = query_columns,
						.column_count = 3,
						.rows = rows.rows,
						.row_count = rows.count });
	}
}
