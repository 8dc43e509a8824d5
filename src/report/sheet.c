#include "report/sheet.h"
#include "base/date.h"
#include "base/utf8.h"
#include "report/xlsx_internal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	EMPTY_ROWS = 1000, /* below the last row, which also offer their choices */
	/* Excel: 255 characters for all choices with their commas. libxlsxwriter 1.1 counts those, and
	   writes into a buffer of as many bytes: what is longer would be written behind it. */
	CHOICES_SIZE = 255,
	NAME_RUNES_MAX = 28, /* Excel: 31 UTF-16 units */
	NOTE_RUNES_MAX = 1000,
};

struct table {
	const struct sheet *sheet;
	struct arena *arena;
	lxw_workbook *workbook;
	lxw_worksheet *page;
	lxw_format *head, *lead, *wrong, *cells[SHEET_DATE + 1];
};

static const struct {
	const char *format;
	double width;
} looks[SHEET_DATE + 1] = {
	[SHEET_TEXT] = { "@", 18 },          [SHEET_LONG_TEXT] = { "@", 40 },
	[SHEET_NUMBER] = { "0", 10 },        [SHEET_AMOUNT] = { "0.00##", 14 },
	[SHEET_DATE] = { "yyyy-mm-dd", 12 },
};

static lxw_format *add_format(struct table *table, uint32_t color)
{
	lxw_format *format = workbook_add_format(table->workbook);

	format_set_font_name(format, "Microsoft YaHei");
	format_set_font_size(format, 10);
	format_set_font_color(format, color);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	return format;
}

static void make_formats(struct table *table)
{
	table->head = add_format(table, 0xFFFFFF);
	format_set_bold(table->head);
	format_set_bg_color(table->head, 0x0B4F85);
	table->lead = add_format(table, 0x5B6770);
	table->wrong = add_format(table, 0x9C1C0C);
	format_set_bg_color(table->wrong, 0xFBE3DE);
	format_set_num_format(table->wrong, "@");
	for (unsigned kind = 0; kind <= SHEET_DATE; kind++) {
		table->cells[kind] = add_format(table, 0x1D2933);
		format_set_num_format(table->cells[kind], looks[kind].format);
	}
	format_set_text_wrap(table->cells[SHEET_LONG_TEXT]);
}

static const char *page_name(struct table *table)
{
	struct strbuf name = STRBUF_INIT;
	struct str text = table->sheet->name;
	const char *copy;

	for (size_t at = 0, runes = 0; at < text.size && runes < NAME_RUNES_MAX; runes++) {
		uint32_t rune = utf8_next(text, &at);
		bool is_bad = rune < ' ' || rune > 0xFFFD ||
			      (rune < 0x80 && strchr("[]:*?/\\'", (int)rune));

		strbuf_add_rune(&name, is_bad ? '_' : rune);
	}
	copy = name.size ? str_to_cstr(table->arena, strbuf_str(&name)) : "Sheet";
	strbuf_release(&name);
	return copy;
}

/* ---- Columns. */

static lxw_row_t head_line(const struct table *table)
{
	return (lxw_row_t)table->sheet->lead_count;
}

static lxw_row_t line_of(const struct table *table, size_t row)
{
	return head_line(table) + 1 + (lxw_row_t)row;
}

static void write_lead(struct table *table)
{
	for (size_t i = 0; i < table->sheet->lead_count; i++)
		worksheet_write_string(table->page, (lxw_row_t)i, 0,
				       xlsx_text(table->arena, table->sheet->lead[i]), table->lead);
}

/* Longer lists than Excel takes are told by the note only. */
static void offer_choices(struct table *table, size_t column)
{
	const struct sheet_column *source = &table->sheet->columns[column];
	char **texts = arena_array(table->arena, char *, source->choice_count + 1);
	lxw_data_validation validation = { 0 };
	size_t size = 0;

	for (size_t i = 0; i < source->choice_count; i++) {
		texts[i] = xlsx_text(table->arena, source->choices[i]);
		size += strlen(texts[i]) + 1;
	}
	if (!source->choice_count || size > CHOICES_SIZE)
		return;
	validation.validate = LXW_VALIDATION_TYPE_LIST;
	validation.value_list = texts;
	validation.ignore_blank = LXW_VALIDATION_ON;
	worksheet_data_validation_range(table->page, line_of(table, 0), (lxw_col_t)column,
					line_of(table, table->sheet->row_count + EMPTY_ROWS),
					(lxw_col_t)column, &validation);
}

