/* A draft read and checked in one go. */
#include "draft/draft_read.h"
#include "draft/draft_write.h"

#include "base/file.h"

#include <string.h>

/* Messages begin with the file's path; a person knows it by its name. */
static void tell_name(struct error *error, const char *path, const char *name)
{
	const char *base = file_name(path);
	size_t length = str_starts_with(str_of(error->detail), str_of(path))   ? strlen(path)
			: str_starts_with(str_of(error->detail), str_of(base)) ? strlen(base)
									       : 0;
	struct error told = *error;

	if (length == 0)
		return;
	error_set_at(&told, error->kind, error->key, error->at, "%.180s%s", name,
		     error->detail + length);
	memcpy(told.hint, error->hint, sizeof(told.hint));
	told.field = error->field;
	*error = told;
}

bool draft_check(struct arena *arena, const char *path, const struct draft_check_options *options,
		 struct checked_draft **checked_out, struct error *error)
{
	struct checked_draft *checked = arena_new(arena, struct checked_draft);
	const struct lint_options lint = { .on = options->on,
					   .waivers = options->waivers,
					   .waiver_count = options->waiver_count };

	checked->path = options->name ? options->name : path;
	if (!draft_read(arena, path, &checked->draft, error)) {
		tell_name(error, path, checked->path);
		return false;
	}
	lint_run(arena, &checked->draft, &lint, &checked->result);
	*checked_out = checked;
	return true;
}

struct draft_counts draft_count(const struct checked_draft *checked)
{
	const struct lint_result *result = &checked->result;
	struct draft_counts counts = { .errors = result->by_severity[LINT_ERROR],
				       .warnings = result->by_severity[LINT_WARNING],
				       .notes = result->by_severity[LINT_NOTE] };

	for (size_t i = 0; i < result->count; i++)
		counts.waived_errors += result->findings[i].waiver &&
					result->findings[i].rule->severity == LINT_ERROR;
	return counts;
}
