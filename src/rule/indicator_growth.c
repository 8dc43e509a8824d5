/* T1: growth of the inventions filed in key fields. */
#include "base/map.h"
#include "rule/indicator_internal.h"

#include <math.h>

enum { YEARS_MAX = 60, BASE_YEARS = 3 };

struct years {
	int64_t first, base, last; /* first: of the counts kept */
	double counts[YEARS_MAX];
};

static enum indicator_reason reason_of(const struct indicator_run *run,
				       const struct patent_case *patent, struct map *seen)
{
	enum indicator_reason reason = indicator_base_reason(run->input, patent, seen);
	date day = run->input->as_of;

	if (reason != REASON_NONE)
		return reason;
	if (!patent->field.size)
		return REASON_NO_FIELD;
	if (patent->dates[CASE_ABNORMAL] != DATE_NONE && patent->dates[CASE_ABNORMAL] <= day)
		return REASON_ABNORMAL;
	if (patent->dates[CASE_WITHDRAWN] != DATE_NONE && patent->dates[CASE_WITHDRAWN] <= day)
		return REASON_WITHDRAWN;
	return REASON_NONE;
}

/*
 * The year before the project. Without one: the first year with a filing that counts; the mean of
 * three years takes the first three, not years before there was anything.
 */
static int64_t base_year(const struct indicator_run *run)
{
	const struct indicator_input *input = run->input;
	int64_t year = 0;

	if (input->base_year)
		return input->base_year;
	if (input->from != DATE_NONE)
		return date_year(input->from) - 1;
	for (size_t i = 0; i < input->case_count; i++) {
		const struct patent_case *patent = &input->cases[i];
		int64_t filed = date_year(patent->dates[CASE_FILED]);

		if (patent->type == PATENT_INVENTION && patent->field.size &&
		    indicator_is_there(input, patent) && (!year || filed < year))
			year = filed;
	}
	if (year && run->result->method->formula == FORMULA_BASE_AVERAGE)
		year += BASE_YEARS - 1;
	return year;
}

struct tally {
	double numerator_families, divisionals, abnormal, withdrawn;
};

static void count_case(const struct indicator_run *run, const struct patent_case *patent,
		       enum indicator_reason reason, struct years *years, struct map *families,
		       struct tally *tally)
{
	int64_t year = date_year(patent->dates[CASE_FILED]);
	bool is_base = run->result->method->formula == FORMULA_BASE_AVERAGE
			       ? year > years->base - BASE_YEARS && year <= years->base
			       : year == years->base;
	struct indicator_record *record;

	tally->abnormal += reason == REASON_ABNORMAL;
	tally->withdrawn += reason == REASON_WITHDRAWN;
	if (reason == REASON_NONE && (year < years->first || year > years->last))
		reason = REASON_OUTSIDE;
	record = indicator_add_record(run, patent->id, reason);
	if (reason != REASON_NONE)
		return;
	years->counts[year - years->first]++;
	record->in_numerator = year == years->last;
	record->in_denominator = is_base;
	tally->divisionals += patent->divisional_of.size > 0;
	if (record->in_numerator) {
		bool is_new = true;

		map_put(families, patent->family.size ? patent->family : patent->id, &is_new);
		tally->numerator_families += is_new;
	}
}

static void count_cases(const struct indicator_run *run, struct years *years)
{
	struct map *seen = map_create(), *families = map_create();
	struct tally tally = { 0 };

	for (size_t i = 0; i < run->input->case_count; i++) {
		const struct patent_case *patent = &run->input->cases[i];

		count_case(run, patent, reason_of(run, patent, seen), years, families, &tally);
	}
	indicator_add_extra(run, "families",
			    (struct label){ "末年同族数", "families of the last year" },
			    tally.numerator_families);
	indicator_add_extra(run, "divisionals", (struct label){ "其中分案", "divisionals counted" },
			    tally.divisionals);
	indicator_add_extra(run, "abnormal",
			    (struct label){ "剔除：非正常申请", "left out: abnormal" },
			    tally.abnormal);
	indicator_add_extra(
		run, "withdrawn",
		(struct label){ "剔除：声明撤回", "left out: withdrawn by declaration" },
		tally.withdrawn);
	if (tally.divisionals > 0)
		indicator_add_note(run, "含分案申请，请留意是否为拆分",
				   "divisionals are counted: look whether filings were split");
	map_destroy(seen);
	map_destroy(families);
}

static double base_count(const struct indicator_run *run, const struct years *years)
{
	double sum = 0;

	if (run->input->baseline >= 0)
		return (double)run->input->baseline;
	if (run->result->method->formula != FORMULA_BASE_AVERAGE)
		return years->counts[years->base - years->first];
	for (int64_t year = years->base - BASE_YEARS + 1; year <= years->base; year++)
		sum += years->counts[year - years->first];
	return sum / BASE_YEARS;
}

static void add_years(const struct indicator_run *run, const struct years *years)
{
	for (int64_t year = years->base; year <= years->last; year++)
		indicator_add_extra(
			run, arena_printf(run->arena, "year_%lld", (long long)year),
			(struct label){
				arena_printf(run->arena, "%lld 年申请量", (long long)year),
				arena_printf(run->arena, "filed in %lld", (long long)year) },
			years->counts[year - years->first]);
}

void indicator_run_growth(const struct indicator_run *run)
{
	struct years years = { .base = base_year(run),
			       .last = indicator_last_year(run->input->as_of) };
	int64_t span = years.last - years.base;
	double first;

	years.first = years.base - BASE_YEARS + 1;
	if (!years.base || span < 1 || span + BASE_YEARS > YEARS_MAX) {
		indicator_add_note(run, "基期后还没有完整的年度，不可计算",
				   "no whole year has passed since the base year: not computable");
		return;
	}
	count_cases(run, &years);
	add_years(run, &years);
	first = base_count(run, &years);
	run->result->numerator = years.counts[years.last - years.first];
	run->result->denominator = first;
	if (run->result->method->formula == FORMULA_MEAN_YOY) {
		years.counts[years.base - years.first] = first;
		run->result->value = indicator_mean_growth(&years.counts[years.base - years.first],
							   (size_t)span + 1);
	} else {
		run->result->value = indicator_growth(first, run->result->numerator, span);
	}
	if (isnan(run->result->value))
		indicator_add_note(
			run, "基期或者中间年度为 0，不可计算，请设定基数",
			"the base or a year between is 0: not computable, set a baseline");
}
