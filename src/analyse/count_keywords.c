#include "analyse/count_internal.h"

#include "base/memory.h"
#include "base/pool.h"

#include <string.h>

/*
 * The loops that answer facets. Counted by the segment's ordinals when the set is large against the
 * dictionary, else mapped one by one.
 *
 * Lists are mostly of one to three values, and how many is not to be predicted: a branch on it
 * would cost more than the counting. So FLAT_STEP ordinals are copied whatever the length, the
 * next list overwrites what was too much, and the flat run of ordinals is counted afterwards.
 * "No value" has a counter of its own behind the others (view->none is term_count), which is put
 * back: no branch on it either.
 */
enum { FLAT_STEP = 4, FLAT_DOCUMENTS = 256 };

static uint32_t mapped(const uint32_t *map, uint32_t ordinal)
{
	return map ? map[ordinal] : ordinal;
}

#define DEFINE_LOOPS(type)                                                                         \
	static uint64_t count_single_##type(const struct column_view *view,                        \
					    const struct block *block, const uint32_t *map,        \
					    uint32_t *counts)                                      \
	{                                                                                          \
		const type *ordinals = view->ordinals;                                             \
		uint64_t without = 0;                                                              \
                                                                                                   \
		if (!map) {                                                                        \
			uint32_t before = counts[view->none];                                      \
                                                                                                   \
			for (uint32_t row = 0; row < block->count; row++)                          \
				counts[ordinals[block->documents[row]]]++;                         \
			without = counts[view->none] - before;                                     \
			counts[view->none] = before;                                               \
			return without;                                                            \
		}                                                                                  \
		for (uint32_t row = 0; row < block->count; row++) {                                \
			uint32_t ordinal = ordinals[block->documents[row]];                        \
                                                                                                   \
			if (ordinal == view->none)                                                 \
				without++;                                                         \
			else                                                                       \
				counts[map[ordinal]]++;                                            \
		}                                                                                  \
		return without;                                                                    \
	}                                                                                          \
                                                                                                   \
	static uint64_t count_lists_##type(const struct column_view *view,                         \
					   const struct block *block, const uint32_t *map,         \
					   uint32_t *counts)                                       \
	{                                                                                          \
		const type *ordinals = view->ordinals;                                             \
		uint32_t limit = view->starts[view->document_count];                               \
		type flat[FLAT_DOCUMENTS * FLAT_STEP + FLAT_STEP];                                 \
		uint64_t without = 0;                                                              \
                                                                                                   \
		for (uint32_t row = 0; row < block->count;) {                                      \
			uint32_t count = 0, last = row + FLAT_DOCUMENTS;                           \
                                                                                                   \
			for (; row < last && row < block->count; row++) {                          \
				uint32_t from = view->starts[block->documents[row]];               \
				uint32_t length = view->starts[block->documents[row] + 1] - from;  \
                                                                                                   \
				without += length == 0;                                            \
				if (length <= FLAT_STEP && from + FLAT_STEP <= limit) {            \
					memcpy(flat + count, ordinals + from,                      \
					       FLAT_STEP * sizeof(type));                          \
					count += length;                                           \
					continue;                                                  \
				}                                                                  \
				for (uint32_t i = from; i < from + length; i++)                    \
					counts[mapped(map, ordinals[i])]++;                        \
			}                                                                          \
			for (uint32_t i = 0; i < count; i++)                                       \
				counts[mapped(map, flat[i])]++;                                    \
		}                                                                                  \
		return without;                                                                    \
	}

DEFINE_LOOPS(uint8_t)
DEFINE_LOOPS(uint16_t)
DEFINE_LOOPS(uint32_t)

/*
 * One value of few: the same counter comes again and again, and an addition would wait for the one before
 * to be stored. Four counters a value, taken in turn, do not.
 */
static uint64_t count_single_of_few(const struct column_view *view, const struct block *block,
				    const uint32_t *map, uint32_t *counts)
{
	const uint8_t *ordinals = view->ordinals;
	const uint32_t *documents = block->documents;
	uint32_t tables[4][UINT8_MAX + 1] = { 0 }, row = 0;

	for (; row + 4 <= block->count; row += 4)
		for (uint32_t i = 0; i < 4; i++)
			tables[i][ordinals[documents[row + i]]]++;
	for (; row < block->count; row++)
		tables[0][ordinals[documents[row]]]++;
	for (uint32_t i = 0; i < view->term_count; i++)
		counts[mapped(map, i)] += tables[0][i] + tables[1][i] + tables[2][i] + tables[3][i];
	row = view->none;
	return (uint64_t)tables[0][row] + tables[1][row] + tables[2][row] + tables[3][row];
}

enum { MANY_DOCUMENTS = 1024 /* fewer do not pay for four tables */ };

static uint64_t count_block(const struct column_view *view, const struct block *block,
			    const uint32_t *map, uint32_t *counts)
{
	if (view->width == 1 && !view->starts && block->count >= MANY_DOCUMENTS)
		return count_single_of_few(view, block, map, counts);
	if (view->width == 1)
		return view->starts ? count_lists_uint8_t(view, block, map, counts)
				    : count_single_uint8_t(view, block, map, counts);
	if (view->width == 2)
		return view->starts ? count_lists_uint16_t(view, block, map, counts)
				    : count_single_uint16_t(view, block, map, counts);
	return view->starts ? count_lists_uint32_t(view, block, map, counts)
			    : count_single_uint32_t(view, block, map, counts);
}

