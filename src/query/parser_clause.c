#include "query/parser_internal.h"

#include <string.h>

/* ---- Values. */

/* "H01M 10/613" is one symbol, and "/low H01M10/613" of OPS is "H01M10/613/low". */
static bool is_class_continued(const struct query_field *field, const struct lexeme *first,
			       const struct lexeme *second)
{
	if (!field || field->kind != FIELD_CLASS || first->kind != LEXEME_WORD ||
	    second->kind != LEXEME_WORD)
		return false;
	return parser_is_word(first, "/low") ||
	       (first->text.size == 4 && second->text.data[0] >= '0' &&
		second->text.data[0] <= '9');
}

static bool is_to(const struct lexeme *lexeme)
{
	return parser_is_word(lexeme, "to") || parser_is_word(lexeme, "至") ||
	       parser_is_word(lexeme, "到");
}

static struct str read_text(struct parser *parser, const struct query_field *field,
			    struct value *value)
{
	const struct lexeme *first = parser_peek(parser), *second = parser_ahead(parser, 1);

	value->end = first->end;
	parser->next++;
	if (!is_class_continued(field, first, second))
		return first->text;
	value->end = second->end;
	parser->next++;
	if (parser_is_word(first, "/low"))
		return str_of(arena_printf(parser->arena, "%.*s/low", STR_ARGS(second->text)));
	return str_of(arena_printf(parser->arena, "%.*s%.*s", STR_ARGS(first->text),
				   STR_ARGS(second->text)));
}

/* word, "phrase", a TO b, a:b. */
static bool read_value(struct parser *parser, const struct query_field *field,
		       enum comparison comparison, struct value *value_out)
{
	const struct lexeme *first = parser_peek(parser);
	struct value value = { .comparison = comparison,
			       .at = first->at,
			       .is_quoted = first->kind == LEXEME_QUOTED };

	if (!parser_is_text(first)) {
		parser_fail_at(parser, "query.value_missing", first);
		return false;
	}
	value.raw = read_text(parser, field, &value);
	if (parser_takes_ranges(field) && parser_is_text(parser_ahead(parser, 1)) &&
	    (is_to(parser_peek(parser)) || (parser_peek(parser)->kind == LEXEME_COMPARE &&
					    parser_peek(parser)->comparison == COMPARE_COLON))) {
		parser->next++;
		value.is_range = true;
		value.raw_end = read_text(parser, field, &value);
	}
	*value_out = value;
	return true;
}

/* [a TO b], or a list [a, b] of whole values. */
const struct query_node *parser_square(struct parser *parser, const struct scope *scope)
{
	const struct lexeme *open = parser_peek(parser);
	struct list *parts = parser_parts(parser);
	const struct query_node *node;

	if (!scope->field)
		return parser_fail_at(parser, "query.square_bracket", open);
	parser->next++;
	do {
		struct value value;

		if (!read_value(parser, scope->field,
				parser_takes_ranges(scope->field) ? COMPARE_EQUAL : COMPARE_EXACT,
				&value))
			return NULL;
		node = parser_value(parser, scope->field, &value);
		if (!node)
			return NULL;
		parser_add_part(parts, node);
	} while (parser_accept(parser, LEXEME_COMMA) || parser_accept(parser, LEXEME_OR));
	if (!parser_accept(parser, LEXEME_SQUARE_CLOSE))
		return parser_fail_at(parser, "query.bracket_open", open);
	return parser_group(parser, NODE_OR, parts->items, parts->count, open->at);
}

/* "a b c"~5: each word within five of the one before. */
static const struct query_node *parse_slop(struct parser *parser, const struct scope *scope,
					   const struct value *phrase)
{
	const struct lexeme *slop = parser_peek(parser);
	struct str rest = phrase->raw, part;
	const struct query_node *left = NULL;

	parser->next++;
	parser_warn(parser, "query.slop", slop->at, slop->text);
	while (str_split(&rest, STR(" "), &part)) {
		struct value value = *phrase;
		const struct query_node *right;
		struct query_node *node;

		value.raw = str_trim(part);
		if (value.raw.size == 0)
			continue;
		right = scope->field ? parser_value(parser, scope->field, &value)
				     : parser_free_value(parser, &value);
		if (!right)
			return NULL;
		if (!left) {
			left = right;
			continue;
		}
		if (left->field != right->field || (right->kind != NODE_WORDS))
			return parser_fail_at(parser, "query.near_operand", slop);
		node = parser_node(parser, NODE_NEAR, slop->at);
		node->near = (struct query_near){ NEAR_WORDS, false, slop->number };
		node->field = left->field;
		left = parser_pair(parser, node, left, right);
		if (!left)
			return NULL;
	}
	return left ? left : parser_fail_at(parser, "query.no_words", slop);
}

