#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

/*
 * A hash table from strings to 64-bit values (a number, an index or a pointer kept by the
 * caller). Keys are copied. Growing moves the values: a pointer into the map lives until the next
 * map_put. Order of map_at() is the order of insertion.
 */
struct map;

struct map *map_create(void);
void map_destroy(struct map *map);
void map_clear(struct map *map);

/* The place of the key's value; a new key starts at 0. *is_new_out may be NULL. */
uint64_t *map_put(struct map *map, struct str key, bool *is_new_out);
uint64_t *map_find(const struct map *map, struct str key); /* NULL when the key is missing */

size_t map_count(const struct map *map);
/* The i-th inserted entry; i is below map_count(). */
struct str map_key_at(const struct map *map, size_t i);
uint64_t *map_value_at(const struct map *map, size_t i);

#endif
