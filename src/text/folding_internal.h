#ifndef TEXT_FOLDING_INTERNAL_H
#define TEXT_FOLDING_INTERNAL_H

#include "base/str.h"

/*
 * Text as a stream of folded characters. Almost all of them come from a table made at build time;
 * only what may join with its neighbours goes through ICU, together with the character before it.
 */
extern const uint16_t folding_table[0x10000]; /* 0: the slow way */

enum {
	SPAN_RUNES_MAX = 32,  /* longer heaps of combining marks are cut there */
	PENDING_MAX = 32 * 18 /* NFKC makes at most 18 characters of one */
};

struct folder {
	struct str text;
	size_t at;
	uint32_t pending[PENDING_MAX]; /* what the slow way gave, not taken yet */
	uint32_t pending_at, pending_count;
	size_t span_from, span_to; /* where it came from */
};

struct folded_rune {
	uint32_t rune;
	size_t from, to; /* in the original text */
};

static inline void folder_init(struct folder *folder, struct str text)
{
	folder->text = text;
	folder->at = 0;
	folder->pending_at = folder->pending_count = 0;
}

bool folder_next(struct folder *folder, struct folded_rune *rune_out);

#endif
