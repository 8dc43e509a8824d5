#include "demo/demo_internal.h"

/* Applications for one unit of a branch's weight; makes about 20,000 published ones in all. */
enum { CASES_PER_WEIGHT = 34, AFFINITY = 12 };

/* Relative volume of an applicant in a year: 0 before it enters and after it leaves. */
static uint32_t volume(const struct demo_applicant *applicant, int year)
{
	int span = applicant->to - applicant->from + 1;
	int passed = year - applicant->from;

	if (year < applicant->from || year > applicant->to)
		return 0;
	switch (applicant->course) {
	case DEMO_RISE:
		return applicant->weight * (uint32_t)(3 + 17 * passed / span);
	case DEMO_FALL:
		return applicant->weight * (uint32_t)(20 - 17 * passed / span);
	case DEMO_FLAT:
	default:
		return applicant->weight * 10;
	}
}

/* Running sums of the applicants' volumes in one branch and year; false when nobody is there. */
static bool sum_applicants(const struct demo *demo, size_t branch, int year, uint32_t *sums)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < demo->applicant_count; i++) {
		const struct demo_applicant *applicant = &demo->applicants[i];

		if (applicant->in_field[demo->branches[branch].field])
			sum += volume(applicant, year) *
			       (applicant->in_branch[branch] ? AFFINITY : 1);
		sums[i] = sum;
	}
	return sum > 0;
}

/* How well branch and effect go together: 1 to 6, 0 where a blank is planted. */
static uint32_t fit(const struct demo *demo, size_t branch, size_t effect)
{
	struct demo_random random = demo_random_of(DEMO_SEED + 3,
						   branch * DEMO_EFFECTS_MAX + effect);

	if (demo->branches[branch].is_blank[effect])
		return 0;
	return 1 + demo_random_below(&random, 6);
}

static uint8_t choose_effect(const struct demo *demo, struct demo_random *random, size_t branch)
{
	const struct demo_field_words *field = &demo->fields[demo->branches[branch].field];
	uint32_t sums[DEMO_EFFECTS_MAX], sum = 0;

	for (size_t i = 0; i < field->effect_count; i++) {
		sum += field->effects[i].weight * fit(demo, branch, i);
		sums[i] = sum;
	}
	return (uint8_t)demo_random_weighted(random, sums, field->effect_count);
}

static enum demo_type choose_type(const struct demo *demo, struct demo_random *random,
				  const struct demo_case *application)
{
	int64_t utility = demo->branches[application->branch].utility;
	const struct demo_applicant *applicant = &demo->applicants[application->applicant];

	if (!str_equal_cstr(applicant->country, "CN"))
		utility /= 8;
	if (applicant->is_person && utility > 0)
		utility += 30;
	if (utility >= 20 && demo_random_percent(random, 6))
		return DEMO_DESIGN;
	return demo_random_percent(random, utility) ? DEMO_UTILITY : DEMO_INVENTION;
}

/* A team that works on the branch, else any. */
static uint32_t choose_team(struct demo_random *random, const struct demo_applicant *applicant,
			    size_t branch)
{
	uint32_t start = demo_random_below(random, applicant->team_count);

	for (uint32_t i = 0; i < applicant->team_count; i++) {
		uint32_t team = (start + i) % (uint32_t)applicant->team_count;

		if (applicant->teams[team].branch == branch)
			return team;
	}
	return start;
}

/* Joint applications become more common over the years. */
static uint32_t choose_partner(struct demo_random *random, const struct demo_applicant *applicant,
			       int year)
{
	bool is_enterprise = str_equal_cstr(applicant->type, "company");
	int64_t percent = (is_enterprise ? 5 : 14) * (year - 2000) / 20;

	if (applicant->partner_count == 0 || !demo_random_percent(random, percent))
		return DEMO_NOBODY;
	/* The first partner is the closest. */
	return demo_random_percent(random, 60)
		       ? applicant->partners[0]
		       : applicant->partners[demo_random_below(random, applicant->partner_count)];
}

