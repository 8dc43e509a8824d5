/* Numbers in claims: ranges against themselves and against the claims above. */
#include "rule/lint_claim_internal.h"

#include "rule/claim_range.h"

#include <string.h>

enum {
	ANCESTORS_MAX = 50,
	PARTS_MIN = 3,
	CLAIM_RANGES_MAX = 400,
	NAME_SIZE_MIN = 9 /* 3 characters */
};

struct claim_ranges {
	struct number_range *ranges;
	size_t count;
};

static size_t ranges_of(struct lint *lint, const struct claim *claim, struct number_range **out)
{
	size_t count = number_ranges(lint->arena, claim_body(&lint->claims, claim), out);

	for (size_t i = 0; i < count; i++) {
		(*out)[i].start += claim->body;
		(*out)[i].end += claim->body;
	}
	return count < CLAIM_RANGES_MAX ? count : CLAIM_RANGES_MAX;
}

static struct claim_ranges *all_ranges(struct lint *lint)
{
	struct claim_ranges *all = arena_array(lint->arena, struct claim_ranges,
					       lint->claims.count + 1);

	for (size_t i = 0; i < lint->claims.count; i++)
		all[i].count = ranges_of(lint, &lint->claims.claims[i], &all[i].ranges);
	return all;
}

void lint_claim_range_order(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		struct number_range *ranges;
		size_t count = ranges_of(lint, &lint->claims.claims[i], &ranges);

		for (size_t j = 0; j < count; j++)
			if (ranges[j].is_range && ranges[j].low > ranges[j].high &&
			    ranges[j].unit.size)
				lint_add(lint, rule, DRAFT_CLAIMS, ranges[j].start, ranges[j].end,
					 NULL, "");
	}
}

static bool is_same_measure(const struct number_range *a, const struct number_range *b)
{
	return a->name.size >= NAME_SIZE_MIN && a->unit.size && str_equal(a->unit, b->unit) &&
	       str_equal(a->name, b->name);
}

/* The range of the same measure in a claim above, NULL unless there is exactly one. */
static const struct number_range *range_above(const struct lint *lint,
					      const struct claim_ranges *all, size_t index,
					      const struct number_range *range)
{
	const struct number_range *found = NULL;
	const struct claim *claim = &lint->claims.claims[index];

	for (int depth = 0; depth < ANCESTORS_MAX && claim->is_dependent && claim->parent_count;
	     depth++) {
		const struct claim_ranges *above = &all[claim->parents[0]];

		for (size_t i = 0; i < above->count; i++)
			if (above->ranges[i].is_range &&
			    is_same_measure(range, &above->ranges[i])) {
				if (found)
					return NULL;
				found = &above->ranges[i];
			}
		claim = &lint->claims.claims[claim->parents[0]];
	}
	return found;
}

void lint_claim_range_nested(struct lint *lint, const struct lint_rule *rule)
{
	struct claim_ranges *all = all_ranges(lint);

	for (size_t i = 0; i < lint->claims.count; i++)
		for (size_t j = 0; j < all[i].count; j++) {
			const struct number_range *range = &all[i].ranges[j];
			const struct number_range *above = range_above(lint, all, i, range);

			if (above && (range->low < above->low || range->high > above->high))
				lint_add(lint, rule, DRAFT_CLAIMS, range->start, range->end, NULL,
					 str_to_cstr(lint->arena,
						     str_slice(lint->claims.text, above->start,
							       above->end)));
		}
}

static bool holds(struct str text, const char *const *words)
{
	for (; *words; words++)
		if (str_find(text, str_of(*words)) != STR_NOT_FOUND)
			return true;
	return false;
}

/* The first list of shares in a claim: ranges in percent that follow each other. */
static void add_sum(struct lint *lint, const struct lint_rule *rule, const struct claim *claim)
{
	static const char *const shares[] = {
		"重量百分", "质量百分", "wt%", "重量%", "质量%", NULL
	};
	static const char *const rests[] = { "余量",   "其余",   "余为", "补足",
					     "补充至", "至100%", NULL };
	struct str body = claim_body(&lint->claims, claim);
	struct number_range *ranges;
	double low = 0, high = 0;
	size_t count, parts = 0;
	bool has_rest = holds(body, rests);

	if (claim->is_dependent || !holds(body, shares))
		return;
	count = ranges_of(lint, claim, &ranges);
	for (size_t i = 0; i < count; i++) {
		if (!ranges[i].is_range || !str_ends_with(ranges[i].unit, STR("%")))
			continue;
		low += ranges[i].low;
		high += ranges[i].high;
		parts++;
	}
	if (parts >= PARTS_MIN && (low > 100 || (!has_rest && high < 100)))
		lint_add(lint, rule, DRAFT_CLAIMS, claim->start, claim->body,
			 arena_printf(lint->arena, "%g%%～%g%%", low, high), "");
}

void lint_claim_sum(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++)
		add_sum(lint, rule, &lint->claims.claims[i]);
}

void lint_claim_closed(struct lint *lint, const struct lint_rule *rule)
{
	static const char *const more[] = { "还包括", "还包含", "还含有", "进一步包括", NULL };

	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		struct str above = claim_body(&lint->claims, &lint->claims.claims[claim->root]);
		size_t closed = str_find(above, STR("组成"));

		if (claim->root != i && closed != STR_NOT_FOUND &&
		    str_find(above, STR("包括")) == STR_NOT_FOUND &&
		    str_find(above, STR("包含")) == STR_NOT_FOUND &&
		    holds(claim_body(&lint->claims, claim), more))
			lint_add(lint, rule, DRAFT_CLAIMS, claim->start, claim->body,
				 arena_printf(lint->arena, "%u",
					      lint->claims.claims[claim->root].number),
				 "");
	}
}
