#include "draft/section_internal.h"

#include "base/utf8.h"

#include <string.h>

/* Where a line belongs while lines are walked. */
enum place {
	PLACE_NONE,
	PLACE_ABSTRACT,
	PLACE_ABSTRACT_FIGURE,
	PLACE_CLAIMS,
	PLACE_DESCRIPTION,
	PLACE_DRAWINGS,
	PLACE_COUNT
};

enum { HEADING_SIZE_MAX = 90, TITLE_RUNES_MAX = 100, KEY_SIZE = 100 };

static const struct {
	struct str heading;
	enum place place;
} headings[] = {
	{ STR_INIT("说明书摘要"), PLACE_ABSTRACT },
	{ STR_INIT("摘要"), PLACE_ABSTRACT },
	{ STR_INIT("摘要附图"), PLACE_ABSTRACT_FIGURE },
	{ STR_INIT("说明书摘要附图"), PLACE_ABSTRACT_FIGURE },
	{ STR_INIT("权利要求书"), PLACE_CLAIMS },
	{ STR_INIT("权利要求"), PLACE_CLAIMS },
	{ STR_INIT("说明书"), PLACE_DESCRIPTION },
	{ STR_INIT("说明书附图"), PLACE_DRAWINGS },
	{ STR_INIT("附图"), PLACE_DRAWINGS },
};

static const enum draft_part part_of[PLACE_COUNT] = {
	[PLACE_ABSTRACT] = DRAFT_ABSTRACT, [PLACE_ABSTRACT_FIGURE] = DRAFT_ABSTRACT,
	[PLACE_CLAIMS] = DRAFT_CLAIMS,     [PLACE_DESCRIPTION] = DRAFT_DESCRIPTION,
	[PLACE_DRAWINGS] = DRAFT_DRAWINGS,
};

/* Headings inside a description; one tells that a description has begun. */
static const struct str inner_headings[] = {
	STR_INIT("技术领域"),     STR_INIT("背景技术"), STR_INIT("发明内容"),
	STR_INIT("实用新型内容"), STR_INIT("附图说明"), STR_INIT("具体实施方式"),
};

struct walk {
	struct section_builder builder;
	enum place place;
	bool wants_title; /* the next line of the description may be the title */
	struct str abstract_figure, request_title, last_line;
};

static bool is_decoration(uint32_t rune)
{
	static const uint32_t runes[] = { ' ',    '\t',   0x3000, 0xA0,   0x3010, 0x3011,
					  0x300A, 0x300B, '[',    ']',    ':',    0xFF1A,
					  0x2002, 0x2003, 0x200B, 0xFEFF, '*',    '#' };

	for (size_t i = 0; i < sizeof(runes) / sizeof(runes[0]); i++)
		if (runes[i] == rune)
			return true;
	return false;
}

/* The line without blanks and decoration; empty for one too long to be a heading. */
static struct str compact(struct str line, char key[KEY_SIZE])
{
	size_t size = 0;

	if (line.size > HEADING_SIZE_MAX)
		return STR_EMPTY;
	for (size_t at = 0; at < line.size;) {
		size_t from = at;

		if (!is_decoration(utf8_next(line, &at))) {
			memcpy(key + size, line.data + from, at - from);
			size += at - from;
		}
	}
	return (struct str){ key, size };
}

/* "说明书第1页共7页", "权利要求书1/2页" as page headers have them. */
static struct str without_page_number(struct str key)
{
	static const struct str words[] = { STR_INIT("第"), STR_INIT("页"), STR_INIT("共") };
	bool again = true;

	while (again && key.size > 0) {
		char last = key.data[key.size - 1];

		again = (last >= '0' && last <= '9') || last == '/' || last == '-';
		if (again)
			key.size--;
		for (size_t i = 0; i < 3 && !again; i++)
			if (str_ends_with(key, words[i])) {
				key.size -= words[i].size;
				again = true;
			}
	}
	return key;
}

static enum place place_of(struct str key)
{
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
		if (str_equal(key, headings[i].heading))
			return headings[i].place;
	return PLACE_NONE;
}

bool section_is_heading(struct str line)
{
	char key[KEY_SIZE];

	return place_of(without_page_number(compact(line, key))) != PLACE_NONE;
}

static bool is_inner_heading(struct str key)
{
	for (size_t i = 0; i < sizeof(inner_headings) / sizeof(inner_headings[0]); i++)
		if (str_ends_with(key, inner_headings[i]) && key.size <= inner_headings[i].size + 8)
			return true;
	return false;
}

struct str section_figure_label(struct arena *arena, struct str line)
{
	char key[KEY_SIZE];
	struct str text = compact(line, key), sign = STR("图");
	size_t at = sign.size, digits;

	if (!str_starts_with(text, sign))
		return STR_EMPTY;
	while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
		at++;
	digits = at - sign.size;
	while (at < text.size && ((text.data[at] >= 'a' && text.data[at] <= 'z') ||
				  (text.data[at] >= 'A' && text.data[at] <= 'Z')))
		at++;
	return digits > 0 && at == text.size ? str_copy(arena, text) : STR_EMPTY;
}

