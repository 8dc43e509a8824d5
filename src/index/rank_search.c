#include "base/memory.h"
#include "index/rank_internal.h"

#include <string.h>

enum { DOCUMENTS_PER_LOOK = 1 << 14, BLOCKS_PER_LOOK = 1 << 12 };

static float score_at(const struct ranked_list *list, uint32_t document, uint32_t rank)
{
	return bm25(list->term, postings_frequency_at(&list->postings, rank),
		    list->lengths[document]);
}

/* ---- By document. */

bool rank_by_document(struct ranking *ranking, const struct snapshot_segment *segment,
		      struct ranked_list *lists, size_t count, struct error *error)
{
	uint32_t end = segment->first + segment->segment->document_count, document;
	struct bitmap_walk walk = bitmap_walk(ranking->request->within);
	unsigned n = 0;

	for (bool more = bitmap_walk_seek(&walk, segment->first, &document); more && document < end;
	     more = bitmap_walk_next(&walk, &document)) {
		uint32_t local = document - segment->first;
		float score = 0;

		for (size_t i = 0; i < count; i++)
			if (postings_seek(&lists[i].cursor, local) == local)
				score += score_at(&lists[i], local, lists[i].cursor.rank);
		if (score > 0)
			ranking_offer(ranking, document, score);
		if (++n % DOCUMENTS_PER_LOOK == 0 &&
		    !search_may_go_on(ranking->request->limits, error))
			return false;
	}
	return true;
}

/*
 * ---- By bound. Lists are taken by falling bound, and in each the blocks by falling bound, in a
 * few levels. A document of list i that no earlier list has can score at most its block's bound
 * and the bounds of the lists behind; one that an earlier list has was judged there. So a block is
 * passed over when that sum does not reach the heap (as MaxScore and block-max WAND do: Turtle,
 * Flood 1995; Ding, Suel 2011).
 */
enum {
	LISTS_MAX = 8,
	LOOKS_SLACK =
		4 /* most looks end at a bound, and take so much less than finding a document */
};

static const float levels[] = { 0.9f, 0.75f, 0.6f, 0.45f, 0.3f, 0 };
static const float safety = 1.0001f; /* sums in another order may round up */

static void set_bounds(struct ranked_list *list, struct arena *scratch)
{
	const struct postings *postings = &list->postings;
	uint32_t blocks = (postings->count + BLOCK_DOCUMENTS - 1) / BLOCK_DOCUMENTS;

	list->bounds = arena_array(scratch, float, blocks);
	list->bounds[0] = list->bound = list->term->factor;
	if (!postings->blocks)
		return;
	list->bound = 0;
	for (uint32_t i = 0; i < blocks; i++) {
		list->bounds[i] = list->term->factor * impact_bound(postings->blocks[i].impact,
								    list->term->average,
								    list->average);
		if (list->bounds[i] > list->bound)
			list->bound = list->bounds[i];
	}
}

static int compare_bounds(const void *a, const void *b)
{
	const struct ranked_list *x = a, *y = b;

	return (x->bound < y->bound) - (x->bound > y->bound);
}

/* Judges a document of lists[i]; shares holds the scores by the order asked. */
static void judge(struct ranking *ranking, const struct snapshot_segment *segment,
		  const struct ranked_list *lists, size_t count, size_t i, uint32_t document,
		  uint32_t rank)
{
	float shares[LISTS_MAX] = { 0 }, score = 0;
	float own = score_at(&lists[i], document, rank), sum = own;

	ranking->looks++;
	if ((own + lists[i].rest) * safety < ranking_threshold(ranking) ||
	    !ranking_wants(ranking, segment->first + document))
		return;
	shares[lists[i].order] = own;
	for (size_t j = 0; j < count; j++) {
		if (j > i &&
		    (sum + lists[j].bound + lists[j].rest) * safety < ranking_threshold(ranking))
			return;
		ranking->looks++;
		if (j == i || !postings_find(&lists[j].postings, document, &rank))
			continue;
		if (j < i)
			return;
		shares[lists[j].order] = score_at(&lists[j], document, rank);
		sum += shares[lists[j].order];
	}
	for (size_t j = 0; j < count; j++)
		score += shares[j];
	if (score > 0)
		ranking_offer(ranking, segment->first + document, score);
}

