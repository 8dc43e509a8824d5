#ifndef INDEXING_INDEXING_INTERNAL_H
#define INDEXING_INDEXING_INTERNAL_H

#include "indexing/indexing.h"

/* Taking changes of the library into its index, some at a time. */
struct catch_up {
	struct library *library;
	struct index *index;
	date today;
	struct index_writer *writer; /* begun with the first change */
	int64_t at, last; /* positions: taken in so far; end of the log at the beginning */
};

/* Where the index stands. One that is ahead of the database is ERROR_CORRUPT: it is of another. */
bool catch_up_begin(struct catch_up *work, struct error *error) MUST_CHECK;
/* One round. *more_out: there was something to do. */
bool catch_up_some(struct catch_up *work, struct arena *arena, bool *more_out,
		   struct error *error) MUST_CHECK;
/* Commits when all was done well, else abandons; returns whether both were so. */
bool catch_up_end(struct catch_up *work, bool done, struct error *error) MUST_CHECK;

#endif
