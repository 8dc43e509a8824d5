#include "patent/publication_internal.h"

#include <stdlib.h>
#include <string.h>

/* Below this many comparisons a nested loop beats a hash table. */
enum { FEW_COMPARISONS = 256 };

struct place {
	uint64_t key;
	const struct fact *fact;
};

/* Field, language and origin in one number that sorts as they do. */
static uint64_t group_key(const struct fact *fact)
{
	return (uint64_t)fact->field << 32 | (uint64_t)fact->language << 16 | fact->origin;
}

static int compare_places(const void *a_item, const void *b_item)
{
	const struct place *a = a_item, *b = b_item;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->fact > b->fact) - (a->fact < b->fact);
}

static void sort_facts(struct arena *arena, const struct fact **facts, size_t count)
{
	struct place *places = arena_array(arena, struct place, count);

	for (size_t i = 0; i < count; i++)
		places[i] = (struct place){ group_key(facts[i]), facts[i] };
	qsort(places, count, sizeof(*places), compare_places);
	for (size_t i = 0; i < count; i++)
		facts[i] = places[i].fact;
}

const struct fact **publication_sorted(struct arena *arena, const struct publication *publication)
{
	const struct fact **facts = arena_array(arena, const struct fact *, publication->count);
	bool is_sorted = true;

	for (size_t i = 0; i < publication->count; i++) {
		facts[i] = &publication->facts[i];
		is_sorted = is_sorted && (i == 0 || group_key(facts[i - 1]) <= group_key(facts[i]));
	}
	if (!is_sorted)
		sort_facts(arena, facts, publication->count);
	return facts;
}

bool fact_same_parts(const struct fact *a, const struct fact *b)
{
	for (size_t i = 0; i < FACT_PART_MAX; i++)
		if (!str_equal(a->parts[i], b->parts[i]))
			return false;
	return true;
}

/* Facts standing side by side in sorted order. */
struct group {
	const struct fact **facts;
	size_t count;
};

static struct group next_group(const struct fact ***at, const struct fact **end, uint64_t mask)
{
	struct group group = { *at, 0 };
	uint64_t key;

	if (*at == end)
		return group;
	key = group_key(**at) & mask;
	while (*at < end && (group_key(**at) & mask) == key) {
		(*at)++;
		group.count++;
	}
	return group;
}

#define WHOLE_KEY          UINT64_MAX
#define FIELD_AND_LANGUAGE (~(uint64_t)0xFFFF)
#define FIELD_ONLY         (~(uint64_t)0xFFFFFFFF)

static struct fact *append(struct publication *result, const struct fact *fact)
{
	if (result->count >= PUBLICATION_FACTS_MAX)
		return NULL;
	result->facts[result->count] = *fact;
	return &result->facts[result->count++];
}

static void append_all(struct publication *result, struct group group)
{
	for (size_t i = 0; i < group.count; i++)
		append(result, group.facts[i]);
}

/* ---- A set of the facts from `first` on in a growing result. */

struct fact_set {
	struct publication *result;
	size_t first;
	uint32_t *slots; /* index in result + 1; NULL: few facts, looked through one by one */
	size_t slot_count;
	bool by_meaning; /* fact_means_same() instead of fact_same_parts() */
};

static struct fact_set set_create(struct publication *result, size_t most, size_t asked,
				  bool by_meaning)
{
	struct fact_set set = { .result = result,
				.first = result->count,
				.by_meaning = by_meaning };

	if (most * asked <= FEW_COMPARISONS)
		return set;
	for (set.slot_count = 64; set.slot_count < most * 2;)
		set.slot_count *= 2;
	set.slots = arena_array(result->arena, uint32_t, set.slot_count);
	return set;
}

static uint64_t parts_hash(const struct fact *fact)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < FACT_PART_MAX; i++)
		hash = hash * 0x9E3779B97F4A7C15u + str_hash(fact->parts[i]);
	return hash;
}

