#ifndef INDEX_KEPT_INTERNAL_H
#define INDEX_KEPT_INTERNAL_H

#include "index/index.h"

/*
 * Sets under names, bounded in bytes; the one not used longest goes first. Any thread. A set handed
 * out lives as long as the arena it was asked for with, also when it has gone from here.
 */
struct kept_sets;

struct kept_sets *kept_sets_create(size_t bytes_max);
void kept_sets_destroy(struct kept_sets *kept); /* NULL is fine */
bool kept_sets_find(struct kept_sets *kept, struct str name, struct arena *arena,
		    const struct bitmap **set_out);
/* Copies the set. One larger than a quarter of all is not kept. */
void kept_sets_add(struct kept_sets *kept, struct str name, const struct bitmap *set);
size_t kept_sets_bytes(struct kept_sets *kept);

#endif
