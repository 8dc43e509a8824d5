#include "record/exchange.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "record/record_internal.h"

static const struct label id_label = { "系统编号", "Number" };
static const struct label version_label = { "版本", "Version" };

void exchange_columns(const struct record_type *type, struct exchange_columns *columns_out)
{
	*columns_out = (struct exchange_columns){ .fields = { EXCHANGE_ID, EXCHANGE_VERSION },
						  .count = 2 };
	for (size_t i = 0; i < type->field_count && columns_out->count < EXCHANGE_COLUMNS_MAX; i++)
		if (!(type->fields[i].flags & FIELD_COMPUTED) && type->fields[i].kind != FIELD_FILE)
			columns_out->fields[columns_out->count++] = i;
}

static struct label column_label(const struct record_type *type, size_t field)
{
	if (field == EXCHANGE_ID)
		return id_label;
	return field == EXCHANGE_VERSION ? version_label : type->fields[field].label;
}

static bool is_required(const struct record_type *type, size_t field)
{
	return field < type->field_count && (type->fields[field].flags & FIELD_REQUIRED);
}

struct str exchange_header(struct arena *arena, const struct record_type *type, size_t column_field,
			   enum language language)
{
	const char *text = label_text(column_label(type, column_field), language);

	return str_of(is_required(type, column_field) ? arena_printf(arena, "%s *", text) : text);
}

static const struct label kind_hints[FIELD_KIND_COUNT] = {
	[FIELD_DATE] = { "日期，如 2026-02-28", "a date such as 2026-02-28" },
	[FIELD_MONEY] = { "金额，单位元", "an amount in yuan" },
	[FIELD_BOOL] = { "是 或 否", "yes or no" },
	[FIELD_REF] = { "名称或 #编号", "title or #number" },
	[FIELD_REFS] = { "名称或 #编号，多个用顿号分隔", "titles or #numbers, by commas" },
	[FIELD_ORGANISATION] = { "机构名称或 #编号", "name or #number of an organisation" },
	[FIELD_USER] = { "姓名或 #编号", "name or #number of a user" },
	[FIELD_REGION] = { "行政区划代码，如 5101", "a region code such as 5101" },
};

static struct str choices_hint(struct arena *arena, const struct choice *choices,
			       enum language language)
{
	struct strbuf text = STRBUF_INIT;
	struct str hint;

	for (; choices->value; choices++)
		strbuf_addf(&text, "%s%s", text.size ? " / " : "",
			    label_text(choices->label, language));
	hint = str_copy(arena, strbuf_str(&text));
	strbuf_release(&text);
	return hint;
}

struct str exchange_hint(struct arena *arena, const struct record_type *type, size_t column_field,
			 enum language language)
{
	const struct field *field;

	if (column_field >= type->field_count)
		return language == LANGUAGE_ZH ? STR("新增记录时留空")
					       : STR("empty for a new record");
	field = &type->fields[column_field];
	if (field->choices)
		return choices_hint(arena, field->choices, language);
	if (kind_hints[field->kind].zh)
		return str_of(label_text(kind_hints[field->kind], language));
	return str_of(field->help.zh ? label_text(field->help, language) : "");
}

/* ---- Reading. */
static bool names_column(const struct record_type *type, size_t field, struct str text)
{
	const struct label label = column_label(type, field);

	return str_equal_cstr(text, label.zh) || str_equal_nocase(text, str_of(label.en)) ||
	       (field < type->field_count && str_equal_cstr(text, type->fields[field].name));
}

static struct str without_star(struct str cell)
{
	cell = str_trim(cell);
	if (str_ends_with(cell, STR("*")))
		cell = str_trim(str_slice(cell, 0, cell.size - 1));
	return cell;
}

static size_t find_column(const struct record_type *type, const struct exchange_columns *known,
			  struct str text)
{
	for (size_t i = 0; i < known->count; i++)
		if (names_column(type, known->fields[i], text))
			return known->fields[i];
	return SIZE_MAX;
}

static bool has_column(const struct exchange_columns *columns, size_t field)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->fields[i] == field)
			return true;
	return false;
}

bool exchange_read_header(const struct record_type *type, const struct str *cells, size_t count,
			  struct exchange_columns *columns_out, struct field_errors *errors)
{
	struct exchange_columns known;

