#ifndef CHAIN_WORKBENCH_H
#define CHAIN_WORKBENCH_H

#include "chain/indicators.h"

#define WORKBENCH_CLAUSE "2.4-d 2.8-a" /* what it serves of the policy */

/*
 * The funnel of the chain, from key field to product, as of a day: how many are in each stage, how
 * many entered it in the window, how long those that left it had stayed. Stages of records are read
 * from their history, those of cases and products from the dates of their life, so that an earlier
 * day is answered as it would have been then.
 */
enum chain_stage {
	STAGE_KEY_FIELD,
	STAGE_BOTTLENECK,
	STAGE_PROJECT,
	STAGE_DISCLOSURE,
	STAGE_EVALUATION,
	STAGE_DRAFT,
	STAGE_FILED,
	STAGE_PUBLISHED_CASE,
	STAGE_EXAMINATION,
	STAGE_GRANTED,
	STAGE_GRADED,
	STAGE_PRODUCT,
	STAGE_COUNT
};

struct chain_stage_info {
	const char *name; /* "key_field" */
	struct label label;
	const char *type;   /* whose records are in it */
	const char *states; /* ",listed,tackling," */
	const char *filter; /* of the list of those in it now */
};
extern const struct chain_stage_info chain_stages[STAGE_COUNT];

/* A record's stay in a stage: from <= day < until; until DATE_NONE: it is still there. */
struct chain_stay {
	enum chain_stage stage;
	int64_t id;
	date from, until;
};

/* Stays of everything in the stock, sorted by stage and id. */
bool chain_stays_load(struct record_store *store, const struct chain_stock *stock, date as_of,
		      struct chain_stay **stays_out, size_t *count_out,
		      struct error *error) MUST_CHECK;

struct chain_funnel_row {
	size_t count, entered, left;
	date from;           /* first day of the window of `entered` */
	int64_t median, p90; /* days of those that left; -1: none did */
};
void chain_funnel(struct arena *arena, const struct chain_stay *stays, size_t count, date from,
		  date as_of, struct chain_funnel_row rows_out[STAGE_COUNT]);

/* {"as_of","centre","funnel","deadlines","tasks","cards"} */
bool chain_workbench_answer(struct record_store *store, const struct chain_centre *centre,
			    const struct chain_question *question, struct jsonout *json,
			    struct error *error) MUST_CHECK;
/* The records in a stage on the day: as chain_records_answer(); `day` is since when. */
bool chain_stage_answer(struct record_store *store, const struct chain_centre *centre, date as_of,
			struct str name, size_t from, size_t limit, struct jsonout *json,
			struct error *error) MUST_CHECK;

#endif
