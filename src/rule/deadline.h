#ifndef RULE_DEADLINE_H
#define RULE_DEADLINE_H

#include "base/error.h"
#include "rule/rule.h"

/*
 * Periods of the patent procedure (data/deadlines.csv) and the days they end. Pure: every day is an
 * argument. Algorithm of the Implementing Regulations art. 5 and Guidelines 5.7: the first day is
 * not counted; a period in months ends on the same day of its last month, or on that month's last
 * day; a last day that is a rest day moves to the next working day.
 */
enum deadline_kind {
	KIND_PERIOD,     /* fixed by law */
	KIND_DESIGNATED, /* set by a notice; the rule's length is the usual one, 0: none */
	KIND_TERM,       /* never moved by rest days: terms of protection, acts of offices */
	KIND_OPEN        /* no last day */
};

enum deadline_base {
	BASE_NONE,
	BASE_RECEIPT, /* of a notice: the only one the way of service matters for */
	BASE_FIRST_FILING,
	BASE_PRIORITY,
	BASE_FILING,
	BASE_DISCLOSURE,
	BASE_REQUEST,
	BASE_EXAM_REQUEST,
	BASE_SUBMISSION,
	BASE_GRANT,
	BASE_PUBLICATION,
	BASE_ENTRY,
	BASE_SEARCH_REPORT,
	BASE_DUE,
	BASE_EXPIRY,
	BASE_OBSTACLE,
	BASE_APPROVAL,
	BASE_EFFECT,
	BASE_KNOWLEDGE,
	BASE_SENDING,
	BASE_PAYMENT,
	BASE_COUNT
};

/* How the two ends of a rule with two starting days combine. */
enum deadline_join {
	JOIN_ONLY,
	JOIN_LATER,
	JOIN_LATER_UNSURE, /* the later is one reading: the safe day follows the earlier */
	JOIN_EARLIER
};

enum deadline_restoration {
	RESTORE_NONE,
	RESTORE_NOTICE, /* within 2 months of receipt of the notice of loss */
	RESTORE_EXPIRY, /* within 2 months of the end of the period */
	RESTORE_FORCE,  /* only after force majeure */
	RESTORE_COUNT
};

struct deadline_rule {
	const char *id, *edition, *until, *zh, *en;
	enum deadline_kind kind;
	enum deadline_base base;
	int months, days;
	enum deadline_join join;
	enum deadline_base other_base; /* BASE_NONE without a second starting day */
	int other_months, other_days;
	int extension; /* months that can be asked for */
	enum deadline_restoration restoration;
	enum rule_mark mark;
	const char *basis, *consequence_zh, *consequence_en, *note_zh, *note_en;
};

extern const struct label deadline_bases[BASE_COUNT];
extern const struct label deadline_restorations[RESTORE_COUNT];

const struct deadline_rule *deadline_list(size_t *count_out);
/*
 * The edition in force on d, else the first one. Letters match in either case; NULL for an unknown
 * id.
 */
const struct deadline_rule *deadline_find(struct str id, date d);

/* Ways a notice is served: Implementing Regulations art. 4. */
enum service {
	SERVICE_RECEIVED,     /* the day given is the day of receipt */
	SERVICE_ELECTRONIC,   /* the day it enters the system, presumed the day of issue */
	SERVICE_POST,         /* 15 days after posting */
	SERVICE_DIRECT,       /* the day it is handed over */
	SERVICE_ANNOUNCEMENT, /* one month after the public notice */
	SERVICE_COUNT
};
/* The presumed day of receipt; rest days do not move it (Guidelines 5.7). */
date deadline_receipt(date issued, enum service service);

struct deadline_request {
	struct str rule;
	date from;  /* the starting day; for receipt, the day the service counts from */
	date other; /* the second starting day, or DATE_NONE */
	enum service service;
	int64_t months, days; /* set by the notice; both 0: the rule's own length */
	int64_t extension;    /* months, 0: none */
	int64_t margin;       /* days the safe day keeps before the end */
};

struct deadline {
	const struct deadline_rule *rule;
	date base;              /* the day counted from */
	date raw;               /* the end before rest days are looked at */
	date legal;             /* the last day */
	date safe;              /* a working day that is in time under every reading */
	date restore_until;     /* RESTORE_EXPIRY: the last day of restoration; else DATE_NONE */
	bool is_calendar_known; /* the holidays of the years concerned are */
	bool is_before_edition; /* the starting day is older than the oldest edition here */
};

bool deadline_compute(const struct deadline_request *request, struct deadline *deadline_out,
		      struct error *error) MUST_CHECK;

/* What a patent term adjustment is computed from (Law art. 42, Implementing Regulations art. 78). */
struct adjustment {
	date filed, requested, published, granted; /* requested: substantive examination */
	int64_t delay; /* days of reasonable delay and of delay by the applicant, together */
};
/*
 * Days = grant - max(filing + 4 years, request + 3 years) - delay, at least 0. The request counts
 * as made at publication at the earliest (Guidelines 5.9). An invention filed together with a
 * utility model on the same day has no adjustment: that is the caller's to know.
 */
bool adjustment_days(const struct adjustment *adjustment, int64_t *days_out,
		     struct error *error) MUST_CHECK;

/*
 * A notice of the office: which periods it opens and closes, ids with spaces between; the types of
 * patents it is sent for (letters of i u d) and the events it is for their case, as
 * data/notices.csv writes them.
 */
struct notice {
	const char *zh, *en, *opens, *closes, *types, *moves, *result_zh, *result_en;
};
const struct notice *notice_list(size_t *count_out);
/* By the Chinese name (第3次… counts as 第三次…) or the English one; NULL when there is none. */
const struct notice *notice_find(struct str name);

#endif
