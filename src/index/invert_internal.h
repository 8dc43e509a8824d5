#ifndef INDEX_INVERT_INTERNAL_H
#define INDEX_INVERT_INTERNAL_H

#include "index/index.h"

/*
 * Documents held in memory in inverted form until they are written as one segment. Each term
 * has a stream of varints in blocks that double in size, so nothing is moved as it grows:
 * (document difference) * 2 + 1 begins a document, (position difference) * 2 is one occurrence.
 * Used by one thread at a time.
 */
struct inverter;

struct inverter *inverter_create(const struct index_schema *schema);
void inverter_destroy(struct inverter *inverter);
/* sequence: the number of the operation, kept for telling which document of an id is the last. */
void inverter_add(struct inverter *inverter, const struct document *document, uint32_t sequence);
size_t inverter_memory(const struct inverter *inverter); /* bytes held */
uint32_t inverter_document_count(const struct inverter *inverter);
const uint32_t *inverter_sequences(const struct inverter *inverter); /* by document */
const uint32_t *inverter_ids(const struct inverter *inverter);
/* Writes all documents as a segment file and synces it; at least one document. */
bool inverter_write(struct inverter *inverter, const char *path, struct error *error) MUST_CHECK;
void inverter_clear(struct inverter *inverter);

#endif
