#ifndef CLI_SHEET_FILE_H
#define CLI_SHEET_FILE_H

#include "base/jsonout.h"
#include "cli/command.h"
#include "rule/rule.h"
#include "rule/sheet.h"

/*
 * The whole table of a file (CSV in any usual encoding and separator, or a workbook) in the
 * context's arena. Bad rows and a file of more than SHEET_ROWS_MAX rows are errors.
 */
bool sheet_file_read(struct context *context, const char *path, struct sheet *sheet_out,
		     struct error *error) MUST_CHECK;

/* What the commands of the rules have in common: one JSON object or text at the end. */
void sheet_print(struct strbuf *text); /* and releases it; a JSON text gets its line end */
/* "专利法第42条（版本 2025-11-21，参考值…）" */
const char *sheet_basis(struct context *context, const char *basis, const char *edition,
			enum rule_mark mark);
/* What the letters in brackets behind a basis mean, as a line. */
const char *sheet_mark_legend(struct context *context);
const char *sheet_percent(struct context *context, double ratio); /* "21.64%", "—" for NAN */

#endif
