#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "analyse/figure.h"
#include "base/message.h"

/*
 * A report before it has a form: cover, then blocks in reading order. The writers (html.h, xlsx.h)
 * give it one. Headings, figures and tables are numbered here, once, so that a sentence that
 * speaks of 图 3 is right in every form. Everything lives in the report's arena; texts given to
 * the functions below must live as long.
 */
enum block_kind {
	BLOCK_HEADING,
	BLOCK_PARAGRAPH,
	BLOCK_NOTICE, /* a remark set apart: what the data cannot say */
	BLOCK_LIST,
	BLOCK_TABLE,
	BLOCK_FIGURE
};

/* Rows of facts that were not counted by an analysis: sources, queries, logs. */
struct report_table {
	struct str title;
	const struct figure_column *columns;
	size_t column_count;
	const struct figure_row *rows;
	size_t row_count;
};

struct report_block {
	struct report_block *next;
	enum block_kind kind;
	unsigned level;     /* of a heading: 1 to 3 */
	const char *number; /* of a heading "2.1" or "A.1"; of a figure or table "3" */
	struct str text;    /* the heading, paragraph or notice; of a figure: its finding */
	const struct str *items;
	size_t item_count;
	struct report_table table;
	const struct figure *figure;
};

struct report_field {
	struct str label, value;
};

enum { REPORT_COVER_MAX = 12 };

struct report {
	struct arena *arena;
	enum language language;
	struct str kind; /* 专利导航报告 */
	struct str title;
	bool is_demo; /* made from invented documents: marked on every page */
	date as_of;
	struct report_field cover[REPORT_COVER_MAX];
	size_t cover_count;
	struct report_block *first, *last;
	unsigned numbers[3]; /* of the last heading of each level */
	bool in_appendix;
	unsigned figure_count, table_count;
};

struct report *report_create(struct arena *arena, enum language language, struct str title);
/* The text of the report's language. */
struct str report_pick(const struct report *report, const char *zh, const char *en);

/* A line of the cover; those behind REPORT_COVER_MAX are a programming error. */
void report_cover(struct report *report, struct str label, struct str value);
void report_heading(struct report *report, unsigned level, struct str text);
/* Headings from here on are numbered A, A.1, … */
void report_appendix(struct report *report);
void report_paragraph(struct report *report, struct str text);
void report_notice(struct report *report, struct str text);
void report_list(struct report *report, const struct str *items, size_t item_count);
/* A list here whose items are known later: to be filled, all of them, before the report is written. */
struct str *report_list_reserve(struct report *report, size_t item_count);
/* A table without rows is left out. */
void report_table(struct report *report, const struct report_table *table);
/* The figure with its finding, which findings.h writes. */
void report_figure(struct report *report, const struct figure *figure);

#endif
