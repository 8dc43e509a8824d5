#include "report/figure_text.h"

#include "base/map.h"

#include <math.h>
#include <stdlib.h>

bool value_kind_is_measure(enum value_kind kind)
{
	return kind == VALUE_COUNT || kind == VALUE_NUMBER || kind == VALUE_SHARE;
}

struct str count_text(struct arena *arena, double count)
{
	const char *digits = arena_printf(arena, "%.0f", fabs(count));
	size_t size = str_of(digits).size, at = 0;
	char *text = arena_alloc(arena, size + size / 3 + 2);

	if (count < 0)
		text[at++] = '-';
	for (size_t i = 0; i < size; i++) {
		if (i && (size - i) % 3 == 0)
			text[at++] = ',';
		text[at++] = digits[i];
	}
	return (struct str){ text, at };
}

/* "3.10" -> "3.1", "3.00" -> "3" */
static struct str cut_zeros(struct str number)
{
	if (str_find_byte(number, '.') == STR_NOT_FOUND)
		return number;
	while (number.size && number.data[number.size - 1] == '0')
		number.size--;
	if (number.size && number.data[number.size - 1] == '.')
		number.size--;
	return number;
}

static struct str date_text(struct arena *arena, double days)
{
	char text[DATE_TEXT_SIZE];

	if (days < (double)date_of(1000, 1, 1) || days > (double)date_of(9999, 12, 31))
		return STR("–");
	return str_copy(arena, str_of(date_format((date)days, text)));
}

struct str figure_value_text(struct arena *arena, enum value_kind kind,
			     const struct figure_value *value)
{
	if (kind == VALUE_TEXT)
		return value->text;
	if (!isfinite(value->number))
		return STR("–");
	switch (kind) {
	case VALUE_COUNT:
		return count_text(arena, value->number);
	case VALUE_SHARE:
		return str_of(arena_printf(arena, "%.1f%%", value->number * 100));
	case VALUE_YEAR:
		return str_of(arena_printf(arena, "%.0f", value->number));
	case VALUE_DATE:
		return date_text(arena, value->number);
	case VALUE_NUMBER:
	case VALUE_TEXT:
		break;
	}
	if (fabs(value->number) >= 10000)
		return count_text(arena, round(value->number));
	return cut_zeros(str_of(arena_printf(arena, "%.2f", value->number)));
}

const char *unit_name(enum unit unit, enum language language)
{
	static const struct {
		const char *zh, *en;
	} names[] = {
		[UNIT_APPLICATION] = { "件申请", "applications" },
		[UNIT_FAMILY] = { "个简单同族", "simple families" },
		[UNIT_PUBLICATION] = { "件公开文献", "publications" },
	};

	return PICK(language, names[unit]);
}

struct str figure_source_line(struct arena *arena, const struct figure *figure,
			      enum language language)
{
	bool zh = language == LANGUAGE_ZH;
	char as_of[DATE_TEXT_SIZE];
	struct str count = count_text(arena, (double)figure->documents);
	struct str left_out = count_text(arena, (double)figure->left_out);
	struct str query = figure->query.size ? figure->query : STR("ALL");
	const char *left = "", *method = PICK(language, figure->method);

	if (figure->left_out)
		left = arena_printf(arena,
				    zh ? "，其中 %.*s 缺少所需字段而未计入"
				       : ", of which %.*s lack the field needed and are left out",
				    STR_ARGS(left_out));
	date_format(figure->as_of, as_of);
	return str_of(arena_printf(arena,
				   zh ? "检索式：%.*s；统计对象：%.*s %s%s；截至 %s。方法：%s"
				      : "Query: %.*s; counted: %.*s %s%s; as of %s. Method: %s",
				   STR_ARGS(query), STR_ARGS(count),
				   unit_name(figure->unit, language), left, as_of,
				   method ? method : ""));
}

size_t figure_measure(const struct figure *figure, size_t from)
{
	for (size_t i = from; i < figure->column_count; i++)
		if (value_kind_is_measure(figure->columns[i].kind))
			return i;
	return SIZE_MAX;
}

size_t figure_category(const struct figure *figure, size_t from)
{
	for (size_t i = from; i < figure->column_count; i++)
		if (!value_kind_is_measure(figure->columns[i].kind))
			return i;
	return SIZE_MAX;
}

