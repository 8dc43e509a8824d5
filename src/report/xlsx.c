#include "report/xlsx_internal.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

enum {
	CELL_RUNES_MAX = 32000, /* Excel: 32,767 UTF-16 units a cell */
	SHEET_RUNES_MAX = 28,   /* Excel: 31 UTF-16 units */
	WIDE_COLUMNS = 8,       /* a wide text goes over A to H, */
	WIDE_WIDTH = 118        /* which holds this many narrow letters */
};

char *xlsx_text(struct arena *arena, struct str text)
{
	struct strbuf clean = STRBUF_INIT;
	size_t runes = 0;
	char *copy;

	for (size_t at = 0; at < text.size && runes < CELL_RUNES_MAX / 2; runes++) {
		uint32_t rune = utf8_next(text, &at);
		bool is_bad = (rune < ' ' && rune != '\n' && rune != '\t') || rune == 0x7F ||
			      rune == 0xFFFE || rune == 0xFFFF;

		strbuf_add_rune(&clean, is_bad ? UTF8_REPLACEMENT : rune);
	}
	copy = str_to_cstr(arena, strbuf_str(&clean));
	strbuf_release(&clean);
	return copy;
}

const char *xlsx_sheet_name(struct book *book, const struct report_block *block)
{
	bool is_table = block->figure->shape == SHAPE_TABLE;
	struct str title = str_of(PICK(book->report->language, block->figure->title));
	struct strbuf name = STRBUF_INIT;
	const char *copy;
	size_t runes;

	strbuf_add_str(&name,
		       report_pick(book->report, is_table ? "表" : "图", is_table ? "T" : "F"));
	strbuf_add_cstr(&name, block->number);
	strbuf_add_byte(&name, ' ');
	runes = utf8_count(strbuf_str(&name));
	for (size_t at = 0; at < title.size && runes < SHEET_RUNES_MAX;) {
		uint32_t rune = utf8_next(title, &at);

		if (rune < ' ' || rune > 0xFFFD || strchr("[]:*?/\\'", (int)(rune & 0x7F)) != NULL)
			rune = rune > 0x7F && rune <= 0xFFFD ? rune : ' ';
		strbuf_add_rune(&name, rune);
		runes++;
	}
	copy = str_to_cstr(book->arena, str_trim(strbuf_str(&name)));
	strbuf_release(&name);
	return copy;
}

static lxw_format *add_style(struct book *book, double size, uint32_t color)
{
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_font_name(format, "Microsoft YaHei");
	format_set_font_size(format, size);
	format_set_font_color(format, color);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	return format;
}

static const char *const number_formats[] = {
	[VALUE_TEXT] = "@",     [VALUE_COUNT] = "#,##0", [VALUE_NUMBER] = "0.00",
	[VALUE_SHARE] = "0.0%", [VALUE_YEAR] = "0",      [VALUE_DATE] = "yyyy-mm-dd",
};

static void make_cell_styles(struct book *book)
{
	for (unsigned kind = VALUE_TEXT; kind <= VALUE_DATE; kind++) {
		book->styles[STYLE_CELL + kind] = add_style(book, 10, 0x1D2933);
		book->styles[STYLE_GREY + kind] = add_style(book, 10, 0x8A949D);
		format_set_italic(book->styles[STYLE_GREY + kind]);
		format_set_num_format(book->styles[STYLE_CELL + kind], number_formats[kind]);
		format_set_num_format(book->styles[STYLE_GREY + kind], number_formats[kind]);
	}
}

