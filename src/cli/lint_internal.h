#ifndef CLI_LINT_INTERNAL_H
#define CLI_LINT_INTERNAL_H

#include "base/jsonout.h"
#include "cli/command.h"
#include "draft/draft_write.h"

void lint_print_rules(struct context *context);

/* The whole of one file: its claim tree, findings by part and claim, those waived, the counts. */
void lint_print_file(struct context *context, const struct checked_draft *file, bool with_tree);
void lint_print_comparison(struct context *context, const struct checked_draft *before,
			   const struct checked_draft *after);

void lint_print_files_json(struct context *context, const struct checked_draft *files,
			   size_t count);
void lint_print_comparison_json(struct context *context, const struct checked_draft *before,
				const struct checked_draft *after);

/* lint_waiver.c: "C11:3=reason; D01=reason" given by a person, and a file of waivers (TOML). */
bool lint_read_waivers(struct arena *arena, const char *text, const char *person, const char *path,
		       struct lint_waiver **waivers_out, size_t *count_out,
		       struct error *error) MUST_CHECK;

#endif
