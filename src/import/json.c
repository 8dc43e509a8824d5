#include "import/json_internal.h"

#include <string.h>

/*
 * JSON lines, values one after the other, an array of records, or one object with such an array
 * inside. A record is brought into the window whole, found by its brackets, and then parsed.
 */
enum json_mode { JSON_LINES, JSON_VALUES, JSON_ARRAY };

enum { ARRAY_DEPTH_MAX = 4, PLAN_SIZE = 1 << 20, SCALARS_MAX = 4 };

struct json {
	enum json_mode mode;
	/* JSON_ARRAY: keys from the outermost object to the array; none when it is outermost. */
	struct str keys[ARRAY_DEPTH_MAX];
	size_t key_count;
	bool entered, first_done, finished;
	int64_t records;
};

static enum read_result fail(struct reader *reader, struct error *error, const char *key)
{
	const struct json *state = reader->state;

	reader_error(reader, error, ERROR_CORRUPT, key, state->records + 1, NULL);
	return READ_FAILED;
}

/* The first byte behind white space. False at the end or when reading fails. */
static bool next_byte(struct text *text, char *byte_out, struct error *error, bool *failed_out)
{
	while (text_has(text, 1, error, failed_out)) {
		struct str rest = json_skip_blank(text_window(text));

		text->at = text->end - rest.size;
		if (rest.size > 0) {
			*byte_out = rest.data[0];
			return true;
		}
	}
	return false;
}

enum taken { TAKEN, TAKEN_TOO_LARGE, TAKEN_CUT, TAKEN_FAILED };

/* Drops what has been looked at when it is not wanted, or is too large to keep. */
static bool drop(struct text *text, bool wanted, size_t *scanned, enum taken *result)
{
	if (wanted && text->end - text->at < text->size_max)
		return false;
	if (wanted)
		*result = TAKEN_TOO_LARGE;
	text->at = text->end;
	*scanned = 0;
	return true;
}

/* Takes the value at the front of the window; it stays in the window until text_more(). */
static enum taken take_value(struct text *text, bool wanted, struct str *value_out,
			     struct error *error)
{
	struct json_scan scan = { 0 };
	size_t scanned = 0, size;
	enum taken result = TAKEN;

	while (!json_scan_value(&scan, str_slice(text_window(text), scanned, SIZE_MAX), &size)) {
		scanned += size;
		if (text->ended && !(scan.in_plain && scan.depth == 0))
			return TAKEN_CUT;
		if (text->ended) { /* a number or word: only the end of the file ends it */
			size = 0;
			break;
		}
		drop(text, wanted && result == TAKEN, &scanned, &result);
		if (!text_more(text, error))
			return TAKEN_FAILED;
	}
	*value_out = str_slice(text_window(text), 0, scanned + size);
	text->at += scanned + size;
	return result;
}

/* A line of JSON lines; its end is the line's whatever stands in it. */
static enum taken take_line(struct text *text, struct str *value_out, struct error *error)
{
	size_t scanned = 0, end;
	enum taken result = TAKEN;

	for (;;) {
		struct str window = text_window(text);

		end = str_find_byte(str_slice(window, scanned, window.size), '\n');
		if (end != STR_NOT_FOUND || text->ended) {
			end = end == STR_NOT_FOUND ? window.size : scanned + end;
			*value_out = str_slice(window, 0, end);
			text->at += end + (end < window.size);
			return result;
		}
		scanned = window.size;
		drop(text, result == TAKEN, &scanned, &result);
		if (!text_more(text, error))
			return TAKEN_FAILED;
	}
}

/* From the front of an object to the value of the key in it. */
static enum read_result enter_member(struct reader *reader, struct str key, struct error *error)
{
	struct text *text = reader->text;
	struct str found;
	bool failed;
	char byte;

