/* The index against a plain list of documents: the same answers to every question, over commits,
   replacements, removals, merges and reopening. */
#include "base/file.h"
#include "base/memory.h"
#include "index_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *test_folder(struct arena *arena, const char *name)
{
	const char *folder = arena_printf(arena, "/tmp/test-index-%ld-%s", (long)getpid(), name);
	struct error error;

	assert_true(file_remove_tree(folder, &error));
	return folder;
}

static struct index *open_index(const char *folder)
{
	struct index *index = NULL;
	struct error error;

	if (!index_open(folder, &plain_schema, &index, &error))
		fail_msg("%s %s", error.key, error.detail);
	return index;
}

static void change_some(struct index *index, size_t operations, size_t memory, size_t threads,
			int64_t log_position)
{
	struct index_write_options options = { memory, threads };
	struct index_writer *writer;
	struct error error;

	assert_true(index_write_begin(index, &options, &writer, &error));
	for (size_t i = 0; i < operations; i++) {
		unsigned id = 1 + plain_chance(IDS);

		if (plain_chance(5) == 0) {
			assert_true(index_write_remove(writer, id, &error));
			plain_documents[id].is_live = false;
		} else {
			plain_document_make(&plain_documents[id]);
			plain_document_put(writer, id);
		}
	}
	if (!index_write_commit(writer, log_position, &error))
		fail_msg("%s %s", error.key, error.detail);
}

static void many_commits(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "commits");
	struct index *index = open_index(folder);
	struct error error;

	(void)state;
	check_index(index, false);
	for (int round = 1; round <= 40; round++) {
		static const size_t sizes[] = { 0, 1, 3, 30, 700, 1500 };
		const struct snapshot *snapshot;

		change_some(index, sizes[plain_chance(6)], plain_chance(2) ? 0 : 1,
			    1 + plain_chance(3), round);
		if (plain_chance(6) == 0)
			assert_true(index_merge(index, plain_chance(2), &error));
		if (plain_chance(6) == 0) {
			index_close(index);
			index = open_index(folder);
		}
		snapshot = index_acquire(index);
		assert_int_equal(snapshot_log_position(snapshot), round);
		index_release(snapshot);
		check_index(index, true);
	}
	assert_true(index_merge(index, true, &error));
	{
		const struct snapshot *snapshot = index_acquire(index);

		assert_int_equal(snapshot_segment_count(snapshot), 1);
		index_release(snapshot);
	}
	check_index(index, false);
	index_close(index);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

/* A snapshot stays as it was, whatever is committed and merged meanwhile. */
static void held_snapshots(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "held");
	struct index *index = open_index(folder);
	const struct snapshot *held;
	const struct bitmap *before;
	struct error error;

	(void)state;
	change_some(index, 500, 0, 2, 1);
	held = index_acquire(index);
	before = index_term_documents(held, arena, ABSTRACT, STR("the"));
	change_some(index, 2000, 0, 2, 2);
	assert_true(index_merge(index, true, &error));
	assert_true(bitmap_equal(before, index_term_documents(held, arena, ABSTRACT, STR("the"))));
	assert_int_equal(snapshot_log_position(held), 1);
	index_release(held);
	index_close(index);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

static void refusals(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "refusals");
	struct index *index = open_index(folder), *other = NULL;
	struct index_schema newer = plain_schema;
	struct index_writer *writer, *second;
	struct document bad = { .id = 0 };
	struct error error;

	(void)state;
	change_some(index, 50, 0, 1, 1);
	newer.version = 2;
	assert_false(index_open(folder, &newer, &other, &error));
	assert_int_equal(error.kind, ERROR_CONFLICT);
	assert_true(index_write_begin(index, NULL, &writer, &error));
	assert_false(index_write_begin(index, NULL, &second, &error));
	assert_int_equal(error.kind, ERROR_BUSY);
	assert_false(index_write_put(writer, &bad, &error));
	assert_int_equal(error.kind, ERROR_INVALID);
	plain_document_put(writer, 1);
	index_write_abandon(writer);
	check_index(index, true);
	index_close(index);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

/* A second process' view: another handle sees the commit only after a refresh. */
static void refreshing(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "refreshing");
	struct index *writing = open_index(folder), *reading = open_index(folder);
	const struct snapshot *snapshot;
	struct error error;

	(void)state;
	change_some(writing, 300, 0, 1, 7);
	snapshot = index_acquire(reading);
	assert_int_equal(snapshot_document_count(snapshot), 0);
	index_release(snapshot);
	assert_true(index_refresh(reading, &error));
	check_index(reading, true);
	assert_true(index_size_on_disk(reading) > 0);
	index_close(reading);
	index_close(writing);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

static void limits(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "limits");
	struct index *index = open_index(folder);
	const struct snapshot *snapshot;
	const atomic_bool yes = true;
	struct search_limits late = { .deadline_ms = 1 }, cancelled = { .cancelled = &yes };
	struct search_limits few = { .terms_max = 1 };
	const struct bitmap *set;
	struct error error;

	(void)state;
	change_some(index, 500, 0, 1, 1);
	snapshot = index_acquire(index);
	assert_false(index_term_range_documents(snapshot, arena, TITLE, STR("a"), STR("z"), &late,
						&set, &error));
	assert_int_equal(error.kind, ERROR_LIMIT);
	assert_false(index_term_range_documents(snapshot, arena, TITLE, STR("a"), STR("z"),
						&cancelled, &set, &error));
	assert_int_equal(error.kind, ERROR_CANCELLED);
	assert_false(index_term_range_documents(snapshot, arena, TITLE, STR("a"), STR("z"), &few,
						&set, &error));
	assert_int_equal(error.kind, ERROR_LIMIT);
	index_release(snapshot);
	index_close(index);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

static int release_documents(void **state)
{
	(void)state;
	for (unsigned id = 0; id <= IDS; id++)
		for (int column = 0; column < 2; column++)
			memory_free(plain_documents[id].tokens[column]);
	return 0;
}

/* Each test begins with an index and a list that are both empty. */
static int forget_documents(void **state)
{
	release_documents(state);
	memset(plain_documents, 0, sizeof(plain_documents));
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(many_commits, forget_documents),
		cmocka_unit_test_setup(held_snapshots, forget_documents),
		cmocka_unit_test_setup(refusals, forget_documents),
		cmocka_unit_test_setup(refreshing, forget_documents),
		cmocka_unit_test_setup(limits, forget_documents),
	};

	return cmocka_run_group_tests_name("index", tests, NULL, release_documents);
}
