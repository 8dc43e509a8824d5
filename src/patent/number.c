#include "patent/number_internal.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { WRITTEN_SIZE = 48 };

/* A number as it was written, folded, before its office is known. */
struct draft {
	char text[WRITTEN_SIZE]; /* upper-case ASCII letters, digits and separators */
	size_t size;
	enum number_what what; /* said by a word, else NUMBER_UNKNOWN */
	const char *office;    /* said by a word, or NULL */
	const char *kind;      /* said by a word, or NULL */
	bool is_patent, is_pct;
};

/* ---- Reading: words around the number, full-width forms, separators. */

static const struct word {
	const char *text;
	const char *stands_for; /* goes into the text instead */
	const char *office, *kind;
	enum number_what what;
} words[] = {
	{ "特開", "", "JP", "A", NUMBER_PUBLICATION },
	{ "特开", "", "JP", "A", NUMBER_PUBLICATION },
	{ "特表", "", "JP", "A", NUMBER_PUBLICATION },
	{ "特公", "", "JP", "B2", NUMBER_PUBLICATION },
	{ "特許", "", "JP", "B2", NUMBER_PUBLICATION },
	{ "特许", "", "JP", "B2", NUMBER_PUBLICATION },
	{ "特願", "", "JP", NULL, NUMBER_APPLICATION },
	{ "特愿", "", "JP", NULL, NUMBER_APPLICATION },
	{ "実開", "", "JP", "U", NUMBER_PUBLICATION },
	{ "实开", "", "JP", "U", NUMBER_PUBLICATION },
	{ "実公", "", "JP", "Y2", NUMBER_PUBLICATION },
	{ "实公", "", "JP", "Y2", NUMBER_PUBLICATION },
	{ "実登", "", "JP", "U", NUMBER_PUBLICATION },
	{ "実願", "", "JP", NULL, NUMBER_APPLICATION },
	{ "实愿", "", "JP", NULL, NUMBER_APPLICATION },
	{ "平成", "H", NULL, NULL, NUMBER_UNKNOWN },
	{ "昭和", "S", NULL, NULL, NUMBER_UNKNOWN },
	{ "平", "H", NULL, NULL, NUMBER_UNKNOWN },
	{ "昭", "S", NULL, NULL, NUMBER_UNKNOWN },
	{ "申请号", "", NULL, NULL, NUMBER_APPLICATION },
	{ "申請號", "", NULL, NULL, NUMBER_APPLICATION },
	{ "专利号", "", NULL, NULL, NUMBER_APPLICATION },
	{ "專利號", "", NULL, NULL, NUMBER_APPLICATION },
	{ "公开号", "", NULL, NULL, NUMBER_PUBLICATION },
	{ "公布号", "", NULL, NULL, NUMBER_PUBLICATION },
	{ "公告号", "", NULL, NULL, NUMBER_PUBLICATION },
	{ "第", "", NULL, NULL, NUMBER_UNKNOWN },
	{ "号", "", NULL, NULL, NUMBER_UNKNOWN },
	{ "號", "", NULL, NULL, NUMBER_UNKNOWN },
	{ "。", ".", NULL, NULL, NUMBER_UNKNOWN },
	{ "・", ".", NULL, NULL, NUMBER_UNKNOWN },
	{ "·", ".", NULL, NULL, NUMBER_UNKNOWN },
	{ "，", ",", NULL, NULL, NUMBER_UNKNOWN },
	{ "：", " ", NULL, NULL, NUMBER_UNKNOWN },
	{ "\xE3\x80\x80", " ", NULL, NULL, NUMBER_UNKNOWN },
	{ "\xC2\xA0", " ", NULL, NULL, NUMBER_UNKNOWN },
};

static const struct word *word_at(struct str s, size_t at)
{
	struct str rest = str_slice(s, at, s.size);

	for (size_t i = 0; i < COUNT(words); i++)
		if (str_starts_with(rest, str_of(words[i].text)))
			return &words[i];
	return NULL;
}

static bool draft_add(struct draft *draft, char c)
{
	if (draft->size + 1 >= WRITTEN_SIZE)
		return false;
	draft->text[draft->size++] = c;
	return true;
}

static bool draft_add_word(struct draft *draft, const struct word *word)
{
	if (word->office)
		draft->office = word->office;
	if (word->kind)
		draft->kind = word->kind;
	if (word->what != NUMBER_UNKNOWN)
		draft->what = word->what;
	return word->stands_for[0] == 0 || draft_add(draft, word->stands_for[0]);
}

