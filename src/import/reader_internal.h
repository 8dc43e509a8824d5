#ifndef IMPORT_READER_INTERNAL_H
#define IMPORT_READER_INTERNAL_H

#include "base/list.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "import/container.h"
#include "import/encoding.h"
#include "import/reader.h"

/*
 * Inside of the readers. Bytes flow container (file, gzip, zip) -> text (one encoding) -> a format
 * reader, which builds one row at a time with the row builder below. One `part` is one member of
 * an archive, or the whole file.
 */

/* A step of the path tree: the child `name` of `parent`. Number 0 is the record, with no path. */
struct path_node {
	struct str name, path;
	uint32_t parent;
	uint32_t next_guess;  /* the sibling seen after this one the last time */
	uint32_t first_guess; /* the child seen first the last time */
	uint64_t seen;        /* number of the object that has this key already (JSON) */
};

struct paths {
	struct list nodes; /* struct path_node */
	struct map *children;
	struct arena *arena;
};

#define PATH_ROOT 0u
#define PATH_NONE UINT32_MAX

void paths_init(struct paths *paths, struct arena *arena);
void paths_release(struct paths *paths);
/*
 * The number of the path parent/name, new or known. previous is the sibling before (or parent, for
 * the first): documents repeat their order, so that the next one is mostly found with one
 * comparison. PATH_NONE when there are READER_PATHS_MAX already.
 */
uint32_t paths_child(struct paths *paths, uint32_t parent, uint32_t previous, struct str name);
struct path_node *paths_node(const struct paths *paths, uint32_t number);

/* Cells and groups of the row being built. */
struct row_builder {
	struct paths *paths;
	struct list cells;  /* struct cell; without paths until row_finish() */
	struct list groups; /* struct cell_group, likewise */
	size_t size;        /* bytes of all values */
	const char *warning;
};

void row_builder_init(struct row_builder *builder, struct paths *paths);
void row_builder_release(struct row_builder *builder);
void row_builder_clear(struct row_builder *builder); /* leaves groups[0] */
uint32_t row_builder_open_group(struct row_builder *builder, uint32_t path, uint32_t parent);
void row_builder_close_group(struct row_builder *builder, uint32_t group);
/* value is trimmed; an empty one is left out. It must live as long as the row. */
void row_builder_add(struct row_builder *builder, uint32_t path, uint32_t group, struct str value);
/* Takes back what came behind these counts; groups open then may be closed again. */
void row_builder_rollback(struct row_builder *builder, size_t cells, size_t groups);
/* Copies cells and groups to the arena and fills in their paths. */
void row_builder_finish(struct row_builder *builder, struct arena *arena, struct row *row_out);

struct reader;

/* What a format does; state is its own, made by open in reader->part_arena. */
struct format_driver {
	enum format format;
	bool (*open)(struct reader *reader, struct error *error);
	/* Builds the next row in reader->builder with values in row_arena; sets reader->place. */
	enum read_result (*next)(struct reader *reader, struct arena *row_arena,
				 struct error *error);
	/* The rules have changed; nothing has been read yet. NULL when they do not matter. */
	void (*set_records)(struct reader *reader);
};

/* One row of a sheet; the cells live until the next one is asked for. */
struct sheet_row {
	const struct str *cells;
	size_t count;
	int64_t place;
};
typedef enum read_result (*sheet_next_fn)(struct reader *reader, struct sheet_row *row_out,
					  struct error *error);

/*
 * What all tables share: finds the header row among the first rows that next gives and makes the
 * signature. score_min: distinct texts a header has at least.
 */
bool table_open(struct reader *reader, sheet_next_fn next, size_t score_min,
		struct error *error) MUST_CHECK;
/* The next of format_driver for tables. */
enum read_result table_next(struct reader *reader, struct arena *row_arena, struct error *error);

/* Gathers the cells of a row within the limits. */
struct row_buffer {
	const struct reader_limits *limits;
	struct strbuf bytes;
	struct list ends;  /* size_t: end of each cell in bytes */
	struct list cells; /* struct str: made by row_buffer_row() */
	const char *fault; /* message key of the limit that was passed */
};

struct row_buffer *row_buffer_create(struct reader *reader); /* released with the part */
void row_buffer_clear(struct row_buffer *buffer);
void row_buffer_add(struct row_buffer *buffer, const char *data, size_t size);
void row_buffer_end_cell(struct row_buffer *buffer);
/* Ends empty cells until there are count. */
void row_buffer_pad(struct row_buffer *buffer, size_t count);
/* Hands the row out, or READ_BAD_ROW for the limit passed. */
enum read_result row_buffer_row(struct row_buffer *buffer, struct reader *reader, int64_t place,
				struct sheet_row *row_out, struct error *error);

extern const struct format_driver delimited_driver, html_driver, xlsx_driver, xls_driver,
	json_driver, xml_driver;

struct reader {
	struct arena *arena; /* the reader's own, of its whole life */
	struct reader_limits limits;
	const char *file_name;
	struct container *container;
	struct part *part; /* what is being read; NULL between members */
	struct text *text; /* its text, for the text formats */
	struct arena *part_arena;
	const struct format_driver *driver;
	void *state;
	struct table *table; /* for the table formats */
	struct paths paths;
	struct row_builder builder;
	const struct record_rule *rules;
	size_t rule_count;
	struct list signature; /* struct str, in arena or part_arena */
	struct list early;     /* struct error: of members before the first that can be read */
	size_t early_told;
	int64_t place;
	uint64_t serial; /* number of JSON objects so far */
	uint64_t position;
	uint32_t part_number;
	const char *encoding;
	double share_done; /* of a workbook's sheet, 0 to 1: its file is not read in order */
	bool ended, closed;
};

/* The reader's errors: the detail is "file" or "file/member", and ": about" when that is given. */
bool reader_error(const struct reader *reader, struct error *error, enum error_kind kind,
		  const char *key, int64_t at, const char *about);

/* The part as a file that can be read at any place: itself, or a temporary copy. */
bool reader_part_file(struct reader *reader, int64_t size_max, int *fd_out,
		      struct error *error) MUST_CHECK;
void reader_clear_signature(struct reader *reader);
void reader_add_signature(struct reader *reader, struct str name); /* copies the name */

#endif
