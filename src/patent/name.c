#include "patent/name.h"
#include "base/utf8.h"
#include "patent/words.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- Lists. */

static bool is_one_of(uint32_t rune, struct str set)
{
	for (size_t at = 0; at < set.size;)
		if (utf8_next(set, &at) == rune)
			return true;
	return false;
}

static uint32_t closing_bracket(uint32_t rune)
{
	switch (rune) {
	case '(':
		return ')';
	case '[':
		return ']';
	case 0xFF08: /* （ */
		return 0xFF09;
	case 0x3010: /* 【 */
		return 0x3011;
	default:
		return 0;
	}
}

/* Behind the closing bracket when it is near, else at itself: a bracket left open parts nothing. */
static size_t behind_bracket(struct str s, size_t at, uint32_t closing)
{
	enum { INSIDE_MAX = 200 };
	struct str near = str_slice(s, 0, at + INSIDE_MAX);

	for (size_t end = at; end < near.size;) {
		uint32_t rune = utf8_next(near, &end);

		if (rune == closing)
			return end;
		if (rune == '\n')
			break;
	}
	return at;
}

/* Fills the bounds of the first name: where it ends and where the rest begins. */
static void find_end(struct str s, struct str separators, size_t *end_out, size_t *next_out)
{
	for (size_t at = 0; at < s.size;) {
		size_t start = at;
		uint32_t rune = utf8_next(s, &at);

		if (rune == '\n' || rune == '\r' || is_one_of(rune, separators)) {
			*end_out = start;
			*next_out = at;
			return;
		}
		if (closing_bracket(rune))
			at = behind_bracket(s, at, closing_bracket(rune));
	}
	*end_out = *next_out = s.size;
}

bool name_next(struct str *rest, struct str separators, struct str *name_out)
{
	if (separators.size == 0)
		separators = STR(";；");
	while (rest->size) {
		size_t end, next;

		find_end(*rest, separators, &end, &next);
		*name_out = str_trim(str_slice(*rest, 0, end));
		*rest = str_slice(*rest, next, rest->size);
		if (name_out->size)
			return true;
	}
	return false;
}

/* ---- Keys. */

enum { NAME_SIZE_MAX = 500, FOLDED_SIZE = 640 };

struct folded_name {
	char text[FOLDED_SIZE];
	size_t size;
};

static uint32_t fold_rune(uint32_t rune)
{
	if (rune >= 0xFF01 && rune <= 0xFF5E) /* full-width forms */
		rune -= 0xFF01 - 0x21;
	if (rune >= 'A' && rune <= 'Z')
		return rune + 32;
	if (rune == 0x3000 || rune == 0xA0 || rune == '\t')
		return ' ';
	if (rune == 0x3010 || rune == 0x3014) /* 【 〔 */
		return '(';
	if (rune == 0x3011 || rune == 0x3015)
		return ')';
	if (rune == 0xB7 || rune == 0x2022 || rune == 0x30FB || rune == 0x2019) /* dots in names */
		return '.';
	return rune;
}

static void fold_name(struct str name, struct folded_name *folded)
{
	folded->size = 0;
	for (size_t at = 0; at < name.size && folded->size + UTF8_SIZE_MAX <= FOLDED_SIZE;)
		folded->size += utf8_encode(fold_rune(utf8_next(name, &at)),
					    folded->text + folded->size);
}

