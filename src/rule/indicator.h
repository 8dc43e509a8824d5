#ifndef RULE_INDICATOR_H
#define RULE_INDICATOR_H

#include "rule/high_value.h"

/*
 * The targets of the policy (data/indicators, one file an indicator): T1 growth of filings, T2 grant
 * rate, T3 use of high-value inventions, T4 product filings, T5 and T6 the province's high-value
 * inventions per 10,000 inhabitants. Every number names its method, edition, day, and each record
 * that was counted or left out, with the reason. Pure: the day is an argument, and what comes
 * after it changes nothing (BASIS_REPORTED).
 */
enum indicator_unit {
	UNIT_RATIO, /* 0.65 is shown as 65 % */
	UNIT_COUNT,
	UNIT_MULTIPLE,  /* target times the base value */
	UNIT_DIFFERENCE /* of two rates; met above the target, not at it */
};

enum indicator_formula {
	FORMULA_CAGR,
	FORMULA_MEAN_YOY,
	FORMULA_BASE_AVERAGE,
	FORMULA_CONCLUDED,
	FORMULA_DECIDED,
	FORMULA_COHORT,
	FORMULA_GROSS,
	FORMULA_USE_BROAD,
	FORMULA_USE_STRICT,
	FORMULA_USE_MARKET,
	FORMULA_PRODUCTS,
	FORMULA_FILINGS,
	FORMULA_DOUBLING,
	FORMULA_LEAD_CAGR,
	FORMULA_LEAD_MEAN,
	FORMULA_COUNT
};

/* One method of one edition of an indicator. */
struct indicator_method {
	const char *id, *edition, *until, *zh, *en, *clause;
	double target;
	enum indicator_unit unit;
	const char *method;
	enum indicator_formula formula;
	bool is_default;
	const char *method_zh, *method_en, *formula_zh, *formula_en;
	enum rule_mark mark;
	const char *basis;
};
const struct indicator_method *indicator_methods(size_t *count_out); /* by id, default first */
/* The edition of that day, else the first. method empty: the default. NULL: there is none. */
const struct indicator_method *indicator_method_find(struct str id, struct str method, date day);

/* The text behind "T1=" in "T1=cagr,T2=decided" or NULL; empty when it is not there. */
struct str indicator_setting(const char *settings, const char *id);

/* A product filed with the platform (专利产品备案). */
struct product {
	struct str filing;    /* number of the filing */
	struct str product;   /* what makes two filings one product; empty: the filing */
	struct str patents;   /* ids of cases parted by ; */
	struct str confirmed; /* days of yearly confirmation parted by ; */
	date submitted, passed, revoked;
};
bool product_list_read(struct arena *arena, const struct sheet *sheet,
		       struct product **products_out, size_t *count_out,
		       struct error *error) MUST_CHECK;

/* A region at a year's end. */
struct region_year {
	struct str region;
	int64_t year;
	double population; /* 万人; NAN: not told */
	double high_value; /* inventions in force; NAN: not told */
	double rate;       /* per 10,000, as published; NAN: to be computed */
	struct str source;
	date published; /* counts from that day until a later one of its year; DATE_NONE: from the first */
};
bool region_list_read(struct arena *arena, const struct sheet *sheet, struct region_year **rows_out,
		      size_t *count_out, struct error *error) MUST_CHECK;

struct indicator_input {
	const struct patent_case *cases;
	size_t case_count;
	const struct product *products;
	size_t product_count;
	const struct region_year *regions;
	size_t region_count;
	struct high_value_options high_value; /* its basis holds for all */
	date as_of;
	date from;                 /* first day of the project or window; DATE_NONE: open */
	int64_t baseline;          /* T1: A_0 set by hand; -1: counted */
	bool in_period;            /* T3: only uses that began in the window */
	struct str region, nation; /* T5, T6 */
	int64_t base_year;    /* T1, T5, T6; 0: year before `from`, else the first year there is */
	const double *target; /* of the task book instead of the policy's; NULL: that */
};

enum indicator_status { INDICATOR_MET, INDICATOR_MISSED, INDICATOR_NOT_COMPUTABLE };

enum indicator_reason {
	REASON_NONE,
	REASON_NOT_INVENTION,
	REASON_NOT_CHINESE,
	REASON_NO_FIELD,
	REASON_LATER, /* was not there yet on the day: in no list of it */
	REASON_OUTSIDE,
	REASON_ABNORMAL,
	REASON_WITHDRAWN,
	REASON_TWICE,
	REASON_PENDING,
	REASON_CONTESTED,
	REASON_BEFORE_EXAMINATION,
	REASON_METHOD, /* the method does not count it */
	REASON_NOT_IN_FORCE,
	REASON_NOT_HELD,
	REASON_NOT_HIGH,
	REASON_REVOKED,
	REASON_PATENTS_DEAD,
	REASON_SAME_PRODUCT,
	REASON_COUNT
};
extern const struct indicator_reason_info {
	const char *name;
	struct label label;
} indicator_reasons[REASON_COUNT];

/* A record of the list: in numerator, denominator, both, or neither for a reason. */
struct indicator_record {
	struct str id;
	bool in_numerator, in_denominator;
	enum indicator_reason reason;
};

/* Does the list of what is left out name it? What came later is not there, so that a day's list stays. */
bool indicator_is_left_out(const struct indicator_record *record);

/* A further number shown beside the value: "families", "contested". */
struct indicator_extra {
	const char *name;
	struct label label;
	double number;
};

enum { INDICATOR_EXTRAS_MAX = 48, INDICATOR_NOTES_MAX = 6 };

struct indicator_result {
	const struct indicator_method *method;
	double value; /* NAN: not computable */
	double target, numerator, denominator;
	enum indicator_status status;
	date as_of;
	struct indicator_record *records; /* in the order of the list */
	size_t record_count;
	struct indicator_extra extras[INDICATOR_EXTRAS_MAX];
	size_t extra_count;
	struct label notes[INDICATOR_NOTES_MAX];
	size_t note_count;
};

/* Never fails: what cannot be computed has that status and a note. Records live in the arena. */
void indicator_compute(struct arena *arena, const struct indicator_method *method,
		       const struct indicator_input *input, struct indicator_result *result_out);

#endif