void draft_section_begin(struct section_builder *builder, struct arena *arena)
{
	*builder = (struct section_builder){ .arena = arena,
					     .objects = LIST_OF(struct draft_object),
					     .captions = LIST_OF(size_t),
					     .labels = LIST_OF(struct str) };
	for (size_t i = 0; i < DRAFT_PART_COUNT; i++)
		builder->texts[i] = STRBUF_INIT;
}

void draft_section_add(struct section_builder *builder, enum draft_part part, struct str line)
{
	struct str label = STR_EMPTY;

	builder->present[part] = true;
	if (part == DRAFT_DRAWINGS)
		label = section_figure_label(builder->arena, line);
	if (label.size > 0) {
		*(size_t *)list_add(&builder->captions) = builder->objects.count;
		*(struct str *)list_add(&builder->labels) = label;
	}
	strbuf_add_str(&builder->texts[part], line);
	if (part != DRAFT_TITLE)
		strbuf_add_byte(&builder->texts[part], '\n');
}

void draft_section_add_object(struct section_builder *builder, enum draft_object_kind kind,
			      enum draft_part part, struct str label)
{
	struct draft_object *object = list_add(&builder->objects);

	/* The figure of an abstract is no abstract. */
	if (part != DRAFT_ABSTRACT)
		builder->present[part] = true;
	*object = (struct draft_object){ kind, part, builder->texts[part].size, label };
}

static size_t first_drawing(const struct section_builder *builder)
{
	size_t i = 0;

	while (i < builder->objects.count &&
	       LIST_AT(&builder->objects, struct draft_object, i).part != DRAFT_DRAWINGS)
		i++;
	return i;
}

/*
 * Labels of pictures: captions stand below their pictures, or, when the first one comes before any
 * picture, above them.
 */
static void label_pictures(struct section_builder *builder)
{
	size_t count = builder->captions.count, first = first_drawing(builder), caption = 0;
	bool above = count > 0 && LIST_AT(&builder->captions, size_t, 0) <= first;

	for (size_t i = first; i < builder->objects.count; i++) {
		struct draft_object *object = &LIST_AT(&builder->objects, struct draft_object, i);

		if (object->part != DRAFT_DRAWINGS || object->label.size > 0)
			continue;
		while (caption < count && LIST_AT(&builder->captions, size_t, caption) <= i)
			caption++;
		if (above && caption > 0)
			object->label = LIST_AT(&builder->labels, struct str, caption - 1);
		else if (!above && caption < count)
			object->label = LIST_AT(&builder->labels, struct str, caption);
	}
}

void draft_section_end(struct section_builder *builder, struct draft *draft)
{
	label_pictures(builder);
	for (size_t i = 0; i < DRAFT_PART_COUNT; i++) {
		draft->parts[i].text = str_copy(builder->arena, strbuf_str(&builder->texts[i]));
		draft->parts[i].is_present = builder->present[i];
		strbuf_release(&builder->texts[i]);
	}
	draft->objects = list_to_arena(&builder->objects, builder->arena, &draft->object_count);
	list_release(&builder->captions);
	list_release(&builder->labels);
}

/* "发明名称：一种装置" in front of the parts; the title of the request. */
static void see_request(struct walk *walk, struct str line)
{
	static const struct str words[] = { STR_INIT("发明名称"), STR_INIT("实用新型名称") };

	for (size_t i = 0; i < 2; i++) {
		struct str rest;

		if (!str_starts_with(line, words[i]))
			continue;
		rest = str_trim(str_slice(line, words[i].size, line.size));
		if (str_starts_with(rest, STR("：")))
			walk->request_title = str_trim(str_slice(rest, 3, rest.size));
		else if (str_starts_with(rest, STR(":")))
			walk->request_title = str_trim(str_slice(rest, 1, rest.size));
	}
}

static void enter(struct walk *walk, enum place place)
{
	walk->place = place;
	walk->wants_title = place == PLACE_DESCRIPTION && !walk->builder.present[DRAFT_DESCRIPTION];
	if (place != PLACE_ABSTRACT_FIGURE)
		walk->builder.present[part_of[place]] = true;
}

/* "摘要附图：图1" in one line. */
static bool see_abstract_figure(struct walk *walk, struct str key)
{
	struct str word = STR("摘要附图"), rest;
	size_t at = str_find(key, word);

	if (at == STR_NOT_FOUND || at > STR("说明书").size)
		return false;
	rest = section_figure_label(walk->builder.arena, str_slice(key, at + word.size, key.size));
	if (rest.size == 0)
		return false;
	walk->abstract_figure = rest;
	return true;
}

/* A line that is a heading changes the place and is kept nowhere. */
static bool see_heading(struct walk *walk, const struct line *line)
{
	char buffer[KEY_SIZE];
	struct str key = compact(line->text, buffer);
	enum place place = place_of(key);

	if (place == PLACE_NONE && line->flags & LINE_HEADING)
		place = place_of(without_page_number(key));
	if (place != PLACE_NONE) {
		enter(walk, place);
		return true;
	}
	if (see_abstract_figure(walk, key))
		return true;
	/* A description whose own heading is missing. */
	if (walk->place != PLACE_DESCRIPTION && walk->place != PLACE_DRAWINGS &&
	    str_equal(key, inner_headings[0])) {
		bool titled = walk->place == PLACE_NONE && walk->last_line.size > 0;

		enter(walk, PLACE_DESCRIPTION);
		if (titled && utf8_count(walk->last_line) <= TITLE_RUNES_MAX)
			draft_section_add(&walk->builder, DRAFT_TITLE, walk->last_line);
		walk->wants_title = false;
	}
	return false;
}

