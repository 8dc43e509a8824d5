#ifndef RULE_CALENDAR_H
#define RULE_CALENDAR_H

#include "base/date.h"

/*
 * Rest days of mainland China: Saturdays, Sundays, legal holidays and the days off swapped around
 * them (data/holidays.csv). No clock, no file: the days are compiled in.
 */
enum day_kind {
	DAY_WORKING,
	DAY_WEEKEND,
	DAY_HOLIDAY,
	DAY_MAKE_UP /* a Saturday or Sunday worked in exchange for a day off */
};

/* The notice that fixed the year's holidays, or NULL: then only weekends are known as rest days. */
const char *calendar_notice(int year);
int calendar_last_year(void); /* the last year whose holidays are known */

enum day_kind calendar_day(date d);
/*
 * Is d a day a period may not end on? A make-up day is one: Implementing Regulations art. 5 moves a
 * last day that is a weekly rest day, and the Guidelines (5.7) move it on to the Monday.
 */
bool calendar_is_rest_day(date d);
date calendar_roll(date d);      /* d, or the first day after it that is no rest day */
date calendar_roll_back(date d); /* d, or the last day before it that is no rest day */

#endif
