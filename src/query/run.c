#include "query/run_internal.h"

#include <stdlib.h>

bool run_may_go_on(struct run *run)
{
	return search_may_go_on(run->limits, run->error);
}

/* ---- Leaves. */

bool run_is_all_tokens(const struct query_phrase *phrase)
{
	for (size_t i = 0; i < phrase->element_count; i++)
		if (phrase->elements[i].kind != ELEMENT_TOKEN)
			return false;
	return true;
}

void run_phrase_tokens(struct run *run, const struct query_phrase *phrase, struct str **tokens_out,
		       uint32_t **offsets_out)
{
	*tokens_out = arena_array(run->arena, struct str, phrase->element_count);
	*offsets_out = arena_array(run->arena, uint32_t, phrase->element_count);
	for (size_t i = 0; i < phrase->element_count; i++) {
		(*tokens_out)[i] = phrase->elements[i].text;
		(*offsets_out)[i] = phrase->elements[i].offset;
	}
}

static const struct bitmap *token_phrase(struct run *run, unsigned column,
					 const struct query_phrase *phrase,
					 const struct bitmap *within)
{
	const struct bitmap *documents;
	struct str *tokens;
	uint32_t *offsets;

	run_phrase_tokens(run, phrase, &tokens, &offsets);
	if (!index_phrase_documents(run->snapshot, run->arena, column, tokens, offsets,
				    phrase->element_count, within, run->limits, &documents,
				    run->error))
		return NULL;
	return documents;
}

/* Some elements stand for several tokens: the documents with all of them, then their positions. */
static const struct bitmap *mixed_phrase(struct run *run, unsigned column,
					 const struct query_phrase *phrase,
					 const struct bitmap *within)
{
	struct query_node node = { .kind = NODE_WORDS, .phrases = phrase, .phrase_count = 1 };

	for (size_t i = 0; i < phrase->element_count; i++) {
		const struct bitmap *documents = run_element_documents(run, column,
								       &phrase->elements[i]);

		if (!documents)
			return NULL;
		within = within ? bitmap_and(run->arena, within, documents) : documents;
		if (bitmap_is_empty(within))
			return within;
	}
	return run_positions(run, &node, column, within);
}

const struct bitmap *run_phrase(struct run *run, unsigned column, const struct query_phrase *phrase,
				const struct bitmap *within)
{
	if (phrase->element_count == 1)
		return run_element_documents(run, column, &phrase->elements[0]);
	if (run_is_all_tokens(phrase))
		return token_phrase(run, column, phrase, within);
	return mixed_phrase(run, column, phrase, within);
}

size_t run_count_columns(const unsigned char *columns)
{
	size_t count = 0;

	while (columns[count] != COL_COUNT)
		count++;
	return count;
}

/* Large sets are cut to what matters before they are joined. */
static const struct bitmap *join(struct run *run, const struct bitmap **sets, size_t count,
				 const struct bitmap *within)
{
	for (size_t i = 0; within && i < count; i++)
		if (bitmap_count(sets[i]) > bitmap_count(within))
			sets[i] = bitmap_and(run->arena, sets[i], within);
	return bitmap_or_many(run->arena, sets, count);
}

static const struct bitmap *run_words(struct run *run, const struct query_node *node,
				      const struct bitmap *within)
{
	size_t columns = run_count_columns(node->field->columns), count = 0;
	const struct bitmap **sets = arena_array(run->arena, const struct bitmap *,
						 columns * node->phrase_count);

	for (size_t i = 0; i < columns; i++)
		for (size_t k = 0; k < node->phrase_count; k++) {
			sets[count] = run_phrase(run, node->field->columns[i], &node->phrases[k],
						 within);
			if (!sets[count++])
				return NULL;
		}
	return join(run, sets, count, within);
}

static const struct bitmap *run_keyword(struct run *run, const struct query_node *node)
{
	const struct bitmap **sets = arena_array(run->arena, const struct bitmap *,
						 node->match_count);

	for (size_t i = 0; i < node->match_count; i++) {
		sets[i] = run_match_documents(run, &node->matches[i]);
		if (!sets[i])
			return NULL;
	}
	return bitmap_or_many(run->arena, sets, node->match_count);
}

