#ifndef PATENT_NUMBER_INTERNAL_H
#define PATENT_NUMBER_INTERNAL_H

#include "patent/number.h"

/*
 * A number on its way in: what stands behind the office, folded to upper-case ASCII, once with the
 * separators as written and once without; the kind is already taken off publications.
 */
struct spelling {
	struct str written; /* "2005/0001234" */
	struct str compact; /* "20050001234" */
	bool is_certain;    /* a publication was asked for, so ambiguous shapes are one */
};

/* Fills body, check and the like; false: no number of this sort and office. */
typedef bool number_rule_fn(const struct spelling *spelling, struct number *number);

struct number_rules {
	const char *office;  /* "": offices without a row of their own */
	const char *letters; /* what a body may begin with right behind the office: "H S" */
	number_rule_fn *publication, *application;
};
const struct number_rules *number_rules_find(struct str office);

bool str_is_digits(struct str s); /* and not empty */

#endif
