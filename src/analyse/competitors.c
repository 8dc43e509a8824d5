#include "analyse/build_internal.h"
#include "analyse/statistics_internal.h"
#include "analyse/tree_internal.h"

/*
 * Profiles of the largest applicants side by side. Each axis of the radar is the value divided by
 * the largest among those compared, times 100; growth is first cut to the range -100 % to 200 %
 * and moved to start at 0.
 */
static const struct figure_column competitors_columns[] = {
	{ "applicant", { "申请人", "Applicant" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "recent_growth", { "近三年增长", "Growth" }, VALUE_SHARE },
	{ "branches", { "技术分支数", "Branches" }, VALUE_COUNT },
	{ "offices", { "布局受理局数", "Offices" }, VALUE_COUNT },
	{ "inventors", { "发明人数量", "Inventors" }, VALUE_COUNT },
	{ "active_share", { "有效占比", "In force" }, VALUE_SHARE },
	{ "cited_by_mean", { "平均被引次数", "Mean citations" }, VALUE_NUMBER },
	{ "volume_index", { "规模指数", "Volume index" }, VALUE_NUMBER },
	{ "growth_index", { "增长指数", "Growth index" }, VALUE_NUMBER },
	{ "branches_index", { "技术广度指数", "Breadth index" }, VALUE_NUMBER },
	{ "offices_index", { "地域广度指数", "Coverage index" }, VALUE_NUMBER },
	{ "inventors_index", { "研发团队指数", "Team index" }, VALUE_NUMBER },
	{ "active_index", { "维持指数", "Maintenance index" }, VALUE_NUMBER },
	{ "citations_index", { "影响力指数", "Impact index" }, VALUE_NUMBER },
};

enum profile { VOLUME, GROWTH, BRANCHES, OFFICES, INVENTORS, ACTIVE, CITATIONS, PROFILE_COUNT };

static double different(const struct analysis_input *input, struct arena *arena, unsigned column)
{
	struct axis axis = axis_of_column(column, input->snapshot);
	uint32_t *counts = count_values(input, arena, &axis, NULL);
	struct value_count *present;

	return (double)count_present(arena, counts, axis.size, &present);
}

static double growth_within(const struct analysis_input *input, struct arena *arena)
{
	struct years years = years_count(input, arena, COL_YEAR_FILED);
	struct window window = window_of(input->as_of);
	double recent = 0, previous = 0;

	for (int year = window.previous; year <= window.last; year++)
		*(year < window.recent ? &previous : &recent) += years_at(&years, year);
	return growth_of(recent, previous);
}

/* With a breakdown tree its branches, else IPC main groups. */
static double breadth(const struct analysis_input *input, struct arena *arena)
{
	double touched = 0;

	if (!input->technology_count)
		return different(input, arena, COL_IPC_GROUP);
	for (size_t i = 0; i < input->technology_count; i++)
		if (tree_is_leaf(input->technology, input->technology_count, i))
			touched += bitmap_intersects(input->technology[i].documents,
						     input->documents);
	return touched;
}

static double active_share(const struct analysis_input *input, struct arena *arena)
{
	struct axis axis = axis_of_column(COL_STATUS_GROUP, input->snapshot);
	uint32_t active = axis_find(&axis, STR("active"));
	uint32_t *counts = count_values(input, arena, &axis, NULL);

	return share_of(active == VALUE_NONE ? 0 : counts[active],
			(double)count_documents(input, arena));
}

static double mean_citations(const struct analysis_input *input)
{
	struct bitmap_walk walk = bitmap_walk(input->documents);
	double sum = 0, count = 0;
	uint32_t document;

	while (bitmap_walk_next(&walk, &document)) {
		int64_t number = snapshot_number(input->snapshot, COL_COUNT_CITED_BY, document);

		if (number == NUMBER_NONE)
			continue;
		sum += (double)number;
		count++;
	}
	return share_of(sum, count);
}

static void profile_of(struct build *build, struct str applicant, double profile[PROFILE_COUNT])
{
	struct analysis_input input = *build->input;
	struct arena *arena = build->arena;

	input.documents = bitmap_and(
		arena, input.documents,
		index_term_documents(input.snapshot, arena, COL_APPLICANT, applicant));
	profile[VOLUME] = (double)count_documents(&input, arena);
	profile[GROWTH] = growth_within(&input, arena);
	profile[BRANCHES] = breadth(&input, arena);
	profile[OFFICES] = different(&input, arena, COL_OFFICE);
	profile[INVENTORS] = different(&input, arena, COL_INVENTOR);
	profile[ACTIVE] = active_share(&input, arena);
	profile[CITATIONS] = mean_citations(&input);
}

static double radar_value(enum profile what, double value)
{
	if (isnan(value))
		return 0;
	return what == GROWTH ? fmin(fmax(value, -1), 2) + 1 : value;
}

static void add_competitor(struct build *build, const struct axis *axis, uint32_t value,
			   const double *profile, const double *largest)
{
	struct figure_row *row = build_row(build);

	row->key = axis_key(axis, build->arena, value);
	row->drill = axis_drill(axis, build->arena, value);
	build_name(build, axis, value);
	for (size_t i = 0; i < PROFILE_COUNT; i++)
		build_number(build, profile[i]);
	for (size_t i = 0; i < PROFILE_COUNT; i++)
		build_number(build,
			     largest[i] > 0
				     ? 100 * radar_value((enum profile)i, profile[i]) / largest[i]
				     : 0);
}

static bool run_competitors(const struct analysis *analysis, struct build *build,
			    struct error *error)
{
	struct axis axis = axis_of_column(COL_APPLICANT, build->input->snapshot);
	uint32_t *counts = count_values(build->input, build->arena, &axis, NULL);
	double(*profiles)[PROFILE_COUNT], largest[PROFILE_COUNT] = { 0 };
	struct value_count *values;
	size_t count = count_top(build->arena, counts, axis.size, build_top(build, analysis->top),
				 &values);

	(void)error;
	profiles = arena_alloc_array(build->arena, count + 1, sizeof(*profiles));
	for (size_t i = 0; i < count; i++) {
		profile_of(build, axis_key(&axis, build->arena, values[i].value), profiles[i]);
		for (size_t j = 0; j < PROFILE_COUNT; j++)
			largest[j] = fmax(largest[j], radar_value((enum profile)j, profiles[i][j]));
	}
	for (size_t i = 0; i < count; i++)
		add_competitor(build, &axis, values[i].value, profiles[i], largest);
	return true;
}

const struct analysis analysis_competitors = {
	.figure = { "competitors",
		    { "竞争对手画像", "Competitors" },
		    { "数量最多的申请人逐项对比；指数＝该项÷各申请人最大值×100，增长先截取 "
		      "−100%–200%；"
		      "技术分支数无分解表时取 IPC 大组数。",
		      "The largest applicants side by side; an index is the value over the largest "
		      "of "
		      "them, times 100, growth cut to -100 to 200 % first; without a breakdown, "
		      "branches "
		      "are IPC main groups." },
		    SHAPE_RADAR,
		    COLUMNS(competitors_columns) },
	.run = run_competitors,
	.top = 6,
};
