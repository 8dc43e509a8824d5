#include "base/list.h"
#include "library/library_internal.h"

/* Topics and nodes are also records (types/topic.c): what is written here is a version of them. */
static const char select_topics[] =
	"SELECT id, name, purpose, field, query, created_on, updated_on FROM topic "
	"WHERE organisation_id = $1 ORDER BY id";
static const char select_topic[] =
	"SELECT id, name, purpose, field, query, created_on, updated_on FROM topic "
	"WHERE name = $1 AND organisation_id = $2";
static const char insert_topic[] =
	"INSERT INTO topic (name, purpose, field, query, created_on, updated_on, organisation_id, "
	"created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id";
static const char update_topic[] =
	"UPDATE topic SET name = $1, purpose = $2, field = $3, query = $4, created_on = $5, "
	"updated_on = $6, updated_at = $7, version = version + 1 WHERE id = $8";
static const char *const delete_topic[] = {
	"DELETE FROM topic_set WHERE topic_id = $1",
	"DELETE FROM topic_log WHERE topic_id = $1",
	"DELETE FROM topic_node WHERE topic_id = $1",
	"DELETE FROM topic WHERE id = $1",
};
static const char insert_log[] =
	"INSERT INTO topic_log (topic_id, logged_on, source, added, removed, updated, "
	"status_changed) VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char touch_topic[] =
	"UPDATE topic SET updated_on = $1 WHERE id = $2 AND updated_on < $1";
static const char select_log[] =
	"SELECT logged_on, source, added, removed, updated, status_changed FROM topic_log "
	"WHERE topic_id = $1 ORDER BY id";
static const char select_nodes[] = "SELECT level, name, definition, query FROM topic_node "
				   "WHERE topic_id = $1 AND kind = $2 ORDER BY position, id";
static const char delete_nodes[] = "DELETE FROM topic_node WHERE topic_id = $1 AND kind = $2";
static const char insert_node[] =
	"INSERT INTO topic_node (topic_id, kind, position, level, name, definition, query, "
	"organisation_id) SELECT $1, $2, $3, $4, $5, $6, $7, organisation_id FROM topic WHERE id = "
	"$1";

static const char *const tree_names[TREE_KIND_COUNT] = { "technology", "effect" };

static date stored_date(struct str text)
{
	date day;

	return date_parse(text, &day) ? day : DATE_NONE;
}

static void read_topic(const struct db_rows *rows, struct arena *arena, struct topic *topic)
{
	*topic = (struct topic){
		.id = db_integer(rows, 0),
		.name = str_to_cstr(arena, db_text(rows, 1)),
		.purpose = str_to_cstr(arena, db_text(rows, 2)),
		.field = str_to_cstr(arena, db_text(rows, 3)),
		.query = str_to_cstr(arena, db_text(rows, 4)),
		.created_on = stored_date(db_text(rows, 5)),
		.updated_on = stored_date(db_text(rows, 6)),
	};
}

bool library_topic_find(struct library *library, struct arena *arena, struct str name,
			struct topic *topic_out, struct error *error)
{
	struct db_rows *rows;
	bool found;

	if (!db_query(library->db, arena, select_topic,
		      DB_WITH(DB_STR(name), DB_INT(library->organisation_id)), &rows, error))
		return false;
	found = db_next(rows);
	if (found)
		read_topic(rows, arena, topic_out);
	if (!db_rows_done(rows, error))
		return false;
	if (!found)
		return error_set(error, ERROR_NOT_FOUND, "library.no_topic", "%.*s",
				 STR_ARGS(name));
	return true;
}

bool library_topic_list(struct library *library, struct arena *arena, struct topic **topics_out,
			size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct topic);
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_topics, DB_WITH(DB_INT(library->organisation_id)),
		      &rows, error))
		return false;
	while (db_next(rows))
		read_topic(rows, arena, list_add(&list));
	*topics_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}

/* The day's first moment in China, as ms UTC. */
static int64_t day_ms(date day)
{
	return day == DATE_NONE ? 0 : ((int64_t)day * 24 - 8) * 3600 * 1000;
}

