#include "patent/dates.h"
#include "base/utf8.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { TEXT_SIZE = 48, TOKENS_MAX = 6, YEAR_MIN = 1700, YEAR_MAX = 2200 };

/* A run of digits, or the name of a month (digits 0, value 1 to 12). */
struct token {
	unsigned value, digits;
	char before; /* the separator in front of it: - . / , blank, or 0 */
};

struct tokens {
	struct token items[TOKENS_MAX];
	size_t count;
};

/* ---- Folding to ASCII. */

static char folded(uint32_t rune)
{
	if (rune >= 0xFF01 && rune <= 0xFF5E) /* full-width forms */
		rune -= 0xFF01 - 0x21;
	if (rune == 0x5E74 || rune == 0x6708 || rune == 0x2010 || rune == 0x2013) /* 年 月 */
		return '-';
	if (rune == 0x65E5 || rune == 0x3000 || rune == 0xA0 || rune == '\t') /* 日 */
		return ' ';
	if (rune == 0x3002)
		return '.';
	if (rune >= 'A' && rune <= 'Z')
		return (char)(rune + 32);
	return rune >= ' ' && rune < 0x7F ? (char)rune : 0;
}

static bool fold(struct str s, char text[TEXT_SIZE], size_t *size_out)
{
	*size_out = 0;
	for (size_t at = 0; at < s.size;) {
		char c = folded(utf8_next(s, &at));

		if (!c || *size_out + 1 >= TEXT_SIZE)
			return false;
		text[(*size_out)++] = c;
	}
	while (*size_out && (text[*size_out - 1] == ' ' || text[*size_out - 1] == '-'))
		(*size_out)--;
	text[*size_out] = 0;
	return true;
}

/* "2021-05-06 00:00:00" and "...T00:00:00Z": the clock time goes. */
static struct str without_time(struct str s)
{
	size_t colon = str_find_byte(s, ':');
	size_t at = colon;

	if (colon == STR_NOT_FOUND)
		return s;
	while (at > 0 && s.data[at - 1] >= '0' && s.data[at - 1] <= '9')
		at--;
	if (at == 0 || colon - at == 0 || colon - at > 2 ||
	    (s.data[at - 1] != ' ' && s.data[at - 1] != 't'))
		return STR_EMPTY;
	return str_trim(str_slice(s, 0, at - 1));
}

/* ---- Tokens. */

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
				      "jul", "aug", "sep", "oct", "nov", "dec" };
static const char *const long_months[] = { "january",   "february", "march",    "april",
					   "may",       "june",     "july",     "august",
					   "september", "october",  "november", "december" };