/* 0 for what does not belong in a number. */
static char folded(uint32_t rune)
{
	if (rune >= 0xFF01 && rune <= 0xFF5E) /* full-width forms */
		rune -= 0xFF01 - 0x21;
	if (rune == 0x2010 || rune == 0x2011 || rune == 0x2013 || rune == 0x2212)
		return '-';
	if (rune >= 'a' && rune <= 'z')
		return (char)(rune - 32);
	if ((rune >= 'A' && rune <= 'Z') || (rune >= '0' && rune <= '9'))
		return (char)rune;
	if (rune == '\t' || rune == ':' || rune == '(' || rune == ')' || rune == '_' ||
	    rune == '*' || rune == '+') /* PATENTSCOPE puts marks behind numbers */
		return ' ';
	return rune > 0 && rune < 0x80 && strchr(" -./,", (int)rune) ? (char)rune : 0;
}

static bool draft_read(struct str s, struct draft *draft)
{
	*draft = (struct draft){ .size = 0 };
	s = str_trim(s);
	for (size_t at = 0; at < s.size;) {
		const struct word *word = (unsigned char)s.data[at] >= 0x80 ? word_at(s, at) : NULL;
		char c;

		if (word) {
			at += strlen(word->text);
			if (!draft_add_word(draft, word))
				return false;
			continue;
		}
		c = folded(utf8_next(s, &at));
		if (!c || !draft_add(draft, c))
			return false;
	}
	return draft->size > 0;
}

/* ---- Taking it apart. */

static bool is_separator(char c)
{
	return strchr(" -./,", c) != NULL;
}

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct str skip_separators(struct str s)
{
	while (s.size && is_separator(s.data[0]))
		s = str_slice(s, 1, s.size);
	while (s.size && is_separator(s.data[s.size - 1]))
		s = str_slice(s, 0, s.size - 1);
	return s;
}

static bool take_prefix(struct str *rest, struct str prefix)
{
	if (!str_starts_with(*rest, prefix) ||
	    (rest->size > prefix.size && is_letter(rest->data[prefix.size]) && prefix.size > 2))
		return false;
	*rest = skip_separators(str_slice(*rest, prefix.size, rest->size));
	return true;
}

static bool has_office_in_front(struct str s, bool has_hint)
{
	struct str office = str_slice(s, 0, 2);

	if (s.size < 3 || !office_find(office))
		return false;
	if (!is_letter(s.data[2]) || !has_hint)
		return true;
	return strchr(number_rules_find(office)->letters, s.data[2]) != NULL;
}

/* 201410201865.4, 02159962.9: nobody else writes so. */
static bool looks_chinese(struct str s)
{
	size_t dot = str_find_byte(s, '.');
	size_t digits = 0;

	for (size_t i = 0; i < s.size; i++)
		digits += is_digit(s.data[i]);
	if (digits == 12 || digits == 13)
		return s.size - digits <= 4 && str_find_byte(s, '/') == STR_NOT_FOUND;
	return dot != STR_NOT_FOUND && dot == 8 && s.size == 10;
}

static bool looks_american(struct str s)
{
	return str_find_byte(s, '/') == 2 && s.size >= 9 && s.size <= 10 &&
	       str_is_digits(str_slice(s, 0, 2)) && str_is_digits(str_slice(s, 3, 6));
}

static struct str office_of(struct draft *draft, struct str hint, struct str *rest)
{
	take_prefix(rest, STR("NO.")); /* without the dot it is Norway */
	if (take_prefix(rest, STR("PCT"))) {
		draft->is_pct = true;
		return STR("WO");
	}
	if (take_prefix(rest, STR("ZL"))) {
		draft->is_patent = true;
		return STR("CN");
	}
	if (draft->office) {
		take_prefix(rest, str_of(draft->office));
		return str_of(draft->office);
	}
	if (has_office_in_front(*rest, hint.size > 0)) {
		struct str office = str_slice(*rest, 0, 2);

		*rest = skip_separators(str_slice(*rest, 2, rest->size));
		if (str_equal_cstr(office, "CN") && take_prefix(rest, STR("ZL")))
			draft->is_patent = true;
		return office;
	}
	if (hint.size)
		return hint;
	return looks_chinese(*rest) ? STR("CN") : looks_american(*rest) ? STR("US") : STR_EMPTY;
}

/* Takes B2 or A off the end, when a digit or a separator stands in front of it. */
static struct str take_kind(struct str s, char kind[3])
{
	size_t at = s.size;

	kind[0] = 0;
	if (at >= 3 && is_digit(s.data[at - 1]) && is_letter(s.data[at - 2]))
		at--;
	if (at < 2 || !is_letter(s.data[at - 1]) || is_letter(s.data[at - 2]))
		return s;
	at--;
	snprintf(kind, 3, "%.*s", STR_ARGS(str_slice(s, at, s.size)));
	return skip_separators(str_slice(s, 0, at));
}

