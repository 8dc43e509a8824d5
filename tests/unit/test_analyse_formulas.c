#include "analyse/links_internal.h"
#include "analyse/statistics_internal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Formulas against answers worked out by hand or found in the literature. */

static void near(double value, double expected, double tolerance)
{
	if (!(fabs(value - expected) <= tolerance))
		fail_msg("%.9g instead of %.9g", value, expected);
}

static void concentration(void **unused)
{
	const uint32_t counts[] = { 40, 30, 20, 10 };

	(void)unused;
	near(herfindahl_index(counts, 4), 0.16 + 0.09 + 0.04 + 0.01, 1e-12);
	near(concentration_ratio(counts, 4, 2), 0.7, 1e-12);
	near(concentration_ratio(counts, 4, 10), 1, 1e-12);
	near(herfindahl_index(counts, 0), 0, 0);
	near(herfindahl_index(counts, 1), 1, 0);
}

static void poisson(void **unused)
{
	(void)unused;
	near(poisson_at_most(0, 3), exp(-3), 1e-12);
	near(poisson_at_most(2, 3), exp(-3) * (1 + 3 + 4.5), 1e-12);
	near(poisson_at_least(3, 3), 1 - exp(-3) * 8.5, 1e-12);
	near(poisson_at_least(0, 3), 1, 0);
	near(poisson_at_most(5, 0), 1, 0);
	/* The median of a Poisson law with a whole mean is the mean. */
	near(poisson_at_most(10000, 10000), 0.5, 0.01);
	near(poisson_at_most(0, 10000), 0, 1e-300);
}

/* Dunning 1993, table 1: "the swiss", k11 = 110, n1 = 2552; k21 = 111 - ..., G2 = 270.72. */
static void likelihood_ratio(void **unused)
{
	(void)unused;
	near(log_likelihood_ratio(110, 110 + 2442, 111, 111 + 29114), 270.72, 0.01);
	near(log_likelihood_ratio(29, 29 + 13, 123, 123 + 31612), 263.90, 0.01);
	near(log_likelihood_ratio(10, 100, 100, 1000), 0, 1e-9);
	assert_true(log_likelihood_ratio(1, 100, 100, 1000) < 0);
	near(log_likelihood_ratio(0, 0, 5, 10), 0, 0);
	near(log_likelihood_ratio(100, 100, 0, 100), 2 * 200 * log(2), 1e-9);
}

/* Remission times of Freireich et al. 1963, treated group: S(6) 0.857, S(10) 0.753, S(23) 0.448. */
static void survival_of_the_literature(void **unused)
{
	struct lifetime lives[] = {
		{ 6, true },   { 6, true },   { 6, true },   { 6, false },  { 7, true },
		{ 9, false },  { 10, true },  { 10, false }, { 11, false }, { 13, true },
		{ 16, true },  { 17, false }, { 19, false }, { 20, false }, { 22, true },
		{ 23, true },  { 25, false }, { 32, false }, { 32, false }, { 34, false },
		{ 35, false },
	};
	struct survival_point points[36];

	(void)unused;
	survival_estimate(lives, sizeof(lives) / sizeof(lives[0]), 1, points, 36);
	near(points[4].survival, 1, 0);
	near(points[5].survival, 0.857, 0.0005);
	near(points[6].survival, 0.807, 0.0005);
	near(points[9].survival, 0.753, 0.0005);
	near(points[12].survival, 0.690, 0.0005);
	near(points[15].survival, 0.627, 0.0005);
	near(points[21].survival, 0.538, 0.0005);
	near(points[22].survival, 0.448, 0.0005);
	near(points[35].survival, 0.448, 0.0005);
	assert_int_equal(points[5].at_risk, 21);
	assert_int_equal(points[5].ended, 3);
	assert_int_equal(points[9].at_risk, 15);
	assert_true(points[22].low < 0.448 && points[22].high > 0.448);
	assert_true(points[22].low > 0 && points[22].high < 1);
}

