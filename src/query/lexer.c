#include "query/lexer.h"

#include "base/list.h"
#include "base/utf8.h"

enum { QUERY_SIZE_MAX = 1 << 20 };

struct lexer {
	struct arena *arena;
	struct str text;
	size_t at;
	struct list *lexemes; /* of struct lexeme; released with the arena */
	struct error *error;
};

/* ---- Runes. */

/* The rune at an offset with full-width signs as their ASCII twins; 0 at the end. */
static uint32_t rune_at(const struct lexer *lexer, size_t at, size_t *end_out)
{
	uint32_t rune;

	*end_out = at;
	if (at >= lexer->text.size)
		return 0;
	rune = utf8_next(lexer->text, end_out);
	switch (rune) {
	case 0xFF08: /* （ */
		return '(';
	case 0xFF09:
		return ')';
	case 0xFF3B: /* ［ 【 */
	case 0x3010:
		return '[';
	case 0xFF3D:
	case 0x3011:
		return ']';
	case 0xFF1D: /* ＝ */
		return '=';
	case 0xFF1A: /* ： */
		return ':';
	case 0xFF1C: /* ＜ */
		return '<';
	case 0xFF1E: /* ＞ */
		return '>';
	case 0xFF01: /* ！ */
		return '!';
	case 0xFF0C: /* ， ； 、 */
	case 0xFF1B:
	case 0x3001:
	case ';':
		return ',';
	case 0x201C: /* “ ” ＂ */
	case 0x201D:
	case 0xFF02:
		return '"';
	default:
		return rune;
	}
}

static uint32_t current(const struct lexer *lexer)
{
	size_t end;

	return rune_at(lexer, lexer->at, &end);
}

static bool is_blank(uint32_t rune)
{
	return rune == ' ' || (rune >= 9 && rune <= 13) || rune == 0xA0 || rune == 0x3000 ||
	       rune == 0xFEFF || (rune >= 0x2000 && rune <= 0x200B);
}

static bool ends_word(const struct lexer *lexer, size_t at)
{
	size_t end, second_end;
	uint32_t rune = rune_at(lexer, at, &end);
	uint32_t second = rune_at(lexer, end, &second_end);

	switch (rune) {
	case 0:
	case '(':
	case ')':
	case '[':
	case ']':
	case '=':
	case ':':
	case '<':
	case '>':
	case 0x2264: /* ≤ ≥ ≠ */
	case 0x2265:
	case 0x2260:
	case ',':
	case '"':
	case '|':
	case '{':
	case '}':
		return true;
	case '!':
		return second == '=';
	case '&':
		return second == '&';
	default:
		return is_blank(rune);
	}
}

/* ---- Adding. */

static struct lexeme *add(struct lexer *lexer, enum lexeme_kind kind, size_t at, size_t end)
{
	struct lexeme *lexeme = list_add(lexer->lexemes);

	lexeme->kind = kind;
	lexeme->at = at;
	lexeme->end = end;
	lexeme->text = str_slice(lexer->text, at, end);
	lexer->at = end;
	return lexeme;
}

static bool fail(struct lexer *lexer, const char *key, size_t at, size_t end)
{
	struct str part = str_slice(lexer->text, at, end);

	return error_set_at(lexer->error, ERROR_INVALID, key, (int64_t)at, "%.*s",
			    (int)(part.size < 60 ? part.size : 60), part.data);
}

/* Is an operand in front, so that an operator may follow? */
static bool is_behind_operand(const struct lexer *lexer)
{
	enum lexeme_kind kind;

	if (lexer->lexemes->count == 0)
		return false;
	kind = LIST_AT(lexer->lexemes, struct lexeme, lexer->lexemes->count - 1).kind;
	return kind == LEXEME_WORD || kind == LEXEME_QUOTED || kind == LEXEME_CLOSE ||
	       kind == LEXEME_SLOP || kind == LEXEME_FREQUENCY;
}

static bool add_near(struct lexer *lexer, struct query_near near, size_t at, size_t end)
{
	if (near.gap_max > QUERY_GAP_MAX) {
		fail(lexer, "query.distance", at, end);
		return error_hint(lexer->error, "%d", QUERY_GAP_MAX);
	}
	add(lexer, LEXEME_NEAR, at, end)->near = near;
	return true;
}

/* ---- One lexeme each. */

