#ifndef INDEX_CHECKSUM_INTERNAL_H
#define INDEX_CHECKSUM_INTERNAL_H

#include "base/str.h"

/*
 * XXH64 with seed 0 (Yann Collet's published algorithm, xxhash specification 0.1.1): a checksum
 * against damage, not against forgery. Made in pieces of any size.
 */
struct checksum {
	uint64_t lanes[4];
	uint64_t size;
	unsigned char rest[32]; /* what does not fill a stripe yet; size % 32 bytes */
};

void checksum_init(struct checksum *sum);
void checksum_add(struct checksum *sum, const void *data, size_t size);
uint64_t checksum_value(const struct checksum *sum);
uint64_t checksum_of(const void *data, size_t size);

#endif
