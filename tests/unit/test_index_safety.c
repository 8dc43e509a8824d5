#include "base/arena.h"
#include "base/file.h"
#include "index/index.h"
#include "index/term.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/*
 * What may go wrong around the index: files damaged in any byte, the process killed at any step of
 * a commit or merge, readers while somebody writes.
 *
 * Every commit number N puts documents 1 to DOCUMENTS anew, all with the keyword "N", and one
 * document DOCUMENTS + N that stays: so a mixture of two generations shows, and every older
 * segment has deleted documents.
 */
enum { TEXT, KEYWORD, SEVERAL, NUMBER, COLUMNS, DOCUMENTS = 60 };

static const struct column columns[COLUMNS] = {
	[TEXT] = { "text", COLUMN_TEXT },
	[KEYWORD] = { "keyword", COLUMN_KEYWORD },
	[SEVERAL] = { "several", COLUMN_KEYWORD },
	[NUMBER] = { "number", COLUMN_NUMBER },
};
static const struct index_schema schema = { columns, COLUMNS, 1 };

static bool put_generation(struct index_writer *writer, int64_t generation, unsigned from,
			   unsigned to, struct error *error)
{
	for (unsigned id = from; id <= to; id++) {
		char text[64], keyword[32], several[32];
		struct cell_value cells[] = {
			{ TEXT, { text, 0 }, 0 },          { KEYWORD, { keyword, 0 }, 0 },
			{ SEVERAL, { several, 0 }, 0 },    { SEVERAL, STR("always"), 0 },
			{ NUMBER, STR_EMPTY, generation },
		};

		snprintf(text, sizeof(text), "common word%u. 电池 g%lld common", id % 7,
			 (long long)generation);
		snprintf(keyword, sizeof(keyword), "%lld", (long long)generation);
		snprintf(several, sizeof(several), "s%u", id % 11);
		cells[0].text = str_of(text);
		cells[1].text = str_of(keyword);
		cells[2].text = str_of(several);
		if (!index_write_put(writer, &(struct document){ id, cells, 5 }, error))
			return false;
	}
	return true;
}

static bool put_kept(struct index_writer *writer, int64_t generation, struct error *error)
{
	struct cell_value cells[] = { { KEYWORD, STR("kept"), 0 }, { TEXT, STR("kept text"), 0 } };

	return index_write_put(writer, &(struct document){ DOCUMENTS + generation, cells, 2 },
			       error);
}

static bool commit_generation(struct index *index, int64_t generation, struct error *error)
{
	struct index_writer *writer;

	if (!index_write_begin(index, NULL, &writer, error))
		return false;
	if (put_generation(writer, generation, 1, DOCUMENTS, error) &&
	    put_kept(writer, generation, error) && index_write_commit(writer, generation, error))
		return true;
	index_write_abandon(writer);
	return false;
}

static const char *test_folder(struct arena *arena, const char *name)
{
	const char *folder = arena_printf(arena, "/tmp/test-safety-%ld-%s", (long)getpid(), name);
	struct error error;

	assert_true(file_remove_tree(folder, &error));
	return folder;
}

/* Asks everything; answers may be wrong when the files are damaged. */
static void ask_everything(const struct snapshot *snapshot)
{
	struct arena *arena = arena_create(1 << 14);
	struct str tokens[] = { STR("common"), STR("word3") };
	struct rank_term ranked[] = { { TEXT, STR("common"), 1 }, { TEXT, STR("g1"), 1 } };
	struct posting_cursor *cursor = index_cursor(snapshot, arena, TEXT, tokens[0]);
	uint32_t offsets[] = { 0, 1 }, wanted = 0, document;
	const struct bitmap *set;
	const uint32_t *numbers;
	struct scored *best;
	struct error error;
	size_t count;

	bitmap_to_array(arena, index_term_documents(snapshot, arena, TEXT, STR("电")));
	bitmap_to_array(arena, index_term_documents(snapshot, arena, KEYWORD, STR("1")));
	if (index_phrase_documents(snapshot, arena, TEXT, tokens, offsets, 2, NULL, NULL, &set,
				   &error))
		bitmap_to_array(arena, set);
	if (index_term_range_documents(snapshot, arena, SEVERAL, STR("a"), STR_EMPTY, NULL, &set,
				       &error))
		bitmap_to_array(arena, set);
	bitmap_to_array(arena, index_number_range_documents(snapshot, arena, NUMBER, 0, 100));
	bitmap_to_array(arena, index_column_documents(snapshot, arena, TEXT));
	(void)!index_rank(snapshot, arena,
			  &(struct rank_request){ .terms = ranked, .term_count = 2, .limit = 10 },
			  &best, &count, &error);
	while ((document = cursor_seek(cursor, wanted)) != DOCUMENT_NONE) {
		cursor_positions(cursor, &numbers);
		snapshot_document_id(snapshot, document);
		count = snapshot_ordinals(snapshot, arena, SEVERAL, document, &numbers);
		for (size_t i = 0; i < count; i++)
			snapshot_term(snapshot, SEVERAL, numbers[i]);
		snapshot_number(snapshot, NUMBER, document);
		wanted = document + 1;
	}
	for (int64_t id = 0; id < DOCUMENTS + 2; id++)
		snapshot_find_document(snapshot, id);
	arena_destroy(arena);
}

