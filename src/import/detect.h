#ifndef IMPORT_DETECT_H
#define IMPORT_DETECT_H

#include "import/source.h"

/* A file opened with the record rules of all sources. */
bool detect_open(struct arena *arena, const char *path, struct reader **reader_out,
		 struct error *error) MUST_CHECK;
/*
 * The source of the first part that has one. Only an archive has more parts than one; of it the
 * members in front are read over. score_out: as source_detect(), may be NULL.
 */
bool detect_source(struct arena *arena, struct reader *reader, const struct source **source_out,
		   int *score_out, struct error *error) MUST_CHECK;

#endif
