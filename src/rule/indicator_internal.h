#ifndef RULE_INDICATOR_INTERNAL_H
#define RULE_INDICATOR_INTERNAL_H

#include "rule/indicator.h"

/* One computation: what goes in, and the result as it grows. */
struct indicator_run {
	struct arena *arena;
	const struct indicator_input *input;
	struct indicator_result *result;
};

struct indicator_record *indicator_add_record(const struct indicator_run *run, struct str id,
					      enum indicator_reason reason);
void indicator_add_extra(const struct indicator_run *run, const char *name, struct label label,
			 double number);
void indicator_add_note(const struct indicator_run *run, const char *zh, const char *en);
/* value = numerator / denominator; not computable, with the note, when there is none. */
void indicator_set_ratio(const struct indicator_run *run, double numerator, double denominator);

/* (last / first)^(1/years) − 1; NAN when first is 0 or years below 1. */
double indicator_growth(double first, double last, int64_t years);
/* Mean of values[i] / values[i-1] − 1; NAN after a 0 or with fewer than two values. */
double indicator_mean_growth(const double *values, size_t count);
/* The last year that is over on the day. */
int64_t indicator_last_year(date day);
/* Filed by the day, and by then acquired if it is from others. */
bool indicator_is_there(const struct indicator_input *input, const struct patent_case *patent);
/* NONE for an invention filed at the Chinese office by the day, once. seen: for ids met before. */
struct map;
enum indicator_reason indicator_base_reason(const struct indicator_input *input,
					    const struct patent_case *patent, struct map *seen);

void indicator_run_growth(const struct indicator_run *run);
void indicator_run_grants(const struct indicator_run *run);
void indicator_run_use(const struct indicator_run *run);
void indicator_run_products(const struct indicator_run *run);
void indicator_run_region(const struct indicator_run *run);

#endif
