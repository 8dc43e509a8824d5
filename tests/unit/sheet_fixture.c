#include "sheet_fixture.h"

static struct str *split(struct arena *arena, struct str line, size_t count, size_t *count_out)
{
	struct str *cells = arena_array(arena, struct str, count + 64), cell;

	*count_out = 0;
	while (*count_out < count && str_split(&line, STR("|"), &cell))
		cells[(*count_out)++] = str_trim(cell);
	return cells;
}

struct sheet sheet_of(struct arena *arena, const char *text)
{
	struct str rest = str_of(text), line;
	struct sheet sheet = { .column_count = 0 };
	struct sheet_row *rows = arena_array(arena, struct sheet_row, rest.size + 1);
	size_t unused;

	if (str_split(&rest, STR("\n"), &line))
		sheet.names = split(arena, line, 60, &sheet.column_count);
	while (str_split(&rest, STR("\n"), &line))
		if (line.size) {
			rows[sheet.row_count].line = (int64_t)sheet.row_count + 2;
			rows[sheet.row_count++].cells = split(arena, line, sheet.column_count,
							      &unused);
		}
	sheet.rows = rows;
	return sheet;
}
