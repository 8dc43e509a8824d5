/* Native charts of a workbook: what chart.h planned, as ranges of the figure's sheet. */
#include "report/xlsx_internal.h"

static const uint8_t types[] = {
	[CHART_BARS] = LXW_CHART_BAR,
	[CHART_COLUMNS] = LXW_CHART_COLUMN,
	[CHART_STACKED] = LXW_CHART_COLUMN_STACKED,
	[CHART_LINES] = LXW_CHART_LINE,
	[CHART_RING] = LXW_CHART_DOUGHNUT,
	[CHART_POINTS] = LXW_CHART_SCATTER,
	[CHART_PATH] = LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS,
	[CHART_RADAR] = LXW_CHART_RADAR_WITH_MARKERS,
};

struct range {
	lxw_row_t first_row, last_row;
	lxw_col_t first_column, last_column;
};

static struct range range_of(const struct placement *placement, const struct chart_cells *cells)
{
	size_t row = cells->in_grid ? placement->grid_row : placement->row;
	size_t column = cells->in_grid ? placement->grid_column : placement->column;

	return (struct range){ (lxw_row_t)(row + cells->first_row),
			       (lxw_row_t)(row + cells->last_row),
			       (lxw_col_t)(column + cells->first_column),
			       (lxw_col_t)(column + cells->last_column) };
}

static lxw_chart_series *add_series(lxw_chart *drawn, const struct chart_series *planned,
				    const struct placement *placement)
{
	lxw_chart_series *series = chart_add_series(drawn, NULL, NULL);
	struct range names = range_of(placement, &planned->names);
	struct range values = range_of(placement, &planned->values);
	struct range title = range_of(placement, &planned->title);
	lxw_color_t shade = chart_palette[planned->color];

	chart_series_set_categories(series, placement->sheet_name, names.first_row,
				    names.first_column, names.last_row, names.last_column);
	chart_series_set_values(series, placement->sheet_name, values.first_row,
				values.first_column, values.last_row, values.last_column);
	chart_series_set_name_range(series, placement->sheet_name, title.first_row,
				    title.first_column);
	chart_series_set_fill(series, &(lxw_chart_fill){ .color = shade });
	chart_series_set_line(series, &(lxw_chart_line){ .color = shade, .width = 2 });
	return series;
}

static void label_points(struct book *book, const struct chart *chart, lxw_chart_series *series)
{
	size_t count = chart->figure->row_count;
	struct chart_cells cells = { false, 1, chart->label_column, count, chart->label_column };
	lxw_chart_data_label *labels = arena_array(book->arena, lxw_chart_data_label, count);
	lxw_chart_data_label **list = arena_array(book->arena, lxw_chart_data_label *, count + 1);

	for (size_t i = 0; i < count; i++) {
		labels[i].value = xlsx_text(
			book->arena,
			chart_cell_text(book->arena, chart, &cells, i, book->report->language));
		list[i] = &labels[i];
	}
	chart_series_set_labels_custom(series, list);
	chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
}

static void color_ring(const struct chart *chart, lxw_chart_series *series)
{
	lxw_chart_point *points[CHART_PALETTE_SIZE + 1] = { NULL };
	lxw_chart_fill fills[CHART_PALETTE_SIZE];
	lxw_chart_point items[CHART_PALETTE_SIZE];

	for (size_t i = 0; i < CHART_PALETTE_SIZE && i < chart->figure->row_count; i++) {
		fills[i] = (lxw_chart_fill){ .color = chart_palette[i] };
		items[i] = (lxw_chart_point){ .fill = &fills[i] };
		points[i] = &items[i];
	}
	chart_series_set_points(series, points);
}

static void dress_series(struct book *book, const struct chart *chart, lxw_chart_series *series)
{
	if (chart->has_labels)
		chart_series_set_labels(series);
	if (chart->x)
		label_points(book, chart, series);
	if (chart->kind == CHART_POINTS)
		chart_series_set_line(series, &(lxw_chart_line){ .none = LXW_TRUE });
	if (chart->kind == CHART_RING)
		color_ring(chart, series);
	if (chart->kind == CHART_RADAR)
		chart_series_set_fill(series, &(lxw_chart_fill){ .none = LXW_TRUE });
}

static void dress_chart(const struct chart *chart, lxw_chart *drawn)
{
	/* Gridlines that do not outshine the numbers. */
	lxw_chart_line line = { .color = 0xDFE4E8, .width = 0.75 };

	chart_axis_major_gridlines_set_line(
		chart->kind == CHART_BARS ? drawn->x_axis : drawn->y_axis, &line);
	if (chart->kind == CHART_BARS)
		chart_axis_set_reverse(drawn->y_axis);
	if (chart->kind == CHART_RING)
		chart_set_hole_size(drawn, 55);
	if (chart->x) {
		chart_axis_set_name(drawn->x_axis, chart->x);
		chart_axis_set_name(drawn->y_axis, chart->y);
	}
	if (chart->series_count > 1)
		chart_legend_set_position(drawn, LXW_CHART_LEGEND_TOP);
	else if (chart->kind != CHART_RING)
		chart_legend_set_position(drawn, LXW_CHART_LEGEND_NONE);
}

lxw_chart *xlsx_make_chart(struct book *book, const struct figure *figure,
			   const struct placement *placement)
{
	struct chart chart;
	lxw_chart *drawn;

	if (!chart_plan(figure, placement->grid, book->report->language, &chart))
		return NULL;
	drawn = workbook_add_chart(book->workbook, types[chart.kind]);
	for (size_t i = 0; i < chart.series_count; i++)
		dress_series(book, &chart, add_series(drawn, &chart.series[i], placement));
	dress_chart(&chart, drawn);
	return drawn;
}
