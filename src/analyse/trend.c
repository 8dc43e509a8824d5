#include "analyse/build_internal.h"
#include "analyse/statistics_internal.h"

/*
 * Counts per year. Growth is against the year before; the mean is of the year and the two before
 * it. Years with documents still unpublished are marked incomplete and read by no note.
 */
static const struct figure_column trend_columns[] = {
	{ "year", { "年份", "Year" }, VALUE_YEAR },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
	{ "growth", { "同比增长", "Growth" }, VALUE_SHARE },
	{ "mean3", { "三年移动平均", "3-year mean" }, VALUE_NUMBER },
};

static double mean_to(const struct years *years, int year, int length)
{
	double sum = 0;

	for (int y = year - length + 1; y <= year; y++)
		sum += years_at(years, y);
	return sum / length;
}

static void note_peak(struct build *build, const struct years *years, int last)
{
	int peak = years->first;

	for (int year = years->first; year <= last; year++)
		if (years_at(years, year) > years_at(years, peak))
			peak = year;
	build_note(build, "peak_year", (struct label){ "峰值年份", "Peak year" }, peak);
	build_note(build, "peak_count", (struct label){ "峰值数量", "Peak count" },
		   years_at(years, peak));
}

/* Over the whole years only. */
static void add_trend_notes(struct build *build, const struct years *years, int last)
{
	double from, to;

	build_note(build, "first_year", (struct label){ "最早年份", "First year" }, years->first);
	build_note(build, "last_complete_year",
		   (struct label){ "最近完整年份", "Last complete year" }, last);
	if (last < years->first)
		return;
	note_peak(build, years, last);
	from = years_at(years, last - 5);
	to = years_at(years, last);
	build_note(build, "cagr5",
		   (struct label){ "近五年年均复合增长率", "Compound growth, last 5 years" },
		   from > 0 && last - 5 >= years->first ? pow(to / from, 1.0 / 5) - 1 : NAN);
	build_note(build, "recent_growth",
		   (struct label){ "近三年均值较前三年均值增长",
				   "Last 3 years' mean against the 3 before" },
		   growth_of(mean_to(years, last, 3), mean_to(years, last - 3, 3)));
}

static bool run_trend(const struct analysis *analysis, struct build *build, struct error *error)
{
	const struct analysis_input *input = build->input;
	struct years years = years_count(input, build->arena, analysis->column);
	int incomplete = first_incomplete_year(input->as_of, analysis->column);

	(void)error;
	build->figure->left_out = years.without;
	for (int year = years.first; year <= years.last; year++) {
		struct figure_row *row = build_row(build);

		row->is_incomplete = year >= incomplete;
		row->drill = drill_year(build->arena, analysis->other, year);
		build_number(build, year);
		build_number(build, years_at(&years, year));
		build_number(build, growth_of(years_at(&years, year), years_at(&years, year - 1)));
		build_number(build, year - 2 < years.first ? NAN : mean_to(&years, year, 3));
	}
	if (years.first <= years.last)
		add_trend_notes(build, &years,
				years.last < incomplete ? years.last : incomplete - 1);
	return true;
}

#define TREND(id_, title_zh, title_en, tail_zh, tail_en, column_, date_)                           \
	{                                                                                          \
		.figure = { id_,                                                                   \
			    { title_zh, title_en },                                                \
			    { "按年统计；同比＝本年÷上年－1；移动平均取本年及前两年；" tail_zh,    \
			      "Counts a year; growth against the year before; the mean is of the " \
			      "year and the two before; " tail_en },                               \
			    SHAPE_COLUMNS,                                                         \
			    COLUMNS(trend_columns) },                                              \
		.run = run_trend, .column = column_, .other = date_                                \
	}
#define RUNNING_ZH "统计当年尚未结束的标为不完整。"
#define RUNNING_EN "the running year is marked incomplete."

const struct analysis analysis_trend_filed = TREND(
	"trend_filed", "申请趋势", "Filings by year",
	"申请至公开有 18 个月滞后（专利法第三十四条），未满者标为不完整。",
	"publication follows 18 months after filing, so younger years are marked incomplete.",
	COL_YEAR_FILED, COL_FILED);
const struct analysis analysis_trend_published = TREND(
	"trend_published", "公开趋势", "Publications by year", RUNNING_ZH, RUNNING_EN,
	COL_YEAR_PUBLISHED, COL_PUBLISHED);
const struct analysis analysis_trend_granted = TREND("trend_granted", "授权趋势", "Grants by year",
						     RUNNING_ZH, RUNNING_EN, COL_YEAR_GRANTED,
						     COL_GRANTED);
