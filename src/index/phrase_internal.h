#ifndef INDEX_PHRASE_INTERNAL_H
#define INDEX_PHRASE_INTERNAL_H

#include "index/positions_internal.h"
#include "index/snapshot_internal.h"

/* Documents that have tokens at given distances from each other. */
struct phrase_token {
	struct str token;
	uint32_t offset;
	uint32_t term; /* in the segment opened */
	struct postings postings;
	struct postings_cursor cursor;
	struct position_list positions;
};

struct phrase {
	unsigned column;
	struct phrase_token *tokens; /* opened in a segment: the rarest first */
	size_t token_count;
	struct position_list starts; /* where the phrase may begin in the document at hand */
};

void phrase_prepare(struct phrase *phrase, struct arena *arena, unsigned column,
		    const struct str *tokens, const uint32_t *offsets, size_t token_count);
/* Of a struct phrase; the tokens are the arena's. */
void phrase_release(void *phrase);
/* False when the segment lacks one of the tokens. */
bool phrase_open(struct phrase *phrase, const struct segment *segment, struct arena *arena);
/* Whether a document of the segment opened, in any order, has the phrase. */
bool phrase_holds(struct phrase *phrase, uint32_t document);

#endif
