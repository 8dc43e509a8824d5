#ifndef IMPORT_COMPOUND_H
#define IMPORT_COMPOUND_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/*
 * Compound files ([MS-CFB]): the folder-like container of Office before 2007. A stream in it is
 * read by offset.
 */
struct compound;
struct compound_stream {
	const struct compound *file;
	uint32_t *sectors; /* in order; of the mini stream when it is small */
	size_t sector_count;
	uint64_t size;
	bool mini;
};

/* Reads the tables; fd stays the caller's. False when they are damaged. */
bool compound_open(struct arena *arena, int fd, struct compound **file_out);
/* name: ASCII, without case. */
bool compound_find(struct arena *arena, const struct compound *file, const char *name,
		   struct compound_stream *stream_out);
/* Reads up to size bytes at offset; fewer at the end, or where the file is cut off. */
size_t compound_read(const struct compound_stream *stream, uint64_t offset, void *data,
		     size_t size);

#endif
