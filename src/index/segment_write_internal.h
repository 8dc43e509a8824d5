#ifndef INDEX_SEGMENT_WRITE_INTERNAL_H
#define INDEX_SEGMENT_WRITE_INTERNAL_H

#include "index/postings_internal.h"
#include "index/segment_file_internal.h"

/*
 * The parts of a segment file, for the two that make one: a flush of the documents in memory
 * (invert.c) and a merge (merge.c). Columns are written one after the other, in any order.
 */
struct segment_writer {
	struct segment_file file;
	uint64_t schema;
	uint32_t document_count;
	uint32_t column_count;
	struct column_meta *metas;
	struct postings_builder postings; /* of the term being written */
	struct terms_writer {
		struct list at, counts, postings_at; /* uint32_t, uint32_t, uint64_t */
		struct strbuf bytes;
		unsigned column;
	} terms;
	bool is_too_large; /* more bytes of terms than an offset can tell */
};

bool segment_writer_create(struct segment_writer *writer, const char *path,
			   const struct index_schema *schema, uint32_t document_count,
			   struct error *error) MUST_CHECK;
void segment_write_ids(struct segment_writer *writer, const uint32_t *ids);

/* Terms in ascending order; the postings of each are added to writer->postings before. */
void terms_begin(struct segment_writer *writer, unsigned column, const uint16_t *lengths);
void terms_add(struct segment_writer *writer, struct str term);
void terms_end(struct segment_writer *writer);

/* A text column's lengths, before its terms. lengths[document_count]. */
void segment_write_lengths(struct segment_writer *writer, unsigned column, const uint16_t *lengths);

/* A keyword column: its terms in ascending order, and each document's ordinals, ascending. */
struct keyword_values {
	const struct str *terms;
	uint32_t term_count;
	const uint32_t *starts; /* document_count + 1 */
	const uint32_t *ordinals;
};
void segment_write_keyword(struct segment_writer *writer, unsigned column,
			   const struct keyword_values *values);
/* values[document_count], NUMBER_NONE for none. */
void segment_write_number(struct segment_writer *writer, unsigned column, const int64_t *values);

bool segment_writer_finish(struct segment_writer *writer, struct error *error) MUST_CHECK;
void segment_writer_abandon(struct segment_writer *writer);

#endif
