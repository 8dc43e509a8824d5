#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { THREADS_MAX = 64 };

struct work {
	atomic_size_t next;
	size_t count;
	void (*run)(void *context, size_t i);
	void *context;
};

static void *take_items(void *argument)
{
	struct work *work = argument;
	size_t i;

	while ((i = atomic_fetch_add(&work->next, 1)) < work->count)
		work->run(work->context, i);
	return NULL;
}

void pool_run(size_t thread_count, size_t count, void (*run)(void *context, size_t i),
	      void *context)
{
	struct work work = { .count = count, .run = run, .context = context };
	pthread_t threads[THREADS_MAX];
	size_t started = 0;

	if (thread_count > count)
		thread_count = count;
	if (thread_count > THREADS_MAX)
		thread_count = THREADS_MAX;
	while (started + 1 < thread_count &&
	       pthread_create(&threads[started], NULL, take_items, &work) == 0)
		started++;
	take_items(&work);
	while (started > 0)
		pthread_join(threads[--started], NULL);
}

size_t pool_processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	return CPU_COUNT(&set) > 0 ? (size_t)CPU_COUNT(&set) : 1;
}
