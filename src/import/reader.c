#include "import/reader_internal.h"

#include "base/file.h"
#include "import/sniff.h"

#include <fcntl.h>
#include <string.h>

const struct reader_limits reader_default_limits = {
	.cell_size_max = (size_t)32 << 20,
	.row_size_max = (size_t)64 << 20,
	.unpacked_size_max = (int64_t)256 << 30,
	.spool_size_max = (int64_t)4 << 30,
	.columns_max = 16384,
	.depth_max = 200,
};

static const struct {
	const char *name;
	const struct format_driver *driver;
} formats[FORMAT_COUNT] = {
	[FORMAT_UNKNOWN] = { "unknown", NULL },
	[FORMAT_DELIMITED] = { "delimited", &delimited_driver },
	[FORMAT_HTML] = { "html", &html_driver },
	[FORMAT_XLSX] = { "xlsx", &xlsx_driver },
	[FORMAT_XLS] = { "xls", &xls_driver },
	[FORMAT_JSON] = { "json", &json_driver },
	[FORMAT_XML] = { "xml", &xml_driver },
};

const char *format_name(enum format format)
{
	return formats[format].name;
}

bool reader_error(const struct reader *reader, struct error *error, enum error_kind kind,
		  const char *key, int64_t at, const char *about)
{
	struct str member = reader->part ? str_slice(reader->part->name, 0, 100) : STR_EMPTY;

	error_set_at(error, kind, key, at, "%.100s%s%.*s", reader->file_name,
		     member.size ? "/" : "", STR_ARGS(member));
	if (about)
		error_hint(error, "%s", about);
	return false;
}

void reader_clear_signature(struct reader *reader)
{
	list_clear(&reader->signature);
}

void reader_add_signature(struct reader *reader, struct str name)
{
	*(struct str *)list_add(&reader->signature) = str_copy(reader->part_arena, name);
}

bool reader_part_file(struct reader *reader, int64_t size_max, int *fd_out, struct error *error)
{
	const char *path = reader->part->path;

	if (!path)
		return stream_spool(reader->part->stream, size_max, fd_out, error);
	*fd_out = open(path, O_RDONLY | O_CLOEXEC);
	return *fd_out >= 0 || error_set_errno(error, "file.open", path);
}

static bool open_text(struct reader *reader, enum format *format_out, struct error *error)
{
	const char *key, *what;

	if (!text_open(reader->part_arena, reader->part->stream, reader->limits.row_size_max,
		       &reader->text, error))
		return false;
	if (!sniff_is_text(text_window(reader->text)))
		return reader_error(reader, error, ERROR_INVALID, "reader.is_binary", -1, "?");
	reader->encoding = reader->text->encoding ? reader->text->encoding : "UTF-8";
	if (!sniff_text(text_window(reader->text), format_out, &key, &what))
		return reader_error(reader, error, ERROR_INVALID, key, -1, what);
	return true;
}

static bool open_part(struct reader *reader, struct error *error)
{
	struct str start = stream_peek(reader->part->stream);
	enum format format;
	const char *key, *what;

	if (start.size == 0)
		return reader_error(reader, error, ERROR_INVALID, "reader.is_empty", -1, NULL);
	if (!sniff_signature(start, &format, &key, &what))
		return reader_error(reader, error, ERROR_INVALID, key, -1, what);
	reader->text = NULL;
	reader->encoding = "UTF-8";
	if (format == FORMAT_UNKNOWN && !open_text(reader, &format, error))
		return false;
	reader->driver = formats[format].driver;
	return reader->driver->open(reader, error);
}

static void leave_part(struct reader *reader)
{
	arena_reset(reader->part_arena);
	list_clear(&reader->signature);
	reader->part = NULL;
	reader->driver = NULL;
	reader->text = NULL;
	reader->table = NULL;
	reader->state = NULL;
	reader->share_done = 0;
}

/* Members of an archive that were never meant to be read. */
static bool is_other_matter(const struct error *error)
{
	static const char *const keys[] = { "reader.is_picture", "reader.is_document",
					    "reader.is_binary",  "reader.is_schema",
					    "reader.is_empty",   "reader.is_archive",
					    "reader.no_table" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(error->key, keys[i]) == 0)
			return true;
	return false;
}

/* READ_ROW: the next part is open. An archive passes over parts that are something else. */
static enum read_result next_part(struct reader *reader, struct error *error)
{
	for (;;) {
		enum part_result result;
		bool alone;

		leave_part(reader);
		result = container_next(reader->container, &reader->part, error);
		if (result == PART_END)
			return READ_END;
		if (result != PART_OK)
			return result == PART_BAD ? READ_BAD_ROW : READ_FAILED;
		reader->part_number++;
		if (open_part(reader, error))
			return READ_ROW;
		alone = reader->part->name.size == 0;
		reader->driver = NULL;
		if (alone)
			return READ_FAILED;
		if (!is_other_matter(error))
			return READ_BAD_ROW;
	}
}

static void close_deferred(void *reader)
{
	reader_close(reader);
}

enum { EARLY_MAX = 1000 };

/*
 * The first part that can be read. Damaged members before it become the first bad rows; without
 * any part that can be read the reason is told.
 */
static bool open_first(struct reader *reader, struct error *error)
{
	enum read_result result;

	error->key = NULL;
	while ((result = next_part(reader, error)) == READ_BAD_ROW)
		if (reader->early.count < EARLY_MAX)
			*(struct error *)list_add(&reader->early) = *error;
	if (result == READ_ROW)
		return true;
	if (reader->early.count > 0)
		*error = LIST_AT(&reader->early, struct error, 0);
	else if (result == READ_END && !error->key)
		reader_error(reader, error, ERROR_INVALID, "reader.nothing_inside", -1, NULL);
	return false;
}

