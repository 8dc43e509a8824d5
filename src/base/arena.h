#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

/*
 * An arena owns everything that lives as long as one unit of work: one request, one import
 * batch, one command. Nothing in it is freed singly. Running out of memory ends the process,
 * so no caller checks for NULL.
 */
struct arena;

struct arena *arena_create(size_t first_block);
void arena_destroy(struct arena *arena); /* runs deferred calls, newest first */
/* Empties the arena for the next round of a loop; keeps its newest block. Runs deferred calls. */
void arena_reset(struct arena *arena);

/* Bytes taken from the heap. */
size_t arena_held(const struct arena *arena);

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);
/* count * size zeroed bytes; an overflow of the product ends the process. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);
char *arena_copy(struct arena *arena, const char *data, size_t length); /* NUL-terminated */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Runs the deferred calls now; the memory stays. For what is read on by another thread. */
void arena_settle(struct arena *arena);

/* Ties a resource (statement, file, mapping) to the arena's lifetime. */
void arena_defer(struct arena *arena, void (*release)(void *), void *resource);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count)                                                            \
	((type *)arena_alloc_array((arena), (size_t)(count), sizeof(type)))

#endif
