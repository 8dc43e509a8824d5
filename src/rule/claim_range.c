#include "rule/claim_range.h"

#include "base/list.h"
#include "base/utf8.h"

#include <string.h>

enum { DIGITS_MAX = 15, UNIT_SIZE_MAX = 12, NAME_RUNES = 4 };

static bool is_digit(struct str text, size_t at)
{
	return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

/* "12", "0.5"; false without a digit or when it is too long to be a measure. */
static bool read_value(struct str text, size_t *at, double *value_out)
{
	size_t start = *at, end = *at;

	while (is_digit(text, end))
		end++;
	if (end + 1 < text.size && text.data[end] == '.' && is_digit(text, end + 1))
		for (end++; is_digit(text, end);)
			end++;
	if (end == start || end - start > DIGITS_MAX)
		return false;
	*at = end;
	return str_to_double(str_slice(text, start, end), value_out);
}

static size_t skip(struct str text, size_t at, const char *const *words)
{
	struct str rest = str_slice(text, at, text.size);

	for (; *words; words++)
		if (str_starts_with(rest, str_of(*words)))
			return at + strlen(*words);
	return at;
}

/* Letters, %, ‰, °, ℃, μ, Ω and / behind a number. */
static struct str read_unit(struct str text, size_t at)
{
	size_t end = at;

	while (end < text.size && end - at < UNIT_SIZE_MAX) {
		size_t next = end;
		uint32_t rune = utf8_next(text, &next);
		bool is_letter = (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');

		if (!is_letter && rune != '%' && rune != 0x2030 && rune != 0xB0 && rune != 0x2103 &&
		    rune != 0xB5 && rune != 0x3BC && rune != 0x3A9 && rune != '/' && rune != 0xB2 &&
		    rune != 0xB3)
			break;
		end = next;
	}
	return str_slice(text, at, end);
}

static const char *const dashes[] = { "-", "－", "—", "–", "~", "～", "至", "到", NULL };

/* Words between a name and its value. */
static struct str read_name(struct str text, size_t at)
{
	static const char *const links[] = { "为", "是",   "在", "：", ":", "约",
					     "于", "控制", "达", " ",  NULL };
	struct str before = str_slice(text, 0, at);
	size_t start, runes = 0;
	uint32_t rune;

	for (size_t i = 0; links[i]; i++)
		if (str_ends_with(before, str_of(links[i]))) {
			before.size -= strlen(links[i]);
			i = SIZE_MAX; /* and again from the first */
		}
	for (start = before.size; start > 0 && runes < NAME_RUNES; runes++) {
		size_t step = start - 1, next;

		while (step > 0 && ((unsigned char)text.data[step] & 0xC0) == 0x80)
			step--;
		next = step;
		rune = utf8_next(text, &next);
		if (!utf8_is_cjk(rune) || rune == 0x7684 /* 的 */)
			break;
		start = step;
	}
	return str_slice(before, start, before.size);
}

static bool is_label(struct str text, size_t at)
{
	static const char *const labels[] = { "权利要求", "步骤",   "图", "第",
					      "式",       "实施例", "表", NULL };
	struct str before = str_slice(text, at > 24 ? at - 24 : 0, at);

	for (size_t i = 0; labels[i]; i++)
		if (str_ends_with(before, str_of(labels[i])))
			return true;
	if (at == 0)
		return false;
	return text.data[at - 1] == '.' || text.data[at - 1] == '-' || text.data[at - 1] == '(' ||
	       (text.data[at - 1] >= 'A' && text.data[at - 1] <= 'z');
}

/* A value, or a range when a dash and a second value follow, at *at; moves behind it. */
static bool read_range(struct str text, size_t *at, struct number_range *range_out)
{
	size_t start = *at, unit_end, second;

	if (!read_value(text, at, &range_out->low))
		return false;
	range_out->start = start;
	range_out->high = range_out->low;
	range_out->unit = read_unit(text, *at);
	range_out->name = read_name(text, start);
	unit_end = *at + range_out->unit.size;
	second = skip(text, unit_end, dashes);
	range_out->is_range = second > unit_end && read_value(text, &second, &range_out->high);
	if (range_out->is_range) {
		struct str unit = read_unit(text, second);

		/* 760nm～1mm: the ends cannot be compared as they stand. */
		range_out->is_range = !unit.size || !range_out->unit.size ||
				      str_equal(unit, range_out->unit);
		range_out->unit = unit.size ? unit : range_out->unit;
		unit_end = second + unit.size;
	}
	*at = range_out->end = unit_end;
	return true;
}

size_t number_ranges(struct arena *arena, struct str text, struct number_range **ranges_out)
{
	struct list ranges = LIST_OF(struct number_range);
	size_t count;

	for (size_t at = 0; at < text.size;) {
		struct number_range range;
		size_t start = at;

		if (!is_digit(text, at)) {
			at++;
			continue;
		}
		if (!read_range(text, &at, &range))
			while (is_digit(text, at))
				at++;
		else if (!is_label(text, start))
			*(struct number_range *)list_add(&ranges) = range;
	}
	*ranges_out = list_to_arena(&ranges, arena, &count);
	return count;
}
