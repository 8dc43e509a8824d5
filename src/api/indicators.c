/* The targets of the policy from records, as of a day, the records behind each, the workbench. */
#include "api/figure_call.h"
#include "api/routes.h"
#include "chain/workbench.h"

#include <string.h>

static const char *const no_yes[] = { "false", "true", NULL };
enum { THRESHOLD_MAX = 1000000000, FEN = 100 };

static bool read_question(struct record_call *records, struct chain_question *question_out,
			  struct error *error)
{
	static const char *const trends[] = { "false", "true", "quarters", NULL };
	static const char *const bases[] = { "reported", "revised", NULL };
	struct call *call = records->call;
	int trend, basis;
	int64_t yuan;
	date day;

	if (!call_date(call, "as_of", &day, error) ||
	    !call_choice(call, "trend", trends, &trend, error) ||
	    !call_choice(call, "basis", bases, &basis, error) ||
	    !call_integer(call, "pledge_threshold", 0, 0, THRESHOLD_MAX, &yuan, error))
		return false;
	*question_out = (struct chain_question){
		.as_of = day == DATE_NONE ? call->today : day,
		.methods = call_text(call, "method"),
		.trend = (enum chain_trend)trend,
		.basis = (enum case_basis)basis,
		.pledge_threshold = yuan * FEN,
	};
	return true;
}

static bool list_indicators(struct call *call, struct error *error)
{
	const char *wanted = call_text(call, "centre");
	struct chain_question question;
	struct record_call records;
	struct chain_centre centre;
	int lists;

	if (!record_call_begin(call, &records, error) ||
	    !read_question(&records, &question, error) ||
	    !call_choice(call, "lists", no_yes, &lists, error) ||
	    !chain_centre_find(&records.store, str_of(wanted), &centre, error))
		return false;
	if (!wanted && !centre.is_centre)
		return chain_centres_answer(&records.store, &question, &call->json, error);
	return chain_indicators_answer(&records.store, &centre, &question, lists, &call->json,
				       error);
}

/* A page token is the number of records before it. */
static bool read_page(struct call *call, size_t *from_out, struct error *error)
{
	int64_t from = 0;

	*from_out = 0;
	if (call_text(call, "page") && *call_text(call, "page") &&
	    !call_integer(call, "page", 0, 0, INT32_MAX, &from, error))
		return false;
	*from_out = (size_t)from;
	return true;
}

/* method of this one indicator: "mean_yoy" stands for "T1=mean_yoy". */
static const char *method_of(struct call *call, const char *indicator)
{
	const char *method = call_text(call, "method");

	return !method || !*method || strchr(method, '=')
		       ? method
		       : arena_printf(call->arena, "%s=%s", indicator, method);
}

bool call_figure(struct record_call *records, struct figure_call *figure_out, struct error *error)
{
	struct call *call = records->call;
	const char *indicator = request_part(call->request, "indicator");
	int part;

	if (!read_question(records, &figure_out->question, error) ||
	    !call_choice(call, "part", chain_parts, &part, error) ||
	    !chain_centre_find(&records->store, str_of(call_text(call, "centre")),
			       &figure_out->centre, error))
		return false;
	figure_out->indicator = str_of(indicator);
	figure_out->part = (enum chain_part)part;
	figure_out->question.trend = CHAIN_NO_TREND;
	figure_out->question.methods = method_of(call, indicator);
	return true;
}

static bool list_indicator_records(struct call *call, struct error *error)
{
	struct record_call records;
	struct figure_call figure;
	int64_t limit;
	size_t from;

	if (!record_call_begin(call, &records, error) || !call_figure(&records, &figure, error) ||
	    !call_integer(call, "limit", 50, 1, LIST_LIMIT_MAX, &limit, error) ||
	    !read_page(call, &from, error))
		return false;
	return chain_records_answer(&records.store, &figure.centre, &figure.question,
				    figure.indicator, figure.part, from, (size_t)limit, &call->json,
				    error);
}

static bool get_workbench(struct call *call, struct error *error)
{
	struct chain_question question;
	struct record_call records;
	struct chain_centre centre;

	if (!record_call_begin(call, &records, error) ||
	    !read_question(&records, &question, error) ||
	    !chain_centre_find(&records.store, str_of(call_text(call, "centre")), &centre, error))
		return false;
	return chain_workbench_answer(&records.store, &centre, &question, &call->json, error);
}

static bool list_stage(struct call *call, struct error *error)
{
	struct record_call records;
	struct chain_centre centre;
	int64_t limit;
	size_t from;
	date day;

	if (!record_call_begin(call, &records, error) || !call_date(call, "as_of", &day, error) ||
	    !call_integer(call, "limit", 50, 1, LIST_LIMIT_MAX, &limit, error) ||
	    !read_page(call, &from, error) ||
	    !chain_centre_find(&records.store, str_of(call_text(call, "centre")), &centre, error))
		return false;
	return chain_stage_answer(&records.store, &centre, day == DATE_NONE ? call->today : day,
				  str_of(request_part(call->request, "stage")), from, (size_t)limit,
				  &call->json, error);
}

HANDLER(api_list_stage, list_stage)
HANDLER(api_list_indicators, list_indicators)
HANDLER(api_get_workbench, get_workbench)
HANDLER(api_list_indicator_records, list_indicator_records)
