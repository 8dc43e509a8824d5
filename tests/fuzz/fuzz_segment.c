/*
 * A segment file nobody checked: the input is a list of changes (three bytes of offset, one of
 * value) to a sound segment with small, array and bit sets. Checksums of header and table are made
 * right again, so that the damage reaches the readers behind them.
 */
#include "base/file.h"
#include "base/memory.h"
#include "index/checksum_internal.h"
#include "index/format_internal.h"
#include "index/index.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT, KEYWORD, SEVERAL, NUMBER, COLUMNS, DOCUMENTS = 5000 };

static const struct column columns[COLUMNS] = {
	[TEXT] = { "text", COLUMN_TEXT },
	[KEYWORD] = { "keyword", COLUMN_KEYWORD },
	[SEVERAL] = { "several", COLUMN_KEYWORD },
	[NUMBER] = { "number", COLUMN_NUMBER },
};
static const struct index_schema schema = { columns, COLUMNS, 1 };

static char folder[64], path[96];
static struct str sound;

static void put_documents(struct index_writer *writer)
{
	struct error error;

	for (unsigned id = 1; id <= DOCUMENTS; id++) {
		struct cell_value cells[] = {
			{ TEXT, id % 3 ? STR("all two. few") : STR("all all all all few"), 0 },
			{ KEYWORD, id % 2 ? STR("odd") : STR("even"), 0 },
			{ SEVERAL, STR("one"), 0 },
			{ SEVERAL, id % 9 ? STR("two") : STR("three"), 0 },
			{ NUMBER, STR_EMPTY, id },
		};

		if (!index_write_put(writer, &(struct document){ id, cells, 5 }, &error))
			abort();
	}
}

static void make_sound(void)
{
	struct arena *arena = arena_create(0);
	struct index *index;
	struct index_writer *writer;
	struct error error;

	snprintf(folder, sizeof(folder), "/tmp/fuzz-segment-%ld", (long)getpid());
	snprintf(path, sizeof(path), "%s/segment-1", folder);
	if (!file_remove_tree(folder, &error) || !index_open(folder, &schema, &index, &error) ||
	    !index_write_begin(index, &(struct index_write_options){ 0, 1 }, &writer, &error))
		abort();
	put_documents(writer);
	if (!index_write_commit(writer, 1, &error) ||
	    !file_read(arena, path, 1 << 24, &sound, &error))
		abort();
	index_close(index);
	sound.data = memcpy(memory_alloc(sound.size), sound.data, sound.size);
	arena_destroy(arena);
}

static void mend_checksums(char *bytes, size_t size)
{
	struct segment_header header;

	memcpy(&header, bytes, sizeof(header));
	if (header.table_offset <= size)
		header.table_checksum = checksum_of(bytes + header.table_offset,
						    size - header.table_offset);
	header.header_checksum = checksum_of(&header,
					     offsetof(struct segment_header, header_checksum));
	memcpy(bytes, &header, sizeof(header));
}

static void write_changed(const uint8_t *data, size_t size)
{
	char *bytes = memcpy(memory_alloc(sound.size), sound.data, sound.size);
	FILE *file = fopen(path, "wb");

	for (; size >= 4; size -= 4, data += 4)
		bytes[(data[0] | (size_t)data[1] << 8 | (size_t)data[2] << 16) % sound.size] =
			(char)data[3];
	mend_checksums(bytes, sound.size);
	if (!file || fwrite(bytes, 1, sound.size, file) != sound.size || fclose(file) != 0)
		abort();
	memory_free(bytes);
}

static void ask_sets(const struct snapshot *snapshot, struct arena *arena)
{
	struct str tokens[] = { STR("all"), STR("two") };
	uint32_t offsets[] = { 0, 1 };
	struct rank_term ranked[] = { { TEXT, STR("all"), 1 }, { TEXT, STR("two"), 1 } };
	const struct bitmap *set, *odd;
	struct scored *best;
	struct error error;
	size_t count;

	odd = index_term_documents(snapshot, arena, KEYWORD, STR("odd"));
	set = index_term_documents(snapshot, arena, TEXT, tokens[0]);
	bitmap_to_array(arena, bitmap_and(arena, set, odd));
	bitmap_to_array(arena, bitmap_or(arena, set, odd));
	bitmap_to_array(arena, bitmap_and_not(arena, set, odd));
	bitmap_and_count(set, odd);
	if (index_phrase_documents(snapshot, arena, TEXT, tokens, offsets, 2, NULL, NULL, &set,
				   &error))
		bitmap_to_array(arena, set);
	if (index_term_range_documents(snapshot, arena, SEVERAL, STR("a"), STR("z"), NULL, &set,
				       &error))
		bitmap_to_array(arena, set);
	index_number_range_documents(snapshot, arena, NUMBER, 10, 4000);
	(void)!index_rank(snapshot, arena,
			  &(struct rank_request){
				  .terms = ranked, .term_count = 2, .within = odd, .limit = 10 },
			  &best, &count, &error);
}

static void ask_forward(const struct snapshot *snapshot, struct arena *arena)
{
	struct posting_cursor *cursor = index_cursor(snapshot, arena, TEXT, STR("two"));
	const uint32_t *numbers;
	uint32_t wanted = 0, document;

	while ((document = cursor_seek(cursor, wanted)) != DOCUMENT_NONE) {
		size_t count;

		cursor_positions(cursor, &numbers);
		snapshot_document_id(snapshot, document);
		count = snapshot_ordinals(snapshot, arena, SEVERAL, document, &numbers);
		for (size_t i = 0; i < count; i++)
			snapshot_term(snapshot, SEVERAL, numbers[i]);
		wanted = document + 1 + document % 7;
	}
	for (int64_t id = 0; id < DOCUMENTS; id += 501)
		snapshot_find_document(snapshot, id);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct index *index;
	struct error error;

	if (!sound.data)
		make_sound();
	write_changed(data, size);
	if (index_open(folder, &schema, &index, &error)) {
		const struct snapshot *snapshot = index_acquire(index);
		struct arena *arena = arena_create(1 << 16);

		ask_sets(snapshot, arena);
		ask_forward(snapshot, arena);
		arena_destroy(arena);
		index_release(snapshot);
		index_close(index);
	}
	return 0;
}
