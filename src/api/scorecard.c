/* What agencies delivered. */
#include "api/plan_call.h"
#include "api/routes.h"

bool call_scorecard(struct record_call *records, struct chain_scorecard *scorecard_out,
		    struct error *error)
{
	struct call *call = records->call;
	date from, until;

	if (!call_date(call, "from", &from, error) || !call_date(call, "until", &until, error))
		return false;
	if (until == DATE_NONE)
		until = call->today;
	if (from == DATE_NONE)
		from = date_add_months(until, -12) + 1;
	if (from > until)
		return error_set_field(error, "until", "api.window");
	return chain_scorecard(&records->store, from, until, scorecard_out, error);
}

static bool scorecard(struct call *call, struct error *error)
{
	struct chain_scorecard scorecard;
	struct record_call records;

	if (!record_call_begin(call, &records, error) ||
	    !call_scorecard(&records, &scorecard, error))
		return false;
	jsonout_object_begin(&call->json);
	chain_scorecard_write(&call->json, call->arena, &scorecard);
	jsonout_object_end(&call->json);
	return true;
}

HANDLER(api_scorecard, scorecard)
