#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool open_regular(const char *path, int *fd_out, size_t *size_out, struct error *error)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return error_set_errno(error, "file.open", path);
	if (fstat(fd, &status) != 0 || S_ISDIR(status.st_mode)) {
		errno = S_ISDIR(status.st_mode) ? EISDIR : errno;
		error_set_errno(error, "file.open", path);
		close(fd);
		return false;
	}
	*fd_out = fd;
	*size_out = (size_t)status.st_size;
	return true;
}

static bool read_all(int fd, char *data, size_t size)
{
	while (size > 0) {
		ssize_t got = read(fd, data, size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		data += got;
		size -= (size_t)got;
	}
	return true;
}

bool file_read(struct arena *arena, const char *path, size_t size_max, struct str *content_out,
	       struct error *error)
{
	size_t size = 0;
	bool done;
	int fd = -1;

	if (!open_regular(path, &fd, &size, error))
		return false;
	if (size > size_max) {
		close(fd);
		return error_set(error, ERROR_LIMIT, "file.too_large", "%s", path);
	}
	*content_out = (struct str){ arena_alloc(arena, size + 1), size };
	errno = 0;
	done = read_all(fd, (char *)(uintptr_t)content_out->data, size);
	if (!done)
		error_set_errno(error, "file.read", path);
	close(fd);
	return done;
}

bool file_map(const char *path, struct str *content_out, struct error *error)
{
	size_t size = 0;
	void *data;
	int fd = -1;

	if (!open_regular(path, &fd, &size, error))
		return false;
	*content_out = (struct str){ "", 0 };
	if (size > 0) {
		data = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
		if (data == MAP_FAILED) {
			error_set_errno(error, "file.read", path);
			close(fd);
			return false;
		}
		*content_out = (struct str){ data, size };
	}
	close(fd);
	return true;
}

void file_unmap(struct str content)
{
	if (content.size > 0)
		munmap((void *)(uintptr_t)content.data, content.size);
}

static bool write_all(int fd, struct str content)
{
	while (content.size > 0) {
		ssize_t put = write(fd, content.data, content.size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		content = str_slice(content, (size_t)put, content.size);
	}
	return true;
}

static bool write_synced(const char *path, struct str content)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool done;

	if (fd < 0)
		return false;
	done = write_all(fd, content) && fsync(fd) == 0;
	return close(fd) == 0 && done;
}

bool file_write_atomic(const char *path, struct str content, struct error *error)
{
	struct arena *arena = arena_create(1024);
	char *fresh = arena_printf(arena, "%s.%ld.new", path, (long)getpid());
	const char *slash = strrchr(path, '/');
	char *folder = slash ? arena_copy(arena, path, (size_t)(slash - path))
			     : arena_copy(arena, ".", 1);
	bool done = write_synced(fresh, content) && rename(fresh, path) == 0;

	if (!done) {
		error_set_errno(error, "file.write", path);
		unlink(fresh);
	}
	done = done && file_sync_folder(*folder ? folder : "/", error);
	arena_destroy(arena);
	return done;
}

bool file_sync_folder(const char *folder, struct error *error)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done;

	if (fd < 0)
		return error_set_errno(error, "file.write", folder);
	done = fsync(fd) == 0;
	if (!done)
		error_set_errno(error, "file.write", folder);
	close(fd);
	return done;
}

bool file_make_folder(const char *path, struct error *error)
{
	struct arena *arena = arena_create(1024);
	char *copy = arena_copy(arena, path, strlen(path));
	bool done = true;

	for (char *slash = strchr(copy + 1, '/'); slash && done; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		done = mkdir(copy, 0755) == 0 || errno == EEXIST;
		*slash = '/';
	}
	done = done && (mkdir(copy, 0700) == 0 || (errno == EEXIST && file_is_folder(copy)));
	if (!done && errno == EEXIST)
		errno = ENOTDIR;
	if (!done)
		error_set_errno(error, "file.write", path);
	arena_destroy(arena);
	return done;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

bool file_remove_tree(const char *path, struct error *error)
{
	enum { OPEN_FOLDERS_MAX = 16 };

	if (!file_exists(path))
		return true;
	if (nftw(path, remove_entry, OPEN_FOLDERS_MAX, FTW_DEPTH | FTW_PHYS) != 0)
		return error_set_errno(error, "file.write", path);
	return true;
}

bool file_exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

bool file_is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

int64_t file_size(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 ? (int64_t)status.st_size : -1;
}

char *file_join(struct arena *arena, const char *folder, const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
