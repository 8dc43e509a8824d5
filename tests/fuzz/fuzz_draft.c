#include "base/message.h"
#include "base/utf8.h"
#include "draft/draft_read.h"
#include "rule/lint.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * A draft, read and checked. Input that begins with "@\n" is a Word document: the text of the parts
 * below, parted by lines "@"; anything else is the file itself.
 */
static const char *const names[] = {
	"word/document.xml",  "word/numbering.xml",           "word/styles.xml",
	"word/footnotes.xml", "word/_rels/document.xml.rels", "word/header1.xml",
};

static void check_draft(const struct draft *draft)
{
	for (size_t i = 0; i < DRAFT_PART_COUNT; i++)
		assert(utf8_is_valid(draft->parts[i].text));
	for (size_t i = 0; i < draft->object_count; i++)
		assert(draft->objects[i].at <= draft->parts[draft->objects[i].part].text.size);
}

static void check_findings(const struct draft *draft, const struct lint_result *result)
{
	for (size_t i = 0; i < result->count; i++) {
		const struct draft_place *place = &result->findings[i].place;
		struct str text = draft->parts[place->part].text;

		assert(place->start <= place->end && place->end <= text.size);
		assert(place->start_rune == utf8_count(str_slice(text, 0, place->start)));
		assert(utf8_is_valid(str_slice(text, place->start, place->end)));
		assert(utf8_is_valid(str_of(result->findings[i].message.zh)));
	}
}

static void read_file(const void *data, size_t size)
{
	struct arena *arena = arena_create(0);
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	const char *path = arena_printf(arena, "/proc/self/fd/%d", fd);
	const struct lint_options options = { .on = date_of(2026, 6, 1) };
	struct error error = { 0 };
	struct lint_result result;
	struct draft draft;

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	if (draft_read(arena, path, &draft, &error)) {
		check_draft(&draft);
		lint_run(arena, &draft, &options, &result);
		check_findings(&draft, &result);
	} else {
		assert(error.kind != ERROR_NONE && message_find(error.key));
	}
	arena_destroy(arena);
	close(fd);
}

static void add_part(zip_t *archive, const char *name, struct str content)
{
	zip_source_t *source = zip_source_buffer(archive, content.data, content.size, 0);
	zip_int64_t index = zip_file_add(archive, name, source, 0);

	assert(index >= 0);
	zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

static void read_word(struct str parts)
{
	static char file[1 << 20];
	zip_error_t error;
	zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
	zip_int64_t size = 0;
	struct str part;

	zip_source_keep(target);
	add_part(archive, "[Content_Types].xml", STR("<Types/>"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_split(&parts, STR("\n@\n"), &part) && part.size > 0)
			add_part(archive, names[i], part);
	if (zip_close(archive) != 0)
		zip_discard(archive);
	else if (zip_source_open(target) == 0) {
		size = zip_source_read(target, file, sizeof(file));
		zip_source_close(target);
	}
	zip_source_free(target);
	if (size > 0)
		read_file(file, (size_t)size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = { (const char *)data, size };

	if (str_starts_with(input, STR("@\n")))
		read_word(str_slice(input, 2, size));
	else
		read_file(data, size);
	return 0;
}
