#ifndef QUERY_VALUE_INTERNAL_H
#define QUERY_VALUE_INTERNAL_H

#include "query/parser_internal.h"

/*
 * The inside of reading values: value_keyword.c whole keywords and choices, value_number.c numbers of
 * documents, value.c the rest.
 */

/* Set the error at the value and return NULL. */
const struct query_node *value_fail(struct parser *parser, const char *key,
				    const struct value *value);
const struct query_node *value_fail_with_hint(struct parser *parser, const char *key,
					      const struct value *value, const char *hint);
struct query_node *value_leaf(struct parser *parser, enum query_node_kind kind,
			      const struct query_field *field, const struct value *value);
bool value_is_plain(const struct value *value); /* = : ==, no comparison of size */

struct str value_in_form(struct parser *parser, unsigned column, struct str text);
size_t value_columns(const unsigned char *columns); /* how many */
const struct query_field *value_field(const char *code);
/* The value as a whole keyword, perhaps with wildcards, in any of the columns. */
const struct query_node *value_keyword(struct parser *parser, const struct query_field *field,
				       const unsigned char *columns, const struct value *value);
const struct query_node *value_match(struct parser *parser, const struct query_field *field,
				     const struct value *value, struct query_match match);

const struct query_node *value_exact(struct parser *parser, const struct query_field *field,
				     const struct value *value);
const struct query_node *value_flag(struct parser *parser, const struct query_field *field,
				    const struct value *value);
const struct query_node *value_number(struct parser *parser, const struct query_field *field,
				      const struct value *value);
/* Two letters and at least six digits, as CN104223352A, US2020/0123456A1, ZL201410201865.4. */
bool value_is_document_number(struct str raw);

#endif
