#ifndef INDEX_BITMAP_H
#define INDEX_BITMAP_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/strbuf.h"

/*
 * A set of 32-bit numbers (documents, or database ids), in chunks of 65,536 as in Roaring
 * (Lemire et al. 2018): an array of 16-bit values, a bit set, or full. Sets live in an arena and
 * are never changed once handed out; operations make new sets, which may share chunks with their
 * operands, and with a mapped index file.
 */
struct bitmap;

const struct bitmap *bitmap_empty(void);
/* From numbers in any order, repeats allowed; sorts values in place. */
const struct bitmap *bitmap_of(struct arena *arena, uint32_t *values, size_t count);
const struct bitmap *bitmap_of_range(struct arena *arena, uint32_t first, uint64_t end);

/* One that shares nothing with others or a mapped file. */
const struct bitmap *bitmap_copy(struct arena *arena, const struct bitmap *set);

uint64_t bitmap_count(const struct bitmap *set);
bool bitmap_is_empty(const struct bitmap *set);
bool bitmap_contains(const struct bitmap *set, uint32_t value);
bool bitmap_equal(const struct bitmap *a, const struct bitmap *b);

const struct bitmap *bitmap_and(struct arena *arena, const struct bitmap *a,
				const struct bitmap *b);
const struct bitmap *bitmap_or(struct arena *arena, const struct bitmap *a, const struct bitmap *b);
const struct bitmap *bitmap_and_not(struct arena *arena, const struct bitmap *a,
				    const struct bitmap *b);
const struct bitmap *bitmap_or_many(struct arena *arena, const struct bitmap *const *sets,
				    size_t count);
uint64_t bitmap_and_count(const struct bitmap *a, const struct bitmap *b);
bool bitmap_intersects(const struct bitmap *a, const struct bitmap *b);

/* Walking in ascending order: uint32_t v; struct bitmap_walk w = bitmap_walk(s);
   while (bitmap_walk_next(&w, &v)) ... */
struct bitmap_walk {
	const struct bitmap *set;
	size_t chunk;
	uint32_t within;
	uint64_t word;
};
struct bitmap_walk bitmap_walk(const struct bitmap *set);
bool bitmap_walk_next(struct bitmap_walk *walk, uint32_t *value_out);
/* Moves to the first number >= value. */
bool bitmap_walk_seek(struct bitmap_walk *walk, uint32_t value, uint32_t *value_out);

/* All numbers in ascending order; bitmap_count() of them. */
uint32_t *bitmap_to_array(struct arena *arena, const struct bitmap *set);
/* The n-th number (0-based), for pages and samples; n is below the count. */
uint32_t bitmap_select(const struct bitmap *set, uint64_t n);

/*
 * Chunk by chunk, for loops that count over forward columns: either values (16-bit, added to
 * base) or bits (1024 words of 64) is set; a full chunk comes as bits.
 */
struct bitmap_chunk {
	uint32_t base;
	uint32_t count;
	const uint16_t *values;
	const uint64_t *bits;
};
size_t bitmap_chunk_count(const struct bitmap *set);
struct bitmap_chunk bitmap_chunk_at(const struct bitmap *set, size_t i);

/* A portable byte form for the database; reading checks every length and order. */
void bitmap_write(const struct bitmap *set, struct strbuf *bytes_out);
bool bitmap_read(struct arena *arena, struct str bytes, const struct bitmap **set_out,
		 struct error *error) MUST_CHECK;

#endif
