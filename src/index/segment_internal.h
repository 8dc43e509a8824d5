#ifndef INDEX_SEGMENT_INTERNAL_H
#define INDEX_SEGMENT_INTERNAL_H

#include "index/format_internal.h"
#include "index/postings_internal.h"

#include <pthread.h>
#include <stdatomic.h>

/*
 * One mapped segment. Opening checks the header, the table and that every section has the size
 * its column needs; what lies inside a section is checked where it is read. Shared by snapshots
 * and counted; its file may be gone from the folder meanwhile.
 */
struct segment_column {
	enum column_kind kind;
	uint32_t term_count;
	unsigned width;
	int64_t number_base;
	uint64_t total_length;
	uint32_t documents; /* that have text */
	const uint32_t *term_at;
	struct str term_bytes;
	const uint32_t *term_counts;
	const uint64_t *postings_at;
	struct str postings;
	const uint16_t *lengths;
	const uint32_t *starts;
	const void *ordinals, *numbers;
	uint64_t ordinal_count;
	atomic_int forward_state; /* enum forward_state of segment.c */
};

struct segment {
	atomic_size_t references;
	uint64_t number; /* names the file */
	struct str map;
	const struct segment_header *header;
	const struct section *sections;
	uint32_t document_count;
	const uint32_t *ids, *id_order; /* id_order NULL: the ids ascend */
	struct segment_column *columns;
	unsigned column_count;
	pthread_mutex_t mutex; /* for the two below, and the first look at forward columns */
	uint32_t *blank;       /* zeros: a column without values; document_count of them */
	uint8_t *none;         /* all ones */
};

bool segment_open(const char *folder, uint64_t number, const struct index_schema *schema,
		  struct segment **segment_out, struct error *error) MUST_CHECK;
struct segment *segment_acquire(struct segment *segment);
void segment_release(struct segment *segment);
bool segment_verify(const struct segment *segment, struct error *error) MUST_CHECK;
/* "folder/segment-NUMBER" in the arena. */
char *segment_path(struct arena *arena, const char *folder, uint64_t number);
bool segment_corrupt(struct error *error, const char *path);

/* ---- Terms of a column. */
struct str segment_term(const struct segment_column *column, uint32_t term);
/* The first term that is not below wanted; term_count when there is none. */
uint32_t segment_term_from(const struct segment_column *column, struct str wanted);
/* The term itself, or UINT32_MAX. */
uint32_t segment_find_term(const struct segment_column *column, struct str wanted);
bool segment_postings(const struct segment *segment, unsigned column, uint32_t term,
		      struct arena *arena, struct postings *postings_out);
/* Its record will be read from end to end: what is not in memory is asked for at once. */
void segment_expect_postings(const struct segment *segment, unsigned column, uint32_t term);

/* ---- Forward columns. The first use of one reads it through: no ordinal is out of range. */
struct column_view segment_column_view(struct segment *segment, unsigned column);
static inline uint32_t view_ordinal(const struct column_view *view, uint64_t i)
{
	switch (view->width) {
	case 1:
		return ((const uint8_t *)view->ordinals)[i];
	case 2:
		return ((const uint16_t *)view->ordinals)[i];
	default:
		return ((const uint32_t *)view->ordinals)[i];
	}
}
int64_t view_number(const struct column_view *view, uint32_t i);
/*
 * Documents with this id; several when it was put again before one commit, at most one of them
 * live: uint32_t at = segment_find_id(s, id); while (segment_next_of_id(s, id, &at, &document)) ...
 */
uint32_t segment_find_id(const struct segment *segment, uint32_t id);
bool segment_next_of_id(const struct segment *segment, uint32_t id, uint32_t *at,
			uint32_t *document_out);

#endif
