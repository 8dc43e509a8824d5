/* What is done in another way for many documents: sets of bits, phrases by the batch, the newest by a guessed bound. */
#include "base/file.h"
#include "base/strbuf.h"
#include "index_model.h"
#include "query/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 20000, WORDS_MAX = 24, VOCABULARY = 9, FAR = 300, PHRASES = 60 };

struct many_document {
	uint8_t words[WORDS_MAX], count;
	bool is_far; /* behind FAR words that nothing is asked of */
	int64_t year;
};

static struct many_document many[MANY + 1]; /* by id */
static char folder[] = "test_many_XXXXXX";
static struct index *many_index;
static struct arena *arena;

/* Word 0 stands in most documents, often many times; the last in few. */
static uint8_t some_word(void)
{
	uint32_t rare = plain_chance(VOCABULARY);

	return (uint8_t)plain_chance(1 + plain_chance(1 + rare));
}

static void make_document(struct many_document *document)
{
	document->count = (uint8_t)plain_chance(WORDS_MAX);
	document->is_far = plain_chance(12) == 0;
	document->year = plain_chance(20) ? (int64_t)plain_chance(100000) : NUMBER_NONE;
	for (uint8_t i = 0; i < document->count; i++)
		document->words[i] = some_word();
}

static void put(struct index_writer *writer, int64_t id)
{
	const struct many_document *made = &many[id];
	struct cell_value cells[2] = { { .column = TITLE },
				       { .column = YEAR, .number = made->year } };
	struct document document = { id, cells, 2 };
	struct strbuf text = STRBUF_INIT;
	struct error error;

	for (int i = 0; made->is_far && i < FAR; i++)
		strbuf_add_cstr(&text, "x ");
	for (uint8_t i = 0; i < made->count; i++)
		strbuf_addf(&text, "w%u ", made->words[i]);
	cells[0].text = strbuf_str(&text);
	assert_true(index_write_put(writer, &document, &error));
	strbuf_release(&text);
}

static int start(void **state)
{
	struct index_writer *writer;
	struct error error;

	(void)state;
	arena = arena_create(1 << 16);
	assert_non_null(mkdtemp(folder));
	assert_true(index_open(folder, &plain_schema, &many_index, &error));
	assert_true(index_write_begin(many_index, NULL, &writer, &error));
	for (int64_t id = 1; id <= MANY; id++) {
		make_document(&many[id]);
		put(writer, id);
	}
	assert_true(index_write_commit(writer, 1, &error));
	return 0;
}

static int stop(void **state)
{
	struct error error;

	(void)state;
	index_close(many_index);
	arena_destroy(arena);
	return file_remove_tree(folder, &error) ? 0 : -1;
}

static bool has_words(const struct many_document *document, const uint8_t *words,
		      const uint32_t *offsets, size_t count)
{
	for (uint32_t from = 0; from < document->count; from++) {
		size_t i = 0;

		while (i < count && from + offsets[i] < document->count &&
		       document->words[from + offsets[i]] == words[i])
			i++;
		if (i == count)
			return true;
	}
	return false;
}

static void check_phrase(const struct snapshot *snapshot, const uint8_t *words,
			 const uint32_t *offsets, size_t count)
{
	const struct bitmap *found;
	struct str tokens[3];
	struct error error;

	for (size_t i = 0; i < count; i++)
		tokens[i] = str_of(arena_printf(arena, "w%u", words[i]));
	assert_true(index_phrase_documents(snapshot, arena, TITLE, tokens, offsets, count, NULL,
					   NULL, &found, &error));
	for (int64_t id = 1; id <= MANY; id++)
		if (bitmap_contains(found, snapshot_find_document(snapshot, id)) !=
		    has_words(&many[id], words, offsets, count))
			fail_msg("document %lld: %u %u at %u", (long long)id, words[0], words[1],
				 offsets[1]);
}