static bool set_equal(const struct fact_set *set, const struct fact *a, const struct fact *b)
{
	return set->by_meaning ? fact_means_same(a, b) : fact_same_parts(a, b);
}

static struct fact *set_look_through(const struct fact_set *set, const struct fact *fact)
{
	struct publication *result = set->result;

	for (size_t i = set->first; i < result->count; i++)
		if (set_equal(set, &result->facts[i], fact))
			return &result->facts[i];
	return NULL;
}

/* The fact of the set equal to this one; or, when it was not there, NULL and it is added. */
static struct fact *set_find_or_add(struct fact_set *set, const struct fact *fact)
{
	uint64_t hash;
	struct fact *found;

	if (!set->slots) {
		found = set_look_through(set, fact);
		if (!found)
			append(set->result, fact);
		return found;
	}
	hash = set->by_meaning ? fact_meaning_hash(fact) : parts_hash(fact);
	for (size_t slot = hash & (set->slot_count - 1);;
	     slot = (slot + 1) & (set->slot_count - 1)) {
		if (set->slots[slot] == 0) {
			if (append(set->result, fact))
				set->slots[slot] = (uint32_t)set->result->count;
			return NULL;
		}
		found = &set->result->facts[set->slots[slot] - 1];
		if (set_equal(set, found, fact))
			return found;
	}
}

/* ---- Merging a reading into what is stored. */

/* Stored facts come first; returns whether the newer ones brought something. */
static bool join_groups(struct publication *result, struct group stored, struct group newer)
{
	size_t most = stored.count + newer.count;
	struct fact_set set = set_create(result, most, most, false);
	size_t before;

	for (size_t i = 0; i < stored.count; i++)
		set_find_or_add(&set, stored.facts[i]);
	before = result->count;
	for (size_t i = 0; i < newer.count; i++)
		set_find_or_add(&set, newer.facts[i]);
	return result->count > before;
}

static bool same_groups(struct group a, struct group b)
{
	if (a.count != b.count)
		return false;
	for (size_t i = 0; i < a.count; i++)
		if (!fact_same_parts(a.facts[i], b.facts[i]))
			return false;
	return true;
}

static bool merge_groups(struct publication *result, struct group stored, struct group newer)
{
	const struct fact *sample = stored.count ? stored.facts[0] : newer.facts[0];

	if (newer.count == 0) {
		append_all(result, stored);
		return false;
	}
	if (fact_fields[sample->field].merge == MERGE_UNION)
		return join_groups(result, stored, newer);
	if (same_groups(stored, newer)) {
		append_all(result, stored);
		return false;
	}
	append_all(result, newer);
	return true;
}

static struct publication *result_create(struct arena *arena, size_t room)
{
	struct publication *result = publication_create(arena);

	result->room = room;
	result->facts = arena_array(arena, struct fact, room);
	return result;
}

bool publication_merge(struct arena *arena, const struct publication *stored,
		       const struct publication *newer, struct publication **merged_out)
{
	const struct publication nothing = { .arena = arena };
	const struct publication *old = stored ? stored : &nothing;
	const struct fact **a = publication_sorted(arena, old), **a_end = a + old->count;
	const struct fact **b = publication_sorted(arena, newer), **b_end = b + newer->count;
	bool changed = false;

	*merged_out = result_create(arena, old->count + newer->count);
	while (a < a_end || b < b_end) {
		const struct group none = { NULL, 0 };
		bool take_a = a < a_end && (b == b_end || group_key(*a) <= group_key(*b));
		bool take_b = b < b_end && (a == a_end || group_key(*b) <= group_key(*a));
		struct group from_a = take_a ? next_group(&a, a_end, WHOLE_KEY) : none;
		struct group from_b = take_b ? next_group(&b, b_end, WHOLE_KEY) : none;

		changed = merge_groups(*merged_out, from_a, from_b) || changed;
	}
	return changed;
}

/* ---- The effective view. */

