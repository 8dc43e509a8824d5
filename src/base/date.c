#include "base/date.h"

#include <stdio.h>

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool date_is_valid(int year, int month, int day)
{
	return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= month_length(year, month);
}

/*
 * Days are counted in years that begin in March, so that the leap day is the last one
 * (H. Hinnant, "chrono-compatible low-level date algorithms").
 */
date date_of(int year, int month, int day)
{
	int shifted = year - (month <= 2);
	int era = shifted / 400;
	int year_of_era = shifted - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

void date_parts(date d, int *year_out, int *month_out, int *day_out)
{
	int shifted = d + 719468;
	int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month = (5 * day_of_year + 2) / 153;

	*day_out = day_of_year - (153 * month + 2) / 5 + 1;
	*month_out = month < 10 ? month + 3 : month - 9;
	*year_out = year_of_era + era * 400 + (*month_out <= 2);
}

int date_year(date d)
{
	int year, month, day;

	if (d == DATE_NONE)
		return 0;
	date_parts(d, &year, &month, &day);
	return year;
}

date date_add_months(date d, int months)
{
	int year, month, day, length;

	date_parts(d, &year, &month, &day);
	month += months - 1;
	year += month / 12;
	month %= 12;
	if (month < 0) {
		month += 12;
		year--;
	}
	length = month_length(year, month + 1);
	return date_of(year, month + 1, day < length ? day : length);
}

static bool digits(struct str s, size_t from, size_t count, int *value_out)
{
	*value_out = 0;
	for (size_t i = from; i < from + count; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return false;
		*value_out = *value_out * 10 + (s.data[i] - '0');
	}
	return true;
}

bool date_parse(struct str s, date *date_out)
{
	int year, month, day;

	if (s.size != DATE_TEXT_SIZE - 1 || s.data[4] != '-' || s.data[7] != '-' ||
	    !digits(s, 0, 4, &year) || !digits(s, 5, 2, &month) || !digits(s, 8, 2, &day) ||
	    !date_is_valid(year, month, day))
		return false;
	*date_out = date_of(year, month, day);
	return true;
}

const char *date_format(date d, char text[DATE_TEXT_SIZE])
{
	unsigned year, month, day;
	int parts[3];

	text[0] = 0;
	if (d == DATE_NONE)
		return text;
	date_parts(d, &parts[0], &parts[1], &parts[2]);
	year = (unsigned)parts[0] % 10000;
	month = (unsigned)parts[1] % 100;
	day = (unsigned)parts[2] % 100;
	snprintf(text, DATE_TEXT_SIZE, "%04u-%02u-%02u", year, month, day);
	return text;
}
