#include "import/xml_internal.h"

#include "base/utf8.h"
#include "import/entities.h"

#define XML_DTD /* makes expat.h declare the protection against expansion */
#include <expat.h>
#include <string.h>

/*
 * Documents of XML, one or many in one file: each with its own declaration and DOCTYPE, as in the
 * weekly files of the USPTO, or just one root element after the other. Nothing outside the file is
 * ever read; names of characters that an absent DTD would define are looked up in entities.c.
 * After broken XML reading goes on at the next declaration or the next record element.
 */

enum {
	NAME_SIZE = 128,
	TOKEN_SIZE_MAX = 4 << 20,  /* one tag with its attributes, one comment */
	SUBSET_SIZE_MAX = 1 << 20, /* declarations inside a DOCTYPE */
	EXPANSION_FACTOR_MAX = 20, /* of entities, once they are above the size below */
	EXPANSION_SIZE_FREE = 1 << 20,
	MARK_SIZE = 6, /* "<?xml " */
};

struct xml {
	XML_Parser parser;
	struct xml_record record;
	bool suspended, open; /* open: a document has begun */
	size_t block;         /* size of the piece given to the parser, at the window's front */
	int64_t given;        /* bytes given to this parser before that piece */
	int64_t subset_from;  /* where the DOCTYPE began, or -1 */
	unsigned depth, record_depth;
	bool root_seen, root_done, in_cdata, row_done, finished, any_root;
	int64_t records, lines; /* lines: of the documents before this one */
	const char *fault;      /* why the parser was stopped */
	char root[NAME_SIZE], raw_root[NAME_SIZE], raw_record[NAME_SIZE];
	char first_root[NAME_SIZE], guessed[NAME_SIZE]; /* from the start of the file */
	struct map *names;                              /* of all elements there */
	struct list attributes;                         /* struct str: of the first root */
};

static void copy_name(char to[NAME_SIZE], const char *name)
{
	snprintf(to, NAME_SIZE, "%s", name);
}

/* ---- which elements are records ---- */

static bool has_rule(const struct reader *reader, const char *root)
{
	for (size_t i = 0; i < reader->rule_count; i++)
		if (reader->rules[i].format == FORMAT_XML &&
		    strcmp(reader->rules[i].root, root) == 0)
			return true;
	return false;
}

static bool is_record(const struct reader *reader, const char *name)
{
	const struct xml *state = reader->state;

	for (size_t i = 0; i < reader->rule_count; i++)
		if (reader->rules[i].format == FORMAT_XML &&
		    strcmp(reader->rules[i].root, state->root) == 0 &&
		    strcmp(reader->rules[i].record, name) == 0)
			return true;
	if (has_rule(reader, state->root))
		return false;
	if (strcmp(state->root, state->first_root) == 0)
		return strcmp(state->guessed, name) == 0;
	return strcmp(state->root, name) == 0;
}

/* The record element to name in the signature: of several rules the one the file begins with. */
static const char *record_name(const struct reader *reader, const char *root)
{
	const struct xml *state = reader->state;
	const char *first = NULL;

	for (size_t i = 0; i < reader->rule_count; i++) {
		const struct record_rule *rule = &reader->rules[i];

		if (rule->format != FORMAT_XML || strcmp(rule->root, root) != 0)
			continue;
		if (map_find(state->names, str_of(rule->record)))
			return rule->record;
		first = first ? first : rule->record;
	}
	if (first)
		return first;
	return strcmp(root, state->first_root) == 0 ? state->guessed : root;
}

static void sign_root(struct reader *reader, const char *root)
{
	const struct xml *state = reader->state;

	reader_clear_signature(reader);
	reader_add_signature(reader, str_of(root));
	reader_add_signature(reader, str_of(record_name(reader, root)));
	for (size_t i = 0; i < state->attributes.count; i++)
		reader_add_signature(reader, LIST_AT(&state->attributes, struct str, i));
}

static void take_root_attributes(struct reader *reader, const char **attributes)
{
	struct xml *state = reader->state;

	list_clear(&state->attributes);
	for (; *attributes; attributes += 2)
		if (xml_is_kept_attribute(attributes[0]))
			*(struct str *)list_add(&state->attributes) = str_of(arena_printf(
				reader->part_arena, "@%s", xml_local_name(attributes[0])));
}

