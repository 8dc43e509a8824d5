#ifndef CHAIN_FEE_PLAN_H
#define CHAIN_FEE_PLAN_H

#include "base/jsonout.h"
#include "record/record.h"

#define FEE_PLAN_CLAUSE "2.5-d" /* what it serves of the policy */

/*
 * What cases will cost: fees that are planned or approved, and every further annuity of the cases in
 * force by the tables of rule/fee.h, with the case's reduction or open licence, up to the end of the term. What is
 * decided not to be paid ends the annuities of its case. Amounts are whole fen.
 */
struct chain_fee {
	int64_t case_id, fee_id; /* fee_id 0: not a record yet */
	const char *title;
	int year; /* patent year of an annuity; 0: fee of an act */
	date due;
	int64_t amount, late; /* late: late fee and restoration as of today, beside the amount */
	const char *docket, *case_title, *grade;
	const char *decision; /* approved planned keep decide ungraded */
};

struct chain_fee_plan {
	struct chain_fee *fees; /* by day */
	size_t count;
	date today, until;
};
enum { FEE_PLAN_YEARS_MAX = 20, FEE_PLAN_RECORDS_MAX = 5000 };

/* case_id 0: all of the path; path NULL: all that the actor may read. years: from today. */
bool chain_fee_plan_load(struct record_store *store, const char *path, int64_t case_id, int years,
			 struct chain_fee_plan *plan_out, struct error *error) MUST_CHECK;
/* {"years":[{"year","items":[{"kind","amount_fen","count"}],"total_fen"}],"total_fen","records":[…],"more"} */
void chain_fee_plan_write(struct jsonout *json, const struct chain_fee_plan *plan);

#endif