static bool is_title(struct str line)
{
	char key[KEY_SIZE];

	return !str_starts_with(line, STR("[0")) && !str_starts_with(line, STR("【0")) &&
	       !str_ends_with(line, STR("。")) && utf8_count(line) <= TITLE_RUNES_MAX &&
	       !is_inner_heading(compact(line, key));
}

static void add_objects(struct walk *walk, const struct line *line, bool begins_table)
{
	struct section_builder *builder = &walk->builder;
	enum draft_part part = part_of[walk->place];
	struct str label = STR_EMPTY;

	if (walk->place == PLACE_ABSTRACT_FIGURE && walk->abstract_figure.size == 0 &&
	    line->images > 0)
		walk->abstract_figure = STR("附图");
	if (begins_table)
		draft_section_add_object(builder, DRAFT_TABLE, part, STR_EMPTY);
	if (walk->place == PLACE_DRAWINGS)
		label = section_figure_label(builder->arena, line->text);
	for (uint32_t i = 0; i < line->images && builder->objects.count < LINES_MAX; i++)
		draft_section_add_object(builder, DRAFT_IMAGE, part, label);
}

static void add_line(struct walk *walk, const struct line *line, bool begins_table)
{
	struct section_builder *builder = &walk->builder;
	struct str label;

	if (walk->place == PLACE_NONE) {
		see_request(walk, line->text);
		return;
	}
	if (walk->wants_title && line->text.size > 0) {
		walk->wants_title = false;
		if (is_title(line->text)) {
			draft_section_add(builder, DRAFT_TITLE, line->text);
			return;
		}
	}
	add_objects(walk, line, begins_table);
	if (walk->place == PLACE_ABSTRACT_FIGURE) {
		label = section_figure_label(builder->arena, line->text);
		if (label.size > 0)
			walk->abstract_figure = label;
		return;
	}
	if (line->text.size > 0)
		draft_section_add(builder, part_of[walk->place], line->text);
}

/* A file without any heading is claims when it begins as claims do. */
static bool begins_as_claims(const struct lines *lines)
{
	static const struct str starts[] = { STR_INIT("1."), STR_INIT("1．"), STR_INIT("1、"),
					     STR_INIT("1 ") };

	for (size_t k = 0; lines->list.count > 0 && k < 4; k++)
		if (str_starts_with(LIST_AT(&lines->list, struct line, 0).text, starts[k]))
			return true;
	return false;
}

static size_t count_of(struct str text, struct str word)
{
	size_t count = 0, at;

	while ((at = str_find(text, word)) != STR_NOT_FOUND) {
		count++;
		text = str_slice(text, at + word.size, text.size);
	}
	return count;
}

/* What the draft calls itself more often. */
static enum patent_type told_type(const struct draft *draft)
{
	size_t inventions = 0, utilities = 0;

	for (size_t i = 0; i < DRAFT_PART_COUNT; i++) {
		struct str text = draft->parts[i].text;

		utilities += count_of(text, STR("本实用新型"));
		utilities += count_of(text, STR("\n实用新型内容")) * 3;
		inventions += count_of(text, STR("本发明"));
		inventions += count_of(text, STR("\n发明内容")) * 3;
	}
	if (utilities == inventions)
		return PATENT_TYPE_UNKNOWN;
	return utilities > inventions ? PATENT_UTILITY : PATENT_INVENTION;
}

static bool has_parts(const struct section_builder *builder)
{
	for (size_t i = 0; i < DRAFT_PART_COUNT; i++)
		if (builder->present[i])
			return true;
	return false;
}

bool section_fill(struct arena *arena, const struct lines *lines, struct draft *draft)
{
	struct walk walk = { .place = PLACE_NONE };
	bool was_table = false, found;

	draft_section_begin(&walk.builder, arena);
	for (size_t i = 0; i < lines->list.count; i++) {
		const struct line *line = &LIST_AT(&lines->list, struct line, i);
		bool is_table = (line->flags & LINE_TABLE) != 0;

		if (is_table || !see_heading(&walk, line))
			add_line(&walk, line, is_table && !was_table);
		was_table = is_table;
		walk.last_line = line->text;
	}
	found = has_parts(&walk.builder);
	if (!found && begins_as_claims(lines)) {
		for (size_t i = 0; i < lines->list.count; i++)
			draft_section_add(&walk.builder, DRAFT_CLAIMS,
					  LIST_AT(&lines->list, struct line, i).text);
		found = true;
	}
	draft_section_end(&walk.builder, draft);
	draft->abstract_figure = walk.abstract_figure;
	draft->claim_title = walk.request_title;
	draft->type = told_type(draft);
	return found;
}
