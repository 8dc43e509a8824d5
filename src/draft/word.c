#include "draft/docx_internal.h"
#include "draft/draft_read.h"
#include "draft/section_internal.h"
#include "draft/source_internal.h"

#include "import/compound.h"

#include <fcntl.h>
#include <unistd.h>

static bool open_package(struct arena *arena, const char *path, struct package **package_out,
			 struct error *error)
{
	struct package_options options = { .place = path,
					   .damaged = "draft.document_damaged",
					   .unpacked_size_max = DRAFT_UNPACKED_MAX };
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return error_set_errno(error, "file.open", path);
	if (!package_open(arena, fd, &options, package_out, error))
		return false;
	if (package_has(*package_out, "word/document.xml"))
		return true;
	return error_set(error, ERROR_INVALID, "draft.not_word", "%.200s", path);
}

bool draft_read_word(struct arena *arena, const char *path, struct draft *draft,
		     struct error *error)
{
	struct package *package;
	struct docx_facts facts;
	struct lines lines;
	bool done;

	if (!open_package(arena, path, &package, error))
		return false;
	lines_init(&lines, arena);
	done = docx_read(package, section_is_heading, &lines, &facts, error);
	if (done && !section_fill(arena, &lines, draft))
		done = error_set(error, ERROR_INVALID, "draft.no_parts", "%.200s", path);
	draft->pages = facts.pages > 0 ? (unsigned)facts.pages : 0;
	draft->changes = facts.insertions + facts.deletions;
	draft->comments = facts.comments;
	draft->is_cut = lines.overflow;
	lines_release(&lines);
	return done;
}