/* The value of this rank in a bit set: its place by the rank table, then word by word. */
static uint32_t bit_of_rank(const struct chunk *chunk, uint32_t rank)
{
	const uint64_t *words = chunk->data;
	const uint16_t *ranks = (const void *)(words + CHUNK_WORDS);
	uint32_t low = 0, high = RANK_ENTRIES, i;

	if (chunk->count == CHUNK_VALUES)
		return rank;
	while (high - low > 1) {
		uint32_t middle = (low + high) / 2;

		if (ranks[middle] <= rank)
			low = middle;
		else
			high = middle;
	}
	rank -= ranks[low];
	for (i = low * RANK_WORDS; i < CHUNK_WORDS; i++) {
		uint32_t here = (uint32_t)__builtin_popcountll(words[i]);
		uint64_t word = words[i];

		if (rank >= here) {
			rank -= here;
			continue;
		}
		while (rank-- > 0)
			word &= word - 1;
		return i * 64 + (uint32_t)__builtin_ctzll(word);
	}
	return 0;
}

static void judge_block(struct ranking *ranking, const struct snapshot_segment *segment,
			const struct ranked_list *lists, size_t count, size_t i, uint32_t block)
{
	const struct postings *postings = &lists[i].postings;
	struct bitmap set = { postings->chunks, postings->chunk_count, postings->count };
	struct bitmap_walk walk = bitmap_walk(&set);
	uint32_t rank = block * BLOCK_DOCUMENTS, end = rank + BLOCK_DOCUMENTS, document;
	const struct chunk *chunk;

	while (walk.chunk + 1 < postings->chunk_count && postings->before[walk.chunk + 1] <= rank)
		walk.chunk++;
	chunk = &postings->chunks[walk.chunk];
	walk.within = rank - postings->before[walk.chunk];
	if (chunk_is_bits(chunk)) {
		uint32_t value = bit_of_rank(chunk, walk.within);

		walk.within = value / 64 + 1;
		walk.word = ((const uint64_t *)chunk->data)[value / 64] & UINT64_MAX << value % 64;
	}
	for (; rank < end && rank < postings->count && bitmap_walk_next(&walk, &document); rank++)
		judge(ranking, segment, lists, count, i, document, rank);
}

/* Postings in blocks that can still reach the heap; 0 while it is not full, since nothing is known then. */
static uint64_t postings_in_reach(const struct ranking *ranking, const struct ranked_list *list,
				  uint32_t blocks, float above)
{
	float threshold = ranking_threshold(ranking);
	uint64_t count = 0;

	if (ranking->heap_count < ranking->limit)
		return 0;
	for (uint32_t block = 0; block < blocks; block++)
		count += list->bounds[block] < above &&
			 (list->bounds[block] + list->rest) * safety >= threshold;
	return count * BLOCK_DOCUMENTS;
}

static bool judge_list(struct ranking *ranking, const struct snapshot_segment *segment,
		       const struct ranked_list *lists, size_t count, size_t i, uint64_t looks_max,
		       bool *is_finished_out, struct error *error)
{
	const struct ranked_list *list = &lists[i];
	uint32_t blocks = (list->postings.count + BLOCK_DOCUMENTS - 1) / BLOCK_DOCUMENTS;
	float above = list->bound * 2;

	for (size_t level = 0; level < sizeof(levels) / sizeof(levels[0]); level++) {
		float below = list->bound * levels[level];

		if ((above + list->rest) * safety < ranking_threshold(ranking))
			return true;
		if (postings_in_reach(ranking, list, blocks, above) > looks_max) {
			*is_finished_out = false;
			return true;
		}
		for (uint32_t block = 0; block < blocks; block++) {
			float bound = list->bounds[block];

			if (block % BLOCKS_PER_LOOK == 0 &&
			    !search_may_go_on(ranking->request->limits, error))
				return false;
			if (bound < below || bound >= above ||
			    (bound + list->rest) * safety < ranking_threshold(ranking))
				continue;
			if (ranking->looks > looks_max * LOOKS_SLACK) {
				*is_finished_out = false;
				return true;
			}
			judge_block(ranking, segment, lists, count, i, block);
		}
		above = below;
	}
	return true;
}

