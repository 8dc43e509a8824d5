#include "base/memory.h"
#include "index/index_internal.h"
#include "index/segment_write_internal.h"

#include <string.h>

/* Documents of the sources in their order, without the deleted ones, are those of the result. */
struct merge {
	const struct index_schema *schema;
	size_t count;
	const struct segment **sources;
	uint32_t **renumbered; /* by source and document: its new number, or DOCUMENT_NONE */
	uint32_t document_count;
	struct segment_writer writer;
	struct arena *scratch; /* emptied after each term */
};

static void renumber(struct merge *merge, const struct snapshot *snapshot, const size_t *chosen,
		     struct arena *arena)
{
	merge->sources = arena_array(arena, const struct segment *, merge->count);
	merge->renumbered = arena_array(arena, uint32_t *, merge->count);
	for (size_t i = 0; i < merge->count; i++) {
		const struct snapshot_segment *segment = &snapshot->segments[chosen[i]];
		uint32_t count = segment->segment->document_count;
		uint32_t *numbers = arena_array(arena, uint32_t, count);

		for (uint32_t j = 0; j < count; j++)
			numbers[j] = segment->has_deleted && bitmap_contains(snapshot->deleted,
									     segment->first + j)
					     ? DOCUMENT_NONE
					     : merge->document_count++;
		merge->sources[i] = segment->segment;
		merge->renumbered[i] = numbers;
	}
}

static void merge_ids(struct merge *merge)
{
	uint32_t *ids = memory_alloc(memory_product(merge->document_count, sizeof(*ids)));

	for (size_t i = 0; i < merge->count; i++)
		for (uint32_t j = 0; j < merge->sources[i]->document_count; j++)
			if (merge->renumbered[i][j] != DOCUMENT_NONE)
				ids[merge->renumbered[i][j]] = merge->sources[i]->ids[j];
	segment_write_ids(&merge->writer, ids);
	memory_free(ids);
}

/* ---- Walking several sorted dictionaries as one. */

struct term_walk {
	struct merge *merge;
	unsigned column;
	uint32_t *next; /* by source */
	struct str term;
	bool *has_term; /* by source: next stands at term */
};

static struct term_walk term_walk(struct merge *merge, unsigned column)
{
	return (struct term_walk){
		.merge = merge,
		.column = column,
		.next = memory_alloc_zeroed(merge->count, sizeof(uint32_t)),
		.has_term = memory_alloc_zeroed(merge->count, sizeof(bool)),
	};
}

static void term_walk_release(struct term_walk *walk)
{
	memory_free(walk->next);
	memory_free(walk->has_term);
}

static bool term_walk_next(struct term_walk *walk)
{
	bool found = false;

	for (size_t i = 0; i < walk->merge->count; i++) {
		const struct segment_column *column =
			&walk->merge->sources[i]->columns[walk->column];
		struct str term;
		int order;

		walk->next[i] += walk->has_term[i];
		walk->has_term[i] = false;
		if (walk->next[i] >= column->term_count)
			continue;
		term = segment_term(column, walk->next[i]);
		order = found ? str_compare(term, walk->term) : -1;
		if (order < 0)
			memset(walk->has_term, 0, i * sizeof(bool));
		/* has_term of earlier sources is cleared without moving them: they come again */
		if (order <= 0) {
			walk->has_term[i] = true;
			walk->term = term;
		}
		found = true;
	}
	return found;
}

/* ---- Text. */

static const uint16_t *merge_lengths(struct merge *merge, unsigned column)
{
	uint16_t *lengths = memory_alloc_zeroed(merge->document_count, sizeof(*lengths));

	for (size_t i = 0; i < merge->count; i++) {
		const uint16_t *source = merge->sources[i]->columns[column].lengths;

		for (uint32_t j = 0; source && j < merge->sources[i]->document_count; j++)
			if (merge->renumbered[i][j] != DOCUMENT_NONE)
				lengths[merge->renumbered[i][j]] = source[j];
	}
	return lengths;
}

/* The encoded positions of the document found, as they stand. */
static struct str encoded_positions(struct postings_cursor *cursor, uint32_t *frequency_out)
{
	struct byte_reader reader;
	uint32_t frequency = postings_frequency(cursor, &reader);
	const uint8_t *from = cursor->at;

