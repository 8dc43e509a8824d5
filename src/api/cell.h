#ifndef API_CELL_H
#define API_CELL_H

#include "api/call.h"

/*
 * The documents of a query within a topic, for endpoints of records: what a hot or blank spot holds now.
 * Knows neither query/ nor record/, as call.h.
 */
struct cell;

/* topic 0: all documents. A topic of another organisation, a query that is no longer read: *cell_out is
   NULL, which is no error. */
bool cell_open(struct call *call, const char *query, int64_t topic, struct cell **cell_out,
	       struct error *error) MUST_CHECK;
int64_t cell_count(const struct cell *cell);
/* Is the document with this number, as a person may write it, among them? */
bool cell_has(const struct cell *cell, struct str number, bool *has_out,
	      struct error *error) MUST_CHECK;

#endif
