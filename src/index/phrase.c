#include "base/memory.h"
#include "index/positions_internal.h"
#include "index/snapshot_internal.h"

/* Documents that have tokens at given distances from each other. */
enum { PHRASE_TOKENS_MAX = 4096, DOCUMENTS_PER_LOOK = 4096 };

struct phrase_token {
	struct str token;
	uint32_t offset;
	struct postings postings;
	struct postings_cursor cursor;
	struct position_list positions;
};

struct phrase {
	unsigned column;
	struct phrase_token *tokens; /* opened in a segment: the rarest first */
	size_t token_count;
	struct position_list starts; /* where the phrase may begin in the document at hand */
};

static void prepare_phrase(struct phrase *phrase, struct arena *arena, unsigned column,
			   const struct str *tokens, const uint32_t *offsets, size_t token_count)
{
	*phrase = (struct phrase){ .column = column, .token_count = token_count };
	phrase->tokens = arena_array(arena, struct phrase_token, token_count);
	for (size_t i = 0; i < token_count; i++) {
		phrase->tokens[i].token = tokens[i];
		phrase->tokens[i].offset = offsets[i];
	}
}

static void release_phrase(void *resource)
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
static bool open_tokens(struct phrase *phrase, const struct segment *segment, struct arena *arena)
{
	for (size_t i = 0; i < phrase->token_count; i++) {
		struct phrase_token *token = &phrase->tokens[i];
		uint32_t term = segment_find_term(&segment->columns[phrase->column], token->token);

		if (term == UINT32_MAX ||
		    !segment_postings(segment, phrase->column, term, arena, &token->postings))
			return false;
	}
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

/* ---- All documents. */

struct phrase_search {
	const struct snapshot *snapshot;
	const struct bitmap *within;
	const struct search_limits *limits;
	struct arena *scratch;
	struct phrase phrase;
	struct list found; /* uint32_t documents of the snapshot */
};

/* Documents of the snapshot that have all tokens, and lie within. */
static const struct bitmap *find_candidates(const struct phrase_search *search,
					    const struct snapshot_segment *segment)
{
	const struct bitmap *all = search->within;

	for (size_t i = 0; i < search->phrase.token_count; i++) {
		struct set_joiner joined = { search->scratch, LIST_OF(struct chunk) };
		const struct postings *postings = &search->phrase.tokens[i].postings;
		const struct bitmap *set;

		joiner_add(&joined, segment, postings->chunks, postings->chunk_count);
		set = joiner_finish(&joined, search->snapshot);
		all = all ? bitmap_and(search->scratch, all, set) : set;
	}
	return all;
}

/* Cursors move in ascending order only. */
static bool next_is_phrase(struct phrase *phrase, uint32_t document)
{
	for (size_t i = 0; i < phrase->token_count; i++)
		if (postings_seek(&phrase->tokens[i].cursor, document) != document)
			return false;
	return tokens_are_phrase(phrase);
}

static bool search_segment(struct phrase_search *search, const struct snapshot_segment *segment,
			   struct error *error)
{
	struct bitmap_walk walk;
	uint32_t document;
	unsigned n = 0;

	if (!open_tokens(&search->phrase, segment->segment, search->scratch))
		return true;
	walk = bitmap_walk(find_candidates(search, segment));
	while (bitmap_walk_next(&walk, &document)) {
		if (next_is_phrase(&search->phrase, document - segment->first))
			*(uint32_t *)list_add(&search->found) = document;
		if (++n % DOCUMENTS_PER_LOOK == 0 && !search_may_go_on(search->limits, error))
			return false;
	}
	return true;
}

bool index_phrase_documents(const struct snapshot *snapshot, struct arena *arena, unsigned column,
			    const struct str *tokens, const uint32_t *offsets, size_t token_count,
			    const struct bitmap *within, const struct search_limits *limits,
			    const struct bitmap **documents_out, struct error *error)
{
	struct phrase_search search = {
		.snapshot = snapshot, .within = within, .limits = limits, .found = LIST_OF(uint32_t)
	};
	bool done;

	*documents_out = bitmap_empty();
	if (token_count > PHRASE_TOKENS_MAX)
		return error_set(error, ERROR_LIMIT, "index.long_phrase", "%zu", token_count);
	done = search_may_go_on(limits, error);
	search.scratch = arena_create(1 << 16);
	prepare_phrase(&search.phrase, search.scratch, column, tokens, offsets, token_count);
	for (size_t i = 0; i < snapshot->segment_count && done && token_count > 0; i++)
		done = search_segment(&search, &snapshot->segments[i], error);
	if (done)
		*documents_out = bitmap_of(arena, search.found.items, search.found.count);
	release_phrase(&search.phrase);
	list_release(&search.found);
	arena_destroy(search.scratch);
	return done;
}

/* ---- Single documents. */

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

	prepare_phrase(phrase, check->arena, check->column, check->tokens, check->offsets,
		       check->token_count);
	arena_defer(check->arena, release_phrase, phrase);
	return open_tokens(phrase, check->snapshot->segments[i].segment, check->arena)
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
	for (size_t k = 0; k < phrase->token_count; k++) {
		struct phrase_token *token = &phrase->tokens[k];

		if (!postings_find(&token->postings, document - segment->first,
				   &token->cursor.rank))
			return false;
	}
	return tokens_are_phrase(phrase);
}
