/* What the rules of several types share. */
#include "types/types_internal.h"

const struct choice types_patents[] = {
	{ "invention", { "发明", "Invention" } },
	{ "utility", { "实用新型", "Utility model" } },
	{ "design", { "外观设计", "Design" } },
	{ NULL, { NULL, NULL } },
};

bool types_require(const struct record *record, const size_t *fields, struct error *error)
{
	for (; *fields != SIZE_MAX; fields++)
		if (!record_is_set(record, *fields))
			return error_set_field(error, record->type->fields[*fields].name,
					       "record.required");
	return true;
}

bool types_load_own(const struct record *record, size_t field, struct record_store *store,
		    struct record **row_out, struct error *error)
{
	const struct field *definition = &record->type->fields[field];

	*row_out = NULL;
	if (!record_is_set(record, field))
		return true;
	if (!record_load(store, type_of_reference(definition), record_integer(record, field),
			 row_out, error))
		return false;
	if ((*row_out)->organisation_id != record->organisation_id)
		return error_set_field(error, definition->name, "types.other_organisation");
	return true;
}

bool types_own_list(const struct record *record, size_t field, struct record_store *store,
		    struct error *error)
{
	const struct field *definition = &record->type->fields[field];
	struct str rest = str_of(record_text(record, field)), part;
	struct record *row;
	int64_t id;

	while (str_split(&rest, STR(","), &part)) {
		if (!str_to_int64(part, &id))
			continue;
		if (!record_load(store, type_of_reference(definition), id, &row, error))
			return false;
		if (row->organisation_id != record->organisation_id)
			return error_set_field(error, definition->name, "types.other_organisation");
	}
	return true;
}

bool types_in_order(const struct record *record, size_t earlier, size_t later, struct error *error)
{
	date from = record_date(record, earlier), to = record_date(record, later);

	if (from != DATE_NONE && to != DATE_NONE && to < from)
		return error_set_field(error, record->type->fields[later].name,
				       "types.end_before_start");
	return true;
}

bool types_not_future(const struct record *record, size_t field, const struct record_store *store,
		      struct error *error)
{
	date day = record_date(record, field);

	if (day != DATE_NONE && day > store->today)
		return error_set_field(error, record->type->fields[field].name, "types.in_future");
	return true;
}

bool types_choice_is(const struct record *record, size_t field, const char *value)
{
	return strcmp(record_text(record, field), value) == 0;
}

/* The first thing that was wrong, instead of their number. */
static bool pass_on(const struct field_errors *errors, struct error *error)
{
	if (!errors->count)
		return false;
	error_set(error, ERROR_INVALID, errors->items[0].key, "%s", errors->items[0].detail);
	error->field = errors->items[0].field;
	return false;
}

bool types_create_for(struct record_store *store, struct record *record, struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct record_store operators = *store;
	struct actor actor = *store->actor;

	actor.is_operator = true;
	operators.actor = &actor;
	return record_create(&operators, record, &errors, error) || pass_on(&errors, error);
}

bool types_save_for(struct record_store *store, struct record *record, const char *action,
		    struct error *error)
{
	struct field_errors errors = { .count = 0 };

	return record_save_for(store, record, action, &errors, error) || pass_on(&errors, error);
}
