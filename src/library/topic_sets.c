/* A topic's sets of application ids: one row a chunk of 65,536, so that adding reads little. */
#include "base/list.h"
#include "library/library_internal.h"

static const char select_chunks[] =
	"SELECT bits FROM topic_set WHERE topic_id = $1 AND kind = $2 ORDER BY chunk";
static const char select_chunk[] =
	"SELECT bits FROM topic_set WHERE topic_id = $1 AND kind = $2 AND chunk = $3";
static const char upsert_chunk[] =
	"INSERT INTO topic_set (topic_id, kind, chunk, bits) VALUES ($1, $2, $3, $4) "
	"ON CONFLICT (topic_id, kind, chunk) DO UPDATE SET bits = excluded.bits";
static const char delete_chunk[] =
	"DELETE FROM topic_set WHERE topic_id = $1 AND kind = $2 AND chunk = $3";

enum { CHUNK_SHIFT = 16 };

struct chunk_key {
	int64_t topic_id;
	enum topic_set set;
	uint32_t chunk;
};

typedef const struct bitmap *combine_fn(struct arena *arena, const struct bitmap *a,
					const struct bitmap *b);

bool library_topic_set(struct library *library, struct arena *arena, int64_t topic_id,
		       enum topic_set set, const struct bitmap **ids_out, struct error *error)
{
	struct list chunks = LIST_OF(const struct bitmap *);
	const struct bitmap **sets;
	struct db_rows *rows;
	size_t count;
	bool valid = true;

	if (!db_query(library->db, arena, select_chunks, DB_WITH(DB_INT(topic_id), DB_INT(set)),
		      &rows, error))
		return false;
	while (valid && db_next(rows))
		valid = bitmap_read(arena, str_copy(arena, db_text(rows, 0)), list_add(&chunks),
				    error);
	sets = list_to_arena(&chunks, arena, &count);
	if (!valid || !db_rows_done(rows, error))
		return false;
	*ids_out = bitmap_or_many(arena, sets, count);
	return true;
}

static bool read_chunk(struct library *library, struct arena *arena, const struct chunk_key *key,
		       const struct bitmap **ids_out, struct error *error)
{
	struct db_rows *rows;
	bool valid = true;

	*ids_out = bitmap_empty();
	if (!db_query(library->db, arena, select_chunk,
		      DB_WITH(DB_INT(key->topic_id), DB_INT(key->set), DB_INT(key->chunk)), &rows,
		      error))
		return false;
	if (db_next(rows))
		valid = bitmap_read(arena, str_copy(arena, db_text(rows, 0)), ids_out, error);
	return valid && db_rows_done(rows, error);
}

static bool write_chunk(struct library *library, const struct chunk_key *key,
			const struct bitmap *ids, struct error *error)
{
	struct strbuf bytes = STRBUF_INIT;
	bool done;

	if (bitmap_is_empty(ids))
		return db_execute(
			library->db, delete_chunk,
			DB_WITH(DB_INT(key->topic_id), DB_INT(key->set), DB_INT(key->chunk)),
			error);
	bitmap_write(ids, &bytes);
	done = db_execute(library->db, upsert_chunk,
			  DB_WITH(DB_INT(key->topic_id), DB_INT(key->set), DB_INT(key->chunk),
				  DB_BLOB(strbuf_str(&bytes))),
			  error);
	strbuf_release(&bytes);
	return done;
}

static uint64_t difference(uint64_t a, uint64_t b)
{
	return a > b ? a - b : b - a;
}

/* Combines every chunk the ids touch with what is stored of it. */
static bool change_set(struct library *library, struct arena *arena, int64_t topic_id,
		       enum topic_set set, const struct bitmap *ids, combine_fn *combine,
		       uint64_t *changed_out, struct error *error)
{
	*changed_out = 0;
	for (size_t i = 0; i < bitmap_chunk_count(ids); i++) {
		uint32_t base = bitmap_chunk_at(ids, i).base;
		struct chunk_key key = { topic_id, set, base >> CHUNK_SHIFT };
		const struct bitmap *range = bitmap_of_range(arena, base,
							     (uint64_t)base + (1u << CHUNK_SHIFT));
		const struct bitmap *stored, *changed;

		if (!read_chunk(library, arena, &key, &stored, error))
			return false;
		changed = combine(arena, stored, bitmap_and(arena, ids, range));
		if (bitmap_equal(changed, stored))
			continue;
		*changed_out += difference(bitmap_count(changed), bitmap_count(stored));
		if (!write_chunk(library, &key, changed, error))
			return false;
	}
	return true;
}

bool library_topic_set_add(struct library *library, struct arena *arena, int64_t topic_id,
			   enum topic_set set, const struct bitmap *ids, uint64_t *changed_out,
			   struct error *error)
{
	return change_set(library, arena, topic_id, set, ids, bitmap_or, changed_out, error);
}

bool library_topic_set_take(struct library *library, struct arena *arena, int64_t topic_id,
			    enum topic_set set, const struct bitmap *ids, uint64_t *changed_out,
			    struct error *error)
{
	return change_set(library, arena, topic_id, set, ids, bitmap_and_not, changed_out, error);
}
