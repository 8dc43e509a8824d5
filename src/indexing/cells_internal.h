#ifndef INDEXING_CELLS_INTERNAL_H
#define INDEXING_CELLS_INTERNAL_H

#include "indexing/indexing.h"

/* The growing cells of one index document, in an arena. Empty texts make no cell. */
struct cells {
	struct arena *arena;
	struct cell_value *items;
	size_t count, room;
};

void cells_text(struct cells *cells, unsigned column, struct str text);
void cells_number(struct cells *cells, unsigned column, int64_t number);
void cells_date(struct cells *cells, unsigned column, date day); /* DATE_NONE: no cell */
/* A keyword once a document: repeated values of one column make one cell. */
void cells_keyword(struct cells *cells, unsigned column, struct str keyword);
void cells_folded(struct cells *cells, unsigned column, struct str name);

#endif
