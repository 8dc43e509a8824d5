#ifndef QUERY_TREE_H
#define QUERY_TREE_H

#include "query/query.h"

/*
 * The tree of a parsed query. Nodes live in the arena the query was parsed in and never change.
 * AND and OR have two or more children and never a child of their own kind; NOT has one and never
 * a NOT below it.
 */
enum query_node_kind {
	NODE_ALL, /* every document */
	NODE_AND,
	NODE_OR,
	NODE_NOT,
	NODE_NAME,      /* #name: one child (its text), or ids */
	NODE_WORDS,     /* words or a phrase in one of the field's columns */
	NODE_NEAR,      /* two operands near each other in one column */
	NODE_FREQUENCY, /* an operand several times in one column */
	NODE_KEYWORD,   /* keywords and classes: one of the matches */
	NODE_NUMBER,    /* dates and counts: low <= value <= high */
	NODE_ANY        /* the field has a value */
};

/*
 * One token of a phrase, `offset` positions behind its first. ELEMENT_PREFIX: every token that
 * begins with text (one CJK character; a Latin word with * behind it). ELEMENT_PATTERN: tokens
 * that match text, in which * ? # are wildcards.
 */
enum element_kind { ELEMENT_TOKEN, ELEMENT_PREFIX, ELEMENT_PATTERN };
struct query_element {
	enum element_kind kind;
	uint32_t offset;
	struct str text;
};

/* Tokens at fixed distances; `length` positions from the first to the last one covered. */
struct query_phrase {
	struct query_element *elements;
	size_t element_count;
	uint32_t length;
};

enum near_unit { NEAR_WORDS, NEAR_SENTENCE, NEAR_PARAGRAPH };
struct query_near {
	enum near_unit unit;
	bool is_ordered;
	uint32_t gap_max; /* NEAR_WORDS: positions between the two, at most */
};

enum match_kind { MATCH_EXACT, MATCH_PREFIX, MATCH_PATTERN, MATCH_CLASSES };
struct query_match {
	enum match_kind kind;
	unsigned column;
	struct str text;
	struct str end; /* MATCH_CLASSES: class symbols from text to end, both with all below */
};

struct query_node {
	enum query_node_kind kind;
	size_t at;                       /* byte offset in the query's text */
	unsigned depth;                  /* 1 for a leaf */
	const struct query_field *field; /* of leaves, NEAR and FREQUENCY */
	struct str source; /* leaves: the operand as it can be written again; NAME: the name */

	const struct query_node **children;
	size_t child_count;

	const struct query_phrase *phrases; /* WORDS: any of them */
	size_t phrase_count;
	struct query_near near;
	uint32_t times; /* FREQUENCY: at least */
	const struct query_match *matches;
	size_t match_count;
	int64_t low, high;
	const struct bitmap *ids; /* NAME */
};

struct query {
	struct str text;
	const struct query_node *root;
	const struct query_warning *warnings;
	size_t warning_count;
};

const struct query_node *query_root(const struct query *query);
bool query_node_equal(const struct query_node *a, const struct query_node *b);
/* One leaf, or a node with everything below it, as it can be written again. */
void query_node_write(const struct query_node *node, struct strbuf *text);
/* The operator of an inner node as explain shows it: "AND", "$PRE5", "#name". */
struct str query_node_label(struct arena *arena, const struct query_node *node);

#endif
