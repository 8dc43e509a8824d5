#include "base/clock.h"
#include "base/fault.h"
#include "base/file.h"
#include "index/index_internal.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * Merging beside a writer: the long part, writing the new segment, needs no lock but that of
 * merging. Then, under the writer's lock, documents deleted meanwhile are found again in the new
 * segment by their order, and the manifest changes. When a writer has replaced one of the
 * merged segments meanwhile, the work is thrown away.
 */

/* ---- Choosing. */

enum {
	TIER_FACTOR = 8,   /* so many segments of about one size become one */
	TIER_FIRST = 1000, /* documents of the smallest tier */
	MERGE_SEGMENTS_MAX = 64
};

static unsigned tier_of(uint64_t documents)
{
	unsigned tier = 0;

	for (uint64_t limit = TIER_FIRST; documents > limit; limit *= TIER_FACTOR)
		tier++;
	return tier;
}

/* Chooses segments to be merged; their number, or 0 when there is nothing to gain. */
static size_t choose(const struct manifest *manifest, bool all, uint64_t documents_max,
		     size_t *chosen)
{
	const struct manifest_segment *segments = manifest->segments.items;
	size_t count = manifest->segments.count;

	for (unsigned tier = 0; tier < 16; tier++) {
		uint64_t documents = 0;
		size_t n = 0;

		for (size_t i = 0; i < count && n < MERGE_SEGMENTS_MAX; i++) {
			uint64_t live = segments[i].documents - segments[i].deleted;

			if (!all && tier_of(live) != tier)
				continue;
			chosen[n++] = i;
			documents += live;
		}
		if (all && (n > 1 || (n == 1 && segments[0].deleted > 0)))
			return n;
		if (!all && n >= TIER_FACTOR && documents <= documents_max)
			return n;
	}
	for (size_t i = 0; i < count; i++) /* more than a third deleted: written anew */
		if (segments[i].deleted * 3 > segments[i].documents &&
		    segments[i].documents <= documents_max) {
			chosen[0] = i;
			return 1;
		}
	return 0;
}

/* The place of each chosen segment in a later manifest; false when one is gone. */
static bool find_chosen(const struct manifest *later, const struct manifest *before, size_t *chosen,
			size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t number =
			LIST_AT(&before->segments, struct manifest_segment, chosen[i]).number;
		size_t at = 0;

		while (at < later->segments.count &&
		       LIST_AT(&later->segments, struct manifest_segment, at).number != number)
			at++;
		if (at == later->segments.count)
			return false;
		chosen[i] = at;
	}
	return true;
}

/* Puts the merged segment in the place of the first it was made of. */
static void replace_chosen(struct manifest *manifest, const size_t *chosen, size_t count,
			   const struct manifest_segment *merged)
{
	struct manifest_segment *segments = manifest->segments.items;
	size_t n = 0;

	for (size_t i = 0; i < manifest->segments.count; i++) {
		bool is_chosen = false;

		for (size_t j = 0; j < count; j++)
			is_chosen |= chosen[j] == i;
		if (!is_chosen)
			segments[n++] = segments[i];
		else if (i == chosen[0] && merged->deleted < merged->documents)
			segments[n++] = *merged;
	}
	manifest->segments.count = n;
}

/*
 * Documents of the merged segment that were deleted since it was begun: the live ones of the
 * snapshot it was made from have its numbers in their order.
 */
static const struct bitmap *deleted_since(const struct snapshot *before, const struct snapshot *now,
					  const size_t *chosen_before, const size_t *chosen_now,
					  size_t count, struct arena *arena)
{
	struct list deleted = LIST_OF(uint32_t);
	const struct bitmap *set;
	uint32_t number = 0;

	for (size_t i = 0; i < count; i++) {
		const struct snapshot_segment *old = &before->segments[chosen_before[i]];
		const struct snapshot_segment *fresh = &now->segments[chosen_now[i]];

		for (uint32_t j = 0; j < old->segment->document_count; j++) {
			if (bitmap_contains(before->deleted, old->first + j))
				continue;
			if (bitmap_contains(now->deleted, fresh->first + j))
				*(uint32_t *)list_add(&deleted) = number;
			number++;
		}
	}
	set = bitmap_of(arena, deleted.items, deleted.count);
	list_release(&deleted);
	return set;
}

struct merging {
	struct index *index;
	const struct snapshot *before;
	size_t chosen[MERGE_SEGMENTS_MAX], count;
	const char *path; /* the new segment under a name no manifest has */
	uint64_t documents;
};

