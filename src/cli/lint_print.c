/* Findings of the drafting check for a person: the sentence, with the place marked below it. */
#include "cli/lint_internal.h"
#include "base/utf8.h"
#include "rule/claim.h"

#include <string.h>

enum { CONTEXT_RUNES = 24, MARK_RUNES_MAX = 40, TREE_CLAIMS_MAX = 2000, TREE_DEPTH_MAX = 40 };

struct printer {
	struct context *context;
	const struct checked_draft *file;
	struct strbuf text;
	enum draft_part part; /* of the heading shown last; DRAFT_PART_COUNT: none */
	unsigned claim;
};

static const char *pick(const struct printer *printer, const char *zh, const char *en)
	__attribute__((format_arg(2), format_arg(3)));

static const char *pick(const struct printer *printer, const char *zh, const char *en)
{
	return printer->context->language == LANGUAGE_ZH ? zh : en;
}

static bool ends_sentence(uint32_t rune)
{
	return rune == '\n' || rune == 0x3002 || rune == 0xFF01 || rune == 0xFF1F;
}

/* Goes back over at most CONTEXT_RUNES characters of the same sentence. */
static size_t context_start(struct str text, size_t at)
{
	for (unsigned runes = 0; at > 0 && runes < CONTEXT_RUNES; runes++) {
		size_t before = at, next;

		do
			before--;
		while (before > 0 && ((unsigned char)text.data[before] & 0xC0) == 0x80);
		next = before;
		if (ends_sentence(utf8_next(text, &next)))
			break;
		at = before;
	}
	return at;
}

static size_t context_end(struct str text, size_t at)
{
	for (unsigned runes = 0; at < text.size && runes < CONTEXT_RUNES; runes++) {
		size_t next = at;
		uint32_t rune = utf8_next(text, &next);

		if (rune == '\n')
			break;
		at = next;
		if (ends_sentence(rune))
			break;
	}
	return at;
}

