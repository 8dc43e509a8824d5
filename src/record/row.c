/* Rows of the database and records in memory. */
#include "base/list.h"
#include "base/utf8.h"
#include "record/record_internal.h"
#include "record/secret.h"

bool kind_is_text(enum field_kind kind)
{
	switch (kind) {
	case FIELD_INTEGER:
	case FIELD_DECIMAL:
	case FIELD_MONEY:
	case FIELD_BOOL:
	case FIELD_REF:
	case FIELD_FILE:
	case FIELD_ORGANISATION:
	case FIELD_USER:
		return false;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_DATE:
	case FIELD_CHOICE:
	case FIELD_CHOICES:
	case FIELD_REFS:
	case FIELD_PUBLICATION:
	case FIELD_REGION:
	case FIELD_KIND_COUNT:
	default:
		return true;
	}
}

struct db_param value_param(const struct field *field, const struct value *value)
{
	if (value->is_null)
		return DB_NOTHING;
	return kind_is_text(field->kind) ? DB_CSTR(value->text) : DB_INT(value->integer);
}

void sql_add_columns(struct record_sql *sql, const struct record_type *type)
{
	sql_add(sql, "t.id, t.version, t.state, t.organisation_id, t.created_by, t.created_at, "
		     "t.updated_by, t.updated_at, o.path");
	for (size_t i = 0; i < type->field_count; i++)
		sql_add(sql, ", t.\"%s\"", type->fields[i].name);
}

void sql_add_from(struct record_sql *sql, const struct record_type *type)
{
	sql_add(sql, " FROM \"%s\" t LEFT JOIN organisation o ON o.id = t.organisation_id",
		type->name);
}

static void read_value(struct arena *arena, const struct field *field, const struct db_rows *rows,
		       int column, struct value *value)
{
	value->is_null = db_is_null(rows, column);
	if (value->is_null)
		return;
	if (!kind_is_text(field->kind)) {
		value->integer = db_integer(rows, column);
		return;
	}
	value->text = str_to_cstr(arena, db_text(rows, column));
	value->is_null = *value->text == 0;
	value->is_sealed = (field->flags & FIELD_SENSITIVE) && !value->is_null;
}

struct record *record_read_row(struct record_store *store, const struct record_type *type,
			       const struct db_rows *rows)
{
	struct record *record = record_new(store, type);

	record->id = db_integer(rows, 0);
	record->version = db_integer(rows, 1);
	record->state = str_to_cstr(store->arena, db_text(rows, 2));
	record->organisation_id = db_integer(rows, 3);
	record->created_by = db_integer(rows, 4);
	record->created_at = db_integer(rows, 5);
	record->updated_by = db_integer(rows, 6);
	record->updated_at = db_integer(rows, 7);
	record->organisation_path = str_to_cstr(store->arena, db_text(rows, 8));
	for (size_t i = 0; i < type->field_count; i++)
		read_value(store->arena, &type->fields[i], rows, RECORD_BASE_COLUMNS + (int)i,
			   &record->values[i]);
	return record;
}

static void mask(struct record_store *store, struct value *value)
{
	struct str plain;

	value->is_sealed = false;
	value->is_masked = true;
	if (store->key && secret_open(store->key, store->arena, str_of(value->text), &plain))
		value->text = secret_mask(store->arena, plain);
	else
		value->text = "****";
}

void record_hide(struct record_store *store, struct record *record)
{
	bool hidden[256] = { false };
	bool hides_owner = scope_hides(store, record, "organisation_id");

	for (size_t i = 0; i < record->type->field_count && i < 256; i++)
		hidden[i] = scope_hides(store, record, record->type->fields[i].name);
	for (size_t i = 0; i < record->type->field_count && i < 256; i++) {
		struct value *value = &record->values[i];

		if (hidden[i]) /* whether it is set is hidden too */
			*value = (struct value){ .is_masked = true, .text = "" };
		else if (value->is_sealed)
			mask(store, value);
	}
	if (hides_owner) {
		record->organisation_id = record->created_by = record->updated_by = 0;
		record->organisation_path = "";
	}
}

bool record_read_rows(struct record_store *store, const struct record_type *type,
		      struct record_sql *sql, bool hide, struct record ***records_out,
		      size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct record *);
	struct db_rows *rows;

	if (!sql_query(store, sql, &rows, error))
		return false;
	while (db_next(rows)) {
		struct record *record = record_read_row(store, type, rows);

		if (hide)
			record_hide(store, record);
		*(struct record **)list_add(&list) = record;
	}
	*records_out = list_to_arena(&list, store->arena, count_out);
	return db_rows_done(rows, error);
}

/* The row, when the action is granted; action NULL: whoever asks. */
static bool find_row(struct record_store *store, const struct record_type *type, int64_t id,
		     const char *action, struct record **record_out, struct error *error)
{
	struct record_sql *sql = sql_new(store);
	struct record **records;
	size_t count;

	sql_add(sql, "SELECT ");
	sql_add_columns(sql, type);
	sql_add_from(sql, type);
	sql_add(sql, " WHERE t.id = ");
	sql_add_param(sql, DB_INT(id));
	if (action) {
		sql_add(sql, " AND ");
		scope_add(sql, store, type, action, NULL);
	}
	if (!record_read_rows(store, type, sql, action != NULL, &records, &count, error))
		return false;
	if (!count)
		return error_set(error, ERROR_NOT_FOUND, "record.missing", "%s %lld", type->name,
				 (long long)id);
	*record_out = records[0];
	return true;
}

