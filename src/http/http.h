#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <stdatomic.h>

/*
 * What a handler sees of HTTP: a request that is complete, and a response to fill. Handlers run on
 * worker threads and may block on the database; no handler touches a socket. Knows no records and
 * no users: who may call a route is asked of the application (server.h).
 */
struct request;
struct response;
struct upload;

/*
 * Fills the response (status 200 and JSON unless it says otherwise). False: the server writes the
 * error as application/problem+json (RFC 9457) with the status of its kind, or with
 * response->status when the handler has set one of 400 and above.
 */
typedef bool handler_fn(struct request *request, struct response *response, struct error *error);

/* ---- Routes. */

enum route_flags {
	ROUTE_UPLOAD = 1 << 0, /* a body of files: goes to disk, and authorise is asked before it
				  is read; else the body is kept in memory */
	ROUTE_INLINE = 1 << 1, /* answered on the I/O thread: it never blocks and is PUBLIC */
	ROUTE_QUIET = 1 << 2,  /* no log line when all went well: probes of health and metrics */
	ROUTE_HIDDEN = 1 << 3, /* not in the description of the API */
	ROUTE_SECRET = 1 << 5, /* the path is a proof: log lines name the route instead */
	ROUTE_LONG = 1 << 4,   /* may run up to long_timeout_ms (server.h): reports, exports */
};

enum {
	BODY_NONE = 0,       /* a body is refused */
	BODY_JSON = 1 << 20, /* bytes; the usual limit of a JSON body */
};

/*
 * A row of the route table; made by ROUTE() only, which does not compile without a permission. A
 * row whose permission is missing all the same makes the server refuse to start.
 */
struct route {
	const char *method;     /* "GET" (answers HEAD too), "POST" …; NULL ends the table */
	const char *path;       /* "/api/v1/{type}/{id}": a {name} takes one part, not empty */
	const char *permission; /* PUBLIC, or a name that the application's authorise() judges */
	handler_fn *handler;
	unsigned flags;
	int64_t body_max; /* bytes of the body; all files and fields of an upload together */
};

#define PUBLIC "public" /* anybody, without logging in */
/* Anything but a non-empty string literal in the permission's place does not compile. */
#define ROUTE_PERMISSION(permission_)                                                              \
	(&("" permission_ "")[0 * sizeof(char[sizeof("" permission_) > 1 ? 1 : -1])])
#define ROUTE(method_, path_, permission_, handler_, flags_, body_max_)                            \
	{                                                                                          \
		.method = ("" method_), .path = ("" path_),                                        \
		.permission = ROUTE_PERMISSION(permission_), .handler = (handler_),                \
		.flags = (flags_), .body_max = (body_max_)                                         \
	}
#define ROUTE_END                                                                                  \
	{                                                                                          \
		.method = NULL                                                                     \
	}

/* ---- The request. Everything in it lives as long as its arena: until the answer is sent. */

enum { REQUEST_ID_SIZE = 17 }; /* 16 hex digits, random, and a NUL */

struct request {
	struct arena *arena;
	const char *method;  /* "GET", "POST" …; HEAD stays HEAD */
	const char *path;    /* decoded, UTF-8, without the query */
	struct str body;     /* of a route without ROUTE_UPLOAD */
	const char *address; /* of the client; of a trusted proxy's client behind a proxy */
	char id[REQUEST_ID_SIZE];
	bool is_tls; /* to the client: our own TLS, or the trusted proxy says so */
	int64_t started_ms, deadline_ms; /* clock_monotonic_ms() */
	atomic_bool is_abandoned;        /* the client went away, or was answered already */
	const struct route *route;
	void *app;       /* the server's, shared by all threads */
	void *worker;    /* this thread's own (server.h); NULL for ROUTE_INLINE */
	void *user;      /* for authorise() to leave what it found out */
	int64_t user_id; /* for the log line; 0: nobody */
};

