#ifndef IMPORT_ENCODING_H
#define IMPORT_ENCODING_H

#include "base/strbuf.h"
#include "import/container.h"

/*
 * A stream of bytes as UTF-8 text, whatever its encoding: a byte order mark, or the encoding an XML
 * declaration or HTML meta element names, or found from the bytes: UTF-8, UTF-16 without mark,
 * GB18030, else Windows-1252 (which has all of Latin-1's letters). Bytes that are wrong in the
 * encoding, and NUL, become U+FFFD and set mended.
 */
struct text {
	char *data; /* the window: what is read and not yet taken is [at, end) */
	size_t at, end;
	bool ended;           /* nothing comes behind the window */
	bool mended;          /* U+FFFD was put in somewhere */
	const char *encoding; /* static */
	/* the inside: */
	size_t room, size_max;
	struct stream *stream;
	struct converter *converter; /* NULL: UTF-8 */
	char tail[4];                /* start of a sequence cut by the end of a block */
	size_t tail_size;
	int64_t dropped; /* bytes that have left the window */
};

/*
 * Finds the encoding and fills the window for the first time. window_max: the largest piece the
 * caller looks at in one; bytes.
 */
bool text_open(struct arena *arena, struct stream *stream, size_t window_max,
	       struct text **text_out, struct error *error) MUST_CHECK;
/*
 * Moves what is left to the front of the window and reads more behind it; ended is set when
 * nothing more came. ERROR_LIMIT when what is left fills window_max already.
 */
bool text_more(struct text *text, struct error *error) MUST_CHECK;
/* Whether size bytes (far fewer than window_max) are in the window, reading more if need be. */
bool text_has(struct text *text, size_t size, struct error *error, bool *failed_out) MUST_CHECK;
struct str text_window(const struct text *text); /* a view until the next text_more */

#endif
