#ifndef INDEX_INDEX_INTERNAL_H
#define INDEX_INDEX_INTERNAL_H

#include "index/snapshot_internal.h"

struct index {
	char *folder;
	const struct index_schema *schema; /* the caller's; outlives the index */
	pthread_mutex_t mutex;             /* for current */
	struct snapshot *current;
};

/* Lock files: "LOCK" for writing, "MERGE" for merging. ERROR_BUSY when somebody else holds it, in this
   process or another. */
bool index_lock(struct index *index, const char *name, int *lock_out,
		struct error *error) MUST_CHECK;
void index_unlock(int lock);
/*
 * Makes the manifest the next generation: writes it, switches CURRENT and the snapshot, removes
 * files nothing names any more (whoever has them mapped keeps them). Under the lock.
 */
bool index_publish(struct index *index, struct manifest *manifest, struct error *error) MUST_CHECK;

/* Writes the live documents of the chosen segments of a snapshot as one segment file. */
bool merge_segments(const struct snapshot *snapshot, const struct index_schema *schema,
		    const size_t *chosen, size_t count, const char *path, uint64_t *documents_out,
		    struct error *error) MUST_CHECK;
struct merge_wish {
	bool all;
	bool has_lock; /* the caller holds the writer's lock */
	uint64_t documents_max;
};
/* Merges until nothing is left to gain. */
bool merge_as_wished(struct index *index, const struct merge_wish *wish,
		     struct error *error) MUST_CHECK;

#endif
