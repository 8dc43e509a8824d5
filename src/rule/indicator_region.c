/* T5, T6: high-value inventions per 10,000 inhabitants of the province, and of the nation. */
#include "rule/indicator_internal.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { YEARS_MAX = 60, YEAR_MIN = 1985, YEAR_MAX = 2199 };
#define PEOPLE_MAX 1e6 /* 万人 */
#define NUMBER_MAX 1e12

static double rate_of(const struct region_year *row)
{
	return isnan(row->rate) ? row->high_value / row->population : row->rate;
}

/* Published by the day. */
static bool is_known(const struct indicator_input *input, const struct region_year *row)
{
	return row->published <= input->as_of; /* DATE_NONE is before every day */
}

/* The last that was published of the year. */
static const struct region_year *find_year(const struct indicator_input *input, struct str region,
					   int64_t year)
{
	const struct region_year *last = NULL;

	for (size_t i = 0; i < input->region_count; i++) {
		const struct region_year *row = &input->regions[i];

		if (row->year == year && str_equal(row->region, region) && is_known(input, row) &&
		    (!last || row->published > last->published))
			last = row;
	}
	return last;
}

/* The first and last year of the region that are over on the day. */
static bool find_span(const struct indicator_input *input, int64_t *first_out, int64_t *last_out)
{
	*first_out = *last_out = 0;
	for (size_t i = 0; i < input->region_count; i++) {
		const struct region_year *row = &input->regions[i];

		if (!str_equal(row->region, input->region) || !is_known(input, row) ||
		    row->year > indicator_last_year(input->as_of))
			continue;
		if (!*first_out || row->year < *first_out)
			*first_out = row->year;
		if (row->year > *last_out)
			*last_out = row->year;
	}
	if (input->base_year)
		*first_out = input->base_year;
	else if (input->from != DATE_NONE)
		*first_out = date_year(input->from) - 1;
	return *last_out > *first_out && *last_out - *first_out < YEARS_MAX &&
	       find_year(input, input->region, *first_out);
}

/* Growth over the years by the method; NAN when a year it needs is missing. */
static double growth(const struct indicator_input *input, enum indicator_formula formula,
		     struct str region, int64_t first, int64_t last)
{
	double values[YEARS_MAX + 1];
	size_t count = 0;

	for (int64_t year = first; year <= last; year++) {
		const struct region_year *row = find_year(input, region, year);

		values[count++] = row ? rate_of(row) : NAN;
	}
	return formula == FORMULA_LEAD_MEAN
		       ? indicator_mean_growth(values, count)
		       : indicator_growth(values[0], values[count - 1], last - first);
}

static void run_doubling(const struct indicator_run *run, int64_t first, int64_t last)
{
	const struct region_year *base = find_year(run->input, run->input->region, first);
	const struct region_year *end = find_year(run->input, run->input->region, last);
	double needed = pow(run->result->target, 1.0 / 5) - 1;

	run->result->value = rate_of(end);
	run->result->numerator = isnan(end->high_value) ? end->rate * end->population
							: end->high_value;
	run->result->denominator = end->population;
	run->result->target *= rate_of(base);
	indicator_add_extra(run, "base", (struct label){ "基期值", "value of the base year" },
			    rate_of(base));
	indicator_add_extra(run, "base_year", (struct label){ "基期", "base year" }, (double)first);
	indicator_add_extra(run, "year", (struct label){ "末期", "last year" }, (double)last);
	indicator_add_extra(
		run, "needed_growth",
		(struct label){ "五年达标所需年均增速", "yearly growth to get there in 5 years" },
		needed);
}

static void run_lead(const struct indicator_run *run, int64_t first, int64_t last)
{
	enum indicator_formula formula = run->result->method->formula;
	double own = growth(run->input, formula, run->input->region, first, last);
	double nation = growth(run->input, formula, run->input->nation, first, last);

	run->result->value = own - nation;
	run->result->numerator = own;
	run->result->denominator = nation;
	indicator_add_extra(run, "own_growth",
			    (struct label){ "本地区年均增速", "growth of the region" }, own);
	indicator_add_extra(run, "national_growth",
			    (struct label){ "全国年均增速", "growth of the nation" }, nation);
	indicator_add_extra(run, "base_year", (struct label){ "基期", "base year" }, (double)first);
	indicator_add_extra(run, "year", (struct label){ "末期", "last year" }, (double)last);
}

