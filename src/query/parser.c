#include "query/parser_internal.h"

#include "query/operand.h"

#include <string.h>

static const struct query_node *parse_or(struct parser *parser, const struct scope *scope);

static const struct query_node *fail_at(struct parser *parser, const char *key,
					const struct lexeme *lexeme)
{
	return parser_fail(parser, key, lexeme->at, lexeme->end);
}

/* ---- Looking at lexemes. */

static const struct lexeme *peek(const struct parser *parser)
{
	return &parser->lexemes[parser->next];
}

/* n lexemes ahead; the end stays the end. */
static const struct lexeme *ahead(const struct parser *parser, size_t n)
{
	const struct lexeme *lexeme = peek(parser);

	while (n-- > 0 && lexeme->kind != LEXEME_END)
		lexeme++;
	return lexeme;
}

static bool accept(struct parser *parser, enum lexeme_kind kind)
{
	if (peek(parser)->kind != kind)
		return false;
	parser->next++;
	return true;
}

static bool is_word(const struct lexeme *lexeme, const char *text)
{
	return lexeme->kind == LEXEME_WORD && str_equal_nocase(lexeme->text, str_of(text));
}

static bool is_text(const struct lexeme *lexeme)
{
	return lexeme->kind == LEXEME_WORD || lexeme->kind == LEXEME_QUOTED;
}

