#include "index/bitmap_internal.h"

static uint32_t count_word(uint64_t word)
{
	return (uint32_t)__builtin_popcountll(word);
}

static uint32_t bits_count(const uint64_t *a)
{
	uint32_t count = 0;

	for (size_t i = 0; i < CHUNK_WORDS; i++)
		count += count_word(a[i]);
	return count;
}

static uint32_t count_below(const uint64_t *a, uint32_t value)
{
	uint32_t count = 0;

	for (size_t i = 0; i < value / 64; i++)
		count += count_word(a[i]);
	return count + count_word(a[value / 64] & ((UINT64_C(1) << value % 64) - 1));
}

static uint32_t bits_and(const uint64_t *a, const uint64_t *b, uint64_t *out)
{
	uint32_t count = 0;

	for (size_t i = 0; i < CHUNK_WORDS; i++) {
		out[i] = a[i] & b[i];
		count += count_word(out[i]);
	}
	return count;
}

static uint32_t bits_and_not(const uint64_t *a, const uint64_t *b, uint64_t *out)
{
	uint32_t count = 0;

	for (size_t i = 0; i < CHUNK_WORDS; i++) {
		out[i] = a[i] & ~b[i];
		count += count_word(out[i]);
	}
	return count;
}

static void bits_or(uint64_t *a, const uint64_t *b)
{
	for (size_t i = 0; i < CHUNK_WORDS; i++)
		a[i] |= b[i];
}

static uint32_t bits_and_count(const uint64_t *a, const uint64_t *b)
{
	uint32_t count = 0;

	for (size_t i = 0; i < CHUNK_WORDS; i++)
		count += count_word(a[i] & b[i]);
	return count;
}

static uint32_t arrays_and(const uint16_t *a, uint32_t a_count, const uint16_t *b, uint32_t b_count,
			   uint16_t *out)
{
	uint32_t i = 0, j = 0, n = 0;

	while (i < a_count && j < b_count && n < CHUNK_ARRAY_MAX) {
		uint16_t x = a[i], y = b[j];

		out[n] = x;
		n += x == y;
		i += x <= y;
		j += y <= x;
	}
	return n;
}

static uint32_t bits_to_array(const uint64_t *bits, uint16_t *out, uint32_t room)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < CHUNK_WORDS; i++)
		for (uint64_t word = bits[i]; word && n < room; word &= word - 1)
			out[n++] = (uint16_t)(i * 64 + (uint32_t)__builtin_ctzll(word));
	return n;
}

SCAN_FUNCTION(scan_1, uint8_t)
SCAN_FUNCTION(scan_2, uint16_t)
SCAN_FUNCTION(scan_4, uint32_t)
SCAN_FUNCTION(scan_8, uint64_t)

RANKS_FUNCTION(ranks)

static void starts_first(const struct position_place *places, uint32_t count, uint16_t offset,
			 struct phrase_starts *starts_out)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t position = places[i].first;

		for (uint32_t j = 0; j < PLACE_POSITIONS; position += places[i].at[j++]) {
			starts_out[i].at[j] = j < places[i].frequency
						      ? (uint16_t)(position - offset)
						      : (uint16_t)START_NONE;
		}
	}
}

static bool has_position(const struct position_place *place, uint16_t wanted)
{
	uint32_t position = place->first;
	bool found = false;

	for (uint32_t j = 0; j < place->frequency && j < PLACE_POSITIONS;
	     position += place->at[j++])
		found |= position == wanted;
	return found;
}

static void starts_keep(const struct position_place *places, uint32_t count, uint16_t offset,
			struct phrase_starts *starts, bool *found_out)
{
	for (uint32_t i = 0; i < count; i++) {
		found_out[i] = false;
		for (uint32_t j = 0; j < PLACE_POSITIONS; j++) {
			uint16_t *start = &starts[i].at[j];

			if (*start != START_NONE &&
			    has_position(&places[i], (uint16_t)(*start + offset)))
				found_out[i] = true;
			else
				*start = START_NONE;
		}
	}
}

const struct bitmap_kernels bitmap_kernels_portable = {
	.bits_count = bits_count,
	.count_below = count_below,
	.bits_and = bits_and,
	.bits_and_not = bits_and_not,
	.bits_or = bits_or,
	.bits_and_count = bits_and_count,
	.arrays_and = arrays_and,
	.bits_to_array = bits_to_array,
	.scan_1 = scan_1,
	.scan_2 = scan_2,
	.scan_4 = scan_4,
	.scan_8 = scan_8,
	.ranks = ranks,
	.starts_first = starts_first,
	.starts_keep = starts_keep,
};

const struct bitmap_kernels *bitmap_kernels_chosen = &bitmap_kernels_portable;

__attribute__((constructor)) static void choose(void)
{
	const struct bitmap_kernels *fast = bitmap_kernels_avx2();

	if (fast)
		bitmap_kernels_chosen = fast;
}
