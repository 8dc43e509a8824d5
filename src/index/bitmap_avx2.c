#include "index/bitmap_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt,bmi,bmi2,sse4.2")))

enum { VECTORS = CHUNK_BYTES / 32 };

/*
 * Counting bits of a vector by looking up nibbles (Muła, Kurz, Lemire: Faster population counts
 * using AVX2 instructions, 2018).
 */
AVX2 static inline __m256i count_vector(__m256i v)
{
	const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1,
					       1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
	const __m256i low = _mm256_set1_epi8(0x0F);
	__m256i a = _mm256_shuffle_epi8(table, _mm256_and_si256(v, low));
	__m256i b = _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(v, 4), low));

	return _mm256_sad_epu8(_mm256_add_epi8(a, b), _mm256_setzero_si256());
}

AVX2 static inline uint32_t sum_of(__m256i v)
{
	return (uint32_t)(_mm256_extract_epi64(v, 0) + _mm256_extract_epi64(v, 1) +
			  _mm256_extract_epi64(v, 2) + _mm256_extract_epi64(v, 3));
}

AVX2 static inline __m256i load(const uint64_t *words, size_t i)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)words + i);
}

AVX2 static inline void store(uint64_t *words, size_t i, __m256i v)
{
	_mm256_storeu_si256((__m256i *)(void *)words + i, v);
}

AVX2 static uint32_t bits_count(const uint64_t *a)
{
	__m256i sum = _mm256_setzero_si256();

	for (size_t i = 0; i < VECTORS; i++)
		sum = _mm256_add_epi64(sum, count_vector(load(a, i)));
	return sum_of(sum);
}

AVX2 static uint32_t count_below(const uint64_t *a, uint32_t value)
{
	uint32_t count = 0;

	for (size_t i = 0; i < value / 64; i++)
		count += (uint32_t)__builtin_popcountll(a[i]);
	return count +
	       (uint32_t)__builtin_popcountll(a[value / 64] & ((UINT64_C(1) << value % 64) - 1));
}

AVX2 static uint32_t bits_and(const uint64_t *a, const uint64_t *b, uint64_t *out)
{
	__m256i sum = _mm256_setzero_si256();

	for (size_t i = 0; i < VECTORS; i++) {
		__m256i v = _mm256_and_si256(load(a, i), load(b, i));

		store(out, i, v);
		sum = _mm256_add_epi64(sum, count_vector(v));
	}
	return sum_of(sum);
}

AVX2 static uint32_t bits_and_not(const uint64_t *a, const uint64_t *b, uint64_t *out)
{
	__m256i sum = _mm256_setzero_si256();

	for (size_t i = 0; i < VECTORS; i++) {
		__m256i v = _mm256_andnot_si256(load(b, i), load(a, i));

		store(out, i, v);
		sum = _mm256_add_epi64(sum, count_vector(v));
	}
	return sum_of(sum);
}

AVX2 static void bits_or(uint64_t *a, const uint64_t *b)
{
	for (size_t i = 0; i < VECTORS; i++)
		store(a, i, _mm256_or_si256(load(a, i), load(b, i)));
}

AVX2 static uint32_t bits_and_count(const uint64_t *a, const uint64_t *b)
{
	__m256i sum = _mm256_setzero_si256();

	for (size_t i = 0; i < VECTORS; i++)
		sum = _mm256_add_epi64(sum, count_vector(_mm256_and_si256(load(a, i), load(b, i))));
	return sum_of(sum);
}

/* For each mask of eight lanes, the shuffle that moves the chosen 16-bit lanes to the front. */
static uint8_t pack_shuffles[256][16];

static void fill_pack_shuffles(void)
{
	for (unsigned mask = 0; mask < 256; mask++) {
		unsigned n = 0;

		for (unsigned lane = 0; lane < 8; lane++) {
			if (!(mask >> lane & 1))
				continue;
			pack_shuffles[mask][n++] = (uint8_t)(lane * 2);
			pack_shuffles[mask][n++] = (uint8_t)(lane * 2 + 1);
		}
		while (n < 16)
			pack_shuffles[mask][n++] = 0xFF;
	}
}

AVX2 static uint32_t arrays_and_tail(const uint16_t *a, uint32_t a_count, const uint16_t *b,
				     uint32_t b_count, uint16_t *out, uint32_t n)
{
	uint32_t i = 0, j = 0;

	while (i < a_count && j < b_count && n < CHUNK_ARRAY_MAX) {
		uint16_t x = a[i], y = b[j];

		out[n] = x;
		n += x == y;
		i += x <= y;
		j += y <= x;
	}
	return n;
}

/*
 * Eight values of each side at a time, every pair compared by one instruction (Schlegel, Willhalm,
 * Lehner: Fast sorted-set intersection using SIMD instructions, 2011).
 */
