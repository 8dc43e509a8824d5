#include "index/term.h"
#include "base/utf8.h"
#include "index/scan_internal.h"
#include "index/snapshot_internal.h"

#include <string.h>

enum {
	TERMS_MAX_DEFAULT = 1 << 22,
	SCAN_TERMS_MIN = 64, /* a range of fewer keywords joins their sets */
	TERMS_PER_LOOK = 256 /* between two looks at the limits */
};

struct str str_prefix_end(struct arena *arena, struct str prefix)
{
	char *end;

	while (prefix.size > 0 && (unsigned char)prefix.data[prefix.size - 1] == 0xFF)
		prefix.size--;
	if (prefix.size == 0)
		return STR_EMPTY;
	end = arena_copy(arena, prefix.data, prefix.size);
	end[prefix.size - 1] = (char)((unsigned char)end[prefix.size - 1] + 1);
	return (struct str){ end, prefix.size };
}

static const struct segment_column *column_of(const struct snapshot *snapshot, size_t segment,
					      unsigned column)
{
	return &snapshot->segments[segment].segment->columns[column];
}

/* ---- One term. */

static bool is_one_character(struct str term)
{
	size_t at = 0;

	return term.size > 1 && utf8_is_cjk(utf8_next(term, &at)) && at == term.size;
}

const struct bitmap *index_term_documents(const struct snapshot *snapshot, struct arena *arena,
					  unsigned column, struct str term)
{
	struct set_joiner joined = { arena, LIST_OF(struct chunk) };
	struct postings postings;

	if (snapshot->segment_count > 0 && column_of(snapshot, 0, column)->kind == COLUMN_TEXT &&
	    is_one_character(term)) {
		const struct bitmap *documents = bitmap_empty();
		struct error error;

		if (!index_term_range_documents(snapshot, arena, column, term,
						str_prefix_end(arena, term), NULL, &documents,
						&error))
			return bitmap_empty();
		return documents;
	}
	for (size_t i = 0; i < snapshot->segment_count; i++) {
		const struct snapshot_segment *segment = &snapshot->segments[i];
		uint32_t found = segment_find_term(column_of(snapshot, i, column), term);

		if (found != UINT32_MAX &&
		    segment_postings(segment->segment, column, found, arena, &postings))
			joiner_add(&joined, segment, postings.chunks, postings.chunk_count);
	}
	return joiner_finish(&joined, snapshot);
}

uint64_t index_term_frequency(const struct snapshot *snapshot, unsigned column, struct str term)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < snapshot->segment_count; i++) {
		const struct segment_column *data = column_of(snapshot, i, column);
		uint32_t found = segment_find_term(data, term);

		sum += found != UINT32_MAX ? data->term_counts[found] : 0;
	}
	return sum;
}

/* ---- Ranges of terms. */

/* A range over one segment: the terms from `from` up to `to`. */
struct term_range {
	const struct snapshot_segment *segment;
	unsigned column;
	uint32_t from, to;
};

struct range_query {
	const struct snapshot *snapshot;
	struct arena *arena;
	const struct search_limits *limits;
	uint64_t terms_left;
	struct set_joiner joined;
};

static bool join_term(struct range_query *query, const struct term_range *range)
{
	struct postings postings;

	if (segment_postings(range->segment->segment, range->column, range->from, query->arena,
			     &postings))
		joiner_add(&query->joined, range->segment, postings.chunks, postings.chunk_count);
	return true;
}

/* Joins the sets of many terms in bits, chunk by chunk. */
static bool join_terms(struct range_query *query, const struct term_range *range,
		       struct error *error)
{
	uint32_t documents = range->segment->segment->document_count;
	struct arena *scratch = arena_create(1 << 14);
	struct document_words words = document_words_create(documents);
	bool done = true;

	for (uint32_t i = range->from; i < range->to && done; i++) {
		struct postings postings;

		if (segment_postings(range->segment->segment, range->column, i, scratch, &postings))
			for (size_t j = 0; j < postings.chunk_count; j++)
				chunk_add_to_bits(&postings.chunks[j],
						  words.words +
							  postings.chunks[j].key * CHUNK_WORDS);
		arena_reset(scratch);
		if ((i - range->from) % TERMS_PER_LOOK == TERMS_PER_LOOK - 1)
			done = search_may_go_on(query->limits, error);
	}
	arena_destroy(scratch);
	document_words_join(&words, range->segment, &query->joined);
	return done;
}

static bool join_range(struct range_query *query, const struct term_range *range,
		       struct error *error)
{
	uint32_t count = range->to - range->from;
	const struct segment_column *data = &range->segment->segment->columns[range->column];

	if (count == 0)
		return true;
	if (count == 1)
		return join_term(query, range);
	if (data->kind == COLUMN_KEYWORD && count >= SCAN_TERMS_MIN) {
		struct column_view view = segment_column_view(range->segment->segment,
							      range->column);
		struct document_words words = document_words_create(view.document_count);

		scan_ordinals(&view, range->from, range->to - 1, words.words);
		document_words_join(&words, range->segment, &query->joined);
		return search_may_go_on(query->limits, error);
	}
	if (count > query->terms_left)
		return error_set(error, ERROR_LIMIT, "index.too_many_terms", "%u", count);
	query->terms_left -= count;
	return join_terms(query, range, error);
}

