#include "index/gaps_internal.h"
#include "index/postings_internal.h"

#include <string.h>

/* ---- Opening. */

static bool open_small_set(struct arena *arena, struct byte_reader *reader, uint32_t limit,
			   struct postings *postings)
{
	uint16_t *values = arena_array(arena, uint16_t, postings->count);
	uint32_t documents[SET_SMALL_MAX];
	uint64_t last = 0;
	size_t chunk_count = 0;
	struct chunk *chunks;
	uint32_t *before;

	for (uint32_t i = 0; i < postings->count; i++) {
		uint64_t difference = read_varint(reader);

		last += difference;
		if (difference >= limit || last >= limit || (i > 0 && difference == 0))
			return false;
		documents[i] = (uint32_t)last;
		values[i] = (uint16_t)(last & 0xFFFF);
		chunk_count += i == 0 || documents[i - 1] >> 16 != last >> 16;
	}
	chunks = arena_array(arena, struct chunk, chunk_count);
	before = arena_array(arena, uint32_t, chunk_count);
	for (uint32_t i = 0, n = 0; i < postings->count; i++) {
		if (i == 0 || documents[i - 1] >> 16 != documents[i] >> 16) {
			before[n] = i;
			chunks[n++] = (struct chunk){ values + i, 0,
						      (uint16_t)(documents[i] >> 16) };
		}
		chunks[n - 1].count++;
	}
	postings->chunks = chunks;
	postings->before = before;
	postings->chunk_count = chunk_count;
	return !reader->is_bad;
}

/* Only the segment's last chunk can hold numbers beyond its documents. */
static bool chunk_is_below(const struct chunk *chunk, uint32_t limit)
{
	uint32_t end = limit - ((uint32_t)chunk->key << 16);
	const uint16_t *values = chunk->data;
	const uint64_t *words = chunk->data;
	uint16_t most = 0;

	if (end >= CHUNK_VALUES)
		return true;
	if (!chunk_is_bits(chunk)) {
		for (uint32_t i = 0; i < chunk->count; i++)
			most = values[i] > most ? values[i] : most;
		return most < end;
	}
	if (end % 64 != 0 && words[end / 64] >> end % 64 != 0)
		return false;
	for (uint32_t i = (end + 63) / 64; i < CHUNK_WORDS; i++)
		if (words[i] != 0)
			return false;
	return true;
}

/* The keys and counts; their sum must be the term's count. */
static bool read_directory(const uint16_t *heads, uint32_t limit, struct chunk *chunks,
			   uint32_t *before, struct postings *postings)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < postings->chunk_count; i++) {
		chunks[i].key = heads[i * 2];
		chunks[i].count = heads[i * 2 + 1] + 1u;
		before[i] = (uint32_t)sum;
		sum += chunks[i].count;
		if ((i > 0 && chunks[i].key <= chunks[i - 1].key) ||
		    (uint32_t)chunks[i].key << 16 >= limit)
			return false;
	}
	return sum == postings->count;
}

/* Bit sets are used where they lie, */
static bool place_bits(struct byte_reader *reader, struct chunk *chunks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t size = chunks[i].count == CHUNK_VALUES
				      ? 0
				      : CHUNK_BYTES + RANK_ENTRIES * sizeof(uint16_t);

		if (!chunk_is_bits(&chunks[i]))
			continue;
		if (size > (size_t)(reader->end - reader->at))
			return false;
		chunks[i].data = size == 0 ? (const void *)bitmap_full_words : reader->at;
		reader->at += size;
	}
	return true;
}

/* arrays are read into the arena. */
static bool place_arrays(struct arena *arena, struct byte_reader *reader, struct chunk *chunks,
			 size_t count)
{
	size_t total = 0;
	uint16_t *values;

	for (size_t i = 0; i < count; i++)
		total += chunk_is_bits(&chunks[i]) ? 0 : chunks[i].count;
	if (total > (size_t)(reader->end - reader->at))
		return false;
	values = arena_array(arena, uint16_t, total);
	for (size_t i = 0; i < count; i++) {
		if (chunk_is_bits(&chunks[i]))
			continue;
		if (!gaps_read(reader, chunks[i].count, values))
			return false;
		chunks[i].data = values;
		values += chunks[i].count;
	}
	return true;
}