/* Without separators; nothing when there is no room, since no number is that long. */
static struct str compacted(struct str s, char room[WRITTEN_SIZE])
{
	size_t size = 0;

	for (size_t i = 0; i < s.size; i++) {
		if (is_separator(s.data[i]))
			continue;
		if (size == WRITTEN_SIZE)
			return STR_EMPTY;
		room[size++] = s.data[i];
	}
	return (struct str){ room, size };
}

static bool parse_as(const struct draft *draft, struct str office, struct str rest,
		     enum number_what what, bool is_certain, struct number *number)
{
	const struct number_rules *rules = number_rules_find(office);
	char room[WRITTEN_SIZE];
	struct spelling spelling;

	*number = (struct number){ .what = what, .is_patent = draft->is_patent };
	memcpy(number->office, office.data, 2);
	if (what == NUMBER_PUBLICATION) {
		rest = take_kind(rest, number->kind);
		if (!number->kind[0] && draft->kind)
			snprintf(number->kind, sizeof(number->kind), "%s", draft->kind);
	}
	spelling = (struct spelling){ rest, compacted(rest, room), is_certain };
	if (spelling.compact.size == 0)
		return false;
	return what == NUMBER_PUBLICATION ? rules->publication(&spelling, number)
					  : rules->application(&spelling, number);
}

/* DOCDB: an international application is one of the receiving office with kind W. */
static bool parse_kind_w(struct str office, struct str rest, struct number *number)
{
	char room[WRITTEN_SIZE], text[WRITTEN_SIZE + 2];
	struct str compact = compacted(rest, room);
	struct draft draft = { .is_pct = true };

	if (compact.size < 2 || compact.data[compact.size - 1] != 'W')
		return false;
	snprintf(text, sizeof(text), "%.2s%.*s", office.data, STR_ARGS(compact));
	return parse_as(&draft, STR("WO"), str_of(text), NUMBER_APPLICATION, true, number);
}

static bool parse(struct str s, struct str hint, enum number_what what, struct number *number)
{
	struct draft draft;
	struct str rest, office;
	bool found = false;

	*number = (struct number){ .what = NUMBER_UNKNOWN };
	if (!draft_read(s, &draft))
		return false;
	rest = skip_separators((struct str){ draft.text, draft.size });
	office = office_of(&draft, office_find(hint) ? hint : STR_EMPTY, &rest);
	if (office.size != 2)
		return false;
	if (what == NUMBER_UNKNOWN)
		what = draft.is_pct || draft.is_patent ? NUMBER_APPLICATION : draft.what;
	if (what != NUMBER_APPLICATION && !draft.is_patent && !draft.is_pct)
		found = parse_as(&draft, office, rest, NUMBER_PUBLICATION,
				 what == NUMBER_PUBLICATION, number);
	if (!found && what != NUMBER_PUBLICATION)
		found = parse_kind_w(office, rest, number) ||
			parse_as(&draft, office, rest, NUMBER_APPLICATION, true, number);
	if (!found)
		*number = (struct number){ .what = NUMBER_UNKNOWN };
	return found;
}

bool number_parse_publication(struct str s, struct str office_hint, struct number *number_out)
{
	return parse(s, office_hint, NUMBER_PUBLICATION, number_out);
}

bool number_parse_application(struct str s, struct str office_hint, struct number *number_out)
{
	return parse(s, office_hint, NUMBER_APPLICATION, number_out);
}

enum number_what number_parse(struct str s, struct str office_hint, struct number *number_out)
{
	parse(s, office_hint, NUMBER_UNKNOWN, number_out);
	return number_out->what;
}

/* ---- Writing. */

static const char *write_text(const struct number *number, char check, char text[NUMBER_TEXT_SIZE])
{
	const char *body = number->body;
	bool is_application = number->what == NUMBER_APPLICATION;
	struct str office = str_of(number->office);

	if (is_application && check)
		snprintf(text, NUMBER_TEXT_SIZE, "%s%s.%c", number->office, body, check);
	else if (is_application && str_equal_cstr(office, "WO"))
		snprintf(text, NUMBER_TEXT_SIZE, "PCT/%.6s/%s", body, body + strlen(body) - 6);
	else if (is_application && str_equal_cstr(office, "US") && strlen(body) == 8)
		snprintf(text, NUMBER_TEXT_SIZE, "US%.2s/%s", body, body + 2);
	else
		snprintf(text, NUMBER_TEXT_SIZE, "%s%s%s", number->office, body, number->kind);
	return text;
}

