#include "record/list.h"
#include "base/strbuf.h"
#include "record/page_internal.h"
#include "record/record_internal.h"

enum { SEARCH_WORDS_MAX = 5, USES_MAX = FILTERS_MAX + 2 };

static const char *const operator_sql[FILTER_OPERATOR_COUNT] = {
	[FILTER_EQUAL] = "=",       [FILTER_NOT_EQUAL] = "<>", [FILTER_LESS] = "<",
	[FILTER_LESS_EQUAL] = "<=", [FILTER_GREATER] = ">",    [FILTER_GREATER_EQUAL] = ">=",
};

void sql_add_field(struct record_sql *sql, const struct record_type *type, size_t field)
{
	const char *base = base_field_name(field);

	sql_add(sql, "t.\"%s\"", base ? base : type->fields[field].name);
}

/* ---- Filters. */
static const struct field *field_of(const struct record_type *type, size_t field)
{
	static const struct field bases[] = {
		{ .name = "id", .kind = FIELD_INTEGER },
		{ .name = "state", .kind = FIELD_CHOICE },
		{ .name = "organisation_id", .kind = FIELD_ORGANISATION },
		{ .name = "created_by", .kind = FIELD_USER },
		{ .name = "created_at", .kind = FIELD_INTEGER },
		{ .name = "updated_at", .kind = FIELD_INTEGER },
	};

	if (field >= RECORD_FIELD_ID && field < RECORD_FIELD_END)
		return &bases[field - RECORD_FIELD_ID];
	return &type->fields[field];
}

static bool is_list_kind(enum field_kind kind)
{
	return kind == FIELD_CHOICES || kind == FIELD_REFS;
}

/* "%word%" with its wildcards escaped by '!', in small ASCII letters. */
static struct db_param like_param(struct arena *arena, struct str word)
{
	char *pattern = arena_alloc(arena, 2 * word.size + 3), *end = pattern;

	*end++ = '%';
	for (size_t i = 0; i < word.size; i++) {
		char byte = word.data[i];

		if (byte == '%' || byte == '_' || byte == '!')
			*end++ = '!';
		*end++ = byte >= 'A' && byte <= 'Z' ? (char)(byte | 32) : byte;
	}
	*end++ = '%';
	return DB_STR(((struct str){ pattern, (size_t)(end - pattern) }));
}

static void add_like(struct record_sql *sql, struct arena *arena, const struct record_type *type,
		     size_t field, struct str word)
{
	sql_add(sql, "lower(");
	sql_add_field(sql, type, field);
	sql_add(sql, ") LIKE ");
	sql_add_param(sql, like_param(arena, word));
	sql_add(sql, " ESCAPE '!'");
}

static void add_value_test(struct record_sql *sql, struct arena *arena,
			   const struct record_type *type, const struct record_filter *filter,
			   const struct value *value)
{
	const struct field *field = field_of(type, filter->field);
	bool in_list = is_list_kind(field->kind);

	if (in_list && filter->operator== FILTER_NOT_EQUAL)
		sql_add(sql, "NOT ");
	if (in_list || filter->operator== FILTER_CONTAINS) {
		add_like(sql, arena, type, filter->field, str_of(value->text));
		return;
	}
	sql_add_field(sql, type, filter->field);
	sql_add(sql, " %s ", filter->operator== FILTER_IN ? "=" : operator_sql[filter->operator]);
	sql_add_param(sql, value_param(field, value));
}

void sql_add_filter(struct record_sql *sql, struct arena *arena, const struct record_type *type,
		    const struct record_filter *filter)
{
	sql_add(sql, " AND (");
	if (filter->operator== FILTER_EMPTY || filter->operator== FILTER_NOT_EMPTY) {
		sql_add_field(sql, type, filter->field);
		sql_add(sql, filter->operator== FILTER_EMPTY ? " IS NULL" : " IS NOT NULL");
	}
	for (size_t i = 0; i < filter->value_count; i++) {
		sql_add(sql, i ? " OR " : "");
		add_value_test(sql, arena, type, filter, &filter->values[i]);
	}
	sql_add(sql, ")");
}

static size_t searched_fields(const struct record_type *type, size_t *fields, size_t room)
{
	size_t count = 0;

	for (size_t i = 0; i < type->field_count && count < room; i++)
		if (type->fields[i].flags & FIELD_SEARCHED)
			fields[count++] = i;
	return count;
}

/* A word must stand in one of the fields; grants that hide the field do not count for it. */
static void add_word(struct record_sql *sql, const struct record_store *store,
		     const struct record_type *type, struct str word)
{
	size_t fields[8];
	size_t count = searched_fields(type, fields, 8);

	sql_add(sql, " AND (");
	for (size_t i = 0; i < count; i++) {
		const size_t uses[] = { fields[i], SIZE_MAX };

		sql_add(sql, i ? " OR (" : "(");
		add_like(sql, store->arena, type, fields[i], word);
		sql_add(sql, " AND ");
		scope_add(sql, store, type, "read", uses);
		sql_add(sql, ")");
	}
	sql_add(sql, count ? ")" : "FALSE)");
}

static void add_search(struct record_sql *sql, const struct record_store *store,
		       const struct record_type *type, struct str search)
{
	struct str rest = str_trim(search), word;
	size_t count = 0;

	while (count < SEARCH_WORDS_MAX && str_split(&rest, STR(" "), &word)) {
		word = str_trim(word);
		if (!word.size)
			continue;
		add_word(sql, store, type, word);
		count++;
	}
}