static const struct bitmap *run_number(struct run *run, const struct query_node *node)
{
	if (node->low > node->high)
		return bitmap_empty();
	return index_number_range_documents(run->snapshot, run->arena, node->field->columns[0],
					    node->low, node->high);
}

/* "Any value" of a yes-or-no field is yes. */
static const struct bitmap *run_any_flag(struct run *run, const struct query_field *field)
{
	const struct bitmap *documents = bitmap_empty();

	for (const char *const *flag = field->flags; *flag; flag++)
		documents = bitmap_or(run->arena, documents,
				      index_term_documents(run->snapshot, run->arena,
							   field->columns[0], str_of(*flag)));
	return documents;
}

static const struct bitmap *run_any(struct run *run, const struct query_node *node)
{
	const unsigned char *columns = node->field->columns;
	size_t count = run_count_columns(columns);
	const struct bitmap **sets = arena_array(run->arena, const struct bitmap *, count);

	if (node->field->kind == FIELD_FLAG)
		return run_any_flag(run, node->field);
	for (size_t i = 0; i < count; i++)
		sets[i] = index_column_documents(run->snapshot, run->arena, columns[i]);
	return bitmap_or_many(run->arena, sets, count);
}

/* ---- Positions. */

static bool is_positional(const struct query_node *node)
{
	return node->kind == NODE_NEAR || node->kind == NODE_FREQUENCY;
}

/* Documents with what a positional node needs, in one column. */
static const struct bitmap *candidates(struct run *run, const struct query_node *node,
				       unsigned column, const struct bitmap *within)
{
	const struct bitmap **sets;
	size_t count = node->kind == NODE_WORDS ? node->phrase_count : node->child_count;

	if (!run_may_go_on(run))
		return NULL;
	sets = arena_array(run->arena, const struct bitmap *, count);
	for (size_t i = 0; i < count; i++) {
		sets[i] = node->kind == NODE_WORDS
				  ? run_phrase(run, column, &node->phrases[i], within)
				  : candidates(run, node->children[i], column, within);
		if (!sets[i])
			return NULL;
		if (node->kind != NODE_NEAR)
			continue;
		within = within ? bitmap_and(run->arena, within, sets[i]) : sets[i];
		if (bitmap_is_empty(within))
			return within;
	}
	if (node->kind == NODE_NEAR)
		return within;
	return bitmap_or_many(run->arena, sets, count);
}

static const struct bitmap *run_positional(struct run *run, const struct query_node *node,
					   const struct bitmap *within)
{
	size_t count = run_count_columns(node->field->columns);
	const struct bitmap **sets = arena_array(run->arena, const struct bitmap *, count);

	for (size_t i = 0; i < count; i++) {
		unsigned column = node->field->columns[i];

		sets[i] = candidates(run, node, column, within);
		if (sets[i] && within)
			sets[i] = bitmap_and(run->arena, sets[i], within);
		if (sets[i] && !bitmap_is_empty(sets[i]))
			sets[i] = run_positions(run, node, column, sets[i]);
		if (!sets[i])
			return NULL;
	}
	return bitmap_or_many(run->arena, sets, count);
}

/* ---- Inner nodes. */

static uint64_t estimate(struct run *run, const struct query_node *node);

static uint64_t estimate_words(struct run *run, const struct query_node *node)
{
	uint64_t all = snapshot_document_count(run->snapshot), sum = 0;

	for (const unsigned char *column = node->field->columns; *column != COL_COUNT; column++) {
		uint64_t least = all;

		/* One phrase stands for its alternatives: they differ in distances only. */
		for (size_t i = 0; i < node->phrases[0].element_count; i++) {
			const struct query_element *element = &node->phrases[0].elements[i];
			uint64_t frequency = element->kind == ELEMENT_TOKEN
						     ? index_term_frequency(run->snapshot, *column,
									    element->text)
						     : all;

			least = frequency < least ? frequency : least;
		}
		sum += least;
	}
	return sum < all ? sum : all;
}

