#include "import/stream_internal.h"

#include "base/file.h"
#include "import/sniff.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool stream_error(struct stream *stream, enum error_kind kind, const char *key)
{
	struct str member = str_slice(stream->part.name, 0, 120);

	stream->failed = true;
	return error_set_at(&stream->error, kind, key, stream->given, "%.100s%s%.*s",
			    file_name(stream->container->path), member.size ? "/" : "",
			    STR_ARGS(member));
}

bool stream_count_unpacked(struct stream *stream, size_t size)
{
	struct container *container = stream->container;

	container->unpacked += (int64_t)size;
	if (container->unpacked <= container->limits.unpacked_size_max)
		return true;
	return stream_error(stream, ERROR_LIMIT, "reader.unpacked_too_large");
}

static void file_refill(struct stream *stream)
{
	ssize_t got;

	do
		got = read(stream->fd, stream->buffer + stream->end,
			   STREAM_PEEK_SIZE - stream->end);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		stream->failed = true;
		error_set_errno(&stream->error, "file.read", file_name(stream->container->path));
		return;
	}
	stream->ended = got == 0;
	stream->end += (size_t)got;
	stream->given += got;
	stream->container->file_done += got;
}

void stream_inflate(struct stream *stream)
{
	struct stream *below = stream->below;
	size_t room = STREAM_PEEK_SIZE - stream->end, packed, made;
	int result;

	if (below->at == below->end)
		stream_fill(below);
	packed = below->end - below->at;
	if (packed == 0) {
		stream_error(stream, ERROR_CORRUPT, "reader.truncated");
		return;
	}
	if (stream->level == LEVEL_ZIP && !(stream->member.flags & 8) &&
	    packed > stream->member.packed_left)
		packed = (size_t)stream->member.packed_left;
	stream->z.next_in = (unsigned char *)below->buffer + below->at;
	stream->z.avail_in = (unsigned)packed;
	stream->z.next_out = (unsigned char *)stream->buffer + stream->end;
	stream->z.avail_out = (unsigned)room;
	result = inflate(&stream->z, Z_NO_FLUSH);
	below->at += packed - stream->z.avail_in;
	stream->member.packed_left -= packed - stream->z.avail_in;
	made = room - stream->z.avail_out;
	stream->end += made;
	stream->given += (int64_t)made;
	if (!stream_count_unpacked(stream, made))
		return;
	stream->ended = result == Z_STREAM_END;
	if (result != Z_OK && result != Z_STREAM_END)
		stream_error(stream, ERROR_CORRUPT,
			     result == Z_BUF_ERROR ? "reader.truncated" : "reader.packed_damaged");
}

/* Several gzip members in a row are one stream (RFC 1952); zero bytes behind them are padding. */
static bool next_gzip_member(struct stream *stream)
{
	struct str coming = stream_peek(stream->below);

	if (coming.size < 2 || memcmp(coming.data, "\x1F\x8B", 2) != 0)
		return false;
	return inflateReset(&stream->z) == Z_OK;
}

static void gzip_refill(struct stream *stream)
{
	stream_inflate(stream);
	if (stream->ended && !stream->failed && next_gzip_member(stream))
		stream->ended = false;
}

void stream_fill(struct stream *stream)
{
	static void (*const refill[])(struct stream *) = {
		[LEVEL_FILE] = file_refill,
		[LEVEL_GZIP] = gzip_refill,
		[LEVEL_ZIP] = zip_refill,
	};

	if (stream->at > 0) {
		memmove(stream->buffer, stream->buffer + stream->at, stream->end - stream->at);
		stream->end -= stream->at;
		stream->at = 0;
	}
	while (stream->end < STREAM_PEEK_SIZE && !stream->ended && !stream->failed)
		refill[stream->level](stream);
}

struct str stream_peek(struct stream *stream)
{
	stream_fill(stream);
	return (struct str){ stream->buffer + stream->at, stream->end - stream->at };
}

bool stream_read(struct stream *stream, char *data, size_t room, size_t *size_out,
		 struct error *error)
{
	size_t size;

	if (stream->at == stream->end)
		stream_fill(stream);
	size = stream->end - stream->at;
	if (size == 0 && stream->failed) {
		*error = stream->error;
		return false;
	}
	if (size > room)
		size = room;
	memcpy(data, stream->buffer + stream->at, size);
	stream->at += size;
	*size_out = size;
	return true;
}

