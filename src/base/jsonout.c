#include "base/jsonout.h"
#include "base/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void before_value(struct jsonout *json)
{
	if (json->after_key) {
		json->after_key = false;
		return;
	}
	if (json->depth == 0)
		return;
	if (json->has_items[json->depth - 1])
		strbuf_add_byte(json->buffer, ',');
	json->has_items[json->depth - 1] = true;
}

static void begin(struct jsonout *json, char bracket)
{
	before_value(json);
	assert(json->depth < JSONOUT_DEPTH_MAX);
	json->has_items[json->depth++] = false;
	strbuf_add_byte(json->buffer, bracket);
}

static void end(struct jsonout *json, char bracket)
{
	assert(json->depth > 0 && !json->after_key);
	json->depth--;
	strbuf_add_byte(json->buffer, bracket);
}

void jsonout_object_begin(struct jsonout *json)
{
	begin(json, '{');
}

void jsonout_object_end(struct jsonout *json)
{
	end(json, '}');
}

void jsonout_array_begin(struct jsonout *json)
{
	begin(json, '[');
}

void jsonout_array_end(struct jsonout *json)
{
	end(json, ']');
}

static void add_escaped(struct strbuf *buffer, unsigned char byte)
{
	static const char short_forms[] = {
		['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'
	};

	if (byte == '"' || byte == '\\')
		strbuf_addf(buffer, "\\%c", byte);
	else if (byte < sizeof(short_forms) && short_forms[byte])
		strbuf_addf(buffer, "\\%c", short_forms[byte]);
	else
		strbuf_addf(buffer, "\\u%04x", byte);
}

static void add_string(struct strbuf *buffer, struct str s)
{
	size_t from = 0;

	strbuf_add_byte(buffer, '"');
	for (size_t at = 0; at < s.size;) {
		unsigned char byte = (unsigned char)s.data[at];
		size_t start = at;
		uint32_t rune;

		if (byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\') {
			at++;
			continue;
		}
		rune = utf8_next(s, &at);
		if (byte >= 0x80 && !(rune == UTF8_REPLACEMENT && at == start + 1))
			continue;
		strbuf_add(buffer, s.data + from, start - from);
		if (byte >= 0x80)
			strbuf_add_rune(buffer, UTF8_REPLACEMENT);
		else
			add_escaped(buffer, byte);
		from = at;
	}
	if (from < s.size)
		strbuf_add(buffer, s.data + from, s.size - from);
	strbuf_add_byte(buffer, '"');
}

void jsonout_key(struct jsonout *json, const char *key)
{
	assert(json->depth > 0 && !json->after_key);
	before_value(json);
	add_string(json->buffer, str_of(key));
	strbuf_add_byte(json->buffer, ':');
	json->after_key = true;
}

void jsonout_str(struct jsonout *json, struct str value)
{
	before_value(json);
	add_string(json->buffer, value);
}

void jsonout_cstr(struct jsonout *json, const char *value)
{
	if (value)
		jsonout_str(json, str_of(value));
	else
		jsonout_null(json);
}

void jsonout_integer(struct jsonout *json, int64_t value)
{
	before_value(json);
	strbuf_add_integer(json->buffer, value);
}

/* The shortest of 15 to 17 digits that reads back as the same number. */
void jsonout_number(struct jsonout *json, double value)
{
	char text[32];

	if (!isfinite(value)) {
		jsonout_null(json);
		return;
	}
	before_value(json);
	for (int precision = 15; precision <= 17; precision++) {
		snprintf(text, sizeof(text), "%.*g", precision, value);
		if (strtod(text, NULL) == value)
			break;
	}
	strbuf_add_cstr(json->buffer, text);
}

void jsonout_bool(struct jsonout *json, bool value)
{
	before_value(json);
	strbuf_add_cstr(json->buffer, value ? "true" : "false");
}

void jsonout_null(struct jsonout *json)
{
	before_value(json);
	strbuf_add_cstr(json->buffer, "null");
}

void jsonout_member_str(struct jsonout *json, const char *key, struct str value)
{
	jsonout_key(json, key);
	jsonout_str(json, value);
}

void jsonout_member_cstr(struct jsonout *json, const char *key, const char *value)
{
	jsonout_key(json, key);
	jsonout_cstr(json, value);
}

void jsonout_member_integer(struct jsonout *json, const char *key, int64_t value)
{
	jsonout_key(json, key);
	jsonout_integer(json, value);
}

void jsonout_member_number(struct jsonout *json, const char *key, double value)
{
	jsonout_key(json, key);
	jsonout_number(json, value);
}

void jsonout_member_bool(struct jsonout *json, const char *key, bool value)
{
	jsonout_key(json, key);
	jsonout_bool(json, value);
}

void jsonout_member_text(struct jsonout *json, const char *key, struct str text)
{
	jsonout_key(json, key);
	if (text.size)
		jsonout_str(json, text);
	else
		jsonout_null(json);
}

void jsonout_member_date(struct jsonout *json, const char *key, date day)
{
	char text[DATE_TEXT_SIZE];

	jsonout_member_text(json, key, str_of(date_format(day, text)));
}

static void put_digits(char *text, int value, int count)
{
	while (count-- > 0) {
		text[count] = (char)('0' + value % 10);
		value /= 10;
	}
}

void jsonout_member_time(struct jsonout *json, const char *key, int64_t utc_ms)
{
	enum { DAY_MS = 86400000 };
	int64_t day = utc_ms / DAY_MS - (utc_ms % DAY_MS < 0);
	int ms = (int)(utc_ms - day * DAY_MS), year, month, of_month;
	char text[] = "0000-00-00T00:00:00.000Z";

	date_parts((date)day, &year, &month, &of_month);
	put_digits(text, year, 4);
	put_digits(text + 5, month, 2);
	put_digits(text + 8, of_month, 2);
	put_digits(text + 11, ms / 3600000, 2);
	put_digits(text + 14, ms / 60000 % 60, 2);
	put_digits(text + 17, ms / 1000 % 60, 2);
	put_digits(text + 20, ms % 1000, 3);
	jsonout_member_text(json, key, utc_ms ? str_of(text) : STR_EMPTY);
}

void jsonout_raw(struct jsonout *json, struct str value)
{
	before_value(json);
	strbuf_add_str(json->buffer, value);
}

void jsonout_label_members(struct jsonout *json, struct label label)
{
	jsonout_member_cstr(json, "zh", label.zh);
	jsonout_member_cstr(json, "en", label.en);
}

void jsonout_member_label(struct jsonout *json, const char *key, struct label label)
{
	jsonout_key(json, key);
	jsonout_object_begin(json);
	jsonout_label_members(json, label);
	jsonout_object_end(json);
}