bool record_find(struct record_store *store, const struct record_type *type, int64_t id,
		 struct record **record_out, struct error *error)
{
	return find_row(store, type, id, "read", record_out, error);
}

bool record_load(struct record_store *store, const struct record_type *type, int64_t id,
		 struct record **record_out, struct error *error)
{
	return find_row(store, type, id, NULL, record_out, error);
}

bool record_load_where(struct record_store *store, const struct record_type *type, size_t field,
		       const struct value *value, struct record ***records_out, size_t *count_out,
		       struct error *error)
{
	struct record_sql *sql = sql_new(store);

	sql_add(sql, "SELECT ");
	sql_add_columns(sql, type);
	sql_add_from(sql, type);
	sql_add(sql, " WHERE t.\"%s\" = ", type->fields[field].name);
	sql_add_param(sql, value_param(&type->fields[field], value));
	sql_add(sql, " ORDER BY t.id LIMIT 1000");
	return record_read_rows(store, type, sql, false, records_out, count_out, error);
}

bool record_load_naming(struct record_store *store, const struct record_type *type, size_t field,
			int64_t organisation, int64_t id, struct record ***records_out,
			size_t *count_out, struct error *error)
{
	struct record_sql *sql = sql_new(store);

	sql_add(sql, "SELECT ");
	sql_add_columns(sql, type);
	sql_add_from(sql, type);
	sql_add(sql, " WHERE t.organisation_id = ");
	sql_add_param(sql, DB_INT(organisation));
	sql_add(sql, " AND t.\"%s\" LIKE ", type->fields[field].name);
	sql_add_param(sql, DB_CSTR(arena_printf(store->arena, "%%,%lld,%%", (long long)id)));
	sql_add(sql, " ORDER BY t.id LIMIT 1000");
	return record_read_rows(store, type, sql, false, records_out, count_out, error);
}

bool record_exists(struct record_store *store, const struct record_type *type, int64_t id,
		   bool *exists_out, struct error *error)
{
	struct record_sql *sql = sql_new(store);
	int64_t found;

	sql_add(sql, "SELECT t.id FROM \"%s\" t WHERE t.id = ", type->name);
	sql_add_param(sql, DB_INT(id));
	sql_add(sql, " AND ");
	scope_add(sql, store, type, "read", NULL);
	if (!sql_execute(store, sql, &found, error))
		return false;
	*exists_out = found != 0;
	return true;
}

/* A hidden title stays hidden: such a row is left out. */
static void add_titles_statement(struct record_store *store, struct record_sql *sql,
				 const struct record_type *type, const int64_t *ids, size_t count)
{
	size_t title = record_field_find(type, str_of(type->title_field));
	const size_t uses[] = { title, SIZE_MAX };
	size_t places = 1;

	while (places < count)
		places *= 2; /* few different statement texts */
	sql_add(sql, "SELECT t.id, t.\"%s\" FROM \"%s\" t WHERE t.id IN (", type->title_field,
		type->name);
	for (size_t i = 0; i < places; i++) {
		sql_add(sql, i ? ", " : "");
		sql_add_param(sql, DB_INT(ids[i < count ? i : count - 1]));
	}
	sql_add(sql, ") AND ");
	scope_add(sql, store, type, "read", uses);
}

bool record_titles(struct record_store *store, const struct record_type *type, const int64_t *ids,
		   size_t count, struct record_title **titles_out, size_t *count_out,
		   struct error *error)
{
	enum { AT_ONCE = 64 };
	struct list list = LIST_OF(struct record_title);

	for (size_t from = 0; from < count; from += AT_ONCE) {
		struct record_sql *sql = sql_new(store);
		struct db_rows *rows;

		add_titles_statement(store, sql, type, ids + from,
				     count - from < AT_ONCE ? count - from : AT_ONCE);
		if (!sql_query(store, sql, &rows, error)) {
			list_release(&list);
			return false;
		}
		while (db_next(rows))
			*(struct record_title *)list_add(&list) = (struct record_title){
				.id = db_integer(rows, 0),
				.text = str_to_cstr(store->arena, db_text(rows, 1)),
			};
		if (!db_rows_done(rows, error)) {
			list_release(&list);
			return false;
		}
	}
	*titles_out = list_to_arena(&list, store->arena, count_out);
	return true;
}

bool record_replace_prefix(struct record_store *store, const struct record_type *type, size_t field,
			   const char *old_prefix, const char *new_prefix, struct error *error)
{
	const char *name = type->fields[field].name;
	struct record_sql *sql = sql_new(store);
	int64_t ignored;

	if (strcmp(old_prefix, new_prefix) == 0)
		return true;
	sql_add(sql, "UPDATE \"%s\" SET \"%s\" = ", type->name, name);
	sql_add_param(sql, DB_CSTR(new_prefix));
	sql_add(sql, " || substr(\"%s\", %zu) WHERE substr(\"%s\", 1, %zu) = ", name,
		utf8_count(str_of(old_prefix)) + 1, name, utf8_count(str_of(old_prefix)));
	sql_add_param(sql, DB_CSTR(old_prefix));
	return !*old_prefix || sql_execute(store, sql, &ignored, error);
}
