/* Findings of the drafting check as JSON; documented in docs/rules.md. */
#include "cli/lint_internal.h"

static const char *const part_names[DRAFT_PART_COUNT] = {
	[DRAFT_TITLE] = "title",       [DRAFT_ABSTRACT] = "abstract",
	[DRAFT_CLAIMS] = "claims",     [DRAFT_DESCRIPTION] = "description",
	[DRAFT_DRAWINGS] = "drawings",
};

static void add_waiver(struct jsonout *json, const struct lint_waiver *waiver)
{
	jsonout_key(json, "waiver");
	if (!waiver) {
		jsonout_null(json);
		return;
	}
	jsonout_object_begin(json);
	jsonout_member_str(json, "reason", waiver->reason);
	jsonout_member_str(json, "by", waiver->person);
	jsonout_object_end(json);
}

static void add_place(struct jsonout *json, const struct draft_place *place)
{
	jsonout_member_cstr(json, "part", part_names[place->part]);
	jsonout_key(json, "claim");
	if (place->claim > 0)
		jsonout_integer(json, place->claim);
	else
		jsonout_null(json);
	jsonout_member_integer(json, "start", (int64_t)place->start_rune);
	jsonout_member_integer(json, "end", (int64_t)place->end_rune);
}

static void add_finding(struct context *context, struct jsonout *json, const char *path,
			const struct finding *finding)
{
	enum language language = context->language;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "file", path);
	jsonout_member_cstr(json, "rule", finding->rule->id);
	jsonout_member_cstr(json, "edition", finding->rule->edition);
	jsonout_member_cstr(json, "severity", lint_severities[finding->rule->severity].letter);
	add_place(json, &finding->place);
	jsonout_member_cstr(json, "words", finding->detail);
	jsonout_member_cstr(json, "hint", *finding->hint ? finding->hint : NULL);
	jsonout_member_cstr(json, "message", label_text(finding->message, language));
	jsonout_member_cstr(json, "suggestion", label_text(finding->suggestion, language));
	jsonout_member_cstr(json, "basis",
			    rule_basis_text(context->arena, finding->rule->basis, language));
	add_waiver(json, finding->waiver);
	jsonout_object_end(json);
}

static void add_file(struct jsonout *json, const struct lint_file *file)
{
	const struct lint_result *result = &file->result;
	size_t open = 0;

	for (size_t i = 0; i < LINT_SEVERITY_COUNT; i++)
		open += result->by_severity[i];
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "file", file->path);
	jsonout_member_cstr(json, "type", patent_types[file->draft.type].name);
	jsonout_member_str(json, "title", file->draft.parts[DRAFT_TITLE].text);
	jsonout_member_integer(json, "errors", (int64_t)result->by_severity[LINT_ERROR]);
	jsonout_member_integer(json, "warnings", (int64_t)result->by_severity[LINT_WARNING]);
	jsonout_member_integer(json, "notes", (int64_t)result->by_severity[LINT_NOTE]);
	jsonout_member_integer(json, "waived", (int64_t)(result->count - open));
	jsonout_member_integer(json, "dropped", (int64_t)result->dropped);
	jsonout_object_end(json);
}

static void add_files(struct jsonout *json, const struct lint_file *files, size_t count)
{
	jsonout_key(json, "files");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++)
		add_file(json, &files[i]);
	jsonout_array_end(json);
}

static void print(struct strbuf *text)
{
	strbuf_add_byte(text, '\n');
	command_print(strbuf_str(text));
	strbuf_release(text);
}

void lint_print_files_json(struct context *context, const struct lint_file *files, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	jsonout_object_begin(&json);
	add_files(&json, files, count);
	jsonout_key(&json, "findings");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < files[i].result.count; k++)
			add_finding(context, &json, files[i].path, &files[i].result.findings[k]);
	jsonout_array_end(&json);
	jsonout_object_end(&json);
	print(&text);
}

void lint_print_comparison_json(struct context *context, const struct lint_file *before,
				const struct lint_file *after)
{
	static const char *const names[] = { "new", "fixed", "still" };
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	struct lint_difference *differences;
	size_t count = lint_compare(context->arena, &before->result, &after->result, &differences);

	jsonout_object_begin(&json);
	add_files(&json, (struct lint_file[]){ *before, *after }, 2);
	for (size_t change = 0; change < 3; change++) {
		jsonout_key(&json, names[change]);
		jsonout_array_begin(&json);
		for (size_t i = 0; i < count; i++) {
			const struct lint_difference *row = &differences[i];

			if (row->change == (enum lint_change)change)
				add_finding(context, &json, row->after ? after->path : before->path,
					    row->after ? row->after : row->before);
		}
		jsonout_array_end(&json);
	}
	jsonout_object_end(&json);
	print(&text);
}
