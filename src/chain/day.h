#ifndef CHAIN_DAY_H
#define CHAIN_DAY_H

#include "record/record.h"

/*
 * What a day brings to the cases of all centres by the calendar alone, each in a transaction of its own, in
 * the name of the system and with its history: annuities whose last day is over put cases into the
 * grace period (case_pass_due_day); that a term is over is proposed (types/case_update.c), since nothing leads
 * back from it. A loss of rights is never written by the calendar: the office's notice tells it. Done
 * twice, or late, it leads to the same. store: of the operator; today is the day.
 */
struct chain_day {
	int64_t moved, proposed;
};
bool chain_day_begin(struct record_store *store, struct chain_day *day_out,
		     struct error *error) MUST_CHECK;

#endif
