#include "analyse/build_internal.h"

/* The table of `analyse --by`: cells of one or two dimensions with a measure. */

static const struct measure *measure_of(const struct count_request *request)
{
	return request->measure ? request->measure : &measures[0];
}

static struct figure_spec *make_spec(const struct count_request *request, struct arena *arena)
{
	const struct measure *measure = measure_of(request);
	struct figure_spec *spec = arena_new(arena, struct figure_spec);
	struct figure_column *columns = arena_array(arena, struct figure_column,
						    request->dimension_count + 1);
	size_t i;

	for (i = 0; i < request->dimension_count; i++)
		columns[i] = (struct figure_column){ request->dimensions[i]->name,
						     request->dimensions[i]->label, VALUE_TEXT };
	if (measure->kind == MEASURE_DOCUMENTS)
		columns[i] = (struct figure_column){ "count", measure->label, VALUE_COUNT };
	else
		columns[i] = (struct figure_column){ measure->name, measure->label, VALUE_NUMBER };
	spec->id = "count";
	spec->title = (struct label){ "按维度统计", "Counts by dimension" };
	spec->method = (struct label){ "统计所选文献集合中各维度取值的数量或指标。",
				       "Counts, or the measure, of the set by dimension." };
	spec->shape = SHAPE_TABLE;
	spec->columns = columns;
	spec->column_count = i + 1;
	return spec;
}

/* Values of one axis in the order they are shown. */
static size_t shown_values(const struct analysis_input *input, struct arena *arena,
			   const struct axis *axis, size_t top, uint64_t *without_out,
			   struct value_count **values_out)
{
	uint32_t *counts = count_values(input, arena, axis, without_out);

	if (axis->dimension->is_ordered)
		return count_present(arena, counts, axis->size, values_out);
	return count_top(arena, counts, axis->size, top, values_out);
}

static double cell_value(const struct measure *measure, const struct cell *cell)
{
	if (measure->kind == MEASURE_DOCUMENTS)
		return (double)cell->count;
	return measure->kind == MEASURE_SUM ? cell->sum : cell->sum / (double)cell->count;
}

/* Keys and drills are made once a value, not once a cell. */
struct shown {
	struct axis axis;
	struct value_count *values;
	size_t count;
	struct str *keys, *names, *drills;
};

static void show_axis(const struct analysis_input *input, struct arena *arena,
		      const struct dimension *dimension, size_t top, uint64_t *without_out,
		      struct shown *shown_out)
{
	struct shown *shown = shown_out;

	shown->axis = axis_of(dimension, input->snapshot);
	shown->count = shown_values(input, arena, &shown->axis, top, without_out, &shown->values);
	shown->keys = arena_array(arena, struct str, shown->count + 1);
	shown->names = arena_array(arena, struct str, shown->count + 1);
	shown->drills = arena_array(arena, struct str, shown->count + 1);
	for (size_t i = 0; i < shown->count; i++) {
		uint32_t value = shown->values[i].value;

		shown->keys[i] = axis_key(&shown->axis, arena, value);
		shown->names[i] = axis_name(&shown->axis, arena, value, input->language);
		shown->drills[i] = axis_drill(&shown->axis, arena, value);
	}
}

static void add_cell_row(struct build *build, const struct shown *a, const struct shown *b,
			 const struct cell *cell, const struct measure *measure)
{
	struct figure_row *row = build_row(build);

	row->key = a->keys[cell->a];
	row->drill = a->drills[cell->a];
	build_text(build, a->names[cell->a]);
	if (b) {
		row->key = str_of(arena_printf(build->arena, "%.*s\t%.*s", STR_ARGS(row->key),
					       STR_ARGS(b->keys[cell->b])));
		row->drill = drill_and(build->arena, row->drill, b->drills[cell->b]);
		build_text(build, b->names[cell->b]);
	}
	build_number(build, cell_value(measure, cell));
}

bool count_figure(const struct analysis_input *input, const struct count_request *request,
		  struct arena *arena, struct figure **figure_out, struct error *error)
{
	struct build build = build_begin(input, arena, make_spec(request, arena));
	const struct measure *measure = measure_of(request);
	bool is_matrix = request->dimension_count == 2;
	struct shown a, b = { .count = 0 };
	struct selection chosen_a, chosen_b;
	struct cell *cells;
	size_t count;

	show_axis(input, arena, request->dimensions[0], request->top, &build.figure->left_out, &a);
	chosen_a = select_values(arena, &a.axis, a.values, a.count);
	if (is_matrix) {
		show_axis(input, arena, request->dimensions[1], request->top, NULL, &b);
		chosen_b = select_values(arena, &b.axis, b.values, b.count);
	}
	count = count_cells(input, arena, &chosen_a, is_matrix ? &chosen_b : NULL, measure, &cells);
	if (count > COUNT_ROWS_MAX)
		return error_set(error, ERROR_LIMIT, "analyse.too_many_rows", "%zu", count);
	for (size_t i = 0; i < count; i++)
		add_cell_row(&build, &a, is_matrix ? &b : NULL, &cells[i], measure);
	build.figure->dimension_count = request->dimension_count;
	build.figure->documents = count_documents(input, arena);
	*figure_out = build.figure;
	return true;
}
