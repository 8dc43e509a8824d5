#include "import/reader_internal.h"

static void release_buffer(void *resource)
{
	struct row_buffer *buffer = resource;

	strbuf_release(&buffer->bytes);
	list_release(&buffer->ends);
	list_release(&buffer->cells);
}

struct row_buffer *row_buffer_create(struct reader *reader)
{
	struct row_buffer *buffer = arena_new(reader->part_arena, struct row_buffer);

	*buffer = (struct row_buffer){ .limits = &reader->limits,
				       .bytes = STRBUF_INIT,
				       .ends = LIST_OF(size_t),
				       .cells = LIST_OF(struct str) };
	arena_defer(reader->part_arena, release_buffer, buffer);
	return buffer;
}

void row_buffer_clear(struct row_buffer *buffer)
{
	strbuf_clear(&buffer->bytes);
	list_clear(&buffer->ends);
	buffer->fault = NULL;
}

static size_t cell_start(const struct row_buffer *buffer)
{
	size_t count = buffer->ends.count;

	return count ? LIST_AT(&buffer->ends, size_t, count - 1) : 0;
}

void row_buffer_add(struct row_buffer *buffer, const char *data, size_t size)
{
	if (buffer->bytes.size + size - cell_start(buffer) > buffer->limits->cell_size_max)
		buffer->fault = "reader.cell_too_large";
	else if (buffer->bytes.size + size > buffer->limits->row_size_max)
		buffer->fault = "reader.row_too_large";
	if (!buffer->fault)
		strbuf_add(&buffer->bytes, data, size);
}

void row_buffer_end_cell(struct row_buffer *buffer)
{
	if (buffer->ends.count >= buffer->limits->columns_max)
		buffer->fault = "reader.too_many_columns";
	else
		*(size_t *)list_add(&buffer->ends) = buffer->bytes.size;
}

void row_buffer_pad(struct row_buffer *buffer, size_t count)
{
	while (buffer->ends.count < count && !buffer->fault)
		row_buffer_end_cell(buffer);
}

enum read_result row_buffer_row(struct row_buffer *buffer, struct reader *reader, int64_t place,
				struct sheet_row *row_out, struct error *error)
{
	size_t from = 0;

	list_clear(&buffer->cells);
	for (size_t i = 0; i < buffer->ends.count; i++) {
		size_t end = LIST_AT(&buffer->ends, size_t, i);

		*(struct str *)list_add(&buffer->cells) = str_slice(strbuf_str(&buffer->bytes),
								    from, end);
		from = end;
	}
	*row_out = (struct sheet_row){ buffer->cells.items, buffer->cells.count, place };
	if (!buffer->fault)
		return READ_ROW;
	reader_error(reader, error, ERROR_LIMIT, buffer->fault, place, NULL);
	return READ_BAD_ROW;
}
