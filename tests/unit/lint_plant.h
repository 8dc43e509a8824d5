#ifndef TESTS_LINT_PLANT_H
#define TESTS_LINT_PLANT_H

#include "rule/lint.h"

/*
 * Plants one error into a clean draft given as text: each kind at every place it can stand, so
 * that a test knows which rule must find it, and where.
 */
struct plant {
	const char *rule;
	enum draft_part part;
	unsigned claim; /* 0: not in a claim */
};

struct plant_kind {
	const char *rule;
	/* The draft with the error of this variant (0, 1, ...); empty when there is no such variant.
	   plant_out->rule is set already. */
	struct str (*plant)(struct arena *arena, struct str clean, unsigned variant,
			    struct plant *plant_out);
};

extern const struct plant_kind plant_kinds[];
extern const size_t plant_kind_count;

#endif