static bool open_large_set(struct arena *arena, struct byte_reader *reader, uint32_t limit,
			   struct postings *postings)
{
	struct chunk *chunks;
	uint32_t *before;
	const uint8_t *start = reader->at;
	uint32_t count;
	size_t head_size;

	if (reader->end - start < 8 || (uintptr_t)start % 8 != 0)
		return false;
	memcpy(&count, start, sizeof(count));
	head_size = 8 + ((size_t)count + count % 2) * 4;
	if (count == 0 || count > CHUNK_VALUES || (size_t)(reader->end - start) < head_size)
		return false;
	chunks = arena_array(arena, struct chunk, count);
	before = arena_array(arena, uint32_t, count);
	postings->chunk_count = count;
	if (!read_directory((const uint16_t *)(const void *)(start + 8), limit, chunks, before,
			    postings))
		return false;
	reader->at = start + head_size;
	if (!place_bits(reader, chunks, count) || !place_arrays(arena, reader, chunks, count) ||
	    !chunk_is_below(&chunks[count - 1], limit))
		return false;
	postings->chunks = chunks;
	postings->before = before;
	return true;
}

static bool open_positions(struct byte_reader *reader, struct postings *postings)
{
	size_t left = (size_t)(reader->end - reader->at);
	size_t code_size = ((size_t)postings->count + 3) / 4, block_size = 0;

	if (postings->count > BLOCK_DOCUMENTS)
		block_size = ((size_t)postings->count + BLOCK_DOCUMENTS - 1) / BLOCK_DOCUMENTS *
			     sizeof(struct position_block);
	if (left < code_size + block_size)
		return false;
	postings->codes = reader->at;
	postings->blocks = block_size > 0 ? (const void *)(reader->at + code_size) : NULL;
	postings->positions = reader->at + code_size + block_size;
	postings->end = reader->end;
	return true;
}

bool postings_open(struct arena *arena, struct str record, uint32_t count, uint32_t document_limit,
		   bool has_positions, struct postings *postings_out)
{
	struct byte_reader reader = { (const uint8_t *)record.data, NULL, false };

	*postings_out = (struct postings){ .count = count };
	if (count == 0 || count > document_limit || record.size == 0)
		return false;
	reader.end = reader.at + record.size;
	if (postings_are_aligned(count)
		    ? !open_large_set(arena, &reader, document_limit, postings_out)
		    : !open_small_set(arena, &reader, document_limit, postings_out))
		return false;
	return !has_positions || open_positions(&reader, postings_out);
}

/* ---- Finding documents. */

void postings_cursor_init(struct postings_cursor *cursor, const struct postings *postings)
{
	*cursor = (struct postings_cursor){
		.postings = postings,
		.at = postings->positions,
	};
}

