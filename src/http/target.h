#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "http/http.h"

/* Reading what stands in the first lines of a request. Everything here is hostile. */

enum { TARGET_PARTS_MAX = 16, TARGET_QUERY_MAX = 64 };

struct target {
	const char *path; /* decoded; begins with '/' */
	size_t part_count;
	const char *parts[TARGET_PARTS_MAX]; /* decoded, between the slashes; none is empty */
	size_t query_count;
	struct name_value *query;
};

/*
 * "/api/v1/%E4%B8%93/3?sort=-id" (or the absolute form). ERROR_INVALID "http.target" for broken
 * percent codes, control characters, bytes that are no UTF-8, "." and ".." and empty parts, a
 * slash hidden in a part, and too many parts or parameters. A slash at the end is kept out.
 */
bool target_parse(struct arena *arena, struct str raw, struct target *target_out,
		  struct error *error) MUST_CHECK;

/* The first cookie of that name in a Cookie header (RFC 6265). */
bool header_find_cookie(struct str header, const char *name, struct str *value_out);

/*
 * A parameter behind the first ';' of a header value: boundary=x, name="a\"b", and filename*=
 * UTF-8''%e4… (RFC 8187, given as "filename*"). Decoded in the arena; NULL when missing or broken.
 */
const char *header_parameter(struct arena *arena, struct str header, const char *name);

/* The part before the first ';', trimmed, lower case, in the arena. */
const char *header_media_type(struct arena *arena, struct str header);

/* Accept-Language: is English preferred to Chinese? */
bool header_prefers_english(struct str header);

/* Does If-None-Match name the tag (given without quotes)? Weak comparison (RFC 9110 13.1.2). */
bool header_matches_etag(struct str header, const char *etag);

/* Bytes that may not stand in a URI's path part or query value are percent-encoded. */
const char *target_encode(struct arena *arena, struct str text);

#endif
