#include "index/rank_internal.h"

#include <string.h>

enum {
	TERMS_MAX = 10000,
	BOUND_LISTS_MAX = 8, /* by_bound looks into each list for each candidate */
	DOCUMENT_COST = 40,  /* so many times fewer looks than postings: no block is passed over */
};

/* ---- The heap. */

static bool is_worse(const struct scored *x, const struct scored *y)
{
	return x->score != y->score ? x->score < y->score : x->document > y->document;
}

static void sift_down(struct scored *heap, size_t count, size_t i)
{
	struct scored moved = heap[i];

	for (size_t child; (child = 2 * i + 1) < count; i = child) {
		if (child + 1 < count && is_worse(&heap[child + 1], &heap[child]))
			child++;
		if (!is_worse(&heap[child], &moved))
			break;
		heap[i] = heap[child];
	}
	heap[i] = moved;
}

void ranking_offer(struct ranking *ranking, uint32_t document, float score)
{
	const struct rank_request *request = ranking->request;
	struct scored candidate = { document, score };
	bool is_full = ranking->heap_count == ranking->limit;
	size_t i;

	if (is_full && !is_worse(&ranking->heap[0], &candidate))
		return;
	if (request->holds && !request->holds(request->context, document))
		return;
	if (is_full) {
		ranking->heap[0] = candidate;
		sift_down(ranking->heap, ranking->limit, 0);
		return;
	}
	for (i = ranking->heap_count++; i > 0; i = (i - 1) / 2) {
		if (!is_worse(&candidate, &ranking->heap[(i - 1) / 2]))
			break;
		ranking->heap[i] = ranking->heap[(i - 1) / 2];
	}
	ranking->heap[i] = candidate;
}

bool ranking_wants(const struct ranking *ranking, uint32_t document)
{
	const struct bitmap *within = ranking->request->within;

	return within ? bitmap_contains(within, document)
		      : !bitmap_contains(ranking->snapshot->deleted, document);
}

static int compare_scored(const void *x, const void *y)
{
	return is_worse(x, y) ? 1 : is_worse(y, x) ? -1 : 0;
}

/* ---- Terms. */

static void prepare_term(const struct snapshot *snapshot, const struct rank_term *asked,
			 struct ranked_term *term)
{
	uint64_t total = 0, with_text = 0;
	double documents = 0;
	double found = (double)index_term_frequency(snapshot, asked->column, asked->token);

	for (size_t i = 0; i < snapshot->segment_count; i++) {
		const struct segment *segment = snapshot->segments[i].segment;

		total += segment->columns[asked->column].total_length;
		with_text += segment->columns[asked->column].documents;
		documents += (double)segment->document_count;
	}
	*term = (struct ranked_term){
		.asked = asked,
		.factor = asked->weight * (BM25_K1 + 1) *
			  (float)log(1 + (documents - found + 0.5) / (found + 0.5)),
		.average = average_length(total, with_text),
	};
}

/* Opens the terms the segment has, in the order asked. */
static size_t open_lists(const struct ranking *ranking, const struct segment *segment,
			 struct arena *scratch, struct ranked_list *lists)
{
	size_t n = 0;

	for (size_t i = 0; i < ranking->request->term_count; i++) {
		const struct ranked_term *term = &ranking->terms[i];
		const struct segment_column *column = &segment->columns[term->asked->column];
		uint32_t found = segment_find_term(column, term->asked->token);

		lists[n] = (struct ranked_list){
			.term = term,
			.lengths = column->lengths,
			.average = average_length(column->total_length, column->documents),
		};
		n += column->kind == COLUMN_TEXT && term->factor > 0 && found != UINT32_MAX &&
		     segment_postings(segment, term->asked->column, found, scratch,
				      &lists[n].postings);
	}
	for (size_t i = 0; i < n; i++) {
		lists[i].order = i;
		postings_cursor_init(&lists[i].cursor, &lists[i].postings);
	}
	return n;
}

