/* History, comments and attachments of a row. */
#include "record/beside.h"
#include "base/list.h"
#include "base/utf8.h"
#include "record/record_internal.h"

enum { COMMENT_RUNES_MAX = 4000, NAME_RUNES_MAX = 200 };

static const char insert_change[] =
	"INSERT INTO record_change (type, record_id, version, state, at, user_id, request_id, "
	"action, "
	"field, old_value, new_value) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
static const char select_changes[] =
	"SELECT version, state, at, user_id, request_id, action, field, old_value, new_value "
	"FROM record_change WHERE type = $1 AND record_id = $2 ORDER BY version DESC, id LIMIT "
	"1000";
static const char insert_comment[] =
	"INSERT INTO record_comment (type, record_id, state, at, user_id, step, text) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char select_comments[] =
	"SELECT id, state, at, user_id, step, text FROM record_comment "
	"WHERE type = $1 AND record_id = $2 ORDER BY id LIMIT 1000";
static const char insert_file[] = "INSERT INTO record_file (type, record_id, field, name, size, "
				  "sha256, media_type, at, user_id) "
				  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id";
static const char select_files[] =
	"SELECT id, at, user_id, size, field, name, media_type, sha256 FROM record_file "
	"WHERE type = $1 AND record_id = $2 ORDER BY id LIMIT 1000";
static const char delete_file[] =
	"DELETE FROM record_file WHERE id = $1 AND type = $2 AND record_id = $3 RETURNING id";

#define NAME_AND_ID(record) DB_CSTR((record)->type->name), DB_INT((record)->id)

static struct db_param text_or_nothing(const char *text)
{
	return text ? DB_CSTR(text) : DB_NOTHING;
}

static const char *text_at(struct record_store *store, const struct db_rows *rows, int column)
{
	return db_is_null(rows, column) ? NULL : str_to_cstr(store->arena, db_text(rows, column));
}

/* ---- History. */
bool history_add(struct record_store *store, const struct record *record,
		 const struct change_line *line, struct error *error)
{
	return db_execute(store->db, insert_change,
			  DB_WITH(NAME_AND_ID(record), DB_INT(record->version),
				  DB_CSTR(record->state), DB_INT(store->now_ms),
				  DB_INT(store->actor->user_id),
				  text_or_nothing(store->actor->request_id), DB_CSTR(line->action),
				  text_or_nothing(line->field), text_or_nothing(line->old_value),
				  text_or_nothing(line->new_value)),
			  error);
}

static const char *history_text(struct record_store *store, const struct field *field,
				const struct value *value)
{
	if (value->is_null)
		return NULL;
	if (field->flags & FIELD_SENSITIVE)
		return "***";
	return str_to_cstr(store->arena, record_format_value(store->arena, field, value));
}

bool history_add_differences(struct record_store *store, const struct record *old,
			     const struct record *record, const char *action, size_t *count_out,
			     struct error *error)
{
	const struct change_line step = { action, "state", old->state, record->state };

	*count_out = strcmp(old->state, record->state) != 0;
	if (*count_out && !history_add(store, record, &step, error))
		return false;
	for (size_t i = 0; i < record->type->field_count; i++) {
		const struct field *field = &record->type->fields[i];
		const struct change_line line = { action, field->name,
						  history_text(store, field, &old->values[i]),
						  history_text(store, field, &record->values[i]) };

		if (value_is_same(field, &old->values[i], &record->values[i]))
			continue;
		++*count_out;
		if (!history_add(store, record, &line, error))
			return false;
	}
	return true;
}

bool record_history(struct record_store *store, const struct record *record,
		    struct record_change **changes_out, size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct record_change);
	bool hides_users = scope_hides(store, record, "organisation_id");
	struct db_rows *rows;

	if (!db_query(store->db, store->arena, select_changes, DB_WITH(NAME_AND_ID(record)), &rows,
		      error))
		return false;
	while (db_next(rows)) {
		const char *state = text_at(store, rows, 1), *field = text_at(store, rows, 6);

		if (!scope_allows(store, record, "read", state) ||
		    (field &&
		     (scope_hides(store, record, field) || scope_hid(store, record, field, state))))
			continue;
		*(struct record_change *)list_add(&list) = (struct record_change){
			.version = db_integer(rows, 0),
			.at = db_integer(rows, 2),
			.user_id = hides_users ? 0 : db_integer(rows, 3),
			.request_id = text_at(store, rows, 4),
			.action = text_at(store, rows, 5),
			.field = field,
			.old_value = text_at(store, rows, 7),
			.new_value = text_at(store, rows, 8),
		};
	}
	*changes_out = list_to_arena(&list, store->arena, count_out);
	return db_rows_done(rows, error);
}

