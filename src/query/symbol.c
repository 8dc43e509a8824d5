#include "query/symbol.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t count_digits(struct str s, size_t from)
{
	size_t end = from;

	while (end < s.size && is_digit(s.data[end]))
		end++;
	return end - from;
}

static bool cut_suffix(struct str *s, struct str suffix)
{
	if (s->size < suffix.size ||
	    !str_equal_nocase(str_slice(*s, s->size - suffix.size, s->size), suffix))
		return false;
	s->size -= suffix.size;
	return true;
}

bool symbol_read(struct str raw, enum class_scheme scheme, struct symbol *symbol_out)
{
	*symbol_out = (struct symbol){ .has_below = cut_suffix(&raw, STR("/low")) };
	cut_suffix(&raw, STR("/"));
	return class_parse(raw, scheme, &symbol_out->symbol);
}

/* The parts of a symbol that are ordered each in its own way. */
struct parts {
	struct str head;     /* up to four characters */
	int64_t group;       /* -1: not written */
	struct str subgroup; /* digits; empty: not written */
};

static struct parts split(struct str symbol)
{
	struct parts parts = { str_slice(symbol, 0, 4), -1, STR_EMPTY };
	size_t digits = symbol.size > 4 ? count_digits(symbol, 4) : 0;

	if (digits > 0 && digits <= 9)
		(void)!str_to_int64(str_slice(symbol, 4, 4 + digits), &parts.group);
	if (digits > 0 && symbol.size > 5 + digits)
		parts.subgroup = str_slice(symbol, 5 + digits, symbol.size);
	return parts;
}

/* symbol against a bound, looking only as deep as the bound is written. */
static int compare_to_bound(const struct parts *symbol, const struct parts *bound)
{
	int order = str_compare(str_slice(symbol->head, 0, bound->head.size), bound->head);

	if (order != 0 || bound->group < 0)
		return order;
	if (symbol->group != bound->group)
		return symbol->group < bound->group ? -1 : 1;
	return str_compare(str_slice(symbol->subgroup, 0, bound->subgroup.size), bound->subgroup);
}

bool symbol_is_between(struct str symbol, struct str low, struct str high)
{
	struct parts parts = split(symbol), first = split(low), last = split(high);

	return compare_to_bound(&parts, &first) >= 0 && compare_to_bound(&parts, &last) <= 0;
}

/* ---- Dates. */

/* Splits into up to three numbers; Han 年 月 日 and - / . separate, and nothing else may stand. */
static size_t split_numbers(struct str raw, struct str numbers[3])
{
	static const char *const separators[] = { "-", "/", ".", "年", "月", "日" };
	size_t count = 0, at = 0;

	while (at < raw.size) {
		size_t digits = count_digits(raw, at), i;

		if (digits == 0 || count == 3)
			return 0;
		numbers[count++] = str_slice(raw, at, at + digits);
		at += digits;
		if (at == raw.size)
			break;
		for (i = 0; i < sizeof(separators) / sizeof(separators[0]); i++)
			if (str_starts_with(str_slice(raw, at, raw.size), str_of(separators[i])))
				break;
		if (i == sizeof(separators) / sizeof(separators[0]))
			return 0;
		at += strlen(separators[i]);
		if (at == raw.size && i < 3)
			return 0;
	}
	return count;
}

static bool read_parts(struct str raw, int64_t *year, int64_t *month, int64_t *day)
{
	struct str numbers[3];
	size_t count = split_numbers(raw, numbers);

	*month = *day = 0;
	if (count == 1 && (numbers[0].size == 6 || numbers[0].size == 8)) {
		if (numbers[0].size == 8 && !str_to_int64(str_slice(numbers[0], 6, 8), day))
			return false;
		return str_to_int64(str_slice(numbers[0], 0, 4), year) &&
		       str_to_int64(str_slice(numbers[0], 4, 6), month) && *month > 0 &&
		       (numbers[0].size == 6 || *day > 0);
	}
	if (count == 0 || numbers[0].size != 4 || !str_to_int64(numbers[0], year))
		return false;
	if (count >= 2 && (numbers[1].size > 2 || !str_to_int64(numbers[1], month) || *month == 0))
		return false;
	return count < 3 || (numbers[2].size <= 2 && str_to_int64(numbers[2], day) && *day > 0);
}

bool query_read_date(struct str raw, date *first_out, date *last_out)
{
	int64_t year, month, day;

	if (!read_parts(str_trim(raw), &year, &month, &day))
		return false;
	if (!date_is_valid((int)year, month ? (int)month : 1, day ? (int)day : 1))
		return false;
	*first_out = date_of((int)year, month ? (int)month : 1, day ? (int)day : 1);
	if (day)
		*last_out = *first_out;
	else if (month)
		*last_out = date_add_months(*first_out, 1) - 1;
	else
		*last_out = date_of((int)year, 12, 31);
	return true;
}
