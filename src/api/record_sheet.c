/* Records as a workbook: an empty one to fill in, and what a list finds. */
#include "api/record_sheet.h"
#include "api/routes.h"
#include "base/file.h"
#include "base/list.h"

#include <unistd.h>

static const char media_type[] =
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static enum sheet_kind kind_of(const struct record_type *type, size_t field)
{
	static const enum sheet_kind kinds[FIELD_KIND_COUNT] = {
		[FIELD_LONG_TEXT] = SHEET_LONG_TEXT, [FIELD_INTEGER] = SHEET_NUMBER,
		[FIELD_DECIMAL] = SHEET_AMOUNT,      [FIELD_MONEY] = SHEET_AMOUNT,
		[FIELD_DATE] = SHEET_DATE,
	};

	return field < type->field_count ? kinds[type->fields[field].kind] : SHEET_NUMBER;
}

static void set_choices(struct record_call *records, const struct field *field,
			struct sheet_column *column)
{
	static const struct choice yes_no[] = {
		{ "true", { "是", "yes" } },
		{ "false", { "否", "no" } },
		{ NULL, { NULL, NULL } },
	};
	const struct choice *choices = field->kind == FIELD_BOOL ? yes_no : field->choices;
	struct str *texts;
	size_t count = 0;

	if (!choices || field->kind == FIELD_CHOICES)
		return;
	while (choices[count].value)
		count++;
	texts = arena_array(records->call->arena, struct str, count);
	for (size_t i = 0; i < count; i++)
		texts[i] = str_of(label_text(choices[i].label, records->call->language));
	column->choices = texts;
	column->choice_count = count;
}

const struct sheet_column *sheet_columns_of(struct record_call *records,
					    const struct exchange_columns *columns)
{
	struct arena *arena = records->call->arena;
	enum language language = records->call->language;
	struct sheet_column *list = arena_array(arena, struct sheet_column, columns->count + 1);

	for (size_t i = 0; i < columns->count; i++) {
		size_t field = columns->fields[i];

		if (field == SIZE_MAX)
			continue;
		list[i] = (struct sheet_column){
			.head = exchange_header(arena, records->type, field, language),
			.note = exchange_hint(arena, records->type, field, language),
			.kind = kind_of(records->type, field),
		};
		if (field < records->type->field_count)
			set_choices(records, &records->type->fields[field], &list[i]);
	}
	return list;
}

bool sheet_answer(struct record_call *records, const struct sheet *sheet, const char *name,
		  struct error *error)
{
	struct call *call = records->call;
	const char *folder = file_join(call->arena, call->api->folder, "temporary");
	const char *path = arena_printf(call->arena, "%s/%s.xlsx", folder, call->request->id);
	bool done;

	if (!file_make_folder(folder, error) || !report_write_sheet(sheet, path, error))
		return false;
	done = response_file(call->request, call->response, path, media_type,
			     arena_printf(call->arena, "%s.xlsx", name), error);
	unlink(path); /* it is open: the answer has it */
	return done;
}

static const char *name_of(const struct record_call *records)
{
	return label_text(records->type->label, records->call->language);
}

static bool get_template(struct call *call, struct error *error)
{
	struct exchange_columns columns;
	struct record_call records;
	struct sheet sheet;

	if (!record_call_begin(call, &records, error))
		return false;
	exchange_columns(records.type, &columns);
	sheet = (struct sheet){ .name = str_of(name_of(&records)),
				.columns = sheet_columns_of(&records, &columns),
				.column_count = columns.count };
	return sheet_answer(&records, &sheet, name_of(&records), error);
}

/* ---- Export. */

struct export
{
	struct record_call *records;
	struct exchange_columns columns;
	struct list rows; /* const struct str * */
};

static void add_row(struct export *export, const struct record *record)
{
	struct record_call *records = export->records;
	struct arena *arena = records->call->arena;
	struct str *cells = arena_array(arena, struct str, export->columns.count);

	for (size_t i = 0; i < export->columns.count; i++)
		cells[i] = str_copy(arena, exchange_cell(records->labels, records->store.arena,
							 record, export->columns.fields[i],
							 records->call->language));
	*(const struct str **)list_add(&export->rows) = cells;
}

/* One page after the other, each in memory of its own. */
static bool add_page(struct export *export, struct record_list_options *options,
		     struct error *error)
{
	struct record_call *records = export->records;
	struct record_page page;

	records->labels = record_labels_create(&records->store);
	if (!record_list(&records->store, records->type, options, &page, error) ||
	    !record_labels_add(records->labels, page.records, page.count, error))
		return false;
	for (size_t i = 0; i < page.count; i++)
		add_row(export, page.records[i]);
	options->after = str_copy(records->call->arena, page.next);
	if (export->rows.count > SHEET_ROWS_MAX)
		return error_set(error, ERROR_LIMIT, "api.sheet_rows", "%d", SHEET_ROWS_MAX);
	return true;
}

static bool add_rows(struct export *export, struct error *error)
{
	struct record_call *records = export->records;
	struct arena *page_arena = arena_create(1 << 18);
	struct record_list_options options;
	bool done = record_call_list(records, &options, error);

	options.limit = LIST_LIMIT_MAX;
	records->store.arena = page_arena;
	do {
		done = done && add_page(export, &options, error);
		arena_reset(page_arena);
		if (done && request_is_expired(records->call->request))
			done = error_set(error, ERROR_BUSY, "http.expired", " ");
	} while (done && options.after.size);
	arena_destroy(page_arena);
	records->store.arena = records->call->arena;
	return done;
}

static bool get_sheet(struct call *call, struct error *error)
{
	struct record_call records;
	struct export export = { .records = &records, .rows = LIST_OF(const struct str *) };
	struct sheet sheet;

	if (!record_call_begin(call, &records, error))
		return false;
	exchange_columns(records.type, &export.columns);
	if (!add_rows(&export, error)) {
		list_release(&export.rows);
		return false;
	}
	sheet = (struct sheet){ .name = str_of(name_of(&records)),
				.columns = sheet_columns_of(&records, &export.columns),
				.column_count = export.columns.count };
	sheet.rows = list_to_arena(&export.rows, call->arena, &sheet.row_count);
	return sheet_answer(&records, &sheet, name_of(&records), error);
}

HANDLER(api_get_template, get_template)
HANDLER(api_get_sheet, get_sheet)
