#include "rule/case_state.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct case_state states[] = {
#include "rule/case_states.inc"
};

static const struct case_transition transitions[] = {
#include "rule/case_transitions.inc"
};

static const char type_letters[PATENT_TYPE_COUNT] = { [PATENT_TYPE_UNKNOWN] = '?',
						      [PATENT_INVENTION] = 'i',
						      [PATENT_UTILITY] = 'u',
						      [PATENT_DESIGN] = 'd' };

const struct case_state *case_state_list(size_t *count_out)
{
	*count_out = COUNT(states);
	return states;
}

const struct case_transition *case_transition_list(size_t *count_out)
{
	*count_out = COUNT(transitions);
	return transitions;
}

const struct case_state *case_state_find(struct str id)
{
	for (size_t i = 0; i < COUNT(states); i++)
		if (str_equal_nocase(id, str_of(states[i].id)) ||
		    str_equal(id, str_of(states[i].zh)))
			return &states[i];
	return NULL;
}

/* Rights that were granted, and those that came to an end since. */
static bool is_after_grant(const struct case_state *state)
{
	return state->is_in_force || strcmp(state->id, "ended_restorable") == 0;
}

bool case_transition_fits(const struct case_transition *transition, const struct case_state *from,
			  enum patent_type type)
{
	if (!strchr(transition->types, type_letters[type]))
		return false;
	if (transition->from[0] == '*')
		return !from->is_final && !is_after_grant(from);
	if (transition->from[0] == '+')
		return from->is_in_force;
	return strcmp(transition->from, from->id) == 0;
}

bool case_state_move(const struct case_state *from, struct str event, enum patent_type type,
		     const struct case_state *before, const struct case_state **to_out,
		     struct error *error)
{
	char allowed[sizeof(error->hint)] = "";
	size_t size = 0;

	for (size_t i = 0; i < COUNT(transitions); i++) {
		const struct case_transition *transition = &transitions[i];
		size_t length = strlen(transition->event);

		if (!case_transition_fits(transition, from, type))
			continue;
		if (str_equal(event, str_of(transition->event)) ||
		    str_equal(event, str_of(transition->zh))) {
			*to_out = transition->to[0] == '@'
					  ? before
					  : case_state_find(str_of(transition->to));
			return *to_out ||
			       error_set(error, ERROR_CONFLICT, "rule.case_before", "%s", from->zh);
		}
		if (size + length + 3 < sizeof(allowed)) {
			memcpy(allowed + size, transition->event, length);
			memcpy(allowed + size + length, ", ", 3);
			size += length + 2;
		}
	}
	if (size)
		allowed[size - 2] = 0;
	error_set(error, ERROR_CONFLICT, "rule.case_move", "%s: %.*s", from->zh, STR_ARGS(event));
	return error_hint(error, "%s", size ? allowed : "—");
}
