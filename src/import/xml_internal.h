#ifndef IMPORT_XML_INTERNAL_H
#define IMPORT_XML_INTERNAL_H

#include "import/reader_internal.h"

/* Turns the elements of one record into cells and groups; knows nothing of documents and roots. */

enum xml_kind {
	XML_STRUCTURE, /* begins and ends a line where it stands in a text */
	XML_INLINE,    /* part of the text around it */
	XML_BLOCK,     /* part of the text around it, with lines of its own */
	XML_LINE,      /* the same inside a text, but it does not make its parent one */
	XML_LINE_END,  /* <br/> */
	XML_ENTRY,     /* likewise, between blanks */
};

struct xml_element {
	uint32_t path, last_child; /* path numbers */
	uint32_t group, around;    /* NO_GROUP until one is needed; the group around */
	enum xml_kind kind;
	size_t text_start;
	size_t cells, groups; /* counts behind its own attributes */
	bool silent;          /* inside a text: makes no cells of its own */
	bool is_text, has_words, has_children;
};

struct xml_record {
	struct reader *reader;
	struct arena *row_arena;
	struct list stack;   /* struct xml_element */
	struct strbuf text;  /* of the whole record; with XML_BREAK between blocks */
	struct strbuf value; /* scratch */
	const char *fault;   /* message key of what makes the row unusable */
};

void xml_record_begin(struct xml_record *record, const char **attributes);
void xml_record_open(struct xml_record *record, const char *name, const char **attributes);
void xml_record_text(struct xml_record *record, const char *data, size_t size);
void xml_record_close(struct xml_record *record); /* the element on top; the record's own is last */

const char *xml_local_name(const char *name); /* behind the prefix */
bool xml_is_kept_attribute(const char *name); /* no xmlns, no schemaLocation */

#endif
