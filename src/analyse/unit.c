#include "analyse/unit_internal.h"

#include "base/memory.h"

/* A set of (family, cell) pairs: open addressing, at most half full. */
struct seen_entry {
	uint64_t cell;
	uint32_t family;
	bool is_used;
};
struct seen {
	struct seen_entry *entries;
	size_t count, room;
};

static size_t seen_place(const struct seen *seen, uint32_t family, uint64_t cell)
{
	uint64_t hash = (cell ^ ((uint64_t)family << 29)) * 0x9E3779B97F4A7C15u;
	size_t i = (size_t)(hash ^ hash >> 32) & (seen->room - 1);

	while (seen->entries[i].is_used &&
	       (seen->entries[i].family != family || seen->entries[i].cell != cell))
		i = (i + 1) & (seen->room - 1);
	return i;
}

static void seen_grow(struct seen *seen)
{
	struct seen old = *seen;

	seen->room = old.room ? old.room * 2 : 1024;
	seen->entries = memory_alloc_zeroed(seen->room, sizeof(struct seen_entry));
	for (size_t i = 0; i < old.room; i++)
		if (old.entries[i].is_used)
			seen->entries[seen_place(seen, old.entries[i].family,
						 old.entries[i].cell)] = old.entries[i];
	memory_free(old.entries);
}

/* False when the pair was there already. */
static bool seen_add(struct seen *seen, uint32_t family, uint64_t cell)
{
	size_t i;

	if (seen->count * 2 >= seen->room)
		seen_grow(seen);
	i = seen_place(seen, family, cell);
	if (seen->entries[i].is_used)
		return false;
	seen->entries[i] = (struct seen_entry){ cell, family, true };
	seen->count++;
	return true;
}

static void seen_release(void *resource)
{
	memory_free(((struct seen *)resource)->entries);
}

static void count_members(struct weigher *weigher, struct arena *arena,
			  const struct bitmap *documents)
{
	struct block *block = block_create(arena);
	struct block_walk walk = block_walk(weigher->axis.snapshot, documents);

	weigher->members = arena_array(arena, uint32_t, weigher->axis.size);
	while (block_next(&walk, block)) {
		struct gathered *gathered = weigher->gathered;

		axis_gather(&weigher->axis, block, gathered);
		for (uint32_t row = 0; row < block->count; row++)
			if (gathered->starts[row] < gathered->starts[row + 1])
				weigher->members[gathered->values[gathered->starts[row]]]++;
	}
}

struct weigher *weigher_create(struct arena *arena, const struct analysis_input *input,
			       const struct bitmap *documents)
{
	struct weigher *weigher = arena_new(arena, struct weigher);

	weigher->unit = input->unit;
	for (size_t row = 0; row < BLOCK_SIZE; row++) {
		weigher->weights[row] = 1;
		weigher->families[row] = VALUE_NONE;
	}
	if (input->unit == UNIT_APPLICATION)
		return weigher;
	weigher->gathered = gathered_create(arena);
	weigher->axis = axis_of_column(input->unit == UNIT_FAMILY ? COL_FAMILY : COL_KIND,
				       input->snapshot);
	if (input->unit == UNIT_FAMILY) {
		weigher->seen = arena_new(arena, struct seen);
		arena_defer(arena, seen_release, weigher->seen);
		count_members(weigher, arena, documents);
	}
	return weigher;
}

void weigher_take(struct weigher *weigher, const struct block *block)
{
	struct gathered *gathered = weigher->gathered;

	if (weigher->unit == UNIT_APPLICATION)
		return;
	axis_gather(&weigher->axis, block, gathered);
	for (uint32_t row = 0; row < block->count; row++) {
		uint32_t from = gathered->starts[row], count = gathered->starts[row + 1] - from;

		if (weigher->unit == UNIT_PUBLICATION) {
			weigher->weights[row] = count ? count : 1;
			continue;
		}
		weigher->families[row] = VALUE_NONE;
		if (count && weigher->members[gathered->values[from]] > 1)
			weigher->families[row] = gathered->values[from];
	}
}

uint32_t weigher_weight(struct weigher *weigher, uint32_t row, uint64_t cell)
{
	if (weigher->families[row] == VALUE_NONE)
		return weigher->weights[row];
	return seen_add(weigher->seen, weigher->families[row], cell) ? 1 : 0;
}
