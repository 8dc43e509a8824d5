/* Indexing beside an import: a thread takes in what the import commits, as it commits it. */
#include "base/memory.h"
#include "indexing/indexing_internal.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum {
	WAIT_US = 20000,
	CHANGES_MIN = 20000 /* fewer are as fast to take in afterwards, in one piece */
};

struct indexing_follower {
	struct catch_up work;
	pthread_t thread;
	atomic_bool must_end;
};

/* Waits until there is enough to do; false when the end comes first. */
static bool wait_for_work(struct indexing_follower *follower, struct error *error)
{
	int64_t last = follower->work.at;

	while (!atomic_load(&follower->must_end)) {
		if (!library_last_change(follower->work.library, &last, error) ||
		    last - follower->work.at >= CHANGES_MIN)
			break;
		usleep(WAIT_US);
	}
	return last - follower->work.at >= CHANGES_MIN;
}

static bool follow(struct indexing_follower *follower, struct error *error)
{
	struct arena *arena = arena_create(1 << 20);
	bool done = true, more = true;

	while (done && !(atomic_load(&follower->must_end) && !more)) {
		done = catch_up_some(&follower->work, arena, &more, error);
		arena_reset(arena);
		if (done && !more && !atomic_load(&follower->must_end))
			usleep(WAIT_US);
	}
	arena_destroy(arena);
	return done;
}

/* A failure is not lost: the changes are still in the log, and catching up meets it again. */
static void *run_follower(void *argument)
{
	struct indexing_follower *follower = argument;
	struct error error;
	bool done = catch_up_begin(&follower->work, &error) &&
		    (!wait_for_work(follower, &error) || follow(follower, &error));

	if (!catch_up_end(&follower->work, done, &error))
		atomic_store(&follower->must_end, true);
	return NULL;
}

static void release(struct indexing_follower *follower)
{
	if (follower->work.index)
		index_close(follower->work.index);
	library_close(follower->work.library);
	memory_free(follower);
}

struct indexing_follower *indexing_follow(const char *folder, date today)
{
	struct indexing_follower *follower = memory_alloc_zeroed(1, sizeof(*follower));
	struct error error;

	follower->work.today = today;
	if (library_open(folder, false, &follower->work.library, &error) &&
	    indexing_open(folder, &follower->work.index, &error) &&
	    pthread_create(&follower->thread, NULL, run_follower, follower) == 0)
		return follower;
	release(follower);
	return NULL;
}

void indexing_follow_end(struct indexing_follower *follower)
{
	if (!follower)
		return;
	atomic_store(&follower->must_end, true);
	pthread_join(follower->thread, NULL);
	release(follower);
}