static void write_columns(struct table *table)
{
	for (size_t i = 0; i < table->sheet->column_count; i++) {
		const struct sheet_column *column = &table->sheet->columns[i];

		worksheet_set_column(table->page, (lxw_col_t)i, (lxw_col_t)i,
				     looks[column->kind].width, table->cells[column->kind]);
		worksheet_write_string(table->page, head_line(table), (lxw_col_t)i,
				       xlsx_text(table->arena, column->head), table->head);
		if (column->note.size)
			worksheet_write_comment(
				table->page, head_line(table), (lxw_col_t)i,
				xlsx_text(table->arena,
					  str_slice(column->note, 0,
						    utf8_offset(column->note, NOTE_RUNES_MAX))));
		offer_choices(table, i);
	}
	worksheet_freeze_panes(table->page, line_of(table, 0), 0);
}

/* ---- Cells. */

static bool write_date(struct table *table, lxw_row_t row, size_t column, struct str text,
		       lxw_format *format)
{
	int year, month, day;
	date value;

	/* Excel has no dates before 1900-03-01 that all programs agree on */
	if (!date_parse(text, &value) || value < date_of(1900, 3, 1))
		return false;
	date_parts(value, &year, &month, &day);
	worksheet_write_datetime(table->page, row, (lxw_col_t)column,
				 &(lxw_datetime){ .year = year, .month = month, .day = day },
				 format);
	return true;
}

static void write_cell(struct table *table, lxw_row_t row, size_t column, struct str text)
{
	enum sheet_kind kind = table->sheet->columns[column].kind;
	lxw_format *format = table->cells[kind];
	double number;

	if (!text.size)
		return;
	if (kind == SHEET_DATE && write_date(table, row, column, text, format))
		return;
	if ((kind == SHEET_NUMBER || kind == SHEET_AMOUNT) && text.size <= 15 &&
	    str_to_double(text, &number)) {
		worksheet_write_number(table->page, row, (lxw_col_t)column, number, format);
		return;
	}
	worksheet_write_string(table->page, row, (lxw_col_t)column, xlsx_text(table->arena, text),
			       format);
}

/* ---- Marks. */

static void mark_cell(struct table *table, const struct sheet_mark *mark)
{
	struct str text = table->sheet->rows[mark->row][mark->column];

	worksheet_write_string(table->page, line_of(table, mark->row), (lxw_col_t)mark->column,
			       xlsx_text(table->arena, text), table->wrong);
}

static void write_marks(struct table *table)
{
	const struct sheet *sheet = table->sheet;
	struct strbuf texts = STRBUF_INIT;
	lxw_col_t last = (lxw_col_t)sheet->column_count;

	worksheet_set_column(table->page, last, last, 60, table->cells[SHEET_LONG_TEXT]);
	worksheet_write_string(table->page, head_line(table), last,
			       xlsx_text(table->arena, sheet->mark_head), table->head);
	for (size_t i = 0; i < sheet->mark_count; i++) {
		const struct sheet_mark *mark = &sheet->marks[i];

		if (mark->column < sheet->column_count)
			mark_cell(table, mark);
		strbuf_addf(&texts, "%s%.*s", texts.size ? "\n" : "", STR_ARGS(mark->text));
		if (i + 1 < sheet->mark_count && mark[1].row == mark->row)
			continue;
		worksheet_write_string(table->page, line_of(table, mark->row), last,
				       xlsx_text(table->arena, strbuf_str(&texts)), table->wrong);
		strbuf_clear(&texts);
	}
	strbuf_release(&texts);
}

static void write_table(struct table *table)
{
	const struct sheet *sheet = table->sheet;

	make_formats(table);
	table->page = workbook_add_worksheet(table->workbook, page_name(table));
	write_lead(table);
	write_columns(table);
	for (size_t row = 0; row < sheet->row_count; row++)
		for (size_t i = 0; i < sheet->column_count; i++)
			write_cell(table, line_of(table, row), i, sheet->rows[row][i]);
	if (sheet->mark_count)
		write_marks(table);
}

bool report_write_sheet(const struct sheet *sheet, const char *path, struct error *error)
{
	struct table table = { .sheet = sheet, .arena = arena_create(1 << 16) };
	FILE *file = fopen(path, "wbe");
	lxw_error status;

	/* the library would tell it only at the end, and in its own words */
	if (!file) {
		arena_destroy(table.arena);
		return error_set_errno(error, "report.xlsx", path);
	}
	fclose(file);
	table.workbook = workbook_new(path);
	write_table(&table);
	status = workbook_close(table.workbook);
	arena_destroy(table.arena);
	if (status == LXW_NO_ERROR)
		return true;
	unlink(path);
	return error_set(error, ERROR_IO, "report.xlsx", "%s: %s", path, lxw_strerror(status));
}
