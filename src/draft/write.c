/* Findings of the drafting check as JSON; documented in docs/rules.md. */
#include "base/utf8.h"
#include "draft/draft_write.h"
#include "rule/claim.h"

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

static void add_finding(struct jsonout *json, struct arena *arena, enum language language,
			const char *path, const struct finding *finding)
{
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
	jsonout_member_cstr(json, "basis", rule_basis_text(arena, finding->rule->basis, language));
	add_waiver(json, finding->waiver);
	jsonout_object_end(json);
}

static void add_file(struct jsonout *json, const struct checked_draft *file)
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

void draft_write_files(struct jsonout *json, const struct checked_draft *files, size_t count)
{
	jsonout_key(json, "files");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++)
		add_file(json, &files[i]);
	jsonout_array_end(json);
}

void draft_write_findings(struct jsonout *json, struct arena *arena, enum language language,
			  const struct checked_draft *files, size_t count)
{
	jsonout_key(json, "findings");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < files[i].result.count; k++)
			add_finding(json, arena, language, files[i].path,
				    &files[i].result.findings[k]);
	jsonout_array_end(json);
}

void draft_write_changes(struct jsonout *json, struct arena *arena, enum language language,
			 const struct checked_draft *before, const struct checked_draft *after)
{
	static const char *const names[] = { "new", "fixed", "still" };
	struct lint_difference *differences;
	size_t count = lint_compare(arena, &before->result, &after->result, &differences);

	for (size_t change = 0; change < 3; change++) {
		jsonout_key(json, names[change]);
		jsonout_array_begin(json);
		for (size_t i = 0; i < count; i++) {
			const struct lint_difference *row = &differences[i];

			if (row->change == (enum lint_change)change)
				add_finding(json, arena, language,
					    row->after ? after->path : before->path,
					    row->after ? row->after : row->before);
		}
		jsonout_array_end(json);
	}
}

/* ---- The draft as it is shown. */

struct view {
	struct jsonout *json;
	enum draft_part part;
	struct str text;   /* of the part */
	size_t byte, rune; /* up to where the text was counted */
};

static int64_t rune_at(struct view *view, size_t byte)
{
	view->rune += utf8_count(str_slice(view->text, view->byte, byte));
	view->byte = byte;
	return (int64_t)view->rune;
}

/* "[0012] " or "【0012】" in front of a paragraph: bytes, 0 for none. */
static size_t paragraph_number(struct str line, struct str *number_out)
{
	struct str open = str_starts_with(line, STR("[")) ? STR("[") : STR("【");
	struct str close = open.size == 1 ? STR("]") : STR("】");
	size_t at = open.size, end;

	if (!str_starts_with(line, open))
		return 0;
	end = str_find(line, close);
	if (end == STR_NOT_FOUND || end <= at || end - at > 6)
		return 0;
	for (size_t i = at; i < end; i++)
		if (line.data[i] < '0' || line.data[i] > '9')
			return 0;
	*number_out = str_slice(line, at, end);
	at = end + close.size;
	while (at < line.size && line.data[at] == ' ')
		at++;
	return at;
}

static void add_paragraph(struct view *view, size_t start, size_t end)
{
	struct str line = str_slice(view->text, start, end), number = STR_EMPTY;
	size_t lead = paragraph_number(line, &number);

	if (str_trim(line).size == 0)
		return;
	jsonout_object_begin(view->json);
	jsonout_member_text(view->json, "number", number);
	jsonout_member_integer(view->json, "start", rune_at(view, start + lead));
	jsonout_member_str(view->json, "text", str_slice(view->text, start + lead, end));
	jsonout_object_end(view->json);
}

