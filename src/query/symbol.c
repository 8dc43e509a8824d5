#include "query/symbol.h"

#include <string.h>

enum { SYMBOL_SIZE_MAX = 24 };

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

/* Capitals without blanks and backslashes; false when it is too long to be a symbol. */
static bool compact(struct str raw, char text[SYMBOL_SIZE_MAX], size_t *size_out)
{
	size_t size = 0;

	for (size_t i = 0; i < raw.size; i++) {
		char c = raw.data[i];

		if (c == ' ' || c == '\\')
			continue;
		if (size == SYMBOL_SIZE_MAX)
			return false;
		text[size++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	*size_out = size;
	return true;
}

static bool cut_suffix(struct str *s, struct str suffix)
{
	if (!str_ends_with(*s, suffix))
		return false;
	s->size -= suffix.size;
	return true;
}

/* H01M0010613000: subclass, four digits of group, six of subgroup, both filled up with zeros. */
static struct str read_fixed(struct arena *arena, struct str s)
{
	size_t group = 4, end = s.size;

	while (group < 7 && s.data[group] == '0')
		group++;
	while (end > 10 && s.data[end - 1] == '0')
		end--;
	return str_of(arena_printf(arena, "%.4s%.*s/%.*s%s", s.data, (int)(8 - group),
				   s.data + group, (int)(end - 8), s.data + 8, ""));
}

static bool has_head(struct str s, size_t size)
{
	if (s.data[0] < 'A' || (s.data[0] > 'H' && s.data[0] != 'Y'))
		return false;
	if (size >= 3 && (!is_digit(s.data[1]) || !is_digit(s.data[2])))
		return false;
	return size < 4 || (s.data[3] >= 'A' && s.data[3] <= 'Z');
}

bool symbol_read(struct arena *arena, struct str raw, struct symbol *symbol_out)
{
	char text[SYMBOL_SIZE_MAX];
	struct str s = { text, 0 };
	size_t digits, subgroup;

	if (!compact(raw, text, &s.size) || s.size == 0)
		return false;
	*symbol_out = (struct symbol){ .has_below = cut_suffix(&s, STR("/LOW")) };
	if (s.size == 1 || s.size == 3 || s.size == 4) {
		symbol_out->level = s.size == 1   ? SYMBOL_SECTION
				    : s.size == 3 ? SYMBOL_CLASS
						  : SYMBOL_SUBCLASS;
		symbol_out->text = str_copy(arena, s);
		return has_head(s, s.size);
	}
	if (s.size < 5 || !has_head(s, 4))
		return false;
	digits = count_digits(s, 4);
	if (s.size == 14 && digits == 10) {
		symbol_out->level = SYMBOL_SUBGROUP;
		symbol_out->text = read_fixed(arena, s);
		return true;
	}
	if (digits == 0 || digits > 4)
		return false;
	cut_suffix(&s, STR("/"));
	symbol_out->level = SYMBOL_GROUP;
	symbol_out->text = str_copy(arena, s);
	if (s.size == 4 + digits)
		return true;
	symbol_out->level = SYMBOL_SUBGROUP;
	subgroup = count_digits(s, 5 + digits);
	return s.data[4 + digits] == '/' && subgroup > 0 && subgroup <= 6 &&
	       s.size == 5 + digits + subgroup;
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

bool symbol_read_locarno(struct arena *arena, struct str raw, struct str *text_out)
{
	struct str s = str_trim(raw);
	size_t first = count_digits(s, 0), second;
	int64_t class_number, subclass;

	if (first == 4 && s.size == 4) {
		*text_out = str_of(arena_printf(arena, "%.2s-%.2s", s.data, s.data + 2));
		return true;
	}
	if (first == 0 || first > 2 || !str_to_int64(str_slice(s, 0, first), &class_number))
		return false;
	if (s.size == first) {
		*text_out = str_of(arena_printf(arena, "%02d", (int)class_number));
		return true;
	}
	second = count_digits(s, first + 1);
	if (s.data[first] != '-' || second == 0 || second > 2 || s.size != first + 1 + second ||
	    !str_to_int64(str_slice(s, first + 1, s.size), &subclass))
		return false;
	*text_out = str_of(arena_printf(arena, "%02d-%02d", (int)class_number, (int)subclass));
	return true;
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
