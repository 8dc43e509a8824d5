#include "analyse/build_internal.h"
#include "analyse/statistics_internal.h"
#include "base/list.h"

/*
 * How long grants are kept. A lifetime runs from the grant to the lapse (or the end of the term,
 * once that is past); a grant still in force is cut off at the input's day. A grant known to have
 * ended without a known day is left out: counting it either way would bend the curve.
 */
static const double year_days = 365.2425;
enum { AGES_MAX = 25 };

static const struct figure_column survival_columns[] = {
	{ "age", { "授权后年数", "Years after grant" }, VALUE_NUMBER },
	{ "at_risk", { "期初有效", "In force at the start" }, VALUE_COUNT },
	{ "ended", { "当期失效", "Ended" }, VALUE_COUNT },
	{ "survival", { "存活率", "Survival" }, VALUE_SHARE },
	{ "low", { "95% 下限", "95 % low" }, VALUE_SHARE },
	{ "high", { "95% 上限", "95 % high" }, VALUE_SHARE },
};

struct life_reader {
	int64_t granted[BLOCK_SIZE], lapsed[BLOCK_SIZE], expires[BLOCK_SIZE];
	struct gathered *groups;
	uint32_t dead; /* value of the status group */
	date as_of;
	struct list lifetimes;
	uint64_t left_out, ended;
};

static bool row_is_dead(const struct life_reader *reader, uint32_t row)
{
	const struct gathered *groups = reader->groups;

	for (uint32_t i = groups->starts[row]; i < groups->starts[row + 1]; i++)
		if (groups->values[i] == reader->dead)
			return true;
	return false;
}

static void add_life(struct life_reader *reader, uint32_t row)
{
	int64_t granted = reader->granted[row], end = reader->lapsed[row];
	struct lifetime *lifetime;
	bool has_ended;

	if (granted == NUMBER_NONE || granted > reader->as_of)
		return;
	if (end == NUMBER_NONE && reader->expires[row] != NUMBER_NONE &&
	    reader->expires[row] <= reader->as_of)
		end = reader->expires[row];
	has_ended = end != NUMBER_NONE && end <= reader->as_of;
	if ((has_ended && end < granted) || (!has_ended && row_is_dead(reader, row))) {
		reader->left_out++;
		return;
	}
	lifetime = list_add(&reader->lifetimes);
	lifetime->days = (has_ended ? end : reader->as_of) - granted;
	lifetime->has_ended = has_ended;
	reader->ended += has_ended;
}

static void lifetimes_release(void *resource)
{
	list_release(resource);
}

static struct life_reader *read_lives(struct build *build)
{
	const struct analysis_input *input = build->input;
	struct life_reader *reader = arena_new(build->arena, struct life_reader);
	struct axis groups = axis_of_column(COL_STATUS_GROUP, input->snapshot);
	struct block *block = block_create(build->arena);
	struct block_walk walk = block_walk(input->snapshot, input->documents);

	reader->lifetimes = LIST_OF(struct lifetime);
	arena_defer(build->arena, lifetimes_release, &reader->lifetimes);
	reader->groups = gathered_create(build->arena);
	reader->dead = axis_find(&groups, STR("dead"));
	reader->as_of = input->as_of;
	while (block_next(&walk, block)) {
		block_numbers(input->snapshot, COL_GRANTED, block, reader->granted);
		block_numbers(input->snapshot, COL_LAPSED, block, reader->lapsed);
		block_numbers(input->snapshot, COL_EXPIRES, block, reader->expires);
		axis_gather(&groups, block, reader->groups);
		for (uint32_t row = 0; row < block->count; row++)
			add_life(reader, row);
	}
	return reader;
}

static void add_survival_notes(struct build *build, const struct life_reader *reader,
			       const struct survival_point *points, size_t ages)
{
	double median = NAN;

	for (size_t i = ages; i-- > 0;)
		if (points[i].survival <= 0.5)
			median = (double)(i + 1);
	build_note(build, "granted",
		   (struct label){ "纳入计算的授权专利", "Grants in the estimate" },
		   (double)reader->lifetimes.count);
	build_note(build, "ended", (struct label){ "其中已失效", "Of them ended" },
		   (double)reader->ended);
	build_note(build, "median_age", (struct label){ "存活率降至一半的年数", "Median (years)" },
		   median);
	build_note(build, "survival_5", (struct label){ "五年存活率", "Survival after 5 years" },
		   ages >= 5 ? points[4].survival : NAN);
	build_note(build, "survival_10", (struct label){ "十年存活率", "Survival after 10 years" },
		   ages >= 10 ? points[9].survival : NAN);
}

