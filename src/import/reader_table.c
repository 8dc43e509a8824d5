#include "import/reader_internal.h"

#include <string.h>

/* Rows looked at for the header; preambles of real exports are at most seven lines. */
enum { LOOK_AHEAD = 10, LOOK_AHEAD_SIZE = 8 << 20, HEADER_SIZE_MAX = 300 };

struct kept_row {
	enum read_result result;
	struct sheet_row row;
	struct error error;
};

struct table {
	sheet_next_fn next;
	struct kept_row kept[LOOK_AHEAD + 1];
	size_t kept_count, kept_at;
	struct list columns; /* uint32_t: path of each column */
	struct str *header;  /* the header row's cells as they stand, to know its repetitions */
	size_t header_count;
};

static void release_columns(void *table)
{
	list_release(&((struct table *)table)->columns);
}

static bool is_blank_row(const struct sheet_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (str_trim(row->cells[i]).size > 0)
			return false;
	return true;
}

static size_t keep_row(struct reader *reader, struct kept_row *kept, const struct sheet_row *row)
{
	struct str *cells = arena_array(reader->part_arena, struct str, row->count);
	size_t size = 0;

	for (size_t i = 0; i < row->count; i++) {
		cells[i] = str_copy(reader->part_arena, str_trim(row->cells[i]));
		size += cells[i].size;
	}
	kept->row = (struct sheet_row){ cells, row->count, row->place };
	return size;
}

static void look_ahead(struct reader *reader, struct table *table)
{
	bool more = true;
	size_t size = 0;

	while (more && table->kept_count < LOOK_AHEAD + 1 && size < LOOK_AHEAD_SIZE) {
		struct kept_row *kept = &table->kept[table->kept_count];
		struct sheet_row row = { 0 };

		kept->result = table->next(reader, &row, &kept->error);
		more = kept->result == READ_ROW || kept->result == READ_BAD_ROW;
		if (kept->result == READ_ROW && is_blank_row(&row))
			continue;
		size += keep_row(reader, kept, &row);
		table->kept_count++;
	}
}

/* A column's name has a letter (of any script) and is no address or paragraph. */
static bool is_name(struct str cell)
{
	bool letter = false;

	if (cell.size > HEADER_SIZE_MAX || str_find(cell, STR("://")) != STR_NOT_FOUND)
		return false;
	for (size_t i = 0; i < cell.size; i++) {
		unsigned char c = (unsigned char)cell.data[i];

		letter = letter || c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}
	return letter;
}

static size_t score(const struct sheet_row *row)
{
	struct map *seen = map_create();
	size_t count;

	for (size_t i = 0; i < row->count; i++)
		if (is_name(row->cells[i]))
			map_put(seen, row->cells[i], NULL);
	count = map_count(seen);
	map_destroy(seen);
	return count;
}

/* The first row that has at least 60 % as many distinct names as the best one. */
static size_t find_header(const struct table *table, size_t *score_out)
{
	size_t scores[LOOK_AHEAD + 1] = { 0 }, best = 0, at = 0;

	for (size_t i = 0; i < table->kept_count; i++) {
		if (table->kept[i].result == READ_ROW)
			scores[i] = score(&table->kept[i].row);
		if (scores[i] > best)
			best = scores[i];
	}
	while (at + 1 < table->kept_count && scores[at] * 10 < best * 6)
		at++;
	*score_out = scores[at];
	return at;
}

static struct str cell_at(const struct sheet_row *row, size_t i)
{
	return i < row->count ? row->cells[i] : STR_EMPTY;
}

/*
 * Whether below holds the second line of a header with merged cells: it has names only under or
 * beside an empty place of the first line, the others being merged downwards.
 */
static bool is_second_line(const struct sheet_row *header, const struct sheet_row *below)
{
	bool found = false;

	for (size_t i = 0; i < below->count; i++) {
		bool under_empty = cell_at(header, i).size == 0;
		bool group_starts = cell_at(header, i + 1).size == 0 && i + 1 < header->count &&
				    cell_at(below, i + 1).size > 0;

		if (below->cells[i].size == 0)
			continue;
		if (i >= header->count || !is_name(below->cells[i]) ||
		    !(under_empty ? i > 0 : group_starts))
			return false;
		found = found || under_empty;
	}
	return found;
}

/* Line breaks inside a header, and the blanks around them, become one blank. */
static struct str one_line(struct arena *arena, struct str s)
{
	char *data = arena_copy(arena, s.data, s.size);
	size_t size = 0;

	for (size_t i = 0; i < s.size; i++) {
		bool blank = strchr(" \t\r\n", s.data[i]) != NULL;

		if (!blank)
			data[size++] = s.data[i];
		else if (size > 0 && data[size - 1] != ' ')
			data[size++] = ' ';
	}
	return str_trim((struct str){ data, size });
}

static bool add_column(struct reader *reader, struct str merged, struct str name,
		       struct error *error)
{
	struct table *table = reader->table;
	uint32_t path = PATH_ROOT;
	char number[24];

