#ifndef ANALYSE_UNIT_INTERNAL_H
#define ANALYSE_UNIT_INTERNAL_H

#include "analyse/axis.h"

/* How much each document of a block counts, in the unit of an input. */
struct weigher {
	enum unit unit;
	struct axis axis;  /* COL_FAMILY, COL_KIND */
	uint32_t *members; /* documents of the set by family ordinal */
	struct gathered *gathered;
	struct seen *seen; /* families already counted in a cell */
	uint32_t weights[BLOCK_SIZE];
	uint32_t families[BLOCK_SIZE]; /* VALUE_NONE: alone in its family within the set */
};

struct weigher *weigher_create(struct arena *arena, const struct analysis_input *input,
			       const struct bitmap *documents);
void weigher_take(struct weigher *weigher, const struct block *block);
/* What the document of a row adds to a cell: 0 when its family is in it already. */
uint32_t weigher_weight(struct weigher *weigher, uint32_t row, uint64_t cell);

#endif
