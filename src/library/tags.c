/* Tags an organisation puts on documents for itself: the publications stay as the sources have them. */
#include "base/clock.h"
#include "base/list.h"
#include "library/library_internal.h"

static const char insert_tag[] =
	"INSERT INTO document_tag (organisation_id, application_id, tag, user_id, tagged_at) "
	"VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
static const char delete_tag[] = "DELETE FROM document_tag WHERE organisation_id = $1 AND "
				 "application_id = $2 AND tag = $3";
static const char select_tags[] = "SELECT tag, COUNT(*) FROM document_tag WHERE organisation_id = "
				  "$1 GROUP BY tag ORDER BY tag";
static const char select_tagged[] =
	"SELECT application_id FROM document_tag WHERE organisation_id = $1 AND tag = $2 "
	"ORDER BY application_id";
static const char select_of_document[] = "SELECT tag FROM document_tag WHERE organisation_id = $1 "
					 "AND application_id = $2 ORDER BY tag";

bool library_tag(struct library *library, const char *tag, const struct bitmap *ids, bool is_on,
		 int64_t user_id, struct error *error)
{
	struct bitmap_walk walk = bitmap_walk(ids);
	uint32_t id;

	while (bitmap_walk_next(&walk, &id)) {
		const struct db_param params[] = { DB_INT(library->organisation_id), DB_INT(id),
						   DB_CSTR(tag), DB_INT(user_id),
						   DB_INT(clock_utc_ms()) };

		if (!db_execute(library->db, is_on ? insert_tag : delete_tag, params, is_on ? 5 : 3,
				error))
			return false;
	}
	return true;
}

bool library_tag_list(struct library *library, struct arena *arena, struct document_tag **tags_out,
		      size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct document_tag);
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_tags, DB_WITH(DB_INT(library->organisation_id)),
		      &rows, error))
		return false;
	while (db_next(rows))
		*(struct document_tag *)list_add(&list) = (struct document_tag){
			str_to_cstr(arena, db_text(rows, 0)), db_integer(rows, 1)
		};
	*tags_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}

bool library_tag_find(struct library *library, struct arena *arena, struct str tag,
		      const struct bitmap **ids_out, struct error *error)
{
	struct list list = LIST_OF(uint32_t);
	struct db_rows *rows;
	uint32_t *ids;
	size_t count;

	if (!db_query(library->db, arena, select_tagged,
		      DB_WITH(DB_INT(library->organisation_id), DB_STR(tag)), &rows, error))
		return false;
	while (db_next(rows))
		*(uint32_t *)list_add(&list) = (uint32_t)db_integer(rows, 0);
	ids = list_to_arena(&list, arena, &count);
	*ids_out = bitmap_of(arena, ids, count);
	return db_rows_done(rows, error);
}

bool library_tags_of(struct library *library, struct arena *arena, int64_t application_id,
		     struct str **tags_out, size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct str);
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_of_document,
		      DB_WITH(DB_INT(library->organisation_id), DB_INT(application_id)), &rows,
		      error))
		return false;
	while (db_next(rows))
		*(struct str *)list_add(&list) = str_copy(arena, db_text(rows, 0));
	*tags_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}
