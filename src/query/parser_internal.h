#ifndef QUERY_PARSER_INTERNAL_H
#define QUERY_PARSER_INTERNAL_H

#include "base/list.h"
#include "query/lexer.h"

/*
 * The inside of the parser: parser.c reads operators and names, parser_clause.c FIELD=(…), value.c what a
 * value means in a field; parser_node.c makes nodes and errors.
 */

enum { PARSER_NESTING_MAX = 450, NODE_DEPTH_MAX = 200, NODES_MAX = 200000, WARNINGS_MAX = 100 };

/* Shared by a query and the named queries it takes in. */
struct parser_shared {
	struct arena *arena;
	const struct query_names *names;
	size_t node_count;
	struct error *error;
	struct query_warning warnings[WARNINGS_MAX];
	size_t warning_count;
};

struct parser {
	struct parser_shared *shared;
	struct arena *arena;
	struct str text;
	const struct lexeme *lexemes;
	size_t next;
	unsigned nesting;
	const struct parser *outer; /* the query whose #name this text is */
	struct str name;            /* that name */
	size_t bare_clause_end;     /* lexeme behind the last FIELD=word without brackets */
};

/* What an operand is read as: the field in force, or NULL, and whether it came with "==". */
struct scope {
	const struct query_field *field;
	enum comparison comparison;
};

/* A value as it stands in the query. */
struct value {
	struct str raw, raw_end; /* raw_end: of a range */
	bool is_range;
	bool is_quoted;
	enum comparison comparison;
	size_t at, end;
};

/* The node a value means in a field; NULL: the error is set. */
const struct query_node *parser_value(struct parser *parser, const struct query_field *field,
				      const struct value *value);
/* Words in the field in force, or the default: TAC, or NO for a number. */
const struct query_node *parser_free_value(struct parser *parser, const struct value *value);

/* The whole of a text as a tree; for choices that stand for a query, and for names. */
const struct query_node *parser_subquery(struct parser *outer, struct str name, struct str text);

/* Sets the error and returns NULL. */
const struct query_node *parser_fail(struct parser *parser, const char *key, size_t at, size_t end);
void parser_warn(struct parser *parser, const char *key, size_t at, struct str detail);

struct query_node *parser_node(struct parser *parser, enum query_node_kind kind, size_t at);
/* AND or OR of a list of struct query_node *; one alone stands for itself. NULL: too deep. */
const struct query_node *parser_group(struct parser *parser, enum query_node_kind kind,
				      const struct query_node **children, size_t count, size_t at);
/* A node with one child, or two. */
const struct query_node *parser_pair(struct parser *parser, struct query_node *node,
				     const struct query_node *left, const struct query_node *right);
const struct query_node *parser_not(struct parser *parser, const struct query_node *child,
				    size_t at);

/* A list of nodes, released with the arena. */
struct list *parser_parts(struct parser *parser);
void parser_add_part(struct list *parts, const struct query_node *node);

/* ---- Looking at lexemes; n ahead of the end is the end. */
const struct lexeme *parser_peek(const struct parser *parser);
const struct lexeme *parser_ahead(const struct parser *parser, size_t n);
bool parser_accept(struct parser *parser, enum lexeme_kind kind);
bool parser_is_word(const struct lexeme *lexeme, const char *text);
bool parser_is_text(const struct lexeme *lexeme); /* a word or a quotation */
bool parser_takes_ranges(const struct query_field *field);
const struct query_node *parser_fail_at(struct parser *parser, const char *key,
					const struct lexeme *lexeme);

/* ---- Parts of the grammar; each begins at the lexeme looked at. */
const struct query_node *parser_or(struct parser *parser, const struct scope *scope);
const struct query_node *parser_brackets(struct parser *parser, const struct scope *scope);
const struct query_node *parser_square(struct parser *parser, const struct scope *scope);
const struct query_node *parser_operand_value(struct parser *parser, const struct scope *scope);
/* Behind FIELD and its comparison. */
const struct query_node *parser_clause(struct parser *parser, const struct query_field *field,
				       const struct lexeme *compare);
const struct query_node *parser_fail_unknown_field(struct parser *parser,
						   const struct lexeme *lexeme);
size_t parser_field_list_length(const struct parser *parser);
const struct query_node *parser_field_list(struct parser *parser, size_t length);
bool parser_is_relation(const struct parser *parser);
const struct query_node *parser_relation(struct parser *parser);
const struct query_node *parser_before(struct parser *parser);

#endif
