#include "api/names.h"
#include "base/map.h"

enum { AT_ONCE = 32 };

#define PLACES                                                                                     \
	"($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "                 \
	"$17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)"

static const char *const selects[NAMES_OF_COUNT] = {
	[NAMES_OF_USERS] = "SELECT id, name FROM \"user\" WHERE id IN " PLACES,
	[NAMES_OF_ORGANISATIONS] = "SELECT id, name FROM organisation WHERE id IN " PLACES,
	[NAMES_OF_LOGINS] = "SELECT user_id, login FROM account WHERE user_id IN " PLACES,
};

struct names {
	struct arena *arena;
	struct map *texts[NAMES_OF_COUNT]; /* id -> const char *; 0: asked for, none */
};

static void release(void *resource)
{
	struct names *names = resource;

	for (size_t of = 0; of < NAMES_OF_COUNT; of++)
		map_destroy(names->texts[of]);
}

struct names *names_create(struct arena *arena)
{
	struct names *names = arena_new(arena, struct names);

	names->arena = arena;
	for (size_t of = 0; of < NAMES_OF_COUNT; of++)
		names->texts[of] = map_create();
	arena_defer(arena, release, names);
	return names;
}

static struct str key_of(const int64_t *id)
{
	return (struct str){ (const char *)id, sizeof(*id) };
}

/* ids: at most AT_ONCE; the last one fills the places that are left. */
static bool load(struct names *names, struct db *db, enum names_of of, const int64_t *ids,
		 size_t count, struct error *error)
{
	struct db_param params[AT_ONCE];
	struct db_rows *rows;

	for (size_t i = 0; i < AT_ONCE; i++)
		params[i] = DB_INT(ids[i < count ? i : count - 1]);
	if (!db_query(db, names->arena, selects[of], params, AT_ONCE, &rows, error))
		return false;
	while (db_next(rows)) {
		int64_t id = db_integer(rows, 0);

		*map_put(names->texts[of], key_of(&id),
			 NULL) = (uintptr_t)str_to_cstr(names->arena, db_text(rows, 1));
	}
	return db_rows_done(rows, error);
}

bool names_add(struct names *names, struct db *db, enum names_of of, const int64_t *ids,
	       size_t count, struct error *error)
{
	int64_t wanted[AT_ONCE];
	size_t wanted_count = 0;

	for (size_t i = 0; i < count; i++) {
		bool is_new = false;

		if (ids[i] > 0)
			map_put(names->texts[of], key_of(&ids[i]), &is_new);
		if (is_new)
			wanted[wanted_count++] = ids[i];
		if (wanted_count < AT_ONCE)
			continue;
		if (!load(names, db, of, wanted, wanted_count, error))
			return false;
		wanted_count = 0;
	}
	return !wanted_count || load(names, db, of, wanted, wanted_count, error);
}

const char *names_find(const struct names *names, enum names_of of, int64_t id)
{
	const uint64_t *text = map_find(names->texts[of], key_of(&id));

	return text ? (const char *)(uintptr_t)*text : NULL;
}