static uint32_t lower_bound(const uint16_t *values, uint32_t from, uint32_t count, uint16_t wanted)
{
	uint32_t step = 1, low = from, high;

	while (low + step < count && values[low + step] < wanted) {
		low += step;
		step *= 2;
	}
	high = low + step < count ? low + step : count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (values[middle] < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Bits set before value. */
static uint32_t rank_of_bit(const struct chunk *chunk, uint32_t value)
{
	const uint64_t *words = chunk->data;
	const uint16_t *ranks = (const void *)(words + CHUNK_WORDS);
	uint32_t entry = value / (RANK_WORDS * 64);

	if (chunk->count == CHUNK_VALUES)
		return value;
	return ranks[entry] +
	       bitmap_kernels()->count_below(words + entry * RANK_WORDS, value % (RANK_WORDS * 64));
}

static uint32_t next_bit(const uint64_t *words, uint32_t from)
{
	uint32_t i = from / 64;
	uint64_t word = words[i] & UINT64_MAX << from % 64;

	while (word == 0 && ++i < CHUNK_WORDS)
		word = words[i];
	return word == 0 ? CHUNK_VALUES : i * 64 + (uint32_t)__builtin_ctzll(word);
}

/* rank_of_bit() for values that ascend: remembers the rank of the word they stand in. */
static uint32_t rank_by_word(struct postings_cursor *cursor, const struct chunk *chunk,
			     uint32_t value)
{
	const uint64_t *words = chunk->data;
	uint32_t word = value / 64;

	if (cursor->within != word + 1) {
		cursor->within = word + 1;
		cursor->word_rank = rank_of_bit(chunk, word * 64);
	}
	return cursor->word_rank +
	       (uint32_t)__builtin_popcountll(words[word] & ((UINT64_C(1) << value % 64) - 1));
}

/* Finds the first value >= low in the current chunk. */
static bool seek_in_chunk(struct postings_cursor *cursor, uint32_t low, uint32_t *document_out)
{
	const struct chunk *chunk = &cursor->postings->chunks[cursor->chunk];
	uint32_t before = cursor->postings->before[cursor->chunk], value;

	if (chunk_is_bits(chunk)) {
		value = next_bit(chunk->data, low);
		if (value == CHUNK_VALUES)
			return false;
		cursor->rank = before + rank_by_word(cursor, chunk, value);
	} else {
		cursor->within = lower_bound(chunk->data, cursor->within, chunk->count,
					     (uint16_t)low);
		if (cursor->within == chunk->count)
			return false;
		value = ((const uint16_t *)chunk->data)[cursor->within];
		cursor->rank = before + cursor->within;
	}
	*document_out = (uint32_t)chunk->key << 16 | value;
	return cursor->rank < cursor->postings->count;
}

uint32_t postings_seek(struct postings_cursor *cursor, uint32_t wanted)
{
	const struct postings *postings = cursor->postings;
	uint32_t key = wanted >> 16, document;

	while (cursor->chunk < postings->chunk_count) {
		uint32_t here = postings->chunks[cursor->chunk].key;

		if (here >= key &&
		    seek_in_chunk(cursor, here > key ? 0 : wanted & 0xFFFF, &document))
			return document;
		cursor->chunk++;
		cursor->within = 0;
	}
	return DOCUMENT_NONE;
}

/* The chunk of a key, or chunk_count. A term that is everywhere has one of each key. */
static size_t find_chunk(const struct postings *postings, uint32_t key)
{
	size_t low = 0, high = postings->chunk_count;

	if (key < high && postings->chunks[key].key == key)
		return key;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (postings->chunks[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < postings->chunk_count && postings->chunks[low].key == key
		       ? low
		       : postings->chunk_count;
}

bool postings_find(const struct postings *postings, uint32_t document, uint32_t *rank_out)
{
	uint32_t low = document & 0xFFFF, at;
	size_t i = find_chunk(postings, document >> 16);

	if (i == postings->chunk_count)
		return false;
	if (chunk_is_bits(&postings->chunks[i])) {
		const uint64_t *words = postings->chunks[i].data;

		if (!(words[low / 64] >> low % 64 & 1))
			return false;
		at = rank_of_bit(&postings->chunks[i], low);
	} else {
		const uint16_t *values = postings->chunks[i].data;

		at = lower_bound(values, 0, postings->chunks[i].count, (uint16_t)low);
		if (at == postings->chunks[i].count || values[at] != low)
			return false;
	}
	*rank_out = postings->before[i] + at;
	return *rank_out < postings->count;
}

/* ---- Many documents of one chunk. */

static void ranks_in_array(const struct chunk *chunk, const uint16_t *values, uint32_t count,
			   uint32_t *ranks_out)
{
	for (uint32_t i = 0, at = 0; i < count; i++)
		ranks_out[i] = at = lower_bound(chunk->data, at, chunk->count, values[i]);
}

static void ranks_in_bits(const struct chunk *chunk, const uint16_t *values, uint32_t count,
			  uint32_t *ranks_out)
{
	const uint64_t *words = chunk->data;

	if (chunk->count < CHUNK_VALUES)
		bitmap_kernels()->ranks(words, (const void *)(words + CHUNK_WORDS), values, count,
					ranks_out);
	for (uint32_t i = 0; chunk->count == CHUNK_VALUES && i < count; i++)
		ranks_out[i] = values[i];
}

void postings_ranks(const struct postings *postings, uint32_t key, const uint16_t *values,
		    uint32_t count, uint32_t *ranks_out)
{
	size_t at = find_chunk(postings, key);
	const struct chunk *chunk = &postings->chunks[at];

	assert(at < postings->chunk_count);
	if (chunk_is_bits(chunk))
		ranks_in_bits(chunk, values, count, ranks_out);
	else
		ranks_in_array(chunk, values, count, ranks_out);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t rank = ranks_out[i] + postings->before[at];

		/* a damaged table of ranks */
		ranks_out[i] = rank < postings->count ? rank : postings->count - 1;
	}
}
