#ifndef BACKUP_TAR_H
#define BACKUP_TAR_H

#include "backup/archive.h"

enum { TAR_BLOCK = 512 };

/* The header block of a member. False: the name does not fit (255 bytes, a slash where it must). */
bool tar_write_header(const struct archive_member *member, char block[TAR_BLOCK]);
/*
 * *end_out: an empty block. False: a wrong checksum, no plain file, or a name that leads out of the
 * folder.
 */
bool tar_read_header(const char block[TAR_BLOCK], struct archive_member *member_out, bool *end_out);
/* Relative, every part neither empty nor . nor .. */
bool tar_name_is_safe(struct str name);

#endif
