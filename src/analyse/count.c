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

static uint64_t count_block(const struct column_view *view, const struct block *block,
			    const uint32_t *map, uint32_t *counts)
{
	if (view->width == 1)
		return view->starts ? count_lists_uint8_t(view, block, map, counts)
				    : count_single_uint8_t(view, block, map, counts);
	if (view->width == 2)
		return view->starts ? count_lists_uint16_t(view, block, map, counts)
				    : count_single_uint16_t(view, block, map, counts);
	return view->starts ? count_lists_uint32_t(view, block, map, counts)
			    : count_single_uint32_t(view, block, map, counts);
}

/* An axis being counted: the counts of one segment wait to be added to those of all. */
struct counting {
	const struct axis *axis;
	uint32_t *counts; /* of all segments */
	uint64_t without;
	struct column_view view;
	uint32_t *own; /* by segment ordinal; NULL: counted straight into the whole */
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

/* Several axes in one walk over the documents. */
static void count_keywords(struct arena *arena, const struct bitmap *documents,
			   struct counting *countings, size_t count)
{
	const struct snapshot *snapshot = countings[0].axis->snapshot;
	struct block *block = block_create(arena);
	struct block_walk walk = block_walk(snapshot, documents);
	uint64_t size = bitmap_count(documents);
	size_t segment = SIZE_MAX;

	for (size_t i = 0; i < count; i++)
		countings[i].is_dense = size > countings[i].axis->size;
	while (block_next(&walk, block)) {
		for (size_t i = 0; i < count && block->segment != segment; i++)
			start_segment(&countings[i], block->segment);
		segment = block->segment;
		for (size_t i = 0; i < count; i++)
			take_block(&countings[i], block);
	}
	for (size_t i = 0; i < count; i++)
		finish_segment(&countings[i]);
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
	struct counting counting;
	uint64_t without = 0;

	if (without_out)
		*without_out = 0;
	if (input->unit == UNIT_APPLICATION && axis->dimension->kind == DIMENSION_KEYWORD) {
		if (count_from_totals(input, axis, documents, counts, without_out))
			return counts;
		counting = (struct counting){ .axis = axis, .counts = counts };
		count_keywords(arena, documents, &counting, 1);
		without = counting.without;
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

void count_facets(const struct analysis_input *input, struct arena *arena, const struct axis *axes,
		  size_t axis_count, uint32_t **counts_out)
{
	struct counting *countings = arena_array(arena, struct counting, axis_count);
	size_t left = 0;

	for (size_t i = 0; i < axis_count; i++) {
		bool is_plain = input->unit == UNIT_APPLICATION &&
				axes[i].dimension->kind == DIMENSION_KEYWORD;

		counts_out[i] = is_plain ? arena_array(arena, uint32_t, (size_t)axes[i].size + 1)
					 : count_values(input, arena, &axes[i], NULL);
		if (is_plain &&
		    !count_from_totals(input, &axes[i], input->documents, counts_out[i], NULL))
			countings[left++] = (struct counting){ .axis = &axes[i],
							       .counts = counts_out[i] };
	}
	if (left > 0)
		count_keywords(arena, input->documents, countings, left);
}

uint32_t *count_values_of(const struct analysis_input *input, struct arena *arena,
			  const struct axis *axis, const struct bitmap *documents)
{
	return count_set(input, arena, axis, documents, NULL);
}
