#include "patent/region.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct region regions[] = {
#include "patent/regions.inc"
};

const struct region *region_list(size_t *count_out)
{
	*count_out = COUNT(regions);
	return regions;
}

static int compare_code(const void *key, const void *row)
{
	return str_compare(*(const struct str *)key, str_of(((const struct region *)row)->code));
}

const struct region *region_find(struct str code)
{
	while (code.size > 2 && code.size <= 6 && str_ends_with(code, STR("00")))
		code.size -= 2;
	return bsearch(&code, regions, COUNT(regions), sizeof(regions[0]), compare_code);
}

static bool is_province(const struct region *region)
{
	return region->code[2] == 0;
}

static const struct region *province_of(const struct region *region)
{
	return region ? region_find((struct str){ region->code, 2 }) : NULL;
}

static bool is_in(const struct region *region, const struct region *province)
{
	return !province || (region != province && memcmp(region->code, province->code, 2) == 0);
}

/* ---- What stands at the beginning. */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t leading_digits(struct str s)
{
	size_t count = 0;

	while (count < s.size && is_digit(s.data[count]))
		count++;
	return count;
}

static bool take(struct str *s, struct str prefix)
{
	if (!str_starts_with(*s, prefix))
		return false;
	*s = str_slice(*s, prefix.size, s->size);
	return true;
}

static struct str skip_marks(struct str s)
{
	for (;;) {
		struct str trimmed = str_trim(s);

		if (trimmed.size && strchr(";,-|/()", trimmed.data[0]))
			trimmed = str_slice(trimmed, 1, trimmed.size);
		else if (!take(&trimmed, STR("；")) && !take(&trimmed, STR("，")) &&
			 !take(&trimmed, STR("（")) && trimmed.size == s.size)
			return trimmed;
		s = trimmed;
	}
}

/* 中山路, 南京东路, 朝阳区: the short name is not the place itself. */
static bool names_something_else(struct str behind)
{
	static const char *const roads[] = { "路",   "街",   "大道", "大街", "区",   "县",  "东路",
					     "西路", "南路", "北路", "中路", "东街", "西街" };

	for (size_t i = 0; i < COUNT(roads); i++)
		if (str_starts_with(behind, str_of(roads[i])))
			return true;
	return false;
}

/* Bytes of the region's name, or short name, at the beginning; 0: it does not stand there. */
static size_t stands_at_start(const struct region *region, struct str s)
{
	enum { HAN_SIZE = 3 }; /* every name begins with its short name, of Han characters */
	struct str name, brief;

	if (s.size < HAN_SIZE || memcmp(s.data, region->brief, HAN_SIZE) != 0)
		return 0;
	name = str_of(region->name);
	brief = str_of(region->brief);
	if (str_starts_with(s, name))
		return name.size;
	if (!str_starts_with(s, brief) || names_something_else(str_slice(s, brief.size, s.size)))
		return 0;
	return brief.size;
}

/* The region with the longest name at the beginning; of equal ones the province. */
static const struct region *region_at_start(struct str *s, const struct region *province)
{
	const struct region *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < COUNT(regions); i++) {
		size_t size = is_in(&regions[i], province) ? stands_at_start(&regions[i], *s) : 0;

		if (size > longest ||
		    (size == longest && size && is_province(&regions[i]) && !is_province(best))) {
			best = &regions[i];
			longest = size;
		}
	}
	*s = str_slice(*s, longest, s->size);
	return best;
}

/* ---- Whole names anywhere. */

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.size; i++)
		if ((unsigned char)s.data[i] >= 0x80)
			return false;
	return true;
}

static const struct region *region_inside(struct str s, const struct region *province,
					  bool wants_province)
{
	if (is_ascii(s))
		return NULL;
	for (size_t i = 0; i < COUNT(regions); i++)
		if (is_province(&regions[i]) == wants_province && is_in(&regions[i], province) &&
		    str_find(s, str_of(regions[i].name)) != STR_NOT_FOUND)
			return &regions[i];
	return NULL;
}

static bool is_letter(struct str s, size_t at)
{
	char c = at < s.size ? s.data[at] : 0;

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool has_word(struct str s, struct str word)
{
	for (size_t at = 0; at + word.size <= s.size; at++)
		if (str_equal_nocase(str_slice(s, at, at + word.size), word) &&
		    !(at && is_letter(s, at - 1)) && !is_letter(s, at + word.size))
			return true;
	return false;
}

static const struct region *province_in_english(struct str s)
{
	for (size_t i = 0; i < COUNT(regions); i++)
		if (regions[i].en[0] && has_word(s, str_of(regions[i].en)))
			return &regions[i];
	return NULL;
}

/* ---- Codes: 51, 51;四川, CN-SC, CN51, 5101. */

static const struct region *province_by_letters(struct str letters)
{
	for (size_t i = 0; i < COUNT(regions); i++)
		if (regions[i].iso[0] && str_equal_cstr(letters, regions[i].iso))
			return &regions[i];
	return NULL;
}

static const struct region *region_by_code(struct str s)
{
	size_t digits;

	if (take(&s, STR("CN"))) {
		s = skip_marks(s);
		if (s.size == 2 && !is_digit(s.data[0]))
			return province_by_letters(s);
	}
	digits = leading_digits(s);
	if (digits != 2 && digits != s.size) /* six digits before a text are a postcode */
		return NULL;
	return digits ? region_find(str_slice(s, 0, digits)) : NULL;
}

static struct region_answer answer_of(const struct region *region)
{
	return (struct region_answer){ province_of(region),
				       region && !is_province(region) ? region : NULL };
}

static struct str without_country(struct str s)
{
	s = skip_marks(s);
	s = skip_marks(str_slice(s, leading_digits(s), s.size));
	if (!take(&s, STR("中华人民共和国")) && !take(&s, STR("中国")))
		take(&s, STR("CN"));
	return skip_marks(s);
}

static const struct region *city_behind(struct str rest, const struct region *province)
{
	const struct region *city;

	rest = skip_marks(rest);
	city = region_at_start(&rest, province);
	return city ? city : region_inside(rest, province, false);
}

struct region_answer region_of(struct str address)
{
	struct str s = str_trim(address);
	const struct region *found = region_by_code(s);

	if (found && !is_province(found))
		return answer_of(found);
	s = without_country(s);
	if (!found) {
		found = region_at_start(&s, NULL);
		if (found && !is_province(found))
			return answer_of(found);
	}
	if (!found)
		found = region_inside(s, NULL, true);
	if (!found)
		found = region_inside(s, NULL, false);
	if (!found)
		found = province_in_english(s);
	if (!found || !is_province(found))
		return answer_of(found);
	return (struct region_answer){ found, city_behind(s, found) };
}
