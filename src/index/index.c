#include "index/index_internal.h"
#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { OPEN_ATTEMPTS = 20 }; /* another process may remove a generation between two looks */

/* Takes up the generation CURRENT names, unless it is the one held. */
static bool load_current(struct index *index, struct error *error)
{
	struct snapshot *fresh, *before = index->current;
	struct manifest manifest;
	uint64_t generation;

	if (!manifest_current(index->folder, &generation, error))
		return false;
	if (before && before->manifest.generation == generation)
		return true;
	if (!manifest_read(index->folder, index->schema, &manifest, error) ||
	    !snapshot_create(index->folder, index->schema, &manifest, before, &fresh, error))
		return false;
	index->current = fresh;
	index_release(before);
	return true;
}

/* Nobody replaces the generation any more: when a file of it is gone, it is damage. */
static bool refuse_generation(struct index *index, struct error *error)
{
	struct arena *arena = arena_create(512);
	const char *missing = manifest_missing_file(arena, index->folder, index->schema);

	if (missing)
		segment_corrupt(error, missing);
	arena_destroy(arena);
	return false;
}

static bool load_with_patience(struct index *index, struct error *error)
{
	uint64_t before = UINT64_MAX, generation = 0;

	for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
		struct error ignored;

		if (!manifest_current(index->folder, &generation, &ignored))
			generation = 0;
		if (load_current(index, error))
			return true;
		if (error->kind != ERROR_IO)
			return false;
		if (generation == before)
			return refuse_generation(index, error);
		before = generation;
	}
	return false;
}

bool index_open(const char *folder, const struct index_schema *schema, struct index **index_out,
		struct error *error)
{
	struct index *index;
	size_t size = strlen(folder) + 1;

	assert(schema->column_count <= INDEX_COLUMNS_MAX);
	if (!file_make_folder(folder, error))
		return false;
	index = memory_alloc_zeroed(1, sizeof(*index));
	index->folder = memcpy(memory_alloc(size), folder, size);
	index->schema = schema;
	pthread_mutex_init(&index->mutex, NULL);
	if (!load_with_patience(index, error)) {
		index_close(index);
		return false;
	}
	*index_out = index;
	return true;
}

void index_close(struct index *index)
{
	if (!index)
		return;
	index_release(index->current);
	pthread_mutex_destroy(&index->mutex);
	memory_free(index->folder);
	memory_free(index);
}

bool index_refresh(struct index *index, struct error *error)
{
	bool done;

	pthread_mutex_lock(&index->mutex);
	done = load_with_patience(index, error);
	pthread_mutex_unlock(&index->mutex);
	return done;
}

const struct snapshot *index_acquire(struct index *index)
{
	struct snapshot *snapshot;

	pthread_mutex_lock(&index->mutex);
	snapshot = index->current;
	atomic_fetch_add(&snapshot->references, 1);
	pthread_mutex_unlock(&index->mutex);
	return snapshot;
}

bool index_verify(struct index *index, struct error *error)
{
	const struct snapshot *snapshot = index_acquire(index);
	bool done = true;

	for (size_t i = 0; i < snapshot->segment_count && done; i++)
		done = segment_verify(snapshot->segments[i].segment, error);
	index_release(snapshot);
	return done;
}

int64_t index_size_on_disk(const struct index *held)
{
	struct index *index = (struct index *)(uintptr_t)held;
	const struct snapshot *snapshot = index_acquire(index);
	int64_t sum = 0;

	for (size_t i = 0; i < snapshot->segment_count; i++)
		sum += (int64_t)snapshot->segments[i].segment->map.size;
	index_release(snapshot);
	return sum;
}

/* ---- Writers, one at a time. */

bool index_lock(struct index *index, const char *name, int *lock_out, struct error *error)
{
	struct arena *arena = arena_create(512);
	const char *path = file_join(arena, index->folder, name);
	bool done = true;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	if (fd < 0) {
		done = error_set_errno(error, "file.open", path);
	} else if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		done = errno == EWOULDBLOCK
			       ? error_set(error, ERROR_BUSY, "index.locked", "%s", index->folder)
			       : error_set_errno(error, "file.open", path);
		close(fd);
	}
	arena_destroy(arena);
	*lock_out = fd;
	return done;
}

void index_unlock(int lock)
{
	close(lock);
}

bool index_publish(struct index *index, struct manifest *manifest, struct error *error)
{
	const struct snapshot *held;
	struct snapshot *fresh, *before;
	struct manifest kept;
	bool done;

	manifest->generation++;
	manifest->schema = schema_hash(index->schema);
	if (!manifest_write(index->folder, manifest, error))
		return false;
	kept = manifest_copy(manifest);
	held = index_acquire(index);
	done = snapshot_create(index->folder, index->schema, &kept, held, &fresh, error);
	index_release(held);
	if (!done)
		return false;
	pthread_mutex_lock(&index->mutex);
	before = index->current;
	index->current = fresh;
	pthread_mutex_unlock(&index->mutex);
	index_release(before);
	manifest_remove_others(index->folder, manifest);
	return true;
}
