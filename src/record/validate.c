/* Every field of a record against its definition. */
#include "base/utf8.h"
#include "record/record_internal.h"

enum { TEXT_RUNES_MAX = 200, LONG_TEXT_RUNES_MAX = 20000 };

struct check {
	struct record_store *store;
	const struct record *record, *old; /* old: as stored, or NULL */
	const struct field *field;
	const struct value *value;
	struct field_errors *errors;
	struct error *error;
};

/* Returns true: the check was made, and found something. */
static bool found(struct check *check, const char *key, struct str detail)
{
	field_errors_add(check->errors, check->field->name, key, detail);
	return true;
}

static bool check_length(struct check *check)
{
	int64_t most = check->field->max;
	char limit[24];

	if (!most)
		most = check->field->kind == FIELD_LONG_TEXT ? LONG_TEXT_RUNES_MAX : TEXT_RUNES_MAX;
	snprintf(limit, sizeof(limit), "%lld", (long long)most);
	if (!utf8_is_valid(str_of(check->value->text)))
		return found(check, "record.not_text", STR_EMPTY);
	if ((int64_t)utf8_count(str_of(check->value->text)) > most)
		return found(check, "record.too_long", str_of(limit));
	return true;
}

static bool check_range(struct check *check)
{
	const struct field *field = check->field;
	const struct value least = { .integer = field->min }, most = { .integer = field->max };
	struct arena *arena = check->store->arena;
	const char *range;

	if (field->max <= field->min ||
	    (check->value->integer >= field->min && check->value->integer <= field->max))
		return true;
	range = arena_printf(arena, "%.*s … %.*s",
			     STR_ARGS(record_format_value(arena, field, &least)),
			     STR_ARGS(record_format_value(arena, field, &most)));
	return found(check, "record.range", str_of(range));
}

static bool check_choices(struct check *check)
{
	struct str rest = str_of(check->value->text), part;

	while (str_split(&rest, STR(","), &part))
		if (part.size && !choice_find(check->field->choices, part))
			return found(check, "record.not_choice", part);
	return true;
}

static bool check_date(struct check *check)
{
	date day;

	if (!date_parse(str_of(check->value->text), &day))
		return found(check, "record.not_date", str_of(check->value->text));
	return true;
}

/* A reference that was there before may be to a row the actor does not see. */
static bool was_there(const struct check *check)
{
	const struct value *old =
		check->old ? &check->old->values[check->value - check->record->values] : NULL;

	return old && value_is_same(check->field, old, check->value);
}

static bool check_reference(struct check *check, int64_t id)
{
	const struct record_type *type = type_of_reference(check->field);
	bool exists = true;
	char number[24];

	if (type && !record_exists(check->store, type, id, &exists, check->error))
		return false;
	snprintf(number, sizeof(number), "%lld", (long long)id);
	return exists || found(check, "record.no_reference", str_of(number));
}

static bool check_references(struct check *check)
{
	struct str rest = str_of(check->value->text), part;
	int64_t id;

	while (str_split(&rest, STR(","), &part)) {
		if (!part.size)
			continue;
		if (!str_to_int64(part, &id))
			return found(check, "record.no_reference", part);
		if (!check_reference(check, id))
			return false;
	}
	return true;
}

static bool check_file(struct check *check)
{
	static const char select[] =
		"SELECT id FROM record_file WHERE id = $1 AND type = $2 AND record_id = $3";
	int64_t id;

	if (!db_execute_returning(check->store->db, select,
				  DB_WITH(DB_INT(check->value->integer),
					  DB_CSTR(check->record->type->name),
					  DB_INT(check->record->id)),
				  &id, check->error))
		return false;
	return id || found(check, "record.no_file", STR_EMPTY);
}

