#ifndef CHAIN_CASE_UPDATES_H
#define CHAIN_CASE_UPDATES_H

#include "patent/publication.h"
#include "record/record.h"

/*
 * What the documents of a patent bring for the cases that are bound to them by number: proposals
 * (types/case_update.c), one a fact, never the same twice, whatever became of the first; and the words
 * that tell the case's industry.
 */

/* The numbers of all cases that have one, whoever's they are: for the operator. */
struct chain_case_numbers;
bool chain_case_numbers_load(struct record_store *store, struct chain_case_numbers **numbers_out,
			     struct error *error) MUST_CHECK;
size_t chain_case_numbers_count(const struct chain_case_numbers *numbers);
/* The numbers of one case: those it has, at most CHAIN_CASE_NUMBERS. */
enum { CHAIN_CASE_NUMBERS = 2 };
size_t chain_numbers_of_case(struct arena *arena, const struct record *patent,
			     struct str numbers_out[CHAIN_CASE_NUMBERS]);
/* Any number a case is known by, to be looked up in the library. */
struct str chain_case_number_at(const struct chain_case_numbers *numbers, size_t i);

/*
 * Proposals for the cases bound to an application: its publications in their effective views, and the
 * answer of all of them. In the caller's transaction; adds to *made how many were new.
 */
bool chain_propose_updates(struct record_store *store, const struct chain_case_numbers *numbers,
			   struct publication *const *effective, size_t count,
			   const struct publication *answer, int64_t *made,
			   struct error *error) MUST_CHECK;

/* The same for one case, whose document this is. */
bool chain_propose_for_case(struct record_store *store, int64_t case_id,
			    struct publication *const *effective, size_t count,
			    const struct publication *answer, int64_t *made,
			    struct error *error) MUST_CHECK;
/* The term is over by today: ended_on and the state that follows, once; adds to *made. */
bool chain_propose_expiry(struct record_store *store, int64_t case_id, int64_t *made,
			  struct error *error) MUST_CHECK;
/* Keeps the words of the document that tell the case's industry; NULL: it has none. */
bool chain_words_keep(struct record_store *store, int64_t case_id,
		      const struct publication *document, struct error *error) MUST_CHECK;
/* Changes with the table the words are looked for by. */
const char *chain_words_key(struct arena *arena);

/* Up to where the library's change log was looked through; CHAIN_NEVER_LOOKED: it was not, or by another table of words. */
enum { CHAIN_NEVER_LOOKED = -1 };
bool chain_updates_position(struct record_store *store, int64_t *position_out,
			    struct error *error) MUST_CHECK;
bool chain_updates_set_position(struct record_store *store, int64_t position,
				struct error *error) MUST_CHECK;

#endif
