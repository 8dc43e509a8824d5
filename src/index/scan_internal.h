#ifndef INDEX_SCAN_INTERNAL_H
#define INDEX_SCAN_INTERNAL_H

#include "index/snapshot_internal.h"

/* A bit for every document of one segment, in whole chunks, for what is found by reading through. */
struct document_words {
	uint64_t *words;
	size_t chunk_count;
};

struct document_words document_words_create(uint32_t document_count);
/* Hands the bits over to the set being joined, and releases them. */
void document_words_join(struct document_words *words, const struct snapshot_segment *segment,
			 struct set_joiner *joined);

/* Sets the bits of documents with any ordinal in [first, last], or a number in [low, high]. */
void scan_ordinals(const struct column_view *view, uint32_t first, uint32_t last, uint64_t *words);
void scan_numbers(const struct column_view *view, int64_t low, int64_t high, uint64_t *words);

#endif
