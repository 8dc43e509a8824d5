#include "rule/lint_claim_internal.h"
#include "rule/lint_text_internal.h"

#include "base/map.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static const struct lint_rule rules[] = {
#include "rule/lint_claims.inc"
#include "rule/lint_texts.inc"
};

enum { RULE_COUNT = sizeof(rules) / sizeof(rules[0]), DETAIL_RUNES = 30 };

const struct rule_mark_info lint_severities[LINT_SEVERITY_COUNT] = {
	[LINT_ERROR] = { "E", { "错误", "error" } },
	[LINT_WARNING] = { "W", { "警告", "warning" } },
	[LINT_NOTE] = { "I", { "提示", "note" } },
};

const struct label draft_parts[DRAFT_PART_COUNT] = {
	[DRAFT_TITLE] = { "发明名称", "title" },
	[DRAFT_ABSTRACT] = { "说明书摘要", "abstract" },
	[DRAFT_CLAIMS] = { "权利要求书", "claims" },
	[DRAFT_DESCRIPTION] = { "说明书", "description" },
	[DRAFT_DRAWINGS] = { "说明书附图", "drawings" },
};

const struct lint_rule *lint_rules(size_t *count_out)
{
	*count_out = RULE_COUNT;
	return rules;
}

const struct lint_rule *lint_rule_find(struct str id, date d)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (str_equal_nocase(str_of(rules[i].id), id) &&
		    rule_is_in_force(rules[i].edition, rules[i].until, d))
			return &rules[i];
	return NULL;
}

/* The template with {} and {hint} filled in; what stands in [ ] only when there is a hint. */
static const char *fill(struct arena *arena, const char *template, const char *detail,
			const char *hint)
{
	struct strbuf text = STRBUF_INIT;
	const char *result;

	while (*template) {
		size_t length = strcspn(template, "{[]");

		strbuf_add(&text, template, length);
		template += length;
		if (strncmp(template, "{}", 2) == 0) {
			strbuf_add_cstr(&text, detail);
			template += 2;
		} else if (strncmp(template, "{hint}", 6) == 0) {
			strbuf_add_cstr(&text, hint);
			template += 6;
		} else if (*template == '[' && !*hint) {
			template += strcspn(template, "]");
		} else if (*template) {
			template ++;
		}
	}
	result = str_to_cstr(arena, strbuf_str(&text));
	strbuf_release(&text);
	return result;
}