bool audit_add(struct record_store *store, const struct record *record, const char *action,
	       const char *detail, struct error *error)
{
	const struct record_audit line = { action, record->type->name, record->id, record->version,
					   detail };

	return !store->audit || store->audit(store, &line, error);
}

/* ---- Comments. */
bool comment_insert(struct record_store *store, const struct record *record, const char *step,
		    struct str text, struct error *error)
{
	text = str_trim(text);
	if (!text.size)
		return error_set_field(error, "comment", "record.required");
	if (!utf8_is_valid(text))
		return error_set_field(error, "comment", "record.not_text");
	if (utf8_count(text) > COMMENT_RUNES_MAX) {
		error_set(error, ERROR_INVALID, "record.too_long", "%d", COMMENT_RUNES_MAX);
		error->field = "comment";
		return false;
	}
	return db_execute(store->db, insert_comment,
			  DB_WITH(NAME_AND_ID(record), DB_CSTR(record->state),
				  DB_INT(store->now_ms), DB_INT(store->actor->user_id),
				  text_or_nothing(step), DB_STR(text)),
			  error);
}

bool record_comment_add(struct record_store *store, const struct record *record, struct str text,
			struct error *error)
{
	/* an inspector reads, and leaves no mark */
	if (!store->actor->is_operator && !(store->actor->roles & ~ROLE_BIT(ROLE_INSPECTOR)))
		return error_set(error, ERROR_FORBIDDEN, "record.forbidden", "%s comment",
				 record->type->name);
	return comment_insert(store, record, NULL, text, error) &&
	       audit_add(store, record, "comment", "", error);
}

bool record_comments(struct record_store *store, const struct record *record,
		     struct record_comment **comments_out, size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct record_comment);
	bool hides_users = scope_hides(store, record, "organisation_id");
	struct db_rows *rows;

	if (!db_query(store->db, store->arena, select_comments, DB_WITH(NAME_AND_ID(record)), &rows,
		      error))
		return false;
	while (db_next(rows)) {
		if (!scope_allows(store, record, "read", text_at(store, rows, 1)))
			continue;
		*(struct record_comment *)list_add(&list) = (struct record_comment){
			.id = db_integer(rows, 0),
			.at = db_integer(rows, 2),
			.user_id = hides_users ? 0 : db_integer(rows, 3),
			.step = text_at(store, rows, 4),
			.text = text_at(store, rows, 5),
		};
	}
	*comments_out = list_to_arena(&list, store->arena, count_out);
	return db_rows_done(rows, error);
}

/* ---- Attachments. */
static bool takes_file(const struct record *record, const char *field)
{
	size_t at = field ? record_field_find(record->type, str_of(field)) : SIZE_MAX;

	if (!field)
		return record->type->has_attachments;
	return at != SIZE_MAX && record->type->fields[at].kind == FIELD_FILE;
}

static bool may_change_files(struct record_store *store, const struct record *record,
			     struct error *error)
{
	struct record *stored;

	if (!record_load(store, record->type, record->id, &stored, error))
		return false;
	if (!scope_allows(store, stored, "update", stored->state))
		return error_set(error, ERROR_FORBIDDEN, "record.forbidden", "%s update",
				 record->type->name);
	return true;
}

bool record_file_add(struct record_store *store, const struct record *record,
		     struct record_file *file, struct error *error)
{
	struct str name = str_of(file->name);

	if (!may_change_files(store, record, error))
		return false;
	if (!takes_file(record, file->field))
		return error_set(error, ERROR_INVALID, "record.no_files", "%s",
				 file->field ? file->field : record->type->name);
	if (!name.size || !utf8_is_valid(name) || utf8_count(name) > NAME_RUNES_MAX ||
	    str_find_byte(name, '/') != STR_NOT_FOUND || str_find_byte(name, '\\') != STR_NOT_FOUND)
		return error_set_field(error, "name", "record.not_text");
	file->at = store->now_ms;
	file->user_id = store->actor->user_id;
	return db_execute_returning(store->db, insert_file,
				    DB_WITH(NAME_AND_ID(record), text_or_nothing(file->field),
					    DB_STR(name), DB_INT(file->size), DB_CSTR(file->sha256),
					    DB_CSTR(file->media_type), DB_INT(file->at),
					    DB_INT(file->user_id)),
				    &file->id, error) &&
	       audit_add(store, record, "file", file->name, error);
}