AVX2 static uint32_t arrays_and(const uint16_t *a, uint32_t a_count, const uint16_t *b,
				uint32_t b_count, uint16_t *out)
{
	uint32_t i = 0, j = 0, n = 0;

	while (i + 8 <= a_count && j + 8 <= b_count && n < CHUNK_ARRAY_MAX) {
		__m128i x = _mm_loadu_si128((const __m128i *)(const void *)(a + i));
		__m128i y = _mm_loadu_si128((const __m128i *)(const void *)(b + j));
		__m128i found = _mm_cmpestrm(
			y, 8, x, 8, _SIDD_UWORD_OPS | _SIDD_CMP_EQUAL_ANY | _SIDD_BIT_MASK);
		unsigned mask = (unsigned)_mm_extract_epi32(found, 0) & 0xFF;
		__m128i shuffle = _mm_loadu_si128(
			(const __m128i *)(const void *)pack_shuffles[mask]);
		uint16_t x_last = a[i + 7], y_last = b[j + 7];

		_mm_storeu_si128((__m128i *)(void *)(out + n), _mm_shuffle_epi8(x, shuffle));
		n += (uint32_t)__builtin_popcount(mask);
		i += x_last <= y_last ? 8 : 0;
		j += y_last <= x_last ? 8 : 0;
	}
	if (n > CHUNK_ARRAY_MAX)
		n = CHUNK_ARRAY_MAX;
	return arrays_and_tail(a + i, a_count - i, b + j, b_count - j, out, n);
}

/* Writes four values whatever the word has: an empty one gives 64 and is overwritten. */
AVX2 static inline uint64_t take_four(uint64_t word, uint32_t base, uint16_t *out)
{
	for (unsigned k = 0; k < 4; k++, word &= word - 1)
		out[k] = (uint16_t)(base + (uint32_t)_tzcnt_u64(word));
	return word;
}

/* A chunk worth an array has four bits a word on average: most words take one step without a branch that depends on them. */
AVX2 static uint32_t bits_to_array(const uint64_t *bits, uint16_t *out, uint32_t room)
{
	uint32_t n = 0, i = 0;

	for (; i < CHUNK_WORDS && n + 64 <= room; i++) {
		uint32_t end = n + (uint32_t)__builtin_popcountll(bits[i]);

		for (uint64_t word = take_four(bits[i], i * 64, out + n); word; n += 4)
			word = take_four(word, i * 64, out + n + 4);
		n = end;
	}
	for (; i < CHUNK_WORDS; i++)
		for (uint64_t word = bits[i]; word && n < room; word &= word - 1)
			out[n++] = (uint16_t)(i * 64 + (uint32_t)_tzcnt_u64(word));
	return n;
}

/* ---- Scans: value - first <= last - first, unsigned, is min(value - first, span) == value - first. */

SCAN_FUNCTION(scan_1_tail, uint8_t)
SCAN_FUNCTION(scan_2_tail, uint16_t)
SCAN_FUNCTION(scan_4_tail, uint32_t)
SCAN_FUNCTION(scan_8, uint64_t)

AVX2 static inline __m256i load_at(const void *data)
{
	return _mm256_loadu_si256((const __m256i *)data);
}

AVX2 static inline uint64_t mask_1(const uint8_t *data, __m256i first, __m256i span)
{
	__m256i v = _mm256_sub_epi8(load_at(data), first);

	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(v, span), v));
}

AVX2 static void scan_1(const uint8_t *data, uint32_t count, uint8_t first, uint8_t last,
			uint64_t *words)
{
	__m256i low = _mm256_set1_epi8((char)first), span = _mm256_set1_epi8((char)(last - first));
	uint32_t whole = count / 64 * 64;

	for (uint32_t i = 0; i < whole; i += 64)
		words[i / 64] |= mask_1(data + i, low, span) | mask_1(data + i + 32, low, span)
								       << 32;
	scan_1_tail(data + whole, count - whole, first, last, words + whole / 64);
}

AVX2 static inline __m256i found_2(const uint16_t *data, __m256i first, __m256i span)
{
	__m256i v = _mm256_sub_epi16(load_at(data), first);

	return _mm256_cmpeq_epi16(_mm256_min_epu16(v, span), v);
}

/* Packing works in halves of a vector; the permutation puts the quarters in order. */
AVX2 static inline uint64_t mask_2(const uint16_t *data, __m256i first, __m256i span)
{
	__m256i packed = _mm256_packs_epi16(found_2(data, first, span),
					    found_2(data + 16, first, span));

	return (uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(packed, 0xD8));
}

AVX2 static void scan_2(const uint16_t *data, uint32_t count, uint16_t first, uint16_t last,
			uint64_t *words)
{
	__m256i low = _mm256_set1_epi16((short)first);
	__m256i span = _mm256_set1_epi16((short)(last - first));
	uint32_t whole = count / 64 * 64;

	for (uint32_t i = 0; i < whole; i += 64)
		words[i / 64] |= mask_2(data + i, low, span) | mask_2(data + i + 32, low, span)
								       << 32;
	scan_2_tail(data + whole, count - whole, first, last, words + whole / 64);
}

