#include "query/parser_internal.h"

#include "query/operand.h"

#include <string.h>

/* ---- Operands and operators: see the grammar in docs/query.md. */

static bool starts_operand(const struct parser *parser)
{
	switch (parser_peek(parser)->kind) {
	case LEXEME_OPEN:
	case LEXEME_SQUARE_OPEN:
	case LEXEME_WORD:
	case LEXEME_QUOTED:
	case LEXEME_NOT:
	case LEXEME_NAME:
	case LEXEME_COMPARE:
		return true;
	case LEXEME_END:
	case LEXEME_CLOSE:
	case LEXEME_SQUARE_CLOSE:
	case LEXEME_COMMA:
	case LEXEME_AND:
	case LEXEME_OR:
	case LEXEME_NEAR:
	case LEXEME_FREQUENCY:
	case LEXEME_SLOP:
	default:
		return false;
	}
}

/* ---- Names. */

static bool is_in_itself(const struct parser *parser, struct str name)
{
	for (; parser; parser = parser->outer)
		if (parser->outer && str_equal(parser->name, name))
			return true;
	return false;
}

/* The place is that of the name; what is wrong inside is said behind it. */
static const struct query_node *fail_in_name(struct parser *parser, const struct lexeme *lexeme)
{
	struct error *error = parser->shared->error, inner = *error;

	if (inner.kind == ERROR_LIMIT) {
		parser_fail_at(parser, "query.name_too_deep", lexeme);
		error->kind = ERROR_LIMIT;
		return NULL;
	}
	parser_fail_at(parser, "query.name_failed", lexeme);
	error_hint(error, "%s", inner.detail);
	return NULL;
}

static const struct query_node *parse_name(struct parser *parser)
{
	const struct lexeme *lexeme = &parser->lexemes[parser->next++];
	const struct query_names *names = parser->shared->names;
	struct str name = query_operand_plain(parser->arena, lexeme->text), text = STR_EMPTY;
	const struct bitmap *ids = NULL;
	struct query_node *node = parser_node(parser, NODE_NAME, lexeme->at);
	const struct query_node *child;

	if (is_in_itself(parser, name))
		return parser_fail_at(parser, "query.name_circle", lexeme);
	if (!names || !names->find(names->context, parser->arena, name, &text, &ids))
		return parser_fail_at(parser, "query.name_unknown", lexeme);
	node->source = name;
	node->ids = ids;
	if (ids)
		return node;
	child = parser_subquery(parser, name, text);
	if (!child)
		return fail_in_name(parser, lexeme);
	return parser_pair(parser, node, child, NULL);
}

/* ---- Operands and operators, the tightest first. */

static bool is_colon_or_equal(const struct lexeme *lexeme)
{
	return lexeme->kind == LEXEME_COMPARE;
}

static const struct query_node *parse_word(struct parser *parser, const struct scope *scope)
{
	const struct lexeme *word = parser_peek(parser), *compare = parser_ahead(parser, 1);
	const struct query_field *field;
	size_t length;

	if (parser_is_relation(parser))
		return parser_relation(parser);
	length = parser_field_list_length(parser);
	if (length > 0)
		return parser_field_list(parser, length);
	if (is_colon_or_equal(compare) &&
	    (parser_is_word(word, "before") || parser_is_word(word, "after")))
		return parser_before(parser);
	if (is_colon_or_equal(compare)) {
		bool is_all = str_equal(word->text, STR("*")) &&
			      parser_is_word(parser_ahead(parser, 2), "*");

		field = query_field_find(word->text);
		if (field) {
			parser->next += 2;
			return parser_clause(parser, field, compare);
		}
		if (is_all) {
			parser->next += 3;
			return parser_node(parser, NODE_ALL, word->at);
		}
		if (!parser_takes_ranges(scope->field) || compare->comparison != COMPARE_COLON)
			return parser_fail_unknown_field(parser, word);
	}
	if (!scope->field &&
	    (str_equal(word->text, STR("ALL")) || str_equal(word->text, STR("*")))) {
		parser->next++;
		return parser_node(parser, NODE_ALL, word->at);
	}
	return parser_operand_value(parser, scope);
}

