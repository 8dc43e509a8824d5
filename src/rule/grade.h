#ifndef RULE_GRADE_H
#define RULE_GRADE_H

#include "rule/rule.h"
#include "rule/sheet.h"

/*
 * Grades of patents (分级): the weighted mean of five dimensions scored 1 to 5, with adjustments,
 * and what follows from the grade (data/grade_*.csv, grades.csv). Pure.
 */
enum { GRADE_DIMENSIONS = 5, GRADE_ADJUSTMENTS = 4 };

struct grade_dimension {
	const char *id, *edition, *zh, *en, *words;
	double weight; /* sum 100 */
	enum rule_mark mark;
	const char *basis;
};
struct grade_adjustment {
	const char *id, *edition, *zh, *en, *words;
	double points;
	enum rule_mark mark;
	const char *basis;
};
struct grade {
	const char *id, *edition, *zh, *en;
	double minimum;
	const char *action_zh, *action_en;
	enum rule_mark mark;
	const char *basis;
};
extern const struct grade_dimension grade_dimensions[GRADE_DIMENSIONS];
extern const struct grade_adjustment grade_adjustments[GRADE_ADJUSTMENTS];
const struct grade *grade_list(size_t *count_out); /* highest first; the last takes all */

struct grade_case {
	struct str id;
	double scores[GRADE_DIMENSIONS]; /* 1 to 5 */
	bool is_adjusted[GRADE_ADJUSTMENTS];
};
struct grade_result {
	double base, score; /* before and after adjustments */
	const struct grade *grade;
};
struct grade_result grade_compute(const struct grade_case *patent);
/* Columns id, the dimensions and the adjustments by id or name; all scores are needed. */
bool grade_read(struct arena *arena, const struct sheet *sheet, struct grade_case **cases_out,
		size_t *count_out, struct error *error) MUST_CHECK;

#endif
