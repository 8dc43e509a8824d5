#ifndef CHAIN_CALENDAR_H
#define CHAIN_CALENDAR_H

#include "base/jsonout.h"
#include "base/strbuf.h"
#include "chain/names.h"

#define CALENDAR_CLAUSE "2.5-d" /* what it serves of the policy */

/*
 * Days on which something is to be done, of every record type that reminds of one (record_type.h), as
 * JSON and as iCalendar (RFC 5545). What is read is what the actor may read, each time.
 */
struct chain_event {
	const struct record_type *type;
	const char *field, *title, *state; /* field: which day of the record */
	int64_t id, case_id, owner_id;     /* 0: none */
	date on, safe_on;
};

struct chain_calendar {
	struct chain_event *events; /* by day */
	size_t count;
	bool is_cut; /* there are more than CALENDAR_EVENTS_MAX */
	struct chain_names names;
};
enum { CALENDAR_EVENTS_MAX = 5000 };

/* path: of an organisation and what stands below it; NULL: all that the actor may read. */
bool chain_calendar_load(struct record_store *store, const char *path, date from, date until,
			 struct chain_calendar *calendar_out, struct error *error) MUST_CHECK;
/* deadline, fee, gate or task */
const char *chain_event_kind(const struct chain_event *event);
/* {"events":[…],"more"} */
void chain_calendar_write(struct jsonout *json, const struct chain_calendar *calendar, date today);

/*
 * All-day events with alarms 30, 14, 7 and 1 days before. host: behind the @ of UIDs, which stay the
 * same from one reading to the next; now_ms: DTSTAMP.
 */
void chain_calendar_write_ical(struct strbuf *out, const struct chain_calendar *calendar,
			       const char *host, int64_t now_ms);
/* One content line, escaped, folded at 75 octets between characters, with CR LF. */
void chain_ical_line(struct strbuf *out, const char *name, struct str value);

#endif
