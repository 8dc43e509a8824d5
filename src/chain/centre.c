#include "chain/centre.h"
#include "base/list.h"
#include "record/select.h"
#include "types/types.h"

enum { NAME = SELECTED_FIELDS, SHORT_NAME, PATH, KIND };

/* Organisations are public; what is computed over them is not. */
static bool is_within(const struct record_store *store, struct str path)
{
	const char *own = store->actor->organisation_path;

	return store->actor->is_operator || (own && *own && str_starts_with(path, str_of(own)));
}

static bool select_organisations(struct record_store *store, struct db_rows **rows_out,
				 struct error *error)
{
	static const size_t fields[] = { ORGANISATION_NAME, ORGANISATION_SHORT_NAME,
					 ORGANISATION_PATH, ORGANISATION_KIND, SIZE_MAX };

	return record_select(
		store, &(struct record_selection){ .type = &organisation_type, .fields = fields },
		rows_out, error);
}

static struct chain_centre read_centre(struct arena *arena, const struct db_rows *rows)
{
	return (struct chain_centre){
		.id = db_integer(rows, SELECTED_ID),
		.name = str_to_cstr(arena, db_text(rows, NAME)),
		.short_name = str_to_cstr(arena, db_text(rows, SHORT_NAME)),
		.path = str_to_cstr(arena, db_text(rows, PATH)),
		.is_centre = str_equal_cstr(db_text(rows, KIND), "centre"),
	};
}

static bool is_named(const struct db_rows *rows, struct str wanted)
{
	return str_equal(db_text(rows, NAME), wanted) ||
	       str_equal(db_text(rows, SHORT_NAME), wanted);
}

bool chain_centre_find(struct record_store *store, struct str wanted,
		       struct chain_centre *centre_out, struct error *error)
{
	struct db_rows *rows;
	size_t found = 0;
	int64_t id = 0;

	wanted = str_trim(wanted);
	if (!wanted.size)
		id = store->actor->organisation_id;
	else if (!str_to_int64(str_starts_with(wanted, STR("#")) ? str_slice(wanted, 1, wanted.size)
								 : wanted,
			       &id))
		id = 0;
	if (!select_organisations(store, &rows, error))
		return false;
	while (db_next(rows)) {
		if (!is_within(store, db_text(rows, PATH)) ||
		    (id ? db_integer(rows, SELECTED_ID) != id : !is_named(rows, wanted)))
			continue;
		*centre_out = read_centre(store->arena, rows);
		found++;
	}
	if (!db_rows_done(rows, error))
		return false;
	return found == 1 ||
	       error_set(error, ERROR_NOT_FOUND, "chain.no_centre", "%.*s", STR_ARGS(wanted));
}

bool chain_centres(struct record_store *store, struct chain_centre **centres_out, size_t *count_out,
		   struct error *error)
{
	struct list list = LIST_OF(struct chain_centre);
	struct db_rows *rows;

	if (!select_organisations(store, &rows, error))
		return false;
	while (db_next(rows))
		if (str_equal_cstr(db_text(rows, KIND), "centre") &&
		    is_within(store, db_text(rows, PATH)))
			*(struct chain_centre *)list_add(&list) = read_centre(store->arena, rows);
	*centres_out = list_to_arena(&list, store->arena, count_out);
	return db_rows_done(rows, error);
}
