#include "patent/words.h"
#include "base/utf8.h"

#include <string.h>

/* 0: left out. */
static uint32_t folded(uint32_t rune)
{
	if (rune >= 0xFF01 && rune <= 0xFF5E) /* full-width forms */
		rune -= 0xFF01 - 0x21;
	if (rune >= 'A' && rune <= 'Z')
		return rune + 32;
	if (rune < 0x80)
		return (rune >= 'a' && rune <= 'z') || (rune >= '0' && rune <= '9') || rune == ':'
			       ? rune
			       : 0;
	if (rune == 0x7684 || rune == 0xA0 || rune == 0xFEFF) /* 的 */
		return 0;
	return (rune >= 0x2000 && rune <= 0x206F) || (rune >= 0x3000 && rune <= 0x303F) ? 0 : rune;
}

void words_fold(struct str s, struct words *words_out)
{
	words_out->size = 0;
	for (size_t at = 0; at < s.size;) {
		uint32_t rune = folded(utf8_next(s, &at));

		if (rune == 0)
			continue;
		if (words_out->size + UTF8_SIZE_MAX > WORDS_SIZE)
			return;
		words_out->size += utf8_encode(rune, words_out->text + words_out->size);
	}
}

bool words_fit(struct str text, struct str pattern)
{
	struct str rest = pattern, part;

	if (str_starts_with(pattern, STR("=")))
		return str_equal(text, str_slice(pattern, 1, pattern.size));
	while (str_split(&rest, STR("*"), &part)) {
		size_t at = str_find(text, part);

		if (at == STR_NOT_FOUND)
			return false;
		text = str_slice(text, at + part.size, text.size);
	}
	return true;
}
