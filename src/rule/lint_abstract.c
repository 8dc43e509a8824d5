#include "rule/lint_text_internal.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { ABSTRACT_MAX = 300 };

static bool is_latin(uint32_t rune)
{
	return (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z') ||
	       (rune >= 'A' && rune <= 'Z');
}

/*
 * Characters and punctuation, without blanks. runs: a number or a foreign word counts as one, as
 * word processors count. *over_out: where the first one too many stands.
 */
static size_t count_words(struct str text, bool runs, size_t *over_out)
{
	size_t count = 0;
	bool in_run = false;

	for (size_t at = 0; at < text.size;) {
		size_t from = at;
		uint32_t rune = utf8_next(text, &at);
		bool goes_on = runs && in_run && is_latin(rune);

		in_run = is_latin(rune);
		if (goes_on || rune <= ' ' || rune == 0x3000 || rune == 0xA0)
			continue;
		if (++count == ABSTRACT_MAX + 1)
			*over_out = from;
	}
	return count;
}

static void add_length(struct lint *lint, const struct lint_rule *rule, size_t count, size_t over)
{
	struct str text = lint_text(lint, DRAFT_ABSTRACT), words = str_trim(text);
	char total[24];

	snprintf(total, sizeof(total), "%zu", count);
	lint_add(lint, rule, DRAFT_ABSTRACT, over, (size_t)(words.data - text.data) + words.size,
		 total, "");
}

void lint_abstract_long(struct lint *lint, const struct lint_rule *rule)
{
	size_t over = 0, count = count_words(lint_text(lint, DRAFT_ABSTRACT), true, &over);

	if (count > ABSTRACT_MAX)
		add_length(lint, rule, count, over);
}

/* Over the limit only when every letter and digit counts. */
void lint_abstract_letters(struct lint *lint, const struct lint_rule *rule)
{
	struct str text = lint_text(lint, DRAFT_ABSTRACT);
	size_t over = 0, count = count_words(text, false, &over), ignored = 0;

	if (count > ABSTRACT_MAX && count_words(text, true, &ignored) <= ABSTRACT_MAX)
		add_length(lint, rule, count, over);
}

/* The title as an abstract may quote it: without 一种 in front. */
void lint_abstract_title(struct lint *lint, const struct lint_rule *rule)
{
	struct str title = str_trim(lint_text(lint, DRAFT_TITLE));
	struct str text = lint_text(lint, DRAFT_ABSTRACT), one = STR("一种");

	if (str_starts_with(title, one))
		title = str_slice(title, one.size, title.size);
	if (title.size > 0 && str_trim(text).size > 0 && str_find(text, title) == STR_NOT_FOUND)
		lint_add_whole(lint, rule, DRAFT_ABSTRACT, str_to_cstr(lint->arena, title), "");
}

void lint_abstract_words(struct lint *lint, const struct lint_rule *rule)
{
	lint_add_words(lint, rule, DRAFT_ABSTRACT, 0, lint_text(lint, DRAFT_ABSTRACT).size);
}

void lint_abstract_heading(struct lint *lint, const struct lint_rule *rule)
{
	static const struct str heads[] = { STR_INIT("摘要："),       STR_INIT("摘要:"),
					    STR_INIT("[摘要]"),       STR_INIT("【摘要】"),
					    STR_INIT("说明书摘要："), STR_INIT("发明名称：") };
	struct str text = lint_text(lint, DRAFT_ABSTRACT);
	size_t lead = (size_t)(str_trim(text).data - text.data);

	for (size_t i = 0; str_trim(text).size > 0 && i < sizeof(heads) / sizeof(heads[0]); i++)
		if (str_starts_with(str_trim(text), heads[i]))
			lint_add(lint, rule, DRAFT_ABSTRACT, lead, lead + heads[i].size, NULL, "");
}

void lint_abstract_claims(struct lint *lint, const struct lint_rule *rule)
{
	struct str text = lint_text(lint, DRAFT_ABSTRACT), word = STR("权利要求");
	size_t at = str_find(text, word);

	if (at != STR_NOT_FOUND)
		lint_add(lint, rule, DRAFT_ABSTRACT, at, at + word.size, NULL, "");
}

void lint_abstract_paragraphs(struct lint *lint, const struct lint_rule *rule)
{
	struct str text = lint_text(lint, DRAFT_ABSTRACT);
	size_t at = 0, start, end, lines = 0, second = 0, second_end = 0;
	char count[24];

	while (lint_next_line(text, &at, &start, &end))
		if (str_trim(str_slice(text, start, end)).size > 0 && ++lines == 2) {
			second = start;
			second_end = end;
		}
	if (lines < 2)
		return;
	snprintf(count, sizeof(count), "%zu", lines);
	lint_add(lint, rule, DRAFT_ABSTRACT, second, second_end, count, "");
}

static bool has_drawings(const struct lint *lint)
{
	return str_find(lint_text(lint, DRAFT_DRAWINGS), STR("图")) != STR_NOT_FOUND ||
	       (lint->draft->parts[DRAFT_DRAWINGS].is_present && lint->draft->object_count > 0);
}

void lint_abstract_figure(struct lint *lint, const struct lint_rule *rule)
{
	if (has_drawings(lint) && lint->draft->abstract_figure.size == 0 &&
	    str_trim(lint_text(lint, DRAFT_ABSTRACT)).size > 0)
		lint_add_whole(lint, rule, DRAFT_ABSTRACT, "", "");
}

/* The designated figure is one of those drawn. */
void lint_abstract_figure_drawn(struct lint *lint, const struct lint_rule *rule)
{
	struct str figure = lint->draft->abstract_figure;
	struct str drawings = lint_text(lint, DRAFT_DRAWINGS);
	unsigned wanted, number;
	size_t at = 0, next, sign = strlen("图");

	if (figure.size <= sign || lint_digits(figure, sign, &wanted) == 0 || !has_drawings(lint))
		return;
	while ((next = str_find(str_slice(drawings, at, drawings.size), STR("图"))) !=
	       STR_NOT_FOUND) {
		at += next + sign;
		while (at < drawings.size && drawings.data[at] == ' ')
			at++;
		if (lint_digits(drawings, at, &number) > 0 && number == wanted)
			return;
	}
	lint_add_whole(lint, rule, DRAFT_ABSTRACT, str_to_cstr(lint->arena, figure), "");
}

/* A part of the list of signs, its sign right behind it without brackets. */
void lint_abstract_signs(struct lint *lint, const struct lint_rule *rule)
{
	enum { LOOKED_AT = 20000 }; /* bytes; an abstract far longer is wrong anyway */
	struct str text = str_slice(lint_text(lint, DRAFT_ABSTRACT), 0, LOOKED_AT);
	const struct lint_sign *signs;
	size_t count = lint_signs(lint, &signs);

	for (size_t i = 0; i < count; i++) {
		size_t at = 0, next;

		while ((next = str_find(str_slice(text, at, text.size), signs[i].name)) !=
		       STR_NOT_FOUND) {
			size_t start = at + next, end = start + signs[i].name.size;

			at = end;
			if (str_starts_with(str_slice(text, end, text.size), signs[i].sign) &&
			    lint_digits(text, end, NULL) <= signs[i].sign.size)
				lint_add(lint, rule, DRAFT_ABSTRACT, start,
					 end + signs[i].sign.size, NULL,
					 arena_printf(lint->arena, "%.*s（%.*s）",
						      STR_ARGS(signs[i].name),
						      STR_ARGS(signs[i].sign)));
		}
	}
}
