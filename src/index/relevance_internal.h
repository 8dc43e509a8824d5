#ifndef INDEX_RELEVANCE_INTERNAL_H
#define INDEX_RELEVANCE_INTERNAL_H

#include <math.h>
#include <stdint.h>

/*
 * BM25 with k1 = 1.2, b = 0.75 (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009,
 * formula 3.15) without idf and weight: how far a frequency saturates in a text of this length,
 * above 0 and below 1.
 */
#define BM25_K1 1.2f
#define BM25_B  0.75f

static inline float bm25_saturation(uint32_t frequency, uint32_t length, float average)
{
	float often = (float)frequency;

	return often /
	       (often + BM25_K1 * (1 - BM25_B) + BM25_K1 * BM25_B / average * (float)length);
}

/* Of a column's texts; 1 when it has none. */
static inline float average_length(uint64_t total, uint64_t documents)
{
	return documents > 0 && total > 0 ? (float)((double)total / (double)documents) : 1;
}

/* The saturation in 16 bits, rounded up: a bound stays one. */
static inline uint16_t impact_of(float saturation)
{
	float scaled = ceilf(saturation * (float)UINT16_MAX * 1.00001f);

	return scaled < (float)UINT16_MAX ? (uint16_t)scaled : UINT16_MAX;
}

/*
 * The greatest saturation an impact can stand for when texts are `average` long in all, and were
 * `written` long in the segment it was computed in: of f / (f + c + d length / average) the
 * denominator shrinks by no more than the averages' ratio.
 */
static inline float impact_bound(uint16_t impact, float average, float written)
{
	float bound = (float)impact / (float)UINT16_MAX;

	return average > written ? bound * (average / written) : bound;
}

#endif
