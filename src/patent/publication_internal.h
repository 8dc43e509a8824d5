#ifndef PATENT_PUBLICATION_INTERNAL_H
#define PATENT_PUBLICATION_INTERNAL_H

#include "patent/publication.h"

/*
 * The order in which facts are stored and compared: field, language, origin, then as they came.
 * A publication already in that order costs one pass and no memory.
 */
const struct fact **publication_sorted(struct arena *arena, const struct publication *publication);

/* All parts alike, byte by byte. */
bool fact_same_parts(const struct fact *a, const struct fact *b);

/* The same event, citation or class told in two ways: see publication_same.c. */
bool fact_means_same(const struct fact *a, const struct fact *b);
uint64_t fact_meaning_hash(const struct fact *fact); /* alike for facts that mean the same */

#endif
