#include "import/reader_internal.h"

#include <string.h>

void row_builder_init(struct row_builder *builder, struct paths *paths)
{
	*builder = (struct row_builder){ .paths = paths,
					 .cells = LIST_OF(struct cell),
					 .groups = LIST_OF(struct cell_group) };
	row_builder_clear(builder);
}

void row_builder_release(struct row_builder *builder)
{
	list_release(&builder->cells);
	list_release(&builder->groups);
}

void row_builder_clear(struct row_builder *builder)
{
	list_clear(&builder->cells);
	list_clear(&builder->groups);
	list_add(&builder->groups);
	builder->size = 0;
	builder->warning = NULL;
}

uint32_t row_builder_open_group(struct row_builder *builder, uint32_t path, uint32_t parent)
{
	uint32_t number = (uint32_t)builder->groups.count;
	struct cell_group *group = list_add(&builder->groups);

	group->path_id = path;
	group->parent = parent;
	group->cell_first = (uint32_t)builder->cells.count;
	return number;
}

void row_builder_close_group(struct row_builder *builder, uint32_t group)
{
	LIST_AT(&builder->groups, struct cell_group, group).cell_end =
		(uint32_t)builder->cells.count;
}

/* Most values begin and end with a visible ASCII character. */
static bool needs_trim(struct str s)
{
	return s.size == 0 || s.data[0] <= ' ' || s.data[s.size - 1] <= ' ';
}

void row_builder_add(struct row_builder *builder, uint32_t path, uint32_t group, struct str value)
{
	struct cell *cell;

	if (needs_trim(value))
		value = str_trim(value);
	if (value.size == 0)
		return;
	cell = list_add(&builder->cells);
	cell->value = value;
	cell->path_id = path;
	cell->group = group;
	cell->parent = LIST_AT(&builder->groups, struct cell_group, group).parent;
	builder->size += value.size;
}

void row_builder_rollback(struct row_builder *builder, size_t cells, size_t groups)
{
	for (size_t i = cells; i < builder->cells.count; i++)
		builder->size -= LIST_AT(&builder->cells, struct cell, i).value.size;
	builder->cells.count = cells;
	builder->groups.count = groups;
}

void row_builder_finish(struct row_builder *builder, struct arena *arena, struct row *row_out)
{
	size_t cells = builder->cells.count, groups = builder->groups.count;

	row_builder_close_group(builder, 0);
	row_out->cells = arena_array(arena, struct cell, cells);
	row_out->groups = arena_array(arena, struct cell_group, groups);
	if (cells)
		memcpy(row_out->cells, builder->cells.items, cells * sizeof(struct cell));
	memcpy(row_out->groups, builder->groups.items, groups * sizeof(struct cell_group));
	for (size_t i = 0; i < cells; i++)
		row_out->cells[i].path =
			paths_node(builder->paths, row_out->cells[i].path_id)->path;
	for (size_t i = 0; i < groups; i++)
		row_out->groups[i].path =
			paths_node(builder->paths, row_out->groups[i].path_id)->path;
	row_out->count = cells;
	row_out->group_count = groups;
	row_out->warning = builder->warning;
}
