#include "query/operand.h"
#include "query/value_internal.h"

#include "patent/number.h"
#include "text/token.h"

#include <string.h>

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

/* Two letters and at least six digits, as CN104223352A, US2020/0123456A1, ZL201410201865.4. */
bool value_is_document_number(struct str raw)
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

const struct query_field *value_field(const char *code)
{
	return query_field_find(str_of(code));
}

/* The forms a number may be stored under: as written without separators, and the normal ones. */
static size_t number_forms(struct parser *parser, const struct query_field *field, struct str raw,
			   struct str forms_out[NUMBER_LOOKUP_MAX + 1])
{
	const struct str *normal;
	size_t count = number_lookup_forms(parser->arena, query_operand_plain(parser->arena, raw),
					   &normal);
	/* These columns hold no kinds: CN104223352A is looked for as CN104223352. */
	bool has_no_kind = field->columns[0] == COL_CITES || field->columns[0] == COL_CITED_BY ||
			   field->columns[0] == COL_FAMILY;

	forms_out[0] = compact_number(parser, raw);
	for (size_t i = 0; i < count; i++)
		forms_out[i + 1] = normal[i];
	for (size_t i = 0; has_no_kind && i <= count; i++)
		forms_out[i] = number_without_kind(forms_out[i]);
	return count + 1;
}

static bool has_match(const struct query_match *matches, size_t count,
		      const struct query_match *wanted)
{
	for (size_t i = 0; i < count; i++)
		if (matches[i].column == wanted->column && str_equal(matches[i].text, wanted->text))
			return true;
	return false;
}

/* A source's own family number is kept behind the number of the source: 3:12345. */
static void add_family_pattern(struct parser *parser, struct str form, struct query_match *match)
{
	*match = (struct query_match){ MATCH_PATTERN, COL_FAMILY,
				       str_of(arena_printf(
					       parser->arena, "*:%.*s",
					       STR_ARGS(text_folded(parser->arena, form)))),
				       STR_EMPTY };
}

static const struct query_node *number_node(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct query_node *node = value_leaf(parser, NODE_KEYWORD, field, value);
	struct str forms[NUMBER_LOOKUP_MAX + 1];
	size_t form_count = number_forms(parser, field, value->raw, forms);
	size_t columns = value_columns(field->columns), count = 0;
	struct query_match *matches = arena_array(parser->arena, struct query_match,
						  columns * form_count + 1);

	if (forms[0].size == 0)
		return value_fail(parser, "query.value_missing", value);
	for (size_t i = 0; i < columns; i++)
		for (size_t k = 0; k < form_count; k++) {
			struct query_match match = {
				MATCH_EXACT, field->columns[i],
				value_in_form(parser, field->columns[i], forms[k]), STR_EMPTY
			};

			if (!has_match(matches, count, &match))
				matches[count++] = match;
		}
	if (field->columns[0] == COL_FAMILY)
		add_family_pattern(parser, forms[0], &matches[count++]);
	node->matches = matches;
	node->match_count = count;
	return node;
}

const struct query_node *value_number(struct parser *parser, const struct query_field *field,
				      const struct value *value)
{
	if (!value_is_plain(value))
		return value_fail(parser, "query.comparison", value);
	/* AN is the applicant in one system and the application number in the others. */
	if (field->columns[0] == COL_APPLICATION_NUMBER && !has_digit(value->raw)) {
		parser_warn(parser, "query.an_applicant", value->at, value->raw);
		return parser_value(parser, value_field("PA"), value);
	}
	if (query_operand_has_wildcard(value->raw))
		return value_keyword(parser, field, field->columns, value);
	return number_node(parser, field, value);
}
