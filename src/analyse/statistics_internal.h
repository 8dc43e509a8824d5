#ifndef ANALYSE_STATISTICS_INTERNAL_H
#define ANALYSE_STATISTICS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The formulas the analyses rest on, free of documents and columns. */

/* Sum of the n largest shares (0..1) of counts that are sorted descending. 0 for an empty list. */
double concentration_ratio(const uint32_t *counts, size_t count, size_t n);
/* Herfindahl-Hirschman index: sum of squared shares, 1/n (equal) to 1 (one holds all). */
double herfindahl_index(const uint32_t *counts, size_t count);

/* P(X <= count) of a Poisson distribution; 1 for a mean of 0. */
double poisson_at_most(uint64_t count, double mean);
double poisson_at_least(uint64_t count, double mean);

/*
 * Log-likelihood ratio G2 of a word in a set against the rest (Dunning 1993): documents with the
 * word, a of n in the set, b of m in the rest. Negative when the word is rarer in the set.
 */
double log_likelihood_ratio(uint64_t a, uint64_t n, uint64_t b, uint64_t m);

/*
 * Product-limit estimate (Kaplan, Meier 1958) over lifetimes in days. `ended` tells a death from
 * a lifetime cut off by the day of observation. Sorts in place.
 */
struct lifetime {
	int64_t days;
	bool has_ended;
};
struct survival_point {
	uint64_t at_risk; /* at the beginning of the interval */
	uint64_t ended;   /* within it */
	double survival;  /* at its end */
	double low, high; /* 95 % interval: Greenwood's variance on the log(-log) scale */
};
/* points[i] is the interval up to (i + 1) * step days. */
void survival_estimate(struct lifetime *lifetimes, size_t count, double step,
		       struct survival_point *points, size_t point_count);

/*
 * Logistic curve N(t) = K / (1 + exp(-r (t - t0))), t = 0, 1, 2 ..., fitted to cumulative counts
 * by least squares (Levenberg-Marquardt from the best of a grid of saturations).
 */
struct logistic_curve {
	double saturation; /* K */
	double rate;       /* r */
	double midpoint;   /* t0 */
	double r2;         /* 1 - SSE/SST */
};
double logistic_at(const struct logistic_curve *curve, double t);
/* False when no curve can be told: fewer than 5 points, or no growth. */
bool logistic_fit(const double *cumulative, size_t count, struct logistic_curve *curve_out);

/* Relative change, NAN when there was nothing before. */
double growth_of(double now, double before);
double share_of(double part, double whole); /* NAN for a whole of 0 */

#endif
