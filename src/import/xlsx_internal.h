#ifndef IMPORT_XLSX_INTERNAL_H
#define IMPORT_XLSX_INTERNAL_H

#include "import/package_internal.h"
#include "import/reader_internal.h"
#include "import/string_pool.h"

/* Office Open XML workbooks, ECMA-376 part 1 section 18, transitional and strict alike. */

struct xlsx_sheet {
	char *path; /* of the part in the archive */
	struct str relation;
};

struct xlsx {
	struct package *package;
	bool from_1904;
	struct list sheets;  /* struct xlsx_sheet */
	struct list formats; /* uint32_t: own number formats that show dates */
	struct list is_date; /* bool, by style number */
	struct string_pool shared;
	struct package_part part; /* the sheet being read */
	struct row_buffer *row;
	/* the row and cell being read: */
	int64_t row_number;
	size_t column; /* of the cell, 0-based */
	char type[12];
	size_t style;
	struct strbuf text;
	bool in_value, in_phonetic, row_done;
};

/* xlsx_book.c: sheets, styles and shared strings. */
bool xlsx_read_book(struct reader *reader, struct error *error) MUST_CHECK;

#endif
