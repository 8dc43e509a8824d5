#include "import/reader_internal.h"

#include "import/biff.h"
#include "import/string_pool.h"
#include "import/workbook.h"

#include <string.h>
#include <unistd.h>

/*
 * Excel 97 to 2003 workbooks ([MS-XLS]). Sheets are read record by record; strings lie in a
 * temporary file.
 */

/* The format ends at 65,536 rows of 256 columns: a larger file is not a list of patents. */
enum { XLS_SIZE_MAX = 1 << 30, SHEETS_MAX = 4096, STYLES_MAX = 1 << 16, VERSION_8 = 0x600 };

struct xls {
	int fd;
	struct biff biff;
	struct list sheets;  /* uint32_t: offsets in the stream */
	struct list formats; /* uint32_t: numbers of formats that show dates */
	struct list styles;  /* uint32_t: number of each style's format */
	struct string_pool strings;
	struct strbuf text;
	bool from_1904, held; /* held: the record at hand belongs to the next row */
	unsigned depth;       /* sheets hold charts: sheets in a sheet */
	struct row_buffer *row;
	int64_t row_number; /* 0-based; -1: none */
	size_t formula_column;
};

/* What the streams of a compound file tell about it. */
static const struct {
	const char *stream, *key, *what;
} contents[] = {
	{ "EncryptedPackage", "reader.is_encrypted", NULL },
	{ "WordDocument", "reader.is_document", "Word" },
	{ "PowerPoint Document", "reader.is_document", "PowerPoint" },
	{ "__properties_version1.0", "reader.is_document", "Outlook" },
	{ "Book", "reader.workbook_old", NULL },
};

static bool damaged(struct reader *reader, struct error *error)
{
	return reader_error(reader, error, ERROR_CORRUPT, "reader.workbook_damaged", -1, "xls");
}

static bool open_stream(struct reader *reader, struct error *error)
{
	struct xls *state = reader->state;
	struct compound *file;
	struct compound_stream stream;

	if (!compound_open(reader->part_arena, state->fd, &file))
		return damaged(reader, error);
	for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
		if (i == sizeof(contents) / sizeof(contents[0]) - 1 &&
		    compound_find(reader->part_arena, file, "Workbook", &stream))
			break;
		if (compound_find(reader->part_arena, file, contents[i].stream, &stream))
			return reader_error(reader, error, ERROR_INVALID, contents[i].key, -1,
					    contents[i].what);
	}
	if (!compound_find(reader->part_arena, file, "Workbook", &stream))
		return reader_error(reader, error, ERROR_INVALID, "reader.is_binary", -1, "OLE");
	biff_open(&state->biff, reader->part_arena, &stream);
	return true;
}

static void take_format(struct xls *state)
{
	size_t at = 2;
	uint32_t number = biff_get16(&state->biff, 0);

	if (biff_read_string(&state->biff, &at, &state->text) &&
	    workbook_is_date_format(strbuf_str(&state->text)) && state->formats.count < STYLES_MAX)
		*(uint32_t *)list_add(&state->formats) = number;
}

static bool take_strings(struct reader *reader, struct error *error)
{
	struct xls *state = reader->state;
	uint32_t count = biff_get32(&state->biff, 4);
	size_t at = 8;

	if (state->strings.file)
		return damaged(reader, error);
	if (!string_pool_open(&state->strings, reader->limits.spool_size_max, error))
		return false;
	/* A string cut off ends the table; cells that point behind it are empty. */
	for (uint32_t i = 0; i < count && biff_read_string(&state->biff, &at, &state->text); i++)
		if (!string_pool_add(&state->strings, strbuf_str(&state->text)))
			return reader_error(reader, error, ERROR_LIMIT, "reader.unpacked_too_large",
					    -1, NULL);
	return string_pool_map(&state->strings, error);
}

