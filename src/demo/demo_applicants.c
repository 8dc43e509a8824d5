#include "base/strbuf.h"
#include "demo/demo_internal.h"

enum {
	SMALL_PER_FIELD = 62,
	PERSONS_PER_FIELD = 16,
	SMALL_UNTIL = 2024, /* entrants come up to this year */
};

struct str demo_pick(struct demo_random *random, struct demo_words words)
{
	return words.items[demo_random_below(random, words.count)];
}

static struct str joined(struct arena *arena, const struct str *parts, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;

	for (size_t i = 0; i < count; i++)
		strbuf_add_str(&text, parts[i]);
	copy = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static struct str chinese_name(struct demo *demo, struct demo_random *random)
{
	struct str parts[3];
	size_t count = 2;

	parts[0] = demo_pick(random, demo->surnames);
	parts[1] = demo_pick(random, demo->given);
	if (demo_random_percent(random, 78))
		parts[count++] = demo_pick(random, demo->given);
	return joined(demo->arena, parts, count);
}

/* Places, years and size of a small applicant of one field. */
static void settle(struct demo *demo, struct demo_random *random, size_t field,
		   struct demo_applicant *applicant)
{
	const struct demo_field_words *words = &demo->fields[field];
	const struct demo_city *city =
		&demo->cities[demo_random_weighted(random, demo->city_sums, demo->city_count)];
	bool *in_field = arena_array(demo->arena, bool, demo->field_count);
	bool *in_branch = arena_array(demo->arena, bool, demo->branch_count);

	in_field[field] = true;
	for (int i = 0; i < 2; i++)
		in_branch[words->branch_first + demo_random_below(random, words->branch_count)] =
			true;
	applicant->in_field = in_field;
	applicant->in_branch = in_branch;
	applicant->country = STR("CN");
	applicant->province = city->province;
	applicant->city = city->name;
	applicant->district = demo_pick(random, city->districts);
	applicant->from = demo_random_between(random, DEMO_FIRST_YEAR - 6, SMALL_UNTIL);
	applicant->to = applicant->from + demo_random_between(random, 3, 18);
	applicant->course = (enum demo_course)demo_random_below(random, 3);
	applicant->granted = demo_random_between(random, 35, 68);
}

static void add_enterprise(struct demo *demo, struct demo_random *random, size_t field,
			   struct list *applicants)
{
	static const struct str forms[] = { DEMO_WORD("有限公司"), DEMO_WORD("股份有限公司") };
	struct demo_applicant *applicant = list_add(applicants);
	struct str parts[5] = { STR_EMPTY, STR_EMPTY, STR("示例"), STR_EMPTY, STR_EMPTY };

	/* Drawn one after the other: the order within an initialiser is the compiler's. */
	parts[1] = demo_pick(random, demo->stems);
	parts[3] = demo_pick(random, demo->fields[field].trades);
	parts[4] = forms[demo_random_percent(random, 20)];
	settle(demo, random, field, applicant);
	parts[0] = applicant->city;
	if (str_ends_with(parts[0], STR("市")))
		parts[0] = str_slice(parts[0], 0, parts[0].size - STR("市").size);
	applicant->name = joined(demo->arena, parts, 5);
	applicant->type = STR("company");
	applicant->weight = (uint32_t)demo_random_between(random, 3, 11);
}

static void add_person(struct demo *demo, struct demo_random *random, size_t field,
		       struct list *applicants)
{
	struct demo_applicant *applicant = list_add(applicants);
	struct str parts[2];

	settle(demo, random, field, applicant);
	parts[0] = chinese_name(demo, random);
	parts[1] = STR("（示例）");
	applicant->name = joined(demo->arena, parts, 2);
	applicant->type = STR("person");
	applicant->is_person = true;
	applicant->course = DEMO_FALL; /* fewer and fewer private applicants */
	applicant->weight = (uint32_t)demo_random_between(random, 1, 5);
	applicant->granted = demo_random_between(random, 20, 40);
}

void demo_add_small_applicants(struct demo *demo, struct list *applicants)
{
	for (size_t field = 0; field < demo->field_count; field++) {
		struct demo_random random = demo_random_of(DEMO_SEED + 1, field);

		for (int i = 0; i < SMALL_PER_FIELD; i++)
			add_enterprise(demo, &random, field, applicants);
		for (int i = 0; i < PERSONS_PER_FIELD; i++)
			add_person(demo, &random, field, applicants);
	}
}

/* ---- Teams */

static const struct demo_words *foreign_names(const struct demo *demo, struct str country)
{
	for (size_t i = 0; i < demo->foreigner_count; i++)
		if (str_equal(demo->foreigners[i].country, country))
			return &demo->foreigners[i].names;
	return NULL;
}

static void fill_team(struct demo *demo, struct demo_random *random,
		      const struct demo_applicant *applicant, struct demo_team *team)
{
	const struct demo_words *foreign = foreign_names(demo, applicant->country);
	size_t count = (size_t)demo_random_between(random, 4, 9);
	size_t start = foreign ? demo_random_below(random, foreign->count) : 0;
	struct str *members;

	if (foreign)
		count = foreign->count < 5 ? foreign->count : 5;
	if (applicant->is_person)
		count = 1;
	members = arena_array(demo->arena, struct str, count);
	for (size_t i = 0; i < count; i++)
		members[i] = foreign ? foreign->items[(start + i) % foreign->count]
				     : chinese_name(demo, random);
	if (applicant->is_person) /* the name without its mark */
		members[0] = str_slice(applicant->name, 0, str_find(applicant->name, STR("（")));
	team->members = members;
	team->member_count = count;
}

/* A branch the applicant is strong in, else any of its fields. */
static size_t team_branch(const struct demo *demo, struct demo_random *random,
			  const struct demo_applicant *applicant)
{
	for (int tries = 0; tries < 400; tries++) {
		size_t branch = demo_random_below(random, demo->branch_count);

		if (!applicant->in_field[demo->branches[branch].field])
			continue;
		if (applicant->in_branch[branch] || demo_random_percent(random, 8))
			return branch;
	}
	return 0;
}

static size_t team_count(const struct demo_applicant *applicant)
{
	if (applicant->is_person)
		return 1;
	return applicant->weight < 12 ? 1 + applicant->weight / 6 : 3 + applicant->weight / 12;
}

static bool is_academic(const struct demo_applicant *applicant)
{
	return !str_equal_cstr(applicant->type, "company") && !applicant->is_person;
}

static bool share_a_field(const struct demo *demo, const struct demo_applicant *a,
			  const struct demo_applicant *b)
{
	for (size_t i = 0; i < demo->field_count; i++)
		if (a->in_field[i] && b->in_field[i])
			return true;
	return false;
}

/* Academic with enterprise, at home, in a common field; mostly of the same province. */
static bool may_cooperate(const struct demo *demo, struct demo_random *random,
			  const struct demo_applicant *a, const struct demo_applicant *b)
{
	return a != b && !a->is_person && !b->is_person && str_equal_cstr(a->country, "CN") &&
	       str_equal_cstr(b->country, "CN") && is_academic(a) != is_academic(b) &&
	       share_a_field(demo, a, b) &&
	       (str_equal(a->province, b->province) || demo_random_percent(random, 15));
}

static void find_partners(struct demo *demo, struct demo_random *random,
			  struct demo_applicant *applicant)
{
	for (int tries = 0; tries < 600 && applicant->partner_count < DEMO_PARTNERS_MAX; tries++) {
		uint32_t other = demo_random_below(random, demo->applicant_count);

		if (may_cooperate(demo, random, applicant, &demo->applicants[other]))
			applicant->partners[applicant->partner_count++] = other;
	}
}

void demo_make_teams(struct demo *demo)
{
	for (size_t i = 0; i < demo->applicant_count; i++) {
		struct demo_applicant *applicant = &demo->applicants[i];
		struct demo_random random = demo_random_of(DEMO_SEED + 2, i);

		applicant->team_count = team_count(applicant);
		applicant->teams = arena_array(demo->arena, struct demo_team,
					       applicant->team_count);
		for (size_t j = 0; j < applicant->team_count; j++) {
			applicant->teams[j].branch = team_branch(demo, &random, applicant);
			fill_team(demo, &random, applicant, &applicant->teams[j]);
		}
		if (applicant->district.size == 0 && applicant->city.size > 0)
			applicant->district = STR("高新区");
		find_partners(demo, &random, applicant);
	}
}
