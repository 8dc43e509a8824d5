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

/* ---- Connections that are lost. */
static bool is_lost(const struct db *db)
{
	return db->driver->is_lost && db->driver->is_lost(db);
}

/* The transaction ended without its owner: no statement of it may run as one of its own. */
static bool gone(const struct db *db, struct error *error)
{
	if (is_lost(db))
		return error_set(error, ERROR_BUSY, "db.lost", "%s", "");
	return error_set(error, ERROR_CONFLICT, "db.rolled_back", "%s", "");
}

static bool make_ready(struct db *db, struct error *error)
{
	if (db->is_begun)
		return db->driver->in_transaction(db) || gone(db, error);
	return !is_lost(db) || db->driver->reconnect(db, error);
}

static bool unknown(struct error *error)
{
	struct error why = *error;

	return error_set(error, ERROR_IO, "db.unknown", "%s", why.detail);
}

static bool run(struct db *db, const char *sql, const struct db_param *params, size_t param_count,
		struct db_rows *rows, struct error *error)
{
	if (!make_ready(db, error))
		return false;
	if (db->driver->query(db, sql, params, param_count, rows, error))
		return true;
	if (db->is_begun || !is_lost(db))
		return false;
	if (!str_starts_with(str_of(sql), STR("SELECT ")))
		return unknown(error);
	return db->driver->reconnect(db, error) &&
	       db->driver->query(db, sql, params, param_count, rows, error);
}

/* ---- Transactions. */
bool db_begin(struct db *db, struct error *error)
{
	const char *begin = db->driver->begin;
	bool done = make_ready(db, error) && db->driver->script(db, begin, error);

	if (!done && !db->is_begun && is_lost(db)) /* which only this statement has shown */
		done = db->driver->reconnect(db, error) && db->driver->script(db, begin, error);
	if (!done && !db->is_begun)
		db_rollback(db); /* begun, and the lock not got */
	db->is_begun |= done;
	return done;
}

bool db_commit(struct db *db, struct error *error)
{
	if (!db->driver->in_transaction(db)) {
		db->is_begun = false;
		return gone(db, error);
	}
	db->is_begun = false;
	if (db->driver->script(db, "COMMIT", error))
		return true;
	if (is_lost(db))
		return unknown(error);
	db_rollback(db);
	return false;
}

void db_rollback(struct db *db)
{
	struct error ignored;

	db->is_begun = false;
	if (db->driver->in_transaction(db) && !db->driver->script(db, "ROLLBACK", &ignored))
		return; /* the connection is gone, and the transaction with it */
}

void db_shrink(struct db *db)
{
	if (db->driver->shrink)
		db->driver->shrink(db);
}

bool db_in_transaction(const struct db *db)
{
	return db->is_begun;
}

bool db_script(struct db *db, const char *sql, struct error *error)
{
	return make_ready(db, error) && db->driver->script(db, sql, error);
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
	if (!run(db, sql, params, param_count, &rows, error))
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
	if (!run(db, sql, params, param_count, rows, error))
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
