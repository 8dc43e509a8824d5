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

/*
 * Statements are put together for every request, and printf is slow: this reads %s, %.*s and %zu
 * only. Another directive makes the statement one that is refused.
 */
static size_t add_argument(struct record_sql *sql, struct str directive, va_list *arguments)
{
	if (str_starts_with(directive, STR("%s"))) {
		strbuf_add_cstr(&sql->text, va_arg(*arguments, const char *));
		return 2;
	}
	if (str_starts_with(directive, STR("%zu"))) {
		strbuf_add_integer(&sql->text, (int64_t)va_arg(*arguments, size_t));
		return 3;
	}
	if (str_starts_with(directive, STR("%.*s"))) {
		int size = va_arg(*arguments, int);

		strbuf_add(&sql->text, va_arg(*arguments, const char *), (size_t)size);
		return 4;
	}
	sql->is_full = true;
	return directive.size;
}

void sql_add(struct record_sql *sql, const char *format, ...)
{
	struct str rest = str_of(format);
	va_list arguments;

	va_start(arguments, format);
	while (rest.size) {
		size_t plain = str_find_byte(rest, '%');

		plain = plain == STR_NOT_FOUND ? rest.size : plain;
		strbuf_add(&sql->text, rest.data, plain);
		rest = str_slice(rest, plain, rest.size);
		if (rest.size)
			rest = str_slice(rest, add_argument(sql, rest, &arguments), rest.size);
	}
	va_end(arguments);
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
