#ifndef REPORT_XLSX_H
#define REPORT_XLSX_H

#include "base/error.h"
#include "report/report.h"

/*
 * The report as a workbook: an overview that leads to every sheet, the report's text, one sheet a
 * figure with its finding, source, numbers and a native chart, and the queries. Texts are always
 * written as strings, so that none of them can be a formula.
 */
bool report_write_xlsx(const struct report *report, const char *path,
		       struct error *error) MUST_CHECK;

#endif