static uint64_t estimate_keyword(struct run *run, const struct query_node *node)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < node->match_count; i++)
		sum += node->matches[i].kind == MATCH_EXACT
			       ? index_term_frequency(run->snapshot, node->matches[i].column,
						      node->matches[i].text)
			       : snapshot_document_count(run->snapshot) / 4;
	return sum;
}

static uint64_t estimate_children(struct run *run, const struct query_node *node)
{
	uint64_t all = snapshot_document_count(run->snapshot), sum = 0, least = all;

	for (size_t i = 0; i < node->child_count && i < 64; i++) {
		uint64_t child = estimate(run, node->children[i]);

		sum += child;
		least = child < least ? child : least;
	}
	if (node->kind == NODE_OR)
		return sum < all ? sum : all;
	return least;
}

/* About how many documents a node has: only for the order of work. */
static uint64_t estimate(struct run *run, const struct query_node *node)
{
	switch (node->kind) {
	case NODE_WORDS:
		return estimate_words(run, node);
	case NODE_KEYWORD:
		return estimate_keyword(run, node);
	case NODE_AND:
	case NODE_OR:
	case NODE_NEAR:
	case NODE_FREQUENCY:
		return estimate_children(run, node);
	case NODE_NUMBER:
	case NODE_ANY:
	case NODE_NAME:
		return snapshot_document_count(run->snapshot) / 2;
	case NODE_ALL:
	case NODE_NOT:
	default:
		return snapshot_document_count(run->snapshot);
	}
}

/* What a node costs for each document it is asked about: the dearer, the fewer should be left. */
enum work {
	WORK_SETS,      /* nothing: sets are joined as they are stored */
	WORK_PHRASES,   /* a look at the positions of a few words */
	WORK_POSITIONS, /* all positions of all words beside each other */
};

struct step {
	const struct query_node *node;
	enum work work;
	bool is_not;
	uint64_t estimate;
	size_t place; /* keeps the order of equals */
};

static int compare_steps(const void *left, const void *right)
{
	const struct step *a = left, *b = right;

	if (a->work != b->work)
		return a->work < b->work ? -1 : 1;
	if (a->is_not != b->is_not)
		return a->is_not ? 1 : -1;
	if (a->estimate != b->estimate)
		return a->estimate < b->estimate ? -1 : 1;
	return a->place < b->place ? -1 : 1;
}

static enum work work_of_words(const struct query_node *node)
{
	for (size_t i = 0; i < node->phrase_count; i++)
		if (node->phrases[i].element_count > 1)
			return WORK_PHRASES;
	return WORK_SETS;
}

static enum work work_of(const struct query_node *node)
{
	enum work most = WORK_SETS;

	if (is_positional(node))
		return WORK_POSITIONS;
	if (node->kind == NODE_WORDS)
		return work_of_words(node);
	for (size_t i = 0; i < node->child_count && most < WORK_POSITIONS; i++) {
		enum work work = work_of(node->children[i]);

		most = work > most ? work : most;
	}
	return most;
}

static struct step step_of(struct run *run, const struct query_node *child, size_t place)
{
	bool is_not = child->kind == NODE_NOT;
	const struct query_node *node = is_not ? child->children[0] : child;

	return (struct step){ node, work_of(child), is_not, estimate(run, node), place };
}

/* A positive step this much smaller than the collection is done before sets are taken away from all. */
enum { FEW_SHARE = 256 };

/* Whether nothing but all documents stands in front of the NOTs, and a phrase would leave few. */
static bool begins_with_few(const struct run *run, const struct step *steps, size_t count)
{
	uint64_t least = UINT64_MAX;

	for (size_t i = 0; i < count; i++) {
		if (steps[i].is_not)
			continue;
		if (steps[i].work == WORK_SETS)
			return false;
		least = steps[i].estimate < least ? steps[i].estimate : least;
	}
	return least < snapshot_document_count(run->snapshot) / FEW_SHARE;
}

static struct step *plan(struct run *run, const struct query_node *node)
{
	struct step *steps = arena_array(run->arena, struct step, node->child_count);

