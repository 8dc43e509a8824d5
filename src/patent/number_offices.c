/* How each office shapes its numbers. */
#include "patent/number_internal.h"

#include <stdio.h>
#include <string.h>

bool str_is_digits(struct str s)
{
	for (size_t i = 0; i < s.size; i++)
		if (s.data[i] < '0' || s.data[i] > '9')
			return false;
	return s.size > 0;
}

static struct str without_zeros(struct str digits)
{
	while (digits.size > 1 && digits.data[0] == '0')
		digits = str_slice(digits, 1, digits.size);
	return digits;
}

/* Value of at most four digits. */
static unsigned value_of(struct str digits)
{
	unsigned value = 0;

	for (size_t i = 0; i < digits.size && i < 4; i++)
		value = value * 10 + (unsigned)(digits.data[i] - '0');
	return value;
}

static bool is_year(struct str digits)
{
	return digits.size >= 4 && value_of(digits) >= 1900 && value_of(digits) <= 2099;
}

/* prefix, then digits filled with zeros from the left up to width. */
static bool set_body(struct number *number, struct str prefix, struct str digits, size_t width)
{
	size_t zeros = digits.size < width ? width - digits.size : 0;

	if (prefix.size + zeros + digits.size >= NUMBER_BODY_SIZE)
		return false;
	if (prefix.size)
		memcpy(number->body, prefix.data, prefix.size);
	memset(number->body + prefix.size, '0', zeros);
	memcpy(number->body + prefix.size + zeros, digits.data, digits.size);
	number->body[prefix.size + zeros + digits.size] = 0;
	return true;
}

static bool ends_with_check_digit(const struct spelling *spelling)
{
	struct str s = spelling->written;

	return s.size > 2 && s.data[s.size - 2] == '.' && s.data[s.size - 1] >= '0' &&
	       s.data[s.size - 1] <= '9';
}

static struct str without_check_digit(const struct spelling *spelling)
{
	struct str s = spelling->compact;

	return ends_with_check_digit(spelling) ? str_slice(s, 0, s.size - 1) : s;
}

/* DOCDB writes a kind behind application numbers: 201410201865A. */
static struct str without_docdb_kind(struct str s)
{
	if (s.size > 1 && s.data[s.size - 1] >= 'A' && s.data[s.size - 1] <= 'Z')
		return str_slice(s, 0, s.size - 1);
	return s;
}

/* ---- China. */

char number_check_digit(struct str digits)
{
	static const unsigned weights[] = { 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5 };
	unsigned sum = 0;

	if ((digits.size != 8 && digits.size != 12) || !str_is_digits(digits))
		return 0;
	for (size_t i = 0; i < digits.size; i++)
		sum += (unsigned)(digits.data[i] - '0') * weights[i];
	return "0123456789X"[sum % 11];
}

/* 1 invention, 2 utility model, 3 design, 8 and 9 the first two by way of the PCT. */
static bool is_type_digit(char c)
{
	return c == '1' || c == '2' || c == '3' || c == '8' || c == '9';
}

/* YY T NNNNN until September 2003, YYYY T NNNNNNN since. */
static bool is_chinese_serial(struct str s)
{
	unsigned year;

	if (s.size == 12)
		return str_is_digits(s) && is_year(s) && value_of(s) >= 1985 &&
		       is_type_digit(s.data[4]);
	if (s.size != 8 || !str_is_digits(s) || !is_type_digit(s.data[2]))
		return false;
	year = value_of(str_slice(s, 0, 2));
	return year >= 85 || year <= 3;
}

