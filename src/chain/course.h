#ifndef CHAIN_COURSE_H
#define CHAIN_COURSE_H

#include "record/record.h"

/*
 * The states a case went through, each from the day it came about: the day of its life that tells so
 * (filed_on, published_on, granted_on …), else the day the step was made here. Of several states whose
 * days are not known, entered at one time, the one that lasts takes the room between two known days.
 */
struct chain_course_state {
	const char *state;
	date from,
		until; /* until: DATE_NONE for the last; one that lasted no day has the same twice */
};
bool chain_course_load(struct record_store *store, const struct record *patent,
		       struct chain_course_state **states_out, size_t *count_out,
		       struct error *error) MUST_CHECK;

#endif
