#ifndef CLI_TOPIC_INTERNAL_H
#define CLI_TOPIC_INTERNAL_H

#include "cli/ask.h"

struct topic_options {
	const char *purpose, *field, *query, *name; /* NULL: not given */
	int kind;                                   /* enum tree_kind */
	const char *read, *write;
	bool yes;
};

/* What every verb works with. */
struct topic_call {
	struct context *context;
	const struct topic_options *options;
	struct workspace workspace;
	struct topic topic; /* of verbs that name one */
	char **numbers;
	size_t number_count;
	struct strbuf json_text, text; /* both are written; one of them is printed */
	struct jsonout json;           /* to json_text */
	bool has_refused;              /* exit status 1 */
};

bool topic_documents(struct topic_call *call, const struct bitmap **documents_out,
		     struct error *error) MUST_CHECK;
struct answer topic_answer(struct topic_call *call);
bool topic_is_chinese(const struct topic_call *call);
/* Does the query parse? The error is the parser's. */
bool topic_check_query(struct topic_call *call, const char *query, struct error *error) MUST_CHECK;

/* topic_tree.c: begins and commits by itself. */
bool topic_tree(struct topic_call *call, struct error *error) MUST_CHECK;

#endif
