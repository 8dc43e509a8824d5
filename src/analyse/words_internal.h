#ifndef ANALYSE_WORDS_INTERNAL_H
#define ANALYSE_WORDS_INTERNAL_H

#include "base/str.h"

/*
 * Which tokens of the index can be words for people. Chinese comes in pairs of characters
 * (text/token.h), many of which lie across the border of two words; those that hold a function
 * character, or belong to a set phrase of patents (一种, 本发明), are none.
 */
bool word_is_pair(struct str token); /* two CJK characters */
bool word_tells(struct str token);   /* a pair that may be part of a term, or a Latin word */

#endif
