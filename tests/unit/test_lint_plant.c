#include "draft_fixture.h"
#include "lint_plant.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = { "valve", "diagnosis", "coating", "clamp" };

enum { DRAFTS = sizeof(names) / sizeof(names[0]), VARIANTS_MAX = 60 };

static struct str clean_draft(struct arena *arena, const char *name)
{
	const char *folder = getenv("YUCHENG_TEST_DATA");
	struct str text;
	struct error error;

	assert_non_null(folder);
	assert_true(file_read(arena, arena_printf(arena, "%s/lint/%s.txt", folder, name), 1 << 20,
			      &text, &error));
	return text;
}

static void check(struct arena *arena, struct str text, struct lint_result *result_out)
{
	const struct lint_options options = { .on = date_of(2026, 11, 22) };
	struct draft *draft = arena_new(arena, struct draft);
	struct error error;

	assert_true(draft_read(arena, fixture_file(arena, text.data, text.size), draft, &error));
	lint_run(arena, draft, &options, result_out);
}

static void clean_drafts_have_no_errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < DRAFTS; i++) {
		struct arena *arena = arena_create(0);
		struct lint_result result;

		check(arena, clean_draft(arena, names[i]), &result);
		for (size_t k = 0; k < result.count; k++)
			if (result.findings[k].rule->severity == LINT_ERROR)
				print_message("%s: %s %s\n", names[i], result.findings[k].rule->id,
					      result.findings[k].message.zh);
		assert_int_equal(result.by_severity[LINT_ERROR], 0);
		arena_destroy(arena);
	}
}

static bool is_found(const struct lint_result *result, const struct plant *plant)
{
	for (size_t i = 0; i < result->count; i++) {
		const struct finding *finding = &result->findings[i];

		if (strcmp(finding->rule->id, plant->rule) == 0 &&
		    finding->place.part == plant->part && finding->place.claim == plant->claim)
			return true;
	}
	return false;
}

/* Plants every variant of a kind into one draft; a variant that leaves it clean does not count. */
static void plant_all(const struct plant_kind *kind, const char *name, unsigned *planted,
		      unsigned *found)
{
	for (unsigned variant = 0; variant < VARIANTS_MAX; variant++) {
		struct arena *arena = arena_create(0);
		struct plant plant = { .rule = kind->rule };
		struct str clean = clean_draft(arena, name);
		struct str text = kind->plant(arena, clean, variant, &plant);
		struct lint_result result;
		bool end = text.size == 0;

		if (!end && !str_equal(text, clean)) {
			check(arena, text, &result);
			(*planted)++;
			if (is_found(&result, &plant))
				(*found)++;
			else
				print_message("not found: %s in %s, variant %u, claim %u\n",
					      kind->rule, name, variant, plant.claim);
		}
		arena_destroy(arena);
		if (end)
			return;
	}
}

static void planted_errors_are_found(void **state)
{
	unsigned all_planted = 0, all_found = 0;

	(void)state;
	for (size_t i = 0; i < plant_kind_count; i++) {
		unsigned planted = 0, found = 0;

		for (size_t k = 0; k < DRAFTS; k++)
			plant_all(&plant_kinds[i], names[k], &planted, &found);
		assert_true(planted > 0);
		assert_true(found * 100 >= planted * 95);
		all_planted += planted;
		all_found += found;
	}
	print_message("%u planted, %u found\n", all_planted, all_found);
}

/* What was mended in the second draft is told as fixed, what moved as still there. */
static void comparison_follows_the_words(void **state)
{
	struct arena *arena = arena_create(0);
	struct lint_difference *rows;
	struct lint_result before, after;
	size_t count;

	(void)state;
	check(arena,
	      STR("权利要求书\n1.一种装置，包括甲，例如乙。\n2."
		  "根据权利要求1所述的装置，所述气囊转动。\n"),
	      &before);
	check(arena,
	      STR("权利要求书\n1.一种装置，包括甲。\n2.根据权利要求1所述的装置，包括丙。\n"
		  "3.根据权利要求1所述的装置，所述气囊转动\n"),
	      &after);
	count = lint_compare(arena, &before, &after, &rows);
	for (size_t i = 0; i < count; i++) {
		const char *id = (rows[i].after ? rows[i].after : rows[i].before)->rule->id;

		if (strcmp(id, "C11") == 0)
			assert_int_equal(rows[i].change, LINT_STILL);
		if (strcmp(id, "C15") == 0)
			assert_int_equal(rows[i].change, LINT_FIXED);
		if (strcmp(id, "C02") == 0)
			assert_int_equal(rows[i].change, LINT_NEW);
	}
	assert_true(count >= 3);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_drafts_have_no_errors),
		cmocka_unit_test(planted_errors_are_found),
		cmocka_unit_test(comparison_follows_the_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
