/* Filters and sorts as they stand in an address. */
#include "record/list.h"
#include "base/utf8.h"
#include "record/record_internal.h"

#define BIT(operator) (1u << (operator))
#define SAME          (BIT(FILTER_EQUAL) | BIT(FILTER_NOT_EQUAL))
#define ORDERED                                                                                    \
	(SAME | BIT(FILTER_LESS) | BIT(FILTER_LESS_EQUAL) | BIT(FILTER_GREATER) |                  \
	 BIT(FILTER_GREATER_EQUAL))
#define PRESENCE (BIT(FILTER_EMPTY) | BIT(FILTER_NOT_EMPTY))

static const char *const operator_names[FILTER_OPERATOR_COUNT] = {
	[FILTER_EQUAL] = "=",     [FILTER_NOT_EQUAL] = "!=",
	[FILTER_LESS] = "<",      [FILTER_LESS_EQUAL] = "<=",
	[FILTER_GREATER] = ">",   [FILTER_GREATER_EQUAL] = ">=",
	[FILTER_IN] = "in",       [FILTER_CONTAINS] = "contains",
	[FILTER_EMPTY] = "empty", [FILTER_NOT_EMPTY] = "not_empty",
};

static const unsigned kind_operators[FIELD_KIND_COUNT] = {
	[FIELD_TEXT] = ORDERED | BIT(FILTER_IN) | BIT(FILTER_CONTAINS) | PRESENCE,
	[FIELD_LONG_TEXT] = BIT(FILTER_CONTAINS) | PRESENCE,
	[FIELD_INTEGER] = ORDERED | BIT(FILTER_IN) | PRESENCE,
	[FIELD_DECIMAL] = ORDERED | PRESENCE,
	[FIELD_MONEY] = ORDERED | PRESENCE,
	[FIELD_DATE] = ORDERED | PRESENCE,
	[FIELD_BOOL] = SAME | PRESENCE,
	[FIELD_CHOICE] = SAME | BIT(FILTER_IN) | PRESENCE,
	[FIELD_CHOICES] = SAME | BIT(FILTER_IN) | BIT(FILTER_CONTAINS) | PRESENCE,
	[FIELD_REF] = SAME | BIT(FILTER_IN) | PRESENCE,
	[FIELD_REFS] = SAME | BIT(FILTER_IN) | BIT(FILTER_CONTAINS) | PRESENCE,
	[FIELD_FILE] = PRESENCE,
	[FIELD_PUBLICATION] = SAME | BIT(FILTER_IN) | BIT(FILTER_CONTAINS) | PRESENCE,
	[FIELD_REGION] = SAME | BIT(FILTER_IN) | BIT(FILTER_CONTAINS) | PRESENCE,
	[FIELD_ORGANISATION] = SAME | BIT(FILTER_IN) | PRESENCE,
	[FIELD_USER] = SAME | BIT(FILTER_IN) | PRESENCE,
};

struct filter_parse {
	struct record_store *store;
	const struct record_type *type;
	struct record_filter *filter;
	struct field field; /* the type's, or one made for a column every type has */
	int64_t number;     /* of the filter, from 1 */
	struct error *error;
};

static size_t find_field(const struct record_type *type, struct str name)
{
	for (size_t field = RECORD_FIELD_ID; field < RECORD_FIELD_END; field++)
		if (str_equal_cstr(name, base_field_name(field)))
			return field;
	return record_field_find(type, name);
}

static bool is_instant(size_t field)
{
	return field == RECORD_FIELD_CREATED_AT || field == RECORD_FIELD_UPDATED_AT;
}

static struct field describe_field(const struct record_type *type, size_t at)
{
	static const enum field_kind kinds[] = { FIELD_INTEGER, FIELD_CHOICE,  FIELD_ORGANISATION,
						 FIELD_USER,    FIELD_INTEGER, FIELD_INTEGER };

	if (!base_field_name(at))
		return type->fields[at];
	return (struct field){ .name = base_field_name(at),
			       .kind = kinds[at - RECORD_FIELD_ID],
			       .choices = at == RECORD_FIELD_STATE ? type->states : NULL };
}

/* What is quoted to the person must be text. */
static struct str quotable(struct str text)
{
	return utf8_is_valid(text) ? str_slice(text, 0, utf8_offset(text, 40)) : STR_EMPTY;
}

static bool refuse(struct filter_parse *parse, const char *key, struct str detail)
{
	return error_set_at(parse->error, ERROR_INVALID, key, parse->number, "%.*s",
			    STR_ARGS(quotable(detail)));
}

/* A day stands for its first millisecond in China; "after" and "up to" for its last. */
static bool parse_instant(struct filter_parse *parse, struct str text, struct value *value)
{
	enum { DAY_MS = 86400000, CHINA_MS = 8 * 3600000 };
	enum filter_operator operator= parse->filter->operator;
	date day;

	if (str_to_int64(text, &value->integer))
		return true;
	if (!date_parse(text, &day))
		return refuse(parse, "record.not_date", text);
	value->integer = (int64_t)day * DAY_MS - CHINA_MS;
	if (operator== FILTER_GREATER || operator== FILTER_LESS_EQUAL)
		value->integer += DAY_MS - 1;
	return true;
}

/* Several choices or references are stored as ",a,b,": one of them is looked for as ",a,". */
static void as_item(struct arena *arena, const struct field *field, struct value *value)
{
	if (field->kind == FIELD_CHOICES)
		value->text = arena_printf(arena, ",%s,", value->text);
	if (field->kind == FIELD_REFS)
		value->text = arena_printf(arena, ",%lld,", (long long)value->integer);
}

