#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "answer/answer.h"
#include "cli/command.h"

/* What commands that take a query have in common. */

/* The query as an argument, or the text of a file (many lines, with comments); one of them. */
bool ask_read_text(struct context *context, const char *argument, const char *file,
		   struct str *text_out, struct error *error) MUST_CHECK;
/* What src/answer works with; json may be NULL where nothing is written. */
struct answer ask_answer(struct context *context, const struct workspace *workspace,
			 struct jsonout *json);
/* Parses with #names and tells the warnings; a wrong query is shown with a caret at the place. */
bool ask_parse(struct context *context, const struct answer *answer, struct str text,
	       struct query **query_out, struct error *error) MUST_CHECK;
/* The query's documents within a topic; NULL: within all. */
bool ask_set(struct context *context, const struct answer *answer, struct str text,
	     const char *topic, struct answer_set *set_out, struct error *error) MUST_CHECK;

/* The line of the text that holds the byte offset, and a caret below it, on stderr. */
void ask_show_place(struct str text, int64_t at);

#endif