const char *request_part(const struct request *request, const char *name); /* {name}; or NULL */
/* Of the query string, decoded; the first of several of that name; NULL when missing. */
const char *request_query(const struct request *request, const char *name);
struct name_value {
	const char *name, *value;
};
size_t request_query_count(const struct request *request);
struct name_value request_query_at(const struct request *request, size_t i);
/* Name without regard to case; the first of several; NULL when missing. */
const char *request_header(const struct request *request, const char *name);
const char *request_cookie(const struct request *request, const char *name);
/* The token of "Authorization: Bearer …", or NULL. */
const char *request_bearer(const struct request *request);
/* If-Match: "7" -> 7. False: missing (is_missing_out) or not a number of ours. */
bool request_if_match(const struct request *request, int64_t *version_out, bool *is_missing_out);
/* GET, HEAD: changes nothing, wants no CSRF token. */
bool request_is_safe(const struct request *request);
/* Long loops ask this and give up: the client has been answered with 503, or is gone. */
bool request_is_expired(const struct request *request);
/* The media type of the body without parameters, lower case; "" when not said. */
const char *request_media_type(const struct request *request);

/* Files and fields of a ROUTE_UPLOAD request (multipart/form-data, or a raw body as one file). */
size_t request_upload_count(const struct request *request);
struct upload *request_upload(const struct request *request, size_t i);    /* http/upload.h */
const char *request_form(const struct request *request, const char *name); /* NULL when missing */

/* ---- The response. */

enum { RESPONSE_HEADERS_MAX = 12 };

struct response {
	int status;               /* 0: 200 */
	const char *content_type; /* NULL: application/json */
	struct str body;          /* in the request's arena, or static */
	int file;                 /* open file instead of the body, owned; -1: none */
	int64_t file_from, file_size;
	const char *etag;          /* without quotes; a matching If-None-Match is answered 304 */
	const char *cache_control; /* NULL: no-store */
	const char *content_security_policy; /* NULL: the strict one */
	int retry_after;                     /* seconds; 0: none */
	size_t header_count;
	struct name_value headers[RESPONSE_HEADERS_MAX];
};

/* Names and values are static or in the request's arena; a value with a line end is refused by
   assert. */
void response_header(struct response *response, const char *name, const char *value);

/* HttpOnly, SameSite=Strict, Path=/, and Secure with the name prefix __Host- under TLS.
   max_age_seconds 0 deletes it, below 0 makes it last as long as the browser. */
void response_cookie(const struct request *request, struct response *response, const char *name,
		     const char *value, int64_t max_age_seconds);
const char *cookie_name(const struct request *request, const char *name); /* with its prefix */

/* 201 or 303 with Location; the path is percent-encoded already. */
void response_location(struct response *response, int status, const char *path);

/*
 * The file's content. name: offered for saving (Content-Disposition, RFC 6266); NULL: shown in
 * place. Such content is served in a sandbox: it cannot run script on our origin.
 */
bool response_file(struct request *request, struct response *response, const char *path,
		   const char *content_type, const char *name, struct error *error) MUST_CHECK;
/* Offers the body already set for saving under the name. */
void response_attachment(struct request *request, struct response *response, const char *name);

/*
 * Large answers made piece by piece: generate appends to the piece and sets *done_out at the end.
 * It runs on the worker, before the first byte is sent: what it writes is kept in memory up to
 * 256 KiB and beyond in an unnamed file of the temporary folder, so that a failure in the middle
 * is an error answer and a slow client holds no worker and no transaction.
 */
struct strbuf;
typedef bool generate_fn(void *context, struct strbuf *piece, bool *done_out, struct error *error);
enum { GENERATED_MAX_MIB = 4096 };
bool response_generate(struct request *request, struct response *response, generate_fn *generate,
		       void *context, struct error *error) MUST_CHECK;

/* ---- Errors as application/problem+json. */

/* One wrong field of several; detail takes the place of {} in the message. */
struct problem_field {
	const char *field, *key, *detail;
};
/* Shown with the error that the handler returns; the array is kept, not copied. */
void request_set_problem_fields(struct request *request, const struct problem_field *fields,
				size_t count);
/*
 * {"type":"urn:yucheng:problem:KEY","title":…,"status":…,"detail":…,"key":…,"field":…,"at":…,
 * "message":{"zh":…,"en":…},"errors":[{"field":…,"key":…,"zh":…,"en":…}],"request_id":…}
 * title and detail are in the language of Accept-Language (Chinese unless English is preferred).
 * Failures of the machine (500) say nothing of its inside: that is logged under the request id.
 */
void response_problem(struct request *request, struct response *response,
		      const struct error *error);

#endif