static bool parse_one(struct filter_parse *parse, struct str text, struct value *value)
{
	static const enum field_kind single[FIELD_KIND_COUNT] = {
		[FIELD_CHOICES] = FIELD_CHOICE,
		[FIELD_REFS] = FIELD_REF,
	};
	struct field_errors errors = { .count = 0 };
	struct field field = parse->field;

	text = str_trim(text);
	*value = (struct value){ .is_null = false };
	if (!text.size)
		return refuse(parse, "record.filter_value", str_of(field.name));
	if (is_instant(parse->filter->field))
		return parse_instant(parse, text, value);
	if (parse->filter->operator== FILTER_CONTAINS && !single[field.kind]) {
		if (!utf8_is_valid(text) || memchr(text.data, 0, text.size))
			return refuse(parse, "record.not_text", STR_EMPTY);
		value->text = str_to_cstr(parse->store->arena, text);
		return true;
	}
	if (single[field.kind])
		field.kind = single[field.kind];
	if (!record_parse_value(parse->store, &field, text, value, &errors))
		return refuse(parse, errors.items[0].key, str_of(errors.items[0].detail));
	as_item(parse->store->arena, &parse->field, value);
	return true;
}

static bool parse_values(struct filter_parse *parse, struct str text)
{
	struct value *values = arena_array(parse->store->arena, struct value, FILTER_VALUES_MAX);
	struct record_filter *filter = parse->filter;
	struct str part;

	filter->values = values;
	if (filter->operator!= FILTER_IN) {
		filter->value_count = 1;
		return parse_one(parse, text, &values[0]);
	}
	while (str_split(&text, STR(","), &part)) {
		if (filter->value_count == FILTER_VALUES_MAX)
			return refuse(parse, "record.filter_values", str_of(parse->field.name));
		if (!parse_one(parse, part, &values[filter->value_count++]))
			return false;
	}
	return filter->value_count ||
	       refuse(parse, "record.filter_value", str_of(parse->field.name));
}

static bool find_operator(struct str name, enum filter_operator *operator_out)
{
	for (int i = 0; i < FILTER_OPERATOR_COUNT; i++)
		if (str_equal_cstr(name, operator_names[i])) {
			*operator_out = (enum filter_operator)i;
			return true;
		}
	return false;
}

static bool parse_filter(struct filter_parse *parse, struct str text)
{
	struct record_filter *filter = parse->filter;
	struct str whole = text, name, operator;

	if (!str_split(&text, STR(":"), &name) || !str_split(&text, STR(":"), &operator))
		return refuse(parse, "record.filter_form", whole);
	filter->field = find_field(parse->type, str_trim(name));
	if (filter->field == SIZE_MAX)
		return refuse(parse, "record.no_field", name);
	parse->field = describe_field(parse->type, filter->field);
	if (!find_operator(str_trim(operator), &filter->operator) ||
	    (parse->field.flags & FIELD_SENSITIVE) ||
	    !(kind_operators[parse->field.kind] & BIT(filter->operator)))
		return refuse(parse, "record.filter_operator", whole);
	if (filter->operator== FILTER_EMPTY || filter->operator== FILTER_NOT_EMPTY)
		return true;
	return parse_values(parse, text);
}

/* The next filter; "\;" is a semicolon of its value. */
static bool split_filter(struct arena *arena, struct str *rest, struct str *part_out)
{
	char *part = arena_alloc(arena, rest->size + 1);
	size_t at = 0, size = 0;

	if (!rest->size)
		return false;
	for (; at < rest->size && rest->data[at] != ';'; at++) {
		if (rest->data[at] == '\\' && at + 1 < rest->size && rest->data[at + 1] == ';')
			at++;
		part[size++] = rest->data[at];
	}
	*part_out = str_trim((struct str){ part, size });
	*rest = str_slice(*rest, at + 1, rest->size);
	return true;
}

bool record_parse_filters(struct record_store *store, const struct record_type *type,
			  struct str text, struct record_filter **filters_out, size_t *count_out,
			  struct error *error)
{
	struct record_filter *filters = arena_array(store->arena, struct record_filter,
						    FILTERS_MAX);
	struct filter_parse parse = { .store = store, .type = type, .error = error };
	struct str part;
	size_t count = 0;

	while (split_filter(store->arena, &text, &part)) {
		if (!part.size)
			continue;
		parse.number = (int64_t)count + 1;
		if (count == FILTERS_MAX)
			return refuse(&parse, "record.filters", STR_EMPTY);
		parse.filter = &filters[count++];
		if (!parse_filter(&parse, part))
			return false;
	}
	*filters_out = filters;
	*count_out = count;
	return true;
}

bool record_parse_sort(const struct record_type *type, struct str text, size_t *field_out,
		       bool *descending_out, struct error *error)
{
	struct field field;
	struct str name;

	text = str_trim(text);
	if (!text.size)
		text = str_of(type->list_sort ? type->list_sort : "-updated_at");
	*descending_out = text.data[0] == '-';
	name = str_slice(text, *descending_out, text.size);
	*field_out = find_field(type, name);
	if (*field_out == SIZE_MAX)
		return error_set(error, ERROR_INVALID, "record.no_sort", "%.*s",
				 STR_ARGS(quotable(name)));
	field = describe_field(type, *field_out);
	if ((field.flags & FIELD_SENSITIVE) || field.kind == FIELD_LONG_TEXT ||
	    field.kind == FIELD_CHOICES || field.kind == FIELD_REFS || field.kind == FIELD_FILE)
		return error_set(error, ERROR_INVALID, "record.no_sort", "%s", field.name);
	return true;
}
