#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include "base/arena.h"
#include "base/str.h"
#include "base/strbuf.h"

/*
 * The one way text becomes searchable; documents and queries go through the same functions, so
 * what is indexed and what is asked for always agree. docs/query.md says it for users.
 *
 * Folding: NFKC_Casefold (half and full width, case), Traditional to Simplified Han, Latin
 * letters without their accents.
 *
 * Tokens: a run of letters and digits that are not CJK is one token at one position. Every CJK
 * character takes one position; the token at it is the character with the one after it (a
 * bigram), or the character alone with TOKEN_LAST behind it when no CJK character follows. So
 * a phrase of n characters is n - 1 bigrams in a row, and one character is every bigram that
 * begins with it: a prefix. Everything else separates tokens and takes no position.
 *
 * Asking for one CJK character: index_term_documents() with the bare character, or the term range
 * of all that begins with it, give the same documents and are both fast; its positions are those
 * of every token index_each_term() finds with the character as prefix.
 *
 * Sentences end at 。！？；!?; and at a '.' with space or nothing behind it, paragraphs at '\n' and
 * at the end of the text. A mark is given only when a token came since the mark before it.
 */
#define TOKEN_LAST          "\x01"
#define TOKEN_SENTENCE_END  STR("\x02s") /* at the position of the sentence's last token */
#define TOKEN_PARAGRAPH_END STR("\x02p") /* likewise; a paragraph's end also ends a sentence */

enum { TOKEN_SIZE_MAX = 120, TOKEN_GAP = 100 /* positions between joined texts */ };

/* The folded form of a string: for keywords, and for comparing. */
void text_fold(struct str s, struct strbuf *folded_out); /* appends */
struct str text_folded(struct arena *arena, struct str s);

/*
 * Calls token for each token of s in order. position starts at *position and *position ends one
 * behind the last. Texts longer than a token's limit are cut, at a character.
 */
typedef void token_fn(void *context, struct str token, uint32_t position);
void text_tokens(struct str s, uint32_t *position, token_fn *token, void *context);

/* Where a token came from in the original text: for highlights. Byte offsets. Without the marks of
   sentence and paragraph ends. */
struct token_place {
	struct str token; /* in the arena */
	uint32_t position;
	size_t from, to;
	bool is_cjk; /* one character, token is a bigram or last character */
};
size_t text_token_places(struct arena *arena, struct str s, struct token_place **places_out);

#endif
