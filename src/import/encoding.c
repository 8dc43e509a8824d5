#include "import/encoding.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <string.h>
#include <unicode/ucnv.h>

enum {
	BLOCK_SIZE = STREAM_PEEK_SIZE,
	GROWTH = 3, /* UTF-8 bytes one byte may become: U+FFFD for a wrong one */
	PIVOT_SIZE = 1024
};

struct converter {
	UConverter *from, *to;
	UChar pivot[PIVOT_SIZE], *pivot_source, *pivot_target;
	char *output; /* BLOCK_SIZE * GROWTH bytes */
	bool started;
};

/* Names ICU and people use; the first column is what is looked for, without case. */
static const struct {
	const char *name, *encoding;
} declared_names[] = {
	{ "UTF-8", "UTF-8" },
	{ "UTF8", "UTF-8" },
	{ "GB2312", "GB18030" },
	{ "GBK", "GB18030" },
	{ "GB18030", "GB18030" },
	{ "GB_2312-80", "GB18030" },
	{ "ISO-8859-1", "windows-1252" },
	{ "LATIN1", "windows-1252" },
	{ "US-ASCII", "windows-1252" },
	{ "WINDOWS-1252", "windows-1252" },
	{ "ISO-8859-15", "ISO-8859-15" },
	{ "ISO-8859-2", "ISO-8859-2" },
	{ "WINDOWS-1250", "windows-1250" },
	{ "WINDOWS-1251", "windows-1251" },
	{ "KOI8-R", "KOI8-R" },
	{ "BIG5", "Big5" },
	{ "SHIFT_JIS", "Shift_JIS" },
	{ "EUC-JP", "EUC-JP" },
	{ "EUC-KR", "EUC-KR" },
};

static const struct {
	struct str mark;
	const char *encoding;
} marks[] = {
	{ STR_INIT("\xEF\xBB\xBF"), "UTF-8" },
	{ STR_INIT("\xFF\xFE"), "UTF-16LE" },
	{ STR_INIT("\xFE\xFF"), "UTF-16BE" },
	{ STR_INIT("\x84\x31\x95\x33"), "GB18030" },
};

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_';
}

/* What `encoding="..."` (XML declaration) or `charset=...` (HTML) at the start names, or NULL. */
static const char *declared_encoding(struct str start)
{
	struct str head = str_slice(start, 0, 1024), name;
	bool xml = str_starts_with(str_trim(head), STR("<?xml"));
	size_t at = str_find(head, xml ? STR("encoding=") : STR("charset=")), end;

	if (str_trim(head).size == 0 || str_trim(head).data[0] != '<' || at == STR_NOT_FOUND)
		return NULL;
	if (xml && at > str_find(head, STR("?>")))
		return NULL;
	at += xml ? 9 : 8;
	while (at < head.size && (head.data[at] == '"' || head.data[at] == '\''))
		at++;
	for (end = at; end < head.size && is_name_byte(head.data[end]); end++)
		;
	name = str_slice(head, at, end);
	for (size_t i = 0; i < sizeof(declared_names) / sizeof(declared_names[0]); i++)
		if (str_equal_nocase(name, str_of(declared_names[i].name)))
			return declared_names[i].encoding;
	return NULL;
}

static bool is_high(char c)
{
	return (unsigned char)c >= 0x80;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.size; i++)
		if (is_high(s.data[i]))
			return false;
	return true;
}

/* Good and bad sequences outside ASCII when the bytes are read as UTF-8; a cut end is neither. */
static void count_utf8(struct str s, size_t *good_out, size_t *bad_out)
{
	size_t good = 0, bad = 0;

	for (size_t at = 0; at < s.size;) {
		size_t before = at;
		bool high = is_high(s.data[at]);
		bool wrong = utf8_next(s, &at) == UTF8_REPLACEMENT && at - before == 1;

		good += high && !wrong;
		bad += wrong && s.size - before >= UTF8_SIZE_MAX;
	}
	*good_out = good;
	*bad_out = bad;
}

/*
 * Chinese text is mostly pairs of the GB 2312 area, both bytes high; in Western text a high byte
 * mostly stands alone between letters.
 */
