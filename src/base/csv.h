#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/strbuf.h"

/* Writing CSV as RFC 4180 with CRLF ends; reading it is import's business. */

/* Adds one cell; quotes it when it must be. first: no comma in front. */
void csv_add_cell(struct strbuf *line, struct str cell, bool first);
/* One that came from outside: an apostrophe keeps a spreadsheet from computing = + - or @ in front. */
void csv_add_text(struct strbuf *line, struct str cell, bool first);
void csv_end_row(struct strbuf *line);
/* The mark Excel needs to read the file as UTF-8; at the very start of it. */
void csv_add_mark(struct strbuf *file);

#endif