static bool chinese_application(const struct spelling *spelling, struct number *number)
{
	struct str s = spelling->compact;
	char last = s.size ? s.data[s.size - 1] : 0;
	struct str serial;

	if (s.size > 8 && last >= 'A' && last <= 'Z' && last != 'X')
		s = str_slice(s, 0, s.size - 1);
	serial = str_slice(s, 0, s.size == 13 ? 12 : s.size == 9 ? 8 : s.size);
	if (!is_chinese_serial(serial))
		return false;
	number->check_expected = number_check_digit(serial);
	if (s.size > serial.size) {
		number->check_written = s.data[serial.size];
		number->check = number->check_written == number->check_expected
					? NUMBER_CHECK_VALID
					: NUMBER_CHECK_INVALID;
	}
	return set_body(number, STR_EMPTY, serial, 0);
}

/*
 * Seven digits from 1989, nine from August 2007, each beginning with 1, 2 or 3 for the type; from
 * 1985 to 1988 the application number stood in for it and only the kind tells them apart.
 */
static bool chinese_publication(const struct spelling *spelling, struct number *number)
{
	struct str s = spelling->compact;

	if (!str_is_digits(s))
		return false;
	if (s.size == 8 && value_of(str_slice(s, 0, 2)) >= 85 &&
	    value_of(str_slice(s, 0, 2)) <= 88 && number->kind[0])
		return set_body(number, STR_EMPTY, s, 0);
	return (s.size == 7 || s.size == 9) && s.data[0] >= '1' && s.data[0] <= '3' &&
	       set_body(number, STR_EMPTY, s, 0);
}

/* ---- United States. */

static struct str leading_letters(struct str s)
{
	size_t count = 0;

	while (count < s.size && s.data[count] >= 'A' && s.data[count] <= 'Z')
		count++;
	return str_slice(s, 0, count);
}

static bool is_american_series(struct str written)
{
	return written.size > 3 &&
	       (str_find_byte(written, '/') == 2 ||
		(str_find_byte(written, '/') == 1 && written.size > 6)) &&
	       str_is_digits(str_slice(written, 0, str_find_byte(written, '/')));
}

/* D512345, RE39123, PP15000, H1234, T987654; else a patent, or year and seven digits. */
static bool american_publication(const struct spelling *spelling, struct number *number)
{
	struct str s = spelling->compact, letters = leading_letters(s);
	struct str digits = str_slice(s, letters.size, s.size);

	if (is_american_series(spelling->written) || !str_is_digits(digits) || letters.size > 2)
		return false;
	if (letters.size == 0 && digits.size == 11 && is_year(digits))
		return set_body(number, STR_EMPTY, digits, 0);
	if (letters.size == 0 && digits.size == 10 && is_year(digits)) /* DOCDB: six digits */
		return set_body(number, str_slice(digits, 0, 4), str_slice(digits, 4, 10), 7);
	digits = without_zeros(digits);
	return digits.size <= 8 && set_body(number, letters, digits, 0);
}

/*
 * DOCDB before 2011: six digits, the year's last two, D or P for designs and provisionals, a kind. The
 * series cannot be told from it, so it is kept as it is.
 */
static bool american_docdb_application(struct str s, struct number *number)
{
	struct str bare = without_docdb_kind(s), digits = without_docdb_kind(bare);

	if (bare.size == s.size || !str_is_digits(digits) || digits.size < 7 || digits.size > 8)
		return false;
	return set_body(number, digits.size == 7 ? STR("0") : STR_EMPTY, s, 0);
}

/* Series of two digits and six digits: 10/123,456; DOCDB puts the year in front of them. */
static bool american_application(const struct spelling *spelling, struct number *number)
{
	struct str s = spelling->compact;

	if (american_docdb_application(s, number))
		return true;
	if (s.size > 8)
		s = without_docdb_kind(s);
	if (s.size && s.data[0] == 'D') /* designs: D29/123456 */
		s = str_slice(s, 1, s.size);
	if (!str_is_digits(s))
		return false;
	if (s.size == 12 && is_year(s))
		s = str_slice(s, 4, s.size);
	if (s.size == 7)
		return set_body(number, STR("0"), s, 0);
	return (s.size == 8 || (s.size == 11 && is_year(s))) && set_body(number, STR_EMPTY, s, 0);
}