	for (size_t i = 0; i < node->child_count; i++)
		steps[i] = step_of(run, node->children[i], i);
	if (begins_with_few(run, steps, node->child_count))
		for (size_t i = 0; i < node->child_count; i++)
			steps[i].work = steps[i].is_not ? WORK_POSITIONS : steps[i].work;
	qsort(steps, node->child_count, sizeof(*steps), compare_steps);
	return steps;
}

static const struct bitmap *run_and(struct run *run, const struct query_node *node,
				    const struct bitmap *within)
{
	struct step *steps = plan(run, node);

	if (!within && steps[0].is_not)
		within = snapshot_documents(run->snapshot);
	for (size_t i = 0; i < node->child_count; i++) {
		const struct bitmap *documents = run_node(run, steps[i].node, within);

		if (!documents)
			return NULL;
		if (steps[i].is_not)
			within = within ? bitmap_and_not(run->arena, within, documents)
					: bitmap_and_not(run->arena,
							 snapshot_documents(run->snapshot),
							 documents);
		else
			within = within ? bitmap_and(run->arena, within, documents) : documents;
		if (bitmap_is_empty(within))
			break;
	}
	return within;
}

static const struct bitmap *run_or(struct run *run, const struct query_node *node,
				   const struct bitmap *within)
{
	const struct bitmap **sets = arena_array(run->arena, const struct bitmap *,
						 node->child_count);

	for (size_t i = 0; i < node->child_count; i++) {
		sets[i] = run_node(run, node->children[i], within);
		if (!sets[i])
			return NULL;
	}
	return join(run, sets, node->child_count, within);
}

static const struct bitmap *run_not(struct run *run, const struct query_node *node,
				    const struct bitmap *within)
{
	const struct bitmap *documents = run_node(run, node->children[0], within);

	if (!documents)
		return NULL;
	return bitmap_and_not(run->arena, within ? within : snapshot_documents(run->snapshot),
			      documents);
}

static const struct bitmap *run_name(struct run *run, const struct query_node *node,
				     const struct bitmap *within)
{
	if (node->ids)
		return snapshot_documents_of_ids(run->snapshot, run->arena, node->ids);
	return run_node(run, node->children[0], within);
}

/* The depth of a tree is limited, so recursion is. */
const struct bitmap *run_node(struct run *run, const struct query_node *node,
			      const struct bitmap *within)
{
	if (!run_may_go_on(run))
		return NULL;
	switch (node->kind) {
	case NODE_AND:
		return run_and(run, node, within);
	case NODE_OR:
		return run_or(run, node, within);
	case NODE_NOT:
		return run_not(run, node, within);
	case NODE_NAME:
		return run_name(run, node, within);
	case NODE_WORDS:
		return run_words(run, node, within);
	case NODE_NEAR:
	case NODE_FREQUENCY:
		return run_positional(run, node, within);
	case NODE_KEYWORD:
		return run_keyword(run, node);
	case NODE_NUMBER:
		return run_number(run, node);
	case NODE_ANY:
		return run_any(run, node);
	case NODE_ALL:
	default:
		return snapshot_documents(run->snapshot);
	}
}

bool query_run(const struct snapshot *snapshot, const struct query *query,
	       const struct search_limits *limits, struct arena *arena,
	       const struct bitmap **documents_out, struct error *error)
{
	struct run run = { snapshot, limits, arena, error };

	*documents_out = run_node(&run, query->root, NULL);
	return *documents_out != NULL;
}

/* What a name stands for may change while the snapshot does not. */
static bool has_names(const struct query_node *node)
{
	if (node->kind == NODE_NAME)
		return true;
	for (size_t i = 0; i < node->child_count; i++)
		if (has_names(node->children[i]))
			return true;
	return false;
}

bool query_run_kept(const struct snapshot *snapshot, const struct query *query,
		    const struct search_limits *limits, struct arena *arena,
		    const struct bitmap **documents_out, struct error *error)
{
	bool is_kept = !has_names(query->root);
	struct str name = is_kept ? query_bracketed(arena, query) : STR_EMPTY;

	if (is_kept && snapshot_find_kept(snapshot, name, arena, documents_out))
		return true;
	if (!query_run(snapshot, query, limits, arena, documents_out, error))
		return false;
	if (is_kept)
		snapshot_keep(snapshot, name, *documents_out);
	return true;
}
