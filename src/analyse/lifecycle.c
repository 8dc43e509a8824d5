#include "analyse/build_internal.h"
#include "analyse/statistics_internal.h"

/*
 * Life cycle, two ways. The path: applicants against applications, year by year; a stage is read
 * off the change of both over three years. The curve: a logistic function fitted to the
 * cumulative applications; a stage is the part of its saturation that is reached (Ernst 1997:
 * below 10 % emerging, to 50 % growth, to 90 % maturity, beyond it saturation).
 */
enum stage {
	STAGE_EMERGING,
	STAGE_GROWTH,
	STAGE_MATURITY,
	STAGE_DECLINE,
	STAGE_REVIVAL,
	STAGE_SATURATION
};
static const struct label stage_labels[] = {
	[STAGE_EMERGING] = { "萌芽期", "emerging" },
	[STAGE_GROWTH] = { "成长期", "growth" },
	[STAGE_MATURITY] = { "成熟期", "maturity" },
	[STAGE_DECLINE] = { "衰退期", "decline" },
	[STAGE_REVIVAL] = { "复苏期", "revival" },
	[STAGE_SATURATION] = { "饱和期", "saturation" },
};
static const struct label stage_note = { "当前阶段", "Present stage" };

enum {
	PATH_YEARS_MIN = 6,
	CURVE_YEARS_MIN = 8,
	DOCUMENTS_MIN = 30,
	SMOOTHING = 3 /* years */
};
/* A yearly change of a tenth over three years, both ways, is the border between stages. */
static const double steady = 0.10;
static const double beginning = 0.10; /* of the highest level */

static const struct figure_column life_cycle_columns[] = {
	{ "applicants", { "申请人数量", "Applicants" }, VALUE_COUNT },
	{ "count", { "申请量", "Applications" }, VALUE_COUNT },
	{ "year", { "年份", "Year" }, VALUE_YEAR },
	{ "stage", { "阶段", "Stage" }, VALUE_TEXT },
};

/* Different applicants in each year. */
static uint32_t *applicants_by_year(struct build *build, const struct years *years)
{
	struct analysis_input input = *build->input;
	struct axis year_axis = axis_of_column(COL_YEAR_FILED, input.snapshot);
	struct axis applicant_axis = axis_of_column(COL_APPLICANT, input.snapshot);
	struct selection a = select_all(&year_axis), b = select_all(&applicant_axis);
	uint32_t *applicants = arena_array(build->arena, uint32_t, years->last - years->first + 1);
	struct cell *cells;
	size_t count;

	input.unit = UNIT_APPLICATION;
	count = count_cells(&input, build->arena, &a, &b, NULL, &cells);
	for (size_t i = 0; i < count; i++) {
		int year = axis_year(&year_axis, cells[i].a);

		if (year >= years->first && year <= years->last)
			applicants[year - years->first]++;
	}
	return applicants;
}

static double smooth(const uint32_t *counts, int i)
{
	double sum = 0;

	for (int j = i - SMOOTHING + 1; j <= i; j++)
		sum += j < 0 ? 0 : counts[j];
	return sum / SMOOTHING;
}

static double yearly_change(const uint32_t *counts, int i)
{
	double before = smooth(counts, i - SMOOTHING), now = smooth(counts, i);

	return before > 0 ? pow(now / before, 1.0 / SMOOTHING) - 1 : INFINITY;
}

static enum stage stage_at(const uint32_t *counts, const uint32_t *applicants, int i, double peak,
			   bool has_declined)
{
	double change = yearly_change(counts, i);

	if (!has_declined && smooth(counts, i) < beginning * peak)
		return STAGE_EMERGING;
	if (change >= steady && yearly_change(applicants, i) >= 0)
		return has_declined ? STAGE_REVIVAL : STAGE_GROWTH;
	return change > -steady ? STAGE_MATURITY : STAGE_DECLINE;
}

static bool run_life_cycle(const struct analysis *analysis, struct build *build,
			   struct error *error)
{
	struct years years = years_count(build->input, build->arena, COL_YEAR_FILED);
	int incomplete = first_incomplete_year(build->input->as_of, COL_YEAR_FILED);
	int last = years.last < incomplete ? years.last : incomplete - 1;
	enum stage stage = STAGE_EMERGING;
	bool has_declined = false;
	uint32_t *applicants;
	double peak = 0, total = 0;

	(void)analysis;
	(void)error;
	build->figure->left_out = years.without;
	for (int i = 0; i <= last - years.first; i++) {
		peak = fmax(peak, smooth(years.counts, i));
		total += years.counts[i];
	}
	if (last - years.first + 1 < PATH_YEARS_MIN || total < DOCUMENTS_MIN)
		return build_not_enough(build);
	applicants = applicants_by_year(build, &years);
	for (int i = 0; i <= years.last - years.first; i++) {
		struct figure_row *row = build_row(build);
		bool is_whole = years.first + i <= last;

		if (is_whole)
			stage = stage_at(years.counts, applicants, i, peak, has_declined);
		has_declined |= is_whole && stage == STAGE_DECLINE;
		row->is_incomplete = !is_whole;
		row->drill = drill_year(build->arena, COL_FILED, years.first + i);
		build_number(build, applicants[i]);
		build_number(build, years.counts[i]);
		build_number(build, years.first + i);
		build_text(build, is_whole ? build_label(build, stage_labels[stage]) : STR_EMPTY);
	}
	build_note_text(build, "stage", stage_note, build_label(build, stage_labels[stage]));
	return true;
}

