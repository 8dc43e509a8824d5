#ifndef IMPORT_READER_H
#define IMPORT_READER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/*
 * Readers turn a file into rows, whatever its format, streaming: memory does not grow with the
 * file (an .xls workbook is the exception: its format allows no more than 65,536 rows a sheet).
 * They know formats, not sources: what a column or an element means is source.h's business.
 *
 * A row is a list of cells in document order. Cells without text (empty, JSON null) are left out.
 *
 * Paths, joined by '/':
 *   tables (csv, xls, xlsx, html)
 *        the header text as it stands, line breaks as one blank ("申请日"). Under a merged header
 *        "merged/own" ("申请人/地址"); a column without a header is "#7" (1-based).
 *   JSON the keys from the record object down; an array adds no step, its items repeat the path:
 *        "pn", "ipc" (once for each item), "inventors/name". A '/' inside a key stays.
 *        Numbers keep the text they have in the file; true and false are "true" and "false".
 *   XML  local names of the elements below the record element (never a prefix, whatever the
 *        namespace: "ops:legal" and "legal" are both "legal"), attributes as "@name" at the end:
 *        "citation/patcit/@num". Attributes of the record element itself: "@country". Text
 *        directly in the record element has the empty path. xmlns and schemaLocation are left out.
 *        An element that holds text, perhaps with inline elements among it (b, sub, figref, maths,
 *        nested claim-text ...), gives one cell with its whole text and none for what is inside;
 *        runs of white space are one blank there, and each block inside (p, li, claim-text, br, a
 *        row of a table) begins a new line: '\n'. An element of one run of text keeps its blanks
 *        inside ("A45F  504"); white space with a line break in it is one blank. A line end (also
 *        br) between two Chinese characters, or a comma and one, was only a full line: nothing.
 *
 * Groups tell which cells belong together. Every element that has attributes or child elements
 * (not the inline ones inside a text) and every object of JSON is a group; the record itself is
 * groups[0], the others follow in the order they open. A cell's group is the element or object it
 * stands directly in: for "a/b/c" that b, for "a/b/@id" that b too; in a table it is 0. Attributes
 * come before the texts of their element. The cells of a group with all that is inside it are the
 * range [cell_first, cell_end) of row.cells. So
 *     <citation><patcit num="1"><document-id><country>US</country><kind>A</kind>...
 * has the groups 1 citation, 2 citation/patcit, 3 citation/patcit/document-id; its cells
 * citation/patcit/@num stand in group 2, .../country and .../kind in group 3 with parent 2.
 *     <invention-title lang="en">Wheel</invention-title>
 * has one group with the range of two cells: invention-title/@lang stands in that group, the text
 * invention-title in the group around it. Items of an array of plain values are cells of the
 * object that has the array.
 */
struct cell {
	struct str path;  /* lives as long as the reader; equal paths have equal data pointers */
	struct str value; /* valid UTF-8, trimmed, not empty, may hold line breaks, no NUL */
	uint32_t group;   /* number of the element or object the cell stands directly in */
	uint32_t parent;  /* group number of the one around that; 0 at the top */
	uint32_t path_id; /* number of the path in this reader, below READER_PATHS_MAX */
};

struct cell_group {
	struct str path;
	uint32_t path_id;
	uint32_t parent; /* 0 for groups[0] itself */
	uint32_t cell_first, cell_end;
};

struct row {
	struct cell *cells;
	size_t count;
	struct cell_group *groups; /* at least one */
	size_t group_count;
	/*
	 * Where a person finds it: the row number of the sheet (tables; a line of a text table with
	 * line breaks inside quoted cells counts once), else the record's number in its file or
	 * archive member (JSON lines: blank lines do not count). 1-based.
	 */
	int64_t place;
	struct str member; /* name of the archive member it comes from, or empty */
	/* Changes whenever reader_format() or reader_signature() may have changed: next member of an
	   archive, next document with another root. Starts at 1. */
	uint32_t part;
	const char *warning; /* message key of what was mended on the way in, or NULL */
};

