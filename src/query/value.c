#include "query/operand.h"
#include "query/parser_internal.h"
#include "query/symbol.h"

#include "text/token.h"

#include <string.h>

/* What stands behind "FIELD=", by the kind of the field. */

static const struct query_node *fail(struct parser *parser, const char *key,
				     const struct value *value)
{
	return parser_fail(parser, key, value->at, value->end);
}

static const struct query_node *fail_with_hint(struct parser *parser, const char *key,
					       const struct value *value, const char *hint)
{
	fail(parser, key, value);
	error_hint(parser->shared->error, "%s", hint);
	return NULL;
}

static struct query_node *leaf(struct parser *parser, enum query_node_kind kind,
			       const struct query_field *field, const struct value *value)
{
	struct query_node *node = parser_node(parser, kind, value->at);

	node->field = field;
	node->source = value->raw;
	return node;
}

static bool is_comparison_plain(const struct value *value)
{
	return value->comparison == COMPARE_EQUAL || value->comparison == COMPARE_COLON ||
	       value->comparison == COMPARE_EXACT;
}

/* ---- Keywords. */

static struct str in_form(struct parser *parser, unsigned column, struct str text)
{
	char *capitals;

	if (query_keyword_form(column) == KEYWORD_FOLDED)
		return text_folded(parser->arena, text);
	capitals = arena_copy(parser->arena, text.data, text.size);
	for (size_t i = 0; i < text.size; i++)
		if (capitals[i] >= 'a' && capitals[i] <= 'z')
			capitals[i] = (char)(capitals[i] - 'a' + 'A');
	return (struct str){ capitals, text.size };
}

static size_t count_columns(const unsigned char *columns)
{
	size_t count = 0;

	while (columns[count] != COL_COUNT)
		count++;
	return count;
}

static const struct query_node *keyword_in(struct parser *parser, const struct query_field *field,
					   const unsigned char *columns, const struct value *value)
{
	struct query_node *node = leaf(parser, NODE_KEYWORD, field, value);
	size_t count = count_columns(columns);
	struct query_match *matches = arena_array(parser->arena, struct query_match, count);
	struct str text;
	enum match_kind kind = query_operand_match(parser->arena, value->raw, &text);

	for (size_t i = 0; i < count; i++)
		matches[i] = (struct query_match){ kind, columns[i],
						   in_form(parser, columns[i], str_trim(text)),
						   STR_EMPTY };
	if (matches[0].text.size == 0)
		return fail(parser, "query.value_missing", value);
	if (kind == MATCH_PATTERN && query_pattern_prefix(matches[0].text).size == 0)
		return fail(parser, "query.wildcard_front", value);
	node->matches = matches;
	node->match_count = count;
	return node;
}

static const struct query_node *one_match(struct parser *parser, const struct query_field *field,
					  const struct value *value, struct query_match match)
{
	struct query_node *node = leaf(parser, NODE_KEYWORD, field, value);
	struct query_match *matches = arena_array(parser->arena, struct query_match, 1);

	matches[0] = match;
	node->matches = matches;
	node->match_count = 1;
	return node;
}

static const char *nearest_choice(const struct query_choice *choices, struct str wanted)
{
	size_t best = SIZE_MAX;
	const char *nearest = NULL;

	for (; choices->code; choices++)
		for (const char *const *name = choices->names; *name; name++) {
			size_t distance = query_edit_distance(str_of(*name), wanted);

			if (distance < best) {
				best = distance;
				nearest = *name;
			}
		}
	return nearest;
}

/* Any two-letter code is a country; the table only knows the names of the usual ones. */
static bool is_country_code(const struct query_field *field, struct str text)
{
	return query_keyword_form(field->columns[0]) == KEYWORD_CAPITALS && text.size == 2 &&
	       (text.data[0] | 32) >= 'a' && (text.data[0] | 32) <= 'z' &&
	       (text.data[1] | 32) >= 'a' && (text.data[1] | 32) <= 'z';
}