/* ---- what the parser calls ---- */

static void stop(struct xml *state, const char *fault)
{
	state->fault = fault;
	XML_StopParser(state->parser, XML_FALSE);
}

static void start_root(struct reader *reader, const char *name, const char **attributes)
{
	struct xml *state = reader->state;
	const char *local = xml_local_name(name);

	if (state->any_root && strcmp(state->root, local) != 0) {
		take_root_attributes(reader, attributes);
		sign_root(reader, local);
		reader->part_number++;
	}
	state->any_root = state->root_seen = true;
	copy_name(state->root, local);
	copy_name(state->raw_root, name);
}

static void on_start(void *user, const char *name, const char **attributes)
{
	struct reader *reader = user;
	struct xml *state = reader->state;

	if (++state->depth > reader->limits.depth_max) {
		stop(state, "reader.too_deep");
		return;
	}
	if (state->depth == 1)
		start_root(reader, name, attributes);
	if (state->record_depth) {
		xml_record_open(&state->record, name, attributes);
	} else if (is_record(reader, xml_local_name(name))) {
		state->record_depth = state->depth;
		copy_name(state->raw_record, name);
		row_builder_clear(&reader->builder);
		xml_record_begin(&state->record, attributes);
	}
}

static void on_end(void *user, const char *name)
{
	struct reader *reader = user;
	struct xml *state = reader->state;

	(void)name;
	if (state->record_depth) {
		xml_record_close(&state->record);
		state->row_done = state->depth == state->record_depth;
	}
	if (state->row_done)
		state->record_depth = 0;
	state->root_done = --state->depth == 0;
	if (state->root_done)
		state->block = (size_t)(XML_GetCurrentByteIndex(state->parser) +
					XML_GetCurrentByteCount(state->parser) - state->given);
	if (state->row_done || state->root_done)
		XML_StopParser(state->parser, XML_TRUE);
}

static void on_text(void *user, const char *data, int size)
{
	struct reader *reader = user;
	struct xml *state = reader->state;

	if (state->record_depth)
		xml_record_text(&state->record, data, (size_t)size);
}

/* A name without a definition: of a character, or it stays as it stands. */
static void on_skipped(void *user, const char *name, int is_parameter)
{
	uint32_t rune = is_parameter ? 0 : entity_find(name);
	char text[NAME_SIZE];
	int size = rune ? (int)utf8_encode(rune, text) : 0;

	if (is_parameter)
		return;
	if (!rune)
		size = snprintf(text, sizeof(text), "&%.100s;", name);
	on_text(user, text, size);
}

static void on_cdata_start(void *user)
{
	((struct xml *)((struct reader *)user)->state)->in_cdata = true;
}

static void on_cdata_end(void *user)
{
	((struct xml *)((struct reader *)user)->state)->in_cdata = false;
}

static void on_doctype_start(void *user, const char *name, const char *system,
			     const char *public_name, int has_subset)
{
	struct xml *state = ((struct reader *)user)->state;

	(void)name;
	(void)system;
	(void)public_name;
	if (has_subset)
		state->subset_from = XML_GetCurrentByteIndex(state->parser);
}

static void on_doctype_end(void *user)
{
	((struct xml *)((struct reader *)user)->state)->subset_from = -1;
}

static void prepare_parser(XML_Parser parser)
{
	XML_SetBillionLaughsAttackProtectionMaximumAmplification(parser, EXPANSION_FACTOR_MAX);
	XML_SetBillionLaughsAttackProtectionActivationThreshold(parser, EXPANSION_SIZE_FREE);
	/* As if there were a DTD outside, which is not read: names without definition are skipped. */
	XML_UseForeignDTD(parser, XML_TRUE);
}

