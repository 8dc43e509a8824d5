#ifndef RULE_CLAIM_RANGE_H
#define RULE_CLAIM_RANGE_H

#include "base/arena.h"
#include "base/str.h"

/* Numbers with their units in a text: single values, and ranges as 10-20℃, 10℃～20℃, 1至3mm. */
struct number_range {
	size_t start, end; /* bytes, from the first digit to behind the unit */
	double low, high;  /* as written; equal for a single value */
	bool is_range;
	struct str unit; /* "℃", "wt%"; empty without one */
	struct str name; /* the characters before it, at most four: 温度 of 温度为10-20℃ */
};

/* All of them, in order. Numbers of claims, steps and figures are left out. */
size_t number_ranges(struct arena *arena, struct str text, struct number_range **ranges_out);

#endif
