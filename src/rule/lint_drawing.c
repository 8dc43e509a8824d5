#include "rule/lint_text_internal.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/*
 * Figures by number, "图10A" counting as 10: those described (附图说明), drawn (the drawings' sheets)
 * and mentioned elsewhere in the description.
 */
enum { FIGURES_MAX = 1000 };

struct figure {
	size_t start, end; /* of the first mention; end == 0: none */
};

struct figures {
	struct figure figures[FIGURES_MAX];
	unsigned count, highest; /* different numbers; the highest of them */
};

static void add_figure(struct figures *figures, unsigned number, size_t start, size_t end)
{
	if (number == 0 || number >= FIGURES_MAX || figures->figures[number].end > 0)
		return;
	figures->figures[number] = (struct figure){ start, end };
	figures->count++;
	if (number > figures->highest)
		figures->highest = number;
}

static bool starts_any(struct str text, const struct str words[], size_t count, size_t *size_out)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts_with(text, words[i])) {
			*size_out = words[i].size;
			return true;
		}
	return false;
}

static size_t skip_blanks(struct str text, size_t at)
{
	while (at < text.size && text.data[at] == ' ')
		at++;
	return at;
}

/* Behind the number: the letter of 图4A, the part of 图2(a). */
static size_t skip_letter(struct str text, size_t at)
{
	struct str rest = str_slice(text, at, text.size);
	bool bracket = str_starts_with(rest, STR("("));
	size_t letter = at + (bracket ? 1 : str_starts_with(rest, STR("（")) ? 3 : 0);
	bool is_letter = letter < text.size &&
			 ((text.data[letter] >= 'a' && text.data[letter] <= 'z') ||
			  (text.data[letter] >= 'A' && text.data[letter] <= 'Z'));

	if (!is_letter)
		return at;
	if (letter == at)
		return at + 1;
	rest = str_slice(text, letter + 1, text.size);
	return str_starts_with(rest, STR(")"))    ? letter + 2
	       : str_starts_with(rest, STR("）")) ? letter + 4
						  : at;
}

/* 示意图2, 流程图1: the end of another word, not the name of a figure. */
static bool is_word_end(struct str text, size_t at)
{
	static const struct str words[] = { STR_INIT("意"), STR_INIT("程"), STR_INIT("视"),
					    STR_INIT("面"), STR_INIT("框"), STR_INIT("构"),
					    STR_INIT("体"), STR_INIT("谱"), STR_INIT("地"),
					    STR_INIT("线"), STR_INIT("热"), STR_INIT("序") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_ends_with(str_slice(text, 0, at), words[i]))
			return true;
	return false;
}

/* Behind the 2 of 图1和2: what shows that it is a figure's number and not a count of things. */
static bool goes_on(struct str text, size_t at)
{
	static const struct str words[] = { STR_INIT("所"), STR_INIT("中"), STR_INIT("的"),
					    STR_INIT("示"), STR_INIT("是"), STR_INIT("为"),
					    STR_INIT("、"), STR_INIT("和"), STR_INIT("及"),
					    STR_INIT("，"), STR_INIT("。"), STR_INIT("；"),
					    STR_INIT("分"), STR_INIT("均"), STR_INIT("可") };
	size_t size;

	at = skip_blanks(text, skip_letter(text, at));
	return at >= text.size || !lint_is_cjk_at(text, at) ||
	       starts_any(str_slice(text, at, text.size), words, sizeof(words) / sizeof(words[0]),
			  &size);
}

/* 图1, 图1A, 图1至图3, 图1-3, 图1、2和5 from the sign 图 at an offset. Returns where it ends. */
static size_t take_figure(struct figures *figures, struct str text, size_t at)
{
	static const struct str ranges[] = { STR_INIT("至"), STR_INIT("到"), STR_INIT("-"),
					     STR_INIT("－"), STR_INIT("～"), STR_INIT("~"),
					     STR_INIT("—") };
	static const struct str lists[] = { STR_INIT("、"), STR_INIT("和"), STR_INIT("及"),
					    STR_INIT("或"), STR_INIT("与") };
	size_t start = at, end, size, digits;
	unsigned from = 0, number;

	at = skip_blanks(text, at + strlen("图"));
	digits = lint_digits(text, at, &number);
	if (digits == 0)
		return at;
	end = skip_letter(text, at + digits);
	add_figure(figures, number, start, end);
	for (from = number;; from = number) {
		size_t next = skip_blanks(text, end);
		struct str rest = str_slice(text, next, text.size);
		bool range = starts_any(rest, ranges, sizeof(ranges) / sizeof(ranges[0]), &size);

		if (!range && !starts_any(rest, lists, sizeof(lists) / sizeof(lists[0]), &size))
			return end;
		next = skip_blanks(text, next + size);
		if (range && str_starts_with(str_slice(text, next, text.size), STR("图")))
			next = skip_blanks(text, next + strlen("图"));
		digits = lint_digits(text, next, &number);
		if (digits == 0 || number <= from || number - from > 200 ||
		    (!range && !goes_on(text, next + digits)))
			return end;
		end = skip_letter(text, next + digits);
		for (unsigned i = range ? from + 1 : number; i <= number; i++)
			add_figure(figures, i, start, end);
	}
}