/* A file with more different paths than this is not patent data: ERROR_LIMIT. */
enum { READER_PATHS_MAX = 65536 };

enum format {
	FORMAT_UNKNOWN,
	FORMAT_DELIMITED,
	FORMAT_HTML,
	FORMAT_XLSX,
	FORMAT_XLS,
	FORMAT_JSON,
	FORMAT_XML,
	FORMAT_COUNT
};
const char *format_name(enum format format); /* "delimited", "xlsx", ...: static */

enum read_result {
	READ_ROW,
	READ_END,
	READ_BAD_ROW, /* this row cannot be used (error says why); reading goes on behind it */
	READ_FAILED   /* the file cannot be read any further; error says where and why */
};

struct reader;

struct reader_limits {
	size_t cell_size_max;      /* bytes; a larger cell makes a bad row */
	size_t row_size_max;       /* bytes of all cells together; a larger row is a bad row */
	int64_t unpacked_size_max; /* bytes of all that is unpacked from one file */
	int64_t spool_size_max; /* bytes of temporary files (archive in archive, workbook strings) */
	unsigned columns_max, depth_max;
};
extern const struct reader_limits reader_default_limits;

/*
 * Opens a file: looks through gzip and zip (an archive in an archive once), finds format and
 * encoding from the content, never from the name, and for tables finds the header row. Errors say
 * what the file is instead (a picture, a folder, empty). Members of an archive that hold no data
 * (pictures, PDF, schemas) are passed over; a damaged one is a bad row. limits: NULL for
 * reader_default_limits. The reader lives until reader_close or the end of the arena.
 */
bool reader_open(struct arena *arena, const char *path, const struct reader_limits *limits,
		 struct reader **reader_out, struct error *error) MUST_CHECK;
void reader_close(
	struct reader *reader); /* also deferred to the arena by reader_open; twice is fine */

/*
 * Which elements are records. XML: under a root element named root (local name) every outermost
 * element named record is one; several rules may name one root; root and record may be the same
 * name. JSON: root NULL, record the path of the array of records inside one enclosing object
 * ("patentBag", "response/docs"). Without a matching rule the reader guesses: XML the one repeated
 * child (or grandchild) of the root, else the root itself; JSON the largest array of objects in
 * an object that has little else. Call before the first reader_next(); rules must outlive it.
 */
struct record_rule {
	enum format format; /* FORMAT_XML or FORMAT_JSON */
	const char *root, *record;
};
void reader_set_records(struct reader *reader, const struct record_rule *rules, size_t count);

/* Format of what is being read now, and what identifies it: */
enum format reader_format(const struct reader *reader);
/*
 * Tables: the header paths of all columns in order ("#3" for one without a header).
 * XML: root element, record element (local names), then those of the attributes "@name" of the
 * root. JSON: the keys of the first record, in order.
 */
const struct str *reader_signature(const struct reader *reader, size_t *count_out);
const char *reader_encoding(const struct reader *reader); /* "UTF-8", "GB18030", "UTF-16LE", ... */
uint32_t reader_part(const struct reader *reader);        /* see row.part */

/*
 * The next row; cells, groups and values live in row_arena. After READ_BAD_ROW row_out->place,
 * member and part are set, and cells hold what could be read (perhaps none).
 */
enum read_result reader_next(struct reader *reader, struct arena *row_arena, struct row *row_out,
			     struct error *error) MUST_CHECK;
/*
 * Passes over the next count results of reader_next (READ_ROW and READ_BAD_ROW alike), to resume
 * at a checkpoint: the same file gives the same results in the same order. False when the file
 * ends or fails before that.
 */
bool reader_skip(struct reader *reader, uint64_t count, struct error *error) MUST_CHECK;
/* READ_ROW and READ_BAD_ROW results so far: what reader_skip() takes to come back here. */
uint64_t reader_position(const struct reader *reader);
/* Bytes of the file consumed so far and its size, for progress. */
void reader_progress(const struct reader *reader, int64_t *done_out, int64_t *total_out);

#endif
