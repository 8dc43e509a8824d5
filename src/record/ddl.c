/* Tables of the database from the types' tables. */
#include "record/describe.h"
#include "record/record_internal.h"

static const char *column_type(enum field_kind kind)
{
	if (kind == FIELD_BOOL)
		return "BOOLEAN";
	return kind_is_text(kind) ? "TEXT" : "BIGINT";
}

static void add_index(struct strbuf *sql, const struct record_type *type, const char *what,
		      const char *name, const char *columns)
{
	strbuf_addf(sql, "CREATE %sINDEX %s_%s ON \"%s\" (%s);\n", what, type->name, name,
		    type->name, columns);
}

static void add_columns(const struct record_type *type, struct strbuf *sql)
{
	strbuf_addf(sql,
		    "CREATE TABLE \"%s\" (\n\tid {ID},\n"
		    "\tversion BIGINT NOT NULL DEFAULT 1,\n"
		    "\tstate TEXT NOT NULL DEFAULT '%s',\n"
		    "\torganisation_id BIGINT NOT NULL DEFAULT 1,\n"
		    "\tcreated_by BIGINT NOT NULL DEFAULT 0,\n"
		    "\tcreated_at BIGINT NOT NULL DEFAULT 0,\n"
		    "\tupdated_by BIGINT NOT NULL DEFAULT 0,\n"
		    "\tupdated_at BIGINT NOT NULL DEFAULT 0",
		    type->name, type->states[0].value);
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];

		strbuf_addf(sql, ",\n\t\"%s\" %s", field->name, column_type(field->kind));
		if (field->flags & FIELD_REQUIRED)
			strbuf_add_cstr(sql, " NOT NULL");
		if (field->kind == FIELD_REF)
			strbuf_addf(sql, " REFERENCES \"%s\" (id)", field->ref);
	}
	strbuf_add_cstr(sql, "\n);\n");
}

static void add_field_index(const struct record_type *type, const struct field *field,
			    struct strbuf *sql)
{
	char columns[160];

	snprintf(columns, sizeof(columns), "\"%s\", id", field->name);
	if (field->flags & FIELD_INDEXED)
		add_index(sql, type, "", field->name, columns);
	if (field->flags & FIELD_UNIQUE) {
		snprintf(columns, sizeof(columns), "organisation_id, \"%s\"", field->name);
		add_index(sql, type, "UNIQUE ", field->name, columns);
	}
	if (field->flags & FIELD_UNIQUE_EVERYWHERE) {
		snprintf(columns, sizeof(columns), "\"%s\"", field->name);
		add_index(sql, type, "UNIQUE ", field->name, columns);
	}
}

void record_write_ddl(const struct record_type *type, struct strbuf *sql)
{
	add_columns(type, sql);
	add_index(sql, type, "", "by_organisation", "organisation_id, updated_at, id");
	add_index(sql, type, "", "by_update", "updated_at, id");
	for (size_t i = 0; i < type->field_count; i++)
		add_field_index(type, &type->fields[i], sql);
}
