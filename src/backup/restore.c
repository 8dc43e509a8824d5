#include "backup/archive.h"
#include "backup/backup.h"
#include "backup/manifest.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPENED_MODE = 0600, FOLDER_MODE = 0700 };

struct restore {
	const char *path;
	const char *folder; /* NULL: only to compare */
	struct backup_summary *summary;
	struct archive_reader *reader;
	struct strbuf read, manifest; /* lines of the members; the text of the manifest */
	bool has_manifest;
};

/* The content into the file (below 0: nowhere). */
static bool copy_member(struct restore *restore, int fd, struct error *error)
{
	struct str piece;

	do {
		if (!archive_read(restore->reader, &piece, error))
			return false;
		restore->summary->bytes += (int64_t)piece.size;
		for (struct str left = piece; fd >= 0 && left.size > 0;) {
			ssize_t put = write(fd, left.data, left.size);

			if (put < 0)
				return error_set_errno(error, "file.write", restore->folder);
			left = str_slice(left, (size_t)put, left.size);
		}
	} while (piece.size > 0);
	return true;
}

static bool make_parents(const char *path, struct error *error)
{
	struct arena *arena = arena_create(1024);
	const char *slash = strrchr(path, '/');
	bool done = file_make_folder(arena_copy(arena, path, (size_t)(slash - path)), error);

	arena_destroy(arena);
	return done;
}

/* O_EXCL: a name that comes twice, or a link somebody put there, is not followed. */
static bool write_member(struct restore *restore, const struct archive_member *member,
			 struct error *error)
{
	struct arena *arena = arena_create(1024);
	const char *path = file_join(arena, restore->folder, member->name);
	int fd = -1;
	bool done = make_parents(path, error);

	if (done) {
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, OPENED_MODE);
		done = fd >= 0 || error_set_errno(error, "file.write", path);
	}
	done = done && copy_member(restore, fd, error) &&
	       ((fchmod(fd, member->mode) == 0 && fsync(fd) == 0) ||
		error_set_errno(error, "file.write", path));
	if (fd >= 0)
		close(fd);
	arena_destroy(arena);
	return done;
}

static bool read_manifest(struct restore *restore, const struct archive_member *member,
			  struct error *error)
{
	struct str piece;

	if (member->size > MANIFEST_SIZE_MAX)
		return error_set(error, ERROR_LIMIT, "backup.damaged", "%s: " MANIFEST_NAME,
				 restore->path);
	do {
		if (!archive_read(restore->reader, &piece, error))
			return false;
		strbuf_add_str(&restore->manifest, piece);
	} while (piece.size > 0);
	restore->has_manifest = true;
	return true;
}

static bool take_member(struct restore *restore, const struct archive_member *member,
			struct error *error)
{
	char hash[ARCHIVE_HASH_SIZE];

	if (restore->has_manifest)
		return error_set(error, ERROR_CORRUPT, "backup.damaged", "%s: %s", restore->path,
				 member->name);
	if (strcmp(member->name, MANIFEST_NAME) == 0)
		return read_manifest(restore, member, error);
	if (!(restore->folder ? write_member(restore, member, error)
			      : copy_member(restore, -1, error)))
		return false;
	archive_hash(restore->reader, hash);
	manifest_add(&restore->read, hash, member);
	restore->summary->files++;
	return true;
}

static bool read_all(struct restore *restore, struct error *error)
{
	for (;;) {
		struct archive_member member;
		bool end;

		if (!archive_next(restore->reader, &member, &end, error))
			return false;
		if (end)
			break;
		if (!take_member(restore, &member, error))
			return false;
	}
	if (!restore->has_manifest)
		return error_set(error, ERROR_CORRUPT, "backup.damaged", "%s: " MANIFEST_NAME,
				 restore->path);
	return manifest_compare(strbuf_str(&restore->manifest), strbuf_str(&restore->read),
				restore->summary->files, restore->path, error);
}

static bool run(const char *path, const char *folder, struct backup_summary *summary_out,
		struct error *error)
{
	struct arena *arena = arena_create(1 << 16);
	struct restore restore = { .path = path,
				   .folder = folder,
				   .summary = summary_out,
				   .read = STRBUF_INIT,
				   .manifest = STRBUF_INIT };
	bool done;

	*summary_out = (struct backup_summary){ .size = file_size(path) };
	done = archive_open(arena, path, &restore.reader, error) && read_all(&restore, error);
	strbuf_release(&restore.read);
	strbuf_release(&restore.manifest);
	arena_destroy(arena);
	return done;
}

bool backup_check(const char *path, struct backup_summary *summary_out, struct error *error)
{
	return run(path, NULL, summary_out, error);
}

/* rmdir() refuses a folder that holds anything; a missing one is fine. */
static bool clear_place(const char *folder, struct error *error)
{
	if (rmdir(folder) == 0 || errno == ENOENT)
		return true;
	if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
		return error_set(error, ERROR_CONFLICT, "backup.not_empty", "%s", folder);
	return error_set_errno(error, "file.write", folder);
}

static bool is_empty(const char *folder, struct error *error)
{
	DIR *opened = opendir(folder);
	const struct dirent *entry;
	size_t count = 0;

	if (!opened)
		return errno == ENOENT ||
		       error_set(error, ERROR_CONFLICT, "backup.not_empty", "%s", folder);
	while ((entry = readdir(opened)))
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(opened);
	return count == 0 || error_set(error, ERROR_CONFLICT, "backup.not_empty", "%s", folder);
}

static bool put_into_place(const char *fresh, const char *folder, struct error *error)
{
	return clear_place(folder, error) &&
	       (rename(fresh, folder) == 0 || error_set_errno(error, "file.write", folder)) &&
	       file_sync_folder(folder, error);
}

static void remove_quietly(const char *path)
{
	struct error ignored;

	if (!file_remove_tree(path, &ignored))
		return; /* the error that came first says more */
}

bool backup_restore(const char *path, const char *data_folder, struct backup_summary *summary_out,
		    struct error *error)
{
	struct arena *arena = arena_create(1024);
	struct str place = str_of(data_folder);
	const char *folder, *fresh;
	bool done;

	while (place.size > 1 && place.data[place.size - 1] == '/')
		place.size--;
	folder = str_to_cstr(arena, place);
	fresh = arena_printf(arena, "%s.restoring", folder);
	done = is_empty(folder, error) && file_remove_tree(fresh, error) &&
	       file_make_folder(fresh, error) &&
	       (chmod(fresh, FOLDER_MODE) == 0 || error_set_errno(error, "file.write", fresh)) &&
	       run(path, fresh, summary_out, error) && put_into_place(fresh, folder, error);
	if (!done)
		remove_quietly(fresh);
	arena_destroy(arena);
	return done;
}
