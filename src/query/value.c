#include "query/operand.h"
#include "query/parser_internal.h"
#include "query/symbol.h"

#include "patent/event.h"
#include "patent/number.h"
#include "patent/region.h"
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

/* Any of the keywords that mean yes. */
static const struct query_node *flag_node(struct parser *parser, const struct query_field *field,
					  const struct query_field *flag, const struct value *value)
{
	struct query_node *node = leaf(parser, NODE_KEYWORD, field, value);
	struct query_match *matches;
	size_t count = 0;

	while (flag->flags[count])
		count++;
	matches = arena_array(parser->arena, struct query_match, count);
	for (size_t i = 0; i < count; i++)
		matches[i] = (struct query_match){ MATCH_EXACT, flag->columns[0],
						   str_of(flag->flags[i]), STR_EMPTY };
	node->matches = matches;
	node->match_count = count;
	return node;
}

static const char *find_event(struct str name)
{
	for (size_t kind = 0; kind < EVENT_KIND_COUNT; kind++)
		if (str_equal_nocase(name, str_of(event_infos[kind].name)) ||
		    str_equal_cstr(name, event_infos[kind].label.zh) ||
		    str_equal_nocase(name, str_of(event_infos[kind].label.en)))
			return event_infos[kind].name;
	return NULL;
}

/* One kind of event by its name, or what a field such as LICENSED gathers: EVENT=许可. */
static const struct query_node *event_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct str text = query_operand_plain(parser->arena, value->raw);
	const char *event = find_event(text);
	const struct query_field *flag = query_field_find(text);
	struct value canonical = *value;

	if (event) {
		canonical.raw = str_of(event);
		return one_match(
			parser, field, &canonical,
			(struct query_match){ MATCH_EXACT, COL_EVENT, canonical.raw, STR_EMPTY });
	}
	if (!flag || flag->kind != FIELD_FLAG)
		return fail_with_hint(parser, "query.unknown_value", value,
				      "transfer licence pledge litigation");
	canonical.raw = str_of(flag->code);
	return flag_node(parser, field, flag, &canonical);
}

/* 四川省成都市 and 四川 are one province: kept by its short name. */
static const struct query_node *place_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct region_answer answer = region_of(query_operand_plain(parser->arena, value->raw));
	const struct region *region = field->columns[0] == COL_PROVINCE ? answer.province
									: answer.city;
	struct value canonical = *value;

	if (region)
		canonical.raw = str_of(region->brief);
	return keyword_in(parser, field, field->columns, &canonical);
}

static const struct query_node *exact_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	const struct query_node *node;

	if (!is_comparison_plain(value))
		return fail(parser, "query.comparison", value);
	if (field->choices)
		return choice_value(parser, field, value);
	if (field->columns[0] == COL_EVENT)
		return event_value(parser, field, value);
	if (field->columns[0] == COL_PROVINCE || field->columns[0] == COL_CITY)
		return place_value(parser, field, value);
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
	node = flag_node(parser, field, field, &canonical);
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
	struct query_node *node = leaf(parser, NODE_KEYWORD, field, value);
	struct str forms[NUMBER_LOOKUP_MAX + 1];
	size_t form_count = number_forms(parser, field, value->raw, forms);
	size_t columns = count_columns(field->columns), count = 0;
	struct query_match *matches = arena_array(parser->arena, struct query_match,
						  columns * form_count + 1);

	if (forms[0].size == 0)
		return fail(parser, "query.value_missing", value);
	for (size_t i = 0; i < columns; i++)
		for (size_t k = 0; k < form_count; k++) {
			struct query_match match = { MATCH_EXACT, field->columns[i],
						     in_form(parser, field->columns[i], forms[k]),
						     STR_EMPTY };

			if (!has_match(matches, count, &match))
				matches[count++] = match;
		}
	if (field->columns[0] == COL_FAMILY)
		add_family_pattern(parser, forms[0], &matches[count++]);
	node->matches = matches;
	node->match_count = count;
	return node;
}

static const struct query_node *number_value(struct parser *parser, const struct query_field *field,
					     const struct value *value)
{
	if (!is_comparison_plain(value))
		return fail(parser, "query.comparison", value);
	/* AN is the applicant in one system and the application number in the others. */
	if (field->columns[0] == COL_APPLICATION_NUMBER && !has_digit(value->raw)) {
		parser_warn(parser, "query.an_applicant", value->at, value->raw);
		return parser_value(parser, field_of("PA"), value);
	}
	if (query_operand_has_wildcard(value->raw))
		return keyword_in(parser, field, field->columns, value);
	return number_node(parser, field, value);
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
		return fail_with_hint(parser, "query.class", value, "[H01L31/0203 TO H01L31/042]");
	match.text = str_copy(parser->arena, str_of(low.text));
	match.end = str_copy(parser->arena, str_of(high.text));
	if (!symbol_is_between(match.text, match.text, match.end))
		return fail(parser, "query.range_order", value);
	canonical.raw = str_of(arena_printf(parser->arena, "[%s TO %s]", low.text, high.text));
	return one_match(parser, field, &canonical, match);
}

static const struct query_node *class_value(struct parser *parser, const struct query_field *field,
					    const struct value *value)
{
	struct class_symbol symbol;
	struct value canonical = *value;

	if (!is_comparison_plain(value))
		return fail(parser, "query.comparison", value);
	if (value->is_range)
		return class_range(parser, field, value);
	if (query_operand_has_wildcard(value->raw))
		return keyword_in(parser, field, field->columns, value);
	if (!read_symbol(parser, field->columns[0], value->raw, &symbol))
		return fail_with_hint(parser, "query.class", value,
				      field->columns[0] == COL_LOCARNO ? "06-01" : "H01M10/613");
	canonical.raw = str_copy(parser->arena, str_of(symbol.text));
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

static const struct query_node *range_node(struct parser *parser, const struct query_field *field,
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

	if (value->is_range || (is_comparison_plain(value) && split_range(field, &whole)))
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
static bool is_full_symbol(struct str raw)
{
	struct class_symbol symbol;

	return str_find(raw, STR("/")) != STR_NOT_FOUND && class_parse(raw, CLASS_IPC, &symbol) &&
	       symbol.level == CLASS_LEVEL_SUBGROUP;
}

const struct query_node *parser_free_value(struct parser *parser, const struct value *value)
{
	if (!value->is_quoted && is_document_number(value->raw))
		return number_value(parser, field_of("NO"), value);
	if (!value->is_quoted && is_full_symbol(value->raw))
		return class_value(parser, field_of("IPC"), value);
	return words_value(parser, field_of("TAC"), value);
}
