#ifndef DRAFT_DRAFT_READ_H
#define DRAFT_DRAFT_READ_H

#include "base/arena.h"
#include "base/error.h"
#include "rule/draft.h"

/*
 * Reads an application draft: a Word document (.docx), plain text (UTF-8, UTF-16 or GB18030), or a
 * full text of CNIPA in XML (the form since 2015 and the one before). The kind is told by the
 * content, never by the name. Word and text files name their parts by headings, each on a line of
 * its own or in the page header: 说明书摘要 摘要附图 权利要求书 说明书 说明书附图; blanks between the
 * characters do not matter. The first line of 说明书 is the title.
 *
 * Tracked changes count as accepted. Everything lives in the arena. Errors name the file and what
 * it is instead; nothing is written anywhere.
 */
enum {
	DRAFT_UNPACKED_MAX = 256 << 20, /* bytes of XML unpacked from one file */
	DRAFT_TEXT_MAX = 32 << 20       /* bytes of text; what is behind is cut off and told */
};

bool draft_read(struct arena *arena, const char *path, struct draft *draft_out,
		struct error *error) MUST_CHECK;

#endif