static const struct query_node *choice_value(struct parser *parser, const struct query_field *field,
					     const struct value *value)
{
	struct str text = query_operand_plain(parser->arena, value->raw);
	const struct query_choice *choice = query_choice_find(field->choices, text);
	struct value canonical = *value;
	struct query_match match = { MATCH_EXACT, field->columns[0], STR_EMPTY, STR_EMPTY };

	if (choice && choice->query)
		return parser_subquery(parser, STR_EMPTY, str_of(choice->query));
	if (choice) {
		canonical.raw = match.text = str_of(choice->code);
		match.column = field->columns[1] == COL_COUNT ? field->columns[0] : choice->column;
	} else if (is_country_code(field, text)) {
		canonical.raw = match.text = in_form(parser, match.column, text);
	} else {
		return fail_with_hint(parser, "query.unknown_value", value,
				      nearest_choice(field->choices, text));
	}
	return one_match(parser, field, &canonical, match);
}

/* KD=A is every A, A1, A2; KD==A only A. */
static const struct query_node *kind_value(struct parser *parser, const struct query_field *field,
					   const struct value *value)
{
	struct query_match match = { MATCH_PREFIX, COL_KIND,
				     in_form(parser, COL_KIND, str_trim(value->raw)), STR_EMPTY };

	if (value->comparison == COMPARE_EXACT || value->raw.size != 1)
		return NULL;
	return one_match(parser, field, value, match);
}

static const struct query_node *exact_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	const struct query_node *node;

	if (!is_comparison_plain(value))
		return fail(parser, "query.comparison", value);
	if (field->choices)
		return choice_value(parser, field, value);
	if (field->columns[0] == COL_KIND) {
		node = kind_value(parser, field, value);
		if (node)
			return node;
	}
	return keyword_in(parser, field, field->columns, value);
}

static const struct query_node *flag_value(struct parser *parser, const struct query_field *field,
					   const struct value *value)
{
	struct str text = query_operand_plain(parser->arena, value->raw);
	const struct query_choice *choice = query_choice_find(field->choices, text);
	struct value canonical = *value;
	const struct query_node *node;

	if (!is_comparison_plain(value))
		return fail(parser, "query.comparison", value);
	if (!choice)
		return fail_with_hint(parser, "query.unknown_value", value, "1 0");
	canonical.raw = STR("yes");
	node = one_match(parser, field, &canonical,
			 (struct query_match){ MATCH_EXACT, field->columns[0], str_of(field->flag),
					       STR_EMPTY });
	return strcmp(choice->code, "yes") == 0 ? node : parser_not(parser, node, value->at);
}

/* ---- Numbers of documents. */

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Capitals, without blanks and separators; ZL is CN. */
static struct str compact_number(struct parser *parser, struct str raw)
{
	struct str plain = query_operand_plain(parser->arena, raw);
	char *text = arena_alloc(parser->arena, plain.size + 1);
	size_t size = 0;