static void make_styles(struct book *book)
{
	book->styles[STYLE_TITLE] = add_style(book, 18, 0x0B4F85);
	format_set_bold(book->styles[STYLE_TITLE]);
	book->styles[STYLE_HEADING] = add_style(book, 13, 0x0B4F85);
	format_set_bold(book->styles[STYLE_HEADING]);
	book->styles[STYLE_TEXT] = add_style(book, 10.5, 0x1D2933);
	format_set_text_wrap(book->styles[STYLE_TEXT]);
	book->styles[STYLE_FINDING] = add_style(book, 11, 0x10202E);
	format_set_bold(book->styles[STYLE_FINDING]);
	format_set_text_wrap(book->styles[STYLE_FINDING]);
	book->styles[STYLE_SOURCE] = add_style(book, 9, 0x5F6B76);
	format_set_text_wrap(book->styles[STYLE_SOURCE]);
	book->styles[STYLE_LINK] = add_style(book, 10, 0x0B62A4);
	format_set_underline(book->styles[STYLE_LINK], LXW_UNDERLINE_SINGLE);
	book->styles[STYLE_WARNING] = add_style(book, 12, 0xB8431F);
	format_set_bold(book->styles[STYLE_WARNING]);
	for (unsigned head = STYLE_HEAD; head <= STYLE_HEAD_NUMBER; head++) {
		book->styles[head] = add_style(book, 10, 0xFFFFFF);
		format_set_bold(book->styles[head]);
		format_set_bg_color(book->styles[head], 0x0B4F85);
		format_set_text_wrap(book->styles[head]);
	}
	format_set_align(book->styles[STYLE_HEAD_NUMBER], LXW_ALIGN_RIGHT);
	make_cell_styles(book);
}

void xlsx_write_text(struct book *book, lxw_worksheet *sheet, size_t row, size_t column,
		     struct str text, enum style style)
{
	worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column,
			       xlsx_text(book->arena, text), book->styles[style]);
}

void xlsx_write_value(struct book *book, lxw_worksheet *sheet, size_t row, size_t column,
		      enum value_kind kind, const struct figure_value *value, bool is_grey)
{
	lxw_format *style = book->styles[(is_grey ? STYLE_GREY : STYLE_CELL) + kind];
	int year, month, day;

	if (kind == VALUE_TEXT) {
		worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column,
				       xlsx_text(book->arena, value->text), style);
		return;
	}
	if (!isfinite(value->number))
		return;
	/* Excel has no dates before 1900-03-01 that all programs agree on. */
	if (kind == VALUE_DATE && value->number >= (double)date_of(1900, 3, 1) &&
	    value->number <= (double)date_of(9999, 12, 31)) {
		date_parts((date)value->number, &year, &month, &day);
		worksheet_write_datetime(
			sheet, (lxw_row_t)row, (lxw_col_t)column,
			&(lxw_datetime){ .year = year, .month = month, .day = day }, style);
	} else if (kind == VALUE_DATE) {
		xlsx_write_text(book, sheet, row, column,
				figure_value_text(book->arena, kind, value), STYLE_CELL);
	} else {
		worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column, value->number,
				       style);
	}
}

static bool has_drills(const struct report_table *table)
{
	for (size_t i = 0; i < table->row_count; i++)
		if (table->rows[i].drill.size)
			return true;
	return false;
}

size_t xlsx_write_table(struct book *book, lxw_worksheet *sheet, size_t row, size_t column,
			const struct report_table *table)
{
	bool drills = has_drills(table);

	for (size_t i = 0; i < table->column_count; i++)
		xlsx_write_text(book, sheet, row, column + i,
				str_of(PICK(book->report->language, table->columns[i].label)),
				value_kind_is_measure(table->columns[i].kind) ? STYLE_HEAD_NUMBER
									      : STYLE_HEAD);
	if (drills)
		xlsx_write_text(
			book, sheet, row, column + table->column_count,
			report_pick(book->report, "查看文献的检索式", "Query for the documents"),
			STYLE_HEAD);
	for (size_t i = 0; i < table->row_count; i++) {
		const struct figure_row *source = &table->rows[i];

		for (size_t k = 0; k < table->column_count; k++)
			xlsx_write_value(book, sheet, row + 1 + i, column + k,
					 table->columns[k].kind, &source->values[k],
					 source->is_incomplete);
		if (drills)
			xlsx_write_text(book, sheet, row + 1 + i, column + table->column_count,
					source->drill, STYLE_CELL);
	}
	return row + 1 + table->row_count;
}

void xlsx_write_wide(struct book *book, lxw_worksheet *sheet, size_t row, struct str text,
		     enum style style)
{
	size_t lines = utf8_width(text) / WIDE_WIDTH + 1;

	worksheet_merge_range(sheet, (lxw_row_t)row, 0, (lxw_row_t)row, WIDE_COLUMNS - 1,
			      xlsx_text(book->arena, text), book->styles[style]);
	worksheet_set_row(sheet, (lxw_row_t)row, 18.0 * (double)(lines > 20 ? 20 : lines), NULL);
}

