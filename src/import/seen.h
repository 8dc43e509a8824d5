#ifndef IMPORT_SEEN_H
#define IMPORT_SEEN_H

#include "patent/publication.h"

/*
 * Which documents an import has met already, so that a second row of the same document in one file
 * (one row an event, or a list with repeats) adds to the first instead of replacing it: without
 * it, importing a file again would change rows back and forth. 16 bytes a document.
 */
struct seen;
struct seen *seen_create(void);
void seen_destroy(struct seen *seen);

/* True when the document was met before: *application_id_out is then what seen_set() said, or 0. */
bool seen_before(struct seen *seen, const struct publication *reading,
		 uint32_t *application_id_out);
void seen_set(struct seen *seen, const struct publication *reading, uint32_t application_id);

/*
 * What of the reading its own origin has not said yet: lists that join with others, and fields
 * (by language) none of the stored facts of that origin has.
 */
struct publication *seen_remainder(struct arena *arena, const struct publication *reading,
				   const struct publication *stored);

#endif