/* ---- European Patent Office. */

static bool european_publication(const struct spelling *spelling, struct number *number)
{
	struct str s = without_zeros(spelling->compact);

	return str_is_digits(s) && s.size <= 7 && !ends_with_check_digit(spelling) &&
	       set_body(number, STR_EMPTY, s, 7);
}

/* Year of two digits and six digits; the check digit is left off, DOCDB writes the whole year. */
static bool european_application(const struct spelling *spelling, struct number *number)
{
	struct str s = without_docdb_kind(without_check_digit(spelling));

	if (!str_is_digits(s))
		return false;
	if (s.size == 11 && is_year(s) && s.data[4] == '0')
		return set_body(number, str_slice(s, 2, 4), str_slice(s, 5, 11), 0);
	if (s.size == 10 && is_year(s))
		return set_body(number, str_slice(s, 2, 4), str_slice(s, 4, 10), 0);
	if (s.size == 9)
		s = str_slice(s, 0, 8);
	return s.size == 8 && set_body(number, STR_EMPTY, s, 0);
}

/* ---- PCT. */

static bool set_century_body(struct number *number, struct str prefix, struct str year,
			     struct str serial)
{
	char whole[16];
	int written;

	if (year.size == 4 && !is_year(year))
		return false;
	written = snprintf(whole, sizeof(whole), "%.*s%s%.*s", STR_ARGS(prefix),
			   year.size == 4         ? ""
			   : value_of(year) >= 78 ? "19"
						  : "20",
			   STR_ARGS(year));
	return written > 0 && set_body(number, (struct str){ whole, (size_t)written }, serial, 6);
}

/* 2005/123456, or 02/12345 until June 2002. */
static bool international_publication(const struct spelling *spelling, struct number *number)
{
	struct str s = spelling->compact;
	size_t year = s.size == 7 || s.size == 8 ? 2 : 4;

	if (!str_is_digits(s) || s.size < 7 || s.size > 10)
		return false;
	return set_century_body(number, STR_EMPTY, str_slice(s, 0, year),
				str_slice(s, year, s.size));
}

/* CN2012/070001, US99/12345; DOCDB: 2012CN70001, CN2012070001W. */
static bool international_application(const struct spelling *spelling, struct number *number)
{
	struct str s = without_docdb_kind(spelling->compact), office, digits;
	size_t year;

	if (s.size > 6 && str_is_digits(str_slice(s, 0, 4))) {
		office = str_slice(s, 4, 6);
		digits = str_slice(s, 6, s.size);
		return office_find(office) && str_is_digits(digits) && digits.size <= 6 &&
		       set_century_body(number, office, str_slice(s, 0, 4), digits);
	}
	office = str_slice(s, 0, 2);
	digits = str_slice(s, 2, s.size);
	if (!office_find(office) || !str_is_digits(digits) || digits.size < 7 || digits.size > 10)
		return false;
	year = digits.size == 7 || digits.size == 8 ? 2 : 4;
	return set_century_body(number, office, str_slice(digits, 0, year),
				str_slice(digits, year, digits.size));
}

/* ---- Japan: years of an era (H Heisei, S Showa) until 1999, then years of the calendar. */

static bool japanese_era(const struct spelling *spelling, struct number *number)
{
	struct str s = spelling->compact;
	size_t dash = str_find_byte(spelling->written, '-');
	size_t year = dash == 2 ? 1 : 2; /* H5-123456 */
	char prefix[4] = { s.data[0], '0', 0, 0 };
	struct str serial;

	if (s.size < 2 + year || !str_is_digits(str_slice(s, 1, s.size)))
		return false;
	memcpy(prefix + 3 - year, s.data + 1, year);
	serial = without_zeros(str_slice(s, 1 + year, s.size));
	return serial.size <= 6 && set_body(number, (struct str){ prefix, 3 }, serial, 0);
}

