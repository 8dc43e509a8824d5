#ifndef IMPORT_STRING_POOL_H
#define IMPORT_STRING_POOL_H

#include "base/error.h"
#include "base/list.h"
#include "base/str.h"

#include <stdio.h>

/*
 * The strings cells of a workbook point to, by number: in a nameless temporary file, mapped once
 * all are there, so that they cost address space and not memory.
 */
struct string_pool {
	FILE *file;
	uint64_t size, size_max;
	struct str all;   /* the file, mapped */
	struct list ends; /* uint64_t */
};

bool string_pool_open(struct string_pool *pool, int64_t size_max, struct error *error) MUST_CHECK;
/* False when the pool is full, or the disk. */
bool string_pool_add(struct string_pool *pool, struct str s) MUST_CHECK;
/* Behind the last string. */
bool string_pool_map(struct string_pool *pool, struct error *error) MUST_CHECK;
struct str string_pool_at(const struct string_pool *pool,
			  size_t number);         /* empty: no such number */
void string_pool_close(struct string_pool *pool); /* one never opened, all zero, is fine */

#endif
