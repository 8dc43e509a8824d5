#ifndef REPORT_DOCX_INTERNAL_H
#define REPORT_DOCX_INTERNAL_H

#include "report/chart.h"
#include "report/docx.h"
#include "report/markup.h"

enum { DOCX_CHARTS_MAX = 500 };

/* A document being written. */
struct docx {
	const struct report *report;
	struct arena *arena;
	struct strbuf body;                 /* of word/document.xml */
	struct str charts[DOCX_CHARTS_MAX]; /* word/charts/chart1.xml …, in the arena */
	size_t chart_count;
	unsigned bookmark_count;
};

/* A paragraph of a style of docx/styles.xml. */
void docx_add_paragraph(struct docx *docx, const char *style, struct str text);

/* docx_table.c */
void docx_add_table(struct docx *docx, const struct report_table *table);
/* The cover's lines. */
void docx_add_fields(struct docx *docx);
/* The figure's numbers: a grid where it has one, shaded when it is a matrix, else its rows. */
void docx_add_figure_numbers(struct docx *docx, const struct figure *figure);

/* docx_chart.c: false: Word has no chart for the figure's shape. */
bool docx_add_chart(struct docx *docx, const struct report_block *block);

#endif
