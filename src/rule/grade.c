#include "rule/grade.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Sums of hundredths: 4.0 may come out a hair below itself. */
static const double SLACK = 1e-9;

const struct grade_dimension grade_dimensions[GRADE_DIMENSIONS] = {
#include "rule/grade_dimensions.inc"
};

const struct grade_adjustment grade_adjustments[GRADE_ADJUSTMENTS] = {
#include "rule/grade_adjustments.inc"
};

static const struct grade grades[] = {
#include "rule/grades.inc"
};

const struct grade *grade_list(size_t *count_out)
{
	*count_out = COUNT(grades);
	return grades;
}

struct grade_result grade_compute(const struct grade_case *patent)
{
	struct grade_result result = { .base = 0 };

	for (size_t i = 0; i < GRADE_DIMENSIONS; i++)
		result.base += grade_dimensions[i].weight / 100 * patent->scores[i];
	result.score = result.base;
	for (size_t i = 0; i < GRADE_ADJUSTMENTS; i++)
		result.score += patent->is_adjusted[i] ? grade_adjustments[i].points : 0;
	result.grade = &grades[COUNT(grades) - 1];
	for (size_t i = COUNT(grades); i-- > 0;)
		if (result.score >= grades[i].minimum - SLACK)
			result.grade = &grades[i];
	return result;
}

enum {
	COLUMN_ID,
	COLUMN_NOTE,
	COLUMN_DIMENSIONS,
	COLUMN_ADJUSTMENTS = COLUMN_DIMENSIONS + GRADE_DIMENSIONS,
	COLUMN_COUNT = COLUMN_ADJUSTMENTS + GRADE_ADJUSTMENTS
};

static bool read_case(const struct sheet_reader *reader, struct grade_case *patent,
		      struct error *error)
{
	patent->id = sheet_text(reader, COLUMN_ID);
	if (!patent->id.size)
		return sheet_error(reader, COLUMN_ID, "rule.sheet_empty", error);
	for (size_t i = 0; i < GRADE_DIMENSIONS; i++) {
		if (!sheet_text(reader, COLUMN_DIMENSIONS + i).size)
			return sheet_error(reader, COLUMN_DIMENSIONS + i, "rule.sheet_empty",
					   error);
		if (!sheet_number(reader, COLUMN_DIMENSIONS + i, 1, 5, 1, &patent->scores[i],
				  error))
			return false;
	}
	for (size_t i = 0; i < GRADE_ADJUSTMENTS; i++)
		if (!sheet_flag(reader, COLUMN_ADJUSTMENTS + i, &patent->is_adjusted[i], error))
			return false;
	return true;
}

bool grade_read(struct arena *arena, const struct sheet *sheet, struct grade_case **cases_out,
		size_t *count_out, struct error *error)
{
	struct sheet_column columns[COLUMN_COUNT] = {
		[COLUMN_ID] = { "id", "number;编号;专利号", true },
		[COLUMN_NOTE] = { "note", "备注;名称;title", false },
	};
	struct sheet_reader reader;

	for (size_t i = 0; i < GRADE_DIMENSIONS; i++)
		columns[COLUMN_DIMENSIONS + i] = (struct sheet_column){ grade_dimensions[i].id,
									grade_dimensions[i].words,
									true };
	for (size_t i = 0; i < GRADE_ADJUSTMENTS; i++)
		columns[COLUMN_ADJUSTMENTS + i] = (struct sheet_column){ grade_adjustments[i].id,
									 grade_adjustments[i].words,
									 false };
	if (!sheet_begin(sheet, columns, COLUMN_COUNT, &reader, error))
		return false;
	*cases_out = arena_array(arena, struct grade_case, sheet->row_count + 1);
	*count_out = sheet->row_count;
	for (size_t i = 0; i < sheet->row_count; i++) {
		reader.row = &sheet->rows[i];
		if (!read_case(&reader, &(*cases_out)[i], error))
			return false;
	}
	return true;
}
