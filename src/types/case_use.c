/* What products, deals, awards and grades ask of the cases they name. */
#include "types/operation_internal.h"

bool types_load_cases(const struct record *record, size_t field, struct record_store *store,
		      struct record ***cases_out, size_t *count_out, struct error *error)
{
	const char *text = record_text(record, field);
	struct str rest = str_of(text), part;
	int64_t id;

	*cases_out = arena_array(store->arena, struct record *, rest.size / 2 + 1);
	*count_out = 0;
	while (str_split(&rest, STR(","), &part)) {
		struct record *patent;

		if (!str_to_int64(part, &id))
			continue;
		if (!record_load(store, &patent_case_type, id, &patent, error))
			return false;
		if (patent->organisation_id != record->organisation_id)
			return error_set_field(error, record->type->fields[field].name,
					       "types.other_organisation");
		(*cases_out)[(*count_out)++] = patent;
	}
	return true;
}

static bool is_held(const struct record *patent)
{
	return !record_is_set(patent, CASE_TRANSFERRED_ON);
}

bool types_is_right(const struct record *patent)
{
	return is_held(patent) && case_holds(patent);
}

bool types_is_alive(const struct record *patent)
{
	return is_held(patent) && !str_starts_with(str_of(patent->state), STR("final_")) &&
	       !name_is_listed(",refused,deemed_withdrawn,grant_abandoned,ended_restorable,",
			       str_of(patent->state));
}

bool types_is_subset(const struct record *record, size_t part, size_t whole)
{
	struct str rest = str_of(record_text(record, part)), id;

	while (str_split(&rest, STR(","), &id))
		if (id.size && !name_is_listed(record_text(record, whole), id))
			return false;
	return true;
}

bool types_refuse_case(const char *field, const char *key, const struct record *patent,
		       struct error *error)
{
	error_set(error, ERROR_INVALID, key, "%s", record_text(patent, CASE_NUMBER));
	error->field = field;
	return false;
}

bool types_load_right(const struct record *record, size_t field, struct record_store *store,
		      struct record **patent_out, struct error *error)
{
	if (!types_load_own(record, field, store, patent_out, error))
		return false;
	return types_is_right(*patent_out) ||
	       types_refuse_case(record->type->fields[field].name, "types.not_granted", *patent_out,
				 error);
}

void types_set_case_title(struct record *record, size_t field, struct record_store *store,
			  const struct record *patent, const char *more)
{
	if (patent)
		record_set_text(store, record, field,
				str_of(arena_printf(store->arena, "%s · %s",
						    record_text(patent, CASE_TITLE), more)));
}

bool types_is_second_person(const struct record *record, size_t field,
			    const struct record_store *store, const char *named,
			    struct error *error)
{
	return record_integer(record, field) != store->actor->user_id ||
	       error_set_field(error, named, "types.approver_is_proposer");
}
