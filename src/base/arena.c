#include "base/arena.h"
#include "base/memory.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct block {
	struct block *next;
	size_t used, size;
	alignas(max_align_t) unsigned char data[];
};

struct deferred {
	struct deferred *next;
	void (*release)(void *);
	void *resource;
};

struct arena {
	struct block *newest;
	struct deferred *deferred;
	size_t first_size, held;
};

/* Blocks double up to this size, so that a large arena wastes at most this much. */
#define BLOCK_SIZE_MAX ((size_t)4 << 20)

static size_t padded(size_t size)
{
	return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

/* Memory of a block is zeroed when handed out, not here: most of a large block is never used. */
static struct block *block_create(size_t size)
{
	struct block *block = memory_alloc(sizeof(*block) + size);

	block->next = NULL;
	block->used = 0;
	block->size = size;
	return block;
}

struct arena *arena_create(size_t first_block)
{
	struct arena *arena = memory_alloc(sizeof(*arena));

	*arena = (struct arena){ .first_size = first_block ? first_block : 1024 };
	arena->newest = block_create(arena->first_size);
	arena->held = arena->first_size;
	return arena;
}

static void run_deferred(struct arena *arena)
{
	struct deferred *deferred = arena->deferred;

	arena->deferred = NULL;
	for (; deferred; deferred = deferred->next)
		deferred->release(deferred->resource);
}

static void free_blocks(struct block *block)
{
	while (block) {
		struct block *next = block->next;

		memory_free(block);
		block = next;
	}
}

void arena_settle(struct arena *arena)
{
	run_deferred(arena);
}

void arena_reset(struct arena *arena)
{
	run_deferred(arena);
	free_blocks(arena->newest->next);
	arena->newest->next = NULL;
	arena->newest->used = 0;
	arena->held = arena->newest->size;
}

size_t arena_held(const struct arena *arena)
{
	return arena->held;
}

void arena_destroy(struct arena *arena)
{
	if (!arena)
		return;
	run_deferred(arena);
	free_blocks(arena->newest);
	memory_free(arena);
}

static struct block *add_block(struct arena *arena, size_t size)
{
	size_t grown = arena->newest->size * 2;
	struct block *block;

	if (grown > BLOCK_SIZE_MAX)
		grown = BLOCK_SIZE_MAX;
	block = block_create(grown > size ? grown : size);
	block->next = arena->newest;
	arena->newest = block;
	arena->held += block->size;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct block *block = arena->newest;
	size_t wanted = padded(size);
	void *memory;

	if (block->size - block->used < wanted)
		block = add_block(arena, wanted);
	memory = block->data + block->used;
	block->used += wanted;
	return memset(memory, 0, wanted);
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
	return arena_alloc(arena, memory_product(count, size));
}

char *arena_copy(struct arena *arena, const char *data, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length)
		memcpy(copy, data, length);
	return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	int length;
	char *text;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	va_end(args);
	return text;
}

void arena_defer(struct arena *arena, void (*release)(void *), void *resource)
{
	struct deferred *deferred = arena_new(arena, struct deferred);

	*deferred = (struct deferred){ arena->deferred, release, resource };
	arena->deferred = deferred;
}
