#include "analyse/count.h"
#include "analyse/unit_internal.h"
#include "base/list.h"
#include "base/memory.h"

/* Cells of two axes: an array when it is small, else a hash table of those that occur. */
enum { DENSE_CELLS_MAX = 1 << 18 };

struct cell_sum {
	uint64_t key;
	uint64_t count;
	double sum;
	bool is_used;
};

struct cell_table {
	struct cell_sum *cells; /* by key when dense */
	size_t count, room;
	bool is_dense;
};

static void table_release(void *resource)
{
	memory_free(((struct cell_table *)resource)->cells);
}

static struct cell_table *table_create(struct arena *arena, uint64_t cells)
{
	struct cell_table *table = arena_new(arena, struct cell_table);

	table->is_dense = cells <= DENSE_CELLS_MAX;
	table->room = table->is_dense ? (size_t)cells + 1 : 4096;
	table->cells = memory_alloc_zeroed(table->room, sizeof(struct cell_sum));
	arena_defer(arena, table_release, table);
	return table;
}

static size_t table_place(const struct cell_table *table, uint64_t key)
{
	uint64_t hash = key * 0x9E3779B97F4A7C15u;
	size_t i = (size_t)(hash ^ hash >> 32) & (table->room - 1);

	while (table->cells[i].is_used && table->cells[i].key != key)
		i = (i + 1) & (table->room - 1);
	return i;
}

static void table_grow(struct cell_table *table)
{
	struct cell_table old = *table;

	table->room *= 2;
	table->cells = memory_alloc_zeroed(table->room, sizeof(struct cell_sum));
	for (size_t i = 0; i < old.room; i++)
		if (old.cells[i].is_used)
			table->cells[table_place(table, old.cells[i].key)] = old.cells[i];
	memory_free(old.cells);
}

static struct cell_sum *table_cell(struct cell_table *table, uint64_t key)
{
	struct cell_sum *cell;

	if (table->is_dense) {
		cell = &table->cells[key];
	} else {
		if (table->count * 2 >= table->room)
			table_grow(table);
		cell = &table->cells[table_place(table, key)];
		table->count += !cell->is_used;
	}
	cell->key = key;
	cell->is_used = true;
	return cell;
}

struct selection select_all(const struct axis *axis)
{
	return (struct selection){ axis, NULL, axis->size };
}

struct selection select_values(struct arena *arena, const struct axis *axis,
			       const struct value_count *values, size_t count)
{
	uint32_t *places = arena_array(arena, uint32_t, (size_t)axis->size + 1);

	memset(places, 0xFF, ((size_t)axis->size + 1) * sizeof(*places));
	for (size_t i = 0; i < count; i++)
		places[values[i].value] = (uint32_t)i;
	return (struct selection){ axis, places, (uint32_t)count };
}

static uint32_t place_of(const struct selection *selection, uint32_t value)
{
	return selection->places ? selection->places[value] : value;
}

/* One pass over a set, adding to the cells of each document. */
struct cell_pass {
	const struct selection *a, *b;
	struct gathered *values_a, *values_b;
	struct cell_table *table;
	struct weigher *weigher;
	const struct measure *measure;
	int64_t numbers[BLOCK_SIZE];
};

static void add_cell(struct cell_pass *pass, uint32_t row, uint64_t key)
{
	struct cell_sum *cell;

	if (pass->measure && pass->measure->kind != MEASURE_DOCUMENTS) {
		if (pass->numbers[row] == NUMBER_NONE)
			return;
		cell = table_cell(pass->table, key);
		cell->count++;
		cell->sum += (double)pass->numbers[row];
		return;
	}
	table_cell(pass->table, key)->count += weigher_weight(pass->weigher, row, key);
}

static void add_row(struct cell_pass *pass, uint32_t row)
{
	const struct gathered *a = pass->values_a, *b = pass->values_b;

	for (uint32_t i = a->starts[row]; i < a->starts[row + 1]; i++) {
		uint32_t place = place_of(pass->a, a->values[i]);

		if (place == VALUE_NONE)
			continue;
		if (!pass->b) {
			add_cell(pass, row, place);
			continue;
		}
		for (uint32_t j = b->starts[row]; j < b->starts[row + 1]; j++) {
			uint32_t other = place_of(pass->b, b->values[j]);

			if (other != VALUE_NONE)
				add_cell(pass, row, (uint64_t)place * pass->b->size + other);
		}
	}
}

static void run_pass(struct cell_pass *pass, const struct analysis_input *input,
		     struct arena *arena)
{
	struct block *block = block_create(arena);
	struct block_walk walk = block_walk(input->snapshot, input->documents);

	while (block_next(&walk, block)) {
		weigher_take(pass->weigher, block);
		axis_gather(pass->a->axis, block, pass->values_a);
		if (pass->b)
			axis_gather(pass->b->axis, block, pass->values_b);
		if (pass->measure && pass->measure->kind != MEASURE_DOCUMENTS)
			block_numbers(input->snapshot, pass->measure->column, block, pass->numbers);
		for (uint32_t row = 0; row < block->count; row++)
			add_row(pass, row);
	}
}

static int compare_keys(const void *a, const void *b)
{
	const struct cell_sum *left = a, *right = b;

	return left->key < right->key ? -1 : left->key > right->key;
}

/* Moves the cells in use to the front, ascending; returns how many there are. */
static size_t table_pack(struct cell_table *table)
{
	size_t count = 0;

	for (size_t i = 0; i < table->room; i++)
		if (table->cells[i].is_used && table->cells[i].count)
			table->cells[count++] = table->cells[i];
	if (!table->is_dense)
		qsort(table->cells, count, sizeof(struct cell_sum), compare_keys);
	return count;
}

size_t count_cells(const struct analysis_input *input, struct arena *arena,
		   const struct selection *a, const struct selection *b,
		   const struct measure *measure, struct cell **cells_out)
{
	struct cell_pass *pass = arena_new(arena, struct cell_pass);
	uint32_t width = b ? b->size : 1;
	size_t count;

	pass->a = a;
	pass->b = b;
	pass->measure = measure;
	pass->values_a = gathered_create(arena);
	pass->values_b = gathered_create(arena);
	pass->table = table_create(arena, (uint64_t)a->size * width);
	pass->weigher = weigher_create(arena, input, input->documents);
	run_pass(pass, input, arena);
	count = table_pack(pass->table);
	*cells_out = arena_array(arena, struct cell, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct cell_sum *cell = &pass->table->cells[i];

		(*cells_out)[i] = (struct cell){ .a = (uint32_t)(cell->key / width),
						 .b = (uint32_t)(cell->key % width),
						 .count = cell->count,
						 .sum = cell->sum };
	}
	return count;
}

uint32_t *count_matrix(const struct analysis_input *input, struct arena *arena,
		       const struct selection *a, const struct selection *b)
{
	uint32_t *matrix = arena_array(arena, uint32_t, (size_t)a->size * b->size + 1);
	struct cell *cells;
	size_t count = count_cells(input, arena, a, b, NULL, &cells);

	for (size_t i = 0; i < count; i++)
		matrix[(size_t)cells[i].a * b->size + cells[i].b] = (uint32_t)cells[i].count;
	return matrix;
}
