/*
 * Any text as claims, and behind a form feed as description: parsed and checked within it, twice with
 * the same findings.
 */
#include "rule/claim.h"
#include "rule/lint.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_claims(struct arena *arena, struct str text)
{
	struct claim_set set;
	size_t end = 0;

	claim_parse(arena, text, &set);
	for (size_t i = 0; i < set.count; i++) {
		const struct claim *claim = &set.claims[i];

		if (claim->start < end || claim->body < claim->start || claim->end < claim->body ||
		    claim->end > text.size || claim->mark > claim->end || claim->root > i)
			abort();
		for (size_t j = 0; j < claim->parent_count; j++)
			if (claim->parents[j] >= i)
				abort();
		end = claim->end;
	}
}

static void check_places(const struct draft *draft, const struct lint_result *result)
{
	for (size_t i = 0; i < result->count; i++) {
		const struct draft_place *place = &result->findings[i].place;
		size_t size = draft->parts[place->part].text.size;

		if (place->start > place->end || place->end > size ||
		    place->end_rune - place->start_rune > place->end - place->start)
			abort();
	}
}

static void check_same(const struct lint_result *a, const struct lint_result *b)
{
	if (a->count != b->count)
		abort();
	for (size_t i = 0; i < a->count; i++)
		if (a->findings[i].rule != b->findings[i].rule ||
		    a->findings[i].place.start != b->findings[i].place.start ||
		    strcmp(a->findings[i].message.zh, b->findings[i].message.zh) != 0)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_create(1 << 16);
	struct str text = { (const char *)data, size };
	size_t feed = str_find_byte(text, '\f');
	struct draft draft = { .source = "fuzz",
			       .type = size % 2 ? PATENT_UTILITY : PATENT_INVENTION };
	struct lint_options options = { .on = date_of(2026, 11, 22) };
	struct lint_result first, second;
	struct lint_difference *differences;

	draft.parts[DRAFT_CLAIMS].text = str_slice(text, 0, feed);
	draft.parts[DRAFT_DESCRIPTION].text = feed == STR_NOT_FOUND
						      ? STR_EMPTY
						      : str_slice(text, feed + 1, size);
	check_claims(arena, draft.parts[DRAFT_CLAIMS].text);
	lint_run(arena, &draft, &options, &first);
	lint_run(arena, &draft, &options, &second);
	check_places(&draft, &first);
	check_same(&first, &second);
	if (lint_compare(arena, &first, &second, &differences) != first.count)
		abort();
	arena_destroy(arena);
	return 0;
}
