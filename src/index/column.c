#include "base/memory.h"
#include "index/snapshot_internal.h"

#include <string.h>

/* ---- Global ordinals. */

static size_t count_terms(const struct snapshot *snapshot, unsigned column)
{
	size_t count = 0;

	for (size_t i = 0; i < snapshot->segment_count; i++)
		count += snapshot->segments[i].segment->columns[column].term_count;
	return count;
}

/* The segment whose next term is the least, or the number of segments. */
static size_t least_segment(const struct snapshot *snapshot, unsigned column, const uint32_t *next,
			    struct str *term_out)
{
	size_t least = snapshot->segment_count;

	for (size_t i = 0; i < snapshot->segment_count; i++) {
		const struct segment_column *data = &snapshot->segments[i].segment->columns[column];
		struct str term;

		if (next[i] >= data->term_count)
			continue;
		term = segment_term(data, next[i]);
		if (least == snapshot->segment_count || str_compare(term, *term_out) < 0) {
			least = i;
			*term_out = term;
		}
	}
	return least;
}

static void number_term(const struct snapshot *snapshot, unsigned column, struct str term,
			uint32_t *next, struct global_terms *globals)
{
	for (size_t i = 0; i < snapshot->segment_count; i++) {
		const struct segment_column *data = &snapshot->segments[i].segment->columns[column];

		if (next[i] < data->term_count && str_equal(segment_term(data, next[i]), term))
			globals->global[i][next[i]++] = globals->count;
	}
	globals->count++;
}

static const struct global_terms *build_globals(const struct snapshot *snapshot, unsigned column)
{
	struct arena *arena = snapshot->arena;
	struct global_terms *globals = arena_new(arena, struct global_terms);
	size_t most = count_terms(snapshot, column), least;
	uint32_t *next = memory_alloc_zeroed(snapshot->segment_count, sizeof(*next));
	struct str term = STR_EMPTY;

	globals->global = arena_array(arena, uint32_t *, snapshot->segment_count);
	globals->segments = arena_array(arena, uint16_t, most);
	globals->ordinals = arena_array(arena, uint32_t, most);
	for (size_t i = 0; i < snapshot->segment_count; i++)
		globals->global[i] = arena_array(
			arena, uint32_t, snapshot->segments[i].segment->columns[column].term_count);
	while ((least = least_segment(snapshot, column, next, &term)) < snapshot->segment_count) {
		globals->segments[globals->count] = (uint16_t)least;
		globals->ordinals[globals->count] = next[least];
		number_term(snapshot, column, term, next, globals);
	}
	memory_free(next);
	return globals;
}

const struct global_terms *snapshot_globals(const struct snapshot *held, unsigned column)
{
	struct snapshot *snapshot = (struct snapshot *)(uintptr_t)held;
	const struct global_terms *globals = atomic_load_explicit(&snapshot->globals[column],
								  memory_order_acquire);

	if (globals)
		return globals;
	pthread_mutex_lock(&snapshot->mutex);
	globals = atomic_load_explicit(&snapshot->globals[column], memory_order_acquire);
	if (!globals) {
		globals = build_globals(snapshot, column);
		atomic_store_explicit(&snapshot->globals[column], globals, memory_order_release);
	}
	pthread_mutex_unlock(&snapshot->mutex);
	return globals;
}

/* ---- Views and values. */

size_t snapshot_segment_count(const struct snapshot *snapshot)
{
	return snapshot->segment_count;
}

struct column_view snapshot_column(const struct snapshot *snapshot, unsigned column, size_t segment)
{
	const struct snapshot_segment *here = &snapshot->segments[segment];
	struct column_view view = segment_column_view(here->segment, column);

	view.first_document = here->first;
	view.has_deleted = here->has_deleted;
	if (snapshot->segment_count > 1 && view.term_count > 0)
		view.global = snapshot_globals(snapshot, column)->global[segment];
	return view;
}

uint32_t snapshot_term_count(const struct snapshot *snapshot, unsigned column)
{
	if (snapshot->segment_count == 0)
		return 0;
	if (snapshot->segment_count == 1)
		return snapshot->segments[0].segment->columns[column].term_count;
	return snapshot_globals(snapshot, column)->count;
}

struct str snapshot_term(const struct snapshot *snapshot, unsigned column, uint32_t global)
{
	const struct global_terms *globals;

	if (global >= snapshot_term_count(snapshot, column))
		return STR_EMPTY;
	if (snapshot->segment_count == 1)
		return segment_term(&snapshot->segments[0].segment->columns[column], global);
	globals = snapshot_globals(snapshot, column);
	return segment_term(&snapshot->segments[globals->segments[global]].segment->columns[column],
			    globals->ordinals[global]);
}

uint32_t snapshot_find_term(const struct snapshot *snapshot, unsigned column, struct str term)
{
	for (size_t i = 0; i < snapshot->segment_count; i++) {
		uint32_t found = segment_find_term(&snapshot->segments[i].segment->columns[column],
						   term);

		if (found == UINT32_MAX)
			continue;
		return snapshot->segment_count == 1
			       ? found
			       : snapshot_globals(snapshot, column)->global[i][found];
	}
	return UINT32_MAX;
}

int64_t snapshot_number(const struct snapshot *snapshot, unsigned column, uint32_t document)
{
	const struct snapshot_segment *segment = snapshot_segment_of(snapshot, document);
	struct column_view view = segment_column_view(segment->segment, column);

	return view_number(&view, document - segment->first);
}

size_t snapshot_ordinals(const struct snapshot *snapshot, struct arena *arena, unsigned column,
			 uint32_t document, const uint32_t **ordinals_out)
{
	const struct snapshot_segment *segment = snapshot_segment_of(snapshot, document);
	struct column_view view = snapshot_column(snapshot, column,
						  (size_t)(segment - snapshot->segments));
	uint32_t local = document - segment->first;
	uint32_t from = view.starts ? view.starts[local] : local;
	uint32_t to = view.starts ? view.starts[local + 1] : local + 1;
	uint32_t *ordinals = arena_array(arena, uint32_t, to - from);
	size_t n = 0;

	for (uint32_t i = from; i < to; i++) {
		uint32_t ordinal = view_ordinal(&view, i);

		if (view.starts || ordinal != view.none)
			ordinals[n++] = view.global ? view.global[ordinal] : ordinal;
	}
	*ordinals_out = ordinals;
	return n;
}