/* A run of text on one line: line breaks and tabs become blanks. */
static size_t add_line_text(struct strbuf *line, struct str text)
{
	size_t before = line->size;

	for (size_t i = 0; i < text.size; i++)
		strbuf_add_byte(line, (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
	return utf8_width(str_slice(strbuf_str(line), before, line->size));
}

static void add_marked(struct printer *printer, const struct draft_place *place)
{
	struct str text = printer->file->draft.parts[place->part].text;
	size_t from = context_start(text, place->start), to = context_end(text, place->end);
	struct str marked = str_slice(text, place->start, place->end);
	size_t cut = utf8_offset(marked, MARK_RUNES_MAX), lead, width;

	strbuf_add_cstr(&printer->text, "      ");
	lead = add_line_text(&printer->text,
			     from > 0 && text.data[from - 1] != '\n' ? STR("…") : STR_EMPTY);
	lead += add_line_text(&printer->text, str_slice(text, from, place->start));
	width = add_line_text(&printer->text, str_slice(marked, 0, cut));
	if (cut < marked.size)
		add_line_text(&printer->text, STR("…"));
	else
		add_line_text(&printer->text, str_slice(text, place->end, to));
	strbuf_addf(&printer->text, "\n      %*s", (int)lead, "");
	for (size_t i = 0; i < width; i++)
		strbuf_add_byte(&printer->text, '^');
	strbuf_add_byte(&printer->text, '\n');
}

static void add_heading(struct printer *printer, const struct draft_place *place)
{
	enum language language = printer->context->language;

	if (place->part == printer->part && place->claim == printer->claim)
		return;
	printer->part = place->part;
	printer->claim = place->claim;
	strbuf_addf(&printer->text, "\n%s", label_text(draft_parts[place->part], language));
	if (place->claim > 0)
		strbuf_addf(&printer->text, pick(printer, " · 权利要求 %u", " · claim %u"),
			    place->claim);
	strbuf_add_byte(&printer->text, '\n');
}

static void add_finding(struct printer *printer, const struct finding *finding)
{
	enum language language = printer->context->language;
	const char *suggestion = label_text(finding->suggestion, language);

	strbuf_addf(&printer->text, "  %s %s  %s\n",
		    lint_severities[finding->rule->severity].letter, finding->rule->id,
		    label_text(finding->message, language));
	if (finding->place.end > finding->place.start)
		add_marked(printer, &finding->place);
	if (*suggestion)
		strbuf_addf(&printer->text,
			    pick(printer, "      建议：%s\n", "      suggestion: %s\n"),
			    suggestion);
	strbuf_addf(&printer->text, pick(printer, "      依据：%s\n", "      basis: %s\n"),
		    rule_basis_text(printer->context->arena, finding->rule->basis, language));
}

static void add_findings(struct printer *printer)
{
	const struct lint_result *result = &printer->file->result;

	printer->part = DRAFT_PART_COUNT;
	for (size_t i = 0; i < result->count; i++) {
		const struct finding *finding = &result->findings[i];

		if (finding->waiver)
			continue;
		add_heading(printer, &finding->place);
		add_finding(printer, finding);
	}
}

static void add_waived(struct printer *printer)
{
	const struct lint_result *result = &printer->file->result;
	bool begun = false;

	for (size_t i = 0; i < result->count; i++) {
		const struct finding *finding = &result->findings[i];

		if (!finding->waiver)
			continue;
		if (!begun)
			strbuf_add_cstr(&printer->text, pick(printer, "\n已豁免\n", "\nwaived\n"));
		begun = true;
		strbuf_addf(
			&printer->text, "  %s %s", finding->rule->id,
			label_text(draft_parts[finding->place.part], printer->context->language));
		if (finding->place.claim > 0)
			strbuf_addf(&printer->text, pick(printer, " 权利要求 %u", " claim %u"),
				    finding->place.claim);
		strbuf_addf(&printer->text,
			    pick(printer, "：%s（%.*s，%.*s）\n", ": %s (%.*s, %.*s)\n"),
			    label_text(finding->message, printer->context->language),
			    STR_ARGS(finding->waiver->reason), STR_ARGS(finding->waiver->person));
	}
}

static void add_counts(struct printer *printer)
{
	const struct lint_result *result = &printer->file->result;
	size_t open = result->by_severity[LINT_ERROR] + result->by_severity[LINT_WARNING] +
		      result->by_severity[LINT_NOTE];

	strbuf_addf(&printer->text,
		    pick(printer, "\n%s：错误 %zu，警告 %zu，提示 %zu",
			 "\n%s: %zu errors, %zu warnings, %zu notes"),
		    printer->file->path, result->by_severity[LINT_ERROR],
		    result->by_severity[LINT_WARNING], result->by_severity[LINT_NOTE]);
	if (result->count > open)
		strbuf_addf(&printer->text, pick(printer, "；已豁免 %zu", "; %zu waived"),
			    result->count - open);
	if (result->dropped > 0)
		strbuf_addf(&printer->text,
			    pick(printer, "；另有 %zu 处未列出", "; %zu more not listed"),
			    result->dropped);
	strbuf_add_byte(&printer->text, '\n');
}

/* The claims that hang from one by their first reference, in the order of the text. */
static void add_branch(struct printer *printer, const struct claim_set *set, size_t of,
		       const char *lead, unsigned depth)
{
	size_t children = 0, shown = 0;

	for (size_t i = of + 1; i < set->count; i++)
		children += set->claims[i].parent_count > 0 && set->claims[i].parents[0] == of &&
			    set->claims[i].is_dependent;
	for (size_t i = of + 1; i < set->count && depth < TREE_DEPTH_MAX; i++) {
		const struct claim *claim = &set->claims[i];
		bool last;

		if (claim->parent_count == 0 || claim->parents[0] != of || !claim->is_dependent)
			continue;
		last = ++shown == children;
		strbuf_addf(&printer->text, "%s%s%u", lead, last ? "└─ " : "├─ ", claim->number);
		for (size_t k = 1; k < claim->parent_count && k < 8; k++)
			strbuf_addf(&printer->text, "%s%u",
				    k == 1 ? pick(printer, "（亦引用 ", " (also ") : ", ",
				    set->claims[claim->parents[k]].number);
		if (claim->parent_count > 8)
			strbuf_add_cstr(&printer->text, " …");
		if (claim->parent_count > 1)
			strbuf_add_cstr(&printer->text, pick(printer, "）", ")"));
		strbuf_add_byte(&printer->text, '\n');
		add_branch(
			printer, set, i,
			arena_printf(printer->context->arena, "%s%s", lead, last ? "   " : "│  "),
			depth + 1);
	}
}

static void add_tree(struct printer *printer)
{
	struct str text = printer->file->draft.parts[DRAFT_CLAIMS].text;
	struct claim_set set;

	claim_parse(printer->context->arena, text, &set);
	if (set.count == 0 || set.count > TREE_CLAIMS_MAX)
		return;
	strbuf_addf(&printer->text, pick(printer, "\n权利要求 %zu 项\n", "\n%zu claims\n"),
		    set.count);
	for (size_t i = 0; i < set.count; i++) {
		const struct claim *claim = &set.claims[i];

		if (claim->is_dependent && claim->parent_count > 0)
			continue;
		strbuf_addf(&printer->text, "%u  ", claim->number);
		add_line_text(&printer->text, claim->subject);
		if (claim->parent_count > 0)
			strbuf_addf(&printer->text, pick(printer, "（引用 %u）", " (refers to %u)"),
				    set.claims[claim->parents[0]].number);
		strbuf_add_byte(&printer->text, '\n');
		add_branch(printer, &set, i, "", 0);
	}
}

static void print(struct printer *printer)
{
	command_print(strbuf_str(&printer->text));
	strbuf_release(&printer->text);
}

void lint_print_file(struct context *context, const struct checked_draft *file, bool with_tree)
{
	struct printer printer = { .context = context, .file = file, .text = STRBUF_INIT };
	struct str title = str_trim(file->draft.parts[DRAFT_TITLE].text);

	strbuf_addf(&printer.text, "%s", file->path);
	if (title.size > 0)
		strbuf_addf(&printer.text, "  %.*s", STR_ARGS(title));
	strbuf_add_byte(&printer.text, '\n');
	if (with_tree)
		add_tree(&printer);
	add_findings(&printer);
	add_waived(&printer);
	add_counts(&printer);
	print(&printer);
}

void lint_print_comparison(struct context *context, const struct checked_draft *before,
			   const struct checked_draft *after)
{
	static const struct {
		enum lint_change change;
		struct label label;
	} groups[] = { { LINT_NEW, { "新出现", "new" } },
		       { LINT_STILL, { "仍存在", "still there" } },
		       { LINT_FIXED, { "已改正", "fixed" } } };
	struct printer printer = { .context = context, .text = STRBUF_INIT };
	struct lint_difference *rows;
	size_t count = lint_compare(context->arena, &before->result, &after->result, &rows);

	for (size_t g = 0; g < 3; g++) {
		size_t shown = 0;

		for (size_t i = 0; i < count; i++)
			shown += rows[i].change == groups[g].change;
		strbuf_addf(&printer.text, "%s%s %zu\n", g ? "\n" : "",
			    label_text(groups[g].label, context->language), shown);
		printer.part = DRAFT_PART_COUNT;
		for (size_t i = 0; i < count; i++) {
			const struct finding *finding = rows[i].after ? rows[i].after
								      : rows[i].before;

			if (rows[i].change != groups[g].change)
				continue;
			printer.file = rows[i].after ? after : before;
			add_heading(&printer, &finding->place);
			add_finding(&printer, finding);
		}
	}
	printer.file = after;
	add_counts(&printer);
	print(&printer);
}
