/* Words and figures in claims that leave their scope open. */
#include "rule/lint_claim_internal.h"

#include "base/utf8.h"

#include <string.h>

void lint_claim_words(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++)
		lint_add_words(lint, rule, DRAFT_CLAIMS, lint->claims.claims[i].body,
			       lint->claims.claims[i].end);
}

void lint_claim_dependent_words(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->claims.count; i++)
		if (lint->claims.claims[i].is_dependent)
			lint_add_words(lint, rule, DRAFT_CLAIMS, lint->claims.claims[i].mark_end,
				       lint->claims.claims[i].end);
}

enum { SPECTRUM_SPAN = 120 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 如图2, 附图3, 图1所示: a figure with its number, called upon. */
static bool is_figure_reference(struct str text, size_t at)
{
	struct str before = str_slice(text, at > 6 ? at - 6 : 0, at);
	size_t number = at + strlen("图");

	while (number < text.size && text.data[number] == ' ')
		number++;
	if (number >= text.size || !is_digit(text.data[number]))
		return false;
	while (number < text.size && is_digit(text.data[number]))
		number++;
	return str_ends_with(before, STR("如")) || str_ends_with(before, STR("见")) ||
	       str_ends_with(before, STR("附")) ||
	       str_starts_with(str_slice(text, number, text.size), STR("所示"));
}

/* A crystal or compound told by its spectrum: the exception of the Guidelines. */
static bool is_spectrum(struct str text, size_t at)
{
	static const char *const words[] = { "谱", "衍射", "XRPD", "XRD",  "DSC", "TGA",
					     "IR", "NMR",  "晶型", "晶体", NULL };
	struct str around = str_slice(text, at > SPECTRUM_SPAN ? at - SPECTRUM_SPAN : 0,
				      at + SPECTRUM_SPAN / 4);

	for (size_t i = 0; words[i]; i++)
		if (str_find(around, str_of(words[i])) != STR_NOT_FOUND)
			return true;
	return false;
}

/* Calls upon a figure or the description: spectra, or all else. */
static void add_figures(struct lint *lint, const struct lint_rule *rule, bool spectra)
{
	static const char *const texts[] = { "如说明书", "说明书所述", "说明书附图", NULL };
	struct str text = lint->claims.text;
	size_t at = 0, next;

	for (size_t i = 0; texts[i]; i++)
		for (at = 0; (next = str_find(str_slice(text, at, text.size), str_of(texts[i]))) !=
			     STR_NOT_FOUND;) {
			at += next;
			if (is_spectrum(text, at) == spectra)
				lint_add(lint, rule, DRAFT_CLAIMS, at, at + strlen(texts[i]), NULL,
					 "");
			at += strlen(texts[i]);
		}
	for (at = 0;
	     (next = str_find(str_slice(text, at, text.size), STR("图"))) != STR_NOT_FOUND;) {
		size_t end = at + next + strlen("图");

		at += next;
		while (end < text.size && (is_digit(text.data[end]) || text.data[end] == ' '))
			end++;
		if (is_figure_reference(text, at) && is_spectrum(text, at) == spectra)
			lint_add(lint, rule, DRAFT_CLAIMS, at, end, NULL, "");
		at = end;
	}
}

void lint_claim_figures(struct lint *lint, const struct lint_rule *rule)
{
	add_figures(lint, rule, false);
}

void lint_claim_spectra(struct lint *lint, const struct lint_rule *rule)
{
	add_figures(lint, rule, true);
}

/* The size of an opening or closing bracket of either width, else 0. */
static size_t bracket(struct str text, size_t at, const char *half, const char *wide)
{
	struct str rest = str_slice(text, at, text.size);

	return str_starts_with(rest, str_of(half))   ? strlen(half)
	       : str_starts_with(rest, str_of(wide)) ? strlen(wide)
						     : 0;
}

/*
 * Brackets hold reference signs, step numbers, formulas and shares, or chemistry as in
 * （甲基）丙烯酸酯: at most a Han character or two of a listed kind.
 */
static bool is_usual_content(struct str content)
{
	static const char *const usual[] = { "甲基", "重量", "质量", "体积", "摩尔", "式", "乙基",
					     "丙",   "丁",   "乙",   "苯",   "聚",   "酯", "酸",
					     "氧",   "氟",   "氯",   "羟",   "酚",   "醚", "醇",
					     "酮",   "醛",   "烷",   "胺",   "硅",   "烯", "和",
					     "或",   "一",   "二",   "三",   "四",   "五", "六",
					     "七",   "八",   "九",   "十",   "步骤", NULL };
	size_t han = 0;

	for (size_t at = 0; at < content.size;)
		han += utf8_is_cjk(utf8_next(content, &at));
	for (size_t i = 0; han && usual[i]; i++)
		if (str_find(content, str_of(usual[i])) != STR_NOT_FOUND)
			return true;
	return han == 0;
}

enum { BRACKET_SIZE_MAX = 300 };

void lint_claim_brackets(struct lint *lint, const struct lint_rule *rule)
{
	struct str text = lint->claims.text;
	size_t open = STR_NOT_FOUND;

	for (size_t at = 0; at < text.size; at++) {
		size_t opens = bracket(text, at, "(", "（"), closes = bracket(text, at, ")", "）");

		if (opens)
			open = at + opens;
		if (!closes || open == STR_NOT_FOUND)
			continue;
		if (at - open < BRACKET_SIZE_MAX && !is_usual_content(str_slice(text, open, at)))
			lint_add(lint, rule, DRAFT_CLAIMS, open, at, NULL, "");
		open = STR_NOT_FOUND;
	}
}
