#include "base/list.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void *list_add_many(struct list *list, size_t count)
{
	size_t wanted = list->count + count;
	unsigned char *added;

	if (wanted > list->room) {
		size_t room = list->room ? list->room * 2 : 8;

		list->room = room > wanted ? room : wanted;
		list->items = memory_resize(list->items,
					    memory_product(list->room, list->item_size));
	}
	added = (unsigned char *)list->items + list->count * list->item_size;
	list->count = wanted;
	return memset(added, 0, count * list->item_size);
}

void *list_add(struct list *list)
{
	return list_add_many(list, 1);
}

void list_clear(struct list *list)
{
	list->count = 0;
}

void list_release(struct list *list)
{
	memory_free(list->items);
	*list = (struct list){ .item_size = list->item_size };
}

void *list_to_arena(struct list *list, struct arena *arena, size_t *count_out)
{
	void *items = arena_alloc_array(arena, list->count, list->item_size);

	if (list->count)
		memcpy(items, list->items, list->count * list->item_size);
	*count_out = list->count;
	list_release(list);
	return items;
}

void list_sort(struct list *list, int (*compare)(const void *, const void *))
{
	if (list->count > 1)
		qsort(list->items, list->count, list->item_size, compare);
}
