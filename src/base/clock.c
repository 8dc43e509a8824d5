#include "base/clock.h"

#include <time.h>

static int64_t read_ms(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

int64_t clock_utc_ms(void)
{
	return read_ms(CLOCK_REALTIME);
}

date clock_day(int64_t utc_ms)
{
	enum { CHINA_OFFSET_MS = 8 * 3600 * 1000, DAY_MS = 24 * 3600 * 1000 };

	return (date)((utc_ms + CHINA_OFFSET_MS) / DAY_MS);
}

date clock_today(void)
{
	return clock_day(clock_utc_ms());
}