static void begin_document(struct reader *reader)
{
	struct xml *state = reader->state;

	state->lines += state->open ? (int64_t)XML_GetCurrentLineNumber(state->parser) - 1 : 0;
	XML_ParserReset(state->parser, "UTF-8");
	prepare_parser(state->parser);
	XML_SetUserData(state->parser, reader);
	XML_SetElementHandler(state->parser, on_start, on_end);
	XML_SetCharacterDataHandler(state->parser, on_text);
	XML_SetSkippedEntityHandler(state->parser, on_skipped);
	XML_SetCdataSectionHandler(state->parser, on_cdata_start, on_cdata_end);
	XML_SetDoctypeDeclHandler(state->parser, on_doctype_start, on_doctype_end);
	state->suspended = state->root_seen = state->root_done = state->in_cdata = false;
	state->row_done = state->open = false;
	state->given = 0;
	state->depth = state->record_depth = 0;
	state->subset_from = -1;
	state->fault = NULL;
}

/* ---- errors, and going on behind them ---- */

static bool set_error(struct reader *reader, struct error *error)
{
	const struct xml *state = reader->state;
	enum XML_Error code = XML_GetErrorCode(state->parser);
	bool bomb = code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH;
	const char *key = state->fault ? state->fault
			  : bomb       ? "reader.xml_bomb"
				       : "reader.xml_syntax";

	return reader_error(reader, error, bomb ? ERROR_LIMIT : ERROR_CORRUPT, key,
			    state->lines + (int64_t)XML_GetCurrentLineNumber(state->parser),
			    state->fault ? NULL : XML_ErrorString(code));
}

static bool ends_name(char c)
{
	return c == ' ' || c == '>' || c == '/' || c == '\t' || c == '\n' || c == '\r';
}

/* Offset of the next "<?xml " in s, or STR_NOT_FOUND. */
static size_t find_declaration(struct str s, size_t from)
{
	size_t at = str_find(str_slice(s, from, s.size), STR("<?xml"));

	for (; at != STR_NOT_FOUND;
	     from += at + 1, at = str_find(str_slice(s, from, s.size), STR("<?xml")))
		if (from + at + 5 < s.size && ends_name(s.data[from + at + 5]))
			return from + at;
	return STR_NOT_FOUND;
}

static size_t find_record(const struct xml *state, struct str s)
{
	size_t size = strlen(state->raw_record), from = 0, at;

	while (size > 0 &&
	       (at = str_find(str_slice(s, from, s.size),
			      (struct str){ state->raw_record, size })) != STR_NOT_FOUND) {
		at += from;
		if (at > 0 && s.data[at - 1] == '<' && at + size < s.size &&
		    ends_name(s.data[at + size]))
			return at - 1;
		from = at + 1;
	}
	return STR_NOT_FOUND;
}

/* A record from the middle of a document: the parser is told of the root it stands in. */
static void reopen_root(struct reader *reader)
{
	struct xml *state = reader->state;
	char tag[NAME_SIZE + 2];
	int size;

	if (strcmp(state->raw_root, state->raw_record) == 0)
		return;
	size = snprintf(tag, sizeof(tag), "<%s>", state->raw_root);
	if (XML_Parse(state->parser, tag, size, 0) == XML_STATUS_OK) {
		state->given = size;
		state->open = true;
	}
}

/*
 * Moves the window behind the place of the error to where reading can go on. False when there is
 * no such place.
 */
static bool find_restart(struct reader *reader)
{
	struct xml *state = reader->state;
	struct text *text = reader->text;
	int64_t offset = XML_GetCurrentByteIndex(state->parser) - state->given;
	struct error ignored;

	if (offset > 0 && (size_t)offset < text->end - text->at)
		text->at += (size_t)offset;
	if (text->at < text->end)
		text->at++;
	for (;;) {
		struct str window = text_window(text);
		size_t declaration = find_declaration(window, 0);
		size_t record = find_record(state, window);

		if (declaration != STR_NOT_FOUND || record != STR_NOT_FOUND) {
			text->at += declaration < record ? declaration : record;
			begin_document(reader);
			if (record < declaration)
				reopen_root(reader);
			return true;
		}
		if (text->ended)
			return false;
		text->at = window.size > NAME_SIZE ? text->end - NAME_SIZE : text->at;
		if (!text_more(text, &ignored))
			return false;
	}
}