static void find_figures(struct figures *figures, struct str text, size_t from, size_t to)
{
	struct str part = str_slice(text, 0, to);
	size_t at = from, next;

	while ((next = str_find(str_slice(part, at, part.size), STR("图"))) != STR_NOT_FOUND) {
		at += next;
		if (is_word_end(part, at))
			at += strlen("图");
		else
			at = take_figure(figures, part, at);
	}
}

/* Lines of 附图说明 that begin with a figure describe it. */
static void find_described(const struct lint *lint, const struct lint_section *section,
			   struct figures *figures)
{
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);
	struct str part = str_slice(text, 0, section->end);
	size_t at = section->start, start, end;

	while (section->start > 0 && lint_next_line(part, &at, &start, &end)) {
		size_t words = lint_line_words(text, start, end), comma;

		/* "图1是…；图2是…" in one line. */
		while (words < end) {
			struct str line = str_slice(text, words, end);

			if (str_starts_with(line, STR("附图")))
				words += strlen("附");
			line = str_slice(text, words, end);
			if (str_starts_with(line, STR("图")))
				take_figure(figures, str_slice(text, 0, end), words);
			comma = str_find(line, STR("；"));
			if (comma == STR_NOT_FOUND)
				comma = str_find(line, STR("。"));
			words = comma == STR_NOT_FOUND ? end : words + comma + strlen("；");
		}
	}
}

/* What stands on the drawings' sheets: captions, and labels of pictures. */
static void find_drawn(const struct lint *lint, struct figures *figures)
{
	struct str text = lint_text(lint, DRAFT_DRAWINGS);
	size_t at = 0, start, end;

	while (lint_next_line(text, &at, &start, &end)) {
		size_t words = start;

		while (words < end && (text.data[words] == ' ' || text.data[words] == '\t'))
			words++;
		if (str_starts_with(str_slice(text, words, end), STR("附图")))
			words += strlen("附");
		if (str_starts_with(str_slice(text, words, end), STR("图")))
			take_figure(figures, str_slice(text, 0, end), words);
	}
}

struct all_figures {
	struct figures described, drawn, mentioned;
	struct lint_section sections[SECTION_COUNT];
	unsigned pictures; /* in the drawings part */
};

static struct all_figures *find_all(struct lint *lint)
{
	struct all_figures *all = arena_new(lint->arena, struct all_figures);
	struct str text = lint_text(lint, DRAFT_DESCRIPTION);
	const struct lint_section *drawings = &all->sections[SECTION_DRAWINGS];

	lint_sections(lint, all->sections);
	find_described(lint, drawings, &all->described);
	find_drawn(lint, &all->drawn);
	if (drawings->start == 0) {
		find_figures(&all->mentioned, text, 0, text.size);
	} else {
		find_figures(&all->mentioned, text, drawings->end, text.size);
		find_figures(&all->mentioned, text, 0, drawings->heading);
	}
	for (size_t i = 0; i < lint->draft->object_count; i++)
		all->pictures += lint->draft->objects[i].part == DRAFT_DRAWINGS &&
				 lint->draft->objects[i].kind == DRAFT_IMAGE;
	return all;
}

static void add_number(struct lint *lint, const struct lint_rule *rule, enum draft_part part,
		       const struct figures *figures, unsigned number)
{
	const struct figure *figure = &figures->figures[number];
	char text[24];

	snprintf(text, sizeof(text), "图%u", number);
	lint_add(lint, rule, part, figure->start, figure->end, text, "");
}

