#include "demo/demo_random.h"

#include <assert.h>

#define GOLDEN_GAMMA 0x9E3779B97F4A7C15u

uint64_t demo_random_next(struct demo_random *random)
{
	uint64_t z = random->state += GOLDEN_GAMMA;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

struct demo_random demo_random_of(uint64_t seed, uint64_t i)
{
	struct demo_random random = { seed ^ (i + 1) * GOLDEN_GAMMA };

	random.state = demo_random_next(&random);
	return random;
}

/* The upper 32 bits scaled down: a bias below 2^-32 * limit, of no matter here. */
uint32_t demo_random_below(struct demo_random *random, size_t limit)
{
	assert(limit > 0 && limit <= UINT32_MAX);
	return (uint32_t)((demo_random_next(random) >> 32) * limit >> 32);
}

int demo_random_between(struct demo_random *random, int first, int last)
{
	assert(first <= last);
	return first + (int)demo_random_below(random, (size_t)(last - first) + 1);
}

int demo_random_percent(struct demo_random *random, int64_t percent)
{
	return (int64_t)demo_random_below(random, 100) < percent;
}

size_t demo_random_weighted(struct demo_random *random, const uint32_t *sums, size_t count)
{
	uint32_t wanted = demo_random_below(random, sums[count - 1]);
	size_t low = 0, high = count - 1;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (sums[middle] > wanted)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}