enum { GRANTS_MIN = 10 };

static bool run_survival(const struct analysis *analysis, struct build *build, struct error *error)
{
	struct life_reader *reader = read_lives(build);
	struct survival_point points[AGES_MAX];
	size_t ages = 0;

	(void)analysis;
	(void)error;
	build->figure->documents = reader->lifetimes.count + reader->left_out;
	build->figure->left_out = reader->left_out;
	if (reader->lifetimes.count < GRANTS_MIN)
		return build_not_enough(build);
	survival_estimate(reader->lifetimes.items, reader->lifetimes.count, year_days, points,
			  AGES_MAX);
	while (ages < AGES_MAX && points[ages].at_risk)
		ages++;
	for (size_t i = 0; i < ages; i++) {
		build_row(build);
		build_number(build, (double)(i + 1));
		build_number(build, (double)points[i].at_risk);
		build_number(build, (double)points[i].ended);
		build_number(build, points[i].survival);
		build_number(build, points[i].low);
		build_number(build, points[i].high);
	}
	add_survival_notes(build, reader, points, ages);
	return true;
}

const struct analysis analysis_survival = {
	.figure = { "survival",
		    { "授权专利存活曲线", "Survival of grants" },
		    { "Kaplan–Meier "
		      "估计：自授权日至失效日（或已过的届满日），仍有效的在统计日截断；"
		      "置信区间用 Greenwood 方差（log(−log) 尺度）；已失效而日期不明的不计。",
		      "Kaplan-Meier estimate from grant to lapse (or past end of term), those in "
		      "force "
		      "censored at the as-of date; Greenwood interval on the log(-log) scale; "
		      "ended "
		      "grants without a date are left out." },
		    SHAPE_LINE,
		    COLUMNS(survival_columns) },
	.run = run_survival,
	.counts_applications = true,
};

/* ---- Patents in force today by the year their term ends. */
static const struct figure_column expiry_columns[] = {
	{ "year", { "届满年", "Year of expiry" }, VALUE_YEAR },
	{ "count", { "当年届满", "Terms ending" }, VALUE_COUNT },
	{ "active", { "年末仍有效", "In force at the end" }, VALUE_COUNT },
};

enum { EXPIRY_YEARS_MAX = 25, SOON_YEARS = 5 };

static bool run_expiry(const struct analysis *analysis, struct build *build, struct error *error)
{
	struct analysis_input active = *build->input;
	struct axis axis = axis_of(dimension_find(STR("expiry_year")), active.snapshot);
	int first = date_year(active.as_of), last = first;
	uint32_t *counts;
	double remaining = 0, soon = 0;
	uint64_t without;

	(void)analysis;
	(void)error;
	active.documents = bitmap_and(build->arena, active.documents,
				      index_term_documents(active.snapshot, build->arena,
							   COL_STATUS_GROUP, STR("active")));
	build->figure->documents = count_documents(&active, build->arena);
	counts = count_values(&active, build->arena, &axis, &without);
	for (int year = first; year < first + EXPIRY_YEARS_MAX; year++) {
		uint32_t count = counts[year - 1000];

		remaining += count;
		last = count ? year : last;
		soon += year < first + SOON_YEARS ? count : 0;
	}
	build->figure->left_out = build->figure->documents - (uint64_t)remaining;
	if (remaining <= 0)
		return build_not_enough(build);
	for (int year = first; year <= last; year++) {
		struct figure_row *row = build_row(build);

		row->drill = drill_and(build->arena,
				       drill_keyword(build->arena, COL_STATUS_GROUP, STR("active")),
				       drill_year(build->arena, COL_EXPIRES, year));
		remaining -= counts[year - 1000];
		build_number(build, year);
		build_number(build, counts[year - 1000]);
		build_number(build, remaining);
	}
	build_note(build, "next_5_years", (struct label){ "未来五年届满", "Ending within 5 years" },
		   soon);
	return true;
}

const struct analysis analysis_expiry = {
	.figure = { "expiry",
		    { "专利权届满预测", "Expiry forecast" },
		    { "当前有效的专利按届满日所在年计数；不考虑届满前因未缴年费等终止。",
		      "Patents in force by the year their term ends; earlier lapse is not "
		      "foreseen." },
		    SHAPE_COLUMNS,
		    COLUMNS(expiry_columns) },
	.run = run_expiry,
	.counts_applications = true,
};
