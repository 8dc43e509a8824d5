/* Tables people fill in, as the commands of the rules read and print them. */
#include "cli/sheet_file.h"
#include "base/list.h"
#include "cli/pick.h"
#include "import/reader.h"

#include <math.h>

struct loading {
	struct context *context;
	struct reader *reader;
	const struct str *names;
	size_t name_count;
	struct list rows; /* of struct sheet_row */
};

static bool add_row(struct loading *loading, const struct row *row, struct error *error)
{
	struct str *cells = arena_array(loading->context->arena, struct str,
					loading->name_count + 1);
	struct sheet_row *added;

	if (loading->rows.count == SHEET_ROWS_MAX)
		return error_set(error, ERROR_LIMIT, "cli.sheet_rows", "%d", SHEET_ROWS_MAX);
	for (size_t i = 0; i < row->count; i++)
		for (size_t c = 0; c < loading->name_count; c++)
			if (str_equal(loading->names[c], row->cells[i].path))
				cells[c] = row->cells[i].value;
	added = list_add(&loading->rows);
	*added = (struct sheet_row){ row->place, cells };
	return true;
}

static bool read_rows(struct loading *loading, struct error *error)
{
	for (;;) {
		struct row row;

		switch (reader_next(loading->reader, loading->context->arena, &row, error)) {
		case READ_ROW:
			if (!add_row(loading, &row, error))
				return false;
			break;
		case READ_END:
			return true;
		case READ_BAD_ROW:
		case READ_FAILED:
		default:
			return false;
		}
	}
}

static bool is_table(enum format format)
{
	return format == FORMAT_DELIMITED || format == FORMAT_XLSX || format == FORMAT_XLS;
}

static bool read_table(struct loading *loading, const char *path, struct sheet *sheet_out,
		       struct error *error)
{
	struct arena *arena = loading->context->arena;
	const struct str *names;
	struct str *copies;

	if (!is_table(reader_format(loading->reader)))
		return error_set(error, ERROR_INVALID, "cli.sheet_format", "%s", path);
	names = reader_signature(loading->reader, &loading->name_count);
	copies = arena_array(arena, struct str, loading->name_count + 1);
	for (size_t i = 0; i < loading->name_count; i++)
		copies[i] = str_copy(arena, names[i]);
	loading->names = copies;
	if (!read_rows(loading, error))
		return false;
	*sheet_out = (struct sheet){ .names = copies, .column_count = loading->name_count };
	sheet_out->rows = list_to_arena(&loading->rows, arena, &sheet_out->row_count);
	return true;
}

bool sheet_file_read(struct context *context, const char *path, struct sheet *sheet_out,
		     struct error *error)
{
	struct loading loading = { .context = context, .rows = LIST_OF(struct sheet_row) };
	bool is_read;

	if (!reader_open(context->arena, path, NULL, &loading.reader, error))
		return false;
	is_read = read_table(&loading, path, sheet_out, error);
	list_release(&loading.rows);
	reader_close(loading.reader);
	return is_read;
}

void sheet_print(struct strbuf *text)
{
	if (text->size && text->data[text->size - 1] != '\n')
		strbuf_add_byte(text, '\n');
	command_print(strbuf_str(text));
	strbuf_release(text);
}

const char *sheet_basis(struct context *context, const char *basis, const char *edition,
			enum rule_mark mark)
{
	return arena_printf(context->arena,
			    pick(context, "%s（版本 %s，%s）", "%s (edition %s, %s)"),
			    rule_basis_text(context->arena, basis, context->language), edition,
			    label_text(rule_marks[mark].label, context->language));
}

const char *sheet_percent(struct context *context, double ratio)
{
	return isnan(ratio) ? "—" : arena_printf(context->arena, "%.2f%%", ratio * 100);
}

const char *sheet_mark_legend(struct context *context)
{
	struct strbuf text = STRBUF_INIT;
	const char *legend;

	for (size_t i = 0; i < MARK_COUNT; i++)
		strbuf_addf(&text, "%s[%s] %s", i ? pick(context, "；", "; ") : "",
			    rule_marks[i].letter,
			    label_text(rule_marks[i].label, context->language));
	strbuf_add_byte(&text, '\n');
	legend = arena_copy(context->arena, text.data, text.size);
	strbuf_release(&text);
	return legend;
}
