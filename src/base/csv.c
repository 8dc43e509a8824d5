#include "base/csv.h"

#include <string.h>

static bool needs_quotes(struct str cell)
{
	for (size_t i = 0; i < cell.size; i++)
		if (strchr(",\"\r\n", cell.data[i]) && cell.data[i])
			return true;
	return cell.size > 0 && (cell.data[0] == ' ' || cell.data[cell.size - 1] == ' ');
}

void csv_add_cell(struct strbuf *line, struct str cell, bool first)
{
	struct str part;

	if (!first)
		strbuf_add_byte(line, ',');
	if (!needs_quotes(cell)) {
		strbuf_add_str(line, cell);
		return;
	}
	strbuf_add_byte(line, '"');
	for (bool more = false; str_split(&cell, STR("\""), &part); more = true) {
		if (more)
			strbuf_add_cstr(line, "\"\"");
		strbuf_add_str(line, part);
	}
	strbuf_add_byte(line, '"');
}

void csv_add_text(struct strbuf *line, struct str cell, bool first)
{
	static const char begins[] = "=+-@\t\r";
	struct strbuf kept = STRBUF_INIT;

	if (!cell.size || !memchr(begins, cell.data[0], sizeof(begins) - 1)) {
		csv_add_cell(line, cell, first);
		return;
	}
	strbuf_add_byte(&kept, '\'');
	strbuf_add_str(&kept, cell);
	csv_add_cell(line, strbuf_str(&kept), first);
	strbuf_release(&kept);
}

void csv_end_row(struct strbuf *line)
{
	strbuf_add_cstr(line, "\r\n");
}

void csv_add_mark(struct strbuf *file)
{
	strbuf_add_cstr(file, "\xEF\xBB\xBF");
}
