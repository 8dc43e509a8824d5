#include "rule/hierarchy.h"

#include <math.h>

enum { ROUNDS = 1000 };
static const double SCALE_MAX = 9, RECIPROCAL_SLACK = 0.01, RATIO_MAX = 0.1;

static const double random_indexes[HIERARCHY_SIZE_MAX + 1] = { 0,    0,    0,    0.58, 0.90, 1.12,
							       1.24, 1.32, 1.41, 1.45, 1.49, 1.51,
							       1.54, 1.56, 1.57, 1.59 };

double hierarchy_random_index(size_t size)
{
	return size <= HIERARCHY_SIZE_MAX ? random_indexes[size] : NAN;
}

static bool cell_error(const struct sheet *sheet, size_t i, size_t j, const char *key,
		       struct error *error)
{
	struct str text = sheet->rows[i].cells[j + 1], name = sheet->names[j + 1];

	return error_set_at(error, ERROR_INVALID, key, sheet->rows[i].line, "%.*s: %.*s",
			    (int)(name.size < 60 ? name.size : 60), name.data,
			    (int)(text.size < 60 ? text.size : 60), text.data ? text.data : "");
}

/* A number or a fraction; 0 for an empty cell. */
static bool parse_cell(struct str text, double *value_out)
{
	size_t slash = str_find_byte(text, '/');
	double divisor = 1;

	*value_out = 0;
	if (!text.size)
		return true;
	if (!str_to_double(str_trim(str_slice(text, 0, slash)), value_out) ||
	    (slash != STR_NOT_FOUND &&
	     !str_to_double(str_trim(str_slice(text, slash + 1, text.size)), &divisor)) ||
	    !(divisor > 0))
		return false;
	*value_out /= divisor;
	return *value_out >= 1 / SCALE_MAX - 1e-3 && *value_out <= SCALE_MAX;
}

static bool read_cells(const struct sheet *sheet, struct hierarchy *hierarchy, struct error *error)
{
	for (size_t i = 0; i < hierarchy->size; i++)
		for (size_t j = 0; j < hierarchy->size; j++)
			if (!parse_cell(sheet->rows[i].cells[j + 1], &hierarchy->matrix[i][j]))
				return cell_error(sheet, i, j, "rule.ahp_cell", error);
	return true;
}

/* Fills empty cells and checks that every pair says one thing. */
static bool complete_pair(const struct sheet *sheet, struct hierarchy *hierarchy, size_t i,
			  size_t j, struct error *error)
{
	double *upper = &hierarchy->matrix[i][j], *lower = &hierarchy->matrix[j][i];

	if (i == j && *upper == 0)
		*upper = 1;
	if (*upper == 0 && *lower == 0)
		return cell_error(sheet, i, j, "rule.ahp_empty", error);
	if (*upper == 0)
		*upper = 1 / *lower;
	if (*lower == 0)
		*lower = 1 / *upper;
	if (fabs(*upper * *lower - 1) > RECIPROCAL_SLACK * fmax(1, fmax(*upper, *lower)))
		return cell_error(sheet, i, j, "rule.ahp_reciprocal", error);
	return true;
}

bool hierarchy_read(const struct sheet *sheet, struct hierarchy *hierarchy_out, struct error *error)
{
	*hierarchy_out = (struct hierarchy){ .size = sheet->row_count };
	if (sheet->row_count < 1 || sheet->row_count > HIERARCHY_SIZE_MAX ||
	    sheet->column_count != sheet->row_count + 1)
		return error_set(error, ERROR_INVALID, "rule.ahp_shape", "%zu × %zu",
				 sheet->row_count,
				 sheet->column_count ? sheet->column_count - 1 : 0);
	for (size_t i = 0; i < sheet->row_count; i++) {
		hierarchy_out->names[i] = sheet->rows[i].cells[0];
		if (!str_equal(sheet->names[i + 1], hierarchy_out->names[i]))
			return error_set_at(error, ERROR_INVALID, "rule.ahp_name",
					    sheet->rows[i].line, "%.*s",
					    STR_ARGS(hierarchy_out->names[i]));
	}
	if (!read_cells(sheet, hierarchy_out, error))
		return false;
	for (size_t i = 0; i < hierarchy_out->size; i++)
		for (size_t j = i; j < hierarchy_out->size; j++)
			if (!complete_pair(sheet, hierarchy_out, i, j, error))
				return false;
	return true;
}

/* One round of the power method; returns the sum before scaling: the eigenvalue at the end. */
static double multiply(const struct hierarchy *hierarchy, double *weights)
{
	double next[HIERARCHY_SIZE_MAX], sum = 0;

	for (size_t i = 0; i < hierarchy->size; i++) {
		next[i] = 0;
		for (size_t j = 0; j < hierarchy->size; j++)
			next[i] += hierarchy->matrix[i][j] * weights[j];
		sum += next[i];
	}
	for (size_t i = 0; i < hierarchy->size; i++)
		weights[i] = next[i] / sum;
	return sum;
}

static void find_worst(const struct hierarchy *hierarchy, struct hierarchy_weights *weights)
{
	double worst = -1;

	for (size_t i = 0; i < hierarchy->size; i++)
		for (size_t j = i + 1; j < hierarchy->size; j++) {
			double off = fabs(log(hierarchy->matrix[i][j] * weights->weights[j] /
					      weights->weights[i]));

			if (off > worst) {
				worst = off;
				weights->worst_row = i;
				weights->worst_column = j;
			}
		}
}

void hierarchy_compute(const struct hierarchy *hierarchy, struct hierarchy_weights *weights_out)
{
	double size = (double)hierarchy->size, before = 0;

	*weights_out = (struct hierarchy_weights){ .random_index = hierarchy_random_index(
							   hierarchy->size) };
	for (size_t i = 0; i < hierarchy->size; i++)
		weights_out->weights[i] = 1 / size;
	for (int i = 0; i < ROUNDS; i++) {
		weights_out->eigenvalue = multiply(hierarchy, weights_out->weights);
		if (fabs(weights_out->eigenvalue - before) < 1e-13)
			break;
		before = weights_out->eigenvalue;
	}
	if (hierarchy->size > 2) {
		weights_out->index = fmax(0, (weights_out->eigenvalue - size) / (size - 1));
		weights_out->ratio = weights_out->index / weights_out->random_index;
	}
	weights_out->is_consistent = weights_out->ratio <= RATIO_MAX;
	find_worst(hierarchy, weights_out);
}
