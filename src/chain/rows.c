#include "chain/rows.h"

enum { COLUMNS_MAX = 48 };

bool chain_select(struct record_store *store, const char *path, const char *type,
		  const char *const *names, size_t count, struct chain_rows *rows_out,
		  struct error *error)
{
	struct record_selection selection = { .type = record_type_find(type), .path = path };
	size_t fields[COLUMNS_MAX + 1];

	*rows_out = (struct chain_rows){ .rows = NULL };
	if (!selection.type)
		return error_set(error, ERROR_INVALID, "record.no_field", "%s", type);
	for (size_t i = 0; i < count && i < COLUMNS_MAX; i++) {
		fields[i] = record_field_find(selection.type, str_of(names[i]));
		if (fields[i] == SIZE_MAX)
			return error_set(error, ERROR_INVALID, "record.no_field", "%s.%s", type,
					 names[i]);
	}
	fields[count < COLUMNS_MAX ? count : COLUMNS_MAX] = SIZE_MAX;
	selection.fields = fields;
	return record_select(store, &selection, &rows_out->rows, error);
}

bool chain_next(struct chain_rows *rows)
{
	return rows->rows && db_next(rows->rows);
}

bool chain_done(struct chain_rows *rows, struct error *error)
{
	return !rows->rows || db_rows_done(rows->rows, error);
}

int64_t chain_id(const struct chain_rows *rows)
{
	return db_integer(rows->rows, SELECTED_ID);
}

int64_t chain_organisation(const struct chain_rows *rows)
{
	return db_integer(rows->rows, SELECTED_ORGANISATION);
}

struct str chain_state(const struct chain_rows *rows)
{
	return db_text(rows->rows, SELECTED_STATE);
}

struct str chain_text(const struct chain_rows *rows, size_t column)
{
	return db_text(rows->rows, SELECTED_FIELDS + (int)column);
}

bool chain_is_set(const struct chain_rows *rows, size_t column)
{
	return !db_is_null(rows->rows, SELECTED_FIELDS + (int)column);
}

int64_t chain_integer(const struct chain_rows *rows, size_t column)
{
	return db_integer(rows->rows, SELECTED_FIELDS + (int)column);
}

date chain_date(const struct chain_rows *rows, size_t column)
{
	date day;

	return date_parse(chain_text(rows, column), &day) ? day : DATE_NONE;
}

bool chain_next_id(struct str *rest, int64_t *id_out)
{
	struct str part;

	while (str_split(rest, STR(","), &part))
		if (str_to_int64(part, id_out))
			return true;
	return false;
}
