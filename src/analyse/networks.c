#include "analyse/build_internal.h"
#include "graph/graph.h"

/*
 * Who occurs with whom: nodes are the most frequent values of a column, a link's weight is the
 * number of documents both occur in (a family or publication counts as the input's unit says).
 */
static const struct figure_column node_columns[] = {
	{ "name", { "名称", "Name" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "degree", { "连接数", "Degree" }, VALUE_COUNT },
	{ "strength", { "连接强度", "Strength" }, VALUE_NUMBER },
	{ "betweenness", { "中介中心性", "Betweenness" }, VALUE_NUMBER },
	{ "community", { "社群", "Community" }, VALUE_COUNT },
	{ "x", { "横坐标", "x" }, VALUE_NUMBER },
	{ "y", { "纵坐标", "y" }, VALUE_NUMBER },
};
static const struct figure_column link_columns[] = {
	{ "source", { "一方", "From" }, VALUE_TEXT },
	{ "target", { "另一方", "To" }, VALUE_TEXT },
	{ "weight", { "共同数量", "Together" }, VALUE_COUNT },
};
static const struct figure_spec links_spec = {
	"links", { "连接", "Links" }, { "", "" }, SHAPE_TABLE, COLUMNS(link_columns)
};

/* Each pair once: cells above the diagonal of values against themselves. */
static size_t find_links(struct build *build, const struct axis *axis,
			 const struct value_count *values, size_t count,
			 struct graph_link **links_out)
{
	struct selection chosen = select_values(build->arena, axis, values, count);
	struct cell *cells;
	size_t cell_count = count_cells(build->input, build->arena, &chosen, &chosen, NULL, &cells);
	size_t link_count = 0;

	*links_out = arena_array(build->arena, struct graph_link, cell_count + 1);
	for (size_t i = 0; i < cell_count; i++)
		if (cells[i].a < cells[i].b)
			(*links_out)[link_count++] = (struct graph_link){ cells[i].a, cells[i].b,
									  (double)cells[i].count };
	return link_count;
}

static void add_links(struct build *build, const struct axis *axis,
		      const struct value_count *values, const struct graph_link *links,
		      size_t count)
{
	struct build part = build_part(build, &links_spec);

	for (size_t i = 0; i < count; i++) {
		uint32_t from = values[links[i].from].value, to = values[links[i].to].value;
		struct figure_row *row = build_row(&part);

		row->drill = drill_and(build->arena, axis_drill(axis, build->arena, from),
				       axis_drill(axis, build->arena, to));
		build_name(&part, axis, from);
		build_name(&part, axis, to);
		build_number(&part, links[i].weight);
	}
	build_part_end(build, &part);
}

static void add_node(struct build *build, const struct axis *axis, struct value_count entry,
		     const struct graph_node *node)
{
	struct figure_row *row = build_row(build);

	row->key = axis_key(axis, build->arena, entry.value);
	row->drill = axis_drill(axis, build->arena, entry.value);
	build_name(build, axis, entry.value);
	build_number(build, entry.count);
	build_number(build, node->degree);
	build_number(build, node->strength);
	build_number(build, node->betweenness);
	build_number(build, node->community + 1);
	build_number(build, node->x);
	build_number(build, node->y);
}

static bool run_network(const struct analysis *analysis, struct build *build, struct error *error)
{
	struct axis axis = axis_of_column(analysis->column, build->input->snapshot);
	uint32_t *counts = count_values(build->input, build->arena, &axis,
					&build->figure->left_out);
	size_t top = build_top(build, analysis->top);
	struct graph_link *links;
	struct value_count *values;
	struct graph *graph;
	size_t count, link_count;

	if (top > GRAPH_NODES_MAX)
		top = GRAPH_NODES_MAX;
	count = count_top(build->arena, counts, axis.size, top, &values);
	link_count = find_links(build, &axis, values, count, &links);
	if (!graph_compute(build->arena, (uint32_t)count, links, link_count, &graph, error))
		return false;
	for (size_t i = 0; i < count; i++)
		add_node(build, &axis, values[i], &graph->nodes[i]);
	add_links(build, &axis, values, links, link_count);
	build_note(build, "nodes", (struct label){ "节点数", "Nodes" }, (double)count);
	build_note(build, "links", (struct label){ "连接数", "Links" }, (double)link_count);
	build_note(build, "communities", (struct label){ "社群数", "Communities" },
		   graph->community_count);
	build_note(build, "modularity", (struct label){ "模块度", "Modularity" },
		   graph->modularity);
	return true;
}

#define NETWORK(name_, title_zh, title_en, column_, top_)                                                              \
	const struct analysis analysis_##name_ = {                                                                     \
		.figure = { #name_,                                                                                    \
			    { title_zh, title_en },                                                                    \
			    { "取数量最多者为节点，连接权重为共同出现的数量；社群用 Leiden " \
			      "算法（2019），"                                                                    \
			      "布局用 Fruchterman–Reingold，随机种子固定。",                                           \
			      "Nodes are the most frequent, links weigh what they have together; "                     \
			      "communities by Leiden (2019), layout by Fruchterman-Reingold, "                         \
			      "fixed "                                                                                 \
			      "seed." },                                                                               \
			    SHAPE_NETWORK,                                                                             \
			    COLUMNS(node_columns) },                                                                   \
		.run = run_network,                                                                                    \
		.column = column_,                                                                                     \
		.top = top_                                                                                            \
	}

NETWORK(applicant_network, "申请人合作网络", "Co-applicants", COL_APPLICANT, 60);
NETWORK(inventor_network, "发明人合作网络", "Co-inventors", COL_INVENTOR, 80);
NETWORK(co_classification, "技术共现网络（IPC 小类）", "Co-classification (IPC subclasses)",
	COL_IPC_SUBCLASS, 40);
