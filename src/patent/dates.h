#ifndef PATENT_DATES_H
#define PATENT_DATES_H

#include "base/date.h"
#include "base/str.h"

/*
 * Dates as exports write them: 2021-05-06 2021.5.6 2021/05/06 20210506 2021年5月6日 06.05.2021
 * "Jan 5, 2005" 5-Jan-2005 2021-05-06T00:00:00Z, serial numbers of Excel. 05/06/2021 is refused,
 * since nobody can say which is the month; 25/06/2021 is not.
 */
enum dates_answer {
	DATES_NOT_A_DATE,
	DATES_EMPTY, /* nothing, or what stands for nothing: - 无 N/A 1900-01-01 9999-12-31 */
	DATES_YEAR,  /* only the year was given: the date is its 1 January */
	DATES_MONTH, /* year and month: the first day */
	DATES_DAY
};

/* *date_out is DATE_NONE for the first two answers. Years 1700 to 2200. */
enum dates_answer dates_parse(struct str s, date *date_out);

/*
 * Day of a serial number of Excel. The 1900 system counts a 29 February 1900 that never was, as
 * Lotus 1-2-3 did: 60 gives DATE_NONE. Years 1900 to 2200, else DATE_NONE.
 */
date dates_from_excel(int64_t serial, bool is_1904_system);

#endif
