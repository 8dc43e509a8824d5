#ifndef RULE_LINT_WAIVER_H
#define RULE_LINT_WAIVER_H

#include "base/str.h"

/* A finding somebody answers for; it is told, but not counted. */
struct lint_waiver {
	struct str rule;
	struct str detail; /* the words; empty: every finding of the rule */
	unsigned claim;    /* 0: any */
	struct str reason, person;
};

#endif