bool record_files(struct record_store *store, const struct record *record,
		  struct record_file **files_out, size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct record_file);
	bool hides_users = scope_hides(store, record, "organisation_id");
	struct db_rows *rows;

	if (!db_query(store->db, store->arena, select_files, DB_WITH(NAME_AND_ID(record)), &rows,
		      error))
		return false;
	while (db_next(rows)) {
		const char *field = text_at(store, rows, 4);

		if (field && scope_hides(store, record, field))
			continue;
		*(struct record_file *)list_add(&list) = (struct record_file){
			.id = db_integer(rows, 0),
			.at = db_integer(rows, 1),
			.user_id = hides_users ? 0 : db_integer(rows, 2),
			.size = db_integer(rows, 3),
			.field = field,
			.name = text_at(store, rows, 5),
			.media_type = text_at(store, rows, 6),
			.sha256 = text_at(store, rows, 7),
		};
	}
	*files_out = list_to_arena(&list, store->arena, count_out);
	return db_rows_done(rows, error);
}

bool record_file_find(struct record_store *store, const struct record *record, int64_t id,
		      struct record_file *file_out, struct error *error)
{
	struct record_file *files;
	size_t count;

	if (!record_files(store, record, &files, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (files[i].id == id) {
			*file_out = files[i];
			return true;
		}
	return error_set(error, ERROR_NOT_FOUND, "record.no_file", "%lld", (long long)id);
}

bool record_file_remove(struct record_store *store, const struct record *record, int64_t id,
			struct error *error)
{
	struct record_file file;
	int64_t done;

	return may_change_files(store, record, error) &&
	       record_file_find(store, record, id, &file, error) &&
	       db_execute_returning(store->db, delete_file,
				    DB_WITH(DB_INT(id), NAME_AND_ID(record)), &done, error) &&
	       audit_add(store, record, "file", file.name, error);
}

bool record_file_is_used(struct record_store *store, const char *sha256, bool *used_out,
			 struct error *error)
{
	int64_t id;

	if (!db_execute_returning(store->db, "SELECT id FROM record_file WHERE sha256 = $1 LIMIT 1",
				  DB_WITH(DB_CSTR(sha256)), &id, error))
		return false;
	*used_out = id != 0;
	return true;
}

/* ---- Files that fields name. */
static bool select_named(struct record_store *store, const int64_t *ids, size_t count,
			 struct list *files, struct error *error)
{
	struct record_sql *sql = sql_new(store);
	struct db_rows *rows;
	size_t places = 1;

	while (places < count)
		places *= 2; /* few different statement texts */
	sql_add(sql, "SELECT id, name, size FROM record_file WHERE id IN (");
	for (size_t i = 0; i < places; i++) {
		sql_add(sql, i ? ", " : "");
		sql_add_param(sql, DB_INT(ids[i < count ? i : count - 1]));
	}
	sql_add(sql, ")");
	if (!sql_query(store, sql, &rows, error))
		return false;
	while (db_next(rows))
		*(struct record_file *)list_add(files) = (struct record_file){
			.id = db_integer(rows, 0),
			.name = text_at(store, rows, 1),
			.size = db_integer(rows, 2),
		};
	return db_rows_done(rows, error);
}

bool record_files_named(struct record_store *store, struct record *const *records, size_t count,
			struct record_file **files_out, size_t *count_out, struct error *error)
{
	enum { AT_ONCE = 64 };
	struct list ids = LIST_OF(int64_t), files = LIST_OF(struct record_file);
	bool done = true;

	for (size_t i = 0; i < count; i++)
		for (size_t at = 0; at < records[i]->type->field_count; at++)
			if (records[i]->type->fields[at].kind == FIELD_FILE &&
			    !records[i]->values[at].is_null && !records[i]->values[at].is_masked)
				*(int64_t *)list_add(&ids) = records[i]->values[at].integer;
	for (size_t from = 0; done && from < ids.count; from += AT_ONCE)
		done = select_named(store, &LIST_AT(&ids, int64_t, from),
				    ids.count - from < AT_ONCE ? ids.count - from : AT_ONCE, &files,
				    error);
	list_release(&ids);
	*files_out = list_to_arena(&files, store->arena, count_out);
	return done;
}
