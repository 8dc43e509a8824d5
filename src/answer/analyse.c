/* Counts by dimensions, and the figures of the reports. */
#include "analyse/count.h"
#include "answer/answer.h"
#include "base/pool.h"

bool answer_dimensions(const char *names, struct count_request *request, struct error *error)
{
	struct str rest = str_of(names), name;

	while (str_split(&rest, STR(","), &name)) {
		if (request->dimension_count == 2) {
			error_set(error, ERROR_USAGE, "answer.dimensions", "%s", names);
			error->field = "by";
			return false;
		}
		if (!dimension_get(str_trim(name), &request->dimensions[request->dimension_count++],
				   error))
			return false;
	}
	return true;
}

static bool find_tree(const struct answer *answer, const struct answer_set *set,
		      enum tree_kind kind, const struct tree_node **nodes_out, size_t *count_out,
		      struct error *error)
{
	struct tree_node *nodes;

	if (!indexing_topic_tree(answer->library, answer->snapshot, answer->arena, set->topic.id,
				 kind, set->documents, answer->limits, &nodes, count_out, error))
		return false;
	*nodes_out = nodes;
	return true;
}

bool answer_input(const struct answer *answer, const struct answer_set *set,
		  struct analysis_input *input_out, struct error *error)
{
	*input_out = (struct analysis_input){
		.snapshot = answer->snapshot,
		.documents = set->documents,
		.query = query_is_all(set->query) ? STR("ALL")
						  : query_bracketed(answer->arena, set->query),
		.as_of = answer->today,
		.language = answer->language,
		.limits = answer->limits,
		.thread_count = pool_processors(),
	};
	return !set->has_topic || (find_tree(answer, set, TREE_TECHNOLOGY, &input_out->technology,
					     &input_out->technology_count, error) &&
				   find_tree(answer, set, TREE_EFFECT, &input_out->effect,
					     &input_out->effect_count, error));
}

bool answer_figure(const struct answer *answer, const struct analysis *analysis,
		   const struct analysis_input *input, struct figure **figure_out,
		   struct error *error)
{
	if ((analysis->needs_technology && !input->technology_count) ||
	    (analysis->needs_effect && !input->effect_count))
		return error_set(error, ERROR_CONFLICT, "answer.tree_needed", "%s",
				 analysis->figure.id);
	return analysis_run(analysis, input, answer->arena, figure_out, error);
}

static void begin_list(const struct answer *answer, const char *key)
{
	jsonout_key(answer->json, key);
	jsonout_array_begin(answer->json);
}

static void write_name(const struct answer *answer, const char *name, struct label label)
{
	jsonout_object_begin(answer->json);
	jsonout_member_cstr(answer->json, "name", name);
	jsonout_member_cstr(answer->json, "label", label_text(label, answer->language));
	jsonout_object_end(answer->json);
}

/* needs: the trees of a topic without which it has no rows. */
static void write_analysis(const struct answer *answer, const struct analysis *analysis)
{
	struct jsonout *json = answer->json;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "name", analysis->figure.id);
	jsonout_member_cstr(json, "label", label_text(analysis->figure.title, answer->language));
	jsonout_member_cstr(json, "shape", figure_shape_name(analysis->figure.shape));
	begin_list(answer, "needs");
	if (analysis->needs_technology)
		jsonout_cstr(json, "technology");
	if (analysis->needs_effect)
		jsonout_cstr(json, "effect");
	jsonout_array_end(json);
	jsonout_object_end(json);
}

void answer_write_analyses(const struct answer *answer)
{
	struct jsonout *json = answer->json;

	jsonout_object_begin(json);
	begin_list(answer, "dimensions");
	for (size_t i = 0; i < dimension_count; i++)
		write_name(answer, dimensions[i].name, dimensions[i].label);
	jsonout_array_end(json);
	begin_list(answer, "measures");
	for (size_t i = 0; i < measure_count; i++)
		write_name(answer, measures[i].name, measures[i].label);
	jsonout_array_end(json);
	begin_list(answer, "units");
	for (size_t i = 0; i < UNIT_COUNT; i++)
		write_name(answer, units[i].name, units[i].label);
	jsonout_array_end(json);
	begin_list(answer, "figures");
	for (size_t i = 0; i < analysis_count; i++)
		write_analysis(answer, analyses[i]);
	jsonout_array_end(json);
	jsonout_object_end(json);
}