static unsigned month_of(struct str word)
{
	if (str_equal_cstr(word, "sept"))
		return 9;
	for (unsigned i = 0; i < COUNT(months); i++)
		if (str_equal_cstr(word, months[i]) || str_equal_cstr(word, long_months[i]))
			return i + 1;
	return 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static size_t take_number(struct str s, size_t at, struct token *token)
{
	for (; at < s.size && is_digit(s.data[at]) && token->digits < 9; at++, token->digits++)
		token->value = token->value * 10 + (unsigned)(s.data[at] - '0');
	return at;
}

/* Behind the word; 0: no month's name. */
static size_t take_month(struct str s, size_t at, struct token *token)
{
	size_t end = at;

	while (end < s.size && is_letter(s.data[end]))
		end++;
	token->value = month_of(str_slice(s, at, end));
	return token->value ? end : 0;
}

static size_t skip_separators(struct str s, size_t at, char *separator)
{
	for (*separator = 0; at < s.size && strchr("-./, ", s.data[at]); at++)
		if (*separator == 0 || *separator == ' ')
			*separator = s.data[at];
	return at;
}

static bool tokenize(struct str s, struct tokens *tokens)
{
	*tokens = (struct tokens){ .count = 0 };
	for (size_t at = 0; at < s.size;) {
		struct token *token = &tokens->items[tokens->count];

		if (tokens->count == TOKENS_MAX)
			return false;
		at = skip_separators(s, at, &token->before);
		if (at == s.size)
			break;
		if (is_digit(s.data[at]))
			at = take_number(s, at, token);
		else if (!is_letter(s.data[at]) || (at = take_month(s, at, token)) == 0)
			return false;
		tokens->count++;
	}
	return tokens->count > 0;
}

/* ---- Reading the tokens. */

static enum dates_answer answer(unsigned year, unsigned month, unsigned day,
				enum dates_answer precision, date *date_out)
{
	if (year < YEAR_MIN || year > YEAR_MAX || !date_is_valid((int)year, (int)month, (int)day))
		return DATES_NOT_A_DATE;
	*date_out = date_of((int)year, (int)month, (int)day);
	return precision;
}

static bool is_month_name(const struct token *token)
{
	return token->digits == 0;
}

/* 05 of 5-Jan-05. */
static unsigned whole_year(const struct token *token)
{
	if (token->digits != 2)
		return token->value;
	return token->value + (token->value < 50 ? 2000 : 1900);
}

static enum dates_answer read_one(const struct token *token, date *date_out)
{
	if (token->digits == 8)
		return answer(token->value / 10000, token->value / 100 % 100, token->value % 100,
			      DATES_DAY, date_out);
	if (token->digits == 6)
		return answer(token->value / 100, token->value % 100, 1, DATES_MONTH, date_out);
	if (token->digits == 4)
		return answer(token->value, 1, 1, DATES_YEAR, date_out);
	if (token->digits != 5)
		return DATES_NOT_A_DATE;
	*date_out = dates_from_excel(token->value, false);
	return *date_out == DATE_NONE ? DATES_NOT_A_DATE : DATES_DAY;
}

static enum dates_answer read_two(const struct token *a, const struct token *b, date *date_out)
{
	if (a->digits == 5 && b->before == '.') /* Excel's 44322.5: noon of that day */
		return read_one(a, date_out);
	if (a->digits == 4 && b->digits <= 2)
		return answer(a->value, b->value, 1, DATES_MONTH, date_out);
	if (b->digits == 4 && a->digits <= 2 && (is_month_name(a) || b->before == '/'))
		return answer(b->value, a->value, 1, DATES_MONTH, date_out);
	return DATES_NOT_A_DATE;
}

/* Day and month in front of the year: dots put the day first, slashes leave it open. */
static enum dates_answer read_year_last(const struct token *a, const struct token *b,
					const struct token *year, date *date_out)
{
	bool is_dotted = b->before == '.' && year->before == '.';

	if (is_dotted || a->value > 12 || a->value == b->value)
		return answer(year->value, b->value, a->value, DATES_DAY, date_out);
	if (b->value > 12)
		return answer(year->value, a->value, b->value, DATES_DAY, date_out);
	return DATES_NOT_A_DATE;
}

static enum dates_answer read_three(const struct token *t, date *date_out)
{
	if (is_month_name(&t[0]) && t[1].digits <= 2) /* Jan 5, 2005 */
		return answer(whole_year(&t[2]), t[0].value, t[1].value, DATES_DAY, date_out);
	if (is_month_name(&t[1]) && t[0].digits == 4) /* 2005 Jan 5 */
		return answer(t[0].value, t[1].value, t[2].value, DATES_DAY, date_out);
	if (is_month_name(&t[1])) /* 5-Jan-2005 */
		return answer(whole_year(&t[2]), t[1].value, t[0].value, DATES_DAY, date_out);
	if (is_month_name(&t[0]) || is_month_name(&t[2]) || t[1].digits > 2)
		return DATES_NOT_A_DATE;
	if (t[0].digits == 4 && t[2].digits <= 2)
		return answer(t[0].value, t[1].value, t[2].value, DATES_DAY, date_out);
	if (t[2].digits == 4 && t[0].digits <= 2)
		return read_year_last(&t[0], &t[1], &t[2], date_out);
	return DATES_NOT_A_DATE;
}

/* What stands for no date, beside nothing but dashes; the days are how databases write none. */
static const char *const nothing[] = { "/",   "null", "none",     "nan",        "n/a", "na",
				       "nil", "0",    "00000000", "0000-00-00", "?",   "\\n" };

static bool is_nothing(struct str s)
{
	size_t marks = 0;

	for (size_t i = 0; i < COUNT(nothing); i++)
		if (str_equal_cstr(s, nothing[i]))
			return true;
	while (marks < s.size && strchr("-. ", s.data[marks]))
		marks++;
	return marks == s.size;
}

static bool is_void_day(date day)
{
	return day == date_of(1900, 1, 1) || day == date_of(1899, 12, 30) ||
	       day == date_of(1899, 12, 31);
}

static enum dates_answer read_tokens(struct str s, date *date_out)
{
	struct tokens tokens;

	if (!tokenize(s, &tokens))
		return DATES_NOT_A_DATE;
	if (tokens.count == 1)
		return read_one(&tokens.items[0], date_out);
	if (tokens.count == 2)
		return read_two(&tokens.items[0], &tokens.items[1], date_out);
	return tokens.count == 3 ? read_three(tokens.items, date_out) : DATES_NOT_A_DATE;
}

enum dates_answer dates_parse(struct str s, date *date_out)
{
	char text[TEXT_SIZE];
	size_t size;
	enum dates_answer found;

	*date_out = DATE_NONE;
	s = str_trim(s);
	if (str_equal(s, STR("无")) || str_equal(s, STR("—")) || str_equal(s, STR("——")))
		return DATES_EMPTY;
	if (!fold(s, text, &size))
		return DATES_NOT_A_DATE;
	s = (struct str){ text, size };
	if (is_nothing(s) || str_starts_with(s, STR("9999-12-31")) ||
	    str_starts_with(s, STR("0001-01-01")))
		return DATES_EMPTY;
	found = read_tokens(without_time(s), date_out);
	if (found == DATES_NOT_A_DATE || (found == DATES_DAY && is_void_day(*date_out))) {
		*date_out = DATE_NONE;
		return found == DATES_NOT_A_DATE ? DATES_NOT_A_DATE : DATES_EMPTY;
	}
	return found;
}

date dates_from_excel(int64_t serial, bool is_1904_system)
{
	date day;

	if (serial < 0 || serial > 200000)
		return DATE_NONE;
	if (is_1904_system)
		day = date_of(1904, 1, 1) + (date)serial;
	else if (serial == 60)
		return DATE_NONE;
	else
		day = date_of(1899, 12, serial < 60 ? 31 : 30) + (date)serial;
	return date_year(day) >= 1900 && date_year(day) <= YEAR_MAX ? day : DATE_NONE;
}
