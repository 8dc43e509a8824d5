#include "import/stream_internal.h"

#include <string.h>

/* Zip archives read forwards; layout as in PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.9, 4.5.3. */

enum {
	HEADER_SIZE = 30,
	FLAG_ENCRYPTED = 1,
	FLAG_DESCRIPTOR = 8, /* sizes and checksum stand behind the data */
	METHOD_STORED = 0,
	METHOD_DEFLATED = 8,
	EXTRA_ZIP64 = 1,
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

static uint64_t get64(const char *data)
{
	return get32(data) | (uint64_t)get32(data + 4) << 32;
}

static bool is_mark(const char *data, char third, char fourth)
{
	return data[0] == 'P' && data[1] == 'K' && data[2] == third && data[3] == fourth;
}

static void stored_refill(struct stream *stream)
{
	struct stream *below = stream->below;
	size_t size = STREAM_PEEK_SIZE - stream->end;

	if (stream->member.packed_left == 0) {
		stream->ended = true;
		return;
	}
	if (below->at == below->end)
		stream_fill(below);
	if (below->at == below->end) {
		stream_error(stream, ERROR_CORRUPT, "reader.truncated");
		return;
	}
	if (size > below->end - below->at)
		size = below->end - below->at;
	if (size > stream->member.packed_left)
		size = (size_t)stream->member.packed_left;
	memcpy(stream->buffer + stream->end, below->buffer + below->at, size);
	below->at += size;
	stream->end += size;
	stream->given += (int64_t)size;
	stream->member.packed_left -= size;
	stream_count_unpacked(stream, size);
}

/* Offset behind the descriptor: it may have a mark of its own, and 4 or 8 byte sizes. */
static size_t descriptor_size(struct str coming, uint32_t *checksum_out)
{
	static const size_t sizes[] = { 16, 24, 12, 20 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const char *next = coming.data + sizes[i];
		bool marked = i < 2;

		if (coming.size < sizes[i] + 4 || marked != is_mark(coming.data, 7, 8))
			continue;
		if (is_mark(next, 1, 2) || is_mark(next, 3, 4) || is_mark(next, 6, 6)) {
			*checksum_out = get32(coming.data + (marked ? 4 : 0));
			return sizes[i];
		}
	}
	return 0;
}

static void finish_member(struct stream *stream)
{
	struct zip_member *member = &stream->member;
	size_t size;

	member->open = false;
	if (member->flags & FLAG_DESCRIPTOR) {
		size = descriptor_size(stream_peek(stream->below), &member->checksum);
		if (size == 0) {
			stream_error(stream, ERROR_CORRUPT, "reader.truncated");
			return;
		}
		stream->below->at += size;
	}
	if (member->checksum != member->checksum_so_far)
		stream_error(stream, ERROR_CORRUPT, "reader.packed_damaged");
}

void zip_refill(struct stream *stream)
{
	struct zip_member *member = &stream->member;
	size_t before = stream->end;

	if (!member->open) {
		stream->ended = true;
		return;
	}
	if (member->method == METHOD_STORED)
		stored_refill(stream);
	else
		stream_inflate(stream);
	member->checksum_so_far = (uint32_t)crc32(member->checksum_so_far,
						  (unsigned char *)stream->buffer + before,
						  (unsigned)(stream->end - before));
	if (stream->ended && !stream->failed)
		finish_member(stream);
}

/* Passes over the rest of the member: without unpacking it when its size is known. */
static bool leave_member(struct stream *stream)
{
	struct zip_member *member = &stream->member;
	bool sized = !(member->flags & FLAG_DESCRIPTOR);

	while (sized && member->packed_left > 0) {
		struct str coming = stream_peek(stream->below);
		size_t size = coming.size;

		if (size == 0)
			return stream_error(stream, ERROR_CORRUPT, "reader.truncated");
		if (size > member->packed_left)
			size = (size_t)member->packed_left;
		stream->below->at += size;
		member->packed_left -= size;
	}
	while (member->open && !sized && !stream->ended && !stream->failed) {
		stream->at = stream->end;
		stream_fill(stream);
	}
	member->open = false;
	return sized || !stream->failed;
}

static void read_zip64(struct zip_member *member, struct str extra)
{
	while (extra.size >= 4) {
		size_t size = get16(extra.data + 2);

		if (get16(extra.data) == EXTRA_ZIP64 && size >= 16 && extra.size >= 20) {
			member->packed_size = get64(extra.data + 12);
			return;
		}
		extra = str_slice(extra, 4 + size, extra.size);
	}
}

static void set_name(struct stream *stream, struct str name)
{
	struct str outer = stream->below->part.name;

	strbuf_clear(&stream->name);
	strbuf_add_str(&stream->name, outer);
	if (outer.size)
		strbuf_add_byte(&stream->name, '/');
	strbuf_add_str(&stream->name, name);
	stream->part.name = strbuf_str(&stream->name);
}

static bool read_header(struct stream *stream, struct str coming)
{
	struct zip_member *member = &stream->member;
	const char *data = coming.data;
	size_t name_size = get16(data + 26), extra_size = get16(data + 28);
	size_t size = HEADER_SIZE + name_size + extra_size;

	if (coming.size < size)
		return stream_error(stream, ERROR_CORRUPT, "reader.truncated");
	*member = (struct zip_member){ .flags = get16(data + 6),
				       .method = get16(data + 8),
				       .checksum = get32(data + 14),
				       .packed_size = get32(data + 18),
				       .open = true };
	read_zip64(member, str_slice(coming, HEADER_SIZE + name_size, size));
	member->packed_left = member->packed_size;
	set_name(stream, str_slice(coming, HEADER_SIZE, HEADER_SIZE + name_size));
	stream->below->at += size;
	return true;
}

/* A member that cannot be unpacked is still a part: reading it tells why. */
static void check_method(struct stream *stream)
{
	const struct zip_member *member = &stream->member;

	if (member->flags & FLAG_ENCRYPTED)
		stream_error(stream, ERROR_INVALID, "reader.is_encrypted");
	else if ((member->method != METHOD_STORED && member->method != METHOD_DEFLATED) ||
		 (member->method == METHOD_STORED && member->flags & FLAG_DESCRIPTOR &&
		  member->packed_size == 0))
		stream_error(stream, ERROR_INVALID, "reader.packed_unknown");
}

static bool is_folder_name(struct str name)
{
	return name.size == 0 || name.data[name.size - 1] == '/';
}

bool zip_next_member(struct stream *stream)
{
	struct str coming;

	do {
		if (!leave_member(stream))
			return false;
		coming = stream_peek(stream->below);
		if (coming.size < 4)
			return stream_error(stream, ERROR_CORRUPT, "reader.truncated");
		if (is_mark(coming.data, 1, 2) || is_mark(coming.data, 5, 6) ||
		    is_mark(coming.data, 6, 6))
			return false; /* the directory: no more members */
		stream->failed = stream->ended = false;
		stream->at = stream->end = 0;
		stream->given = 0;
		if (coming.size < HEADER_SIZE || !is_mark(coming.data, 3, 4))
			return stream_error(stream, ERROR_CORRUPT, "reader.packed_damaged");
		if (inflateReset(&stream->z) != Z_OK || !read_header(stream, coming))
			return stream_error(stream, ERROR_CORRUPT, "reader.packed_damaged");
	} while (is_folder_name(stream->part.name));
	check_method(stream);
	return true;
}
