/* Records as JSON, and the values of a body as records take them. */
#include "api/record_call.h"
#include "base/strbuf.h"

#include <jansson.h>
#include <string.h>

/* ---- Reading. */

enum { IS_TEXT = 1, IS_INTEGER = 2, IS_REAL = 4, IS_BOOL = 8, IS_LIST = 16, IS_OBJECT = 32 };

/* What a field of the kind may be in a body, besides null. */
static const struct {
	unsigned accepted;
	const char *wanted;
} kinds[FIELD_KIND_COUNT] = {
	[FIELD_TEXT] = { IS_TEXT, "string" },
	[FIELD_LONG_TEXT] = { IS_TEXT, "string" },
	[FIELD_INTEGER] = { IS_TEXT | IS_INTEGER, "number" },
	[FIELD_DECIMAL] = { IS_TEXT | IS_INTEGER | IS_REAL, "\"12.50\"" },
	[FIELD_MONEY] = { IS_TEXT | IS_INTEGER | IS_REAL, "\"12.50\"" },
	[FIELD_DATE] = { IS_TEXT, "\"2026-02-28\"" },
	[FIELD_BOOL] = { IS_BOOL, "true / false" },
	[FIELD_CHOICE] = { IS_TEXT, "string" },
	[FIELD_CHOICES] = { IS_LIST, "[\"…\"]" },
	[FIELD_REF] = { IS_TEXT | IS_INTEGER | IS_OBJECT, "id" },
	[FIELD_REFS] = { IS_LIST, "[id]" },
	[FIELD_FILE] = { IS_INTEGER | IS_OBJECT, "id" },
	[FIELD_PUBLICATION] = { IS_TEXT, "string" },
	[FIELD_REGION] = { IS_TEXT, "string" },
	[FIELD_ORGANISATION] = { IS_TEXT | IS_INTEGER | IS_OBJECT, "id" },
	[FIELD_USER] = { IS_TEXT | IS_INTEGER | IS_OBJECT, "id" },
};

static unsigned shape_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		return IS_TEXT;
	case JSON_INTEGER:
		return IS_INTEGER;
	case JSON_REAL:
		return IS_REAL;
	case JSON_TRUE:
	case JSON_FALSE:
		return IS_BOOL;
	case JSON_ARRAY:
		return IS_LIST;
	case JSON_OBJECT:
		return IS_OBJECT;
	case JSON_NULL:
	default:
		return 0;
	}
}

/* One value as the text that record_apply() reads; false: not of the shape that is accepted. */
static bool add_scalar(struct strbuf *text, unsigned accepted, const json_t *value)
{
	if (!(accepted & shape_of(value)))
		return false;
	if (json_is_object(value)) {
		value = json_object_get(value, "id");
		if (!json_is_integer(value))
			return false;
	}
	if (json_is_string(value))
		strbuf_add(text, json_string_value(value), json_string_length(value));
	else if (json_is_integer(value))
		strbuf_addf(text, "%lld", (long long)json_integer_value(value));
	else if (json_is_real(value))
		strbuf_addf(text, "%.15g", json_real_value(value));
	else
		strbuf_add_cstr(text, json_is_true(value) ? "true" : "false");
	return true;
}

static bool add_list(struct strbuf *text, enum field_kind kind, const json_t *list)
{
	unsigned accepted = kind == FIELD_CHOICES ? IS_TEXT : IS_INTEGER | IS_OBJECT;

	for (size_t i = 0; i < json_array_size(list); i++) {
		if (i)
			strbuf_add_byte(text, ',');
		if (!add_scalar(text, accepted, json_array_get(list, i)))
			return false;
	}
	return true;
}

static bool add_value(struct strbuf *text, enum field_kind kind, const json_t *value)
{
	if (json_is_null(value))
		return true;
	if (kinds[kind].accepted & IS_LIST)
		return json_is_array(value) && add_list(text, kind, value);
	return add_scalar(text, kinds[kind].accepted, value);
}

/* {"masked": …} sent back leaves the value as it is. */
static bool is_kept(const struct record *record, size_t at, const json_t *value)
{
	return at != SIZE_MAX && record->values[at].is_masked && json_object_get(value, "masked");
}

static void read_field(struct record_call *records, struct record *record, const char *name,
		       const json_t *value)
{
	size_t at = record_field_find(records->type, str_of(name));
	struct strbuf text = STRBUF_INIT;

	if (is_kept(record, at, value))
		return;
	if (at != SIZE_MAX && !add_value(&text, records->type->fields[at].kind, value))
		field_errors_add(&records->errors, records->type->fields[at].name, "api.wrong_kind",
				 str_of(kinds[records->type->fields[at].kind].wanted));
	else
		record_apply(&records->store, record, str_of(name), strbuf_str(&text),
			     &records->errors);
	strbuf_release(&text);
}

bool call_read_fields(struct record_call *records, struct record *record, struct error *error)
{
	const json_t *body = records->call->body, *fields;
	const char *name;
	json_t *value;

	fields = body ? json_object_get(body, "fields") : NULL;
	if (!json_is_object(fields))
		return error_set_field(error, "fields", "api.missing");
	json_object_foreach((json_t *)(uintptr_t)fields, name, value)
		read_field(records, record, name, value);
	return true;
}

/* ---- Writing. */

