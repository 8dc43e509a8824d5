#include "index/snapshot_internal.h"
#include "base/memory.h"

#include <string.h>

/* Of sets kept with a snapshot: some hundred nodes of a tree fit. */
enum { KEPT_BYTES_MIN = 16 << 20, KEPT_BYTES_EACH = 32 };

/* ---- Making one. */

static struct segment *share_segment(const struct snapshot *before, uint64_t number)
{
	for (size_t i = 0; before && i < before->segment_count; i++)
		if (before->segments[i].segment->number == number)
			return segment_acquire(before->segments[i].segment);
	return NULL;
}

static void release_segments(void *resource)
{
	struct snapshot *snapshot = resource;

	for (size_t i = 0; i < snapshot->segment_count; i++)
		segment_release(snapshot->segments[i].segment);
}

static bool add_segment(struct snapshot *snapshot, const char *folder,
			const struct index_schema *schema, const struct manifest_segment *wanted,
			const struct snapshot *before, struct error *error)
{
	struct snapshot_segment *added = &snapshot->segments[snapshot->segment_count];
	uint64_t limit;

	added->segment = share_segment(before, wanted->number);
	if (!added->segment &&
	    !segment_open(folder, wanted->number, schema, &added->segment, error))
		return false;
	added->first = snapshot->document_limit;
	added->has_deleted = wanted->deleted > 0;
	snapshot->segment_count++;
	limit = added->first + (uint64_t)added->segment->document_count;
	limit = (limit + CHUNK_VALUES - 1) & ~(uint64_t)(CHUNK_VALUES - 1);
	if (added->segment->document_count != wanted->documents || limit > UINT32_MAX)
		return segment_corrupt(error, folder);
	snapshot->document_limit = (uint32_t)limit;
	return true;
}

static bool read_deleted(struct snapshot *snapshot, const char *folder, struct error *error)
{
	struct set_joiner deleted = { snapshot->arena, LIST_OF(struct chunk) };
	bool done = true;

	for (size_t i = 0; i < snapshot->segment_count && done; i++) {
		const struct manifest_segment *wanted = &LIST_AT(&snapshot->manifest.segments,
								 struct manifest_segment, i);
		const struct bitmap *set;

		if (wanted->deleted == 0)
			continue;
		done = deleted_read(folder, wanted, snapshot->arena, &set, error);
		if (done)
			joiner_add(&deleted, &snapshot->segments[i], set->chunks, set->chunk_count);
	}
	snapshot->deleted = bitmap_empty();
	snapshot->deleted = joiner_finish(&deleted, snapshot);
	return done;
}

static void find_live(struct snapshot *snapshot)
{
	struct set_joiner live = { snapshot->arena, LIST_OF(struct chunk) };

	for (size_t i = 0; i < snapshot->segment_count; i++) {
		const struct bitmap *all = bitmap_of_range(
			snapshot->arena, 0, snapshot->segments[i].segment->document_count);

		joiner_add(&live, &snapshot->segments[i], all->chunks, all->chunk_count);
	}
	snapshot->live = joiner_finish(&live, snapshot);
}

/* What was counted by in the generation before will be again: the first search shall not wait for it. */
static void prepare_globals(const struct snapshot *snapshot, const struct snapshot *before,
			    size_t column_count)
{
	for (unsigned i = 0; before && snapshot->segment_count > 1 && i < column_count; i++)
		if (atomic_load_explicit(&before->globals[i], memory_order_relaxed))
			snapshot_globals(snapshot, i);
}

bool snapshot_create(const char *folder, const struct index_schema *schema,
		     struct manifest *manifest, const struct snapshot *before,
		     struct snapshot **snapshot_out, struct error *error)
{
	struct snapshot *snapshot = memory_alloc_zeroed(1, sizeof(*snapshot));
	bool done = true;

