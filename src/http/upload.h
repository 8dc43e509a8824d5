#ifndef HTTP_UPLOAD_H
#define HTTP_UPLOAD_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/*
 * A file that came with a request, already on disk in the temporary folder. It is removed when the
 * request ends unless it was kept. Its content is hostile: its first bytes are compared with its
 * name (upload_check), what is inside an archive is the reader's business.
 */
struct upload {
	const char *field;         /* of the form; "" for a raw body */
	const char *name;          /* cleaned: no folders, no control characters; never empty */
	const char *declared_type; /* what the client says; "" when it says nothing */
	const char *media_type;    /* what the content is */
	const char *path;
	int64_t size;
};

/* Moves the file to its place (same file system), synced; it is no longer the request's. */
bool upload_keep(struct upload *upload, const char *path, struct error *error) MUST_CHECK;

/*
 * Is the content what the name's ending says? ERROR_INVALID "http.upload_type" when not, when the
 * ending is none the product reads, and for programs whatever their name.
 */
bool upload_check(const struct upload *upload, struct error *error) MUST_CHECK;

/* A name from outside made safe to show and to store: the last part of a path, valid UTF-8, no
   control or direction characters, none of <>:"/\|?*, no leading dots, at most 180 bytes with its
   ending kept; "upload" when nothing is left. */
const char *upload_clean_name(struct arena *arena, struct str name);

enum { SNIFF_SIZE = 512 };
/* The media type by the first bytes (up to SNIFF_SIZE are looked at);
   "application/octet-stream" when they say nothing. */
const char *upload_sniff(struct str start);

#endif
