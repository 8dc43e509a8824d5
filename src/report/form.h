#ifndef REPORT_FORM_H
#define REPORT_FORM_H

#include "base/error.h"
#include "report/report.h"

/* The forms a report is written in. */
struct report_form {
	const char *suffix; /* of the file's name, and its name in the API: "docx" */
	const char *media_type;
	/* The whole file, or none: an older file of that path stays when it fails. */
	bool (*write)(const struct report *report, const char *path, struct error *error);
};

extern const char *const report_form_names[]; /* the suffixes; NULL ends */

/* NULL names the first, HTML; an unknown name gives NULL. */
const struct report_form *report_form_named(const char *name);

/* By the end of a file's name; ERROR_USAGE "report.format". */
bool report_form_find(struct str path, const struct report_form **form_out,
		      struct error *error) MUST_CHECK;

#endif
