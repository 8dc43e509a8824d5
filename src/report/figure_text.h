#ifndef REPORT_FIGURE_TEXT_H
#define REPORT_FIGURE_TEXT_H

#include "analyse/figure.h"
#include "base/message.h"
#include "base/strbuf.h"

/* Figures as text: what the writers of all forms say in the same words. */

#define PICK(language, pair) ((language) == LANGUAGE_ZH ? (pair).zh : (pair).en)

/*
 * A value as a person reads it: counts with thousands separators, shares as 12.3%, other numbers
 * with at most two decimals, dates as YYYY-MM-DD; a number that is not there is "–".
 */
struct str figure_value_text(struct arena *arena, enum value_kind kind,
			     const struct figure_value *value);
bool value_kind_is_measure(enum value_kind kind); /* count, number or share */

/* "12,345" */
struct str count_text(struct arena *arena, double count);

const char *unit_name(enum unit unit, enum language language); /* 件申请 / applications */

/*
 * Where a figure comes from, so that it can be asked for again: query, unit, as-of date, number of
 * documents, left out, method.
 */
struct str figure_source_line(struct arena *arena, const struct figure *figure,
			      enum language language);

/* The first column that is a measure, the first that is not, from a column on; or SIZE_MAX. */
size_t figure_measure(const struct figure *figure, size_t from);
size_t figure_category(const struct figure *figure, size_t from);

/* Whether a row is of a class of spots ("hot", "blank", "sparse"), by its key or by the word in its
   column "class". */
bool figure_row_is(const struct figure *figure, const struct figure_row *row, const char *class);

/* A figure of two categories and counts in long form, as a grid. */
struct figure_grid {
	struct str *rows, *columns;
	size_t row_count, column_count;
	double *values;                    /* row by row; NAN where the figure has no row */
	const struct figure_row **sources; /* the figure's row of each cell, or NULL */
	bool *columns_incomplete;          /* all of the column's cells are */
};
/*
 * rows come from column `down`, columns from `across`, values from `measure`; both axes in order
 * of appearance, years ascending. false: more than limit cells.
 */
bool figure_grid(struct arena *arena, const struct figure *figure, size_t down, size_t across,
		 size_t measure, size_t limit, struct figure_grid *grid_out);
/* The grid a figure of shape heat, bubbles or stacked is read as, years across. false: it is
   none, or a large one. */
bool figure_grid_usual(struct arena *arena, const struct figure *figure,
		       struct figure_grid *grid_out);

#endif
