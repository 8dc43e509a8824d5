#include "patent/class.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A position in a text, read from the front. */
struct scan {
	struct str text;
	size_t at;
};

static char peek(const struct scan *scan)
{
	return scan->at < scan->text.size ? scan->text.data[scan->at] : 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

/* Blanks, also U+3000 and U+00A0. */
static void skip_blanks(struct scan *scan)
{
	for (;;) {
		struct str rest = str_slice(scan->text, scan->at, scan->text.size);
		char c = peek(scan);

		if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
			scan->at++;
		else if (str_starts_with(rest, STR("\xE3\x80\x80")))
			scan->at += 3;
		else if (str_starts_with(rest, STR("\xC2\xA0")))
			scan->at += 2;
		else
			return;
	}
}

/* Up to `most` digits; the view of them, which may be empty. */
static struct str take_digits(struct scan *scan, size_t most)
{
	size_t from = scan->at;

	while (scan->at - from < most && is_digit(peek(scan)))
		scan->at++;
	return str_slice(scan->text, from, scan->at);
}

static bool take_word(struct scan *scan, struct str word)
{
	struct str here = str_slice(scan->text, scan->at, scan->at + word.size);

	if (!str_equal_nocase(here, word))
		return false;
	scan->at += word.size;
	return true;
}

static void add_text(struct class_symbol *symbol, struct str text)
{
	size_t size = strlen(symbol->text);

	if (size + text.size >= CLASS_TEXT_SIZE)
		return;
	memcpy(symbol->text + size, text.data, text.size);
	symbol->text[size + text.size] = 0;
}

static void add_letter(struct class_symbol *symbol, char letter)
{
	add_text(symbol, (struct str){ &letter, 1 });
}

static struct str without_zeros(struct str digits)
{
	while (digits.size > 1 && digits.data[0] == '0')
		digits = str_slice(digits, 1, digits.size);
	return digits;
}

/* ---- The head: Int.Cl.7, IPC8:, LOC(13) Cl. */

static void take_head(struct scan *scan, struct class_symbol *symbol)
{
	struct str edition;

	skip_blanks(scan);
	if (!take_word(scan, STR("int")))
		return;
	while (peek(scan) == '.' || peek(scan) == ' ')
		scan->at++;
	if (!take_word(scan, STR("cl")))
		return;
	while (peek(scan) == '.' || peek(scan) == ' ' || peek(scan) == '(')
		scan->at++;
	edition = take_digits(scan, 1);
	if (edition.size && edition.data[0] >= '1' && edition.data[0] <= '8')
		symbol->edition[0] = edition.data[0];
	while (peek(scan) == ':' || peek(scan) == ')' || peek(scan) == '.')
		scan->at++;
	skip_blanks(scan);
}

/* ---- The symbol. */

static bool take_subclass(struct scan *scan, struct class_symbol *symbol)
{
	char section = upper(peek(scan));
	struct str digits;

	if (!((section >= 'A' && section <= 'H') || section == 'Y'))
		return false;
	scan->at++;
	add_letter(symbol, section);
	symbol->level = CLASS_LEVEL_SECTION;
	digits = take_digits(scan, 2);
	if (digits.size == 0)
		return true;
	if (digits.size != 2)
		return false;
	add_text(symbol, digits);
	symbol->level = CLASS_LEVEL_CLASS;
	if (upper(peek(scan)) >= 'A' && upper(peek(scan)) <= 'Z') {
		add_letter(symbol, upper(scan->text.data[scan->at++]));
		symbol->level = CLASS_LEVEL_SUBCLASS;
	}
	return true;
}

/* ST.8: group of four digits, subgroup of six filled with zeros at its end. */
static bool take_fixed_group(struct scan *scan, struct class_symbol *symbol)
{
	size_t from = scan->at;
	struct str digits = take_digits(scan, 11), subgroup;

	if (digits.size != 10) {
		scan->at = from;
		return false;
	}
	subgroup = str_slice(digits, 4, 10);
	while (subgroup.size > 2 && subgroup.data[subgroup.size - 1] == '0')
		subgroup.size--;
	add_text(symbol, without_zeros(str_slice(digits, 0, 4)));
	add_letter(symbol, '/');
	add_text(symbol, subgroup);
	symbol->level = CLASS_LEVEL_SUBGROUP;
	return true;
}

/* PATENTSCOPE: "8 02 20060101 A F I", a blank for the slash. */
static bool has_blank_for_slash(const struct scan *scan)
{
	struct scan ahead = *scan;
	size_t digits;

	if (peek(&ahead) != ' ')
		return false;
	ahead.at++;
	digits = take_digits(&ahead, 7).size;
	if (digits < 2 || digits > 6 || peek(&ahead) != ' ')
		return false;
	ahead.at++;
	return take_digits(&ahead, 9).size == 8;
}

static bool take_group(struct scan *scan, struct class_symbol *symbol)
{
	size_t before = scan->at;
	struct str group, subgroup;

	skip_blanks(scan);
	if (take_fixed_group(scan, symbol))
		return true;
	group = take_digits(scan, 5);
	if (group.size == 0 || group.size > 4) {
		scan->at = before;
		return group.size == 0;
	}
	add_text(symbol, without_zeros(group));
	symbol->level = CLASS_LEVEL_MAIN_GROUP;
	if (peek(scan) != '/' && peek(scan) != ':' && !has_blank_for_slash(scan))
		return true;
	scan->at++;
	subgroup = take_digits(scan, 7);
	if (subgroup.size < 2 || subgroup.size > 6)
		return false;
	add_letter(symbol, '/');
	add_text(symbol, subgroup);
	symbol->level = CLASS_LEVEL_SUBGROUP;
	return true;
}

/* ---- The tail: (2014.01), [2006.01], 20140101AFI20150101BHCN, I or N in brackets. */

static void set_edition(struct class_symbol *symbol, struct str year, struct str month)
{
	if (year.size != 4 || month.size != 2)
		return;
	memcpy(symbol->edition, year.data, 4);
	symbol->edition[4] = '.';
	memcpy(symbol->edition + 5, month.data, 2);
}

static void take_bracket(struct scan *scan, struct class_symbol *symbol)
{
	struct str year, month;

	scan->at++;
	year = take_digits(scan, 4);
	if (peek(scan) == '.')
		scan->at++;
	month = take_digits(scan, 2);
	set_edition(symbol, year, month);
	while (peek(scan) && peek(scan) != ')' && peek(scan) != ']')
		scan->at++;
	if (peek(scan))
		scan->at++;
	skip_blanks(scan);
	if (peek(scan) == 'I' || peek(scan) == 'A' || peek(scan) == 'N') {
		symbol->value = peek(scan) == 'I' ? 'I' : 'A';
		scan->at++;
	}
}

/* A letter of the set, behind blanks; 0 and nothing taken when another stands there. */
static char take_letter(struct scan *scan, const char *set)
{
	size_t before = scan->at;
	char c;

	skip_blanks(scan);
	c = peek(scan);
	if (c && strchr(set, c)) {
		scan->at++;
		return c;
	}
	scan->at = before;
	return 0;
}

/*
 * Edition, level (A C S), position (F L), value (I N) of WIPO ST.8, with or without blanks; date,
 * source and office may run on behind them.
 */
static bool take_fixed_tail(struct scan *scan, struct class_symbol *symbol)
{
	size_t from = scan->at;
	struct str day = take_digits(scan, 8);
	char value;

	if (day.size != 8 || !take_letter(scan, "ACS")) {
		scan->at = from;
		return false;
	}
	set_edition(symbol, str_slice(day, 0, 4), str_slice(day, 4, 6));
	take_letter(scan, "FL");
	value = take_letter(scan, "IN");
	symbol->value = value == 'N' ? 'A' : value;
	while (is_digit(peek(scan)) || (upper(peek(scan)) >= 'A' && upper(peek(scan)) <= 'Z'))
		scan->at++;
	return true;
}

static void take_tail(struct scan *scan, struct class_symbol *symbol)
{
	size_t before = scan->at;

	skip_blanks(scan);
	if (peek(scan) == '(' || peek(scan) == '[')
		take_bracket(scan, symbol);
	else if (!take_fixed_tail(scan, symbol))
		scan->at = before;
}

static bool take_patent_class(struct scan *scan, struct class_symbol *symbol)
{
	take_head(scan, symbol);
	if (!take_subclass(scan, symbol))
		return false;
	if (symbol->level == CLASS_LEVEL_SUBCLASS && !take_group(scan, symbol))
		return false;
	take_tail(scan, symbol);
	return true;
}

/* 14-02, LOC(13) Cl. 14-02, 1402, 21-01-C0293. */
static bool take_locarno(struct scan *scan, struct class_symbol *symbol)
{
	struct str main_class, subclass;

	skip_blanks(scan);
	if (take_word(scan, STR("loc"))) {
		while (peek(scan) && (peek(scan) == ' ' || peek(scan) == '('))
			scan->at++;
		take_digits(scan, 2);
		while (peek(scan) == ')' || peek(scan) == ' ')
			scan->at++;
		take_word(scan, STR("cl"));
		while (peek(scan) == '.' || peek(scan) == ' ' || peek(scan) == ':')
			scan->at++;
	}
	main_class = take_digits(scan, 2);
	if (main_class.size == 0)
		return false;
	add_text(symbol, STR("0"));
	if (main_class.size == 2)
		symbol->text[0] = 0;
	add_text(symbol, main_class);
	symbol->level = CLASS_LEVEL_CLASS;
	if (peek(scan) == '-' || peek(scan) == '/' || peek(scan) == '.')
		scan->at++;
	subclass = take_digits(scan, 2);
	if (subclass.size == 2) {
		add_letter(symbol, '-');
		add_text(symbol, subclass);
		symbol->level = CLASS_LEVEL_SUBCLASS;
	}
	if (peek(scan) == '-' &&
	    upper(scan->at + 1 < scan->text.size ? scan->text.data[scan->at + 1] : 0) >=
		    'A') { /* number of the goods: 21-01-C0293 */
		scan->at += 2;
		take_digits(scan, 4);
	}
	return strncmp(symbol->text, "00", 2) > 0 && strncmp(symbol->text, "32", 2) <= 0;
}

static bool take_symbol(struct scan *scan, enum class_scheme scheme, struct class_symbol *symbol)
{
	*symbol = (struct class_symbol){ .level = CLASS_LEVEL_NONE };
	if (scheme == CLASS_LOC ? take_locarno(scan, symbol) : take_patent_class(scan, symbol))
		return true;
	*symbol = (struct class_symbol){ .level = CLASS_LEVEL_NONE };
	return false;
}

bool class_parse(struct str s, enum class_scheme scheme, struct class_symbol *symbol_out)
{
	struct scan scan = { str_trim(s), 0 };

	if (take_symbol(&scan, scheme, symbol_out) && scan.at == scan.text.size)
		return true;
	*symbol_out = (struct class_symbol){ .level = CLASS_LEVEL_NONE };
	return false;
}

/* ---- Lists. */

/* Size of the separator at a place; 0: none. */
static size_t separator_at(struct str s, size_t at)
{
	static const struct str wide[] = { { "；", 3 }, { "，", 3 }, { "、", 3 } };
	struct str rest = str_slice(s, at, s.size);

	if (rest.size && strchr(";,|\n\r\t", rest.data[0]) && rest.data[0])
		return 1;
	for (size_t i = 0; i < COUNT(wide); i++)
		if (str_starts_with(rest, wide[i]))
			return wide[i].size;
	return 0;
}

static size_t skip_list_blanks(struct str s)
{
	struct scan scan = { s, 0 };
	size_t size;

	for (;;) {
		skip_blanks(&scan);
		size = separator_at(s, scan.at);
		if (size == 0)
			return scan.at;
		scan.at += size;
	}
}

static size_t item_end(struct str s, size_t from)
{
	while (from < s.size && separator_at(s, from) == 0)
		from++;
	return from;
}

/* A symbol must end where a blank, a separator or the text ends. */
static bool ends_cleanly(struct str s, size_t at)
{
	struct scan scan = { s, at };

	if (at == s.size || separator_at(s, at))
		return true;
	skip_blanks(&scan);
	return scan.at > at;
}

/* No symbol with its tail is longer; a long list without separators is not looked through each time. */
enum { SYMBOL_WRITTEN_MAX = 256 };

bool class_next(struct str *rest, enum class_scheme scheme, struct class_symbol *symbol_out,
		struct str *written_out)
{
	size_t start = skip_list_blanks(*rest), end;
	struct str text = str_slice(*rest, start, rest->size);
	struct scan scan = { text, 0 };

	*symbol_out = (struct class_symbol){ .level = CLASS_LEVEL_NONE };
	if (text.size == 0)
		return false;
	end = item_end(str_slice(text, 0, SYMBOL_WRITTEN_MAX), 0);
	if (take_symbol(&scan, scheme, symbol_out) && scan.at > 0 && scan.at <= end &&
	    ends_cleanly(text, scan.at)) {
		end = scan.at;
	} else {
		*symbol_out = (struct class_symbol){ .level = CLASS_LEVEL_NONE };
		end = item_end(text, end);
	}
	if (written_out)
		*written_out = str_trim(str_slice(text, 0, end));
	*rest = str_slice(text, end, text.size);
	return true;
}

/* ---- Levels. */

enum class_level class_level_of(struct str symbol)
{
	if (str_find_byte(symbol, '/') != STR_NOT_FOUND)
		return CLASS_LEVEL_SUBGROUP;
	if (symbol.size && is_digit(symbol.data[0]))
		return symbol.size > 2 ? CLASS_LEVEL_SUBCLASS : CLASS_LEVEL_CLASS;
	switch (symbol.size) {
	case 0:
		return CLASS_LEVEL_NONE;
	case 1:
		return CLASS_LEVEL_SECTION;
	case 3:
		return CLASS_LEVEL_CLASS;
	case 4:
		return CLASS_LEVEL_SUBCLASS;
	default:
		return CLASS_LEVEL_MAIN_GROUP;
	}
}

struct str class_cut(struct str symbol, enum class_level level)
{
	static const size_t sizes[] = { 0, 1, 3, 4 };
	size_t slash = str_find_byte(symbol, '/');

	if (symbol.size && is_digit(symbol.data[0]))
		return level == CLASS_LEVEL_CLASS ? str_slice(symbol, 0, 2) : symbol;
	if (level < CLASS_LEVEL_MAIN_GROUP)
		return str_slice(symbol, 0, sizes[level]);
	if (level == CLASS_LEVEL_MAIN_GROUP && slash != STR_NOT_FOUND)
		return str_slice(symbol, 0, slash);
	return symbol;
}

/* ---- Names and fields. */

static const struct class_name names[] = {
#include "patent/ipc_classes.inc"
};

static const struct field_row {
	const char *symbol;
	unsigned field;
} field_rows[] = {
#include "patent/fields.inc"
};

static int compare_symbol(const void *key, const void *row)
{
	return str_compare(*(const struct str *)key, str_of(*(const char *const *)row));
}

const struct class_name *class_name_find(struct str symbol)
{
	return bsearch(&symbol, names, COUNT(names), sizeof(names[0]), compare_symbol);
}

unsigned class_field(struct str symbol)
{
	for (int level = CLASS_LEVEL_MAIN_GROUP; level >= CLASS_LEVEL_SUBCLASS; level--) {
		struct str part = class_cut(symbol, (enum class_level)level);
		const struct field_row *row = bsearch(&part, field_rows, COUNT(field_rows),
						      sizeof(field_rows[0]), compare_symbol);

		if (row)
			return row->field;
	}
	return 0;
}

#define ELECTRICAL                                                                                 \
	{                                                                                          \
		"电气工程", "Electrical engineering"                                               \
	}
#define INSTRUMENTS                                                                                \
	{                                                                                          \
		"仪器", "Instruments"                                                              \
	}
#define CHEMISTRY                                                                                  \
	{                                                                                          \
		"化学", "Chemistry"                                                                \
	}
#define MECHANICAL                                                                                 \
	{                                                                                          \
		"机械工程", "Mechanical engineering"                                               \
	}
#define OTHER                                                                                      \
	{                                                                                          \
		"其他领域", "Other fields"                                                         \
	}

static const struct class_field_name fields[CLASS_FIELD_MAX] = {
	{ ELECTRICAL, { "电机、电气装置、电能", "Electrical machinery, apparatus, energy" } },
	{ ELECTRICAL, { "音像技术", "Audio-visual technology" } },
	{ ELECTRICAL, { "电信", "Telecommunications" } },
	{ ELECTRICAL, { "数字通信", "Digital communication" } },
	{ ELECTRICAL, { "基础通信程序", "Basic communication processes" } },
	{ ELECTRICAL, { "计算机技术", "Computer technology" } },
	{ ELECTRICAL, { "计算机技术管理方法", "IT methods for management" } },
	{ ELECTRICAL, { "半导体", "Semiconductors" } },
	{ INSTRUMENTS, { "光学", "Optics" } },
	{ INSTRUMENTS, { "测量", "Measurement" } },
	{ INSTRUMENTS, { "生物材料分析", "Analysis of biological materials" } },
	{ INSTRUMENTS, { "控制", "Control" } },
	{ INSTRUMENTS, { "医疗技术", "Medical technology" } },
	{ CHEMISTRY, { "有机精细化学", "Organic fine chemistry" } },
	{ CHEMISTRY, { "生物技术", "Biotechnology" } },
	{ CHEMISTRY, { "药品", "Pharmaceuticals" } },
	{ CHEMISTRY, { "高分子化学、聚合物", "Macromolecular chemistry, polymers" } },
	{ CHEMISTRY, { "食品化学", "Food chemistry" } },
	{ CHEMISTRY, { "基础材料化学", "Basic materials chemistry" } },
	{ CHEMISTRY, { "材料、冶金", "Materials, metallurgy" } },
	{ CHEMISTRY, { "表面加工技术、涂层", "Surface technology, coating" } },
	{ CHEMISTRY, { "显微结构和纳米技术", "Micro-structural and nano-technology" } },
	{ CHEMISTRY, { "化学工程", "Chemical engineering" } },
	{ CHEMISTRY, { "环境技术", "Environmental technology" } },
	{ MECHANICAL, { "装卸", "Handling" } },
	{ MECHANICAL, { "机床", "Machine tools" } },
	{ MECHANICAL, { "发动机、泵、涡轮机", "Engines, pumps, turbines" } },
	{ MECHANICAL, { "纺织和造纸机械", "Textile and paper machines" } },
	{ MECHANICAL, { "其他专用机械", "Other special machines" } },
	{ MECHANICAL, { "热工过程和器具", "Thermal processes and apparatus" } },
	{ MECHANICAL, { "机械零件", "Mechanical elements" } },
	{ MECHANICAL, { "运输", "Transport" } },
	{ OTHER, { "家具、游戏", "Furniture, games" } },
	{ OTHER, { "其他消费品", "Other consumer goods" } },
	{ OTHER, { "土木工程", "Civil engineering" } },
};

const struct class_field_name *class_field_name(unsigned field)
{
	return field >= 1 && field <= CLASS_FIELD_MAX ? &fields[field - 1] : NULL;
}