bool index_term_range_documents(const struct snapshot *snapshot, struct arena *arena,
				unsigned column, struct str low, struct str end,
				const struct search_limits *limits,
				const struct bitmap **documents_out, struct error *error)
{
	struct range_query query = {
		.snapshot = snapshot,
		.arena = arena,
		.limits = limits,
		.terms_left = limits && limits->terms_max ? limits->terms_max : TERMS_MAX_DEFAULT,
		.joined = { arena, LIST_OF(struct chunk) },
	};
	bool done = search_may_go_on(limits, error);

	for (size_t i = 0; i < snapshot->segment_count && done; i++) {
		const struct segment_column *data = column_of(snapshot, i, column);
		struct term_range range = { &snapshot->segments[i], column,
					    segment_term_from(data, low), data->term_count };

		if (end.size > 0)
			range.to = segment_term_from(data, end);
		if (range.from < range.to)
			done = join_range(&query, &range, error);
	}
	*documents_out = joiner_finish(&query.joined, snapshot);
	return done;
}

/* ---- Numbers, and columns as a whole. */

const struct bitmap *index_number_range_documents(const struct snapshot *snapshot,
						  struct arena *arena, unsigned column, int64_t low,
						  int64_t high)
{
	struct set_joiner joined = { arena, LIST_OF(struct chunk) };

	for (size_t i = 0; i < snapshot->segment_count; i++) {
		struct column_view view = segment_column_view(snapshot->segments[i].segment,
							      column);
		struct document_words words = document_words_create(view.document_count);

		scan_numbers(&view, low, high, words.words);
		document_words_join(&words, &snapshot->segments[i], &joined);
	}
	return joiner_finish(&joined, snapshot);
}

static void scan_lengths(const struct segment *segment, const uint16_t *lengths, uint64_t *words)
{
	struct column_view view = { .document_count = segment->document_count,
				    .ordinals = lengths,
				    .width = 2 };

	if (lengths)
		scan_ordinals(&view, 1, UINT16_MAX, words);
}

const struct bitmap *index_column_documents(const struct snapshot *snapshot, struct arena *arena,
					    unsigned column)
{
	struct set_joiner joined = { arena, LIST_OF(struct chunk) };

	for (size_t i = 0; i < snapshot->segment_count; i++) {
		struct segment *segment = snapshot->segments[i].segment;
		const struct segment_column *data = &segment->columns[column];
		struct column_view view = segment_column_view(segment, column);
		struct document_words words = document_words_create(segment->document_count);

		if (data->kind == COLUMN_TEXT)
			scan_lengths(segment, data->lengths, words.words);
		else if (data->kind == COLUMN_NUMBER)
			scan_numbers(&view, INT64_MIN, INT64_MAX, words.words);
		else if (view.term_count > 0)
			scan_ordinals(&view, 0, view.term_count - 1, words.words);
		document_words_join(&words, &snapshot->segments[i], &joined);
	}
	return joiner_finish(&joined, snapshot);
}

/* ---- Walking a dictionary. */

struct each_term {
	const struct snapshot *snapshot;
	unsigned column;
	uint32_t *next; /* by segment */
	struct str prefix;
};

/* The least term at any segment's place that begins with the prefix; its documents; moves on. */
static bool next_term(struct each_term *each, struct str *term_out, uint64_t *documents_out)
{
	bool found = false;

	for (size_t i = 0; i < each->snapshot->segment_count; i++) {
		const struct segment_column *data = column_of(each->snapshot, i, each->column);
		struct str term;

		if (each->next[i] >= data->term_count)
			continue;
		term = segment_term(data, each->next[i]);
		if (!str_starts_with(term, each->prefix))
			continue;
		if (!found || str_compare(term, *term_out) < 0)
			*term_out = term;
		found = true;
	}
	*documents_out = 0;
	for (size_t i = 0; found && i < each->snapshot->segment_count; i++) {
		const struct segment_column *data = column_of(each->snapshot, i, each->column);

		if (each->next[i] < data->term_count &&
		    str_equal(segment_term(data, each->next[i]), *term_out))
			*documents_out += data->term_counts[each->next[i]++];
	}
	return found;
}

bool index_each_term(const struct snapshot *snapshot, unsigned column, struct str prefix,
		     const struct search_limits *limits, term_fn *visit, void *context,
		     struct error *error)
{
	struct arena *arena = arena_create(1024);
	struct each_term each = { snapshot, column,
				  arena_array(arena, uint32_t, snapshot->segment_count), prefix };
	uint64_t documents,
		most = limits && limits->terms_max ? limits->terms_max : TERMS_MAX_DEFAULT;
	struct str term;
	bool done = search_may_go_on(limits, error);

	for (size_t i = 0; i < snapshot->segment_count; i++)
		each.next[i] = segment_term_from(column_of(snapshot, i, column), prefix);
	for (uint64_t n = 1; done && next_term(&each, &term, &documents); n++) {
		if (n > most)
			done = error_set(error, ERROR_LIMIT, "index.too_many_terms", "%llu",
					 (unsigned long long)most);
		else if (!visit(context, term, documents))
			break;
		if (done && n % TERMS_PER_LOOK == 0)
			done = search_may_go_on(limits, error);
	}
	arena_destroy(arena);
	return done;
}
