#ifndef CLI_INDICATORS_INTERNAL_H
#define CLI_INDICATORS_INTERNAL_H

#include "cli/sheet_file.h"
#include "rule/indicator.h"

struct indicators_options {
	const char *centre, *cases, *products, *regions, *region, *nation, *method, *target, *sei,
		*baseline;
	date from;
	int64_t base_year, threshold;
	bool in_period, revised, list, trend;
};

/* The table of that file, or the small one compiled in. */
bool indicators_read_sei(struct context *context, const char *path,
			 const struct sei_table **table_out, struct error *error) MUST_CHECK;

/* --centre: from the records of the workspace. */
bool indicators_of_records(struct context *context, const struct indicators_options *chosen,
			   struct error *error) MUST_CHECK;

void indicators_print_methods(struct context *context);
void indicators_print(struct context *context, const struct indicator_result *results,
		      size_t count);

#endif