static void replace_once(struct folded_name *folded, struct str wanted, struct str with)
{
	size_t at = str_find((struct str){ folded->text, folded->size }, wanted);

	if (at == STR_NOT_FOUND)
		return;
	if (with.size) /* never longer than what it replaces */
		memcpy(folded->text + at, with.data, with.size);
	memmove(folded->text + at + with.size, folded->text + at + wanted.size,
		folded->size - at - wanted.size);
	folded->size -= wanted.size - with.size;
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static const char *const legal_forms[] = {
	"ab",          "ag",   "as",  "bv",           "co",  "company", "corp",
	"corporation", "gmbh", "inc", "incorporated", "kg",  "kk",      "limited",
	"llc",         "llp",  "lp",  "ltd",          "nv",  "oy",      "plc",
	"pte",         "pty",  "sa",  "sas",          "spa", "srl",     "sarl",
};

/* The last word of s with its dots taken out: S.A. is sa. */
static struct str last_word(struct str s, char word[16], size_t *start_out)
{
	size_t end = s.size, size = 0;

	while (end > 0 && !is_word_char(s.data[end - 1]))
		end--;
	*start_out = end;
	while (*start_out > 0 &&
	       (is_word_char(s.data[*start_out - 1]) || s.data[*start_out - 1] == '.'))
		(*start_out)--;
	for (size_t i = *start_out; i < end && size < 15; i++)
		if (s.data[i] != '.')
			word[size++] = s.data[i];
	return (struct str){ word, size };
}

static struct str without_legal_forms(struct str s)
{
	for (;;) {
		char room[16];
		size_t start;
		struct str word = last_word(s, room, &start);
		bool is_form = false;

		for (size_t i = 0; i < COUNT(legal_forms) && !is_form; i++)
			is_form = str_equal_cstr(word, legal_forms[i]);
		if (!is_form || start == 0)
			return s;
		s = str_slice(s, 0, start);
	}
}

static size_t add_word_chars(struct str s, struct strbuf *key_out)
{
	size_t before = key_out->size;

	for (size_t i = 0; i < s.size; i++)
		if (is_word_char(s.data[i]))
			strbuf_add_byte(key_out, s.data[i]);
	return key_out->size - before;
}

void name_add_key(struct str name, struct strbuf *key_out)
{
	struct folded_name folded;
	struct str s;

	if (name.size > NAME_SIZE_MAX) {
		strbuf_add_str(key_out, name);
		return;
	}
	fold_name(name, &folded);
	replace_once(&folded, STR("(集团)"), STR_EMPTY);
	replace_once(&folded, STR("有限责任公司"), STR("有限公司"));
	s = (struct str){ folded.text, folded.size };
	if (add_word_chars(without_legal_forms(s), key_out) == 0)
		strbuf_add_str(key_out, name);
}

/* ---- Sorts of applicants. */

const struct applicant_type_info applicant_types[APPLICANT_TYPE_COUNT] = {
	[APPLICANT_UNKNOWN] = { "other", { "其他", "Other" } },
	[APPLICANT_COMPANY] = { "company", { "企业", "Company" } },
	[APPLICANT_UNIVERSITY] = { "university", { "高校", "University" } },
	[APPLICANT_INSTITUTE] = { "institute", { "科研院所", "Research institute" } },
	[APPLICANT_PERSON] = { "person", { "个人", "Person" } },
	[APPLICANT_HOSPITAL] = { "hospital", { "医院", "Hospital" } },
	[APPLICANT_GOVERNMENT] = { "government", { "机关团体", "Government or association" } },
};

static const struct word_row {
	const char *pattern;
	enum applicant_type type;
} word_rows[] = {
#include "patent/applicant_words.inc"
};

/* Where the row's words end in the text; 0: they do not stand there. */
static size_t end_in(struct str text, struct str pattern)
{
	size_t end = 0, at;

	if (pattern.data[0] == '=')
		return str_equal(text, str_slice(pattern, 1, pattern.size)) ? text.size : 0;
	while ((at = str_find(str_slice(text, end, text.size), pattern)) != STR_NOT_FOUND)
		end += at + pattern.size;
	return end;
}

static const struct word_row *row_of(struct str text)
{
	const struct word_row *best = NULL;
	size_t last = 0, longest = 0;

	for (size_t i = 0; i < COUNT(word_rows); i++) {
		struct str pattern = str_of(word_rows[i].pattern);
		size_t end = end_in(text, pattern);

		if (end > last || (end && end == last && pattern.size > longest)) {
			best = &word_rows[i];
			last = end;
			longest = pattern.size;
		}
	}
	return best;
}

/*
 * Two to four Han characters, or a longer name with the dot of names from other languages. What ends
 * as bodies do is not taken for one; in three characters some of those ends are given names.
 */
static bool looks_like_person(struct str name)
{
	static const char ends_of_bodies[] = "厂局所院部校店行队处室馆场库司";
	static const char ends_of_both[] = "站心社会台园";
	uint32_t last = 0;
	size_t runes = 0, dots = 0;

	for (size_t at = 0; at < name.size; runes++) {
		last = utf8_next(name, &at);
		dots += last == 0xB7 || last == 0x2022;
		if (!utf8_is_cjk(last) && last != 0xB7 && last != 0x2022)
			return false;
	}
	if (runes < 2 || runes > (dots ? 15u : 4u) || is_one_of(last, str_of(ends_of_bodies)))
		return false;
	return runes <= 3 || !is_one_of(last, str_of(ends_of_both));
}

/* LAST, FIRST MIDDLE: one comma, letters and few words. */
static bool looks_like_western_person(struct str name)
{
	size_t commas = 0, words = 1;

	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];

		commas += c == ',';
		words += c == ' ';
		if ((c >= '0' && c <= '9') || c == '&' || c == '/' || (unsigned char)c >= 0xE0)
			return false;
	}
	return commas == 1 && words <= 4 && name.data[0] != ',';
}

static bool has_legal_form(struct str name)
{
	struct folded_name folded;
	struct str s;

	if (name.size > NAME_SIZE_MAX)
		return false;
	fold_name(name, &folded);
	s = (struct str){ folded.text, folded.size };
	return without_legal_forms(s).size < s.size;
}

enum applicant_type name_type(struct str name)
{
	struct words words;
	const struct word_row *row;

	name = str_trim(name);
	if (name.size == 0)
		return APPLICANT_UNKNOWN;
	if (has_legal_form(name))
		return APPLICANT_COMPANY;
	words_fold(name, &words);
	row = row_of((struct str){ words.text, words.size });
	if (row)
		return row->type;
	return looks_like_person(name) || looks_like_western_person(name) ? APPLICANT_PERSON
									  : APPLICANT_UNKNOWN;
}

enum applicant_type name_type_of_word(struct str word)
{
	struct words words;
	const struct word_row *row;

	for (unsigned type = 0; type < APPLICANT_TYPE_COUNT; type++)
		if (str_equal_nocase(word, str_of(applicant_types[type].name)) ||
		    str_equal_cstr(word, applicant_types[type].label.zh))
			return (enum applicant_type)type;
	words_fold(word, &words);
	row = row_of((struct str){ words.text, words.size });
	return row ? row->type : APPLICANT_UNKNOWN;
}
