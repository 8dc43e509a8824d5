#include "base/utf8.h"

#include <string.h>

struct range {
	uint32_t first, last;
};

static const struct range cjk_ranges[] = {
	{ 0x1100, 0x11FF }, { 0x2E80, 0x2FDF }, { 0x3005, 0x3007 }, { 0x3021, 0x3029 },
	{ 0x3040, 0x31FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF }, { 0xA960, 0xA97F },
	{ 0xAC00, 0xD7FF }, { 0xF900, 0xFAFF }, { 0xFF66, 0xFF9F }, { 0x20000, 0x323AF },
};

static const struct range wide_ranges[] = {
	{ 0x1100, 0x115F },   { 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF },
	{ 0x4E00, 0x9FFF },   { 0xA000, 0xA4CF }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF },
	{ 0xFE30, 0xFE6F },   { 0xFF00, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1FAFF },
	{ 0x20000, 0x3FFFD },
};

static bool is_in(const struct range *ranges, size_t count, uint32_t rune)
{
	for (size_t i = 0; i < count; i++)
		if (rune <= ranges[i].last)
			return rune >= ranges[i].first;
	return false;
}

bool utf8_is_cjk(uint32_t rune)
{
	if (rune >= 0x4E00 && rune <= 0x9FFF)
		return true;
	return rune >= 0x1100 &&
	       is_in(cjk_ranges, sizeof(cjk_ranges) / sizeof(cjk_ranges[0]), rune);
}

bool utf8_is_wide(uint32_t rune)
{
	return rune >= 0x1100 &&
	       is_in(wide_ranges, sizeof(wide_ranges) / sizeof(wide_ranges[0]), rune);
}

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

/* Size of the well-formed sequence at the start, 0 when there is none (RFC 3629). */
static size_t decode(const unsigned char *bytes, size_t left, uint32_t *rune_out)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t size = bytes[0] < 0x80   ? 1
		      : bytes[0] < 0xC2 ? 0
		      : bytes[0] < 0xE0 ? 2
		      : bytes[0] < 0xF0 ? 3
		      : bytes[0] < 0xF5 ? 4
					: 0;
	uint32_t rune;

	if (size == 0 || size > left)
		return 0;
	rune = size == 1 ? bytes[0] : bytes[0] & (0xFFu >> (size + 1));
	for (size_t i = 1; i < size; i++) {
		if (!is_continuation(bytes[i]))
			return 0;
		rune = rune << 6 | (bytes[i] & 0x3Fu);
	}
	if (rune < smallest[size] || rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
		return 0;
	*rune_out = rune;
	return size;
}

/* Bytes from at on that are ASCII, in words of eight. */
static size_t ascii_run(struct str s, size_t at)
{
	size_t from = at;
	uint64_t word;

	for (; at + sizeof(word) <= s.size; at += sizeof(word)) {
		memcpy(&word, s.data + at, sizeof(word));
		if (word & 0x8080808080808080u)
			break;
	}
	return at - from;
}

size_t utf8_valid_length(struct str s)
{
	size_t at = 0;
	uint32_t rune;

	while (at < s.size) {
		if (!(s.data[at] & 0x80) && (at += ascii_run(s, at)) == s.size)
			break;
		size_t size = decode((const unsigned char *)s.data + at, s.size - at, &rune);

		if (size == 0)
			break;
		at += size;
	}
	return at;
}

bool utf8_is_valid(struct str s)
{
	return utf8_valid_length(s) == s.size;
}

uint32_t utf8_next(struct str s, size_t *at)
{
	uint32_t rune = UTF8_REPLACEMENT;
	size_t size = decode((const unsigned char *)s.data + *at, s.size - *at, &rune);

	*at += size ? size : 1;
	return rune;
}

size_t utf8_encode(uint32_t rune, char bytes[UTF8_SIZE_MAX])
{
	if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
		rune = UTF8_REPLACEMENT;
	if (rune < 0x80) {
		bytes[0] = (char)rune;
		return 1;
	}
	if (rune < 0x800) {
		bytes[0] = (char)(0xC0 | rune >> 6);
		bytes[1] = (char)(0x80 | (rune & 0x3F));
		return 2;
	}
	if (rune < 0x10000) {
		bytes[0] = (char)(0xE0 | rune >> 12);
		bytes[1] = (char)(0x80 | (rune >> 6 & 0x3F));
		bytes[2] = (char)(0x80 | (rune & 0x3F));
		return 3;
	}
	bytes[0] = (char)(0xF0 | rune >> 18);
	bytes[1] = (char)(0x80 | (rune >> 12 & 0x3F));
	bytes[2] = (char)(0x80 | (rune >> 6 & 0x3F));
	bytes[3] = (char)(0x80 | (rune & 0x3F));
	return 4;
}

size_t utf8_count(struct str s)
{
	size_t count = 0;

	for (size_t at = 0; at < s.size; count++)
		utf8_next(s, &at);
	return count;
}

size_t utf8_offset(struct str s, size_t runes)
{
	size_t at = 0;

	while (runes-- > 0 && at < s.size)
		utf8_next(s, &at);
	return at;
}

size_t utf8_width(struct str s)
{
	size_t width = 0;

	for (size_t at = 0; at < s.size;)
		width += utf8_is_wide(utf8_next(s, &at)) ? 2 : 1;
	return width;
}
