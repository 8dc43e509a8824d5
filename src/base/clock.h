#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/date.h"

int64_t clock_monotonic_ms(void); /* for deadlines and durations */
int64_t clock_utc_ms(void);       /* milliseconds since 1970 */
/* Today in China (UTC+8). Read at the edge only; everything below takes the day as an argument. */
date clock_today(void);
date clock_day(int64_t utc_ms); /* the day in China that an instant falls on */

#endif
