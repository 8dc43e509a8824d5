#include "rule/lint_text_internal.h"

#include <stdio.h>
#include <string.h>

/* Checks of the draft as a whole. */

static bool has_text(const struct lint *lint, enum draft_part part)
{
	return str_trim(lint_text(lint, part)).size > 0;
}

void lint_draft_parts(struct lint *lint, const struct lint_rule *rule)
{
	static const enum draft_part needed[] = { DRAFT_ABSTRACT, DRAFT_CLAIMS, DRAFT_DESCRIPTION };

	for (size_t i = 0; i < 3; i++)
		if (!has_text(lint, needed[i]))
			lint_add_whole(lint, rule, needed[i], draft_parts[needed[i]].zh,
				       draft_parts[needed[i]].en);
}

static void add_count(struct lint *lint, const struct lint_rule *rule, unsigned count)
{
	char text[16];

	if (count == 0)
		return;
	snprintf(text, sizeof(text), "%u", count);
	lint_add_whole(lint, rule, DRAFT_DESCRIPTION, text, "");
}

void lint_draft_changes(struct lint *lint, const struct lint_rule *rule)
{
	add_count(lint, rule, lint->draft->changes);
}

void lint_draft_comments(struct lint *lint, const struct lint_rule *rule)
{
	add_count(lint, rule, lint->draft->comments);
}

void lint_draft_cut(struct lint *lint, const struct lint_rule *rule)
{
	if (lint->draft->is_cut)
		lint_add_whole(lint, rule, DRAFT_DESCRIPTION, "", "");
}

/* Pages of description and drawings; a file tells only the pages of the whole. */
void lint_draft_pages(struct lint *lint, const struct lint_rule *rule)
{
	enum { FREE_PAGES = 30, LONG_PAGES = 300, FEE = 50, LONG_FEE = 100 };
	unsigned pages = lint->draft->pages, fee;
	char count[16], amount[24];

	if (pages <= FREE_PAGES)
		return;
	fee = pages > LONG_PAGES ? (LONG_PAGES - FREE_PAGES) * FEE + (pages - LONG_PAGES) * LONG_FEE
				 : (pages - FREE_PAGES) * FEE;
	snprintf(count, sizeof(count), "%u", pages);
	snprintf(amount, sizeof(amount), "%u", fee);
	lint_add_whole(lint, rule, DRAFT_DESCRIPTION, count, amount);
}

/* The first place of a word in a part, with how often it stands there. */
static void add_counted(struct lint *lint, const struct lint_rule *rule, enum draft_part part,
			struct str word, const char *hint)
{
	struct str text = lint_text(lint, part);
	size_t at = 0, next, first = 0, count = 0;

	while ((next = str_find(str_slice(text, at, text.size), word)) != STR_NOT_FOUND) {
		if (count++ == 0)
			first = at + next;
		at += next + word.size;
	}
	if (count > 0)
		lint_add(lint, rule, part, first, first + word.size,
			 count == 1 ? NULL
				    : arena_printf(lint->arena, "%.*s×%zu", STR_ARGS(word), count),
			 hint);
}

/* 本发明 in a utility model and the other way round. */
void lint_draft_type(struct lint *lint, const struct lint_rule *rule)
{
	bool utility = lint->type == PATENT_UTILITY;

	for (size_t part = 0; part < DRAFT_PART_COUNT; part++)
		add_counted(lint, rule, (enum draft_part)part,
			    utility ? STR("本发明") : STR("本实用新型"),
			    utility ? "本实用新型" : "本发明");
}

void lint_draft_type_heading(struct lint *lint, const struct lint_rule *rule)
{
	struct lint_section sections[SECTION_COUNT];
	const struct lint_section *content = &sections[SECTION_CONTENT];
	bool utility = lint->type == PATENT_UTILITY;

	lint_sections(lint, sections);
	if (content->start > 0 && content->is_usual && content->is_utility != utility)
		lint_add(lint, rule, DRAFT_DESCRIPTION, content->heading, content->heading_end,
			 NULL, utility ? "实用新型内容" : "发明内容");
}

static void add_words(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t part = 0; part < DRAFT_PART_COUNT; part++)
		lint_add_words(lint, rule, (enum draft_part)part, 0,
			       lint_text(lint, (enum draft_part)part).size);
}

void lint_draft_placeholders(struct lint *lint, const struct lint_rule *rule)
{
	add_words(lint, rule);
}

void lint_draft_taiwan(struct lint *lint, const struct lint_rule *rule)
{
	add_words(lint, rule);
}

/* Units that are not legal ones, behind a number. */
static const struct {
	const char *unit, *legal;
} units[] = {
	{ "英寸", "cm" },        { "英尺", "m" },     { "英里", "km" },  { "英磅", "kg" },
	{ "磅", "kg" },          { "盎司", "g" },     { "公斤力", "N" }, { "马力", "kW" },
	{ "千卡", "kJ" },        { "大卡", "kJ" },    { "市斤", "kg" },  { "斤", "kg" },
	{ "两", "g" },           { "华里", "km" },    { "尺", "m" },     { "寸", "cm" },
	{ "亩", "m²" },          { "华氏度", "℃" },   { "℉", "℃" },      { "°F", "℃" },
	{ "kgf", "N" },          { "mmHg", "kPa" },   { "psi", "MPa" },  { "PSI", "MPa" },
	{ "atm", "kPa" },        { "inch", "cm" },    { "达因", "N" },   { "cal", "J" },
	{ "标准大气压", "kPa" }, { "大气压", "kPa" },
};

static bool is_number_before(struct str text, size_t at)
{
	while (at > 0 && text.data[at - 1] == ' ')
		at--;
	return at > 0 && text.data[at - 1] >= '0' && text.data[at - 1] <= '9';
}

static bool is_latin(struct str text, size_t at)
{
	return at < text.size && ((text.data[at] >= 'a' && text.data[at] <= 'z') ||
				  (text.data[at] >= 'A' && text.data[at] <= 'Z'));
}

static void add_unit(struct lint *lint, const struct lint_rule *rule, enum draft_part part,
		     struct str unit, const char *legal)
{
	struct str text = lint_text(lint, part);
	bool latin = is_latin(unit, unit.size - 1);
	size_t at = 0, next;

	while ((next = str_find(str_slice(text, at, text.size), unit)) != STR_NOT_FOUND) {
		size_t start = at + next, end = start + unit.size;

		at = end;
		if (is_number_before(text, start) && !(latin && is_latin(text, end)) &&
		    !str_starts_with(str_slice(text, end, text.size), STR("个")))
			lint_add(lint, rule, part, start, end, NULL, legal);
	}
}

void lint_draft_units(struct lint *lint, const struct lint_rule *rule)
{
	static const enum draft_part parts[] = { DRAFT_ABSTRACT, DRAFT_CLAIMS, DRAFT_DESCRIPTION };

	for (size_t p = 0; p < 3; p++)
		for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
			add_unit(lint, rule, parts[p], str_of(units[i].unit), units[i].legal);
}
