#ifndef BASE_LIST_H
#define BASE_LIST_H

#include "base/arena.h"

/*
 * A growing array of items of one size, on the heap. Items move when it grows: keep indexes, not
 * pointers. `struct list links = LIST_OF(struct link);`
 */
struct list {
	void *items;
	size_t count, room, item_size;
};

#define LIST_OF(type)          ((struct list){ .item_size = sizeof(type) })
#define LIST_AT(list, type, i) (((type *)(list)->items)[i])

void *list_add(struct list *list); /* a new zeroed item at the end */
void *list_add_many(struct list *list, size_t count);
void list_clear(struct list *list); /* keeps the memory */
void list_release(struct list *list);
/* Moves the items into the arena and releases the list; its count goes to *count_out. */
void *list_to_arena(struct list *list, struct arena *arena, size_t *count_out);
void list_sort(struct list *list, int (*compare)(const void *, const void *));

#endif
