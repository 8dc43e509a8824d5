#include "analyse/words_internal.h"

#include "base/utf8.h"
#include "text/token.h"

enum { LATIN_SIZE_MIN = 3 };

/* Characters that make no part of a technical term, and pairs of the set phrases of patents. */
static const char *const particles = "的了与及其于在为是之或所述该且而将";
static const char *const phrases[] = { "一种", "用于", "包括", "具有", "进行", "通过", "涉及",
				       "公开", "本发", "本实", "第一", "第二", "以及", "基于",
				       "实用", "用新", "新型", "发明", "提供", "所述" };
static const char *const latin[] = { "and",   "are",  "for",   "from",   "having",  "into",
				     "said",  "that", "the",   "their",  "thereof", "use",
				     "using", "with", "which", "wherein" };
/* A pair that begins with 种 is the end of 一种, unless it is one of these. */
static const char *const kinds_of_seed[] = { "种子", "种植", "种苗", "种群" };

static bool is_listed(struct str text, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_cstr(text, list[i]))
			return true;
	return false;
}

static bool is_phrase(struct str text)
{
	if (str_starts_with(text, STR("种")))
		return !is_listed(text, kinds_of_seed,
				  sizeof(kinds_of_seed) / sizeof(kinds_of_seed[0]));
	return is_listed(text, phrases, sizeof(phrases) / sizeof(phrases[0]));
}

static bool has_particle(struct str text)
{
	for (size_t at = 0; at < text.size;) {
		size_t from = at;

		utf8_next(text, &at);
		if (str_find(str_of(particles), str_slice(text, from, at)) != STR_NOT_FOUND)
			return true;
	}
	return false;
}

bool word_is_pair(struct str token)
{
	size_t at = 0;

	return token.size && utf8_is_cjk(utf8_next(token, &at)) && utf8_count(token) == 2 &&
	       token.data[token.size - 1] != TOKEN_LAST[0];
}

bool word_tells(struct str token)
{
	size_t at = 0;

	if (!token.size || (unsigned char)token.data[0] < ' ')
		return false;
	if (utf8_is_cjk(utf8_next(token, &at)))
		return word_is_pair(token) && !has_particle(token) && !is_phrase(token);
	if (is_listed(token, latin, sizeof(latin) / sizeof(latin[0])))
		return false;
	for (size_t i = 0; i < token.size; i++)
		if (token.data[i] >= '0' && token.data[i] <= '9')
			return false;
	return token.size >= LATIN_SIZE_MIN;
}
