#include "query/run_internal.h"

#include "text/token.h"

#include <stdlib.h>

/*
 * Operands by their places. A span is the positions from the first to the last token of what was
 * found; two operands near each other make the span that covers both. Operands never overlap.
 */
struct span {
	uint32_t from, to; /* both inclusive */
};

enum { SPANS_MAX = 1000000 };

/* ---- The positions of all tokens an element stands for. */

struct source {
	uint32_t document; /* where the cursor stands; DOCUMENT_NONE at its end */
	struct posting_cursor *cursor;
};

/* A heap by document, so that a wildcard's thousands of cursors are not all moved each time. */
struct token_group {
	struct source *sources;
	size_t count;  /* those in the heap */
	size_t parked; /* behind them: standing at the document asked for */
	struct list positions;
	uint32_t offset;
};

static void sift_down(struct source *sources, size_t count, size_t i)
{
	for (;;) {
		size_t least = i, left = 2 * i + 1, right = left + 1;
		struct source held = sources[i];

		if (left < count && sources[left].document < sources[least].document)
			least = left;
		if (right < count && sources[right].document < sources[least].document)
			least = right;
		if (least == i)
			return;
		sources[i] = sources[least];
		sources[least] = held;
		i = least;
	}
}

static void sift_up(struct source *sources, size_t i)
{
	while (i > 0 && sources[(i - 1) / 2].document > sources[i].document) {
		struct source held = sources[i];

		sources[i] = sources[(i - 1) / 2];
		sources[(i - 1) / 2] = held;
		i = (i - 1) / 2;
	}
}

static int compare_positions(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return a < b ? -1 : a > b;
}

static void add_positions(struct token_group *group, struct posting_cursor *cursor)
{
	const uint32_t *positions;
	size_t count = cursor_positions(cursor, &positions);

	for (size_t i = 0; i < count; i++)
		*(uint32_t *)list_add(&group->positions) = positions[i];
}

/* Moves to a document, larger than the last, and collects the positions there in order. */
static void group_seek(struct token_group *group, uint32_t document)
{
	while (group->parked > 0) {
		group->parked--;
		sift_up(group->sources, group->count++);
	}
	list_clear(&group->positions);
	while (group->count > 0 && group->sources[0].document <= document) {
		struct source *top = &group->sources[0], held;

		if (top->document < document) {
			top->document = cursor_seek(top->cursor, document);
			sift_down(group->sources, group->count, 0);
			continue;
		}
		add_positions(group, top->cursor);
		group->count--;
		group->parked++;
		held = group->sources[0];
		group->sources[0] = group->sources[group->count];
		group->sources[group->count] = held;
		sift_down(group->sources, group->count, 0);
	}
	if (group->parked > 1)
		list_sort(&group->positions, compare_positions);
}

static bool has_position(const struct token_group *group, uint32_t position)
{
	return group->positions.count > 0 &&
	       bsearch(&position, group->positions.items, group->positions.count, sizeof(uint32_t),
		       compare_positions);
}

/* ---- Matchers: a node made ready for one column. */

struct phrase_matcher {
	struct token_group *groups;
	size_t group_count;
	uint32_t length;
};

struct matcher {
	const struct query_node *node;
	struct phrase_matcher *phrases;
	struct matcher *children;
	struct token_group ends; /* of sentences or paragraphs */
	struct list spans;       /* in the document looked at, by from, then to; no repetition */
};

static void release_list(void *list)
{
	list_release(list);
}

static void own_list(struct run *run, struct list *list, struct list empty)
{
	*list = empty;
	arena_defer(run->arena, release_list, list);
}

static void open_group(struct run *run, unsigned column, const struct str *terms, size_t count,
		       struct token_group *group)
{
	own_list(run, &group->positions, LIST_OF(uint32_t));
	group->sources = arena_array(run->arena, struct source, count + 1);
	group->count = count;
	for (size_t i = 0; i < count; i++) {
		group->sources[i].cursor = index_cursor(run->snapshot, run->arena, column,
							terms[i]);
		group->sources[i].document = 0;
	}
	/* Position 0 of every document number may be a hit: each cursor is sought before use. */
	for (size_t i = 0; i < count; i++)
		group->sources[i].document = cursor_seek(group->sources[i].cursor, 0);
	for (size_t i = count / 2; i-- > 0;)
		sift_down(group->sources, count, i);
}

