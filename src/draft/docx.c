#include "draft/docx_internal.h"

#include <string.h>

/*
 * The text of a Word document as it would be printed with all tracked changes accepted: inserted
 * and moved-to text is in, deleted, moved-from and hidden text is out, automatic numbers are
 * written out, fields show their last result. Pictures are counted where they stand.
 */
enum {
	ELEMENTS_DEPTH_MAX = 500,
	HEADERS_MAX = 100,
	RELATIONS_MAX = 20000,
	NOTES_MAX = 20000,
	FIELDS_DEPTH_MAX = 30
};

/* Pages with the same headers. */
struct section {
	size_t line_from, line_end, header_from, header_end;
};

struct document {
	struct package *package;
	struct flow flow;
	struct lines *lines;
	struct docx_facts *facts;
	bool (*header_is_heading)(struct str line);
	struct map *relations; /* id -> index in targets */
	struct list targets;   /* struct str */
	struct list headers;   /* struct str: relation ids of all sections' page headers */
	struct list sections;  /* struct section, in order */
	size_t section_from, section_headers; /* where the one being read begins in both lists */
	unsigned depth;
	unsigned skipped;     /* elements open whose content is out */
	unsigned fields;      /* w:fldChar begun */
	uint32_t field_codes; /* a bit for each that is not at its result yet */
	unsigned pictures;    /* w:drawing or w:pict open */
	bool has_picture, is_object;
	bool in_text, in_paragraph_properties, in_section, is_hidden;
	struct str note; /* key of the note being read */
	size_t note_from;
};

typedef void element_fn(struct document *document, const char **attributes);

static void add_text(struct document *document, struct str s)
{
	struct paragraph *paragraph = flow_paragraph(&document->flow);

	if (paragraph && !document->is_hidden && !document->field_codes)
		strbuf_add_str(&paragraph->text, s);
}

static void begin_paragraph(struct document *document, const char **attributes)
{
	(void)attributes;
	if (!flow_begin_paragraph(&document->flow))
		package_stop(document->package, "draft.too_deep");
}

static void begin_properties(struct document *document, const char **attributes)
{
	(void)attributes;
	document->in_paragraph_properties = true;
}

static void set_style(struct document *document, const char **attributes)
{
	struct paragraph *paragraph = flow_paragraph(&document->flow);

	if (paragraph)
		paragraph->style = str_copy(document->lines->arena, docx_value(attributes));
}

static void set_list(struct document *document, const char **attributes)
{
	struct paragraph *paragraph = flow_paragraph(&document->flow);

	if (paragraph && document->in_paragraph_properties)
		paragraph->list_id = str_copy(document->lines->arena, docx_value(attributes));
}

static void set_level(struct document *document, const char **attributes)
{
	struct paragraph *paragraph = flow_paragraph(&document->flow);

	if (paragraph && document->in_paragraph_properties)
		paragraph->level = docx_number(docx_value(attributes), LEVELS - 1);
}

static void set_outline(struct document *document, const char **attributes)
{
	struct paragraph *paragraph = flow_paragraph(&document->flow);

	if (paragraph && document->in_paragraph_properties)
		paragraph->outline = docx_number(docx_value(attributes), 8);
}

static void skip(struct document *document, const char **attributes)
{
	(void)attributes;
	document->skipped = 1;
}

/* Inside the properties of a paragraph, w:del says that its mark is deleted. */
static void begin_deletion(struct document *document, const char **attributes)
{
	struct paragraph *paragraph = flow_paragraph(&document->flow);

	(void)attributes;
	document->facts->deletions++;
	if (document->in_paragraph_properties && paragraph)
		paragraph->mark_deleted = true;
	document->skipped = 1;
}

static void count_insertion(struct document *document, const char **attributes)
{
	(void)attributes;
	document->facts->insertions++;
}

static void count_comment(struct document *document, const char **attributes)
{
	(void)attributes;
	document->facts->comments++;
}

static void begin_text(struct document *document, const char **attributes)
{
	(void)attributes;
	document->in_text = true;
}

static void add_blank(struct document *document, const char **attributes)
{
	(void)attributes;
	/* The same element defines tab stops in a paragraph's properties. */
	if (!document->in_paragraph_properties)
		add_text(document, STR(" "));
}

static void add_hyphen(struct document *document, const char **attributes)
{
	(void)attributes;
	add_text(document, STR("-"));
}

static void add_break(struct document *document, const char **attributes)
{
	struct str type = str_of(package_attribute(attributes, "w:type"));

	if (type.size == 0 || str_equal_cstr(type, "textWrapping"))
		add_text(document, STR("\n"));
}

