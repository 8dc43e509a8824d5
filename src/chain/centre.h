#ifndef CHAIN_CENTRE_H
#define CHAIN_CENTRE_H

#include "record/record.h"

/* The organisations whose work is computed: centres (育成中心) and what stands below them. */
struct chain_centre {
	int64_t id;
	const char *name, *short_name, *path; /* "/1/4/9/" */
	bool is_centre; /* else a bureau: what it is computed over is everything below it */
};

/*
 * The organisation by id ("9", "#9"), exact name or short name; empty: the actor's own. Outside the
 * actor's organisation and what stands below it, and for a name that fits two: ERROR_NOT_FOUND.
 */
bool chain_centre_find(struct record_store *store, struct str wanted,
		       struct chain_centre *centre_out, struct error *error) MUST_CHECK;
/* All centres at or below the actor's organisation, in the order of their ids. */
bool chain_centres(struct record_store *store, struct chain_centre **centres_out, size_t *count_out,
		   struct error *error) MUST_CHECK;

#endif