/* ---- One axis in one part of the documents. */

struct counting {
	const struct axis *axis;
	uint32_t *counts; /* of all segments */
	uint64_t without;
	struct column_view view;
	uint32_t *own; /* by segment ordinal, to be added to counts; NULL: counted straight there */
	bool is_dense; /* worth counting by segment ordinal first */
};

static void finish_segment(struct counting *counting)
{
	if (counting->own)
		for (uint32_t i = 0; i < counting->view.term_count; i++)
			counting->counts[counting->view.global[i]] += counting->own[i];
	memory_free(counting->own);
	counting->own = NULL;
}

static void start_segment(struct counting *counting, size_t segment)
{
	const struct axis *axis = counting->axis;

	finish_segment(counting);
	counting->view = snapshot_column(axis->snapshot, axis->dimension->column, segment);
	if (counting->view.global && counting->is_dense)
		counting->own = memory_alloc_zeroed(counting->view.term_count + 1,
						    sizeof(uint32_t));
}

static void take_block(struct counting *counting, const struct block *block)
{
	const struct column_view *view = &counting->view;
	const uint32_t *map = counting->own ? NULL : view->global;
	uint32_t *target = counting->own ? counting->own : counting->counts;

	counting->without += !view->ordinals || !view->term_count
				     ? block->count
				     : count_block(view, block, map, target);
}

/* ---- Parts of the documents, each on a thread. */

enum { PARTS_MAX = 8, PART_DOCUMENTS = 32768 /* fewer are not worth a thread */ };

struct part {
	struct block_walk walk;
	struct block *block;
	struct counting *countings;
	size_t count;
};

static void count_part(void *parts, size_t i)
{
	struct part *part = &((struct part *)parts)[i];
	size_t segment = SIZE_MAX;

	while (block_next(&part->walk, part->block)) {
		for (size_t k = 0; k < part->count && part->block->segment != segment; k++)
			start_segment(&part->countings[k], part->block->segment);
		segment = part->block->segment;
		for (size_t k = 0; k < part->count; k++)
			take_block(&part->countings[k], part->block);
	}
	for (size_t k = 0; k < part->count; k++)
		finish_segment(&part->countings[k]);
}

static size_t part_count(uint64_t documents, size_t thread_count)
{
	size_t parts = documents / PART_DOCUMENTS;

	parts = parts < thread_count ? parts : thread_count;
	parts = parts < PARTS_MAX ? parts : PARTS_MAX;
	return parts > 0 ? parts : 1;
}

/* The first part counts where the sum is wanted, the others beside. */
static struct counting *start_countings(struct arena *arena, const struct keyword_count *axes,
					size_t count, uint64_t documents, bool is_first)
{
	struct counting *countings = arena_array(arena, struct counting, count);

	for (size_t k = 0; k < count; k++) {
		size_t room = (size_t)axes[k].axis->size + 1;

		countings[k].axis = axes[k].axis;
		countings[k].is_dense = documents > axes[k].axis->size;
		countings[k].counts = is_first ? axes[k].counts
					       : arena_array(arena, uint32_t, room);
	}
	return countings;
}

/* Whole chunks, so that each part has about as many documents. */
static void share_chunks(struct part *parts, size_t count, const struct bitmap *documents)
{
	uint64_t all = bitmap_count(documents), sum = 0;
	size_t chunk = 0, end = bitmap_chunk_count(documents);

	for (size_t i = 0; i < count; i++) {
		parts[i].walk.chunk = chunk;
		while (chunk < end && sum * count < all * (i + 1))
			sum += bitmap_chunk_at(documents, chunk++).count;
		parts[i].walk.chunk_count = chunk;
	}
}

static void add_part(struct keyword_count *axes, const struct part *part, bool is_first)
{
	for (size_t k = 0; k < part->count; k++) {
		axes[k].without += part->countings[k].without;
		for (uint32_t i = 0; i < axes[k].axis->size && !is_first; i++)
			axes[k].counts[i] += part->countings[k].counts[i];
	}
}

void count_keywords(const struct bitmap *documents, struct keyword_count *axes, size_t count,
		    size_t thread_count)
{
	const struct snapshot *snapshot = axes[0].axis->snapshot;
	uint64_t size = bitmap_count(documents);
	size_t parts_count = part_count(size, thread_count);
	struct arena *scratch = arena_create(1 << 16);
	struct part *parts = arena_array(scratch, struct part, parts_count);

	for (size_t i = 0; i < parts_count; i++)
		parts[i] = (struct part){
			.walk = block_walk(snapshot, documents),
			.block = block_create(scratch),
			.countings = start_countings(scratch, axes, count, size / parts_count,
						     i == 0),
			.count = count,
		};
	share_chunks(parts, parts_count, documents);
	pool_run(parts_count, parts_count, count_part, parts);
	for (size_t i = 0; i < parts_count; i++)
		add_part(axes, &parts[i], i == 0);
	arena_destroy(scratch);
}
