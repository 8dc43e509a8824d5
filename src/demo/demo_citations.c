#include "demo/demo_internal.h"

enum { TRIES = 16, TICKETS_A_CITATION = 1, YEARS_CITED_MAX = 14 };

/*
 * Preferential attachment: every case has one ticket in its branch, and another for each time it
 * is cited, so that a few become much cited.
 */
struct lottery {
	struct list *branches; /* of uint32_t: case numbers */
};

/* A case of the branch that was public before the day, or DEMO_NOBODY. */
static uint32_t draw(const struct demo *demo, struct demo_random *random,
		     const struct lottery *lottery, size_t branch, date before)
{
	const struct list *tickets = &lottery->branches[branch];

	for (int i = 0; i < TRIES && tickets->count > 0; i++) {
		uint32_t found = LIST_AT(tickets, uint32_t,
					 demo_random_below(random, tickets->count));

		/* The older a document, the less it is cited. */
		date oldest = before - 365 * demo_random_between(random, 1, YEARS_CITED_MAX);

		if (demo->cases[found].published < before && demo->cases[found].published > oldest)
			return found;
	}
	return DEMO_NOBODY;
}

/* Mostly the own branch, now and then another one of the field, seldom any. */
static size_t branch_to_cite(const struct demo *demo, struct demo_random *random, size_t branch)
{
	const struct demo_field_words *field = &demo->fields[demo->branches[branch].field];
	uint32_t chance = demo_random_below(random, 100);

	if (chance < 74)
		return branch;
	if (chance < 95)
		return field->branch_first + demo_random_below(random, field->branch_count);
	return demo_random_below(random, demo->branch_count);
}

static int wanted_citations(struct demo_random *random, const struct demo_case *application)
{
	if (application->type == DEMO_DESIGN)
		return 0;
	if (application->type == DEMO_UTILITY)
		return demo_random_between(random, 0, 2);
	if (application->examined == DATE_NONE)
		return demo_random_between(random, 0, 1);
	return demo_random_between(random, 1, 6);
}

static bool is_cited(const struct list *citations, uint32_t first, uint32_t found)
{
	for (size_t i = first; i < citations->count; i++)
		if (LIST_AT(citations, uint32_t, i) == found)
			return true;
	return false;
}

static void cite(struct demo *demo, const struct lottery *lottery, struct demo_case *application,
		 struct list *citations)
{
	struct demo_random random = demo_random_of(DEMO_SEED + 6, application->key);
	int wanted = wanted_citations(&random, application);

	application->citation_first = (uint32_t)citations->count;
	for (int i = 0; i < wanted; i++) {
		size_t branch = branch_to_cite(demo, &random, application->branch);
		uint32_t found = draw(demo, &random, lottery, branch, application->filed);

		if (found == DEMO_NOBODY || is_cited(citations, application->citation_first, found))
			continue;
		*(uint32_t *)list_add(citations) = found;
		demo->cases[found].cited_by++;
		for (int j = 0; j < TICKETS_A_CITATION; j++)
			*(uint32_t *)list_add(&lottery->branches[branch]) = found;
	}
	application->citation_count = (uint32_t)citations->count - application->citation_first;
}

void demo_make_citations(struct demo *demo)
{
	struct list citations = LIST_OF(uint32_t);
	struct lottery lottery = { arena_array(demo->arena, struct list, demo->branch_count) };

	for (size_t i = 0; i < demo->branch_count; i++)
		lottery.branches[i] = LIST_OF(uint32_t);
	for (size_t i = 0; i < demo->case_count; i++) {
		cite(demo, &lottery, &demo->cases[i], &citations);
		*(uint32_t *)list_add(&lottery.branches[demo->cases[i].branch]) = (uint32_t)i;
	}
	for (size_t i = 0; i < demo->branch_count; i++)
		list_release(&lottery.branches[i]);
	demo->citation_count = citations.count;
	demo->citations = arena_array(demo->arena, uint32_t, citations.count + 1);
	if (citations.count)
		memcpy(demo->citations, citations.items, citations.count * sizeof(uint32_t));
	list_release(&citations);
}