static bool check_kind(struct check *check)
{
	if (was_there(check))
		return true;
	switch (check->field->kind) {
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_PUBLICATION:
	case FIELD_REGION:
		return check_length(check);
	case FIELD_INTEGER:
	case FIELD_DECIMAL:
	case FIELD_MONEY:
		return check_range(check);
	case FIELD_DATE:
		return check_date(check);
	case FIELD_CHOICE:
	case FIELD_CHOICES:
		return check_choices(check);
	case FIELD_REF:
	case FIELD_ORGANISATION:
	case FIELD_USER:
		return check_reference(check, check->value->integer);
	case FIELD_REFS:
		return check_references(check);
	case FIELD_FILE:
		return check_file(check);
	case FIELD_BOOL:
	case FIELD_KIND_COUNT:
	default:
		return true;
	}
}

/* Is the value taken by another row? The unique index stands behind this check. */
static bool check_unique(struct check *check)
{
	bool everywhere = (check->field->flags & FIELD_UNIQUE_EVERYWHERE) != 0;
	struct record_sql *sql = sql_new(check->store);
	int64_t other;

	if (!everywhere && !(check->field->flags & FIELD_UNIQUE))
		return true;
	sql_add(sql, "SELECT t.id FROM \"%s\" t WHERE t.\"%s\" = ", check->record->type->name,
		check->field->name);
	sql_add_param(sql, value_param(check->field, check->value));
	sql_add(sql, " AND t.id <> ");
	sql_add_param(sql, DB_INT(check->record->id));
	if (!everywhere) {
		sql_add(sql, " AND t.organisation_id = ");
		sql_add_param(sql, DB_INT(check->record->organisation_id));
	}
	sql_add(sql, " LIMIT 1");
	if (!sql_execute(check->store, sql, &other, check->error))
		return false;
	return !other || found(check, "record.taken", STR_EMPTY);
}

static bool check_field(struct check *check)
{
	size_t before = check->errors->count;

	if (check->value->is_null) {
		if (check->field->flags & FIELD_REQUIRED)
			found(check, "record.required", STR_EMPTY);
		return true;
	}
	if (check->value->is_masked || check->value->is_sealed)
		return true;
	return check_kind(check) && (check->errors->count > before || check_unique(check));
}

/* The type's own rule; what it says of a field stands beside the others. */
static bool check_type(struct check *check)
{
	const struct record *record = check->record;

	if (!record->type->validate || record->type->validate(record, check->store, check->error))
		return true;
	if (check->error->kind != ERROR_INVALID)
		return false;
	field_errors_add(check->errors, check->error->field ? check->error->field : "",
			 check->error->key, str_of(check->error->detail));
	return true;
}

bool references_are_readable(struct record_store *store, const struct record *old,
			     const struct record *record, bool *good_out, struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct check check = { store, record, old, NULL, NULL, &errors, error };

	for (size_t i = 0; i < record->type->field_count; i++) {
		check.field = &record->type->fields[i];
		check.value = &record->values[i];
		if (type_of_reference(check.field) && !check.value->is_null &&
		    !check.value->is_masked && !check_kind(&check))
			return false;
	}
	*good_out = errors.count == 0;
	return true;
}

bool validate_change(struct record_store *store, const struct record *old,
		     const struct record *record, struct field_errors *errors, struct error *error)
{
	struct check check = { store, record, old, NULL, NULL, errors, error };

	for (size_t i = 0; i < record->type->field_count; i++) {
		check.field = &record->type->fields[i];
		check.value = &record->values[i];
		if (!check_field(&check))
			return false;
	}
	if (!errors->count && !check_type(&check))
		return false;
	if (errors->count)
		return error_set(error, ERROR_INVALID, "record.invalid", "%zu", errors->count);
	return true;
}

bool record_validate(struct record_store *store, const struct record *record,
		     struct field_errors *errors, struct error *error)
{
	struct record copy = *record;

	return (record->id || creation_is_granted(store, &copy, error)) &&
	       validate_change(store, NULL, record, errors, error);
}
