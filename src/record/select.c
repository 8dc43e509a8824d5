#include "record/select.h"
#include "record/record_internal.h"

enum { USES_MAX = 64 };

/* What grants may hide of it: the fields read and those asked for. */
static void list_uses(const struct record_selection *selection, size_t uses[USES_MAX])
{
	size_t count = 0;

	for (const size_t *field = selection->fields; *field != SIZE_MAX; field++)
		uses[count++] = *field;
	for (size_t i = 0; i < selection->filter_count; i++)
		uses[count++] = selection->filters[i].field;
	uses[count++] = RECORD_FIELD_ORGANISATION;
	uses[count] = SIZE_MAX;
}

static size_t count_fields(const size_t *fields)
{
	size_t count = 0;

	while (fields[count] != SIZE_MAX)
		count++;
	return count;
}

static void add_path(struct record_sql *sql, struct arena *arena, const char *path)
{
	sql_add(sql, " AND t.organisation_id IN (SELECT id FROM organisation WHERE path >= ");
	sql_add_param(sql, DB_CSTR(path));
	sql_add(sql, " AND path < ");
	sql_add_param(sql, DB_CSTR(path_end(arena, path)));
	sql_add(sql, ")");
}

static bool fits(const struct record_selection *selection, struct error *error)
{
	return (count_fields(selection->fields) + selection->filter_count + 2 <= USES_MAX &&
		selection->filter_count <= FILTERS_MAX) ||
	       error_set(error, ERROR_LIMIT, "record.statement", "%d", USES_MAX);
}

/* " FROM type t WHERE" the rows of the selection. */
static void add_rows(struct record_sql *sql, const struct record_store *store,
		     const struct record_selection *selection)
{
	size_t uses[USES_MAX];

	list_uses(selection, uses);
	sql_add(sql, " FROM \"%s\" t WHERE ", selection->type->name);
	scope_add(sql, store, selection->type, "read", uses);
	if (selection->path)
		add_path(sql, store->arena, selection->path);
	for (size_t i = 0; i < selection->filter_count; i++)
		sql_add_filter(sql, store->arena, selection->type, &selection->filters[i]);
}

bool record_select(struct record_store *store, const struct record_selection *selection,
		   struct db_rows **rows_out, struct error *error)
{
	const struct record_type *type = selection->type;
	struct record_sql *sql = sql_new(store);

	if (!fits(selection, error))
		return false;
	sql_add(sql, "SELECT ");
	sql_add(sql, "t.id, t.organisation_id, t.state");
	for (const size_t *field = selection->fields; *field != SIZE_MAX; field++) {
		sql_add(sql, ", ");
		sql_add_field(sql, type, *field);
	}
	add_rows(sql, store, selection);
	sql_add(sql, " ORDER BY t.id");
	return sql_query(store, sql, rows_out, error);
}

bool record_select_steps(struct record_store *store, const struct record_selection *selection,
			 struct db_rows **rows_out, struct error *error)
{
	struct record_sql *sql = sql_new(store);

	if (!fits(selection, error))
		return false;
	sql_add(sql, "SELECT c.record_id, c.at, c.old_value, c.new_value FROM record_change c "
		     "WHERE c.type = ");
	sql_add_param(sql, DB_CSTR(selection->type->name));
	sql_add(sql, " AND c.field = 'state' AND c.record_id IN (SELECT t.id");
	add_rows(sql, store, selection);
	sql_add(sql, ") ORDER BY c.record_id, c.id");
	return sql_query(store, sql, rows_out, error);
}