static uint8_t choose_claims(struct demo_random *random, const struct demo_applicant *applicant,
			     enum demo_type type)
{
	int most = applicant->is_person ? 6 : 8 + (int)applicant->granted / 10;

	if (type == DEMO_DESIGN)
		return 1;
	if (type == DEMO_UTILITY)
		most = 10;
	return (uint8_t)demo_random_between(random, applicant->is_person ? 1 : 4, most);
}

static date choose_day(struct demo_random *random, int year)
{
	date first = date_of(year, 1, 1);
	date last = year == DEMO_LAST_YEAR ? DEMO_HORIZON : date_of(year, 12, 31);

	return demo_draw_working_day(random, first, last);
}

static void make_case(const struct demo *demo, size_t branch, int year, const uint32_t *sums,
		      struct demo_case *application)
{
	struct demo_random random = demo_random_of(DEMO_SEED + 4, application->key);
	const struct demo_applicant *applicant;

	application->branch = (uint32_t)branch;
	application->applicant = (uint32_t)demo_random_weighted(&random, sums,
								demo->applicant_count);
	applicant = &demo->applicants[application->applicant];
	application->filed = choose_day(&random, year);
	application->type = (uint8_t)choose_type(demo, &random, application);
	application->team = choose_team(&random, applicant, branch);
	application->partner = choose_partner(&random, applicant, year);
	application->effect = application->second_effect = choose_effect(demo, &random, branch);
	if (demo_random_percent(&random, 35))
		application->second_effect = choose_effect(demo, &random, branch);
	application->claims = choose_claims(&random, applicant, application->type);
	demo_live(demo, application);
}

/* The branch's relative volume in a year, up to 16 percent off its course. */
static uint32_t yearly(const struct demo *demo, size_t branch, size_t year)
{
	struct demo_random random = demo_random_of(DEMO_SEED + 11, branch * DEMO_YEARS + year);

	return demo->branches[branch].years[year] * (84 + demo_random_below(&random, 33));
}

/* Whole numbers in each year that add up to the branch's total. */
static uint32_t cases_in_year(const struct demo *demo, size_t branch, size_t year)
{
	uint64_t total = demo->branches[branch].weight * CASES_PER_WEIGHT, whole = 0, before = 0;
	uint32_t own = yearly(demo, branch, year);

	for (size_t i = 0; i < DEMO_YEARS; i++) {
		if (i == year)
			before = whole;
		whole += yearly(demo, branch, i);
	}
	return (uint32_t)(total * (before + own) / whole - total * before / whole);
}

static int compare_filed(const void *a, const void *b)
{
	const struct demo_case *left = a, *right = b;

	if (left->filed != right->filed)
		return left->filed < right->filed ? -1 : 1;
	return left->key < right->key ? -1 : left->key > right->key;
}

static void add_year(const struct demo *demo, size_t branch, size_t year, uint32_t *sums,
		     struct list *cases)
{
	uint32_t count = cases_in_year(demo, branch, year);

	if (count == 0 || !sum_applicants(demo, branch, DEMO_FIRST_YEAR + (int)year, sums))
		return;
	for (uint32_t i = 0; i < count; i++) {
		struct demo_case application = { .key = (branch * DEMO_YEARS + year) << 16 | i };

		make_case(demo, branch, DEMO_FIRST_YEAR + (int)year, sums, &application);
		if (application.published >= DEMO_NUMBERING_DAY &&
		    application.published <= DEMO_HORIZON)
			*(struct demo_case *)list_add(cases) = application;
	}
}

void demo_make_cases(struct demo *demo)
{
	struct list cases = LIST_OF(struct demo_case);
	uint32_t *sums = arena_array(demo->arena, uint32_t, demo->applicant_count);

	for (size_t branch = 0; branch < demo->branch_count; branch++)
		for (size_t year = 0; year < DEMO_YEARS; year++)
			add_year(demo, branch, year, sums, &cases);
	list_sort(&cases, compare_filed);
	demo->case_count = cases.count;
	demo->cases = arena_array(demo->arena, struct demo_case, cases.count);
	memcpy(demo->cases, cases.items, cases.count * sizeof(*demo->cases));
	list_release(&cases);
}