	skip_positions(&reader, frequency);
	*frequency_out = reader.is_bad ? 0 : frequency;
	cursor->at = reader.at;
	cursor->is_bad = reader.is_bad;
	cursor->next_rank = cursor->rank + 1;
	return (struct str){ (const char *)from, (size_t)(reader.at - from) };
}

/* False for a record that is not what was written. */
static bool copy_postings(struct merge *merge, size_t source, unsigned column, uint32_t term)
{
	const uint32_t *renumbered = merge->renumbered[source];
	struct postings_cursor cursor;
	struct postings postings;

	if (!segment_postings(merge->sources[source], column, term, merge->scratch, &postings))
		return false;
	postings_cursor_init(&cursor, &postings);
	for (uint32_t document = postings_seek(&cursor, 0); document != DOCUMENT_NONE;
	     document = postings_seek(&cursor, document + 1)) {
		struct str encoded;
		uint32_t frequency;

		if (renumbered[document] == DOCUMENT_NONE)
			continue;
		encoded = encoded_positions(&cursor, &frequency);
		if (frequency == 0)
			return false;
		postings_add_positions(&merge->writer.postings, renumbered[document], frequency,
				       encoded.data, encoded.size);
	}
	return true;
}

static bool merge_text_terms(struct merge *merge, unsigned column)
{
	struct term_walk walk = term_walk(merge, column);
	bool sound = true;

	while (sound && term_walk_next(&walk)) {
		for (size_t i = 0; i < merge->count && sound; i++)
			if (walk.has_term[i])
				sound = copy_postings(merge, i, column, walk.next[i]);
		if (sound && merge->writer.postings.documents.count > 0)
			terms_add(&merge->writer, walk.term);
		arena_reset(merge->scratch);
	}
	term_walk_release(&walk);
	return sound;
}

static bool merge_text(struct merge *merge, unsigned column)
{
	const uint16_t *lengths;
	bool sound = true, has_terms = false;

	for (size_t i = 0; i < merge->count; i++)
		has_terms |= merge->sources[i]->columns[column].term_count > 0;
	if (!has_terms)
		return true;
	lengths = merge_lengths(merge, column);
	terms_begin(&merge->writer, column, lengths);
	sound = merge_text_terms(merge, column);
	terms_end(&merge->writer);
	if (merge->writer.metas[column].term_count > 0)
		segment_write_lengths(&merge->writer, column, lengths);
	memory_free((void *)(uintptr_t)lengths);
	return sound;
}

/* ---- Keywords: the union of the dictionaries, then every document's ordinals in it. */

struct keyword_union {
	struct list terms;     /* struct str, in the sources */
	uint32_t **translated; /* by source: its ordinals in the union, or UINT32_MAX */
};

/* A term that no live document has any more is left out. */
static bool *find_used(const struct merge *merge, size_t source, const struct column_view *view)
{
	bool *used = memory_alloc_zeroed(view->term_count + UINT64_C(1), sizeof(*used));

	for (uint32_t i = 0; i < view->document_count; i++) {
		uint32_t from = view->starts ? view->starts[i] : i;
		uint32_t to = view->starts ? view->starts[i + 1] : i + 1;

		for (uint32_t j = from; j < to && merge->renumbered[source][i] != DOCUMENT_NONE;
		     j++)
			used[view_ordinal(view, j)] = true;
	}
	return used;
}

static struct column_view source_view(const struct merge *merge, size_t source, unsigned column)
{
	return segment_column_view((struct segment *)(uintptr_t)merge->sources[source], column);
}

static struct keyword_union unite_terms(struct merge *merge, unsigned column, struct arena *arena)
{
	struct keyword_union all = { .terms = LIST_OF(struct str) };
	struct term_walk walk = term_walk(merge, column);
	bool **used = arena_array(arena, bool *, merge->count);

	all.translated = arena_array(arena, uint32_t *, merge->count);
	for (size_t i = 0; i < merge->count; i++) {
		struct column_view view = source_view(merge, i, column);

		used[i] = find_used(merge, i, &view);
		all.translated[i] = arena_array(arena, uint32_t, view.term_count + UINT64_C(1));
	}
	while (term_walk_next(&walk)) {
		bool any = false;

		for (size_t i = 0; i < merge->count; i++) {
			if (!walk.has_term[i])
				continue;
			any |= used[i][walk.next[i]];
			all.translated[i][walk.next[i]] = (uint32_t)all.terms.count;
		}
		if (any)
			*(struct str *)list_add(&all.terms) = walk.term;
	}
	for (size_t i = 0; i < merge->count; i++)
		memory_free(used[i]);
	term_walk_release(&walk);
	return all;
}