/* ---- The statement. */
static void add_conditions(struct record_sql *sql, const struct record_store *store,
			   const struct record_type *type,
			   const struct record_list_options *options)
{
	size_t uses[USES_MAX], count = 0;

	for (size_t i = 0; i < options->filter_count; i++)
		uses[count++] = options->filters[i].field;
	uses[count++] = options->sort_field;
	uses[count] = SIZE_MAX;
	sql_add(sql, " WHERE ");
	scope_add(sql, store, type, "read", uses);
	for (size_t i = 0; i < options->filter_count; i++)
		sql_add_filter(sql, store->arena, type, &options->filters[i]);
	add_search(sql, store, type, options->search);
}

static bool may_be_null(const struct record_type *type, size_t field)
{
	return !base_field_name(field) && !(type->fields[field].flags & FIELD_REQUIRED);
}

/* Behind the last row of the page before, in an order of (value, id), no value last. */
static void add_after(struct record_sql *sql, const struct record_type *type,
		      const struct record_list_options *options, const struct page_key *key)
{
	const char *than = options->descending ? "<" : ">";
	const struct field *field = field_of(type, options->sort_field);
	const struct value *value = &key->value;

	if (value->is_null) {
		sql_add(sql, " AND ");
		sql_add_field(sql, type, options->sort_field);
		sql_add(sql, " IS NULL AND t.id %s ", than);
		sql_add_param(sql, DB_INT(key->id));
		return;
	}
	sql_add(sql, " AND ((");
	sql_add_field(sql, type, options->sort_field);
	sql_add(sql, ", t.id) %s (", than);
	sql_add_param(sql, value_param(field, value));
	sql_add(sql, ", ");
	sql_add_param(sql, DB_INT(key->id));
	sql_add(sql, ")");
	if (may_be_null(type, options->sort_field)) {
		sql_add(sql, " OR ");
		sql_add_field(sql, type, options->sort_field);
		sql_add(sql, " IS NULL");
	}
	sql_add(sql, ")");
}

static void add_order(struct record_sql *sql, const struct record_type *type,
		      const struct record_list_options *options)
{
	const char *direction = options->descending ? " DESC" : "";

	sql_add(sql, " ORDER BY ");
	sql_add_field(sql, type, options->sort_field);
	sql_add(sql, "%s%s, t.id%s LIMIT ", direction,
		may_be_null(type, options->sort_field) ? " NULLS LAST" : "", direction);
	sql_add_param(sql, DB_INT((int64_t)options->limit + 1));
}

static bool count_rows(struct record_store *store, const struct record_type *type,
		       const struct record_list_options *options, int64_t *total_out,
		       struct error *error)
{
	struct record_sql *sql = sql_new(store);

	sql_add(sql, "SELECT COUNT(*) FROM \"%s\" t", type->name);
	add_conditions(sql, store, type, options);
	return sql_execute(store, sql, total_out, error);
}

static struct value sort_value(const struct record *record, size_t field)
{
	switch (field) {
	case RECORD_FIELD_ID:
		return (struct value){ .integer = record->id };
	case RECORD_FIELD_STATE:
		return (struct value){ .text = record->state };
	case RECORD_FIELD_ORGANISATION:
		return (struct value){ .integer = record->organisation_id };
	case RECORD_FIELD_CREATED_BY:
		return (struct value){ .integer = record->created_by };
	case RECORD_FIELD_CREATED_AT:
		return (struct value){ .integer = record->created_at };
	case RECORD_FIELD_UPDATED_AT:
		return (struct value){ .integer = record->updated_at };
	default:
		return record->values[field];
	}
}

static bool check_options(const struct record_type *type, const struct record_list_options *options,
			  struct error *error)
{
	if (options->limit < 1 || options->limit > LIST_LIMIT_MAX ||
	    options->filter_count > FILTERS_MAX)
		return error_set(error, ERROR_INVALID, "record.limit", "%d", LIST_LIMIT_MAX);
	if (options->search.size > 200)
		return error_set(error, ERROR_INVALID, "record.search_long", "200");
	if (!base_field_name(options->sort_field) && options->sort_field >= type->field_count)
		return error_set(error, ERROR_INVALID, "record.no_sort", "%zu",
				 options->sort_field);
	return true;
}

bool record_list(struct record_store *store, const struct record_type *type,
		 const struct record_list_options *options, struct record_page *page_out,
		 struct error *error)
{
	const struct field *sort = field_of(type, options->sort_field);
	struct record_sql *sql = sql_new(store);
	struct page_key key = { .fingerprint = page_fingerprint(type, options) };

	*page_out = (struct record_page){ .total = -1 };
	if (!check_options(type, options, error) ||
	    (options->after.size &&
	     !page_key_read(store->arena, options->after, sort, &key, error)))
		return false;
	sql_add(sql, "SELECT ");
	sql_add_columns(sql, type);
	sql_add_from(sql, type);
	add_conditions(sql, store, type, options);
	if (options->after.size)
		add_after(sql, type, options, &key);
	add_order(sql, type, options);
	if (!record_read_rows(store, type, sql, true, &page_out->records, &page_out->count, error))
		return false;
	if (page_out->count > options->limit) {
		const struct record *last = page_out->records[options->limit - 1];

		page_out->count = options->limit;
		key.id = last->id;
		key.value = sort_value(last, options->sort_field);
		page_out->next = page_key_write(store->arena, sort, &key);
	}
	return !options->with_total || count_rows(store, type, options, &page_out->total, error);
}
