#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "index/index.h"
#include "query/schema.h"

/*
 * The search language of docs/query.md: text -> tree -> set of documents. A query is parsed once
 * and may be run on any snapshot.
 */
struct query_node; /* query/tree.h: for analyses that look inside */
struct query;

/* Looks up a saved query or topic (#name): its text, or a set of ids. false: not there. */
struct query_names {
	void *context;
	bool (*find)(void *context, struct arena *arena, struct str name, struct str *text_out,
		     const struct bitmap **ids_out);
};

struct query_warning {
	const char *key; /* message */
	size_t at;       /* byte offset */
	char detail[120];
};

struct query_parse_options {
	const struct query_names *names; /* NULL: # is an error */
};

/* Errors carry at (byte offset), detail and a hint. */
bool query_parse(struct arena *arena, struct str text, const struct query_parse_options *options,
		 struct query **query_out, struct error *error) MUST_CHECK;
size_t query_warnings(const struct query *query, const struct query_warning **warnings_out);
/* The query with all brackets and full field codes: parses to the same tree. */
struct str query_bracketed(struct arena *arena, const struct query *query);
/* "ALL", or an empty query: every document. */
bool query_is_all(const struct query *query);

bool query_run(const struct snapshot *snapshot, const struct query *query,
	       const struct search_limits *limits, struct arena *arena,
	       const struct bitmap **documents_out, struct error *error) MUST_CHECK;

/*
 * The same, kept with the snapshot for the next time: for what is asked again and again (nodes of a tree,
 * the query behind the pages and figures of one search). A query with #names is run each time.
 */
bool query_run_kept(const struct snapshot *snapshot, const struct query *query,
		    const struct search_limits *limits, struct arena *arena,
		    const struct bitmap **documents_out, struct error *error) MUST_CHECK;

/* The best documents by relevance to the query's words, within its hits. A query without words:
   the newest by filing date. */
bool query_rank(const struct snapshot *snapshot, const struct query *query,
		const struct bitmap *documents, size_t limit, const struct search_limits *limits,
		struct arena *arena, struct scored **best_out, size_t *count_out,
		struct error *error) MUST_CHECK;

/* The same over all hits of the query without finding them all: nothing is known of their number. */
bool query_best(const struct snapshot *snapshot, const struct query *query, size_t limit,
		const struct search_limits *limits, struct arena *arena, struct scored **best_out,
		size_t *count_out, struct error *error) MUST_CHECK;

/* The documents with the largest numbers in a column, such as COL_FILED: newest first, those without
   a number last. Scores are 0. */
void query_largest(const struct snapshot *snapshot, const struct bitmap *documents, unsigned column,
		   size_t limit, struct arena *arena, struct scored **best_out, size_t *count_out);

/* One line of `explain`: the tree in order, with the hits of every node. */
struct explain_line {
	unsigned depth;
	struct str text; /* "AND", "TA=(电池)" */
	uint64_t documents;
	size_t at;
};
bool query_explain(const struct snapshot *snapshot, const struct query *query,
		   const struct search_limits *limits, struct arena *arena,
		   struct explain_line **lines_out, size_t *count_out,
		   struct error *error) MUST_CHECK;

/* Byte ranges of a text that the query's words in this column match: for highlights. */
struct highlight {
	size_t from, to;
};
size_t query_highlights(const struct query *query, struct arena *arena, unsigned column,
			struct str text, struct highlight **highlights_out);

/* Writes s as one operand of the language: quoted and escaped where it must be. */
void query_add_operand(struct strbuf *text, struct str s);

#endif
