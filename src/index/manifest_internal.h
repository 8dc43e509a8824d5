#ifndef INDEX_MANIFEST_INTERNAL_H
#define INDEX_MANIFEST_INTERNAL_H

#include "base/list.h"
#include "index/index.h"

/*
 * What one generation consists of: a small text file, named by CURRENT.
 */
struct manifest_segment {
	uint64_t number;
	uint64_t documents;
	uint64_t deleted;            /* of them */
	uint64_t deleted_generation; /* names the file of deleted documents; 0: none are */
};

struct manifest {
	uint64_t generation; /* 0: nothing was committed yet */
	int64_t log_position;
	uint64_t next_number; /* of segments */
	uint64_t schema;
	struct list segments; /* struct manifest_segment */
};

#define MANIFEST_EMPTY                                                                             \
	((struct manifest){ .next_number = 1, .segments = LIST_OF(struct manifest_segment) })

void manifest_release(struct manifest *manifest);
struct manifest manifest_copy(const struct manifest *manifest);
/* Generation 0 when the folder has no CURRENT. ERROR_CONFLICT for another schema. */
bool manifest_read(const char *folder, const struct index_schema *schema,
		   struct manifest *manifest_out, struct error *error) MUST_CHECK;
/* The generation CURRENT names; 0 for none. */
bool manifest_current(const char *folder, uint64_t *generation_out, struct error *error) MUST_CHECK;
/* Writes and syncs the file, then makes CURRENT name it. */
bool manifest_write(const char *folder, const struct manifest *manifest,
		    struct error *error) MUST_CHECK;

/* The first file of the current generation that is not there, in the arena; NULL: none, or it cannot be told. */
const char *manifest_missing_file(struct arena *arena, const char *folder,
				  const struct index_schema *schema);

char *deleted_path(struct arena *arena, const char *folder, const struct manifest_segment *segment);
bool deleted_write(const char *folder, const struct manifest_segment *segment,
		   const struct bitmap *deleted, struct error *error) MUST_CHECK;
/* Local document numbers, in the arena. */
bool deleted_read(const char *folder, const struct manifest_segment *segment, struct arena *arena,
		  const struct bitmap **deleted_out, struct error *error) MUST_CHECK;

/* Removes every file of the index that the manifest does not name. Needs the writer's lock. */
void manifest_remove_others(const char *folder, const struct manifest *manifest);

#endif