/* A sign of a symbol font; those of the private area have no meaning outside of it. */
static void add_symbol(struct document *document, const char **attributes)
{
	const char *digits = package_attribute(attributes, "w:char");
	unsigned long rune = digits ? strtoul(digits, NULL, 16) : 0;
	struct paragraph *paragraph = flow_paragraph(&document->flow);

	if (!paragraph || document->is_hidden || document->field_codes || rune < 0x20)
		return;
	if (rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xF900))
		rune = 0x25A1;
	strbuf_add_rune(&paragraph->text, (uint32_t)rune);
}

static void set_field(struct document *document, const char **attributes)
{
	struct str type = str_of(package_attribute(attributes, "w:fldCharType"));

	if (str_equal_cstr(type, "begin")) {
		if (document->fields++ < FIELDS_DEPTH_MAX)
			document->field_codes |= 1u << (document->fields - 1);
		return;
	}
	if (document->fields == 0)
		return;
	if (document->fields <= FIELDS_DEPTH_MAX)
		document->field_codes &= ~(1u << (document->fields - 1));
	if (str_equal_cstr(type, "end"))
		document->fields--;
}

static void hide(struct document *document, const char **attributes)
{
	if (!document->in_paragraph_properties)
		document->is_hidden = docx_is_on(attributes);
}

static void begin_picture(struct document *document, const char **attributes)
{
	(void)attributes;
	if (document->pictures++ == 0)
		document->has_picture = document->is_object = false;
}

static void begin_object(struct document *document, const char **attributes)
{
	begin_picture(document, attributes);
	document->is_object = true;
}

static void see_picture(struct document *document, const char **attributes)
{
	(void)attributes;
	if (!document->is_object)
		document->has_picture = true;
}

/* A formula of an equation editor is text, a drawing of another program a picture. */
static void see_object(struct document *document, const char **attributes)
{
	struct str program = str_of(package_attribute(attributes, "ProgID"));

	if (!str_starts_with(program, STR("Equation")) &&
	    str_find(program, STR("MathType")) == STR_NOT_FOUND)
		document->has_picture = true;
}

static void begin_table(struct document *document, const char **attributes)
{
	(void)attributes;
	if (document->flow.depth == 0)
		document->flow.tables++;
}

static void begin_section(struct document *document, const char **attributes)
{
	(void)attributes;
	document->in_section = true;
}

static void add_header(struct document *document, const char **attributes)
{
	const char *id = package_attribute(attributes, "r:id");

	if (document->in_section && id && document->headers.count < RELATIONS_MAX)
		*(struct str *)list_add(&document->headers) = str_copy(document->lines->arena,
								       str_of(id));
}

static void add_note_reference(struct document *document, const char **attributes, const char *kind)
{
	const char *id = package_attribute(attributes, "w:id");

	if (id && document->flow.depth > 0 && document->flow.notes.count < NOTES_MAX)
		*(struct str *)list_add(&document->flow.notes) = str_of(
			arena_printf(document->lines->arena, "%s/%.20s", kind, id));
}

static void refer_footnote(struct document *document, const char **attributes)
{
	add_note_reference(document, attributes, "footnote");
}

static void refer_endnote(struct document *document, const char **attributes)
{
	add_note_reference(document, attributes, "endnote");
}

static void begin_note(struct document *document, const char **attributes, const char *kind)
{
	const char *id = package_attribute(attributes, "w:id");
	const char *type = package_attribute(attributes, "w:type");

	document->note = STR_EMPTY;
	document->note_from = document->flow.lines->list.count;
	if (id && (!type || strcmp(type, "normal") == 0))
		document->note = str_of(arena_printf(document->lines->arena, "%s/%.20s", kind, id));
}

static void begin_footnote(struct document *document, const char **attributes)
{
	begin_note(document, attributes, "footnote");
}

static void begin_endnote(struct document *document, const char **attributes)
{
	begin_note(document, attributes, "endnote");
}

static const struct {
	const char *name;
	element_fn *begin;
} elements[] = {
	{ "t", begin_text },
	{ "p", begin_paragraph },
	{ "pPr", begin_properties },
	{ "pStyle", set_style },
	{ "numId", set_list },
	{ "ilvl", set_level },
	{ "outlineLvl", set_outline },
	{ "vanish", hide },
	{ "tab", add_blank },
	{ "ptab", add_blank },
	{ "br", add_break },
	{ "cr", add_break },
	{ "noBreakHyphen", add_hyphen },
	{ "sym", add_symbol },
	{ "fldChar", set_field },
	{ "del", begin_deletion },
	{ "moveFrom", begin_deletion },
	{ "ins", count_insertion },
	{ "moveTo", count_insertion },
	{ "commentReference", count_comment },
	/* What properties were before a tracked change; readings beside characters; the form older
	   programs show. */
	{ "pPrChange", skip },
	{ "rPrChange", skip },
	{ "sectPrChange", skip },
	{ "numberingChange", skip },
	{ "instrText", skip },
	{ "rt", skip },
	{ "Fallback", skip },
	{ "tbl", begin_table },
	{ "drawing", begin_picture },
	{ "pict", begin_picture },
	{ "object", begin_object },
	{ "OLEObject", see_object },
	{ "pic", see_picture },
	{ "imagedata", see_picture },
	{ "chart", see_picture },
	{ "relIds", see_picture },
	{ "wgp", see_picture },
	{ "wpc", see_picture },
	{ "group", see_picture },
	{ "sectPr", begin_section },
	{ "headerReference", add_header },
	{ "footnoteReference", refer_footnote },
	{ "endnoteReference", refer_endnote },
	{ "footnote", begin_footnote },
	{ "endnote", begin_endnote },
};

