/* Values in memory, and as people write and read them. */
#include "base/utf8.h"
#include "record/record_internal.h"

#include <assert.h>

enum { LIST_SIZE_MAX = 4000, LIST_TEXT_MAX = 16000 }; /* bytes: as stored, as written by a person */

struct record *record_new(struct record_store *store, const struct record_type *type)
{
	struct record *record = arena_new(store->arena, struct record);

	record->type = type;
	record->state = type->states[0].value;
	record->organisation_path = "";
	record->values = arena_array(store->arena, struct value, type->field_count);
	for (size_t i = 0; i < type->field_count; i++)
		record->values[i].is_null = true;
	return record;
}

static const struct value *value_at(const struct record *record, size_t field)
{
	assert(field < record->type->field_count);
	return &record->values[field];
}

bool record_is_set(const struct record *record, size_t field)
{
	return !value_at(record, field)->is_null;
}

int64_t record_integer(const struct record *record, size_t field)
{
	return value_at(record, field)->integer;
}

const char *record_text(const struct record *record, size_t field)
{
	const struct value *value = value_at(record, field);

	return value->is_null || !value->text ? "" : value->text;
}

date record_date(const struct record *record, size_t field)
{
	date day;

	return date_parse(str_of(record_text(record, field)), &day) ? day : DATE_NONE;
}

void record_set_integer(struct record *record, size_t field, int64_t value)
{
	assert(field < record->type->field_count);
	record->values[field] = (struct value){ .integer = value };
}

void record_set_text(struct record_store *store, struct record *record, size_t field,
		     struct str value)
{
	assert(field < record->type->field_count);
	record->values[field] = (struct value){ .is_null = value.size == 0,
						.text = str_to_cstr(store->arena, value) };
}

void record_set_date(struct record_store *store, struct record *record, size_t field, date value)
{
	char text[DATE_TEXT_SIZE];

	record_set_text(store, record, field, str_of(date_format(value, text)));
}

void record_clear(struct record *record, size_t field)
{
	assert(field < record->type->field_count);
	record->values[field] = (struct value){ .is_null = true };
}

const char *record_title(const struct record *record)
{
	return record_text(record,
			   record_field_find(record->type, str_of(record->type->title_field)));
}

void field_errors_add(struct field_errors *errors, const char *field, const char *key,
		      struct str detail)
{
	struct field_error *item;
	size_t size = detail.size;

	if (errors->count == FIELD_ERRORS_MAX)
		return;
	item = &errors->items[errors->count++];
	*item = (struct field_error){ .field = field, .key = key };
	if (size >= sizeof(item->detail)) {
		size = sizeof(item->detail) - 1;
		while (size > 0 && ((unsigned char)detail.data[size] & 0xC0) == 0x80)
			size--; /* never half a rune */
	}
	detail = str_slice(detail, 0, size);
	snprintf(item->detail, sizeof(item->detail), "%.*s", STR_ARGS(detail));
}

/* ---- Reading. */
struct parse {
	struct record_store *store;
	const struct field *field;
	struct str text; /* trimmed, not empty */
	struct value *value;
};

static bool take_text(struct parse *parse)
{
	parse->value->text = str_to_cstr(parse->store->arena, parse->text);
	return true;
}

static bool parse_text(struct parse *parse)
{
	for (size_t i = 0; i < parse->text.size; i++) {
		unsigned char byte = (unsigned char)parse->text.data[i];
		bool breaks = byte == '\n' || byte == '\r' || byte == '\t';

		if (byte == 127 ||
		    (byte < 32 && !(breaks && parse->field->kind == FIELD_LONG_TEXT)))
			return false;
	}
	return utf8_is_valid(parse->text) && take_text(parse);
}

static bool parse_integer(struct parse *parse)
{
	return str_to_int64(parse->text, &parse->value->integer);
}

