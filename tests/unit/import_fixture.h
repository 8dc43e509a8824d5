#ifndef TESTS_IMPORT_FIXTURE_H
#define TESTS_IMPORT_FIXTURE_H

#include "import/run.h"

/*
 * A collection of JSON lines for tests of the import's run: families of a published application
 * and its grant, repeats of a document with other contents, and rows that must be refused.
 */
enum { FIXTURE_ROWS = 1200, FIXTURE_REFUSED = 12 };

void import_fixture_write(const char *path);

/* All that the library holds, as text without the numbers of imports: equal libraries, equal
   texts. Documents in order of their numbers. In the arena. */
const char *import_fixture_dump(struct arena *arena, struct library *library);

#endif
