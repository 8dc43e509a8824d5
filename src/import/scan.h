#ifndef IMPORT_SCAN_H
#define IMPORT_SCAN_H

#include "import/batch.h"

/* Looking at a file before it is taken in: nothing here touches the library. */

enum { COLUMN_EXAMPLES = 3 };
struct scan_column {
	struct str header;
	const struct source_row *row; /* what the source makes of it; NULL: kept as it stands */
	struct str examples[COLUMN_EXAMPLES];
	size_t example_count;
};
struct scan_head {
	const struct source *source; /* NULL: of none that is known; why, in `unknown` */
	int score;                   /* known headers in percent, marks besides; 0: source given */
	struct error unknown;
	struct scan_column *columns; /* of tables, and keys of JSON nobody knows */
	size_t column_count;
};
/* The source (NULL: found from the content) and the columns with values of the first rows. */
bool scan_head(struct arena *arena, const char *path, const struct source *source,
	       struct scan_head *head_out, struct error *error) MUST_CHECK;

/* Each row as it would be taken in or refused, until false is answered. Its texts live as long as
   the call. */
typedef bool scan_row_fn(void *context, const struct batch_row *row);
bool scan_rows(struct arena *arena, const char *path, const struct source *source,
	       scan_row_fn *take, void *context, struct error *error) MUST_CHECK;

#endif
