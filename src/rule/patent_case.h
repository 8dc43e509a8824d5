#ifndef RULE_PATENT_CASE_H
#define RULE_PATENT_CASE_H

#include "base/label.h"
#include "patent/number.h"
#include "rule/sheet.h"

/*
 * One application with the dates of its life and the facts that indicators and the high-value test
 * ask for, and what it was on any past day. Pure: the day is an argument. A plain list of cases is
 * read from a sheet here; other callers fill the structs from their records.
 */
enum case_date {
	CASE_FILED, /* the real filing date */
	CASE_PUBLISHED,
	CASE_EXAMINED, /* substantive examination entered */
	CASE_GRANTED,  /* announcement of grant */
	CASE_REJECTED, /* receipt of the decision of rejection */
	CASE_REVIEW_REQUESTED,
	CASE_REJECTION_UPHELD,
	CASE_REJECTION_REVERSED,
	CASE_WITHDRAWN, /* by the applicant's declaration */
	CASE_DEEMED_WITHDRAWN,
	CASE_GRANT_ABANDONED, /* the grant was not registered */
	CASE_RESTORED,        /* of a loss before it */
	CASE_ENDED,           /* day the right ended: unpaid annuity (its due date), abandonment */
	CASE_END_KNOWN,       /* day that end was announced; DATE_NONE: the same day */
	CASE_INVALIDATED,     /* wholly; decision in effect */
	CASE_ABNORMAL,        /* found to be an abnormal application */
	CASE_ACQUIRED,        /* from others */
	CASE_TRANSFERRED,     /* to others */
	CASE_UNPAID,          /* due date of an annuity that is not paid: the grace period runs */
	CASE_DATE_COUNT
};

enum case_fact_kind {
	CASE_FOREIGN_GRANT, /* name: country; from: grant; until: end of that right */
	CASE_PLEDGE,        /* name: registration; amount and patents of the package; from, until */
	CASE_AWARD,         /* name; from: day awarded */
	CASE_USE,           /* use, name: evidence; from first, until last day */
	CASE_OVERRIDE       /* 人工认定: name: reason; from, until */
};

enum case_use {
	USE_OWN,      /* S1 自行实施 */
	USE_LICENCE,  /* S2 许可实施 */
	USE_TRANSFER, /* S3 转让后实施 */
	USE_SHARES,   /* S4 作价入股 */
	USE_STANDARD, /* S5 标准实施 */
	USE_PLEDGE,   /* operation, not implementation: */
	USE_SECURITY,
	USE_LITIGATION,
	USE_COUNT
};

struct case_use_info {
	const char *id; /* "S1" */
	const char *words;
	struct label label;
};
extern const struct case_use_info case_uses[USE_COUNT];

struct case_fact {
	enum case_fact_kind kind;
	struct str name;
	date from, until; /* until DATE_NONE: open */
	int64_t amount;   /* fen */
	int64_t patents;  /* of a pledge's package, at least 1 */
	enum case_use use;
	bool on_market, with_royalty; /* of a use: a product is sold; royalties were paid */
};

struct patent_case {
	struct str id, title, text; /* text: abstract and claims, for the keywords of SEI rules */
	struct str field;           /* key field, 关键技术领域; empty: none */
	struct str family, office;  /* office empty: CN */
	struct str pct;             /* number of the international application */
	struct str divisional_of;
	struct str ipc; /* symbols parted by ; the first is the main class */
	enum patent_type type;
	date dates[CASE_DATE_COUNT];
	bool is_examination_unknown; /* the source has no date of examination at all */
	int64_t adjustment;          /* days of patent term adjustment */
	const struct case_fact *facts;
	size_t fact_count;
};

/*
 * What is taken as known on a day. Reported: what had been announced by then; never changed by
 * what comes later. Revised: with all that is known now: an end on its due date, an invalidated
 * patent never in force (Law art. 47).
 */
enum case_basis { BASIS_REPORTED, BASIS_REVISED };

enum case_outcome {
	OUTCOME_NONE, /* pending */
	OUTCOME_GRANTED,
	OUTCOME_CONTESTED, /* rejected, re-examination still open */
	OUTCOME_REJECTED,  /* in effect */
	OUTCOME_WITHDRAWN,
	OUTCOME_DEEMED_WITHDRAWN,
	OUTCOME_GRANT_ABANDONED,
	OUTCOME_COUNT
};
extern const struct label case_outcomes[OUTCOME_COUNT];

/*
 * How the application stood on the day, and since when. A rejection takes effect the day after the
 * three months for re-examination (R02) without a request, or when upheld. A restoration undoes
 * a loss before it.
 */
enum case_outcome case_outcome_on(const struct patent_case *patent, date day, date *since_out);

/* The first day the patent is no longer in force, seen from `day`; DATE_NONE: none is known. */
date case_end(const struct patent_case *patent, date day, enum case_basis basis);
/* Granted by that day and not ended by it. Partial invalidation and a grace period change nothing. */
bool case_is_in_force(const struct patent_case *patent, date day, enum case_basis basis);
/* Owned by whose list it is: acquired by that day if at all, and not transferred. */
bool case_is_held(const struct patent_case *patent, date day);
bool case_fact_is_on(const struct case_fact *fact, date day); /* from <= day < until */

/*
 * Reads cases from a sheet: columns in docs/indicators.md. Refuses dates out of order, unknown
 * words, numbers twice are left to the caller. Everything in the arena.
 */
bool case_list_read(struct arena *arena, const struct sheet *sheet, struct patent_case **cases_out,
		    size_t *count_out, struct error *error) MUST_CHECK;

#endif
