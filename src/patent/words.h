#ifndef PATENT_WORDS_H
#define PATENT_WORDS_H

#include "base/str.h"

/*
 * Words of exports compared with rows of data/: both folded to one form, rows being patterns.
 */
enum { WORDS_SIZE = 192 };

struct words {
	char text[WORDS_SIZE];
	size_t size;
};

/*
 * Half width, lower case, without blanks, punctuation and the particle 的. What is longer than
 * WORDS_SIZE is cut at a rune: what counts stands in front. The colon stays.
 */
void words_fold(struct str s, struct words *words_out);

/*
 * "=放弃" fits the whole text, "质押*注销" both parts in this order somewhere in it, "放弃" anywhere in
 * it. Both are folded already: the patterns of data/ by tools/csv_rows.py, column "~...".
 */
bool words_fit(struct str text, struct str pattern);

#endif
