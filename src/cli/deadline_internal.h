#ifndef CLI_DEADLINE_INTERNAL_H
#define CLI_DEADLINE_INTERNAL_H

#include "base/jsonout.h"
#include "cli/command.h"
#include "rule/deadline.h"

struct deadline_options {
	date from, second, was;
	date filed, requested, published; /* for the adjustment of R16 */
	int service;                      /* enum service */
	int64_t months, days, extend, margin, delay;
	const char *notice;
	bool list, notices;
};

void deadline_print_rules(struct context *context);
void deadline_print_notices(struct context *context);
/* 2026-03-02（周一） */
const char *deadline_day_text(struct context *context, date d);
/* A line "zh：value"; nothing for an empty value. */
void deadline_line(struct context *context, const char *zh, const char *en, const char *value);
/* One answer as the members of an object that is open. */
void deadline_add_json(struct context *context, struct jsonout *json,
		       const struct deadline *deadline);
bool deadline_answer_notice(struct context *context, const struct deadline_options *chosen,
			    struct error *error);

#endif
