#ifndef DB_DB_INTERNAL_H
#define DB_DB_INTERNAL_H

#include "base/map.h"
#include "db/db.h"

/* What a driver provides. Each database file fills one of these. */
struct db_driver {
	const char *identity_column; /* what {ID} in migrations stands for */
	const char *append_only;     /* what {APPEND_ONLY:table} stands for, with {TABLE} in it */
	const char *begin;           /* starts a transaction that will write */
	const char *copy;            /* "VACUUM INTO" a new file; NULL: it cannot */
	const char *lock_schema;     /* held to the end of a migration; NULL: begin is enough */
	const char *count_versions;  /* 0: there is no table schema_version */
	void (*close)(struct db *db);
	bool (*script)(struct db *db, const char *sql, struct error *error);
	bool (*query)(struct db *db, const char *sql, const struct db_param *params,
		      size_t param_count, struct db_rows *rows, struct error *error);
	bool (*next)(struct db_rows *rows);
	void (*rows_close)(struct db_rows *rows);
	int64_t (*integer)(const struct db_rows *rows, int column);
	struct str (*text)(const struct db_rows *rows, int column);
	bool (*is_null)(const struct db_rows *rows, int column);
	bool (*in_transaction)(const struct db *db); /* as the database sees it */
	void (*shrink)(struct db *db);               /* or NULL */
	/* Both NULL: a connection cannot be lost. */
	bool (*is_lost)(const struct db *db);
	bool (*reconnect)(struct db *db, struct error *error);
};

enum { STATEMENTS_MAX = 400 }; /* kept at a time; then all that are not in use are let go */

struct db {
	const struct db_driver *driver;
	void *connection;
	struct map *statements;    /* SQL text -> prepared statement, or its number */
	uint64_t statement_number; /* the newest one's */
	bool is_begun;             /* by db_begin, until db_commit or db_rollback */
};

struct db_rows {
	struct db *db;
	void *statement;
	bool is_open, is_temporary; /* temporary: the kept statement was in use */
	bool is_first;              /* query() has already stepped to the first row */
	bool failed;
	struct error error;
};

bool sqlite_open(const char *path, struct db *db, struct error *error) MUST_CHECK;
bool postgresql_open(const char *url, struct db *db, struct error *error) MUST_CHECK;

#endif
