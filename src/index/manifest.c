#include "index/manifest_internal.h"
#include "base/fault.h"
#include "base/file.h"
#include "index/checksum_internal.h"
#include "index/segment_internal.h"

#include <dirent.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { CURRENT_SIZE_MAX = 64 };
enum { MANIFEST_SIZE_MAX = 16 << 20, DELETED_SIZE_MAX = 1 << 30, SEGMENTS_MAX = 60000 };

void manifest_release(struct manifest *manifest)
{
	list_release(&manifest->segments);
}

struct manifest manifest_copy(const struct manifest *manifest)
{
	struct manifest copy = *manifest;

	copy.segments = LIST_OF(struct manifest_segment);
	if (manifest->segments.count > 0)
		memcpy(list_add_many(&copy.segments, manifest->segments.count),
		       manifest->segments.items,
		       manifest->segments.count * sizeof(struct manifest_segment));
	return copy;
}

/* ---- Reading. */

/* "name value" lines; one value a line but for segments. */
static bool take_word(struct str *line, struct str *word_out)
{
	return str_split(line, STR(" "), word_out);
}

static bool take_number(struct str *line, uint64_t *value_out)
{
	struct str word;
	int64_t value;

	if (!take_word(line, &word) || !str_to_int64(word, &value) || value < 0)
		return false;
	*value_out = (uint64_t)value;
	return true;
}

static bool take_hex(struct str *line, uint64_t *value_out)
{
	struct str word;
	uint64_t value = 0;

	if (!take_word(line, &word) || word.size != 16)
		return false;
	for (size_t i = 0; i < word.size; i++) {
		const char *digits = "0123456789abcdef", *at = strchr(digits, word.data[i]);

		if (!at || word.data[i] == 0)
			return false;
		value = value << 4 | (uint64_t)(at - digits);
	}
	*value_out = value;
	return true;
}

static bool read_segment_line(struct str line, struct manifest *manifest)
{
	struct manifest_segment *segment;

	if (manifest->segments.count >= SEGMENTS_MAX)
		return false;
	segment = list_add(&manifest->segments);
	return take_number(&line, &segment->number) && take_number(&line, &segment->documents) &&
	       take_number(&line, &segment->deleted) &&
	       take_number(&line, &segment->deleted_generation) &&
	       segment->number < manifest->next_number && segment->deleted < segment->documents &&
	       (segment->deleted == 0) == (segment->deleted_generation == 0);
}

static bool read_line(struct str line, struct manifest *manifest)
{
	struct str name, word;

	if (!take_word(&line, &name))
		return false;
	if (str_equal_cstr(name, "generation"))
		return take_number(&line, &manifest->generation) && manifest->generation > 0;
	if (str_equal_cstr(name, "log-position"))
		return take_word(&line, &word) && str_to_int64(word, &manifest->log_position);
	if (str_equal_cstr(name, "next"))
		return take_number(&line, &manifest->next_number);
	if (str_equal_cstr(name, "schema"))
		return take_hex(&line, &manifest->schema);
	return str_equal_cstr(name, "segment") && read_segment_line(line, manifest);
}

#define MANIFEST_FIRST_LINE "yucheng-index 1\n"

/* The last line is "checksum HEX" of all bytes before it. */
static bool parse(struct str text, struct manifest *manifest)
{
	enum { CHECKSUM_SIZE = sizeof("checksum 0123456789abcdef\n") - 1 };
	struct str body, last, line, word;
	uint64_t sum;

	if (text.size < CHECKSUM_SIZE || text.data[text.size - 1] != '\n' ||
	    !str_starts_with(text, STR(MANIFEST_FIRST_LINE)))
		return false;
	body = str_slice(text, 0, text.size - CHECKSUM_SIZE);
	last = str_slice(text, body.size, text.size - 1);
	if (!take_word(&last, &word) || !str_equal_cstr(word, "checksum") ||
	    !take_hex(&last, &sum) || sum != checksum_of(body.data, body.size))
		return false;
	body = str_slice(body, sizeof(MANIFEST_FIRST_LINE) - 1, body.size);
	while (body.size > 0 && str_split(&body, STR("\n"), &line))
		if (line.size > 0 && !read_line(line, manifest))
			return false;
	return manifest->generation > 0;
}