static void start(void *user, const char *name, const char **attributes)
{
	struct document *document = user;
	const char *local = package_local(name);

	if (++document->depth > ELEMENTS_DEPTH_MAX)
		package_stop(document->package, "draft.too_deep");
	if (document->skipped > 0) {
		document->skipped++;
		return;
	}
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		if (strcmp(local, elements[i].name) == 0) {
			elements[i].begin(document, attributes);
			return;
		}
}

static void end_picture(struct document *document)
{
	struct paragraph *paragraph = flow_paragraph(&document->flow);

	if (document->pictures > 0 && --document->pictures == 0 && document->has_picture &&
	    paragraph)
		paragraph->images++;
}

static void end_note(struct document *document)
{
	struct flow *flow = &document->flow;
	struct strbuf text = STRBUF_INIT;

	for (size_t i = document->note_from; i < flow->lines->list.count; i++) {
		strbuf_add_str(&text, LIST_AT(&flow->lines->list, struct line, i).text);
		strbuf_add_byte(&text, '\n');
	}
	if (document->note.size > 0 && flow->note_texts.count < NOTES_MAX) {
		*map_put(flow->note_numbers, document->note, NULL) = flow->note_texts.count;
		*(struct str *)list_add(&flow->note_texts) = str_copy(document->lines->arena,
								      strbuf_str(&text));
	}
	strbuf_release(&text);
}

static void end_section(struct document *document)
{
	struct section section = { document->section_from, document->lines->list.count,
				   document->section_headers, document->headers.count };

	*(struct section *)list_add(&document->sections) = section;
	document->section_from = section.line_end;
	document->section_headers = section.header_end;
}

/* The properties of the last section stand behind all paragraphs. */
static void end_section_properties(struct document *document)
{
	struct paragraph *paragraph = flow_paragraph(&document->flow);

	document->in_section = false;
	if (paragraph)
		paragraph->ends_section = true;
	else
		end_section(document);
}

static void end(void *user, const char *name)
{
	struct document *document = user;
	const char *local = package_local(name);

	document->depth--;
	if (document->skipped > 0) {
		document->skipped--;
		return;
	}
	if (strcmp(local, "t") == 0)
		document->in_text = false;
	else if (strcmp(local, "r") == 0)
		document->is_hidden = false;
	else if (strcmp(local, "pPr") == 0)
		document->in_paragraph_properties = false;
	else if (strcmp(local, "drawing") == 0 || strcmp(local, "pict") == 0 ||
		 strcmp(local, "object") == 0)
		end_picture(document);
	else if (strcmp(local, "sectPr") == 0)
		end_section_properties(document);
	else if (strcmp(local, "tr") == 0)
		flow_end_row(&document->flow);
	else if (strcmp(local, "tbl") == 0 && document->flow.depth == 0 && document->flow.tables)
		document->flow.tables--;
	else if (strcmp(local, "footnote") == 0 || strcmp(local, "endnote") == 0)
		end_note(document);
	else if (strcmp(local, "p") == 0 && flow_end_paragraph(&document->flow))
		end_section(document);
}

static void text(void *user, const char *data, int size)
{
	struct document *document = user;

	if (document->in_text && document->skipped == 0)
		add_text(document, (struct str){ data, (size_t)size });
}

static const struct package_handlers handlers = { start, end, text };

/* Reads a part beside the text into lines of its own. */
static bool read_beside(struct document *document, const char *name, struct lines *lines,
			struct error *error)
{
	bool done;

	lines_init(lines, document->lines->arena);
	document->flow.lines = lines;
	done = package_read(document->package, name, &handlers, document, error);
	document->flow.lines = document->lines;
	return done;
}

static bool read_notes(struct document *document, struct error *error)
{
	static const char *const parts[] = { "word/footnotes.xml", "word/endnotes.xml" };
	bool done = true;

	for (size_t i = 0; i < 2 && done; i++) {
		struct lines lines;

		if (!package_has(document->package, parts[i]))
			continue;
		done = read_beside(document, parts[i], &lines, error);
		lines_release(&lines);
	}
	return done;
}

