#ifndef TESTS_DRAFT_FIXTURE_H
#define TESTS_DRAFT_FIXTURE_H

#include "draft/draft_read.h"
#include "reader_fixture.h"

/*
 * A Word document with this body (XML of w:body) and further parts; a NULL name ends those.
 * Numbering: list 1 is "1." on level 0 and "(a)" on level 1, list 2 is "[0001]".
 */
struct str fixture_docx(struct arena *arena, const char *body,
			const struct fixture_member *further);

/*
 * The draft of these bytes, a line a part that is there: "claims: …|…", line ends as '|'; objects
 * "image description@12 图1"; then type, abstract figure, pages, changes, comments where told. Or
 * "! key" when it cannot be read.
 */
const char *fixture_draft(struct arena *arena, struct str content);

#endif
