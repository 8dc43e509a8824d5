#ifndef DRAFT_SECTION_INTERNAL_H
#define DRAFT_SECTION_INTERNAL_H

#include "draft/line_internal.h"
#include "rule/draft.h"

/* Lines become the parts of a draft. */

/* Whether a line is the heading of a part of a draft; as page headers have it, with page numbers. */
bool section_is_heading(struct str line);

/* Fills parts, objects, title and type from the lines; false when no part can be told. */
bool section_fill(struct arena *arena, const struct lines *lines, struct draft *draft);

/* A draft being written part by part: what readers with parts of their own use. */
struct section_builder {
	struct arena *arena;
	struct strbuf texts[DRAFT_PART_COUNT];
	bool present[DRAFT_PART_COUNT];
	struct list objects;  /* struct draft_object */
	struct list captions; /* size_t: objects.count when a caption of a figure came */
	struct list labels;   /* struct str: its label */
};

void draft_section_begin(struct section_builder *builder, struct arena *arena);
void draft_section_add(struct section_builder *builder, enum draft_part part, struct str line);
void draft_section_add_object(struct section_builder *builder, enum draft_object_kind kind,
			      enum draft_part part, struct str label);
/* Moves all to the draft and releases the builder. */
void draft_section_end(struct section_builder *builder, struct draft *draft);

/* "图1", "图 10A：" -> "图1", "图10A"; empty for a line that is no label of a figure. */
struct str section_figure_label(struct arena *arena, struct str line);

#endif
