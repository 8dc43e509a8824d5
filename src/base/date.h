#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/str.h"

/* A calendar day, no time zone: days since 1970-01-01 of the Gregorian calendar. */
typedef int32_t date;

#define DATE_NONE INT32_MIN   /* no date */
enum { DATE_TEXT_SIZE = 11 }; /* "2026-02-28" and its NUL */

bool date_is_valid(int year, int month, int day); /* years 1000 to 9999 */
date date_of(int year, int month, int day);       /* the day must be valid */
void date_parts(date d, int *year_out, int *month_out, int *day_out);
int date_year(date d); /* 0 for DATE_NONE */

/* Same day n months later, or the last day of that month when it has no such day. */
date date_add_months(date d, int months);

bool date_parse(struct str s, date *date_out); /* YYYY-MM-DD only, a day that exists */
/* Writes YYYY-MM-DD and returns text; DATE_NONE gives "". */
const char *date_format(date d, char text[DATE_TEXT_SIZE]);

#endif