static bool looks_like_gb(struct str s)
{
	size_t pairs = 0, single = 0;

	for (size_t i = 0; i + 1 < s.size; i++) {
		unsigned char lead = (unsigned char)s.data[i], trail = (unsigned char)s.data[i + 1];

		if (lead < 0x80)
			continue;
		if (lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1 && trail <= 0xFE)
			pairs++;
		else
			single++;
		i += lead >= 0x81 && lead <= 0xFE && trail >= 0x40 && trail != 0x7F;
	}
	return pairs > 2 * single;
}

static bool looks_like_utf16(struct str s, bool big)
{
	size_t zero[2] = { 0, 0 }, size = s.size < 4096 ? s.size : 4096;

	for (size_t i = 0; i < size; i++)
		zero[i & 1] += s.data[i] == 0;
	return size >= 4 && zero[!big] * 4 > size && zero[big] == 0;
}

static const char *detected_encoding(struct str s)
{
	size_t good, bad;

	count_utf8(s, &good, &bad);
	if (good >= bad * 8)
		return "UTF-8";
	return looks_like_gb(s) ? "GB18030" : "windows-1252";
}

/* NULL: nothing but ASCII so far, so the first block with more decides. */
static const char *find_encoding(struct str start, size_t *mark_size_out)
{
	const char *declared = declared_encoding(start);
	size_t good, bad;

	*mark_size_out = 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_starts_with(start, marks[i].mark)) {
			*mark_size_out = marks[i].mark.size;
			return marks[i].encoding;
		}
	if (looks_like_utf16(start, false))
		return "UTF-16LE";
	if (looks_like_utf16(start, true))
		return "UTF-16BE";
	if (is_ascii(start))
		return declared;
	count_utf8(start, &good, &bad);
	if (bad == 0 || !declared || strcmp(declared, "UTF-8") == 0)
		return detected_encoding(start);
	return declared;
}

static void release_converter(void *resource)
{
	struct converter *converter = resource;

	ucnv_close(converter->from);
	ucnv_close(converter->to);
	memory_free(converter->output);
	memory_free(converter);
}

/* ICU has every encoding named above built in: failing to open one is a broken installation. */
static bool set_encoding(struct text *text, const char *encoding, struct error *error)
{
	UErrorCode code = U_ZERO_ERROR;
	struct converter *converter;

	text->encoding = encoding;
	if (strcmp(encoding, "UTF-8") == 0)
		return true;
	converter = memory_alloc_zeroed(1, sizeof(*converter));
	text->converter = converter;
	converter->pivot_source = converter->pivot_target = converter->pivot;
	converter->output = memory_alloc(BLOCK_SIZE * GROWTH);
	converter->from = ucnv_open(encoding, &code);
	converter->to = ucnv_open("UTF-8", &code);
	if (U_FAILURE(code))
		return error_set(error, ERROR_IO, "reader.encoding_missing", "%s", encoding);
	return true;
}

static void release_text(void *resource)
{
	struct text *text = resource;

	if (text->converter)
		release_converter(text->converter);
	if (text->room)
		memory_free(text->data);
	text->converter = NULL;
	text->room = 0;
}

static void make_room(struct text *text, size_t more)
{
	if (text->at > 0 && text->room - text->end < more) {
		memmove(text->data, text->data + text->at, text->end - text->at);
		text->dropped += (int64_t)text->at;
		text->end -= text->at;
		text->at = 0;
	}
	if (text->room - text->end < more) {
		text->room = text->room * 2 > text->end + more ? text->room * 2 : text->end + more;
		text->data = memory_resize(text->data, text->room);
	}
}

static void append_raw(struct text *text, const char *data, size_t size)
{
	if (size)
		memcpy(text->data + text->end, data, size);
	text->end += size;
}

/* A sequence that only lacks its end, at the end of the block. */
static bool is_cut(struct str s)
{
	unsigned char lead = (unsigned char)s.data[0];
	size_t needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (lead < 0xC2 || lead > 0xF4 || s.size >= needed)
		return false;
	for (size_t i = 1; i < s.size; i++)
		if (((unsigned char)s.data[i] & 0xC0) != 0x80)
			return false;
	return true;
}

static void append_replacement(struct text *text)
{
	append_raw(text, "\xEF\xBF\xBD", 3);
	text->mended = true;
}