	atomic_init(&snapshot->references, 1);
	pthread_mutex_init(&snapshot->mutex, NULL);
	snapshot->arena = arena_create(4096);
	arena_defer(snapshot->arena, release_segments, snapshot);
	snapshot->manifest = *manifest;
	snapshot->segments = arena_array(snapshot->arena, struct snapshot_segment,
					 manifest->segments.count);
	snapshot->globals = memory_alloc_zeroed(schema->column_count, sizeof(*snapshot->globals));
	for (size_t i = 0; i < manifest->segments.count && done; i++)
		done = add_segment(snapshot, folder, schema,
				   &LIST_AT(&manifest->segments, struct manifest_segment, i),
				   before, error);
	done = done && read_deleted(snapshot, folder, error);
	if (!done) {
		index_release(snapshot);
		return false;
	}
	find_live(snapshot);
	snapshot->kept = kept_sets_create(KEPT_BYTES_MIN +
					  (size_t)snapshot->document_limit * KEPT_BYTES_EACH);
	prepare_globals(snapshot, before, schema->column_count);
	*snapshot_out = snapshot;
	return true;
}

void index_release(const struct snapshot *held)
{
	struct snapshot *snapshot = (struct snapshot *)(uintptr_t)held;

	if (!snapshot || atomic_fetch_sub(&snapshot->references, 1) > 1)
		return;
	arena_destroy(snapshot->arena);
	manifest_release(&snapshot->manifest);
	pthread_mutex_destroy(&snapshot->mutex);
	memory_free(snapshot->globals);
	kept_sets_destroy(snapshot->kept);
	memory_free(snapshot);
}

/* ---- Joining the sets of segments. */

void joiner_add(struct set_joiner *joiner, const struct snapshot_segment *segment,
		const struct chunk *chunks, size_t count)
{
	struct chunk *added;

	if (count == 0)
		return;
	added = list_add_many(&joiner->chunks, count);
	for (size_t i = 0; i < count; i++) {
		added[i] = chunks[i];
		added[i].key = (uint16_t)(chunks[i].key + (segment->first >> 16));
	}
}

const struct bitmap *joiner_finish(struct set_joiner *joiner, const struct snapshot *snapshot)
{
	struct chunk *chunks = arena_array(joiner->arena, struct chunk, joiner->chunks.count);
	const struct bitmap *all;

	if (joiner->chunks.count > 0)
		memcpy(chunks, joiner->chunks.items, joiner->chunks.count * sizeof(*chunks));
	all = bitmap_of_chunks(joiner->arena, chunks, joiner->chunks.count);
	list_release(&joiner->chunks);
	return bitmap_and_not(joiner->arena, all, snapshot->deleted);
}

/* ---- What it holds. */

int64_t snapshot_log_position(const struct snapshot *snapshot)
{
	return snapshot->manifest.log_position;
}

uint64_t snapshot_generation(const struct snapshot *snapshot)
{
	return snapshot->manifest.generation;
}

uint64_t snapshot_document_count(const struct snapshot *snapshot)
{
	return bitmap_count(snapshot->live);
}

uint32_t snapshot_document_limit(const struct snapshot *snapshot)
{
	return snapshot->document_limit;
}

const struct bitmap *snapshot_documents(const struct snapshot *snapshot)
{
	return snapshot->live;
}

const struct snapshot_segment *snapshot_segment_of(const struct snapshot *snapshot,
						   uint32_t document)
{
	size_t low = 0, high = snapshot->segment_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (snapshot->segments[middle].first <= document)
			low = middle;
		else
			high = middle;
	}
	return &snapshot->segments[low];
}

int64_t snapshot_document_id(const struct snapshot *snapshot, uint32_t document)
{
	const struct snapshot_segment *segment = snapshot_segment_of(snapshot, document);

	return segment->segment->ids[document - segment->first];
}

uint32_t snapshot_find_document(const struct snapshot *snapshot, int64_t id)
{
	if (id <= 0 || id > UINT32_MAX)
		return DOCUMENT_NONE;
	for (size_t i = snapshot->segment_count; i-- > 0;) {
		const struct snapshot_segment *segment = &snapshot->segments[i];
		uint32_t at = segment_find_id(segment->segment, (uint32_t)id), found;

		while (segment_next_of_id(segment->segment, (uint32_t)id, &at, &found))
			if (!bitmap_contains(snapshot->deleted, segment->first + found))
				return segment->first + found;
	}
	return DOCUMENT_NONE;
}

enum {
	SCAN_RATIO = 128, /* fewer documents than this a wanted id: read through all of them */
	FLAT_IDS_MAX = 1 << 30, /* an array of bits up to here is 128 MiB */
	AT_ONCE = 64
};

/* A set as one array of bits, so that a look is one load. */
struct flat_set {
	uint64_t *words;
	uint32_t end; /* ids are below it */
};