static void phrases(void **state)
{
	const struct snapshot *snapshot = index_acquire(many_index);

	(void)state;
	for (size_t i = 0; i < PHRASES; i++) {
		uint8_t words[3] = { some_word(), some_word(), some_word() };
		uint32_t offsets[3] = { 0, 1 + plain_chance(2), 0 };

		offsets[2] = offsets[1] + 1 + plain_chance(2);
		check_phrase(snapshot, words, offsets, 2 + i % 2);
	}
	index_release(snapshot);
}

struct dated {
	int64_t year;
	uint32_t document;
};

static int compare_dated(const void *left, const void *right)
{
	const struct dated *a = left, *b = right;

	if (a->year != b->year)
		return a->year > b->year ? -1 : 1;
	return a->document < b->document ? -1 : 1;
}

/* The documents of a set in the order of their years, as sorting all of them has it. */
static size_t sort_documents(const struct snapshot *snapshot, const struct bitmap *set,
			     struct dated *sorted)
{
	struct bitmap_walk walk = bitmap_walk(set);
	uint32_t document;
	size_t count = 0;

	while (bitmap_walk_next(&walk, &document))
		sorted[count++] = (struct dated){
			many[snapshot_document_id(snapshot, document)].year, document
		};
	qsort(sorted, count, sizeof(*sorted), compare_dated);
	return count;
}

static void check_largest(const struct snapshot *snapshot, const struct bitmap *set, size_t limit)
{
	static struct dated sorted[MANY];
	size_t all = sort_documents(snapshot, set, sorted), count;
	struct scored *best;

	query_largest(snapshot, set, YEAR, limit, arena, &best, &count);
	assert_int_equal(count, all < limit ? all : limit);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(best[i].document, sorted[i].document);
}

static void largest(void **state)
{
	const struct snapshot *snapshot = index_acquire(many_index);
	const struct bitmap *all = snapshot_documents(snapshot);
	/* the large years are not where the sample looks */
	const struct bitmap *uneven = bitmap_or(
		arena, bitmap_and(arena, all, bitmap_of_range(arena, 1000, 9500)),
		index_number_range_documents(snapshot, arena, YEAR, 99990, 100000));
	const struct bitmap *none = bitmap_and_not(arena, all,
						   index_column_documents(snapshot, arena, YEAR));

	(void)state;
	for (size_t limit = 0; limit < 300; limit = limit * 3 + 1) {
		check_largest(snapshot, all, limit);
		check_largest(snapshot, uneven, limit);
		check_largest(snapshot, none, limit);
	}
	check_largest(snapshot, all, MANY + 1);
	index_release(snapshot);
}

/* Few of many documents are ranked one by one, more by the bounds of blocks: with the same result. */
static void ranking(void **state)
{
	const struct snapshot *snapshot = index_acquire(many_index);
	const struct rank_term terms[] = { { TITLE, STR("w0"), 1 },
					   { TITLE, STR("w3"), 2 },
					   { TITLE, STR("w7"), 1 } };
	struct rank_request request = { .terms = terms, .term_count = 3, .limit = MANY };
	struct scored *all, *best;
	size_t all_count, count;
	struct error error;

	(void)state;
	assert_true(index_rank(snapshot, arena, &request, &all, &all_count, &error));
	request.limit = 10;
	for (uint32_t end = 16; end <= MANY; end *= 2) {
		size_t n = 0;

		request.within = bitmap_and(arena, snapshot_documents(snapshot),
					    bitmap_of_range(arena, 0, end));
		assert_true(index_rank(snapshot, arena, &request, &best, &count, &error));
		for (size_t i = 0; i < all_count && n < 10; i++) {
			if (all[i].document >= end)
				continue;
			assert_int_equal(best[n].document, all[i].document);
			assert_true(best[n].score == all[i].score);
			n++;
		}
		assert_int_equal(count, n);
	}
	index_release(snapshot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phrases),
		cmocka_unit_test(largest),
		cmocka_unit_test(ranking),
	};

	return cmocka_run_group_tests_name("many documents", tests, start, stop);
}