static bool read_quoted(struct lexer *lexer)
{
	size_t start = lexer->at, at, end;
	uint32_t rune;

	rune_at(lexer, start, &at);
	for (size_t from = at; (rune = rune_at(lexer, at, &end)) != 0; at = end) {
		if (rune == '\\') {
			rune_at(lexer, end, &end);
		} else if (rune == '"') {
			struct lexeme *quoted = add(lexer, LEXEME_QUOTED, start, end);

			quoted->text = str_slice(lexer->text, from, at);
			return true;
		}
	}
	return fail(lexer, "query.quote_open", start, lexer->text.size);
}

/* "..."~5 of Lucene, right behind the quote. */
static bool read_slop(struct lexer *lexer)
{
	size_t at = lexer->at + 1;
	int64_t number;
	struct lexeme *slop;

	while (at < lexer->text.size && lexer->text.data[at] >= '0' && lexer->text.data[at] <= '9')
		at++;
	if (!str_to_int64(str_slice(lexer->text, lexer->at + 1, at), &number) ||
	    number > QUERY_GAP_MAX) {
		fail(lexer, "query.distance", lexer->at, at);
		return error_hint(lexer->error, "%d", QUERY_GAP_MAX);
	}
	slop = add(lexer, LEXEME_SLOP, lexer->at, at);
	slop->number = (uint32_t)number;
	return true;
}

static enum comparison comparison_of(uint32_t first, uint32_t second, bool *takes_two_out)
{
	*takes_two_out = true;
	if (second == '=') {
		if (first == '=')
			return COMPARE_EXACT;
		if (first == '<')
			return COMPARE_LESS_EQUAL;
		if (first == '>')
			return COMPARE_GREATER_EQUAL;
		if (first == '!')
			return COMPARE_NOT_EQUAL;
	}
	if (first == '<' && second == '>')
		return COMPARE_NOT_EQUAL;
	*takes_two_out = false;
	switch (first) {
	case '<':
		return COMPARE_LESS;
	case '>':
		return COMPARE_GREATER;
	case 0x2264:
		return COMPARE_LESS_EQUAL;
	case 0x2265:
		return COMPARE_GREATER_EQUAL;
	case 0x2260:
		return COMPARE_NOT_EQUAL;
	case '=':
		return COMPARE_EQUAL;
	default:
		return COMPARE_COLON;
	}
}

static bool read_comparison(struct lexer *lexer)
{
	size_t end, second_end;
	uint32_t first = rune_at(lexer, lexer->at, &end);
	uint32_t second = rune_at(lexer, end, &second_end);
	bool takes_two;
	enum comparison comparison = comparison_of(first, second, &takes_two);

	add(lexer, LEXEME_COMPARE, lexer->at, takes_two ? second_end : end)->comparison =
		comparison;
	return true;
}

static void skip_line(struct lexer *lexer)
{
	while (lexer->at < lexer->text.size && lexer->text.data[lexer->at] != '\n')
		lexer->at++;
}

static bool is_line_start(const struct lexer *lexer)
{
	size_t at = lexer->at;

	while (at > 0 && (lexer->text.data[at - 1] == ' ' || lexer->text.data[at - 1] == '\t'))
		at--;
	return at == 0 || lexer->text.data[at - 1] == '\n';
}

/* "# text" at the start of a line is a comment; "#name" and ##name are names. */
static bool read_name(struct lexer *lexer)
{
	size_t start = lexer->at, at = start, from, end;
	struct lexeme *name;

	while (at < lexer->text.size && lexer->text.data[at] == '#')
		at++;
	if (is_line_start(lexer) &&
	    (at >= lexer->text.size || is_blank(rune_at(lexer, at, &end)))) {
		skip_line(lexer);
		return true;
	}
	if (rune_at(lexer, at, &end) == '"') {
		lexer->at = at;
		if (!read_quoted(lexer))
			return false;
		name = &LIST_AT(lexer->lexemes, struct lexeme, lexer->lexemes->count - 1);
		name->kind = LEXEME_NAME;
		name->at = start;
		return true;
	}
	for (from = at; !ends_word(lexer, at);)
		rune_at(lexer, at, &at);
	if (at == from)
		return fail(lexer, "query.name_empty", start, at);
	name = add(lexer, LEXEME_NAME, start, at);
	name->text = str_slice(lexer->text, from, at);
	return true;
}

static size_t skip_blanks(const struct lexer *lexer, size_t at)
{
	size_t end;

	while (at < lexer->text.size && is_blank(rune_at(lexer, at, &end)))
		at = end;
	return at;
}

