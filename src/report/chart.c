#include "report/chart.h"

#include <math.h>
#include <string.h>

enum { BARS_MAX = 25, RADAR_MAX = 6 };

const uint32_t chart_palette[CHART_PALETTE_SIZE] = { 0x0B62A4, 0xE08A00, 0x0A8A66, 0xC2477F,
						     0x4AA3D8, 0xC94F0A, 0x6B5B95, 0x7D7A70,
						     0xA88A00, 0x3D5A5A, 0x8FB8DE, 0xD9A7C7 };

/* ---- Cells. */

static struct chart_cells table_cell(size_t row, size_t column)
{
	return (struct chart_cells){ false, row, column, row, column };
}

/* The first rows of a column, without its head. */
static struct chart_cells table_column(size_t column, size_t rows)
{
	return (struct chart_cells){ false, 1, column, rows, column };
}

size_t chart_cells_count(const struct chart_cells *cells)
{
	return (cells->last_row - cells->first_row + 1) *
	       (cells->last_column - cells->first_column + 1);
}

/* Vectors run down or across. */
static void cell_at(const struct chart_cells *cells, size_t index, size_t *row_out,
		    size_t *column_out)
{
	bool is_down = cells->last_row > cells->first_row;

	*row_out = cells->first_row + (is_down ? index : 0);
	*column_out = cells->first_column + (is_down ? 0 : index);
}

static struct str grid_text(struct arena *arena, const struct chart *chart, size_t row,
			    size_t column)
{
	const struct figure_grid *grid = chart->grid;

	if (row == 0)
		return column ? grid->columns[column - 1] : STR_EMPTY;
	if (column == 0)
		return grid->rows[row - 1];
	return figure_value_text(
		arena, chart->kind_of_values,
		&(struct figure_value){
			.number = grid->values[(row - 1) * grid->column_count + column - 1] });
}

struct str chart_cell_text(struct arena *arena, const struct chart *chart,
			   const struct chart_cells *cells, size_t index, enum language language)
{
	const struct figure *figure = chart->figure;
	size_t row, column;

	cell_at(cells, index, &row, &column);
	if (cells->in_grid)
		return grid_text(arena, chart, row, column);
	if (row == 0)
		return str_of(PICK(language, figure->columns[column].label));
	return figure_value_text(arena, figure->columns[column].kind,
				 &figure->rows[row - 1].values[column]);
}

double chart_cell_number(const struct chart *chart, const struct chart_cells *cells, size_t index)
{
	size_t row, column;

	cell_at(cells, index, &row, &column);
	if (row == 0 || (cells->in_grid && column == 0))
		return NAN;
	if (cells->in_grid)
		return chart->grid->values[(row - 1) * chart->grid->column_count + column - 1];
	return chart->figure->rows[row - 1].values[column].number;
}

/* ---- Series. */

static void add_series(struct chart *chart, struct chart_cells names, struct chart_cells values,
		       struct chart_cells title)
{
	if (chart->series_count == CHART_SERIES_MAX)
		return;
	chart->series[chart->series_count] = (struct chart_series){
		.names = names,
		.values = values,
		.title = title,
		.color = chart->series_count % CHART_PALETTE_SIZE,
	};
	chart->series_count++;
}

/* Every column of one kind as a series over the first. */
static bool by_columns(struct chart *chart, enum value_kind kind)
{
	const struct figure *figure = chart->figure;

	for (size_t i = 1; i < figure->column_count; i++) {
		/* A stock beside flows would dwarf them. */
		if (figure->columns[i].kind != kind ||
		    strcmp(figure->columns[i].name, "active") == 0)
			continue;
		add_series(chart, table_column(0, figure->row_count),
			   table_column(i, figure->row_count), table_cell(0, i));
	}
	chart->kind_of_values = kind;
	return chart->series_count > 0;
}

static bool columns(struct chart *chart)
{
	return by_columns(chart, VALUE_COUNT);
}

static bool lines(struct chart *chart)
{
	static const enum value_kind preferred[] = { VALUE_SHARE, VALUE_COUNT, VALUE_NUMBER };

	for (size_t i = 0; i < sizeof(preferred) / sizeof(preferred[0]); i++)
		if (by_columns(chart, preferred[i]))
			return true;
	return false;
}

static bool ranking(struct chart *chart)
{
	const struct figure *figure = chart->figure;
	size_t count = figure->row_count < BARS_MAX ? figure->row_count : BARS_MAX;
	size_t named = figure_column_find(figure, "name");
	size_t measure = figure_column_find(figure, "count");

	if (named == SIZE_MAX)
		named = figure_category(figure, 0);
	if (measure == SIZE_MAX)
		measure = figure_measure(figure, 0);
	if (named == SIZE_MAX || measure == SIZE_MAX)
		return false;
	add_series(chart, table_column(named, count), table_column(measure, count),
		   table_cell(0, measure));
	chart->has_labels = true;
	chart->kind_of_values = figure->columns[measure].kind;
	return true;
}

