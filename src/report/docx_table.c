#include "report/docx_internal.h"

#include "base/utf8.h"

#include <math.h>

enum {
	ROWS_MAX = 400,        /* further ones are in the workbook */
	FIGURE_ROWS_MAX = 60,  /* of the numbers beside a chart */
	WIDE_COLUMNS = 7,      /* tables with more of them are set smaller */
	GRID_COLUMNS_MAX = 21, /* what fits the width of a page */
	TEXT_WIDTH = 9412,     /* of the page, twentieths of a point */
	COLUMNS_MAX = 40,
	CELL_NARROW = 5, /* width of a column counted in narrow letters, at least */
	CELL_WIDE = 36,  /* and at most: longer texts go over several lines */
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

/* Widths of the columns by what stands in them, filling the page. */
struct columns {
	size_t count;
	unsigned widths[COLUMNS_MAX]; /* letters while measured, then twentieths of a point */
};

static void measure(struct columns *columns, size_t column, struct str text)
{
	size_t width = utf8_width(text) + 2;

	if (column < COLUMNS_MAX && width > columns->widths[column])
		columns->widths[column] = (unsigned)(width < CELL_WIDE ? width : CELL_WIDE);
}

static void fit(struct columns *columns)
{
	unsigned total = 0;

	for (size_t i = 0; i < columns->count; i++) {
		if (columns->widths[i] < CELL_NARROW)
			columns->widths[i] = CELL_NARROW;
		total += columns->widths[i];
	}
	for (size_t i = 0; i < columns->count; i++)
		columns->widths[i] = columns->widths[i] * TEXT_WIDTH / total;
}

static void begin_table(struct docx *docx, const struct columns *columns)
{
	struct strbuf *out = &docx->body;

	strbuf_addf(out,
		    "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"%d\" "
		    "w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\"/>"
		    "</w:tblPr><w:tblGrid>",
		    TEXT_WIDTH);
	for (size_t i = 0; i < columns->count; i++)
		strbuf_addf(out, "<w:gridCol w:w=\"%u\"/>", columns->widths[i]);
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

static struct str cell_text(struct docx *docx, const struct report_table *table, size_t row,
			    size_t column)
{
	return figure_value_text(docx->arena, table->columns[column].kind,
				 &table->rows[row].values[column]);
}

static struct str head_text(const struct docx *docx, const struct report_table *table,
			    size_t column)
{
	return str_of(PICK(docx->report->language, table->columns[column].label));
}

static void measure_table(struct docx *docx, const struct report_table *table, size_t rows,
			  struct columns *columns_out)
{
	*columns_out = (struct columns){ .count = table->column_count };
	for (size_t i = 0; i < table->column_count; i++) {
		measure(columns_out, i, head_text(docx, table, i));
		for (size_t k = 0; k < rows; k++)
			measure(columns_out, i, cell_text(docx, table, k, i));
	}
	fit(columns_out);
}

static void add_head(struct docx *docx, const struct report_table *table,
		     const struct columns *columns)
{
	begin_row(docx, true);
	for (size_t i = 0; i < table->column_count; i++)
		add_cell(docx,
			 &(struct cell_look){ value_kind_is_measure(table->columns[i].kind)
						      ? "HeadNumber"
						      : "Head",
					      HEAD_SHADE, columns->widths[i] },
			 head_text(docx, table, i));
	end_row(docx);
}

static void add_row(struct docx *docx, const struct report_table *table,
		    const struct columns *columns, size_t row)
{
	const char *shade = table->rows[row].is_incomplete ? GREY_SHADE : NULL;
	bool is_small = table->column_count > WIDE_COLUMNS;

	begin_row(docx, false);
	for (size_t i = 0; i < table->column_count; i++)
		add_cell(docx,
			 &(struct cell_look){ cell_style(table->columns[i].kind, is_small), shade,
					      columns->widths[i] },
			 cell_text(docx, table, row, i));
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
	struct columns columns;

	if (table->column_count > COLUMNS_MAX)
		return;
	measure_table(docx, table, shown, &columns);
	begin_table(docx, &columns);
	add_head(docx, table, &columns);
	for (size_t i = 0; i < shown; i++)
		add_row(docx, table, &columns, i);
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

static struct str grid_text(struct docx *docx, const struct figure_grid *grid, enum value_kind kind,
			    size_t row, size_t column)
{
	struct figure_value value = { .number = grid->values[row * grid->column_count + column] };

	return isnan(value.number) ? STR_EMPTY : figure_value_text(docx->arena, kind, &value);
}

static void measure_grid(struct docx *docx, const struct figure_grid *grid, enum value_kind kind,
			 struct columns *columns_out)
{
	*columns_out = (struct columns){ .count = grid->column_count + 1 };
	for (size_t i = 0; i < grid->row_count; i++) {
		measure(columns_out, 0, grid->rows[i]);
		for (size_t k = 0; k < grid->column_count; k++)
			measure(columns_out, k + 1, grid_text(docx, grid, kind, i, k));
	}
	/* The names of rows may take two lines, so that the numbers keep their room. */
	if (columns_out->widths[0] > CELL_WIDE / 2)
		columns_out->widths[0] = CELL_WIDE / 2;
	fit(columns_out);
}

static void add_grid_head(struct docx *docx, const struct figure_grid *grid,
			  const struct columns *columns)
{
	begin_row(docx, true);
	add_cell(docx, &(struct cell_look){ "Head", HEAD_SHADE, columns->widths[0] }, STR_EMPTY);
	for (size_t i = 0; i < grid->column_count; i++)
		add_cell(docx,
			 &(struct cell_look){ "HeadSmall", HEAD_SHADE, columns->widths[i + 1] },
			 grid->columns[i]);
	end_row(docx);
}

static const char *grid_shade(struct docx *docx, const struct figure_grid *grid, size_t row,
			      size_t column, double most)
{
	if (most > 0)
		return heat_shade(docx->arena, grid->values[row * grid->column_count + column],
				  most);
	return grid->columns_incomplete[column] ? GREY_SHADE : NULL;
}

static void add_grid(struct docx *docx, const struct figure *figure, const struct figure_grid *grid)
{
	enum value_kind kind = figure->columns[figure_measure(figure, 0)].kind;
	double most = figure->shape == SHAPE_STACKED ? 0 : greatest(grid);
	struct columns columns;

	measure_grid(docx, grid, kind, &columns);
	begin_table(docx, &columns);
	add_grid_head(docx, grid, &columns);
	for (size_t i = 0; i < grid->row_count; i++) {
		begin_row(docx, false);
		add_cell(docx, &(struct cell_look){ "CellSmall", AXIS_SHADE, columns.widths[0] },
			 grid->rows[i]);
		for (size_t k = 0; k < grid->column_count; k++)
			add_cell(docx,
				 &(struct cell_look){ "CellNumberSmall",
						      grid_shade(docx, grid, i, k, most),
						      columns.widths[k + 1] },
				 grid_text(docx, grid, kind, i, k));
		end_row(docx);
	}
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
