#include "backup/archive.h"
#include "backup/backup.h"
#include "backup/manifest.h"
#include "base/clock.h"
#include "base/file.h"
#include "db/db.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDERS_DEEP_MAX = 16, DATABASE_MODE = 0600 };

#define DATABASE_NAME "yucheng.db"

/*
 * Not in a backup: the database's own files (its copy is), what is derived, what is passing, and
 * backups. Nor is what ends in .new: a file that somebody is just writing.
 */
static const char *const left_out[] = {
	DATABASE_NAME, DATABASE_NAME "-wal", DATABASE_NAME "-shm", "index", "temporary", "backups",
};

struct backup {
	const struct backup_options *options;
	struct backup_summary *summary;
	struct arena *arena;
	struct archive_writer *writer;
	struct strbuf manifest;
	char *piece;
};

static bool is_left_out(const char *name)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (strcmp(name, left_out[i]) == 0)
			return true;
	return false;
}

static void tell_progress(const struct backup *backup)
{
	if (backup->options->progress)
		backup->options->progress(backup->options->context, backup->summary->bytes, 0);
}

static bool copy_content(struct backup *backup, FILE *file, int64_t left, const char *path,
			 struct error *error)
{
	while (left > 0) {
		size_t wanted = left < ARCHIVE_PIECE ? (size_t)left : ARCHIVE_PIECE;

		errno = 0;
		if (fread(backup->piece, 1, wanted, file) != wanted)
			return ferror(file) ? error_set_errno(error, "file.read", path)
					    : error_set(error, ERROR_CONFLICT, "backup.changed",
							"%s", path);
		if (!archive_write(backup->writer, (struct str){ backup->piece, wanted }, error))
			return false;
		left -= (int64_t)wanted;
		backup->summary->bytes += (int64_t)wanted;
		tell_progress(backup);
	}
	return true;
}

static bool add_open_file(struct backup *backup, FILE *file, const char *path, const char *name,
			  struct error *error)
{
	char hash[ARCHIVE_HASH_SIZE];
	struct archive_member member = { .size = 0 };
	struct stat status;

	if (fstat(fileno(file), &status) != 0)
		return error_set_errno(error, "file.read", path);
	if (strlen(name) >= sizeof(member.name))
		return error_set(error, ERROR_LIMIT, "backup.name", "%s", name);
	memcpy(member.name, name, strlen(name) + 1);
	member.size = status.st_size;
	member.mode = status.st_mode & 0777;
	member.modified = status.st_mtime;
	if (!archive_begin(backup->writer, &member, error) ||
	    !copy_content(backup, file, member.size, path, error) ||
	    !archive_end(backup->writer, hash, error))
		return false;
	manifest_add(&backup->manifest, hash, &member);
	backup->summary->files++;
	return true;
}

/* A file that went away since its folder was read is not in the backup. */
static bool add_file(struct backup *backup, const char *path, const char *name, struct error *error)
{
	FILE *file = fopen(path, "rbe");
	bool done;

	if (!file)
		return errno == ENOENT || error_set_errno(error, "file.open", path);
	done = add_open_file(backup, file, path, name, error);
	fclose(file);
	return done;
}

static bool add_folder(struct backup *backup, const char *path, const char *prefix, unsigned depth,
		       struct error *error);

/* Plain files and folders; the name is that in the backup, relative to the data folder. */
static bool add_entry(struct backup *backup, const char *path, const char *name, unsigned depth,
		      struct error *error)
{
	struct stat status;

	if (lstat(path, &status) != 0)
		return errno == ENOENT || error_set_errno(error, "file.read", path);
	if (S_ISDIR(status.st_mode))
		return add_folder(backup, path, arena_printf(backup->arena, "%s/", name), depth + 1,
				  error);
	return !S_ISREG(status.st_mode) || add_file(backup, path, name, error);
}

static bool add_folder(struct backup *backup, const char *path, const char *prefix, unsigned depth,
		       struct error *error)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	bool done = true;

	if (!folder)
		return error_set_errno(error, "file.open", path);
	if (depth > FOLDERS_DEEP_MAX)
		done = error_set(error, ERROR_LIMIT, "backup.name", "%s", path);
	while (done && (entry = readdir(folder))) {
		const char *name = entry->d_name;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		    (depth == 0 && is_left_out(name)) || str_ends_with(str_of(name), STR(".new")))
			continue;
		done = add_entry(backup, file_join(backup->arena, path, name),
				 arena_printf(backup->arena, "%s%s", prefix, name), depth, error);
	}
	closedir(folder);
	return done;
}

/* The copy stands beside the backup while it is packed: there must be room for it. */
static bool add_database(struct backup *backup, struct error *error)
{
	const struct backup_options *options = backup->options;
	const char *path = file_join(backup->arena, options->data_folder, DATABASE_NAME);
	const char *copy = arena_printf(backup->arena, "%s.database.new", options->path);
	struct db *db;
	bool done;

	if (options->files_only)
		return true;
	if (*options->database)
		return error_set(error, ERROR_INVALID, "backup.postgresql", "%s", "--files-only");
	if (!file_exists(path))
		return error_set(error, ERROR_NOT_FOUND, "backup.no_database", "%s", path);
	unlink(copy);
	if (!db_open(path, &db, error))
		return false;
	done = db_copy(db, copy, error);
	db_close(db);
	done = done &&
	       (chmod(copy, DATABASE_MODE) == 0 || error_set_errno(error, "file.write", copy));
	done = done && add_file(backup, copy, DATABASE_NAME, error);
	unlink(copy);
	return done;
}

static bool add_manifest(struct backup *backup, struct error *error)
{
	struct archive_member member = { .name = MANIFEST_NAME,
					 .mode = DATABASE_MODE,
					 .modified = clock_utc_ms() / 1000 };
	char hash[ARCHIVE_HASH_SIZE];

	manifest_end(&backup->manifest, backup->summary->files);
	member.size = (int64_t)backup->manifest.size;
	return archive_begin(backup->writer, &member, error) &&
	       archive_write(backup->writer, strbuf_str(&backup->manifest), error) &&
	       archive_end(backup->writer, hash, error);
}

/* The database first: what it names has been written before. */
static bool fill(struct backup *backup, const char *fresh, struct error *error)
{
	unlink(fresh);
	return archive_create(backup->arena, fresh, &backup->writer, error) &&
	       add_database(backup, error) &&
	       add_folder(backup, backup->options->data_folder, "", 0, error) &&
	       add_manifest(backup, error) && archive_finish(backup->writer, error);
}

bool backup_write(const struct backup_options *options, struct backup_summary *summary_out,
		  struct error *error)
{
	struct backup backup = { .options = options,
				 .summary = summary_out,
				 .arena = arena_create(1 << 16),
				 .manifest = STRBUF_INIT };
	const char *fresh = arena_printf(backup.arena, "%s.new", options->path);
	bool done;

	*summary_out = (struct backup_summary){ 0 };
	if (file_exists(options->path)) {
		arena_destroy(backup.arena);
		return error_set(error, ERROR_CONFLICT, "backup.exists", "%s", options->path);
	}
	backup.piece = arena_alloc(backup.arena, ARCHIVE_PIECE);
	manifest_begin(&backup.manifest);
	done = fill(&backup, fresh, error) && (rename(fresh, options->path) == 0 ||
					       error_set_errno(error, "file.write", options->path));
	if (!done)
		unlink(fresh);
	summary_out->size = file_size(options->path);
	strbuf_release(&backup.manifest);
	arena_destroy(backup.arena);
	return done;
}
