#include "import/rejects.h"

#include "base/csv.h"
#include "base/file.h"

#include <string.h>

struct rejects {
	struct arena *arena;
	enum language language;
	struct map *columns; /* headers, in order of appearance */
	struct strbuf text;
	bool has_header;
};

static void release(void *memory)
{
	struct rejects *rejects = memory;

	map_destroy(rejects->columns);
	strbuf_release(&rejects->text);
}

struct rejects *rejects_create(struct arena *arena, enum language language)
{
	struct rejects *rejects = arena_new(arena, struct rejects);

	*rejects = (struct rejects){
		.arena = arena, .language = language, .columns = map_create(), .text = STRBUF_INIT
	};
	arena_defer(arena, release, rejects);
	return rejects;
}

const char *rejects_reason(struct arena *arena, enum language language, const char *file,
			   const struct error *reason)
{
	const char *text = message_format(arena, reason, language);
	const char *name = file_name(file);
	size_t size = strlen(name);

	if (strncmp(text, name, size) != 0)
		return text;
	text += size;
	return text + strspn(text, " :") +
	       (strncmp(text, "：", strlen("：")) == 0 ? strlen("：") : 0);
}

void rejects_note(struct rejects *rejects, const struct import_rejected *row)
{
	struct str *headers, *values;
	size_t count = import_row_cells(rejects->arena, row->row_text, &headers, &values);

	for (size_t i = 0; i < count; i++)
		*map_put(rejects->columns, headers[i], NULL) = 1;
}

static void write_header(struct rejects *rejects)
{
	bool is_chinese = rejects->language == LANGUAGE_ZH;
	size_t column_count = map_count(rejects->columns);

	rejects->has_header = true;
	csv_add_mark(&rejects->text);
	for (size_t column = 0; column < column_count; column++)
		csv_add_cell(&rejects->text, map_key_at(rejects->columns, column), column == 0);
	for (size_t i = 0; i < IMPORT_REJECT_COLUMNS; i++)
		csv_add_cell(&rejects->text,
			     str_of(is_chinese ? import_reject_columns[i].zh
					       : import_reject_columns[i].en),
			     column_count == 0 && i == 0);
	csv_end_row(&rejects->text);
}

void rejects_write(struct rejects *rejects, const char *file, const struct import_rejected *row)
{
	struct str *headers, *values;
	size_t count = import_row_cells(rejects->arena, row->row_text, &headers, &values);
	size_t column_count = map_count(rejects->columns);

	if (!rejects->has_header)
		write_header(rejects);
	for (size_t column = 0; column < column_count; column++) {
		struct str cell = STR_EMPTY;

		for (size_t i = 0; i < count && cell.size == 0; i++)
			if (str_equal(headers[i], map_key_at(rejects->columns, column)))
				cell = values[i];
		csv_add_cell(&rejects->text, cell, column == 0);
	}
	csv_add_cell(&rejects->text, str_of(file), column_count == 0);
	csv_add_cell(&rejects->text,
		     str_of(arena_printf(rejects->arena, "%lld", (long long)row->place)), false);
	csv_add_cell(&rejects->text,
		     str_of(rejects_reason(rejects->arena, rejects->language, file, &row->reason)),
		     false);
	csv_end_row(&rejects->text);
}

struct str rejects_text(struct rejects *rejects)
{
	if (!rejects->has_header)
		write_header(rejects);
	return strbuf_str(&rejects->text);
}