/* 5D of CNIPA's command line is a word here; say so. */
static void warn_of_bare_near(struct parser *parser, const struct lexeme *lexeme)
{
	struct str text = lexeme->text;
	char last = text.size > 0 ? text.data[text.size - 1] : 0;

	if (lexeme->kind != LEXEME_WORD || text.size < 2 || text.size > 3 ||
	    !strchr("wWdDnN", last) || text.data[0] < '0' || text.data[0] > '9' ||
	    parser->next < 2 || !parser_is_text(&parser->lexemes[parser->next - 2]) ||
	    !parser_is_text(parser_peek(parser)))
		return;
	parser_warn(parser, "query.bare_near", lexeme->at, text);
}

static void warn_of_minus(struct parser *parser, const struct lexeme *lexeme)
{
	if (lexeme->kind == LEXEME_WORD && lexeme->text.size > 1 && lexeme->text.data[0] == '-')
		parser_warn(parser, "query.minus", lexeme->at, lexeme->text);
}

const struct query_node *parser_operand_value(struct parser *parser, const struct scope *scope)
{
	const struct lexeme *first = parser_peek(parser);
	size_t start = parser->next;
	struct value value;

	if (!read_value(parser, scope->field, scope->field ? scope->comparison : COMPARE_EQUAL,
			&value))
		return NULL;
	warn_of_bare_near(parser, first);
	warn_of_minus(parser, first);
	if (value.is_quoted && parser_peek(parser)->kind == LEXEME_SLOP)
		return parse_slop(parser, scope, &value);
	if (scope->field)
		return parser_value(parser, scope->field, &value);
	if (parser->bare_clause_end == start)
		parser_warn(parser, "query.loose_word", first->at, first->text);
	return parser_free_value(parser, &value);
}

/* ---- FIELD=... */

const struct query_node *parser_brackets(struct parser *parser, const struct scope *scope)
{
	const struct lexeme *open = parser_peek(parser);
	const struct query_node *node;

	if (parser->nesting >= PARSER_NESTING_MAX) {
		error_set_at(parser->shared->error, ERROR_LIMIT, "query.too_deep",
			     (int64_t)open->at, "%d", NODE_DEPTH_MAX);
		return NULL;
	}
	parser->next++;
	parser->nesting++;
	node = parser_or(parser, scope);
	parser->nesting--;
	if (!node)
		return NULL;
	if (parser_accept(parser, LEXEME_CLOSE))
		return node;
	if (parser_peek(parser)->kind == LEXEME_END)
		return parser_fail_at(parser, "query.bracket_open", open);
	return parser_fail_at(parser, "query.unexpected", parser_peek(parser));
}

/* What stands behind FIELD and its comparison. */
static const struct query_node *parse_clause_value(struct parser *parser, const struct scope *scope)
{
	const struct query_node *node;

	if (parser_peek(parser)->kind == LEXEME_OPEN)
		return parser_brackets(parser, scope);
	if (parser_peek(parser)->kind == LEXEME_SQUARE_OPEN)
		return parser_square(parser, scope);
	node = parser_operand_value(parser, scope);
	parser->bare_clause_end = parser->next;
	return node;
}

const struct query_node *parser_clause(struct parser *parser, const struct query_field *field,
				       const struct lexeme *compare)
{
	struct scope scope = { field, compare->comparison };
	const struct query_node *node;

	/* AD=>2010, AD:>=2010: the second sign says what is meant. */
	if (parser_peek(parser)->kind == LEXEME_COMPARE &&
	    (scope.comparison == COMPARE_EQUAL || scope.comparison == COMPARE_COLON))
		scope.comparison = (compare = &parser->lexemes[parser->next++])->comparison;
	if (scope.comparison != COMPARE_NOT_EQUAL)
		return parse_clause_value(parser, &scope);
	scope.comparison = COMPARE_EQUAL;
	node = parse_clause_value(parser, &scope);
	return node ? parser_not(parser, node, compare->at) : NULL;
}

