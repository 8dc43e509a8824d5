#include "analyse/count_internal.h"

#include "analyse/unit_internal.h"

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
	struct keyword_count counted = { .axis = axis, .counts = counts };
	uint64_t without = 0;

	if (without_out)
		*without_out = 0;
	if (input->unit == UNIT_APPLICATION && axis->dimension->kind == DIMENSION_KEYWORD) {
		if (count_from_totals(input, axis, documents, counts, without_out))
			return counts;
		count_keywords(documents, &counted, 1, input->thread_count);
		without = counted.without;
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
	struct keyword_count *counted = arena_array(arena, struct keyword_count, axis_count);
	size_t left = 0;

	for (size_t i = 0; i < axis_count; i++) {
		bool is_plain = input->unit == UNIT_APPLICATION &&
				axes[i].dimension->kind == DIMENSION_KEYWORD;

		counts_out[i] = is_plain ? arena_array(arena, uint32_t, (size_t)axes[i].size + 1)
					 : count_values(input, arena, &axes[i], NULL);
		if (is_plain &&
		    !count_from_totals(input, &axes[i], input->documents, counts_out[i], NULL))
			counted[left++] = (struct keyword_count){ .axis = &axes[i],
								  .counts = counts_out[i] };
	}
	if (left > 0)
		count_keywords(input->documents, counted, left, input->thread_count);
}

uint32_t *count_values_of(const struct analysis_input *input, struct arena *arena,
			  const struct axis *axis, const struct bitmap *documents)
{
	return count_set(input, arena, axis, documents, NULL);
}
