#include "report/docx_internal.h"

#include <math.h>

enum {
	ROWS_MAX = 400,        /* further ones are in the workbook */
	FIGURE_ROWS_MAX = 60,  /* of the numbers beside a chart */
	WIDE_COLUMNS = 7,      /* tables with more of them are set smaller */
	GRID_COLUMNS_MAX = 21, /* what fits the width of a page */
	TEXT_WIDTH = 9412,     /* of the page, twentieths of a point */
};

#define HEAD_SHADE "0B4F85"
#define AXIS_SHADE "EEF3F7"
#define GREY_SHADE "F4F4F2"

struct cell_look {
	const char *style; /* of its paragraph */
	const char *shade; /* RRGGBB, or NULL */
	unsigned width;    /* 0: as it comes */
};

static void add_cell(struct docx *docx, const struct cell_look *look, struct str text)
{
	struct strbuf *out = &docx->body;

	strbuf_addf(out, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"%s\"/>", look->width,
		    look->width ? "dxa" : "auto");
	if (look->shade)
		strbuf_addf(out, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%s\"/>",
			    look->shade);
	strbuf_add_cstr(out, "</w:tcPr>");
	docx_add_paragraph(docx, look->style, text);
	strbuf_add_cstr(out, "</w:tc>");
}

static void begin_table(struct docx *docx, size_t columns)
{
	struct strbuf *out = &docx->body;

	strbuf_add_cstr(out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"5000\" "
			     "w:type=\"pct\"/><w:tblLook w:val=\"0020\"/></w:tblPr><w:tblGrid>");
	for (size_t i = 0; i < columns; i++)
		strbuf_addf(out, "<w:gridCol w:w=\"%zu\"/>", TEXT_WIDTH / columns);
	strbuf_add_cstr(out, "</w:tblGrid>\n");
}

/* The heads come again on every page. */
static void begin_row(struct docx *docx, bool is_head)
{
	strbuf_addf(&docx->body, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>",
		    is_head ? "<w:tblHeader/>" : "");
}

static void end_row(struct docx *docx)
{
	strbuf_add_cstr(&docx->body, "</w:tr>\n");
}

/* A paragraph parts two tables that would grow together. */
static void end_table(struct docx *docx)
{
	strbuf_add_cstr(&docx->body, "</w:tbl>\n");
	docx_add_paragraph(docx, "AfterTable", STR_EMPTY);
}

static const char *cell_style(enum value_kind kind, bool is_small)
{
	if (value_kind_is_measure(kind))
		return is_small ? "CellNumberSmall" : "CellNumber";
	return is_small ? "CellSmall" : "Cell";
}

static void add_head(struct docx *docx, const struct report_table *table)
{
	begin_row(docx, true);
	for (size_t i = 0; i < table->column_count; i++)
		add_cell(docx,
			 &(struct cell_look){ value_kind_is_measure(table->columns[i].kind)
						      ? "HeadNumber"
						      : "Head",
					      HEAD_SHADE, 0 },
			 str_of(PICK(docx->report->language, table->columns[i].label)));
	end_row(docx);
}

static void add_row(struct docx *docx, const struct report_table *table,
		    const struct figure_row *row)
{
	bool is_small = table->column_count > WIDE_COLUMNS;

	begin_row(docx, false);
	for (size_t i = 0; i < table->column_count; i++)
		add_cell(docx,
			 &(struct cell_look){ cell_style(table->columns[i].kind, is_small),
					      row->is_incomplete ? GREY_SHADE : NULL, 0 },
			 figure_value_text(docx->arena, table->columns[i].kind, &row->values[i]));
	end_row(docx);
}

static void say_left_out(struct docx *docx, size_t rows)
{
	struct str text = report_pick(docx->report, "行未列出，见本报告的工作簿。",
				      "further rows are in the workbook of this report.");

	docx_add_paragraph(docx, "Source",
			   str_of(arena_printf(docx->arena, "%s%zu %.*s",
					       docx->report->language == LANGUAGE_ZH ? "另有 " : "",
					       rows, STR_ARGS(text))));
}

static void add_rows(struct docx *docx, const struct report_table *table, size_t rows_max)
{
	size_t shown = table->row_count < rows_max ? table->row_count : rows_max;

	begin_table(docx, table->column_count);
	add_head(docx, table);
	for (size_t i = 0; i < shown; i++)
		add_row(docx, table, &table->rows[i]);
	end_table(docx);
	if (shown < table->row_count)
		say_left_out(docx, table->row_count - shown);
}