bool figure_row_is(const struct figure *figure, const struct figure_row *row, const char *class)
{
	static const struct {
		const char *key, *zh;
	} words[] = { { "hot", "热点" }, { "blank", "空白" }, { "sparse", "稀疏" } };
	size_t column = figure_column_find(figure, "class");

	if (str_equal_cstr(row->key, class))
		return true;
	if (column == SIZE_MAX)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].key, class) == 0)
			return str_equal_cstr(row->values[column].text, words[i].zh) ||
			       str_equal_cstr(row->values[column].text, words[i].key);
	return false;
}

/* The distinct values of a column in order of appearance; a year or date axis is sorted. */
struct grid_axis {
	struct map *places;
	struct str *names;
	size_t count;
};

static int compare_names(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static void release_map(void *map)
{
	map_destroy(map);
}

static struct grid_axis read_axis(struct arena *arena, const struct figure *figure, size_t column)
{
	struct grid_axis axis = { .places = map_create() };
	enum value_kind kind = figure->columns[column].kind;

	arena_defer(arena, release_map, axis.places);
	axis.names = arena_array(arena, struct str, figure->row_count);
	for (size_t i = 0; i < figure->row_count; i++) {
		struct str name = figure_value_text(arena, kind, &figure->rows[i].values[column]);
		bool is_new;

		map_put(axis.places, name, &is_new);
		if (is_new)
			axis.names[axis.count++] = name;
	}
	if (kind == VALUE_YEAR || kind == VALUE_DATE)
		qsort(axis.names, axis.count, sizeof(axis.names[0]), compare_names);
	for (size_t i = 0; i < axis.count; i++)
		*map_put(axis.places, axis.names[i], NULL) = i;
	return axis;
}

static void fill_grid(struct arena *arena, const struct figure *figure, const size_t columns[3],
		      const struct grid_axis axes[2], struct figure_grid *grid)
{
	for (size_t i = 0; i < figure->row_count; i++) {
		const struct figure_row *row = &figure->rows[i];
		uint64_t place[2];

		for (size_t axis = 0; axis < 2; axis++) {
			enum value_kind kind = figure->columns[columns[axis]].kind;
			struct str name = figure_value_text(arena, kind,
							    &row->values[columns[axis]]);

			place[axis] = *map_find(axes[axis].places, name);
		}
		grid->values[place[0] * grid->column_count + place[1]] =
			row->values[columns[2]].number;
		grid->sources[place[0] * grid->column_count + place[1]] = row;
		grid->columns_incomplete[place[1]] &= row->is_incomplete;
	}
}

bool figure_grid(struct arena *arena, const struct figure *figure, size_t down, size_t across,
		 size_t measure, size_t limit, struct figure_grid *grid_out)
{
	struct grid_axis axes[2] = { read_axis(arena, figure, down),
				     read_axis(arena, figure, across) };
	size_t cells = axes[0].count * axes[1].count;

	if (cells > limit)
		return false;
	*grid_out = (struct figure_grid){
		.rows = axes[0].names,
		.row_count = axes[0].count,
		.columns = axes[1].names,
		.column_count = axes[1].count,
		.values = arena_array(arena, double, cells),
		.sources = arena_array(arena, const struct figure_row *, cells),
		.columns_incomplete = arena_array(arena, bool, axes[1].count),
	};
	for (size_t i = 0; i < cells; i++)
		grid_out->values[i] = NAN;
	for (size_t i = 0; i < axes[1].count; i++)
		grid_out->columns_incomplete[i] = true;
	fill_grid(arena, figure, (const size_t[]){ down, across, measure }, axes, grid_out);
	return true;
}

bool figure_grid_usual(struct arena *arena, const struct figure *figure,
		       struct figure_grid *grid_out)
{
	enum { CELLS_MAX = 2400 };
	size_t down = figure_category(figure, 0), measure = figure_measure(figure, 0);
	size_t across = down == SIZE_MAX ? SIZE_MAX : figure_category(figure, down + 1);

	if (figure->shape != SHAPE_HEAT && figure->shape != SHAPE_BUBBLES &&
	    figure->shape != SHAPE_STACKED)
		return false;
	if (!figure->row_count || across == SIZE_MAX || measure == SIZE_MAX)
		return false;
	if (figure->columns[down].kind == VALUE_YEAR)
		return figure_grid(arena, figure, across, down, measure, CELLS_MAX, grid_out);
	return figure_grid(arena, figure, down, across, measure, CELLS_MAX, grid_out);
}
