#include "index/bitmap_internal.h"

#include <string.h>

#define ONES_4   UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX
#define ONES_32  ONES_4, ONES_4, ONES_4, ONES_4, ONES_4, ONES_4, ONES_4, ONES_4
#define ONES_256 ONES_32, ONES_32, ONES_32, ONES_32, ONES_32, ONES_32, ONES_32, ONES_32
const uint64_t bitmap_full_words[CHUNK_WORDS] = { ONES_256, ONES_256, ONES_256, ONES_256 };

static const struct bitmap nothing;

const struct bitmap *bitmap_empty(void)
{
	return &nothing;
}

static uint16_t high_of(uint32_t value)
{
	return (uint16_t)(value >> 16);
}

static uint16_t low_of(uint32_t value)
{
	return (uint16_t)(value & 0xFFFF);
}

static struct chunk chunk_of_array(struct arena *arena, uint16_t key, const uint16_t *values,
				   uint32_t count)
{
	uint16_t *copy = arena_array(arena, uint16_t, count);

	memcpy(copy, values, count * sizeof(*values));
	return (struct chunk){ copy, count, key };
}

static bool chunk_of_counted(struct arena *arena, uint16_t key, const uint64_t *words,
			     uint32_t count, struct chunk *chunk_out)
{
	if (count == 0)
		return false;
	if (count == CHUNK_VALUES) {
		*chunk_out = (struct chunk){ bitmap_full_words, count, key };
	} else if (count > CHUNK_ARRAY_MAX) {
		uint64_t *copy = arena_alloc(arena, CHUNK_BYTES);

		memcpy(copy, words, CHUNK_BYTES);
		*chunk_out = (struct chunk){ copy, count, key };
	} else {
		uint16_t values[CHUNK_ARRAY_MAX];

		bitmap_kernels()->bits_to_array(words, values, count);
		*chunk_out = chunk_of_array(arena, key, values, count);
	}
	return true;
}

bool chunk_of_bits(struct arena *arena, uint16_t key, const uint64_t *words,
		   struct chunk *chunk_out)
{
	return chunk_of_counted(arena, key, words, bitmap_kernels()->bits_count(words), chunk_out);
}

static bool bit_is_set(const uint64_t *words, uint16_t value)
{
	return words[value >> 6] >> (value & 63) & 1;
}

void chunk_add_to_bits(const struct chunk *chunk, uint64_t *words)
{
	const uint16_t *values = chunk->data;

	if (chunk_is_bits(chunk)) {
		bitmap_kernels()->bits_or(words, chunk->data);
		return;
	}
	for (uint32_t i = 0; i < chunk->count; i++)
		words[values[i] >> 6] |= UINT64_C(1) << (values[i] & 63);
}

const struct bitmap *bitmap_of_chunks(struct arena *arena, const struct chunk *chunks, size_t count)
{
	struct bitmap *set;

	if (count == 0)
		return &nothing;
	set = arena_new(arena, struct bitmap);
	set->chunks = chunks;
	set->chunk_count = count;
	for (size_t i = 0; i < count; i++)
		set->count += chunks[i].count;
	return set;
}

/* ---- Making sets. */