	for (size_t i = 0; i < plain.size; i++) {
		char c = plain.data[i];

		if (c == ' ' || c == '.' || c == '-' || c == '/' || c == ',')
			continue;
		text[size++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	if (size > 2 && text[0] == 'Z' && text[1] == 'L') {
		text[0] = 'C';
		text[1] = 'N';
	}
	return (struct str){ text, size };
}

/* CT and CTB hold numbers without the kind: CN104223352A is looked for as CN104223352. */
static struct str without_kind(struct str number)
{
	size_t size = number.size;

	if (size > 8 && is_digit(number.data[size - 1]) && is_letter(number.data[size - 2]))
		size--;
	if (size > 8 && is_letter(number.data[size - 1]) && is_digit(number.data[size - 2]) &&
	    is_letter(number.data[0]))
		size--;
	return str_slice(number, 0,
			 size == number.size - 1 && is_digit(number.data[size]) ? number.size
										: size);
}

/* Two letters and at least six digits, as CN104223352A, US2020/0123456A1, ZL201410201865.4. */
static bool is_document_number(struct str raw)
{
	size_t digits = 0;

	if (raw.size < 8 || !is_letter(raw.data[0]) || !is_letter(raw.data[1]))
		return false;
	for (size_t i = 2; i < raw.size; i++) {
		if (is_digit(raw.data[i]))
			digits++;
		else if (is_letter(raw.data[i]) ? i + 2 < raw.size : !strchr("./-", raw.data[i]))
			return false;
	}
	return digits >= 6;
}

static bool has_digit(struct str raw)
{
	for (size_t i = 0; i < raw.size; i++)
		if (is_digit(raw.data[i]))
			return true;
	return false;
}

static const struct query_field *field_of(const char *code)
{
	return query_field_find(str_of(code));
}

static const struct query_node *number_value(struct parser *parser, const struct query_field *field,
					     const struct value *value)
{
	struct value compact = *value;
	bool is_citation = field->columns[0] == COL_CITES || field->columns[0] == COL_CITED_BY;

	if (!is_comparison_plain(value))
		return fail(parser, "query.comparison", value);
	/* AN is the applicant in one system and the application number in the others. */
	if (field->columns[0] == COL_APPLICATION_NUMBER && !has_digit(value->raw)) {
		parser_warn(parser, "query.an_applicant", value->at, value->raw);
		return parser_value(parser, field_of("PA"), value);
	}
	if (!query_operand_has_wildcard(value->raw)) {
		compact.raw = compact_number(parser, value->raw);
		if (is_citation)
			compact.raw = without_kind(compact.raw);
	}
	return keyword_in(parser, field, field->columns, &compact);
}

/* ---- Words. */

static const struct query_node *words_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct query_operand operand;
	struct query_node *node;

	if (!is_comparison_plain(value))
		return fail(parser, "query.comparison", value);
	if (field->columns[0] == COL_APPLICANT_WORDS && field->exact_columns &&
	    is_document_number(value->raw)) {
		parser_warn(parser, "query.pa_number", value->at, value->raw);
		return number_value(parser, field_of("AN"), value);
	}
	if (value->comparison == COMPARE_EXACT && field->exact_columns) {
		const struct query_node *exact = keyword_in(parser, field, field->exact_columns,
							    value);

		return exact;
	}
	if (!query_operand_read(parser->arena, value->raw, value->at, &operand,
				parser->shared->error))
		return NULL;
	if (operand.ignores_wildcard)
		parser_warn(parser, "query.wildcard_end", value->at, value->raw);
	node = leaf(parser, NODE_WORDS, field, value);
	node->phrases = operand.phrases;
	node->phrase_count = operand.phrase_count;
	return node;
}

/* ---- Classes. */

struct class_columns {
	unsigned full, levels[4]; /* by enum symbol_level; COL_COUNT: a range of the full symbols */
};

static struct class_columns class_columns(unsigned column)
{
	struct class_columns none = { column, { COL_COUNT, COL_COUNT, COL_COUNT, COL_COUNT } };

