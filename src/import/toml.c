#include "import/toml.h"

#include "base/list.h"
#include "base/strbuf.h"
#include "base/utf8.h"

struct parser {
	struct arena *arena;
	struct str content;
	size_t at;
	int64_t line;
	struct list tables; /* struct toml_table; values are offsets until the end */
	struct list values;
	struct error *error;
};

static void release_lists(void *context)
{
	struct parser *parser = context;

	list_release(&parser->tables);
	list_release(&parser->values);
}

static int peek(const struct parser *parser)
{
	return parser->at < parser->content.size ? (unsigned char)parser->content.data[parser->at]
						 : -1;
}

static bool fail(struct parser *parser, const char *key)
{
	struct str rest = str_slice(parser->content, parser->at, parser->content.size);
	struct str shown = str_slice(rest, 0, str_find_byte(rest, '\n'));

	shown = str_slice(shown, 0, utf8_offset(shown, 30));
	return error_set_at(parser->error, ERROR_INVALID, key, parser->line, "%.*s",
			    STR_ARGS(str_trim(shown)));
}

static void skip_blanks(struct parser *parser)
{
	while (peek(parser) == ' ' || peek(parser) == '\t')
		parser->at++;
}

static void skip_comment(struct parser *parser)
{
	if (peek(parser) == '#')
		while (peek(parser) >= 0 && peek(parser) != '\n')
			parser->at++;
}

static bool skip_line_end(struct parser *parser)
{
	size_t start = parser->at;

	if (peek(parser) == '\r')
		parser->at++;
	if (peek(parser) == '\n') {
		parser->at++;
		parser->line++;
		return true;
	}
	parser->at = start;
	return peek(parser) < 0;
}

static void skip_lines(struct parser *parser)
{
	for (;;) {
		skip_blanks(parser);
		skip_comment(parser);
		if (peek(parser) < 0 || !skip_line_end(parser))
			return;
	}
}

static struct str bare_key(struct parser *parser)
{
	size_t start = parser->at;

	for (int c = peek(parser); (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
				   (c >= '0' && c <= '9') || c == '_' || c == '-';
	     c = peek(parser))
		parser->at++;
	return str_slice(parser->content, start, parser->at);
}

static bool code_point(struct parser *parser, size_t digits, struct strbuf *text)
{
	uint32_t rune = 0;

	for (size_t i = 0; i < digits; i++) {
		int c = peek(parser);
		uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
				 : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
				 : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
							: 16;
		if (digit == 16)
			return fail(parser, "import.toml_escape");
		rune = rune << 4 | digit;
		parser->at++;
	}
	if (rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000))
		return fail(parser, "import.toml_escape");
	strbuf_add_rune(text, rune);
	return true;
}

static bool escape(struct parser *parser, struct strbuf *text)
{
	static const char letters[] = "btnfr\"\\", meanings[] = "\b\t\n\f\r\"\\";
	int c = peek(parser);
	const char *letter = c > 0 ? strchr(letters, c) : NULL;

	if (letter) {
		parser->at++;
		strbuf_add_byte(text, meanings[letter - letters]);
		return true;
	}
	if (c != 'u' && c != 'U')
		return fail(parser, "import.toml_escape");
	parser->at++;
	return code_point(parser, c == 'u' ? 4 : 8, text);
}

static bool fill_basic(struct parser *parser, struct strbuf *text)
{
	while (peek(parser) != '"') {
		int c = peek(parser);

		if (c < 0 || (c < ' ' && c != '\t') || c == 0x7F)
			return fail(parser, "import.toml_string");
		parser->at++;
		if (c != '\\')
			strbuf_add_byte(text, (char)c);
		else if (!escape(parser, text))
			return false;
	}
	parser->at++;
	return true;
}

static bool basic_string(struct parser *parser, struct str *text_out)
{
	struct strbuf text = STRBUF_INIT;
	bool ok;

	parser->at++;
	ok = fill_basic(parser, &text);
	*text_out = str_copy(parser->arena, strbuf_str(&text));
	strbuf_release(&text);
	return ok;
}