static bool is_inside_rune(struct str text, size_t at)
{
	return at < text.size && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

/* Checks run through a text forwards, so the count goes on from the place of the last one. */
static size_t rune_at(struct lint *lint, enum draft_part part, size_t byte)
{
	struct lint_mark *mark = &lint->marks[part];

	if (byte < mark->byte)
		*mark = (struct lint_mark){ 0, 0 };
	mark->rune += utf8_count(str_slice(lint_text(lint, part), mark->byte, byte));
	mark->byte = byte;
	return mark->rune;
}

static unsigned claim_at(const struct lint *lint, size_t at)
{
	size_t low = 0, high = lint->claims.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lint->claims.claims[middle].end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < lint->claims.count && lint->claims.claims[low].start <= at
		       ? lint->claims.claims[low].number
		       : 0;
}

static struct draft_place place_of(struct lint *lint, enum draft_part part, size_t start,
				   size_t end)
{
	struct str text = lint_text(lint, part);
	struct draft_place place = { .part = part, .start = start, .end = end };

	if (place.start > text.size)
		place.start = text.size;
	if (place.end > text.size)
		place.end = text.size;
	if (place.end < place.start)
		place.end = place.start;
	while (place.start && is_inside_rune(text, place.start))
		place.start--;
	while (is_inside_rune(text, place.end))
		place.end++;
	if (part == DRAFT_CLAIMS && place.end > place.start)
		place.claim = claim_at(lint, place.start);
	place.start_rune = rune_at(lint, part, place.start);
	place.end_rune = rune_at(lint, part, place.end);
	return place;
}

static const char *excerpt(struct arena *arena, struct str words)
{
	size_t cut = utf8_offset(words, DETAIL_RUNES);
	struct str begin = str_slice(words, 0, cut);

	return arena_printf(arena, "%.*s%s", STR_ARGS(begin), cut < words.size ? "…" : "");
}

static const struct lint_waiver *find_waiver(const struct lint_options *options,
					     const struct finding *finding)
{
	for (size_t i = 0; i < options->waiver_count; i++) {
		const struct lint_waiver *waiver = &options->waivers[i];

		if (str_equal_nocase(waiver->rule, str_of(finding->rule->id)) &&
		    (waiver->claim == 0 || waiver->claim == finding->place.claim) &&
		    (waiver->detail.size == 0 ||
		     str_equal(waiver->detail, str_of(finding->detail))))
			return waiver;
	}
	return NULL;
}

static void add_finding(struct lint *lint, const struct lint_rule *rule, struct draft_place place,
			const char *detail, const char *hint)
{
	struct finding *finding;

	if (lint->rule_count++ >= LINT_RULE_MAX) {
		lint->dropped++;
		return;
	}
	finding = list_add(&lint->findings);
	finding->rule = rule;
	finding->place = place;
	finding->detail = str_to_cstr(lint->arena, str_of(detail));
	finding->hint = str_to_cstr(lint->arena, str_of(hint));
	finding->message.zh = fill(lint->arena, rule->message_zh, finding->detail, finding->hint);
	finding->message.en = fill(lint->arena, rule->message_en, finding->detail, finding->hint);
	finding->suggestion.zh = fill(lint->arena, rule->suggestion_zh, finding->detail,
				      finding->hint);
	finding->suggestion.en = fill(lint->arena, rule->suggestion_en, finding->detail,
				      finding->hint);
	finding->waiver = find_waiver(lint->options, finding);
}

void lint_add(struct lint *lint, const struct lint_rule *rule, enum draft_part part, size_t start,
	      size_t end, const char *detail, const char *hint)
{
	struct draft_place place = place_of(lint, part, start, end);

	if (!detail)
		detail = excerpt(lint->arena,
				 str_slice(lint_text(lint, part), place.start, place.end));
	add_finding(lint, rule, place, detail, hint);
}

void lint_add_whole(struct lint *lint, const struct lint_rule *rule, enum draft_part part,
		    const char *detail, const char *hint)
{
	add_finding(lint, rule, (struct draft_place){ .part = part }, detail ? detail : "", hint);
}

static int compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* Part, place, rule, words. */
static int compare_findings(const void *first, const void *second)
{
	const struct finding *a = first, *b = second;
	int order = (a->place.part > b->place.part) - (a->place.part < b->place.part);

	if (!order)
		order = compare_sizes(a->place.start, b->place.start);
	if (!order)
		order = compare_sizes(a->place.end, b->place.end);
	if (!order)
		order = (a->rule > b->rule) - (a->rule < b->rule);
	return order ? order : strcmp(a->detail, b->detail);
}

static unsigned type_bit(enum patent_type type)
{
	return type == PATENT_UTILITY  ? LINT_UTILITY
	       : type == PATENT_DESIGN ? LINT_DESIGN
				       : LINT_INVENTION;
}

static void run_rules(struct lint *lint)
{
	unsigned type = type_bit(lint->type);

	for (size_t i = 0; i < RULE_COUNT; i++) {
		if (!(rules[i].types & type) ||
		    !rule_is_in_force(rules[i].edition, rules[i].until, lint->options->on))
			continue;
		lint->rule_count = 0;
		rules[i].check(lint, &rules[i]);
	}
}

void lint_run(struct arena *arena, const struct draft *draft, const struct lint_options *options,
	      struct lint_result *result_out)
{
	struct lint lint = { .arena = arena, .draft = draft, .options = options };
	struct finding *findings;

	lint.type = options->type ? options->type : draft->type;
	lint.findings = LIST_OF(struct finding);
	claim_parse(arena, lint_text(&lint, DRAFT_CLAIMS), &lint.claims);
	run_rules(&lint);
	list_sort(&lint.findings, compare_findings);
	*result_out = (struct lint_result){ .dropped = lint.dropped };
	findings = list_to_arena(&lint.findings, arena, &result_out->count);
	result_out->findings = findings;
	for (size_t i = 0; i < result_out->count; i++)
		if (!findings[i].waiver)
			result_out->by_severity[findings[i].rule->severity]++;
}
