#ifndef INDEX_GAPS_INTERNAL_H
#define INDEX_GAPS_INTERNAL_H

#include "base/strbuf.h"
#include "index/format_internal.h"

/*
 * Ascending 16-bit values as the gaps between them, the first from 0: one byte up to 191; two up
 * to 16,319 (192 and the high byte of what is above 191, then its low byte); else 255 and two bytes.
 */
void gaps_write(struct strbuf *bytes, const uint32_t *values, size_t count); /* their low 16 bits */
/* False for gaps that are not those of count ascending values. */
bool gaps_read(struct byte_reader *reader, uint32_t count, uint16_t *values_out);

#endif
