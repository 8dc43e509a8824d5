/* How claims refer to each other. */
#include "rule/lint_claim_internal.h"

#include <string.h>

static const char *decimal(struct lint *lint, unsigned number)
{
	return arena_printf(lint->arena, "%u", number);
}

void lint_claim_first(struct lint *lint, const struct lint_rule *rule)
{
	const struct claim *claim = lint->claims.claims;

	if (lint->claims.count && claim->reference_count && claim->is_dependent)
		lint_add(lint, rule, DRAFT_CLAIMS, claim->references[0].start,
			 claim->references[0].end, NULL, "");
}

typedef bool number_test(const struct lint *lint, const struct claim *claim, unsigned number);

static bool is_later(const struct lint *lint, const struct claim *claim, unsigned number)
{
	return claim->number && number >= claim->number && claim_find(&lint->claims, number);
}

static bool is_absent(const struct lint *lint, const struct claim *claim, unsigned number)
{
	(void)claim;
	return number == 0 || !claim_find(&lint->claims, number);
}

static void add_tested(struct lint *lint, const struct lint_rule *rule, number_test *test)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];

		for (size_t j = 0; j < claim->reference_count; j++) {
			const struct claim_reference *reference = &claim->references[j];

			for (size_t k = 0; k < reference->count; k++)
				if (test(lint, claim, reference->numbers[k])) {
					lint_add(lint, rule, DRAFT_CLAIMS, reference->start,
						 reference->end,
						 decimal(lint, reference->numbers[k]), "");
					break; /* one finding a reference */
				}
		}
	}
}

void lint_claim_later(struct lint *lint, const struct lint_rule *rule)
{
	add_tested(lint, rule, is_later);
}

void lint_claim_absent(struct lint *lint, const struct lint_rule *rule)
{
	add_tested(lint, rule, is_absent);
}

/* Looks for a way from one claim to another along references, earlier or later. */
struct walk {
	const struct lint *lint;
	bool *is_seen;
	unsigned *stack;
	size_t left; /* steps: a hostile draft ends the search, not the reverse */
};

enum { WALK_STEPS = 200000 };

static bool reaches(struct walk *walk, unsigned from, unsigned target)
{
	const struct claim_set *set = &walk->lint->claims;
	size_t depth = 0;

	memset(walk->is_seen, 0, set->count);
	walk->stack[depth++] = from;
	walk->is_seen[from] = true;
	while (depth) {
		const struct claim *claim = &set->claims[walk->stack[--depth]];

		for (size_t i = 0; i < claim->reference_count; i++)
			for (size_t j = 0; j < claim->references[i].count; j++) {
				const struct claim *next =
					walk->left
						? claim_find(set, claim->references[i].numbers[j])
						: NULL;
				size_t index = next ? (size_t)(next - set->claims) : 0;

				if (!next)
					continue;
				walk->left--;
				if (index == target)
					return true;
				if (!walk->is_seen[index])
					walk->stack[depth++] = (unsigned)index;
				walk->is_seen[index] = true;
			}
	}
	return false;
}

static bool cites_later(const struct lint *lint, const struct claim *claim)
{
	for (size_t i = 0; i < claim->reference_count; i++)
		for (size_t j = 0; j < claim->references[i].count; j++)
			if (claim->references[i].numbers[j] > claim->number &&
			    is_later(lint, claim, claim->references[i].numbers[j]))
				return true;
	return false;
}

void lint_claim_circle(struct lint *lint, const struct lint_rule *rule)
{
	size_t count = lint->claims.count;
	struct walk walk = { lint, arena_array(lint->arena, bool, count + 1),
			     arena_array(lint->arena, unsigned, count + 1), WALK_STEPS };

	for (unsigned i = 0; i < count && walk.left; i++) {
		const struct claim *claim = &lint->claims.claims[i];

		if (cites_later(lint, claim) && reaches(&walk, i, i))
			lint_add(lint, rule, DRAFT_CLAIMS, claim->references[0].start,
				 claim->references[0].end, decimal(lint, claim->number), "");
	}
}

static void add_not_alternative(struct lint *lint, const struct lint_rule *rule,
				const struct claim *claim)
{
	for (size_t j = 0; j < claim->reference_count; j++) {
		const struct claim_reference *reference = &claim->references[j];

		if (reference->start < claim->mark && reference->count > 1 && !reference->is_any)
			lint_add(lint, rule, DRAFT_CLAIMS, reference->start, reference->end, NULL,
				 "");
	}
}

void lint_claim_alternative(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++)
		if (lint->claims.claims[i].is_dependent)
			add_not_alternative(lint, rule, &lint->claims.claims[i]);
}

/* 如权利要求1-5所述的泵的制备方法: independent, but which claim is meant is as unclear. */
void lint_claim_alternative_other(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++)
		if (!lint->claims.claims[i].is_dependent && lint->claims.claims[i].is_led)
			add_not_alternative(lint, rule, &lint->claims.claims[i]);
}

static bool is_multiple(const struct claim *claim)
{
	return claim->is_dependent && claim->base_count > 1;
}

/* The first claim among the parents that is itself multiple; NULL when there is none. */
static const struct claim *multiple_parent(const struct lint *lint, const struct claim *claim)
{
	for (size_t i = 0; i < claim->parent_count; i++)
		if (is_multiple(&lint->claims.claims[claim->parents[i]]))
			return &lint->claims.claims[claim->parents[i]];
	return NULL;
}

static void add_multiple(struct lint *lint, const struct lint_rule *rule, const struct claim *claim,
			 unsigned number)
{
	lint_add(lint, rule, DRAFT_CLAIMS, claim->references[0].start, claim->references[0].end,
		 decimal(lint, number), "");
}

void lint_claim_multiple(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		const struct claim *parent = is_multiple(claim) ? multiple_parent(lint, claim)
								: NULL;

		if (parent)
			add_multiple(lint, rule, claim, parent->number);
	}
}

void lint_claim_multiple_indirect(struct lint *lint, const struct lint_rule *rule)
{
	size_t count = lint->claims.count;
	/* The number of a multiple dependent claim among the ancestors, itself included. */
	unsigned *ancestor = arena_array(lint->arena, unsigned, count + 1);

	for (size_t i = 0; i < count; i++) {
		const struct claim *claim = &lint->claims.claims[i];
		unsigned above = 0;

		for (size_t j = 0; j < claim->parent_count && !above && claim->is_dependent; j++)
			above = ancestor[claim->parents[j]];
		ancestor[i] = is_multiple(claim) ? claim->number : above;
		if (is_multiple(claim) && above && !multiple_parent(lint, claim))
			add_multiple(lint, rule, claim, above);
	}
}

void lint_claim_order(struct lint *lint, const struct lint_rule *rule)
{
	unsigned last_root = 0;

	for (unsigned i = 0; i < lint->claims.count; i++) {
		const struct claim *claim = &lint->claims.claims[i];

		if (claim->root == i)
			last_root = i;
		else if (claim->root != last_root && claim->reference_count)
			lint_add(lint, rule, DRAFT_CLAIMS, claim->references[0].start,
				 claim->references[0].end,
				 decimal(lint, lint->claims.claims[claim->root].number),
				 decimal(lint, lint->claims.claims[last_root].number));
	}
}
