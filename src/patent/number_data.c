/* Tables of patent/number.h: offices, kinds of documents, types of patents. */
#include "patent/number.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct office offices[] = {
#include "patent/offices.inc"
};

static const struct regional_office {
	const char *office, *members; /* codes parted by blanks */
} regional_offices[] = {
#include "patent/regional_offices.inc"
};

static const struct kind kinds[] = {
#include "patent/kinds.inc"
};

static int compare_office(const void *key, const void *row)
{
	const struct str *code = key;
	const struct office *office = row;

	return str_compare(*code, str_of(office->code));
}

const struct office *office_find(struct str code)
{
	return bsearch(&code, offices, COUNT(offices), sizeof(offices[0]), compare_office);
}

const struct office *office_list(size_t *count_out)
{
	*count_out = COUNT(offices);
	return offices;
}

bool office_covers(struct str office, struct str country)
{
	if (str_equal(office, country))
		return true;
	for (size_t i = 0; i < COUNT(regional_offices); i++) {
		struct str rest = str_of(regional_offices[i].members), member;

		if (!str_equal_cstr(office, regional_offices[i].office))
			continue;
		while (str_split(&rest, STR(" "), &member))
			if (str_equal(member, country))
				return true;
	}
	return false;
}

static const struct kind *find_row(struct str office, struct str code)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_equal_cstr(office, kinds[i].office) && str_equal_cstr(code, kinds[i].code))
			return &kinds[i];
	return NULL;
}

const struct kind *kind_find(struct str office, struct str code)
{
	const struct str letter = str_slice(code, 0, 1);
	const struct kind *found;

	if (code.size == 0)
		return NULL;
	found = find_row(office, code);
	if (!found)
		found = find_row(office, letter);
	return found ? found : find_row(STR_EMPTY, letter);
}

enum number_stage number_stage(struct str office, struct str kind)
{
	const struct kind *found = kind_find(office, kind);

	return found ? found->stage : STAGE_UNKNOWN;
}

const struct patent_type_info patent_types[PATENT_TYPE_COUNT] = {
	[PATENT_TYPE_UNKNOWN] = { "", { "未知", "Unknown" } },
	[PATENT_INVENTION] = { "invention", { "发明", "Invention" } },
	[PATENT_UTILITY] = { "utility", { "实用新型", "Utility model" } },
	[PATENT_DESIGN] = { "design", { "外观设计", "Design" } },
};

/* Parts of words that tell the type; the first found decides. */
static const struct {
	const char *part;
	enum patent_type type;
} type_words[] = {
	{ "实用新型", PATENT_UTILITY },
	{ "實用新型", PATENT_UTILITY },
	{ "新型", PATENT_UTILITY },
	{ "外观", PATENT_DESIGN },
	{ "外觀", PATENT_DESIGN },
	{ "设计", PATENT_DESIGN },
	{ "发明", PATENT_INVENTION },
	{ "發明", PATENT_INVENTION },
	{ "utility model", PATENT_UTILITY },
	{ "design", PATENT_DESIGN },
	{ "invention", PATENT_INVENTION },
	{ "granted patent", PATENT_INVENTION },
	{ "patent application", PATENT_INVENTION },
	{ "plant", PATENT_INVENTION },
	{ "reissue", PATENT_INVENTION },
};

static bool contains_nocase(struct str s, struct str part)
{
	for (size_t at = 0; at + part.size <= s.size; at++)
		if (str_equal_nocase(str_slice(s, at, at + part.size), part))
			return true;
	return false;
}

enum patent_type patent_type_of(struct str word)
{
	if (str_equal_nocase(word,
			     STR("utility"))) /* our own name; "utility patent" is not a model */
		return PATENT_UTILITY;
	for (size_t i = 0; i < COUNT(type_words); i++)
		if (contains_nocase(word, str_of(type_words[i].part)))
			return type_words[i].type;
	return str_equal_nocase(word, STR("utility patent")) ? PATENT_INVENTION
							     : PATENT_TYPE_UNKNOWN;
}
