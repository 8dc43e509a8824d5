/*
 * Queries that ask for too much: all of them look at their limits while they work, and end with an
 * error that says so. Counting the looks in place of the time makes this exact.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "query/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { DOCUMENTS = 400, WORDS = 250, PHRASES = 5000 };

struct fixture {
	struct arena *arena;
	char folder[32];
	struct index *index;
	const struct snapshot *snapshot;
};

static void check(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s %s", error->key, error->detail);
}

/* Every document has words of its own, "w000000" and on, and a few that all have. */
static void put_document(struct index_writer *writer, int64_t id)
{
	struct strbuf text = STRBUF_INIT;
	struct cell_value cell = { .column = COL_TITLE };
	struct document document = { id, &cell, 1 };
	struct error error;

	for (int64_t i = 0; i < WORDS; i++)
		strbuf_addf(&text, "w%06d ", (int)(id * WORDS + i));
	strbuf_add_cstr(&text, "pump valve pump seal valve");
	cell.text = strbuf_str(&text);
	check(index_write_put(writer, &document, &error), &error);
	strbuf_release(&text);
}

static int make(void **state)
{
	static struct fixture fixture;
	struct index_writer *writer;
	struct error error;

	fixture.arena = arena_create(1 << 16);
	snprintf(fixture.folder, sizeof(fixture.folder), "test_limits_XXXXXX");
	if (!mkdtemp(fixture.folder))
		abort();
	check(index_open(fixture.folder, &patent_schema, &fixture.index, &error), &error);
	check(index_write_begin(fixture.index, NULL, &writer, &error), &error);
	for (int64_t id = 1; id <= DOCUMENTS; id++)
		put_document(writer, id);
	check(index_write_commit(writer, 1, &error), &error);
	fixture.snapshot = index_acquire(fixture.index);
	*state = &fixture;
	return 0;
}

static int removed(void **state)
{
	struct fixture *fixture = *state;
	struct error error;

	index_release(fixture->snapshot);
	index_close(fixture->index);
	check(file_remove_tree(fixture->folder, &error), &error);
	arena_destroy(fixture->arena);
	return 0;
}

/* ---- Queries that take long. */

static const char *many_phrases(struct arena *arena)
{
	struct strbuf text = STRBUF_INIT;
	const char *copy;

	strbuf_add_cstr(&text, "TI=(");
	for (int i = 0; i < PHRASES; i++)
		strbuf_addf(&text, "%s\"w%06d w%06d\"", i ? " OR " : "", WORDS + i * 2,
			    WORDS + i * 2 + 1);
	strbuf_add_byte(&text, ')');
	copy = arena_copy(arena, text.data, text.size);
	strbuf_release(&text);
	return copy;
}

static struct str long_query(struct arena *arena, size_t i)
{
	static const char *const queries[] = {
		"TI=(w*)",
		"TI=(w*1)",
		"TI=(w00* $W5 pump)",
		"TI=(\"pump valve\" AND \"valve pump\" NOT (pump $PRE2 seal))",
	};

	if (i == sizeof(queries) / sizeof(queries[0]))
		return str_of(many_phrases(arena));
	return i < sizeof(queries) / sizeof(queries[0]) ? str_of(queries[i]) : STR_EMPTY;
}

struct looks {
	uint64_t count, allowed;
};

static bool look(void *context, struct error *error)
{
	struct looks *looks = context;

	return looks->count++ < looks->allowed ||
	       error_set(error, ERROR_CANCELLED, "index.cancelled", " ");
}

static bool run(const struct fixture *fixture, struct str text, struct search_limits *limits,
		uint64_t *hits_out, struct error *error)
{
	struct arena *arena = arena_create(1 << 16);
	const struct bitmap *found = bitmap_empty();
	struct scored *best;
	struct query *query;
	size_t count;
	bool done;

	limits->arena = arena;
	check(query_parse(arena, text, NULL, &query, error), error);
	done = query_run(fixture->snapshot, query, limits, arena, &found, error) &&
	       query_rank(fixture->snapshot, query, found, 10, limits, arena, &best, &count,
			  error) &&
	       query_best(fixture->snapshot, query, 10, limits, arena, &best, &count, error);
	*hits_out = done ? bitmap_count(found) : 0;
	arena_destroy(arena);
	return done;
}

