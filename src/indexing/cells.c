#include "indexing/cells_internal.h"
#include "text/token.h"

#include <string.h>

static struct cell_value *add(struct cells *cells, unsigned column)
{
	struct cell_value *cell;

	if (cells->count == cells->room) {
		struct cell_value *larger;

		cells->room = cells->room ? cells->room * 2 : 64;
		larger = arena_array(cells->arena, struct cell_value, cells->room);
		if (cells->count)
			memcpy(larger, cells->items, cells->count * sizeof(*larger));
		cells->items = larger;
	}
	cell = &cells->items[cells->count++];
	*cell = (struct cell_value){ .column = column };
	return cell;
}

void cells_text(struct cells *cells, unsigned column, struct str text)
{
	if (text.size)
		add(cells, column)->text = text;
}

void cells_number(struct cells *cells, unsigned column, int64_t number)
{
	add(cells, column)->number = number;
}

void cells_date(struct cells *cells, unsigned column, date day)
{
	if (day != DATE_NONE)
		cells_number(cells, column, day);
}

/* Columns are filled one after the other, so a repetition stands near the end. */
static bool is_there(const struct cells *cells, unsigned column, struct str keyword)
{
	for (size_t i = cells->count; i-- > 0 && cells->items[i].column == column;)
		if (str_equal(cells->items[i].text, keyword))
			return true;
	return false;
}

void cells_keyword(struct cells *cells, unsigned column, struct str keyword)
{
	if (keyword.size && !is_there(cells, column, keyword))
		add(cells, column)->text = keyword;
}

void cells_folded(struct cells *cells, unsigned column, struct str name)
{
	if (name.size)
		cells_keyword(cells, column, text_folded(cells->arena, name));
}
