#include "query/lexer.h"

#include <string.h>

/*
 * Proximity operators as words. The systems count in two ways: the words between (PatSnap, CNIPA,
 * incoPat), or the distance, one more (USPTO, Google, OPS). Words that are also English ones
 * (SAME, WITH, NEAR) must stand in capitals.
 */
static const struct {
	const char *name;
	struct query_near near;
	bool takes_number, counts_distance, needs_capitals;
} spellings[] = {
	{ "$PRE", { NEAR_WORDS, true, 0 }, true, false, false },
	{ "$W", { NEAR_WORDS, false, 0 }, true, false, false },
	{ "$WS", { NEAR_WORDS, false, QUERY_GAP_MAX }, false, false, false },
	{ "$SEN", { NEAR_SENTENCE, false, 0 }, false, false, false },
	{ "$PARA", { NEAR_PARAGRAPH, false, 0 }, false, false, false },
	{ "NEAR", { NEAR_WORDS, false, 0 }, true, true, true },
	{ "NEAR/", { NEAR_WORDS, false, 0 }, true, true, false },
	{ "N/", { NEAR_WORDS, false, 0 }, true, true, false },
	{ "W/", { NEAR_WORDS, false, 0 }, true, true, false },
	{ "ADJ", { NEAR_WORDS, true, 0 }, true, true, true },
	{ "ADJ/", { NEAR_WORDS, true, 0 }, true, true, false },
	{ "PRE/", { NEAR_WORDS, true, 0 }, true, true, false },
	{ "WITH", { NEAR_SENTENCE, false, 0 }, false, false, true },
	{ "SAME", { NEAR_PARAGRAPH, false, 0 }, false, false, true },
};

static bool read_number(struct str digits, uint32_t *number_out)
{
	int64_t number;

	if (digits.size == 0 || digits.size > 6 || digits.data[0] < '0' || digits.data[0] > '9' ||
	    !str_to_int64(digits, &number))
		return false;
	*number_out = (uint32_t)number;
	return true;
}

static bool read_spelling(size_t row, struct str word, struct query_near *near_out)
{
	struct str name = str_of(spellings[row].name);
	struct str digits = str_slice(word, name.size, word.size);
	uint32_t number = spellings[row].counts_distance ? 1 : 0;

	if (!str_equal_nocase(str_slice(word, 0, name.size), name))
		return false;
	if (digits.size == 0) {
		if (spellings[row].needs_capitals && !str_equal(word, name))
			return false;
		if (name.data[name.size - 1] == '/')
			return false;
	} else if (!spellings[row].takes_number || !read_number(digits, &number)) {
		return false;
	}
	*near_out = spellings[row].near;
	if (spellings[row].counts_distance && number > 0)
		number--;
	if (spellings[row].takes_number)
		near_out->gap_max = number;
	return true;
}

bool query_read_near(struct str word, struct query_near *near_out)
{
	for (size_t row = 0; row < sizeof(spellings) / sizeof(spellings[0]); row++)
		if (read_spelling(row, word, near_out))
			return true;
	return false;
}

/* (5w) (n) (s) (sen) (p): what stands between the brackets, blanks gone. */
bool query_read_bracketed_near(struct str inner, struct query_near *near_out)
{
	size_t digits = 0;
	uint32_t gap = 0;
	struct str letters;

	while (digits < inner.size && inner.data[digits] >= '0' && inner.data[digits] <= '9')
		digits++;
	letters = str_slice(inner, digits, inner.size);
	if (digits > 0 && !read_number(str_slice(inner, 0, digits), &gap))
		return false;
	*near_out = (struct query_near){ NEAR_WORDS, false, gap };
	if (str_equal_nocase(letters, STR("w")))
		near_out->is_ordered = true;
	else if (digits == 0 &&
		 (str_equal_nocase(letters, STR("s")) || str_equal_nocase(letters, STR("sen"))))
		near_out->unit = NEAR_SENTENCE;
	else if (digits == 0 && str_equal_nocase(letters, STR("p")))
		near_out->unit = NEAR_PARAGRAPH;
	else if (!str_equal_nocase(letters, STR("n")))
		return false;
	return true;
}

static bool read_prox_part(struct str part, struct query_near *near)
{
	static const struct {
		const char *text;
		enum near_unit unit;
	} units[] = { { "unit=word", NEAR_WORDS },
		      { "unit=sentence", NEAR_SENTENCE },
		      { "unit=paragraph", NEAR_PARAGRAPH } };
	static const char *const distances[] = { "distance<=", "distance=", "distance<" };
	uint32_t number;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (str_equal_nocase(part, str_of(units[i].text))) {
			near->unit = units[i].unit;
			return true;
		}
	if (str_equal_nocase(part, STR("ordered=true")) ||
	    str_equal_nocase(part, STR("ordered=false"))) {
		near->is_ordered = str_ends_with(part, STR("true"));
		return true;
	}
	for (size_t i = 0; i < sizeof(distances) / sizeof(distances[0]); i++) {
		struct str name = str_of(distances[i]);

		if (!str_equal_nocase(str_slice(part, 0, name.size), name) ||
		    !read_number(str_slice(part, name.size, part.size), &number))
			continue;
		if (str_ends_with(name, STR("<")) && number > 0)
			number--;
		near->gap_max = number > 0 ? number - 1 : 0;
		return true;
	}
	return false;
}

/* OPS: prox/distance<=5/ordered=true prox/unit=sentence; the distance counts as in CQL 1.1. */

bool query_read_prox(struct str word, struct query_near *near_out)
{
	struct str part;

	*near_out = (struct query_near){ NEAR_WORDS, false, 0 };
	if (!str_split(&word, STR("/"), &part) || !str_equal_nocase(part, STR("prox")))
		return false;
	while (str_split(&word, STR("/"), &part))
		if (!read_prox_part(part, near_out))
			return false;
	return true;
}