static void start_relation(void *user, const char *name, const char **attributes)
{
	struct document *document = user;
	const char *id = package_attribute(attributes, "Id");
	const char *target = package_attribute(attributes, "Target");

	(void)name;
	if (!id || !target || document->targets.count == RELATIONS_MAX)
		return;
	*map_put(document->relations, str_of(id), NULL) = document->targets.count;
	*(struct str *)list_add(&document->targets) = str_of(
		arena_printf(document->lines->arena, "%s%.200s", *target == '/' ? "" : "word/",
			     *target == '/' ? target + 1 : target));
}

static bool read_relations(struct document *document, struct error *error)
{
	static const struct package_handlers of_relations = { start_relation, NULL, NULL };
	const char *name = "word/_rels/document.xml.rels";

	return !package_has(document->package, name) ||
	       package_read(document->package, name, &of_relations, document, error);
}

/* The heading in one page header; empty when it has none. */
static bool read_header(struct document *document, struct str relation, struct str *heading_out,
			struct error *error)
{
	const uint64_t *at = map_find(document->relations, relation);
	const char *name = at ? LIST_AT(&document->targets, struct str, *at).data : NULL;
	struct lines lines;
	bool done;

	if (!name || !package_has(document->package, name))
		return true;
	done = read_beside(document, name, &lines, error);
	for (size_t i = 0; i < lines.list.count && heading_out->size == 0; i++) {
		struct str line = LIST_AT(&lines.list, struct line, i).text;

		if (document->header_is_heading(line))
			*heading_out = line;
	}
	lines_release(&lines);
	return done;
}

static void insert_heading(struct lines *lines, size_t at, struct str heading)
{
	struct line *first;

	list_add(&lines->list);
	first = &LIST_AT(&lines->list, struct line, at);
	memmove(first + 1, first, (lines->list.count - 1 - at) * sizeof(*first));
	*first = (struct line){ heading, LINE_HEADING, 0 };
}

/* Templates of the office name the part in the page header: it goes in front of its section. */
static bool add_headings(struct document *document, struct error *error)
{
	size_t read = 0, inserted = 0;
	struct str in_force = STR_EMPTY;

	for (size_t i = 0; i < document->sections.count && read < HEADERS_MAX; i++) {
		const struct section *section = &LIST_AT(&document->sections, struct section, i);
		struct str heading = STR_EMPTY;

		for (size_t k = section->header_from; k < section->header_end; k++, read++)
			if (!read_header(document, LIST_AT(&document->headers, struct str, k),
					 &heading, error))
				return false;
		if (heading.size > 0 && !str_equal(heading, in_force))
			insert_heading(document->lines, section->line_from + inserted++, heading);
		if (heading.size > 0)
			in_force = heading;
	}
	return true;
}

static void start_property(void *user, const char *name, const char **attributes)
{
	struct document *document = user;

	(void)attributes;
	document->in_text = strcmp(package_local(name), "Pages") == 0;
}

static void end_property(void *user, const char *name)
{
	(void)name;
	((struct document *)user)->in_text = false;
}

static void property_text(void *user, const char *data, int size)
{
	struct document *document = user;
	struct str digits = { data, (size_t)size };

	if (document->in_text)
		document->facts->pages = docx_number(str_trim(digits), 1000000);
}

static bool read_properties(struct document *document, struct error *error)
{
	static const struct package_handlers of_properties = { start_property, end_property,
							       property_text };

	return !package_has(document->package, "docProps/app.xml") ||
	       package_read(document->package, "docProps/app.xml", &of_properties, document, error);
}

static bool read_body(struct document *document, struct error *error)
{
	if (!package_read(document->package, "word/document.xml", &handlers, document, error))
		return false;
	flow_finish(&document->flow);
	return true;
}

bool docx_read(struct package *package, bool (*header_is_heading)(struct str line),
	       struct lines *lines, struct docx_facts *facts_out, struct error *error)
{
	struct document document = { .package = package,
				     .lines = lines,
				     .facts = facts_out,
				     .header_is_heading = header_is_heading,
				     .relations = map_create(),
				     .targets = LIST_OF(struct str),
				     .headers = LIST_OF(struct str),
				     .sections = LIST_OF(struct section) };
	struct flow *flow = &document.flow;
	bool done;

	*facts_out = (struct docx_facts){ .pages = -1 };
	flow_init(flow, lines->arena, lines);
	done = styles_read(&flow->styles, package, error) &&
	       numbering_read(&flow->numbering, package, error) &&
	       read_relations(&document, error) && read_notes(&document, error) &&
	       read_body(&document, error) && add_headings(&document, error) &&
	       read_properties(&document, error);
	flow_release(flow);
	map_destroy(document.relations);
	list_release(&document.targets);
	list_release(&document.headers);
	list_release(&document.sections);
	return done;
}
