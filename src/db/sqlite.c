/* The SQLite driver. $n is a name to SQLite, so parameters are bound by name, not by slot. */
#include "db/db_internal.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>

enum { BUSY_TIMEOUT_MS = 10000, PARAMS_MAX = 99 };

/*
 * WAL lets readers go on while one connection writes; FULL syncs every commit, so that the index,
 * which is synced too, is never ahead of the database after a power failure.
 */
static const char settings[] = "PRAGMA journal_mode = WAL;"
			       "PRAGMA synchronous = FULL;"
			       "PRAGMA foreign_keys = ON;"
			       "PRAGMA temp_store = MEMORY;"
			       "PRAGMA cache_size = -16384;"
			       "PRAGMA mmap_size = 1073741824;"
			       "PRAGMA wal_autocheckpoint = 8000;";

static bool fail(sqlite3 *connection, struct error *error)
{
	int code = sqlite3_errcode(connection);
	const char *text = sqlite3_errmsg(connection);

	switch (code & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_set(error, ERROR_BUSY, "db.busy", "%s", text);
	case SQLITE_CONSTRAINT:
		return error_set(error, ERROR_CONFLICT, "db.constraint", "%s", text);
	case SQLITE_FULL:
		return error_set(error, ERROR_IO, "db.full", "%s", text);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return error_set(error, ERROR_CORRUPT, "db.corrupt", "%s", text);
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		return error_set(error, ERROR_IO, "db.io", "%s", text);
	default:
		return error_set(error, ERROR_CORRUPT, "db.statement", "%s", text);
	}
}

static bool sqlite_script(struct db *db, const char *sql, struct error *error)
{
	if (sqlite3_exec(db->connection, sql, NULL, NULL, NULL) != SQLITE_OK)
		return fail(db->connection, error);
	return true;
}

static bool prepare(struct db *db, const char *sql, unsigned flags, sqlite3_stmt **statement_out,
		    struct error *error)
{
	if (sqlite3_prepare_v3(db->connection, sql, -1, flags, statement_out, NULL) != SQLITE_OK)
		return fail(db->connection, error);
	return true;
}

/* Lets all statements go that have no open rows. */
static void drop_statements(struct db *db)
{
	struct map *kept = map_create();

	for (size_t i = 0; i < map_count(db->statements); i++) {
		uint64_t value = *map_value_at(db->statements, i);
		sqlite3_stmt *statement = (sqlite3_stmt *)(uintptr_t)value;

		if (statement && sqlite3_stmt_busy(statement))
			*map_put(kept, map_key_at(db->statements, i), NULL) = value;
		else
			sqlite3_finalize(statement);
	}
	map_destroy(db->statements);
	db->statements = kept;
}

/* The kept statement of this SQL text; a second use at the same time gets one of its own. */
static bool take_statement(struct db *db, const char *sql, struct db_rows *rows,
			   struct error *error)
{
	sqlite3_stmt *statement;
	uint64_t *kept;

	if (map_count(db->statements) >= STATEMENTS_MAX)
		drop_statements(db);
	kept = map_put(db->statements, str_of(sql), NULL);
	statement = (sqlite3_stmt *)(uintptr_t)*kept;
	if (!statement) {
		if (!prepare(db, sql, SQLITE_PREPARE_PERSISTENT, &statement, error))
			return false;
		*kept = (uintptr_t)statement;
	} else if (sqlite3_stmt_busy(statement)) {
		if (!prepare(db, sql, 0, &statement, error))
			return false;
		rows->is_temporary = true;
	}
	rows->statement = statement;
	return true;
}

static int bind_value(sqlite3_stmt *statement, int slot, const struct db_param *param)
{
	const char *data = param->text.data ? param->text.data : "";

	switch (param->kind) {
	case DB_INTEGER:
		return sqlite3_bind_int64(statement, slot, param->integer);
	case DB_TEXT:
		return sqlite3_bind_text64(statement, slot, data, param->text.size, SQLITE_STATIC,
					   SQLITE_UTF8);
	case DB_BYTES:
		return sqlite3_bind_blob64(statement, slot, data, param->text.size, SQLITE_STATIC);
	case DB_NULL:
	default:
		return sqlite3_bind_null(statement, slot);
	}
}

