#include "analyse/count.h"

#include "analyse/unit_internal.h"
#include "base/memory.h"

uint64_t count_documents_of(const struct analysis_input *input, struct arena *arena,
			    const struct bitmap *documents)
{
	struct weigher *weigher;
	struct block *block;
	struct block_walk walk;
	uint64_t count = 0;

	if (input->unit == UNIT_APPLICATION)
		return bitmap_count(documents);
	weigher = weigher_create(arena, input, documents);
	block = block_create(arena);
	walk = block_walk(input->snapshot, documents);
	while (block_next(&walk, block)) {
		weigher_take(weigher, block);
		for (uint32_t row = 0; row < block->count; row++)
			count += weigher_weight(weigher, row, 0);
	}
	return count;
}

uint64_t count_documents(const struct analysis_input *input, struct arena *arena)
{
	return count_documents_of(input, arena, input->documents);
}

/*
 * ---- One axis of a keyword column, documents as unit: the loops that answer facets. Counted by
 * the segment's ordinals when the set is large against the dictionary, else mapped one by one.
 */
#define SINGLE_LOOP(type)                                                                          \
	for (uint32_t row = 0; row < block->count; row++) {                                        \
		uint32_t ordinal = ((const type *)view->ordinals)[block->documents[row]];          \
                                                                                                   \
		if (ordinal == view->none)                                                         \
			without++;                                                                 \
		else                                                                               \
			counts[map ? map[ordinal] : ordinal]++;                                    \
	}

#define LIST_LOOP(type)                                                                            \
	for (uint32_t row = 0; row < block->count; row++) {                                        \
		uint32_t i = view->starts[block->documents[row]];                                  \
		uint32_t end = view->starts[block->documents[row] + 1];                            \
                                                                                                   \
		without += i == end;                                                               \
		for (; i < end; i++) {                                                             \
			uint32_t ordinal = ((const type *)view->ordinals)[i];                      \
                                                                                                   \
			counts[map ? map[ordinal] : ordinal]++;                                    \
		}                                                                                  \
	}

static uint64_t count_single(const struct column_view *view, const struct block *block,
			     const uint32_t *map, uint32_t *counts)
{
	uint64_t without = 0;

	if (view->width == 1)
		SINGLE_LOOP(uint8_t)
	else if (view->width == 2)
		SINGLE_LOOP(uint16_t)
	else
		SINGLE_LOOP(uint32_t)
	return without;
}

static uint64_t count_lists(const struct column_view *view, const struct block *block,
			    const uint32_t *map, uint32_t *counts)
{
	uint64_t without = 0;

	if (view->width == 1)
		LIST_LOOP(uint8_t)
	else if (view->width == 2)
		LIST_LOOP(uint16_t)
	else
		LIST_LOOP(uint32_t)
	return without;
}

/* The counts of one segment, waiting to be added to those of all. */
struct segment_counts {
	struct column_view view;
	size_t segment;
	uint32_t *own; /* by segment ordinal; NULL: counted straight into the whole */
	bool is_dense; /* worth counting by segment ordinal first */
};

static void segment_finish(struct segment_counts *counting, uint32_t *counts)
{
	if (counting->own)
		for (uint32_t i = 0; i < counting->view.term_count; i++)
			counts[counting->view.global[i]] += counting->own[i];
	memory_free(counting->own);
	counting->own = NULL;
}

static void segment_start(struct segment_counts *counting, const struct axis *axis, size_t segment)
{
	counting->view = snapshot_column(axis->snapshot, axis->dimension->column, segment);
	counting->segment = segment;
	if (counting->view.global && counting->is_dense)
		counting->own = memory_alloc_zeroed(counting->view.term_count + 1,
						    sizeof(uint32_t));
}

static uint64_t segment_count(const struct segment_counts *counting, const struct block *block,
			      uint32_t *counts)
{
	const struct column_view *view = &counting->view;
	const uint32_t *map = counting->own ? NULL : view->global;
	uint32_t *target = counting->own ? counting->own : counts;

	if (!view->ordinals || !view->term_count)
		return block->count;
	return view->starts ? count_lists(view, block, map, target)
			    : count_single(view, block, map, target);
}

