/* Counts by dimensions, and the figures of the reports. */
#include "analyse/count.h"
#include "api/api_internal.h"
#include "api/routes.h"
#include "report/findings.h"
#include "report/form.h"

#include <unistd.h>

enum { TOP_MAX = 10000 };

static bool make_input(struct call *call, const struct answer *answer, struct analysis_input *input,
		       struct error *error)
{
	const char *name = call_text(call, "unit");
	enum unit unit = UNIT_APPLICATION;
	struct answer_set set;
	int64_t top;
	date as_of;

	if (!call_integer(call, "top", 0, 0, TOP_MAX, &top, error) ||
	    !call_date(call, "as_of", &as_of, error) ||
	    (name && !unit_get(str_of(name), &unit, error)) || !call_ask(call, &set, error) ||
	    !answer_input(answer, &set, input, error))
		return false;
	input->unit = unit;
	input->top = (size_t)top;
	if (as_of != DATE_NONE)
		input->as_of = as_of;
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

static bool make_figure(struct call *call, struct figure **figure_out, struct error *error)
{
	const struct answer answer = call_answer(call);
	const char *name = request_part(call->request, "figure");
	const struct analysis *analysis = analysis_find(str_of(name));
	struct analysis_input input;

	if (!analysis)
		return error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", name);
	return make_input(call, &answer, &input, error) &&
	       answer_figure(&answer, analysis, &input, figure_out, error);
}

static bool show_figure(struct call *call, struct error *error)
{
	struct figure *figure;

	if (!make_figure(call, &figure, error))
		return false;
	figure->finding = finding_write(call->arena, figure, call->language);
	figure_write_json(figure, call->language, &call->json);
	return true;
}

/* A report of this figure alone, by way of a file that is gone when it has been opened for sending. */
static bool send_figure(struct call *call, const struct figure *figure,
			const struct report_form *form, struct error *error)
{
	const char *title = label_text(figure->title, call->language), *folder, *path;
	struct report *report = report_create(call->arena, call->language, str_of(title));
	bool done;

	if (!api_folder(call->api, call->arena, "temporary", &folder, error))
		return false;
	report->as_of = figure->as_of;
	report_figure(report, figure);
	path = arena_printf(call->arena, "%s/figure-%s.%s", folder, call->request->id,
			    form->suffix);
	done = form->write(report, path, error) &&
	       response_file(call->request, call->response, path, form->media_type,
			     arena_printf(call->arena, "%s.%s", title, form->suffix), error);
	unlink(path);
	return done;
}

static bool figure_file(struct call *call, struct error *error)
{
	static const char *const formats[] = { "xlsx", "html", "docx", NULL };
	struct figure *figure;
	int format;

	return call_choice(call, "format", formats, &format, error) &&
	       make_figure(call, &figure, error) &&
	       send_figure(call, figure, report_form_named(formats[format]), error);
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
HANDLER(api_figure_file, figure_file)
HANDLER(api_list_analyses, list)
