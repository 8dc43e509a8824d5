#include "http/multipart.h"
#include "base/memory.h"
#include "base/strbuf.h"

/*
 * The body is read as if a line end stood in front of it, so that every boundary is
 * CR LF "--" boundary. What follows a boundary is "--" (the end) or, after blanks, a line end.
 */
enum step {
	STEP_PREAMBLE,       /* up to the first boundary; ignored */
	STEP_AFTER_BOUNDARY, /* the rest of the boundary's line */
	STEP_HEADER,
	STEP_DATA,
	STEP_EPILOGUE /* ignored */
};

enum { BLANKS_MAX = 64 }; /* behind a boundary */

struct multipart {
	struct multipart_sink sink;
	enum step step;
	struct strbuf delimiter; /* CR LF "--" boundary */
	struct strbuf pending;   /* not yet used; short of a delimiter or a header */
	size_t part_count;
};

struct multipart *multipart_create(struct str boundary, const struct multipart_sink *sink)
{
	struct multipart *multipart;

	if (boundary.size == 0 || boundary.size > MULTIPART_BOUNDARY_MAX)
		return NULL;
	multipart = memory_alloc_zeroed(1, sizeof(*multipart));
	multipart->sink = *sink;
	multipart->delimiter = STRBUF_INIT;
	multipart->pending = STRBUF_INIT;
	strbuf_add_cstr(&multipart->delimiter, "\r\n--");
	strbuf_add_str(&multipart->delimiter, boundary);
	strbuf_add_cstr(&multipart->pending, "\r\n");
	return multipart;
}

void multipart_destroy(struct multipart *multipart)
{
	if (!multipart)
		return;
	strbuf_release(&multipart->delimiter);
	strbuf_release(&multipart->pending);
	memory_free(multipart);
}

static bool malformed(struct error *error, const char *what)
{
	return error_set(error, ERROR_INVALID, "http.multipart", "%s", what);
}

static bool give_data(struct multipart *multipart, struct str data, struct error *error)
{
	if (multipart->step != STEP_DATA || data.size == 0)
		return true;
	return multipart->sink.part_data(multipart->sink.context, data, error);
}

/* Up to the next boundary, or as far as no boundary can begin. *used_out 0: wants more. */
static bool read_data(struct multipart *multipart, struct str data, size_t *used_out,
		      struct error *error)
{
	struct str delimiter = strbuf_str(&multipart->delimiter);
	size_t end = str_find(data, delimiter);

	if (end == STR_NOT_FOUND) {
		*used_out = data.size < delimiter.size ? 0 : data.size - delimiter.size + 1;
		return give_data(multipart, str_slice(data, 0, *used_out), error);
	}
	*used_out = end + delimiter.size;
	if (!give_data(multipart, str_slice(data, 0, end), error) ||
	    (multipart->step == STEP_DATA &&
	     !multipart->sink.part_end(multipart->sink.context, error)))
		return false;
	multipart->step = STEP_AFTER_BOUNDARY;
	return true;
}

static bool read_boundary_end(struct multipart *multipart, struct str data, size_t *used_out,
			      struct error *error)
{
	size_t line = str_find(data, STR("\r\n"));

	*used_out = 0;
	if (data.size < 2)
		return true;
	if (str_starts_with(data, STR("--"))) {
		*used_out = 2;
		multipart->step = STEP_EPILOGUE;
		return true;
	}
	if (line == STR_NOT_FOUND)
		return data.size <= BLANKS_MAX + 1 ? true : malformed(error, "boundary");
	if (line > BLANKS_MAX || str_trim(str_slice(data, 0, line)).size > 0)
		return malformed(error, "boundary");
	*used_out = line + 2;
	multipart->step = STEP_HEADER;
	return true;
}

static bool begin_part(struct multipart *multipart, struct str header, struct error *error)
{
	struct str line, disposition = STR_EMPTY, type = STR_EMPTY;

	if (++multipart->part_count > MULTIPART_PARTS_MAX)
		return malformed(error, "parts");
	while (str_split(&header, STR("\r\n"), &line)) {
		size_t colon = str_find_byte(line, ':');
		struct str name = str_slice(line, 0, colon);

		if (colon == STR_NOT_FOUND)
			return malformed(error, "header");
		if (str_equal_nocase(name, STR("content-disposition")))
			disposition = str_trim(str_slice(line, colon + 1, line.size));
		if (str_equal_nocase(name, STR("content-type")))
			type = str_trim(str_slice(line, colon + 1, line.size));
	}
	multipart->step = STEP_DATA;
	return multipart->sink.part_begin(multipart->sink.context, disposition, type, error);
}

static bool read_header(struct multipart *multipart, struct str data, size_t *used_out,
			struct error *error)
{
	size_t end = str_find(data, STR("\r\n\r\n"));

	*used_out = 0;
	if (str_starts_with(data, STR("\r\n")))
		return malformed(error, "header"); /* a form's part always has a name */
	if (end == STR_NOT_FOUND)
		return data.size <= MULTIPART_HEADER_MAX + 3 ? true : malformed(error, "header");
	if (end > MULTIPART_HEADER_MAX)
		return malformed(error, "header");
	*used_out = end + 4;
	return begin_part(multipart, str_slice(data, 0, end), error);
}

static bool take_step(struct multipart *multipart, struct str data, size_t *used_out,
		      struct error *error)
{
	switch (multipart->step) {
	case STEP_AFTER_BOUNDARY:
		return read_boundary_end(multipart, data, used_out, error);
	case STEP_HEADER:
		return read_header(multipart, data, used_out, error);
	case STEP_EPILOGUE:
		*used_out = data.size;
		return true;
	case STEP_PREAMBLE:
	case STEP_DATA:
		break;
	}
	return read_data(multipart, data, used_out, error);
}

bool multipart_feed(struct multipart *multipart, struct str data, struct error *error)
{
	struct strbuf *pending = &multipart->pending;
	size_t at = 0, used = 1;

	strbuf_add_str(pending, data);
	while (used > 0 && at < pending->size) {
		struct str rest = str_slice(strbuf_str(pending), at, pending->size);

		if (!take_step(multipart, rest, &used, error))
			return false;
		at += used;
	}
	memmove(pending->data, pending->data + at, pending->size - at);
	pending->size -= at;
	return true;
}

bool multipart_finish(struct multipart *multipart, struct error *error)
{
	return multipart->step == STEP_EPILOGUE ? true : malformed(error, "end");
}
