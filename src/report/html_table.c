#include "report/html_internal.h"

#include "base/utf8.h"
#include "report/figure_text.h"

#include <math.h>

enum {
	GRID_COLUMNS_MAX = 21, /* what fits the width of a page */
	ROWS_OPEN = 14         /* longer tables start closed on the screen */
};

enum { SHORT_WIDTH = 18, WHOLE_ROWS = 10, LONG_ROWS = 16 };

/* A short text keeps to one line, where Chinese could be broken after every character. */
static const char *cell_class(enum value_kind kind, struct str text)
{
	if (value_kind_is_measure(kind))
		return " class=\"number\"";
	return kind != VALUE_TEXT || utf8_width(text) <= SHORT_WIDTH ? " class=\"short\"" : "";
}

static void add_head(struct strbuf *html, enum language language, const struct report_table *table)
{
	strbuf_add_cstr(html, "<thead><tr>");
	for (size_t i = 0; i < table->column_count; i++) {
		struct str label = str_of(PICK(language, table->columns[i].label));

		strbuf_addf(html, "<th scope=\"col\"%s>",
			    cell_class(table->columns[i].kind, label));
		markup_add_text(html, label);
		strbuf_add_cstr(html, "</th>");
	}
	strbuf_add_cstr(html, "</tr></thead>\n");
}

static void add_row(struct strbuf *html, struct arena *arena, const struct report_table *table,
		    const struct figure_row *row)
{
	strbuf_add_cstr(html, row->is_incomplete ? "<tr class=\"incomplete\"" : "<tr");
	if (row->drill.size) {
		strbuf_add_cstr(html, " title=\"");
		markup_add_text(html, row->drill);
		strbuf_add_byte(html, '"');
	}
	strbuf_add_byte(html, '>');
	for (size_t i = 0; i < table->column_count; i++) {
		enum value_kind kind = table->columns[i].kind;
		struct str text = figure_value_text(arena, kind, &row->values[i]);

		strbuf_addf(html, "<td%s>", cell_class(kind, text));
		markup_add_text(html, text);
		strbuf_add_cstr(html, "</td>");
	}
	strbuf_add_cstr(html, "</tr>\n");
}

void html_add_table(struct strbuf *html, struct arena *arena, enum language language,
		    const struct report_table *table)
{
	strbuf_addf(html, "<table class=\"%s%s\">\n", table->column_count > 7 ? "wide" : "",
		    table->row_count > LONG_ROWS    ? " long"
		    : table->row_count < WHOLE_ROWS ? " whole"
						    : "");
	add_head(html, language, table);
	strbuf_add_cstr(html, "<tbody>\n");
	for (size_t i = 0; i < table->row_count; i++)
		add_row(html, arena, table, &table->rows[i]);
	strbuf_add_cstr(html, "</tbody></table>\n");
}

static void add_grid_row(struct strbuf *html, struct arena *arena, enum value_kind kind,
			 const struct figure_grid *grid, size_t row)
{
	strbuf_add_cstr(html, "<tr><th scope=\"row\">");
	markup_add_text(html, grid->rows[row]);
	strbuf_add_cstr(html, "</th>");
	for (size_t i = 0; i < grid->column_count; i++) {
		struct figure_value value = {
			.number = grid->values[row * grid->column_count + i]
		};

		strbuf_addf(html, "<td class=\"number%s\">",
			    grid->columns_incomplete[i] ? " incomplete" : "");
		if (!isnan(value.number))
			markup_add_text(html, figure_value_text(arena, kind, &value));
		strbuf_add_cstr(html, "</td>");
	}
	strbuf_add_cstr(html, "</tr>\n");
}

static void add_grid(struct strbuf *html, struct arena *arena, enum value_kind kind,
		     const struct figure_grid *grid)
{
	strbuf_addf(html, "<table class=\"grid%s\">\n<thead><tr><td></td>",
		    grid->column_count > 10 ? " wide" : "");
	for (size_t i = 0; i < grid->column_count; i++) {
		strbuf_add_cstr(html, "<th scope=\"col\" class=\"number\">");
		markup_add_text(html, grid->columns[i]);
		strbuf_add_cstr(html, "</th>");
	}
	strbuf_add_cstr(html, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < grid->row_count; i++)
		add_grid_row(html, arena, kind, grid, i);
	strbuf_add_cstr(html, "</tbody></table>\n");
}

/* A closed box on the screen; the style opens every box of class print on paper. */
static void begin_box(struct strbuf *html, enum language language, bool prints, size_t rows)
{
	strbuf_addf(html, "<div class=\"numbers%s\" data-open=\"%s\" data-label=\"%s\">\n",
		    prints ? "" : " screen", prints && rows <= ROWS_OPEN ? "yes" : "no",
		    !prints ? (language == LANGUAGE_ZH ? "逐行数据" : "All rows")
			    : (language == LANGUAGE_ZH ? "数据表" : "Numbers"));
}

void html_add_figure_numbers(struct strbuf *html, struct arena *arena, enum language language,
			     const struct figure *figure)
{
	struct report_table table = { .columns = figure->columns,
				      .column_count = figure->column_count,
				      .rows = figure->rows,
				      .row_count = figure->row_count };
	struct figure_grid grid;
	bool has_grid = figure_grid_usual(arena, figure, &grid) &&
			grid.column_count <= GRID_COLUMNS_MAX;

	if (!figure->row_count)
		return;
	if (has_grid) {
		begin_box(html, language, true, grid.row_count);
		add_grid(html, arena, figure->columns[figure_measure(figure, 0)].kind, &grid);
		strbuf_add_cstr(html, "</div>\n");
		if (figure->column_count <= 3)
			return;
	}
	if (figure->shape == SHAPE_TABLE) {
		html_add_table(html, arena, language, &table);
		return;
	}
	begin_box(html, language, !has_grid, figure->row_count);
	html_add_table(html, arena, language, &table);
	strbuf_add_cstr(html, "</div>\n");
}
