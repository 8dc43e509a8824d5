#ifndef RULE_CLAUSE_H
#define RULE_CLAUSE_H

#include "base/label.h"
#include "base/str.h"

#include <stddef.h>

/* The clauses of the policy (data/clauses.csv), and which of them the sets of rules of this folder serve. */
struct clause {
	const char *id, *part_zh, *part_en, *zh, *en;
};
const struct clause *clause_list(size_t *count_out);
const struct clause *clause_find(struct str id); /* NULL */

/* A table of rules as a whole. */
struct rule_set {
	const char *id, *clause; /* clauses parted by blanks */
	struct label label;
};
const struct rule_set *rule_set_list(size_t *count_out);

#endif