static struct flat_set flat_set_of(const struct bitmap *ids)
{
	uint32_t chunks = ids->chunks[ids->chunk_count - 1].key + 1u;
	/* one word more: a run of ids is read across two words */
	struct flat_set flat = { memory_alloc_zeroed((size_t)chunks * CHUNK_WORDS + 1,
						     sizeof(uint64_t)),
				 chunks * CHUNK_VALUES };

	for (size_t i = 0; i < ids->chunk_count; i++)
		chunk_add_to_bits(&ids->chunks[i],
				  flat.words + (size_t)ids->chunks[i].key * CHUNK_WORDS);
	return flat;
}

static uint64_t bits_from(const struct flat_set *flat, uint32_t id)
{
	uint64_t low = flat->words[id / 64] >> id % 64;

	return id % 64 == 0 ? low : low | flat->words[id / 64 + 1] << (64 - id % 64);
}

/* 64 ids, each one more than the one before. */
static bool is_run(const struct segment *segment, const uint32_t *ids)
{
	uint32_t other = 0;

	if (ids[AT_ONCE - 1] - ids[0] != AT_ONCE - 1)
		return false;
	for (uint32_t i = 0; segment->id_order && i < AT_ONCE; i++)
		other |= ids[i] ^ (ids[0] + i);
	return other == 0; /* ascending ones need no look at those between */
}

/* Which of up to 64 documents of a segment have an id of the set. */
static uint64_t look_up_ids(const struct flat_set *flat, const struct segment *segment,
			    uint32_t first)
{
	const uint32_t *ids = segment->ids + first;
	uint32_t count = segment->document_count - first;
	uint64_t word = 0;

	if (count >= AT_ONCE && is_run(segment, ids) && ids[AT_ONCE - 1] < flat->end)
		return bits_from(flat, ids[0]);
	for (uint32_t i = 0; i < count && i < AT_ONCE; i++)
		if (ids[i] < flat->end)
			word |= (flat->words[ids[i] / 64] >> ids[i] % 64 & 1) << i;
	return word;
}

static const struct bitmap *documents_by_scan(const struct snapshot *snapshot, struct arena *arena,
					      const struct bitmap *ids)
{
	struct set_joiner joined = { arena, LIST_OF(struct chunk) };
	struct flat_set flat = flat_set_of(ids);

	for (size_t i = 0; i < snapshot->segment_count; i++) {
		const struct segment *segment = snapshot->segments[i].segment;

		for (uint32_t from = 0; from < segment->document_count; from += CHUNK_VALUES) {
			uint64_t words[CHUNK_WORDS] = { 0 };
			struct chunk chunk;

			for (uint32_t j = 0; j < CHUNK_WORDS; j++)
				if (from + j * AT_ONCE < segment->document_count)
					words[j] = look_up_ids(&flat, segment, from + j * AT_ONCE);
			if (chunk_of_bits(arena, (uint16_t)(from >> 16), words, &chunk))
				joiner_add(&joined, &snapshot->segments[i], &chunk, 1);
		}
	}
	memory_free(flat.words);
	return joiner_finish(&joined, snapshot);
}

const struct bitmap *snapshot_documents_of_ids(const struct snapshot *snapshot, struct arena *arena,
					       const struct bitmap *ids)
{
	struct bitmap_walk walk = bitmap_walk(ids);
	uint64_t count = bitmap_count(ids);
	uint32_t *documents, id;
	size_t n = 0;

	if (count * SCAN_RATIO > snapshot->document_limit &&
	    ids->chunks[ids->chunk_count - 1].key < FLAT_IDS_MAX / CHUNK_VALUES)
		return documents_by_scan(snapshot, arena, ids);
	documents = arena_array(arena, uint32_t, count);
	while (n < count && bitmap_walk_next(&walk, &id)) {
		documents[n] = snapshot_find_document(snapshot, id);
		n += documents[n] != DOCUMENT_NONE;
	}
	return bitmap_of(arena, documents, n);
}

/* ---- Sets kept. */

bool snapshot_find_kept(const struct snapshot *snapshot, struct str name, struct arena *arena,
			const struct bitmap **documents_out)
{
	return kept_sets_find(snapshot->kept, name, arena, documents_out);
}

void snapshot_keep(const struct snapshot *snapshot, struct str name, const struct bitmap *documents)
{
	kept_sets_add(snapshot->kept, name, documents);
}