/* "-12.5" at scale 2 -> -1250. At most 15 digits in all. */
static bool parse_decimal_at(struct str text, unsigned scale, int64_t *value_out)
{
	bool negative = text.size && text.data[0] == '-';
	unsigned digits = 0, behind = 0;
	bool point = false;
	int64_t value = 0;

	for (size_t i = negative; i < text.size; i++) {
		char byte = text.data[i];

		if (byte == '.' && !point && digits) {
			point = true;
			continue;
		}
		if (byte < '0' || byte > '9' || ++digits > 15 || (point && ++behind > scale))
			return false;
		value = value * 10 + (byte - '0');
	}
	for (; behind < scale; behind++)
		value *= 10;
	*value_out = negative ? -value : value;
	return digits != 0 && scale <= 3;
}

static bool parse_decimal(struct parse *parse)
{
	return parse_decimal_at(parse->text, parse->field->scale, &parse->value->integer);
}

static bool parse_money(struct parse *parse)
{
	return parse_decimal_at(parse->text, 2, &parse->value->integer);
}

static bool parse_date(struct parse *parse)
{
	date day;

	return date_parse(parse->text, &day) && take_text(parse);
}

static bool parse_bool(struct parse *parse)
{
	static const char *const yes[] = { "true", "1", "是", "yes" };
	static const char *const no[] = { "false", "0", "否", "no" };

	for (size_t i = 0; i < 4; i++) {
		if (str_equal_nocase(parse->text, str_of(yes[i])) ||
		    str_equal_nocase(parse->text, str_of(no[i]))) {
			parse->value->integer = str_equal_nocase(parse->text, str_of(yes[i]));
			return true;
		}
	}
	return false;
}

static const struct choice *choice_of(const struct choice *choices, struct str text)
{
	const struct choice *choice = choice_find(choices, text);

	for (; !choice && choices->value; choices++)
		if (str_equal_cstr(text, choices->label.zh) ||
		    str_equal_nocase(text, str_of(choices->label.en)))
			choice = choices;
	return choice;
}

static bool parse_choice(struct parse *parse)
{
	const struct choice *choice = choice_of(parse->field->choices, parse->text);

	if (choice)
		parse->value->text = choice->value;
	return choice != NULL;
}

/* An id, "#id", or the exact title of the one row the actor may read that has it. */
static bool find_reference(struct parse *parse, struct str text, int64_t *id_out)
{
	struct str number = str_starts_with(text, STR("#")) ? str_slice(text, 1, text.size) : text;
	const struct record_type *type = type_of_reference(parse->field);
	struct record_sql *sql = sql_new(parse->store);
	size_t uses[] = { 0, SIZE_MAX };
	struct error ignored;
	struct db_rows *rows;

	if (str_to_int64(number, id_out))
		return *id_out > 0;
	if (!type)
		return false;
	uses[0] = record_field_find(type, str_of(type->title_field));
	sql_add(sql, "SELECT t.id FROM \"%s\" t WHERE t.\"%s\" = ", type->name, type->title_field);
	sql_add_param(sql, DB_STR(text));
	sql_add(sql, " AND ");
	scope_add(sql, parse->store, type, "read", uses);
	sql_add(sql, " LIMIT 2");
	if (!utf8_is_valid(text) || !sql_query(parse->store, sql, &rows, &ignored) ||
	    !db_next(rows))
		return false;
	*id_out = db_integer(rows, 0);
	return !db_next(rows);
}

static bool parse_reference(struct parse *parse)
{
	return find_reference(parse, parse->text, &parse->value->integer);
}

/* The next of "a,b；c、d". */
static bool split_list(struct str *rest, struct str *part_out)
{
	static const struct str separators[] = { STR_INIT(","), STR_INIT(";"), STR_INIT("、"),
						 STR_INIT("，"), STR_INIT("；") };
	size_t at = STR_NOT_FOUND, size = 0;

	if (!rest->size)
		return false;
	for (size_t i = 0; i < 5; i++) {
		size_t found = str_find(*rest, separators[i]);

		if (found < at) {
			at = found;
			size = separators[i].size;
		}
	}
	if (at == STR_NOT_FOUND)
		at = rest->size;
	*part_out = str_trim(str_slice(*rest, 0, at));
	*rest = str_slice(*rest, at + size, rest->size);
	return true;
}

