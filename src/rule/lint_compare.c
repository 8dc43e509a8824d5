#include "base/list.h"
#include "base/map.h"
#include "rule/lint.h"

enum { NO_NEXT = 0 }; /* links are indexes + 1 */

/* Findings of the old draft with the same rule, part and words, in a chain. */
struct chains {
	const struct lint_result *before;
	struct map *heads;
	size_t *next;
	bool *is_matched;
};

static struct str key_of(struct arena *arena, const struct finding *finding)
{
	return str_of(arena_printf(arena, "%s\t%d\t%s", finding->rule->id, (int)finding->place.part,
				   finding->detail));
}

static void release_map(void *map)
{
	map_destroy(map);
}

static void build_chains(struct arena *arena, const struct lint_result *before,
			 struct chains *chains_out)
{
	chains_out->before = before;
	chains_out->heads = map_create();
	arena_defer(arena, release_map, chains_out->heads);
	chains_out->next = arena_array(arena, size_t, before->count + 1);
	chains_out->is_matched = arena_array(arena, bool, before->count + 1);
	for (size_t i = before->count; i-- > 0;) {
		uint64_t *head = map_put(chains_out->heads, key_of(arena, &before->findings[i]),
					 NULL);

		chains_out->next[i] = (size_t)*head;
		*head = i + 1;
	}
}

static unsigned distance(const struct finding *a, const struct finding *b)
{
	return a->place.claim > b->place.claim ? a->place.claim - b->place.claim
					       : b->place.claim - a->place.claim;
}

static const struct finding *take_nearest(struct arena *arena, struct chains *chains,
					  const struct finding *finding)
{
	const struct finding *findings = chains->before->findings;
	uint64_t *head = map_find(chains->heads, key_of(arena, finding));
	size_t best = SIZE_MAX;

	for (size_t link = head ? (size_t)*head : NO_NEXT; link != NO_NEXT;
	     link = chains->next[link - 1])
		if (!chains->is_matched[link - 1] &&
		    (best == SIZE_MAX ||
		     distance(&findings[link - 1], finding) < distance(&findings[best], finding)))
			best = link - 1;
	if (best == SIZE_MAX)
		return NULL;
	chains->is_matched[best] = true;
	return &findings[best];
}

static void add_difference(struct list *differences, enum lint_change change,
			   const struct finding *before, const struct finding *after)
{
	*(struct lint_difference *)list_add(differences) = (struct lint_difference){ change, before,
										     after };
}

size_t lint_compare(struct arena *arena, const struct lint_result *before,
		    const struct lint_result *after, struct lint_difference **differences_out)
{
	struct list differences = LIST_OF(struct lint_difference);
	struct chains chains;
	size_t count;

	build_chains(arena, before, &chains);
	for (size_t i = 0; i < after->count; i++) {
		const struct finding *now = &after->findings[i];
		const struct finding *was = take_nearest(arena, &chains, now);

		add_difference(&differences, was ? LINT_STILL : LINT_NEW, was, now);
	}
	for (size_t i = 0; i < before->count; i++)
		if (!chains.is_matched[i])
			add_difference(&differences, LINT_FIXED, &before->findings[i], NULL);
	*differences_out = list_to_arena(&differences, arena, &count);
	return count;
}
