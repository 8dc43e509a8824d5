#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

/*
 * Calls run(context, i) for every i below count on up to thread_count threads (the caller is one
 * of them) and returns when all are done. Items are taken in order, one at a time. No state is
 * kept between calls.
 */
void pool_run(size_t thread_count, size_t count, void (*run)(void *context, size_t i),
	      void *context);

size_t pool_processors(void); /* usable processors, at least 1 */

#endif
