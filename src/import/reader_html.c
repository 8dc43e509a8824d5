#include "import/reader_internal.h"

#include "base/utf8.h"
#include "import/entities.h"

#include <string.h>

/*
 * The rows of the tables in an HTML page: what several services write under the name ".xls". Not
 * an HTML parser: it knows table, tr, td, th, br, colspan and rowspan, and passes over the rest.
 */

enum { TAG_SIZE_MAX = 8192, ENTITY_SIZE_MAX = 32, SPAN_MAX = 1000 };

struct html {
	struct row_buffer *row;
	struct list spans; /* uint32_t: rows the cell in this column still reaches down */
	int64_t place;
	unsigned tables; /* open ones; a table in a cell is text of the cell */
	bool in_row, in_cell, blank, ended;
	uint32_t columns, rows; /* colspan and rowspan of the open cell */
	const char *skip;       /* inside script or style: the closing tag waited for */
};

static void release_spans(void *html)
{
	list_release(&((struct html *)html)->spans);
}

static uint32_t attribute(struct str tag, const char *name)
{
	size_t at = 0, size = strlen(name);

	for (; at + size < tag.size; at++) {
		struct str here = str_slice(tag, at, at + size);
		uint32_t value = 0;

		if (!str_equal_nocase(here, str_of(name)))
			continue;
		for (at += size; at < tag.size && strchr("= \"'", tag.data[at]); at++)
			;
		for (; at < tag.size && tag.data[at] >= '0' && tag.data[at] <= '9'; at++)
			value = value < SPAN_MAX ? value * 10 + (uint32_t)(tag.data[at] - '0')
						 : SPAN_MAX;
		return value ? value : 1;
	}
	return 1;
}

/* Empty cells where a cell of a row above reaches down. */
static void add_spanned(struct html *html)
{
	while (html->row->ends.count < html->spans.count && !html->row->fault &&
	       LIST_AT(&html->spans, uint32_t, html->row->ends.count) > 0) {
		LIST_AT(&html->spans, uint32_t, html->row->ends.count)--;
		row_buffer_end_cell(html->row);
	}
}

static void end_cell(struct html *html)
{
	if (!html->in_cell)
		return;
	html->in_cell = false;
	for (uint32_t i = 0; i < html->columns && !html->row->fault; i++) {
		size_t column = html->row->ends.count;

		row_buffer_end_cell(html->row);
		while (html->spans.count <= column)
			list_add(&html->spans);
		LIST_AT(&html->spans, uint32_t, column) = html->rows - 1;
	}
}

static void start_cell(struct html *html, struct str tag)
{
	end_cell(html);
	add_spanned(html);
	html->in_cell = html->in_row = html->blank = true;
	html->columns = attribute(tag, "colspan");
	html->rows = attribute(tag, "rowspan");
}

static bool end_row(struct html *html)
{
	bool had = html->in_row;

	end_cell(html);
	if (had)
		add_spanned(html);
	html->in_row = false;
	return had;
}

/* Runs of white space are one blank. */
static void add_text(struct html *html, struct str s)
{
	while (html->in_cell && s.size > 0) {
		size_t plain = 0;

		while (plain < s.size && (unsigned char)s.data[plain] > ' ')
			plain++;
		if (plain > 0)
			row_buffer_add(html->row, s.data, plain);
		else if (!html->blank)
			row_buffer_add(html->row, " ", 1);
		html->blank = plain == 0;
		s = str_slice(s, plain ? plain : 1, s.size);
	}
}

static void add_line(struct html *html)
{
	if (html->in_cell)
		row_buffer_add(html->row, "\n", 1);
	html->blank = true;
}

static bool name_is(struct str name, const char *wanted)
{
	return str_equal_nocase(name, str_of(wanted));
}