static void write_named(struct record_call *records, const struct record_type *type, int64_t id,
			const char *name)
{
	struct jsonout *json = &records->call->json;

	if (!id) {
		jsonout_null(json);
		return;
	}
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", id);
	jsonout_member_cstr(json, name, record_labels_find(records->labels, type, id));
	jsonout_object_end(json);
}

void call_write_user(struct record_call *records, const char *key, int64_t id)
{
	jsonout_key(&records->call->json, key);
	write_named(records, record_type_find("user"), id, "name");
}

void call_write_organisation(struct record_call *records, const char *key, int64_t id)
{
	jsonout_key(&records->call->json, key);
	write_named(records, record_type_find("organisation"), id, "name");
}

static void write_file(struct record_call *records, int64_t id)
{
	struct jsonout *json = &records->call->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", id);
	for (size_t i = 0; i < records->file_count; i++)
		if (records->files[i].id == id) {
			jsonout_member_cstr(json, "name", records->files[i].name);
			jsonout_member_integer(json, "size", records->files[i].size);
			break;
		}
	jsonout_object_end(json);
}

static void write_items(struct record_call *records, const struct field *field, const char *items)
{
	struct jsonout *json = &records->call->json;
	struct str rest = str_of(items), part;
	int64_t id;

	jsonout_array_begin(json);
	while (str_split(&rest, STR(","), &part)) {
		if (!part.size)
			continue;
		if (field->kind == FIELD_CHOICES)
			jsonout_str(json, part);
		else if (str_to_int64(part, &id))
			write_named(records, type_of_reference(field), id, "title");
	}
	jsonout_array_end(json);
}

static void write_masked(struct jsonout *json, const char *mask)
{
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "masked", mask);
	jsonout_object_end(json);
}

static void write_value(struct record_call *records, const struct field *field,
			const struct value *value)
{
	struct jsonout *json = &records->call->json;

	if (value->is_null) {
		jsonout_null(json);
		return;
	}
	if (value->is_masked) {
		write_masked(json, value->text);
		return;
	}
	switch (field->kind) {
	case FIELD_INTEGER:
		jsonout_integer(json, value->integer);
		return;
	case FIELD_BOOL:
		jsonout_bool(json, value->integer != 0);
		return;
	case FIELD_CHOICES:
	case FIELD_REFS:
		write_items(records, field, value->text);
		return;
	case FIELD_REF:
	case FIELD_ORGANISATION:
	case FIELD_USER:
		write_named(records, type_of_reference(field), value->integer, "title");
		return;
	case FIELD_FILE:
		write_file(records, value->integer);
		return;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_DATE:
	case FIELD_CHOICE:
	case FIELD_PUBLICATION:
	case FIELD_REGION:
	case FIELD_DECIMAL:
	case FIELD_MONEY:
	case FIELD_KIND_COUNT:
	default:
		jsonout_str(json, record_format_value(records->call->arena, field, value));
	}
}

static void write_steps(struct record_call *records, const struct record *record)
{
	enum { STEPS_MAX = 32 };
	const struct transition *steps[STEPS_MAX];
	size_t count = record_steps(&records->store, record, steps, STEPS_MAX);
	struct jsonout *json = &records->call->json;

	jsonout_key(json, "steps");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", steps[i]->name);
		jsonout_member_label(json, "label", steps[i]->label);
		jsonout_member_cstr(json, "to", steps[i]->to);
		jsonout_member_bool(json, "wants_comment", steps[i]->wants_comment);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_may(struct record_call *records, const struct record *record)
{
	static const char *const actions[] = { "update", "delete", "unmask" };
	struct jsonout *json = &records->call->json;

	jsonout_key(json, "may");
	jsonout_object_begin(json);
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		jsonout_member_bool(json, actions[i],
				    record_may_on(&records->store, record, actions[i]));
	jsonout_object_end(json);
}

bool call_prepare_records(struct record_call *records, struct record *const *list, size_t count,
			  struct error *error)
{
	return record_labels_add(records->labels, list, count, error) &&
	       record_files_named(&records->store, list, count, &records->files,
				  &records->file_count, error);
}

void call_write_record(struct record_call *records, const struct record *record, bool is_single)
{
	struct jsonout *json = &records->call->json;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", record->type->name);
	jsonout_member_integer(json, "id", record->id);
	jsonout_member_integer(json, "version", record->version);
	jsonout_member_cstr(json, "state", record->state);
	jsonout_member_cstr(json, "title", record_title(record));
	call_write_organisation(records, "organisation", record->organisation_id);
	call_write_user(records, "created_by", record->created_by);
	jsonout_member_time(json, "created_at", record->created_at);
	call_write_user(records, "updated_by", record->updated_by);
	jsonout_member_time(json, "updated_at", record->updated_at);
	jsonout_key(json, "fields");
	jsonout_object_begin(json);
	for (size_t i = 0; i < record->type->field_count; i++) {
		jsonout_key(json, record->type->fields[i].name);
		write_value(records, &record->type->fields[i], &record->values[i]);
	}
	jsonout_object_end(json);
	if (is_single) {
		write_steps(records, record);
		write_may(records, record);
	}
	jsonout_object_end(json);
}

bool call_answer_record(struct record_call *records, struct record *record, struct error *error)
{
	if (!call_prepare_records(records, &record, 1, error))
		return false;
	records->call->response->etag = arena_printf(records->call->arena, "%lld",
						     (long long)record->version);
	call_write_record(records, record, true);
	return true;
}
