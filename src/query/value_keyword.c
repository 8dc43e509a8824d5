#include "query/operand.h"
#include "query/value_internal.h"

#include "patent/event.h"
#include "patent/region.h"
#include "text/token.h"

#include <string.h>

const struct query_node *value_fail(struct parser *parser, const char *key,
				    const struct value *value)
{
	return parser_fail(parser, key, value->at, value->end);
}

const struct query_node *value_fail_with_hint(struct parser *parser, const char *key,
					      const struct value *value, const char *hint)
{
	value_fail(parser, key, value);
	error_hint(parser->shared->error, "%s", hint);
	return NULL;
}

struct query_node *value_leaf(struct parser *parser, enum query_node_kind kind,
			      const struct query_field *field, const struct value *value)
{
	struct query_node *node = parser_node(parser, kind, value->at);

	node->field = field;
	node->source = value->raw;
	return node;
}

bool value_is_plain(const struct value *value)
{
	return value->comparison == COMPARE_EQUAL || value->comparison == COMPARE_COLON ||
	       value->comparison == COMPARE_EXACT;
}

/* ---- Keywords. */

struct str value_in_form(struct parser *parser, unsigned column, struct str text)
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

size_t value_columns(const unsigned char *columns)
{
	size_t count = 0;

	while (columns[count] != COL_COUNT)
		count++;
	return count;
}

const struct query_node *value_keyword(struct parser *parser, const struct query_field *field,
				       const unsigned char *columns, const struct value *value)
{
	struct query_node *node = value_leaf(parser, NODE_KEYWORD, field, value);
	size_t count = value_columns(columns);
	struct query_match *matches = arena_array(parser->arena, struct query_match, count);
	struct str text;
	enum match_kind kind = query_operand_match(parser->arena, value->raw, &text);

	for (size_t i = 0; i < count; i++)
		matches[i] = (struct query_match){
			kind, columns[i], value_in_form(parser, columns[i], str_trim(text)),
			STR_EMPTY
		};
	if (matches[0].text.size == 0)
		return value_fail(parser, "query.value_missing", value);
	if (kind == MATCH_PATTERN && query_pattern_prefix(matches[0].text).size == 0)
		return value_fail(parser, "query.wildcard_front", value);
	node->matches = matches;
	node->match_count = count;
	return node;
}

const struct query_node *value_match(struct parser *parser, const struct query_field *field,
				     const struct value *value, struct query_match match)
{
	struct query_node *node = value_leaf(parser, NODE_KEYWORD, field, value);
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
		canonical.raw = match.text = value_in_form(parser, match.column, text);
	} else {
		return value_fail_with_hint(parser, "query.unknown_value", value,
					    nearest_choice(field->choices, text));
	}
	return value_match(parser, field, &canonical, match);
}

/* KD=A is every A, A1, A2; KD==A only A. */
static const struct query_node *kind_value(struct parser *parser, const struct query_field *field,
					   const struct value *value)
{
	struct query_match match = { MATCH_PREFIX, COL_KIND,
				     value_in_form(parser, COL_KIND, str_trim(value->raw)),
				     STR_EMPTY };

	if (value->comparison == COMPARE_EXACT || value->raw.size != 1)
		return NULL;
	return value_match(parser, field, value, match);
}

/* Any of the keywords that mean yes. */
static const struct query_node *flag_node(struct parser *parser, const struct query_field *field,
					  const struct query_field *flag, const struct value *value)
{
	struct query_node *node = value_leaf(parser, NODE_KEYWORD, field, value);
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
		return value_match(
			parser, field, &canonical,
			(struct query_match){ MATCH_EXACT, COL_EVENT, canonical.raw, STR_EMPTY });
	}
	if (!flag || flag->kind != FIELD_FLAG)
		return value_fail_with_hint(parser, "query.unknown_value", value,
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
	return value_keyword(parser, field, field->columns, &canonical);
}

const struct query_node *value_exact(struct parser *parser, const struct query_field *field,
				     const struct value *value)
{
	const struct query_node *node;

	if (!value_is_plain(value))
		return value_fail(parser, "query.comparison", value);
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
	return value_keyword(parser, field, field->columns, value);
}

const struct query_node *value_flag(struct parser *parser, const struct query_field *field,
				    const struct value *value)
{
	struct str text = query_operand_plain(parser->arena, value->raw);
	const struct query_choice *choice = query_choice_find(field->choices, text);
	struct value canonical = *value;
	const struct query_node *node;

	if (!value_is_plain(value))
		return value_fail(parser, "query.comparison", value);
	if (!choice)
		return value_fail_with_hint(parser, "query.unknown_value", value, "1 0");
	canonical.raw = STR("yes");
	node = flag_node(parser, field, field, &canonical);
	return strcmp(choice->code, "yes") == 0 ? node : parser_not(parser, node, value->at);
}
