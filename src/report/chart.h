#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "report/figure_text.h"

/*
 * A figure as a chart every office program knows: what is drawn against what. The writers of
 * workbooks and documents draw it in their own way.
 */
enum chart_kind {
	CHART_BARS, /* lying, the first on top */
	CHART_COLUMNS,
	CHART_STACKED,
	CHART_LINES,
	CHART_RING,
	CHART_POINTS,
	CHART_PATH, /* points joined in order */
	CHART_RADAR
};

/*
 * Cells of the figure's table or of its grid, both ends included, with their heads: row 0 of the
 * table holds the labels of its columns; row 0 and column 0 of the grid the labels of its axes.
 */
struct chart_cells {
	bool in_grid;
	size_t first_row, first_column, last_row, last_column;
};

struct chart_series {
	struct chart_cells names, values; /* of points: x and y */
	struct chart_cells title;         /* one cell */
	size_t color;                     /* place in chart_palette, already within it */
};

enum { CHART_PALETTE_SIZE = 12, CHART_SERIES_MAX = 2 * CHART_PALETTE_SIZE };
extern const uint32_t chart_palette[CHART_PALETTE_SIZE]; /* 0xRRGGBB */

struct chart {
	enum chart_kind kind;
	const struct figure *figure;
	const struct figure_grid *grid; /* or NULL */
	struct chart_series series[CHART_SERIES_MAX];
	size_t series_count;
	bool has_labels;     /* the values stand beside the marks */
	size_t label_column; /* of points: the table's column that names them */
	const char *x, *y;   /* of points: titles of the axes; else NULL */
	enum value_kind kind_of_values, kind_of_x; /* the latter of points */
};

/* false: there is no such chart for the figure's shape, or nothing to draw. grid may be NULL. */
bool chart_plan(const struct figure *figure, const struct figure_grid *grid, enum language language,
		struct chart *chart_out);

/* What stands in a cell; numbers NAN where there is none. */
struct str chart_cell_text(struct arena *arena, const struct chart *chart,
			   const struct chart_cells *cells, size_t index, enum language language);
double chart_cell_number(const struct chart *chart, const struct chart_cells *cells, size_t index);
size_t chart_cells_count(const struct chart_cells *cells);

#endif