void xlsx_set_paper(lxw_worksheet *sheet)
{
	enum { PAPER_A4 = 9 };

	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, PAPER_A4);
	worksheet_fit_to_pages(sheet, 1, 0);
}

static lxw_worksheet *add_sheet(struct book *book, const char *zh, const char *en)
{
	const char *name = str_to_cstr(book->arena, report_pick(book->report, zh, en));
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);

	worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
	xlsx_set_paper(sheet);
	return sheet;
}

static size_t write_cover(struct book *book, lxw_worksheet *sheet)
{
	const struct report *report = book->report;
	size_t row = 2;

	xlsx_write_text(book, sheet, 0, 0, report->title, STYLE_TITLE);
	xlsx_write_text(book, sheet, 1, 0, report->kind, STYLE_HEADING);
	if (report->is_demo)
		xlsx_write_text(book, sheet, row++, 0,
				report_pick(report, "示例数据：全部文献与名称均为虚构",
					    "Demo data: all documents and names are invented"),
				STYLE_WARNING);
	for (size_t i = 0; i < report->cover_count; i++, row++) {
		xlsx_write_text(book, sheet, row, 0, report->cover[i].label,
				STYLE_CELL + VALUE_TEXT);
		xlsx_write_text(book, sheet, row, 1, report->cover[i].value,
				STYLE_CELL + VALUE_TEXT);
	}
	return row + 1;
}

static void write_overview(struct book *book)
{
	const struct report *report = book->report;
	lxw_worksheet *sheet = add_sheet(book, "总览", "Overview");
	size_t row = write_cover(book, sheet);

	worksheet_set_column(sheet, 0, 0, 16, NULL);
	worksheet_set_column(sheet, 1, 1, 34, NULL);
	worksheet_set_column(sheet, 2, 2, 110, NULL);
	xlsx_write_text(book, sheet, row, 0, report_pick(report, "编号", "No."), STYLE_HEAD);
	xlsx_write_text(book, sheet, row, 1, report_pick(report, "图表", "Figure"), STYLE_HEAD);
	xlsx_write_text(book, sheet, row++, 2, report_pick(report, "结论", "Finding"), STYLE_HEAD);
	for (const struct report_block *block = report->first; block; block = block->next) {
		const char *name, *title;

		if (block->kind != BLOCK_FIGURE)
			continue;
		name = xlsx_sheet_name(book, block);
		title = xlsx_text(book->arena,
				  str_of(PICK(report->language, block->figure->title)));
		xlsx_write_text(book, sheet, row, 0,
				str_slice(str_of(name), 0, str_find_byte(str_of(name), ' ')),
				STYLE_CELL + VALUE_TEXT);
		worksheet_write_url_opt(sheet, (lxw_row_t)row, 1,
					arena_printf(book->arena, "internal:'%s'!A1", name),
					book->styles[STYLE_LINK], title, NULL);
		xlsx_write_text(book, sheet, row++, 2, block->text, STYLE_TEXT);
	}
}

static size_t write_block(struct book *book, lxw_worksheet *sheet, size_t row,
			  const struct report_block *block)
{
	struct arena *arena = book->arena;

	if (block->kind == BLOCK_HEADING) {
		xlsx_write_text(book, sheet, row, 0,
				str_of(arena_printf(arena, "%s  %.*s", block->number,
						    STR_ARGS(block->text))),
				block->level == 1 ? STYLE_TITLE : STYLE_HEADING);
		return row + 1;
	}
	if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_NOTICE) {
		xlsx_write_wide(book, sheet, row, block->text, STYLE_TEXT);
		return row + 1;
	}
	if (block->kind == BLOCK_LIST)
		for (size_t i = 0; i < block->item_count; i++)
			xlsx_write_wide(
				book, sheet, row++,
				str_of(arena_printf(arena, "• %.*s", STR_ARGS(block->items[i]))),
				STYLE_TEXT);
	if (block->kind == BLOCK_TABLE) {
		xlsx_write_text(book, sheet, row, 0, block->table.title, STYLE_HEADING);
		row = xlsx_write_table(book, sheet, row + 1, 0, &block->table);
	}
	return row + 1;
}

