#ifndef IMPORT_READER_H
#define IMPORT_READER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/strbuf.h"

/*
 * Readers turn a file into rows, whatever its format, streaming: memory does not grow with the
 * file. They know formats, not sources: what a column or an element means is source.h's business.
 *
 * A row is a list of (path, value) cells in document order:
 *   tables (csv, xls, xlsx)  path = the header text, value = the cell;
 *   JSON                     path = "inventors/name" (array items repeat the path), value as text;
 *   XML                      path = "B100/B110/DNUM/PDAT" below the record element, attributes as
 *                            "B721/@sequence", mixed content as the element's whole text.
 * Namespace prefixes are left out of paths. Attributes come before the texts of their element.
 * `group` tells which cells belong together: it is the number of the element (JSON: the object)
 * the cell stands directly in -- for "a/b/c" that b, for "a/b/@id" that b too -- counted from 1
 * in the order they open within the row; the record itself is 0. In tables it is 0.
 */
struct cell {
	struct str path;
	struct str value;   /* valid UTF-8, trimmed, may hold line breaks */
	uint32_t group;     /* number of the element or object the cell stands directly in */
	uint32_t parent;    /* group number of the one around that; 0 at the top */
};

struct row {
	struct cell *cells;
	size_t count;
	int64_t place;      /* 1-based row (tables, as a person sees it), record (XML, JSON) */
	struct str raw_path; /* member of an archive, or empty */
	const char *warning; /* message key of what was mended on the way in, or NULL */
};

enum format { FORMAT_UNKNOWN, FORMAT_DELIMITED, FORMAT_XLSX, FORMAT_XLS, FORMAT_JSON, FORMAT_XML };

enum read_result {
	READ_ROW,
	READ_END,
	READ_BAD_ROW, /* this row cannot be used (error says why); reading goes on behind it */
	READ_FAILED   /* the file cannot be read any further; error says where and why */
};

struct reader;

struct reader_limits {
	size_t cell_size_max;     /* bytes; larger cells make a bad row */
	size_t row_size_max;      /* bytes of all cells together */
	size_t unpacked_size_max; /* of one archive member, and of all of them */
	unsigned columns_max, depth_max;
};
extern const struct reader_limits reader_default_limits;

/*
 * Opens a file: looks through gzip and zip, finds format and encoding from the content, and for
 * tables finds the header row. Errors say what the file is instead (a picture, a folder, empty).
 * skip_rows: rows already taken in by an interrupted import; they are passed over cheaply.
 */
bool reader_open(struct arena *arena, const char *path, const struct reader_limits *limits,
		 struct reader **reader_out, struct error *error) MUST_CHECK;
void reader_close(struct reader *reader); /* also deferred to the arena by reader_open */

/* Format of what is being read now, and what identifies it: */
enum format reader_format(const struct reader *reader);
/* the header cells of a table (in order), or the root and record element names of XML, or the
   top keys of the first JSON object. */
const struct str *reader_signature(const struct reader *reader, size_t *count_out);
const char *reader_encoding(const struct reader *reader); /* "UTF-8", "GB18030", ... */

/*
 * The next row; its cells live in row_arena. XML needs the record elements' names first: they are
 * guessed from known roots, see reader_signature().
 */
enum read_result reader_next(struct reader *reader, struct arena *row_arena, struct row *row_out,
			     struct error *error) MUST_CHECK;
/* Bytes of the file consumed so far and its size, for progress. */
void reader_progress(const struct reader *reader, int64_t *done_out, int64_t *total_out);

#endif
