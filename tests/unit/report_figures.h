#ifndef TESTS_REPORT_FIGURES_H
#define TESTS_REPORT_FIGURES_H

#include "analyse/figure.h"

/* Figures made by hand, one of every shape; names are invented. */
extern const size_t sample_figure_count;
const struct figure *sample_figure(struct arena *arena, size_t which);

/*
 * A figure of these columns whose rows are lines of cells parted by "|"; "*" in front marks an
 * incomplete row, an empty number is NAN.
 */
struct figure *make_figure(struct arena *arena, const char *id, enum figure_shape shape,
			   const struct figure_column *columns, size_t column_count,
			   const char *rows);

#endif
