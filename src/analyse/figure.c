#include "analyse/figure.h"

#include "analyse/dimension.h"

#include <math.h>

static const char *const shape_names[] = {
	[SHAPE_TABLE] = "table",       [SHAPE_BARS] = "bars",       [SHAPE_COLUMNS] = "columns",
	[SHAPE_LINE] = "line",         [SHAPE_STACKED] = "stacked", [SHAPE_RING] = "ring",
	[SHAPE_HEAT] = "heat",         [SHAPE_BUBBLES] = "bubbles", [SHAPE_SCATTER_PATH] = "path",
	[SHAPE_NETWORK] = "network",   [SHAPE_TREE] = "tree",       [SHAPE_SANKEY] = "sankey",
	[SHAPE_MAP] = "map",           [SHAPE_RADAR] = "radar",     [SHAPE_TIMELINE] = "timeline",
	[SHAPE_QUADRANT] = "quadrant",
};

static const char *const kind_names[] = {
	[VALUE_TEXT] = "text",   [VALUE_COUNT] = "count", [VALUE_NUMBER] = "number",
	[VALUE_SHARE] = "share", [VALUE_YEAR] = "year",   [VALUE_DATE] = "date",
};

double figure_note_number(const struct figure *figure, const char *name)
{
	for (size_t i = 0; i < figure->note_count; i++)
		if (strcmp(figure->notes[i].name, name) == 0)
			return figure->notes[i].number;
	return NAN;
}

struct str figure_note_text(const struct figure *figure, const char *name)
{
	for (size_t i = 0; i < figure->note_count; i++)
		if (strcmp(figure->notes[i].name, name) == 0)
			return figure->notes[i].text;
	return STR_EMPTY;
}

size_t figure_column_find(const struct figure *figure, const char *name)
{
	for (size_t i = 0; i < figure->column_count; i++)
		if (strcmp(figure->columns[i].name, name) == 0)
			return i;
	return SIZE_MAX;
}

static void write_value(struct jsonout *json, const struct figure_column *column,
			const struct figure_value *value)
{
	char text[DATE_TEXT_SIZE];

	jsonout_key(json, column->name);
	if (column->kind == VALUE_TEXT)
		jsonout_str(json, value->text);
	else if (isnan(value->number))
		jsonout_null(json);
	else if (column->kind == VALUE_DATE)
		jsonout_cstr(json, date_format((date)value->number, text));
	else if (column->kind == VALUE_COUNT || column->kind == VALUE_YEAR)
		jsonout_integer(json, (int64_t)llround(value->number));
	else
		jsonout_number(json, value->number);
}

/* "2012\tactive" as an array: a count's values as the index has them, one a dimension. */
static void write_key(struct jsonout *json, struct str key)
{
	struct str part;

	jsonout_key(json, "key");
	jsonout_array_begin(json);
	while (str_split(&key, STR("\t"), &part))
		jsonout_str(json, part);
	jsonout_array_end(json);
}

static void write_row(struct jsonout *json, const struct figure *figure,
		      const struct figure_row *row)
{
	jsonout_object_begin(json);
	for (size_t i = 0; i < figure->column_count; i++)
		write_value(json, &figure->columns[i], &row->values[i]);
	if (figure->dimension_count)
		write_key(json, row->key);
	else if (row->key.size)
		jsonout_member_str(json, "_key", row->key);
	if (row->drill.size)
		jsonout_member_str(json, "_drill", row->drill);
	if (row->is_incomplete)
		jsonout_member_bool(json, "_incomplete", true);
	if (row->application)
		jsonout_member_integer(json, "_application", row->application);
	jsonout_object_end(json);
}

static void write_columns(struct jsonout *json, const struct figure *figure, enum language language)
{
	jsonout_key(json, "columns");
	jsonout_array_begin(json);
	for (size_t i = 0; i < figure->column_count; i++) {
		const struct figure_column *column = &figure->columns[i];

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", column->name);
		jsonout_member_cstr(json, "label", label_text(column->label, language));
		jsonout_member_cstr(json, "kind", kind_names[column->kind]);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_dimensions(struct jsonout *json, const struct figure *figure)
{
	if (!figure->dimension_count)
		return;
	jsonout_key(json, "dimensions");
	jsonout_array_begin(json);
	for (size_t i = 0; i < figure->dimension_count; i++)
		jsonout_cstr(json, figure->columns[i].name);
	jsonout_array_end(json);
	jsonout_member_cstr(json, "measure", figure->columns[figure->dimension_count].name);
}

static void write_notes(struct jsonout *json, const struct figure *figure, enum language language)
{
	jsonout_key(json, "notes");
	jsonout_array_begin(json);
	for (size_t i = 0; i < figure->note_count; i++) {
		const struct figure_note *note = &figure->notes[i];

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", note->name);
		jsonout_member_cstr(json, "label", label_text(note->label, language));
		if (note->text.size)
			jsonout_member_str(json, "value", note->text);
		else
			jsonout_member_number(json, "value", note->number);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_rows(struct jsonout *json, const struct figure *figure)
{
	jsonout_key(json, "rows");
	jsonout_array_begin(json);
	for (size_t i = 0; i < figure->row_count; i++)
		write_row(json, figure, &figure->rows[i]);
	jsonout_array_end(json);
}

/* A part has no parts of its own. */
static void write_parts(struct jsonout *json, const struct figure *figure, enum language language)
{
	jsonout_key(json, "parts");
	jsonout_array_begin(json);
	for (size_t i = 0; i < figure->part_count; i++) {
		const struct figure *part = &figure->parts[i];

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "id", part->id);
		jsonout_member_cstr(json, "title", label_text(part->title, language));
		write_columns(json, part, language);
		write_rows(json, part);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

const char *figure_shape_name(enum figure_shape shape)
{
	return shape_names[shape];
}

void figure_write_json(const struct figure *figure, enum language language, struct jsonout *json)
{
	char as_of[DATE_TEXT_SIZE];

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "figure", figure->id);
	jsonout_member_cstr(json, "title", label_text(figure->title, language));
	jsonout_member_cstr(json, "method", label_text(figure->method, language));
	if (figure->finding.size)
		jsonout_member_str(json, "finding", figure->finding);
	jsonout_member_cstr(json, "shape", shape_names[figure->shape]);
	jsonout_member_cstr(json, "unit", units[figure->unit].name);
	jsonout_member_str(json, "query", figure->query);
	jsonout_member_cstr(json, "as_of", date_format(figure->as_of, as_of));
	jsonout_member_integer(json, "documents", (int64_t)figure->documents);
	jsonout_member_integer(json, "left_out", (int64_t)figure->left_out);
	write_dimensions(json, figure);
	write_columns(json, figure, language);
	write_notes(json, figure, language);
	write_rows(json, figure);
	write_parts(json, figure, language);
	jsonout_object_end(json);
}
