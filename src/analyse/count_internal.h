#ifndef ANALYSE_COUNT_INTERNAL_H
#define ANALYSE_COUNT_INTERNAL_H

#include "analyse/count.h"

/* One keyword column to be counted with documents as unit. */
struct keyword_count {
	const struct axis *axis;
	uint32_t *counts; /* axis->size, and one more for "no value" while counting; added to */
	uint64_t without; /* documents without a value; added to */
};

/* Several columns in one walk over the documents, on up to thread_count threads (0: the caller's). */
void count_keywords(const struct bitmap *documents, struct keyword_count *axes, size_t count,
		    size_t thread_count);

#endif
