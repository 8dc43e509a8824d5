#ifndef INDEX_BITMAP_INTERNAL_H
#define INDEX_BITMAP_INTERNAL_H

#include "index/bitmap.h"

#include <assert.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "files are mapped as they are");

enum {
	CHUNK_VALUES = 65536,
	CHUNK_WORDS = 1024,
	CHUNK_BYTES = CHUNK_WORDS * 8,
	CHUNK_ARRAY_MAX = 4096 /* more values than this are a bit set, never fewer */
};

/*
 * One chunk: the numbers key * 65536 + value. The form follows from the count. Data may lie in a
 * mapped file that was not checked: values may then be out of order or the count wrong; every
 * operation stays within its memory all the same, and only gives a wrong answer.
 */
struct chunk {
	const void *data;
	uint32_t count; /* 1 to 65536 */
	uint16_t key;
};

struct bitmap {
	const struct chunk *chunks; /* keys ascend */
	size_t chunk_count;
	uint64_t count;
};

static inline bool chunk_is_bits(const struct chunk *chunk)
{
	return chunk->count > CHUNK_ARRAY_MAX;
}

extern const uint64_t bitmap_full_words[CHUNK_WORDS];

/* The canonical chunk of these bits, copied to the arena; false when there is none. */
bool chunk_of_bits(struct arena *arena, uint16_t key, const uint64_t *words,
		   struct chunk *chunk_out);
void chunk_add_to_bits(const struct chunk *chunk, uint64_t *words);
bool chunk_and(struct arena *arena, const struct chunk *a, const struct chunk *b,
	       struct chunk *out);
bool chunk_and_not(struct arena *arena, const struct chunk *a, const struct chunk *b,
		   struct chunk *out);
const struct bitmap *bitmap_of_chunks(struct arena *arena, const struct chunk *chunks,
				      size_t count);

/*
 * The positions of a term in one document: the first, and behind it `frequency` - 1 bytes, each the
 * difference to the one before; at least PLACE_POSITIONS bytes can be read. PLACE_HARD: they are more,
 * or take several bytes.
 */
enum { PLACE_POSITIONS = 8, PLACE_HARD = 255 };
struct position_place {
	const uint8_t *at;
	uint16_t first, frequency;
};

/* Where a phrase may begin in a document. START_NONE: nowhere. */
enum { START_NONE = 0x8000, START_OFFSET_MAX = 0x4000 };
struct phrase_starts {
	uint16_t at[PLACE_POSITIONS];
};

/* Inner loops, in a portable form and with AVX2; the faster is chosen at start. */
struct bitmap_kernels {
	uint32_t (*bits_count)(const uint64_t *a);
	uint32_t (*count_below)(const uint64_t *a, uint32_t value); /* bits before this one */
	/* Each gives the number of bits in out. */
	uint32_t (*bits_and)(const uint64_t *a, const uint64_t *b, uint64_t *out);
	uint32_t (*bits_and_not)(const uint64_t *a, const uint64_t *b, uint64_t *out);
	void (*bits_or)(uint64_t *a, const uint64_t *b); /* a |= b */
	uint32_t (*bits_and_count)(const uint64_t *a, const uint64_t *b);
	/* At most CHUNK_ARRAY_MAX values, whatever the inputs; out has room for 8 more. */
	uint32_t (*arrays_and)(const uint16_t *a, uint32_t a_count, const uint16_t *b,
			       uint32_t b_count, uint16_t *out);
	uint32_t (*bits_to_array)(const uint64_t *bits, uint16_t *out, uint32_t room);
	/* Adds to words the bit i of every data[i] in [first, last], i < count. */
	void (*scan_1)(const uint8_t *data, uint32_t count, uint8_t first, uint8_t last,
		       uint64_t *words);
	void (*scan_2)(const uint16_t *data, uint32_t count, uint16_t first, uint16_t last,
		       uint64_t *words);
	void (*scan_4)(const uint32_t *data, uint32_t count, uint32_t first, uint32_t last,
		       uint64_t *words);
	void (*scan_8)(const uint64_t *data, uint32_t count, uint64_t first, uint64_t last,
		       uint64_t *words);
	/* Bits set before each of these values, which ascend; ranks[i]: those before word i * 8. */
	void (*ranks)(const uint64_t *words, const uint16_t *ranks, const uint16_t *values,
		      uint32_t count, uint32_t *ranks_out);
	/* Where a phrase may begin that has the term `offset` behind its beginning. */
	void (*starts_first)(const struct position_place *places, uint32_t count, uint16_t offset,
			     struct phrase_starts *starts_out);
	/* Keeps those at which this term stands at its offset too; found: whether any is left. */
	void (*starts_keep)(const struct position_place *places, uint32_t count, uint16_t offset,
			    struct phrase_starts *starts, bool *found_out);
};

/* The form of ranks. From one value's word it goes on to the next one's. */
#define RANKS_FUNCTION(name)                                                                       \
	static void name(const uint64_t *words, const uint16_t *ranks, const uint16_t *values,     \
			 uint32_t count, uint32_t *ranks_out)                                      \
	{                                                                                          \
		uint32_t word = 0, before = 0;                                                     \
                                                                                                   \
		for (uint32_t i = 0; i < count; i++) {                                             \
			uint32_t wanted = values[i] / 64;                                          \
			uint64_t below = (UINT64_C(1) << values[i] % 64) - 1;                      \
                                                                                                   \
			if (wanted / 8 != word / 8) {                                              \
				word = wanted / 8 * 8;                                             \
				before = ranks[wanted / 8];                                        \
			}                                                                          \
			for (; word < wanted; word++)                                              \
				before += (uint32_t)__builtin_popcountll(words[word]);             \
			ranks_out[i] = before +                                                    \
				       (uint32_t)__builtin_popcountll(words[wanted] & below);      \
		}                                                                                  \
	}

/* The portable form of scan_WIDTH; the fast ones end with it. One unsigned comparison a value. */
#define SCAN_FUNCTION(name, type)                                                                  \
	static void name(const type *data, uint32_t count, type first, type last, uint64_t *words) \
	{                                                                                          \
		const type span = (type)(last - first);                                            \
                                                                                                   \
		for (uint32_t i = 0; i < count; i += 64) {                                         \
			uint32_t left = count - i < 64 ? count - i : 64;                           \
			uint64_t word = 0;                                                         \
                                                                                                   \
			for (uint32_t j = 0; j < left; j++)                                        \
				word |= (uint64_t)((type)(data[i + j] - first) <= span) << j;      \
			words[i / 64] |= word;                                                     \
		}                                                                                  \
	}

extern const struct bitmap_kernels bitmap_kernels_portable;
const struct bitmap_kernels *bitmap_kernels_avx2(void); /* NULL where it cannot run */
/* Set before main(); the portable ones where nothing better can run. */
extern const struct bitmap_kernels *bitmap_kernels_chosen;
static inline const struct bitmap_kernels *bitmap_kernels(void)
{
	return bitmap_kernels_chosen;
}

#endif
