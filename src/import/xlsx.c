#include "import/xlsx_internal.h"

#include "import/workbook.h"

#include <string.h>

enum { DEPTH_MAX = 64 };

/* "BC12" is column 54; 0-based, SIZE_MAX when there is no letter. */
static size_t column_of(const char *reference)
{
	size_t column = 0;

	if (!reference || !(*reference >= 'A' && *reference <= 'Z'))
		return SIZE_MAX;
	for (; *reference >= 'A' && *reference <= 'Z' && column < 1 << 20; reference++)
		column = column * 26 + (size_t)(*reference - 'A' + 1);
	return column - 1;
}

static void start_cell(struct xlsx *state, const char **attributes)
{
	const char *type = package_attribute(attributes, "t");
	const char *style = package_attribute(attributes, "s");
	size_t column = column_of(package_attribute(attributes, "r"));
	int64_t number = 0;

	/* Cells without a reference, or out of order, follow the one before. */
	state->column = state->row->ends.count;
	if (column != SIZE_MAX && column > state->column)
		state->column = column;
	row_buffer_pad(state->row, state->column);
	snprintf(state->type, sizeof(state->type), "%s", type ? type : "n");
	state->style = style && str_to_int64(str_of(style), &number) ? (size_t)number : 0;
	strbuf_clear(&state->text);
}

static void sheet_start(void *user, const char *name, const char **attributes)
{
	struct reader *reader = user;
	struct xlsx *state = reader->state;
	const char *local = package_local(name), *number;
	int64_t row;

	if (++state->part.depth > DEPTH_MAX) {
		package_part_stop(&state->part, "reader.too_deep");
	} else if (strcmp(local, "row") == 0) {
		number = package_attribute(attributes, "r");
		state->row_number++;
		if (number && str_to_int64(str_of(number), &row) && row > 0)
			state->row_number = row;
		row_buffer_clear(state->row);
	} else if (strcmp(local, "c") == 0) {
		start_cell(state, attributes);
	} else if (strcmp(local, "v") == 0 || strcmp(local, "t") == 0) {
		state->in_value = true;
	} else if (strcmp(local, "rPh") == 0) {
		state->in_phonetic = true;
	}
}

static void sheet_text(void *user, const char *data, int size)
{
	struct reader *reader = user;
	struct xlsx *state = reader->state;

	if (state->in_value && !state->in_phonetic)
		strbuf_add(&state->text, data, (size_t)size);
}

/* Numbers keep their text, unless it is a float's: "2.01408706E+11", "3.0". */
static struct str number_text(const struct xlsx *state, struct str s, char text[WORKBOOK_TEXT_SIZE])
{
	bool dated = state->style < state->is_date.count &&
		     LIST_AT(&state->is_date, bool, state->style);
	double value;

	if (!dated && str_find_byte(s, '.') == STR_NOT_FOUND &&
	    str_find_byte(s, 'E') == STR_NOT_FOUND)
		return s;
	if (!str_to_double(s, &value))
		return s;
	if (dated && *workbook_date(value, state->from_1904, text))
		return str_of(text);
	return str_of(workbook_number(value, text));
}

static struct str cell_value(const struct xlsx *state, char text[WORKBOOK_TEXT_SIZE])
{
	struct str s = str_trim(strbuf_str(&state->text));
	int64_t number;

	if (strcmp(state->type, "s") == 0)
		return str_to_int64(s, &number) && number >= 0
			       ? string_pool_at(&state->shared, (size_t)number)
			       : STR_EMPTY;
	if (strcmp(state->type, "n") == 0)
		return number_text(state, s, text);
	if (strcmp(state->type, "b") == 0)
		return str_equal_cstr(s, "1") ? STR("true") : STR("false");
	if (strcmp(state->type, "e") == 0)
		return STR_EMPTY; /* #N/A and the like: no value */
	if (strcmp(state->type, "d") == 0 && str_ends_with(s, STR("T00:00:00")))
		return str_slice(s, 0, s.size - 9);
	return strbuf_str(&state->text);
}

static void end_cell(struct xlsx *state)
{
	char text[WORKBOOK_TEXT_SIZE];
	struct str value = cell_value(state, text);

	row_buffer_add(state->row, value.data, value.size);
	row_buffer_end_cell(state->row);
}

