#include "analyse/build_internal.h"

#include <assert.h>

struct build build_begin(const struct analysis_input *input, struct arena *arena,
			 const struct figure_spec *spec)
{
	struct figure *figure = arena_new(arena, struct figure);

	figure->id = spec->id;
	figure->title = spec->title;
	figure->method = spec->method;
	figure->shape = spec->shape;
	figure->columns = spec->columns;
	figure->column_count = spec->column_count;
	figure->unit = input->unit;
	figure->query = input->query;
	figure->as_of = input->as_of;
	return (struct build){ .arena = arena, .input = input, .figure = figure };
}

/* Room for one item more in an array that lives in the arena. */
static void *grown(struct arena *arena, const void *items, size_t count, size_t *room, size_t size)
{
	void *larger;

	*room = *room ? *room * 2 : 8;
	larger = arena_alloc_array(arena, *room, size);
	if (count)
		memcpy(larger, items, count * size);
	return larger;
}

struct figure_row *build_row(struct build *build)
{
	struct figure *figure = build->figure;
	struct figure_row *row;

	assert(figure->row_count == 0 || build->filled == figure->column_count);
	if (figure->row_count == build->row_room)
		figure->rows = grown(build->arena, figure->rows, figure->row_count,
				     &build->row_room, sizeof(struct figure_row));
	build->values = arena_array(build->arena, struct figure_value, figure->column_count);
	build->filled = 0;
	row = &figure->rows[figure->row_count++];
	row->values = build->values;
	return row;
}

void build_name(struct build *build, const struct axis *axis, uint32_t value)
{
	build_text(build, axis_name(axis, build->arena, value, build->input->language));
}

void build_text(struct build *build, struct str text)
{
	assert(build->filled < build->figure->column_count);
	build->values[build->filled++] = (struct figure_value){ text, NAN };
}

void build_number(struct build *build, double number)
{
	assert(build->filled < build->figure->column_count);
	build->values[build->filled++] = (struct figure_value){ STR_EMPTY, number };
}

void build_drill(struct build *build, struct str drill)
{
	build->figure->rows[build->figure->row_count - 1].drill = drill;
}

static struct figure_note *add_note(struct build *build, const char *name, struct label label)
{
	struct figure *figure = build->figure;
	struct figure_note *notes;

	if (figure->note_count == build->note_room)
		figure->notes = grown(build->arena, figure->notes, figure->note_count,
				      &build->note_room, sizeof(struct figure_note));
	notes = (struct figure_note *)(uintptr_t)figure->notes;
	notes[figure->note_count].name = name;
	notes[figure->note_count].label = label;
	return &notes[figure->note_count++];
}

void build_note(struct build *build, const char *name, struct label label, double number)
{
	add_note(build, name, label)->number = number;
}

void build_note_text(struct build *build, const char *name, struct label label, struct str text)
{
	struct figure_note *note = add_note(build, name, label);

	note->number = NAN;
	note->text = text;
}

bool build_not_enough(struct build *build)
{
	build_note(build, "not_enough_data",
		   (struct label){ "数据不足，未作计算", "Too little data to compute" }, 1);
	return true;
}

struct build build_part(struct build *build, const struct figure_spec *spec)
{
	struct build part = build_begin(build->input, build->arena, spec);

	part.figure->unit = build->figure->unit;
	return part;
}

void build_part_end(struct build *build, const struct build *part)
{
	struct figure *figure = build->figure;
	struct figure *parts;

	if (figure->part_count == build->part_room)
		figure->parts = grown(build->arena, figure->parts, figure->part_count,
				      &build->part_room, sizeof(struct figure));
	parts = (struct figure *)(uintptr_t)figure->parts;
	parts[figure->part_count++] = *part->figure;
}

struct str build_label(const struct build *build, struct label label)
{
	return str_of(label_text(label, build->input->language));
}

size_t build_top(const struct build *build, size_t usual)
{
	return build->input->top ? build->input->top : usual;
}

/* Rank of a kind code: granted texts stand for the patent. */
static int stage_of(struct str number)
{
	size_t digits = 0;

	for (size_t i = 0; i < number.size; i++)
		if (number.data[i] >= '0' && number.data[i] <= '9')
			digits = digits ? digits : i + 1;
	for (size_t i = digits; i < number.size; i++) {
		if (number.data[i] < 'A' || number.data[i] > 'Z')
			continue;
		return number.data[i] == 'A' ? 1 : 2;
	}
	return 0;
}

struct str document_number(const struct analysis_input *input, struct arena *arena,
			   uint32_t document)
{
	const uint32_t *ordinals;
	size_t count = snapshot_ordinals(input->snapshot, arena, COL_NUMBER, document, &ordinals);
	struct str best = STR_EMPTY;
	int best_stage = -1;

	for (size_t i = 0; i < count; i++) {
		struct str number = snapshot_term(input->snapshot, COL_NUMBER, ordinals[i]);

		if (stage_of(number) <= best_stage)
			continue;
		best = number;
		best_stage = stage_of(number);
	}
	return str_copy(arena, best);
}

struct str document_name(const struct analysis_input *input, struct arena *arena, unsigned column,
			 uint32_t document)
{
	struct axis axis = axis_of_column(column, input->snapshot);
	const uint32_t *ordinals;

	if (!snapshot_ordinals(input->snapshot, arena, column, document, &ordinals))
		return STR_EMPTY;
	return axis_name(&axis, arena, ordinals[0], input->language);
}

double number_or_none(const struct snapshot *snapshot, unsigned column, uint32_t document)
{
	int64_t number = snapshot_number(snapshot, column, document);

	return number == NUMBER_NONE ? NAN : (double)number;
}

void build_document(struct build *build, uint32_t document)
{
	struct figure_row *row = &build->figure->rows[build->figure->row_count - 1];
	struct str number = document_number(build->input, build->arena, document);

	row->key = number;
	row->application = snapshot_document_id(build->input->snapshot, document);
	if (number.size)
		row->drill = drill_keyword(build->arena, COL_NUMBER, number);
}
