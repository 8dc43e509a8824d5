/*
 * The PostgreSQL driver. Parameters go as text (bytes as they are), answers come in binary:
 * integers of 1 to 8 bytes in network order, text and bytea as they are.
 */
#include "base/memory.h"
#include "db/db_internal.h"

#include <libpq-fe.h>

enum { PARAMS_MAX = 99, NUMBER_SIZE = 24, NAME_SIZE = 24 };

struct answer {
	PGresult *result;
	int row;
};

static PGconn *connection_of(const struct db *db)
{
	return db->connection;
}

/* SQLSTATE classes and codes, PostgreSQL documentation appendix A; the first match counts. */
static const struct {
	const char *code;
	enum error_kind kind;
	const char *key;
} states[] = {
	{ "40001", ERROR_BUSY, "db.busy" },        { "40P01", ERROR_BUSY, "db.busy" },
	{ "55P03", ERROR_BUSY, "db.busy" },        { "57P0", ERROR_BUSY, "db.lost" },
	{ "08", ERROR_BUSY, "db.lost" },           { "53100", ERROR_IO, "db.full" },
	{ "23", ERROR_CONFLICT, "db.constraint" }, { "58", ERROR_IO, "db.io" },
};

static bool postgresql_is_lost(const struct db *db)
{
	return PQstatus(connection_of(db)) == CONNECTION_BAD;
}

static bool fail(const struct db *db, const PGresult *result, struct error *error)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	struct str text = str_trim(str_of(PQerrorMessage(connection_of(db))));

	if (postgresql_is_lost(db))
		return error_set(error, ERROR_BUSY, "db.lost", "%.*s", STR_ARGS(text));
	for (size_t i = 0; state && i < sizeof(states) / sizeof(states[0]); i++)
		if (strncmp(state, states[i].code, strlen(states[i].code)) == 0)
			return error_set(error, states[i].kind, states[i].key, "%.*s",
					 STR_ARGS(text));
	return error_set(error, ERROR_CORRUPT, "db.statement", "%.*s", STR_ARGS(text));
}

static bool is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Prepared statements went with the old connection. */
static bool postgresql_reconnect(struct db *db, struct error *error)
{
	PQreset(connection_of(db));
	map_clear(db->statements);
	return !postgresql_is_lost(db) || fail(db, NULL, error);
}

static bool postgresql_script(struct db *db, const char *sql, struct error *error)
{
	PGresult *result = PQexec(connection_of(db), sql);
	bool done = is_good(result);

	/* COMMIT of a failed transaction answers ROLLBACK and calls it success */
	if (done && strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(result), "COMMIT") != 0)
		done = error_set(error, ERROR_CONFLICT, "db.rolled_back", "%s",
				 PQcmdStatus(result));
	else if (!done)
		fail(db, result, error);
	PQclear(result);
	return done;
}

/* Answers are whole when they arrive, so that no statement is in use. */
static void drop_statements(struct db *db)
{
	PGresult *result = PQexec(connection_of(db), "DEALLOCATE ALL");

	if (is_good(result))
		map_clear(db->statements);
	PQclear(result);
}

static bool prepare(struct db *db, const char *sql, char name[NAME_SIZE], struct error *error)
{
	PGresult *result;
	uint64_t *kept;
	bool done;

	if (map_count(db->statements) >= STATEMENTS_MAX)
		drop_statements(db);
	kept = map_put(db->statements, str_of(sql), NULL);
	snprintf(name, NAME_SIZE, "s%llu",
		 (unsigned long long)(*kept ? *kept : db->statement_number + 1));
	if (*kept)
		return true;
	result = PQprepare(connection_of(db), name, sql, 0, NULL);
	done = is_good(result);
	if (!done)
		fail(db, result, error);
	else
		*kept = ++db->statement_number;
	PQclear(result);
	return done;
}

/* What PQexecPrepared wants of the parameters; texts are copied to end with NUL. */
struct bound {
	const char *values[PARAMS_MAX];
	int sizes[PARAMS_MAX], formats[PARAMS_MAX];
	char numbers[PARAMS_MAX][NUMBER_SIZE];
};

static void bind(struct arena *arena, const struct db_param *params, size_t count,
		 struct bound *bound)
{
	for (size_t i = 0; i < count; i++) {
		const struct db_param *param = &params[i];

		if (param->kind == DB_INTEGER) {
			snprintf(bound->numbers[i], NUMBER_SIZE, "%lld", (long long)param->integer);
			bound->values[i] = bound->numbers[i];
		} else if (param->kind == DB_TEXT) {
			bound->values[i] = str_to_cstr(arena, param->text);
		} else if (param->kind == DB_BYTES) {
			bound->values[i] = param->text.data ? param->text.data : "";
			bound->sizes[i] = (int)param->text.size;
			bound->formats[i] = 1;
		}
	}
}

