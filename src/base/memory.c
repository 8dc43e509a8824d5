#include "base/memory.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

static void *checked(void *memory)
{
	if (!memory) {
		fputs("yucheng: 内存不足 / out of memory\n", stderr);
		abort();
	}
	return memory;
}

void *memory_alloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *memory_alloc_zeroed(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1));
}

void *memory_resize(void *memory, size_t size)
{
	return checked(realloc(memory, size ? size : 1));
}

void memory_free(void *memory)
{
	free(memory);
}

void memory_give_back(void)
{
	malloc_trim(0);
}

size_t memory_product(size_t count, size_t size)
{
	size_t product;

	if (__builtin_mul_overflow(count, size, &product))
		checked(NULL);
	return product;
}
