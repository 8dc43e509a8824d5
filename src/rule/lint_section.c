#include "rule/lint_text_internal.h"

#include "base/utf8.h"

#include <string.h>

const char *const lint_section_names[SECTION_COUNT] = {
	[SECTION_FIELD] = "技术领域",           [SECTION_BACKGROUND] = "背景技术",
	[SECTION_CONTENT] = "发明内容",         [SECTION_DRAWINGS] = "附图说明",
	[SECTION_EMBODIMENTS] = "具体实施方式",
};

/* Headings as drafts have them; the usual ones are those of the Implementing Regulations art. 20. */
static const struct {
	const char *heading;
	enum section section;
	bool is_usual;
} headings[] = {
	{ "技术领域", SECTION_FIELD, true },
	{ "所属技术领域", SECTION_FIELD, false },
	{ "背景技术", SECTION_BACKGROUND, true },
	{ "现有技术", SECTION_BACKGROUND, false },
	{ "技术背景", SECTION_BACKGROUND, false },
	{ "发明内容", SECTION_CONTENT, true },
	{ "实用新型内容", SECTION_CONTENT, true },
	{ "发明的内容", SECTION_CONTENT, false },
	{ "内容", SECTION_CONTENT, false },
	{ "附图说明", SECTION_DRAWINGS, true },
	{ "附图简要说明", SECTION_DRAWINGS, false },
	{ "附图的简要说明", SECTION_DRAWINGS, false },
	{ "附图的说明", SECTION_DRAWINGS, false },
	{ "具体实施方式", SECTION_EMBODIMENTS, true },
	{ "具体实施例", SECTION_EMBODIMENTS, false },
	{ "具体实施方案", SECTION_EMBODIMENTS, false },
	{ "实施方式", SECTION_EMBODIMENTS, false },
	{ "最佳实施方式", SECTION_EMBODIMENTS, false },
	{ "发明的具体实施方式", SECTION_EMBODIMENTS, false },
};

bool lint_next_line(struct str text, size_t *at, size_t *start_out, size_t *end_out)
{
	size_t line;

	if (*at >= text.size)
		return false;
	line = str_find_byte(str_slice(text, *at, text.size), '\n');
	*start_out = *at;
	*end_out = line == STR_NOT_FOUND ? text.size : *at + line;
	*at = *end_out + 1;
	return true;
}

/* Marks that stand in front of a heading: 一、 (二) 1. */
static bool is_list_mark(uint32_t rune)
{
	static const uint32_t marks[] = { ' ',    '\t',   0x3000, '.',    0xFF0E, 0x3001, '(',
					  ')',    0xFF08, 0xFF09, '[',    0x3010, 0x4E00, 0x4E8C,
					  0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, '#' };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i] == rune)
			return true;
	return rune >= '0' && rune <= '9';
}

size_t lint_line_words(struct str text, size_t start, size_t end)
{
	struct str line = str_slice(text, start, end);
	size_t at = 0, close;

	/* "[0001] 技术领域" */
	if (str_starts_with(line, STR("[")) || str_starts_with(line, STR("【"))) {
		close = str_find_byte(line, ']');
		if (close != STR_NOT_FOUND && close <= 8)
			return lint_line_words(text, start + close + 1, end);
		close = str_find(line, STR("】"));
		if (close != STR_NOT_FOUND && close <= 9)
			return lint_line_words(text, start + close + 3, end);
	}
	while (at < line.size) {
		size_t next = at;

		if (!is_list_mark(utf8_next(line, &next)))
			break;
		at = next;
	}
	return start + at;
}

static bool is_heading_end(uint32_t rune)
{
	return rune == ' ' || rune == '\t' || rune == 0x3000 || rune == ':' || rune == 0xFF1A ||
	       rune == ']' || rune == 0x3011 || rune == '\r';
}

/* The words of a line without blanks inside and a colon at the end; false: too long for a heading. */
static bool heading_words(struct str line, char *words, size_t room, size_t *size_out)
{
	size_t size = 0;

	for (size_t at = 0; at < line.size;) {
		size_t from = at;

		if (is_heading_end(utf8_next(line, &at)))
			continue;
		if (size + (at - from) > room)
			return false;
		memcpy(words + size, line.data + from, at - from);
		size += at - from;
	}
	*size_out = size;
	return true;
}

static bool find_heading(struct str line, size_t *row_out)
{
	char words[40];
	size_t size;

	if (!heading_words(line, words, sizeof(words), &size))
		return false;
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
		if (str_equal_cstr((struct str){ words, size }, headings[i].heading)) {
			*row_out = i;
			return true;
		}
	return false;
}

static void find_sections(struct str text, struct lint_section sections[SECTION_COUNT])
{
	struct lint_section *open = NULL;
	size_t at = 0, start, end, row;

	memset(sections, 0, SECTION_COUNT * sizeof(*sections));
	while (lint_next_line(text, &at, &start, &end)) {
		size_t words = lint_line_words(text, start, end);
		struct lint_section *section;

		if (!find_heading(str_slice(text, words, end), &row))
			continue;
		section = &sections[headings[row].section];
		/* A heading once more is a line of its section, "实施方式" below 具体实施方式 too. */
		if (section->start > 0)
			continue;
		if (open)
			open->end = start;
		*section = (struct lint_section){ .heading = words,
						  .heading_end = end,
						  .start = at < text.size ? at : text.size,
						  .end = text.size,
						  .is_usual = headings[row].is_usual };
		section->is_utility = strcmp(headings[row].heading, "实用新型内容") == 0;
		open = section;
	}
}

void lint_sections(const struct lint *lint, struct lint_section sections[SECTION_COUNT])
{
	find_sections(lint_text(lint, DRAFT_DESCRIPTION), sections);
}

size_t lint_headings(struct str description, struct lint_heading headings_out[LINT_HEADINGS_MAX])
{
	struct lint_section sections[SECTION_COUNT];
	size_t count = 0, at;

	find_sections(description, sections);
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		if (sections[i].start == 0)
			continue;
		for (at = count++; at > 0 && headings_out[at - 1].start > sections[i].heading; at--)
			headings_out[at] = headings_out[at - 1];
		headings_out[at] = (struct lint_heading){ sections[i].heading,
							  sections[i].heading_end };
	}
	return count;
}

struct str lint_section_text(const struct lint *lint, const struct lint_section *section)
{
	return section->start == 0 ? STR_EMPTY
				   : str_slice(lint_text(lint, DRAFT_DESCRIPTION), section->start,
					       section->end);
}

size_t lint_digits(struct str text, size_t at, unsigned *number_out)
{
	size_t size = 0;
	unsigned number = 0;

	while (at + size < text.size && text.data[at + size] >= '0' &&
	       text.data[at + size] <= '9' && size < 6)
		number = number * 10 + (unsigned)(text.data[at + size++] - '0');
	if (number_out)
		*number_out = number;
	return size;
}

bool lint_is_cjk_at(struct str text, size_t at)
{
	return at < text.size && utf8_is_cjk(utf8_next(text, &at));
}

bool lint_is_cjk_before(struct str text, size_t at)
{
	if (at == 0)
		return false;
	do
		at--;
	while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80);
	return lint_is_cjk_at(text, at);
}

size_t lint_count_runes(struct str text)
{
	size_t count = 0;

	for (size_t at = 0; at < text.size;) {
		uint32_t rune = utf8_next(text, &at);

		count += rune > ' ' && rune != 0x3000 && rune != 0xA0;
	}
	return count;
}
