#include "base/memory.h"
#include "index/phrase_internal.h"

void phrase_prepare(struct phrase *phrase, struct arena *arena, unsigned column,
		    const struct str *tokens, const uint32_t *offsets, size_t token_count)
{
	*phrase = (struct phrase){ .column = column, .token_count = token_count };
	phrase->tokens = arena_array(arena, struct phrase_token, token_count);
	for (size_t i = 0; i < token_count; i++) {
		phrase->tokens[i].token = tokens[i];
		phrase->tokens[i].offset = offsets[i];
	}
}

void phrase_release(void *resource)
{
	struct phrase *phrase = resource;

	for (size_t i = 0; i < phrase->token_count; i++)
		memory_free(phrase->tokens[i].positions.items);
	memory_free(phrase->starts.items);
}

static int compare_counts(const void *a, const void *b)
{
	const struct phrase_token *x = a, *y = b;

	return (x->postings.count > y->postings.count) - (x->postings.count < y->postings.count);
}

/* False when the segment lacks one of the tokens. */
static bool find_terms(struct phrase *phrase, const struct segment *segment)
{
	for (size_t i = 0; i < phrase->token_count; i++) {
		struct phrase_token *token = &phrase->tokens[i];

		token->term = segment_find_term(&segment->columns[phrase->column], token->token);
		if (token->term == UINT32_MAX)
			return false;
	}
	return true;
}

bool phrase_open(struct phrase *phrase, const struct segment *segment, struct arena *arena)
{
	if (!find_terms(phrase, segment))
		return false;
	for (size_t i = 0; i < phrase->token_count; i++)
		segment_expect_postings(segment, phrase->column, phrase->tokens[i].term);
	for (size_t i = 0; i < phrase->token_count; i++)
		if (!segment_postings(segment, phrase->column, phrase->tokens[i].term, arena,
				      &phrase->tokens[i].postings))
			return false;
	qsort(phrase->tokens, phrase->token_count, sizeof(*phrase->tokens), compare_counts);
	for (size_t i = 0; i < phrase->token_count; i++)
		postings_cursor_init(&phrase->tokens[i].cursor, &phrase->tokens[i].postings);
	return true;
}

/* ---- Positions. */

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

/* Of the document at which all cursors stand. */
static bool tokens_are_phrase(struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->token_count; i++) {
		struct phrase_token *token = &phrase->tokens[i];

		positions_read(&token->cursor, &token->positions);
		if (i == 0)
			first_starts(phrase);
		else
			keep_starts(&phrase->starts, token);
		if (phrase->starts.count == 0)
			return false;
	}
	return true;
}

bool phrase_holds(struct phrase *phrase, uint32_t document)
{
	for (size_t i = 0; i < phrase->token_count; i++) {
		struct phrase_token *token = &phrase->tokens[i];

		if (!postings_find(&token->postings, document, &token->cursor.rank))
			return false;
	}
	return tokens_are_phrase(phrase);
}

/* ---- Single documents of a snapshot. */

enum opened { OPENED_NOT_YET, OPENED, OPENED_LACKING };

struct phrase_check {
	const struct snapshot *snapshot;
	struct arena *arena;
	unsigned column;
	const struct str *tokens;
	const uint32_t *offsets;
	size_t token_count;
	struct phrase *phrases; /* by segment */
	enum opened *opened;
};

struct phrase_check *index_phrase_check(const struct snapshot *snapshot, struct arena *arena,
					unsigned column, const struct str *tokens,
					const uint32_t *offsets, size_t token_count)
{
	struct phrase_check *check = arena_new(arena, struct phrase_check);

	*check = (struct phrase_check){
		.snapshot = snapshot,
		.arena = arena,
		.column = column,
		.tokens = tokens,
		.offsets = offsets,
		.token_count = token_count,
		.phrases = arena_array(arena, struct phrase, snapshot->segment_count),
		.opened = arena_array(arena, enum opened, snapshot->segment_count),
	};
	return check;
}

static enum opened open_segment(struct phrase_check *check, size_t i)
{
	struct phrase *phrase = &check->phrases[i];

	phrase_prepare(phrase, check->arena, check->column, check->tokens, check->offsets,
		       check->token_count);
	arena_defer(check->arena, phrase_release, phrase);
	return phrase_open(phrase, check->snapshot->segments[i].segment, check->arena)
		       ? OPENED
		       : OPENED_LACKING;
}

bool phrase_check_holds(struct phrase_check *check, uint32_t document)
{
	const struct snapshot_segment *segment = snapshot_segment_of(check->snapshot, document);
	size_t i = (size_t)(segment - check->snapshot->segments);
	struct phrase *phrase = &check->phrases[i];

	if (check->opened[i] == OPENED_NOT_YET)
		check->opened[i] = open_segment(check, i);
	if (check->opened[i] == OPENED_LACKING)
		return false;
	return phrase_holds(phrase, document - segment->first);
}
