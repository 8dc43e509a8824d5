#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/strbuf.h"
#include "report/report.h"

/*
 * The report as one HTML file that needs nothing else: style, chart library and numbers are in it,
 * and its content
 * policy allows these two scripts and no request. Readable without scripts; prints.
 */
void report_write_html(const struct report *report, struct strbuf *html);

#endif
