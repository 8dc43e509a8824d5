#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/*
 * The heap, for what outlives one unit of work (the index, caches, growing buffers). Running out
 * of memory ends the process with a message: no caller checks for NULL.
 */
void *memory_alloc(size_t size); /* not zeroed */
void *memory_alloc_zeroed(size_t count, size_t size);
void *memory_resize(void *memory, size_t size);
void memory_free(void *memory); /* NULL is fine */

/* What is free goes back to the system: after work that took much and will not come again soon. */
void memory_give_back(void);

size_t memory_product(size_t count, size_t size); /* an overflow ends the process */

#endif
