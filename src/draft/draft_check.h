#ifndef DRAFT_DRAFT_CHECK_H
#define DRAFT_DRAFT_CHECK_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/jsonout.h"
#include "base/message.h"
#include "rule/lint_waiver.h"

/*
 * A draft read from a file and checked (draft/draft_read.h, rule/lint.h), for those who want its
 * answer and not its parts; draft/draft_write.h has these. Everything lives in the arena.
 */
struct checked_draft;

struct draft_check_options {
	const char *name; /* what the file is called in findings and messages; NULL: its path */
	date on;          /* by the rules in force on that day */
	const struct lint_waiver *waivers;
	size_t waiver_count;
};

/* Fails as draft_read() does. */
bool draft_check(struct arena *arena, const char *path, const struct draft_check_options *options,
		 struct checked_draft **checked_out, struct error *error) MUST_CHECK;

/* Findings by severity without those waived, and errors that are. */
struct draft_counts {
	size_t errors, warnings, notes, waived_errors;
};
struct draft_counts draft_count(const struct checked_draft *checked);

/* Findings of a draft against those of the one before it. */
struct draft_changes {
	size_t new_count, fixed, still;
};
struct draft_changes draft_compare(struct arena *arena, const struct checked_draft *before,
				   const struct checked_draft *after);
/* One a line: severity, rule, place, message; those waived say why. At most size_max bytes. */
struct str draft_findings_text(struct arena *arena, const struct checked_draft *checked,
			       enum language language, size_t size_max);
bool draft_rule_is_known(struct str id);
/* The newest edition among the rules in force on the day: "2026-11-01". */
const char *draft_rules_edition(date on);

/*
 * The draft as it is shown, members of an object that is open: "title", "type", "sections" (the parts,
 * the description by its headings; a paragraph's `start` counts characters of the part's text, as
 * those of findings do), "claims", "findings", "counts".
 */
void draft_write_view(struct jsonout *json, struct arena *arena, enum language language,
		      const struct checked_draft *checked);
/* Members "new", "fixed", "still": findings of two drafts, as the command `lint --compare` has them. */
void draft_write_changes(struct jsonout *json, struct arena *arena, enum language language,
			 const struct checked_draft *before, const struct checked_draft *after);

#endif
