#ifndef REPORT_XLSX_INTERNAL_H
#define REPORT_XLSX_INTERNAL_H

#include "report/chart.h"
#include "report/xlsx.h"

#include <xlsxwriter.h>

enum style {
	STYLE_TITLE,
	STYLE_HEADING,
	STYLE_TEXT, /* wrapped */
	STYLE_FINDING,
	STYLE_SOURCE,
	STYLE_LINK,
	STYLE_WARNING,
	STYLE_HEAD, /* of a column */
	STYLE_HEAD_NUMBER,
	STYLE_CELL,                               /* + enum value_kind */
	STYLE_GREY = STYLE_CELL + VALUE_DATE + 1, /* + enum value_kind */
	STYLE_COUNT = STYLE_GREY + VALUE_DATE + 1
};

/* A workbook being written. */
struct book {
	const struct report *report;
	struct arena *arena;
	lxw_workbook *workbook;
	lxw_format *styles[STYLE_COUNT];
};

/* Text that every reader takes: valid UTF-8 without control characters, cut to a cell's limit. */
char *xlsx_text(struct arena *arena, struct str text);
/* A name no two figures share, within Excel's rules for names of sheets. */
const char *xlsx_sheet_name(struct book *book, const struct report_block *block);

void xlsx_write_text(struct book *book, lxw_worksheet *sheet, size_t row, size_t column,
		     struct str text, enum style style);
void xlsx_write_value(struct book *book, lxw_worksheet *sheet, size_t row, size_t column,
		      enum value_kind kind, const struct figure_value *value, bool is_grey);
/* Head and rows from (row, column); the rows' queries in a column behind them. Returns the first
   free row. */
size_t xlsx_write_table(struct book *book, lxw_worksheet *sheet, size_t row, size_t column,
			const struct report_table *table);
/* A text over several columns, its row as high as it needs. */
void xlsx_write_wide(struct book *book, lxw_worksheet *sheet, size_t row, struct str text,
		     enum style style);

void xlsx_set_paper(lxw_worksheet *sheet); /* A4 across, one page wide */

void xlsx_write_figure(struct book *book, const struct report_block *block); /* xlsx_figure.c */

/* xlsx_chart.c: where a figure's numbers stand on its sheet. */
struct placement {
	const char *sheet_name;
	size_t row, column; /* of the head of the table */
	const struct figure_grid *grid;
	size_t grid_row, grid_column; /* of the grid's corner */
};
/* The native chart of a figure, or NULL when Excel has none for its shape. */
lxw_chart *xlsx_make_chart(struct book *book, const struct figure *figure,
			   const struct placement *placement);

#endif
