#include "patent/claims.h"

#include "base/list.h"
#include "base/strbuf.h"

#include <string.h>

enum { CLAIMS_MAX = 2000, PARENTS_MAX = 200 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads up to four digits at *at. */
static unsigned read_number(struct str text, size_t *at)
{
	unsigned value = 0;
	size_t start = *at;

	while (*at < text.size && is_digit(text.data[*at]) && *at - start < 4)
		value = value * 10 + (unsigned)(text.data[(*at)++] - '0');
	return value;
}

static size_t any_prefix(struct str text, const char *const *words)
{
	for (; *words; words++)
		if (str_starts_with(text, str_of(*words)))
			return strlen(*words);
	return 0;
}

struct claim_text claim_number(struct str text)
{
	static const char *const dots[] = { ".", "．", "、", NULL };
	struct claim_text claim = { 0, text };
	size_t at = 0, dot;
	unsigned number = read_number(text, &at);

	if (at == 0 || number == 0)
		return claim;
	while (at < text.size && text.data[at] == ' ')
		at++;
	dot = any_prefix(str_slice(text, at, text.size), dots);
	if (dot == 0 || (at + dot < text.size && is_digit(text.data[at + dot])))
		return claim;
	claim.number = number;
	claim.text = str_trim(str_slice(text, at + dot, text.size));
	return claim;
}

/* Words that begin a claim of their own within a line. */
static const char *const openings[] = { "根据权利要求", "如权利要求", "按照权利要求",
					"依据权利要求", "按权利要求", "权利要求",
					"一种",         "根据上述",   "如上述",
					"The ",         "A ",         "An ",
					"according to", NULL };

static bool ends_sentence(struct str before)
{
	static const char *const ends[] = { "。", "；", ".", ";" };

	before = str_trim(before);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_ends_with(before, str_of(ends[i])))
			return true;
	return false;
}

/* Whether claim `due` begins at the offset. */
static bool begins_at(struct str text, size_t at, unsigned due)
{
	struct claim_text claim;
	size_t start = at;

	if (!is_digit(text.data[at]) || (at && is_digit(text.data[at - 1])))
		return false;
	claim = claim_number(str_slice(text, at, text.size));
	if (claim.number != due || claim.text.size == 0)
		return false;
	while (start && (text.data[start - 1] == ' ' || text.data[start - 1] == '\t'))
		start--;
	if (start == 0 || text.data[start - 1] == '\n')
		return true;
	return ends_sentence(str_slice(text, 0, start)) && any_prefix(claim.text, openings) > 0;
}

static void add_claim(struct list *claims, struct str text)
{
	struct claim_text claim = claim_number(str_trim(text));

	if (claim.text.size)
		*(struct claim_text *)list_add(claims) = claim;
}

size_t claims_split(struct arena *arena, struct str text, const struct claim_text **claims_out)
{
	struct list claims = LIST_OF(struct claim_text);
	size_t start = 0, count;
	unsigned due;

	text = str_trim(text);
	due = claim_number(text).number + 1;
	for (size_t at = 1; due > 1 && due <= CLAIMS_MAX && at < text.size; at++) {
		if (!begins_at(text, at, due))
			continue;
		add_claim(&claims, str_slice(text, start, at));
		start = at;
		due++;
	}
	add_claim(&claims, str_slice(text, start, text.size));
	*claims_out = list_to_arena(&claims, arena, &count);
	return count;
}

struct parents {
	struct arena *arena;
	struct strbuf text;
	unsigned own, count;
	bool seen[CLAIMS_MAX];
};

static void add_parent(struct parents *parents, unsigned number)
{
	if (number == 0 || number >= CLAIMS_MAX || (parents->own && number >= parents->own) ||
	    parents->seen[number] || parents->count == PARENTS_MAX)
		return;
	parents->seen[number] = true;
	parents->count++;
	strbuf_addf(&parents->text, "%s%u", parents->text.size ? "," : "", number);
}

static const char *const range_words[] = { "-",  "－", "—",  "–",   "~", "～",
					   "至", "到", "to", "bis", "à", NULL };
static const char *const list_words[] = { "或",  "和",   "、",  ",",  "，", "或者", "or",
					  "and", "oder", "und", "ou", "et", NULL };

static size_t skip_blanks(struct str text, size_t at)
{
	while (at < text.size && (text.data[at] == ' ' || text.data[at] == '\n'))
		at++;
	return at;
}

/* "1", "1或2", "1-3", "1 to 3", "1、2或3" behind the word for claim. */
static void read_numbers(struct parents *parents, struct str text)
{
	size_t at = skip_blanks(text, 0), word;
	unsigned last = 0;
	bool is_range = false;

	for (;;) {
		size_t start = at;
		unsigned number = read_number(text, &at);

		if (at == start)
			return;
		for (unsigned i = last + 1; is_range && last && i < number && i < CLAIMS_MAX; i++)
			add_parent(parents, i);
		add_parent(parents, number);
		last = number;
		at = skip_blanks(text, at);
		word = any_prefix(str_slice(text, at, text.size), range_words);
		is_range = word > 0;
		if (!word)
			word = any_prefix(str_slice(text, at, text.size), list_words);
		if (!word)
			return;
		at = skip_blanks(text, at + word);
	}
}

/* Claims refer to others near their beginning; the rest of a long one is not searched. */
enum { REFERENCE_SPAN = 600 };

struct str claim_parents(struct arena *arena, struct str text, unsigned number)
{
	static const char *const words[] = { "权利要求第", "权利要求书第",    "权利要求",
					     "claims ",    "claim ",          "Claims ",
					     "Claim ",     "Ansprüche ",      "Ansprüchen ",
					     "Anspruch ",  "revendications ", "revendication ",
					     NULL };
	static const char *const all_words[] = { "preceding claim",
						 "previous claim",
						 "vorhergehenden Anspr",
						 "vorstehenden Anspr",
						 "revendications précédentes",
						 "revendication précédente",
						 "前述任一权利要求",
						 "上述任一权利要求",
						 NULL };
	struct parents parents = { .arena = arena, .text = STRBUF_INIT, .own = number };
	struct str result;

	text = str_slice(text, 0, REFERENCE_SPAN);
	for (size_t at = 0; at < text.size && parents.count == 0; at++) {
		struct str rest = str_slice(text, at, text.size);
		size_t word;

		if (!strchr("\xe6\xe5\xe4"
			    "cCArpv",
			    text.data[at])) /* first bytes of the words */
			continue;
		if (number && any_prefix(rest, all_words))
			for (unsigned i = 1; i < number; i++)
				add_parent(&parents, i);
		else if ((word = any_prefix(rest, words)) != 0)
			read_numbers(&parents, str_slice(rest, word, rest.size));
	}
	result = str_copy(arena, strbuf_str(&parents.text));
	strbuf_release(&parents.text);
	return result;
}
