#ifndef TYPES_PLAN_H
#define TYPES_PLAN_H

#include "record/record.h"

/* What is planned and promised: layout, portfolios, task books and their targets. */
extern const struct record_type portfolio_type, layout_plan_type, task_book_type, target_type;

enum {
	PORTFOLIO_CODE,
	PORTFOLIO_TITLE,
	PORTFOLIO_KIND,
	PORTFOLIO_PURPOSE,
	PORTFOLIO_KEY_FIELD,
	PORTFOLIO_PRODUCT,
	PORTFOLIO_BOTTLENECK,
	PORTFOLIO_LEADER,
	PORTFOLIO_MARKETS, /* "CN,US,DE" */
	PORTFOLIO_CASES,
	PORTFOLIO_CORE, /* of the cases */
	PORTFOLIO_DEFENSIVE,
	PORTFOLIO_BUILT_ON,
	PORTFOLIO_NOTE,
	PORTFOLIO_FIELD_COUNT
};

enum {
	LAYOUT_CODE,
	LAYOUT_TITLE,
	LAYOUT_KEY_FIELD,
	LAYOUT_PROJECT,
	LAYOUT_PORTFOLIO,
	LAYOUT_TYPES,
	LAYOUT_STRATEGY,
	LAYOUT_LEADER,
	LAYOUT_COUNTRIES, /* "CN,US,EP" */
	LAYOUT_ROUTES,
	LAYOUT_MARKETS,
	LAYOUT_MISSING, /* computed: markets no office of the plan covers */
	LAYOUT_CASES,
	LAYOUT_FIRST_CASE,
	LAYOUT_FIRST_FILED_ON, /* computed, as the next */
	LAYOUT_DUE_ON,         /* end of the priority year */
	LAYOUT_TIMING,
	LAYOUT_FIELD_COUNT
};

/*
 * A version of what centre and bureau signed. It holds on a day when its state is signed, superseded or
 * closed, signed_on <= day, from_on <= day <= until_on, and ended_on is not set or behind the day.
 */
enum {
	BOOK_NUMBER,
	BOOK_TITLE,
	BOOK_CENTRE, /* the owner, as a field to search by */
	BOOK_BUREAU,
	BOOK_KEY_FIELDS,
	BOOK_FROM_ON,
	BOOK_UNTIL_ON,
	BOOK_BASE_YEAR,
	BOOK_BASELINE, /* T1: filings of the base year set by hand; not set: counted */
	BOOK_OBJECTIVES,
	BOOK_TASKS,
	BOOK_MILESTONES,
	BOOK_BUDGET,
	BOOK_FUND,
	BOOK_OWNERSHIP,
	BOOK_ACCEPTANCE,
	BOOK_TEXT,
	BOOK_SIGNED_ON,
	BOOK_VERSION,
	BOOK_PREVIOUS,
	BOOK_CHANGE,
	BOOK_ENDED_ON,
	BOOK_FIELD_COUNT
};

enum {
	TARGET_BOOK,
	TARGET_INDICATOR, /* T1 ... T4 */
	TARGET_METHOD,    /* id of rule/indicator.h */
	TARGET_VALUE,     /* hundredths of a percent; of T4: of one */
	TARGET_IN_PERIOD,
	TARGET_WEIGHT,
	TARGET_DUE_ON,
	TARGET_EVIDENCE,
	TARGET_TITLE,
	TARGET_FIELD_COUNT
};
/* The value in the indicator's own unit (rule/indicator.h): 0.2 of 20 %, 10 of ten products. */
double target_number(const struct record *target);

#endif
