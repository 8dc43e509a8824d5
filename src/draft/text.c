#include "draft/section_internal.h"
#include "draft/source_internal.h"

#include "import/encoding.h"
#include "import/sniff.h"

enum { WINDOW_MAX = 4 << 20 }; /* bytes; longer than any line of a draft */

/* Takes whole lines off the front of the window; at the end also what is behind the last one. */
static void take_lines(struct text *text, struct lines *lines)
{
	struct str window = text_window(text);
	size_t used = 0;

	for (size_t i = 0; i < window.size; i++)
		if (window.data[i] == '\n' || window.data[i] == '\r' || window.data[i] == '\f') {
			lines_add(lines, str_slice(window, used, i), 0, 0);
			used = i + 1;
		}
	if (text->ended) {
		lines_add(lines, str_slice(window, used, window.size), 0, 0);
		used = window.size;
	}
	text->at += used;
}

static bool read_lines(struct text *text, const struct draft *draft, struct lines *lines,
		       struct error *error)
{
	take_lines(text, lines);
	while (!text->ended) {
		if (!text_more(text, error))
			return error->kind != ERROR_LIMIT
				       ? false
				       : error_set(error, ERROR_LIMIT, "draft.line_too_long",
						   "%.200s", draft->source);
		take_lines(text, lines);
	}
	return true;
}

/* What a text is when it is not a draft's. */
static bool check_text(const struct draft *draft, struct str start, struct error *error)
{
	enum format format;
	const char *key, *what;

	if (!sniff_is_text(start))
		return error_set(error, ERROR_INVALID, "draft.is_other", "%.200s", draft->source);
	if (!sniff_text(start, &format, &key, &what))
		return error_set(error, ERROR_INVALID, "draft.is_empty", "%.200s", draft->source);
	if (format == FORMAT_HTML) {
		error_set(error, ERROR_INVALID, "draft.is_document", "%.200s", draft->source);
		return error_hint(error, "HTML");
	}
	return true;
}

bool draft_read_text(struct arena *arena, struct stream *stream, struct draft *draft,
		     struct error *error)
{
	struct lines lines;
	struct text *text;
	bool done;

	if (!text_open(arena, stream, WINDOW_MAX, &text, error) ||
	    !check_text(draft, text_window(text), error))
		return false;
	lines_init(&lines, arena);
	done = read_lines(text, draft, &lines, error);
	if (done && !section_fill(arena, &lines, draft))
		done = error_set(error, ERROR_INVALID, "draft.no_parts", "%.200s", draft->source);
	draft->is_cut = lines.overflow;
	lines_release(&lines);
	return done;
}