static void sheet_end(void *user, const char *name)
{
	struct reader *reader = user;
	struct xlsx *state = reader->state;
	const char *local = package_local(name);

	state->part.depth--;
	if (strcmp(local, "v") == 0 || strcmp(local, "t") == 0)
		state->in_value = false;
	else if (strcmp(local, "rPh") == 0)
		state->in_phonetic = false;
	else if (strcmp(local, "c") == 0)
		end_cell(state);
	else if (strcmp(local, "row") == 0) {
		state->row_done = true;
		XML_StopParser(state->part.parser, XML_TRUE);
	}
}

static enum read_result next_row(struct reader *reader, struct sheet_row *row_out,
				 struct error *error)
{
	struct xlsx *state = reader->state;

	state->row_done = false;
	row_out->place = state->row_number + 1;
	if (!package_part_run(&state->part, error)) {
		error->at = state->row_number;
		return READ_FAILED;
	}
	if (state->part.size > 0)
		reader->share_done = (double)state->part.given / (double)state->part.size;
	if (!state->row_done)
		return READ_END;
	return row_buffer_row(state->row, reader, state->row_number, row_out, error);
}

static bool open_sheet(struct reader *reader, const char *path, struct error *error)
{
	struct xlsx *state = reader->state;

	package_part_close(&state->part);
	if (!package_part_open(state->package, path, &state->part, error))
		return false;
	XML_SetUserData(state->part.parser, reader);
	XML_SetElementHandler(state->part.parser, sheet_start, sheet_end);
	XML_SetCharacterDataHandler(state->part.parser, sheet_text);
	state->row_number = 0;
	state->in_value = state->in_phonetic = false;
	return table_open(reader, next_row, 2, error);
}

/* The first sheet with a table. */
static bool open_sheets(struct reader *reader, struct error *error)
{
	struct xlsx *state = reader->state;

	reader_error(reader, error, ERROR_INVALID, "reader.no_table", -1, NULL);
	for (size_t i = 0; i < state->sheets.count; i++) {
		const char *path = LIST_AT(&state->sheets, struct xlsx_sheet, i).path;

		if (path && open_sheet(reader, path, error))
			return true;
	}
	return false;
}

static void release_xlsx(void *resource)
{
	struct xlsx *state = resource;

	package_part_close(&state->part);
	string_pool_close(&state->shared);
	strbuf_release(&state->text);
	list_release(&state->sheets);
	list_release(&state->formats);
	list_release(&state->is_date);
}

static bool check_contents(struct reader *reader, struct error *error)
{
	static const char *const others[][2] = { { "word/document.xml", "Word" },
						 { "ppt/presentation.xml", "PowerPoint" },
						 { "mimetype", "OpenDocument/EPUB" } };
	const struct xlsx *state = reader->state;

	if (package_has(state->package, "xl/workbook.xml"))
		return true;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (package_has(state->package, others[i][0]))
			return reader_error(reader, error, ERROR_INVALID, "reader.is_document", -1,
					    others[i][1]);
	return reader_error(reader, error, ERROR_INVALID, "reader.workbook_damaged", -1,
			    "xl/workbook.xml");
}

static bool open_package(struct reader *reader, struct error *error)
{
	struct xlsx *state = reader->state;
	struct error place;
	struct package_options options = { .damaged = "reader.workbook_damaged",
					   .unpacked_size_max = reader->limits.unpacked_size_max };
	int fd;

	reader_error(reader, &place, ERROR_NONE, options.damaged, -1, NULL);
	options.place = arena_copy(reader->part_arena, place.detail, strlen(place.detail));
	return reader_part_file(reader, reader->limits.spool_size_max, &fd, error) &&
	       package_open(reader->part_arena, fd, &options, &state->package, error);
}

static bool xlsx_open(struct reader *reader, struct error *error)
{
	struct xlsx *state = arena_new(reader->part_arena, struct xlsx);

	reader->state = state;
	*state = (struct xlsx){ .sheets = LIST_OF(struct xlsx_sheet),
				.formats = LIST_OF(uint32_t),
				.is_date = LIST_OF(bool),
				.text = STRBUF_INIT };
	state->text.size_max = reader->limits.cell_size_max + 1;
	state->row = row_buffer_create(reader);
	if (!open_package(reader, error))
		return false;
	arena_defer(reader->part_arena, release_xlsx, state); /* before the package closes */
	return check_contents(reader, error) && xlsx_read_book(reader, error) &&
	       open_sheets(reader, error);
}

const struct format_driver xlsx_driver = { FORMAT_XLSX, xlsx_open, table_next, NULL };
