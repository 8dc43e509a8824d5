#ifndef INDEX_POSITIONS_INTERNAL_H
#define INDEX_POSITIONS_INTERNAL_H

#include "index/postings_internal.h"

/* Positions of one token in one document, ascending. On the heap: memory_free(items). */
struct position_list {
	uint32_t *items;
	size_t count, room;
};

/* Of the document the cursor stands at; none when they are damaged. */
void positions_read(struct postings_cursor *cursor, struct position_list *list);

#endif
