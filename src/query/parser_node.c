#include "query/parser_internal.h"

#include <stdio.h>
#include <string.h>

/* ---- Errors and warnings. */

const struct query_node *parser_fail(struct parser *parser, const char *key, size_t at, size_t end)
{
	struct str part = str_slice(parser->text, at, end);

	error_set_at(parser->shared->error, ERROR_INVALID, key, (int64_t)at, "%.*s",
		     (int)(part.size < 80 ? part.size : 80), part.data);
	return NULL;
}

/* Those of named queries are theirs: they are told where the name was saved. */
void parser_warn(struct parser *parser, const char *key, size_t at, struct str detail)
{
	struct parser_shared *shared = parser->shared;
	struct query_warning *warning;

	if (parser->outer || shared->warning_count == WARNINGS_MAX)
		return;
	for (size_t i = 0; i < shared->warning_count; i++)
		if (shared->warnings[i].at == at && shared->warnings[i].key == key)
			return;
	warning = &shared->warnings[shared->warning_count++];
	*warning = (struct query_warning){ .key = key, .at = at };
	snprintf(warning->detail, sizeof(warning->detail), "%.*s",
		 (int)(detail.size < 100 ? detail.size : 100), detail.data ? detail.data : "");
}

/* ---- Nodes. */

struct query_node *parser_node(struct parser *parser, enum query_node_kind kind, size_t at)
{
	struct query_node *node = arena_new(parser->arena, struct query_node);

	parser->shared->node_count++;
	node->kind = kind;
	node->at = at;
	node->depth = 1;
	return node;
}

static const struct query_node *set_children(struct parser *parser, struct query_node *node,
					     const struct query_node **children, size_t count)
{
	node->children = children;
	node->child_count = count;
	for (size_t i = 0; i < count; i++)
		if (children[i]->depth >= node->depth)
			node->depth = children[i]->depth + 1;
	if (node->depth > NODE_DEPTH_MAX || parser->shared->node_count > NODES_MAX) {
		error_set_at(parser->shared->error, ERROR_LIMIT, "query.too_deep",
			     (int64_t)node->at, "%d", NODE_DEPTH_MAX);
		return NULL;
	}
	return node;
}

const struct query_node *parser_group(struct parser *parser, enum query_node_kind kind,
				      const struct query_node **children, size_t count, size_t at)
{
	const struct query_node **flat;
	size_t total = 0;

	if (count == 1)
		return children[0];
	for (size_t i = 0; i < count; i++)
		total += children[i]->kind == kind ? children[i]->child_count : 1;
	flat = arena_array(parser->arena, const struct query_node *, total);
	total = 0;
	for (size_t i = 0; i < count; i++) {
		if (children[i]->kind != kind) {
			flat[total++] = children[i];
			continue;
		}
		for (size_t k = 0; k < children[i]->child_count; k++)
			flat[total++] = children[i]->children[k];
	}
	return set_children(parser, parser_node(parser, kind, at), flat, total);
}

const struct query_node *parser_not(struct parser *parser, const struct query_node *child,
				    size_t at)
{
	const struct query_node **children;

	if (child->kind == NODE_NOT)
		return child->children[0];
	children = arena_array(parser->arena, const struct query_node *, 1);
	children[0] = child;
	return set_children(parser, parser_node(parser, NODE_NOT, at), children, 1);
}

const struct query_node *parser_pair(struct parser *parser, struct query_node *node,
				     const struct query_node *left, const struct query_node *right)
{
	const struct query_node **children = arena_array(parser->arena, const struct query_node *,
							 right ? 2 : 1);

	children[0] = left;
	if (right)
		children[1] = right;
	return set_children(parser, node, children, right ? 2 : 1);
}

const struct query_node *parser_fail_at(struct parser *parser, const char *key,
					const struct lexeme *lexeme)
{
	return parser_fail(parser, key, lexeme->at, lexeme->end);
}

/* ---- Looking at lexemes. */

const struct lexeme *parser_peek(const struct parser *parser)
{
	return &parser->lexemes[parser->next];
}

/* n lexemes ahead; the end stays the end. */
const struct lexeme *parser_ahead(const struct parser *parser, size_t n)
{
	const struct lexeme *lexeme = parser_peek(parser);

	while (n-- > 0 && lexeme->kind != LEXEME_END)
		lexeme++;
	return lexeme;
}

bool parser_accept(struct parser *parser, enum lexeme_kind kind)
{
	if (parser_peek(parser)->kind != kind)
		return false;
	parser->next++;
	return true;
}

bool parser_is_word(const struct lexeme *lexeme, const char *text)
{
	return lexeme->kind == LEXEME_WORD && str_equal_nocase(lexeme->text, str_of(text));
}

bool parser_is_text(const struct lexeme *lexeme)
{
	return lexeme->kind == LEXEME_WORD || lexeme->kind == LEXEME_QUOTED;
}

bool parser_takes_ranges(const struct query_field *field)
{
	return field && (field->kind == FIELD_DATE || field->kind == FIELD_COUNT ||
			 field->kind == FIELD_CLASS);
}

/* ---- Lists of nodes, released with the arena. */

static void release_parts(void *parts)
{
	list_release(parts);
}

struct list *parser_parts(struct parser *parser)
{
	struct list *parts = arena_new(parser->arena, struct list);

	*parts = LIST_OF(const struct query_node *);
	arena_defer(parser->arena, release_parts, parts);
	return parts;
}

void parser_add_part(struct list *parts, const struct query_node *node)
{
	*(const struct query_node **)list_add(parts) = node;
}