/* ---- Damage. */

static void write_file(const char *path, struct str content)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(content.data, 1, content.size, file), content.size);
	assert_int_equal(fclose(file), 0);
}

/* Opens what lies there; tells whether it is found to be sound. */
static bool try_index(const char *folder)
{
	struct index *index;
	struct error error;
	bool sound;

	if (!index_open(folder, &schema, &index, &error)) {
		assert_true(error.kind == ERROR_CORRUPT || error.kind == ERROR_CONFLICT ||
			    error.kind == ERROR_IO);
		return false;
	}
	const struct snapshot *snapshot = index_acquire(index);

	ask_everything(snapshot);
	sound = snapshot_document_count(snapshot) > 0 && index_verify(index, &error);
	index_release(snapshot);
	index_close(index);
	return sound;
}

static void damage_file(struct arena *arena, const char *folder, const char *name)
{
	const char *path = file_join(arena, folder, name);
	struct error error;
	struct str content, copy;
	char *bytes;

	assert_true(file_read(arena, path, 1 << 24, &content, &error));
	copy = str_copy(arena, content);
	bytes = (char *)(uintptr_t)copy.data;
	assert_true(try_index(folder));
	for (size_t at = 0; at < copy.size; at++) {
		bytes[at] = (char)(bytes[at] ^ (at % 3 == 0 ? 0xFF : 1 << at % 8));
		write_file(path, copy);
		if (try_index(folder)) {
			/* Only padding between sections belongs to no checksum. */
			if (content.data[at] != 0)
				fail_msg("%s: byte %zu", name, at);
		}
		bytes[at] = content.data[at];
	}
	for (size_t size = 0; size < copy.size; size += 1 + copy.size / 97) {
		write_file(path, str_slice(copy, 0, size));
		assert_false(try_index(folder));
	}
	write_file(path, content);
	assert_true(try_index(folder));
}

/* Nothing but a file of the wrong kind or none: refused as damage, so that the index is made anew. */
static void refuse_file(struct arena *arena, const char *folder, const char *name)
{
	const char *path = file_join(arena, folder, name);
	struct index *index;
	struct error error;
	struct str content;

	assert_true(file_read(arena, path, 1 << 24, &content, &error));
	write_file(path, str_of(arena_printf(arena, "%5000s", "no such thing")));
	assert_false(index_open(folder, &schema, &index, &error));
	assert_int_equal(error.kind, ERROR_CORRUPT);
	if (strcmp(name, "CURRENT") != 0) { /* without it nothing was committed yet */
		assert_int_equal(unlink(path), 0);
		assert_false(index_open(folder, &schema, &index, &error));
		assert_int_equal(error.kind, ERROR_CORRUPT);
	}
	write_file(path, content);
	assert_true(try_index(folder));
}

static void every_byte_damaged(void **state)
{
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "damage");
	struct index *index;
	struct index_writer *writer;
	struct error error;

	(void)state;
	assert_true(index_open(folder, &schema, &index, &error));
	assert_true(commit_generation(index, 1, &error));
	assert_true(index_write_begin(index, NULL, &writer, &error));
	for (int64_t id = 3; id < 9; id++)
		assert_true(index_write_remove(writer, id, &error));
	assert_true(index_write_commit(writer, 2, &error));
	index_close(index);
	damage_file(arena, folder, "segment-1");
	damage_file(arena, folder, "deleted-1-2");
	damage_file(arena, folder, "manifest-2");
	refuse_file(arena, folder, "CURRENT");
	refuse_file(arena, folder, "manifest-2");
	refuse_file(arena, folder, "segment-1");
	refuse_file(arena, folder, "deleted-1-2");
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

/* ---- Killed. The test runs itself again with a place to die at. */

static const char *program;

static int run_child(const char *folder, int64_t generation)
{
	struct index *index = NULL;
	struct error error;
	bool done = index_open(folder, &schema, &index, &error) &&
		    commit_generation(index, generation, &error) &&
		    index_merge(index, true, &error);

	if (!done)
		fprintf(stderr, "%s %s\n", error.key, error.detail);
	index_close(index);
	return done ? 0 : 1;
}

/* True when the child was killed. */
static bool run_and_kill(const char *folder, int64_t generation, const char *place, int passing)
{
	struct arena *arena = arena_create(0);
	char *fault = arena_printf(arena, "%s:%d", place, passing);
	char *number = arena_printf(arena, "%lld", (long long)generation);
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		setenv("YUCHENG_FAULT", fault, 1);
		execl(program, program, "child", folder, number, (char *)NULL);
		_exit(9);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	arena_destroy(arena);
	if (WIFSIGNALED(status))
		return true;
	assert_int_equal(WEXITSTATUS(status), 0);
	return false;
}

