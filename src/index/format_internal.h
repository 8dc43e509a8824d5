#ifndef INDEX_FORMAT_INTERNAL_H
#define INDEX_FORMAT_INTERNAL_H

#include "index/index.h"

#include <string.h>

/*
 * The bytes of a segment file; docs/index-format.md is the description. All numbers are
 * little-endian and naturally aligned; sections start at multiples of SECTION_ALIGN.
 */
#define SEGMENT_MAGIC "YCSEGMNT"

enum {
	SEGMENT_VERSION = 2,
	SECTION_ALIGN = 64,
	SET_SMALL_MAX = 255,  /* sets up to this size are delta-coded, larger ones are chunks */
	BLOCK_DOCUMENTS = 64, /* documents between two entries into a term's positions */
	RANK_WORDS = 8,       /* words of a bit set between two entries of its rank table */
	RANK_ENTRIES = 128,
	FREQUENCY_ESCAPE = 4, /* code 0: the frequency less this stands before the positions */
	LENGTH_MAX = UINT16_MAX
};

enum section_kind {
	SECTION_COLUMNS = 1, /* struct column_meta of every column */
	SECTION_IDS,         /* uint32_t per document: its id */
	SECTION_ID_ORDER,    /* uint32_t documents in ascending order of id; absent
				 when the ids ascend already */
	SECTION_TERM_AT,     /* uint32_t offsets into the bytes, one more than terms */
	SECTION_TERM_BYTES,  /* the terms in byte order, end to end */
	SECTION_TERM_COUNTS, /* uint32_t documents per term */
	SECTION_POSTINGS_AT, /* uint64_t offsets into the postings, one more than terms */
	SECTION_POSTINGS,    /* per term: its set, then (text) its frequencies and positions */
	SECTION_LENGTHS,     /* text: uint16_t tokens per document */
	SECTION_STARTS,      /* keyword, several values: uint32_t offsets into the ordinals */
	SECTION_ORDINALS,    /* keyword: `width` bytes each */
	SECTION_NUMBERS,     /* number: `width` bytes each */
	SECTION_KIND_COUNT
};

struct segment_header {
	char magic[8];
	uint32_t version;
	uint32_t section_count;
	uint64_t file_size;
	uint64_t table_offset;
	uint64_t schema_hash;
	uint32_t document_count;
	uint32_t column_count;
	uint64_t table_checksum;
	uint64_t header_checksum; /* of the bytes before it */
};

struct section {
	uint32_t kind; /* enum section_kind */
	uint32_t column;
	uint64_t offset;
	uint64_t size;
	uint64_t checksum;
};

struct column_meta {
	uint32_t kind; /* enum column_kind */
	uint32_t term_count;
	uint32_t width;     /* of ordinals or numbers; 0 when no document has a value */
	uint32_t documents; /* text: documents that have any */
	int64_t number_base;
	uint64_t total_length; /* text: positions taken by all documents */
};

_Static_assert(sizeof(struct segment_header) == 64 && sizeof(struct section) == 32 &&
		       sizeof(struct column_meta) == 32,
	       "no holes");

uint64_t schema_hash(const struct index_schema *schema);

/* ---- Reading bytes that nobody checked. */

struct byte_reader {
	const uint8_t *at, *end;
	bool is_bad; /* something was asked that is not there; what was read is 0 */
};

static inline uint64_t read_long_varint(struct byte_reader *reader)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 64 && reader->at < reader->end; shift += 7) {
		uint8_t byte = *reader->at++;

		value |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return value;
	}
	reader->is_bad = true;
	return 0;
}

/*
 * Positions and frequencies: nearly all are small but many exceed 127. Below 240 one byte; up to
 * 4,079 two: 240 + high part, low part; else 255 and a varint.
 */
enum { POSITION_ONE = 240, POSITION_LONG = 255, POSITION_TWO_MAX = 240 + 15 * 256 - 1 };

static inline uint64_t read_varint(struct byte_reader *reader)
{
	if (reader->at < reader->end && *reader->at < 0x80)
		return *reader->at++;
	return read_long_varint(reader);
}

static inline uint64_t read_position(struct byte_reader *reader)
{
	uint8_t first;

	if (reader->at >= reader->end) {
		reader->is_bad = true;
		return 0;
	}
	first = *reader->at++;
	if (first < POSITION_ONE)
		return first;
	if (first == POSITION_LONG || reader->at >= reader->end)
		return read_long_varint(reader);
	return (uint64_t)POSITION_ONE + (first - (unsigned)POSITION_ONE) * 256 + *reader->at++;
}

/* The high bit of each of eight bytes that does not stand for a position alone: one of POSITION_ONE
   or more has its four high bits set. */
static inline uint64_t long_positions(uint64_t eight)
{
	return eight & eight << 1 & eight << 2 & eight << 3 & UINT64_C(0x8080808080808080);
}

static inline void skip_positions(struct byte_reader *reader, uint64_t count)
{
	while (count > 0 && reader->end - reader->at >= 8) {
		uint64_t eight, step = count < 8 ? count : 8;

		memcpy(&eight, reader->at, sizeof(eight));
		if ((long_positions(eight) & UINT64_MAX >> (64 - step * 8)) == 0) {
			reader->at += step;
			count -= step;
		} else {
			read_position(reader);
			count--;
		}
	}
	for (; count > 0 && reader->at < reader->end; count--)
		read_position(reader);
	if (count > 0)
		reader->is_bad = true;
}

#endif
