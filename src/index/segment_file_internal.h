#ifndef INDEX_SEGMENT_FILE_INTERNAL_H
#define INDEX_SEGMENT_FILE_INTERNAL_H

#include "base/list.h"
#include "base/strbuf.h"
#include "index/checksum_internal.h"
#include "index/format_internal.h"

/*
 * Writes one segment file from front to back: sections one after the other, then the table, last
 * the header. A failed write is remembered and told by segment_file_finish(); until then
 * nothing needs to be checked.
 */
struct segment_file {
	char *path;
	int fd;
	int failed; /* errno of the first failure, or 0 */
	uint64_t offset;
	struct strbuf buffer;
	struct list sections; /* of struct section */
	struct checksum sum;
	bool in_section;
};

bool segment_file_create(struct segment_file *file, const char *path,
			 struct error *error) MUST_CHECK;
void section_begin(struct segment_file *file, enum section_kind kind, unsigned column);
void section_add(struct segment_file *file, const void *data, size_t size);
void section_align(struct segment_file *file, size_t alignment); /* zeros up to a multiple */
uint64_t section_size(const struct segment_file *file);
void section_end(struct segment_file *file);
/* A whole section at once; an empty one is left out. */
void section_write(struct segment_file *file, enum section_kind kind, unsigned column,
		   const void *data, size_t size);
/* Table, header, sync. Releases the writer; on failure the file is removed. */
bool segment_file_finish(struct segment_file *file, uint64_t schema, uint32_t document_count,
			 uint32_t column_count, struct error *error) MUST_CHECK;
void segment_file_abandon(struct segment_file *file);

#endif
