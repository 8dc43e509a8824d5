#ifndef INDEX_POSTINGS_INTERNAL_H
#define INDEX_POSTINGS_INTERNAL_H

#include "base/list.h"
#include "base/strbuf.h"
#include "index/bitmap_internal.h"
#include "index/format_internal.h"

/*
 * One term's postings in a segment: the set of its documents and, in a text column, how often and
 * where it stands in each.
 *
 *   set          up to SET_SMALL_MAX documents: varint differences. More: a count of chunks and
 *                four zero bytes, the chunks' keys and counts, the bit sets each with its rank
 *                table, the arrays as gaps (gaps_internal.h). Starts at a multiple of 8.
 *   codes        2 bits a document: its frequency, or 0 for FREQUENCY_ESCAPE and more
 *   blocks       with more than BLOCK_DOCUMENTS documents: struct position_block for each of them
 *   positions    per document: (frequency - 4 where the code is 0,) differences; see POSITION_ONE
 */
enum { STEP_DOCUMENTS = 16, BLOCK_STEPS = BLOCK_DOCUMENTS / STEP_DOCUMENTS - 1 };

/* 13 bytes in the file, at any address. */
struct position_block {
	uint8_t offset[5]; /* into the positions */
	uint16_t impact;   /* the greatest of its documents: it bounds the score of the block */
	uint16_t
		steps[BLOCK_STEPS]; /* bytes from offset to every 16th document; at most STEP_MAX */
} __attribute__((packed));

enum { STEP_MAX = UINT16_MAX /* this or more: begin at the step before */ };
_Static_assert(sizeof(struct position_block) == 13, "no holes");

static inline uint64_t block_offset(const struct position_block *block)
{
	uint64_t offset = 0;

	memcpy(&offset, block->offset, sizeof(block->offset));
	return offset;
}

/* ---- Writing. */
struct postings_builder {
	struct list documents; /* uint32_t, ascending */
	struct strbuf codes, positions, bytes;
	struct list blocks;      /* struct position_block */
	const uint16_t *lengths; /* of the segment's documents; NULL: no positions */
	float average;           /* of the lengths */
};

void postings_builder_init(struct postings_builder *builder, const uint16_t *lengths);
void postings_builder_release(struct postings_builder *builder);
void postings_clear(struct postings_builder *builder);
void postings_add(struct postings_builder *builder, uint32_t document);
/* encoded: as in the positions part, with the frequency in front where it is escaped. */
void postings_add_positions(struct postings_builder *builder, uint32_t document, uint32_t frequency,
			    const void *encoded, size_t size);
/* The record of all that was added, until the next clear. Starts at a multiple of 8 when large. */
struct str postings_finish(struct postings_builder *builder);
static inline bool postings_are_aligned(size_t count)
{
	return count > SET_SMALL_MAX;
}

/* ---- Reading. Document numbers are the segment's own. */
struct postings {
	uint32_t count;
	const struct chunk *chunks;
	const uint32_t *before; /* documents before each chunk */
	size_t chunk_count;
	const uint8_t *codes;                /* NULL: no positions */
	const struct position_block *blocks; /* NULL: fewer documents than a block */
	const uint8_t *positions, *end;
};

/*
 * Reads the record of `count` documents. False for one that cannot be; a set that reaches beyond
 * document_limit is one. All later reading stays within record.
 */
bool postings_open(struct arena *arena, struct str record, uint32_t count, uint32_t document_limit,
		   bool has_positions, struct postings *postings_out);

static inline uint32_t postings_code(const struct postings *postings, uint32_t rank)
{
	return postings->codes[rank / 4] >> rank % 4 * 2 & 3;
}

/* The place of one document after the other, in ascending order. */
struct postings_cursor {
	const struct postings *postings;
	size_t chunk;
	uint32_t within;    /* array: index of the value found last; bits: its word, plus one */
	uint32_t word_rank; /* bits: bits of the chunk before that word */
	uint32_t rank;      /* of the document found */
	uint32_t next_rank; /* whose positions `at` points to */
	const uint8_t *at;
	bool is_bad; /* the positions are not what was written */
};

void postings_cursor_init(struct postings_cursor *cursor, const struct postings *postings);
/* The first document >= wanted, or DOCUMENT_NONE. wanted never goes back. */
uint32_t postings_seek(struct postings_cursor *cursor, uint32_t wanted);
/* Any document, in no order: its rank when the term has it. */
bool postings_find(const struct postings *postings, uint32_t document, uint32_t *rank_out);
/* The ranks of documents that a chunk of the term has, by their values in it, ascending. */
void postings_ranks(const struct postings *postings, uint32_t key, const uint16_t *values,
		    uint32_t count, uint32_t *ranks_out);
/* Where the positions of these documents are, in any order; ascending is fastest. */
void postings_places(const struct postings *postings, const uint32_t *ranks, uint32_t count,
		     struct position_place *places_out);
/* How often the term stands in the document found, and the reader at its first position. */
uint32_t postings_frequency(struct postings_cursor *cursor, struct byte_reader *reader_out);
/* The same without moving to positions, where the code tells it. */
uint32_t postings_frequency_at(const struct postings *postings, uint32_t rank);

#endif
