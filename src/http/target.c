#include "http/target.h"
#include "base/strbuf.h"
#include "base/utf8.h"

static int hex_value(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* Percent codes decoded; plus is a blank in queries. NULL when broken or not printable UTF-8. */
static char *decode(struct arena *arena, struct str raw, bool plus_is_blank)
{
	char *text = arena_alloc(arena, raw.size + 1);
	size_t size = 0;

	for (size_t i = 0; i < raw.size; i++) {
		char c = raw.data[i];

		if (c == '%') {
			int high = i + 2 < raw.size ? hex_value(raw.data[i + 1]) : -1;
			int low = i + 2 < raw.size ? hex_value(raw.data[i + 2]) : -1;

			if (high < 0 || low < 0)
				return NULL;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus_is_blank) {
			c = ' ';
		}
		text[size++] = c;
	}
	text[size] = '\0';
	if (strlen(text) != size || !utf8_is_valid((struct str){ text, size }))
		return NULL;
	return text;
}

static bool has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7F)
			return true;
	return false;
}

static bool is_good_part(const char *part)
{
	return part && part[0] && strcmp(part, ".") != 0 && strcmp(part, "..") != 0 &&
	       !strchr(part, '/') && !strchr(part, '\\') && !has_control(part);
}

static bool parse_path(struct arena *arena, struct str raw, struct target *target)
{
	struct strbuf path = STRBUF_INIT;
	struct str part;
	bool good = raw.size > 0 && raw.data[0] == '/';

	raw = str_slice(raw, 1, raw.size);
	if (str_ends_with(raw, STR("/")))
		raw.size--;
	while (good && raw.size && str_split(&raw, STR("/"), &part)) {
		char *decoded = target->part_count < TARGET_PARTS_MAX ? decode(arena, part, false)
								      : NULL;

		good = is_good_part(decoded);
		if (!good)
			break;
		target->parts[target->part_count++] = decoded;
		strbuf_add_byte(&path, '/');
		strbuf_add_cstr(&path, decoded);
	}
	if (path.size == 0)
		strbuf_add_byte(&path, '/');
	target->path = arena_copy(arena, path.data, path.size);
	strbuf_release(&path);
	return good;
}

static bool parse_query(struct arena *arena, struct str raw, struct target *target)
{
	struct str pair;

	if (raw.size == 0)
		return true;
	target->query = arena_array(arena, struct name_value, TARGET_QUERY_MAX);
	while (str_split(&raw, STR("&"), &pair)) {
		size_t equals = str_find_byte(pair, '=');
		struct name_value *item = &target->query[target->query_count];

		if (pair.size == 0)
			continue;
		if (target->query_count == TARGET_QUERY_MAX)
			return false;
		item->name = decode(arena, str_slice(pair, 0, equals), true);
		item->value = equals == STR_NOT_FOUND
				      ? ""
				      : decode(arena, str_slice(pair, equals + 1, pair.size), true);
		if (!item->name || !item->name[0] || !item->value)
			return false;
		target->query_count++;
	}
	return true;
}

/* "http://host/path" -> "/path"; anything else stays. */
static struct str without_authority(struct str raw)
{
	size_t scheme = str_find(raw, STR("://"));
	struct str rest;
	size_t slash;

	if (raw.size == 0 || raw.data[0] == '/' || scheme == STR_NOT_FOUND)
		return raw;
	rest = str_slice(raw, scheme + 3, raw.size);
	slash = str_find_byte(rest, '/');
	return slash == STR_NOT_FOUND ? STR("/") : str_slice(rest, slash, rest.size);
}

bool target_parse(struct arena *arena, struct str raw, struct target *target_out,
		  struct error *error)
{
	size_t question;

	*target_out = (struct target){ .path = "/" };
	raw = without_authority(raw);
	question = str_find_byte(raw, '?');
	if (!parse_path(arena, str_slice(raw, 0, question), target_out) ||
	    (question != STR_NOT_FOUND &&
	     !parse_query(arena, str_slice(raw, question + 1, raw.size), target_out)))
		return error_set(error, ERROR_INVALID, "http.target", " ");
	return true;
}

bool header_find_cookie(struct str header, const char *name, struct str *value_out)
{
	struct str pair;

	while (str_split(&header, STR(";"), &pair)) {
		size_t equals;

		pair = str_trim(pair);
		equals = str_find_byte(pair, '=');
		if (equals == STR_NOT_FOUND || !str_equal_cstr(str_slice(pair, 0, equals), name))
			continue;
		*value_out = str_slice(pair, equals + 1, pair.size);
		if (value_out->size >= 2 && value_out->data[0] == '"' &&
		    value_out->data[value_out->size - 1] == '"')
			*value_out = str_slice(*value_out, 1, value_out->size - 1);
		return true;
	}
	return false;
}