AVX2 static inline uint64_t mask_4(const uint32_t *data, __m256i first, __m256i span)
{
	__m256i v = _mm256_sub_epi32(load_at(data), first);
	__m256i found = _mm256_cmpeq_epi32(_mm256_min_epu32(v, span), v);

	return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(found));
}

AVX2 static void scan_4(const uint32_t *data, uint32_t count, uint32_t first, uint32_t last,
			uint64_t *words)
{
	__m256i low = _mm256_set1_epi32((int)first), span = _mm256_set1_epi32((int)(last - first));
	uint32_t whole = count / 64 * 64;

	for (uint32_t i = 0; i < whole; i += 8)
		words[i / 64] |= mask_4(data + i, low, span) << i % 64;
	scan_4_tail(data + whole, count - whole, first, last, words + whole / 64);
}

/* ---- Phrases. */

AVX2 RANKS_FUNCTION(ranks)

/* The positions less the offset, in the lanes there are; `none` in the others. */
AVX2 static inline __m128i positions_less(const struct position_place *place, __m128i offset,
					  __m128i none)
{
	const __m128i lanes = _mm_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7);
	__m128i used = _mm_cmpgt_epi16(_mm_set1_epi16((short)place->frequency), lanes);
	__m128i v = _mm_cvtepu8_epi16(_mm_loadl_epi64((const __m128i *)(const void *)place->at));

	v = _mm_insert_epi16(_mm_slli_si128(v, 2), place->first, 0);
	v = _mm_add_epi16(v, _mm_slli_si128(v, 2));
	v = _mm_add_epi16(v, _mm_slli_si128(v, 4));
	v = _mm_add_epi16(v, _mm_slli_si128(v, 8));
	return _mm_blendv_epi8(none, _mm_sub_epi16(v, offset), used);
}

AVX2 static void starts_first(const struct position_place *places, uint32_t count, uint16_t offset,
			      struct phrase_starts *starts_out)
{
	const __m128i none = _mm_set1_epi16((short)START_NONE);
	const __m128i less = _mm_set1_epi16((short)offset);

	for (uint32_t i = 0; i < count; i++)
		_mm_storeu_si128((__m128i *)(void *)&starts_out[i],
				 positions_less(&places[i], less, none));
}

/* Which lanes of a are in b: b is turned a lane at a time. */
AVX2 static inline __m128i lanes_in(__m128i a, __m128i b)
{
	__m128i found = _mm_cmpeq_epi16(a, b);

	found = _mm_or_si128(found, _mm_cmpeq_epi16(a, _mm_alignr_epi8(b, b, 2)));
	found = _mm_or_si128(found, _mm_cmpeq_epi16(a, _mm_alignr_epi8(b, b, 4)));
	found = _mm_or_si128(found, _mm_cmpeq_epi16(a, _mm_alignr_epi8(b, b, 6)));
	found = _mm_or_si128(found, _mm_cmpeq_epi16(a, _mm_alignr_epi8(b, b, 8)));
	found = _mm_or_si128(found, _mm_cmpeq_epi16(a, _mm_alignr_epi8(b, b, 10)));
	found = _mm_or_si128(found, _mm_cmpeq_epi16(a, _mm_alignr_epi8(b, b, 12)));
	return _mm_or_si128(found, _mm_cmpeq_epi16(a, _mm_alignr_epi8(b, b, 14)));
}

AVX2 static void starts_keep(const struct position_place *places, uint32_t count, uint16_t offset,
			     struct phrase_starts *starts, bool *found_out)
{
	const __m128i none = _mm_set1_epi16((short)START_NONE);
	const __m128i other = _mm_set1_epi16((short)(START_NONE + 1)); /* no start is that */
	const __m128i less = _mm_set1_epi16((short)offset);

	for (uint32_t i = 0; i < count; i++) {
		__m128i *here = (__m128i *)(void *)&starts[i], before = _mm_loadu_si128(here);
		__m128i kept = lanes_in(before, positions_less(&places[i], less, other));

		found_out[i] = _mm_movemask_epi8(kept) != 0;
		_mm_storeu_si128(here, _mm_blendv_epi8(none, before, kept));
	}
}

static const struct bitmap_kernels kernels = {
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

const struct bitmap_kernels *bitmap_kernels_avx2(void)
{
	__builtin_cpu_init();
	if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("popcnt") ||
	    !__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("bmi2"))
		return NULL;
	fill_pack_shuffles();
	return &kernels;
}

#else

const struct bitmap_kernels *bitmap_kernels_avx2(void)
{
	return NULL;
}

#endif