static void add_section(struct view *view, struct str heading, size_t start, size_t end)
{
	size_t at = start, line;

	jsonout_object_begin(view->json);
	jsonout_member_cstr(view->json, "part", part_names[view->part]);
	jsonout_member_str(view->json, "heading", str_trim(heading));
	jsonout_key(view->json, "paragraphs");
	jsonout_array_begin(view->json);
	while (at < end) {
		line = str_find_byte(str_slice(view->text, at, end), '\n');
		line = line == STR_NOT_FOUND ? end : at + line;
		add_paragraph(view, at, line);
		at = line + 1;
	}
	jsonout_array_end(view->json);
	jsonout_object_end(view->json);
}

/* The description by its headings, each of which is the first paragraph of its section. */
static void add_part(struct view *view, enum language language)
{
	struct lint_heading headings[LINT_HEADINGS_MAX];
	size_t count = view->part == DRAFT_DESCRIPTION ? lint_headings(view->text, headings) : 0;
	struct str heading = str_of(label_text(draft_parts[view->part], language));
	size_t start = 0, line;

	for (size_t i = 0; i < count; i++) {
		line = headings[i].start;
		while (line > start && view->text.data[line - 1] != '\n')
			line--;
		if (str_trim(str_slice(view->text, start, line)).size > 0)
			add_section(view, heading, start, line);
		heading = str_slice(view->text, headings[i].start, headings[i].end);
		start = line;
	}
	add_section(view, heading, start, view->text.size);
}

static void add_claim(struct view *view, const struct claim_set *set, const struct claim *claim)
{
	static const char *const categories[] = {
		[CLAIM_PRODUCT] = "product", [CLAIM_METHOD] = "method", [CLAIM_USE] = "use"
	};
	struct jsonout *json = view->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "number", claim->number);
	jsonout_member_str(json, "text", str_trim(claim_body(set, claim)));
	jsonout_key(json, "parents");
	jsonout_array_begin(json);
	for (size_t i = 0; i < claim->parent_count; i++)
		jsonout_integer(json, set->claims[claim->parents[i]].number);
	jsonout_array_end(json);
	jsonout_member_bool(json, "independent", !claim->is_dependent);
	jsonout_member_cstr(json, "category", categories[claim->category]);
	jsonout_member_str(json, "subject", claim->subject);
	jsonout_member_integer(json, "start", rune_at(view, claim->start));
	jsonout_member_integer(json, "end", rune_at(view, claim->end));
	jsonout_object_end(json);
}

static void add_claims(struct jsonout *json, struct arena *arena, struct str text)
{
	struct view view = { .json = json, .part = DRAFT_CLAIMS, .text = text };
	struct claim_set set;

	claim_parse(arena, text, &set);
	jsonout_key(json, "claims");
	jsonout_array_begin(json);
	for (size_t i = 0; i < set.count; i++)
		add_claim(&view, &set, &set.claims[i]);
	jsonout_array_end(json);
}

static void add_counts(struct jsonout *json, const struct lint_result *result)
{
	jsonout_key(json, "counts");
	jsonout_object_begin(json);
	for (size_t i = 0; i < LINT_SEVERITY_COUNT; i++)
		jsonout_member_integer(json, lint_severities[i].letter,
				       (int64_t)result->by_severity[i]);
	jsonout_object_end(json);
}

void draft_write_view(struct jsonout *json, struct arena *arena, enum language language,
		      const struct checked_draft *checked)
{
	jsonout_member_cstr(json, "file", checked->path);
	jsonout_member_cstr(json, "type", patent_types[checked->draft.type].name);
	jsonout_member_str(json, "title", str_trim(checked->draft.parts[DRAFT_TITLE].text));
	jsonout_key(json, "sections");
	jsonout_array_begin(json);
	for (size_t i = 0; i < DRAFT_PART_COUNT; i++) {
		struct view view = { .json = json,
				     .part = (enum draft_part)i,
				     .text = checked->draft.parts[i].text };

		if (checked->draft.parts[i].is_present)
			add_part(&view, language);
	}
	jsonout_array_end(json);
	add_claims(json, arena, checked->draft.parts[DRAFT_CLAIMS].text);
	draft_write_findings(json, arena, language, checked, 1);
	add_counts(json, &checked->result);
}
