#include "query/run_internal.h"

/*
 * The best documents without all of them. Phrases that every hit must have are not searched for: what
 * has their words is ranked, and positions are read only of documents that would be among the best.
 */
struct checked_words {
	struct phrase_check **checks; /* by column and phrase: one must hold */
	size_t count;
};

struct best {
	struct run run;
	const struct bitmap *within;
	struct checked_words *words; /* all of them must hold */
	size_t word_count;
};

static bool can_wait(const struct query_node *node)
{
	if (node->kind != NODE_WORDS)
		return false;
	for (size_t i = 0; i < node->phrase_count; i++)
		if (node->phrases[i].element_count < 2 || !run_is_all_tokens(&node->phrases[i]))
			return false;
	return true;
}

/* Documents with all words of a phrase, wherever they stand. */
static const struct bitmap *with_all_words(const struct best *best, unsigned column,
					   const struct query_phrase *phrase)
{
	const struct bitmap *all = best->within;

	for (size_t i = 0; i < phrase->element_count; i++) {
		const struct bitmap *one = index_term_documents(best->run.snapshot, best->run.arena,
								column, phrase->elements[i].text);

		all = all ? bitmap_and(best->run.arena, all, one) : one;
	}
	return all;
}

/* Leaves of `within` what has the words, and has their order checked later. */
static void postpone(struct best *best, const struct query_node *node)
{
	struct arena *arena = best->run.arena;
	size_t columns = run_count_columns(node->field->columns), n = 0;
	const struct bitmap **sets = arena_array(arena, const struct bitmap *,
						 columns * node->phrase_count);
	struct checked_words *words = &best->words[best->word_count++];

	words->checks = arena_array(arena, struct phrase_check *, columns * node->phrase_count);
	for (size_t i = 0; i < columns; i++) {
		for (size_t k = 0; k < node->phrase_count; k++) {
			const struct query_phrase *phrase = &node->phrases[k];
			struct str *tokens;
			uint32_t *offsets;

			run_phrase_tokens(&best->run, phrase, &tokens, &offsets);
			sets[n] = with_all_words(best, node->field->columns[i], phrase);
			words->checks[n++] = index_phrase_check(best->run.snapshot, arena,
								node->field->columns[i], tokens,
								offsets, phrase->element_count);
		}
	}
	words->count = n;
	best->within = bitmap_or_many(arena, sets, n);
}

static bool words_hold(void *context, uint32_t document)
{
	const struct best *best = context;

	for (size_t i = 0; i < best->word_count; i++) {
		const struct checked_words *words = &best->words[i];
		size_t k = 0;

		while (k < words->count && !phrase_check_holds(words->checks[k], document))
			k++;
		if (k == words->count)
			return false;
	}
	return true;
}

/* Runs the conditions that cannot wait, as one node. */
static bool run_others(struct best *best, const struct query_node *const *nodes, size_t count)
{
	struct query_node rest = { .kind = NODE_AND };

	rest.children = arena_array(best->run.arena, const struct query_node *, count + 1);
	for (size_t i = 0; i < count; i++)
		if (!can_wait(nodes[i]))
			rest.children[rest.child_count++] = nodes[i];
	if (rest.child_count == 0)
		return true;
	best->within = run_node(&best->run, rest.child_count == 1 ? rest.children[0] : &rest, NULL);
	return best->within != NULL;
}

static bool prepare(struct best *best, const struct query_node *const *nodes, size_t count)
{
	if (!run_others(best, nodes, count))
		return false;
	best->words = arena_array(best->run.arena, struct checked_words, count);
	for (size_t i = 0; i < count; i++) {
		if (!run_may_go_on(&best->run))
			return false;
		if (can_wait(nodes[i]))
			postpone(best, nodes[i]);
	}
	return true;
}

bool query_best(const struct snapshot *snapshot, const struct query *query, size_t limit,
		const struct search_limits *limits, struct arena *arena, struct scored **best_out,
		size_t *count_out, struct error *error)
{
	struct best *best = arena_new(arena, struct best);
	const struct query_node *root = query->root;
	bool is_and = root->kind == NODE_AND;
	struct rank_request request = { .limit = limit, .limits = limits };

	best->run = (struct run){ snapshot, limits, arena, error };
	if (!run_rank_terms(&best->run, root, &request))
		return false;
	if (request.term_count == 0) {
		if (!query_run(snapshot, query, limits, arena, &best->within, error))
			return false;
		query_largest(snapshot, best->within, COL_FILED, limit, arena, best_out, count_out);
		return true;
	}
	if (!prepare(best, is_and ? root->children : &root, is_and ? root->child_count : 1))
		return false;
	request.within = best->within;
	request.holds = best->word_count > 0 ? words_hold : NULL;
	request.context = best;
	return index_rank(snapshot, arena, &request, best_out, count_out, error);
}