/* One generation in whole, the one the log position tells. */
static int64_t check_generation(struct index *index)
{
	const struct snapshot *snapshot = index_acquire(index);
	struct arena *arena = arena_create(0);
	int64_t generation = snapshot_log_position(snapshot);
	char keyword[32];

	snprintf(keyword, sizeof(keyword), "%lld", (long long)generation);
	if (generation > 0) {
		const struct bitmap *all = index_term_documents(snapshot, arena, KEYWORD,
								str_of(keyword));

		assert_int_equal(snapshot_document_count(snapshot), DOCUMENTS + generation);
		assert_int_equal(bitmap_count(all), DOCUMENTS);
		assert_int_equal(
			bitmap_count(index_term_documents(snapshot, arena, KEYWORD, STR("kept"))),
			generation);
		assert_true(
			bitmap_equal(all, index_number_range_documents(snapshot, arena, NUMBER,
								       generation, generation)));
		assert_true(bitmap_equal(
			all, index_term_documents(snapshot, arena, TEXT, STR("common"))));
	}
	arena_destroy(arena);
	index_release(snapshot);
	return generation;
}

static void killed_at_every_step(void **state)
{
	static const char *const places[] = { "index.segment_header",   "index.segment_synced",
					      "index.segments_written", "index.deleted",
					      "index.manifest",         "index.current",
					      "index.committed",        "index.merged" };
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "killed");
	int64_t generation = 0;
	unsigned kills = 0;
	struct error error;

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		for (int passing = 1; passing <= 3; passing++) {
			bool was_killed = run_and_kill(folder, generation + 1, places[i], passing);
			struct index *index;
			int64_t found;

			assert_true(index_open(folder, &schema, &index, &error));
			found = check_generation(index);
			assert_true(index_verify(index, &error));
			assert_true(found == generation + 1 || (was_killed && found == generation));
			index_close(index);
			kills += was_killed;
			generation = found;
		}
	assert_true(kills >= sizeof(places) / sizeof(places[0]));
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

/* ---- Readers while one writes. */

struct readers {
	struct index *index;
	atomic_bool is_over;
	atomic_int looks;
};

static void *read_on(void *argument)
{
	struct readers *readers = argument;

	while (!atomic_load(&readers->is_over)) {
		const struct snapshot *snapshot = index_acquire(readers->index);

		ask_everything(snapshot);
		snapshot_term_count(snapshot, SEVERAL);
		index_release(snapshot);
		check_generation(readers->index);
		atomic_fetch_add(&readers->looks, 1);
	}
	return NULL;
}

/* Merges beside the writer, all segments and again. */
static void *merge_on(void *argument)
{
	struct readers *readers = argument;
	struct error error;

	while (!atomic_load(&readers->is_over))
		if (!index_merge(readers->index, true, &error) && error.kind != ERROR_BUSY)
			return (void *)"failed";
	return NULL;
}

static void readers_while_writing(void **state)
{
	enum { READERS = 3, GENERATIONS = 30 };
	struct arena *arena = arena_create(0);
	const char *folder = test_folder(arena, "readers");
	struct readers readers = { .index = NULL };
	pthread_t threads[READERS], merging;
	void *failed = NULL;
	struct error error;

	(void)state;
	assert_true(index_open(folder, &schema, &readers.index, &error));
	for (int i = 0; i < READERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readers), 0);
	assert_int_equal(pthread_create(&merging, NULL, merge_on, &readers), 0);
	for (int64_t generation = 1; generation <= GENERATIONS; generation++) {
		struct index_write_options options = { 1, 3 };
		struct index_writer *writer;

		while (!index_write_begin(readers.index, &options, &writer, &error))
			assert_int_equal(error.kind, ERROR_BUSY);
		for (unsigned from = 1; from <= DOCUMENTS; from += 20) /* several times the same */
			for (int again = 0; again < 20; again++)
				assert_true(put_generation(writer, generation, from, from + 19,
							   &error));
		assert_true(put_kept(writer, generation, &error));
		assert_true(index_write_commit(writer, generation, &error));
	}
	atomic_store(&readers.is_over, true);
	for (int i = 0; i < READERS; i++)
		pthread_join(threads[i], NULL);
	pthread_join(merging, &failed);
	assert_null(failed);
	assert_true(atomic_load(&readers.looks) > 0);
	assert_int_equal(check_generation(readers.index), GENERATIONS);
	assert_true(index_verify(readers.index, &error));
	index_close(readers.index);
	assert_true(file_remove_tree(folder, &error));
	arena_destroy(arena);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_damaged),
		cmocka_unit_test(killed_at_every_step),
		cmocka_unit_test(readers_while_writing),
	};

	program = arguments[0];
	if (count == 4 && strcmp(arguments[1], "child") == 0)
		return run_child(arguments[2], strtol(arguments[3], NULL, 10));
	return cmocka_run_group_tests_name("index_safety", tests, NULL, NULL);
}