static bool take_global(struct reader *reader, struct error *error)
{
	struct xls *state = reader->state;
	struct biff *biff = &state->biff;

	switch (biff->kind) {
	case BIFF_BOF:
		return biff_get16(biff, 0) == VERSION_8 ||
		       reader_error(reader, error, ERROR_INVALID, "reader.workbook_old", -1, NULL);
	case BIFF_FILEPASS:
		return reader_error(reader, error, ERROR_INVALID, "reader.is_encrypted", -1, NULL);
	case BIFF_DATEMODE:
		state->from_1904 = biff_get16(biff, 0) == 1;
		return true;
	case BIFF_FORMAT:
		take_format(state);
		return true;
	case BIFF_XF:
		if (state->styles.count < STYLES_MAX)
			*(uint32_t *)list_add(&state->styles) = biff_get16(biff, 2);
		return true;
	case BIFF_BOUNDSHEET:
		if (biff->size > 5 && biff->data[5] == 0 && state->sheets.count < SHEETS_MAX)
			*(uint32_t *)list_add(&state->sheets) = biff_get32(biff, 0);
		return true;
	case BIFF_SST:
		return take_strings(reader, error);
	default:
		return true;
	}
}

static bool read_globals(struct reader *reader, struct error *error)
{
	struct biff *biff = &((struct xls *)reader->state)->biff;

	while (biff_next(biff)) {
		if (biff->kind == BIFF_EOF)
			return true;
		if (!take_global(reader, error))
			return false;
	}
	return damaged(reader, error);
}

/* False: the column is before the last one written, so the record is out of order and left. */
static bool to_column(struct xls *state, size_t column)
{
	if (column < state->row->ends.count)
		return false;
	row_buffer_pad(state->row, column);
	return true;
}

static void add_text(struct xls *state, size_t column, struct str s)
{
	if (!to_column(state, column))
		return;
	row_buffer_add(state->row, s.data, s.size);
	row_buffer_end_cell(state->row);
}

static bool is_date_style(const struct xls *state, size_t style)
{
	uint32_t format = style < state->styles.count ? LIST_AT(&state->styles, uint32_t, style)
						      : 0;

	if (workbook_is_date_id(format))
		return true;
	for (size_t i = 0; i < state->formats.count; i++)
		if (LIST_AT(&state->formats, uint32_t, i) == format)
			return true;
	return false;
}

static void add_number(struct xls *state, size_t column, size_t style, double value)
{
	char text[WORKBOOK_TEXT_SIZE] = "";

	if (is_date_style(state, style))
		workbook_date(value, state->from_1904, text);
	add_text(state, column, str_of(*text ? text : workbook_number(value, text)));
}

/* [MS-XLS] 2.5.217: 30 bits of a whole number or of a double, perhaps in hundredths. */
static double rk_value(uint32_t rk)
{
	uint64_t bits = (uint64_t)(rk & ~3u) << 32;
	double value;

	memcpy(&value, &bits, sizeof(value));
	if (rk & 2)
		value = (double)((int32_t)rk >> 2);
	return rk & 1 ? value / 100 : value;
}

static void add_many(struct xls *state)
{
	size_t column = biff_get16(&state->biff, 2);

	for (size_t at = 4; at + 8 <= state->biff.size; at += 6, column++)
		add_number(state, column, biff_get16(&state->biff, at),
			   rk_value(biff_get32(&state->biff, at + 2)));
}

/* A result that is no number has 0xFFFF at its end; a text follows in a record of its own. */
static void add_formula(struct xls *state, size_t column)
{
	const struct biff *biff = &state->biff;

	state->formula_column = column;
	if (biff_get16(biff, 12) != 0xFFFF)
		add_number(state, column, biff_get16(biff, 4), biff_get_double(biff, 6));
	else if (biff->size > 8 && biff->data[6] == 1)
		add_text(state, column, biff->data[8] ? STR("true") : STR("false"));
}

static void add_string(struct xls *state, size_t column, size_t at)
{
	if (biff_read_string(&state->biff, &at, &state->text))
		add_text(state, column, strbuf_str(&state->text));
}

static void add_cell(struct xls *state)
{
	const struct biff *biff = &state->biff;
	size_t column = biff_get16(biff, 2), style = biff_get16(biff, 4);

	switch (biff->kind) {
	case BIFF_LABELSST:
		add_text(state, column, string_pool_at(&state->strings, biff_get32(biff, 6)));
		break;
	case BIFF_LABEL:
	case BIFF_RSTRING:
		add_string(state, column, 6);
		break;
	case BIFF_NUMBER:
		add_number(state, column, style, biff_get_double(biff, 6));
		break;
	case BIFF_RK:
		add_number(state, column, style, rk_value(biff_get32(biff, 6)));
		break;
	case BIFF_MULRK:
		add_many(state);
		break;
	case BIFF_BOOLERR:
		if (biff->size > 7 && biff->data[7] == 0)
			add_text(state, column, biff->data[6] ? STR("true") : STR("false"));
		break;
	default:
		add_formula(state, column);
	}
}