static enum read_result recover(struct reader *reader, struct error *error)
{
	struct xml *state = reader->state;

	set_error(reader, error);
	reader->place = state->records + 1;
	if (find_restart(reader)) {
		state->records++;
		return READ_BAD_ROW;
	}
	state->finished = true;
	return READ_FAILED;
}

/* ---- driving the parser ---- */

/*
 * How much of the window to give: up to the declaration of the next document, and never the first
 * half of one.
 */
static size_t piece_size(const struct xml *state, const struct text *text, bool *boundary_out)
{
	struct str window = text_window(text);
	size_t at = find_declaration(window, state->open ? 0 : 1);

	*boundary_out = at != STR_NOT_FOUND && !(at == 0 && state->in_cdata);
	if (at == 0 && state->in_cdata)
		return 1;
	if (*boundary_out)
		return at;
	return text->ended || window.size <= MARK_SIZE ? window.size : window.size - MARK_SIZE;
}

static bool too_much_pending(struct xml *state)
{
	int64_t here = XML_GetCurrentByteIndex(state->parser);

	if (state->subset_from >= 0 && state->given - state->subset_from > SUBSET_SIZE_MAX)
		state->fault = "reader.xml_subset_too_large";
	else if (state->given - here > TOKEN_SIZE_MAX)
		state->fault = "reader.xml_token_too_large";
	return state->fault != NULL;
}

enum step { STEP_MORE, STEP_ROW, STEP_END, STEP_BROKEN, STEP_FAILED };

static enum step take_status(struct reader *reader, enum XML_Status status)
{
	struct xml *state = reader->state;

	state->suspended = status == XML_STATUS_SUSPENDED;
	if (status == XML_STATUS_ERROR)
		return STEP_BROKEN;
	if (!state->suspended) {
		reader->text->at += state->block;
		state->given += (int64_t)state->block;
		return too_much_pending(state) ? STEP_BROKEN : STEP_MORE;
	}
	if (!state->row_done)
		return STEP_MORE;
	state->row_done = false;
	return STEP_ROW;
}

/* Behind the root's end: the next document begins with what follows. */
static enum step end_document(struct reader *reader)
{
	struct xml *state = reader->state;

	reader->text->at += state->block;
	begin_document(reader);
	return STEP_MORE;
}

/* The document stops without its root being closed: at the next declaration or the file's end. */
static enum step cut_document(struct reader *reader)
{
	struct xml *state = reader->state;
	bool empty = !state->root_seen && state->any_root;

	if (!empty && XML_Parse(state->parser, "", 0, 1) == XML_STATUS_ERROR)
		return STEP_BROKEN;
	begin_document(reader);
	return STEP_MORE;
}

static enum step feed(struct reader *reader, struct error *error)
{
	struct xml *state = reader->state;
	struct text *text = reader->text;
	bool boundary, failed;

	if (!state->open) {
		struct str rest = str_trim(text_window(text));

		text->at = text->end -
			   (rest.size ? (size_t)(text->data + text->end - rest.data) : 0);
	}
	if (!text_has(text, MARK_SIZE + 1, error, &failed) && failed)
		return STEP_FAILED;
	if (text->at == text->end)
		return state->open ? cut_document(reader) : STEP_END;
	state->block = piece_size(state, text, &boundary);
	if (boundary && state->block == 0)
		return cut_document(reader);
	state->open = true;
	return take_status(reader,
			   XML_Parse(state->parser, text->data + text->at, (int)state->block, 0));
}

static enum step next_step(struct reader *reader, struct error *error)
{
	struct xml *state = reader->state;

	if (state->suspended && state->root_done)
		return end_document(reader);
	if (state->suspended)
		return take_status(reader, XML_ResumeParser(state->parser));
	return feed(reader, error);
}

static enum read_result give_row(struct reader *reader, struct error *error)
{
	struct xml *state = reader->state;

	reader->place = ++state->records;
	if (!state->record.fault)
		return READ_ROW;
	reader_error(reader, error, ERROR_LIMIT, state->record.fault, reader->place, NULL);
	return READ_BAD_ROW;
}

