#ifndef API_PLAN_CALL_H
#define API_PLAN_CALL_H

#include "api/record_call.h"
#include "chain/fee_plan.h"
#include "chain/scorecard.h"

/* What is asked for alike, whether it is answered as JSON or as a workbook. */

/* centre, case, years. */
bool call_fee_plan(struct record_call *records, struct chain_fee_plan *plan_out,
		   struct error *error) MUST_CHECK;
/* from, until. */
bool call_scorecard(struct record_call *records, struct chain_scorecard *scorecard_out,
		    struct error *error) MUST_CHECK;

#endif