static uint64_t looks_of(const struct fixture *fixture, struct str text, uint64_t *hits_out)
{
	struct looks looks = { 0, UINT64_MAX };
	struct search_limits limits = { .may_go_on = look, .context = &looks };
	struct error error;

	check(run(fixture, text, &limits, hits_out, &error), &error);
	return looks.count;
}

static void they_look_often(void **state)
{
	const struct fixture *fixture = *state;
	uint64_t hits;

	assert_true(looks_of(fixture, STR("TI=(w*)"), &hits) > DOCUMENTS * WORDS / 1024);
	assert_int_equal(hits, DOCUMENTS);
	assert_true(looks_of(fixture, STR("TI=(w*1)"), &hits) > DOCUMENTS * WORDS / 1024);
	assert_int_equal(hits, DOCUMENTS);
	assert_true(looks_of(fixture, str_of(many_phrases(fixture->arena)), &hits) > PHRASES);
	assert_int_equal(hits, PHRASES * 2 / WORDS);
}

/* Wherever it is cancelled, it ends with that error and leaves nothing behind. */
static void they_end_where_they_are_cancelled(void **state)
{
	const struct fixture *fixture = *state;
	struct arena *arena = arena_create(1 << 16);
	uint64_t hits;

	for (size_t i = 0; long_query(arena, i).size > 0; i++) {
		struct str text = long_query(arena, i);
		uint64_t all = looks_of(fixture, text, &hits), step = all / 40 + 1;

		for (uint64_t allowed = 0; allowed < all; allowed += step) {
			struct looks looks = { 0, allowed };
			struct search_limits limits = { .may_go_on = look, .context = &looks };
			struct error error;

			assert_false(run(fixture, text, &limits, &hits, &error));
			assert_int_equal(error.kind, ERROR_CANCELLED);
			assert_int_equal(looks.count, allowed + 1);
		}
	}
	arena_destroy(arena);
}

static void they_end_at_the_deadline(void **state)
{
	const struct fixture *fixture = *state;
	struct arena *arena = arena_create(1 << 16);

	for (size_t i = 0; long_query(arena, i).size > 0; i++) {
		struct search_limits limits = { .deadline_ms = clock_monotonic_ms() - 1 };
		struct error error;
		uint64_t hits;

		assert_false(run(fixture, long_query(arena, i), &limits, &hits, &error));
		assert_int_equal(error.kind, ERROR_LIMIT);
		assert_string_equal(error.key, "index.deadline");
	}
	arena_destroy(arena);
}

static void they_end_when_the_memory_is_used_up(void **state)
{
	const struct fixture *fixture = *state;
	struct arena *arena = arena_create(1 << 16);
	struct str text = str_of(many_phrases(arena));
	struct search_limits limits = { .memory_max = (size_t)1 << 20 };
	struct error error;
	uint64_t hits;

	assert_false(run(fixture, text, &limits, &hits, &error));
	assert_int_equal(error.kind, ERROR_LIMIT);
	assert_string_equal(error.key, "index.memory");
	limits.memory_max = (size_t)256 << 20;
	assert_true(run(fixture, text, &limits, &hits, &error));
	arena_destroy(arena);
}

static void another_thread_may_cancel(void **state)
{
	atomic_bool gone = true;
	struct search_limits limits = { .cancelled = &gone };
	struct error error;
	uint64_t hits;

	assert_false(run(*state, STR("TI=(w*)"), &limits, &hits, &error));
	assert_string_equal(error.key, "index.cancelled");
	atomic_store(&gone, false);
	assert_true(run(*state, STR("TI=(w*)"), &limits, &hits, &error));
	assert_int_equal(hits, DOCUMENTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_look_often),
		cmocka_unit_test(they_end_where_they_are_cancelled),
		cmocka_unit_test(they_end_at_the_deadline),
		cmocka_unit_test(they_end_when_the_memory_is_used_up),
		cmocka_unit_test(another_thread_may_cancel),
	};

	return cmocka_run_group_tests(tests, make, removed);
}
