#include "index/segment_internal.h"
#include "base/file.h"
#include "base/memory.h"
#include "index/checksum_internal.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum forward_state { FORWARD_UNSEEN, FORWARD_SOUND, FORWARD_BAD };

char *segment_path(struct arena *arena, const char *folder, uint64_t number)
{
	return arena_printf(arena, "%s/segment-%llu", folder, (unsigned long long)number);
}

bool segment_corrupt(struct error *error, const char *path)
{
	return error_set(error, ERROR_CORRUPT, "index.corrupt", "%s", path);
}

uint64_t schema_hash(const struct index_schema *schema)
{
	struct checksum sum;

	checksum_init(&sum);
	checksum_add(&sum, &schema->version, sizeof(schema->version));
	for (size_t i = 0; i < schema->column_count; i++) {
		const struct column *column = &schema->columns[i];

		checksum_add(&sum, column->name, strlen(column->name) + 1);
		checksum_add(&sum, &column->kind, sizeof(column->kind));
	}
	return checksum_value(&sum);
}

/* ---- Opening. */

static bool header_is_sound(const struct segment *segment, const struct index_schema *schema)
{
	const struct segment_header *header = segment->header;

	return memcmp(header->magic, SEGMENT_MAGIC, sizeof(header->magic)) == 0 &&
	       header->version == SEGMENT_VERSION &&
	       header->header_checksum ==
		       checksum_of(header, offsetof(struct segment_header, header_checksum)) &&
	       header->file_size == segment->map.size &&
	       header->schema_hash == schema_hash(schema) &&
	       header->column_count == schema->column_count && header->document_count > 0 &&
	       header->document_count < UINT32_MAX - CHUNK_VALUES;
}

static bool table_is_sound(const struct segment *segment)
{
	const struct segment_header *header = segment->header;
	uint64_t size = header->section_count * (uint64_t)sizeof(struct section);
	const char *table;

	if (header->table_offset % SECTION_ALIGN != 0 || header->table_offset > segment->map.size ||
	    segment->map.size - header->table_offset != size)
		return false;
	table = segment->map.data + header->table_offset;
	if (checksum_of(table, size) != header->table_checksum)
		return false;
	for (uint32_t i = 0; i < header->section_count; i++) {
		const struct section *section = (const struct section *)(const void *)table + i;

		if (section->kind == 0 || section->kind >= SECTION_KIND_COUNT ||
		    section->column >= header->column_count ||
		    section->offset % SECTION_ALIGN != 0 ||
		    section->offset > header->table_offset ||
		    section->size > header->table_offset - section->offset)
			return false;
	}
	return true;
}

static struct str find_section(const struct segment *segment, enum section_kind kind,
			       unsigned column)
{
	for (uint32_t i = 0; i < segment->header->section_count; i++) {
		const struct section *section = &segment->sections[i];

		if (section->kind == (uint32_t)kind && section->column == column)
			return (struct str){ segment->map.data + section->offset, section->size };
	}
	return STR_EMPTY;
}

/* The section as an array of exactly count items; an absent one is as good as an empty one. */
static bool take_array(const struct segment *segment, enum section_kind kind, unsigned column,
		       uint64_t count, size_t item_size, const void *array_out)
{
	struct str section = find_section(segment, kind, column);
	const void *data = section.data;

	if (section.size != count * item_size)
		return false;
	memcpy((void *)(uintptr_t)array_out, &data, sizeof(data));
	return true;
}

static bool open_terms(const struct segment *segment, unsigned i, struct segment_column *column)
{
	uint32_t terms = column->term_count;

	if (terms == 0)
		return true;
	column->term_bytes = find_section(segment, SECTION_TERM_BYTES, i);
	column->postings = find_section(segment, SECTION_POSTINGS, i);
	return terms < UINT32_MAX &&
	       take_array(segment, SECTION_TERM_AT, i, terms + UINT64_C(1), 4, &column->term_at) &&
	       take_array(segment, SECTION_TERM_COUNTS, i, terms, 4, &column->term_counts) &&
	       take_array(segment, SECTION_POSTINGS_AT, i, terms + UINT64_C(1), 8,
			  &column->postings_at);
}

static bool open_keyword(const struct segment *segment, unsigned i, struct segment_column *column)
{
	uint64_t documents = segment->document_count;
	struct str starts = find_section(segment, SECTION_STARTS, i);
	struct str ordinals = find_section(segment, SECTION_ORDINALS, i);

	if (column->width == 0)
		return column->term_count == 0;
	if (column->width == 8 || (column->width < 4 && column->term_count >> column->width * 8))
		return false;
	if (starts.size > 0 &&
	    !take_array(segment, SECTION_STARTS, i, documents + 1, 4, &column->starts))
		return false;
	column->ordinals = ordinals.data;
	column->ordinal_count = ordinals.size / column->width;
	return ordinals.size % column->width == 0 &&
	       (column->starts || column->ordinal_count == documents);
}

