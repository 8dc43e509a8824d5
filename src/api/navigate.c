/* What the navigator asks while somebody types and narrows down: fields, values, a check, facets. */
#include "analyse/count.h"
#include "api/api_internal.h"
#include "api/routes.h"
#include "text/token.h"

#include <stdlib.h>

enum { FACETS_MAX = 16, FACET_TOP = 10, FACET_TOP_MAX = 1000, VALUES = 20, VALUES_MAX = 100 };
enum { TERMS_READ_MAX = 20000 }; /* of a dictionary, for one completion */

static void begin_list(struct call *call, const char *key)
{
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, key);
	jsonout_array_begin(&call->json);
}

static void end_list(struct call *call)
{
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
}

/* ---- Fields of the search language. */

static const char *const kind_names[] = {
	[FIELD_WORDS] = "words", [FIELD_EXACT] = "value", [FIELD_CLASS] = "class",
	[FIELD_DATE] = "date",   [FIELD_COUNT] = "count", [FIELD_NUMBER_ID] = "number",
	[FIELD_FLAG] = "flag",
};

/* The keyword column whose dictionary tells the values of a field; COL_COUNT: none does. */
static unsigned values_column(const struct query_field *field)
{
	const unsigned char *columns = field->exact_columns ? field->exact_columns : field->columns;
	bool is_listed = field->kind == FIELD_EXACT || field->kind == FIELD_CLASS ||
			 field->exact_columns;

	if (!is_listed || field->choices || !columns || columns[0] == COL_COUNT)
		return COL_COUNT;
	return patent_schema.columns[columns[0]].kind == COLUMN_KEYWORD ? columns[0] : COL_COUNT;
}

static void write_choices(struct jsonout *json, const struct query_field *field)
{
	jsonout_key(json, "choices");
	jsonout_array_begin(json);
	for (const struct query_choice *choice = field->choices; choice && choice->code; choice++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "value", choice->code);
		jsonout_member_label(json, "label", choice->label);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static bool list_fields(struct call *call, struct error *error)
{
	struct jsonout *json = &call->json;

	(void)error;
	begin_list(call, "fields");
	for (size_t i = 0; i < query_field_count; i++) {
		const struct query_field *field = &query_fields[i];

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "code", field->code);
		jsonout_member_cstr(json, "kind", kind_names[field->kind]);
		jsonout_member_label(json, "label", field->label);
		jsonout_member_bool(json, "has_values", values_column(field) != COL_COUNT);
		jsonout_key(json, "names");
		jsonout_array_begin(json);
		for (const char *const *name = field->names; *name; name++)
			jsonout_cstr(json, *name);
		jsonout_array_end(json);
		write_choices(json, field);
		jsonout_object_end(json);
	}
	end_list(call);
	return true;
}

/* ---- Values of a field that begin with what was typed. */

struct found_value {
	struct str term;
	uint64_t documents;
};

struct collecting {
	struct arena *arena;
	struct found_value *found;
	size_t count, limit, read;
};

static int compare_found(const void *a, const void *b)
{
	const struct found_value *left = a, *right = b;

	if (left->documents != right->documents)
		return left->documents < right->documents ? 1 : -1;
	return str_compare(left->term, right->term);
}

/* The most frequent ones stay: twice as many are held, and the list is cut when it is full. */
static bool collect(void *context, struct str term, uint64_t documents)
{
	struct collecting *collecting = context;

	collecting->found[collecting->count++] = (struct found_value){
		.term = str_copy(collecting->arena, term), .documents = documents
	};
	if (collecting->count == 2 * collecting->limit) {
		qsort(collecting->found, collecting->count, sizeof(struct found_value),
		      compare_found);
		collecting->count = collecting->limit;
	}
	return ++collecting->read < TERMS_READ_MAX;
}

/* As the column's terms are spelled. */
static struct str spell_prefix(struct arena *arena, unsigned column, struct str typed)
{
	struct str folded = text_folded(arena, typed);
	char *text = str_to_cstr(arena, folded);

	if (query_keyword_form(column) != KEYWORD_CAPITALS)
		return folded;
	for (char *c = text; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return str_of(text);
}

static enum vocabulary vocabulary_of(unsigned column)
{
	for (size_t i = 0; i < dimension_count; i++)
		if (dimensions[i].kind == DIMENSION_KEYWORD && dimensions[i].column == column)
			return dimensions[i].vocabulary;
	return VOCABULARY_NONE;
}

static void write_values(struct call *call, unsigned column, const struct collecting *collecting)
{
	enum vocabulary vocabulary = vocabulary_of(column);
	struct jsonout *json = &call->json;

	begin_list(call, "values");
	for (size_t i = 0; i < collecting->count && i < collecting->limit; i++) {
		struct str term = collecting->found[i].term, operand;
		struct strbuf text = STRBUF_INIT;

		query_add_operand(&text, term);
		operand = str_copy(call->arena, strbuf_str(&text));
		strbuf_release(&text);
		jsonout_object_begin(json);
		jsonout_member_str(json, "value", term);
		jsonout_member_str(json, "operand", operand);
		jsonout_member_str(json, "name",
				   vocabulary_name(call->arena, vocabulary, term, call->language));
		jsonout_member_integer(json, "count", (int64_t)collecting->found[i].documents);
		jsonout_object_end(json);
	}
	end_list(call);
}

static bool list_values(struct call *call, struct error *error)
{
	const struct query_field *field;
	const char *name, *typed = call_text(call, "prefix");
	struct collecting collecting = { .arena = call->arena };
	struct str prefix = str_trim(str_of(typed));
	unsigned column;
	int64_t limit;

	if (!call_need_text(call, "field", &name, error) ||
	    !call_integer(call, "limit", VALUES, 1, VALUES_MAX, &limit, error))
		return false;
	field = query_field_find(str_of(name));
	if (!field)
		return error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", name);
	column = values_column(field);
	collecting.limit = (size_t)limit;
	collecting.found = arena_array(call->arena, struct found_value, 2 * (size_t)limit);
	if (column != COL_COUNT) {
		prefix = spell_prefix(call->arena, column, prefix);
		if (!index_each_term(call->snapshot, column, prefix, call->limits, collect,
				     &collecting, error))
			return false;
	}
	qsort(collecting.found, collecting.count, sizeof(struct found_value), compare_found);
	write_values(call, column, &collecting);
	return true;
}

/* ---- A query that is being typed: what is wrong with it is part of the answer. */

static void write_fault(struct call *call, const struct error *fault)
{
	struct jsonout *json = &call->json;

	jsonout_object_begin(json);
	jsonout_key(json, "fault");
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "key", fault->key);
	jsonout_member_integer(json, "at", fault->at);
	jsonout_member_cstr(json, "message", message_format(call->arena, fault, call->language));
	jsonout_member_text(json, "hint", str_of(fault->hint));
	jsonout_object_end(json);
	jsonout_object_end(json);
}