/* Of a set that is NULL for all. A segment's documents fill chunks of their own. */
static uint64_t count_in_segment(const struct bitmap *set, const struct snapshot_segment *segment)
{
	uint32_t first = segment->first, documents = segment->segment->document_count;
	uint64_t count = 0;

	if (!set)
		return documents;
	for (size_t i = 0; i < set->chunk_count; i++)
		if (((uint32_t)set->chunks[i].key << 16) - first < documents)
			count += set->chunks[i].count;
	return count;
}

/*
 * Whether blocks can be passed over shows when it is tried. When that takes as many looks as going by
 * document, or as soon as it is seen to, the heap is put back as it was, and it is gone by document after
 * all.
 */
static bool rank_by_bound_or_document(struct ranking *ranking,
				      const struct snapshot_segment *segment,
				      struct ranked_list *lists, size_t count, uint64_t wanted,
				      struct arena *scratch, struct error *error)
{
	size_t before_count = ranking->heap_count,
	       before_size = before_count * sizeof(struct scored);
	struct scored *before = arena_array(scratch, struct scored, before_count + 1);
	struct ranked_list *bounded = arena_array(scratch, struct ranked_list, count + 1);
	uint64_t looks_max = ranking->request->within ? wanted * count : UINT64_MAX;
	bool is_finished;

	memcpy(before, ranking->heap, before_size);
	memcpy(bounded, lists, count * sizeof(*lists));
	if (!rank_by_bound(ranking, segment, bounded, count, looks_max, scratch, &is_finished,
			   error))
		return false;
	if (is_finished)
		return true;
	memcpy(ranking->heap, before, before_size);
	ranking->heap_count = before_count;
	return rank_by_document(ranking, segment, lists, count, error);
}

static bool rank_segment(struct ranking *ranking, const struct snapshot_segment *segment,
			 struct error *error)
{
	uint64_t wanted = count_in_segment(ranking->request->within, segment), postings = 0;
	struct arena *scratch = arena_create(1 << 14);
	struct ranked_list *lists = arena_array(scratch, struct ranked_list,
						ranking->request->term_count + 1);
	size_t count = wanted > 0 ? open_lists(ranking, segment->segment, scratch, lists) : 0;
	bool done;

	for (size_t i = 0; i < count; i++)
		postings += lists[i].postings.count;
	if (wanted * count * DOCUMENT_COST < postings)
		done = rank_by_document(ranking, segment, lists, count, error);
	else if (count <= BOUND_LISTS_MAX)
		done = rank_by_bound_or_document(ranking, segment, lists, count, wanted, scratch,
						 error);
	else
		done = rank_by_term(ranking, segment, lists, count, error);
	arena_destroy(scratch);
	return done;
}

bool index_rank(const struct snapshot *snapshot, struct arena *arena,
		const struct rank_request *request, struct scored **best_out, size_t *count_out,
		struct error *error)
{
	struct ranking ranking = { .snapshot = snapshot,
				   .request = request,
				   .limit = request->limit < snapshot->document_limit
						    ? request->limit
						    : snapshot->document_limit };
	bool done = search_may_go_on(request->limits, error);

	*count_out = 0;
	if (request->term_count > TERMS_MAX)
		return error_set(error, ERROR_LIMIT, "index.too_many_terms", "%zu",
				 request->term_count);
	ranking.heap = arena_array(arena, struct scored, ranking.limit);
	ranking.terms = arena_array(arena, struct ranked_term, request->term_count);
	for (size_t i = 0; i < request->term_count; i++)
		prepare_term(snapshot, &request->terms[i], &ranking.terms[i]);
	for (size_t i = 0; i < snapshot->segment_count && done && ranking.limit > 0; i++)
		done = rank_segment(&ranking, &snapshot->segments[i], error);
	if (!done)
		return false;
	qsort(ranking.heap, ranking.heap_count, sizeof(*ranking.heap), compare_scored);
	*best_out = ranking.heap;
	*count_out = ranking.heap_count;
	return true;
}
