#include "base/map.h"
#include "base/memory.h"

#include <string.h>

struct entry {
	uint64_t hash;
	uint64_t value;
	struct str key;
};

/* Open addressing over entry numbers + 1; entries themselves lie in insertion order. */
struct map {
	struct arena *keys;
	struct entry *entries;
	size_t count, room;
	uint32_t *slots;
	size_t slot_mask;
};

enum { SLOTS_FIRST = 16 };

struct map *map_create(void)
{
	struct map *map = memory_alloc_zeroed(1, sizeof(*map));

	map->keys = arena_create(256);
	map->slots = memory_alloc_zeroed(SLOTS_FIRST, sizeof(*map->slots));
	map->slot_mask = SLOTS_FIRST - 1;
	return map;
}

void map_destroy(struct map *map)
{
	if (!map)
		return;
	arena_destroy(map->keys);
	memory_free(map->entries);
	memory_free(map->slots);
	memory_free(map);
}

void map_clear(struct map *map)
{
	arena_reset(map->keys);
	memset(map->slots, 0, (map->slot_mask + 1) * sizeof(*map->slots));
	map->count = 0;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t find_slot(const struct map *map, struct str key, uint64_t hash)
{
	size_t slot = hash & map->slot_mask;

	while (map->slots[slot]) {
		const struct entry *entry = &map->entries[map->slots[slot] - 1];

		if (entry->hash == hash && str_equal(entry->key, key))
			break;
		slot = (slot + 1) & map->slot_mask;
	}
	return slot;
}

static void grow_slots(struct map *map)
{
	size_t slot_count = (map->slot_mask + 1) * 2;

	memory_free(map->slots);
	map->slots = memory_alloc_zeroed(slot_count, sizeof(*map->slots));
	map->slot_mask = slot_count - 1;
	for (size_t i = 0; i < map->count; i++) {
		size_t slot = map->entries[i].hash & map->slot_mask;

		while (map->slots[slot])
			slot = (slot + 1) & map->slot_mask;
		map->slots[slot] = (uint32_t)i + 1;
	}
}

static struct entry *add_entry(struct map *map, struct str key, uint64_t hash)
{
	struct entry *entry;

	if (map->count == map->room) {
		map->room = map->room ? map->room * 2 : SLOTS_FIRST / 2;
		map->entries = memory_resize(map->entries,
					     memory_product(map->room, sizeof(*map->entries)));
	}
	entry = &map->entries[map->count++];
	*entry = (struct entry){ .hash = hash, .key = str_copy(map->keys, key) };
	return entry;
}

uint64_t *map_put(struct map *map, struct str key, bool *is_new_out)
{
	uint64_t hash = str_hash(key);
	size_t slot = find_slot(map, key, hash);
	bool is_new = map->slots[slot] == 0;
	struct entry *entry;

	if (is_new_out)
		*is_new_out = is_new;
	if (!is_new)
		return &map->entries[map->slots[slot] - 1].value;
	entry = add_entry(map, key, hash);
	map->slots[slot] = (uint32_t)map->count;
	if (map->count * 4 > (map->slot_mask + 1) * 3)
		grow_slots(map);
	return &entry->value;
}

uint64_t *map_find(const struct map *map, struct str key)
{
	size_t slot = find_slot(map, key, str_hash(key));

	return map->slots[slot] ? &map->entries[map->slots[slot] - 1].value : NULL;
}

size_t map_count(const struct map *map)
{
	return map->count;
}

struct str map_key_at(const struct map *map, size_t i)
{
	return map->entries[i].key;
}

uint64_t *map_value_at(const struct map *map, size_t i)
{
	return &map->entries[i].value;
}
