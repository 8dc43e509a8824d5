#ifndef CLI_EVALUATE_INTERNAL_H
#define CLI_EVALUATE_INTERNAL_H

#include "cli/sheet_file.h"
#include "rule/evaluation.h"

struct evaluate_options {
	const char *scenario, *weights;
	int kind;
	bool trimmed, is_template, list;
};

void evaluate_print(struct context *context, enum evaluation_kind kind,
		    const struct evaluation_result *result);
void evaluate_print_list(struct context *context, enum evaluation_kind kind,
			 const struct evaluation_weights *weights);
void evaluate_print_template(struct context *context, enum evaluation_kind kind);

#endif
