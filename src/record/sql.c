/* Statements put together from the types' tables. */
#include "record/record_internal.h"

#include <stdarg.h>

static void release(void *sql)
{
	strbuf_release(&((struct record_sql *)sql)->text);
}

struct record_sql *sql_new(struct record_store *store)
{
	struct record_sql *sql = arena_new(store->arena, struct record_sql);

	sql->text = STRBUF_INIT;
	arena_defer(store->arena, release, sql);
	return sql;
}

void sql_add(struct record_sql *sql, const char *format, ...)
{
	char piece[512];
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vsnprintf(piece, sizeof(piece), format, arguments);
	va_end(arguments);
	if (size < 0 || (size_t)size >= sizeof(piece))
		sql->is_full = true; /* no name in a type's table is that long */
	else
		strbuf_add(&sql->text, piece, (size_t)size);
}

void sql_add_param(struct record_sql *sql, struct db_param param)
{
	if (sql->param_count == RECORD_PARAMS_MAX) {
		sql->is_full = true;
		return;
	}
	sql->params[sql->param_count++] = param;
	sql_add(sql, "$%zu", sql->param_count);
}

static bool fits(const struct record_sql *sql, struct error *error)
{
	if (sql->is_full)
		return error_set(error, ERROR_LIMIT, "record.statement", "%zu", sql->param_count);
	return true;
}

bool sql_query(struct record_store *store, struct record_sql *sql, struct db_rows **rows_out,
	       struct error *error)
{
	return fits(sql, error) && db_query(store->db, store->arena, sql->text.data, sql->params,
					    sql->param_count, rows_out, error);
}

bool sql_execute(struct record_store *store, struct record_sql *sql, int64_t *returned_out,
		 struct error *error)
{
	return fits(sql, error) && db_execute_returning(store->db, sql->text.data, sql->params,
							sql->param_count, returned_out, error);
}