	snprintf(number, sizeof(number), "#%zu", table->columns.count + 1);
	if (merged.size && name.size)
		path = paths_child(&reader->paths, path, path, merged);
	if (path != PATH_NONE)
		path = paths_child(&reader->paths, path, path,
				   name.size     ? name
				   : merged.size ? merged
						 : str_of(number));
	if (path == PATH_NONE)
		return reader_error(reader, error, ERROR_LIMIT, "reader.too_many_names", -1, NULL);
	*(uint32_t *)list_add(&table->columns) = path;
	return true;
}

static bool take_header(struct reader *reader, const struct sheet_row *header,
			const struct sheet_row *second, struct error *error)
{
	struct str merged = STR_EMPTY;

	for (size_t i = 0; i < header->count; i++) {
		struct str name = one_line(reader->arena, header->cells[i]);
		struct str below = STR_EMPTY;

		if (second)
			below = one_line(reader->arena, cell_at(second, i));
		if (name.size)
			merged = name;
		if (!add_column(reader, below.size ? merged : STR_EMPTY, below.size ? below : name,
				error))
			return false;
	}
	reader_clear_signature(reader);
	for (size_t i = 0; i < reader->table->columns.count; i++)
		reader_add_signature(
			reader,
			paths_node(&reader->paths, LIST_AT(&reader->table->columns, uint32_t, i))
				->path);
	return true;
}

/* Empty columns behind the last name are no columns. */
static void cut_header(struct sheet_row *header, const struct sheet_row *second)
{
	while (header->count > 0 && header->cells[header->count - 1].size == 0 &&
	       (!second || cell_at(second, header->count - 1).size == 0))
		header->count--;
}

bool table_open(struct reader *reader, sheet_next_fn next, size_t score_min, struct error *error)
{
	struct table *table = arena_new(reader->part_arena, struct table);
	const struct sheet_row *second = NULL;
	struct sheet_row *header;
	size_t at, names;

	*table = (struct table){ .next = next, .columns = LIST_OF(uint32_t) };
	arena_defer(reader->part_arena, release_columns, table);
	reader->table = table;
	look_ahead(reader, table);
	at = find_header(table, &names);
	if (names < score_min || names == 0) {
		if (table->kept[at].result == READ_FAILED) {
			*error = table->kept[at].error;
			return false;
		}
		return reader_error(reader, error, ERROR_INVALID, "reader.no_table", -1, NULL);
	}
	header = &table->kept[at].row;
	if (at + 1 < table->kept_count && table->kept[at + 1].result == READ_ROW &&
	    is_second_line(header, &table->kept[at + 1].row))
		second = &table->kept[at + 1].row;
	cut_header(header, second);
	table->header = arena_array(reader->part_arena, struct str, header->count);
	memcpy(table->header, header->cells, header->count * sizeof(struct str));
	table->header_count = header->count;
	table->kept_at = at + (second ? 2 : 1);
	return take_header(reader, header, second, error);
}

static bool is_header_again(const struct table *table, const struct sheet_row *row)
{
	if (row->count < table->header_count)
		return false;
	for (size_t i = 0; i < table->header_count; i++)
		if (!str_equal(str_trim(row->cells[i]), table->header[i]))
			return false;
	return true;
}

static enum read_result next_sheet_row(struct reader *reader, struct sheet_row *row_out,
				       struct error *error)
{
	struct table *table = reader->table;
	const struct kept_row *kept;

	if (table->kept_at == table->kept_count)
		return table->next(reader, row_out, error);
	kept = &table->kept[table->kept_at++];
	*row_out = kept->row;
	*error = kept->error;
	/* The end stays the end: next is not asked again. */
	if (kept->result == READ_END || kept->result == READ_FAILED)
		table->kept_at--;
	return kept->result;
}

static bool add_cells(struct reader *reader, const struct sheet_row *row, struct arena *row_arena,
		      struct error *error)
{
	struct table *table = reader->table;

	for (size_t i = 0; i < row->count; i++) {
		struct str value = str_trim(row->cells[i]);

		if (value.size == 0)
			continue;
		while (table->columns.count <= i)
			if (!add_column(reader, STR_EMPTY, STR_EMPTY, error))
				return false;
		row_builder_add(&reader->builder, LIST_AT(&table->columns, uint32_t, i), 0,
				str_copy(row_arena, value));
	}
	return true;
}

enum read_result table_next(struct reader *reader, struct arena *row_arena, struct error *error)
{
	struct sheet_row row = { 0 };
	enum read_result result;

	do
		result = next_sheet_row(reader, &row, error);
	while (result == READ_ROW && (is_blank_row(&row) || is_header_again(reader->table, &row)));
	reader->place = row.place;
	if (result == READ_ROW && !add_cells(reader, &row, row_arena, error))
		return READ_BAD_ROW;
	return result;
}
