#include "index/checksum_internal.h"

#include <string.h>

static const uint64_t prime1 = 0x9E3779B185EBCA87u, prime2 = 0xC2B2AE3D27D4EB4Fu,
		      prime3 = 0x165667B19E3779F9u, prime4 = 0x85EBCA77C2B2AE63u,
		      prime5 = 0x27D4EB2F165667C5u;

enum { STRIPE = 32 };

static uint64_t rotate(uint64_t value, unsigned bits)
{
	return value << bits | value >> (64 - bits);
}

static uint64_t load64(const unsigned char *bytes)
{
	uint64_t value;

	memcpy(&value, bytes, sizeof(value));
	return value;
}

static uint64_t mix(uint64_t lane, uint64_t word)
{
	return rotate(lane + word * prime2, 31) * prime1;
}

static uint64_t merge_lane(uint64_t hash, uint64_t lane)
{
	return (hash ^ mix(0, lane)) * prime1 + prime4;
}

void checksum_init(struct checksum *sum)
{
	*sum = (struct checksum){ .lanes = { prime1 + prime2, prime2, 0, 0 - prime1 } };
}

static void add_stripes(struct checksum *sum, const unsigned char *bytes, size_t count)
{
	uint64_t a = sum->lanes[0], b = sum->lanes[1], c = sum->lanes[2], d = sum->lanes[3];

	for (; count > 0; count--, bytes += STRIPE) {
		a = mix(a, load64(bytes));
		b = mix(b, load64(bytes + 8));
		c = mix(c, load64(bytes + 16));
		d = mix(d, load64(bytes + 24));
	}
	sum->lanes[0] = a;
	sum->lanes[1] = b;
	sum->lanes[2] = c;
	sum->lanes[3] = d;
}

void checksum_add(struct checksum *sum, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	size_t held = sum->size % STRIPE;

	sum->size += size;
	if (held > 0) {
		size_t part = size < STRIPE - held ? size : STRIPE - held;

		memcpy(sum->rest + held, bytes, part);
		if (held + part < STRIPE)
			return;
		add_stripes(sum, sum->rest, 1);
		bytes += part;
		size -= part;
	}
	add_stripes(sum, bytes, size / STRIPE);
	if (size % STRIPE > 0)
		memcpy(sum->rest, bytes + size / STRIPE * STRIPE, size % STRIPE);
}

static uint64_t add_rest(uint64_t hash, const unsigned char *bytes, size_t size)
{
	for (; size >= 8; size -= 8, bytes += 8)
		hash = rotate(hash ^ mix(0, load64(bytes)), 27) * prime1 + prime4;
	if (size >= 4) {
		uint32_t word;

		memcpy(&word, bytes, sizeof(word));
		hash = rotate(hash ^ word * prime1, 23) * prime2 + prime3;
		size -= 4;
		bytes += 4;
	}
	for (; size > 0; size--, bytes++)
		hash = rotate(hash ^ *bytes * prime5, 11) * prime1;
	return hash;
}

uint64_t checksum_value(const struct checksum *sum)
{
	uint64_t hash = prime5;

	if (sum->size >= STRIPE) {
		hash = rotate(sum->lanes[0], 1) + rotate(sum->lanes[1], 7) +
		       rotate(sum->lanes[2], 12) + rotate(sum->lanes[3], 18);
		for (int i = 0; i < 4; i++)
			hash = merge_lane(hash, sum->lanes[i]);
	}
	hash = add_rest(hash + sum->size, sum->rest, sum->size % STRIPE);
	hash = (hash ^ hash >> 33) * prime2;
	hash = (hash ^ hash >> 29) * prime3;
	return hash ^ hash >> 32;
}

uint64_t checksum_of(const void *data, size_t size)
{
	struct checksum sum;

	checksum_init(&sum);
	checksum_add(&sum, data, size);
	return checksum_value(&sum);
}
