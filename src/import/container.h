#ifndef IMPORT_CONTAINER_H
#define IMPORT_CONTAINER_H

#include "import/reader.h"

/*
 * A file as a sequence of parts, looking through gzip (with several members one after the other)
 * and zip (an archive in an archive once), read forwards only: so a damaged archive gives all that
 * stands before the damage. Zip members are found by their local headers, not by the directory at
 * the end of the archive.
 */
struct container;
struct stream;

enum { STREAM_PEEK_SIZE = 65536 };

enum part_result {
	PART_OK,
	PART_END,
	PART_BAD,   /* this member cannot be read; the next one may be */
	PART_FAILED /* nothing more can be read */
};

struct part {
	struct stream *stream;
	struct str name; /* of the member, "outer.zip/inner.xml" when nested; or empty */
	/* The path to open when the part is the file itself, unpacked; NULL inside an archive. */
	const char *path;
};

/* Closed with the arena. */
bool container_open(struct arena *arena, const char *path, const struct reader_limits *limits,
		    struct container **container_out, struct error *error) MUST_CHECK;
void container_close(struct container *container);
/* The next part; the one before is done with. Its error names the file and the member. */
enum part_result container_next(struct container *container, struct part **part_out,
				struct error *error) MUST_CHECK;
void container_progress(const struct container *container, int64_t *done_out, int64_t *total_out);

/* The bytes to come, at most STREAM_PEEK_SIZE; fewer only at the end of the stream. */
struct str stream_peek(struct stream *stream);
/*
 * Reads up to room bytes. *size_out is 0 at the end. An error is told once all that stands before
 * it has been read.
 */
bool stream_read(struct stream *stream, char *data, size_t room, size_t *size_out,
		 struct error *error) MUST_CHECK;
/* Copies the rest of the stream to a nameless temporary file; *fd_out is at its start. */
bool stream_spool(struct stream *stream, int64_t size_max, int *fd_out,
		  struct error *error) MUST_CHECK;

#endif
