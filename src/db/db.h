#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/*
 * One database connection, for one thread. SQL is written once, with $1..$n, for every database;
 * a driver is a struct of functions (db_internal.h). Types: BIGINT, TEXT, BYTES, BOOLEAN.
 *
 * Prepared statements are kept by their text, up to some hundred texts at a time.
 *
 * Lost connections and locked databases are ERROR_BUSY: the transaction may be tried again; nothing
 * of it was stored, and until db_rollback every further statement of it is refused. Outside a
 * transaction a lost connection is made anew, and a SELECT that found it lost is asked again. A
 * connection lost in the middle of COMMIT, or of a writing statement outside a transaction, is
 * ERROR_IO "db.unknown": the change is stored or is not; who wants to repeat it must look first.
 */
struct db;
struct db_rows;

enum db_kind { DB_NULL, DB_INTEGER, DB_TEXT, DB_BYTES };

struct db_param {
	enum db_kind kind;
	int64_t integer;
	struct str text; /* DB_TEXT and DB_BYTES; used during the call only */
};

#define DB_NOTHING     ((struct db_param){ .kind = DB_NULL })
#define DB_INT(value)  ((struct db_param){ .kind = DB_INTEGER, .integer = (value) })
#define DB_STR(value)  ((struct db_param){ .kind = DB_TEXT, .text = (value) })
#define DB_CSTR(value) DB_STR(str_of(value))
#define DB_BLOB(value) ((struct db_param){ .kind = DB_BYTES, .text = (value) })
/* The parameters of one call and their count: db_execute(db, sql, DB_WITH(DB_INT(1)), error) */
#define DB_WITH(...)                                                                               \
	(const struct db_param[]){ __VA_ARGS__ },                                                  \
		sizeof((const struct db_param[]){ __VA_ARGS__ }) / sizeof(struct db_param)
#define DB_WITHOUT NULL, 0

/* target: the path of an SQLite file, made when missing; or postgresql://… */
bool db_open(const char *target, struct db **db_out, struct error *error) MUST_CHECK;
void db_close(struct db *db); /* rolls back what is open */

bool db_begin(struct db *db, struct error *error) MUST_CHECK;  /* takes the write lock */
bool db_commit(struct db *db, struct error *error) MUST_CHECK; /* a failure also rolls back */
void db_rollback(struct db *db);                               /* no open transaction is fine */
bool db_in_transaction(const struct db *db); /* between begin and its end, even if it was lost */

/* Statements without an answer. */
bool db_execute(struct db *db, const char *sql, const struct db_param *params, size_t param_count,
		struct error *error) MUST_CHECK;
/* INSERT … RETURNING id, or any statement that answers one integer; 0 when it answers none. */
bool db_execute_returning(struct db *db, const char *sql, const struct db_param *params,
			  size_t param_count, int64_t *value_out, struct error *error) MUST_CHECK;
/* Several statements without parameters, separated by semicolons; any text. */
bool db_script(struct db *db, const char *sql, struct error *error) MUST_CHECK;

/*
 * Statements with an answer. Rows are closed at their end, by db_rows_close, or with the arena;
 * one statement text may be open once at a time. db_next is false at the end and on failure:
 * ask db_rows_done which. Texts and bytes are views until the next db_next.
 */
bool db_query(struct db *db, struct arena *arena, const char *sql, const struct db_param *params,
	      size_t param_count, struct db_rows **rows_out, struct error *error) MUST_CHECK;
bool db_next(struct db_rows *rows);
bool db_rows_done(struct db_rows *rows, struct error *error) MUST_CHECK;
void db_rows_close(struct db_rows *rows);
int64_t db_integer(const struct db_rows *rows, int column); /* 0 for NULL */
struct str db_text(const struct db_rows *rows, int column); /* empty for NULL; also bytes */
bool db_is_null(const struct db_rows *rows, int column);

/*
 * Writes the database as it stands at this moment into a new file, for a backup; others go on
 * reading and writing meanwhile. For SQLite only: a PostgreSQL server has tools of its own
 * (pg_dump), there it is ERROR_INVALID "db.copy".
 */
bool db_copy(struct db *db, const char *path, struct error *error) MUST_CHECK;

/* Gives back the memory that earlier statements filled; for connections that now rest. */
void db_shrink(struct db *db);

/*
 * Brings the tables to the newest schema: runs the migrations above the stored number, each in a
 * transaction. A database newer than the program is ERROR_CONFLICT "db.newer". {ID} in a script
 * is the database's spelling of an automatic integer key, {APPEND_ONLY:table} of triggers that
 * refuse whatever would change or remove a row of the table.
 */
struct migration {
	int number;
	const struct str *script;
};
bool db_migrate(struct db *db, const struct migration *migrations, size_t count,
		struct error *error) MUST_CHECK;
/* No migration has ever been run: nobody has stored anything here. */
bool db_is_new(struct db *db, bool *is_new_out, struct error *error) MUST_CHECK;

#endif
