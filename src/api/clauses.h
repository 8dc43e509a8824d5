#ifndef API_CLAUSES_H
#define API_CLAUSES_H

#include "base/jsonout.h"
#include "base/label.h"
#include "base/list.h"
#include "rule/clause.h"

/*
 * What serves which clause of the policy. The clauses are data/clauses.csv; what serves them says so
 * itself: record types, indicators, sets of rules, analyses, the navigation report, what is computed
 * across records.
 */
struct clause_server {
	const char *clause; /* several by blanks */
	const char *other;  /* a further one, or NULL */
	const char *kind;   /* record_type indicator rules analysis report view */
	const char *id;
	struct label label;
};
extern const struct clause_kind {
	const char *id;
	struct label label;
} clause_kinds[]; /* ended by id NULL */

/* All there are, by kind, in the order of their tables. */
struct clause_server *clause_servers(struct arena *arena, size_t *count_out);
bool clause_is_served(const struct clause_server *server, const char *clause);
/* Those of the analysing side, whose headers do not go together with those of records. */
void clause_add_analyses(struct list *servers);

/* {"clauses":[…],"empty":[…]}; only: one clause, or NULL for all. */
void clauses_write(struct arena *arena, const struct clause *only, struct jsonout *json);

#endif
