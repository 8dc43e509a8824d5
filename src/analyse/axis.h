#ifndef ANALYSE_AXIS_H
#define ANALYSE_AXIS_H

#include "analyse/dimension.h"

/*
 * One dimension bound to one snapshot: its values as dense numbers from 0, and the values of many
 * documents at a time, read from the forward columns. Everything that counts goes through here.
 *
 * A keyword column's values are its global ordinals, so they ascend in byte order. Years, quarters
 * and months count from the year 1000; bins from the lowest.
 */
struct axis {
	const struct dimension *dimension;
	const struct snapshot *snapshot;
	uint32_t size; /* values are below it */
};
#define VALUE_NONE UINT32_MAX

struct axis axis_of(const struct dimension *dimension, const struct snapshot *snapshot);
/* The axis of a keyword column that has a dimension. */
struct axis axis_of_column(unsigned column, const struct snapshot *snapshot);

/* "2012", "2012-Q3", "2012-05", "5-9", "H01M": in the index' spelling. */
struct str axis_key(const struct axis *axis, struct arena *arena, uint32_t value);
/* The same for people. */
struct str axis_name(const struct axis *axis, struct arena *arena, uint32_t value,
		     enum language language);
/* A query for the documents of a value, in the search language. */
struct str axis_drill(const struct axis *axis, struct arena *arena, uint32_t value);
/* The value of a key, or VALUE_NONE. Keyword columns only. */
uint32_t axis_find(const struct axis *axis, struct str key);

/* `code=operand` for a keyword column; and for a range of days. */
struct str drill_keyword(struct arena *arena, unsigned column, struct str value);
struct str drill_year(struct arena *arena, unsigned column, int year);
/* (a) AND (b); an empty one is left out. */
struct str drill_and(struct arena *arena, struct str a, struct str b);

/*
 * Documents in blocks small enough for the first-level cache, each within one segment:
 *	struct block *block = block_create(arena);
 *	for (struct block_walk walk = block_walk(snapshot, set); block_next(&walk, block);) ...
 */
enum { BLOCK_SIZE = 4096 };
struct block {
	size_t segment;
	uint32_t first_document; /* of the segment */
	uint32_t count;
	uint32_t documents[BLOCK_SIZE]; /* ascending, relative to first_document */
};
struct block_walk {
	const struct snapshot *snapshot;
	const struct bitmap *set;
	size_t chunk, chunk_count, within;
	size_t segment, segment_count;
	uint32_t segment_first, segment_size;
};
struct block *block_create(struct arena *arena);
struct block_walk block_walk(const struct snapshot *snapshot, const struct bitmap *set);
bool block_next(struct block_walk *walk, struct block *block);

/* The values of a block's documents: those of row r are values[starts[r]] to values[starts[r+1]-1]. */
struct gathered {
	uint32_t starts[BLOCK_SIZE + 1];
	uint32_t *values;
	size_t count, room;
};
struct gathered *gathered_create(struct arena *arena);
void axis_gather(const struct axis *axis, const struct block *block, struct gathered *gathered);
/* The numbers of a block's documents in a number column; NUMBER_NONE where there is none. */
void block_numbers(const struct snapshot *snapshot, unsigned column, const struct block *block,
		   int64_t numbers_out[BLOCK_SIZE]);

#endif
