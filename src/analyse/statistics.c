#include "analyse/statistics_internal.h"

#include <math.h>
#include <stdlib.h>

double growth_of(double now, double before)
{
	return before > 0 ? now / before - 1 : NAN;
}

double share_of(double part, double whole)
{
	return whole > 0 ? part / whole : NAN;
}

static double sum_of(const uint32_t *counts, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += counts[i];
	return sum;
}

double concentration_ratio(const uint32_t *counts, size_t count, size_t n)
{
	double sum = sum_of(counts, count);

	return sum > 0 ? sum_of(counts, n < count ? n : count) / sum : 0;
}

double herfindahl_index(const uint32_t *counts, size_t count)
{
	double sum = sum_of(counts, count), index = 0;

	for (size_t i = 0; i < count && sum > 0; i++)
		index += (counts[i] / sum) * (counts[i] / sum);
	return index;
}

/* Sums the terms from the largest outwards, each from the one before, so that no mean underflows. */
double poisson_at_most(uint64_t count, double mean)
{
	uint64_t top = (double)count < mean ? count : (uint64_t)mean;
	double largest, term, sum;

	if (mean <= 0)
		return 1;
	largest = exp(-mean + (double)top * log(mean) - lgamma((double)top + 1));
	sum = term = largest;
	for (uint64_t k = top; k > 0 && term > sum * 1e-17; k--)
		sum += term *= (double)k / mean;
	term = largest;
	for (uint64_t k = top + 1; k <= count && term > sum * 1e-17; k++)
		sum += term *= mean / (double)k;
	return sum < 1 ? sum : 1;
}

double poisson_at_least(uint64_t count, double mean)
{
	return count == 0 ? 1 : 1 - poisson_at_most(count - 1, mean);
}

static double entropy_term(double observed, double expected)
{
	return observed > 0 ? observed * log(observed / expected) : 0;
}

double log_likelihood_ratio(uint64_t a, uint64_t n, uint64_t b, uint64_t m)
{
	double all = (double)(n + m), with = (double)(a + b), without = all - with;
	double g2;

	if (n == 0 || m == 0 || a + b == 0)
		return 0;
	g2 = 2 * (entropy_term((double)a, (double)n * with / all) +
		  entropy_term((double)b, (double)m * with / all) +
		  entropy_term((double)(n - a), (double)n * without / all) +
		  entropy_term((double)(m - b), (double)m * without / all));
	if (g2 < 0)
		g2 = 0; /* rounding */
	return (double)a / (double)n < (double)b / (double)m ? -g2 : g2;
}

static int compare_lifetimes(const void *a, const void *b)
{
	const struct lifetime *left = a, *right = b;

	if (left->days != right->days)
		return left->days < right->days ? -1 : 1;
	return (int)right->has_ended - (int)left->has_ended; /* deaths before losses of a day */
}

/* S ± 1.96 on the log(-log S) scale, which keeps the limits within 0 and 1. */
static void add_interval(struct survival_point *point, double greenwood)
{
	double s = point->survival, spread;

	point->low = point->high = s;
	if (s <= 0 || s >= 1)
		return;
	spread = exp(1.96 * sqrt(greenwood) / fabs(log(s)));
	point->low = pow(s, spread);
	point->high = pow(s, 1 / spread);
}

void survival_estimate(struct lifetime *lifetimes, size_t count, double step,
		       struct survival_point *points, size_t point_count)
{
	double survival = 1, greenwood = 0;
	size_t i = 0;

	qsort(lifetimes, count, sizeof(*lifetimes), compare_lifetimes);
	for (size_t point = 0; point < point_count; point++) {
		points[point] = (struct survival_point){ .at_risk = count - i };
		while (i < count && (double)lifetimes[i].days <= step * (double)(point + 1)) {
			double at_risk = (double)(count - i), ended = 0;
			int64_t day = lifetimes[i].days;

			for (; i < count && lifetimes[i].days == day; i++)
				ended += lifetimes[i].has_ended;
			survival *= 1 - ended / at_risk;
			if (ended < at_risk)
				greenwood += ended / (at_risk * (at_risk - ended));
			points[point].ended += (uint64_t)ended;
		}
		points[point].survival = survival;
		add_interval(&points[point], greenwood);
	}
}

double logistic_at(const struct logistic_curve *curve, double t)
{
	return curve->saturation / (1 + exp(-curve->rate * (t - curve->midpoint)));
}

static double squared_error(const double *values, size_t count, const struct logistic_curve *curve)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		double difference = values[i] - logistic_at(curve, (double)i);

		sum += difference * difference;
	}
	return sum;
}