static void curve_is_found_again(void **unused)
{
	static const struct logistic_curve planted[] = { { 1000, 0.4, 12, 1 },
							 { 50000, 0.25, 18, 1 },
							 { 120, 0.9, 6, 1 } };
	double cumulative[25];

	(void)unused;
	for (size_t i = 0; i < 3; i++) {
		struct logistic_curve found;

		for (size_t t = 0; t < 25; t++)
			cumulative[t] = logistic_at(&planted[i], (double)t);
		assert_true(logistic_fit(cumulative, 25, &found));
		near(found.saturation, planted[i].saturation, planted[i].saturation * 1e-4);
		near(found.rate, planted[i].rate, 1e-4);
		near(found.midpoint, planted[i].midpoint, 1e-3);
		assert_true(found.r2 > 0.999999);
	}
}

static void curve_with_noise(void **unused)
{
	const struct logistic_curve planted = { 3000, 0.35, 14, 1 };
	double cumulative[24], sum = 0;
	struct logistic_curve found;

	(void)unused;
	for (size_t t = 0; t < 24; t++) {
		double noise = 1 + 0.1 * ((double)(t * 7919 % 11) / 5.0 - 1);
		double step = logistic_at(&planted, (double)t) -
			      (t ? logistic_at(&planted, (double)t - 1) : 0);

		cumulative[t] = sum += step * noise;
	}
	assert_true(logistic_fit(cumulative, 24, &found));
	near(found.saturation, 3000, 200);
	near(found.midpoint, 14, 0.5);
	assert_true(found.r2 > 0.99);
}

static void curve_of_nothing(void **unused)
{
	const double flat[] = { 0, 0, 0, 0, 0, 0 };
	const double constant[] = { 5, 5, 5, 5, 5, 5 };
	struct logistic_curve curve;

	(void)unused;
	assert_false(logistic_fit(flat, 6, &curve));
	assert_false(logistic_fit(constant, 6, &curve));
	assert_false(logistic_fit(constant, 3, &curve));
}

/* All paths from sources to ends that run over each link, one by one. */
enum { NODES = 9, LINKS = 12 };
static const struct path_link links[LINKS] = { { 0, 2 }, { 1, 2 }, { 1, 3 }, { 2, 4 },
					       { 2, 5 }, { 3, 5 }, { 4, 6 }, { 5, 6 },
					       { 5, 7 }, { 6, 8 }, { 0, 4 }, { 3, 7 } };

static void walk_paths(uint32_t node, uint32_t *path, size_t length, double *counts)
{
	bool is_end = true;

	for (uint32_t i = 0; i < LINKS; i++) {
		if (links[i].from != node)
			continue;
		is_end = false;
		path[length] = i;
		walk_paths(links[i].to, path, length + 1, counts);
	}
	for (size_t i = 0; is_end && i < length; i++)
		counts[path[i]]++;
}

static void search_paths(void **unused)
{
	struct arena *arena = arena_create(1024);
	uint32_t order[NODES] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 }, path[LINKS], *best;
	double expected[LINKS] = { 0 }, weights[LINKS];
	size_t length;

	(void)unused;
	walk_paths(0, path, 0, expected);
	walk_paths(1, path, 0, expected);
	search_path_counts(arena, NODES, order, links, LINKS, weights);
	for (size_t i = 0; i < LINKS; i++)
		near(weights[i], expected[i], 0);
	length = main_path_find(arena, NODES, order, links, LINKS, weights, &best);
	assert_int_equal(length, 4);
	assert_int_equal(links[best[0]].to, 2);
	assert_int_equal(links[best[1]].to, 5);
	assert_int_equal(links[best[2]].to, 6);
	assert_int_equal(links[best[3]].to, 8);
	assert_int_equal(main_path_find(arena, NODES, order, links, 0, weights, &best), 0);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(concentration),
		cmocka_unit_test(poisson),
		cmocka_unit_test(likelihood_ratio),
		cmocka_unit_test(survival_of_the_literature),
		cmocka_unit_test(curve_is_found_again),
		cmocka_unit_test(curve_with_noise),
		cmocka_unit_test(curve_of_nothing),
		cmocka_unit_test(search_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