const struct analysis analysis_life_cycle = {
	.figure = { "life_cycle",
		    { "技术生命周期", "Life cycle" },
		    { "横轴为当年申请人数量，纵轴为当年申请量，按年连线；阶段由三年平均值的年均变化"
		      "判定"
		      "（±10% 为界），未公开完的年份不判定。",
		      "Applicants against applications, year by year; the stage follows from the "
		      "yearly "
		      "change of 3-year means (10 % either way); incomplete years get none." },
		    SHAPE_SCATTER_PATH,
		    COLUMNS(life_cycle_columns) },
	.run = run_life_cycle,
};

static const struct figure_column s_curve_columns[] = {
	{ "year", { "年份", "Year" }, VALUE_YEAR },
	{ "count", { "申请量", "Applications" }, VALUE_COUNT },
	{ "cumulative", { "累计申请量", "Cumulative" }, VALUE_COUNT },
	{ "fitted", { "拟合值", "Fitted" }, VALUE_NUMBER },
};

static enum stage stage_of_curve(double reached)
{
	if (reached < 0.1)
		return STAGE_EMERGING;
	if (reached < 0.5)
		return STAGE_GROWTH;
	return reached < 0.9 ? STAGE_MATURITY : STAGE_SATURATION;
}

static void add_curve_notes(struct build *build, const struct logistic_curve *curve, int first,
			    double reached)
{
	build_note(build, "saturation", (struct label){ "饱和值（件）", "Saturation" },
		   curve->saturation);
	build_note(build, "midpoint", (struct label){ "拐点年份", "Midpoint (year)" },
		   first + curve->midpoint);
	build_note(build, "growth_years",
		   (struct label){ "由 10% 至 90% 所需年数", "Years from 10 % to 90 %" },
		   log(81) / curve->rate);
	build_note(build, "r2", (struct label){ "拟合优度 R²", "Goodness of fit R²" }, curve->r2);
	build_note(build, "reached", (struct label){ "已达饱和值的比例", "Part reached" }, reached);
	build_note_text(build, "stage", stage_note,
			build_label(build, stage_labels[stage_of_curve(reached)]));
}

static void add_curve_row(struct build *build, const struct years *years, int year, int last,
			  double cumulative, const struct logistic_curve *curve)
{
	struct figure_row *row = build_row(build);

	row->is_incomplete = year > last;
	row->drill = year > years->last ? STR_EMPTY : drill_year(build->arena, COL_FILED, year);
	build_number(build, year);
	build_number(build, year > years->last ? (double)NAN : (double)years_at(years, year));
	build_number(build, year > years->last ? NAN : cumulative);
	build_number(build, curve ? logistic_at(curve, year - years->first) : NAN);
}

/* A saturation ten times what there is lies outside anything the data can tell. */
enum { SATURATION_FACTOR_MAX = 10, FORECAST_YEARS = 10 };

static bool run_s_curve(const struct analysis *analysis, struct build *build, struct error *error)
{
	struct years years = years_count(build->input, build->arena, COL_YEAR_FILED);
	int incomplete = first_incomplete_year(build->input->as_of, COL_YEAR_FILED);
	int last = years.last < incomplete ? years.last : incomplete - 1;
	int count = last - years.first + 1;
	double *cumulative = arena_array(build->arena, double, YEAR_SPAN_MAX + 1), sum = 0;
	struct logistic_curve curve;
	bool fits;

	(void)analysis;
	(void)error;
	build->figure->left_out = years.without;
	for (int i = 0; i < count; i++)
		cumulative[i] = sum += years.counts[i];
	if (count < CURVE_YEARS_MIN || sum < DOCUMENTS_MIN)
		return build_not_enough(build);
	fits = logistic_fit(cumulative, (size_t)count, &curve) &&
	       curve.saturation <= SATURATION_FACTOR_MAX * sum;
	sum = 0;
	for (int year = years.first; year <= last + (fits ? FORECAST_YEARS : 0); year++) {
		sum += years_at(&years, year);
		add_curve_row(build, &years, year, last, sum, fits ? &curve : NULL);
	}
	if (!fits)
		return build_not_enough(build);
	add_curve_notes(build, &curve, years.first, cumulative[count - 1] / curve.saturation);
	return true;
}

const struct analysis analysis_s_curve = {
	.figure = { "s_curve",
		    { "S 曲线拟合", "S-curve" },
		    { "对完整年份的累计申请量作逻辑斯谛曲线最小二乘拟合 N=K/(1+exp(−r(t−t0)))；"
		      "按已达饱和值比例分期（10%、50%、90%，Ernst "
		      "1997）；饱和值超过现有量十倍时不下结论。",
		      "Least-squares logistic N=K/(1+exp(-r(t-t0))) through the cumulative filings "
		      "of "
		      "complete years; stages at 10, 50 and 90 % of saturation (Ernst 1997); no "
		      "conclusion when saturation would exceed ten times what there is." },
		    SHAPE_LINE,
		    COLUMNS(s_curve_columns) },
	.run = run_s_curve,
};