static int compare_values(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static size_t sort_distinct(uint32_t *values, size_t count)
{
	size_t n = 1;
	bool ascends = true;

	if (count == 0)
		return 0;
	for (size_t i = 1; i < count && ascends; i++)
		ascends = values[i - 1] < values[i];
	if (ascends)
		return count;
	qsort(values, count, sizeof(*values), compare_values);
	for (size_t i = 1; i < count; i++)
		if (values[i] != values[n - 1])
			values[n++] = values[i];
	return n;
}

static bool chunk_of_values(struct arena *arena, const uint32_t *values, size_t count,
			    struct chunk *chunk_out)
{
	uint64_t words[CHUNK_WORDS];
	uint16_t *array;

	if (count > CHUNK_ARRAY_MAX) {
		memset(words, 0, sizeof(words));
		for (size_t i = 0; i < count; i++)
			words[low_of(values[i]) >> 6] |= UINT64_C(1) << (values[i] & 63);
		return chunk_of_counted(arena, high_of(*values), words, (uint32_t)count, chunk_out);
	}
	array = arena_array(arena, uint16_t, count);
	for (size_t i = 0; i < count; i++)
		array[i] = low_of(values[i]);
	*chunk_out = (struct chunk){ array, (uint32_t)count, high_of(*values) };
	return true;
}

const struct bitmap *bitmap_of(struct arena *arena, uint32_t *values, size_t count)
{
	size_t distinct = sort_distinct(values, count), chunk_count = 0, room = 0;
	struct chunk *chunks;

	for (size_t i = 0; i < distinct; i++)
		room += i == 0 || high_of(values[i]) != high_of(values[i - 1]);
	chunks = arena_array(arena, struct chunk, room);
	for (size_t from = 0, to; from < distinct; from = to) {
		for (to = from + 1; to < distinct && high_of(values[to]) == high_of(values[from]);)
			to++;
		chunk_count += chunk_of_values(arena, values + from, to - from,
					       &chunks[chunk_count]);
	}
	return bitmap_of_chunks(arena, chunks, chunk_count);
}

static bool chunk_of_range(struct arena *arena, uint16_t key, uint32_t from, uint32_t to,
			   struct chunk *chunk_out)
{
	uint64_t words[CHUNK_WORDS] = { 0 };

	if (from == 0 && to == CHUNK_VALUES) {
		*chunk_out = (struct chunk){ bitmap_full_words, CHUNK_VALUES, key };
		return true;
	}
	for (uint32_t i = from; i < to;) {
		if (i % 64 == 0 && i + 64 <= to) {
			words[i / 64] = UINT64_MAX;
			i += 64;
		} else {
			words[i / 64] |= UINT64_C(1) << i % 64;
			i++;
		}
	}
	return chunk_of_counted(arena, key, words, to - from, chunk_out);
}

const struct bitmap *bitmap_of_range(struct arena *arena, uint32_t first, uint64_t end)
{
	uint64_t limit = end > UINT64_C(1) << 32 ? UINT64_C(1) << 32 : end;
	size_t n = 0;
	struct chunk *chunks;

	if (first >= limit)
		return &nothing;
	chunks = arena_array(arena, struct chunk, ((limit - 1) >> 16) - (first >> 16) + 1);
	for (uint64_t at = first; at < limit;) {
		uint64_t base = at & ~UINT64_C(0xFFFF);
		uint64_t to = limit - base < CHUNK_VALUES ? limit - base : CHUNK_VALUES;

		n += chunk_of_range(arena, high_of((uint32_t)at), (uint32_t)(at - base),
				    (uint32_t)to, &chunks[n]);
		at = base + CHUNK_VALUES;
	}
	return bitmap_of_chunks(arena, chunks, n);
}

/* ---- Asking one set. */

uint64_t bitmap_count(const struct bitmap *set)
{
	return set->count;
}

bool bitmap_is_empty(const struct bitmap *set)
{
	return set->count == 0;
}

/* The first chunk whose key is at least key. */
static size_t find_chunk(const struct bitmap *set, size_t from, uint16_t key)
{
	size_t low = from, high = set->chunk_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (set->chunks[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t find_value(const uint16_t *values, uint32_t from, uint32_t count, uint16_t wanted)
{
	uint32_t low = from, high = count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (values[middle] < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool bitmap_contains(const struct bitmap *set, uint32_t value)
{
	size_t i = find_chunk(set, 0, high_of(value));
	const struct chunk *chunk;
	uint32_t at;

	if (i == set->chunk_count || set->chunks[i].key != high_of(value))
		return false;
	chunk = &set->chunks[i];
	if (chunk_is_bits(chunk))
		return bit_is_set(chunk->data, low_of(value));
	at = find_value(chunk->data, 0, chunk->count, low_of(value));
	return at < chunk->count && ((const uint16_t *)chunk->data)[at] == low_of(value);
}

bool bitmap_equal(const struct bitmap *a, const struct bitmap *b)
{
	if (a->count != b->count || a->chunk_count != b->chunk_count)
		return false;
	for (size_t i = 0; i < a->chunk_count; i++) {
		const struct chunk *x = &a->chunks[i], *y = &b->chunks[i];
		size_t size = chunk_is_bits(x) ? CHUNK_BYTES : x->count * sizeof(uint16_t);

		if (x->key != y->key || x->count != y->count)
			return false;
		if (x->data != y->data && memcmp(x->data, y->data, size) != 0)
			return false;
	}
	return true;
}

uint32_t *bitmap_to_array(struct arena *arena, const struct bitmap *set)
{
	uint32_t *values = arena_array(arena, uint32_t, set->count);
	struct bitmap_walk walk = bitmap_walk(set);

	for (uint64_t i = 0; i < set->count && bitmap_walk_next(&walk, &values[i]);)
		i++;
	return values;
}

static uint32_t select_bit(const uint64_t *words, uint32_t n)
{
	for (uint32_t i = 0; i < CHUNK_WORDS; i++) {
		uint32_t count = (uint32_t)__builtin_popcountll(words[i]);
		uint64_t word = words[i];

		if (n >= count) {
			n -= count;
			continue;
		}
		while (n-- > 0)
			word &= word - 1;
		return i * 64 + (uint32_t)__builtin_ctzll(word);
	}
	return 0;
}

uint32_t bitmap_select(const struct bitmap *set, uint64_t n)
{
	assert(n < set->count);
	for (size_t i = 0; i < set->chunk_count; i++) {
		const struct chunk *chunk = &set->chunks[i];
		uint32_t base = (uint32_t)chunk->key << 16;

		if (n >= chunk->count) {
			n -= chunk->count;
			continue;
		}
		return base | (chunk_is_bits(chunk) ? select_bit(chunk->data, (uint32_t)n)
						    : ((const uint16_t *)chunk->data)[n]);
	}
	return 0;
}

size_t bitmap_chunk_count(const struct bitmap *set)
{
	return set->chunk_count;
}

struct bitmap_chunk bitmap_chunk_at(const struct bitmap *set, size_t i)
{
	const struct chunk *chunk = &set->chunks[i];

	return (struct bitmap_chunk){
		.base = (uint32_t)chunk->key << 16,
		.count = chunk->count,
		.values = chunk_is_bits(chunk) ? NULL : chunk->data,
		.bits = chunk_is_bits(chunk) ? chunk->data : NULL,
	};
}

/* ---- Walking. In a bit set `within` is the next word to load and `word` what is left. */

struct bitmap_walk bitmap_walk(const struct bitmap *set)
{
	return (struct bitmap_walk){ .set = set };
}

static bool walk_in_chunk(struct bitmap_walk *walk, const struct chunk *chunk, uint16_t *low_out)
{
	const uint64_t *words = chunk->data;

	if (!chunk_is_bits(chunk)) {
		if (walk->within >= chunk->count)
			return false;
		*low_out = ((const uint16_t *)chunk->data)[walk->within++];
		return true;
	}
	while (walk->word == 0 && walk->within < CHUNK_WORDS)
		walk->word = words[walk->within++];
	if (walk->word == 0)
		return false;
	*low_out = (uint16_t)((walk->within - 1) * 64 + (uint32_t)__builtin_ctzll(walk->word));
	walk->word &= walk->word - 1;
	return true;
}

bool bitmap_walk_next(struct bitmap_walk *walk, uint32_t *value_out)
{
	for (; walk->chunk < walk->set->chunk_count; walk->chunk++) {
		const struct chunk *chunk = &walk->set->chunks[walk->chunk];
		uint16_t low;

		if (walk_in_chunk(walk, chunk, &low)) {
			*value_out = (uint32_t)chunk->key << 16 | low;
			return true;
		}
		walk->within = 0;
		walk->word = 0;
	}
	return false;
}

static void seek_in_bits(struct bitmap_walk *walk, const uint64_t *words, uint16_t low)
{
	uint32_t at = low / 64;
	uint64_t mask = UINT64_MAX << low % 64;

	if (at + 1 < walk->within)
		return;
	walk->word = (at + 1 == walk->within ? walk->word : words[at]) & mask;
	walk->within = at + 1;
}

bool bitmap_walk_seek(struct bitmap_walk *walk, uint32_t value, uint32_t *value_out)
{
	const struct bitmap *set = walk->set;
	size_t i = walk->chunk;

	if (i < set->chunk_count && set->chunks[i].key < high_of(value)) {
		walk->chunk = find_chunk(set, i, high_of(value));
		walk->within = 0;
		walk->word = 0;
	}
	if (walk->chunk < set->chunk_count && set->chunks[walk->chunk].key == high_of(value)) {
		const struct chunk *chunk = &set->chunks[walk->chunk];

		if (chunk_is_bits(chunk))
			seek_in_bits(walk, chunk->data, low_of(value));
		else
			walk->within = find_value(chunk->data, walk->within, chunk->count,
						  low_of(value));
	}
	return bitmap_walk_next(walk, value_out);
}

static size_t chunk_bytes(const struct chunk *chunk)
{
	if (chunk->count == CHUNK_VALUES)
		return 0; /* all bits are in bitmap_full_words */
	return chunk_is_bits(chunk) ? CHUNK_BYTES : (chunk->count * sizeof(uint16_t) + 7) / 8 * 8;
}

const struct bitmap *bitmap_copy(struct arena *arena, const struct bitmap *set)
{
	struct chunk *chunks = arena_array(arena, struct chunk, set->chunk_count);
	const struct bitmap *copy;
	size_t total = 0;
	char *data;

	for (size_t i = 0; i < set->chunk_count; i++) {
		chunks[i] = set->chunks[i];
		total += chunk_bytes(&chunks[i]);
	}
	copy = bitmap_of_chunks(arena, chunks, set->chunk_count);
	data = arena_alloc(arena, total); /* last, so that the arena's block fits */
	for (size_t i = 0; i < set->chunk_count; i++) {
		struct chunk *chunk = &chunks[i];
		size_t size = chunk_is_bits(chunk) ? CHUNK_BYTES : chunk->count * sizeof(uint16_t);

		if (chunk->count == CHUNK_VALUES)
			continue;
		chunk->data = memcpy(data, chunk->data, size);
		data += chunk_bytes(chunk);
	}
	return copy;
}
