#ifndef QUERY_RUN_INTERNAL_H
#define QUERY_RUN_INTERNAL_H

#include "base/list.h"
#include "query/tree.h"

/* The inside of running a query: run.c sets of documents, terms.c dictionaries, span.c positions. */

/* Terms a wildcard or a range may stand for: where only the documents matter, and next to others. */
enum { TERMS_MAX = 1000000, TERMS_MAX_WITH_POSITIONS = 20000 };

struct run {
	const struct snapshot *snapshot;
	const struct search_limits *limits; /* or NULL */
	struct arena *arena;
	struct error *error;
};

/* False with the error when a limit is passed or the user has cancelled. */
bool run_may_go_on(struct run *run);

/* The documents of a node. Only those in `within` need be right; NULL: all. NULL: the error is set. */
const struct bitmap *run_node(struct run *run, const struct query_node *node,
			      const struct bitmap *within);
/* One phrase in one column. */
const struct bitmap *run_phrase(struct run *run, unsigned column, const struct query_phrase *phrase,
				const struct bitmap *within);

/* Tokens and offsets of a phrase of whole words, as the index takes them. */
bool run_is_all_tokens(const struct query_phrase *phrase);
void run_phrase_tokens(struct run *run, const struct query_phrase *phrase, struct str **tokens_out,
		       uint32_t **offsets_out);
size_t run_count_columns(const unsigned char *columns);

/* Fills the terms of a request with the words outside NOT; weighed by where they stand. */
bool run_rank_terms(struct run *run, const struct query_node *root, struct rank_request *request);

/* The tokens an element of a phrase stands for in a column, for their positions. */
bool run_element_terms(struct run *run, unsigned column, const struct query_element *element,
		       struct str **terms_out, size_t *count_out);
const struct bitmap *run_element_documents(struct run *run, unsigned column,
					   const struct query_element *element);
const struct bitmap *run_match_documents(struct run *run, const struct query_match *match);

/* Documents of `candidates` in which node (WORDS, NEAR, FREQUENCY, OR of them) is found by its
   positions in the column. */
const struct bitmap *run_positions(struct run *run, const struct query_node *node, unsigned column,
				   const struct bitmap *candidates);

#endif
