#include "import/xml_internal.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

/*
 * Marks in the text: the edge of a block, a <br/>. XML 1.0 has no such characters, so they cannot
 * come from the file.
 */
#define XML_BREAK '\x1E'
#define XML_WRAP  '\x1F'

#define NO_GROUP UINT32_MAX

/* Elements that are part of a text in the DTDs of WIPO ST.36, USPTO, EPO and CNIPA, and in HTML. */
static const struct {
	const char *name;
	enum xml_kind kind;
} text_elements[] = {
	{ "b", XML_INLINE },          { "i", XML_INLINE },
	{ "u", XML_INLINE },          { "o", XML_INLINE },
	{ "em", XML_INLINE },         { "strong", XML_INLINE },
	{ "font", XML_INLINE },       { "span", XML_INLINE },
	{ "sub", XML_INLINE },        { "sup", XML_INLINE },
	{ "sub2", XML_INLINE },       { "sup2", XML_INLINE },
	{ "subscript", XML_INLINE },  { "superscript", XML_INLINE },
	{ "smallcaps", XML_INLINE },  { "bold", XML_INLINE },
	{ "italic", XML_INLINE },     { "overscore", XML_INLINE },
	{ "underscore", XML_INLINE }, { "figref", XML_INLINE },
	{ "crossref", XML_INLINE },   { "claim-ref", XML_INLINE },
	{ "claimref", XML_INLINE },   { "bio-deposit", XML_INLINE },
	{ "maths", XML_INLINE },      { "math", XML_INLINE },
	{ "chemistry", XML_INLINE },  { "chem", XML_INLINE },
	{ "pre", XML_LINE },          { "br", XML_LINE_END },
	{ "ul", XML_BLOCK },          { "ol", XML_BLOCK },
	{ "li", XML_LINE },           { "dl", XML_BLOCK },
	{ "dt", XML_LINE },           { "dd", XML_LINE },
	{ "tables", XML_BLOCK },      { "table", XML_LINE },
	{ "row", XML_LINE },          { "tr", XML_LINE },
	{ "entry", XML_ENTRY },       { "td", XML_ENTRY },
	{ "th", XML_ENTRY },
};

static enum xml_kind kind_of(const char *name)
{
	for (size_t i = 0; i < sizeof(text_elements) / sizeof(text_elements[0]); i++)
		if ((*name | 0x20) == *text_elements[i].name &&
		    strcasecmp(name, text_elements[i].name) == 0)
			return text_elements[i].kind;
	return XML_STRUCTURE;
}

const char *xml_local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

bool xml_is_kept_attribute(const char *name)
{
	const char *local = xml_local_name(name);

	return strncmp(name, "xmlns", 5) != 0 && strcmp(local, "schemaLocation") != 0 &&
	       strcmp(local, "noNamespaceSchemaLocation") != 0;
}

static struct xml_element *top(struct xml_record *record)
{
	return &LIST_AT(&record->stack, struct xml_element, record->stack.count - 1);
}

static uint32_t child_path(struct xml_record *record, uint32_t parent, uint32_t previous,
			   struct str name)
{
	uint32_t path = paths_child(&record->reader->paths, parent, previous, name);

	if (path != PATH_NONE)
		return path;
	record->fault = "reader.too_many_names";
	return parent;
}

static void add_cell(struct xml_record *record, uint32_t path, uint32_t group, struct str value)
{
	if (value.size > record->reader->limits.cell_size_max)
		record->fault = "reader.cell_too_large";
	if (!record->fault && value.size > 0)
		row_builder_add(&record->reader->builder, path, group,
				str_copy(record->row_arena, value));
}

static void need_group(struct xml_record *record, struct xml_element *element)
{
	if (element->group == NO_GROUP)
		element->group = row_builder_open_group(&record->reader->builder, element->path,
							element->around);
}

static void add_attributes(struct xml_record *record, struct xml_element *element,
			   const char **attributes)
{
	char name[128];

	for (; *attributes; attributes += 2) {
		if (!xml_is_kept_attribute(attributes[0]))
			continue;
		need_group(record, element);
		snprintf(name, sizeof(name), "@%s", xml_local_name(attributes[0]));
		element->last_child = child_path(record, element->path, element->last_child,
						 str_of(name));
		add_cell(record, element->last_child, element->group, str_of(attributes[1]));
	}
}

static struct xml_element *push(struct xml_record *record, uint32_t path, enum xml_kind kind)
{
	struct xml_element *element = list_add(&record->stack);

	element->path = element->last_child = path;
	element->kind = kind;
	element->text_start = record->text.size;
	element->group = NO_GROUP;
	return element;
}

static void set_counts(struct xml_record *record, struct xml_element *element)
{
	element->cells = record->reader->builder.cells.count;
	element->groups = record->reader->builder.groups.count;
}

void xml_record_begin(struct xml_record *record, const char **attributes)
{
	struct xml_element *element;

	list_clear(&record->stack);
	strbuf_clear(&record->text);
	record->fault = NULL;
	element = push(record, PATH_ROOT, XML_STRUCTURE);
	element->group = 0;
	add_attributes(record, element, attributes);
	set_counts(record, element);
}

static void add_break(struct xml_record *record, enum xml_kind kind)
{
	static const char breaks[] = { [XML_STRUCTURE] = XML_BREAK,
				       [XML_BLOCK] = XML_BREAK,
				       [XML_LINE] = XML_BREAK,
				       [XML_LINE_END] = XML_WRAP,
				       [XML_ENTRY] = '\n' };

	if (kind != XML_INLINE)
		xml_record_text(record, &breaks[kind], 1);
}

