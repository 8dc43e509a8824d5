#include "base/utf8.h"
#include "query/operand.h"

#include <string.h>

enum { PATTERN_RUNES_MAX = 256 };

static bool is_wildcard(char c)
{
	return c == '*' || c == '?' || c == '#';
}

struct str query_pattern_prefix(struct str pattern)
{
	size_t size = 0;

	while (size < pattern.size && !is_wildcard(pattern.data[size]))
		size++;
	return str_slice(pattern, 0, size);
}

/* reached[i]: the first i runes of the pattern match the text read so far. */
static void skip_optional(const uint32_t *pattern, size_t count, bool *reached)
{
	for (size_t i = 0; i < count; i++)
		if (reached[i] && (pattern[i] == '*' || pattern[i] == '#'))
			reached[i + 1] = true;
}

static void step(const uint32_t *pattern, size_t count, bool *reached, uint32_t rune)
{
	bool next[PATTERN_RUNES_MAX + 1] = { false };

	for (size_t i = 0; i < count; i++) {
		if (!reached[i])
			continue;
		if (pattern[i] == '*')
			next[i] = true;
		else if (pattern[i] == '?' || pattern[i] == '#' || pattern[i] == rune)
			next[i + 1] = true;
	}
	memcpy(reached, next, (count + 1) * sizeof(bool));
	skip_optional(pattern, count, reached);
}

bool query_pattern_matches(struct str pattern, struct str text)
{
	uint32_t runes[PATTERN_RUNES_MAX];
	bool reached[PATTERN_RUNES_MAX + 1] = { true };
	size_t count = 0, at = 0;

	while (at < pattern.size && count < PATTERN_RUNES_MAX)
		runes[count++] = utf8_next(pattern, &at);
	skip_optional(runes, count, reached);
	for (at = 0; at < text.size;)
		step(runes, count, reached, utf8_next(text, &at));
	return reached[count];
}