/* AD=(>2010): a comparison inside the brackets. */
static const struct query_node *parse_inner_comparison(struct parser *parser,
						       const struct scope *scope)
{
	const struct lexeme *compare = parser_peek(parser);

	if (!scope->field)
		return parser_fail_at(parser, "query.unexpected", compare);
	parser->next++;
	return parser_clause(parser, scope->field, compare);
}

static const struct query_node *parse_operand(struct parser *parser, const struct scope *scope)
{
	switch (parser_peek(parser)->kind) {
	case LEXEME_OPEN:
		return parser_brackets(parser, scope);
	case LEXEME_SQUARE_OPEN:
		return parser_square(parser, scope);
	case LEXEME_NAME:
		return parse_name(parser);
	case LEXEME_WORD:
		return parse_word(parser, scope);
	case LEXEME_QUOTED:
		return parser_operand_value(parser, scope);
	case LEXEME_COMPARE:
		return parse_inner_comparison(parser, scope);
	case LEXEME_END:
	case LEXEME_CLOSE:
	case LEXEME_AND:
	case LEXEME_OR:
	case LEXEME_NOT:
	case LEXEME_NEAR:
	case LEXEME_FREQUENCY:
	case LEXEME_COMMA:
		return parser_fail_at(parser, "query.operand_missing", parser_peek(parser));
	case LEXEME_SQUARE_CLOSE:
	case LEXEME_SLOP:
	default:
		return parser_fail_at(parser, "query.unexpected", parser_peek(parser));
	}
}

/* The field of an operand of a proximity operator; NULL: the error is set. */
static const struct query_field *near_field(struct parser *parser, const struct query_node *node,
					    const struct lexeme *operator_)
{
	const struct query_field *field;

	if (node->kind == NODE_WORDS || node->kind == NODE_NEAR)
		return node->field;
	if (node->kind != NODE_OR) {
		parser_fail_at(parser, "query.near_operand", operator_);
		return NULL;
	}
	field = near_field(parser, node->children[0], operator_);
	for (size_t i = 1; i < node->child_count && field; i++) {
		const struct query_field *other = near_field(parser, node->children[i], operator_);

		if (other && other != field) {
			parser_fail_at(parser, "query.near_fields", operator_);
			error_hint(parser->shared->error, "%s=(… %.*s …)", field->code,
				   STR_ARGS(operator_->text));
			return NULL;
		}
		field = other;
	}
	return field;
}

static const struct query_node *parse_near_right(struct parser *parser, const struct scope *scope,
						 const struct query_node *left)
{
	const struct lexeme *operator_ = &parser->lexemes[parser->next++];
	struct query_node *node = parser_node(parser, NODE_NEAR, operator_->at);
	const struct query_node *right = parse_operand(parser, scope);
	const struct query_field *right_field;

	if (!right)
		return NULL;
	node->near = operator_->near;
	node->field = near_field(parser, left, operator_);
	right_field = node->field ? near_field(parser, right, operator_) : NULL;
	if (!right_field)
		return NULL;
	if (node->field != right_field) {
		parser_fail_at(parser, "query.near_fields", operator_);
		error_hint(parser->shared->error, "%s=(… %.*s …)", node->field->code,
			   STR_ARGS(operator_->text));
		return NULL;
	}
	return parser_pair(parser, node, left, right);
}

static const struct query_node *parse_frequency(struct parser *parser,
						const struct query_node *operand)
{
	const struct lexeme *operator_ = &parser->lexemes[parser->next++];
	struct query_node *node = parser_node(parser, NODE_FREQUENCY, operator_->at);

	node->times = operator_->number;
	node->field = near_field(parser, operand, operator_);
	return node->field ? parser_pair(parser, node, operand, NULL) : NULL;
}

static const struct query_node *parse_near(struct parser *parser, const struct scope *scope)
{
	const struct query_node *left = parse_operand(parser, scope);

	while (left) {
		if (parser_peek(parser)->kind == LEXEME_NEAR)
			left = parse_near_right(parser, scope, left);
		else if (parser_peek(parser)->kind == LEXEME_FREQUENCY)
			left = parse_frequency(parser, left);
		else
			break;
	}
	return left;
}

static const struct query_node *parse_not(struct parser *parser, const struct scope *scope)
{
	size_t at = parser_peek(parser)->at, count = 0;
	const struct query_node *node;

	for (; parser_accept(parser, LEXEME_NOT); count++)
		;
	node = parse_near(parser, scope);
	if (!node || count % 2 == 0)
		return node;
	return parser_not(parser, node, at);
}