/* (5w) between two operands. */
static bool read_bracketed_near(struct lexer *lexer, bool *was_read)
{
	char inner[8];
	size_t size = 0, at, end;
	uint32_t rune;
	struct query_near near;

	*was_read = false;
	if (!is_behind_operand(lexer))
		return true;
	rune_at(lexer, lexer->at, &at);
	for (; (rune = rune_at(lexer, at, &end)) != ')'; at = end) {
		if (is_blank(rune))
			continue;
		if (rune == 0 || rune >= 0x80 || size == sizeof(inner))
			return true;
		inner[size++] = (char)rune;
	}
	rune = rune_at(lexer, skip_blanks(lexer, end), &at);
	if (rune == 0 || rune == ')' ||
	    !query_read_bracketed_near((struct str){ inner, size }, &near))
		return true;
	*was_read = true;
	return add_near(lexer, near, lexer->at, end);
}

/* $PRE5 and the like. */
static bool read_dollar(struct lexer *lexer, size_t end)
{
	struct str word = str_slice(lexer->text, lexer->at, end);
	struct query_near near;
	int64_t times;

	if (query_read_near(word, &near))
		return add_near(lexer, near, lexer->at, end);
	if (str_equal_nocase(str_slice(word, 0, 5), STR("$FREQ")) &&
	    str_to_int64(str_slice(word, 5, word.size), &times) && times >= 1 && times <= 1000) {
		add(lexer, LEXEME_FREQUENCY, lexer->at, end)->number = (uint32_t)times;
		return true;
	}
	fail(lexer, "query.operator", lexer->at, end);
	return error_hint(lexer->error, "$PRE5 $W5 $WS $SEN $PARA $FREQ3");
}

/* Full-width letters of a short word as ASCII, for operators typed in a Chinese input method. */
static struct str half_width(struct str word, char text[32])
{
	size_t at = 0, size = 0;

	while (at < word.size) {
		uint32_t rune = utf8_next(word, &at);

		if (size + UTF8_SIZE_MAX > 32)
			return word;
		size += utf8_encode(rune >= 0xFF01 && rune <= 0xFF5E ? rune - 0xFEE0 : rune,
				    text + size);
	}
	return (struct str){ text, size };
}

static enum lexeme_kind word_kind(struct str word)
{
	static const struct {
		const char *text;
		enum lexeme_kind kind;
	} words[] = { { "AND", LEXEME_AND }, { "OR", LEXEME_OR },     { "NOT", LEXEME_NOT },
		      { "与", LEXEME_AND },  { "或", LEXEME_OR },     { "非", LEXEME_NOT },
		      { "&", LEXEME_AND },   { "ANDNOT", LEXEME_NOT } };
	char text[32];

	word = half_width(word, text);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_equal_nocase(word, str_of(words[i].text)))
			return words[i].kind;
	return LEXEME_WORD;
}

/* A name with brackets in it, 申请（专利权）人, when a comparison follows. */
static size_t bracketed_name_end(const struct lexer *lexer)
{
	size_t size = query_field_bracketed_name(
		str_slice(lexer->text, lexer->at, lexer->text.size));
	size_t end;
	uint32_t rune;

	if (size == 0)
		return 0;
	rune = rune_at(lexer, skip_blanks(lexer, lexer->at + size), &end);
	return rune == '=' || rune == ':' || rune == '<' || rune == '>' || rune == '!'
		       ? lexer->at + size
		       : 0;
}

static bool read_prox(struct lexer *lexer)
{
	size_t end = lexer->at, next;
	uint32_t rune;
	struct query_near near;

	while ((rune = rune_at(lexer, end, &next)) != 0 && !is_blank(rune))
		end = next;
	if (!query_read_prox(str_slice(lexer->text, lexer->at, end), &near)) {
		fail(lexer, "query.operator", lexer->at, end);
		return error_hint(lexer->error, "prox/distance<=5/ordered=true");
	}
	return add_near(lexer, near, lexer->at, end);
}

static bool starts_prox(const struct lexer *lexer)
{
	return str_equal_nocase(str_slice(lexer->text, lexer->at, lexer->at + 5), STR("prox/"));
}

static bool read_word(struct lexer *lexer)
{
	size_t end = bracketed_name_end(lexer), next;
	struct str word;
	struct query_near near;

	if (starts_prox(lexer) && is_behind_operand(lexer))
		return read_prox(lexer);
	if (end == 0)
		for (end = lexer->at; !ends_word(lexer, end); end = next) {
			bool is_escape = rune_at(lexer, end, &next) == '\\';

			if (is_escape)
				rune_at(lexer, next, &next);
		}
	word = str_slice(lexer->text, lexer->at, end);
	if (word.size > 0 && word.data[0] == '$')
		return read_dollar(lexer, end);
	if (is_behind_operand(lexer) && query_read_near(word, &near) &&
	    rune_at(lexer, skip_blanks(lexer, end), &next) != '=')
		return add_near(lexer, near, lexer->at, end);
	add(lexer, word_kind(word), lexer->at, end);
	return true;
}