static bool open_column(const struct segment *segment, unsigned i, enum column_kind kind,
			const struct column_meta *meta, struct segment_column *column)
{
	bool has_values = meta->width > 0;

	*column = (struct segment_column){
		.kind = kind,
		.term_count = meta->term_count,
		.width = meta->width,
		.number_base = meta->number_base,
		.total_length = meta->total_length,
		.documents = meta->documents,
	};
	if (meta->kind != (uint32_t)kind || (has_values && meta->width != 1 && meta->width != 2 &&
					     meta->width != 4 && meta->width != 8))
		return false;
	if (kind == COLUMN_NUMBER)
		return take_array(segment, SECTION_NUMBERS, i,
				  has_values ? segment->document_count : 0, column->width,
				  &column->numbers) &&
		       meta->term_count == 0;
	if (!open_terms(segment, i, column))
		return false;
	if (kind == COLUMN_KEYWORD)
		return open_keyword(segment, i, column);
	return take_array(segment, SECTION_LENGTHS, i,
			  meta->term_count > 0 ? segment->document_count : 0, 2, &column->lengths);
}

static bool open_id_order(struct segment *segment)
{
	return find_section(segment, SECTION_ID_ORDER, 0).size == 0 ||
	       take_array(segment, SECTION_ID_ORDER, 0, segment->document_count, 4,
			  &segment->id_order);
}

static bool open_columns(struct segment *segment, const struct index_schema *schema)
{
	const struct column_meta *metas = NULL;

	segment->document_count = segment->header->document_count;
	segment->column_count = (unsigned)schema->column_count;
	segment->columns = memory_alloc_zeroed(schema->column_count, sizeof(*segment->columns));
	if (!take_array(segment, SECTION_COLUMNS, 0, schema->column_count, sizeof(*metas),
			&metas) ||
	    !take_array(segment, SECTION_IDS, 0, segment->document_count, 4, &segment->ids) ||
	    !open_id_order(segment))
		return false;
	for (unsigned i = 0; i < segment->column_count; i++)
		if (!open_column(segment, i, schema->columns[i].kind, &metas[i],
				 &segment->columns[i]))
			return false;
	return true;
}

static bool open_map(struct segment *segment, const struct index_schema *schema)
{
	if (segment->map.size < sizeof(struct segment_header))
		return false;
	segment->header = (const void *)segment->map.data;
	if (!header_is_sound(segment, schema) || !table_is_sound(segment))
		return false;
	segment->sections = (const void *)(segment->map.data + segment->header->table_offset);
	return open_columns(segment, schema);
}

bool segment_open(const char *folder, uint64_t number, const struct index_schema *schema,
		  struct segment **segment_out, struct error *error)
{
	struct arena *arena = arena_create(512);
	const char *path = segment_path(arena, folder, number);
	struct segment *segment = memory_alloc_zeroed(1, sizeof(*segment));
	bool done;

	atomic_init(&segment->references, 1);
	pthread_mutex_init(&segment->mutex, NULL);
	segment->number = number;
	done = file_map(path, &segment->map, error) &&
	       (open_map(segment, schema) || segment_corrupt(error, path));
	arena_destroy(arena);
	if (done)
		*segment_out = segment;
	else
		segment_release(segment);
	return done;
}

struct segment *segment_acquire(struct segment *segment)
{
	atomic_fetch_add(&segment->references, 1);
	return segment;
}

void segment_release(struct segment *segment)
{
	if (atomic_fetch_sub(&segment->references, 1) > 1)
		return;
	file_unmap(segment->map);
	pthread_mutex_destroy(&segment->mutex);
	memory_free(segment->columns);
	memory_free(segment->blank);
	memory_free(segment->none);
	memory_free(segment);
}

bool segment_verify(const struct segment *segment, struct error *error)
{
	for (uint32_t i = 0; i < segment->header->section_count; i++) {
		const struct section *section = &segment->sections[i];

		if (checksum_of(segment->map.data + section->offset, section->size) !=
		    section->checksum)
			return error_set(error, ERROR_CORRUPT, "index.corrupt",
					 "segment-%llu, section %u",
					 (unsigned long long)segment->number, i);
	}
	return true;
}

/* ---- Terms. */

struct str segment_term(const struct segment_column *column, uint32_t term)
{
	uint32_t from = column->term_at[term], to = column->term_at[term + 1];

	if (from > to || to > column->term_bytes.size)
		return STR_EMPTY;
	return (struct str){ column->term_bytes.data + from, to - from };
}

