#ifndef REPORT_NAVIGATION_H
#define REPORT_NAVIGATION_H

#include "library/library.h"
#include "report/report.h"

/*
 * The patent navigation report (专利导航报告) of a topic, of a query, or of everything: all analyses in
 * the order a reader asks for them, what the data are and are not, and what follows from them as
 * proposals to be confirmed. Structure after GB/T 39551.
 */
#define NAVIGATION_CLAUSE "2.3-a 2.3-b 2.3-c 2.3-f" /* of the policy: what the report serves */
struct navigation_request {
	struct library *library;
	const struct snapshot *snapshot;
	const struct topic *topic; /* NULL: all documents */
	struct str query;          /* within it; may be empty */
	struct str title;          /* empty: from the topic */
	enum unit unit;
	date as_of;
	enum language language;
	const char *version; /* of the program */
	const struct search_limits *limits;
};

bool navigation_report(const struct navigation_request *request, struct arena *arena,
		       struct report **report_out, struct error *error) MUST_CHECK;

#endif
