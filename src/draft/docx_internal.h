#ifndef DRAFT_DOCX_INTERNAL_H
#define DRAFT_DOCX_INTERNAL_H

#include "base/map.h"
#include "draft/line_internal.h"
#include "import/package.h"

/* Word documents, ECMA-376 part 1 section 17, transitional and strict alike. */

enum { LEVELS = 9, NUMBERS_MAX = 20000, STYLES_MAX = 20000 };

/* How one level of a list is numbered: "%1." and decimal. */
struct list_level {
	int32_t start;
	char format[32];  /* w:numFmt: decimal, chineseCounting ...; "" decimal */
	unsigned width;   /* digits of a custom format "0001"; 0 otherwise */
	struct str text;  /* w:lvlText */
	bool has_suffix;  /* a tab or blank behind the label */
	bool is_legal;    /* higher levels are shown in Arabic digits */
	struct str style; /* w:pStyle: the paragraph style this level belongs to */
	bool is_set;
};

struct abstract_list {
	struct str id;
	struct list_level levels[LEVELS];
	int32_t counts[LEVELS]; /* of the last label; counters belong to the abstract list */
	bool counted[LEVELS];
};

/* w:num: a list of the document; several may share one abstract list and go on counting. */
struct list_instance {
	struct str id, abstract_id;
	uint32_t abstract;      /* index; UINT32_MAX: none */
	int32_t start[LEVELS];  /* w:startOverride; INT32_MIN: none */
	bool restarted[LEVELS]; /* the override has been used */
};

struct numbering {
	struct arena *arena;
	struct list abstracts; /* struct abstract_list */
	struct list instances; /* struct list_instance */
};

void numbering_init(struct numbering *numbering, struct arena *arena);
void numbering_release(struct numbering *numbering);
bool numbering_read(struct numbering *numbering, struct package *package,
		    struct error *error) MUST_CHECK;
/* Counts one paragraph of the list and adds its label; nothing for an unknown list. */
void numbering_label(struct numbering *numbering, struct str list_id, unsigned level,
		     struct strbuf *label);
/* A counter as w:numFmt shows it. */
void numbering_add_number(struct strbuf *text, const char *format, unsigned width, int32_t number);

/* A paragraph style with what it takes from those it is based on. */
struct style {
	struct str id, based_on, list_id;
	int64_t outline; /* 0 to 8, or -1 */
	int64_t level;   /* of the list, or -1 */
};

struct styles {
	struct arena *arena;
	struct list list; /* struct style */
	struct map *by_id;
};

void styles_init(struct styles *styles, struct arena *arena);
void styles_release(struct styles *styles);
bool styles_read(struct styles *styles, struct package *package, struct error *error) MUST_CHECK;
/* Numbering and outline of a style, with its ancestors; all unset for an unknown one. */
struct style styles_find(const struct styles *styles, struct str id);

/* w:val="…" of an element; empty when it has none. */
struct str docx_value(const char **attributes);
/* -1 for what is no number from 0 to max. */
int64_t docx_number(struct str text, int64_t max);
bool docx_is_on(const char **attributes); /* a switch element: on unless w:val says no */

/* What is told of the document beside its text. */
struct docx_facts {
	int64_t pages; /* -1: not told */
	uint32_t insertions, deletions, comments;
};

/*
 * Reads the document's lines and facts. header_is_heading: whether the text of a page header names
 * a part of the draft; such a header becomes a heading line in front of its section.
 */
bool docx_read(struct package *package, bool (*header_is_heading)(struct str line),
	       struct lines *lines, struct docx_facts *facts_out, struct error *error) MUST_CHECK;

/* One w:p being read; a text box makes another inside it. */
struct paragraph {
	struct strbuf text;
	struct str style, list_id;
	int64_t level, outline;
	uint32_t images;
	bool mark_deleted; /* goes on in the paragraph behind it */
	bool ends_section;
	size_t boxes_from, notes_from; /* of flow.boxes, flow.notes: those hung on it */
};

enum { PARAGRAPHS_MAX = 32 /* open at once: boxes inside boxes */, PARAGRAPH_SIZE_MAX = 4 << 20 };

/* Paragraphs becoming lines, whatever elements they come from. docx_paragraph.c */
struct flow {
	struct arena *arena;
	struct lines *lines;
	struct numbering numbering;
	struct styles styles;
	struct map *note_numbers; /* "footnote/2" -> index in note_texts */
	struct list note_texts;   /* struct str */
	struct list boxes;        /* struct line: of the open paragraphs */
	struct list notes;        /* struct str: keys of notes the open paragraphs refer to */
	struct paragraph open[PARAGRAPHS_MAX];
	unsigned depth;
	unsigned tables; /* nested this deep */
	struct strbuf row;
	uint32_t row_images;
};

void flow_init(struct flow *flow, struct arena *arena, struct lines *lines);
void flow_release(struct flow *flow);
struct paragraph *flow_paragraph(struct flow *flow); /* the innermost open one, or NULL */
bool flow_begin_paragraph(struct flow *flow);        /* false: too many inside each other */
/* Returns whether a section ends with it. */
bool flow_end_paragraph(struct flow *flow);
void flow_end_row(struct flow *flow);
void flow_finish(struct flow *flow); /* what a deleted mark at the very end held back */

#endif
