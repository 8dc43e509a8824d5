/* Folding loses the capitals of Latin names; these rules give readable ones back. */
#include "patent/name.h"

#include <stdlib.h>
#include <string.h>

/* Words that are written otherwise than with one capital; sorted by the folded form. */
static const struct word {
	const char *folded, *display;
} words[] = {
	{ "ab", "AB" },     { "ag", "AG" },   { "and", "and" },   { "as", "AS" },
	{ "bv", "BV" },     { "de", "de" },   { "der", "der" },   { "du", "du" },
	{ "et", "et" },     { "for", "for" }, { "gmbh", "GmbH" }, { "ibm", "IBM" },
	{ "kgaa", "KGaA" }, { "la", "la" },   { "le", "le" },     { "llc", "LLC" },
	{ "llp", "LLP" },   { "mbh", "mbH" }, { "nv", "NV" },     { "of", "of" },
	{ "oy", "Oy" },     { "plc", "PLC" }, { "sa", "SA" },     { "sas", "SAS" },
	{ "se", "SE" },     { "spa", "SpA" }, { "srl", "Srl" },   { "the", "the" },
	{ "und", "und" },   { "usa", "USA" }, { "van", "van" },   { "von", "von" },
};

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static int compare_words(const void *key, const void *item)
{
	return str_compare(*(const struct str *)key, str_of(((const struct word *)item)->folded));
}

/* Up to four letters without a vowel, as in LG, BMW, ZTE's kin: an abbreviation. "Ltd", "St" and
   the like keep one capital. */
static bool is_abbreviation(struct str word)
{
	static const char *const ordinary[] = { "ltd", "mr",   "st",  "dr",
						"pty", "intl", "mfg", "tech" };

	if (word.size < 2 || word.size > 4)
		return false;
	for (size_t i = 0; i < sizeof(ordinary) / sizeof(ordinary[0]); i++)
		if (str_equal_cstr(word, ordinary[i]))
			return false;
	for (size_t i = 0; i < word.size; i++)
		if (strchr("aeiouy", word.data[i]))
			return false;
	return true;
}

static void capitalise(char *letters, size_t size, bool is_first)
{
	struct str folded = { letters, size };
	const struct word *found = bsearch(&folded, words, sizeof(words) / sizeof(words[0]),
					   sizeof(words[0]), compare_words);
	size_t capitals = is_abbreviation(folded) ? size : 1;

	if (found && !(is_first && is_letter(found->display[0]))) {
		memcpy(letters, found->display, size);
		return;
	}
	for (size_t i = 0; i < capitals; i++)
		letters[i] = (char)(letters[i] - 'a' + 'A');
}

struct str name_display(struct arena *arena, struct str folded)
{
	struct str display = str_copy(arena, folded);
	char *text = (char *)(uintptr_t)display.data;

	for (size_t at = 0; at < display.size;) {
		size_t end = at;

		while (end < display.size && is_letter(text[end]))
			end++;
		/* a letter behind an apostrophe or a digit belongs to the word before: men's, 3m */
		if (end > at &&
		    !(at > 0 && (text[at - 1] == '\'' || (unsigned char)text[at - 1] >= 0x80)))
			capitalise(text + at, end - at, at == 0);
		at = end + (end == at);
	}
	return display;
}
