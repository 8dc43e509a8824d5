/* Schemas of the record types, from their tables. */
#include "api/openapi.h"
#include "record/record_type.h"

#include <stdio.h>

enum { SCHEMA_NAME_SIZE = 80 };

static void write_type(struct jsonout *json, const char *type, bool is_nullable)
{
	jsonout_key(json, "type");
	if (!is_nullable) {
		jsonout_cstr(json, type);
		return;
	}
	jsonout_array_begin(json);
	jsonout_cstr(json, type);
	jsonout_cstr(json, "null");
	jsonout_array_end(json);
}

/* "enum" of the values; null too where the field may be empty. */
static void write_choices(struct jsonout *json, const struct choice *choices, bool is_nullable)
{
	jsonout_key(json, "enum");
	jsonout_array_begin(json);
	for (; choices->value; choices++)
		jsonout_cstr(json, choices->value);
	if (is_nullable)
		jsonout_null(json);
	jsonout_array_end(json);
}

/* A schema that may also be null, or another. */
static void write_any(struct jsonout *json, const char *reference, const char *text_type)
{
	jsonout_key(json, "anyOf");
	jsonout_array_begin(json);
	jsonout_object_begin(json);
	openapi_write_reference(json, reference);
	jsonout_object_end(json);
	jsonout_object_begin(json);
	write_type(json, text_type, true);
	jsonout_object_end(json);
	jsonout_array_end(json);
}

static void write_list(struct jsonout *json, const struct field *field)
{
	write_type(json, "array", true);
	jsonout_key(json, "items");
	jsonout_object_begin(json);
	if (field->kind == FIELD_CHOICES)
		write_choices(json, field->choices, false);
	else
		openapi_write_reference(json, "Reference");
	jsonout_object_end(json);
}

/* What stands in an answer; what a body may give instead is told in words by RecordInput. */
static void write_value(struct jsonout *json, const struct field *field)
{
	switch (field->kind) {
	case FIELD_INTEGER:
		write_type(json, "integer", true);
		return;
	case FIELD_BOOL:
		write_type(json, "boolean", true);
		return;
	case FIELD_CHOICE:
		write_type(json, "string", true);
		write_choices(json, field->choices, true);
		return;
	case FIELD_CHOICES:
	case FIELD_REFS:
		write_list(json, field);
		return;
	case FIELD_REF:
	case FIELD_ORGANISATION:
	case FIELD_USER:
		write_any(json, "Reference", "object");
		return;
	case FIELD_FILE:
		write_any(json, "FileValue", "object");
		return;
	case FIELD_DATE:
		write_type(json, "string", true);
		jsonout_member_cstr(json, "format", "date");
		return;
	case FIELD_DECIMAL:
	case FIELD_MONEY:
		write_type(json, "string", true);
		jsonout_member_cstr(json, "pattern", "^-?[0-9]+(\\.[0-9]+)?$");
		return;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_PUBLICATION:
	case FIELD_REGION:
	case FIELD_KIND_COUNT:
	default:
		if (field->flags & FIELD_SENSITIVE)
			write_any(json, "Masked", "string");
		else
			write_type(json, "string", true);
	}
}

/* Does a read grant keep the value from somebody? */
static bool is_hidden(const struct record_type *type, const struct field *field)
{
	for (const struct grant *grant = type->grants; grant->roles; grant++)
		if (name_is_listed(grant->hides, str_of(field->name)))
			return true;
	return false;
}

/* Whoever may not see the value is told that there is one. */
static void write_hidden_value(struct jsonout *json, const struct field *field)
{
	jsonout_key(json, "anyOf");
	jsonout_array_begin(json);
	jsonout_object_begin(json);
	write_value(json, field);
	jsonout_object_end(json);
	jsonout_object_begin(json);
	openapi_write_reference(json, "Masked");
	jsonout_object_end(json);
	jsonout_array_end(json);
}

static void write_flags(struct jsonout *json, const struct field *field)
{
	if (field->flags & FIELD_COMPUTED)
		jsonout_member_bool(json, "readOnly", true);
	if (field->ref)
		jsonout_member_cstr(json, "x-type", field->ref);
}

static void write_fields(struct jsonout *json, const struct record_type *type,
			 enum language language)
{
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", "object");
	jsonout_member_cstr(json, "description", label_text(type->label, language));
	jsonout_key(json, "properties");
	jsonout_object_begin(json);
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];

		jsonout_key(json, field->name);
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "description", label_text(field->label, language));
		if (is_hidden(type, field))
			write_hidden_value(json, field);
		else
			write_value(json, field);
		write_flags(json, field);
		jsonout_object_end(json);
	}
	jsonout_object_end(json);
	jsonout_member_bool(json, "additionalProperties", false);
	jsonout_object_end(json);
}

/* A record whose type, state and fields are these. */
static void write_record(struct jsonout *json, const struct record_type *type, const char *fields)
{
	jsonout_object_begin(json);
	openapi_write_reference(json, "Record");
	jsonout_key(json, "properties");
	jsonout_object_begin(json);
	jsonout_key(json, "type");
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "const", type->name);
	jsonout_object_end(json);
	jsonout_key(json, "state");
	jsonout_object_begin(json);
	write_choices(json, type->states, false);
	jsonout_object_end(json);
	jsonout_key(json, "fields");
	jsonout_object_begin(json);
	openapi_write_reference(json, fields);
	jsonout_object_end(json);
	jsonout_object_end(json);
	jsonout_object_end(json);
}

static void write_any_record(struct jsonout *json)
{
	char name[SCHEMA_NAME_SIZE];

	jsonout_key(json, "AnyRecord");
	jsonout_object_begin(json);
	jsonout_key(json, "oneOf");
	jsonout_array_begin(json);
	for (const struct record_type *const *type = record_types; *type; type++) {
		snprintf(name, sizeof(name), "Record_%s", (*type)->name);
		jsonout_object_begin(json);
		openapi_write_reference(json, name);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
}

void openapi_write_records(struct jsonout *json, enum language language)
{
	char name[SCHEMA_NAME_SIZE], record[SCHEMA_NAME_SIZE];

	write_any_record(json);
	for (const struct record_type *const *type = record_types; *type; type++) {
		snprintf(name, sizeof(name), "Fields_%s", (*type)->name);
		jsonout_key(json, name);
		write_fields(json, *type, language);
		snprintf(record, sizeof(record), "Record_%s", (*type)->name);
		jsonout_key(json, record);
		write_record(json, *type, name);
	}
}