static bool starts_operand(const struct parser *parser)
{
	switch (peek(parser)->kind) {
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

static bool takes_ranges(const struct query_field *field)
{
	return field && (field->kind == FIELD_DATE || field->kind == FIELD_COUNT ||
			 field->kind == FIELD_CLASS);
}

/* ---- Values. */

/* "H01M 10/613" is one symbol, and "/low H01M10/613" of OPS is "H01M10/613/low". */
static bool is_class_continued(const struct query_field *field, const struct lexeme *first,
			       const struct lexeme *second)
{
	if (!field || field->kind != FIELD_CLASS || first->kind != LEXEME_WORD ||
	    second->kind != LEXEME_WORD)
		return false;
	return is_word(first, "/low") || (first->text.size == 4 && second->text.data[0] >= '0' &&
					  second->text.data[0] <= '9');
}

static bool is_to(const struct lexeme *lexeme)
{
	return is_word(lexeme, "to") || is_word(lexeme, "至") || is_word(lexeme, "到");
}

static struct str read_text(struct parser *parser, const struct query_field *field,
			    struct value *value)
{
	const struct lexeme *first = peek(parser), *second = ahead(parser, 1);

	value->end = first->end;
	parser->next++;
	if (!is_class_continued(field, first, second))
		return first->text;
	value->end = second->end;
	parser->next++;
	if (is_word(first, "/low"))
		return str_of(arena_printf(parser->arena, "%.*s/low", STR_ARGS(second->text)));
	return str_of(arena_printf(parser->arena, "%.*s%.*s", STR_ARGS(first->text),
				   STR_ARGS(second->text)));
}

/* word, "phrase", a TO b, a:b. */
static bool read_value(struct parser *parser, const struct query_field *field,
		       enum comparison comparison, struct value *value_out)
{
	const struct lexeme *first = peek(parser);
	struct value value = { .comparison = comparison,
			       .at = first->at,
			       .is_quoted = first->kind == LEXEME_QUOTED };

	if (!is_text(first)) {
		fail_at(parser, "query.value_missing", first);
		return false;
	}
	value.raw = read_text(parser, field, &value);
	if (takes_ranges(field) && is_text(ahead(parser, 1)) &&
	    (is_to(peek(parser)) ||
	     (peek(parser)->kind == LEXEME_COMPARE && peek(parser)->comparison == COMPARE_COLON))) {
		parser->next++;
		value.is_range = true;
		value.raw_end = read_text(parser, field, &value);
	}
	*value_out = value;
	return true;
}

/* [a TO b], or a list [a, b] of whole values. */
static const struct query_node *parse_square(struct parser *parser, const struct scope *scope)
{
	const struct lexeme *open = peek(parser);
	struct list *parts = parser_parts(parser);
	const struct query_node *node;

	if (!scope->field)
		return fail_at(parser, "query.square_bracket", open);
	parser->next++;
	do {
		struct value value;

		if (!read_value(parser, scope->field,
				takes_ranges(scope->field) ? COMPARE_EQUAL : COMPARE_EXACT, &value))
			return NULL;
		node = parser_value(parser, scope->field, &value);
		if (!node)
			return NULL;
		parser_add_part(parts, node);
	} while (accept(parser, LEXEME_COMMA) || accept(parser, LEXEME_OR));
	if (!accept(parser, LEXEME_SQUARE_CLOSE))
		return fail_at(parser, "query.bracket_open", open);
	return parser_group(parser, NODE_OR, parts->items, parts->count, open->at);
}

/* "a b c"~5: each word within five of the one before. */
static const struct query_node *parse_slop(struct parser *parser, const struct scope *scope,
					   const struct value *phrase)
{
	const struct lexeme *slop = peek(parser);
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
			return fail_at(parser, "query.near_operand", slop);
		node = parser_node(parser, NODE_NEAR, slop->at);
		node->near = (struct query_near){ NEAR_WORDS, false, slop->number };
		node->field = left->field;
		left = parser_pair(parser, node, left, right);
		if (!left)
			return NULL;
	}
	return left ? left : fail_at(parser, "query.no_words", slop);
}

/* 5D of CNIPA's command line is a word here; say so. */
static void warn_of_bare_near(struct parser *parser, const struct lexeme *lexeme)
{
	struct str text = lexeme->text;
	char last = text.size > 0 ? text.data[text.size - 1] : 0;

	if (lexeme->kind != LEXEME_WORD || text.size < 2 || text.size > 3 ||
	    !strchr("wWdDnN", last) || text.data[0] < '0' || text.data[0] > '9' ||
	    parser->next < 2 || !is_text(&parser->lexemes[parser->next - 2]) ||
	    !is_text(peek(parser)))
		return;
	parser_warn(parser, "query.bare_near", lexeme->at, text);
}

static void warn_of_minus(struct parser *parser, const struct lexeme *lexeme)
{
	if (lexeme->kind == LEXEME_WORD && lexeme->text.size > 1 && lexeme->text.data[0] == '-')
		parser_warn(parser, "query.minus", lexeme->at, lexeme->text);
}

static const struct query_node *parse_value(struct parser *parser, const struct scope *scope)
{
	const struct lexeme *first = peek(parser);
	size_t start = parser->next;
	struct value value;

	if (!read_value(parser, scope->field, scope->field ? scope->comparison : COMPARE_EQUAL,
			&value))
		return NULL;
	warn_of_bare_near(parser, first);
	warn_of_minus(parser, first);
	if (value.is_quoted && peek(parser)->kind == LEXEME_SLOP)
		return parse_slop(parser, scope, &value);
	if (scope->field)
		return parser_value(parser, scope->field, &value);
	if (parser->bare_clause_end == start)
		parser_warn(parser, "query.loose_word", first->at, first->text);
	return parser_free_value(parser, &value);
}

/* ---- FIELD=... */

static const struct query_node *parse_brackets(struct parser *parser, const struct scope *scope)
{
	const struct lexeme *open = peek(parser);
	const struct query_node *node;

	if (parser->nesting >= PARSER_NESTING_MAX) {
		error_set_at(parser->shared->error, ERROR_LIMIT, "query.too_deep",
			     (int64_t)open->at, "%d", NODE_DEPTH_MAX);
		return NULL;
	}
	parser->next++;
	parser->nesting++;
	node = parse_or(parser, scope);
	parser->nesting--;
	if (!node)
		return NULL;
	if (accept(parser, LEXEME_CLOSE))
		return node;
	if (peek(parser)->kind == LEXEME_END)
		return fail_at(parser, "query.bracket_open", open);
	return fail_at(parser, "query.unexpected", peek(parser));
}

/* What stands behind FIELD and its comparison. */
static const struct query_node *parse_clause_value(struct parser *parser, const struct scope *scope)
{
	const struct query_node *node;

	if (peek(parser)->kind == LEXEME_OPEN)
		return parse_brackets(parser, scope);
	if (peek(parser)->kind == LEXEME_SQUARE_OPEN)
		return parse_square(parser, scope);
	node = parse_value(parser, scope);
	parser->bare_clause_end = parser->next;
	return node;
}

static const struct query_node *parse_clause(struct parser *parser, const struct query_field *field,
					     const struct lexeme *compare)
{
	struct scope scope = { field, compare->comparison };
	const struct query_node *node;

	/* AD=>2010, AD:>=2010: the second sign says what is meant. */
	if (peek(parser)->kind == LEXEME_COMPARE &&
	    (scope.comparison == COMPARE_EQUAL || scope.comparison == COMPARE_COLON))
		scope.comparison = (compare = &parser->lexemes[parser->next++])->comparison;
	if (scope.comparison != COMPARE_NOT_EQUAL)
		return parse_clause_value(parser, &scope);
	scope.comparison = COMPARE_EQUAL;
	node = parse_clause_value(parser, &scope);
	return node ? parser_not(parser, node, compare->at) : NULL;
}

static const struct query_node *fail_unknown_field(struct parser *parser,
						   const struct lexeme *lexeme)
{
	const char *nearest = query_field_nearest(lexeme->text);

	fail_at(parser, "query.unknown_field", lexeme);
	error_hint(parser->shared->error, "%s",
		   nearest ? nearest : "TI AB CL TA TAC PA IN IPC AD PD LS");
	return NULL;
}

/* How many lexemes "TI,AB=" takes up to its comparison; 0 when it is no list of fields. */
static size_t field_list_length(const struct parser *parser)
{
	const struct lexeme *lexeme = peek(parser);
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
static const struct query_node *parse_field_list(struct parser *parser, size_t length)
{
	const struct lexeme *names = peek(parser);
	size_t count = length / 2 + 1, compare = parser->next + length;
	const struct query_node **nodes = arena_array(parser->arena, const struct query_node *,
						      count);

	for (size_t i = 0; i < count; i++) {
		parser->next = compare + 1;
		nodes[i] = parse_clause(parser, query_field_find(names[2 * i].text),
					&parser->lexemes[compare]);
		if (!nodes[i])
			return NULL;
	}
	return parser_group(parser, NODE_OR, nodes, count, names->at);
}

/* CQL: ti any "a b", ti all "a b", pd within "2010 2012". */
static const struct query_node *parse_relation(struct parser *parser)
{
	const struct query_field *field = query_field_find(peek(parser)->text);
	const struct lexeme *relation = ahead(parser, 1), *quoted = ahead(parser, 2);
	enum query_node_kind kind = is_word(relation, "any") ? NODE_OR : NODE_AND;
	struct scope scope = { field, COMPARE_EQUAL };
	struct list *parts = parser_parts(parser);
	struct str rest = quoted->text, part;

	parser->next += 2;
	if (is_word(relation, "within") || takes_ranges(field))
		return parse_value(parser, &scope);
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
		return fail_at(parser, "query.no_words", quoted);
	return parser_group(parser, kind, parts->items, parts->count, quoted->at);
}

static bool is_relation(const struct parser *parser)
{
	const struct lexeme *second = ahead(parser, 1);

	return peek(parser)->kind == LEXEME_WORD && ahead(parser, 2)->kind == LEXEME_QUOTED &&
	       (is_word(second, "any") || is_word(second, "all") || is_word(second, "within")) &&
	       query_field_find(peek(parser)->text);
}

/* Google: before:filing:20241231, after:2020; the second word may be left out. */
static const struct query_node *parse_before(struct parser *parser)
{
	static const struct {
		const char *word, *field;
	} dates[] = { { "priority", "PRD" },
		      { "filing", "AD" },
		      { "publication", "PD" },
		      { "grant", "GD" } };
	struct scope scope = { query_field_find(STR("PRD")), is_word(peek(parser), "before")
								     ? COMPARE_LESS
								     : COMPARE_GREATER_EQUAL };

	parser->next += 2;
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		if (is_word(peek(parser), dates[i].word) &&
		    ahead(parser, 1)->kind == LEXEME_COMPARE) {
			scope.field = query_field_find(str_of(dates[i].field));
			parser->next += 2;
			break;
		}
	return parse_clause_value(parser, &scope);
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
		fail_at(parser, "query.name_too_deep", lexeme);
		error->kind = ERROR_LIMIT;
		return NULL;
	}
	fail_at(parser, "query.name_failed", lexeme);
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
		return fail_at(parser, "query.name_circle", lexeme);
	if (!names || !names->find(names->context, parser->arena, name, &text, &ids))
		return fail_at(parser, "query.name_unknown", lexeme);
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
	const struct lexeme *word = peek(parser), *compare = ahead(parser, 1);
	const struct query_field *field;
	size_t length;

	if (is_relation(parser))
		return parse_relation(parser);
	length = field_list_length(parser);
	if (length > 0)
		return parse_field_list(parser, length);
	if (is_colon_or_equal(compare) && (is_word(word, "before") || is_word(word, "after")))
		return parse_before(parser);
	if (is_colon_or_equal(compare)) {
		bool is_all = str_equal(word->text, STR("*")) && is_word(ahead(parser, 2), "*");

		field = query_field_find(word->text);
		if (field) {
			parser->next += 2;
			return parse_clause(parser, field, compare);
		}
		if (is_all) {
			parser->next += 3;
			return parser_node(parser, NODE_ALL, word->at);
		}
		if (!takes_ranges(scope->field) || compare->comparison != COMPARE_COLON)
			return fail_unknown_field(parser, word);
	}
	if (!scope->field &&
	    (str_equal(word->text, STR("ALL")) || str_equal(word->text, STR("*")))) {
		parser->next++;
		return parser_node(parser, NODE_ALL, word->at);
	}
	return parse_value(parser, scope);
}

/* AD=(>2010): a comparison inside the brackets. */
static const struct query_node *parse_inner_comparison(struct parser *parser,
						       const struct scope *scope)
{
	const struct lexeme *compare = peek(parser);

	if (!scope->field)
		return fail_at(parser, "query.unexpected", compare);
	parser->next++;
	return parse_clause(parser, scope->field, compare);
}

static const struct query_node *parse_operand(struct parser *parser, const struct scope *scope)
{
	switch (peek(parser)->kind) {
	case LEXEME_OPEN:
		return parse_brackets(parser, scope);
	case LEXEME_SQUARE_OPEN:
		return parse_square(parser, scope);
	case LEXEME_NAME:
		return parse_name(parser);
	case LEXEME_WORD:
		return parse_word(parser, scope);
	case LEXEME_QUOTED:
		return parse_value(parser, scope);
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
		return fail_at(parser, "query.operand_missing", peek(parser));
	case LEXEME_SQUARE_CLOSE:
	case LEXEME_SLOP:
	default:
		return fail_at(parser, "query.unexpected", peek(parser));
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
		fail_at(parser, "query.near_operand", operator_);
		return NULL;
	}
	field = near_field(parser, node->children[0], operator_);
	for (size_t i = 1; i < node->child_count && field; i++) {
		const struct query_field *other = near_field(parser, node->children[i], operator_);

		if (other && other != field) {
			fail_at(parser, "query.near_fields", operator_);
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
		fail_at(parser, "query.near_fields", operator_);
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
		if (peek(parser)->kind == LEXEME_NEAR)
			left = parse_near_right(parser, scope, left);
		else if (peek(parser)->kind == LEXEME_FREQUENCY)
			left = parse_frequency(parser, left);
		else
			break;
	}
	return left;
}

static const struct query_node *parse_not(struct parser *parser, const struct scope *scope)
{
	size_t at = peek(parser)->at, count = 0;
	const struct query_node *node;

	for (; accept(parser, LEXEME_NOT); count++)
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
	size_t at = peek(parser)->at;
	struct list *parts;

	*is_several_out = false;
	if (!first || (peek(parser)->kind != LEXEME_AND && !starts_operand(parser)))
		return first;
	parts = parser_parts(parser);
	parser_add_part(parts, first);
	while (accept(parser, LEXEME_AND) || starts_operand(parser)) {
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
	if (peek(parser)->kind == LEXEME_COMMA)
		parser_warn(parser, "query.comma", peek(parser)->at, peek(parser)->text);
	return accept(parser, LEXEME_OR) || accept(parser, LEXEME_COMMA);
}

static const struct query_node *parse_or(struct parser *parser, const struct scope *scope)
{
	bool is_several, is_mixed;
	const struct query_node *first = parse_and(parser, scope, &is_mixed), *node;
	size_t at = peek(parser)->at;
	struct list *parts;

	if (!first || (peek(parser)->kind != LEXEME_OR && peek(parser)->kind != LEXEME_COMMA))
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
	node = parse_or(parser, &scope);
	if (!node || peek(parser)->kind == LEXEME_END)
		return node;
	return fail_at(parser,
		       peek(parser)->kind == LEXEME_CLOSE ? "query.bracket_close"
							  : "query.unexpected",
		       peek(parser));
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
