#ifndef QUERY_LEXER_H
#define QUERY_LEXER_H

#include "base/error.h"
#include "query/tree.h"

/*
 * Text -> lexemes. Full-width signs are their ASCII twins; comments are gone; words keep their
 * wildcards and backslashes (see operand.h).
 */
enum lexeme_kind {
	LEXEME_END,
	LEXEME_OPEN,
	LEXEME_CLOSE,
	LEXEME_SQUARE_OPEN,
	LEXEME_SQUARE_CLOSE,
	LEXEME_COMMA, /* , ; 、 */
	LEXEME_WORD,
	LEXEME_QUOTED, /* text is what stands between the quotes */
	LEXEME_COMPARE,
	LEXEME_AND,
	LEXEME_OR,
	LEXEME_NOT,
	LEXEME_NEAR,
	LEXEME_FREQUENCY, /* number times */
	LEXEME_SLOP,      /* "..."~5 */
	LEXEME_NAME       /* #name */
};

enum comparison {
	COMPARE_COLON,
	COMPARE_EQUAL,
	COMPARE_EXACT, /* == */
	COMPARE_NOT_EQUAL,
	COMPARE_LESS,
	COMPARE_LESS_EQUAL,
	COMPARE_GREATER,
	COMPARE_GREATER_EQUAL
};

struct lexeme {
	enum lexeme_kind kind;
	size_t at, end; /* byte offsets in the query */
	struct str text;
	enum comparison comparison;
	struct query_near near;
	uint32_t number;
};

/* The list ends with LEXEME_END. */
bool query_lex(struct arena *arena, struct str text, struct lexeme **lexemes_out, size_t *count_out,
	       struct error *error) MUST_CHECK;

/* Reads a proximity operator written as a word: NEAR5 ADJ w/5 $PRE5 5w; case does not matter. */
bool query_read_near(struct str word, struct query_near *near_out);
/* What stands between the brackets of (5w) (n) (s) (sen) (p), without blanks. */
bool query_read_bracketed_near(struct str inner, struct query_near *near_out);
/* OPS: prox/distance<=5/ordered=true prox/unit=sentence. */
bool query_read_prox(struct str word, struct query_near *near_out);

/* More positions between two operands than this would cross the gap between joined texts. */
enum { QUERY_GAP_MAX = 99 };

#endif
