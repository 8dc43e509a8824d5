#ifndef ANALYSE_SIMILAR_H
#define ANALYSE_SIMILAR_H

#include "analyse/input.h"

/*
 * Documents like a text: the words of the text that tell most (frequency in it times rarity in the
 * index), asked for together and ranked by BM25 over titles, abstracts and claims.
 */
enum { SIMILAR_TERMS_MAX = 120 };

struct similar_request {
	struct str title;            /* weighs double; may be empty */
	struct str text;             /* abstract, claims, or what was pasted */
	uint32_t itself;             /* left out; DOCUMENT_NONE: nothing */
	date before;                 /* only what was published before this day; DATE_NONE: all */
	const struct bitmap *within; /* NULL: all documents */
	size_t limit;
};

struct similar_term {
	struct str text; /* the token as a person reads it */
	struct str token;
	uint32_t frequency; /* in the text */
	double weight;
};

struct similar_document {
	uint32_t document;
	double score;
	struct str shared; /* the strings of the text it has, best first, joined by "、" */
};

struct similar_result {
	struct similar_term *terms; /* best first */
	size_t term_count;
	struct similar_document *documents; /* best first, ties by document */
	size_t document_count;
};

/* A text without a word the index knows gives no documents. */
bool similar_find(const struct snapshot *snapshot, const struct similar_request *request,
		  const struct search_limits *limits, struct arena *arena,
		  struct similar_result *result_out, struct error *error) MUST_CHECK;

/* What was published before a day: by the first publication, else by any publication date. */
const struct bitmap *similar_published_before(const struct snapshot *snapshot, struct arena *arena,
					      date before);

#endif