static bool is_of_the_query(const struct error *error)
{
	return error->kind == ERROR_INVALID || error->kind == ERROR_LIMIT;
}

static bool check_query(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	const char *text = call_text(call, "query"), *topic = call_text(call, "topic");
	struct explain_line *lines;
	struct answer_set set;
	struct query *query;
	size_t count;

	if (!answer_parse(&answer, str_of(text), &query, error) ||
	    !query_explain(call->snapshot, query, call->limits, call->arena, &lines, &count,
			   error)) {
		if (!is_of_the_query(error))
			return false;
		write_fault(call, error);
		return true;
	}
	if (topic && *topic) {
		if (!answer_ask(&answer, query, topic, &set, error))
			return false;
		jsonout_object_begin(&call->json);
		jsonout_member_integer(&call->json, "within", (int64_t)bitmap_count(set.documents));
	} else {
		jsonout_object_begin(&call->json);
	}
	jsonout_key(&call->json, "read");
	answer_write_explain(&answer, query, lines, count);
	jsonout_object_end(&call->json);
	return true;
}

/* ---- Facets: several dimensions of one set, counted in one walk. */

static bool read_axes(struct call *call, struct axis axes[FACETS_MAX], size_t *count_out,
		      struct error *error)
{
	const struct dimension *dimension;
	struct str rest, name;
	const char *by;

	*count_out = 0;
	if (!call_need_text(call, "by", &by, error))
		return false;
	rest = str_of(by);
	while (str_split(&rest, STR(","), &name)) {
		if (*count_out == FACETS_MAX)
			return error_set_field(error, "by", "api.list");
		if (!dimension_get(str_trim(name), &dimension, error))
			return false;
		axes[(*count_out)++] = axis_of(dimension, call->snapshot);
	}
	return true;
}

static void write_facet_value(struct call *call, const struct axis *axis,
			      const struct value_count *value)
{
	struct jsonout *json = &call->json;
	struct str key = axis_key(axis, call->arena, value->value);

	jsonout_object_begin(json);
	jsonout_member_str(json, "key", key);
	jsonout_member_str(json, "name",
			   axis_name(axis, call->arena, value->value, call->language));
	jsonout_member_text(
		json, "note",
		axis->dimension->vocabulary == VOCABULARY_CLASS
			? vocabulary_name(call->arena, VOCABULARY_CLASS, key, call->language)
			: STR_EMPTY);
	jsonout_member_integer(json, "count", value->count);
	jsonout_member_str(json, "drill", axis_drill(axis, call->arena, value->value));
	jsonout_object_end(json);
}

static void write_facet(struct call *call, const struct axis *axis, const uint32_t *counts,
			size_t top)
{
	struct jsonout *json = &call->json;
	struct value_count *present, *values;
	size_t present_count = count_present(call->arena, counts, axis->size, &present);
	size_t count = present_count;

	values = present;
	if (!axis->dimension->is_ordered)
		count = count_top(call->arena, counts, axis->size, top, &values);
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "dimension", axis->dimension->name);
	jsonout_member_label(json, "label", axis->dimension->label);
	jsonout_member_bool(json, "is_ordered", axis->dimension->is_ordered);
	jsonout_member_integer(json, "value_count", (int64_t)present_count);
	jsonout_key(json, "values");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++)
		write_facet_value(call, axis, &values[i]);
	jsonout_array_end(json);
	jsonout_object_end(json);
}

static bool facets(struct call *call, struct error *error)
{
	const struct answer answer = call_answer(call);
	struct axis axes[FACETS_MAX];
	uint32_t *counts[FACETS_MAX];
	struct analysis_input input;
	struct answer_set set;
	size_t axis_count;
	int64_t top;

	if (!call_integer(call, "top", FACET_TOP, 1, FACET_TOP_MAX, &top, error) ||
	    !read_axes(call, axes, &axis_count, error) || !call_ask(call, &set, error) ||
	    !answer_input(&answer, &set, &input, error))
		return false;
	count_facets(&input, call->arena, axes, axis_count, counts);
	jsonout_object_begin(&call->json);
	jsonout_member_integer(&call->json, "count", (int64_t)bitmap_count(set.documents));
	jsonout_key(&call->json, "facets");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < axis_count; i++)
		write_facet(call, &axes[i], counts[i], (size_t)top);
	end_list(call);
	return true;
}

HANDLER(api_list_fields, list_fields)
HANDLER(api_list_values, list_values)
HANDLER(api_check_query, check_query)
HANDLER(api_facets, facets)
