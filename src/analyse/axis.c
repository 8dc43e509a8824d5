#include "analyse/axis.h"

#include "base/memory.h"

enum { FIRST_YEAR = 1000, YEAR_COUNT = 9000 };

static uint32_t bin_count(const int64_t *bins)
{
	uint32_t count = 0;

	while (bins[count] != NUMBER_NONE)
		count++;
	return count;
}

struct axis axis_of(const struct dimension *dimension, const struct snapshot *snapshot)
{
	struct axis axis = { dimension, snapshot, 0 };

	switch (dimension->kind) {
	case DIMENSION_KEYWORD:
		axis.size = snapshot_term_count(snapshot, dimension->column);
		break;
	case DIMENSION_YEAR:
		axis.size = YEAR_COUNT;
		break;
	case DIMENSION_QUARTER:
		axis.size = YEAR_COUNT * 4;
		break;
	case DIMENSION_MONTH:
		axis.size = YEAR_COUNT * 12;
		break;
	case DIMENSION_BINS:
		axis.size = bin_count(dimension->bins);
		break;
	}
	return axis;
}

struct axis axis_of_column(unsigned column, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < dimension_count; i++)
		if (dimensions[i].column == column && dimensions[i].kind == DIMENSION_KEYWORD)
			return axis_of(&dimensions[i], snapshot);
	abort();
}

struct block *block_create(struct arena *arena)
{
	return arena_new(arena, struct block);
}

struct block_walk block_walk(const struct snapshot *snapshot, const struct bitmap *set)
{
	return (struct block_walk){
		.snapshot = snapshot,
		.set = set,
		.chunk_count = bitmap_chunk_count(set),
		.segment = SIZE_MAX,
		.segment_count = snapshot_segment_count(snapshot),
	};
}

/* Moves to the segment that holds the document; false when none does. */
static bool find_segment(struct block_walk *walk, uint32_t document)
{
	while (walk->segment == SIZE_MAX || document - walk->segment_first >= walk->segment_size) {
		if (++walk->segment >= walk->segment_count)
			return false;
		walk->segment_first = snapshot_segment_first(walk->snapshot, walk->segment);
		walk->segment_size = snapshot_segment_size(walk->snapshot, walk->segment);
	}
	return true;
}

static void take_values(struct block_walk *walk, const struct bitmap_chunk *chunk,
			struct block *block)
{
	uint32_t offset = chunk->base - walk->segment_first;
	size_t end = walk->within + BLOCK_SIZE;
	uint32_t count = 0;

	if (end > chunk->count)
		end = chunk->count;
	for (size_t i = walk->within; i < end; i++)
		block->documents[count++] = offset + chunk->values[i];
	block->count = count;
	walk->within = end;
	if (end == chunk->count) {
		walk->chunk++;
		walk->within = 0;
	}
}

/* Whole words of 64 documents, as many as surely fit. */
static void take_bits(struct block_walk *walk, const struct bitmap_chunk *chunk,
		      struct block *block)
{
	uint32_t offset = chunk->base - walk->segment_first;
	uint32_t *documents = block->documents;
	uint32_t count = 0;
	size_t word = walk->within;

	for (; word < 1024 && count <= BLOCK_SIZE - 64; word++) {
		uint32_t first = offset + (uint32_t)word * 64;

		for (uint64_t bits = chunk->bits[word]; bits; bits &= bits - 1)
			documents[count++] = first + (uint32_t)__builtin_ctzll(bits);
	}
	block->count = count;
	walk->within = word;
	if (word == 1024) {
		walk->chunk++;
		walk->within = 0;
	}
}

bool block_next(struct block_walk *walk, struct block *block)
{
	while (walk->chunk < walk->chunk_count) {
		struct bitmap_chunk chunk = bitmap_chunk_at(walk->set, walk->chunk);

		if (!find_segment(walk, chunk.base))
			return false;
		block->segment = walk->segment;
		block->first_document = walk->segment_first;
		if (chunk.values)
			take_values(walk, &chunk, block);
		else
			take_bits(walk, &chunk, block);
		if (block->count)
			return true;
	}
	return false;
}

