#include "analyse/build_internal.h"
#include "analyse/statistics_internal.h"

/*
 * Applicants by number of documents. Each co-applicant of a document counts whole (whole
 * counting), so the shares of the set may add up to more than 1. Concentration uses shares of the
 * sum of all applicants' counts, so that it stays within 0 and 1.
 */
static const struct figure_column applicants_columns[] = {
	{ "applicant", { "申请人", "Applicant" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "share", { "占比", "Share" }, VALUE_SHARE },
	{ "first_year", { "最早申请年", "First year" }, VALUE_YEAR },
	{ "last_year", { "最近申请年", "Latest year" }, VALUE_YEAR },
	{ "cited_by", { "被引次数", "Citations received" }, VALUE_COUNT },
};

/* First and last filing year of each chosen value. */
struct active_years {
	int first, last;
};
static struct active_years *find_active_years(struct build *build, const struct axis *axis,
					      const struct value_count *values, size_t count)
{
	struct axis years = axis_of_column(COL_YEAR_FILED, build->input->snapshot);
	struct selection a = select_values(build->arena, axis, values, count);
	struct selection b = select_all(&years);
	struct active_years *active = arena_array(build->arena, struct active_years, count + 1);
	struct cell *cells;
	size_t cell_count = count_cells(build->input, build->arena, &a, &b, NULL, &cells);

	for (size_t i = 0; i < cell_count; i++) {
		struct active_years *of = &active[cells[i].a];

		of->last = axis_year(&years, cells[i].b);
		of->first = of->first ? of->first : of->last;
	}
	return active;
}

static double *sum_citations(struct build *build, const struct axis *axis,
			     const struct value_count *values, size_t count)
{
	static const struct measure citations = { .kind = MEASURE_SUM,
						  .column = COL_COUNT_CITED_BY };
	struct selection chosen = select_values(build->arena, axis, values, count);
	double *sums = arena_array(build->arena, double, count + 1);
	struct cell *cells;
	size_t cell_count = count_cells(build->input, build->arena, &chosen, NULL, &citations,
					&cells);

	for (size_t i = 0; i < cell_count; i++)
		sums[cells[i].a] = cells[i].sum;
	return sums;
}

static double year_or_none(int year)
{
	return year ? (double)year : (double)NAN;
}

static void add_concentration_notes(struct build *build, const struct value_count *all,
				    size_t count)
{
	uint32_t *sorted = arena_array(build->arena, uint32_t, count + 1);

	for (size_t i = 0; i < count; i++)
		sorted[i] = all[i].count;
	build_note(build, "applicants", (struct label){ "申请人总数", "Applicants" },
		   (double)count);
	build_note(build, "cr4", (struct label){ "前四名集中度 CR4", "CR4" },
		   count ? concentration_ratio(sorted, count, 4) : NAN);
	build_note(build, "cr10", (struct label){ "前十名集中度 CR10", "CR10" },
		   count ? concentration_ratio(sorted, count, 10) : NAN);
	build_note(build, "hhi", (struct label){ "赫芬达尔指数 HHI", "Herfindahl index HHI" },
		   count ? herfindahl_index(sorted, count) : NAN);
}

static bool run_applicants(const struct analysis *analysis, struct build *build,
			   struct error *error)
{
	const struct analysis_input *input = build->input;
	struct axis axis = axis_of_column(COL_APPLICANT, input->snapshot);
	uint32_t *counts = count_values(input, build->arena, &axis, &build->figure->left_out);
	double documents = (double)count_documents(input, build->arena);
	size_t top = build_top(build, analysis->top);
	struct value_count *values;
	size_t all = count_top(build->arena, counts, axis.size, 0, &values);
	size_t count = all < top ? all : top;
	struct active_years *active = find_active_years(build, &axis, values, count);
	double *citations = sum_citations(build, &axis, values, count);

	(void)error;
	for (size_t i = 0; i < count; i++) {
		struct figure_row *row = build_row(build);

		row->key = axis_key(&axis, build->arena, values[i].value);
		row->drill = axis_drill(&axis, build->arena, values[i].value);
		build_name(build, &axis, values[i].value);
		build_number(build, values[i].count);
		build_number(build, share_of(values[i].count, documents));
		build_number(build, year_or_none(active[i].first));
		build_number(build, year_or_none(active[i].last));
		build_number(build, citations[i]);
	}
	add_concentration_notes(build, values, all);
	return true;
}

const struct analysis analysis_applicants = {
	.figure = { "applicants",
		    { "申请人排名与集中度", "Applicants and concentration" },
		    { "共同申请人各计一次；CRn 为前 n 名份额之和，HHI 为份额平方和（0–1），"
		      "份额以各申请人数量之和为分母。",
		      "Each co-applicant counts whole; CRn is the sum of the n largest shares, HHI "
		      "the "
		      "sum of squared shares (0-1), shares of the sum over applicants." },
		    SHAPE_BARS,
		    COLUMNS(applicants_columns) },
	.run = run_applicants,
	.top = 20,
};

/* ---- Who came and who went. */
static const struct figure_column entrants_leavers_columns[] = {
	{ "year", { "年份", "Year" }, VALUE_YEAR },
	{ "entrants", { "新进入申请人", "Entrants" }, VALUE_COUNT },
	{ "leavers", { "退出申请人", "Leavers" }, VALUE_COUNT },
	{ "active", { "活跃申请人", "Active" }, VALUE_COUNT },
};

enum { SILENT_YEARS = 3 };

struct turnover {
	uint32_t *entrants, *leavers, *active; /* by year - first */
};

/* Cells of (applicant, year) come sorted, so each applicant's years stand together, ascending. */
static struct turnover count_turnover(struct build *build, const struct years *years)
{
	struct axis applicant_axis = axis_of_column(COL_APPLICANT, build->input->snapshot);
	struct axis year_axis = axis_of_column(COL_YEAR_FILED, build->input->snapshot);
	struct selection a = select_all(&applicant_axis), b = select_all(&year_axis);
	size_t span = (size_t)(years->last - years->first + 1);
	struct turnover turnover = { arena_array(build->arena, uint32_t, span),
				     arena_array(build->arena, uint32_t, span),
				     arena_array(build->arena, uint32_t, span) };
	struct cell *cells;
	size_t count = count_cells(build->input, build->arena, &a, &b, NULL, &cells);

	for (size_t i = 0; i < count; i++) {
		int at = axis_year(&year_axis, cells[i].b) - years->first;

		if (at < 0 || at >= (int)span)
			continue;
		turnover.active[at]++;
		turnover.entrants[at] += i == 0 || cells[i - 1].a != cells[i].a;
		turnover.leavers[at] += i + 1 == count || cells[i + 1].a != cells[i].a;
	}
	return turnover;
}

static bool run_entrants_leavers(const struct analysis *analysis, struct build *build,
				 struct error *error)
{
	struct years years = years_count(build->input, build->arena, COL_YEAR_FILED);
	int incomplete = first_incomplete_year(build->input->as_of, COL_YEAR_FILED);
	struct turnover turnover;

	(void)analysis;
	(void)error;
	build->figure->left_out = years.without;
	if (years.first > years.last)
		return true;
	turnover = count_turnover(build, &years);
	for (int year = years.first; year <= years.last; year++) {
		int at = year - years.first;
		struct figure_row *row = build_row(build);

		row->is_incomplete = year >= incomplete;
		row->drill = drill_year(build->arena, COL_FILED, year);
		build_number(build, year);
		build_number(build, turnover.entrants[at]);
		build_number(build, year + SILENT_YEARS < incomplete ? (double)turnover.leavers[at]
								     : (double)NAN);
		build_number(build, turnover.active[at]);
	}
	return true;
}

const struct analysis analysis_entrants_leavers = {
	.figure = { "entrants_leavers",
		    { "申请人进入与退出", "Entrants and leavers" },
		    { "首次申请的年份为进入；末次申请后至少三个完整年份无申请为退出，其后年份不判定"
		      "。",
		      "An applicant enters with its first filing and has left when at least three "
		      "complete years follow its last one; later years are not judged." },
		    SHAPE_COLUMNS,
		    COLUMNS(entrants_leavers_columns) },
	.run = run_entrants_leavers,
};

/* ---- Inventors. */
static const struct figure_column inventors_columns[] = {
	{ "inventor", { "发明人", "Inventor" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "first_count", { "第一发明人", "As first inventor" }, VALUE_COUNT },
	{ "first_year", { "最早申请年", "First year" }, VALUE_YEAR },
	{ "last_year", { "最近申请年", "Latest year" }, VALUE_YEAR },
	{ "applicant", { "主要申请人", "Main applicant" }, VALUE_TEXT },
};

/* The applicant each inventor has most documents with; ties by name. */
static uint32_t *main_applicants(struct build *build, const struct axis *axis,
				 const struct axis *applicants, const struct value_count *values,
				 size_t count)
{
	struct selection a = select_values(build->arena, axis, values, count);
	struct selection b = select_all(applicants);
	uint32_t *best = arena_array(build->arena, uint32_t, count + 1);
	uint64_t *most = arena_array(build->arena, uint64_t, count + 1);
	struct cell *cells;
	size_t cell_count = count_cells(build->input, build->arena, &a, &b, NULL, &cells);

	memset(best, 0xFF, (count + 1) * sizeof(*best));
	for (size_t i = 0; i < cell_count; i++) {
		if (cells[i].count <= most[cells[i].a])
			continue;
		most[cells[i].a] = cells[i].count;
		best[cells[i].a] = cells[i].b;
	}
	return best;
}

static void add_inventor(struct build *build, const struct axis *axis, struct value_count entry,
			 uint32_t as_first, struct active_years active, struct str applicant)
{
	struct figure_row *row = build_row(build);

	row->key = axis_key(axis, build->arena, entry.value);
	row->drill = axis_drill(axis, build->arena, entry.value);
	build_name(build, axis, entry.value);
	build_number(build, entry.count);
	build_number(build, as_first);
	build_number(build, year_or_none(active.first));
	build_number(build, year_or_none(active.last));
	build_text(build, applicant);
}

static bool run_inventors(const struct analysis *analysis, struct build *build, struct error *error)
{
	const struct analysis_input *input = build->input;
	struct axis axis = axis_of_column(COL_INVENTOR, input->snapshot);
	struct axis firsts = axis_of_column(COL_FIRST_INVENTOR, input->snapshot);
	struct axis applicants = axis_of_column(COL_APPLICANT, input->snapshot);
	uint32_t *counts = count_values(input, build->arena, &axis, &build->figure->left_out);
	uint32_t *as_first = count_values(input, build->arena, &firsts, NULL);
	struct value_count *values, *present;
	size_t count = count_top(build->arena, counts, axis.size, build_top(build, analysis->top),
				 &values);
	struct active_years *active = find_active_years(build, &axis, values, count);
	uint32_t *with = main_applicants(build, &axis, &applicants, values, count);

	(void)error;
	for (size_t i = 0; i < count; i++) {
		uint32_t first = axis_find(&firsts, axis_key(&axis, build->arena, values[i].value));

		add_inventor(build, &axis, values[i], first == VALUE_NONE ? 0 : as_first[first],
			     active[i],
			     with[i] == VALUE_NONE ? STR_EMPTY
						   : axis_name(&applicants, build->arena, with[i],
							       input->language));
	}
	build_note(build, "inventors", (struct label){ "发明人总数", "Inventors" },
		   (double)count_present(build->arena, counts, axis.size, &present));
	return true;
}

const struct analysis analysis_inventors = {
	.figure = { "inventors",
		    { "主要发明人", "Inventors" },
		    { "共同发明人各计一次；主要申请人为共同出现最多者。同名者不区分。",
		      "Each co-inventor counts whole; the main applicant is the one met most "
		      "often. "
		      "Persons of one name are not told apart." },
		    SHAPE_BARS,
		    COLUMNS(inventors_columns) },
	.run = run_inventors,
	.top = 20,
};