static bool literal_string(struct parser *parser, struct str *text_out)
{
	size_t start = ++parser->at;

	while (peek(parser) != '\'') {
		if (peek(parser) < 0 || (peek(parser) < ' ' && peek(parser) != '\t'))
			return fail(parser, "import.toml_string");
		parser->at++;
	}
	*text_out = str_slice(parser->content, start, parser->at++);
	return true;
}

static bool string(struct parser *parser, struct str *text_out)
{
	struct str rest = str_slice(parser->content, parser->at, parser->content.size);

	if (str_starts_with(rest, STR("\"\"\"")) || str_starts_with(rest, STR("'''")))
		return fail(parser, "import.toml_value");
	if (peek(parser) == '"')
		return basic_string(parser, text_out);
	if (peek(parser) == '\'')
		return literal_string(parser, text_out);
	return fail(parser, "import.toml_value");
}

static bool integer(struct parser *parser, int64_t *integer_out)
{
	size_t start = parser->at;

	for (int c = peek(parser); (c >= '0' && c <= '9') || c == '-' || c == '+'; c = peek(parser))
		parser->at++;
	if (str_to_int64(str_slice(parser->content, start, parser->at), integer_out))
		return true;
	parser->at = start;
	return fail(parser, "import.toml_value");
}

static bool array_items(struct parser *parser, struct list *items)
{
	parser->at++;
	for (;;) {
		struct str item;

		skip_lines(parser);
		if (peek(parser) == ']')
			break;
		if (items->count >= TOML_VALUES_MAX || !string(parser, &item))
			return items->count < TOML_VALUES_MAX ? false
							      : fail(parser, "import.toml_limit");
		*(struct str *)list_add(items) = item;
		skip_lines(parser);
		if (peek(parser) == ',')
			parser->at++;
		else if (peek(parser) != ']')
			return fail(parser, "import.toml_array");
	}
	parser->at++;
	return true;
}

static bool array(struct parser *parser, struct toml_value *value)
{
	struct list items = LIST_OF(struct str);
	bool ok = array_items(parser, &items);
	struct str *copy = arena_array(parser->arena, struct str, items.count + 1);

	if (items.count)
		memcpy(copy, items.items, items.count * sizeof(*copy));
	value->items = copy;
	value->item_count = items.count;
	list_release(&items);
	return ok;
}

static bool value_text(struct parser *parser, struct toml_value *value)
{
	int c = peek(parser);

	if (c == '[') {
		value->kind = TOML_ARRAY;
		return array(parser, value);
	}
	if ((c >= '0' && c <= '9') || c == '-' || c == '+') {
		value->kind = TOML_INTEGER;
		return integer(parser, &value->integer);
	}
	value->kind = TOML_STRING;
	return string(parser, &value->text);
}

static bool is_repeated(const struct parser *parser, size_t first, struct str key)
{
	for (size_t i = first; i < parser->values.count; i++)
		if (str_equal(LIST_AT(&parser->values, struct toml_value, i).key, key))
			return true;
	return false;
}

static bool key_and_value(struct parser *parser)
{
	struct toml_table *table = &LIST_AT(&parser->tables, struct toml_table,
					    parser->tables.count - 1);
	struct toml_value value = { .line = parser->line };
	size_t start = parser->at;
	size_t first = parser->values.count - table->value_count;

	value.key = bare_key(parser);
	skip_blanks(parser);
	if (value.key.size == 0 || peek(parser) != '=') {
		parser->at = start;
		return fail(parser, "import.toml_key");
	}
	if (is_repeated(parser, first, value.key)) {
		parser->at = start;
		return fail(parser, "import.toml_repeated");
	}
	if (parser->values.count >= TOML_VALUES_MAX)
		return fail(parser, "import.toml_limit");
	parser->at++;
	skip_blanks(parser);
	if (!value_text(parser, &value))
		return false;
	*(struct toml_value *)list_add(&parser->values) = value;
	table->value_count++;
	return true;
}

