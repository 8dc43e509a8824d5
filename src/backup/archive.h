#ifndef BACKUP_ARCHIVE_H
#define BACKUP_ARCHIVE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* Members one after another in a zstd-compressed tar (POSIX ustar), written and read in one go. */

enum { ARCHIVE_NAME_SIZE = 257, ARCHIVE_HASH_SIZE = 65 };

struct archive_member {
	char name[ARCHIVE_NAME_SIZE]; /* relative, without . and .. */
	int64_t size;
	unsigned mode;    /* permission bits */
	int64_t modified; /* seconds since 1970 */
};

struct archive_writer;
bool archive_create(struct arena *arena, const char *path, struct archive_writer **writer_out,
		    struct error *error) MUST_CHECK;
/* Then member->size bytes by archive_write, in any pieces. */
bool archive_begin(struct archive_writer *writer, const struct archive_member *member,
		   struct error *error) MUST_CHECK;
bool archive_write(struct archive_writer *writer, struct str data, struct error *error) MUST_CHECK;
/* hash_out: SHA-256 of the member's bytes as hex. */
bool archive_end(struct archive_writer *writer, char hash_out[ARCHIVE_HASH_SIZE],
		 struct error *error) MUST_CHECK;
/* Writes the end and syncs. The file is closed with the arena in any case. */
bool archive_finish(struct archive_writer *writer, struct error *error) MUST_CHECK;

struct archive_reader;
bool archive_open(struct arena *arena, const char *path, struct archive_reader **reader_out,
		  struct error *error) MUST_CHECK;
/*
 * The next member, its name made sure of; what was not read of the one before is passed over.
 * *end_out at the end. Members that are no plain files, names that lead elsewhere: ERROR_CORRUPT.
 */
bool archive_next(struct archive_reader *reader, struct archive_member *member_out, bool *end_out,
		  struct error *error) MUST_CHECK;
/* Up to ARCHIVE_PIECE bytes of the member; size 0 at its end. A view until the next call. */
enum { ARCHIVE_PIECE = 1 << 17 };
bool archive_read(struct archive_reader *reader, struct str *piece_out,
		  struct error *error) MUST_CHECK;
/* SHA-256 of what archive_read gave of this member. */
void archive_hash(struct archive_reader *reader, char hash_out[ARCHIVE_HASH_SIZE]);

#endif
