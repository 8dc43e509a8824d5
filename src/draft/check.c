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

struct draft_changes draft_compare(struct arena *arena, const struct checked_draft *before,
				   const struct checked_draft *after)
{
	struct draft_changes changes = { 0 };
	struct lint_difference *rows;
	size_t count = lint_compare(arena, &before->result, &after->result, &rows);

	for (size_t i = 0; i < count; i++) {
		changes.new_count += rows[i].change == LINT_NEW;
		changes.fixed += rows[i].change == LINT_FIXED;
		changes.still += rows[i].change == LINT_STILL;
	}
	return changes;
}

static void add_line(struct strbuf *text, const struct finding *finding, enum language language)
{
	strbuf_addf(text, "%s %s %s", lint_severities[finding->rule->severity].letter,
		    finding->rule->id, label_text(draft_parts[finding->place.part], language));
	if (finding->place.claim > 0)
		strbuf_addf(text, language == LANGUAGE_ZH ? "%u" : " %u", finding->place.claim);
	strbuf_addf(text, language == LANGUAGE_ZH ? "：%s" : ": %s",
		    label_text(finding->message, language));
	if (finding->waiver)
		strbuf_addf(text,
			    language == LANGUAGE_ZH ? "（豁免：%.*s；%.*s）"
						    : " (waived: %.*s; %.*s)",
			    STR_ARGS(finding->waiver->reason), STR_ARGS(finding->waiver->person));
	strbuf_add_byte(text, '\n');
}

struct str draft_findings_text(struct arena *arena, const struct checked_draft *checked,
			       enum language language, size_t size_max)
{
	struct strbuf text = STRBUF_INIT;
	struct str lines;
	size_t size = 0;

	for (size_t i = 0; i < checked->result.count; i++) {
		add_line(&text, &checked->result.findings[i], language);
		if (text.size > size_max)
			break;
		size = text.size;
	}
	lines = str_copy(arena, str_slice(strbuf_str(&text), 0, size));
	strbuf_release(&text);
	return lines;
}

bool draft_rule_is_known(struct str id)
{
	const struct lint_rule *rules;
	size_t count;

	rules = lint_rules(&count);
	for (size_t i = 0; i < count; i++)
		if (str_equal_nocase(str_of(rules[i].id), id))
			return true;
	return false;
}

const char *draft_rules_edition(date on)
{
	const struct lint_rule *rules;
	const char *newest = "";
	size_t count;

	rules = lint_rules(&count);
	for (size_t i = 0; i < count; i++)
		if (!rule_begins_after(rules[i].edition, on) &&
		    strcmp(rules[i].edition, newest) > 0)
			newest = rules[i].edition;
	return newest;
}