static uint64_t count_keywords(const struct axis *axis, struct arena *arena,
			       const struct bitmap *documents, uint32_t *counts)
{
	struct segment_counts counting = { .segment = SIZE_MAX,
					   .is_dense = bitmap_count(documents) > axis->size };
	struct block *block = block_create(arena);
	struct block_walk walk = block_walk(axis->snapshot, documents);
	uint64_t without = 0;

	while (block_next(&walk, block)) {
		if (block->segment != counting.segment) {
			segment_finish(&counting, counts);
			segment_start(&counting, axis, block->segment);
		}
		without += segment_count(&counting, block, counts);
	}
	segment_finish(&counting, counts);
	return without;
}

static uint64_t documents_without(const struct column_view *view)
{
	uint64_t without = 0;

	if (view->starts)
		for (uint32_t i = 0; i < view->document_count; i++)
			without += view->starts[i] == view->starts[i + 1];
	return without;
}

static void add_totals(const struct column_view *view, uint32_t *counts, uint64_t *without_out)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < view->term_count; i++) {
		counts[view->global ? view->global[i] : i] += (uint32_t)view->totals[i];
		sum += view->totals[i];
	}
	if (without_out)
		*without_out += view->starts ? documents_without(view) : view->document_count - sum;
}

/* Reads the whole index' counts off the stored totals; false when that is not possible. */
static bool count_from_totals(const struct analysis_input *input, const struct axis *axis,
			      const struct bitmap *documents, uint32_t *counts,
			      uint64_t *without_out)
{
	size_t segments = snapshot_segment_count(input->snapshot);

	if (bitmap_count(documents) != snapshot_document_count(input->snapshot))
		return false;
	for (size_t i = 0; i < segments; i++) {
		struct column_view view = snapshot_column(input->snapshot, axis->dimension->column,
							  i);

		if (!view.totals || view.has_deleted)
			return false;
	}
	for (size_t i = 0; i < segments; i++) {
		struct column_view view = snapshot_column(input->snapshot, axis->dimension->column,
							  i);

		add_totals(&view, counts, without_out);
	}
	return true;
}

/* Any axis, any unit. */
static uint64_t count_weighed(const struct analysis_input *input, struct arena *arena,
			      const struct axis *axis, const struct bitmap *documents,
			      uint32_t *counts)
{
	struct weigher *weigher = weigher_create(arena, input, documents);
	struct gathered *gathered = gathered_create(arena);
	struct block *block = block_create(arena);
	struct block_walk walk = block_walk(input->snapshot, documents);
	uint64_t without = 0;

	while (block_next(&walk, block)) {
		weigher_take(weigher, block);
		axis_gather(axis, block, gathered);
		for (uint32_t row = 0; row < block->count; row++) {
			uint32_t i = gathered->starts[row];

			if (i == gathered->starts[row + 1])
				without += weigher_weight(weigher, row, axis->size);
			for (; i < gathered->starts[row + 1]; i++) {
				uint32_t value = gathered->values[i];

				counts[value] += weigher_weight(weigher, row, value);
			}
		}
	}
	return without;
}

static uint32_t *count_set(const struct analysis_input *input, struct arena *arena,
			   const struct axis *axis, const struct bitmap *documents,
			   uint64_t *without_out)
{
	uint32_t *counts = arena_array(arena, uint32_t, (size_t)axis->size + 1);
	uint64_t without = 0;

	if (without_out)
		*without_out = 0;
	if (input->unit == UNIT_APPLICATION && axis->dimension->kind == DIMENSION_KEYWORD) {
		if (count_from_totals(input, axis, documents, counts, without_out))
			return counts;
		without = count_keywords(axis, arena, documents, counts);
	} else {
		without = count_weighed(input, arena, axis, documents, counts);
	}
	if (without_out)
		*without_out = without;
	return counts;
}

uint32_t *count_values(const struct analysis_input *input, struct arena *arena,
		       const struct axis *axis, uint64_t *without_out)
{
	return count_set(input, arena, axis, input->documents, without_out);
}

uint32_t *count_values_of(const struct analysis_input *input, struct arena *arena,
			  const struct axis *axis, const struct bitmap *documents)
{
	return count_set(input, arena, axis, documents, NULL);
}
