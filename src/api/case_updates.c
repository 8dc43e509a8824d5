/* From the change log of the library to proposals for the cases bound to its documents. */
#include "api/case_updates.h"

#include "api/call.h"
#include "auth/auth.h"
#include "base/clock.h"
#include "base/log.h"
#include "chain/case_updates.h"
#include "library/library.h"
#include "types/types.h"

#include <string.h>

enum {
	CHANGES_A_BATCH = 500,
	/* Reading a change costs about what looking up this many numbers of cases does. */
	NUMBERS_A_CHANGE = 4
};

struct following {
	struct library *library;
	struct record_store store; /* its arena is emptied between batches */
	const struct chain_case_numbers *numbers;
	int64_t made;
};

static bool propose(struct following *following, const struct application *application,
		    struct error *error)
{
	struct application_view view = application_view(following->store.arena, application);

	return chain_propose_updates(&following->store, following->numbers, view.effective,
				     view.count, view.answer, &following->made, error);
}

/* Of up to CHANGES_A_BATCH changes; *position moves on. */
static bool follow_changes(struct following *following, int64_t *position, struct error *error)
{
	struct arena *arena = following->store.arena;
	struct packed_application *packed;
	struct application *applications;
	size_t count;

	if (!library_changes(following->library, arena, *position, CHANGES_A_BATCH, &packed, &count,
			     position, error))
		return false;
	applications = arena_array(arena, struct application, count + 1);
	if (!library_unpack(arena, packed, count, applications, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (applications[i].publication_count > 0 &&
		    !propose(following, &applications[i], error))
			return false;
	return true;
}

/* Of the documents of cases' numbers, from the i-th on; *i moves on. */
static bool follow_numbers(struct following *following, size_t *i, struct error *error)
{
	size_t end = chain_case_numbers_count(following->numbers);
	struct arena *arena = following->store.arena;
	struct application application;
	struct error none;
	int64_t id;

	for (size_t n = 0; *i < end && n < CHANGES_A_BATCH; n++, (*i)++) {
		if (!library_find_number(following->library, arena,
					 chain_case_number_at(following->numbers, *i), &id,
					 &none)) {
			if (none.kind == ERROR_NOT_FOUND)
				continue;
			*error = none;
			return false;
		}
		if (!library_application(following->library, arena, id, &application, error) ||
		    !propose(following, &application, error))
			return false;
	}
	return true;
}

static bool commit(struct following *following, int64_t position, struct error *error)
{
	bool done = chain_updates_set_position(&following->store, position, error) &&
		    library_commit(following->library, error);

	arena_reset(following->store.arena);
	return done;
}

/* Few changes are read one by one; after many, or at first, the cases' own documents are. */
static bool follow_all(struct following *following, int64_t position, int64_t last,
		       struct error *error)
{
	size_t count = chain_case_numbers_count(following->numbers), i = 0;
	int64_t reached = position;

	if (position == CHAIN_NEVER_LOOKED || last - position > (int64_t)count * NUMBERS_A_CHANGE) {
		do {
			if (!library_begin(following->library, error) ||
			    !follow_numbers(following, &i, error) ||
			    !commit(following, i < count ? position : last, error))
				return false;
		} while (i < count);
		return true;
	}
	do {
		position = reached;
		if (!library_begin(following->library, error) ||
		    !follow_changes(following, &reached, error) ||
		    !commit(following, reached, error))
			return false;
	} while (reached > position);
	return true;
}

static bool follow(struct following *following, struct arena *arena, struct error *error)
{
	struct record_store store = following->store;
	struct chain_case_numbers *numbers;
	int64_t position, last;

	store.arena = arena;
	if (!chain_updates_position(&store, &position, error) ||
	    !library_last_change(following->library, &last, error))
		return false;
	if (last == position)
		return true;
	if (!chain_case_numbers_load(&store, &numbers, error))
		return false;
	following->numbers = numbers;
	return follow_all(following, position, last, error);
}

bool case_updates_follow(struct library *library, const struct record_store *store,
			 int64_t *made_out, struct error *error)
{
	struct following following = { .library = library, .store = *store };
	struct arena *arena = arena_create(1 << 16);
	bool done;

	following.store.arena = arena_create(1 << 20);
	done = follow(&following, arena, error);
	library_rollback(library);
	arena_destroy(following.store.arena);
	arena_destroy(arena);
	*made_out = following.made;
	return done;
}

/* ---- A case is bound. */

/* Who proposes: nobody who is logged in. */
static const struct actor proposer = { .is_operator = true, .organisation_path = "/" };

static bool has_other_number(const struct record *old, const struct record *patent)
{
	static const size_t fields[] = { CASE_APPLICATION, CASE_PUBLICATION };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(old ? record_text(old, fields[i]) : "",
			   record_text(patent, fields[i])) != 0)
			return true;
	return false;
}

/* What is not in the library brings nothing. */
static bool propose_by_number(struct record_store *store, int64_t case_id, struct str number,
			      struct error *error)
{
	struct library *library = store->follow_context;
	struct application application;
	struct application_view view;
	struct error none;
	int64_t id, made = 0;

	if (!library_find_number(library, store->arena, number, &id, &none)) {
		if (none.kind == ERROR_NOT_FOUND)
			return true;
		*error = none;
		return false;
	}
	if (!library_application(library, store->arena, id, &application, error))
		return false;
	view = application_view(store->arena, &application);
	return chain_propose_for_case(store, case_id, view.effective, view.count, view.answer,
				      &made, error);
}

bool case_updates_bind(struct record_store *store, const struct record *old,
		       const struct record *record, struct error *error)
{
	struct record_store proposing = *store;
	struct str numbers[CHAIN_CASE_NUMBERS];
	size_t count;

	if (record->type != &patent_case_type || !has_other_number(old, record))
		return true;
	proposing.actor = &proposer;
	proposing.follow = NULL;
	count = chain_numbers_of_case(store->arena, record, numbers);
	if (!chain_words_keep(&proposing, record->id, NULL, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!propose_by_number(&proposing, record->id, numbers[i], error))
			return false;
	return true;
}

void api_propose_case_updates(struct api *api, struct library *library, struct arena *arena)
{
	const struct record_store store = { .db = library_database(library),
					    .arena = arena,
					    .actor = &proposer,
					    .now_ms = clock_utc_ms(),
					    .today = clock_today(),
					    .key = &api->key,
					    .audit = auth_record_audit,
					    .audit_context = api->settings };
	struct error error;
	int64_t made;

	if (!case_updates_follow(library, &store, &made, &error))
		log_event(LOG_WARN, "case_updates",
			  LOG_WITH(LOG_STR("key", error.key), LOG_STR("detail", error.detail)));
}
