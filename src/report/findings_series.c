#include "report/findings_internal.h"

#include <math.h>

/* One column over the complete years, ascending. */
struct series {
	double *years, *values;
	size_t count;
};

static struct series read_series(struct writing *w, size_t year, size_t column)
{
	const struct figure *figure = w->figure;
	struct series series = { .years = arena_array(w->arena, double, figure->row_count),
				 .values = arena_array(w->arena, double, figure->row_count) };

	for (size_t i = 0; i < figure->row_count; i++) {
		const struct figure_row *row = &figure->rows[i];

		if (row->is_incomplete || !isfinite(row->values[column].number) ||
		    !isfinite(row->values[year].number))
			continue;
		series.years[series.count] = row->values[year].number;
		series.values[series.count++] = row->values[column].number;
	}
	return series;
}

static size_t peak_of(const struct series *series)
{
	size_t peak = 0;

	for (size_t i = 1; i < series->count; i++)
		if (series->values[i] > series->values[peak])
			peak = i;
	return peak;
}

/* How many of the last steps all go up (positive) or all go down (negative). */
static int streak_of(const struct series *series)
{
	int streak = 0;

	for (size_t i = series->count; i-- > 1;) {
		double step = series->values[i] - series->values[i - 1];

		if (step > 0 && streak >= 0)
			streak++;
		else if (step < 0 && streak <= 0)
			streak--;
		else
			break;
	}
	return streak;
}

/* A base this small makes a multiple that says nothing. */
enum { BASE_MIN = 10, SPAN_YEARS = 20 };

/* English has the unit in the noun. */
static const char *plain_amount(struct writing *w, double count)
{
	return w->language == LANGUAGE_ZH ? amount(w, count)
					  : str_to_cstr(w->arena, count_text(w->arena, count));
}

static void say_span(struct writing *w, const struct series *series, const char *noun)
{
	size_t last = series->count - 1, first = last >= SPAN_YEARS ? last - SPAN_YEARS : 0;
	double from = series->values[first], to = series->values[last];
	double years = series->years[last] - series->years[first];

	say(w, "%.0f—%.0f 年，%s由 %s变为 %s", "From %.0f to %.0f, %s went from %s to %s",
	    series->years[first], series->years[last], noun, plain_amount(w, from),
	    plain_amount(w, to));
	if (from < BASE_MIN || to <= 0)
		return;
	say(w, "（%s", " (%s", say_change(w, from, to));
	if (years >= 4)
		say(w, "，年均 %+.1f%%", ", %+.1f%% a year", (pow(to / from, 1 / years) - 1) * 100);
	say(w, "）", ")");
}

static void say_course(struct writing *w, const struct series *series)
{
	size_t peak = peak_of(series), last = series->count - 1;
	int streak = streak_of(series);

	if (peak != last && peak != 0)
		say(w, "，%.0f 年达到峰值 %s", ", peaking in %.0f at %s", series->years[peak],
		    amount(w, series->values[peak]));
	if (streak >= 3)
		say(w, "，至 %.0f 年已连续 %d 年增长", ", by %.0f rising %d years in a row",
		    series->years[last], streak);
	if (streak <= -3)
		say(w, "，至 %.0f 年已连续 %d 年下降", ", by %.0f falling %d years in a row",
		    series->years[last], -streak);
	say(w, "。", ".");
}

void say_tail(struct writing *w)
{
	const struct figure *figure = w->figure;
	size_t year = 0;
	double first = INFINITY;

	while (year < figure->column_count && figure->columns[year].kind != VALUE_YEAR)
		year++;
	if (year == figure->column_count)
		return;
	for (size_t i = 0; i < figure->row_count; i++)
		if (figure->rows[i].is_incomplete)
			first = fmin(first, figure->rows[i].values[year].number);
	if (!isfinite(first))
		return;
	if (strcmp(figure->id, "trend_published") == 0 || strcmp(figure->id, "trend_granted") == 0)
		say(w, "%.0f 年尚未结束，其数值不表示下降。",
		    "The year %.0f has not ended; its number is no decline.", first);
	else
		say(w, "%.0f 年及以后的申请尚未全部公开，其数值不表示下降。",
		    "Filings from %.0f on are not all published yet; their numbers are no decline.",
		    first);
}

void say_series(struct writing *w, size_t column, const char *noun)
{
	size_t year = 0;
	struct series series;

	while (year < w->figure->column_count && w->figure->columns[year].kind != VALUE_YEAR)
		year++;
	if (year == w->figure->column_count || column == SIZE_MAX)
		return;
	series = read_series(w, year, column);
	if (!series.count)
		say(w, "所列年份的数据均不完整，不能据此判断趋势。",
		    "All years shown are incomplete; no trend can be read from them.");
	else if (series.count < 3)
		say(w, "数据完整的年份只有 %zu 个，不足以判断趋势。",
		    "Only %zu years are complete, too few for a trend.", series.count);
	else {
		say_span(w, &series, noun);
		say_course(w, &series);
	}
	if (series.count)
		say_tail(w);
}
