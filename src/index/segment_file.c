#include "index/segment_file_internal.h"
#include "base/fault.h"
#include "base/memory.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_SIZE = 1 << 20 };

bool segment_file_create(struct segment_file *file, const char *path, struct error *error)
{
	static const struct segment_header blank;
	size_t size = strlen(path) + 1;

	*file = (struct segment_file){ .buffer = STRBUF_INIT, .sections = LIST_OF(struct section) };
	file->fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (file->fd < 0)
		return error_set_errno(error, "file.write", path);
	file->path = memcpy(memory_alloc(size), path, size);
	strbuf_reserve(&file->buffer, BUFFER_SIZE);
	strbuf_add(&file->buffer, &blank, sizeof(blank));
	file->offset = sizeof(blank);
	return true;
}

static void write_through(struct segment_file *file, const char *data, size_t size)
{
	while (size > 0 && !file->failed) {
		ssize_t put = write(file->fd, data, size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0) {
			file->failed = errno;
			return;
		}
		data += put;
		size -= (size_t)put;
	}
}

static void flush_buffer(struct segment_file *file)
{
	write_through(file, file->buffer.data, file->buffer.size);
	strbuf_clear(&file->buffer);
}

static void add_bytes(struct segment_file *file, const void *data, size_t size)
{
	file->offset += size;
	if (file->buffer.size + size > BUFFER_SIZE)
		flush_buffer(file);
	if (size >= BUFFER_SIZE)
		write_through(file, data, size);
	else
		strbuf_add(&file->buffer, data, size);
}

static void add_zeros(struct segment_file *file, size_t count)
{
	static const char zeros[SECTION_ALIGN];

	assert(count <= sizeof(zeros));
	if (file->in_section)
		section_add(file, zeros, count);
	else
		add_bytes(file, zeros, count);
}

void section_begin(struct segment_file *file, enum section_kind kind, unsigned column)
{
	struct section *section;

	assert(!file->in_section);
	add_zeros(file, (size_t)(-file->offset % SECTION_ALIGN));
	section = list_add(&file->sections);
	*section = (struct section){ .kind = kind, .column = column, .offset = file->offset };
	checksum_init(&file->sum);
	file->in_section = true;
}

void section_add(struct segment_file *file, const void *data, size_t size)
{
	if (size == 0)
		return;
	checksum_add(&file->sum, data, size);
	add_bytes(file, data, size);
}

uint64_t section_size(const struct segment_file *file)
{
	return file->offset -
	       LIST_AT(&file->sections, struct section, file->sections.count - 1).offset;
}

void section_align(struct segment_file *file, size_t alignment)
{
	add_zeros(file, (size_t)(-section_size(file) % alignment));
}

void section_end(struct segment_file *file)
{
	struct section *section = &LIST_AT(&file->sections, struct section,
					   file->sections.count - 1);

	section->size = section_size(file);
	section->checksum = checksum_value(&file->sum);
	file->in_section = false;
}

void section_write(struct segment_file *file, enum section_kind kind, unsigned column,
		   const void *data, size_t size)
{
	if (size == 0)
		return;
	section_begin(file, kind, column);
	section_add(file, data, size);
	section_end(file);
}

static void write_header(struct segment_file *file, struct segment_header *header)
{
	size_t table_size = file->sections.count * sizeof(struct section);

	add_zeros(file, (size_t)(-file->offset % SECTION_ALIGN));
	memcpy(header->magic, SEGMENT_MAGIC, sizeof(header->magic));
	header->version = SEGMENT_VERSION;
	header->section_count = (uint32_t)file->sections.count;
	header->table_offset = file->offset;
	header->file_size = file->offset + table_size;
	header->table_checksum = checksum_of(file->sections.items, table_size);
	header->header_checksum = checksum_of(header,
					      offsetof(struct segment_header, header_checksum));
	add_bytes(file, file->sections.items, table_size);
	flush_buffer(file);
	fault_point("index.segment_header");
	if (!file->failed && pwrite(file->fd, header, sizeof(*header), 0) != sizeof(*header))
		file->failed = errno ? errno : EIO;
}

static void release(struct segment_file *file)
{
	close(file->fd);
	memory_free(file->path);
	strbuf_release(&file->buffer);
	list_release(&file->sections);
}

bool segment_file_finish(struct segment_file *file, uint64_t schema, uint32_t document_count,
			 uint32_t column_count, struct error *error)
{
	struct segment_header header = { .schema_hash = schema,
					 .document_count = document_count,
					 .column_count = column_count };

	errno = 0;
	write_header(file, &header);
	if (!file->failed && fsync(file->fd) != 0)
		file->failed = errno;
	if (file->failed) {
		errno = file->failed;
		error_set_errno(error, "file.write", file->path);
		segment_file_abandon(file);
		return false;
	}
	fault_point("index.segment_synced");
	release(file);
	return true;
}

void segment_file_abandon(struct segment_file *file)
{
	unlink(file->path);
	release(file);
}
