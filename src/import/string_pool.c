#include "import/string_pool.h"

#include <sys/mman.h>

/* More than the cells of a sheet that are not numbers will ever be. */
enum { STRINGS_MAX = 1 << 25 };

bool string_pool_open(struct string_pool *pool, int64_t size_max, struct error *error)
{
	*pool = (struct string_pool){ .file = tmpfile(),
				      .size_max = (uint64_t)size_max,
				      .ends = LIST_OF(uint64_t) };
	return pool->file || error_set_errno(error, "file.write", "tmp");
}

bool string_pool_add(struct string_pool *pool, struct str s)
{
	pool->size += s.size;
	if (pool->ends.count == STRINGS_MAX || pool->size > pool->size_max)
		return false;
	if (s.size && fwrite(s.data, 1, s.size, pool->file) != s.size)
		return false;
	*(uint64_t *)list_add(&pool->ends) = pool->size;
	return true;
}

bool string_pool_map(struct string_pool *pool, struct error *error)
{
	void *data;

	if (fflush(pool->file) != 0)
		return error_set_errno(error, "file.write", "tmp");
	if (pool->size == 0)
		return true;
	data = mmap(NULL, pool->size, PROT_READ, MAP_SHARED, fileno(pool->file), 0);
	if (data == MAP_FAILED)
		return error_set_errno(error, "file.read", "tmp");
	pool->all = (struct str){ data, pool->size };
	return true;
}

struct str string_pool_at(const struct string_pool *pool, size_t number)
{
	if (number >= pool->ends.count)
		return STR_EMPTY;
	return str_slice(pool->all, number ? (size_t)LIST_AT(&pool->ends, uint64_t, number - 1) : 0,
			 (size_t)LIST_AT(&pool->ends, uint64_t, number));
}

void string_pool_close(struct string_pool *pool)
{
	if (pool->all.size)
		munmap((void *)(uintptr_t)pool->all.data, pool->all.size);
	if (pool->file)
		fclose(pool->file);
	list_release(&pool->ends);
	*pool = (struct string_pool){ 0 };
}
