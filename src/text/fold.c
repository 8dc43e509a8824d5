#include "base/utf8.h"
#include "text/folding_internal.h"
#include "text/token.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

/* A character whose folding does not depend on what stands beside it. */
static bool is_plain(uint32_t rune)
{
	return rune < 0x10000 && folding_table[rune] != 0;
}

/* utf8_next() with the common case of Chinese text in front. */
static inline uint32_t next_rune(struct str s, size_t *at)
{
	const unsigned char *bytes = (const unsigned char *)s.data + *at;

	if (bytes[0] < 0x80) {
		*at += 1;
		return bytes[0];
	}
	if (bytes[0] > 0xE0 && bytes[0] < 0xED && s.size - *at >= 3 && (bytes[1] & 0xC0) == 0x80 &&
	    (bytes[2] & 0xC0) == 0x80) {
		*at += 3;
		return (bytes[0] & 0xFu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
	}
	return utf8_next(s, at);
}

static bool is_latin(uint32_t rune)
{
	UErrorCode status = U_ZERO_ERROR;

	return (rune >= 'a' && rune <= 'z') ||
	       (rune >= 0xAA && uscript_getScript((UChar32)rune, &status) == USCRIPT_LATIN);
}

static void keep_folded(struct folder *folder, const UChar *text, int32_t size)
{
	uint32_t before = 0;

	for (int32_t at = 0; at < size && folder->pending_count < PENDING_MAX;) {
		uint32_t rune = text[at++];

		if (U16_IS_LEAD(rune) && at < size)
			rune = (uint32_t)U16_GET_SUPPLEMENTARY(rune, text[at++]);
		if (u_charType((UChar32)rune) == U_NON_SPACING_MARK && is_latin(before))
			continue;
		before = is_plain(rune) ? folding_table[rune] : rune;
		folder->pending[folder->pending_count++] = before;
	}
}

/* Folds a span that begins and ends where characters cannot join. */
static void fold_slowly(struct folder *folder, const uint32_t *runes, size_t count)
{
	UChar text[SPAN_RUNES_MAX * 2], folded[PENDING_MAX * 2];
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *folding = unorm2_getNFKCCasefoldInstance(&status);
	int32_t size = 0;

	for (size_t i = 0; i < count; i++)
		U16_APPEND_UNSAFE(text, size, runes[i]);
	size = unorm2_normalize(folding, text, size, folded, PENDING_MAX * 2, &status);
	folder->pending_at = folder->pending_count = 0;
	if (U_SUCCESS(status))
		keep_folded(folder, folded, size);
}

static void take_span(struct folder *folder, size_t from)
{
	uint32_t runes[SPAN_RUNES_MAX];
	size_t count = 0, at = from;

	folder->span_from = from;
	while (at < folder->text.size && count < SPAN_RUNES_MAX) {
		size_t next = at;
		uint32_t rune = utf8_next(folder->text, &next);

		if (count > 0 && is_plain(rune))
			break;
		runes[count++] = rune;
		at = next;
	}
	folder->at = folder->span_to = at;
	fold_slowly(folder, runes, count);
}

static bool is_followed_by_plain(const struct folder *folder, size_t at)
{
	if (at >= folder->text.size || (unsigned char)folder->text.data[at] < 0x80)
		return true;
	return is_plain(next_rune(folder->text, &at));
}

bool folder_next(struct folder *folder, struct folded_rune *rune_out)
{
	while (folder->pending_at == folder->pending_count) {
		size_t from = folder->at, at = from;
		uint32_t rune;

		if (from >= folder->text.size)
			return false;
		rune = next_rune(folder->text, &at);
		if (is_plain(rune) && is_followed_by_plain(folder, at)) {
			*rune_out = (struct folded_rune){ folding_table[rune], from, at };
			folder->at = at;
			return true;
		}
		take_span(folder, from);
	}
	*rune_out = (struct folded_rune){ folder->pending[folder->pending_at++], folder->span_from,
					  folder->span_to };
	return true;
}

void text_fold(struct str s, struct strbuf *folded_out)
{
	struct folded_rune rune;
	struct folder folder;

	strbuf_reserve(folded_out, s.size);
	folder_init(&folder, s);
	while (folder_next(&folder, &rune))
		strbuf_add_rune(folded_out, rune.rune);
}

struct str text_folded(struct arena *arena, struct str s)
{
	struct strbuf folded = STRBUF_INIT;
	struct str copy;

	text_fold(s, &folded);
	copy = str_copy(arena, strbuf_str(&folded));
	strbuf_release(&folded);
	return copy;
}