static bool stacked(struct chart *chart)
{
	const struct figure_grid *grid = chart->grid;

	if (!grid)
		return by_columns(chart, VALUE_COUNT);
	chart->kind_of_values = chart->figure->columns[figure_measure(chart->figure, 0)].kind;
	for (size_t i = 1; i <= grid->row_count; i++)
		add_series(chart, (struct chart_cells){ true, 0, 1, 0, grid->column_count },
			   (struct chart_cells){ true, i, 1, i, grid->column_count },
			   (struct chart_cells){ true, i, 0, i, 0 });
	return chart->series_count > 0;
}

static bool points(struct chart *chart, size_t name, size_t x, size_t y, enum language language)
{
	const struct figure *figure = chart->figure;

	if (x == SIZE_MAX || y == SIZE_MAX || name == SIZE_MAX)
		return false;
	add_series(chart, table_column(x, figure->row_count), table_column(y, figure->row_count),
		   table_cell(0, y));
	chart->has_labels = true;
	chart->label_column = name;
	chart->x = PICK(language, figure->columns[x].label);
	chart->y = PICK(language, figure->columns[y].label);
	chart->kind_of_x = figure->columns[x].kind;
	chart->kind_of_values = figure->columns[y].kind;
	return true;
}

static bool path(struct chart *chart, enum language language)
{
	size_t x = figure_measure(chart->figure, 0);
	size_t y = x == SIZE_MAX ? SIZE_MAX : figure_measure(chart->figure, x + 1);

	return points(chart, figure_category(chart->figure, 0), x, y, language);
}

static bool quadrant(struct chart *chart, enum language language)
{
	return points(chart, figure_category(chart->figure, 0),
		      figure_column_find(chart->figure, "count"),
		      figure_column_find(chart->figure, "growth"), language);
}

/* Axes are the neighbouring columns whose names end in _index; a series is a row. */
static bool radar(struct chart *chart)
{
	const struct figure *figure = chart->figure;
	size_t first = SIZE_MAX, last = 0;

	for (size_t i = 0; i < figure->column_count; i++)
		if (str_ends_with(str_of(figure->columns[i].name), STR("_index"))) {
			first = first == SIZE_MAX ? i : first;
			last = i;
		}
	if (first == SIZE_MAX) {
		chart->kind = CHART_BARS;
		return ranking(chart);
	}
	chart->kind_of_values = figure->columns[first].kind;
	for (size_t i = 1; i <= figure->row_count && i <= RADAR_MAX; i++)
		add_series(chart, (struct chart_cells){ false, 0, first, 0, last },
			   (struct chart_cells){ false, i, first, i, last }, table_cell(i, 0));
	return true;
}

bool chart_plan(const struct figure *figure, const struct figure_grid *grid, enum language language,
		struct chart *chart_out)
{
	static const int kinds[] = {
		[SHAPE_TABLE] = -1,
		[SHAPE_BARS] = CHART_BARS,
		[SHAPE_COLUMNS] = CHART_COLUMNS,
		[SHAPE_LINE] = CHART_LINES,
		[SHAPE_STACKED] = CHART_STACKED,
		[SHAPE_RING] = CHART_RING,
		[SHAPE_HEAT] = -1,
		[SHAPE_BUBBLES] = -1,
		[SHAPE_SCATTER_PATH] = CHART_PATH,
		[SHAPE_NETWORK] = -1,
		[SHAPE_TREE] = CHART_BARS,
		[SHAPE_SANKEY] = -1,
		[SHAPE_MAP] = CHART_BARS,
		[SHAPE_RADAR] = CHART_RADAR,
		[SHAPE_TIMELINE] = -1,
		[SHAPE_QUADRANT] = CHART_POINTS,
	};

	if (figure->row_count == 0 || kinds[figure->shape] < 0)
		return false;
	*chart_out = (struct chart){ .kind = (enum chart_kind)kinds[figure->shape],
				     .figure = figure,
				     .grid = grid };
	switch (chart_out->kind) {
	case CHART_BARS:
	case CHART_RING:
		return ranking(chart_out);
	case CHART_COLUMNS:
		return columns(chart_out);
	case CHART_LINES:
		return lines(chart_out);
	case CHART_STACKED:
		return stacked(chart_out);
	case CHART_PATH:
		return path(chart_out, language);
	case CHART_POINTS:
		return quadrant(chart_out, language);
	case CHART_RADAR:
		return radar(chart_out);
	}
	return false;
}