static bool open_phrase(struct run *run, unsigned column, const struct query_phrase *phrase,
			struct phrase_matcher *matcher)
{
	matcher->length = phrase->length;
	matcher->group_count = phrase->element_count;
	matcher->groups = arena_array(run->arena, struct token_group, phrase->element_count);
	for (size_t i = 0; i < phrase->element_count; i++) {
		struct str *terms;
		size_t count;

		if (!run_element_terms(run, column, &phrase->elements[i], &terms, &count))
			return false;
		open_group(run, column, terms, count, &matcher->groups[i]);
		matcher->groups[i].offset = phrase->elements[i].offset;
	}
	return true;
}

static bool open_matcher(struct run *run, unsigned column, const struct query_node *node,
			 struct matcher *matcher)
{
	const struct str ends[] = { TOKEN_PARAGRAPH_END, TOKEN_SENTENCE_END };

	matcher->node = node;
	own_list(run, &matcher->spans, LIST_OF(struct span));
	if (!run_may_go_on(run))
		return false;
	if (node->kind == NODE_NEAR && node->near.unit != NEAR_WORDS)
		open_group(run, column, ends, node->near.unit == NEAR_PARAGRAPH ? 1 : 2,
			   &matcher->ends);
	matcher->phrases = arena_array(run->arena, struct phrase_matcher, node->phrase_count + 1);
	for (size_t i = 0; i < node->phrase_count; i++)
		if (!open_phrase(run, column, &node->phrases[i], &matcher->phrases[i]))
			return false;
	matcher->children = arena_array(run->arena, struct matcher, node->child_count + 1);
	for (size_t i = 0; i < node->child_count; i++)
		if (!open_matcher(run, column, node->children[i], &matcher->children[i]))
			return false;
	return true;
}

/* ---- Finding. */

static int compare_spans(const void *left, const void *right)
{
	const struct span *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to < b->to ? -1 : a->to > b->to;
}

static void tidy(struct list *spans)
{
	size_t kept = 0;

	if (spans->count < 2)
		return;
	list_sort(spans, compare_spans);
	for (size_t i = 1; i < spans->count; i++)
		if (compare_spans(&LIST_AT(spans, struct span, i),
				  &LIST_AT(spans, struct span, kept)) != 0)
			LIST_AT(spans, struct span, ++kept) = LIST_AT(spans, struct span, i);
	spans->count = kept + 1;
}

static bool add_span(struct run *run, struct list *spans, uint32_t from, uint32_t to)
{
	if (spans->count == SPANS_MAX)
		return error_set(run->error, ERROR_LIMIT, "query.spans", "%d", SPANS_MAX);
	*(struct span *)list_add(spans) = (struct span){ from, to };
	return true;
}

/* Starts from the rarest token of the phrase and asks the others. */
static bool find_phrase(struct run *run, struct phrase_matcher *phrase, uint32_t document,
			struct list *spans)
{
	size_t rarest = 0;

	for (size_t i = 0; i < phrase->group_count; i++) {
		group_seek(&phrase->groups[i], document);
		if (phrase->groups[i].positions.count == 0)
			return true;
		if (phrase->groups[i].positions.count < phrase->groups[rarest].positions.count)
			rarest = i;
	}
	for (size_t k = 0; k < phrase->groups[rarest].positions.count; k++) {
		uint32_t position = LIST_AT(&phrase->groups[rarest].positions, uint32_t, k);
		uint32_t start = position - phrase->groups[rarest].offset;
		size_t i = 0;

		if (position < phrase->groups[rarest].offset)
			continue;
		while (i < phrase->group_count &&
		       has_position(&phrase->groups[i], start + phrase->groups[i].offset))
			i++;
		if (i == phrase->group_count &&
		    !add_span(run, spans, start, start + phrase->length - 1))
			return false;
	}
	return true;
}

static bool is_near(const struct query_near *near, const struct span *a, const struct span *b)
{
	if (b->from > a->to)
		return b->from - a->to - 1 <= near->gap_max;
	return !near->is_ordered && a->from > b->to && a->from - b->to - 1 <= near->gap_max;
}

/* The sentence or paragraph of a span: the first and last position it may have. */
static bool unit_of(const struct token_group *ends, const struct span *span, struct span *unit_out)
{
	const uint32_t *positions = ends->positions.items;
	size_t low = 0, high = ends->positions.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (positions[middle] < span->from)
			low = middle + 1;
		else
			high = middle;
	}
	unit_out->from = low > 0 ? positions[low - 1] + 1 : 0;
	unit_out->to = low < ends->positions.count ? positions[low] : UINT32_MAX;
	return span->to <= unit_out->to;
}

static uint32_t longest(const struct list *spans)
{
	uint32_t length = 0;

	for (size_t i = 0; i < spans->count; i++) {
		struct span span = LIST_AT(spans, struct span, i);

		if (span.to - span.from > length)
			length = span.to - span.from;
	}
	return length;
}

