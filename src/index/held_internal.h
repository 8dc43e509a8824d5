#ifndef INDEX_HELD_INTERNAL_H
#define INDEX_HELD_INTERNAL_H

#include "base/list.h"
#include "index/invert_internal.h"
#include "text/token.h"

#include <string.h>

/* How an inverter holds its documents: filled by invert.c, written out by invert_write.c. */

enum {
	PAGE_SIZE = 1 << 18,
	BLOCK_FIRST = 12,
	BLOCK_MAX = 4096,
	SLOTS_FIRST = 1 << 12,
	LINE_SIZE = 64,
	TOKENS_HELD = 256,      /* looked up together, so that their cache misses overlap */
	TERM_SIZE_MAX = 1 << 15 /* a keyword longer than this is cut */
};

struct block {
	struct block *next;
	uint32_t size;
	uint8_t bytes[];
};

/*
 * One term of one column; its bytes follow it. Fits a cache line together with a word of 22
 * bytes: looking terms up is mostly waiting for memory.
 */
struct term {
	struct block *first, *last;
	uint8_t *write;
	uint32_t documents;
	uint32_t last_document; /* plus one; 0 before the first */
	union {
		uint32_t last_position; /* of a word */
		uint32_t ordinal;       /* after sorting, of a keyword */
	};
	uint16_t left; /* bytes behind write */
	uint16_t size;
	uint8_t column;
	char bytes[];
};

struct slot {
	struct term *term;
	uint32_t hash;
};

/* A token seen but not looked up yet. */
struct held_token {
	uint32_t hash;
	uint32_t position;
	uint32_t at; /* of its bytes */
	uint16_t size;
	uint8_t column;
	struct term *term;
};

/* What one column holds of the documents so far. */
struct held_column {
	struct list values;  /* keyword: struct held_value; number: struct held_number */
	struct list lengths; /* text: uint16_t of every document up to the last with any */
};

struct held_value {
	uint32_t document;
	struct term *term;
};

struct held_number {
	uint32_t document;
	int64_t number;
};

struct inverter {
	const struct index_schema *schema;
	struct held_column *columns;
	struct list ids, sequences;
	struct list pages; /* of void * */
	uint8_t *page_at, *page_end;
	struct slot *slots;
	size_t slot_mask, term_count;
	size_t memory;
	struct held_token tokens[TOKENS_HELD];
	char token_bytes[TOKENS_HELD * TOKEN_SIZE_MAX];
	uint32_t token_count, token_size;
	/* The document being added. */
	uint32_t document;
	unsigned column;
	uint32_t *next_positions; /* by column: cells of one column are joined with a gap */
	uint32_t *token_counts;
};

static inline uint64_t load_tail(const char *bytes, size_t size)
{
	uint64_t value = 0;

	if (size >= 8)
		memcpy(&value, bytes, 8);
	else
		for (size_t i = 0; i < size; i++)
			value |= (uint64_t)(unsigned char)bytes[i] << i * 8;
	return value;
}

#endif
