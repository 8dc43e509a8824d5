#include "base/memory.h"
#include "index/phrase_internal.h"

#include <string.h>

/*
 * All documents with a phrase. Those with all its tokens are taken a batch at a time, token by token, so
 * that no step depends on what the one before found in a document: first where each document's positions
 * are, then where the phrase may begin in each. The few whose positions are many or wide are read one
 * by one.
 */
enum { PHRASE_TOKENS_MAX = 4096, BATCH = 1024 };

struct batch {
	uint16_t values[BATCH]; /* of the documents that are still in question, in their chunk */
	uint16_t hard[BATCH];   /* of those to be read one by one */
	uint32_t ranks[BATCH];
	struct position_place places[BATCH];
	struct phrase_starts starts[BATCH];
	bool found[BATCH];
	uint32_t count, hard_count;
};

struct phrase_search {
	const struct snapshot *snapshot;
	const struct bitmap *within;
	const struct search_limits *limits;
	struct arena *scratch;
	struct phrase phrase;
	struct set_joiner joined;
	const struct snapshot_segment *segment; /* at hand */
	uint16_t *values; /* CHUNK_VALUES: the candidates of a chunk of bits */
	uint64_t *words;  /* CHUNK_WORDS: what was found in it */
	struct batch *batch;
};

/* Documents of the snapshot that have all tokens, and lie within. */
static const struct bitmap *find_candidates(const struct phrase_search *search)
{
	const struct bitmap *all = search->within;

	for (size_t i = 0; i < search->phrase.token_count; i++) {
		struct set_joiner joined = { search->scratch, LIST_OF(struct chunk) };
		const struct postings *postings = &search->phrase.tokens[i].postings;
		const struct bitmap *set;

		joiner_add(&joined, search->segment, postings->chunks, postings->chunk_count);
		set = joiner_finish(&joined, search->snapshot);
		all = all ? bitmap_and(search->scratch, all, set) : set;
	}
	return all;
}

/* Lets go of the documents that are out of question or hard. */
static void keep_found(struct batch *batch)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < batch->count; i++) {
		bool is_hard = batch->places[i].frequency == PLACE_HARD;

		batch->hard[batch->hard_count] = batch->values[i];
		batch->hard_count += is_hard;
		batch->values[n] = batch->values[i];
		batch->starts[n] = batch->starts[i];
		n += batch->found[i] && !is_hard;
	}
	batch->count = n;
}

static void take_token(struct batch *batch, const struct phrase_token *token, uint32_t key,
		       bool is_first)
{
	const struct bitmap_kernels *kernels = bitmap_kernels();
	uint16_t offset = (uint16_t)token->offset;

	postings_ranks(&token->postings, key, batch->values, batch->count, batch->ranks);
	postings_places(&token->postings, batch->ranks, batch->count, batch->places);
	if (is_first) {
		kernels->starts_first(batch->places, batch->count, offset, batch->starts);
		memset(batch->found, true, batch->count * sizeof(*batch->found));
	} else {
		kernels->starts_keep(batch->places, batch->count, offset, batch->starts,
				     batch->found);
	}
	keep_found(batch);
}

static void set_bit(uint64_t *words, uint16_t value)
{
	words[value / 64] |= UINT64_C(1) << value % 64;
}

/* Adds what has the phrase to the words. key: of the segment's own chunks. */
static void search_batch(struct phrase_search *search, uint32_t key)
{
	struct phrase *phrase = &search->phrase;
	struct batch *batch = search->batch;

	for (size_t i = 0; i < phrase->token_count && batch->count > 0; i++)
		take_token(batch, &phrase->tokens[i], key, i == 0);
	for (uint32_t i = 0; i < batch->count; i++)
		set_bit(search->words, batch->values[i]);
	for (uint32_t i = 0; i < batch->hard_count; i++)
		if (phrase_holds(phrase, key << 16 | batch->hard[i]))
			set_bit(search->words, batch->hard[i]);
}

/* The next candidates; all of them hard where offsets are beyond what starts can tell. */
static void fill_batch(struct batch *batch, const uint16_t *values, uint32_t count, bool is_far)
{
	batch->count = is_far ? 0 : count;
	batch->hard_count = is_far ? count : 0;
	memcpy(is_far ? batch->hard : batch->values, values, count * sizeof(*values));
}

static bool is_far(const struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->token_count; i++)
		if (phrase->tokens[i].offset > START_OFFSET_MAX)
			return true;
	return false;
}

static bool search_chunk(struct phrase_search *search, const struct bitmap_chunk *candidates,
			 struct error *error)
{
	uint32_t key = (candidates->base - search->segment->first) >> 16, step;
	const uint16_t *values = candidates->values;
	uint32_t count = candidates->count;
	bool far = is_far(&search->phrase);
	struct chunk chunk;

	if (candidates->bits) {
		if (!search->values)
			search->values = memory_alloc(CHUNK_VALUES * sizeof(*search->values));
		count = bitmap_kernels()->bits_to_array(candidates->bits, search->values,
							CHUNK_VALUES);
		values = search->values;
	}
	memset(search->words, 0, CHUNK_BYTES);
	for (uint32_t i = 0; i < count; i += step) {
		step = count - i < BATCH ? count - i : BATCH;
		fill_batch(search->batch, values + i, step, far);
		search_batch(search, key);
		if (!search_may_go_on(search->limits, error))
			return false;
	}
	if (chunk_of_bits(search->joined.arena, (uint16_t)key, search->words, &chunk))
		joiner_add(&search->joined, search->segment, &chunk, 1);
	return true;
}

static bool search_segment(struct phrase_search *search, const struct snapshot_segment *segment,
			   struct error *error)
{
	const struct bitmap *candidates;
	bool done = true;

	search->segment = segment;
	if (!phrase_open(&search->phrase, segment->segment, search->scratch))
		return true;
	candidates = find_candidates(search);
	for (size_t i = 0; i < bitmap_chunk_count(candidates) && done; i++) {
		const struct bitmap_chunk chunk = bitmap_chunk_at(candidates, i);

		done = search_chunk(search, &chunk, error);
	}
	return done;
}

static void begin_search(struct phrase_search *search)
{
	search->scratch = arena_create(1 << 16);
	search->words = memory_alloc(CHUNK_BYTES);
	search->batch = memory_alloc(sizeof(*search->batch));
}

static void end_search(struct phrase_search *search)
{
	phrase_release(&search->phrase);
	memory_free(search->values);
	memory_free(search->words);
	memory_free(search->batch);
	arena_destroy(search->scratch);
}

bool index_phrase_documents(const struct snapshot *snapshot, struct arena *arena, unsigned column,
			    const struct str *tokens, const uint32_t *offsets, size_t token_count,
			    const struct bitmap *within, const struct search_limits *limits,
			    const struct bitmap **documents_out, struct error *error)
{
	struct phrase_search search = { .snapshot = snapshot,
					.within = within,
					.limits = limits,
					.joined = { arena, LIST_OF(struct chunk) } };
	bool done;

	*documents_out = bitmap_empty();
	if (token_count > PHRASE_TOKENS_MAX)
		return error_set(error, ERROR_LIMIT, "index.long_phrase", "%zu", token_count);
	done = search_may_go_on(limits, error);
	begin_search(&search);
	phrase_prepare(&search.phrase, search.scratch, column, tokens, offsets, token_count);
	for (size_t i = 0; i < snapshot->segment_count && done && token_count > 0; i++)
		done = search_segment(&search, &snapshot->segments[i], error);
	*documents_out = joiner_finish(&search.joined, snapshot);
	end_search(&search);
	return done;
}
