#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stdint.h>

/* Each kind has one HTTP status and one exit status; see error_kinds[]. */
enum error_kind {
	ERROR_NONE,
	ERROR_USAGE,           /* the command line is wrong */
	ERROR_INVALID,         /* the caller's data is wrong; field or at says where */
	ERROR_UNAUTHENTICATED, /* who asks is not known: log in */
	ERROR_FORBIDDEN,
	ERROR_NOT_FOUND,
	ERROR_CONFLICT, /* unique key, stale version, state does not allow it */
	ERROR_LIMIT,    /* a size, time or depth limit was reached */
	ERROR_TOO_MANY, /* requests or attempts: wait, then try again */
	ERROR_CANCELLED,
	ERROR_BUSY, /* may succeed if tried again */
	ERROR_IO,
	ERROR_CORRUPT, /* stored data is not what was written */
	ERROR_KIND_COUNT
};

/*
 * Filled by the function that fails, read once at the edge (HTTP, command, job), where
 * message_format() turns the key into Chinese or English text. Owns nothing; can be copied.
 */
struct error {
	enum error_kind kind;
	const char *key;   /* "query.unknown_field": key of base/messages, static */
	const char *field; /* the field at fault, or NULL, static */
	int64_t at; /* byte offset, row or line the key speaks of; -1 when it speaks of none */
	char detail[240]; /* takes the place of {} in the message: a name, a file, a value */
	char hint[120];   /* what was probably meant; takes the place of {hint}; may be empty */
};

/* Each fills *error and returns false, so that "return error_set(...)" reads well. */
bool error_set(struct error *error, enum error_kind kind, const char *key, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool error_set_at(struct error *error, enum error_kind kind, const char *key, int64_t at,
		  const char *format, ...) __attribute__((format(printf, 5, 6)));
bool error_set_field(struct error *error, const char *field, const char *key);
/* ERROR_IO with strerror(errno) behind the detail. */
bool error_set_errno(struct error *error, const char *key, const char *detail);
/* Adds what was probably meant to an error already set. Returns false. */
bool error_hint(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

int error_http_status(const struct error *error);
int error_exit_status(const struct error *error); /* 2 wrong use, 3 failed */

#define MUST_CHECK __attribute__((warn_unused_result))

#endif
