#include "query/run_internal.h"

enum { RANK_TERMS_MAX = 200, RANK_EXPANSION_MAX = 20 };

/* How much a word says where it stands: a title is chosen, a description mentions. */
static float column_weight(unsigned column)
{
	switch (column) {
	case COL_TITLE:
		return 4.0F;
	case COL_ABSTRACT:
		return 2.0F;
	case COL_CLAIMS:
		return 1.5F;
	case COL_DESCRIPTION:
		return 0.5F;
	default:
		return 1.0F;
	}
}

struct ranking {
	struct run *run;
	struct rank_term terms[RANK_TERMS_MAX];
	size_t count;
};

static void add_term(struct ranking *ranking, unsigned column, struct str token, float share)
{
	for (size_t i = 0; i < ranking->count; i++)
		if (ranking->terms[i].column == column && str_equal(ranking->terms[i].token, token))
			return;
	if (ranking->count < RANK_TERMS_MAX)
		ranking->terms[ranking->count++] =
			(struct rank_term){ column, token, column_weight(column) * share };
}

struct expansion {
	struct ranking *ranking;
	unsigned column;
	size_t count;
};

static bool add_expanded(void *context, struct str term, uint64_t documents)
{
	struct expansion *expansion = context;

	(void)documents;
	add_term(expansion->ranking, expansion->column,
		 str_copy(expansion->ranking->run->arena, term), 0.5F);
	return ++expansion->count < RANK_EXPANSION_MAX;
}

/* A prefix counts by the first of its words: enough to order by, and bounded. */
static bool add_element(struct ranking *ranking, unsigned column,
			const struct query_element *element)
{
	struct expansion expansion = { ranking, column, 0 };

	if (element->kind == ELEMENT_TOKEN) {
		add_term(ranking, column, element->text, 1.0F);
		return true;
	}
	if (element->kind == ELEMENT_PATTERN)
		return true;
	return index_each_term(ranking->run->snapshot, column, element->text, ranking->run->limits,
			       add_expanded, &expansion, ranking->run->error);
}

static bool add_words(struct ranking *ranking, const struct query_node *node)
{
	const struct query_phrase *phrase = &node->phrases[0];

	for (const unsigned char *column = node->field->columns; *column != COL_COUNT; column++)
		for (size_t i = 0; i < phrase->element_count; i++)
			if (!add_element(ranking, *column, &phrase->elements[i]))
				return false;
	return true;
}

/* Words behind NOT do not make a document better. */
static bool add_node(struct ranking *ranking, const struct query_node *node)
{
	if (node->kind == NODE_WORDS)
		return add_words(ranking, node);
	if (node->kind == NODE_NOT)
		return true;
	for (size_t i = 0; i < node->child_count; i++)
		if (!add_node(ranking, node->children[i]))
			return false;
	return true;
}

bool run_rank_terms(struct run *run, const struct query_node *root, struct rank_request *request)
{
	struct ranking *ranking = arena_new(run->arena, struct ranking);

	ranking->run = run;
	request->terms = ranking->terms;
	if (!add_node(ranking, root))
		return false;
	request->term_count = ranking->count;
	return true;
}

bool query_rank(const struct snapshot *snapshot, const struct query *query,
		const struct bitmap *documents, size_t limit, const struct search_limits *limits,
		struct arena *arena, struct scored **best_out, size_t *count_out,
		struct error *error)
{
	struct run run = { snapshot, limits, arena, error };
	struct rank_request request = { .within = documents, .limit = limit, .limits = limits };

	if (!run_rank_terms(&run, query->root, &request))
		return false;
	if (request.term_count == 0) {
		query_largest(snapshot, documents, COL_FILED, limit, arena, best_out, count_out);
		return true;
	}
	return index_rank(snapshot, arena, &request, best_out, count_out, error);
}