/* Takes name=value or name="value" off the front of *rest, behind a ';'. */
static bool next_parameter(struct str *rest, struct str *name_out, struct strbuf *value)
{
	size_t i = 0, from;
	struct str s = *rest;

	strbuf_clear(value);
	while (i < s.size && (s.data[i] == ';' || s.data[i] == ' ' || s.data[i] == '\t'))
		i++;
	from = i;
	while (i < s.size && s.data[i] != '=' && s.data[i] != ';')
		i++;
	*name_out = str_trim(str_slice(s, from, i));
	if (i >= s.size) {
		*rest = STR_EMPTY;
		return name_out->size > 0;
	}
	if (s.data[i] == '=' && i + 1 < s.size && s.data[i + 1] == '"') {
		for (i += 2; i < s.size && s.data[i] != '"'; i++) {
			/* Browsers escape quotes only; a backslash of a Windows path stays. */
			if (s.data[i] == '\\' && i + 1 < s.size &&
			    (s.data[i + 1] == '"' || s.data[i + 1] == '\\'))
				i++;
			strbuf_add_byte(value, s.data[i]);
		}
		while (i < s.size && s.data[i] != ';')
			i++;
	} else if (s.data[i] == '=') {
		from = ++i;
		while (i < s.size && s.data[i] != ';')
			i++;
		strbuf_add_str(value, str_trim(str_slice(s, from, i)));
	}
	*rest = str_slice(s, i, s.size);
	return true;
}

/* UTF-8'language'percent-encoded. */
static const char *decode_extended(struct arena *arena, struct str value)
{
	struct str part;

	if (!str_split(&value, STR("'"), &part) || !str_equal_nocase(part, STR("utf-8")) ||
	    !str_split(&value, STR("'"), &part))
		return NULL;
	return decode(arena, value, false);
}

const char *header_parameter(struct arena *arena, struct str header, const char *name)
{
	bool is_extended = str_ends_with(str_of(name), STR("*"));
	struct strbuf value = STRBUF_INIT;
	const char *found = NULL;
	struct str key;
	size_t first = str_find_byte(header, ';');

	header = first == STR_NOT_FOUND ? STR_EMPTY : str_slice(header, first, header.size);
	while (!found && header.size && next_parameter(&header, &key, &value)) {
		if (!str_equal_nocase(key, str_of(name)))
			continue;
		found = is_extended ? decode_extended(arena, strbuf_str(&value))
				    : arena_copy(arena, value.data, value.size);
	}
	strbuf_release(&value);
	return found;
}

const char *header_media_type(struct arena *arena, struct str header)
{
	struct str type = str_trim(str_slice(header, 0, str_find_byte(header, ';')));
	char *text = str_to_cstr(arena, type);

	for (char *c = text; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return text;
}

/* The q of "en;q=0.8"; 1 when it has none. */
static double quality(struct str item)
{
	size_t at = str_find(item, STR("q="));
	double value;

	if (at == STR_NOT_FOUND ||
	    !str_to_double(str_trim(str_slice(item, at + 2, item.size)), &value))
		return 1;
	return value;
}

bool header_prefers_english(struct str header)
{
	double english = 0, chinese = 0;
	struct str item;

	while (str_split(&header, STR(","), &item)) {
		struct str language = str_slice(str_trim(item), 0, 2);
		double value = quality(item);

		if (str_equal_nocase(language, STR("en")) && value > english)
			english = value;
		if (str_equal_nocase(language, STR("zh")) && value > chinese)
			chinese = value;
	}
	return english > chinese;
}

bool header_matches_etag(struct str header, const char *etag)
{
	struct str item;

	while (str_split(&header, STR(","), &item)) {
		item = str_trim(item);
		if (str_equal(item, STR("*")))
			return true;
		if (str_starts_with(item, STR("W/")))
			item = str_slice(item, 2, item.size);
		if (item.size >= 2 && item.data[0] == '"' && item.data[item.size - 1] == '"' &&
		    str_equal_cstr(str_slice(item, 1, item.size - 1), etag))
			return true;
	}
	return false;
}

const char *target_encode(struct arena *arena, struct str text)
{
	static const char digits[] = "0123456789ABCDEF";
	char *encoded = arena_alloc(arena, text.size * 3 + 1);
	size_t size = 0;

	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    (c && strchr("-._~", c))) {
			encoded[size++] = (char)c;
			continue;
		}
		encoded[size++] = '%';
		encoded[size++] = digits[c >> 4];
		encoded[size++] = digits[c & 15];
	}
	return encoded;
}
