#include "base/memory.h"
#include "index/positions_internal.h"
#include "index/snapshot_internal.h"

#include <string.h>

void positions_read(struct postings_cursor *cursor, struct position_list *list)
{
	struct byte_reader reader;
	uint32_t count = postings_frequency(cursor, &reader), last = 0;

	if (count > list->room) {
		list->room = count * (size_t)2;
		list->items = memory_resize(list->items,
					    memory_product(list->room, sizeof(*list->items)));
	}
	for (uint32_t i = 0; i < count; i++)
		list->items[i] = last += (uint32_t)read_position(&reader);
	list->count = reader.is_bad ? 0 : count;
}

/* ---- Cursors. */

struct posting_cursor {
	const struct snapshot *snapshot;
	struct arena *arena;
	unsigned column;
	struct str token;
	size_t segment; /* the one opened is the one before */
	uint32_t first, end;
	struct postings postings;
	struct postings_cursor inner;
	uint32_t document; /* found last, or DOCUMENT_NONE */
	struct position_list positions;
};

static void release_cursor(void *resource)
{
	struct posting_cursor *cursor = resource;

	memory_free(cursor->positions.items);
}

struct posting_cursor *index_cursor(const struct snapshot *snapshot, struct arena *arena,
				    unsigned column, struct str token)
{
	struct posting_cursor *cursor = arena_new(arena, struct posting_cursor);

	cursor->snapshot = snapshot;
	cursor->arena = arena;
	cursor->column = column;
	cursor->token = str_copy(arena, token);
	cursor->document = DOCUMENT_NONE;
	arena_defer(arena, release_cursor, cursor);
	return cursor;
}

/* Opens the next segment that has the token and does not end before wanted. */
static bool open_segment(struct posting_cursor *cursor, uint32_t wanted)
{
	const struct snapshot *snapshot = cursor->snapshot;

	while (cursor->segment < snapshot->segment_count) {
		const struct snapshot_segment *segment = &snapshot->segments[cursor->segment++];
		uint32_t term;

		cursor->first = segment->first;
		cursor->end = segment->first + segment->segment->document_count;
		if (cursor->end <= wanted)
			continue;
		term = segment_find_term(&segment->segment->columns[cursor->column], cursor->token);
		if (term != UINT32_MAX && segment_postings(segment->segment, cursor->column, term,
							   cursor->arena, &cursor->postings)) {
			postings_cursor_init(&cursor->inner, &cursor->postings);
			return true;
		}
	}
	cursor->end = 0;
	return false;
}

uint32_t cursor_seek(struct posting_cursor *cursor, uint32_t wanted)
{
	const struct bitmap *deleted = cursor->snapshot->deleted;

	if (cursor->document != DOCUMENT_NONE && cursor->document >= wanted)
		return cursor->document;
	cursor->document = DOCUMENT_NONE;
	while (cursor->end > wanted || open_segment(cursor, wanted)) {
		uint32_t from = wanted > cursor->first ? wanted - cursor->first : 0;
		uint32_t found = postings_seek(&cursor->inner, from);

		if (found == DOCUMENT_NONE) {
			wanted = wanted > cursor->end ? wanted : cursor->end;
			continue;
		}
		if (!bitmap_contains(deleted, cursor->first + found))
			return cursor->document = cursor->first + found;
		wanted = cursor->first + found + 1;
	}
	return DOCUMENT_NONE;
}

size_t cursor_positions(struct posting_cursor *cursor, const uint32_t **positions_out)
{
	cursor->positions.count = 0;
	if (cursor->document != DOCUMENT_NONE && cursor->postings.codes)
		positions_read(&cursor->inner, &cursor->positions);
	*positions_out = cursor->positions.items;
	return cursor->positions.count;
}
