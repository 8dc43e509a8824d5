#include "rule/lint_text_internal.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static bool has_description(const struct lint *lint)
{
	return str_trim(lint_text(lint, DRAFT_DESCRIPTION)).size > 0;
}

/* 附图说明 is needed with drawings only: its absence is a matter of the drawings' rules. */
void lint_description_headings(struct lint *lint, const struct lint_rule *rule)
{
	struct lint_section sections[SECTION_COUNT];

	if (!has_description(lint))
		return;
	lint_sections(lint, sections);
	for (size_t i = 0; i < SECTION_COUNT; i++)
		if (i != SECTION_DRAWINGS && sections[i].start == 0)
			lint_add_whole(lint, rule, DRAFT_DESCRIPTION,
				       i == SECTION_CONTENT && lint->type == PATENT_UTILITY
					       ? "实用新型内容"
					       : lint_section_names[i],
				       "");
}

void lint_description_order(struct lint *lint, const struct lint_rule *rule)
{
	struct lint_section sections[SECTION_COUNT];
	size_t last = 0, last_at = 0;

	lint_sections(lint, sections);
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		if (sections[i].start == 0)
			continue;
		if (sections[i].start < last_at)
			lint_add(lint, rule, DRAFT_DESCRIPTION, sections[i].heading,
				 sections[i].heading_end, NULL, lint_section_names[last]);
		else
			last_at = sections[i].start;
		last = i;
	}
}

void lint_description_names(struct lint *lint, const struct lint_rule *rule)
{
	struct lint_section sections[SECTION_COUNT];

	lint_sections(lint, sections);
	for (size_t i = 0; i < SECTION_COUNT; i++)
		if (sections[i].start > 0 && !sections[i].is_usual)
			lint_add(lint, rule, DRAFT_DESCRIPTION, sections[i].heading,
				 sections[i].heading_end, NULL,
				 i == SECTION_CONTENT && lint->type == PATENT_UTILITY
					 ? "实用新型内容"
					 : lint_section_names[i]);
}

static bool has_any(struct str text, const char *const words[])
{
	for (size_t i = 0; words[i]; i++)
		if (str_find(text, str_of(words[i])) != STR_NOT_FOUND)
			return true;
	return false;
}

/* Problem, solution and effect, told by the words that name them. */
void lint_description_content(struct lint *lint, const struct lint_rule *rule)
{
	static const struct {
		struct label name;
		const char *const words[16];
	} needed[] = {
		{ { "要解决的技术问题", "the technical problem" },
		  { "问题", "目的", "缺陷", "不足", "克服", "解决", "难题", "弊端", "需求", "旨在",
		    NULL } },
		{ { "技术方案", "the solution" },
		  { "方案", "包括", "提供", "步骤", "其特征", "公开", "涉及", "由", NULL } },
		{ { "有益效果", "the effect" },
		  { "效果", "优点", "有益", "优势", "提高", "降低", "避免", "能够", "可以", "改善",
		    "实现", "减少", "使得", "增强", "从而", NULL } },
	};
	struct lint_section sections[SECTION_COUNT];
	struct str text;

	lint_sections(lint, sections);
	text = lint_section_text(lint, &sections[SECTION_CONTENT]);
	for (size_t i = 0; text.size > 0 && i < 3; i++)
		if (!has_any(text, needed[i].words))
			lint_add(lint, rule, DRAFT_DESCRIPTION, sections[SECTION_CONTENT].heading,
				 sections[SECTION_CONTENT].heading_end, needed[i].name.zh,
				 needed[i].name.en);
}

/* "如权利要求1所述", "权利要求2至4中任一项所述的". */
void lint_description_claims(struct lint *lint, const struct lint_rule *rule)
{
	enum { REACH = 60 }; /* bytes from the number to 所述 */
	struct str text = lint_text(lint, DRAFT_DESCRIPTION), word = STR("权利要求");
	size_t at = 0, next;

	while ((next = str_find(str_slice(text, at, text.size), word)) != STR_NOT_FOUND) {
		size_t start = at + next, digits = start + word.size, stated, reach;

		at = digits;
		while (digits < text.size && text.data[digits] == ' ')
			digits++;
		if (lint_digits(text, digits, NULL) == 0)
			continue;
		reach = digits + REACH < text.size ? digits + REACH : text.size;
		stated = str_find(str_slice(text, digits, reach), STR("所述"));
		if (stated == STR_NOT_FOUND ||
		    str_find(str_slice(text, digits, digits + stated), STR("。")) != STR_NOT_FOUND)
			continue;
		lint_add(lint, rule, DRAFT_DESCRIPTION, start, digits + stated + strlen("所述"),
			 NULL, "");
	}
}

