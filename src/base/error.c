#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	int http_status, exit_status;
} error_kinds[ERROR_KIND_COUNT] = {
	[ERROR_NONE] = { 200, 0 },      [ERROR_USAGE] = { 400, 2 },
	[ERROR_INVALID] = { 422, 2 },   [ERROR_UNAUTHENTICATED] = { 401, 3 },
	[ERROR_FORBIDDEN] = { 403, 3 }, [ERROR_NOT_FOUND] = { 404, 2 },
	[ERROR_CONFLICT] = { 409, 3 },  [ERROR_LIMIT] = { 413, 3 },
	[ERROR_TOO_MANY] = { 429, 3 },  [ERROR_CANCELLED] = { 409, 3 },
	[ERROR_BUSY] = { 503, 3 },      [ERROR_IO] = { 500, 3 },
	[ERROR_CORRUPT] = { 500, 3 },
};

__attribute__((format(printf, 5, 0))) static void fill(struct error *error, enum error_kind kind,
						       const char *key, int64_t at,
						       const char *format, va_list args)
{
	*error = (struct error){ .kind = kind, .key = key, .at = at };
	vsnprintf(error->detail, sizeof(error->detail), format, args);
}

bool error_set(struct error *error, enum error_kind kind, const char *key, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(error, kind, key, -1, format, args);
	va_end(args);
	return false;
}

bool error_set_at(struct error *error, enum error_kind kind, const char *key, int64_t at,
		  const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(error, kind, key, at, format, args);
	va_end(args);
	return false;
}

bool error_set_field(struct error *error, const char *field, const char *key)
{
	*error = (struct error){ .kind = ERROR_INVALID, .key = key, .field = field, .at = -1 };
	return false;
}

bool error_set_errno(struct error *error, const char *key, const char *detail)
{
	return error_set(error, ERROR_IO, key, "%s: %s", detail, strerror(errno));
}

bool error_hint(struct error *error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(error->hint, sizeof(error->hint), format, args);
	va_end(args);
	return false;
}

int error_http_status(const struct error *error)
{
	return error_kinds[error->kind].http_status;
}

int error_exit_status(const struct error *error)
{
	return error_kinds[error->kind].exit_status;
}
