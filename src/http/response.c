#include "base/strbuf.h"
#include "http/http_internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GENERATED_IN_MEMORY = 256 * 1024 };

/* Content that came from users: whatever it holds, it runs nothing and belongs to no origin. */
#define POLICY_SANDBOX                                                                             \
	"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "                  \
	"frame-ancestors 'self'"

void response_header(struct response *response, const char *name, const char *value)
{
	assert(!strpbrk(name, "\r\n:") && !strpbrk(value, "\r\n"));
	assert(response->header_count < RESPONSE_HEADERS_MAX);
	response->headers[response->header_count++] = (struct name_value){ name, value };
}

void response_cookie(const struct request *request, struct response *response, const char *name,
		     const char *value, int64_t max_age_seconds)
{
	const char *age = max_age_seconds < 0 ? ""
					      : arena_printf(request->arena, "; Max-Age=%lld",
							     (long long)max_age_seconds);

	assert(!strpbrk(value, ";, \t\""));
	response_header(response, "Set-Cookie",
			arena_printf(request->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
				     cookie_name(request, name), value,
				     request->is_tls ? "; Secure" : "", age));
}

void response_location(struct response *response, int status, const char *path)
{
	response->status = status;
	response_header(response, "Location", path);
}

void response_attachment(struct request *request, struct response *response, const char *name)
{
	struct arena *arena = request->arena;
	char *plain = arena_copy(arena, name, strlen(name));

	for (char *c = plain; *c; c++)
		if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\' || *c == '%')
			*c = '_';
	response_header(response, "Content-Disposition",
			arena_printf(arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s",
				     plain, target_encode(arena, str_of(name))));
}

bool response_file(struct request *request, struct response *response, const char *path,
		   const char *content_type, const char *name, struct error *error)
{
	struct stat status;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (file < 0)
		return error_set_errno(error, "file.open", path);
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(file);
		return error_set(error, ERROR_IO, "file.open", "%s", path);
	}
	response->file = file;
	response->file_from = 0;
	response->file_size = status.st_size;
	response->content_type = content_type;
	response->content_security_policy = POLICY_SANDBOX;
	if (name)
		response_attachment(request, response, name);
	return true;
}

/* ---- Large answers. */

struct spool {
	struct strbuf memory;
	int file; /* -1: all in memory so far */
	int64_t size;
};

static int open_unnamed(struct request *request)
{
	struct exchange *exchange = (struct exchange *)(void *)request;
	const char *folder = exchange->server->options.temporary_folder;

	return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

static bool spool_flush(struct spool *spool, struct request *request, struct error *error)
{
	struct str rest = strbuf_str(&spool->memory);

	if (spool->file < 0)
		spool->file = open_unnamed(request);
	if (spool->file < 0)
		return error_set_errno(error, "http.temporary", "answer");
	while (rest.size > 0) {
		ssize_t written = write(spool->file, rest.data, rest.size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return error_set_errno(error, "http.temporary", "answer");
		rest = str_slice(rest, (size_t)written, rest.size);
	}
	spool->size += (int64_t)spool->memory.size;
	strbuf_clear(&spool->memory);
	return true;
}

static bool fill_spool(struct spool *spool, struct request *request, generate_fn *generate,
		       void *context, struct error *error)
{
	bool done = false;

	while (!done) {
		if (request_is_expired(request))
			return error_set(error, ERROR_BUSY, "http.expired", " ");
		if (!generate(context, &spool->memory, &done, error) ||
		    (spool->memory.size > GENERATED_IN_MEMORY &&
		     !spool_flush(spool, request, error)))
			return false;
		if (spool->size > (int64_t)GENERATED_MAX_MIB << 20)
			return error_set(error, ERROR_LIMIT, "http.body_size", "%lld",
					 (long long)GENERATED_MAX_MIB << 20);
	}
	return spool->file < 0 || spool_flush(spool, request, error);
}

bool response_generate(struct request *request, struct response *response, generate_fn *generate,
		       void *context, struct error *error)
{
	struct spool spool = { .memory = STRBUF_INIT, .file = -1 };
	bool done = fill_spool(&spool, request, generate, context, error);

	if (done && spool.file < 0)
		response->body = str_copy(request->arena, strbuf_str(&spool.memory));
	if (done && spool.file >= 0) {
		response->file = spool.file;
		response->file_from = 0;
		response->file_size = spool.size;
	}
	if (!done && spool.file >= 0)
		close(spool.file);
	strbuf_release(&spool.memory);
	return done;
}
