#include "query/run_internal.h"

struct explanation {
	struct run run;
	struct list *lines;
};

static void release_list(void *list)
{
	list_release(list);
}

/* Each node is run by itself, so that its count is its own and not what its place leaves of it. */
static bool explain_node(struct explanation *explanation, const struct query_node *node,
			 unsigned depth)
{
	const struct bitmap *documents = run_node(&explanation->run, node, NULL);
	struct explain_line *line;

	if (!documents)
		return false;
	line = list_add(explanation->lines);
	line->depth = depth;
	line->text = query_node_label(explanation->run.arena, node);
	line->documents = bitmap_count(documents);
	line->at = node->at;
	for (size_t i = 0; i < node->child_count; i++)
		if (!explain_node(explanation, node->children[i], depth + 1))
			return false;
	return true;
}

bool query_explain(const struct snapshot *snapshot, const struct query *query,
		   const struct search_limits *limits, struct arena *arena,
		   struct explain_line **lines_out, size_t *count_out, struct error *error)
{
	struct explanation explanation = { { snapshot, limits, arena, error },
					   arena_new(arena, struct list) };

	*explanation.lines = LIST_OF(struct explain_line);
	arena_defer(arena, release_list, explanation.lines);
	if (!explain_node(&explanation, query->root, 0))
		return false;
	*lines_out = explanation.lines->items;
	*count_out = explanation.lines->count;
	return true;
}