const char *number_text(const struct number *number, char text[NUMBER_TEXT_SIZE])
{
	char check = number->check_written ? number->check_written : number->check_expected;

	return write_text(number, check, text);
}

const char *number_text_corrected(const struct number *number, char text[NUMBER_TEXT_SIZE])
{
	return write_text(number, number->check_expected, text);
}

struct str number_normal(struct arena *arena, const struct number *number)
{
	char text[NUMBER_TEXT_SIZE];

	return str_copy(arena, str_of(number_text(number, text)));
}

struct str number_kind_of(struct str normal)
{
	size_t at = normal.size;

	if (at >= 3 && is_digit(normal.data[at - 1]) && is_letter(normal.data[at - 2]))
		at--;
	if (at < 2 || !is_letter(normal.data[at - 1]) || !is_digit(normal.data[at - 2]))
		return STR_EMPTY;
	return str_slice(normal, at - 1, normal.size);
}

struct str number_without_kind(struct str normal)
{
	return str_slice(normal, 0, normal.size - number_kind_of(normal).size);
}

/* ---- Forms to look for. */

static size_t add_form(struct str *forms, size_t count, struct str form)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(forms[i], form))
			return count;
	forms[count] = form;
	return count + 1;
}

size_t number_lookup_forms(struct arena *arena, struct str s, const struct str **forms_out)
{
	struct str *forms = arena_array(arena, struct str, NUMBER_LOOKUP_MAX);
	struct number number;
	size_t count = 0;

	if (number_parse_publication(s, STR("CN"), &number))
		count = add_form(forms, count, number_normal(arena, &number));
	if (number_parse_application(s, STR("CN"), &number)) {
		char text[NUMBER_TEXT_SIZE];

		count = add_form(forms, count, number_normal(arena, &number));
		number_text_corrected(&number, text);
		count = add_form(forms, count, str_copy(arena, str_of(text)));
	}
	*forms_out = forms;
	return count;
}

static struct str joined(struct arena *arena, const char *a, const char *b, const char *c)
{
	return str_of(arena_printf(arena, "%s%s%s", a, b, c));
}

size_t number_search_forms(struct arena *arena, const struct number *number,
			   const struct str **forms_out)
{
	struct str *forms = arena_array(arena, struct str, NUMBER_SEARCH_MAX);
	const char *office = number->office, *body = number->body;
	char check[2] = { number->check_written ? number->check_written : number->check_expected };
	const char *tail = number->what == NUMBER_APPLICATION ? check : number->kind;
	size_t count = 0;

	count = add_form(forms, count, joined(arena, office, body, tail));
	count = add_form(forms, count, joined(arena, office, body, ""));
	count = add_form(forms, count, joined(arena, "", body, tail));
	count = add_form(forms, count, joined(arena, "", body, ""));
	if (number->what == NUMBER_APPLICATION && str_equal_cstr(STR("CN"), office))
		count = add_form(forms, count, joined(arena, "ZL", body, tail));
	if (number->what == NUMBER_APPLICATION && str_equal_cstr(STR("WO"), office))
		count = add_form(forms, count, joined(arena, "PCT", body, ""));
	*forms_out = forms;
	return count;
}

/* ---- Type. */

static enum patent_type chinese_type(char digit)
{
	switch (digit) {
	case '1':
	case '8':
		return PATENT_INVENTION;
	case '2':
	case '9':
		return PATENT_UTILITY;
	case '3':
		return PATENT_DESIGN;
	default:
		return PATENT_TYPE_UNKNOWN;
	}
}

enum patent_type number_type(const struct number *number)
{
	struct str office = str_of(number->office), body = str_of(number->body);
	const struct kind *kind = kind_find(office, str_of(number->kind));

	if (number->what == NUMBER_UNKNOWN)
		return PATENT_TYPE_UNKNOWN;
	if (str_equal_cstr(office, "CN")) {
		bool is_serial = body.size == 8 || body.size == 12;

		return chinese_type(body.data[!is_serial ? 0 : body.size == 8 ? 2 : 4]);
	}
	if (body.data[0] == 'D' && (str_equal_cstr(office, "US") || str_equal_cstr(office, "TW")))
		return PATENT_DESIGN;
	if (body.data[0] == 'M' && str_equal_cstr(office, "TW"))
		return PATENT_UTILITY;
	if (str_equal_cstr(office, "WO") || str_equal_cstr(office, "EP"))
		return PATENT_INVENTION;
	return kind ? kind->type : PATENT_TYPE_UNKNOWN;
}
