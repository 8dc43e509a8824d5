#include "import/json_internal.h"

#include "base/utf8.h"

#include <string.h>

struct parser {
	struct reader *reader;
	char *start, *at, *end; /* *end is NUL */
	unsigned depth;
	const char *fault;     /* message key */
	struct str fault_name; /* the key at fault */
};

struct place {
	uint32_t path, group;
};

static bool parse_value(struct parser *parser, struct place place);

static bool fail(struct parser *parser, const char *key)
{
	parser->fault = parser->fault ? parser->fault : key;
	return false;
}

static void skip_blank(struct parser *parser)
{
	while (*parser->at == ' ' || *parser->at == '\t' || *parser->at == '\n' ||
	       *parser->at == '\r')
		parser->at++;
}

static bool take(struct parser *parser, char wanted)
{
	skip_blank(parser);
	if (*parser->at != wanted)
		return false;
	parser->at++;
	return true;
}

static bool parse_hex(const char *digits, uint32_t *value_out)
{
	uint32_t value = 0;

	for (size_t i = 0; i < 4; i++) {
		char c = digits[i];
		uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
				 : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
				 : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
							: 16;

		if (digit == 16)
			return false; /* also at the NUL behind the end */
		value = value << 4 | digit;
	}
	*value_out = value;
	return true;
}

/* Behind "\u": one rune, of two escapes when they are a surrogate pair. */
static bool parse_unicode(struct parser *parser, uint32_t *rune_out)
{
	uint32_t low;

	if (!parse_hex(parser->at, rune_out))
		return false;
	parser->at += 4;
	if (*rune_out >= 0xD800 && *rune_out <= 0xDBFF && parser->at[0] == '\\' &&
	    parser->at[1] == 'u' && parse_hex(parser->at + 2, &low) && low >= 0xDC00 &&
	    low <= 0xDFFF) {
		*rune_out = 0x10000 + ((*rune_out - 0xD800) << 10) + (low - 0xDC00);
		parser->at += 6;
	}
	if (*rune_out == 0 || (*rune_out >= 0xD800 && *rune_out <= 0xDFFF)) {
		*rune_out = UTF8_REPLACEMENT;
		parser->reader->builder.warning = "reader.mended";
	}
	return true;
}

/* An escape never becomes longer than it stood, so *to stays behind at. */
static bool parse_escape(struct parser *parser, char **to)
{
	static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
	char c = *++parser->at;
	const char *known = c ? strchr(from, c) : NULL;
	uint32_t rune;

	if (!known && c != 'u')
		return false;
	parser->at++;
	if (known) {
		*(*to)++ = into[known - from];
		return true;
	}
	if (!parse_unicode(parser, &rune))
		return false;
	*to += utf8_encode(rune, *to);
	return true;
}

/* Behind the opening quote; moves at behind the closing one. */
static bool parse_string(struct parser *parser, struct str *value_out)
{
	char *from = parser->at, *to;

	while ((unsigned char)*parser->at >= ' ' && *parser->at != '"' && *parser->at != '\\')
		parser->at++;
	to = parser->at;
	while (*parser->at != '"') {
		if ((unsigned char)*parser->at < ' ')
			return fail(parser, "reader.json_syntax"); /* or the end */
		if (*parser->at != '\\')
			*to++ = *parser->at++;
		else if (!parse_escape(parser, &to))
			return fail(parser, "reader.json_syntax");
	}
	parser->at++;
	*value_out = (struct str){ from, (size_t)(to - from) };
	return true;
}

static bool take_digits(struct parser *parser)
{
	const char *before = parser->at;

	while (*parser->at >= '0' && *parser->at <= '9')
		parser->at++;
	return parser->at > before;
}

static bool parse_number(struct parser *parser, struct str *value_out)
{
	char *from = parser->at;

	parser->at += *parser->at == '-';
	if (*parser->at == '0')
		parser->at++;
	else if (!take_digits(parser))
		return fail(parser, "reader.json_syntax");
	if (*parser->at == '.') {
		parser->at++;
		if (!take_digits(parser))
			return fail(parser, "reader.json_syntax");
	}
	if (*parser->at == 'e' || *parser->at == 'E') {
		parser->at++;
		parser->at += *parser->at == '+' || *parser->at == '-';
		if (!take_digits(parser))
			return fail(parser, "reader.json_syntax");
	}
	*value_out = (struct str){ from, (size_t)(parser->at - from) };
	return true;
}