	if (column == COL_IPC)
		return (struct class_columns){
			column, { COL_IPC_SECTION, COL_IPC_CLASS, COL_IPC_SUBCLASS, COL_IPC_GROUP }
		};
	if (column == COL_CPC)
		return (struct class_columns){
			column, { COL_COUNT, COL_COUNT, COL_CPC_SUBCLASS, COL_CPC_GROUP }
		};
	return none;
}

/* H01M10/00/low is the main group with all below it. */
static void widen_main_group(struct parser *parser, struct symbol *symbol)
{
	size_t slash = str_find(symbol->text, STR("/"));

	if (symbol->level != SYMBOL_SUBGROUP || !symbol->has_below ||
	    !str_equal(str_slice(symbol->text, slash + 1, symbol->text.size), STR("00")))
		return;
	symbol->level = SYMBOL_GROUP;
	symbol->text = str_copy(parser->arena, str_slice(symbol->text, 0, slash));
}

static struct query_match class_match(struct parser *parser, unsigned column,
				      const struct symbol *symbol, bool is_exact)
{
	struct class_columns columns = class_columns(column);
	struct query_match match = { MATCH_EXACT, column, symbol->text, STR_EMPTY };
	bool is_main = str_ends_with(symbol->text, STR("/00"));

	if (symbol->level == SYMBOL_SUBGROUP) {
		match.kind = is_exact || is_main ? MATCH_EXACT : MATCH_PREFIX;
		return match;
	}
	if (is_exact && symbol->level == SYMBOL_GROUP) {
		match.text = str_of(arena_printf(parser->arena, "%.*s/00", STR_ARGS(symbol->text)));
		return match;
	}
	match.column = columns.levels[symbol->level];
	if (match.column != COL_COUNT)
		return match;
	match.column = column;
	match.kind = MATCH_PREFIX;
	if (symbol->level == SYMBOL_GROUP)
		match.text = str_of(arena_printf(parser->arena, "%.*s/", STR_ARGS(symbol->text)));
	return match;
}

static bool read_symbol(struct parser *parser, struct str raw, struct symbol *symbol_out)
{
	if (!symbol_read(parser->arena, query_operand_plain(parser->arena, raw), symbol_out))
		return false;
	widen_main_group(parser, symbol_out);
	return true;
}

static const struct query_node *class_range(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct symbol low, high;
	struct value canonical = *value;

	if (!read_symbol(parser, value->raw, &low) || !read_symbol(parser, value->raw_end, &high))
		return fail_with_hint(parser, "query.class", value, "[H01L31/0203 TO H01L31/042]");
	if (!symbol_is_between(low.text, low.text, high.text))
		return fail(parser, "query.range_order", value);
	canonical.raw = str_of(arena_printf(parser->arena, "[%.*s TO %.*s]", STR_ARGS(low.text),
					    STR_ARGS(high.text)));
	return one_match(
		parser, field, &canonical,
		(struct query_match){ MATCH_CLASSES, field->columns[0], low.text, high.text });
}

static const struct query_node *locarno_value(struct parser *parser,
					      const struct query_field *field,
					      const struct value *value)
{
	struct query_match match = { MATCH_EXACT, COL_LOCARNO, STR_EMPTY, STR_EMPTY };
	struct str raw = value->raw;

	if (str_ends_with(raw, STR("*")))
		raw.size--;
	if (value->is_range || !symbol_read_locarno(parser->arena, raw, &match.text))
		return fail_with_hint(parser, "query.class", value, "06-01");
	if (match.text.size == 2) {
		match.kind = MATCH_PREFIX;
		match.text = str_of(arena_printf(parser->arena, "%.*s-", STR_ARGS(match.text)));
	}
	return one_match(parser, field, value, match);
}

static const struct query_node *class_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct symbol symbol;
	struct value canonical = *value;

	if (!is_comparison_plain(value))
		return fail(parser, "query.comparison", value);
	if (field->columns[0] == COL_LOCARNO)
		return locarno_value(parser, field, value);
	if (value->is_range)
		return class_range(parser, field, value);
	if (query_operand_has_wildcard(value->raw))
		return keyword_in(parser, field, field->columns, value);
	if (!read_symbol(parser, value->raw, &symbol))
		return fail_with_hint(parser, "query.class", value, "H01M10/613");
	canonical.raw = symbol.text;
	return one_match(parser, field, &canonical,
			 class_match(parser, field->columns[0], &symbol,
				     value->comparison == COMPARE_EXACT));
}

/* ---- Dates and counts. */

enum { COUNT_MAX = 1000000000, YEAR_MIN = 1500, YEAR_MAX = 2999 };

static bool is_star(struct str raw)
{
	return str_equal(str_trim(raw), STR("*"));
}

static bool read_bounds(struct parser *parser, const struct query_field *field, struct str raw,
			const struct value *value, int64_t *low, int64_t *high)
{
	date first, last;

	/* One step is left beyond what a comparison may name, so that its bound can be written. */
	int margin = is_comparison_plain(value) ? 1 : 0;

	raw = query_operand_plain(parser->arena, raw);
	if (field->kind == FIELD_COUNT) {
		if (str_to_int64(raw, low) && *low >= -margin && *low <= COUNT_MAX + margin) {
			*high = *low;
			return true;
		}
		fail_with_hint(parser, "query.count", value, "10");
		return false;
	}
	if (!query_read_date(raw, &first, &last) || date_year(first) < YEAR_MIN - margin ||
	    date_year(last) > YEAR_MAX + margin) {
		fail_with_hint(parser, "query.date", value, "2010  2010-12  2010-12-31");
		return false;
	}
	*low = first;
	*high = last;
	return true;
}

