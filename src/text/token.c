#include "text/token.h"
#include "base/list.h"
#include "base/utf8.h"
#include "text/folding_internal.h"

#include <string.h>
#include <unicode/uchar.h>

enum rune_class { RUNE_SEPARATOR, RUNE_WORD, RUNE_CJK };

static bool is_letter_or_digit(uint32_t rune)
{
	uint32_t kinds = U_GET_GC_MASK((UChar32)rune);

	return (kinds & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

static enum rune_class class_of(uint32_t rune)
{
	if (rune < 0x80)
		return (rune >= 'a' && rune <= 'z') || (rune >= '0' && rune <= '9')
			       ? RUNE_WORD
			       : RUNE_SEPARATOR;
	if (rune >= 0x4E00 && rune <= 0x9FFF)
		return RUNE_CJK;
	if (!is_letter_or_digit(rune))
		return RUNE_SEPARATOR;
	return utf8_is_cjk(rune) ? RUNE_CJK : RUNE_WORD;
}

/* What is known while the characters of one text come by. */
struct tokenizer {
	token_fn *token;
	void *context;
	uint32_t position;
	char word[TOKEN_SIZE_MAX];
	size_t word_size;
	uint32_t held;      /* a CJK character waiting for the one after it, or 0 */
	bool is_after_stop; /* '.' ends a sentence if a space follows */
	bool sentence_is_open, paragraph_is_open; /* a token came since the last mark */
	size_t from, to;                          /* of the word, or of the character held */
};

static void give(struct tokenizer *tokenizer, struct str token)
{
	tokenizer->token(tokenizer->context, token, tokenizer->position++);
	tokenizer->sentence_is_open = tokenizer->paragraph_is_open = true;
}

static void end_word(struct tokenizer *tokenizer)
{
	if (tokenizer->word_size == 0)
		return;
	give(tokenizer, (struct str){ tokenizer->word, tokenizer->word_size });
	tokenizer->word_size = 0;
}

/* Gives the character held with the one after it, or with TOKEN_LAST when next is 0. */
static void give_held(struct tokenizer *tokenizer, uint32_t next)
{
	char bytes[UTF8_SIZE_MAX * 2];
	size_t size;

	if (tokenizer->held == 0)
		return;
	size = utf8_encode(tokenizer->held, bytes);
	if (next != 0)
		size += utf8_encode(next, bytes + size);
	else
		bytes[size++] = TOKEN_LAST[0];
	give(tokenizer, (struct str){ bytes, size });
	tokenizer->held = 0;
}

static void end_sentence(struct tokenizer *tokenizer)
{
	if (tokenizer->sentence_is_open)
		tokenizer->token(tokenizer->context, TOKEN_SENTENCE_END, tokenizer->position - 1);
	tokenizer->sentence_is_open = false;
}

static void end_paragraph(struct tokenizer *tokenizer)
{
	end_sentence(tokenizer);
	if (tokenizer->paragraph_is_open)
		tokenizer->token(tokenizer->context, TOKEN_PARAGRAPH_END, tokenizer->position - 1);
	tokenizer->paragraph_is_open = false;
}

static bool is_sentence_end(uint32_t rune)
{
	return rune == 0x3002 || rune == '!' || rune == '?' || rune == ';';
}

static bool is_space(uint32_t rune)
{
	return rune == ' ' || (rune >= '\t' && rune <= '\r') || rune == 0x2028 || rune == 0x2029;
}

static void take_separator(struct tokenizer *tokenizer, uint32_t rune)
{
	end_word(tokenizer);
	give_held(tokenizer, 0);
	if (is_sentence_end(rune) || (tokenizer->is_after_stop && is_space(rune)))
		end_sentence(tokenizer);
	if (rune == '\n')
		end_paragraph(tokenizer);
	tokenizer->is_after_stop = rune == '.';
}

static void take_letter(struct tokenizer *tokenizer, const struct folded_rune *rune)
{
	char bytes[UTF8_SIZE_MAX];
	size_t size = utf8_encode(rune->rune, bytes);

	give_held(tokenizer, 0);
	if (tokenizer->word_size == 0)
		tokenizer->from = rune->from;
	tokenizer->to = rune->to;
	tokenizer->is_after_stop = false;
	if (tokenizer->word_size + size > TOKEN_SIZE_MAX)
		return;
	memcpy(tokenizer->word + tokenizer->word_size, bytes, size);
	tokenizer->word_size += size;
}

static void take_cjk(struct tokenizer *tokenizer, const struct folded_rune *rune)
{
	end_word(tokenizer);
	give_held(tokenizer, rune->rune);
	tokenizer->held = rune->rune;
	tokenizer->from = rune->from;
	tokenizer->to = rune->to;
	tokenizer->is_after_stop = false;
}

/* The folded letter or digit; 0 for all other bytes. */
static const char ascii_letters[256] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
	['7'] = '7', ['8'] = '8', ['9'] = '9', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
	['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k',
	['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
	['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y',
	['z'] = 'z', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
	['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm',
	['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
	['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
};

/*
 * Takes ASCII letters, spaces and commas as long as another ASCII byte follows, so that nothing
 * can join with the last: most of an English text never meets the folder.
 */
static void take_ascii(struct tokenizer *tokenizer, struct folder *folder)
{
	const unsigned char *bytes = (const unsigned char *)folder->text.data;
	size_t at = folder->at, end = folder->text.size;

	while (at + 1 < end && bytes[at + 1] < 0x80) {
		char letter = ascii_letters[bytes[at]];

		if (letter == 0) {
			if (bytes[at] != ' ' && bytes[at] != ',')
				break;
			take_separator(tokenizer, bytes[at++]);
			continue;
		}
		give_held(tokenizer, 0);
		if (tokenizer->word_size == 0)
			tokenizer->from = at;
		if (tokenizer->word_size < TOKEN_SIZE_MAX)
			tokenizer->word[tokenizer->word_size++] = letter;
		tokenizer->to = ++at;
		tokenizer->is_after_stop = false;
	}
	folder->at = at;
}

static void tokenize(struct tokenizer *tokenizer, struct str s)
{
	struct folded_rune rune;
	struct folder folder;

	folder_init(&folder, s);
	for (;;) {
		if (folder.pending_at == folder.pending_count)
			take_ascii(tokenizer, &folder);
		if (!folder_next(&folder, &rune))
			break;
		switch (class_of(rune.rune)) {
		case RUNE_SEPARATOR:
			take_separator(tokenizer, rune.rune);
			break;
		case RUNE_WORD:
			take_letter(tokenizer, &rune);
			break;
		case RUNE_CJK:
			take_cjk(tokenizer, &rune);
			break;
		}
	}
	end_word(tokenizer);
	give_held(tokenizer, 0);
	end_paragraph(tokenizer);
}

void text_tokens(struct str s, uint32_t *position, token_fn *token, void *context)
{
	struct tokenizer tokenizer;

	tokenizer = (struct tokenizer){ .token = token, .context = context, .position = *position };
	tokenize(&tokenizer, s);
	*position = tokenizer.position;
}

/* ---- Places. */

struct place_list {
	struct arena *arena;
	struct tokenizer *tokenizer;
	struct list places; /* struct token_place */
};

static void add_place(void *context, struct str token, uint32_t position)
{
	struct place_list *list = context;
	const struct tokenizer *tokenizer = list->tokenizer;
	struct token_place *place;

	if (token.data[0] == TOKEN_SENTENCE_END.data[0])
		return;
	place = list_add(&list->places);
	*place = (struct token_place){ str_copy(list->arena, token), position, tokenizer->from,
				       tokenizer->to, tokenizer->held != 0 };
}

size_t text_token_places(struct arena *arena, struct str s, struct token_place **places_out)
{
	struct place_list list = { .arena = arena, .places = LIST_OF(struct token_place) };
	struct tokenizer tokenizer = { .token = add_place, .context = &list };
	size_t count;

	list.tokenizer = &tokenizer;
	tokenize(&tokenizer, s);
	count = list.places.count;
	*places_out = arena_array(arena, struct token_place, count);
	if (count > 0)
		memcpy(*places_out, list.places.items, count * sizeof(**places_out));
	list_release(&list.places);
	return count;
}
