#include "base/memory.h"
#include "index/snapshot_internal.h"

#include <string.h>

/* ---- Positions of one document. */

struct position_list {
	uint32_t *items;
	size_t count, room;
};

static void read_positions(struct postings_cursor *cursor, struct position_list *list)
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

/* ---- Phrases. */

enum { PHRASE_TOKENS_MAX = 4096, DOCUMENTS_PER_LOOK = 4096 };

struct phrase_token {
	struct str token;
	uint32_t offset;
	struct postings postings;
	struct postings_cursor cursor;
	struct position_list positions;
};

struct phrase {
	struct arena *arena;
	unsigned column;
	struct phrase_token *tokens; /* in each segment the rarest first */
	size_t token_count;
	const struct bitmap *within;
	const struct search_limits *limits;
	struct list found;           /* uint32_t documents of the snapshot */
	struct position_list starts; /* where the phrase may begin in the document at hand */
};

static int compare_counts(const void *a, const void *b)
{
	const struct phrase_token *x = a, *y = b;

	return (x->postings.count > y->postings.count) - (x->postings.count < y->postings.count);
}

/* False when the segment lacks one of the tokens. */
static bool open_tokens(struct phrase *phrase, const struct segment *segment, struct arena *scratch)
{
	for (size_t i = 0; i < phrase->token_count; i++) {
		struct phrase_token *token = &phrase->tokens[i];
		uint32_t term = segment_find_term(&segment->columns[phrase->column], token->token);

		if (term == UINT32_MAX ||
		    !segment_postings(segment, phrase->column, term, scratch, &token->postings))
			return false;
	}
	qsort(phrase->tokens, phrase->token_count, sizeof(*phrase->tokens), compare_counts);
	for (size_t i = 0; i < phrase->token_count; i++)
		postings_cursor_init(&phrase->tokens[i].cursor, &phrase->tokens[i].postings);
	return true;
}

/* Documents of the snapshot that have all tokens, and lie within. */
static const struct bitmap *find_candidates(const struct phrase *phrase,
					    const struct snapshot_segment *segment,
					    const struct snapshot *snapshot, struct arena *scratch)
{
	const struct bitmap *all = phrase->within;

	for (size_t i = 0; i < phrase->token_count; i++) {
		struct set_joiner joined = { scratch, LIST_OF(struct chunk) };
		const struct postings *postings = &phrase->tokens[i].postings;
		const struct bitmap *set;

		joiner_add(&joined, segment, postings->chunks, postings->chunk_count);
		set = joiner_finish(&joined, snapshot);
		all = all ? bitmap_and(scratch, all, set) : set;
	}
	return all;
}

/* Keeps of the possible beginnings those at which this token stands at its offset. */
static void keep_starts(struct position_list *starts, const struct phrase_token *token)
{
	const struct position_list *positions = &token->positions;
	size_t n = 0, j = 0;

	for (size_t i = 0; i < starts->count; i++) {
		uint64_t wanted = (uint64_t)starts->items[i] + token->offset;

		while (j < positions->count && positions->items[j] < wanted)
			j++;
		if (j < positions->count && positions->items[j] == wanted)
			starts->items[n++] = starts->items[i];
	}
	starts->count = n;
}

static void first_starts(struct phrase *phrase)
{
	struct phrase_token *token = &phrase->tokens[0];
	size_t n = 0;

	if (phrase->starts.room < token->positions.count) {
		phrase->starts.room = token->positions.room;
		phrase->starts.items = memory_resize(
			phrase->starts.items,
			memory_product(phrase->starts.room, sizeof(uint32_t)));
	}
	for (size_t i = 0; i < token->positions.count; i++)
		if (token->positions.items[i] >= token->offset)
			phrase->starts.items[n++] = token->positions.items[i] - token->offset;
	phrase->starts.count = n;
}

static bool document_has_phrase(struct phrase *phrase, uint32_t document)
{
	for (size_t i = 0; i < phrase->token_count; i++) {
		struct phrase_token *token = &phrase->tokens[i];

		if (postings_seek(&token->cursor, document) != document)
			return false;
		read_positions(&token->cursor, &token->positions);
		if (i == 0)
			first_starts(phrase);
		else
			keep_starts(&phrase->starts, token);
		if (phrase->starts.count == 0)
			return false;
	}
	return true;
}

static bool search_segment(struct phrase *phrase, const struct snapshot *snapshot,
			   const struct snapshot_segment *segment, struct arena *scratch,
			   struct error *error)
{
	struct bitmap_walk walk;
	uint32_t document;
	unsigned n = 0;

	if (!open_tokens(phrase, segment->segment, scratch))
		return true;
	walk = bitmap_walk(find_candidates(phrase, segment, snapshot, scratch));
	while (bitmap_walk_next(&walk, &document)) {
		if (document_has_phrase(phrase, document - segment->first))
			*(uint32_t *)list_add(&phrase->found) = document;
		if (++n % DOCUMENTS_PER_LOOK == 0 && !limits_hold(phrase->limits, error))
			return false;
	}
	return true;
}

static void release_phrase(struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->token_count; i++)
		memory_free(phrase->tokens[i].positions.items);
	memory_free(phrase->starts.items);
	list_release(&phrase->found);
}

bool index_phrase_documents(const struct snapshot *snapshot, struct arena *arena, unsigned column,
			    const struct str *tokens, const uint32_t *offsets, size_t token_count,
			    const struct bitmap *within, const struct search_limits *limits,
			    const struct bitmap **documents_out, struct error *error)
{
	struct phrase phrase = { .arena = arena,
				 .column = column,
				 .token_count = token_count,
				 .within = within,
				 .limits = limits,
				 .found = LIST_OF(uint32_t) };
	struct arena *scratch;
	bool done;

	*documents_out = bitmap_empty();
	if (token_count > PHRASE_TOKENS_MAX)
		return error_set(error, ERROR_LIMIT, "index.long_phrase", "%zu", token_count);
	done = limits_hold(limits, error);
	scratch = arena_create(1 << 16);
	phrase.tokens = arena_array(scratch, struct phrase_token, token_count);
	for (size_t i = 0; i < token_count; i++) {
		phrase.tokens[i].token = tokens[i];
		phrase.tokens[i].offset = offsets[i];
	}
	for (size_t i = 0; i < snapshot->segment_count && done && token_count > 0; i++)
		done = search_segment(&phrase, snapshot, &snapshot->segments[i], scratch, error);
	if (done)
		*documents_out = bitmap_of(arena, phrase.found.items, phrase.found.count);
	release_phrase(&phrase);
	arena_destroy(scratch);
	return done;
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
		read_positions(&cursor->inner, &cursor->positions);
	*positions_out = cursor->positions.items;
	return cursor->positions.count;
}