/* && || | and ! in front of something. */
static bool read_sign(struct lexer *lexer, uint32_t rune)
{
	size_t end, second_end;
	enum lexeme_kind kind = rune == '|' ? LEXEME_OR : rune == '&' ? LEXEME_AND : LEXEME_NOT;

	rune_at(lexer, lexer->at, &end);
	if (rune != '!' && rune_at(lexer, end, &second_end) == rune)
		end = second_end;
	add(lexer, kind, lexer->at, end);
	return true;
}

static bool read_simple(struct lexer *lexer, enum lexeme_kind kind)
{
	size_t end;

	rune_at(lexer, lexer->at, &end);
	add(lexer, kind, lexer->at, end);
	return true;
}

static bool is_quote_just_read(const struct lexer *lexer)
{
	return lexer->lexemes->count > 0 &&
	       LIST_AT(lexer->lexemes, struct lexeme, lexer->lexemes->count - 1).kind ==
		       LEXEME_QUOTED &&
	       LIST_AT(lexer->lexemes, struct lexeme, lexer->lexemes->count - 1).end == lexer->at;
}

static bool read_open(struct lexer *lexer)
{
	bool was_read;

	if (!read_bracketed_near(lexer, &was_read))
		return false;
	return was_read || read_simple(lexer, LEXEME_OPEN);
}

static bool read_next(struct lexer *lexer)
{
	size_t end, second_end;
	uint32_t rune = rune_at(lexer, lexer->at, &end);
	uint32_t second = rune_at(lexer, end, &second_end);

	switch (rune) {
	case '(':
		return read_open(lexer);
	case ')':
		return read_simple(lexer, LEXEME_CLOSE);
	case '[':
		return read_simple(lexer, LEXEME_SQUARE_OPEN);
	case ']':
		return read_simple(lexer, LEXEME_SQUARE_CLOSE);
	case ',':
		return read_simple(lexer, LEXEME_COMMA);
	case '"':
		return read_quoted(lexer);
	case '#':
		return read_name(lexer);
	case '|':
		return read_sign(lexer, rune);
	case '{':
	case '}':
		return fail(lexer, "query.sign", lexer->at, end);
	case '=':
	case ':':
	case '<':
	case '>':
	case 0x2264:
	case 0x2265:
	case 0x2260:
		return read_comparison(lexer);
	case '!':
		return second == '=' ? read_comparison(lexer) : read_sign(lexer, rune);
	case '&':
		return second == '&' ? read_sign(lexer, rune) : read_word(lexer);
	case '~':
		return is_quote_just_read(lexer) ? read_slop(lexer) : read_word(lexer);
	default:
		return read_word(lexer);
	}
}

static void release_list(void *list)
{
	list_release(list);
}

bool query_lex(struct arena *arena, struct str text, struct lexeme **lexemes_out, size_t *count_out,
	       struct error *error)
{
	struct lexer lexer = { .arena = arena, .text = text, .error = error };
	size_t valid = utf8_valid_length(text);

	if (text.size > QUERY_SIZE_MAX)
		return error_set(error, ERROR_LIMIT, "query.long", "%zu", text.size);
	if (valid < text.size)
		return error_set_at(error, ERROR_INVALID, "query.bytes", (int64_t)valid, " ");
	if (str_find_byte(text, '\0') != STR_NOT_FOUND)
		return error_set_at(error, ERROR_INVALID, "query.bytes",
				    (int64_t)str_find_byte(text, '\0'), " ");
	lexer.lexemes = arena_new(arena, struct list);
	*lexer.lexemes = LIST_OF(struct lexeme);
	arena_defer(arena, release_list, lexer.lexemes);
	for (;;) {
		lexer.at = skip_blanks(&lexer, lexer.at);
		if (current(&lexer) == 0)
			break;
		if (str_starts_with(str_slice(text, lexer.at, text.size), STR("//")))
			skip_line(&lexer);
		else if (!read_next(&lexer))
			return false;
	}
	add(&lexer, LEXEME_END, text.size, text.size);
	*lexemes_out = lexer.lexemes->items;
	*count_out = lexer.lexemes->count;
	return true;
}