/* Under the writer's lock. */
static bool publish_merged(struct merging *merging, struct error *error)
{
	struct index *index = merging->index;
	const struct snapshot *now = index_acquire(index);
	struct manifest manifest = manifest_copy(&now->manifest);
	struct manifest_segment merged = { .documents = merging->documents };
	struct arena *arena = arena_create(1 << 14);
	size_t chosen[MERGE_SEGMENTS_MAX];
	const struct bitmap *deleted;
	bool done = true;

	memcpy(chosen, merging->chosen, sizeof(chosen));
	if (find_chosen(&manifest, &merging->before->manifest, chosen, merging->count)) {
		deleted = deleted_since(merging->before, now, merging->chosen, chosen,
					merging->count, arena);
		merged.number = manifest.next_number++;
		merged.deleted = bitmap_count(deleted);
		merged.deleted_generation = merged.deleted > 0 ? manifest.generation + 1 : 0;
		if (rename(merging->path, segment_path(arena, index->folder, merged.number)) != 0)
			done = error_set_errno(error, "file.write", merging->path);
		if (done && merged.deleted > 0 && merged.deleted < merged.documents)
			done = deleted_write(index->folder, &merged, deleted, error);
		replace_chosen(&manifest, chosen, merging->count, &merged);
		done = done && index_publish(index, &manifest, error);
	}
	manifest_release(&manifest);
	arena_destroy(arena);
	index_release(now);
	return done;
}

/* Waits for a writer to finish. */
static bool lock_with_patience(struct index *index, int *lock_out, struct error *error)
{
	enum { PATIENCE_MS = 60000, PAUSE_US = 10000 };
	int64_t give_up = clock_monotonic_ms() + PATIENCE_MS;

	while (!index_lock(index, "LOCK", lock_out, error)) {
		if (error->kind != ERROR_BUSY || clock_monotonic_ms() > give_up)
			return false;
		usleep(PAUSE_US);
	}
	return true;
}

static bool publish_locked(struct merging *merging, struct error *error)
{
	bool done;
	int lock;

	if (!lock_with_patience(merging->index, &lock, error))
		return false;
	done = index_refresh(merging->index, error) && publish_merged(merging, error);
	index_unlock(lock);
	return done;
}

/* One merge of the current generation, if there is one to make. */
static bool merge_once(struct index *index, const struct merge_wish *wish, bool *is_over_out,
		       struct error *error)
{
	struct arena *arena = arena_create(512);
	struct merging merging = { .index = index, .before = index_acquire(index) };
	bool done = true;

	merging.path = file_join(arena, index->folder,
				 wish->has_lock ? "merging" : "merging-aside");
	merging.count = choose(&merging.before->manifest, wish->all, wish->documents_max,
			       merging.chosen);
	*is_over_out = merging.count == 0;
	if (merging.count > 0) {
		done = merge_segments(merging.before, index->schema, merging.chosen, merging.count,
				      merging.path, &merging.documents, error);
		fault_point("index.merged");
		done = done && (wish->has_lock ? publish_merged(&merging, error)
					       : publish_locked(&merging, error));
	}
	unlink(merging.path); /* of a merge thrown away, or killed */
	index_release(merging.before);
	arena_destroy(arena);
	return done;
}

bool merge_as_wished(struct index *index, const struct merge_wish *wish, struct error *error)
{
	bool is_over = false;

	while (!is_over)
		if (!merge_once(index, wish, &is_over, error))
			return false;
	return true;
}

struct aside {
	struct index *index;
	const struct merge_wish *wish;
	struct error *error;
	bool done;
};

/* Searches come first: they share the processors. A priority once lowered stays so, hence the thread. */
static void *merge_aside(void *argument)
{
	enum { LOW_PRIORITY = 10 };
	struct aside *aside = argument;

	setpriority(PRIO_PROCESS, (id_t)gettid(), LOW_PRIORITY);
	aside->done = merge_as_wished(aside->index, aside->wish, aside->error);
	return NULL;
}

static bool merge_in_background(struct index *index, const struct merge_wish *wish,
				struct error *error)
{
	struct aside aside = { index, wish, error, false };
	pthread_t thread;

	if (pthread_create(&thread, NULL, merge_aside, &aside) != 0)
		return merge_as_wished(index, wish, error);
	pthread_join(thread, NULL);
	return aside.done;
}

bool index_merge(struct index *index, bool all, struct error *error)
{
	struct merge_wish wish = { .all = all, .documents_max = UINT64_MAX };
	bool done;
	int lock;

	if (!index_lock(index, "MERGE", &lock, error))
		return false;
	done = index_refresh(index, error) && (all ? merge_as_wished(index, &wish, error)
						   : merge_in_background(index, &wish, error));
	index_unlock(lock);
	return done;
}
