/*
 * A filled-in workbook becomes records, in one transaction: all rows or, with the first wrong one, none.
 * A dry run does the same and takes it back, so that it finds what rows say against each other too.
 */
#include "api/record_sheet.h"
#include "api/routes.h"
#include "base/list.h"
#include "http/upload.h"
#include "import/reader.h"

#include <string.h>

enum { ROWS_MAX = 5000, ERRORS_MAX = 1000, TEXT_SIZE_MAX = 64 << 20 };

static const struct label errors_head = { "错误", "Errors" };

struct sheet_row {
	int64_t place;
	const struct str *cells; /* column_count of them */
	bool is_bad;             /* could not be read */
};

struct sheet_error {
	size_t row, column; /* column SHEET_ROW: no single cell */
	const char *field;
	struct error error;
};

struct import {
	struct record_call *records;
	struct str *heads;
	size_t column_count;
	struct exchange_columns columns;
	struct list rows, errors; /* struct sheet_row, struct sheet_error */
	size_t text_size;
	int64_t created, updated, unchanged, failed;
	bool keeps_good; /* rows without errors are kept, whatever the others */
};

/* ---- Errors. */

static void add_error(struct import *import, size_t row, size_t column, const char *field,
		      const struct error *error)
{
	if (import->errors.count < ERRORS_MAX)
		*(struct sheet_error *)list_add(
			&import->errors) = (struct sheet_error){ row, column, field, *error };
}

static void add_field_errors(struct import *import, size_t row, const struct field_errors *errors)
{
	const struct record_type *type = import->records->type;

	for (size_t i = 0; i < errors->count; i++) {
		const struct field_error *item = &errors->items[i];
		struct error error;

		error_set(&error, ERROR_INVALID, item->key, "%s", item->detail);
		add_error(import, row, exchange_column_of(type, &import->columns, item->field),
			  item->field, &error);
	}
}

/* What is wrong with this row, and not with the machine. */
static bool is_of_row(const struct error *error)
{
	return error->kind == ERROR_INVALID || error->kind == ERROR_FORBIDDEN ||
	       error->kind == ERROR_NOT_FOUND || error->kind == ERROR_CONFLICT;
}

/* ---- Reading the file. */

static bool is_table(enum format format)
{
	return format == FORMAT_XLSX || format == FORMAT_XLS || format == FORMAT_DELIMITED ||
	       format == FORMAT_HTML;
}

/* The column of errors that we wrote ourselves is not read. */
static bool read_heads(struct import *import, struct reader *reader, struct error *error)
{
	struct arena *arena = import->records->call->arena;
	const struct str *names = reader_signature(reader, &import->column_count);

	if (!is_table(reader_format(reader)) || import->column_count > EXCHANGE_COLUMNS_MAX)
		return error_set(error, ERROR_INVALID, "api.sheet_form", "%s",
				 format_name(reader_format(reader)));
	import->heads = arena_array(arena, struct str, import->column_count);
	for (size_t i = 0; i < import->column_count; i++) {
		bool is_ours = str_equal_cstr(names[i], errors_head.zh) ||
			       str_equal_cstr(names[i], errors_head.en) ||
			       str_starts_with(names[i], STR("#"));

		import->heads[i] = is_ours ? STR_EMPTY : str_copy(arena, names[i]);
	}
	while (import->column_count && !import->heads[import->column_count - 1].size)
		import->column_count--;
	return true;
}

/* The cells stand in the order of their columns, empty ones left out. */
static bool keep_row(struct import *import, struct reader *reader, const struct row *row,
		     bool is_bad, struct error *error)
{
	struct arena *arena = import->records->call->arena;
	struct str *cells = arena_array(arena, struct str, import->column_count + 1);
	size_t name_count, at = 0;
	const struct str *names = reader_signature(reader, &name_count);

	for (size_t i = 0; i < row->count; i++) {
		while (at < import->column_count && !str_equal(names[at], row->cells[i].path))
			at++;
		if (at == import->column_count)
			break;
		cells[at++] = str_copy(arena, row->cells[i].value);
		import->text_size += row->cells[i].value.size;
	}
	*(struct sheet_row *)list_add(&import->rows) = (struct sheet_row){ row->place, cells,
									   is_bad };
	if (import->rows.count > ROWS_MAX || import->text_size > TEXT_SIZE_MAX)
		return error_set(error, ERROR_LIMIT, "api.sheet_rows", "%d", ROWS_MAX);
	return true;
}

static bool read_rows(struct import *import, struct reader *reader, struct arena *row_arena,
		      struct error *error)
{
	for (;;) {
		struct row row = { .count = 0 };
		enum read_result result = reader_next(reader, row_arena, &row, error);

		if (result == READ_END)
			return true;
		if (result == READ_FAILED)
			return false;
		if (result == READ_BAD_ROW) {
			row.count = 0;
			add_error(import, import->rows.count, SHEET_ROW, "", error);
			import->failed++;
		}
		if (!keep_row(import, reader, &row, result == READ_BAD_ROW, error))
			return false;
		arena_reset(row_arena);
	}
}

