#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include "base/error.h"
#include "base/str.h"

/*
 * One table as a workbook that people fill in and send back: heads with notes, cells that offer their
 * choices, wrong cells marked. Texts are always written as strings, so that none can be a formula.
 */
enum sheet_kind { SHEET_TEXT, SHEET_LONG_TEXT, SHEET_NUMBER, SHEET_AMOUNT, SHEET_DATE };

struct sheet_column {
	struct str head, note; /* the note may be empty */
	enum sheet_kind kind;
	const struct str *choices; /* one of them a cell holds; NULL: anything */
	size_t choice_count;
};

/* A cell at fault. column SHEET_ROW: the row as a whole. In the order of their rows. */
#define SHEET_ROW SIZE_MAX
struct sheet_mark {
	size_t row, column; /* from 0; row 0 is the one below the heads */
	struct str text;
};

struct sheet {
	struct str name; /* of the sheet: shortened and cleaned */
	const struct str *
		lead; /* lines above the heads: of what day, by which method; row 0 stays below the heads */
	size_t lead_count;
	const struct sheet_column *columns;
	size_t column_count;
	const struct str *const *rows; /* column_count cells each */
	size_t row_count;
	const struct sheet_mark *marks;
	size_t mark_count;
	struct str mark_head; /* of a further last column with the texts of each row's marks */
};

/* Numbers and dates ("2026-02-28") become cells of their kind where they are; other texts stay. */
bool report_write_sheet(const struct sheet *sheet, const char *path,
			struct error *error) MUST_CHECK;

#endif