/* Appends the bytes with what is wrong in them replaced; returns how many are left for later. */
static size_t append_valid(struct text *text, struct str s, bool last)
{
	while (s.size > 0) {
		size_t good = utf8_valid_length(s);

		append_raw(text, s.data, good);
		s = str_slice(s, good, s.size);
		if (s.size == 0 || (!last && is_cut(s)))
			break;
		append_replacement(text);
		s = str_slice(s, 1, s.size);
	}
	return s.size;
}

/* The same; NUL is valid UTF-8, but no text has it. */
static size_t append_clean(struct text *text, struct str s, bool last)
{
	size_t zero;

	while ((zero = str_find_byte(s, 0)) != STR_NOT_FOUND) {
		append_valid(text, str_slice(s, 0, zero), true);
		append_replacement(text);
		s = str_slice(s, zero + 1, s.size);
	}
	return append_valid(text, s, last);
}

static bool append_converted(struct text *text, struct str s, bool last, struct error *error)
{
	struct converter *converter = text->converter;
	const char *source = s.data, *end = s.data + s.size;
	UErrorCode code;

	do {
		char *target = converter->output;
		struct str made;

		code = U_ZERO_ERROR;
		ucnv_convertEx(converter->to, converter->from, &target,
			       converter->output + BLOCK_SIZE * GROWTH, &source, end,
			       converter->pivot, &converter->pivot_source, &converter->pivot_target,
			       converter->pivot + PIVOT_SIZE, !converter->started, last, &code);
		converter->started = true;
		if (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR)
			return error_set(error, ERROR_CORRUPT, "reader.encoding_missing", "%s",
					 u_errorName(code));
		made = (struct str){ converter->output, (size_t)(target - converter->output) };
		make_room(text, made.size * GROWTH);
		text->mended = text->mended || str_find(made, STR("\xEF\xBF\xBD")) != STR_NOT_FOUND;
		append_clean(text, made, true);
	} while (code == U_BUFFER_OVERFLOW_ERROR);
	return true;
}

static bool append_block(struct text *text, struct str s, bool last, struct error *error)
{
	size_t left;

	if (!text->encoding && !is_ascii(s) && !set_encoding(text, detected_encoding(s), error))
		return false;
	if (text->converter)
		return append_converted(text, s, last, error);
	make_room(text, s.size * GROWTH);
	left = append_clean(text, s, last);
	memmove(text->tail, s.data + s.size - left, left);
	text->tail_size = left;
	return true;
}

bool text_more(struct text *text, struct error *error)
{
	char block[BLOCK_SIZE + sizeof(text->tail)];
	size_t size, kept = text->tail_size;

	if (text->ended)
		return true;
	if (text->end - text->at >= text->size_max)
		return error_set(error, ERROR_LIMIT, "reader.row_too_large", "%zu", text->size_max);
	memcpy(block, text->tail, kept);
	text->tail_size = 0;
	if (!stream_read(text->stream, block + kept, BLOCK_SIZE, &size, error))
		return false;
	text->ended = size == 0;
	return append_block(text, (struct str){ block, kept + size }, text->ended, error);
}

bool text_has(struct text *text, size_t size, struct error *error, bool *failed_out)
{
	*failed_out = false;
	while (text->end - text->at < size && !text->ended)
		if (!text_more(text, error)) {
			*failed_out = true;
			return false;
		}
	return text->end - text->at >= size;
}

struct str text_window(const struct text *text)
{
	return (struct str){ text->data + text->at, text->end - text->at };
}

bool text_open(struct arena *arena, struct stream *stream, size_t window_max,
	       struct text **text_out, struct error *error)
{
	struct text *text = arena_new(arena, struct text);
	struct str start = stream_peek(stream);
	size_t mark_size, skipped;
	const char *encoding = find_encoding(start, &mark_size);
	char mark[4];

	*text = (struct text){ .stream = stream, .size_max = window_max };
	arena_defer(arena, release_text, text);
	if (encoding && !set_encoding(text, encoding, error))
		return false;
	if (!stream_read(stream, mark, mark_size, &skipped, error))
		return false;
	*text_out = text;
	return text_more(text, error);
}
