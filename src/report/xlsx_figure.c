#include "report/xlsx_internal.h"

#include <math.h>

enum { ROW_TITLE, ROW_FINDING, ROW_SOURCE, ROW_BACK, ROW_TABLE = 5 };

static void set_widths(lxw_worksheet *sheet, const struct figure *figure)
{
	for (size_t i = 0; i < figure->column_count; i++)
		worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i,
				     figure->columns[i].kind == VALUE_TEXT ? 26 : 13, NULL);
	worksheet_set_column(sheet, (lxw_col_t)figure->column_count,
			     (lxw_col_t)figure->column_count, 30, NULL);
}

static void write_grid(struct book *book, lxw_worksheet *sheet, const struct placement *placement,
		       enum value_kind kind, bool is_heat)
{
	const struct figure_grid *grid = placement->grid;
	size_t top = placement->grid_row, left = placement->grid_column;

	for (size_t k = 0; k < grid->column_count; k++)
		xlsx_write_text(book, sheet, top, left + 1 + k, grid->columns[k],
				STYLE_HEAD_NUMBER);
	xlsx_write_text(book, sheet, top, left, STR_EMPTY, STYLE_HEAD);
	for (size_t i = 0; i < grid->row_count; i++) {
		xlsx_write_text(book, sheet, top + 1 + i, left, grid->rows[i],
				STYLE_CELL + VALUE_TEXT);
		for (size_t k = 0; k < grid->column_count; k++)
			xlsx_write_value(
				book, sheet, top + 1 + i, left + 1 + k, kind,
				&(struct figure_value){
					.number = grid->values[i * grid->column_count + k] },
				grid->columns_incomplete[k]);
	}
	worksheet_set_column(sheet, (lxw_col_t)left, (lxw_col_t)left, 24, NULL);
	if (is_heat)
		worksheet_conditional_format_range(
			sheet, (lxw_row_t)top + 1, (lxw_col_t)(left + 1),
			(lxw_row_t)(top + grid->row_count), (lxw_col_t)(left + grid->column_count),
			&(lxw_conditional_format){ .type = LXW_CONDITIONAL_2_COLOR_SCALE,
						   .min_color = 0xF3F7FB,
						   .max_color = 0x4D94CB });
}

static void write_parts(struct book *book, lxw_worksheet *sheet, const struct figure *figure,
			size_t row)
{
	for (size_t i = 0; i < figure->part_count; i++) {
		const struct figure *part = &figure->parts[i];

		xlsx_write_text(book, sheet, row, 0,
				str_of(PICK(book->report->language, part->title)), STYLE_HEADING);
		row = 1 +
		      xlsx_write_table(book, sheet, row + 1, 0,
				       &(struct report_table){ .columns = part->columns,
							       .column_count = part->column_count,
							       .rows = part->rows,
							       .row_count = part->row_count });
	}
}

static void write_head(struct book *book, lxw_worksheet *sheet, const struct report_block *block)
{
	const struct report *report = book->report;

	xlsx_write_text(book, sheet, ROW_TITLE, 0,
			str_of(PICK(report->language, block->figure->title)), STYLE_TITLE);
	worksheet_set_row(sheet, ROW_TITLE, 28, NULL);
	xlsx_write_wide(book, sheet, ROW_FINDING, block->text, STYLE_FINDING);
	xlsx_write_wide(book, sheet, ROW_SOURCE,
			figure_source_line(book->arena, block->figure, report->language),
			STYLE_SOURCE);
	worksheet_write_url_opt(sheet, ROW_BACK, 0,
				report->language == LANGUAGE_ZH ? "internal:'总览'!A1"
								: "internal:'Overview'!A1",
				book->styles[STYLE_LINK],
				report->language == LANGUAGE_ZH ? "返回总览" : "Back", NULL);
}

void xlsx_write_figure(struct book *book, const struct report_block *block)
{
	const struct figure *figure = block->figure;
	struct placement placement = { .sheet_name = xlsx_sheet_name(book, block),
				       .row = ROW_TABLE,
				       .grid_row = ROW_TABLE,
				       .grid_column = figure->column_count + 2 };
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, placement.sheet_name);
	struct report_table table = { .columns = figure->columns,
				      .column_count = figure->column_count,
				      .rows = figure->rows,
				      .row_count = figure->row_count };
	size_t measure = figure_measure(figure, 0), row, chart_row = ROW_TABLE;
	struct figure_grid grid;
	lxw_chart *chart;

	set_widths(sheet, figure);
	xlsx_set_paper(sheet);
	write_head(book, sheet, block);
	row = xlsx_write_table(book, sheet, ROW_TABLE, 0, &table);
	worksheet_freeze_panes(sheet, ROW_TABLE + 1, 0);
	if (figure_grid_usual(book->arena, figure, &grid)) {
		placement.grid = &grid;
		write_grid(book, sheet, &placement, figure->columns[measure].kind,
			   figure->shape != SHAPE_STACKED);
		chart_row += grid.row_count + 2;
	}
	write_parts(book, sheet, figure, row + 1);
	chart = figure->row_count ? xlsx_make_chart(book, figure, &placement) : NULL;
	if (chart)
		worksheet_insert_chart_opt(sheet, (lxw_row_t)chart_row,
					   (lxw_col_t)(figure->column_count + 2), chart,
					   &(lxw_chart_options){ .x_scale = 1.6, .y_scale = 1.5 });
}