static void gathered_release(void *resource)
{
	memory_free(((struct gathered *)resource)->values);
}

struct gathered *gathered_create(struct arena *arena)
{
	struct gathered *gathered = arena_new(arena, struct gathered);

	arena_defer(arena, gathered_release, gathered);
	return gathered;
}

static void gathered_reserve(struct gathered *gathered, size_t count)
{
	if (count <= gathered->room)
		return;
	gathered->room = count + count / 2;
	gathered->values = memory_resize(gathered->values,
					 memory_product(gathered->room, sizeof(uint32_t)));
}

static uint32_t ordinal_at(const struct column_view *view, size_t i)
{
	if (view->width == 1)
		return ((const uint8_t *)view->ordinals)[i];
	if (view->width == 2)
		return ((const uint16_t *)view->ordinals)[i];
	return ((const uint32_t *)view->ordinals)[i];
}

static void gather_single(const struct column_view *view, const struct block *block,
			  struct gathered *gathered)
{
	size_t count = 0;

	gathered_reserve(gathered, block->count);
	for (uint32_t row = 0; row < block->count; row++) {
		uint32_t ordinal = ordinal_at(view, block->documents[row]);

		gathered->starts[row] = (uint32_t)count;
		if (ordinal != view->none)
			gathered->values[count++] = view->global ? view->global[ordinal] : ordinal;
	}
	gathered->starts[block->count] = (uint32_t)count;
	gathered->count = count;
}

static void gather_lists(const struct column_view *view, const struct block *block,
			 struct gathered *gathered)
{
	size_t count = 0;

	for (uint32_t row = 0; row < block->count; row++) {
		uint32_t from = view->starts[block->documents[row]];
		uint32_t to = view->starts[block->documents[row] + 1];

		gathered->starts[row] = (uint32_t)count;
		gathered_reserve(gathered, count + (to - from));
		for (uint32_t i = from; i < to; i++) {
			uint32_t ordinal = ordinal_at(view, i);

			gathered->values[count++] = view->global ? view->global[ordinal] : ordinal;
		}
	}
	gathered->starts[block->count] = (uint32_t)count;
	gathered->count = count;
}

/* Stored all-ones stands for "no value". */
static int64_t number_at(const struct column_view *view, size_t i)
{
	uint64_t stored, none;

	switch (view->width) {
	case 1:
		stored = ((const uint8_t *)view->numbers)[i];
		none = UINT8_MAX;
		break;
	case 2:
		stored = ((const uint16_t *)view->numbers)[i];
		none = UINT16_MAX;
		break;
	case 4:
		stored = ((const uint32_t *)view->numbers)[i];
		none = UINT32_MAX;
		break;
	default:
		stored = ((const uint64_t *)view->numbers)[i];
		none = UINT64_MAX;
		break;
	}
	return stored == none ? NUMBER_NONE : (int64_t)((uint64_t)view->number_base + stored);
}

void block_numbers(const struct snapshot *snapshot, unsigned column, const struct block *block,
		   int64_t numbers_out[BLOCK_SIZE])
{
	struct column_view view = snapshot_column(snapshot, column, block->segment);

	for (uint32_t row = 0; row < block->count; row++)
		numbers_out[row] = view.numbers ? number_at(&view, block->documents[row])
						: NUMBER_NONE;
}

static uint32_t bin_of(const int64_t *bins, int64_t number)
{
	uint32_t bin = VALUE_NONE;

	for (uint32_t i = 0; bins[i] != NUMBER_NONE && bins[i] <= number; i++)
		bin = i;
	return bin;
}