/* The first of the spans that begins at or behind a position. */
static size_t first_from(const struct list *spans, uint32_t from)
{
	size_t low = 0, high = spans->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (LIST_AT(spans, struct span, middle).from < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Where partners of a can begin, at the least and the most. */
static bool partner_range(const struct matcher *matcher, const struct span *a, uint32_t length,
			  struct span *range_out)
{
	const struct query_near *near = &matcher->node->near;
	uint32_t back = near->gap_max + 1 + length;

	if (near->unit != NEAR_WORDS)
		return unit_of(&matcher->ends, a, range_out);
	range_out->from = near->is_ordered ? a->to + 1 : a->from > back ? a->from - back : 0;
	range_out->to = a->to + 1 + near->gap_max;
	return true;
}

static bool is_partner(const struct matcher *matcher, const struct span *a, const struct span *b,
		       const struct span *range)
{
	if (matcher->node->near.unit == NEAR_WORDS)
		return is_near(&matcher->node->near, a, b);
	return b->from >= range->from && b->to <= range->to && (b->from > a->to || a->from > b->to);
}

static bool find_pairs(struct run *run, struct matcher *matcher, bool only_one)
{
	const struct list *left = &matcher->children[0].spans, *right = &matcher->children[1].spans;
	uint32_t length = longest(right);

	for (size_t i = 0; i < left->count; i++) {
		struct span a = LIST_AT(left, struct span, i), range;

		if (!partner_range(matcher, &a, length, &range))
			continue;
		for (size_t k = first_from(right, range.from); k < right->count; k++) {
			struct span b = LIST_AT(right, struct span, k);

			if (b.from > range.to)
				break;
			if (!is_partner(matcher, &a, &b, &range))
				continue;
			if (!add_span(run, &matcher->spans, a.from < b.from ? a.from : b.from,
				      a.to > b.to ? a.to : b.to))
				return false;
			if (only_one)
				return true;
		}
	}
	return true;
}

static bool find(struct run *run, struct matcher *matcher, uint32_t document, bool only_one);

static bool find_children(struct run *run, struct matcher *matcher, uint32_t document)
{
	for (size_t i = 0; i < matcher->node->child_count; i++)
		if (!find(run, &matcher->children[i], document, false))
			return false;
	return true;
}

static bool find_in_children(struct run *run, struct matcher *matcher)
{
	for (size_t i = 0; i < matcher->node->child_count; i++) {
		const struct list *spans = &matcher->children[i].spans;

		for (size_t k = 0; k < spans->count; k++)
			if (!add_span(run, &matcher->spans, LIST_AT(spans, struct span, k).from,
				      LIST_AT(spans, struct span, k).to))
				return false;
	}
	return true;
}

/* Fills the matcher's spans for a document; documents come in ascending order. */
static bool find(struct run *run, struct matcher *matcher, uint32_t document, bool only_one)
{
	const struct query_node *node = matcher->node;

	list_clear(&matcher->spans);
	if (!find_children(run, matcher, document))
		return false;
	for (size_t i = 0; i < node->phrase_count; i++)
		if (!find_phrase(run, &matcher->phrases[i], document, &matcher->spans))
			return false;
	if (node->kind == NODE_NEAR) {
		if (node->near.unit != NEAR_WORDS)
			group_seek(&matcher->ends, document);
		if (!find_pairs(run, matcher, only_one))
			return false;
	} else if (!find_in_children(run, matcher)) {
		return false;
	}
	tidy(&matcher->spans);
	if (node->kind == NODE_FREQUENCY && matcher->spans.count < node->times)
		list_clear(&matcher->spans);
	return true;
}

const struct bitmap *run_positions(struct run *run, const struct query_node *node, unsigned column,
				   const struct bitmap *candidates)
{
	struct matcher *matcher = arena_new(run->arena, struct matcher);
	uint32_t *found = arena_array(run->arena, uint32_t, bitmap_count(candidates) + 1);
	struct bitmap_walk walk = bitmap_walk(candidates);
	size_t count = 0;
	uint32_t document;

	if (!open_matcher(run, column, node, matcher))
		return NULL;
	for (size_t seen = 0; bitmap_walk_next(&walk, &document); seen++) {
		if (seen % 256 == 255 && !run_may_go_on(run))
			return NULL;
		if (!find(run, matcher, document, true))
			return NULL;
		if (matcher->spans.count > 0)
			found[count++] = document;
	}
	return bitmap_of(run->arena, found, count);
}
