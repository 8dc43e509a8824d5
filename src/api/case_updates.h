#ifndef API_CASE_UPDATES_H
#define API_CASE_UPDATES_H

#include "base/error.h"

#include <stdint.h>

struct library;
struct record;
struct record_store;

/*
 * Looks through what the library's change log has new, and makes the proposals for cases bound to it
 * (chain/case_updates.h), a batch a transaction with the position reached: what a process that died
 * left over is found by the next one. store: of the operator, on the library's connection.
 */
bool case_updates_follow(struct library *library, const struct record_store *store,
			 int64_t *made_out, struct error *error) MUST_CHECK;

/*
 * record_store.follow, with the library as its context: a case that gets another number has the proposals of
 * what its documents say, in the transaction that binds it.
 */
bool case_updates_bind(struct record_store *store, const struct record *old,
		       const struct record *record, struct error *error) MUST_CHECK;

/* The same for the server; what goes wrong is logged, and tried again the next time. */
struct api;
struct arena;
void api_propose_case_updates(struct api *api, struct library *library, struct arena *arena);

#endif
