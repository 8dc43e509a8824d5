#include "draft/draft_read.h"

#include "base/file.h"
#include "draft/source_internal.h"
#include "import/reader.h"
#include "import/sniff.h"

#include <string.h>

static const struct reader_limits limits = {
	.cell_size_max = DRAFT_TEXT_MAX,
	.row_size_max = DRAFT_TEXT_MAX,
	.unpacked_size_max = DRAFT_UNPACKED_MAX,
	.spool_size_max = DRAFT_UNPACKED_MAX,
	.columns_max = 1,
	.depth_max = 100,
};

/* Message keys for what import's signatures find. */
static bool refuse(const char *path, const char *key, const char *what, struct error *error)
{
	static const char *const keys[][2] = {
		{ "reader.is_picture", "draft.is_picture" },
		{ "reader.is_document", "draft.is_document" },
		{ "reader.is_archive", "draft.is_archive" },
	};
	const char *own = "draft.is_other";

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(key, keys[i][0]) == 0)
			own = keys[i][1];
	error_set(error, ERROR_INVALID, own, "%.200s", path);
	return error_hint(error, "%s", what);
}

static bool read_start(struct arena *arena, struct part *part, struct draft *draft,
		       struct error *error)
{
	const char *path = draft->source, *key, *what;
	struct str start = stream_peek(part->stream), rest;
	enum format format;

	if (part->name.size > 0)
		return refuse(path, "reader.is_archive", "zip", error);
	if (start.size == 0)
		return error_set(error, ERROR_INVALID, "draft.is_empty", "%.200s", path);
	if (!sniff_signature(start, &format, &key, &what))
		return refuse(path, key, what, error);
	if (format == FORMAT_XLS)
		return error_set(error, ERROR_INVALID, "draft.is_old_word", "%.200s", path);
	if (format == FORMAT_XLSX)
		return draft_read_word(arena, path, draft, error);
	rest = str_trim(start);
	if (str_starts_with(rest, STR("<?xml")) || str_starts_with(rest, STR("<cn-")))
		return draft_read_xml(arena, path, draft, error);
	return draft_read_text(arena, part->stream, draft, error);
}

bool draft_read(struct arena *arena, const char *path, struct draft *draft_out, struct error *error)
{
	struct container *container;
	struct part *part;
	enum part_result result;

	*draft_out = (struct draft){ .source = arena_printf(arena, "%s", path) };
	if (!container_open(arena, draft_out->source, &limits, &container, error))
		return false;
	result = container_next(container, &part, error);
	if (result == PART_END)
		return error_set(error, ERROR_INVALID, "draft.is_empty", "%.200s", path);
	return result == PART_OK && read_start(arena, part, draft_out, error);
}