static bool postgresql_query(struct db *db, const char *sql, const struct db_param *params,
			     size_t param_count, struct db_rows *rows, struct error *error)
{
	struct arena *arena = arena_create(4096);
	struct bound *bound = arena_new(arena, struct bound);
	char name[NAME_SIZE];
	PGresult *result = NULL;
	bool done = prepare(db, sql, name, error);

	if (done) {
		bind(arena, params, param_count, bound);
		result = PQexecPrepared(connection_of(db), name, (int)param_count, bound->values,
					bound->sizes, bound->formats, 1);
		done = is_good(result) || fail(db, result, error);
	}
	arena_destroy(arena);
	if (!done) {
		PQclear(result);
		return false;
	}
	rows->statement = memory_alloc(sizeof(struct answer));
	*(struct answer *)rows->statement = (struct answer){ result, -1 };
	rows->is_open = true;
	return true;
}

static bool postgresql_next(struct db_rows *rows)
{
	struct answer *answer = rows->statement;

	return ++answer->row < PQntuples(answer->result);
}

static void postgresql_rows_close(struct db_rows *rows)
{
	PQclear(((struct answer *)rows->statement)->result);
	memory_free(rows->statement);
}

static struct str postgresql_text(const struct db_rows *rows, int column)
{
	const struct answer *answer = rows->statement;

	return (struct str){ PQgetvalue(answer->result, answer->row, column),
			     (size_t)PQgetlength(answer->result, answer->row, column) };
}

static int64_t postgresql_integer(const struct db_rows *rows, int column)
{
	struct str bytes = postgresql_text(rows, column);
	uint64_t value = bytes.size && (bytes.data[0] & 0x80) ? UINT64_MAX : 0;

	for (size_t i = 0; i < bytes.size; i++)
		value = value << 8 | (unsigned char)bytes.data[i];
	return (int64_t)value;
}

static bool postgresql_is_null(const struct db_rows *rows, int column)
{
	const struct answer *answer = rows->statement;

	return PQgetisnull(answer->result, answer->row, column);
}

static bool postgresql_in_transaction(const struct db *db)
{
	PGTransactionStatusType status = PQtransactionStatus(connection_of(db));

	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static void postgresql_close(struct db *db)
{
	PQfinish(connection_of(db));
}

/*
 * One writer at a time, as SQLite has it: what a guard found in other rows (the sheets of a panel, a
 * licence that runs) still holds at the commit. Whoever waits as long as there is told db.busy.
 */
static const char begin_writing[] = "BEGIN; SET LOCAL lock_timeout = '10s'; "
				    "SELECT pg_advisory_xact_lock(8461)";

static const struct db_driver postgresql_driver = {
	.identity_column = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
	.append_only =
		"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
		"$$ BEGIN RAISE EXCEPTION '{TABLE}: rows are only added'; END $$; "
		"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
		"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse();",
	.begin = begin_writing,
	.lock_schema = "SELECT pg_advisory_xact_lock(8460)",
	.count_versions = "SELECT COUNT(to_regclass('schema_version'))",
	.close = postgresql_close,
	.script = postgresql_script,
	.query = postgresql_query,
	.next = postgresql_next,
	.rows_close = postgresql_rows_close,
	.integer = postgresql_integer,
	.text = postgresql_text,
	.is_null = postgresql_is_null,
	.in_transaction = postgresql_in_transaction,
	.is_lost = postgresql_is_lost,
	.reconnect = postgresql_reconnect,
};

/* Notices ("table exists, skipping") are nobody's business here. */
static void ignore_notice(void *context, const char *message)
{
	(void)context;
	(void)message;
}

bool postgresql_open(const char *url, struct db *db, struct error *error)
{
	/* A machine that is gone is noticed within a minute; the address may say otherwise. */
	static const char *const names[] = { "application_name", "connect_timeout",
					     "keepalives_idle",  "tcp_user_timeout",
					     "dbname",           NULL };
	const char *const values[] = { "yucheng", "10", "30", "60000", url, NULL };
	struct str text;

	db->connection = PQconnectdbParams(names, values, 1);
	db->driver = &postgresql_driver;
	PQsetNoticeProcessor(connection_of(db), ignore_notice, NULL);
	if (PQstatus(connection_of(db)) == CONNECTION_OK)
		return true;
	text = str_trim(str_of(PQerrorMessage(connection_of(db))));
	text = str_slice(text, 0, str_find_byte(text, '\n')); /* hints of its own follow */
	error_set(error, ERROR_IO, "db.open", "%.*s", STR_ARGS(text));
	postgresql_close(db);
	return false;
}