static uint32_t value_of_number(const struct dimension *dimension, int64_t number)
{
	int year, month, day;

	if (number == NUMBER_NONE)
		return VALUE_NONE;
	if (dimension->kind == DIMENSION_BINS)
		return bin_of(dimension->bins, number);
	if (number < date_of(FIRST_YEAR, 1, 1) || number > date_of(9999, 12, 31))
		return VALUE_NONE;
	date_parts((date)number, &year, &month, &day);
	year -= FIRST_YEAR;
	if (dimension->kind == DIMENSION_YEAR)
		return (uint32_t)year;
	if (dimension->kind == DIMENSION_QUARTER)
		return (uint32_t)(year * 4 + (month - 1) / 3);
	return (uint32_t)(year * 12 + month - 1);
}

static void gather_numbers(const struct axis *axis, const struct column_view *view,
			   const struct block *block, struct gathered *gathered)
{
	size_t count = 0;

	gathered_reserve(gathered, block->count);
	for (uint32_t row = 0; row < block->count; row++) {
		uint32_t value = value_of_number(axis->dimension,
						 number_at(view, block->documents[row]));

		gathered->starts[row] = (uint32_t)count;
		if (value != VALUE_NONE)
			gathered->values[count++] = value;
	}
	gathered->starts[block->count] = (uint32_t)count;
	gathered->count = count;
}

static void gather_nothing(const struct block *block, struct gathered *gathered)
{
	memset(gathered->starts, 0, ((size_t)block->count + 1) * sizeof(gathered->starts[0]));
	gathered->count = 0;
}

void axis_gather(const struct axis *axis, const struct block *block, struct gathered *gathered)
{
	struct column_view view = snapshot_column(axis->snapshot, axis->dimension->column,
						  block->segment);

	if (axis->dimension->kind != DIMENSION_KEYWORD && view.numbers)
		gather_numbers(axis, &view, block, gathered);
	else if (axis->dimension->kind == DIMENSION_KEYWORD && view.starts)
		gather_lists(&view, block, gathered);
	else if (axis->dimension->kind == DIMENSION_KEYWORD && view.ordinals)
		gather_single(&view, block, gathered);
	else
		gather_nothing(block, gathered);
}

static struct str number_key(const struct axis *axis, struct arena *arena, uint32_t value)
{
	const int64_t *bins = axis->dimension->bins;

	switch (axis->dimension->kind) {
	case DIMENSION_KEYWORD:
	case DIMENSION_YEAR:
		break;
	case DIMENSION_QUARTER:
		return str_of(arena_printf(arena, "%u-Q%u", FIRST_YEAR + value / 4, value % 4 + 1));
	case DIMENSION_MONTH:
		return str_of(
			arena_printf(arena, "%u-%02u", FIRST_YEAR + value / 12, value % 12 + 1));
	case DIMENSION_BINS:
		if (value + 1 == axis->size)
			return str_of(arena_printf(arena, "%lld+", (long long)bins[value]));
		if (bins[value] + 1 == bins[value + 1])
			return str_of(arena_printf(arena, "%lld", (long long)bins[value]));
		return str_of(arena_printf(arena, "%lld-%lld", (long long)bins[value],
					   (long long)bins[value + 1] - 1));
	}
	return str_of(arena_printf(arena, "%u", FIRST_YEAR + value));
}

struct str axis_key(const struct axis *axis, struct arena *arena, uint32_t value)
{
	if (axis->dimension->kind != DIMENSION_KEYWORD)
		return number_key(axis, arena, value);
	return str_copy(arena, snapshot_term(axis->snapshot, axis->dimension->column, value));
}

/* Classes go by their symbols: many have the same short name. */
struct str axis_name(const struct axis *axis, struct arena *arena, uint32_t value,
		     enum language language)
{
	struct str key = axis_key(axis, arena, value);

	if (axis->dimension->vocabulary == VOCABULARY_CLASS)
		return key;
	return vocabulary_name(arena, axis->dimension->vocabulary, key, language);
}

uint32_t axis_find(const struct axis *axis, struct str key)
{
	return snapshot_find_term(axis->snapshot, axis->dimension->column, key);
}