/* Drawings are there, 附图说明 is not; or the other way round. */
void lint_drawing_section(struct lint *lint, const struct lint_rule *rule)
{
	const struct all_figures *all = find_all(lint);
	bool drawn = all->drawn.count > 0 || all->pictures > 0;

	if (drawn && all->sections[SECTION_DRAWINGS].start == 0 &&
	    lint_text(lint, DRAFT_DESCRIPTION).size > 0)
		lint_add_whole(lint, rule, DRAFT_DESCRIPTION, "", "");
}

/* Described, but not among the drawings. */
void lint_drawing_missing(struct lint *lint, const struct lint_rule *rule)
{
	const struct all_figures *all = find_all(lint);

	if (all->drawn.count == 0)
		return;
	for (unsigned i = 1; i <= all->described.highest; i++)
		if (all->described.figures[i].end > 0 && all->drawn.figures[i].end == 0)
			add_number(lint, rule, DRAFT_DESCRIPTION, &all->described, i);
}

void lint_drawing_undescribed(struct lint *lint, const struct lint_rule *rule)
{
	const struct all_figures *all = find_all(lint);

	if (all->described.count == 0)
		return;
	for (unsigned i = 1; i <= all->drawn.highest; i++)
		if (all->drawn.figures[i].end > 0 && all->described.figures[i].end == 0)
			add_number(lint, rule, DRAFT_DRAWINGS, &all->drawn, i);
}

/* Mentioned in the text, but neither described nor drawn. */
void lint_drawing_unknown(struct lint *lint, const struct lint_rule *rule)
{
	const struct all_figures *all = find_all(lint);

	if (all->described.count == 0 && all->drawn.count == 0)
		return;
	for (unsigned i = 1; i <= all->mentioned.highest; i++)
		if (all->mentioned.figures[i].end > 0 && all->described.figures[i].end == 0 &&
		    all->drawn.figures[i].end == 0)
			add_number(lint, rule, DRAFT_DESCRIPTION, &all->mentioned, i);
}

void lint_drawing_unmentioned(struct lint *lint, const struct lint_rule *rule)
{
	const struct all_figures *all = find_all(lint);

	if (all->sections[SECTION_EMBODIMENTS].start == 0)
		return;
	for (unsigned i = 1; i <= all->described.highest; i++)
		if (all->described.figures[i].end > 0 && all->mentioned.figures[i].end == 0)
			add_number(lint, rule, DRAFT_DESCRIPTION, &all->described, i);
}

/* Numbers begin with 1 and leave none out; in the drawings, else in 附图说明. */
void lint_drawing_numbers(struct lint *lint, const struct lint_rule *rule)
{
	const struct all_figures *all = find_all(lint);
	bool drawn = all->drawn.count > 0;
	const struct figures *figures = drawn ? &all->drawn : &all->described;
	unsigned missing = 1;
	char hint[24];

	if (figures->count == 0 || figures->count == figures->highest)
		return;
	while (figures->figures[missing].end > 0)
		missing++;
	snprintf(hint, sizeof(hint), "图%u", missing);
	for (unsigned i = missing + 1; i <= figures->highest; i++)
		if (figures->figures[i].end > 0) {
			lint_add(lint, rule, drawn ? DRAFT_DRAWINGS : DRAFT_DESCRIPTION,
				 figures->figures[i].start, figures->figures[i].end, NULL, hint);
			return;
		}
}

void lint_drawing_unlabelled(struct lint *lint, const struct lint_rule *rule)
{
	const struct all_figures *all = find_all(lint);
	char text[24];

	if (all->pictures == 0 || all->drawn.count > 0)
		return;
	snprintf(text, sizeof(text), "%u", all->pictures);
	lint_add_whole(lint, rule, DRAFT_DRAWINGS, text, "");
}

/* Sentences on the drawings' sheets. */
void lint_drawing_words(struct lint *lint, const struct lint_rule *rule)
{
	enum { WORDS_MAX = 30 };
	struct str text = lint_text(lint, DRAFT_DRAWINGS);
	size_t at = 0, start, end;

	while (lint_next_line(text, &at, &start, &end))
		if (lint_count_runes(str_slice(text, start, end)) > WORDS_MAX)
			lint_add(lint, rule, DRAFT_DRAWINGS, start, end, NULL, "");
}

void lint_drawing_utility(struct lint *lint, const struct lint_rule *rule)
{
	const struct all_figures *all = find_all(lint);

	if (all->drawn.count == 0 && all->pictures == 0 && all->described.count == 0 &&
	    lint_text(lint, DRAFT_DESCRIPTION).size > 0)
		lint_add_whole(lint, rule, DRAFT_DRAWINGS, "", "");
}