static bool japanese_number(const struct spelling *spelling, struct number *number)
{
	struct str s = spelling->compact;
	bool has_year = s.size > 4 && is_year(s) && str_find_byte(spelling->written, '-') == 4;

	if (s.size && (s.data[0] == 'H' || s.data[0] == 'S'))
		return japanese_era(spelling, number);
	if (s.size == 12 && str_starts_with(s, STR("WO")) && str_is_digits(str_slice(s, 2, 12)))
		return set_body(number, STR_EMPTY, s, 0); /* 再公表: republished in Japanese */
	if (!str_is_digits(s))
		return false;
	if (s.size == 11 && is_year(s) && s.data[4] == '0') /* DOCDB: seven digits */
		return set_body(number, str_slice(s, 0, 4), str_slice(s, 5, 11), 0);
	if (has_year || (s.size == 10 && is_year(s)))
		return s.size <= 10 &&
		       set_body(number, str_slice(s, 0, 4), str_slice(s, 4, s.size), 6);
	s = without_zeros(s);
	return s.size <= 8 && set_body(number, STR_EMPTY, s, 0);
}

static bool japanese_application(const struct spelling *spelling, struct number *number)
{
	struct spelling bare = *spelling;

	bare.compact = without_docdb_kind(spelling->compact);
	return japanese_number(&bare, number);
}

/* ---- Korea: 10 patent, 20 utility model, 30 design; year; seven digits. */

static bool korean_publication(const struct spelling *spelling, struct number *number)
{
	struct str s = spelling->compact;

	if (!str_is_digits(s))
		return false;
	if (s.size == 13 &&
	    is_year(str_slice(s, 2, 6))) /* without a kind it may be an application */
		return (number->kind[0] || spelling->is_certain) &&
		       set_body(number, STR_EMPTY, str_slice(s, 2, 13), 0);
	if (s.size == 13 && str_ends_with(s, STR("0000"))) /* PATENTSCOPE: 10-1551430-0000 */
		s = str_slice(s, 0, 9);
	return s.size <= 11 && set_body(number, STR_EMPTY, s, 0);
}

static bool korean_application(const struct spelling *spelling, struct number *number)
{
	struct str s = without_docdb_kind(spelling->compact);
	bool is_utility = str_ends_with(spelling->compact, STR("U"));

	if (!str_is_digits(s))
		return false;
	if (s.size == 11 && is_year(s))
		return set_body(number, is_utility ? STR("20") : STR("10"), s, 0);
	return s.size == 13 && set_body(number, STR_EMPTY, s, 0);
}

/* ---- All others. */

static bool has_body_shape(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.size; i++)
		digits += s.data[i] >= '0' && s.data[i] <= '9';
	return digits > 0 && s.size - digits <= 6 && s.size < NUMBER_BODY_SIZE;
}

static bool other_publication(const struct spelling *spelling, struct number *number)
{
	return has_body_shape(spelling->compact) && !ends_with_check_digit(spelling) &&
	       set_body(number, STR_EMPTY, spelling->compact, 0);
}

static bool other_application(const struct spelling *spelling, struct number *number)
{
	struct str s = without_docdb_kind(without_check_digit(spelling));

	return has_body_shape(s) && set_body(number, STR_EMPTY, s, 0);
}

static const struct number_rules rules[] = {
	{ "CN", "", chinese_publication, chinese_application },
	{ "US", "DRPHT", american_publication, american_application },
	{ "EP", "", european_publication, european_application },
	{ "WO", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", international_publication,
	  international_application },
	{ "JP", "HSW", japanese_number, japanese_application },
	{ "KR", "", korean_publication, korean_application },
	{ "TW", "IMD", other_publication, other_application },
	{ "", "", other_publication, other_application },
};

const struct number_rules *number_rules_find(struct str office)
{
	const struct number_rules *row = rules;

	while (row->office[0] && !str_equal_cstr(office, row->office))
		row++;
	return row;
}