static bool bind(sqlite3_stmt *statement, const struct db_param *params, size_t count)
{
	char name[8];

	for (size_t i = 0; i < count && i < PARAMS_MAX; i++) {
		int slot = (int)i + 1;

		snprintf(name, sizeof(name), "$%d", (int)i + 1);
		if (sqlite3_bind_parameter_name(statement, slot) == NULL ||
		    strcmp(sqlite3_bind_parameter_name(statement, slot), name) != 0)
			slot = sqlite3_bind_parameter_index(statement, name);
		if (slot != 0 && bind_value(statement, slot, &params[i]) != SQLITE_OK)
			return false;
	}
	return true;
}

static void sqlite_rows_close(struct db_rows *rows)
{
	if (rows->is_temporary) {
		sqlite3_finalize(rows->statement);
		return;
	}
	sqlite3_reset(rows->statement);
	sqlite3_clear_bindings(rows->statement);
}

/*
 * Steps once, so that the parameters need not outlive the call; that first row waits for next().
 * Rows are open as long as their statement is busy.
 */
static bool sqlite_query(struct db *db, const char *sql, const struct db_param *params,
			 size_t param_count, struct db_rows *rows, struct error *error)
{
	int result;

	if (!take_statement(db, sql, rows, error))
		return false;
	if (!bind(rows->statement, params, param_count)) {
		fail(db->connection, error);
		sqlite_rows_close(rows);
		return false;
	}
	result = sqlite3_step(rows->statement);
	if (result != SQLITE_ROW && result != SQLITE_DONE) {
		fail(db->connection, error);
		sqlite_rows_close(rows);
		return false;
	}
	rows->is_open = result == SQLITE_ROW;
	rows->is_first = true;
	if (!rows->is_open)
		sqlite_rows_close(rows);
	return true;
}

static bool sqlite_next(struct db_rows *rows)
{
	int result;

	if (rows->is_first) {
		rows->is_first = false;
		return true;
	}
	result = sqlite3_step(rows->statement);
	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		rows->failed = !fail(rows->db->connection, &rows->error);
	return false;
}

static int64_t sqlite_integer(const struct db_rows *rows, int column)
{
	return sqlite3_column_int64(rows->statement, column);
}

static struct str sqlite_text(const struct db_rows *rows, int column)
{
	const void *data = sqlite3_column_blob(rows->statement, column);

	return (struct str){ data, (size_t)sqlite3_column_bytes(rows->statement, column) };
}

static bool sqlite_is_null(const struct db_rows *rows, int column)
{
	return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

static bool sqlite_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(db->connection);
}

static void sqlite_shrink(struct db *db)
{
	sqlite3_db_release_memory(db->connection);
}

static void sqlite_close(struct db *db)
{
	for (size_t i = 0; i < map_count(db->statements); i++)
		sqlite3_finalize((sqlite3_stmt *)(uintptr_t)*map_value_at(db->statements, i));
	sqlite3_close(db->connection);
}

static const struct db_driver sqlite_driver = {
	/* Never an id twice: histories and audit lines name rows that are gone. */
	.identity_column = "INTEGER PRIMARY KEY AUTOINCREMENT",
	.append_only = "CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} BEGIN "
		       "SELECT RAISE(ABORT, '{TABLE}: rows are only added'); END; "
		       "CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} BEGIN "
		       "SELECT RAISE(ABORT, '{TABLE}: rows are only added'); END;",
	.begin = "BEGIN IMMEDIATE",
	.copy = "VACUUM INTO",
	.count_versions = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' "
			  "AND name = 'schema_version'",
	.close = sqlite_close,
	.script = sqlite_script,
	.query = sqlite_query,
	.next = sqlite_next,
	.rows_close = sqlite_rows_close,
	.integer = sqlite_integer,
	.text = sqlite_text,
	.is_null = sqlite_is_null,
	.in_transaction = sqlite_in_transaction,
	.shrink = sqlite_shrink,
};

bool sqlite_open(const char *path, struct db *db, struct error *error)
{
	enum { FLAGS = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX };
	sqlite3 *connection = NULL;

	if (sqlite3_open_v2(path, &connection, FLAGS, NULL) != SQLITE_OK) {
		error_set(error, ERROR_IO, "db.open", "%s: %s", path,
			  connection ? sqlite3_errmsg(connection) : "");
		sqlite3_close(connection);
		return false;
	}
	sqlite3_busy_timeout(connection, BUSY_TIMEOUT_MS);
	sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	db->connection = connection;
	db->driver = &sqlite_driver;
	if (sqlite_script(db, settings, error))
		return true;
	sqlite3_close(connection);
	return false;
}