static const struct query_node *number_node(struct parser *parser, const struct query_field *field,
					    const struct value *value, int64_t low, int64_t high)
{
	struct query_node *node = leaf(parser, NODE_NUMBER, field, value);

	node->source = STR_EMPTY;
	node->low = low;
	node->high = high;
	return node;
}

static const struct query_node *number_range(struct parser *parser, const struct query_field *field,
					     const struct value *value)
{
	int64_t low = INT64_MIN + 1, high = INT64_MAX, ignored;

	if (is_star(value->raw) && is_star(value->raw_end))
		return leaf(parser, NODE_ANY, field, value);
	if (!is_star(value->raw) && !read_bounds(parser, field, value->raw, value, &low, &ignored))
		return NULL;
	if (!is_star(value->raw_end) &&
	    !read_bounds(parser, field, value->raw_end, value, &ignored, &high))
		return NULL;
	if (low > high)
		return fail(parser, "query.range_order", value);
	return number_node(parser, field, value, low, high);
}

/* 2010-2015, and "20100101 20151231" in quotes. */
static bool split_range(const struct query_field *field, struct value *value)
{
	struct str raw = str_trim(value->raw);
	size_t blank = value->is_quoted ? str_find_byte(raw, ' ') : STR_NOT_FOUND;

	if (value->is_quoted && blank == STR_NOT_FOUND)
		blank = str_find_byte(raw, ',');
	if (field->kind == FIELD_DATE && raw.size == 9 && raw.data[4] == '-')
		blank = 4;
	if (blank == STR_NOT_FOUND)
		return false;
	value->raw = str_slice(raw, 0, blank);
	value->raw_end = str_trim(str_slice(raw, blank + 1, raw.size));
	value->is_range = true;
	return true;
}

static const struct query_node *count_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct value whole = *value;
	int64_t low, high;

	if (value->is_range || (is_comparison_plain(value) && split_range(field, &whole)))
		return number_range(parser, field, &whole);
	if (!read_bounds(parser, field, value->raw, value, &low, &high))
		return NULL;
	switch (value->comparison) {
	case COMPARE_LESS:
		return number_node(parser, field, value, INT64_MIN + 1, low - 1);
	case COMPARE_LESS_EQUAL:
		return number_node(parser, field, value, INT64_MIN + 1, high);
	case COMPARE_GREATER:
		return number_node(parser, field, value, high + 1, INT64_MAX);
	case COMPARE_GREATER_EQUAL:
		return number_node(parser, field, value, low, INT64_MAX);
	case COMPARE_COLON:
	case COMPARE_EQUAL:
	case COMPARE_EXACT:
	case COMPARE_NOT_EQUAL:
	default:
		return number_node(parser, field, value, low, high);
	}
}

const struct query_node *parser_value(struct parser *parser, const struct query_field *field,
				      const struct value *value)
{
	if (is_star(value->raw) && !value->is_range && is_comparison_plain(value))
		return leaf(parser, NODE_ANY, field, value);
	switch (field->kind) {
	case FIELD_WORDS:
		return words_value(parser, field, value);
	case FIELD_EXACT:
		return exact_value(parser, field, value);
	case FIELD_CLASS:
		return class_value(parser, field, value);
	case FIELD_DATE:
	case FIELD_COUNT:
		return count_value(parser, field, value);
	case FIELD_NUMBER_ID:
		return number_value(parser, field, value);
	case FIELD_FLAG:
	default:
		return flag_value(parser, field, value);
	}
}

/* H01M10/613 with its slash is nothing but a class. */
static bool is_full_symbol(struct parser *parser, struct str raw)
{
	struct symbol symbol;

	return str_find(raw, STR("/")) != STR_NOT_FOUND &&
	       symbol_read(parser->arena, raw, &symbol) && symbol.level == SYMBOL_SUBGROUP;
}

const struct query_node *parser_free_value(struct parser *parser, const struct value *value)
{
	if (!value->is_quoted && is_document_number(value->raw))
		return number_value(parser, field_of("NO"), value);
	if (!value->is_quoted && is_full_symbol(parser, value->raw))
		return class_value(parser, field_of("IPC"), value);
	return words_value(parser, field_of("TAC"), value);
}
