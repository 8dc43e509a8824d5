#ifndef DRAFT_LINE_INTERNAL_H
#define DRAFT_LINE_INTERNAL_H

#include "base/list.h"
#include "base/strbuf.h"

/*
 * What every format is turned into first: the lines of the document in reading order. A paragraph
 * with forced line breaks is several lines.
 */
enum line_flag {
	LINE_HEADING = 1 << 0, /* the document marks it as a heading (outline level, page header) */
	LINE_TABLE = 1 << 1,   /* one row of a table, its cells parted by tabs */
	LINE_FOOTNOTE = 1 << 2, /* text of a footnote or endnote, behind its paragraph */
	LINE_TEXT_BOX = 1 << 3, /* text of a box or shape, behind the paragraph it hangs on */
};

struct line {
	struct str text; /* valid UTF-8 without line breaks, ends trimmed; in the arena */
	unsigned flags;
	uint32_t images; /* pictures in it; formulas of an equation editor are none */
};

enum { LINES_MAX = 200000, LINES_SIZE_MAX = 32 << 20 /* bytes of all texts */ };

struct lines {
	struct arena *arena;
	struct list list; /* struct line */
	size_t size;
	bool overflow; /* a limit was met: the rest is dropped */
};

void lines_init(struct lines *lines, struct arena *arena);
void lines_release(struct lines *lines);
/* Splits at line breaks; pictures count for the first line. Blank lines without picture are left out. */
void lines_add(struct lines *lines, struct str text, unsigned flags, uint32_t images);

#endif
