#include "report/xlsx_internal.h"

enum { BARS_MAX = 25, RADAR_MAX = 6 };

static const lxw_color_t palette[] = { 0x0B62A4, 0xE08A00, 0x0A8A66, 0xC2477F, 0x4AA3D8, 0xC94F0A,
				       0x6B5B95, 0x7D7A70, 0xA88A00, 0x3D5A5A, 0x8FB8DE, 0xD9A7C7 };
enum { PALETTE_SIZE = sizeof(palette) / sizeof(palette[0]) };

/* A column of cells on the sheet, both ends included. */
struct cells {
	size_t first_row, first_column, last_row, last_column;
};

static lxw_chart_series *add_series(lxw_chart *chart, const struct placement *placement,
				    const struct cells *categories, const struct cells *values,
				    size_t color)
{
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	lxw_color_t shade = palette[color % PALETTE_SIZE];

	chart_series_set_categories(series, placement->sheet_name, (lxw_row_t)categories->first_row,
				    (lxw_col_t)categories->first_column,
				    (lxw_row_t)categories->last_row,
				    (lxw_col_t)categories->last_column);
	chart_series_set_values(series, placement->sheet_name, (lxw_row_t)values->first_row,
				(lxw_col_t)values->first_column, (lxw_row_t)values->last_row,
				(lxw_col_t)values->last_column);
	chart_series_set_fill(series, &(lxw_chart_fill){ .color = shade });
	chart_series_set_line(series, &(lxw_chart_line){ .color = shade, .width = 2 });
	return series;
}

/* Gridlines that do not outshine the numbers. */
static lxw_chart *add_chart(struct book *book, uint8_t type)
{
	lxw_chart *chart = workbook_add_chart(book->workbook, type);
	lxw_chart_line line = { .color = 0xDFE4E8, .width = 0.75 };

	chart_axis_major_gridlines_set_line(type == LXW_CHART_BAR ? chart->x_axis : chart->y_axis,
					    &line);
	return chart;
}

static void name_series(lxw_chart_series *series, const struct placement *placement, size_t row,
			size_t column)
{
	chart_series_set_name_range(series, placement->sheet_name, (lxw_row_t)row,
				    (lxw_col_t)column);
}

static struct cells column_cells(const struct placement *placement, size_t column, size_t count)
{
	return (struct cells){ placement->row + 1, column, placement->row + count, column };
}

/* Every column of one kind as a series over the first. */
static lxw_chart *by_columns(struct book *book, const struct figure *figure,
			     const struct placement *placement, uint8_t type, enum value_kind kind)
{
	lxw_chart *chart = add_chart(book, type);
	struct cells names = column_cells(placement, 0, figure->row_count);
	size_t count = 0;

	for (size_t i = 1; i < figure->column_count; i++) {
		struct cells values = column_cells(placement, i, figure->row_count);

		/* A stock beside flows would dwarf them. */
		if (strcmp(figure->columns[i].name, "active") == 0)
			continue;
		if (figure->columns[i].kind == kind)
			name_series(add_series(chart, placement, &names, &values, count++),
				    placement, placement->row, i);
	}
	if (count < 2)
		chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	else
		chart_legend_set_position(chart, LXW_CHART_LEGEND_TOP);
	return chart;
}

static lxw_chart *ranking(struct book *book, const struct figure *figure,
			  const struct placement *placement, uint8_t type)
{
	size_t count = figure->row_count < BARS_MAX ? figure->row_count : BARS_MAX;
	size_t named = figure_column_find(figure, "name");
	size_t measure = figure_column_find(figure, "count");
	lxw_chart *chart = add_chart(book, type);
	lxw_chart_series *series;
	struct cells names, values;

	if (named == SIZE_MAX)
		named = figure_category(figure, 0);
	if (measure == SIZE_MAX)
		measure = figure_measure(figure, 0);
	if (named == SIZE_MAX || measure == SIZE_MAX)
		return NULL;
	names = column_cells(placement, named, count);
	values = column_cells(placement, measure, count);
	series = add_series(chart, placement, &names, &values, 0);
	chart_series_set_labels(series);
	name_series(series, placement, placement->row, measure);
	if (type == LXW_CHART_BAR) {
		chart_axis_set_reverse(chart->y_axis);

		chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	}
	return chart;
}

static lxw_chart *ring(struct book *book, const struct figure *figure,
		       const struct placement *placement)
{
	lxw_chart *chart = ranking(book, figure, placement, LXW_CHART_DOUGHNUT);
	lxw_chart_point *points[PALETTE_SIZE + 1] = { NULL };
	lxw_chart_fill fills[PALETTE_SIZE];
	lxw_chart_point items[PALETTE_SIZE];

	if (!chart)
		return NULL;
	for (size_t i = 0; i < PALETTE_SIZE && i < figure->row_count; i++) {
		fills[i] = (lxw_chart_fill){ .color = palette[i] };
		items[i] = (lxw_chart_point){ .fill = &fills[i] };
		points[i] = &items[i];
	}
	chart_series_set_points(STAILQ_FIRST(chart->series_list), points);
	chart_set_hole_size(chart, 55);
	return chart;
}

