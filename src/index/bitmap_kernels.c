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
};

const struct bitmap_kernels *bitmap_kernels_chosen = &bitmap_kernels_portable;

__attribute__((constructor)) static void choose(void)
{
	const struct bitmap_kernels *fast = bitmap_kernels_avx2();

	if (fast)
		bitmap_kernels_chosen = fast;
}
