#include "rule/deadline.h"

enum { FILING_MONTHS = 48, REQUEST_MONTHS = 36, DELAY_MAX = 36500 };

static date later(date a, date b)
{
	return a > b ? a : b;
}

bool adjustment_days(const struct adjustment *adjustment, int64_t *days_out, struct error *error)
{
	date request = later(adjustment->requested, adjustment->published);
	date start;
	int64_t days;

	if (date_year(adjustment->filed) < 1985 || date_year(adjustment->granted) > 2199 ||
	    adjustment->requested < adjustment->filed ||
	    adjustment->published < adjustment->filed || adjustment->granted < request)
		return error_set(error, ERROR_USAGE, "rule.adjustment_days", "R16");
	if (adjustment->delay < 0 || adjustment->delay > DELAY_MAX)
		return error_set(error, ERROR_USAGE, "rule.count", "delay %lld (0..%d)",
				 (long long)adjustment->delay, DELAY_MAX);
	start = later(date_add_months(adjustment->filed, FILING_MONTHS),
		      date_add_months(request, REQUEST_MONTHS));
	days = adjustment->granted - start - adjustment->delay;
	*days_out = days > 0 ? days : 0;
	return true;
}
