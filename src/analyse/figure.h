#ifndef ANALYSE_FIGURE_H
#define ANALYSE_FIGURE_H

#include "analyse/input.h"

/*
 * What every analysis gives: a table that says what was counted, how, in what, and as of when,
 * and for each row the query that opens the documents behind it. The command line, the report
 * and the web application show figures; none of them computes one.
 */
enum value_kind { VALUE_TEXT, VALUE_COUNT, VALUE_NUMBER, VALUE_SHARE /* 0..1 */, VALUE_YEAR, VALUE_DATE };

struct figure_column {
	const char *name; /* "year", "count": key in JSON */
	struct { const char *zh, *en; } label;
	enum value_kind kind;
};

struct figure_value {
	struct str text;  /* VALUE_TEXT */
	double number;    /* the other kinds; NAN: none. VALUE_DATE: days */
};

struct figure_row {
	const struct figure_value *values; /* one a column */
	struct str drill;  /* query that gives the row's documents, ANDed with the figure's; or empty */
	bool is_incomplete; /* the unpublished tail and the like: shown greyed */
};

/* How the figure is best drawn; the columns it needs are told by their order (see docs). */
enum figure_shape {
	SHAPE_TABLE, SHAPE_BARS, SHAPE_COLUMNS, SHAPE_LINE, SHAPE_STACKED, SHAPE_RING, SHAPE_HEAT,
	SHAPE_BUBBLES, SHAPE_SCATTER_PATH, SHAPE_NETWORK, SHAPE_TREE, SHAPE_SANKEY, SHAPE_MAP,
	SHAPE_RADAR, SHAPE_TIMELINE, SHAPE_QUADRANT
};

struct figure_note {
	const char *name; /* "cr4": a single number the finding speaks of */
	struct { const char *zh, *en; } label;
	double number;
	struct str text;  /* when it is not a number */
};

struct figure {
	const char *id;           /* "trend" */
	struct { const char *zh, *en; } title;
	struct { const char *zh, *en; } method; /* one sentence: definition and source of the formula */
	enum figure_shape shape;
	enum unit unit;
	struct str query;         /* base query */
	date as_of;
	const struct figure_column *columns;
	size_t column_count;
	struct figure_row *rows;
	size_t row_count;
	const struct figure_note *notes;
	size_t note_count;
	uint64_t documents;       /* in the base set, in the figure's unit */
	uint64_t left_out;        /* of them not in any row (no date, no value); 0 when several rows
				     a document are possible */
};

#endif