uint32_t segment_term_from(const struct segment_column *column, struct str wanted)
{
	uint32_t low = 0, high = column->term_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (str_compare(segment_term(column, middle), wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t segment_find_term(const struct segment_column *column, struct str wanted)
{
	uint32_t term = segment_term_from(column, wanted);

	if (term == column->term_count || !str_equal(segment_term(column, term), wanted))
		return UINT32_MAX;
	return term;
}

static struct str slice_between(struct str all, const uint64_t *at, uint32_t i)
{
	if (at[i] > at[i + 1] || at[i + 1] > all.size)
		return STR_EMPTY;
	return str_slice(all, at[i], at[i + 1]);
}

bool segment_postings(const struct segment *segment, unsigned column, uint32_t term,
		      struct arena *arena, struct postings *postings_out)
{
	const struct segment_column *data = &segment->columns[column];

	return postings_open(arena, slice_between(data->postings, data->postings_at, term),
			     data->term_counts[term], segment->document_count,
			     data->kind == COLUMN_TEXT, postings_out);
}

/* Smaller records are a page fault or two. */
enum { EXPECT_SIZE_MIN = 1 << 16 };

void segment_expect_postings(const struct segment *segment, unsigned column, uint32_t term)
{
	const struct segment_column *data = &segment->columns[column];
	struct str record = slice_between(data->postings, data->postings_at, term);
	uintptr_t from = (uintptr_t)record.data, end = from + record.size;

	from -= from % (uintptr_t)sysconf(_SC_PAGESIZE);
	if (record.size >= EXPECT_SIZE_MIN)
		(void)madvise((void *)from, end - from, MADV_WILLNEED); /* only advice */
}

/* ---- Forward columns. */

static bool ordinals_are_below(const struct column_view *view, uint64_t count, uint32_t limit)
{
	uint32_t most = 0;

	for (uint64_t i = 0; i < count; i++) {
		uint32_t ordinal = view_ordinal(view, i);

		most = ordinal > most ? ordinal : most;
	}
	return count == 0 || most < limit;
}

static bool forward_is_sound(const struct segment *segment, const struct segment_column *column,
			     const struct column_view *view)
{
	if (column->kind != COLUMN_KEYWORD || column->width == 0)
		return true;
	if (!column->starts)
		return ordinals_are_below(view, column->ordinal_count, column->term_count + 1);
	for (uint32_t i = 0; i < segment->document_count; i++)
		if (column->starts[i] > column->starts[i + 1])
			return false;
	return column->starts[0] == 0 &&
	       column->starts[segment->document_count] == column->ordinal_count &&
	       ordinals_are_below(view, column->ordinal_count, column->term_count);
}

static void blank_view(struct segment *segment, struct column_view *view)
{
	size_t count = segment->document_count;

	pthread_mutex_lock(&segment->mutex);
	if (!segment->blank) {
		segment->blank = memory_alloc_zeroed(count, sizeof(*segment->blank));
		segment->none = memset(memory_alloc(count), 0xFF, count);
	}
	pthread_mutex_unlock(&segment->mutex);
	view->starts = NULL;
	view->ordinals = segment->blank;
	view->numbers = segment->none;
	view->width = 1;
	view->term_count = view->none = 0;
	view->totals = NULL;
}

struct column_view segment_column_view(struct segment *segment, unsigned i)
{
	struct segment_column *column = &segment->columns[i];
	int state = atomic_load_explicit(&column->forward_state, memory_order_acquire);
	struct column_view view = {
		.document_count = segment->document_count,
		.starts = column->starts,
		.ordinals = column->ordinals,
		.numbers = column->numbers,
		.width = column->width,
		.none = column->term_count,
		.number_base = column->number_base,
		.term_count = column->term_count,
		.totals = column->term_counts,
	};

	if (state == FORWARD_UNSEEN) {
		state = forward_is_sound(segment, column, &view) ? FORWARD_SOUND : FORWARD_BAD;
		atomic_store_explicit(&column->forward_state, state, memory_order_release);
	}
	if (state == FORWARD_BAD || column->width == 0)
		blank_view(segment, &view);
	if (column->kind != COLUMN_NUMBER)
		view.numbers = NULL;
	else
		view.ordinals = NULL;
	return view;
}

int64_t view_number(const struct column_view *view, uint32_t i)
{
	uint64_t stored = 0;
	uint64_t none = UINT64_MAX >> (64 - view->width * 8);

	memcpy(&stored, (const char *)view->numbers + (size_t)i * view->width, view->width);
	return stored == none ? NUMBER_NONE : (int64_t)((uint64_t)view->number_base + stored);
}

uint32_t segment_find_id(const struct segment *segment, uint32_t id)
{
	uint32_t low = 0, high = segment->document_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		uint32_t document = segment->id_order ? segment->id_order[middle] : middle;

		if (document < segment->document_count && segment->ids[document] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool segment_next_of_id(const struct segment *segment, uint32_t id, uint32_t *at,
			uint32_t *document_out)
{
	if (*at >= segment->document_count)
		return false;
	*document_out = segment->id_order ? segment->id_order[*at] : *at;
	(*at)++;
	return *document_out < segment->document_count && segment->ids[*document_out] == id;
}