static void count_values(const struct merge *merge, unsigned column, uint32_t *starts)
{
	for (size_t i = 0; i < merge->count; i++) {
		struct column_view view = source_view(merge, i, column);

		for (uint32_t j = 0; j < view.document_count; j++) {
			uint32_t document = merge->renumbered[i][j];

			if (document == DOCUMENT_NONE)
				continue;
			starts[document + 1] = view.starts ? view.starts[j + 1] - view.starts[j]
							   : view_ordinal(&view, j) != view.none;
		}
	}
	for (uint32_t i = 0; i < merge->document_count; i++)
		starts[i + 1] += starts[i];
}

static void translate_values(const struct merge *merge, unsigned column,
			     const struct keyword_union *all, const uint32_t *starts,
			     uint32_t *ordinals)
{
	for (size_t i = 0; i < merge->count; i++) {
		struct column_view view = source_view(merge, i, column);

		for (uint32_t j = 0; j < view.document_count; j++) {
			uint32_t document = merge->renumbered[i][j], from, count;

			if (document == DOCUMENT_NONE)
				continue;
			from = view.starts ? view.starts[j] : j;
			count = starts[document + 1] - starts[document];
			for (uint32_t k = 0; k < count; k++)
				ordinals[starts[document] + k] =
					all->translated[i][view_ordinal(&view, from + k)];
		}
	}
}

static void merge_keyword(struct merge *merge, unsigned column)
{
	struct arena *arena = arena_create(1 << 16);
	struct keyword_union all = unite_terms(merge, column, arena);
	uint32_t *starts = arena_array(arena, uint32_t, merge->document_count + UINT64_C(1));
	uint32_t *ordinals;

	count_values(merge, column, starts);
	ordinals = arena_array(arena, uint32_t, starts[merge->document_count] + UINT64_C(1));
	translate_values(merge, column, &all, starts, ordinals);
	segment_write_keyword(&merge->writer, column,
			      &(struct keyword_values){ all.terms.items, (uint32_t)all.terms.count,
							starts, ordinals });
	list_release(&all.terms);
	arena_destroy(arena);
}

static void merge_number(struct merge *merge, unsigned column)
{
	int64_t *numbers = memory_alloc(memory_product(merge->document_count, sizeof(*numbers)));

	for (size_t i = 0; i < merge->count; i++) {
		struct column_view view = source_view(merge, i, column);

		for (uint32_t j = 0; j < view.document_count; j++)
			if (merge->renumbered[i][j] != DOCUMENT_NONE)
				numbers[merge->renumbered[i][j]] = view_number(&view, j);
	}
	segment_write_number(&merge->writer, column, numbers);
	memory_free(numbers);
}

static bool merge_columns(struct merge *merge)
{
	merge_ids(merge);
	for (unsigned i = 0; i < merge->schema->column_count; i++) {
		if (merge->schema->columns[i].kind == COLUMN_KEYWORD)
			merge_keyword(merge, i);
		else if (merge->schema->columns[i].kind == COLUMN_NUMBER)
			merge_number(merge, i);
		else if (!merge_text(merge, i))
			return false;
	}
	return true;
}

bool merge_segments(const struct snapshot *snapshot, const struct index_schema *schema,
		    const size_t *chosen, size_t count, const char *path, uint64_t *documents_out,
		    struct error *error)
{
	struct arena *arena = arena_create(1 << 16);
	struct merge merge = { .schema = schema, .count = count };
	bool done = false;

	/* What is copied gets a new checksum: damage must not pass for sound. */
	for (size_t i = 0; i < count; i++)
		if (!segment_verify(snapshot->segments[chosen[i]].segment, error)) {
			arena_destroy(arena);
			return false;
		}
	renumber(&merge, snapshot, chosen, arena);
	merge.scratch = arena_create(1 << 16);
	*documents_out = merge.document_count;
	if (segment_writer_create(&merge.writer, path, schema, merge.document_count, error)) {
		if (merge_columns(&merge)) {
			done = segment_writer_finish(&merge.writer, error);
		} else {
			segment_writer_abandon(&merge.writer);
			segment_corrupt(error, path);
		}
	}
	arena_destroy(merge.scratch);
	arena_destroy(arena);
	return done;
}
