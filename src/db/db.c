#include "db/db.h"
#include "base/memory.h"
#include "db/db_internal.h"

static bool open_driver(const char *target, struct db *db, struct error *error)
{
	struct str name = str_of(target);

	if (str_starts_with(name, STR("postgresql://")) ||
	    str_starts_with(name, STR("postgres://")))
		return postgresql_open(target, db, error);
	return sqlite_open(target, db, error);
}

bool db_open(const char *target, struct db **db_out, struct error *error)
{
	struct db *db = memory_alloc_zeroed(1, sizeof(*db));

	db->statements = map_create();
	if (!open_driver(target, db, error)) {
		map_destroy(db->statements);
		memory_free(db);
		return false;
	}
	*db_out = db;
	return true;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_rollback(db);
	db->driver->close(db);
	map_destroy(db->statements);
	memory_free(db);
}

bool db_begin(struct db *db, struct error *error)
{
	return db_script(db, db->driver->begin, error);
}

bool db_commit(struct db *db, struct error *error)
{
	return db_script(db, "COMMIT", error);
}

void db_rollback(struct db *db)
{
	struct error ignored;

	if (db_in_transaction(db) && !db_script(db, "ROLLBACK", &ignored))
		return; /* the connection is gone, and the transaction with it */
}

bool db_in_transaction(const struct db *db)
{
	return db->driver->in_transaction(db);
}

bool db_script(struct db *db, const char *sql, struct error *error)
{
	return db->driver->script(db, sql, error);
}

bool db_execute(struct db *db, const char *sql, const struct db_param *params, size_t param_count,
		struct error *error)
{
	int64_t ignored;

	return db_execute_returning(db, sql, params, param_count, &ignored, error);
}

bool db_execute_returning(struct db *db, const char *sql, const struct db_param *params,
			  size_t param_count, int64_t *value_out, struct error *error)
{
	struct db_rows rows = { .db = db };

	*value_out = 0;
	if (!db->driver->query(db, sql, params, param_count, &rows, error))
		return false;
	while (db_next(&rows))
		*value_out = db_integer(&rows, 0);
	return db_rows_done(&rows, error);
}

static void close_deferred(void *rows)
{
	db_rows_close(rows);
}

bool db_query(struct db *db, struct arena *arena, const char *sql, const struct db_param *params,
	      size_t param_count, struct db_rows **rows_out, struct error *error)
{
	struct db_rows *rows = arena_new(arena, struct db_rows);

	rows->db = db;
	if (!db->driver->query(db, sql, params, param_count, rows, error))
		return false;
	arena_defer(arena, close_deferred, rows);
	*rows_out = rows;
	return true;
}

bool db_next(struct db_rows *rows)
{
	if (!rows->is_open)
		return false;
	if (rows->db->driver->next(rows))
		return true;
	db_rows_close(rows);
	return false;
}

bool db_rows_done(struct db_rows *rows, struct error *error)
{
	db_rows_close(rows);
	if (rows->failed)
		*error = rows->error;
	return !rows->failed;
}

void db_rows_close(struct db_rows *rows)
{
	if (rows->is_open)
		rows->db->driver->rows_close(rows);
	rows->is_open = false;
}

int64_t db_integer(const struct db_rows *rows, int column)
{
	return rows->db->driver->integer(rows, column);
}

struct str db_text(const struct db_rows *rows, int column)
{
	return rows->db->driver->text(rows, column);
}

bool db_is_null(const struct db_rows *rows, int column)
{
	return rows->db->driver->is_null(rows, column);
}
