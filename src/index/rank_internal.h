#ifndef INDEX_RANK_INTERNAL_H
#define INDEX_RANK_INTERNAL_H

#include "index/relevance_internal.h"
#include "index/snapshot_internal.h"

/* Top documents by BM25; the ways to find them share this. */
struct ranked_term {
	const struct rank_term *asked;
	/* weight * idf * (k1 + 1), idf = ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative */
	float factor;
	float average; /* length of the column's texts */
};

struct ranking {
	const struct snapshot *snapshot;
	const struct rank_request *request;
	struct ranked_term *terms;
	struct scored *heap; /* the worst of the best on top */
	size_t heap_count, limit;
	uint64_t looks; /* by_bound's at postings and for documents in lists */
};

/* One term in the segment at hand. */
struct ranked_list {
	const struct ranked_term *term;
	const uint16_t *lengths;
	float average; /* of the segment's texts alone: its impacts were computed with it */
	struct postings postings;
	struct postings_cursor cursor;
	float *bounds; /* by block of documents: no score in it is above */
	float bound;   /* of all of them */
	float rest;    /* sum of the bounds of the lists behind this one */
	size_t order;  /* place among the terms asked: scores are summed in that order */
};

static inline float bm25(const struct ranked_term *term, uint32_t frequency, uint32_t length)
{
	return term->factor * bm25_saturation(frequency, length, term->average);
}

/* No score below this can get into the heap. */
static inline float ranking_threshold(const struct ranking *ranking)
{
	return ranking->heap_count < ranking->limit ? 0 : ranking->heap[0].score;
}

/* Takes a wanted document up when it is among the best so far and fulfils the request. */
void ranking_offer(struct ranking *ranking, uint32_t document, float score);
bool ranking_wants(const struct ranking *ranking, uint32_t document);

/*
 * Each finds the best documents of one segment.
 * by_document: for each document within, its score; for few documents.
 * by_bound: blocks of documents whose bound cannot reach the heap are passed over; for few terms.
 * by_term: adds up the scores of all documents, chunk by chunk; for many terms.
 */
bool rank_by_document(struct ranking *ranking, const struct snapshot_segment *segment,
		      struct ranked_list *lists, size_t count, struct error *error) MUST_CHECK;
/* is_finished_out false: it gave up behind looks_max looks. Changes the order of the lists. */
bool rank_by_bound(struct ranking *ranking, const struct snapshot_segment *segment,
		   struct ranked_list *lists, size_t count, uint64_t looks_max,
		   struct arena *scratch, bool *is_finished_out, struct error *error) MUST_CHECK;
bool rank_by_term(struct ranking *ranking, const struct snapshot_segment *segment,
		  struct ranked_list *lists, size_t count, struct error *error) MUST_CHECK;

#endif