/* Words side by side are joined by AND. *is_mixed_out: there were several. */
static const struct query_node *parse_and(struct parser *parser, const struct scope *scope,
					  bool *is_several_out)
{
	const struct query_node *first = parse_not(parser, scope), *node = first;
	size_t at = parser_peek(parser)->at;
	struct list *parts;

	*is_several_out = false;
	if (!first || (parser_peek(parser)->kind != LEXEME_AND && !starts_operand(parser)))
		return first;
	parts = parser_parts(parser);
	parser_add_part(parts, first);
	while (parser_accept(parser, LEXEME_AND) || starts_operand(parser)) {
		node = parse_not(parser, scope);
		if (!node)
			return NULL;
		parser_add_part(parts, node);
	}
	*is_several_out = true;
	return parser_group(parser, NODE_AND, parts->items, parts->count, at);
}

static bool accept_or(struct parser *parser)
{
	if (parser_peek(parser)->kind == LEXEME_COMMA)
		parser_warn(parser, "query.comma", parser_peek(parser)->at,
			    parser_peek(parser)->text);
	return parser_accept(parser, LEXEME_OR) || parser_accept(parser, LEXEME_COMMA);
}

const struct query_node *parser_or(struct parser *parser, const struct scope *scope)
{
	bool is_several, is_mixed;
	const struct query_node *first = parse_and(parser, scope, &is_mixed), *node;
	size_t at = parser_peek(parser)->at;
	struct list *parts;

	if (!first ||
	    (parser_peek(parser)->kind != LEXEME_OR && parser_peek(parser)->kind != LEXEME_COMMA))
		return first;
	parts = parser_parts(parser);
	parser_add_part(parts, first);
	while (accept_or(parser)) {
		node = parse_and(parser, scope, &is_several);
		if (!node)
			return NULL;
		is_mixed = is_mixed || is_several;
		parser_add_part(parts, node);
	}
	if (is_mixed)
		parser_warn(parser, "query.mixed", at, STR_EMPTY);
	return parser_group(parser, NODE_OR, parts->items, parts->count, at);
}

/* ---- Whole texts. */

static const struct query_node *parse_text(struct parser *parser)
{
	struct scope scope = { NULL, COMPARE_EQUAL };
	struct lexeme *lexemes;
	size_t count;
	const struct query_node *node;

	if (!query_lex(parser->arena, parser->text, &lexemes, &count, parser->shared->error))
		return NULL;
	parser->lexemes = lexemes;
	if (count == 1)
		return parser_node(parser, NODE_ALL, 0);
	node = parser_or(parser, &scope);
	if (!node || parser_peek(parser)->kind == LEXEME_END)
		return node;
	return parser_fail_at(parser,
			      parser_peek(parser)->kind == LEXEME_CLOSE ? "query.bracket_close"
									: "query.unexpected",
			      parser_peek(parser));
}

const struct query_node *parser_subquery(struct parser *outer, struct str name, struct str text)
{
	struct parser parser = { .shared = outer->shared,
				 .arena = outer->arena,
				 .text = text,
				 .nesting = outer->nesting + 1,
				 .outer = outer,
				 .name = name,
				 .bare_clause_end = SIZE_MAX };

	if (parser.nesting >= PARSER_NESTING_MAX || outer->shared->node_count > NODES_MAX) {
		error_set_at(outer->shared->error, ERROR_LIMIT, "query.too_deep", 0, "%d",
			     NODE_DEPTH_MAX);
		return NULL;
	}
	return parse_text(&parser);
}

bool query_parse(struct arena *arena, struct str text, const struct query_parse_options *options,
		 struct query **query_out, struct error *error)
{
	struct parser_shared *shared = arena_new(arena, struct parser_shared);
	struct parser parser = { .shared = shared,
				 .arena = arena,
				 .text = str_copy(arena, text),
				 .bare_clause_end = SIZE_MAX };
	struct query *query = arena_new(arena, struct query);

	shared->arena = arena;
	shared->names = options ? options->names : NULL;
	shared->error = error;
	query->text = parser.text;
	query->root = parse_text(&parser);
	if (!query->root)
		return false;
	query->warnings = shared->warnings;
	query->warning_count = shared->warning_count;
	*query_out = query;
	return true;
}