/* Adds to ",a,b," what is not in it yet. */
static void add_to_list(struct strbuf *list, struct str item)
{
	if (name_is_listed(list->data, item))
		return;
	if (!list->size)
		strbuf_add_byte(list, ',');
	strbuf_add_str(list, item);
	strbuf_add_byte(list, ',');
}

static bool parse_list(struct parse *parse)
{
	struct strbuf list = STRBUF_INIT;
	struct str rest = parse->text, part;
	bool good = true;

	/* splitting looks ahead, each time, to the end of the text */
	if (parse->text.size > LIST_TEXT_MAX)
		return false;
	list.size_max = LIST_SIZE_MAX;
	while (good && !list.overflow && split_list(&rest, &part)) {
		const struct choice *choice;
		char number[24];
		int64_t id;

		if (!part.size)
			continue;
		if (parse->field->kind == FIELD_CHOICES) {
			choice = choice_of(parse->field->choices, part);
			good = choice != NULL;
			if (good)
				add_to_list(&list, str_of(choice->value));
			continue;
		}
		good = find_reference(parse, part, &id);
		snprintf(number, sizeof(number), "%lld", good ? (long long)id : 0);
		add_to_list(&list, str_of(number));
	}
	good = good && !list.overflow;
	parse->value->is_null = list.size == 0;
	parse->value->text = arena_copy(parse->store->arena, list.data, list.size);
	strbuf_release(&list);
	return good;
}

static bool is_of(struct str text, const char *bytes)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] == 0 || !strchr(bytes, text.data[i]))
			return false;
	return true;
}

static bool parse_publication(struct parse *parse)
{
	return parse->text.size <= 40 &&
	       is_of(parse->text,
		     "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./-") &&
	       take_text(parse);
}

static bool parse_region(struct parse *parse)
{
	return (parse->text.size == 2 || parse->text.size == 4 || parse->text.size == 6) &&
	       is_of(parse->text, "0123456789") && take_text(parse);
}

static const struct {
	bool (*parse)(struct parse *parse);
	const char *key; /* when it is none */
} kinds[FIELD_KIND_COUNT] = {
	[FIELD_TEXT] = { parse_text, "record.not_text" },
	[FIELD_LONG_TEXT] = { parse_text, "record.not_text" },
	[FIELD_INTEGER] = { parse_integer, "record.not_integer" },
	[FIELD_DECIMAL] = { parse_decimal, "record.not_decimal" },
	[FIELD_MONEY] = { parse_money, "record.not_money" },
	[FIELD_DATE] = { parse_date, "record.not_date" },
	[FIELD_BOOL] = { parse_bool, "record.not_bool" },
	[FIELD_CHOICE] = { parse_choice, "record.not_choice" },
	[FIELD_CHOICES] = { parse_list, "record.not_choice" },
	[FIELD_REF] = { parse_reference, "record.no_reference" },
	[FIELD_REFS] = { parse_list, "record.no_reference" },
	[FIELD_FILE] = { parse_integer, "record.no_reference" },
	[FIELD_PUBLICATION] = { parse_publication, "record.not_publication" },
	[FIELD_REGION] = { parse_region, "record.not_region" },
	[FIELD_ORGANISATION] = { parse_reference, "record.no_reference" },
	[FIELD_USER] = { parse_reference, "record.no_reference" },
};

bool record_parse_value(struct record_store *store, const struct field *field, struct str text,
			struct value *value_out, struct field_errors *errors)
{
	struct parse parse = { store, field, str_trim(text), value_out };

	*value_out = (struct value){ .is_null = parse.text.size == 0 };
	if (value_out->is_null || kinds[field->kind].parse(&parse))
		return true;
	field_errors_add(errors, field->name, kinds[field->kind].key,
			 utf8_is_valid(parse.text) ? parse.text : STR_EMPTY);
	*value_out = (struct value){ .is_null = true };
	return false;
}