/* One of the index' own files: a size it never has is damage. */
static bool read_own(struct arena *arena, const char *path, size_t size_max,
		     struct str *content_out, struct error *error)
{
	if (file_read(arena, path, size_max, content_out, error))
		return true;
	return error->kind == ERROR_LIMIT ? segment_corrupt(error, path) : false;
}

bool manifest_current(const char *folder, uint64_t *generation_out, struct error *error)
{
	struct arena *arena = arena_create(512);
	const char *path = file_join(arena, folder, "CURRENT");
	struct str text = STR_EMPTY, name, word;
	int64_t generation = 0;
	bool done = true;

	*generation_out = 0;
	if (file_exists(path)) {
		done = read_own(arena, path, CURRENT_SIZE_MAX, &text, error);
		name = str_trim(text);
		if (done &&
		    (!str_starts_with(name, STR("manifest-")) ||
		     (word = str_slice(name, 9, name.size), !str_to_int64(word, &generation)) ||
		     generation <= 0))
			done = segment_corrupt(error, path);
	}
	*generation_out = (uint64_t)generation;
	arena_destroy(arena);
	return done;
}

static char *manifest_path(struct arena *arena, const char *folder, uint64_t generation)
{
	return arena_printf(arena, "%s/manifest-%" PRIu64, folder, generation);
}

bool manifest_read(const char *folder, const struct index_schema *schema,
		   struct manifest *manifest_out, struct error *error)
{
	struct arena *arena;
	uint64_t generation;
	const char *path;
	struct str text;
	bool done;

	*manifest_out = MANIFEST_EMPTY;
	if (!manifest_current(folder, &generation, error))
		return false;
	if (generation == 0)
		return true;
	arena = arena_create(4096);
	path = manifest_path(arena, folder, generation);
	done = read_own(arena, path, MANIFEST_SIZE_MAX, &text, error) &&
	       ((parse(text, manifest_out) && manifest_out->generation == generation) ||
		segment_corrupt(error, path));
	if (done && manifest_out->schema != schema_hash(schema))
		done = error_set(error, ERROR_CONFLICT, "index.schema", "%s", folder);
	arena_destroy(arena);
	if (!done)
		manifest_release(manifest_out);
	return done;
}

static const char *missing_segment(struct arena *arena, const char *folder,
				   const struct manifest *manifest)
{
	for (size_t i = 0; i < manifest->segments.count; i++) {
		const struct manifest_segment *segment = &LIST_AT(&manifest->segments,
								  struct manifest_segment, i);
		const char *path = segment_path(arena, folder, segment->number);

		if (!file_exists(path))
			return path;
		path = deleted_path(arena, folder, segment);
		if (segment->deleted_generation > 0 && !file_exists(path))
			return path;
	}
	return NULL;
}

const char *manifest_missing_file(struct arena *arena, const char *folder,
				  const struct index_schema *schema)
{
	struct manifest manifest;
	uint64_t generation;
	struct error ignored;
	const char *path;

	if (!manifest_current(folder, &generation, &ignored) || generation == 0)
		return NULL;
	path = manifest_path(arena, folder, generation);
	if (!file_exists(path))
		return path;
	if (!manifest_read(folder, schema, &manifest, &ignored))
		return NULL;
	path = missing_segment(arena, folder, &manifest);
	manifest_release(&manifest);
	return path;
}

/* ---- Writing. */

static void add_lines(struct strbuf *text, const struct manifest *manifest)
{
	strbuf_add_cstr(text, MANIFEST_FIRST_LINE);
	strbuf_addf(text, "generation %" PRIu64 "\n", manifest->generation);
	strbuf_addf(text, "log-position %" PRId64 "\n", manifest->log_position);
	strbuf_addf(text, "next %" PRIu64 "\n", manifest->next_number);
	strbuf_addf(text, "schema %016" PRIx64 "\n", manifest->schema);
	for (size_t i = 0; i < manifest->segments.count; i++) {
		const struct manifest_segment *segment = &LIST_AT(&manifest->segments,
								  struct manifest_segment, i);

		strbuf_addf(text, "segment %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
			    segment->number, segment->documents, segment->deleted,
			    segment->deleted_generation);
	}
	strbuf_addf(text, "checksum %016" PRIx64 "\n", checksum_of(text->data, text->size));
}

