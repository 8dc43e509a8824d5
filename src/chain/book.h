#ifndef CHAIN_BOOK_H
#define CHAIN_BOOK_H

#include "record/record.h"
#include "rule/indicator.h"

/* Task books (项目任务书) and their targets: the window, base year and targets of a centre on a day. */
struct chain_target {
	struct str indicator, method; /* "T1"; method empty: the default */
	double value;                 /* as indicators compare it: 0.2, 10 */
	bool in_period;
};

enum { CHAIN_TARGETS_MAX = 8 };

struct chain_book {
	int64_t id, organisation_id;
	struct str number, title;
	date signed_on, from, until, ended;
	int64_t base_year, baseline; /* 0 and -1: not set */
	struct chain_target targets[CHAIN_TARGETS_MAX];
	size_t target_count;
};

/* All that were ever signed, of organisations whose path begins so (NULL: all the actor may read). */
bool chain_books_load(struct record_store *store, const char *path, struct chain_book **books_out,
		      size_t *count_out, struct error *error) MUST_CHECK;
/* Signed by that day, begun and not over, the one signed last; NULL: there is none. */
const struct chain_book *chain_book_on(const struct chain_book *books, size_t count,
				       int64_t organisation_id, date day);
const struct chain_target *chain_book_target(const struct chain_book *book, const char *indicator);

#endif
