#ifndef RULE_FEE_H
#define RULE_FEE_H

#include "base/error.h"
#include "patent/number.h"
#include "rule/rule.h"

/*
 * Official fees of the Chinese office (data/fees.csv, data/annuities.csv). Pure; all amounts are
 * whole fen. A reduction (85: one applicant, 70: several; 0: none) takes its share off the fees
 * that can be reduced: application, examination, re-examination and annuities.
 */
#define YUAN(yuan_) ((int64_t)(yuan_)*100)
#define NO_FEE      (-1)

enum { FEE_ITEM_MAX = 40, FEE_COUNT_MAX = 100000, FEE_REDUCED_YEARS = 10 };

struct fee_rule {
	const char *id, *edition, *until, *zh, *en, *unit_zh, *unit_en;
	int64_t invention, utility, design; /* fen a unit, or NO_FEE */
	bool is_reducible;
	enum rule_mark mark;
	const char *basis;
};

struct annuity_rule {
	const char *edition, *until;
	enum patent_type type;
	int first, last; /* patent years */
	int64_t amount;  /* fen */
	enum rule_mark mark;
	const char *basis;
};

const struct fee_rule *fee_list(size_t *count_out);
const struct annuity_rule *annuity_list(size_t *count_out);
/* The edition in force on d, else the first one; NULL for an unknown id. */
const struct fee_rule *fee_find(struct str id, date d);
int64_t fee_unit_amount(const struct fee_rule *rule, enum patent_type type); /* or NO_FEE */

enum fee_item_kind { FEE_ITEM_ACT, FEE_ITEM_ANNUITY, FEE_ITEM_LATE };

struct fee_item {
	enum fee_item_kind kind;
	const struct fee_rule *rule; /* of an act; else NULL */
	int year;                    /* of an annuity or its late fee */
	int percent;                 /* of a late fee */
	int64_t count;
	int64_t amount; /* fen, after reduction */
	bool is_reduced;
	enum rule_mark mark;
	const char *basis;
	date due; /* DATE_NONE: not dated */
};

struct fee_bill {
	struct fee_item items[FEE_ITEM_MAX];
	size_t count;
	int64_t total; /* fen */
};

struct fee_filing {
	enum patent_type type;
	int64_t claims, pages, priorities; /* pages without the sequence listing; drawings count */
	bool examination;
	int64_t reduction;
};

/* What a new application costs by the editions of the day `on`. */
bool fee_bill_filing(const struct fee_filing *filing, date on, struct fee_bill *bill_out,
		     struct error *error) MUST_CHECK;
/* One act by its id, `count` times. */
bool fee_bill_act(struct str id, enum patent_type type, int64_t count, int64_t reduction, date on,
		  struct fee_bill *bill_out, struct error *error) MUST_CHECK;

enum annuity_state {
	ANNUITY_ON_TIME,
	ANNUITY_LATE,  /* within six months, with a late fee from the second month on */
	ANNUITY_LAPSED /* restoration only: annuity, highest late fee and fee of restoration */
};

struct annuity_request {
	enum patent_type type;
	int64_t year;
	date due; /* anniversary of the filing date, unmoved */
	date paid;
	int64_t reduction;
	int64_t grant_year; /* 0: unknown, the reduction is taken to hold */
	bool open_licence;  /* 15 % off; not added to a reduction, the better one holds */
};

struct annuity {
	enum annuity_state state;
	date legal_due, grace_end;
	int months_late, late_percent;
	struct fee_bill bill;
};

/* Late fee: Guidelines 5.9, 0 5 10 15 20 25 % of the unreduced annuity by month begun. */
bool fee_bill_annuity(const struct annuity_request *request, struct annuity *annuity_out,
		      struct error *error) MUST_CHECK;
/* The anniversary on which the annuity of the year falls due: filing date + (year - 1) years. */
date annuity_due(date filed, int year);
/* The patent year d lies in; 1 is the first twelve months. */
int annuity_year_of(date filed, date d);
/* The last patent year of a patent of that type and filing date. */
int annuity_last_year(enum patent_type type, date filed);

struct fee_life {
	struct fee_filing filing;
	date filed, granted;
	int64_t last_year; /* 0: the whole term */
};
/* Filing, and every annuity from the year of grant on, each on its day. */
bool fee_bill_life(const struct fee_life *life, struct fee_bill *bill_out,
		   struct error *error) MUST_CHECK;

/*
 * Half of the paid examination fee, when the application is withdrawn before the end of the period
 * for the first office action without a reply (Guidelines 5.2); else 0.
 */
int64_t fee_examination_refund(int64_t paid, date withdrawn, date reply_until, bool is_replied);

#endif