	if (!next_byte(text, &byte, error, &failed) || byte != '{')
		return failed ? READ_FAILED : fail(reader, error, "reader.json_syntax");
	do {
		bool wanted;

		text->at++; /* '{' or ',' */
		if (!next_byte(text, &byte, error, &failed) || byte != '"' ||
		    take_value(text, true, &found, error) != TAKEN)
			return failed ? READ_FAILED : fail(reader, error, "reader.json_syntax");
		wanted = str_equal(str_slice(found, 1, found.size - 1), key);
		if (!next_byte(text, &byte, error, &failed) || byte != ':')
			return failed ? READ_FAILED : fail(reader, error, "reader.json_syntax");
		text->at++;
		if (!next_byte(text, &byte, error, &failed))
			return failed ? READ_FAILED : fail(reader, error, "reader.truncated");
		if (wanted)
			return READ_ROW;
		if (take_value(text, false, &found, error) != TAKEN)
			return fail(reader, error, "reader.truncated");
	} while (next_byte(text, &byte, error, &failed) && byte == ',');
	return fail(reader, error, "reader.json_syntax");
}

static enum read_result enter_array(struct reader *reader, struct error *error)
{
	struct json *state = reader->state;
	bool failed;
	char byte;

	state->entered = true;
	for (size_t i = 0; i < state->key_count; i++) {
		enum read_result result = enter_member(reader, state->keys[i], error);

		if (result != READ_ROW)
			return result;
	}
	if (!next_byte(reader->text, &byte, error, &failed) || byte != '[')
		return failed ? READ_FAILED : fail(reader, error, "reader.json_syntax");
	reader->text->at++;
	return READ_ROW;
}

/* To the next element of the array. */
static enum read_result next_element(struct reader *reader, struct error *error)
{
	struct json *state = reader->state;
	struct text *text = reader->text;
	bool failed;
	char byte;

	if (!state->entered) {
		enum read_result result = enter_array(reader, error);

		if (result != READ_ROW)
			return result;
	}
	if (!next_byte(text, &byte, error, &failed))
		return failed ? READ_FAILED : fail(reader, error, "reader.truncated");
	if (byte == ']') {
		state->finished = true;
		return READ_END;
	}
	if (state->first_done) {
		if (byte != ',')
			return fail(reader, error, "reader.json_syntax");
		text->at++;
		if (!next_byte(text, &byte, error, &failed))
			return failed ? READ_FAILED : fail(reader, error, "reader.truncated");
	}
	state->first_done = true;
	return READ_ROW;
}

/* The front of the window is moved to the next record. */
static enum read_result next_record(struct reader *reader, struct error *error)
{
	const struct json *state = reader->state;
	bool failed;
	char byte;

	if (state->finished)
		return READ_END;
	if (state->mode == JSON_ARRAY)
		return next_element(reader, error);
	if (next_byte(reader->text, &byte, error, &failed))
		return READ_ROW;
	return failed ? READ_FAILED : READ_END;
}

static enum taken take_record(struct reader *reader, struct str *value_out, struct error *error)
{
	const struct json *state = reader->state;

	if (state->mode != JSON_LINES)
		return take_value(reader->text, true, value_out, error);
	return take_line(reader->text, value_out, error);
}

static enum read_result json_next(struct reader *reader, struct arena *row_arena,
				  struct error *error)
{
	struct json *state = reader->state;
	struct str value = STR_EMPTY;
	enum read_result result = next_record(reader, error);
	enum taken taken;

	if (result != READ_ROW) {
		state->finished = true;
		return result;
	}
	taken = take_record(reader, &value, error);
	if (taken == TAKEN_FAILED || taken == TAKEN_CUT) {
		state->finished = true;
		return taken == TAKEN_FAILED ? READ_FAILED
					     : fail(reader, error, "reader.truncated");
	}
	reader->place = ++state->records;
	if (taken == TAKEN_TOO_LARGE) {
		reader_error(reader, error, ERROR_LIMIT, "reader.row_too_large", reader->place,
			     NULL);
		return READ_BAD_ROW;
	}
	value = str_copy(row_arena, value);
	return json_parse_record(reader, (char *)(uintptr_t)value.data, value.size, error)
		       ? READ_ROW
		       : READ_BAD_ROW;
}

/* What the planning found: an array of objects inside the outermost object. */
struct candidate {
	struct str keys[ARRAY_DEPTH_MAX];
	size_t key_count, size;
};

static bool is_array_of_objects(struct str value)
{
	struct str rest = str_slice(value, 1, value.size), first;

	return value.size && value.data[0] == '[' && json_next_element(&rest, &first) &&
	       first.data[0] == '{';
}

