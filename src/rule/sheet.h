#ifndef RULE_SHEET_H
#define RULE_SHEET_H

#include "base/date.h"
#include "base/error.h"

/*
 * A table a person filled in, with the names of its columns, and readers for its cells. Where it
 * came from (CSV, workbook, records) is the caller's business. Every error names the line.
 */
struct sheet_row {
	int64_t line;            /* as a person finds it */
	const struct str *cells; /* one a column, trimmed, may be empty */
};

struct sheet {
	const struct str *names;
	size_t column_count;
	const struct sheet_row *rows;
	size_t row_count;
};

/* A column a reader knows. */
struct sheet_column {
	const char *name;  /* "filed" */
	const char *words; /* other headings, parted by ; ("申请日;filing date") */
	bool is_required;
};

enum { SHEET_COLUMNS_MAX = 48, SHEET_ROWS_MAX = 1000000 };

/* A sheet read with known columns, and the row that is being read. */
struct sheet_reader {
	const struct sheet *sheet;
	const struct sheet_column *columns;
	size_t column_count;
	size_t places
		[SHEET_COLUMNS_MAX]; /* of each known column in the sheet; SIZE_MAX: not there */
	const struct sheet_row *row;
};

/* An unknown heading is an error, as a misspelt one would lose data; so is one given twice. */
bool sheet_begin(const struct sheet *sheet, const struct sheet_column *columns, size_t column_count,
		 struct sheet_reader *reader_out, struct error *error) MUST_CHECK;
bool sheet_has(const struct sheet_reader *reader, size_t column);

/* Cells of the row. An empty one gives the empty text, DATE_NONE, false, or `otherwise`. */
struct str sheet_text(const struct sheet_reader *reader, size_t column);
bool sheet_date(const struct sheet_reader *reader, size_t column, date *date_out,
		struct error *error) MUST_CHECK;
bool sheet_integer(const struct sheet_reader *reader, size_t column, int64_t low, int64_t high,
		   int64_t otherwise, int64_t *value_out, struct error *error) MUST_CHECK;
bool sheet_number(const struct sheet_reader *reader, size_t column, double low, double high,
		  double otherwise, double *value_out, struct error *error) MUST_CHECK;
/* yes no true false 1 0 是 否 有 无 */
bool sheet_flag(const struct sheet_reader *reader, size_t column, bool *value_out,
		struct error *error) MUST_CHECK;
/* A message about this cell: its column, its text, its line. Returns false. */
bool sheet_error(const struct sheet_reader *reader, size_t column, const char *key,
		 struct error *error);

/* Takes the next entry off a list in a cell: parted by ; or ；, trimmed, empty ones passed over. */
bool sheet_next_entry(struct str *rest, struct str *entry_out);
/* Is word one of the words of a list parted by ; (ASCII letter case aside)? */
bool sheet_is_word(struct str word, const char *words);

#endif