bool reader_open(struct arena *arena, const char *path, const struct reader_limits *limits,
		 struct reader **reader_out, struct error *error)
{
	struct reader *reader = arena_new(arena, struct reader);

	reader->arena = arena_create(4096);
	reader->part_arena = arena_create(4096);
	reader->limits = limits ? *limits : reader_default_limits;
	reader->file_name = arena_printf(reader->arena, "%s", file_name(path));
	reader->signature = LIST_OF(struct str);
	reader->early = LIST_OF(struct error);
	paths_init(&reader->paths, reader->arena);
	row_builder_init(&reader->builder, &reader->paths);
	arena_defer(arena, close_deferred, reader);
	*reader_out = reader;
	return container_open(reader->arena, arena_printf(reader->arena, "%s", path),
			      &reader->limits, &reader->container, error) &&
	       open_first(reader, error);
}

void reader_close(struct reader *reader)
{
	if (reader->closed)
		return;
	reader->closed = true;
	arena_destroy(reader->part_arena);
	list_release(&reader->signature);
	list_release(&reader->early);
	row_builder_release(&reader->builder);
	paths_release(&reader->paths);
	arena_destroy(reader->arena);
}

void reader_set_records(struct reader *reader, const struct record_rule *rules, size_t count)
{
	reader->rules = rules;
	reader->rule_count = count;
	if (reader->driver && reader->driver->set_records)
		reader->driver->set_records(reader);
}

enum format reader_format(const struct reader *reader)
{
	return reader->driver ? reader->driver->format : FORMAT_UNKNOWN;
}

const struct str *reader_signature(const struct reader *reader, size_t *count_out)
{
	*count_out = reader->signature.count;
	return reader->signature.items;
}

const char *reader_encoding(const struct reader *reader)
{
	return reader->encoding;
}

uint32_t reader_part(const struct reader *reader)
{
	return reader->part_number;
}

uint64_t reader_position(const struct reader *reader)
{
	return reader->position;
}

/* U+FFFD in a cell that was not in the file: looked for only when some was put in. */
static bool has_mended_cell(const struct reader *reader)
{
	for (size_t i = 0; i < reader->builder.cells.count; i++)
		if (str_find(LIST_AT(&reader->builder.cells, struct cell, i).value,
			     STR("\xEF\xBF\xBD")) != STR_NOT_FOUND)
			return true;
	return false;
}

static void finish_row(struct reader *reader, struct arena *row_arena, struct row *row_out)
{
	if (reader->text && reader->text->mended && has_mended_cell(reader))
		reader->builder.warning = "reader.mended";
	row_builder_finish(&reader->builder, row_arena, row_out);
	row_out->place = reader->place;
	row_out->part = reader->part_number;
	row_out->member = STR_EMPTY;
	if (reader->part && reader->part->name.size)
		row_out->member = str_copy(row_arena, reader->part->name);
	reader->position++;
}

/* One more result of the part that is open, or of finding the next one. */
static enum read_result next_result(struct reader *reader, struct arena *row_arena,
				    struct error *error)
{
	enum read_result result = READ_END;

	reader->place = 0;
	row_builder_clear(&reader->builder);
	if (reader->early_told < reader->early.count) {
		*error = LIST_AT(&reader->early, struct error, reader->early_told++);
		return READ_BAD_ROW;
	}
	while (result == READ_END && !reader->ended) {
		if (reader->driver)
			result = reader->driver->next(reader, row_arena, error);
		if (result != READ_END)
			break;
		result = next_part(reader, error);
		reader->ended = result == READ_END || result == READ_FAILED;
		if (result == READ_ROW)
			result = READ_END; /* the part is open: its first row is next */
	}
	return result;
}

/* A damaged member does not end an archive: the next one may be whole. */
static enum read_result soften(struct reader *reader, enum read_result result)
{
	if (result != READ_FAILED || !reader->part || reader->part->name.size == 0 || reader->ended)
		return result;
	reader->driver = NULL;
	return READ_BAD_ROW;
}

enum read_result reader_next(struct reader *reader, struct arena *row_arena, struct row *row_out,
			     struct error *error)
{
	bool early = reader->early_told < reader->early.count;
	enum read_result result = soften(reader, next_result(reader, row_arena, error));

	*row_out = (struct row){ 0 };
	if (result == READ_ROW || result == READ_BAD_ROW)
		finish_row(reader, row_arena, row_out);
	else
		reader->ended = true;
	if (early)
		row_out->member = STR_EMPTY; /* the error names it; this part is another one */
	return result;
}

bool reader_skip(struct reader *reader, uint64_t count, struct error *error)
{
	enum { ROWS_PER_RESET = 64 };
	struct arena *arena = arena_create(1 << 16);
	enum read_result result = READ_ROW;
	struct row row;

	for (uint64_t i = 0; i < count && result != READ_END && result != READ_FAILED; i++) {
		if (i % ROWS_PER_RESET == 0)
			arena_reset(arena);
		result = reader_next(reader, arena, &row, error);
	}
	arena_destroy(arena);
	if (result == READ_END)
		return reader_error(reader, error, ERROR_CONFLICT, "reader.shorter", -1, NULL);
	return result != READ_FAILED;
}

void reader_progress(const struct reader *reader, int64_t *done_out, int64_t *total_out)
{
	container_progress(reader->container, done_out, total_out);
	if (reader->share_done > 0 && reader->share_done <= 1)
		*done_out = (int64_t)(reader->share_done * (double)*total_out);
}