static bool path_is(const struct candidate *candidate, const char *path)
{
	struct str rest = str_of(path), part;

	for (size_t i = 0; i < candidate->key_count; i++)
		if (!str_split(&rest, STR("/"), &part) || !str_equal(part, candidate->keys[i]))
			return false;
	return rest.data == NULL;
}

static bool is_ruled(const struct reader *reader, const struct candidate *candidate)
{
	for (size_t i = 0; i < reader->rule_count; i++)
		if (reader->rules[i].format == FORMAT_JSON &&
		    path_is(candidate, reader->rules[i].record))
			return true;
	return false;
}

/* Looks through the object for arrays: one named by a rule wins, else the largest. */
static bool find_arrays(const struct reader *reader, struct str object, struct candidate *here,
			struct candidate *best, size_t *scalars)
{
	struct str rest = str_slice(object, 1, object.size), key, value;

	while (json_next_member(&rest, &key, &value)) {
		bool deeper = here->key_count + 1 < ARRAY_DEPTH_MAX;

		here->keys[here->key_count++] = key;
		here->size = value.size;
		if (is_array_of_objects(value)) {
			bool ruled = is_ruled(reader, here);

			if (ruled || here->size > best->size)
				*best = *here;
			if (ruled)
				return true;
		} else if (value.size && value.data[0] == '{' && deeper) {
			if (find_arrays(reader, value, here, best, scalars))
				return true;
		} else {
			*scalars += here->key_count == 1;
		}
		here->key_count--;
	}
	return false;
}

/* One object alone: a wrapper around records, or a record. */
static void plan_object(struct reader *reader, struct str object)
{
	struct json *state = reader->state;
	struct candidate here = { .key_count = 0 }, best = { .key_count = 0 };
	size_t scalars = 0;
	bool ruled = find_arrays(reader, object, &here, &best, &scalars);

	if (best.key_count == 0 || (!ruled && scalars > SCALARS_MAX))
		return;
	state->mode = JSON_ARRAY;
	state->key_count = best.key_count;
	for (size_t i = 0; i < best.key_count; i++)
		state->keys[i] = str_copy(reader->part_arena, best.keys[i]);
}

static void sign_record(struct reader *reader, struct str record)
{
	struct str rest = str_slice(record, 1, record.size), key, value;

	reader_clear_signature(reader);
	while (record.size && record.data[0] == '{' && json_next_member(&rest, &key, &value))
		reader_add_signature(reader, key);
}

/* The first record as far as it is in the window. */
static struct str first_record(const struct json *state, struct str s)
{
	struct str rest, key, value = s;

	for (size_t i = 0; i < state->key_count; i++) {
		rest = str_slice(value, 1, value.size);
		while (json_next_member(&rest, &key, &value) && !str_equal(key, state->keys[i]))
			;
	}
	if (state->mode != JSON_ARRAY)
		return s;
	rest = str_slice(value, 1, value.size);
	return json_next_element(&rest, &value) ? value : STR_EMPTY;
}

static void plan(struct reader *reader)
{
	struct json *state = reader->state;
	struct str s = json_skip_blank(text_window(reader->text)), rest;
	struct json_scan scan = { 0 };
	size_t size;
	bool whole;

	state->mode = s.size && s.data[0] == '[' ? JSON_ARRAY : JSON_VALUES;
	state->key_count = 0;
	if (state->mode == JSON_VALUES) {
		whole = json_scan_value(&scan, s, &size);
		rest = str_slice(s, size, s.size);
		if (json_skip_blank(rest).size == 0 && (!whole || reader->text->ended))
			plan_object(reader, s);
		else if (memchr(s.data, '\n', size) == NULL &&
			 str_find_byte(str_slice(rest, 0, 3), '\n') != STR_NOT_FOUND)
			state->mode = JSON_LINES;
	}
	sign_record(reader, first_record(state, s));
}

static bool json_open(struct reader *reader, struct error *error)
{
	struct text *text = reader->text;

	reader->state = arena_new(reader->part_arena, struct json);
	while (text_window(text).size < PLAN_SIZE && !text->ended)
		if (!text_more(text, error))
			break; /* told again when reading comes there */
	plan(reader);
	return true;
}

const struct format_driver json_driver = { FORMAT_JSON, json_open, json_next, plan };