bool library_topic_save(struct library *library, struct topic *topic, struct error *error)
{
	char created[DATE_TEXT_SIZE], updated[DATE_TEXT_SIZE];
	const struct db_param name = DB_CSTR(topic->name), purpose = DB_CSTR(topic->purpose);
	const struct db_param field = DB_CSTR(topic->field), query = DB_CSTR(topic->query);
	const struct db_param created_on = DB_CSTR(date_format(topic->created_on, created));
	const struct db_param updated_on = DB_CSTR(date_format(topic->updated_on, updated));
	const struct db_param updated_at = DB_INT(day_ms(topic->updated_on));

	if (topic->id)
		return db_execute(library->db, update_topic,
				  DB_WITH(name, purpose, field, query, created_on, updated_on,
					  updated_at, DB_INT(topic->id)),
				  error);
	if (db_execute_returning(library->db, insert_topic,
				 DB_WITH(name, purpose, field, query, created_on, updated_on,
					 DB_INT(library->organisation_id),
					 DB_INT(day_ms(topic->created_on)), updated_at),
				 &topic->id, error))
		return true;
	if (error->kind != ERROR_CONFLICT)
		return false;
	return error_set(error, ERROR_CONFLICT, "library.topic_exists", "%s", topic->name);
}

bool library_topic_remove(struct library *library, int64_t topic_id, struct error *error)
{
	for (size_t i = 0; i < sizeof(delete_topic) / sizeof(delete_topic[0]); i++)
		if (!db_execute(library->db, delete_topic[i], DB_WITH(DB_INT(topic_id)), error))
			return false;
	return true;
}

bool library_topic_log_add(struct library *library, int64_t topic_id,
			   const struct topic_log_line *line, struct error *error)
{
	char day[DATE_TEXT_SIZE];
	struct db_param on = DB_CSTR(date_format(line->on, day));

	return db_execute(library->db, insert_log,
			  DB_WITH(DB_INT(topic_id), on, DB_CSTR(line->source), DB_INT(line->added),
				  DB_INT(line->removed), DB_INT(line->updated),
				  DB_INT(line->status_changed)),
			  error) &&
	       db_execute(library->db, touch_topic, DB_WITH(on, DB_INT(topic_id)), error);
}

bool library_topic_log(struct library *library, struct arena *arena, int64_t topic_id,
		       struct topic_log_line **lines_out, size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct topic_log_line);
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_log, DB_WITH(DB_INT(topic_id)), &rows, error))
		return false;
	while (db_next(rows))
		*(struct topic_log_line *)list_add(&list) = (struct topic_log_line){
			.on = stored_date(db_text(rows, 0)),
			.source = str_to_cstr(arena, db_text(rows, 1)),
			.added = db_integer(rows, 2),
			.removed = db_integer(rows, 3),
			.updated = db_integer(rows, 4),
			.status_changed = db_integer(rows, 5),
		};
	*lines_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}

bool library_topic_tree(struct library *library, struct arena *arena, int64_t topic_id,
			enum tree_kind kind, struct topic_node **nodes_out, size_t *count_out,
			struct error *error)
{
	struct list list = LIST_OF(struct topic_node);
	struct db_rows *rows;

	if (!db_query(library->db, arena, select_nodes,
		      DB_WITH(DB_INT(topic_id), DB_CSTR(tree_names[kind])), &rows, error))
		return false;
	while (db_next(rows))
		*(struct topic_node *)list_add(&list) = (struct topic_node){
			.level = (unsigned)db_integer(rows, 0),
			.name = str_to_cstr(arena, db_text(rows, 1)),
			.definition = str_to_cstr(arena, db_text(rows, 2)),
			.query = str_to_cstr(arena, db_text(rows, 3)),
		};
	*nodes_out = list_to_arena(&list, arena, count_out);
	return db_rows_done(rows, error);
}

bool library_topic_tree_save(struct library *library, int64_t topic_id, enum tree_kind kind,
			     const struct topic_node *nodes, size_t count, struct error *error)
{
	if (!db_execute(library->db, delete_nodes,
			DB_WITH(DB_INT(topic_id), DB_CSTR(tree_names[kind])), error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!db_execute(library->db, insert_node,
				DB_WITH(DB_INT(topic_id), DB_CSTR(tree_names[kind]),
					DB_INT((int64_t)i), DB_INT(nodes[i].level),
					DB_CSTR(nodes[i].name), DB_CSTR(nodes[i].definition),
					DB_CSTR(nodes[i].query)),
				error))
			return false;
	return true;
}
