#include "fuzz_reader.h"

#include "base/message.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Small, so that limits are met by small inputs. */
static const struct reader_limits limits = {
	.cell_size_max = 3000,
	.row_size_max = 10000,
	.unpacked_size_max = 8 << 20,
	.spool_size_max = 1 << 20,
	.columns_max = 50,
	.depth_max = 20,
};

static const struct record_rule rules[] = {
	{ FORMAT_XML, "docs", "doc" },
	{ FORMAT_JSON, NULL, "a/b" },
};

static void check_row(const struct row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		const struct cell *cell = &row->cells[i];

		assert(cell->value.size > 0 && utf8_is_valid(cell->value));
		assert(!memchr(cell->value.data, 0, cell->value.size));
		assert(str_trim(cell->value).size == cell->value.size);
		assert(utf8_is_valid(cell->path) && cell->path_id < READER_PATHS_MAX);
		assert(cell->group < row->group_count);
	}
	for (size_t i = 0; i < row->group_count; i++) {
		const struct cell_group *group = &row->groups[i];

		assert(group->parent < row->group_count && (i == 0 || group->parent < i));
		assert(group->cell_first <= group->cell_end && group->cell_end <= row->count);
	}
}

static void check_error(const struct error *error)
{
	assert(error->kind != ERROR_NONE && message_find(error->key));
}

static void read_all(struct reader *reader)
{
	enum { ROWS_MAX = 100000 };
	struct arena *arena = arena_create(0);
	struct error error = { 0 };
	enum read_result result = READ_ROW;
	struct row row;

	reader_set_records(reader, rules, sizeof(rules) / sizeof(rules[0]));
	for (int i = 0; i < ROWS_MAX && (result == READ_ROW || result == READ_BAD_ROW); i++) {
		result = reader_next(reader, arena, &row, &error);
		if (result == READ_ROW)
			check_row(&row);
		else if (result != READ_END)
			check_error(&error);
		arena_reset(arena);
	}
	assert(result == READ_END || result == READ_FAILED);
	arena_destroy(arena);
}

void fuzz_reader(const void *data, size_t size)
{
	struct arena *arena = arena_create(0);
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	const char *path = arena_printf(arena, "/proc/self/fd/%d", fd);
	struct error error = { 0 };
	struct reader *reader;

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	if (reader_open(arena, path, &limits, &reader, &error))
		read_all(reader);
	else
		check_error(&error);
	arena_destroy(arena);
	close(fd);
}
