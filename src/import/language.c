#include "import/map_internal.h"

#include "base/utf8.h"

#include <string.h>

/* Codes of sources that are not those of ISO 639-1. */
static const struct {
	char code[4];
	char language[3];
} codes[] = {
	{ "CN", "zh" },  { "TW", "zh" },  { "JP", "ja" },  { "KR", "ko" },  { "ENG", "en" },
	{ "CHI", "zh" }, { "ZHO", "zh" }, { "JPN", "ja" }, { "KOR", "ko" }, { "GER", "de" },
	{ "DEU", "de" }, { "FRE", "fr" }, { "FRA", "fr" },
};

fact_language language_of(struct str code)
{
	char a, b;

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (str_equal_nocase(code, str_of(codes[i].code)))
			return FACT_LANGUAGE(codes[i].language[0], codes[i].language[1]);
	if (code.size != 2)
		return 0;
	a = (char)(code.data[0] | 0x20);
	b = (char)(code.data[1] | 0x20);
	if (a < 'a' || a > 'z' || b < 'a' || b > 'z')
		return 0;
	return FACT_LANGUAGE(a, b);
}

/* Offices that publish in a language of Latin letters other than English. */
static const char *const latin_offices[][2] = {
	{ "DE", "de" }, { "AT", "de" }, { "FR", "fr" }, { "ES", "es" }, { "IT", "it" },
	{ "BR", "pt" }, { "PT", "pt" }, { "NL", "nl" }, { "MX", "es" }, { "AR", "es" },
};

enum { TEXT_SEEN = 150 }; /* bytes */

fact_language language_of_text(struct str text, struct str office)
{
	size_t at = 0, han = 0, latin = 0, cyrillic = 0;

	text = str_slice(text, 0, TEXT_SEEN);
	while (at < text.size) {
		uint32_t rune;

		if ((unsigned char)text.data[at] < 0x80) {
			char letter = (char)(text.data[at++] | 0x20);

			latin += letter >= 'a' && letter <= 'z';
			continue;
		}
		rune = utf8_next(text, &at);
		if (rune >= 0x3041 && rune <= 0x30FA)
			return FACT_LANGUAGE('j', 'a');
		if (rune >= 0xAC00 && rune <= 0xD7A3)
			return FACT_LANGUAGE('k', 'o');
		cyrillic += rune >= 0x400 && rune <= 0x4FF;
		han += rune >= 0x3400 && rune <= 0x9FFF;
	}
	if (han)
		return str_equal_cstr(office, "JP") ? FACT_LANGUAGE('j', 'a') : FACT_ZH;
	if (cyrillic > latin)
		return FACT_LANGUAGE('r', 'u');
	for (size_t i = 0; i < sizeof(latin_offices) / sizeof(latin_offices[0]); i++)
		if (str_equal_cstr(office, latin_offices[i][0]))
			return FACT_LANGUAGE(latin_offices[i][1][0], latin_offices[i][1][1]);
	return latin ? FACT_EN : 0;
}
