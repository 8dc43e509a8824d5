/* What a day brings by itself (chain/day.h), on a worker's thread. */
#include "api/day.h"

#include "api/call.h"
#include "auth/auth.h"
#include "base/clock.h"
#include "base/log.h"
#include "chain/day.h"
#include "library/library.h"

bool api_day_begins(void *argument, date today, struct error *error)
{
	static const struct actor system_actor = { .is_operator = true, .organisation_path = "/" };
	const struct api_worker *worker = argument;
	struct arena *arena = arena_create(1 << 16);
	struct record_store store = { .db = worker->db,
				      .arena = arena,
				      .actor = &system_actor,
				      .now_ms = clock_utc_ms(),
				      .today = today,
				      .key = &worker->api->key,
				      .audit = auth_record_audit,
				      .audit_context = worker->api->settings };
	struct chain_day day;
	bool done = chain_day_begin(&store, &day, error);

	if (day.moved || day.proposed)
		log_event(LOG_INFO, "day",
			  LOG_WITH(LOG_INT("moved", day.moved), LOG_INT("proposed", day.proposed)));
	arena_destroy(arena);
	return done;
}
