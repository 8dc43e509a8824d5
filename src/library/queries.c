#include "base/list.h"
#include "library/library_internal.h"

static const char upsert_query[] =
	"INSERT INTO saved_query (name, text, organisation_id) VALUES ($1, $2, $3) "
	"ON CONFLICT (organisation_id, name) DO UPDATE SET text = excluded.text, "
	"version = saved_query.version + 1";
static const char select_query[] =
	"SELECT text FROM saved_query WHERE name = $1 AND organisation_id = $2";
static const char select_queries[] =
	"SELECT name, text FROM saved_query WHERE organisation_id = $1 ORDER BY name";
static const char delete_query[] =
	"DELETE FROM saved_query WHERE name = $1 AND organisation_id = $2 RETURNING 1";

bool library_find_text(struct library *library, struct arena *arena, const char *sql,
		       const struct db_param *params, size_t param_count, const char *missing_key,
		       const char **text_out, struct error *error)
{
	struct db_rows *rows;
	bool found;

	if (!db_query(library->db, arena, sql, params, param_count, &rows, error))
		return false;
	found = db_next(rows);
	if (found)
		*text_out = str_to_cstr(arena, db_text(rows, 0));
	if (!db_rows_done(rows, error))
		return false;
	if (!found)
		return error_set(error, ERROR_NOT_FOUND, missing_key, "%.*s",
				 STR_ARGS(params[0].text));
	return true;
}

bool library_query_save(struct library *library, const char *name, const char *text,
			struct error *error)
{
	return db_execute(library->db, upsert_query,
			  DB_WITH(DB_CSTR(name), DB_CSTR(text), DB_INT(library->organisation_id)),
			  error);
}

bool library_query_find(struct library *library, struct arena *arena, struct str name,
			const char **text_out, struct error *error)
{
	return library_find_text(library, arena, select_query,
				 DB_WITH(DB_STR(name), DB_INT(library->organisation_id)),
				 "library.no_query", text_out, error);
}

bool library_query_list(struct library *library, struct arena *arena,
			struct saved_query **queries_out, size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct saved_query);
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_queries, DB_WITH(DB_INT(library->organisation_id)),
		      &rows, error))
		return false;
	while (db_next(rows))
		*(struct saved_query *)list_add(&list) = (struct saved_query){
			.name = str_to_cstr(arena, db_text(rows, 0)),
			.text = str_to_cstr(arena, db_text(rows, 1)),
		};
	*queries_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}

bool library_query_remove(struct library *library, struct str name, struct error *error)
{
	int64_t removed;

	if (!db_execute_returning(library->db, delete_query,
				  DB_WITH(DB_STR(name), DB_INT(library->organisation_id)), &removed,
				  error))
		return false;
	if (!removed)
		return error_set(error, ERROR_NOT_FOUND, "library.no_query", "%.*s",
				 STR_ARGS(name));
	return true;
}
