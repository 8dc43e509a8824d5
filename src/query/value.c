#include "query/operand.h"
#include "query/symbol.h"
#include "query/value_internal.h"

#include "patent/number.h"

#include <string.h>

/* What stands behind "FIELD=", by the kind of the field. */

/* ---- Words. */

static const struct query_node *words_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct query_operand operand;
	struct query_node *node;

	if (!value_is_plain(value))
		return value_fail(parser, "query.comparison", value);
	if (field->columns[0] == COL_APPLICANT_WORDS && field->exact_columns &&
	    value_is_document_number(value->raw)) {
		parser_warn(parser, "query.pa_number", value->at, value->raw);
		return value_number(parser, value_field("AN"), value);
	}
	if (value->comparison == COMPARE_EXACT && field->exact_columns) {
		const struct query_node *exact = value_keyword(parser, field, field->exact_columns,
							       value);

		return exact;
	}
	if (!query_operand_read(parser->arena, value->raw, value->at, &operand,
				parser->shared->error))
		return NULL;
	if (operand.ignores_wildcard)
		parser_warn(parser, "query.wildcard_end", value->at, value->raw);
	node = value_leaf(parser, NODE_WORDS, field, value);
	node->phrases = operand.phrases;
	node->phrase_count = operand.phrase_count;
	return node;
}

/* ---- Classes. */

/* The keyword column of each level; COL_COUNT: a range of the full symbols. */
struct class_columns {
	unsigned column;
	enum class_scheme scheme;
	unsigned levels[CLASS_LEVEL_SUBGROUP];
};

static const struct class_columns *columns_of(unsigned column)
{
	static const struct class_columns rows[] = {
		{ COL_IPC,
		  CLASS_IPC,
		  { COL_COUNT, COL_IPC_SECTION, COL_IPC_CLASS, COL_IPC_SUBCLASS, COL_IPC_GROUP } },
		{ COL_CPC,
		  CLASS_CPC,
		  { COL_COUNT, COL_COUNT, COL_COUNT, COL_CPC_SUBCLASS, COL_CPC_GROUP } },
		{ COL_LOCARNO,
		  CLASS_LOC,
		  { COL_COUNT, COL_COUNT, COL_COUNT, COL_LOCARNO, COL_COUNT } },
		{ COL_IPC_MAIN,
		  CLASS_IPC,
		  { COL_COUNT, COL_COUNT, COL_COUNT, COL_COUNT, COL_COUNT } },
	};
	size_t i = 0;

	while (rows[i].column != column && rows[i].column != COL_IPC_MAIN)
		i++;
	return &rows[i];
}

/* H01M10/00/low is the main group with all below it. */
static bool read_symbol(struct parser *parser, unsigned column, struct str raw,
			struct class_symbol *symbol_out)
{
	struct symbol symbol;
	struct str text;

	if (!symbol_read(query_operand_plain(parser->arena, raw), columns_of(column)->scheme,
			 &symbol))
		return false;
	*symbol_out = symbol.symbol;
	text = str_of(symbol_out->text);
	if (symbol.has_below && str_ends_with(text, STR("/00"))) {
		symbol_out->level = CLASS_LEVEL_MAIN_GROUP;
		symbol_out->text[text.size - 3] = '\0';
	}
	return true;
}

static struct query_match class_match(struct parser *parser, unsigned column,
				      const struct class_symbol *symbol, bool is_exact)
{
	struct str text = str_copy(parser->arena, str_of(symbol->text));
	struct query_match match = { MATCH_EXACT, column, text, STR_EMPTY };

	if (symbol->level == CLASS_LEVEL_SUBGROUP) {
		if (!is_exact && !str_ends_with(text, STR("/00")))
			match.kind = MATCH_PREFIX;
		return match;
	}
	if (is_exact && symbol->level == CLASS_LEVEL_MAIN_GROUP) {
		match.text = str_of(arena_printf(parser->arena, "%s/00", symbol->text));
		return match;
	}
	match.column = columns_of(column)->levels[symbol->level];
	if (match.column != COL_COUNT)
		return match;
	match.column = column;
	match.kind = MATCH_PREFIX;
	if (symbol->level == CLASS_LEVEL_MAIN_GROUP)
		match.text = str_of(arena_printf(parser->arena, "%s/", symbol->text));
	else if (column == COL_LOCARNO)
		match.text = str_of(arena_printf(parser->arena, "%s-", symbol->text));
	return match;
}

static const struct query_node *class_range(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct class_symbol low, high;
	struct query_match match = { .kind = MATCH_CLASSES, .column = field->columns[0] };
	struct value canonical = *value;

	if (field->columns[0] == COL_LOCARNO ||
	    !read_symbol(parser, match.column, value->raw, &low) ||
	    !read_symbol(parser, match.column, value->raw_end, &high))
		return value_fail_with_hint(parser, "query.class", value,
					    "[H01L31/0203 TO H01L31/042]");
	match.text = str_copy(parser->arena, str_of(low.text));
	match.end = str_copy(parser->arena, str_of(high.text));
	if (!symbol_is_between(match.text, match.text, match.end))
		return value_fail(parser, "query.range_order", value);
	canonical.raw = str_of(arena_printf(parser->arena, "[%s TO %s]", low.text, high.text));
	return value_match(parser, field, &canonical, match);
}

