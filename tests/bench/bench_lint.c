/*
 * bench_lint FILE: checks the claims of every draft in a text file (drafts parted by form feeds, the
 * first line of each its name) and prints what is found, one a line: name, severity, rule, claim,
 * words, hint, text around. bench_lint --time FILE prints only how long it takes.
 */
#include "base/clock.h"
#include "base/file.h"
#include "rule/lint.h"

#include <stdio.h>
#include <string.h>

enum { AROUND = 60 };

static void print_around(struct str text, const struct draft_place *place)
{
	size_t from = place->start > AROUND ? place->start - AROUND : 0;
	struct str around = str_slice(text, from, place->end + AROUND);

	for (size_t i = 0; i < around.size; i++)
		putchar(around.data[i] == '\n' ? ' ' : around.data[i]);
}

static size_t check_draft(struct str name, struct str text, bool prints)
{
	struct arena *arena = arena_create(1 << 16);
	struct draft draft = { .source = "bench" };
	struct lint_options options = { .on = date_of(2026, 11, 22) };
	struct lint_result result;
	size_t count;

	draft.parts[DRAFT_CLAIMS] = (struct draft_part_text){ .text = text, .is_present = true };
	lint_run(arena, &draft, &options, &result);
	count = result.count;
	for (size_t i = 0; prints && i < result.count; i++) {
		const struct finding *finding = &result.findings[i];

		printf("%.*s\t%s\t%s\t%u\t%s\t%s\t", STR_ARGS(name),
		       lint_severities[finding->rule->severity].letter, finding->rule->id,
		       finding->place.claim, finding->detail, finding->hint);
		print_around(text, &finding->place);
		putchar('\n');
	}
	arena_destroy(arena);
	return count;
}

int main(int argc, char **argv)
{
	bool prints = argc == 2;
	struct arena *arena = arena_create(1 << 16);
	struct str text, draft;
	struct error error;
	size_t count = 0, findings = 0;
	int64_t started;

	if (argc < 2 || !file_read(arena, argv[argc - 1], 1 << 30, &text, &error)) {
		fprintf(stderr, "bench_lint [--time] FILE\n");
		return 2;
	}
	started = clock_monotonic_ms();
	while (str_split(&text, STR("\f"), &draft)) {
		struct str name;

		if (str_split(&draft, STR("\n"), &name) && draft.size) {
			findings += check_draft(name, draft, prints);
			count++;
		}
	}
	fprintf(stderr, "%zu drafts, %zu findings, %lld ms\n", count, findings,
		(long long)(clock_monotonic_ms() - started));
	arena_destroy(arena);
	return 0;
}