/* For a given K the logits log(N/(K-N)) lie on a line; its slope is r, its zero t0. */
static bool fit_line(const double *values, size_t count, struct logistic_curve *curve)
{
	double n = 0, x = 0, y = 0, xx = 0, xy = 0, slope;

	for (size_t i = 0; i < count; i++) {
		double t = (double)i, logit;

		if (values[i] <= 0)
			continue;
		logit = log(values[i] / (curve->saturation - values[i]));
		n++;
		x += t;
		y += logit;
		xx += t * t;
		xy += t * logit;
	}
	if (n < 3 || n * xx - x * x <= 0)
		return false;
	slope = (n * xy - x * y) / (n * xx - x * x);
	if (slope <= 0)
		return false;
	curve->rate = slope;
	curve->midpoint = -(y - slope * x) / n / slope;
	return true;
}

/* Solves the 3 by 3 system in place; false when it is singular. */
static bool solve_three(double m[3][4])
{
	for (int i = 0; i < 3; i++) {
		int best = i;

		for (int j = i + 1; j < 3; j++)
			if (fabs(m[j][i]) > fabs(m[best][i]))
				best = j;
		if (fabs(m[best][i]) < 1e-300)
			return false;
		for (int k = 0; k < 4; k++) {
			double moved = m[i][k];

			m[i][k] = m[best][k];
			m[best][k] = moved;
		}
		for (int j = 0; j < 3; j++) {
			double factor = m[j][i] / m[i][i];

			for (int k = i; k < 4 && j != i; k++)
				m[j][k] -= factor * m[i][k];
		}
	}
	for (int i = 0; i < 3; i++)
		m[i][3] /= m[i][i];
	return true;
}

/* One damped Gauss-Newton step; parameters are log K, log r, t0, so that K and r stay positive. */
static bool step_from(const double *values, size_t count, const struct logistic_curve *curve,
		      double damping, struct logistic_curve *next_out)
{
	double m[3][4] = { { 0 } };

	for (size_t i = 0; i < count; i++) {
		double t = (double)i, fitted = logistic_at(curve, t);
		double slope = fitted * (1 - fitted / curve->saturation);
		double gradient[3] = { fitted, slope * curve->rate * (t - curve->midpoint),
				       -slope * curve->rate };

		for (int j = 0; j < 3; j++) {
			for (int k = 0; k < 3; k++)
				m[j][k] += gradient[j] * gradient[k];
			m[j][3] += gradient[j] * (values[i] - fitted);
		}
	}
	for (int j = 0; j < 3; j++)
		m[j][j] *= 1 + damping;
	if (!solve_three(m))
		return false;
	next_out->saturation = curve->saturation * exp(fmax(-1, fmin(1, m[0][3])));
	next_out->rate = curve->rate * exp(fmax(-1, fmin(1, m[1][3])));
	next_out->midpoint = curve->midpoint + m[2][3];
	return isfinite(next_out->midpoint);
}

static void refine(const double *values, size_t count, struct logistic_curve *curve)
{
	double damping = 1e-3, error = squared_error(values, count, curve);

	for (int round = 0; round < 500 && damping < 1e12; round++) {
		struct logistic_curve next = *curve;
		double next_error;

		if (!step_from(values, count, curve, damping, &next))
			return;
		next_error = squared_error(values, count, &next);
		if (!(next_error < error)) {
			damping *= 4;
			continue;
		}
		*curve = next;
		if (error - next_error < error * 1e-14)
			return;
		error = next_error;
		damping = fmax(damping / 4, 1e-12);
	}
}

static double squares_around_mean(const double *values, size_t count)
{
	double mean = 0, sum = 0;

	for (size_t i = 0; i < count; i++)
		mean += values[i] / (double)count;
	for (size_t i = 0; i < count; i++)
		sum += (values[i] - mean) * (values[i] - mean);
	return sum;
}

bool logistic_fit(const double *cumulative, size_t count, struct logistic_curve *curve_out)
{
	struct logistic_curve best = { 0 };
	double best_error = INFINITY, spread;

	if (count < 5 || cumulative[count - 1] <= 0)
		return false;
	for (double factor = 1.001; factor < 100; factor = 1 + (factor - 1) * 1.6) {
		struct logistic_curve curve = { .saturation = cumulative[count - 1] * factor };
		double error;

		if (!fit_line(cumulative, count, &curve))
			continue;
		error = squared_error(cumulative, count, &curve);
		if (error < best_error) {
			best_error = error;
			best = curve;
		}
	}
	spread = squares_around_mean(cumulative, count);
	if (!isfinite(best_error) || spread <= 0)
		return false;
	refine(cumulative, count, &best);
	best.r2 = 1 - squared_error(cumulative, count, &best) / spread;
	*curve_out = best;
	return true;
}
