#include "import/compound.h"

#include <string.h>
#include <unistd.h>

enum {
	ENTRY_SIZE = 128,
	HEADER_DIFAT = 109, /* places for sectors of the allocation table in the header */
	MINI_SHIFT = 6,
	MINI_STREAM_BELOW = 4096, /* smaller streams lie in the mini stream */
	ENTRIES_MAX = 4096,
	TABLE_SIZE_MAX = 4 << 20, /* of the directory, and of the mini stream's table */
};

#define SECTOR_MAX 0xFFFFFFFAu /* higher numbers are marks, not sectors */

struct compound {
	int fd;
	unsigned shift; /* sector size: 2 to this power */
	uint64_t size;
	uint32_t *table, *mini_table; /* next sector of each sector */
	size_t table_count, mini_count;
	char *entries; /* directory, ENTRY_SIZE bytes each */
	size_t entry_count;
	struct compound_stream mini; /* the stream that holds the small ones */
};

static uint16_t get16(const char *data)
{
	const unsigned char *bytes = (const unsigned char *)data;

	return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static uint32_t get32(const char *data)
{
	return get16(data) | (uint32_t)get16(data + 2) << 16;
}

static bool read_at(const struct compound *file, uint64_t offset, void *data, size_t size)
{
	return pread(file->fd, data, size, (off_t)offset) == (ssize_t)size;
}

static uint64_t sector_offset(const struct compound *file, uint32_t sector)
{
	return ((uint64_t)sector + 1) << file->shift;
}

/* The sectors of a chain in order. A loop ends where the chain is longer than the table. */
static bool follow(struct arena *arena, const uint32_t *table, size_t table_count, uint32_t first,
		   uint32_t **sectors_out, size_t *count_out)
{
	size_t count = 0;

	for (uint32_t at = first; at < SECTOR_MAX; at = table[at])
		if (at >= table_count || count++ > table_count)
			return false;
	*sectors_out = arena_array(arena, uint32_t, count);
	*count_out = count;
	count = 0;
	for (uint32_t at = first; at < SECTOR_MAX; at = table[at])
		(*sectors_out)[count++] = at;
	return true;
}

static bool read_table_sector(struct compound *file, uint32_t sector)
{
	size_t count = (size_t)1 << (file->shift - 2), size = count * 4;
	uint32_t *to = file->table + file->table_count;

	if (!read_at(file, sector_offset(file, sector), to, size))
		return false;
	for (size_t i = 0; i < count; i++)
		to[i] = get32((const char *)&to[i]);
	file->table_count += count;
	return true;
}

/* The list of the table's sectors: 109 in the header, the rest in sectors of their own. */
static bool read_table(struct arena *arena, struct compound *file, const char *header)
{
	size_t sectors = get32(header + 44), per_sector = (size_t)1 << (file->shift - 2);
	uint32_t next = get32(header + 68);
	char list[4096];

	/* A table that covers the file twice, and a little one, is damage. */
	if (sectors > (file->size >> file->shift) / per_sector * 2 + HEADER_DIFAT)
		return false;
	file->table = arena_array(arena, uint32_t, sectors * per_sector);
	for (size_t i = 0; i < sectors; i++) {
		size_t place = (i - HEADER_DIFAT) % (per_sector - 1);
		const char *entry = header + 76 + 4 * i;

		if (i >= HEADER_DIFAT) {
			if (place == 0 &&
			    (next >= SECTOR_MAX || !read_at(file, sector_offset(file, next), list,
							    (size_t)1 << file->shift)))
				return false;
			entry = list + 4 * place;
			next = place == 0 ? get32(list + 4 * (per_sector - 1)) : next;
		}
		if (!read_table_sector(file, get32(entry)))
			return false;
	}
	return true;
}

static bool open_chain(struct arena *arena, const struct compound *file, uint32_t first,
		       uint64_t size, struct compound_stream *stream_out)
{
	*stream_out = (struct compound_stream){ .file = file, .size = size };
	if (!follow(arena, file->table, file->table_count, first, &stream_out->sectors,
		    &stream_out->sector_count))
		return false;
	if (size == 0)
		stream_out->size = (uint64_t)stream_out->sector_count << file->shift;
	return true;
}

static bool read_chain(struct arena *arena, const struct compound *file, uint32_t first,
		       char **data_out, size_t *size_out)
{
	struct compound_stream stream;

	if (!open_chain(arena, file, first, 0, &stream) || stream.size > TABLE_SIZE_MAX)
		return false;
	*size_out = (size_t)stream.size;
	*data_out = arena_alloc(arena, *size_out);
	return compound_read(&stream, 0, *data_out, *size_out) == *size_out;
}

static bool read_directory(struct arena *arena, struct compound *file, const char *header)
{
	size_t size, mini_size;
	char *mini;

	if (!read_chain(arena, file, get32(header + 48), &file->entries, &size))
		return false;
	file->entry_count = size / ENTRY_SIZE;
	if (file->entry_count > ENTRIES_MAX)
		file->entry_count = ENTRIES_MAX;
	if (file->entry_count == 0 ||
	    !read_chain(arena, file, get32(header + 60), &mini, &mini_size))
		return false;
	file->mini_count = mini_size / 4;
	file->mini_table = arena_array(arena, uint32_t, file->mini_count);
	for (size_t i = 0; i < file->mini_count; i++)
		file->mini_table[i] = get32(mini + 4 * i);
	return open_chain(arena, file, get32(file->entries + 116), 0, &file->mini);
}

bool compound_open(struct arena *arena, int fd, struct compound **file_out)
{
	struct compound *file = arena_new(arena, struct compound);
	off_t size = lseek(fd, 0, SEEK_END);
	char header[512];

	*file = (struct compound){ .fd = fd, .size = size > 0 ? (uint64_t)size : 0 };
	if (!read_at(file, 0, header, sizeof(header)))
		return false;
	file->shift = get16(header + 30);
	if (file->shift != 9 && file->shift != 12)
		return false;
	*file_out = file;
	return read_table(arena, file, header) && read_directory(arena, file, header);
}

static bool name_is(const char *entry, const char *name)
{
	size_t size = strlen(name);

	if (get16(entry + 64) != 2 * size + 2)
		return false;
	for (size_t i = 0; i < size; i++)
		if (entry[2 * i + 1] != 0 || (entry[2 * i] | 0x20) != (name[i] | 0x20))
			return false;
	return true;
}

bool compound_find(struct arena *arena, const struct compound *file, const char *name,
		   struct compound_stream *stream_out)
{
	enum { KIND_STREAM = 2 };

	for (size_t i = 0; i < file->entry_count; i++) {
		const char *entry = file->entries + i * ENTRY_SIZE;
		uint64_t size = get32(entry + 120);
		bool mini = size < MINI_STREAM_BELOW;

		if (entry[66] != KIND_STREAM || !name_is(entry, name))
			continue;
		*stream_out = (struct compound_stream){ .file = file, .size = size, .mini = mini };
		return follow(arena, mini ? file->mini_table : file->table,
			      mini ? file->mini_count : file->table_count, get32(entry + 116),
			      &stream_out->sectors, &stream_out->sector_count);
	}
	return false;
}

/* Bytes from offset on that lie behind one another in the file, at most size. */
static size_t run_size(const struct compound_stream *stream, uint64_t offset, size_t size)
{
	unsigned shift = stream->mini ? MINI_SHIFT : stream->file->shift;
	uint64_t first = offset >> shift, last = first;

	while (last + 1 < stream->sector_count &&
	       stream->sectors[last + 1] == stream->sectors[last] + 1 &&
	       ((last + 1) << shift) < offset + size)
		last++;
	last = ((last + 1) << shift) - offset;
	return last < size ? (size_t)last : size;
}

static size_t read_run(const struct compound_stream *stream, uint64_t offset, char *data,
		       size_t size)
{
	const struct compound *file = stream->file;
	unsigned shift = stream->mini ? MINI_SHIFT : file->shift;
	uint64_t inside = offset & (((uint64_t)1 << shift) - 1), at;
	ssize_t got;

	if ((offset >> shift) >= stream->sector_count)
		return 0;
	at = stream->sectors[offset >> shift];
	size = run_size(stream, offset, size);
	if (stream->mini)
		return compound_read(&file->mini, (at << shift) + inside, data, size);
	got = pread(file->fd, data, size, (off_t)(sector_offset(file, (uint32_t)at) + inside));
	return got > 0 ? (size_t)got : 0;
}

size_t compound_read(const struct compound_stream *stream, uint64_t offset, void *data, size_t size)
{
	char *to = data;
	size_t done = 0;

	if (offset >= stream->size)
		return 0;
	if (size > stream->size - offset)
		size = (size_t)(stream->size - offset);
	while (done < size) {
		size_t got = read_run(stream, offset + done, to + done, size - done);

		if (got == 0)
			break;
		done += got;
	}
	return done;
}