static bool is_cell(unsigned kind)
{
	return kind == BIFF_LABELSST || kind == BIFF_LABEL || kind == BIFF_RSTRING ||
	       kind == BIFF_NUMBER || kind == BIFF_RK || kind == BIFF_MULRK ||
	       kind == BIFF_BOOLERR || kind == BIFF_FORMULA;
}

/* To the next record of the sheet itself, past charts in it. False at its end. */
static bool next_record(struct xls *state)
{
	while (biff_next(&state->biff)) {
		if (state->biff.kind == BIFF_BOF)
			state->depth++;
		else if (state->biff.kind == BIFF_EOF && --state->depth == 0)
			return false;
		else if (state->depth == 1)
			return true;
		if (state->depth == 0)
			return false;
	}
	state->biff.cut = true; /* no EOF record */
	return false;
}

/* Takes the records of one row; the first of the next row is held. False: the sheet has ended. */
static bool take_row(struct xls *state)
{
	while (state->held || next_record(state)) {
		int64_t row = biff_get16(&state->biff, 0);

		state->held = false;
		if (state->biff.kind == BIFF_STRING)
			add_string(state, state->formula_column, 0);
		if (!is_cell(state->biff.kind))
			continue;
		if (state->row_number >= 0 && row != state->row_number) {
			state->held = true;
			return true;
		}
		state->row_number = row;
		add_cell(state);
	}
	return false;
}

static enum read_result next_row(struct reader *reader, struct sheet_row *row_out,
				 struct error *error)
{
	struct xls *state = reader->state;
	bool more;

	if (state->depth == 0)
		return READ_END;
	row_buffer_clear(state->row);
	state->row_number = -1;
	more = take_row(state);
	reader->share_done = (double)state->biff.at / (double)state->biff.stream.size;
	row_out->place = state->row_number + 1;
	if (!more && state->biff.cut && state->row_number < 0) {
		damaged(reader, error);
		return READ_FAILED;
	}
	if (!more && !state->biff.cut)
		state->depth = 0;
	if (state->row_number < 0)
		return READ_END;
	return row_buffer_row(state->row, reader, state->row_number + 1, row_out, error);
}

/* The first sheet with a table. */
static bool open_sheets(struct reader *reader, struct error *error)
{
	struct xls *state = reader->state;

	reader_error(reader, error, ERROR_INVALID, "reader.no_table", -1, NULL);
	for (size_t i = 0; i < state->sheets.count; i++) {
		biff_seek(&state->biff, LIST_AT(&state->sheets, uint32_t, i));
		state->held = false;
		state->depth = 0;
		if (!biff_next(&state->biff) || state->biff.kind != BIFF_BOF) {
			damaged(reader, error);
			continue;
		}
		state->depth = 1;
		if (table_open(reader, next_row, 2, error))
			return true;
	}
	return false;
}

static void release_xls(void *resource)
{
	struct xls *state = resource;

	if (state->fd >= 0)
		close(state->fd);
	string_pool_close(&state->strings);
	strbuf_release(&state->text);
	list_release(&state->sheets);
	list_release(&state->formats);
	list_release(&state->styles);
}

static bool xls_open(struct reader *reader, struct error *error)
{
	struct xls *state = arena_new(reader->part_arena, struct xls);

	*state = (struct xls){ .fd = -1,
			       .sheets = LIST_OF(uint32_t),
			       .formats = LIST_OF(uint32_t),
			       .styles = LIST_OF(uint32_t),
			       .text = STRBUF_INIT };
	reader->state = state;
	arena_defer(reader->part_arena, release_xls, state);
	state->row = row_buffer_create(reader);
	return reader_part_file(reader, XLS_SIZE_MAX, &state->fd, error) &&
	       open_stream(reader, error) && read_globals(reader, error) &&
	       open_sheets(reader, error);
}

const struct format_driver xls_driver = { FORMAT_XLS, xls_open, table_next, NULL };
