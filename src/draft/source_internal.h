#ifndef DRAFT_SOURCE_INTERNAL_H
#define DRAFT_SOURCE_INTERNAL_H

#include "import/container.h"
#include "rule/draft.h"

/* One function a format; the draft has its source set already. */

/* Plain text in any encoding text_open() finds. */
bool draft_read_text(struct arena *arena, struct stream *stream, struct draft *draft,
		     struct error *error) MUST_CHECK;
bool draft_read_word(struct arena *arena, const char *path, struct draft *draft,
		     struct error *error) MUST_CHECK;
bool draft_read_xml(struct arena *arena, const char *path, struct draft *draft,
		    struct error *error) MUST_CHECK;

#endif