bool manifest_write(const char *folder, const struct manifest *manifest, struct error *error)
{
	struct arena *arena = arena_create(512);
	struct strbuf text = STRBUF_INIT;
	bool done;

	add_lines(&text, manifest);
	fault_point("index.manifest");
	done = file_write_atomic(manifest_path(arena, folder, manifest->generation),
				 strbuf_str(&text), error);
	fault_point("index.current");
	strbuf_clear(&text);
	strbuf_addf(&text, "manifest-%" PRIu64 "\n", manifest->generation);
	done = done &&
	       file_write_atomic(file_join(arena, folder, "CURRENT"), strbuf_str(&text), error);
	fault_point("index.committed");
	strbuf_release(&text);
	arena_destroy(arena);
	return done;
}

/* ---- Deleted documents: a set in its portable form, and its checksum in eight bytes. */

char *deleted_path(struct arena *arena, const char *folder, const struct manifest_segment *segment)
{
	return arena_printf(arena, "%s/deleted-%" PRIu64 "-%" PRIu64, folder, segment->number,
			    segment->deleted_generation);
}

bool deleted_write(const char *folder, const struct manifest_segment *segment,
		   const struct bitmap *deleted, struct error *error)
{
	struct arena *arena = arena_create(512);
	struct strbuf bytes = STRBUF_INIT;
	uint64_t sum;
	bool done;

	bitmap_write(deleted, &bytes);
	sum = checksum_of(bytes.data, bytes.size);
	strbuf_add(&bytes, &sum, sizeof(sum));
	fault_point("index.deleted");
	done = file_write_atomic(deleted_path(arena, folder, segment), strbuf_str(&bytes), error);
	strbuf_release(&bytes);
	arena_destroy(arena);
	return done;
}

bool deleted_read(const char *folder, const struct manifest_segment *segment, struct arena *arena,
		  const struct bitmap **deleted_out, struct error *error)
{
	const char *path = deleted_path(arena, folder, segment);
	struct str bytes, set;
	uint64_t sum;

	if (!read_own(arena, path, DELETED_SIZE_MAX, &bytes, error))
		return false;
	if (bytes.size < sizeof(sum))
		return segment_corrupt(error, path);
	set = str_slice(bytes, 0, bytes.size - sizeof(sum));
	memcpy(&sum, bytes.data + set.size, sizeof(sum));
	if (sum != checksum_of(set.data, set.size) ||
	    !bitmap_read(arena, set, deleted_out, error) ||
	    bitmap_count(*deleted_out) != segment->deleted ||
	    bitmap_select(*deleted_out, segment->deleted - 1) >= segment->documents)
		return segment_corrupt(error, path);
	return true;
}

/* ---- Cleaning. */

static bool is_named(const struct manifest *manifest, const char *name)
{
	char wanted[64];

	snprintf(wanted, sizeof(wanted), "manifest-%" PRIu64, manifest->generation);
	if (strcmp(name, wanted) == 0)
		return true;
	for (size_t i = 0; i < manifest->segments.count; i++) {
		const struct manifest_segment *segment = &LIST_AT(&manifest->segments,
								  struct manifest_segment, i);

		snprintf(wanted, sizeof(wanted), "segment-%" PRIu64, segment->number);
		if (strcmp(name, wanted) == 0)
			return true;
		snprintf(wanted, sizeof(wanted), "deleted-%" PRIu64 "-%" PRIu64, segment->number,
			 segment->deleted_generation);
		if (strcmp(name, wanted) == 0)
			return true;
	}
	return false;
}

static bool is_ours(const char *name)
{
	static const char *const prefixes[] = { "manifest-", "segment-", "deleted-", "CURRENT." };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

void manifest_remove_others(const char *folder, const struct manifest *manifest)
{
	struct arena *arena = arena_create(1024);
	DIR *listing = opendir(folder);
	struct dirent *entry;

	while (listing && (entry = readdir(listing)) != NULL)
		if (is_ours(entry->d_name) && !is_named(manifest, entry->d_name))
			unlink(file_join(arena, folder, entry->d_name));
	if (listing)
		closedir(listing);
	arena_destroy(arena);
}
