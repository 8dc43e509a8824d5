#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

enum { UTF8_SIZE_MAX = 4 };
#define UTF8_REPLACEMENT 0xFFFDu

bool utf8_is_valid(struct str s); /* no overlong forms, no surrogates, nothing above U+10FFFF */
/* Offset of the first byte that is not valid, or s.size. */
size_t utf8_valid_length(struct str s);

/*
 * Decodes the rune at *at and moves *at behind it. A broken byte gives U+FFFD and moves one
 * byte, so a loop always ends. *at is below s.size.
 */
uint32_t utf8_next(struct str s, size_t *at);
size_t utf8_encode(uint32_t rune, char bytes[UTF8_SIZE_MAX]); /* returns the size */

size_t utf8_count(struct str s);                /* runes */
size_t utf8_offset(struct str s, size_t runes); /* byte offset of the rune, cut to size */
size_t utf8_width(struct str s);                /* terminal columns: CJK and full width count two */
bool utf8_is_wide(uint32_t rune);
bool utf8_is_cjk(uint32_t rune); /* Han (with extensions), kana, hangul, bopomofo */

#endif