bool value_is_same(const struct field *field, const struct value *a, const struct value *b)
{
	if (a->is_null || b->is_null)
		return a->is_null == b->is_null;
	return kind_is_text(field->kind) ? strcmp(a->text, b->text) == 0 : a->integer == b->integer;
}

bool record_apply(struct record_store *store, struct record *record, struct str name,
		  struct str text, struct field_errors *errors)
{
	size_t at = record_field_find(record->type, name);
	const struct field *field = at == SIZE_MAX ? NULL : &record->type->fields[at];
	struct value *old = field ? &record->values[at] : NULL;
	struct value value;

	if (!field || (field->flags & FIELD_COMPUTED)) {
		field_errors_add(errors, field ? field->name : "", "record.no_field",
				 utf8_is_valid(name) ? name : STR_EMPTY);
		return false;
	}
	if (old->is_masked && str_equal_cstr(text, old->text))
		return true;
	if (!record_parse_value(store, field, text, &value, errors))
		return false;
	if ((field->flags & FIELD_FIXED) && record->id && !value_is_same(field, old, &value)) {
		field_errors_add(errors, field->name, "record.fixed", STR_EMPTY);
		return false;
	}
	*old = value;
	return true;
}

/* ---- Writing. */
/* By hand: printf is the most of what a page of records would cost. */
static const char *decimal_text(struct arena *arena, int64_t value, unsigned scale)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char text[48], *first = text + sizeof(text);
	unsigned digits = 0;

	for (; size || digits <= scale; size /= 10) {
		if (scale && digits == scale)
			*--first = '.';
		*--first = (char)('0' + size % 10);
		digits++;
	}
	if (value < 0)
		*--first = '-';
	return arena_copy(arena, first, (size_t)(text + sizeof(text) - first));
}

struct str record_format_value(struct arena *arena, const struct field *field,
			       const struct value *value)
{
	struct str text;

	if (value->is_null)
		return STR_EMPTY;
	if (field->kind == FIELD_BOOL)
		return value->integer ? STR("true") : STR("false");
	if (field->kind == FIELD_MONEY || field->kind == FIELD_DECIMAL)
		return str_of(decimal_text(arena, value->integer,
					   field->kind == FIELD_MONEY ? 2 : field->scale));
	if (!kind_is_text(field->kind))
		return str_of(decimal_text(arena, value->integer, 0));
	text = str_of(value->text);
	if ((field->kind == FIELD_CHOICES || field->kind == FIELD_REFS) && text.size > 2)
		return str_slice(text, 1, text.size - 1);
	return text;
}

static struct str choice_labels(struct arena *arena, const struct field *field, const char *values,
				enum language language)
{
	struct str rest = str_of(values), part, text;
	struct strbuf labels = STRBUF_INIT;

	while (str_split(&rest, STR(","), &part)) {
		const struct choice *choice = choice_find(field->choices, part);

		if (!part.size)
			continue;
		if (labels.size)
			strbuf_add_cstr(&labels, language == LANGUAGE_ZH ? "、" : ", ");
		strbuf_add_str(&labels,
			       choice ? str_of(label_text(choice->label, language)) : part);
	}
	text = str_copy(arena, strbuf_str(&labels));
	strbuf_release(&labels);
	return text;
}

struct str record_show_value(struct arena *arena, const struct field *field,
			     const struct value *value, enum language language)
{
	bool chinese = language == LANGUAGE_ZH;

	if (value->is_null)
		return STR_EMPTY;
	if (field->kind == FIELD_BOOL && value->integer)
		return chinese ? STR("是") : STR("yes");
	if (field->kind == FIELD_BOOL)
		return chinese ? STR("否") : STR("no");
	if (field->choices)
		return choice_labels(arena, field, value->text, language);
	return record_format_value(arena, field, value);
}
