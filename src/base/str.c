#include "base/str.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct str str_of(const char *text)
{
	return (struct str){ text, text ? strlen(text) : 0 };
}

struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.size)
		to = s.size;
	if (from >= to)
		return (struct str){ s.data ? s.data + to : NULL, 0 };
	return (struct str){ s.data + from, to - from };
}

char *str_to_cstr(struct arena *arena, struct str s)
{
	return arena_copy(arena, s.data, s.size);
}

struct str str_copy(struct arena *arena, struct str s)
{
	return (struct str){ str_to_cstr(arena, s), s.size };
}

bool str_equal(struct str a, struct str b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool str_equal_cstr(struct str a, const char *b)
{
	return str_equal(a, str_of(b));
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_equal_nocase(struct str a, struct str b)
{
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++)
		if (lower(a.data[i]) != lower(b.data[i]))
			return false;
	return true;
}

int str_compare(struct str a, struct str b)
{
	size_t common = a.size < b.size ? a.size : b.size;
	int order = common ? memcmp(a.data, b.data, common) : 0;

	if (order)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

bool str_starts_with(struct str s, struct str prefix)
{
	return s.size >= prefix.size && str_equal(str_slice(s, 0, prefix.size), prefix);
}

bool str_ends_with(struct str s, struct str suffix)
{
	return s.size >= suffix.size &&
	       str_equal(str_slice(s, s.size - suffix.size, s.size), suffix);
}

size_t str_find(struct str s, struct str wanted)
{
	const char *found;

	if (wanted.size == 0)
		return 0;
	if (s.size < wanted.size)
		return STR_NOT_FOUND;
	found = memmem(s.data, s.size, wanted.data, wanted.size);
	return found ? (size_t)(found - s.data) : STR_NOT_FOUND;
}

size_t str_find_byte(struct str s, char byte)
{
	const char *found = s.size ? memchr(s.data, byte, s.size) : NULL;

	return found ? (size_t)(found - s.data) : STR_NOT_FOUND;
}

/* UTF-8 of the blanks that are not ASCII: no-break space, ideographic space, byte order mark. */
static const struct str wide_blanks[] = {
	{ "\xC2\xA0", 2 },
	{ "\xE3\x80\x80", 3 },
	{ "\xEF\xBB\xBF", 3 },
};

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t blank_at_start(struct str s)
{
	if (s.size && is_blank(s.data[0]))
		return 1;
	for (size_t i = 0; i < sizeof(wide_blanks) / sizeof(wide_blanks[0]); i++)
		if (str_starts_with(s, wide_blanks[i]))
			return wide_blanks[i].size;
	return 0;
}

static size_t blank_at_end(struct str s)
{
	if (s.size && is_blank(s.data[s.size - 1]))
		return 1;
	for (size_t i = 0; i < sizeof(wide_blanks) / sizeof(wide_blanks[0]); i++)
		if (str_ends_with(s, wide_blanks[i]))
			return wide_blanks[i].size;
	return 0;
}

struct str str_trim(struct str s)
{
	size_t blank;

	while ((blank = blank_at_start(s)) > 0)
		s = str_slice(s, blank, s.size);
	while ((blank = blank_at_end(s)) > 0)
		s = str_slice(s, 0, s.size - blank);
	return s;
}

bool str_split(struct str *rest, struct str separator, struct str *part_out)
{
	size_t at;

	if (!rest->data)
		return false;
	at = str_find(*rest, separator);
	if (at == STR_NOT_FOUND) {
		*part_out = *rest;
		*rest = STR_EMPTY; /* a NULL view marks the end, so that "a;" ends with an empty part */
		return true;
	}
	*part_out = str_slice(*rest, 0, at);
	*rest = (struct str){ rest->data + at + separator.size, rest->size - at - separator.size };
	return true;
}

/* Numbers are short: anything longer than this is not one. */
enum { NUMBER_LENGTH_MAX = 63 };

static bool number_text(struct str s, char text[NUMBER_LENGTH_MAX + 1])
{
	if (s.size == 0 || s.size > NUMBER_LENGTH_MAX || is_blank(s.data[0]))
		return false;
	memcpy(text, s.data, s.size);
	text[s.size] = 0;
	return memchr(text, 0, s.size) == NULL;
}

bool str_to_int64(struct str s, int64_t *value_out)
{
	char text[NUMBER_LENGTH_MAX + 1], *end;

	if (!number_text(s, text))
		return false;
	errno = 0;
	*value_out = strtoll(text, &end, 10);
	return errno == 0 && *end == 0 && end != text;
}

bool str_to_double(struct str s, double *value_out)
{
	char text[NUMBER_LENGTH_MAX + 1], *end;

	if (!number_text(s, text) || strspn(text, "+-.0123456789eE") != s.size)
		return false;
	*value_out = strtod(text, &end); /* the program never calls setlocale(): '.' is the point */
	return *end == 0 && end != text;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	__uint128_t product = (__uint128_t)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Multiply-and-fold over eight bytes at a time, as wyhash does. */
uint64_t str_hash(struct str s)
{
	uint64_t hash = 0x9E3779B97F4A7C15u ^ s.size, word;
	size_t at = 0;

	for (; at + 8 <= s.size; at += 8) {
		memcpy(&word, s.data + at, 8);
		hash = mix(hash ^ word, 0xE7037ED1A0B428DBu);
	}
	word = 0;
	if (at < s.size)
		memcpy(&word, s.data + at, s.size - at);
	return mix(hash ^ word, 0x8EBC6AF09C88C6E3u);
}
