#ifndef ANALYSE_BUILD_INTERNAL_H
#define ANALYSE_BUILD_INTERNAL_H

#include "analyse/count.h"
#include "analyse/figure.h"

#include <math.h>

/*
 * Building a figure row by row: begin with its fixed part, then for each row build_row() and one
 * call a column, in order. Everything lives in the arena.
 */
#define COLUMNS(array) .columns = (array), .column_count = sizeof(array) / sizeof((array)[0])

struct build {
	struct arena *arena;
	const struct analysis_input *input;
	struct figure *figure;
	size_t row_room, note_room, part_room;
	size_t filled;               /* columns of the last row */
	struct figure_value *values; /* of the last row */
};

struct build build_begin(const struct analysis_input *input, struct arena *arena,
			 const struct figure_spec *spec);
/* A new row. Its address is good until the next one. */
struct figure_row *build_row(struct build *build);
void build_text(struct build *build, struct str text);
/* The name of an axis value, as people read it. */
void build_name(struct build *build, const struct axis *axis, uint32_t value);
void build_number(struct build *build, double number);
void build_drill(struct build *build, struct str drill);
void build_note(struct build *build, const char *name, struct label label, double number);
void build_note_text(struct build *build, const char *name, struct label label, struct str text);
/* Says that there is too little to say anything. Returns true, for `return`. */
bool build_not_enough(struct build *build);
/* A table belonging to the figure; to be built before the next one is begun. */
struct build build_part(struct build *build, const struct figure_spec *spec);
void build_part_end(struct build *build, const struct build *part);

/* Text of the input's language. */
struct str build_label(const struct build *build, struct label label);

/* ---- Years. */
enum { YEAR_SPAN_MAX = 150 };
/* A count for every year from first to last, with none left out. */
struct years {
	int first, last;  /* first > last: no years at all */
	uint32_t *counts; /* of year first + i */
	uint64_t without; /* documents without a year */
};
/* The years of a year column (COL_YEAR_FILED ...); at most YEAR_SPAN_MAX to the latest. */
struct years years_count(const struct analysis_input *input, struct arena *arena, unsigned column);
uint32_t years_at(const struct years *years, int year); /* 0 outside */
/*
 * The first year that is not whole yet as of the input's day. Filings are published 18 months
 * after the priority date (专利法 article 34), so a filing year is whole 18 months after its end;
 * publications and grants are known when they happen.
 */
int first_incomplete_year(date as_of, unsigned column);
/* The year an axis value of a year column stands for, or 0. */
int axis_year(const struct axis *axis, uint32_t value);

/* The publication number to show for a document: the latest stage that has a kind; or empty. */
struct str document_number(const struct analysis_input *input, struct arena *arena,
			   uint32_t document);
/* The first value of a keyword column for people, or empty. */
struct str document_name(const struct analysis_input *input, struct arena *arena, unsigned column,
			 uint32_t document);
/* A number of a document, NAN when it has none. */
double number_or_none(const struct snapshot *snapshot, unsigned column, uint32_t document);
/* Fills a row's drill and application for one document. */
void build_document(struct build *build, uint32_t document);

/* Length of the longest list: the input's, or what is usual. */
size_t build_top(const struct build *build, size_t usual);

#endif
