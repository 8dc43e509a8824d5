#ifndef BACKUP_MANIFEST_H
#define BACKUP_MANIFEST_H

#include "backup/archive.h"
#include "base/map.h"
#include "base/strbuf.h"

/*
 * The last member of a backup: a line "yucheng-backup 1", for each member "HASH SIZE NAME", and
 * "end COUNT".
 */
#define MANIFEST_NAME "MANIFEST"

void manifest_begin(struct strbuf *text);
void manifest_add(struct strbuf *text, const char *hash, const struct archive_member *member);
void manifest_end(struct strbuf *text, int64_t count);

enum { MANIFEST_SIZE_MAX = 1 << 30 };
/*
 * What was read, text being the members' lines as manifest_add writes them, is exactly what the
 * manifest lists. Else ERROR_CORRUPT with the first line that is missing or other.
 */
bool manifest_compare(struct str manifest, struct str read, int64_t count, const char *path,
		      struct error *error) MUST_CHECK;

#endif