static bool read_file(struct import *import, const char *path, struct error *error)
{
	struct reader_limits limits = reader_default_limits;
	struct arena *row_arena = arena_create(1 << 16);
	struct reader *reader;
	bool done;

	limits.cell_size_max = 1 << 20;
	limits.row_size_max = 4 << 20;
	limits.unpacked_size_max = limits.spool_size_max = 256 << 20;
	done = reader_open(import->records->call->arena, path, &limits, &reader, error);
	if (done) {
		done = read_heads(import, reader, error) &&
		       read_rows(import, reader, row_arena, error);
		reader_close(reader);
	}
	if (!done && error->kind == ERROR_CORRUPT)
		error->kind = ERROR_INVALID; /* the client's file, not our data */
	arena_destroy(row_arena);
	return done;
}

/* ---- Saving. */

static bool is_same(struct record_call *records, const struct record *record,
		    const struct record *stored)
{
	for (size_t i = 0; i < record->type->field_count; i++) {
		const struct value *a = &record->values[i], *b = &stored->values[i];
		struct arena *arena = records->store.arena;

		if (a->is_masked != b->is_masked ||
		    (!a->is_masked &&
		     !str_equal(record_format_value(arena, &record->type->fields[i], a),
				record_format_value(arena, &record->type->fields[i], b))))
			return false;
	}
	return true;
}

/* A row of an export that is sent back as it was asks for nothing, even where nothing is allowed. */
static bool is_unchanged(struct record_call *records, const struct record *record)
{
	struct record *stored;
	struct error ignored;

	return record_find(&records->store, records->type, record->id, &stored, &ignored) &&
	       is_same(records, record, stored);
}

/* Errors that are the row's are left in records->errors or *error. */
static bool save_record(struct import *import, struct record *record, struct error *error)
{
	struct record_call *records = import->records;
	int64_t version = record->version;

	if (!record->id) {
		if (!record_create(&records->store, record, &records->errors, error))
			return false;
		import->created++;
		return true;
	}
	if (!record_update(&records->store, record, &records->errors, error)) {
		if (error->kind != ERROR_FORBIDDEN || !is_unchanged(records, record))
			return false;
		import->unchanged++;
		return true;
	}
	if (record->version == version)
		import->unchanged++;
	else
		import->updated++;
	return true;
}

static bool take_row(struct import *import, const struct sheet_row *row, struct error *error)
{
	struct record_call *records = import->records;
	struct record *record;
	bool good;

	if (!exchange_read_row(&records->store, records->type, &import->columns, row->cells,
			       import->column_count, &record, &records->errors, &good, error))
		return false;
	if (good)
		return save_record(import, record, error);
	if (record)
		return record_call_check(records, record, error);
	return error_set(error, ERROR_INVALID, "record.invalid", "%zu", records->errors.count);
}

/* Within a savepoint: a wrong row leaves nothing behind. */
static bool save_row(struct import *import, size_t at, struct error *error)
{
	const struct sheet_row *row = &LIST_AT(&import->rows, struct sheet_row, at);
	struct record_call *records = import->records;
	struct db *db = records->call->db;

	records->errors.count = 0;
	if (!db_script(db, "SAVEPOINT sheet_row", error))
		return false;
	if (take_row(import, row, error))
		return db_script(db, "RELEASE SAVEPOINT sheet_row", error);
	if (!is_of_row(error))
		return false;
	import->failed++;
	add_field_errors(import, at, &records->errors);
	if (!records->errors.count)
		add_error(import, at,
			  exchange_column_of(records->type, &import->columns,
					     error->field ? error->field : ""),
			  error->field ? error->field : "", error);
	return db_script(db, "ROLLBACK TO SAVEPOINT sheet_row", error) &&
	       db_script(db, "RELEASE SAVEPOINT sheet_row", error);
}

static bool save_rows(struct import *import, struct error *error)
{
	struct record_call *records = import->records;
	struct arena *row_arena = arena_create(1 << 18);
	bool done = true;

	records->store.arena = row_arena;
	for (size_t i = 0; done && i < import->rows.count; i++) {
		if (!LIST_AT(&import->rows, struct sheet_row, i).is_bad)
			done = save_row(import, i, error);
		if (done && request_is_expired(records->call->request))
			done = error_set(error, ERROR_BUSY, "http.expired", " ");
		arena_reset(row_arena);
	}
	records->store.arena = records->call->arena;
	arena_destroy(row_arena);
	return done;
}

static bool run(struct import *import, bool is_dry, bool *saved_out, struct error *error)
{
	struct db *db = import->records->call->db;

	*saved_out = false;
	if (!db_begin(db, error) || !save_rows(import, error))
		return false;
	if (is_dry || (import->failed && !import->keeps_good)) {
		db_rollback(db);
		return true;
	}
	*saved_out = true;
	return db_commit(db, error);
}

/* ---- Answers. */

static int compare_errors(const void *left, const void *right)
{
	const struct sheet_error *a = left, *b = right;

	return (a->row > b->row) - (a->row < b->row);
}

