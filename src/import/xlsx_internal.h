#ifndef IMPORT_XLSX_INTERNAL_H
#define IMPORT_XLSX_INTERNAL_H

#include "import/reader_internal.h"
#include "import/string_pool.h"

#define XML_DTD /* makes expat.h declare the protection against expansion */
#include <expat.h>
#include <zip.h>

/* Office Open XML workbooks, ECMA-376 part 1 section 18, transitional and strict alike. */

struct xlsx_part {
	zip_file_t *file;
	XML_Parser parser;
	int64_t size, given; /* bytes: unpacked, and given to the parser */
	unsigned depth;
	bool suspended, last, ended; /* last: all bytes are given */
	const char *fault;           /* message key, when a handler stopped the parser */
};

struct xlsx_sheet {
	char *path; /* of the part in the archive */
	struct str relation;
};

struct xlsx {
	zip_t *archive;
	int64_t unpacked;
	bool from_1904;
	struct list sheets;  /* struct xlsx_sheet */
	struct list formats; /* uint32_t: own number formats that show dates */
	struct list is_date; /* bool, by style number */
	struct string_pool shared;
	struct xlsx_part part; /* the sheet being read */
	struct row_buffer *row;
	/* the row and cell being read: */
	int64_t row_number;
	size_t column; /* of the cell, 0-based */
	char type[12];
	size_t style;
	struct strbuf text;
	bool in_value, in_phonetic, row_done;
};

typedef void (*xlsx_start_fn)(void *user, const char *name, const char **attributes);
typedef void (*xlsx_end_fn)(void *user, const char *name);
typedef void (*xlsx_text_fn)(void *user, const char *data, int size);

const char *xlsx_attribute(const char **attributes, const char *name); /* NULL when missing */
const char *xlsx_local(const char *name);

/* A part of the archive as an XML stream; a missing one is an error. */
bool xlsx_part_open(struct reader *reader, const char *name, struct xlsx_part *part,
		    struct error *error) MUST_CHECK;
void xlsx_part_close(struct xlsx_part *part);
void xlsx_part_stop(struct xlsx_part *part, const char *fault);
/* Goes on until a handler suspends the parser or the part ends. */
bool xlsx_part_run(struct reader *reader, struct xlsx_part *part, struct error *error) MUST_CHECK;
bool xlsx_has_part(const struct xlsx *state, const char *name);

/* xlsx_book.c: sheets, styles and shared strings. */
bool xlsx_read_book(struct reader *reader, struct error *error) MUST_CHECK;

#endif
