#include "import/xlsx_internal.h"

#include "import/workbook.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_SIZE = 65536, TOKEN_SIZE_MAX = 4 << 20, DEPTH_MAX = 64 };

const char *xlsx_local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

/* A name with a prefix is looked for by its local part: the prefix is the file's own choice. */
const char *xlsx_attribute(const char **attributes, const char *name)
{
	bool prefixed = strchr(name, ':') != NULL;

	for (; *attributes; attributes += 2)
		if (strcmp(prefixed ? xlsx_local(attributes[0]) : attributes[0],
			   xlsx_local(name)) == 0 &&
		    prefixed == (strchr(attributes[0], ':') != NULL))
			return attributes[1];
	return NULL;
}

bool xlsx_has_part(const struct xlsx *state, const char *name)
{
	return zip_name_locate(state->archive, name, 0) >= 0;
}

static bool zip_failed(struct reader *reader, const char *name, struct error *error)
{
	struct xlsx *state = reader->state;
	int code = zip_error_code_zip(zip_get_error(state->archive));
	bool locked = code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD;

	return reader_error(reader, error, locked ? ERROR_INVALID : ERROR_CORRUPT,
			    locked ? "reader.is_encrypted" : "reader.workbook_damaged", -1, name);
}

bool xlsx_part_open(struct reader *reader, const char *name, struct xlsx_part *part,
		    struct error *error)
{
	struct xlsx *state = reader->state;
	zip_stat_t status;

	*part = (struct xlsx_part){ .file = zip_fopen(state->archive, name, 0) };
	if (!part->file)
		return zip_failed(reader, name, error);
	if (zip_stat(state->archive, name, 0, &status) == 0 && status.valid & ZIP_STAT_SIZE)
		part->size = (int64_t)status.size;
	part->parser = XML_ParserCreate(NULL);
	/* A workbook has no entities of its own: the least room for them. */
	XML_SetBillionLaughsAttackProtectionMaximumAmplification(part->parser, 2);
	XML_SetBillionLaughsAttackProtectionActivationThreshold(part->parser, 1 << 16);
	return true;
}

void xlsx_part_close(struct xlsx_part *part)
{
	if (part->parser)
		XML_ParserFree(part->parser);
	if (part->file)
		zip_fclose(part->file);
	*part = (struct xlsx_part){ 0 };
}

void xlsx_part_stop(struct xlsx_part *part, const char *fault)
{
	part->fault = fault;
	XML_StopParser(part->parser, XML_FALSE);
}

static bool part_error(struct reader *reader, const struct xlsx_part *part, struct error *error)
{
	enum XML_Error code = XML_GetErrorCode(part->parser);

	return reader_error(reader, error, part->fault ? ERROR_LIMIT : ERROR_CORRUPT,
			    part->fault ? part->fault : "reader.workbook_damaged", -1,
			    part->fault ? NULL : XML_ErrorString(code));
}

static bool is_over_limit(struct reader *reader, struct xlsx_part *part)
{
	struct xlsx *state = reader->state;

	if (state->unpacked > reader->limits.unpacked_size_max)
		part->fault = "reader.unpacked_too_large";
	else if (part->given - XML_GetCurrentByteIndex(part->parser) > TOKEN_SIZE_MAX)
		part->fault = "reader.xml_token_too_large";
	return part->fault != NULL;
}

bool xlsx_part_run(struct reader *reader, struct xlsx_part *part, struct error *error)
{
	struct xlsx *state = reader->state;
	char block[BLOCK_SIZE];

	while (!part->ended) {
		enum XML_Status status;

		if (part->suspended) {
			status = XML_ResumeParser(part->parser);
		} else {
			zip_int64_t got = zip_fread(part->file, block, sizeof(block));

			if (got < 0)
				return reader_error(reader, error, ERROR_CORRUPT,
						    "reader.workbook_damaged", -1,
						    zip_file_strerror(part->file));
			part->given += got;
			state->unpacked += got;
			part->last = got == 0;
			status = XML_Parse(part->parser, block, (int)got, part->last);
		}
		part->suspended = status == XML_STATUS_SUSPENDED;
		if (status == XML_STATUS_ERROR || is_over_limit(reader, part))
			return part_error(reader, part, error);
		if (part->suspended)
			return true;
		part->ended = part->last;
	}
	return true;
}

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
	const char *type = xlsx_attribute(attributes, "t");
	const char *style = xlsx_attribute(attributes, "s");
	size_t column = column_of(xlsx_attribute(attributes, "r"));
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
	const char *local = xlsx_local(name), *number;
	int64_t row;

	if (++state->part.depth > DEPTH_MAX) {
		xlsx_part_stop(&state->part, "reader.too_deep");
	} else if (strcmp(local, "row") == 0) {
		number = xlsx_attribute(attributes, "r");
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
	const char *local = xlsx_local(name);

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
	if (!xlsx_part_run(reader, &state->part, error)) {
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

	xlsx_part_close(&state->part);
	if (!xlsx_part_open(reader, path, &state->part, error))
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

	xlsx_part_close(&state->part);
	if (state->archive)
		zip_discard(state->archive);
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

	if (xlsx_has_part(state, "xl/workbook.xml"))
		return true;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (xlsx_has_part(state, others[i][0]))
			return reader_error(reader, error, ERROR_INVALID, "reader.is_document", -1,
					    others[i][1]);
	return reader_error(reader, error, ERROR_INVALID, "reader.workbook_damaged", -1,
			    "xl/workbook.xml");
}

static bool open_archive(struct reader *reader, struct error *error)
{
	struct xlsx *state = reader->state;
	zip_error_t reason;
	int code, fd;

	if (!reader_part_file(reader, reader->limits.spool_size_max, &fd, error))
		return false;
	state->archive = zip_fdopen(fd, 0, &code);
	if (state->archive)
		return true;
	close(fd);
	zip_error_init_with_code(&reason, code);
	reader_error(reader, error, ERROR_CORRUPT, "reader.workbook_damaged", -1,
		     zip_error_strerror(&reason));
	zip_error_fini(&reason);
	return false;
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
	arena_defer(reader->part_arena, release_xlsx, state);
	state->row = row_buffer_create(reader);
	return open_archive(reader, error) && check_contents(reader, error) &&
	       xlsx_read_book(reader, error) && open_sheets(reader, error);
}

const struct format_driver xlsx_driver = { FORMAT_XLSX, xlsx_open, table_next, NULL };