bool rank_by_bound(struct ranking *ranking, const struct snapshot_segment *segment,
		   struct ranked_list *lists, size_t count, uint64_t looks_max,
		   struct arena *scratch, bool *is_finished_out, struct error *error)
{
	float rest = 0;
	bool done = true;

	assert(count <= LISTS_MAX);
	for (size_t i = 0; i < count; i++)
		set_bounds(&lists[i], scratch);
	qsort(lists, count, sizeof(*lists), compare_bounds);
	for (size_t i = count; i-- > 0;) {
		lists[i].rest = rest;
		rest += lists[i].bound;
	}
	ranking->looks = 0;
	*is_finished_out = true;
	for (size_t i = 0; i < count && done && *is_finished_out; i++)
		done = judge_list(ranking, segment, lists, count, i, looks_max, is_finished_out,
				  error);
	return done;
}

/* ---- By term. */

struct chunk_scores {
	float scores[CHUNK_VALUES];
};

static void add_share(const struct ranked_list *list, struct chunk_scores *sum, uint32_t base,
		      uint32_t value, uint32_t rank)
{
	sum->scores[value] += score_at(list, base + value, rank);
}

/* Adds a list's scores in the chunk its cursor stands at. */
static void add_chunk(const struct ranked_list *list, size_t at, struct chunk_scores *sum)
{
	const struct chunk *chunk = &list->postings.chunks[at];
	uint32_t base = (uint32_t)chunk->key << 16, rank = list->postings.before[at];
	uint32_t end = rank + chunk->count;

	if (!chunk_is_bits(chunk)) {
		const uint16_t *values = chunk->data;

		for (uint32_t i = 0; i < chunk->count; i++)
			add_share(list, sum, base, values[i], rank + i);
		return;
	}
	for (uint32_t i = 0; i < CHUNK_WORDS; i++)
		for (uint64_t word = ((const uint64_t *)chunk->data)[i]; word && rank < end;
		     word &= word - 1)
			add_share(list, sum, base, i * 64 + (uint32_t)__builtin_ctzll(word),
				  rank++);
}

static float highest(const float *scores, size_t count)
{
	float most = 0;

	for (size_t i = 0; i < count; i++)
		most = scores[i] > most ? scores[i] : most;
	return most;
}

static void offer_chunk(struct ranking *ranking, const struct snapshot_segment *segment,
			uint32_t base, const struct chunk_scores *sum)
{
	enum { AT_ONCE = 64 };

	for (uint32_t from = 0; from < CHUNK_VALUES; from += AT_ONCE) {
		float most = highest(sum->scores + from, AT_ONCE);

		if (most <= 0 || most < ranking_threshold(ranking))
			continue;
		for (uint32_t i = from; i < from + AT_ONCE; i++) {
			uint32_t document = segment->first + base + i;

			if (sum->scores[i] > 0 && sum->scores[i] >= ranking_threshold(ranking) &&
			    ranking_wants(ranking, document))
				ranking_offer(ranking, document, sum->scores[i]);
		}
	}
}

bool rank_by_term(struct ranking *ranking, const struct snapshot_segment *segment,
		  struct ranked_list *lists, size_t count, struct error *error)
{
	struct chunk_scores *sum = memory_alloc(sizeof(*sum));
	uint32_t keys = (segment->segment->document_count + CHUNK_VALUES - 1) / CHUNK_VALUES;
	bool done = true;

	for (uint32_t key = 0; key < keys && done; key++) {
		memset(sum, 0, sizeof(*sum));
		for (size_t i = 0; i < count; i++) {
			size_t *at = &lists[i].cursor.chunk;

			if (*at < lists[i].postings.chunk_count &&
			    lists[i].postings.chunks[*at].key == key)
				add_chunk(&lists[i], (*at)++, sum);
		}
		offer_chunk(ranking, segment, key << 16, sum);
		done = search_may_go_on(ranking->request->limits, error);
	}
	memory_free(sum);
	return done;
}
