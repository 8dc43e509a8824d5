#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "base/error.h"
#include "base/str.h"

/*
 * Reads multipart/form-data (RFC 7578, RFC 2046 5.1) as it arrives, in pieces of any size, with
 * memory for one boundary and one part's header only. Calls back for each part.
 */
struct multipart;

struct multipart_sink {
	void *context;
	/* disposition and type are the part's header values ("" when missing), for this call only */
	bool (*part_begin)(void *context, struct str disposition, struct str type,
			   struct error *error);
	bool (*part_data)(void *context, struct str data, struct error *error);
	bool (*part_end)(void *context, struct error *error);
};

enum { MULTIPART_HEADER_MAX = 8192, MULTIPART_PARTS_MAX = 256, MULTIPART_BOUNDARY_MAX = 70 };

/* Content-Type's boundary: 1 to 70 bytes, else NULL. Heap; destroy it. */
struct multipart *multipart_create(struct str boundary, const struct multipart_sink *sink);
void multipart_destroy(struct multipart *multipart);

/* ERROR_INVALID "http.multipart" for what is not of the form; or what the sink says. After a
   failure it is only destroyed. */
bool multipart_feed(struct multipart *multipart, struct str data, struct error *error) MUST_CHECK;
/* The body is at its end: was the closing boundary there? */
bool multipart_finish(struct multipart *multipart, struct error *error) MUST_CHECK;

#endif
