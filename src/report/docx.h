#ifndef REPORT_DOCX_H
#define REPORT_DOCX_H

#include "base/error.h"
#include "report/report.h"

/*
 * The report as a Word document (ECMA-376 part 1): cover, contents with page numbers, numbered
 * headings, native charts that Word can restyle, tables with repeated heads, header and footer.
 * The same report gives the same bytes.
 */
bool report_write_docx(const struct report *report, const char *path,
		       struct error *error) MUST_CHECK;

#endif
