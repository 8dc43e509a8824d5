#ifndef CLI_DEADLINE_INTERNAL_H
#define CLI_DEADLINE_INTERNAL_H

#include "base/jsonout.h"
#include "cli/command.h"
#include "rule/deadline.h"

void deadline_print_rules(struct context *context);
void deadline_print_notices(struct context *context);
/* 2026-03-02（周一） */
const char *deadline_day_text(struct context *context, date d);
/* One answer as the members of an object that is open. */
void deadline_add_json(struct context *context, struct jsonout *json,
		       const struct deadline *deadline);
/* What must be known beside the days: holidays unknown, rule older than its edition ... */
struct deadline_notes {
	const char *lines[5];
	size_t count;
};
void deadline_collect_notes(struct context *context, const struct deadline_request *request,
			    const struct deadline *deadline, struct deadline_notes *notes_out);

#endif
