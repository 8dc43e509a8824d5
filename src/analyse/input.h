#ifndef ANALYSE_INPUT_H
#define ANALYSE_INPUT_H

#include "base/date.h"
#include "base/label.h"
#include "base/message.h"
#include "query/query.h"

/* What is counted: one application (an index document), one simple family, one publication. */
enum unit { UNIT_APPLICATION, UNIT_FAMILY, UNIT_PUBLICATION };

/* One node of a technology or effect tree with the documents its query found in the base set. */
struct tree_node {
	struct str path; /* "1.2.3" */
	struct str name;
	struct str query;
	unsigned level;                 /* 1 to 4 */
	size_t parent;                  /* index in the list, or SIZE_MAX */
	const struct bitmap *documents; /* includes those of the nodes below */
};

/* A set of documents to be analysed. */
struct analysis_input {
	const struct snapshot *snapshot;
	const struct bitmap *documents;
	struct str query; /* how the set was made, for drill-down and notes */
	enum unit unit;
	date as_of;             /* "today" for everything computed */
	enum language language; /* of the texts in the figures */
	size_t top;             /* longest list wanted; 0: the analysis' own default */
	const struct tree_node *technology,
		*effect; /* breakdown trees; NULL when the set has none */
	size_t technology_count, effect_count;
	const struct search_limits *limits;
	size_t thread_count;           /* that counting may use; 0: the caller's alone */
	struct str key_patent_weights; /* in the form of data/key_patent_weights.csv; empty: that */
};

#endif