void lint_description_words(struct lint *lint, const struct lint_rule *rule)
{
	lint_add_words(lint, rule, DRAFT_DESCRIPTION, 0, lint_text(lint, DRAFT_DESCRIPTION).size);
}

/* Restrictive words narrow what the applicant says of the own invention; the prior art may be so. */
void lint_description_restrictive(struct lint *lint, const struct lint_rule *rule)
{
	static const enum section own[] = { SECTION_CONTENT, SECTION_EMBODIMENTS };
	struct lint_section sections[SECTION_COUNT];

	lint_sections(lint, sections);
	for (size_t i = 0; i < 2; i++)
		if (sections[own[i]].start > 0)
			lint_add_words(lint, rule, DRAFT_DESCRIPTION, sections[own[i]].start,
				       sections[own[i]].end);
}

void lint_description_images(struct lint *lint, const struct lint_rule *rule)
{
	const struct draft *draft = lint->draft;
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);

	for (size_t i = 0; i < draft->object_count; i++) {
		const struct draft_object *object = &draft->objects[i];
		size_t end;

		if (object->kind != DRAFT_IMAGE || object->part != DRAFT_DESCRIPTION)
			continue;
		end = str_find_byte(str_slice(text, object->at, text.size), '\n');
		lint_add(lint, rule, DRAFT_DESCRIPTION, object->at,
			 end == STR_NOT_FOUND ? text.size : object->at + end, NULL, "");
	}
}

/* Paragraph numbers [0001], where they are written, follow each other. */
void lint_description_numbers(struct lint *lint, const struct lint_rule *rule)
{
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);
	size_t at = 0, start, end;
	unsigned due = 0, number;
	char hint[24];

	while (lint_next_line(text, &at, &start, &end)) {
		size_t open = str_starts_with(str_slice(text, start, end), STR("["))    ? 1
			      : str_starts_with(str_slice(text, start, end), STR("【")) ? 3
											: 0;
		size_t digits = open ? lint_digits(text, start + open, &number) : 0;

		if (digits < 3 || start + open + digits >= end ||
		    (text.data[start + open + digits] != ']' &&
		     !str_starts_with(str_slice(text, start + open + digits, end), STR("】"))))
			continue;
		if (due > 0 && number != due) {
			snprintf(hint, sizeof(hint), "[%04u]", due);
			lint_add(lint, rule, DRAFT_DESCRIPTION, start,
				 start + open + digits + (open == 1 ? 1 : 3), NULL, hint);
		}
		due = number + 1;
	}
}

static uint32_t last_rune(struct str line)
{
	size_t at = line.size;

	if (at == 0)
		return 0;
	do
		at--;
	while (at > 0 && ((unsigned char)line.data[at] & 0xC0) == 0x80);
	return utf8_next(line, &at);
}

/* A paragraph of running text that breaks off with a character. */
void lint_description_ends(struct lint *lint, const struct lint_rule *rule)
{
	enum { LEAST_RUNES = 30 };
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);
	size_t at = 0, start, end;

	while (lint_next_line(text, &at, &start, &end)) {
		struct str line = str_trim(str_slice(text, start, end));
		size_t tail;

		if (!utf8_is_cjk(last_rune(line)) || utf8_count(line) < LEAST_RUNES ||
		    str_find(line, STR("，")) == STR_NOT_FOUND)
			continue;
		end = (size_t)(line.data - text.data) + line.size;
		tail = utf8_offset(line, utf8_count(line) - 6);
		lint_add(lint, rule, DRAFT_DESCRIPTION, end - (line.size - tail), end, NULL, "");
	}
}

static bool is_number_word_end(struct str rest)
{
	return str_starts_with(rest, STR("为")) || str_starts_with(rest, STR("是")) ||
	       str_starts_with(rest, STR("：")) || str_starts_with(rest, STR(":"));
}

/* "公开号为104223352A": the country is missing. */
void lint_description_patents(struct lint *lint, const struct lint_rule *rule)
{
	static const struct str words[] = { STR_INIT("公开号"), STR_INIT("公告号"),
					    STR_INIT("专利号"), STR_INIT("申请号") };
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);

	for (size_t i = 0; i < 4; i++) {
		size_t at = 0, next;

		while ((next = str_find(str_slice(text, at, text.size), words[i])) !=
		       STR_NOT_FOUND) {
			size_t start = at + next, number = start + words[i].size;
			struct str rest = str_slice(text, number, text.size);

			at = number;
			if (is_number_word_end(rest))
				number += rest.data[0] == ':' ? 1 : 3;
			while (number < text.size && text.data[number] == ' ')
				number++;
			if (lint_digits(text, number, NULL) == 6) /* at least so many */
				lint_add(lint, rule, DRAFT_DESCRIPTION, start, number + 6, NULL,
					 "");
		}
	}
}
