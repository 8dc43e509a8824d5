#include "index/kept_internal.h"
#include "base/memory.h"
#include "index/checksum_internal.h"

#include <pthread.h>

enum { SETS_MAX = 4096, SHARE_MAX = 4 };

struct kept_set {
	atomic_size_t references; /* one of the place it stands in */
	struct arena *arena;
	struct str name;
	const struct bitmap *set;
};

struct place {
	uint64_t hash;
	uint64_t used; /* when, by the counter */
	struct kept_set *set;
};

struct kept_sets {
	pthread_mutex_t mutex;
	size_t bytes, bytes_max;
	uint64_t now;
	size_t count;
	struct place places[SETS_MAX];
};

struct kept_sets *kept_sets_create(size_t bytes_max)
{
	struct kept_sets *kept = memory_alloc_zeroed(1, sizeof(*kept));

	pthread_mutex_init(&kept->mutex, NULL);
	kept->bytes_max = bytes_max;
	return kept;
}

static void release_set(void *resource)
{
	struct kept_set *set = resource;

	if (atomic_fetch_sub(&set->references, 1) == 1)
		arena_destroy(set->arena); /* and the set, which lies in it */
}

void kept_sets_destroy(struct kept_sets *kept)
{
	if (!kept)
		return;
	for (size_t i = 0; i < kept->count; i++)
		release_set(kept->places[i].set);
	pthread_mutex_destroy(&kept->mutex);
	memory_free(kept);
}

static struct place *find_place(struct kept_sets *kept, uint64_t hash, struct str name)
{
	for (size_t i = 0; i < kept->count; i++)
		if (kept->places[i].hash == hash && str_equal(kept->places[i].set->name, name))
			return &kept->places[i];
	return NULL;
}

bool kept_sets_find(struct kept_sets *kept, struct str name, struct arena *arena,
		    const struct bitmap **set_out)
{
	uint64_t hash = checksum_of(name.data, name.size);
	struct kept_set *found = NULL;
	struct place *place;

	pthread_mutex_lock(&kept->mutex);
	place = find_place(kept, hash, name);
	if (place) {
		place->used = ++kept->now;
		found = place->set;
		atomic_fetch_add(&found->references, 1);
	}
	pthread_mutex_unlock(&kept->mutex);
	if (!found)
		return false;
	arena_defer(arena, release_set, found);
	*set_out = found->set;
	return true;
}

static void drop_oldest(struct kept_sets *kept)
{
	struct place *oldest = &kept->places[0];

	for (size_t i = 1; i < kept->count; i++)
		if (kept->places[i].used < oldest->used)
			oldest = &kept->places[i];
	kept->bytes -= arena_held(oldest->set->arena);
	release_set(oldest->set);
	*oldest = kept->places[--kept->count];
}

static struct kept_set *copy_of(struct str name, const struct bitmap *set)
{
	struct arena *arena = arena_create(1024);
	struct kept_set *copy = arena_new(arena, struct kept_set);

	atomic_init(&copy->references, 1);
	copy->arena = arena;
	copy->name = str_copy(arena, name);
	copy->set = bitmap_copy(arena, set);
	return copy;
}

void kept_sets_add(struct kept_sets *kept, struct str name, const struct bitmap *set)
{
	uint64_t hash = checksum_of(name.data, name.size);
	struct kept_set *copy = copy_of(name, set);
	size_t bytes = arena_held(copy->arena);

	pthread_mutex_lock(&kept->mutex);
	if (bytes > kept->bytes_max / SHARE_MAX || find_place(kept, hash, name)) {
		release_set(copy);
	} else {
		while (kept->count == SETS_MAX ||
		       (kept->count > 0 && kept->bytes + bytes > kept->bytes_max))
			drop_oldest(kept);
		kept->places[kept->count++] = (struct place){ hash, ++kept->now, copy };
		kept->bytes += bytes;
	}
	pthread_mutex_unlock(&kept->mutex);
}

size_t kept_sets_bytes(struct kept_sets *kept)
{
	size_t bytes;

	pthread_mutex_lock(&kept->mutex);
	bytes = kept->bytes;
	pthread_mutex_unlock(&kept->mutex);
	return bytes;
}
