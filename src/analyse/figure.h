#ifndef ANALYSE_FIGURE_H
#define ANALYSE_FIGURE_H

#include "analyse/input.h"
#include "base/jsonout.h"

/*
 * What every analysis gives: a table that says what was counted, how, in what, and as of when,
 * and for each row the query that opens the documents behind it. The command line, the report
 * and the web application show figures; none of them computes one.
 */
enum value_kind {
	VALUE_TEXT,
	VALUE_COUNT,
	VALUE_NUMBER,
	VALUE_SHARE, /* 0..1 */
	VALUE_YEAR,
	VALUE_DATE
};

struct figure_column {
	const char *name; /* "year", "count": key in JSON */
	struct label label;
	enum value_kind kind;
};

struct figure_value {
	struct str text; /* VALUE_TEXT, in the input's language */
	double number;   /* the other kinds; NAN: none. VALUE_DATE: days */
};

struct figure_row {
	const struct figure_value *values; /* one a column */
	/* Query that gives the row's documents, to be ANDed with the figure's; or empty. */
	struct str drill;
	bool is_incomplete;  /* the unpublished tail and the like: shown greyed */
	int64_t application; /* a row about one document: its id in the library; 0: none */
	struct str key;      /* what was counted, as the index has it ("active"); or empty */
};

/* How the figure is best drawn; the columns it needs are told by their order (see docs). */
enum figure_shape {
	SHAPE_TABLE,
	SHAPE_BARS,
	SHAPE_COLUMNS,
	SHAPE_LINE,
	SHAPE_STACKED,
	SHAPE_RING,
	SHAPE_HEAT,
	SHAPE_BUBBLES,
	SHAPE_SCATTER_PATH,
	SHAPE_NETWORK,
	SHAPE_TREE,
	SHAPE_SANKEY,
	SHAPE_MAP,
	SHAPE_RADAR,
	SHAPE_TIMELINE,
	SHAPE_QUADRANT
};

struct figure_note {
	const char *name; /* "cr4": a single number the finding speaks of */
	struct label label;
	double number;
	struct str text; /* when it is not a number */
};

struct figure {
	const char *id; /* "trend" */
	struct label title;
	struct label method; /* one sentence: definition and source of the formula */
	struct str finding;  /* what it shows, written by who has report/findings.h; or empty */
	enum figure_shape shape;
	enum unit unit;
	struct str query; /* base query */
	date as_of;
	const struct figure_column *columns;
	size_t column_count;
	size_t dimension_count; /* of a count: the first columns, before the measure; else 0 */
	struct figure_row *rows;
	size_t row_count;
	const struct figure_note *notes;
	size_t note_count;
	uint64_t documents; /* in the base set, in the figure's unit */
	uint64_t left_out;  /* of them without a value (no date, no class): in no row */
	/* Further tables of the same analysis: the links of a network. */
	const struct figure *parts;
	size_t part_count;
};

/* The fixed part of a figure. */
struct figure_spec {
	const char *id;
	struct label title, method;
	enum figure_shape shape;
	const struct figure_column *columns;
	size_t column_count;
};

/*
 * One analysis: from a set of documents to a figure, whole and deterministic. Its definition
 * (formula, source, unit, edge cases) stands at the function and in docs/analyses.md. With too
 * little data a figure has no rows, or the note "not_enough_data" set to 1, and never a guess.
 */
struct build;
struct analysis {
	struct figure_spec figure;
	/* Fills rows and notes. */
	bool (*run)(const struct analysis *analysis, struct build *build, struct error *error);
	bool needs_technology, needs_effect; /* has no rows without that tree */
	bool counts_applications; /* whatever the unit of the input: dates or ranks of single ones */
	unsigned column, other;   /* index columns it reads, for functions shared by several */
	size_t top;               /* longest list unless the input says otherwise */
	const char *clause;       /* of the policy, beside that of every analysis; NULL: none */
};
#define ANALYSIS_CLAUSE "2.3-b"                 /* what every analysis serves */
extern const struct analysis *const analyses[]; /* in the order of a report */
extern const size_t analysis_count;
const struct analysis *analysis_find(struct str id); /* NULL when there is none */
/* ERROR_LIMIT when the input's deadline has passed. */
bool analysis_run(const struct analysis *analysis, const struct analysis_input *input,
		  struct arena *arena, struct figure **figure_out, struct error *error) MUST_CHECK;

/* The number of a note, NAN when the figure has none of that name; and its text, or empty. */
double figure_note_number(const struct figure *figure, const char *name);
struct str figure_note_text(const struct figure *figure, const char *name);
/* The column of that name, or SIZE_MAX. */
size_t figure_column_find(const struct figure *figure, const char *name);

const char *figure_shape_name(enum figure_shape shape); /* "bars", as in the JSON */
/* The whole figure as one JSON object: docs/analyses.md has its form. */
void figure_write_json(const struct figure *figure, enum language language, struct jsonout *json);

#endif