static void write_text_sheet(struct book *book)
{
	lxw_worksheet *sheet = add_sheet(book, "报告正文", "Text");
	size_t row = 0;

	worksheet_set_column(sheet, 0, WIDE_COLUMNS - 1, 18, NULL);
	for (const struct report_block *block = book->report->first; block; block = block->next)
		if (block->kind != BLOCK_FIGURE)
			row = write_block(book, sheet, row, block);
}

static void write_queries(struct book *book)
{
	static const struct figure_column columns[] = {
		{ "figure", { "图表", "Figure" }, VALUE_TEXT },
		{ "query", { "检索式", "Query" }, VALUE_TEXT },
		{ "documents", { "统计对象数量", "Counted" }, VALUE_COUNT },
		{ "left_out", { "未计入", "Left out" }, VALUE_COUNT },
		{ "as_of", { "截至", "As of" }, VALUE_DATE },
		{ "method", { "方法", "Method" }, VALUE_TEXT },
	};
	lxw_worksheet *sheet = add_sheet(book, "检索式", "Queries");
	enum language language = book->report->language;
	struct figure_row row;
	size_t at = 1;

	worksheet_set_column(sheet, 0, 0, 30, NULL);
	worksheet_set_column(sheet, 1, 1, 60, NULL);
	worksheet_set_column(sheet, 2, 4, 13, NULL);
	worksheet_set_column(sheet, 5, 5, 120, NULL);
	xlsx_write_table(book, sheet, 0, 0,
			 &(struct report_table){ .columns = columns, .column_count = 6 });
	for (const struct report_block *block = book->report->first; block; block = block->next) {
		const struct figure *figure = block->figure;
		struct figure_value values[6];

		if (block->kind != BLOCK_FIGURE)
			continue;
		values[0].text = str_of(xlsx_sheet_name(book, block));
		values[1].text = figure->query;
		values[2].number = (double)figure->documents;
		values[3].number = (double)figure->left_out;
		values[4].number = (double)figure->as_of;
		values[5].text = str_of(PICK(language, figure->method));
		row = (struct figure_row){ .values = values };
		for (size_t i = 0; i < 6; i++)
			xlsx_write_value(book, sheet, at, i, columns[i].kind, &row.values[i],
					 false);
		at++;
	}
}

static void write_book(struct book *book)
{
	int year = 2000, month = 1, day = 1;
	lxw_doc_properties properties = { 0 };
	struct tm when = { 0 };

	if (book->report->as_of != DATE_NONE)
		date_parts(book->report->as_of, &year, &month, &day);
	when.tm_year = year - 1900;
	when.tm_mon = month - 1;
	when.tm_mday = day;
	when.tm_hour = 12;
	properties.title = xlsx_text(book->arena, str_slice(book->report->title, 0, 200));
	properties.company = "Yucheng";
	properties.created = timegm(&when);
	workbook_set_properties(book->workbook, &properties);
	make_styles(book);
	write_overview(book);
	write_text_sheet(book);
	for (const struct report_block *block = book->report->first; block; block = block->next)
		if (block->kind == BLOCK_FIGURE)
			xlsx_write_figure(book, block);
	write_queries(book);
}

/* The library would tell it only at the end, and in its own words. */
static bool can_write(const char *path, struct error *error)
{
	FILE *file = fopen(path, "wb");

	if (!file)
		return error_set_errno(error, "report.xlsx", path);
	fclose(file);
	return true;
}

bool report_write_xlsx(const struct report *report, const char *path, struct error *error)
{
	struct book book = { .report = report, .arena = arena_create(1 << 18) };
	char *partial = arena_printf(book.arena, "%s.partial", path);
	lxw_error status;
	bool done;

	if (!can_write(partial, error)) {
		arena_destroy(book.arena);
		return false;
	}
	book.workbook = workbook_new(partial);
	write_book(&book);
	status = workbook_close(book.workbook);
	done = status == LXW_NO_ERROR && rename(partial, path) == 0;
	if (!done) {
		unlink(partial);
		error_set(error, ERROR_IO, "report.xlsx", "%s: %s", path, lxw_strerror(status));
	}
	arena_destroy(book.arena);
	return done;
}
