#include "analyse/build_internal.h"

#define ANALYSES(each)                                                                             \
	each(trend_filed) each(trend_published) each(trend_granted) each(type) each(type_year)     \
		each(technology_indices) each(life_cycle) each(s_curve) each(offices) each(        \
			origin_office) each(provinces) each(cities) each(applicants)               \
			each(applicant_types) each(applicant_year) each(entrants_leavers) each(    \
				applicant_network) each(inventors) each(inventor_network)          \
				each(ipc_sections) each(ipc_classes) each(ipc_subclasses) each(    \
					ipc_groups) each(wipo_fields) each(co_classification)      \
					each(keywords) each(branches) each(branch_year) each(      \
						hot_branches) each(applicant_branch) each(matrix)  \
						each(competitors) each(key_patents) each(          \
							citations) each(main_path) each(status)    \
							each(status_group) each(survival)          \
								each(expiry) each(operations)      \
									each(agencies)

#define DECLARE(name) extern const struct analysis analysis_##name;
#define ROW(name)     &analysis_##name,

ANALYSES(DECLARE)

const struct analysis *const analyses[] = { ANALYSES(ROW) };
const size_t analysis_count = sizeof(analyses) / sizeof(analyses[0]);

const struct analysis *analysis_find(struct str id)
{
	for (size_t i = 0; i < analysis_count; i++)
		if (str_equal_cstr(id, analyses[i]->figure.id))
			return analyses[i];
	return NULL;
}

/* A tree as seen from the set: callers may have made it for a larger one. */
static const struct tree_node *narrowed(struct arena *arena, const struct tree_node *nodes,
					size_t count, const struct bitmap *documents)
{
	struct tree_node *own = arena_array(arena, struct tree_node, count + 1);

	for (size_t i = 0; i < count; i++) {
		own[i] = nodes[i];
		own[i].documents = bitmap_and(arena, nodes[i].documents, documents);
	}
	return own;
}

bool analysis_run(const struct analysis *analysis, const struct analysis_input *input,
		  struct arena *arena, struct figure **figure_out, struct error *error)
{
	struct analysis_input *own = arena_new(arena, struct analysis_input);
	struct build *build = arena_new(arena, struct build);

	if (!search_may_go_on(input->limits, error))
		return false;
	*own = *input;
	if (analysis->needs_technology)
		own->technology = narrowed(arena, input->technology, input->technology_count,
					   input->documents);
	if (analysis->needs_effect)
		own->effect = narrowed(arena, input->effect, input->effect_count, input->documents);
	if (analysis->counts_applications)
		own->unit = UNIT_APPLICATION;
	*build = build_begin(own, arena, &analysis->figure);
	build->figure->documents = count_documents(own, arena);
	*figure_out = build->figure;
	return analysis->run(analysis, build, error);
}
