#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/error.h"
#include "base/str.h"

/* The whole file, NUL-terminated behind its end, in the arena. More than size_max is ERROR_LIMIT. */
bool file_read(struct arena *arena, const char *path, size_t size_max, struct str *content_out,
	       struct error *error) MUST_CHECK;

/* Maps the file read-only. An empty file gives an empty view. */
bool file_map(const char *path, struct str *content_out, struct error *error) MUST_CHECK;
void file_unmap(struct str content);

/*
 * Writes a new file beside path, syncs it and renames it into place, then syncs the folder: after
 * a crash either the old or the new content is there, never a mixture.
 */
bool file_write_atomic(const char *path, struct str content, struct error *error) MUST_CHECK;

bool file_sync_folder(const char *folder, struct error *error) MUST_CHECK;
/* With its parents. A new one is open to its owner only: folders of data hold secrets. */
bool file_make_folder(const char *path, struct error *error) MUST_CHECK;
bool file_remove_tree(const char *path, struct error *error) MUST_CHECK; /* missing is fine */
bool file_exists(const char *path);
bool file_is_folder(const char *path);
int64_t file_size(const char *path); /* -1 when it cannot be told */

/* "folder/name" in the arena. */
char *file_join(struct arena *arena, const char *folder, const char *name);
const char *file_name(const char *path); /* the part behind the last slash */

#endif
