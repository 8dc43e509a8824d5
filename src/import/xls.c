#include "import/reader_internal.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "import/workbook.h"

#include <fcntl.h>
#include <freexl.h>
#include <string.h>
#include <unistd.h>

/* Excel 97 to 2003 workbooks (BIFF in a compound file), read whole by freexl. */

/* The format ends at 65,536 rows of 256 columns: a larger file is not a list of patents. */
enum { XLS_SIZE_MAX = 512 << 20 };

struct xls {
	const void *handle;
	int fd;
	unsigned rows, row;
	unsigned short columns;
	struct row_buffer *buffer;
};

/* Streams of a compound file that tell what it holds, as names are stored: UTF-16LE. */
static const struct {
	struct str name;
	const char *key, *what;
} contents[] = {
	{ STR_INIT("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), "reader.is_encrypted",
	  NULL },
	{ STR_INIT("W\0o\0r\0k\0b\0o\0o\0k\0"), NULL, NULL },
	{ STR_INIT("B\0o\0o\0k\0\0"), NULL, NULL },
	{ STR_INIT("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), "reader.is_document", "Word" },
	{ STR_INIT("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c\0"), "reader.is_document",
	  "PowerPoint" },
	{ STR_INIT("_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s\0"), "reader.is_document", "Outlook" },
};

/* The directory begins at the sector named at offset 48 ([MS-CFB] 2.2); 4 KiB of it will do. */
static size_t read_directory(int fd, char *directory, size_t size)
{
	unsigned char header[64];
	uint32_t sector;
	ssize_t got;

	if (pread(fd, header, sizeof(header), 0) != (ssize_t)sizeof(header))
		return 0;
	memcpy(&sector, header + 48, sizeof(sector));
	got = pread(fd, directory, size, ((off_t)sector + 1) << (header[30] == 12 ? 12 : 9));
	return got > 0 ? (size_t)got : 0;
}

static bool check_contents(struct reader *reader, int fd, struct error *error)
{
	char directory[4096];
	struct str s = { directory, read_directory(fd, directory, sizeof(directory)) };

	for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
		if (str_find(s, contents[i].name) == STR_NOT_FOUND)
			continue;
		return !contents[i].key || reader_error(reader, error, ERROR_INVALID,
							contents[i].key, -1, contents[i].what);
	}
	return reader_error(reader, error, ERROR_INVALID, "reader.is_binary", -1, "OLE");
}

static void release_xls(void *resource)
{
	struct xls *state = resource;

	if (state->handle)
		freexl_close(state->handle);
	if (state->fd >= 0)
		close(state->fd);
}

static void add_number(struct xls *state, double value)
{
	char text[WORKBOOK_TEXT_SIZE];

	workbook_number(value, text);
	row_buffer_add(state->buffer, text, strlen(text));
}

/* freexl gives texts in UTF-8, but does not vouch for damaged files. */
static void add_text(struct xls *state, const char *text)
{
	struct str s = str_of(text);
	char bytes[UTF8_SIZE_MAX];

	if (utf8_is_valid(s)) {
		row_buffer_add(state->buffer, s.data, s.size);
		return;
	}
	for (size_t at = 0; at < s.size;)
		row_buffer_add(state->buffer, bytes, utf8_encode(utf8_next(s, &at), bytes));
}

/* freexl writes dates as "2011-08-04", times as "13:30:00", both with a blank between them. */
static void add_cell(struct xls *state, const FreeXL_CellValue *cell)
{
	switch (cell->type) {
	case FREEXL_CELL_INT:
		add_number(state, cell->value.int_value);
		break;
	case FREEXL_CELL_DOUBLE:
		add_number(state, cell->value.double_value);
		break;
	case FREEXL_CELL_TEXT:
	case FREEXL_CELL_SST_TEXT:
	case FREEXL_CELL_DATE:
	case FREEXL_CELL_DATETIME:
	case FREEXL_CELL_TIME:
		add_text(state, cell->value.text_value ? cell->value.text_value : "");
		break;
	default:
		break;
	}
	row_buffer_end_cell(state->buffer);
}

static enum read_result next_row(struct reader *reader, struct sheet_row *row_out,
				 struct error *error)
{
	struct xls *state = reader->state;

	if (state->row == state->rows)
		return READ_END;
	row_buffer_clear(state->buffer);
	for (unsigned short i = 0; i < state->columns; i++) {
		FreeXL_CellValue cell = { .type = FREEXL_CELL_NULL };

		if (freexl_get_cell_value(state->handle, state->row, i, &cell) != FREEXL_OK)
			cell.type = FREEXL_CELL_NULL;
		add_cell(state, &cell);
	}
	state->row++;
	reader->share_done = (double)state->row / state->rows;
	return row_buffer_row(state->buffer, reader, state->row, row_out, error);
}

static bool open_book(struct reader *reader, struct error *error)
{
	struct xls *state = reader->state;
	unsigned password = FREEXL_BIFF_PLAIN;
	char path[40];
	int result;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", state->fd);
	result = freexl_open(path, &state->handle);
	if (result == FREEXL_OK)
		result = freexl_get_info(state->handle, FREEXL_BIFF_PASSWORD, &password);
	if (password == FREEXL_BIFF_OBFUSCATED || result == FREEXL_CRAFTED_FILE)
		return reader_error(reader, error, ERROR_INVALID,
				    password == FREEXL_BIFF_OBFUSCATED ? "reader.is_encrypted"
								       : "reader.workbook_damaged",
				    -1, NULL);
	if (result != FREEXL_OK)
		return reader_error(reader, error, ERROR_CORRUPT, "reader.workbook_damaged", -1,
				    NULL);
	return true;
}

/* The first sheet with a table. */
static bool open_sheets(struct reader *reader, struct error *error)
{
	struct xls *state = reader->state;
	unsigned sheets = 0;
	bool done = false;

	freexl_get_info(state->handle, FREEXL_BIFF_SHEET_COUNT, &sheets);
	reader_error(reader, error, ERROR_INVALID, "reader.no_table", -1, NULL);
	for (unsigned i = 0; i < sheets && !done; i++) {
		if (freexl_select_active_worksheet(state->handle, (unsigned short)i) != FREEXL_OK ||
		    freexl_worksheet_dimensions(state->handle, &state->rows, &state->columns) !=
			    FREEXL_OK)
			continue;
		state->row = 0;
		done = table_open(reader, next_row, 2, error);
	}
	return done;
}

static bool xls_open(struct reader *reader, struct error *error)
{
	struct xls *state = arena_new(reader->part_arena, struct xls);

	state->fd = -1;
	reader->state = state;
	arena_defer(reader->part_arena, release_xls, state);
	state->buffer = row_buffer_create(reader);
	if (!reader_part_file(reader, XLS_SIZE_MAX, &state->fd, error))
		return false;
	return check_contents(reader, state->fd, error) && open_book(reader, error) &&
	       open_sheets(reader, error);
}

const struct format_driver xls_driver = { FORMAT_XLS, xls_open, table_next, NULL };
