#include "base/memory.h"
#include "index/snapshot_internal.h"

#include <string.h>

/*
 * ---- Global ordinals. One segment mostly has nearly all terms: the others' terms, in order, are looked
 * up in it, and what lies between them there is numbered in runs.
 */
struct numbering {
	const struct snapshot *snapshot;
	unsigned column;
	size_t most;    /* the segment with the most terms */
	uint32_t *next; /* by segment: its next term without a number */
	struct global_terms *globals;
};

static const struct segment_column *column_of(const struct numbering *numbering, size_t segment)
{
	return &numbering->snapshot->segments[segment].segment->columns[numbering->column];
}

/* The least next term of all segments but that with the most; false behind the last. */
static bool least_term(const struct numbering *numbering, struct str *least_out)
{
	bool found = false;

	for (size_t i = 0; i < numbering->snapshot->segment_count; i++) {
		const struct segment_column *data = column_of(numbering, i);
		struct str term;

		if (i == numbering->most || numbering->next[i] >= data->term_count)
			continue;
		term = segment_term(data, numbering->next[i]);
		if (!found || str_compare(term, *least_out) < 0)
			*least_out = term;
		found = true;
	}
	return found;
}

/* Numbers the terms of the segment with the most up to `end`, which no other segment has. */
static void number_run(struct numbering *numbering, uint32_t end)
{
	struct global_terms *globals = numbering->globals;
	uint32_t *global = globals->global[numbering->most];

	for (uint32_t i = numbering->next[numbering->most]; i < end; i++) {
		globals->segments[globals->count] = (uint16_t)numbering->most;
		globals->ordinals[globals->count] = i;
		global[i] = globals->count++;
	}
	if (end > numbering->next[numbering->most]) /* a damaged dictionary has no order */
		numbering->next[numbering->most] = end;
}

static void number_term(struct numbering *numbering, struct str term)
{
	struct global_terms *globals = numbering->globals;

	for (size_t i = 0; i < numbering->snapshot->segment_count; i++) {
		const struct segment_column *data = column_of(numbering, i);

		if (numbering->next[i] >= data->term_count ||
		    !str_equal(segment_term(data, numbering->next[i]), term))
			continue;
		globals->segments[globals->count] = (uint16_t)i;
		globals->ordinals[globals->count] = numbering->next[i];
		globals->global[i][numbering->next[i]++] = globals->count;
	}
	globals->count++;
}

static void number_all(struct numbering *numbering)
{
	const struct segment_column *data = column_of(numbering, numbering->most);
	struct str term = STR_EMPTY;

	while (least_term(numbering, &term)) {
		number_run(numbering, segment_term_from(data, term));
		number_term(numbering, term);
	}
	number_run(numbering, data->term_count);
}

static const struct global_terms *build_globals(const struct snapshot *snapshot, unsigned column)
{
	struct arena *arena = snapshot->arena;
	struct global_terms *globals = arena_new(arena, struct global_terms);
	struct numbering numbering = { .snapshot = snapshot, .column = column, .globals = globals };
	size_t all = 0;

	globals->global = arena_array(arena, uint32_t *, snapshot->segment_count);
	for (size_t i = 0; i < snapshot->segment_count; i++) {
		uint32_t count = column_of(&numbering, i)->term_count;

		globals->global[i] = arena_array(arena, uint32_t, count);
		all += count;
		if (count > column_of(&numbering, numbering.most)->term_count)
			numbering.most = i;
	}
	globals->segments = arena_array(arena, uint16_t, all);
	globals->ordinals = arena_array(arena, uint32_t, all);
	numbering.next = memory_alloc_zeroed(snapshot->segment_count, sizeof(uint32_t));
	number_all(&numbering);
	memory_free(numbering.next);
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

uint32_t snapshot_segment_first(const struct snapshot *snapshot, size_t segment)
{
	return snapshot->segments[segment].first;
}

uint32_t snapshot_segment_size(const struct snapshot *snapshot, size_t segment)
{
	return snapshot->segments[segment].segment->document_count;
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