static bool table_head(struct parser *parser)
{
	size_t start = parser->at;
	int64_t line = parser->line;
	struct str name, rest = str_slice(parser->content, start, parser->content.size);
	struct toml_table *table;

	if (!str_starts_with(rest, STR("[[")))
		return fail(parser, "import.toml_table");
	parser->at += 2;
	name = bare_key(parser);
	rest = str_slice(parser->content, parser->at, parser->content.size);
	if (name.size == 0 || !str_starts_with(rest, STR("]]"))) {
		parser->at = start;
		return fail(parser, "import.toml_table");
	}
	parser->at += 2;
	if (parser->tables.count >= TOML_TABLES_MAX)
		return fail(parser, "import.toml_limit");
	table = list_add(&parser->tables);
	table->name = name;
	table->line = line;
	return true;
}

static bool parse_lines(struct parser *parser)
{
	if (str_starts_with(parser->content, STR("\xEF\xBB\xBF")))
		parser->at = 3;
	list_add(&parser->tables); /* the one without a name */
	for (;;) {
		skip_lines(parser);
		if (peek(parser) < 0)
			return true;
		if (!(peek(parser) == '[' ? table_head(parser) : key_and_value(parser)))
			return false;
		skip_blanks(parser);
		skip_comment(parser);
		if (!skip_line_end(parser))
			return fail(parser, "import.toml_line_end");
	}
}

static void hand_over(struct parser *parser, struct toml *toml)
{
	struct toml_table *tables = arena_array(parser->arena, struct toml_table,
						parser->tables.count);
	struct toml_value *values = arena_array(parser->arena, struct toml_value,
						parser->values.count + 1);
	size_t at = 0;

	memcpy(tables, parser->tables.items, parser->tables.count * sizeof(*tables));
	if (parser->values.count)
		memcpy(values, parser->values.items, parser->values.count * sizeof(*values));
	for (size_t i = 0; i < parser->tables.count; i++) {
		tables[i].values = values + at;
		at += tables[i].value_count;
	}
	*toml = (struct toml){ tables, parser->tables.count };
}

bool toml_parse(struct arena *arena, struct str content, struct toml *toml_out, struct error *error)
{
	struct parser parser = { .arena = arena,
				 .content = content,
				 .line = 1,
				 .tables = LIST_OF(struct toml_table),
				 .values = LIST_OF(struct toml_value),
				 .error = error };
	bool ok;

	if (!utf8_is_valid(content))
		return error_set(error, ERROR_INVALID, "import.toml_encoding", "%zu",
				 utf8_valid_length(content));
	ok = parse_lines(&parser);
	if (ok)
		hand_over(&parser, toml_out);
	release_lists(&parser);
	return ok;
}

const struct toml_value *toml_find(const struct toml_table *table, const char *key)
{
	for (size_t i = 0; i < table->value_count; i++)
		if (str_equal_cstr(table->values[i].key, key))
			return &table->values[i];
	return NULL;
}

struct str toml_text(const struct toml_table *table, const char *key)
{
	const struct toml_value *value = toml_find(table, key);

	return value && value->kind == TOML_STRING ? value->text : STR_EMPTY;
}

int64_t toml_integer(const struct toml_table *table, const char *key, int64_t otherwise)
{
	const struct toml_value *value = toml_find(table, key);

	return value && value->kind == TOML_INTEGER ? value->integer : otherwise;
}

static void add_escaped(struct strbuf *text, char byte)
{
	switch (byte) {
	case '"':
	case '\\':
		strbuf_add_byte(text, '\\');
		strbuf_add_byte(text, byte);
		break;
	case '\n':
		strbuf_add_cstr(text, "\\n");
		break;
	case '\t':
		strbuf_add_cstr(text, "\\t");
		break;
	default:
		if ((unsigned char)byte < ' ' || byte == 0x7F)
			strbuf_addf(text, "\\u%04X", (unsigned)byte);
		else
			strbuf_add_byte(text, byte);
	}
}

void toml_add_text(struct strbuf *text, const char *key, struct str value)
{
	strbuf_addf(text, "%s = \"", key);
	for (size_t i = 0; i < value.size; i++)
		add_escaped(text, value.data[i]);
	strbuf_add_cstr(text, "\"\n");
}
