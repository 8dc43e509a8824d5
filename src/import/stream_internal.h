#ifndef IMPORT_STREAM_INTERNAL_H
#define IMPORT_STREAM_INTERNAL_H

#include "base/strbuf.h"
#include "import/container.h"

#include <zlib.h>

/* One level of unpacking with its buffer; it reads from the level below. */
enum level { LEVEL_FILE, LEVEL_GZIP, LEVEL_ZIP };

struct zip_member {
	uint16_t flags, method;
	uint32_t checksum;
	uint64_t packed_size, packed_left;
	uint32_t checksum_so_far;
	bool open; /* its bytes are not all read */
};

struct stream {
	enum level level;
	struct container *container;
	struct stream *below;
	char *buffer;       /* STREAM_PEEK_SIZE bytes */
	struct strbuf name; /* behind part.name, LEVEL_ZIP */
	size_t at, end;
	int64_t given; /* bytes put into the buffer so far */
	bool ended, failed;
	struct error error; /* when failed */
	struct part part;
	int fd;     /* LEVEL_FILE */
	z_stream z; /* LEVEL_GZIP, LEVEL_ZIP */
	bool inflating;
	struct zip_member member; /* LEVEL_ZIP */
};

/* Room for one file, gzip and zip, each nested once. */
enum { LEVELS_MAX = 6, ZIP_LEVELS_MAX = 2 };

struct container {
	struct arena *arena;
	const char *path;
	struct reader_limits limits;
	struct stream levels[LEVELS_MAX];
	char *buffers[LEVELS_MAX]; /* of the levels; reused */
	size_t depth;
	int64_t file_done, file_size, unpacked;
	bool started;
};

/* Fills the buffer of a level up; afterwards it is full, or ended, or failed. */
void stream_fill(struct stream *stream);
bool stream_error(struct stream *stream, enum error_kind kind, const char *key);
/* Inflates from the level below into the buffer's free room; sets ended at the packed end. */
void stream_inflate(struct stream *stream);
bool stream_count_unpacked(struct stream *stream, size_t size);

/* zip.c: refills from the open member; moves to the next one (false: no more, or failed). */
void zip_refill(struct stream *stream);
bool zip_next_member(struct stream *stream);

#endif