static bool parse_word(struct parser *parser, struct str *value_out)
{
	static const struct str words[] = { STR_INIT("true"), STR_INIT("false"), STR_INIT("null") };
	struct str rest = { parser->at, (size_t)(parser->end - parser->at) };

	for (size_t i = 0; i < 3; i++) {
		if (!str_starts_with(rest, words[i]))
			continue;
		parser->at += words[i].size;
		*value_out = i < 2 ? words[i] : STR_EMPTY;
		return true;
	}
	return fail(parser, "reader.json_syntax");
}

static bool add_cell(struct parser *parser, struct place place, struct str value)
{
	if (value.size > parser->reader->limits.cell_size_max)
		return fail(parser, "reader.cell_too_large");
	row_builder_add(&parser->reader->builder, place.path, place.group, value);
	return true;
}

/* The key, its path below the object's, and the colon. */
static bool parse_key(struct parser *parser, uint32_t object, uint64_t serial, uint32_t *path)
{
	struct paths *paths = &parser->reader->paths;
	struct path_node *node;
	struct str key;

	if (!take(parser, '"') || !parse_string(parser, &key) || !take(parser, ':'))
		return fail(parser, "reader.json_syntax");
	*path = paths_child(paths, object, *path, key);
	parser->fault_name = key;
	if (*path == PATH_NONE)
		return fail(parser, "reader.too_many_names");
	node = paths_node(paths, *path);
	if (node->seen == serial)
		return fail(parser, "reader.json_twice");
	node->seen = serial;
	parser->fault_name = STR_EMPTY;
	return true;
}

/* Behind '{'. */
static bool parse_members(struct parser *parser, struct place place)
{
	uint64_t serial = ++parser->reader->serial;
	uint32_t path = place.path;

	if (take(parser, '}'))
		return true;
	do {
		if (!parse_key(parser, place.path, serial, &path) ||
		    !parse_value(parser, (struct place){ path, place.group }))
			return false;
	} while (take(parser, ','));
	return take(parser, '}') || fail(parser, "reader.json_syntax");
}

static bool parse_object(struct parser *parser, struct place place)
{
	struct row_builder *builder = &parser->reader->builder;
	uint32_t group = row_builder_open_group(builder, place.path, place.group);
	bool done = parse_members(parser, (struct place){ place.path, group });

	row_builder_close_group(builder, group);
	return done;
}

/* Behind '['. */
static bool parse_array(struct parser *parser, struct place place)
{
	if (take(parser, ']'))
		return true;
	do
		if (!parse_value(parser, place))
			return false;
	while (take(parser, ','));
	return take(parser, ']') || fail(parser, "reader.json_syntax");
}

static bool parse_nested(struct parser *parser, struct place place, bool object)
{
	bool done;

	if (parser->depth == parser->reader->limits.depth_max)
		return fail(parser, "reader.too_deep");
	parser->depth++;
	parser->at++;
	done = object ? parse_object(parser, place) : parse_array(parser, place);
	parser->depth--;
	return done;
}

static bool parse_value(struct parser *parser, struct place place)
{
	struct str value;
	bool done;

	skip_blank(parser);
	switch (*parser->at) {
	case '{':
	case '[':
		return parse_nested(parser, place, *parser->at == '{');
	case '"':
		parser->at++;
		done = parse_string(parser, &value);
		break;
	case 't':
	case 'f':
	case 'n':
		done = parse_word(parser, &value);
		break;
	default:
		done = parse_number(parser, &value);
	}
	return done && add_cell(parser, place, value);
}

bool json_parse_record(struct reader *reader, char *data, size_t size, struct error *error)
{
	struct parser parser = { .reader = reader, .start = data, .at = data, .end = data + size };
	char about[80];

	if (!take(&parser, '{'))
		fail(&parser, "reader.json_not_object");
	else if (parse_members(&parser, (struct place){ PATH_ROOT, 0 })) {
		skip_blank(&parser);
		if (parser.at == parser.end)
			return true;
		fail(&parser, "reader.json_syntax");
	}
	snprintf(about, sizeof(about), "+%zu%s%.*s", (size_t)(parser.at - data),
		 parser.fault_name.size ? " " : "",
		 (int)(parser.fault_name.size < 60 ? parser.fault_name.size : 60),
		 parser.fault_name.data);
	return reader_error(reader, error, ERROR_INVALID, parser.fault, reader->place, about);
}