void docx_add_table(struct docx *docx, const struct report_table *table)
{
	add_rows(docx, table, ROWS_MAX);
}

void docx_add_fields(struct docx *docx)
{
	const struct report *report = docx->report;

	strbuf_add_cstr(&docx->body,
			"<w:tbl><w:tblPr><w:tblStyle w:val=\"Cover\"/><w:tblW w:w=\"7400\" "
			"w:type=\"dxa\"/><w:jc w:val=\"center\"/></w:tblPr><w:tblGrid>"
			"<w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"5400\"/></w:tblGrid>\n");
	for (size_t i = 0; i < report->cover_count; i++) {
		begin_row(docx, false);
		add_cell(docx, &(struct cell_look){ "CoverLabel", NULL, 2000 },
			 report->cover[i].label);
		add_cell(docx, &(struct cell_look){ "CoverValue", NULL, 5400 },
			 report->cover[i].value);
		end_row(docx);
	}
	strbuf_add_cstr(&docx->body, "</w:tbl>\n");
}

/* ---- Grids. */

static double greatest(const struct figure_grid *grid)
{
	double most = 0;

	for (size_t i = 0; i < grid->row_count * grid->column_count; i++)
		if (grid->values[i] > most)
			most = grid->values[i];
	return most;
}

/* From near white to blue; dark enough for black figures. */
static const char *heat_shade(struct arena *arena, double value, double most)
{
	static const int pale[] = { 0xF3, 0xF7, 0xFB }, full[] = { 0x6F, 0xAE, 0xDB };
	int mixed[3];

	if (!(value > 0) || most <= 0)
		return NULL;
	for (int i = 0; i < 3; i++)
		mixed[i] = pale[i] + (int)lround((full[i] - pale[i]) * value / most);
	return arena_printf(arena, "%02X%02X%02X", (unsigned)mixed[0], (unsigned)mixed[1],
			    (unsigned)mixed[2]);
}

static void add_grid_head(struct docx *docx, const struct figure_grid *grid)
{
	begin_row(docx, true);
	add_cell(docx, &(struct cell_look){ "Head", HEAD_SHADE, 0 }, STR_EMPTY);
	for (size_t i = 0; i < grid->column_count; i++)
		add_cell(docx, &(struct cell_look){ "HeadNumber", HEAD_SHADE, 0 },
			 grid->columns[i]);
	end_row(docx);
}

static void add_grid_row(struct docx *docx, enum value_kind kind, const struct figure_grid *grid,
			 size_t row, double most)
{
	begin_row(docx, false);
	add_cell(docx, &(struct cell_look){ "CellSmall", AXIS_SHADE, 0 }, grid->rows[row]);
	for (size_t i = 0; i < grid->column_count; i++) {
		struct figure_value value = {
			.number = grid->values[row * grid->column_count + i]
		};
		const char *shade = grid->columns_incomplete[i] ? GREY_SHADE : NULL;

		add_cell(docx,
			 &(struct cell_look){ "CellNumberSmall",
					      most > 0 ? heat_shade(docx->arena, value.number, most)
						       : shade,
					      0 },
			 isnan(value.number) ? STR_EMPTY
					     : figure_value_text(docx->arena, kind, &value));
	}
	end_row(docx);
}

static void add_grid(struct docx *docx, const struct figure *figure, const struct figure_grid *grid)
{
	enum value_kind kind = figure->columns[figure_measure(figure, 0)].kind;
	double most = figure->shape == SHAPE_STACKED ? 0 : greatest(grid);

	begin_table(docx, grid->column_count + 1);
	add_grid_head(docx, grid);
	for (size_t i = 0; i < grid->row_count; i++)
		add_grid_row(docx, kind, grid, i, most);
	end_table(docx);
}

void docx_add_figure_numbers(struct docx *docx, const struct figure *figure)
{
	struct report_table table = { .columns = figure->columns,
				      .column_count = figure->column_count,
				      .rows = figure->rows,
				      .row_count = figure->row_count };
	struct figure_grid grid;

	if (!figure->row_count)
		return;
	if (figure_grid_usual(docx->arena, figure, &grid) && grid.column_count <= GRID_COLUMNS_MAX)
		add_grid(docx, figure, &grid);
	else
		add_rows(docx, &table, FIGURE_ROWS_MAX);
}