static enum indicator_reason reason_of(const struct indicator_input *input,
				       const struct region_year *row, int64_t first, int64_t last)
{
	if (!is_known(input, row))
		return REASON_LATER;
	if (row->year < first || row->year > last)
		return REASON_OUTSIDE;
	return find_year(input, row->region, row->year) == row ? REASON_NONE : REASON_TWICE;
}

void indicator_run_region(const struct indicator_run *run)
{
	bool is_lead = run->result->method->formula != FORMULA_DOUBLING;
	int64_t first, last;

	if (!find_span(run->input, &first, &last)) {
		indicator_add_note(run, "缺少基期或者末期的地区数据，不可计算",
				   "the region lacks its base year or a later one: not computable");
		return;
	}
	for (size_t i = 0; i < run->input->region_count; i++) {
		const struct region_year *row = &run->input->regions[i];
		enum indicator_reason reason = reason_of(run->input, row, first, last);
		struct indicator_record *record;
		struct str id = str_of(arena_printf(run->arena, "%.*s %lld", STR_ARGS(row->region),
						    (long long)row->year));

		record = indicator_add_record(run, id, reason);
		record->in_numerator = reason == REASON_NONE &&
				       str_equal(row->region, run->input->region);
		record->in_denominator = reason == REASON_NONE && is_lead &&
					 str_equal(row->region, run->input->nation);
	}
	if (is_lead)
		run_lead(run, first, last);
	else
		run_doubling(run, first, last);
	if (isnan(run->result->value))
		indicator_add_note(run, "缺少人口、数量或者某一年的数据，不可计算",
				   "population, number or a year is missing: not computable");
}

enum {
	COLUMN_REGION,
	COLUMN_YEAR,
	COLUMN_POPULATION,
	COLUMN_HIGH,
	COLUMN_RATE,
	COLUMN_SOURCE,
	COLUMN_PUBLISHED
};

static const struct sheet_column columns[] = {
	[COLUMN_REGION] = { "region", "地区", true },
	[COLUMN_YEAR] = { "year", "年份;年度", true },
	[COLUMN_POPULATION] = { "population", "常住人口;人口（万人）", false },
	[COLUMN_HIGH] = { "high_value", "高价值发明专利;高价值发明专利数", false },
	[COLUMN_RATE] = { "rate", "每万人口高价值发明专利拥有量", false },
	[COLUMN_SOURCE] = { "source", "来源", false },
	[COLUMN_PUBLISHED] = { "published", "发布日期", false },
};

bool region_list_read(struct arena *arena, const struct sheet *sheet, struct region_year **rows_out,
		      size_t *count_out, struct error *error)
{
	struct sheet_reader reader;

	if (!sheet_begin(sheet, columns, COUNT(columns), &reader, error))
		return false;
	*rows_out = arena_array(arena, struct region_year, sheet->row_count + 1);
	*count_out = sheet->row_count;
	for (size_t i = 0; i < sheet->row_count; i++) {
		struct region_year *row = &(*rows_out)[i];

		reader.row = &sheet->rows[i];
		*row = (struct region_year){ .published = DATE_NONE };
		row->region = sheet_text(&reader, COLUMN_REGION);
		row->source = sheet_text(&reader, COLUMN_SOURCE);
		if (!sheet_date(&reader, COLUMN_PUBLISHED, &row->published, error) ||
		    !sheet_integer(&reader, COLUMN_YEAR, YEAR_MIN, YEAR_MAX, 0, &row->year,
				   error) ||
		    !sheet_number(&reader, COLUMN_POPULATION, 1e-6, PEOPLE_MAX, NAN,
				  &row->population, error) ||
		    !sheet_number(&reader, COLUMN_HIGH, 0, NUMBER_MAX, NAN, &row->high_value,
				  error) ||
		    !sheet_number(&reader, COLUMN_RATE, 0, NUMBER_MAX, NAN, &row->rate, error))
			return false;
		if (!row->region.size || !row->year)
			return sheet_error(&reader, row->region.size ? COLUMN_YEAR : COLUMN_REGION,
					   "rule.sheet_empty", error);
	}
	return true;
}
