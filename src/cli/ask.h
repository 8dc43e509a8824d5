#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "cli/command.h"
#include "indexing/indexing.h"

/* What commands that take a query have in common. */

/* The query as an argument, or the text of a file (many lines, with comments); one of them. */
bool ask_read_text(struct context *context, const char *argument, const char *file,
		   struct str *text_out, struct error *error) MUST_CHECK;
/* Parses with #names and tells the warnings; a wrong query is shown with a caret at the place. */
bool ask_parse(struct context *context, const struct workspace *workspace, struct str text,
	       struct query **query_out, struct error *error) MUST_CHECK;
/* Documents of a topic; NULL name: all. */
bool ask_topic(struct context *context, const struct workspace *workspace, const char *name,
	       const struct bitmap **documents_out, struct error *error) MUST_CHECK;

/* The line of the text that holds the byte offset, and a caret below it, on stderr. */
void ask_show_place(struct str text, int64_t at);

struct jsonout;
/* "warnings": [{"key", "at", "message"}] */
void ask_write_warnings(struct context *context, const struct query *query, struct jsonout *json);

#endif
