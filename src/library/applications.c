/* Reading applications back: one by one, by any number, and in the order of the change log. */
#include "base/list.h"
#include "library/library_internal.h"
#include "patent/number.h"

#include <zstd.h>

static const char select_bodies[] =
	"SELECT body FROM publication WHERE id = $1 AND elder_id IS NULL "
	"UNION ALL SELECT body FROM publication WHERE elder_id = $1";
static const char select_number_range[] =
	"SELECT COALESCE(elder_id, id), number FROM publication WHERE number >= $1 AND number < $2 "
	"ORDER BY number LIMIT 1";
static const char select_application_number[] =
	"SELECT COALESCE(elder_id, id) FROM publication WHERE application_number = $1 LIMIT 1";
static const char count_applications[] = "SELECT COUNT(*) FROM publication WHERE elder_id IS NULL";
static const char select_changes[] =
	"SELECT position, application_id FROM change_log WHERE position > $1 "
	"ORDER BY position LIMIT $2";
static const char select_last_change[] = "SELECT COALESCE(MAX(position), 0) FROM change_log";

static bool read_packed(struct library *library, struct arena *arena,
			struct packed_application *packed, struct error *error)
{
	struct list bodies = LIST_OF(struct str);
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_bodies, DB_WITH(DB_INT(packed->id)), &rows, error))
		return false;
	while (db_next(rows))
		*(struct str *)list_add(&bodies) = str_copy(arena, db_text(rows, 0));
	packed->bodies = list_to_arena(&bodies, arena, &packed->body_count);
	return db_rows_done(rows, error);
}

static bool unpack_one(struct ZSTD_DCtx_s *unpacker, struct arena *arena,
		       const struct packed_application *packed, struct application *application,
		       struct error *error)
{
	application->id = packed->id;
	application->publication_count = packed->body_count;
	application->stored = arena_array(arena, struct publication *, packed->body_count);
	for (size_t i = 0; i < packed->body_count; i++)
		if (!body_unpack(unpacker, arena, packed->bodies[i], &application->stored[i],
				 error))
			return false;
	return true;
}

bool library_unpack(struct arena *arena, const struct packed_application *packed, size_t count,
		    struct application *applications_out, struct error *error)
{
	struct ZSTD_DCtx_s *unpacker = ZSTD_createDCtx();
	bool done = true;

	for (size_t i = 0; i < count && done; i++)
		done = unpack_one(unpacker, arena, &packed[i], &applications_out[i], error);
	ZSTD_freeDCtx(unpacker);
	return done;
}

bool library_application(struct library *library, struct arena *arena, int64_t id,
			 struct application *application_out, struct error *error)
{
	struct packed_application packed = { .id = id };

	if (!read_packed(library, arena, &packed, error))
		return false;
	if (packed.body_count == 0)
		return error_set(error, ERROR_NOT_FOUND, "library.no_application", "%lld",
				 (long long)id);
	return unpack_one(library->unpacker, arena, &packed, application_out, error);
}

static bool find_number_prefix(struct library *library, struct arena *arena, struct str number,
			       int64_t *application_id_out, struct error *error)
{
	struct str end = str_of(arena_printf(arena, "%.*s[", STR_ARGS(number)));
	struct db_rows *rows;

	*application_id_out = 0;
	if (!db_query(library->db, arena, select_number_range, DB_WITH(DB_STR(number), DB_STR(end)),
		      &rows, error))
		return false;
	if (db_next(rows)) {
		struct str kind = db_text(rows, 1);

		kind = str_slice(kind, number.size, kind.size);
		if (kind.size == 0 || (kind.data[0] >= 'A' && kind.data[0] <= 'Z'))
			*application_id_out = db_integer(rows, 0);
	}
	return db_rows_done(rows, error);
}

bool library_find_number(struct library *library, struct arena *arena, struct str number,
			 int64_t *application_id_out, struct error *error)
{
	const struct str *forms;
	size_t count = number_lookup_forms(arena, number, &forms);

	*application_id_out = 0;
	for (size_t i = 0; i < count && *application_id_out == 0; i++) {
		if (!db_execute_returning(library->db, select_application_number,
					  DB_WITH(DB_STR(forms[i])), application_id_out, error))
			return false;
		if (*application_id_out == 0 &&
		    !find_number_prefix(library, arena, forms[i], application_id_out, error))
			return false;
	}
	if (*application_id_out == 0)
		return error_set(error, ERROR_NOT_FOUND, "library.no_number", "%.*s",
				 STR_ARGS(number));
	return true;
}

bool library_application_count(struct library *library, int64_t *count_out, struct error *error)
{
	return db_execute_returning(library->db, count_applications, DB_WITHOUT, count_out, error);
}

bool library_last_change(struct library *library, int64_t *position_out, struct error *error)
{
	return db_execute_returning(library->db, select_last_change, DB_WITHOUT, position_out,
				    error);
}

static int by_id(const void *a, const void *b)
{
	const struct packed_application *left = a, *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

static size_t drop_repeats(struct packed_application *applications, size_t count)
{
	size_t kept = 0;

	qsort(applications, count, sizeof(*applications), by_id);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || applications[kept - 1].id != applications[i].id)
			applications[kept++] = applications[i];
	return kept;
}

bool library_changes(struct library *library, struct arena *arena, int64_t after, size_t limit,
		     struct packed_application **applications_out, size_t *count_out,
		     int64_t *last_out, struct error *error)
{
	struct packed_application *applications = arena_array(arena, struct packed_application,
							      limit);
	struct db_rows *rows;
	size_t count = 0;

	*last_out = after;
	if (!db_query(library->db, arena, select_changes,
		      DB_WITH(DB_INT(after), DB_INT((int64_t)limit)), &rows, error))
		return false;
	for (; db_next(rows); count++) {
		*last_out = db_integer(rows, 0);
		applications[count].id = db_integer(rows, 1);
	}
	if (!db_rows_done(rows, error))
		return false;
	*count_out = drop_repeats(applications, count);
	*applications_out = applications;
	for (size_t i = 0; i < *count_out; i++)
		if (!read_packed(library, arena, &applications[i], error))
			return false;
	return true;
}
