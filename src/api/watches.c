/*
 * What each person has already seen of the watches: the newest application there was when they looked.
 * What the watch's query finds behind it is new to them (parameter "newer" of a search).
 */
#include "api/api_internal.h"
#include "api/routes.h"
#include "base/clock.h"
#include "db/db.h"

static const char select_newest[] = "SELECT COALESCE(MAX(id), 0) FROM publication";
static const char select_looks[] =
	"SELECT watch_id, application_id, looked_at FROM watch_look WHERE user_id = $1 "
	"ORDER BY watch_id";
static const char upsert_look[] =
	"INSERT INTO watch_look (watch_id, user_id, application_id, looked_at) "
	"SELECT id, $2, $3, $4 FROM watch WHERE id = $1 AND organisation_id = $5 "
	"ON CONFLICT (watch_id, user_id) DO UPDATE SET application_id = excluded.application_id, "
	"looked_at = excluded.looked_at RETURNING watch_id";

static bool find_newest(struct call *call, int64_t *newest_out, struct error *error)
{
	struct db_rows *rows;

	if (!db_query(call->db, call->arena, select_newest, NULL, 0, &rows, error))
		return false;
	*newest_out = db_next(rows) ? db_integer(rows, 0) : 0;
	return db_rows_done(rows, error);
}

static bool list_looks(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;
	struct db_rows *rows;
	int64_t newest;

	if (!find_newest(call, &newest, error) ||
	    !db_query(call->db, call->arena, select_looks, DB_WITH(DB_INT(call->user_id)), &rows,
		      error))
		return false;
	jsonout_object_begin(json);
	jsonout_member_integer(json, "newest", newest);
	jsonout_key(json, "looks");
	jsonout_array_begin(json);
	while (db_next(rows)) {
		jsonout_object_begin(json);
		jsonout_member_integer(json, "watch", db_integer(rows, 0));
		jsonout_member_integer(json, "newest", db_integer(rows, 1));
		jsonout_member_time(json, "looked_at", db_integer(rows, 2));
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
	return db_rows_done(rows, error);
}

/* Everything there is now has been seen, or up to an application the page knew of. */
static bool put_look(struct call *call, struct error *error)
{
	int64_t watch, newest, seen, kept = 0;

	if (!call_part_id(call, "watch", &watch, error) || !db_begin(call->db, error) ||
	    !find_newest(call, &newest, error) ||
	    !call_integer(call, "newest", newest, 0, INT64_MAX, &seen, error) ||
	    !db_execute_returning(call->db, upsert_look,
				  DB_WITH(DB_INT(watch), DB_INT(call->user_id),
					  DB_INT(seen < newest ? seen : newest),
					  DB_INT(clock_utc_ms()), DB_INT(call->organisation_id)),
				  &kept, error))
		return false;
	if (kept == 0)
		return error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s",
				 request_part(call->request, "watch"));
	call->response->status = 204;
	return db_commit(call->db, error);
}

HANDLER(api_list_looks, list_looks)
HANDLER(api_put_look, put_look)