static void write_error(struct import *import, const struct sheet_error *item)
{
	struct call *call = import->records->call;
	struct jsonout *json = &call->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "row",
			       LIST_AT(&import->rows, struct sheet_row, item->row).place);
	jsonout_key(json, "column");
	if (item->column < import->column_count)
		jsonout_integer(json, (int64_t)item->column + 1);
	else
		jsonout_null(json);
	jsonout_member_str(json, "head",
			   item->column < import->column_count ? import->heads[item->column]
							       : STR_EMPTY);
	jsonout_member_cstr(json, "field", item->field);
	jsonout_member_cstr(json, "key", item->error.key);
	jsonout_member_cstr(json, "zh", message_format(call->arena, &item->error, LANGUAGE_ZH));
	jsonout_member_cstr(json, "en", message_format(call->arena, &item->error, LANGUAGE_EN));
	jsonout_object_end(json);
}

static void write_result(struct import *import, bool is_dry, bool saved)
{
	const struct {
		const char *name;
		int64_t value;
	} numbers[] = {
		{ "rows", (int64_t)import->rows.count },
		{ "created", import->created },
		{ "updated", import->updated },
		{ "unchanged", import->unchanged },
		{ "failed", import->failed },
	};
	struct jsonout *json = &import->records->call->json;

	jsonout_object_begin(json);
	jsonout_member_bool(json, "dry_run", is_dry);
	jsonout_member_bool(json, "saved", saved);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		jsonout_member_integer(json, numbers[i].name, numbers[i].value);
	jsonout_key(json, "errors");
	jsonout_array_begin(json);
	for (size_t i = 0; i < import->errors.count; i++)
		write_error(import, &LIST_AT(&import->errors, struct sheet_error, i));
	jsonout_array_end(json);
	jsonout_object_end(json);
}

/* The file as it came, with the wrong cells marked and their errors behind each row. */
static bool answer_file(struct import *import, struct error *error)
{
	struct record_call *records = import->records;
	struct arena *arena = records->call->arena;
	enum language language = records->call->language;
	const struct str **rows = arena_array(arena, const struct str *, import->rows.count + 1);
	struct sheet_mark *marks = arena_array(arena, struct sheet_mark, import->errors.count + 1);
	struct sheet_column *columns = arena_array(arena, struct sheet_column,
						   import->column_count + 1);
	const struct sheet_column *known = sheet_columns_of(records, &import->columns);
	const struct sheet sheet = { .name = str_of(label_text(records->type->label, language)),
				     .columns = columns,
				     .column_count = import->column_count,
				     .rows = rows,
				     .row_count = import->rows.count,
				     .marks = marks,
				     .mark_count = import->errors.count,
				     .mark_head = str_of(label_text(errors_head, language)) };

	for (size_t i = 0; i < import->column_count; i++) {
		columns[i] = known[i];
		columns[i].head = import->heads[i];
	}
	for (size_t i = 0; i < import->rows.count; i++)
		rows[i] = LIST_AT(&import->rows, struct sheet_row, i).cells;
	for (size_t i = 0; i < import->errors.count; i++) {
		const struct sheet_error *item = &LIST_AT(&import->errors, struct sheet_error, i);

		marks[i] = (struct sheet_mark){ item->row, item->column,
						str_of(message_format(arena, &item->error,
								      language)) };
	}
	return sheet_answer(records, &sheet, label_text(records->type->label, language), error);
}

/* ---- The endpoint. */

static bool check_heads(struct import *import, struct error *error)
{
	struct record_call *records = import->records;

	return exchange_read_header(records->type, import->heads, import->column_count,
				    &import->columns, &records->errors) ||
	       error_set(error, ERROR_INVALID, "api.sheet_heads", "%zu", records->errors.count) ||
	       record_call_refuse(records);
}

static bool import_file(struct import *import, bool is_dry, bool wants_file, struct error *error)
{
	struct upload *upload = request_upload(import->records->call->request, 0);
	bool saved;

	if (!upload_check(upload, error) || !read_file(import, upload->path, error) ||
	    !check_heads(import, error) || !run(import, is_dry, &saved, error))
		return false;
	list_sort(&import->errors, compare_errors);
	if (wants_file && import->errors.count)
		return answer_file(import, error);
	write_result(import, is_dry, saved);
	return true;
}

static bool put_sheet(struct call *call, struct error *error)
{
	static const char *const no_yes[] = { "false", "true", NULL };
	static const char *const answers[] = { "json", "file", NULL };
	struct record_call records;
	struct import import = { .records = &records,
				 .rows = LIST_OF(struct sheet_row),
				 .errors = LIST_OF(struct sheet_error) };
	int is_dry, partial, answer;
	bool done;

	if (!record_call_begin(call, &records, error) ||
	    !call_choice(call, "dry_run", no_yes, &is_dry, error) ||
	    !call_choice(call, "partial", no_yes, &partial, error) ||
	    !call_choice(call, "answer", answers, &answer, error))
		return false;
	if (request_upload_count(call->request) != 1)
		return error_set_field(error, "file", "api.one_file");
	import.keeps_good = partial;
	done = import_file(&import, is_dry, answer, error);
	list_release(&import.rows);
	list_release(&import.errors);
	return done;
}

HANDLER(api_put_sheet, put_sheet)
