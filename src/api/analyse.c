/* Counts by dimensions, and the figures of the reports. */
#include "analyse/count.h"
#include "analyse/figure.h"
#include "api/api_internal.h"
#include "api/routes.h"

enum { TOP_MAX = 10000 };

/* The trees of the topic, with their documents inside the set. */
static bool add_trees(struct call *call, const struct asked *asked, struct analysis_input *input,
		      struct error *error)
{
	struct tree_node *technology, *effect;

	if (!asked->has_topic)
		return true;
	if (!indexing_topic_tree(call->library, call->snapshot, call->arena, asked->topic.id,
				 TREE_TECHNOLOGY, input->documents, call->limits, &technology,
				 &input->technology_count, error) ||
	    !indexing_topic_tree(call->library, call->snapshot, call->arena, asked->topic.id,
				 TREE_EFFECT, input->documents, call->limits, &effect,
				 &input->effect_count, error))
		return false;
	input->technology = technology;
	input->effect = effect;
	return true;
}

static bool make_input(struct call *call, struct analysis_input *input, struct error *error)
{
	const char *unit = call_text(call, "unit");
	struct asked asked;
	int64_t top;

	*input = (struct analysis_input){ .snapshot = call->snapshot,
					  .as_of = call->today,
					  .language = call->language,
					  .limits = call->limits };
	if (!call_integer(call, "top", 0, 0, TOP_MAX, &top, error) ||
	    (unit && !unit_get(str_of(unit), &input->unit, error)) ||
	    !call_ask(call, &asked, error))
		return false;
	input->top = (size_t)top;
	input->documents = asked.documents;
	input->query = query_is_all(asked.query) ? STR("ALL")
						 : query_bracketed(call->arena, asked.query);
	return add_trees(call, &asked, input, error);
}

static bool read_dimensions(struct call *call, struct count_request *request, struct error *error)
{
	const char *by, *measure = call_text(call, "measure");
	struct str names, name;

	if (!call_need_text(call, "by", &by, error))
		return false;
	names = str_of(by);
	while (str_split(&names, STR(","), &name)) {
		if (request->dimension_count == 2)
			return error_set_field(error, "by", "api.dimensions");
		if (!dimension_get(str_trim(name), &request->dimensions[request->dimension_count++],
				   error))
			return false;
	}
	return !measure || measure_get(str_of(measure), &request->measure, error);
}

static bool analyse(struct call *call, struct error *error)
{
	struct count_request request = { .dimension_count = 0 };
	struct analysis_input input;
	struct figure *figure;

	if (!read_dimensions(call, &request, error) || !make_input(call, &input, error))
		return false;
	request.top = input.top;
	if (!count_figure(&input, &request, call->arena, &figure, error))
		return false;
	figure_write_json(figure, call->language, &call->json);
	return true;
}

static bool show_figure(struct call *call, struct error *error)
{
	const char *name = request_part(call->request, "figure");
	const struct analysis *analysis = analysis_find(str_of(name));
	struct analysis_input input;
	struct figure *figure;

	if (!analysis)
		return error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", name);
	if (!make_input(call, &input, error))
		return false;
	if ((analysis->needs_technology && !input.technology_count) ||
	    (analysis->needs_effect && !input.effect_count))
		return error_set(error, ERROR_CONFLICT, "api.tree_needed", "%s", name);
	if (!analysis_run(analysis, &input, call->arena, &figure, error))
		return false;
	figure_write_json(figure, call->language, &call->json);
	return true;
}

static void write_name(struct call *call, const char *name, struct label label)
{
	jsonout_object_begin(&call->json);
	jsonout_member_cstr(&call->json, "name", name);
	jsonout_member_cstr(&call->json, "label", label_text(label, call->language));
	jsonout_object_end(&call->json);
}

static bool list(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;

	(void)error;
	jsonout_object_begin(json);
	jsonout_key(json, "dimensions");
	jsonout_array_begin(json);
	for (size_t i = 0; i < dimension_count; i++)
		write_name(call, dimensions[i].name, dimensions[i].label);
	jsonout_array_end(json);
	jsonout_key(json, "measures");
	jsonout_array_begin(json);
	for (size_t i = 0; i < measure_count; i++)
		write_name(call, measures[i].name, measures[i].label);
	jsonout_array_end(json);
	jsonout_key(json, "units");
	jsonout_array_begin(json);
	for (size_t i = 0; i < UNIT_COUNT; i++)
		write_name(call, units[i].name, units[i].label);
	jsonout_array_end(json);
	jsonout_key(json, "figures");
	jsonout_array_begin(json);
	for (size_t i = 0; i < analysis_count; i++)
		write_name(call, analyses[i]->figure.id, analyses[i]->figure.title);
	jsonout_array_end(json);
	jsonout_object_end(json);
	return true;
}

HANDLER(api_analyse, analyse)
HANDLER(api_figure, show_figure)
HANDLER(api_list_analyses, list)
