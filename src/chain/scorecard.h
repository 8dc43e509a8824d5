#ifndef CHAIN_SCORECARD_H
#define CHAIN_SCORECARD_H

#include "base/jsonout.h"
#include "record/record.h"

#define SCORECARD_CLAUSE "2.5-f 4.3-b" /* what it serves of the policy */

/*
 * What agencies delivered within a window, as far as the actor may read it; an agency sees its own row.
 *   drafts             delivered within it; returned of those judged (checked, confirmed, returned)
 *   findings           of the drafting checks concluded within it, a draft: errors, warnings, notes
 *   days to draft      from the commission of a disclosure to the delivery of its first draft, median
 *   office actions     issued within it, over the cases they were issued in
 *   grant rate         granted of decided; decided are granted, or came to an end without a grant
 *   lapsed             deadlines due within it that lapsed, of periods whose end costs the application or right
 */
struct chain_score {
	int64_t organisation_id;
	const char *name;
	size_t drafts, judged, returned, checks;
	int64_t errors, warnings, notes;
	size_t first_drafts;
	double days_to_draft; /* median; of 0 first drafts: not a number */
	size_t office_actions, office_action_cases, granted, refused, lapsed;
};

struct chain_scorecard {
	date from, until; /* both days count */
	struct chain_score *scores;
	size_t count; /* agencies with at least one record, in the order of their ids */
};

bool chain_scorecard(struct record_store *store, date from, date until,
		     struct chain_scorecard *scorecard_out, struct error *error) MUST_CHECK;
/* Members of an object that is open; each number beside the filter of the list it counts. */
void chain_scorecard_write(struct jsonout *json, struct arena *arena,
			   const struct chain_scorecard *scorecard);

#endif
