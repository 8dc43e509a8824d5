/* Counts by dimensions, and the figures of the reports. */
#include "analyse/count.h"
#include "api/api_internal.h"
#include "api/routes.h"

enum { TOP_MAX = 10000 };

static bool make_input(struct call *call, const struct answer *answer, struct analysis_input *input,
		       struct error *error)
{
	const char *name = call_text(call, "unit");
	enum unit unit = UNIT_APPLICATION;
	struct answer_set set;
	int64_t top;

	if (!call_integer(call, "top", 0, 0, TOP_MAX, &top, error) ||
	    (name && !unit_get(str_of(name), &unit, error)) || !call_ask(call, &set, error) ||
	    !answer_input(answer, &set, input, error))
		return false;
	input->unit = unit;
	input->top = (size_t)top;
	return true;
}

static bool analyse(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct count_request request = { .dimension_count = 0 };
	const char *by, *measure = call_text(call, "measure");
	struct analysis_input input;
	struct figure *figure;

	if (!call_need_text(call, "by", &by, error) || !answer_dimensions(by, &request, error) ||
	    (measure && !measure_get(str_of(measure), &request.measure, error)) ||
	    !make_input(call, &answer, &input, error))
		return false;
	request.top = input.top;
	if (!count_figure(&input, &request, call->arena, &figure, error))
		return false;
	figure_write_json(figure, call->language, &call->json);
	return true;
}

static bool show_figure(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	const char *name = request_part(call->request, "figure");
	const struct analysis *analysis = analysis_find(str_of(name));
	struct analysis_input input;
	struct figure *figure;

	if (!analysis)
		return error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", name);
	if (!make_input(call, &answer, &input, error) ||
	    !answer_figure(&answer, analysis, &input, &figure, error))
		return false;
	figure_write_json(figure, call->language, &call->json);
	return true;
}

static bool list(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);

	(void)error;
	answer_write_analyses(&answer);
	return true;
}

HANDLER(api_analyse, analyse)
HANDLER(api_figure, show_figure)
HANDLER(api_list_analyses, list)
