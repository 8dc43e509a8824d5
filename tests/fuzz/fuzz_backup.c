/*
 * A backup somebody else made: the first byte says whether it is read as it is (compressed) or its
 * headers alone. Whatever is in it: refused, or members with names that stay inside the folder.
 */
#include "backup/manifest.h"
#include "backup/tar.h"
#include "base/file.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MEMBERS = 64 };

static char folder[] = "/tmp/yucheng-fuzz-XXXXXX";

static void remove_folder(void)
{
	struct error ignored;

	if (!file_remove_tree(folder, &ignored))
		fprintf(stderr, "%s stays\n", folder);
}

static void must(bool done)
{
	if (!done)
		abort();
}

static void check_member(const struct archive_member *member)
{
	must(member->name[0] != '/' && tar_name_is_safe(str_of(member->name)));
	must(member->size >= 0);
}

static void read_archive(struct arena *arena, struct str content)
{
	struct error error = { .kind = ERROR_NONE };
	struct archive_reader *reader;
	struct archive_member member;
	char hash[ARCHIVE_HASH_SIZE];
	const char *path = file_join(arena, folder, "backup");
	struct str piece;
	bool end = false;

	must(file_write_atomic(path, content, &error));
	if (!archive_open(arena, path, &reader, &error))
		return;
	for (int i = 0; i < MEMBERS && archive_next(reader, &member, &end, &error) && !end; i++) {
		check_member(&member);
		if (!archive_read(reader, &piece, &error))
			return;
		archive_hash(reader, hash);
	}
}

static void read_headers(struct str content)
{
	struct archive_member member;
	bool end;

	for (size_t at = 0; at + TAR_BLOCK <= content.size; at += TAR_BLOCK)
		if (tar_read_header(content.data + at, &member, &end) && !end)
			check_member(&member);
}

static void read_manifest(struct str content)
{
	size_t middle = content.size / 2;
	struct error error;

	must(!manifest_compare(str_slice(content, 0, middle),
			       str_slice(content, middle, content.size), 1, "x", &error) ||
	     middle > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_begun;
	struct str content = { (const char *)data + 1, size ? size - 1 : 0 };
	struct arena *arena;

	if (!is_begun) {
		must(mkdtemp(folder) != NULL);
		atexit(remove_folder);
		is_begun = true;
	}
	if (!size)
		return 0;
	arena = arena_create(1 << 12);
	if (data[0] % 2)
		read_archive(arena, content);
	else
		read_headers(content);
	read_manifest(content);
	arena_destroy(arena);
	return 0;
}
