#include "patent/dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_spellings(void **state)
{
	static const struct {
		const char *input;
		enum dates_answer answer;
		const char *day;
	} rows[] = {
		{ "2021-05-06", DATES_DAY, "2021-05-06" },
		{ "2021.05.06", DATES_DAY, "2021-05-06" },
		{ "2021/5/6", DATES_DAY, "2021-05-06" },
		{ "20210506", DATES_DAY, "2021-05-06" },
		{ "2021年5月6日", DATES_DAY, "2021-05-06" },
		{ "２０２１年５月６日", DATES_DAY, "2021-05-06" },
		{ "2021 年 5 月 6 日", DATES_DAY, "2021-05-06" },
		{ "29.12.2005", DATES_DAY, "2005-12-29" },
		{ "05.06.2005", DATES_DAY, "2005-06-05" },
		{ "Jan 5, 2005", DATES_DAY, "2005-01-05" },
		{ "January 5, 2005", DATES_DAY, "2005-01-05" },
		{ "Sept. 15, 2005", DATES_DAY, "2005-09-15" },
		{ "5-Jan-2005", DATES_DAY, "2005-01-05" },
		{ "05-JAN-05", DATES_DAY, "2005-01-05" },
		{ "5 Jan 98", DATES_DAY, "1998-01-05" },
		{ "2005-Jan-05", DATES_DAY, "2005-01-05" },
		{ "2021-05-06 00:00:00", DATES_DAY, "2021-05-06" },
		{ "2021-05-06T12:30:00Z", DATES_DAY, "2021-05-06" },
		{ "2021/5/6 0:00", DATES_DAY, "2021-05-06" },
		{ "25/06/2021", DATES_DAY, "2021-06-25" },
		{ "06/25/2021", DATES_DAY, "2021-06-25" },
		{ "06/06/2021", DATES_DAY, "2021-06-06" },
		{ "44322", DATES_DAY, "2021-05-06" },
		{ "44322.5", DATES_DAY, "2021-05-06" },
		{ "  2021-05-06\xE3\x80\x80", DATES_DAY, "2021-05-06" },
		{ "2020-02-29", DATES_DAY, "2020-02-29" },
		{ "2021-05", DATES_MONTH, "2021-05-01" },
		{ "2021年5月", DATES_MONTH, "2021-05-01" },
		{ "202105", DATES_MONTH, "2021-05-01" },
		{ "May 2021", DATES_MONTH, "2021-05-01" },
		{ "2021", DATES_YEAR, "2021-01-01" },
		{ "2021年", DATES_YEAR, "2021-01-01" },
		{ "", DATES_EMPTY, "" },
		{ "-", DATES_EMPTY, "" },
		{ "--", DATES_EMPTY, "" },
		{ "无", DATES_EMPTY, "" },
		{ "N/A", DATES_EMPTY, "" },
		{ "1900-01-01", DATES_EMPTY, "" },
		{ "1900/1/1 00:00:00", DATES_EMPTY, "" },
		{ "0000-00-00", DATES_EMPTY, "" },
		{ "9999-12-31", DATES_EMPTY, "" },
		{ "05/06/2021", DATES_NOT_A_DATE, "" },
		{ "2021-02-29", DATES_NOT_A_DATE, "" },
		{ "2021-13-01", DATES_NOT_A_DATE, "" },
		{ "20211301", DATES_NOT_A_DATE, "" },
		{ "2021-05-06-07", DATES_NOT_A_DATE, "" },
		{ "2021-05-06;2021-05-07", DATES_NOT_A_DATE, "" },
		{ "12345678901234567890", DATES_NOT_A_DATE, "" },
		{ "201410201865.4", DATES_NOT_A_DATE, "" },
		{ "yesterday", DATES_NOT_A_DATE, "" },
		{ "5", DATES_NOT_A_DATE, "" },
		{ "12:30", DATES_NOT_A_DATE, "" },
		{ ":", DATES_NOT_A_DATE, "" },
		{ "Jan", DATES_NOT_A_DATE, "" },
		{ "Jan Feb Mar", DATES_NOT_A_DATE, "" },
		{ "授权", DATES_NOT_A_DATE, "" },
		{ "\xff\xfe\x00", DATES_NOT_A_DATE, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[DATE_TEXT_SIZE];
		date day;
		enum dates_answer answer = dates_parse(str_of(rows[i].input), &day);

		if (answer != rows[i].answer || strcmp(date_format(day, text), rows[i].day) != 0)
			fail_msg("%s: %d %s", rows[i].input, answer, date_format(day, text));
	}
}

static void test_excel_serials(void **state)
{
	(void)state;
	assert_int_equal(dates_from_excel(1, false), date_of(1900, 1, 1));
	assert_int_equal(dates_from_excel(59, false), date_of(1900, 2, 28));
	assert_int_equal(dates_from_excel(60, false), DATE_NONE); /* the day that never was */
	assert_int_equal(dates_from_excel(61, false), date_of(1900, 3, 1));
	assert_int_equal(dates_from_excel(44322, false), date_of(2021, 5, 6));
	assert_int_equal(dates_from_excel(0, true), date_of(1904, 1, 1));
	assert_int_equal(dates_from_excel(-1, false), DATE_NONE);
	assert_int_equal(dates_from_excel(INT64_MAX, false), DATE_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spellings),
		cmocka_unit_test(test_excel_serials),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
