#include "analyse/build_internal.h"
#include "analyse/statistics_internal.h"

/*
 * Technology indices of a year, from a inventions, b utility models, c designs filed in it:
 *	v (growth rate)   a / A, A the inventions of this year and the four before
 *	alpha (maturity)  a / (a + b)
 *	beta (decline)    (a + b) / (a + b + c)
 *	N (new features)  sqrt(v^2 + alpha^2)
 * v rising: emerging or growing; alpha falling: matures; beta falling: declines; the larger N, the
 * newer the technology. A year without a denominator has no index.
 */
static const struct figure_column technology_indices_columns[] = {
	{ "year", { "年份", "Year" }, VALUE_YEAR },
	{ "v", { "技术生长率 v", "Growth rate v" }, VALUE_NUMBER },
	{ "alpha", { "技术成熟系数 α", "Maturity α" }, VALUE_NUMBER },
	{ "beta", { "技术衰老系数 β", "Decline β" }, VALUE_NUMBER },
	{ "n", { "新技术特征系数 N", "New-technology N" }, VALUE_NUMBER },
};
static const char *const types[] = { "invention", "utility", "design" };
enum { TYPES = 3, WINDOW = 5 };

/* Counts of each type by year: [type][year - first]. */
static void count_types(struct build *build, const struct years *years, uint32_t *counts[TYPES])
{
	struct axis type_axis = axis_of_column(COL_TYPE, build->input->snapshot);
	struct axis year_axis = axis_of_column(COL_YEAR_FILED, build->input->snapshot);
	struct selection a = select_all(&type_axis), b = select_all(&year_axis);
	struct cell *cells;
	size_t count = count_cells(build->input, build->arena, &a, &b, NULL, &cells);

	for (size_t type = 0; type < TYPES; type++) {
		uint32_t value = axis_find(&type_axis, str_of(types[type]));

		counts[type] = arena_array(build->arena, uint32_t, years->last - years->first + 1);
		for (size_t i = 0; i < count; i++) {
			int year = axis_year(&year_axis, cells[i].b);

			if (cells[i].a == value && year >= years->first && year <= years->last)
				counts[type][year - years->first] = (uint32_t)cells[i].count;
		}
	}
}

static bool run_indices(const struct analysis *analysis, struct build *build, struct error *error)
{
	struct years years = years_count(build->input, build->arena, COL_YEAR_FILED);
	int incomplete = first_incomplete_year(build->input->as_of, COL_YEAR_FILED);
	uint32_t *counts[TYPES];

	(void)analysis;
	(void)error;
	build->figure->left_out = years.without;
	if (years.first > years.last)
		return true;
	count_types(build, &years, counts);
	for (int i = 0; i <= years.last - years.first; i++) {
		double a = counts[0][i], b = counts[1][i], c = counts[2][i], recent = 0, v, alpha;
		struct figure_row *row = build_row(build);

		for (int j = i - WINDOW + 1; j <= i; j++)
			recent += j < 0 ? 0 : counts[0][j];
		v = i < WINDOW - 1 ? NAN : share_of(a, recent);
		alpha = share_of(a, a + b);
		row->is_incomplete = years.first + i >= incomplete;
		row->drill = drill_year(build->arena, COL_FILED, years.first + i);
		build_number(build, years.first + i);
		build_number(build, v);
		build_number(build, alpha);
		build_number(build, share_of(a + b, a + b + c));
		build_number(build, sqrt(v * v + alpha * alpha));
	}
	return true;
}

const struct analysis analysis_technology_indices = {
	.figure = { "technology_indices",
		    { "技术指标 v、α、β、N", "Technology indices v, α, β, N" },
		    { "v＝当年发明÷近五年发明；α＝发明÷(发明＋实用新型)；β＝(发明＋实用新型)÷全部；"
		      "N＝√(v²＋α²)。",
		      "v = inventions of the year / of five years; α = inventions / (inventions + "
		      "utility "
		      "models); β = both / all with designs; N = √(v² + α²)." },
		    SHAPE_LINE,
		    COLUMNS(technology_indices_columns) },
	.run = run_indices,
};
