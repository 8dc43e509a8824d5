#ifndef DRAFT_DRAFT_WRITE_H
#define DRAFT_DRAFT_WRITE_H

#include "draft/draft_check.h"
#include "rule/lint.h"

/* What was read and found; the members draft_check.h keeps to itself. */
struct checked_draft {
	const char *path; /* or the name given */
	struct draft draft;
	struct lint_result result;
};

/* ---- JSON as docs/rules.md has it; each writes members of an object that is open. */
/* "files": counts of each */
void draft_write_files(struct jsonout *json, const struct checked_draft *files, size_t count);
/* "findings": those of all files */
void draft_write_findings(struct jsonout *json, struct arena *arena, enum language language,
			  const struct checked_draft *files, size_t count);

#endif
