#include "rule/calendar.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Days as the number YYYYMMDD, first and last of the row. */
struct holiday {
	int first, last;
	enum day_kind kind;
	const char *name;
};

static const struct holiday holidays[] = {
#include "rule/holidays.inc"
};

static const struct holiday_year {
	int year;
	const char *notice;
} years[] = {
#include "rule/holiday_years.inc"
};

const char *calendar_notice(int year)
{
	for (size_t i = 0; i < COUNT(years); i++)
		if (years[i].year == year)
			return years[i].notice;
	return NULL;
}

int calendar_last_year(void)
{
	return years[COUNT(years) - 1].year;
}

static int compare_holiday(const void *key, const void *row)
{
	const struct holiday *holiday = row;
	int day = *(const int *)key;

	return day < holiday->first ? -1 : day > holiday->last;
}

enum day_kind calendar_day(date d)
{
	int year, month, day, number;
	const struct holiday *found;

	date_parts(d, &year, &month, &day);
	number = year * 10000 + month * 100 + day;
	found = bsearch(&number, holidays, COUNT(holidays), sizeof(holidays[0]), compare_holiday);
	if (found)
		return found->kind;
	/* 1970-01-01 was a Thursday: day 2 is a Saturday, day 3 a Sunday. */
	return ((d - 2) % 7 + 7) % 7 < 2 ? DAY_WEEKEND : DAY_WORKING;
}

bool calendar_is_rest_day(date d)
{
	return calendar_day(d) != DAY_WORKING;
}

date calendar_roll(date d)
{
	while (calendar_is_rest_day(d))
		d++;
	return d;
}

date calendar_roll_back(date d)
{
	while (calendar_is_rest_day(d))
		d--;
	return d;
}
