#ifndef INDEX_SNAPSHOT_INTERNAL_H
#define INDEX_SNAPSHOT_INTERNAL_H

#include "index/kept_internal.h"
#include "index/manifest_internal.h"
#include "index/segment_internal.h"

/* One generation. Numbers of a segment's documents begin at its `first`. */
struct snapshot_segment {
	struct segment *segment;
	uint32_t first;
	bool has_deleted;
};

/* The union of the segments' dictionaries of one column; with one segment there is none. */
struct global_terms {
	uint32_t count;
	uint32_t **global;  /* by segment: its ordinals to global ones */
	uint16_t *segments; /* by global ordinal: a segment that has the term */
	uint32_t *ordinals; /* its ordinal there */
};

struct snapshot {
	atomic_size_t references;
	struct arena *arena;
	struct manifest manifest;
	size_t segment_count;
	struct snapshot_segment *segments;
	uint32_t document_limit;
	const struct bitmap *live, *deleted; /* deleted is empty when nothing is */
	pthread_mutex_t mutex;               /* for building globals */
	_Atomic(const struct global_terms *) *globals;
	struct kept_sets *kept;
};

/* Opens what the manifest names; segments that `before` (or NULL) holds open are shared. Takes the
   manifest over, on failure too. */
bool snapshot_create(const char *folder, const struct index_schema *schema,
		     struct manifest *manifest, const struct snapshot *before,
		     struct snapshot **snapshot_out, struct error *error) MUST_CHECK;

/* The segment of a document; the number must be below the limit. */
const struct snapshot_segment *snapshot_segment_of(const struct snapshot *snapshot,
						   uint32_t document);
const struct global_terms *snapshot_globals(const struct snapshot *snapshot, unsigned column);

/* Local sets of all segments as one set of live documents. */
struct set_joiner {
	struct arena *arena;
	struct list chunks; /* struct chunk */
};
void joiner_add(struct set_joiner *joiner, const struct snapshot_segment *segment,
		const struct chunk *chunks, size_t count);
const struct bitmap *joiner_finish(struct set_joiner *joiner, const struct snapshot *snapshot);

#endif
