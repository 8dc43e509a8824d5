#ifndef RULE_CASE_STATE_H
#define RULE_CASE_STATE_H

#include "base/error.h"
#include "patent/number.h"
#include "rule/rule.h"

/*
 * The states of a patent case and what moves it (data/case_states.csv, case_transitions.csv): from
 * the decision to file to the end of the right. Pure: the case's history is the caller's.
 */
struct case_state {
	const char *id, *zh, *en;
	bool is_final, is_in_force, is_reversible;
	enum rule_mark mark;
	const char *basis;
};

struct case_transition {
	const char
		*from; /* a state; "*" any before the grant that is not final, "+" any in force */
	const char *event; /* "office_action" */
	const char *to;    /* a state; "@before": the one it was in before the loss */
	const char *types; /* letters of i invention, u utility model, d design */
	const char *zh, *en;
};

const struct case_state *case_state_list(size_t *count_out);
const struct case_transition *case_transition_list(size_t *count_out);
const struct case_state *case_state_find(struct str id); /* by id or Chinese name; NULL */

/* May the transition be taken from the state by a case of that type? */
bool case_transition_fits(const struct case_transition *transition, const struct case_state *from,
			  enum patent_type type);
/* before: the state before a reversible loss, for its restoration; NULL when there was none. */
bool case_state_move(const struct case_state *from, struct str event, enum patent_type type,
		     const struct case_state *before, const struct case_state **to_out,
		     struct error *error) MUST_CHECK;

#endif