static bool is_nested_text(struct xml_record *record, const struct xml_element *parent,
			   const char *name)
{
	return strcmp(name, "claim-text") == 0 &&
	       str_equal_cstr(paths_node(&record->reader->paths, parent->path)->name, name);
}

void xml_record_open(struct xml_record *record, const char *name, const char **attributes)
{
	struct xml_element *parent = top(record), *element;
	enum xml_kind kind = kind_of(xml_local_name(name));
	uint32_t path = parent->path, around = 0;
	bool silent;

	if (kind == XML_STRUCTURE && !parent->silent &&
	    is_nested_text(record, parent, xml_local_name(name)))
		kind = XML_BLOCK;
	if (kind == XML_STRUCTURE && parent->kind == XML_INLINE)
		kind = XML_INLINE;
	if (kind == XML_INLINE || kind == XML_BLOCK || kind == XML_LINE_END)
		parent->is_text = parent->is_text || !parent->has_children;
	silent = parent->silent || parent->is_text;
	if (!silent) {
		need_group(record, parent);
		around = parent->group;
		path = child_path(record, parent->path, parent->last_child,
				  str_of(xml_local_name(name)));
		parent->last_child = path;
		parent->has_children = true;
	}
	add_break(record, kind);
	element = push(record, path, kind);
	element->silent = silent;
	element->around = around;
	if (!silent)
		add_attributes(record, element, attributes);
	set_counts(record, element);
}

/* Whether there is something to read: separators alone between child elements are no text. */
static bool has_words(const char *data, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)data[i];

		if (c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
			return true;
	}
	return false;
}

void xml_record_text(struct xml_record *record, const char *data, size_t size)
{
	struct xml_element *element = top(record);

	if (record->text.size + size > record->reader->limits.row_size_max)
		record->fault = "reader.row_too_large";
	if (record->fault)
		return;
	strbuf_add(&record->text, data, size);
	element->has_words = element->has_words || has_words(data, size);
}

/* White space at the start of s: its size, and what it comes down to. */
static size_t blank_run(struct str s, bool flowing, char *blank_out)
{
	size_t size = 0;
	bool line = flowing, wrapped = false, broken = false;

	for (; size < s.size; size++) {
		char c = s.data[size];

		if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != XML_BREAK &&
		    c != XML_WRAP)
			break;
		line = line || c == '\n' || c == '\r';
		wrapped = wrapped || c == XML_WRAP;
		broken = broken || c == XML_BREAK;
	}
	*blank_out = broken ? '\n' : wrapped ? XML_WRAP : line ? ' ' : 0;
	return size;
}

static uint32_t last_rune(struct str s)
{
	size_t at = s.size;

	while (at > 0 && ((unsigned char)s.data[at - 1] & 0xC0) == 0x80)
		at--;
	at -= at > 0;
	return s.size ? utf8_next(s, &at) : 0;
}

/*
 * Whether a line only ended because it was full: Chinese is written without blanks, so that a line
 * end between two of its characters, or behind a comma, is none of the text. (CNIPA's files before
 * 2021 end each printed line with <br/>.)
 */
static bool is_full_line(struct str before, struct str after)
{
	enum { COMMA = 0xFF0C, ENUMERATION_COMMA = 0x3001 };
	uint32_t left = last_rune(before), right;
	size_t at = 0;

	if (before.size == 0 || after.size == 0)
		return false;
	right = utf8_next(after, &at);
	return utf8_is_cjk(right) &&
	       (utf8_is_cjk(left) || left == ',' || left == COMMA || left == ENUMERATION_COMMA);
}

/* flowing: a text with inline elements; else one run of text that keeps its blanks. */
static struct str tidy(struct xml_record *record, struct str s, bool flowing)
{
	struct strbuf *value = &record->value;

	strbuf_clear(value);
	while (s.size > 0) {
		size_t plain = 0, run;
		struct str blanks;
		char blank;

		while (plain < s.size && (unsigned char)s.data[plain] > ' ')
			plain++;
		strbuf_add(value, s.data, plain);
		s = str_slice(s, plain, s.size);
		run = blank_run(s, flowing, &blank);
		assert(run > 0 || s.size == 0); /* XML has no other control characters */
		blanks = str_slice(s, 0, run);
		s = str_slice(s, run, s.size);
		if (!blank)
			strbuf_add_str(value, blanks);
		else if (blank == '\n' || !is_full_line(strbuf_str(value), s))
			strbuf_add_byte(value, blank == ' ' ? ' ' : '\n');
	}
	return str_trim(strbuf_str(value));
}

static void add_element_text(struct xml_record *record, const struct xml_element *element)
{
	bool flowing = element->is_text || element->has_children;
	struct str text = str_slice(strbuf_str(&record->text), element->text_start, SIZE_MAX);

	if (element->has_children)
		row_builder_rollback(&record->reader->builder, element->cells, element->groups);
	add_cell(record, element->path, element->around, tidy(record, text, flowing));
}

void xml_record_close(struct xml_record *record)
{
	struct xml_element *element = top(record);
	enum xml_kind kind = element->kind;
	bool whole_record = record->stack.count == 1 && element->has_children;

	if (!element->silent && !whole_record &&
	    (element->is_text || element->has_words || !element->has_children))
		add_element_text(record, element);
	if (!element->silent && element->group != NO_GROUP &&
	    element->group < record->reader->builder.groups.count)
		row_builder_close_group(&record->reader->builder, element->group);
	record->stack.count--;
	if (record->stack.count > 0)
		add_break(record, kind);
}
