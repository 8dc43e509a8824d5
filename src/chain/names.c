#include "chain/names.h"
#include "base/list.h"
#include "record/select.h"
#include "types/types.h"

#include <stdlib.h>

static int compare_ids(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* Each once, without 0, by number. */
static size_t distinct(struct arena *arena, const int64_t *ids, size_t count, int64_t **ids_out)
{
	int64_t *sorted = arena_array(arena, int64_t, count + 1);
	size_t kept = 0;

	if (count)
		memcpy(sorted, ids, count * sizeof(*ids));
	qsort(sorted, count, sizeof(*sorted), compare_ids);
	for (size_t i = 0; i < count; i++)
		if (sorted[i] && (!kept || sorted[kept - 1] != sorted[i]))
			sorted[kept++] = sorted[i];
	*ids_out = sorted;
	return kept;
}

enum { NAME_DOCKET, NAME_TITLE, NAME_GRADE };

/* At most FILTER_VALUES_MAX of them. */
static bool load_some(struct record_store *store, const int64_t *ids, size_t count,
		      struct list *names, struct error *error)
{
	static const size_t fields[] = { CASE_NUMBER, CASE_TITLE, CASE_GRADE, SIZE_MAX };
	struct value values[FILTER_VALUES_MAX] = { { .integer = 0 } };
	const struct record_filter filter = { .field = RECORD_FIELD_ID,
					      .operator= FILTER_IN,
					      .values = values,
					      .value_count = count };
	const struct record_selection selection = {
		.type = &patent_case_type, .fields = fields, .filters = &filter, .filter_count = 1
	};
	struct db_rows *rows;

	for (size_t i = 0; i < count; i++)
		values[i].integer = ids[i];
	if (!record_select(store, &selection, &rows, error))
		return false;
	while (db_next(rows))
		*(struct chain_case_name *)list_add(names) = (struct chain_case_name){
			.id = db_integer(rows, SELECTED_ID),
			.state = str_to_cstr(store->arena, db_text(rows, SELECTED_STATE)),
			.docket = str_to_cstr(store->arena,
					      db_text(rows, SELECTED_FIELDS + NAME_DOCKET)),
			.title = str_to_cstr(store->arena,
					     db_text(rows, SELECTED_FIELDS + NAME_TITLE)),
			.grade = str_to_cstr(store->arena,
					     db_text(rows, SELECTED_FIELDS + NAME_GRADE)),
		};
	return db_rows_done(rows, error);
}

static bool load_cases(struct record_store *store, const int64_t *ids, size_t count,
		       struct chain_names *names, struct error *error)
{
	struct list list = LIST_OF(struct chain_case_name);

	for (size_t i = 0; i < count; i += FILTER_VALUES_MAX) {
		size_t rest = count - i;

		if (!load_some(store, ids + i, rest < FILTER_VALUES_MAX ? rest : FILTER_VALUES_MAX,
			       &list, error)) {
			list_release(&list);
			return false;
		}
	}
	names->cases = list_to_arena(&list, store->arena, &names->case_count);
	return true;
}

bool chain_names_load(struct record_store *store, const int64_t *case_ids, const int64_t *user_ids,
		      size_t count, struct chain_names *names_out, struct error *error)
{
	int64_t *ids;
	size_t distinct_count;

	*names_out = (struct chain_names){ .cases = NULL };
	distinct_count = distinct(store->arena, case_ids, count, &ids);
	if (!load_cases(store, ids, distinct_count, names_out, error))
		return false;
	distinct_count = distinct(store->arena, user_ids, count, &ids);
	return !distinct_count || record_titles(store, &user_type, ids, distinct_count,
						&names_out->users, &names_out->user_count, error);
}

const struct chain_case_name *chain_case_name(const struct chain_names *names, int64_t id)
{
	const struct chain_case_name key = { .id = id };

	return names->case_count ? bsearch(&key, names->cases, names->case_count,
					   sizeof(names->cases[0]), compare_ids)
				 : NULL;
}

void chain_write_case(struct jsonout *json, const struct chain_names *names, int64_t id)
{
	const struct chain_case_name *name = chain_case_name(names, id);

	jsonout_key(json, "case");
	if (!name) {
		jsonout_null(json);
		return;
	}
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", id);
	jsonout_member_cstr(json, "docket", name->docket);
	jsonout_member_cstr(json, "title", name->title);
	jsonout_object_end(json);
}

void chain_write_owner(struct jsonout *json, const struct chain_names *names, int64_t id)
{
	const char *text = NULL;

	for (size_t i = 0; i < names->user_count; i++)
		if (names->users[i].id == id)
			text = names->users[i].text;
	jsonout_key(json, "owner");
	if (!id) {
		jsonout_null(json);
		return;
	}
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", id);
	jsonout_member_cstr(json, "name", text);
	jsonout_object_end(json);
}
