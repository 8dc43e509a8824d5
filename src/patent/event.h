#ifndef PATENT_EVENT_H
#define PATENT_EVENT_H

#include "base/label.h"
#include "base/str.h"

/*
 * Legal events: what a code of an office (PB01, INPADOC's) or the words of a gazette mean. The
 * tables are data/event_codes.csv and data/event_words.csv. What they do not know is
 * EVENT_UNKNOWN, to be listed; nothing is guessed.
 */
enum event_kind {
	EVENT_UNKNOWN,
	EVENT_PUBLICATION,
	EVENT_EXAMINATION, /* substantive examination begins */
	EVENT_GRANT,
	EVENT_REJECTION,
	EVENT_WITHDRAWAL, /* by the applicant */
	EVENT_DEEMED_WITHDRAWAL,
	EVENT_ABANDONMENT, /* of the patent, or deemed */
	EVENT_LAPSE_UNPAID,
	EVENT_TERMINATION, /* the reason is not told */
	EVENT_EXPIRY,
	EVENT_RESTORATION,
	EVENT_INVALIDATION, /* wholly */
	EVENT_PARTIAL_INVALIDATION,
	EVENT_MAINTAINED, /* fee paid, or upheld after a challenge */
	EVENT_LATE_FEE,   /* grace period with surcharge */
	EVENT_TRANSFER_APPLICATION,
	EVENT_TRANSFER_PATENT,
	EVENT_TRANSFER, /* which of the two is not told */
	EVENT_LICENCE,
	EVENT_LICENCE_END,
	EVENT_LICENCE_CHANGE,
	EVENT_OPEN_LICENCE,
	EVENT_PLEDGE,
	EVENT_PLEDGE_END,
	EVENT_PLEDGE_CHANGE,
	EVENT_PRESERVATION, /* by a court */
	EVENT_PRESERVATION_END,
	EVENT_OPPOSITION,
	EVENT_APPEAL, /* reexamination of a refusal, appeal */
	EVENT_INVALIDITY_REQUEST,
	EVENT_LITIGATION,
	EVENT_CUSTOMS,
	EVENT_NAME_CHANGE,
	EVENT_ADDRESS_CHANGE,
	EVENT_BIBLIOGRAPHY_CHANGE,
	EVENT_CORRECTION,
	EVENT_SERVICE,     /* served by publication */
	EVENT_TERM_CHANGE, /* extension or adjustment of the term */
	EVENT_PCT_ENTRY,
	EVENT_DIVISION,
	EVENT_SECRECY_LIFTED,
	EVENT_TRUST,
	EVENT_HEARING,
	EVENT_TWIN_FILING, /* 一案双申: invention and utility model on one day */
	EVENT_OTHER,       /* known, and of no consequence here */
	EVENT_KIND_COUNT
};

/* What an event does to the status; the others leave it as it is. */
enum event_group { EVENT_GROUP_OTHER, EVENT_GROUP_LIFE, EVENT_GROUP_RIGHTS, EVENT_GROUP_DISPUTE };

struct event_info {
	const char *name; /* "grant": stable, for exports */
	struct label label;
	enum event_group group;
};
extern const struct event_info event_infos[EVENT_KIND_COUNT];

/*
 * office: two letters, or empty for China. The code decides when it is known, else the words;
 * either may be empty.
 */
enum event_kind event_kind_of(struct str office, struct str code, struct str text);
enum event_kind event_kind_find(struct str name); /* by event_info.name */

#endif