/* True when the row has ended. A new row or table ends the one before. */
static bool take_tag(struct html *html, struct str tag)
{
	struct str name = str_slice(tag, tag.size && tag.data[0] == '/', tag.size);
	bool closing = name.size < tag.size;
	size_t end = 0;

	while (end < name.size && !strchr(" \t\r\n/", name.data[end]))
		end++;
	name = str_slice(name, 0, end);
	if (name_is(name, "table"))
		html->tables = closing ? html->tables - (html->tables > 0) : html->tables + 1;
	if (name_is(name, "script") || name_is(name, "style"))
		html->skip = closing ? NULL : name_is(name, "script") ? "/script" : "/style";
	if (name_is(name, "br") || name_is(name, "p") || name_is(name, "div") ||
	    (html->tables > 1 && name_is(name, "tr")))
		add_line(html);
	if (html->tables > 1 || (html->tables == 1 && closing && name_is(name, "table")))
		return false;
	if (name_is(name, "td") || name_is(name, "th")) {
		if (closing)
			end_cell(html);
		else
			start_cell(html, tag);
	}
	return (name_is(name, "tr") || name_is(name, "table")) && end_row(html);
}

/* The rune of "&...;" without the marks, 0 when it is none. */
static uint32_t entity_rune(struct str s)
{
	char name[ENTITY_SIZE_MAX];
	bool hex = s.size > 1 && (s.data[1] | 0x20) == 'x';
	unsigned long value;

	if (s.size == 0 || s.size >= sizeof(name))
		return 0;
	memcpy(name, s.data, s.size);
	name[s.size] = 0;
	if (name[0] != '#')
		return entity_find(name);
	value = strtoul(name + (hex ? 2 : 1), NULL, hex ? 16 : 10);
	return value > 0 && value <= 0x10FFFF ? (uint32_t)value : 0;
}

/* At '&': takes the entity, or the sign alone when it is none. */
static void take_entity(struct html *html, struct text *text)
{
	struct str s = str_slice(text_window(text), 0, ENTITY_SIZE_MAX);
	size_t end = str_find_byte(s, ';');
	uint32_t rune = end == STR_NOT_FOUND ? 0 : entity_rune(str_slice(s, 1, end));
	char bytes[UTF8_SIZE_MAX];

	if (rune)
		add_text(html, (struct str){ bytes, utf8_encode(rune, bytes) });
	else
		add_text(html, STR("&"));
	text->at += rune ? end + 1 : 1;
}

/* The window's front is '<'. Size of the tag or comment with its marks; all when it never ends. */
static size_t tag_size(struct str s)
{
	bool comment = str_starts_with(s, STR("<!--"));
	size_t end = str_find(s, comment ? STR("-->") : STR(">"));

	return end == STR_NOT_FOUND ? s.size : end + (comment ? 3 : 1);
}

static bool take_step(struct html *html, struct text *text)
{
	struct str s = text_window(text);
	size_t plain = 0, size;

	while (plain < s.size && s.data[plain] != '<' && (s.data[plain] != '&' || html->skip))
		plain++;
	if (plain > 0) {
		if (!html->skip)
			add_text(html, str_slice(s, 0, plain));
		text->at += plain;
		return false;
	}
	if (s.data[0] == '&') {
		take_entity(html, text);
		return false;
	}
	size = tag_size(str_slice(s, 0, TAG_SIZE_MAX));
	if (html->skip &&
	    !str_equal_nocase(str_slice(s, 1, 1 + strlen(html->skip)), str_of(html->skip)))
		size = 1;
	text->at += size;
	return size > 2 && take_tag(html, str_slice(s, 1, size - 1));
}

static enum read_result next_row(struct reader *reader, struct sheet_row *row_out,
				 struct error *error)
{
	struct html *html = reader->state;
	struct text *text = reader->text;
	bool failed = false, whole = false;

	row_buffer_clear(html->row);
	while (!whole && (text_has(text, TAG_SIZE_MAX, error, &failed) || text->at < text->end) &&
	       !failed)
		whole = take_step(html, text);
	html->place++;
	if (!whole && !failed && !html->ended) {
		html->ended = true;
		whole = end_row(html);
	}
	row_out->place = html->place;
	if (failed)
		return READ_FAILED;
	if (!whole)
		return READ_END;
	return row_buffer_row(html->row, reader, html->place, row_out, error);
}

static bool html_open(struct reader *reader, struct error *error)
{
	struct html *html = arena_new(reader->part_arena, struct html);

	reader->state = html;
	html->row = row_buffer_create(reader);
	html->spans = LIST_OF(uint32_t);
	arena_defer(reader->part_arena, release_spans, html);
	return table_open(reader, next_row, 2, error);
}

const struct format_driver html_driver = { FORMAT_HTML, html_open, table_next, NULL };
