#include "base/list.h"
#include "base/message.h"
#include "library/library_internal.h"

static const char select_running[] =
	"SELECT id, rows_done, inserted, updated, unchanged, rejected FROM import "
	"WHERE fingerprint = $1 AND source = $2 AND topic_id = $3 AND state = 'running'";
static const char insert_import[] =
	"INSERT INTO import (file, fingerprint, source, state, rows_done, inserted, updated, "
	"unchanged, rejected, topic_id, imported_on, message) "
	"VALUES ($1, $2, $3, 'running', 0, 0, 0, 0, 0, $4, $5, '') RETURNING id";
static const char update_import[] =
	"UPDATE import SET state = $1, rows_done = $2, inserted = $3, updated = $4, "
	"unchanged = $5, rejected = $6, message = $7 WHERE id = $8";
static const char insert_rejected[] =
	"INSERT INTO import_rejected (import_id, place, reason_key, reason_at, detail, hint, "
	"row_text) VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char select_rejected[] =
	"SELECT place, reason_key, reason_at, detail, hint, row_text FROM import_rejected "
	"WHERE import_id = $1 ORDER BY id";
static const char select_imports[] =
	"SELECT id, file, fingerprint, source, state, rows_done, inserted, updated, unchanged, "
	"rejected, topic_id, imported_on, message FROM import ORDER BY id";
static const char upsert_map[] = "INSERT INTO column_map (name, text) VALUES ($1, $2) "
				 "ON CONFLICT (name) DO UPDATE SET text = excluded.text";
static const char select_map[] = "SELECT text FROM column_map WHERE name = $1";

static const char *const state_names[] = {
	[IMPORT_RUNNING] = "running",
	[IMPORT_DONE] = "done",
	[IMPORT_FAILED] = "failed",
};

static enum import_state state_of(struct str name)
{
	if (str_equal_cstr(name, state_names[IMPORT_DONE]))
		return IMPORT_DONE;
	return str_equal_cstr(name, state_names[IMPORT_FAILED]) ? IMPORT_FAILED : IMPORT_RUNNING;
}

static bool resume(struct library *library, struct arena *arena, struct import_record *record,
		   bool *found_out, struct error *error)
{
	struct db_rows *rows;

	*found_out = false;
	if (!db_query(library->db, arena, select_running,
		      DB_WITH(DB_CSTR(record->fingerprint), DB_CSTR(record->source),
			      DB_INT(record->topic_id)),
		      &rows, error))
		return false;
	if (db_next(rows)) {
		*found_out = true;
		record->id = db_integer(rows, 0);
		record->rows_done = db_integer(rows, 1);
		record->inserted = db_integer(rows, 2);
		record->updated = db_integer(rows, 3);
		record->unchanged = db_integer(rows, 4);
		record->rejected = db_integer(rows, 5);
	}
	return db_rows_done(rows, error);
}

bool library_import_start(struct library *library, struct arena *arena,
			  struct import_record *record, struct error *error)
{
	char day[DATE_TEXT_SIZE];
	bool found;

	record->state = IMPORT_RUNNING;
	if (!resume(library, arena, record, &found, error) || found)
		return found;
	return db_execute_returning(library->db, insert_import,
				    DB_WITH(DB_CSTR(record->file), DB_CSTR(record->fingerprint),
					    DB_CSTR(record->source), DB_INT(record->topic_id),
					    DB_CSTR(date_format(record->imported_on, day))),
				    &record->id, error);
}

bool library_import_save(struct library *library, const struct import_record *record,
			 struct error *error)
{
	return db_execute(library->db, update_import,
			  DB_WITH(DB_CSTR(state_names[record->state]), DB_INT(record->rows_done),
				  DB_INT(record->inserted), DB_INT(record->updated),
				  DB_INT(record->unchanged), DB_INT(record->rejected),
				  DB_CSTR(record->message), DB_INT(record->id)),
			  error);
}

bool library_import_reject(struct library *library, int64_t import_id,
			   const struct import_rejected *rejected, struct error *error)
{
	const struct error *reason = &rejected->reason;

	return db_execute(library->db, insert_rejected,
			  DB_WITH(DB_INT(import_id), DB_INT(rejected->place), DB_CSTR(reason->key),
				  DB_INT(reason->at), DB_CSTR(reason->detail),
				  DB_CSTR(reason->hint), DB_STR(rejected->row_text)),
			  error);
}

static const char *message_key(struct arena *arena, struct str key)
{
	char *copy = str_to_cstr(arena, key);
	const struct message *message = message_find(copy);

	return message ? message->key : copy;
}

static void read_rejected(const struct db_rows *rows, struct arena *arena,
			  struct import_rejected *rejected)
{
	error_set_at(&rejected->reason, ERROR_INVALID, message_key(arena, db_text(rows, 1)),
		     db_integer(rows, 2), "%.*s", STR_ARGS(db_text(rows, 3)));
	error_hint(&rejected->reason, "%.*s", STR_ARGS(db_text(rows, 4)));
	rejected->place = db_integer(rows, 0);
	rejected->row_text = str_copy(arena, db_text(rows, 5));
}

bool library_import_rejected(struct library *library, struct arena *arena, int64_t import_id,
			     struct import_rejected **rejected_out, size_t *count_out,
			     struct error *error)
{
	struct list list = LIST_OF(struct import_rejected);
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_rejected, DB_WITH(DB_INT(import_id)), &rows,
		      error))
		return false;
	while (db_next(rows))
		read_rejected(rows, arena, list_add(&list));
	*rejected_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}

bool library_imports(struct library *library, struct arena *arena,
		     struct import_record **records_out, size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct import_record);
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_imports, DB_WITHOUT, &rows, error))
		return false;
	while (db_next(rows)) {
		struct import_record *record = list_add(&list);

		record->id = db_integer(rows, 0);
		record->file = str_to_cstr(arena, db_text(rows, 1));
		record->fingerprint = str_to_cstr(arena, db_text(rows, 2));
		record->source = str_to_cstr(arena, db_text(rows, 3));
		record->state = state_of(db_text(rows, 4));
		record->rows_done = db_integer(rows, 5);
		record->inserted = db_integer(rows, 6);
		record->updated = db_integer(rows, 7);
		record->unchanged = db_integer(rows, 8);
		record->rejected = db_integer(rows, 9);
		record->topic_id = db_integer(rows, 10);
		if (!date_parse(db_text(rows, 11), &record->imported_on))
			record->imported_on = DATE_NONE;
		record->message = str_to_cstr(arena, db_text(rows, 12));
	}
	*records_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}

bool library_column_map_save(struct library *library, const char *name, const char *text,
			     struct error *error)
{
	return db_execute(library->db, upsert_map, DB_WITH(DB_CSTR(name), DB_CSTR(text)), error);
}

bool library_column_map_find(struct library *library, struct arena *arena, const char *name,
			     const char **text_out, struct error *error)
{
	return library_find_text(library, arena, select_map, DB_WITH(DB_CSTR(name)),
				 "library.no_map", text_out, error);
}
