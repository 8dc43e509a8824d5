#include "import/json_internal.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str json_skip_blank(struct str s)
{
	size_t at = 0;

	while (at < s.size && is_blank(s.data[at]))
		at++;
	return str_slice(s, at, s.size);
}

/* Offset behind the closing quote, or s.size when it is not there. */
static size_t scan_string(struct json_scan *scan, struct str s, size_t at)
{
	for (; at < s.size; at++) {
		char c = s.data[at];

		if (scan->escaped)
			scan->escaped = false;
		else if (c == '\\')
			scan->escaped = true;
		else if (c == '"') {
			scan->in_string = false;
			return at + 1;
		}
	}
	return at;
}

static bool ends_plain(char c)
{
	return is_blank(c) || c == ',' || c == ']' || c == '}' || c == ':';
}

/* One byte outside strings. True when the value has ended; *own_out: the byte belongs to it. */
static bool scan_byte(struct json_scan *scan, char c, bool *own_out)
{
	*own_out = true;
	if (scan->depth == 0 && scan->started && ends_plain(c)) {
		*own_out = false;
		return true;
	}
	scan->started = true;
	if (c == '"')
		scan->in_string = true;
	else if (c == '{' || c == '[')
		scan->depth++;
	else if (c == '}' || c == ']')
		return scan->depth == 0 || --scan->depth == 0;
	else
		scan->in_plain = scan->depth == 0;
	return false;
}

bool json_scan_value(struct json_scan *scan, struct str s, size_t *size_out)
{
	size_t at = 0;

	while (at < s.size) {
		bool own, ended;

		if (scan->in_string) {
			at = scan_string(scan, s, at);
			if (!scan->in_string && scan->depth == 0) {
				*size_out = at;
				return true;
			}
			continue;
		}
		ended = scan_byte(scan, s.data[at], &own);
		at += own;
		if (ended) {
			*size_out = at;
			return true;
		}
	}
	*size_out = s.size;
	return false;
}

static struct str take_value(struct str *rest)
{
	struct json_scan scan = { 0 };
	struct str value;
	size_t size;

	*rest = json_skip_blank(*rest);
	json_scan_value(&scan, *rest, &size);
	value = str_slice(*rest, 0, size);
	*rest = json_skip_blank(str_slice(*rest, size, rest->size));
	return value;
}

bool json_next_member(struct str *rest, struct str *key_out, struct str *value_out)
{
	struct str key = take_value(rest);

	if (key.size < 2 || key.data[0] != '"' || rest->size == 0 || rest->data[0] != ':')
		return false;
	*key_out = str_slice(key, 1, key.size - 1);
	*rest = str_slice(*rest, 1, rest->size);
	*value_out = take_value(rest);
	if (rest->size && rest->data[0] == ',')
		*rest = str_slice(*rest, 1, rest->size);
	return true;
}

bool json_next_element(struct str *rest, struct str *value_out)
{
	*value_out = take_value(rest);
	if (value_out->size == 0 || value_out->data[0] == ']')
		return false;
	if (rest->size && rest->data[0] == ',')
		*rest = str_slice(*rest, 1, rest->size);
	return true;
}