static enum read_result xml_next(struct reader *reader, struct arena *row_arena,
				 struct error *error)
{
	struct xml *state = reader->state;
	enum step step = STEP_MORE;

	state->record.row_arena = row_arena;
	if (state->finished)
		return READ_END;
	while (step == STEP_MORE)
		step = next_step(reader, error);
	if (step == STEP_ROW)
		return give_row(reader, error);
	if (step == STEP_BROKEN)
		return recover(reader, error);
	state->finished = true;
	return step == STEP_END ? READ_END : READ_FAILED;
}

/* ---- the start of the file, to guess the records ---- */

struct preview {
	struct reader *reader;
	unsigned depth;
	char names[2][NAME_SIZE]; /* children and grandchildren of the root */
	size_t counts[2];
	bool mixed[2]; /* they have different names */
};

static void preview_start(void *user, const char *name, const char **attributes)
{
	struct preview *preview = user;
	struct xml *state = preview->reader->state;
	const char *local = xml_local_name(name);
	unsigned level = preview->depth++ - 1;

	map_put(state->names, str_of(local), NULL);
	if (preview->depth == 1) {
		copy_name(state->first_root, local);
		take_root_attributes(preview->reader, attributes);
	}
	if (preview->depth == 1 || level > 1)
		return;
	if (preview->counts[level]++ == 0)
		copy_name(preview->names[level], local);
	else if (strcmp(preview->names[level], local) != 0)
		preview->mixed[level] = true;
}

static void preview_end(void *user, const char *name)
{
	(void)name;
	((struct preview *)user)->depth--;
}

/* The repeated child of the root, or that of its only child; else the root is one record. */
static void guess_record(struct xml *state, const struct preview *preview)
{
	copy_name(state->guessed, state->first_root);
	for (size_t i = 0; i < 2; i++) {
		if (preview->mixed[i] || preview->counts[i] == 0)
			return;
		if (preview->counts[i] > 1) {
			copy_name(state->guessed, preview->names[i]);
			return;
		}
	}
}

static bool look_at_start(struct reader *reader, struct error *error)
{
	struct xml *state = reader->state;
	struct preview preview = { .reader = reader };
	struct str start = str_trim(text_window(reader->text));
	bool done;

	XML_SetUserData(state->parser, &preview);
	XML_SetElementHandler(state->parser, preview_start, preview_end);
	done = XML_Parse(state->parser, start.data, (int)start.size, 0) == XML_STATUS_OK;
	if (!*state->first_root) {
		if (done)
			return reader_error(reader, error, ERROR_CORRUPT, "reader.xml_no_root", -1,
					    NULL);
		return set_error(reader, error);
	}
	guess_record(state, &preview);
	return true;
}

static void release_xml(void *resource)
{
	struct xml *state = resource;

	XML_ParserFree(state->parser);
	strbuf_release(&state->record.text);
	strbuf_release(&state->record.value);
	list_release(&state->record.stack);
	list_release(&state->attributes);
	map_destroy(state->names);
}

static void xml_set_records(struct reader *reader)
{
	sign_root(reader, ((struct xml *)reader->state)->first_root);
}

static bool xml_open(struct reader *reader, struct error *error)
{
	struct xml *state = arena_new(reader->part_arena, struct xml);

	reader->state = state;
	*state = (struct xml){ .parser = XML_ParserCreate("UTF-8"),
			       .record = { .reader = reader,
					   .stack = LIST_OF(struct xml_element),
					   .text = STRBUF_INIT,
					   .value = STRBUF_INIT },
			       .names = map_create(),
			       .attributes = LIST_OF(struct str) };
	arena_defer(reader->part_arena, release_xml, state);
	prepare_parser(state->parser);
	if (!look_at_start(reader, error))
		return false;
	if (strcmp(state->first_root, "schema") == 0)
		return reader_error(reader, error, ERROR_INVALID, "reader.is_schema", -1, "XSD");
	copy_name(state->root, state->first_root);
	sign_root(reader, state->first_root);
	begin_document(reader);
	return true;
}

const struct format_driver xml_driver = { FORMAT_XML, xml_open, xml_next, xml_set_records };
