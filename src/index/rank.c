#include "base/memory.h"
#include "index/snapshot_internal.h"

#include <math.h>
#include <string.h>

/*
 * BM25 with k1 = 1.2, b = 0.75 (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009,
 * formula 3.15) and idf = ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
 */
static const float k1 = 1.2f, b = 0.75f;

enum { POSTINGS_PER_LOOK = 1 << 16, TERMS_MAX = 10000 };

struct ranked_term {
	const struct rank_term *asked;
	float factor;           /* weight * idf * (k1 + 1) */
	float norm, norm_slope; /* k1 * (1 - b), and k1 * b / average length */
};

struct ranking {
	const struct snapshot *snapshot;
	struct ranked_term *terms;
	size_t term_count;
	const struct bitmap *within;
	struct scored *heap; /* the worst of the best on top */
	size_t heap_count, limit;
	const struct search_limits *limits;
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

static void offer(struct ranking *ranking, uint32_t document, float score)
{
	struct scored candidate = { document, score };
	size_t i;

	if (ranking->heap_count == ranking->limit) {
		if (is_worse(&ranking->heap[0], &candidate)) {
			ranking->heap[0] = candidate;
			sift_down(ranking->heap, ranking->limit, 0);
		}
		return;
	}
	for (i = ranking->heap_count++; i > 0; i = (i - 1) / 2) {
		if (!is_worse(&candidate, &ranking->heap[(i - 1) / 2]))
			break;
		ranking->heap[i] = ranking->heap[(i - 1) / 2];
	}
	ranking->heap[i] = candidate;
}

static int compare_scored(const void *x, const void *y)
{
	return is_worse(x, y) ? 1 : is_worse(y, x) ? -1 : 0;
}

/* ---- Scores. */

static void prepare_term(const struct snapshot *snapshot, const struct rank_term *asked,
			 struct ranked_term *term)
{
	double total = 0, documents = 0, with_text = 0, average;
	double found = (double)index_term_frequency(snapshot, asked->column, asked->token);

	for (size_t i = 0; i < snapshot->segment_count; i++) {
		const struct segment *segment = snapshot->segments[i].segment;

		total += (double)segment->columns[asked->column].total_length;
		with_text += (double)segment->columns[asked->column].documents;
		documents += (double)segment->document_count;
	}
	average = with_text > 0 && total > 0 ? total / with_text : 1;
	term->asked = asked;
	term->factor = asked->weight * (k1 + 1) *
		       (float)log(1 + (documents - found + 0.5) / (found + 0.5));
	term->norm = k1 * (1 - b);
	term->norm_slope = k1 * b / (float)average;
}

static float score_of(const struct ranked_term *term, uint32_t frequency, uint16_t length)
{
	float often = (float)frequency;

	return term->factor * often / (often + term->norm + term->norm_slope * (float)length);
}

/* Adds a term's share to the scores of one segment's documents. */
static bool add_scores(const struct ranking *ranking, const struct ranked_term *term,
		       const struct segment *segment, struct arena *scratch, float *scores,
		       struct error *error)
{
	const struct segment_column *column = &segment->columns[term->asked->column];
	uint32_t found = segment_find_term(column, term->asked->token), rank = 0;
	struct postings postings;
	struct bitmap set;
	struct bitmap_walk walk;
	uint32_t document;

	if (found == UINT32_MAX ||
	    !segment_postings(segment, term->asked->column, found, scratch, &postings))
		return true;
	set = (struct bitmap){ postings.chunks, postings.chunk_count, postings.count };
	walk = bitmap_walk(&set);
	for (; rank < postings.count && bitmap_walk_next(&walk, &document); rank++) {
		scores[document] += score_of(term, postings_frequency_at(&postings, rank),
					     column->lengths[document]);
		if (rank % POSTINGS_PER_LOOK == POSTINGS_PER_LOOK - 1 &&
		    !limits_hold(ranking->limits, error))
			return false;
	}
	return true;
}

static void offer_all(struct ranking *ranking, const struct snapshot_segment *segment,
		      const float *scores)
{
	const struct bitmap *deleted = ranking->snapshot->deleted;

	for (uint32_t i = 0; i < segment->segment->document_count; i++) {
		uint32_t document = segment->first + i;

		if (scores[i] <= 0 ||
		    (ranking->heap_count == ranking->limit && scores[i] <= ranking->heap[0].score))
			continue;
		if (ranking->within ? !bitmap_contains(ranking->within, document)
				    : bitmap_contains(deleted, document))
			continue;
		offer(ranking, document, scores[i]);
	}
}

static bool rank_segment(struct ranking *ranking, const struct snapshot_segment *segment,
			 struct error *error)
{
	float *scores = memory_alloc_zeroed(segment->segment->document_count, sizeof(*scores));
	struct arena *scratch = arena_create(1 << 14);
	bool done = true;

	for (size_t i = 0; i < ranking->term_count && done; i++)
		done = add_scores(ranking, &ranking->terms[i], segment->segment, scratch, scores,
				  error);
	if (done)
		offer_all(ranking, segment, scores);
	arena_destroy(scratch);
	memory_free(scores);
	return done;
}

bool index_rank(const struct snapshot *snapshot, struct arena *arena, const struct rank_term *terms,
		size_t term_count, const struct bitmap *within, size_t limit,
		const struct search_limits *limits, struct scored **best_out, size_t *count_out,
		struct error *error)
{
	struct ranking ranking = {
		.snapshot = snapshot, .term_count = term_count, .within = within, .limits = limits
	};
	bool done = limits_hold(limits, error);

	*count_out = 0;
	if (term_count > TERMS_MAX)
		return error_set(error, ERROR_LIMIT, "index.too_many_terms", "%zu", term_count);
	ranking.limit = limit < snapshot->document_limit ? limit : snapshot->document_limit;
	ranking.heap = arena_array(arena, struct scored, ranking.limit);
	ranking.terms = arena_array(arena, struct ranked_term, term_count);
	for (size_t i = 0; i < term_count; i++)
		prepare_term(snapshot, &terms[i], &ranking.terms[i]);
	for (size_t i = 0; i < snapshot->segment_count && done && ranking.limit > 0; i++)
		done = rank_segment(&ranking, &snapshot->segments[i], error);
	if (!done)
		return false;
	qsort(ranking.heap, ranking.heap_count, sizeof(*ranking.heap), compare_scored);
	*best_out = ranking.heap;
	*count_out = ranking.heap_count;
	return true;
}