static const struct query_node *class_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct class_symbol symbol;
	struct value canonical = *value;

	if (!value_is_plain(value))
		return value_fail(parser, "query.comparison", value);
	if (value->is_range)
		return class_range(parser, field, value);
	if (query_operand_has_wildcard(value->raw))
		return value_keyword(parser, field, field->columns, value);
	if (!read_symbol(parser, field->columns[0], value->raw, &symbol))
		return value_fail_with_hint(parser, "query.class", value,
					    field->columns[0] == COL_LOCARNO ? "06-01"
									     : "H01M10/613");
	canonical.raw = str_copy(parser->arena, str_of(symbol.text));
	return value_match(parser, field, &canonical,
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
	int margin = value_is_plain(value) ? 1 : 0;

	raw = query_operand_plain(parser->arena, raw);
	if (field->kind == FIELD_COUNT) {
		if (str_to_int64(raw, low) && *low >= -margin && *low <= COUNT_MAX + margin) {
			*high = *low;
			return true;
		}
		value_fail_with_hint(parser, "query.count", value, "10");
		return false;
	}
	if (!query_read_date(raw, &first, &last) || date_year(first) < YEAR_MIN - margin ||
	    date_year(last) > YEAR_MAX + margin) {
		value_fail_with_hint(parser, "query.date", value, "2010  2010-12  2010-12-31");
		return false;
	}
	*low = first;
	*high = last;
	return true;
}

static const struct query_node *range_node(struct parser *parser, const struct query_field *field,
					   const struct value *value, int64_t low, int64_t high)
{
	struct query_node *node = value_leaf(parser, NODE_NUMBER, field, value);

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
		return value_leaf(parser, NODE_ANY, field, value);
	if (!is_star(value->raw) && !read_bounds(parser, field, value->raw, value, &low, &ignored))
		return NULL;
	if (!is_star(value->raw_end) &&
	    !read_bounds(parser, field, value->raw_end, value, &ignored, &high))
		return NULL;
	if (low > high)
		return value_fail(parser, "query.range_order", value);
	return range_node(parser, field, value, low, high);
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

	if (value->is_range || (value_is_plain(value) && split_range(field, &whole)))
		return number_range(parser, field, &whole);
	if (!read_bounds(parser, field, value->raw, value, &low, &high))
		return NULL;
	switch (value->comparison) {
	case COMPARE_LESS:
		return range_node(parser, field, value, INT64_MIN + 1, low - 1);
	case COMPARE_LESS_EQUAL:
		return range_node(parser, field, value, INT64_MIN + 1, high);
	case COMPARE_GREATER:
		return range_node(parser, field, value, high + 1, INT64_MAX);
	case COMPARE_GREATER_EQUAL:
		return range_node(parser, field, value, low, INT64_MAX);
	case COMPARE_COLON:
	case COMPARE_EQUAL:
	case COMPARE_EXACT:
	case COMPARE_NOT_EQUAL:
	default:
		return range_node(parser, field, value, low, high);
	}
}

const struct query_node *parser_value(struct parser *parser, const struct query_field *field,
				      const struct value *value)
{
	if (is_star(value->raw) && !value->is_range && value_is_plain(value))
		return value_leaf(parser, NODE_ANY, field, value);
	switch (field->kind) {
	case FIELD_WORDS:
		return words_value(parser, field, value);
	case FIELD_EXACT:
		return value_exact(parser, field, value);
	case FIELD_CLASS:
		return class_value(parser, field, value);
	case FIELD_DATE:
	case FIELD_COUNT:
		return count_value(parser, field, value);
	case FIELD_NUMBER_ID:
		return value_number(parser, field, value);
	case FIELD_FLAG:
	default:
		return value_flag(parser, field, value);
	}
}

/* H01M10/613 with its slash is nothing but a class. */
static bool is_full_symbol(struct str raw)
{
	struct class_symbol symbol;

	return str_find(raw, STR("/")) != STR_NOT_FOUND && class_parse(raw, CLASS_IPC, &symbol) &&
	       symbol.level == CLASS_LEVEL_SUBGROUP;
}

const struct query_node *parser_free_value(struct parser *parser, const struct value *value)
{
	if (!value->is_quoted && value_is_document_number(value->raw))
		return value_number(parser, value_field("NO"), value);
	if (!value->is_quoted && is_full_symbol(value->raw))
		return class_value(parser, value_field("IPC"), value);
	return words_value(parser, value_field("TAC"), value);
}
