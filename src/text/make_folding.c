/*
 * Build tool: writes the folding of every character of the basic plane, so that text without
 * oddities never calls ICU. The rules are those of text/token.h; odd characters (several to one,
 * combining, ignorable) get 0, which sends them the slow way.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { PLANE = 0x10000, TEXT_MAX = 64 };

static const UNormalizer2 *folding, *decomposing;
static UTransliterator *simplifying;

static bool one_character(const UChar *text, int32_t size, UChar32 *rune_out)
{
	int32_t at = 0;

	if (size == 0)
		return false;
	U16_NEXT(text, at, size, *rune_out);
	return at == size && *rune_out < PLANE;
}

static UChar32 without_accent(UChar32 rune)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar parts[TEXT_MAX];
	int32_t size = unorm2_getDecomposition(decomposing, rune, parts, TEXT_MAX, &status), at = 0;
	UChar32 base = rune, mark;

	if (U_FAILURE(status) || size < 2)
		return rune;
	U16_NEXT(parts, at, size, base);
	if (uscript_getScript(base, &status) != USCRIPT_LATIN)
		return rune;
	while (at < size) {
		U16_NEXT(parts, at, size, mark);
		if (u_charType(mark) != U_NON_SPACING_MARK)
			return rune;
	}
	return base;
}

static UChar32 simplified(UChar32 rune)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text[TEXT_MAX] = { (UChar)rune };
	int32_t size = 1, limit = 1;
	UChar32 result;

	utrans_transUChars(simplifying, text, &size, TEXT_MAX, 0, &limit, &status);
	return U_SUCCESS(status) && one_character(text, size, &result) ? result : rune;
}

static UChar32 fold(UChar32 rune)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text[TEXT_MAX], from = (UChar)rune;
	UChar32 folded;
	int32_t size;

	if (U16_IS_SURROGATE(rune) || !unorm2_hasBoundaryBefore(folding, rune))
		return 0;
	size = unorm2_normalize(folding, &from, 1, text, TEXT_MAX, &status);
	if (U_FAILURE(status) || !one_character(text, size, &folded) ||
	    !unorm2_hasBoundaryBefore(folding, folded))
		return 0;
	return simplified(without_accent(folded));
}

int main(int count, char **arguments)
{
	UErrorCode status = U_ZERO_ERROR;
	static const UChar name[] = u"Traditional-Simplified";
	FILE *out = count == 2 ? fopen(arguments[1], "w") : NULL;

	folding = unorm2_getNFKCCasefoldInstance(&status);
	decomposing = unorm2_getNFDInstance(&status);
	simplifying = utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
	if (!out || U_FAILURE(status)) {
		fprintf(stderr, "make_folding: %s\n", out ? u_errorName(status) : "no output");
		return 1;
	}
	fprintf(out, "#include \"text/folding_internal.h\"\n\nconst uint16_t folding_table[] = {");
	for (UChar32 rune = 0; rune < PLANE; rune++)
		fprintf(out, "%s%u,", rune % 16 == 0 ? "\n" : " ",
			rune == 0 ? ' ' : (unsigned)fold(rune));
	fprintf(out, "\n};\n");
	utrans_close(simplifying);
	return fclose(out) == 0 ? 0 : 1;
}