/* Largest first: the group whose facts stand, or stand in front. */
static uint64_t standing(const struct fact *fact, enum merge_rule merge)
{
	if (merge == MERGE_NEWEST)
		return (uint64_t)fact->import_id << 8 | fact->rank;
	return (uint64_t)fact->rank << 32 | fact->import_id;
}

static bool stands_before(const struct fact *a, const struct fact *b, enum merge_rule merge)
{
	uint64_t a_standing = standing(a, merge), b_standing = standing(b, merge);

	return a_standing > b_standing;
}

/* The best origin's facts; those of other origins in the range are passed over. */
static struct group best_origin(struct group all, enum merge_rule merge)
{
	const struct fact **at = all.facts, **end = all.facts + all.count;
	struct group best = next_group(&at, end, WHOLE_KEY);

	while (at < end) {
		struct group group = next_group(&at, end, WHOLE_KEY);

		if (stands_before(group.facts[0], best.facts[0], merge))
			best = group;
	}
	return best;
}

/* Chinese, then unmarked, then English, then what comes first. */
static unsigned language_order(fact_language language)
{
	return language == FACT_ZH ? 3 : language == 0 ? 2 : language == FACT_EN ? 1 : 0;
}

/* Names: the best origin's list, and of its languages the preferred one. */
static struct group best_language(struct group all, enum merge_rule merge)
{
	const struct fact **at = all.facts, **end = all.facts + all.count;
	struct group best = next_group(&at, end, WHOLE_KEY);

	while (at < end) {
		struct group group = next_group(&at, end, WHOLE_KEY);
		const struct fact *a = group.facts[0], *b = best.facts[0];
		bool is_equal = standing(a, merge) == standing(b, merge);

		if (stands_before(a, b, merge) ||
		    (is_equal && language_order(a->language) > language_order(b->language)))
			best = group;
	}
	return best;
}

static void stand_best(struct publication *result, struct group field_facts)
{
	const struct fact_field_info *info = &fact_fields[field_facts.facts[0]->field];
	const struct fact **at = field_facts.facts, **end = at + field_facts.count;
	uint64_t mask = info->has_language ? FIELD_AND_LANGUAGE : FIELD_ONLY;

	if (info->one_language) {
		append_all(result, best_language(field_facts, info->merge));
		return;
	}
	while (at < end) {
		struct group best = best_origin(next_group(&at, end, mask), info->merge);

		if (!info->is_list)
			best.count = 1;
		append_all(result, best);
	}
}

static int compare_standing(const void *a_item, const void *b_item)
{
	const struct fact *a = *(const struct fact *const *)a_item;
	const struct fact *b = *(const struct fact *const *)b_item;

	if (a->rank != b->rank)
		return a->rank > b->rank ? -1 : 1;
	return (a > b) - (a < b);
}

static void fill_parts(struct fact *fact, const struct fact *other)
{
	for (size_t i = 0; i < FACT_PART_MAX; i++)
		if (fact->parts[i].size == 0)
			fact->parts[i] = other->parts[i];
}

static void stand_union(struct publication *result, struct group field_facts)
{
	struct fact_set set = set_create(result, field_facts.count, field_facts.count, true);

	qsort(field_facts.facts, field_facts.count, sizeof(*field_facts.facts), compare_standing);
	for (size_t i = 0; i < field_facts.count; i++) {
		struct fact *twin = set_find_or_add(&set, field_facts.facts[i]);

		if (twin)
			fill_parts(twin, field_facts.facts[i]);
	}
}

struct publication *publication_effective(struct arena *arena, const struct publication *stored)
{
	struct publication *result = result_create(arena, stored->count);
	const struct fact **at = publication_sorted(arena, stored), **end = at + stored->count;

	while (at < end) {
		struct group group = next_group(&at, end, FIELD_ONLY);

		switch (fact_fields[group.facts[0]->field].merge) {
		case MERGE_UNION:
			stand_union(result, group);
			break;
		case MERGE_EACH:
			append_all(result, group);
			break;
		case MERGE_RANKED:
		case MERGE_NEWEST:
			stand_best(result, group);
			break;
		}
	}
	return result;
}
