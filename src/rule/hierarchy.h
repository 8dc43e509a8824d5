#ifndef RULE_HIERARCHY_H
#define RULE_HIERARCHY_H

#include "rule/sheet.h"

/*
 * The analytic hierarchy process (层次分析法, T. L. Saaty 1980): weights from a matrix of pairwise
 * comparisons by its principal eigenvector, and how consistent the comparisons are. Pure.
 */
enum { HIERARCHY_SIZE_MAX = 15 };

struct hierarchy {
	size_t size;
	struct str names[HIERARCHY_SIZE_MAX];
	double matrix[HIERARCHY_SIZE_MAX][HIERARCHY_SIZE_MAX]; /* a[i][j]: i over j, 1/9 to 9 */
};

struct hierarchy_weights {
	double weights[HIERARCHY_SIZE_MAX]; /* sum 1 */
	double eigenvalue;                  /* the largest */
	double index, random_index,
		ratio;      /* CI = (λ − n) / (n − 1), RI, CR = CI / RI; 0 for n < 3 */
	bool is_consistent; /* CR <= 0.1 */
	size_t worst_row, worst_column; /* the comparison furthest from the weights */
};

/*
 * A sheet whose first column and headings name the criteria. Cells are numbers or fractions (1/3);
 * an empty cell is the reciprocal of the one across the diagonal. Refuses what is not reciprocal,
 * not between 1/9 and 9, or not square.
 */
bool hierarchy_read(const struct sheet *sheet, struct hierarchy *hierarchy_out,
		    struct error *error) MUST_CHECK;
void hierarchy_compute(const struct hierarchy *hierarchy, struct hierarchy_weights *weights_out);
double hierarchy_random_index(size_t size); /* Saaty's, for sizes 1 to HIERARCHY_SIZE_MAX */

#endif