static bool write_fully(int fd, const char *data, size_t size)
{
	while (size > 0) {
		ssize_t put = write(fd, data, size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		data += put;
		size -= (size_t)put;
	}
	return true;
}

static bool spool_into(struct stream *stream, int fd, int64_t size_max, struct error *error)
{
	for (int64_t done = 0; done <= size_max;) {
		struct str coming = stream_peek(stream);

		if (coming.size == 0 && stream->failed) {
			*error = stream->error;
			return false;
		}
		if (coming.size == 0)
			return lseek(fd, 0, SEEK_SET) == 0;
		if (!write_fully(fd, coming.data, coming.size))
			return error_set_errno(error, "file.write", "tmp");
		stream->at += coming.size;
		done += (int64_t)coming.size;
	}
	stream_error(stream, ERROR_LIMIT, "reader.unpacked_too_large");
	*error = stream->error;
	return false;
}

bool stream_spool(struct stream *stream, int64_t size_max, int *fd_out, struct error *error)
{
	FILE *file = tmpfile();
	int fd = file ? dup(fileno(file)) : -1;

	if (file)
		fclose(file);
	if (fd < 0)
		return error_set_errno(error, "file.write", "tmp");
	if (!spool_into(stream, fd, size_max, error)) {
		close(fd);
		return false;
	}
	*fd_out = fd;
	return true;
}

static char *buffer_of(struct container *container, size_t level)
{
	if (!container->buffers[level])
		container->buffers[level] = arena_alloc(container->arena, STREAM_PEEK_SIZE);
	return container->buffers[level];
}

static struct stream *push_level(struct container *container, enum level level)
{
	struct stream *stream = &container->levels[container->depth++];

	*stream = (struct stream){ .level = level,
				   .container = container,
				   .below = container->depth > 1 ? stream - 1 : NULL,
				   .fd = -1 };
	stream->name = STRBUF_INIT;
	stream->buffer = buffer_of(container, container->depth - 1);
	if (stream->below)
		stream->part.name = stream->below->part.name;
	return stream;
}

static void pop_level(struct container *container)
{
	struct stream *stream = &container->levels[--container->depth];

	if (stream->inflating)
		inflateEnd(&stream->z);
	if (stream->fd >= 0)
		close(stream->fd);
	strbuf_release(&stream->name);
	stream->inflating = false;
	stream->fd = -1;
}

void container_close(struct container *container)
{
	while (container->depth > 0)
		pop_level(container);
}

static void close_deferred(void *container)
{
	container_close(container);
}

bool container_open(struct arena *arena, const char *path, const struct reader_limits *limits,
		    struct container **container_out, struct error *error)
{
	struct container *container = arena_new(arena, struct container);
	struct stat status;
	struct stream *file;
	int fd;

	*container = (struct container){ .arena = arena, .path = path, .limits = *limits };
	if (stat(path, &status) != 0)
		return error_set_errno(error, "file.open", path);
	if (S_ISDIR(status.st_mode))
		return error_set(error, ERROR_INVALID, "reader.is_folder", "%.200s", path);
	if (!S_ISREG(status.st_mode))
		return error_set(error, ERROR_INVALID, "reader.is_device", "%.200s", path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_set_errno(error, "file.open", path);
	arena_defer(arena, close_deferred, container);
	container->file_size = status.st_size;
	file = push_level(container, LEVEL_FILE);
	file->fd = fd;
	file->part.path = path;
	*container_out = container;
	return true;
}

static bool start_inflating(struct stream *stream, int window_bits)
{
	stream->inflating = inflateInit2(&stream->z, window_bits) == Z_OK;
	return stream->inflating || stream_error(stream, ERROR_LIMIT, "reader.packed_damaged");
}

static enum part_result level_error(const struct stream *stream, enum part_result result,
				    struct error *error)
{
	*error = stream->error;
	return result;
}

static size_t zip_depth(const struct container *container)
{
	size_t count = 0;

	for (size_t i = 0; i < container->depth; i++)
		count += container->levels[i].level == LEVEL_ZIP;
	return count;
}

/* Leaves the part that was being read; the next member of the innermost archive is at the top. */
static enum part_result advance(struct container *container, struct error *error)
{
	while (container->depth > 0) {
		struct stream *top = &container->levels[container->depth - 1];

		if (top->level == LEVEL_ZIP) {
			if (zip_next_member(top))
				return PART_OK;
			if (top->failed) {
				level_error(top, PART_FAILED, error);
				pop_level(container);
				/* The outer archive does not depend on an inner one's damage. */
				return zip_depth(container) ? PART_BAD : PART_FAILED;
			}
		}
		pop_level(container);
	}
	return PART_END;
}

/* Looks at the level on top; a packed one gets another level over it. PART_OK: it is a part. */
static enum part_result look_through(struct container *container, bool *packed_out,
				     struct error *error)
{
	struct stream *top = &container->levels[container->depth - 1];
	struct str coming = stream_peek(top);
	enum packing packing = sniff_packing(coming);

	*packed_out = false;
	if (coming.size == 0 && top->failed)
		return level_error(top, zip_depth(container) ? PART_BAD : PART_FAILED, error);
	if (packing == PACKING_NONE)
		return PART_OK;
	*packed_out = true;
	if (container->depth == LEVELS_MAX ||
	    (packing == PACKING_ZIP && zip_depth(container) == ZIP_LEVELS_MAX)) {
		stream_error(top, ERROR_LIMIT, "reader.nested_too_deep");
		return level_error(top, PART_BAD, error);
	}
	top = push_level(container, packing == PACKING_GZIP ? LEVEL_GZIP : LEVEL_ZIP);
	start_inflating(top, packing == PACKING_GZIP ? 15 + 16 : -15);
	if (packing == PACKING_GZIP)
		return PART_OK;
	return advance(container, error);
}

enum part_result container_next(struct container *container, struct part **part_out,
				struct error *error)
{
	enum part_result result = container->started ? advance(container, error) : PART_OK;
	bool packed = true;

	container->started = true;
	while (result == PART_OK && packed && container->depth > 0)
		result = look_through(container, &packed, error);
	if (result == PART_OK && container->depth > 0) {
		struct stream *top = &container->levels[container->depth - 1];

		top->part.stream = top;
		*part_out = &top->part;
	}
	return result;
}

void container_progress(const struct container *container, int64_t *done_out, int64_t *total_out)
{
	const struct stream *file = &container->levels[0];
	int64_t waiting = container->depth > 0 ? (int64_t)(file->end - file->at) : 0;

	*done_out = container->file_done - waiting;
	*total_out = container->file_size;
}