static lxw_chart *stacked(struct book *book, const struct figure *figure,
			  const struct placement *placement)
{
	const struct figure_grid *grid = placement->grid;
	size_t top = placement->grid_row, left = placement->grid_column;
	struct cells names;
	lxw_chart *chart;

	if (!grid)
		return by_columns(book, figure, placement, LXW_CHART_COLUMN_STACKED, VALUE_COUNT);
	chart = add_chart(book, LXW_CHART_COLUMN_STACKED);
	names = (struct cells){ top, left + 1, top, left + grid->column_count };
	for (size_t i = 0; i < grid->row_count && i < 2 * PALETTE_SIZE; i++) {
		struct cells values = { top + 1 + i, left + 1, top + 1 + i,
					left + grid->column_count };

		name_series(add_series(chart, placement, &names, &values, i), placement,
			    top + 1 + i, left);
	}
	return chart;
}

static lxw_chart *scatter(struct book *book, const struct figure *figure,
			  const struct placement *placement, const size_t columns[3], uint8_t type)
{
	lxw_chart *chart = add_chart(book, type);
	struct cells x = column_cells(placement, columns[1], figure->row_count);
	struct cells y = column_cells(placement, columns[2], figure->row_count);
	lxw_chart_series *series = add_series(chart, placement, &x, &y, 0);
	lxw_chart_data_label *labels = arena_array(book->arena, lxw_chart_data_label,
						   figure->row_count);
	lxw_chart_data_label **list = arena_array(book->arena, lxw_chart_data_label *,
						  figure->row_count + 1);

	for (size_t i = 0; i < figure->row_count; i++) {
		struct str text = figure_value_text(book->arena, figure->columns[columns[0]].kind,
						    &figure->rows[i].values[columns[0]]);

		labels[i].value = xlsx_text(book->arena, text);
		list[i] = &labels[i];
	}
	chart_series_set_labels(series);
	chart_series_set_labels_custom(series, list);
	chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
	if (type == LXW_CHART_SCATTER)
		chart_series_set_line(series, &(lxw_chart_line){ .none = LXW_TRUE });
	chart_axis_set_name(chart->x_axis,
			    PICK(book->report->language, figure->columns[columns[1]].label));
	chart_axis_set_name(chart->y_axis,
			    PICK(book->report->language, figure->columns[columns[2]].label));
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	return chart;
}

static lxw_chart *path(struct book *book, const struct figure *figure,
		       const struct placement *placement)
{
	size_t x = figure_measure(figure, 0), y = figure_measure(figure, x + 1);
	size_t name = figure_category(figure, 0);

	if (y == SIZE_MAX || name == SIZE_MAX)
		return NULL;
	return scatter(book, figure, placement, (const size_t[]){ name, x, y },
		       LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS);
}

static lxw_chart *quadrant(struct book *book, const struct figure *figure,
			   const struct placement *placement)
{
	size_t x = figure_column_find(figure, "count"), y = figure_column_find(figure, "growth");
	size_t name = figure_category(figure, 0);

	if (x == SIZE_MAX || y == SIZE_MAX || name == SIZE_MAX)
		return NULL;
	return scatter(book, figure, placement, (const size_t[]){ name, x, y }, LXW_CHART_SCATTER);
}

/* Axes are the neighbouring columns whose names end in _index; a series is a row. */
static lxw_chart *radar(struct book *book, const struct figure *figure,
			const struct placement *placement)
{
	size_t first = SIZE_MAX, last = 0;
	lxw_chart *chart;

	for (size_t i = 0; i < figure->column_count; i++)
		if (str_ends_with(str_of(figure->columns[i].name), STR("_index"))) {
			first = first == SIZE_MAX ? i : first;
			last = i;
		}
	if (first == SIZE_MAX)
		return ranking(book, figure, placement, LXW_CHART_BAR);
	chart = add_chart(book, LXW_CHART_RADAR_WITH_MARKERS);
	for (size_t i = 0; i < figure->row_count && i < RADAR_MAX; i++) {
		struct cells names = { placement->row, first, placement->row, last };
		struct cells values = { placement->row + 1 + i, first, placement->row + 1 + i,
					last };
		lxw_chart_series *series = add_series(chart, placement, &names, &values, i);

		chart_series_set_fill(series, &(lxw_chart_fill){ .none = LXW_TRUE });
		name_series(series, placement, placement->row + 1 + i, 0);
	}
	return chart;
}

static bool has_kind(const struct figure *figure, enum value_kind kind)
{
	for (size_t i = 1; i < figure->column_count; i++)
		if (figure->columns[i].kind == kind)
			return true;
	return false;
}

lxw_chart *xlsx_make_chart(struct book *book, const struct figure *figure,
			   const struct placement *placement)
{
	switch (figure->shape) {
	case SHAPE_BARS:
	case SHAPE_MAP:
	case SHAPE_TREE:
		return ranking(book, figure, placement, LXW_CHART_BAR);
	case SHAPE_COLUMNS:
		return by_columns(book, figure, placement, LXW_CHART_COLUMN, VALUE_COUNT);
	case SHAPE_LINE:
		return by_columns(book, figure, placement, LXW_CHART_LINE,
				  has_kind(figure, VALUE_SHARE)   ? VALUE_SHARE
				  : has_kind(figure, VALUE_COUNT) ? VALUE_COUNT
								  : VALUE_NUMBER);
	case SHAPE_RING:
		return ring(book, figure, placement);
	case SHAPE_STACKED:
		return stacked(book, figure, placement);
	case SHAPE_SCATTER_PATH:
		return path(book, figure, placement);
	case SHAPE_QUADRANT:
		return quadrant(book, figure, placement);
	case SHAPE_RADAR:
		return radar(book, figure, placement);
	case SHAPE_TABLE:
	case SHAPE_HEAT:
	case SHAPE_BUBBLES:
	case SHAPE_NETWORK:
	case SHAPE_SANKEY:
	case SHAPE_TIMELINE:
		break;
	}
	return NULL;
}