const struct query_node *parser_fail_unknown_field(struct parser *parser,
						   const struct lexeme *lexeme)
{
	const char *nearest = query_field_nearest(lexeme->text);

	parser_fail_at(parser, "query.unknown_field", lexeme);
	error_hint(parser->shared->error, "%s",
		   nearest ? nearest : "TI AB CL TA TAC PA IN IPC AD PD LS");
	return NULL;
}

/* How many lexemes "TI,AB=" takes up to its comparison; 0 when it is no list of fields. */
size_t parser_field_list_length(const struct parser *parser)
{
	const struct lexeme *lexeme = parser_peek(parser);
	size_t length = 1;

	while (lexeme[0].kind == LEXEME_WORD && query_field_find(lexeme[0].text) &&
	       lexeme[1].kind == LEXEME_COMMA) {
		lexeme += 2;
		length += 2;
	}
	if (length == 1 || lexeme[0].kind != LEXEME_WORD || !query_field_find(lexeme[0].text) ||
	    lexeme[1].kind != LEXEME_COMPARE)
		return 0;
	return length;
}

/* TI,AB=(...): the clause once for each field. */
const struct query_node *parser_field_list(struct parser *parser, size_t length)
{
	const struct lexeme *names = parser_peek(parser);
	size_t count = length / 2 + 1, compare = parser->next + length;
	const struct query_node **nodes = arena_array(parser->arena, const struct query_node *,
						      count);

	for (size_t i = 0; i < count; i++) {
		parser->next = compare + 1;
		nodes[i] = parser_clause(parser, query_field_find(names[2 * i].text),
					 &parser->lexemes[compare]);
		if (!nodes[i])
			return NULL;
	}
	return parser_group(parser, NODE_OR, nodes, count, names->at);
}

/* CQL: ti any "a b", ti all "a b", pd within "2010 2012". */
const struct query_node *parser_relation(struct parser *parser)
{
	const struct query_field *field = query_field_find(parser_peek(parser)->text);
	const struct lexeme *relation = parser_ahead(parser, 1), *quoted = parser_ahead(parser, 2);
	enum query_node_kind kind = parser_is_word(relation, "any") ? NODE_OR : NODE_AND;
	struct scope scope = { field, COMPARE_EQUAL };
	struct list *parts = parser_parts(parser);
	struct str rest = quoted->text, part;

	parser->next += 2;
	if (parser_is_word(relation, "within") || parser_takes_ranges(field))
		return parser_operand_value(parser, &scope);
	parser->next++;
	while (str_split(&rest, STR(" "), &part)) {
		struct value value = { .at = quoted->at,
				       .end = quoted->end,
				       .comparison = COMPARE_EQUAL };
		const struct query_node *node;

		while (str_ends_with(part, STR(",")) || str_ends_with(part, STR(";")))
			part.size--;
		value.raw = part;
		if (part.size == 0)
			continue;
		node = parser_value(parser, field, &value);
		if (!node)
			return NULL;
		parser_add_part(parts, node);
	}
	if (parts->count == 0)
		return parser_fail_at(parser, "query.no_words", quoted);
	return parser_group(parser, kind, parts->items, parts->count, quoted->at);
}

bool parser_is_relation(const struct parser *parser)
{
	const struct lexeme *second = parser_ahead(parser, 1);

	return parser_peek(parser)->kind == LEXEME_WORD &&
	       parser_ahead(parser, 2)->kind == LEXEME_QUOTED &&
	       (parser_is_word(second, "any") || parser_is_word(second, "all") ||
		parser_is_word(second, "within")) &&
	       query_field_find(parser_peek(parser)->text);
}

/* Google: before:filing:20241231, after:2020; the second word may be left out. */
const struct query_node *parser_before(struct parser *parser)
{
	static const struct {
		const char *word, *field;
	} dates[] = { { "priority", "PRD" },
		      { "filing", "AD" },
		      { "publication", "PD" },
		      { "grant", "GD" } };
	struct scope scope = { query_field_find(STR("PRD")),
			       parser_is_word(parser_peek(parser), "before")
				       ? COMPARE_LESS
				       : COMPARE_GREATER_EQUAL };

	parser->next += 2;
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		if (parser_is_word(parser_peek(parser), dates[i].word) &&
		    parser_ahead(parser, 1)->kind == LEXEME_COMPARE) {
			scope.field = query_field_find(str_of(dates[i].field));
			parser->next += 2;
			break;
		}
	return parse_clause_value(parser, &scope);
}
