#ifndef DEMO_RANDOM_H
#define DEMO_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/*
 * The only source of chance in the demo collection: SplitMix64 (Steele, Lea, Flood 2014). Whole
 * numbers only, so that every machine makes the same bytes.
 */
struct demo_random {
	uint64_t state;
};

/* A stream of its own for the i-th thing of a kind: same seed and i, same stream. */
struct demo_random demo_random_of(uint64_t seed, uint64_t i);
uint64_t demo_random_next(struct demo_random *random);
uint32_t demo_random_below(struct demo_random *random, size_t limit);     /* 0 .. limit - 1 */
int demo_random_between(struct demo_random *random, int first, int last); /* both included */
/* True in `percent` of 100 cases. */
int demo_random_percent(struct demo_random *random, int64_t percent);
/* An index by weight, from the running sums of the weights; the last sum is above 0. */
size_t demo_random_weighted(struct demo_random *random, const uint32_t *sums, size_t count);

#endif
