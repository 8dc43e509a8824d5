#ifndef CHAIN_TIMELINE_H
#define CHAIN_TIMELINE_H

#include "base/jsonout.h"
#include "record/record.h"

#define TIMELINE_CLAUSE "2.2-c 2.5-d" /* what it serves of the policy */

/*
 * What happened in a case: the days of its life, what the office sent, what was done and paid, what was
 * made of it; the states it went through; what is still to be done.
 * {"case","events":[{"on","kind","title","type","id","detail"}],"states":[…],"open_deadlines":[…]}
 */
bool chain_timeline_answer(struct record_store *store, int64_t case_id, struct jsonout *json,
			   struct error *error) MUST_CHECK;

#endif