	exchange_columns(type, &known);
	columns_out->count = 0;
	for (size_t i = 0; i < count && i < EXCHANGE_COLUMNS_MAX; i++) {
		struct str text = without_star(cells[i]);
		size_t field = text.size ? find_column(type, &known, text) : SIZE_MAX;

		if (!utf8_is_valid(text))
			text = STR_EMPTY;
		if (text.size && field == SIZE_MAX)
			field_errors_add(errors, "", "record.column_unknown", text);
		else if (field != SIZE_MAX && has_column(columns_out, field))
			field_errors_add(errors, "", "record.column_double", text);
		columns_out->fields[columns_out->count++] = field;
	}
	for (size_t i = 0; i < type->field_count; i++)
		if (is_required(type, i) && has_column(&known, i) && !has_column(columns_out, i))
			field_errors_add(errors, type->fields[i].name, "record.column_missing",
					 str_of(type->fields[i].label.zh));
	return errors->count == 0;
}

static struct str cell_of(const struct exchange_columns *columns, const struct str *cells,
			  size_t count, size_t field)
{
	for (size_t i = 0; i < columns->count && i < count; i++)
		if (columns->fields[i] == field)
			return str_trim(cells[i]);
	return STR_EMPTY;
}

/* The row's record; NULL with an error of "id" when there is none. */
static bool find_record(struct record_store *store, const struct record_type *type, struct str id,
			struct str version, struct record **record_out, struct field_errors *errors,
			struct error *error)
{
	struct str digits = str_starts_with(id, STR("#")) ? str_slice(id, 1, id.size) : id;
	int64_t number = 0;

	*record_out = NULL;
	if (!id.size) {
		*record_out = record_new(store, type);
		return true;
	}
	if (str_to_int64(digits, &number) && record_find(store, type, number, record_out, error)) {
		if (str_to_int64(version, &number))
			(*record_out)->version = number;
		return true;
	}
	if (number && error->kind != ERROR_NOT_FOUND)
		return false;
	field_errors_add(errors, "id", "record.missing", utf8_is_valid(id) ? id : STR_EMPTY);
	return true;
}

/* The cell of a reference that still shows what an export showed: it may be a title that several
   rows have, or that of a row the actor does not see. */
static bool is_as_exported(struct record_store *store, struct record *record, size_t at,
			   struct str cell, bool *same_out, struct error *error)
{
	const struct field *field = &record->type->fields[at];
	struct record_labels *labels;

	*same_out = false;
	if (!record->id || !type_of_reference(field))
		return true;
	labels = record_labels_create(store);
	if (!record_labels_add(labels, &record, 1, error))
		return false;
	for (int language = LANGUAGE_ZH; language <= LANGUAGE_EN; language++)
		if (str_equal(str_trim(cell), record_labels_show(labels, field, &record->values[at],
								 (enum language)language)))
			*same_out = true;
	return true;
}

static bool read_cell(struct record_store *store, struct record *record, size_t at, struct str cell,
		      struct field_errors *errors, struct error *error)
{
	size_t before = errors->count;
	bool is_same;

	if (record_apply(store, record, str_of(record->type->fields[at].name), cell, errors))
		return true;
	if (!is_as_exported(store, record, at, cell, &is_same, error))
		return false;
	if (is_same)
		errors->count = before;
	return true;
}

bool exchange_read_row(struct record_store *store, const struct record_type *type,
		       const struct exchange_columns *columns, const struct str *cells,
		       size_t count, struct record **record_out, struct field_errors *errors,
		       bool *good_out, struct error *error)
{
	size_t before = errors->count;

	*good_out = false;
	if (!find_record(store, type, cell_of(columns, cells, count, EXCHANGE_ID),
			 cell_of(columns, cells, count, EXCHANGE_VERSION), record_out, errors,
			 error))
		return false;
	for (size_t i = 0; *record_out && i < columns->count; i++)
		if (columns->fields[i] < type->field_count &&
		    !read_cell(store, *record_out, columns->fields[i],
			       i < count ? cells[i] : STR_EMPTY, errors, error))
			return false;
	*good_out = errors->count == before;
	return true;
}

size_t exchange_column_of(const struct record_type *type, const struct exchange_columns *columns,
			  const char *field)
{
	for (size_t i = 0; i < columns->count; i++) {
		size_t at = columns->fields[i];

		if (at < type->field_count ? strcmp(type->fields[at].name, field) == 0
					   : at == EXCHANGE_ID && strcmp(field, "id") == 0)
			return i;
	}
	return SIZE_MAX;
}

/* ---- Writing. */
struct str exchange_cell(const struct record_labels *labels, struct arena *arena,
			 const struct record *record, size_t column_field, enum language language)
{
	const struct value *value;

	if (column_field == EXCHANGE_ID)
		return str_of(arena_printf(arena, "%lld", (long long)record->id));
	if (column_field == EXCHANGE_VERSION)
		return str_of(arena_printf(arena, "%lld", (long long)record->version));
	if (column_field >= record->type->field_count)
		return STR_EMPTY;
	value = &record->values[column_field];
	if (value->is_masked)
		return str_of(value->text);
	return record_labels_show(labels, &record->type->fields[column_field], value, language);
}
