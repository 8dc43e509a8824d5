#include "rule/claim_phrase.h"

#include "base/list.h"
#include "base/utf8.h"

#include <string.h>

enum phrase_kind {
	PHRASE_STOP,
	PHRASE_VERB_STOP,
	PHRASE_LEAD,
	PHRASE_GENERIC,
	PHRASE_OPEN,
	PHRASE_VERB,
	PHRASE_TAIL,
	PHRASE_HEAD,
};

static const struct phrase_word {
	enum phrase_kind kind;
	const char *word, *except;
} words[] = {
#include "rule/claim_words.inc"
};

enum {
	REFERENCE_TAIL = 14 /* characters between the last number and 所述 */,
	LEADS_MAX = 4,
	PHRASE_MAX = 10,
	TAIL_MAX = 2
};

/* Characters of the word if it stands at [at, end), else 0. */
static size_t match(const struct claim_runes *runes, size_t at, size_t end, const char *word)
{
	struct str text = str_of(word);
	size_t count = 0;

	for (size_t i = 0; i < text.size; count++)
		if (at + count >= end || runes->runes[at + count] != utf8_next(text, &i))
			return 0;
	return count;
}

static bool is_excepted(const struct claim_runes *runes, size_t at, size_t end, const char *except)
{
	struct str rest = str_of(except), word;

	while (rest.size && str_split(&rest, STR("|"), &word)) {
		size_t i = 0, count = 0;

		while (i < word.size && at + count < end &&
		       runes->runes[at + count] == utf8_next(word, &i))
			count++;
		if (i == word.size && count == utf8_count(word))
			return true;
	}
	return false;
}

/* The longest word of the kind at the place. */
static size_t match_kind(const struct claim_runes *runes, size_t at, size_t end,
			 enum phrase_kind kind)
{
	char head[UTF8_SIZE_MAX];
	size_t best = 0, head_size;

	if (at >= end)
		return 0;
	head_size = utf8_encode(runes->runes[at], head);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t size;

		if (words[i].kind != kind || strncmp(words[i].word, head, head_size) != 0)
			continue;
		size = match(runes, at, end, words[i].word);
		if (size > best && !is_excepted(runes, at, end, words[i].except))
			best = size;
	}
	return best;
}

static bool is_digit(uint32_t rune)
{
	return rune >= '0' && rune <= '9';
}

static bool is_ascii_word(uint32_t rune)
{
	return is_digit(rune) || (rune >= 'a' && rune <= 'z');
}

/* Han, Latin letters and Greek; digits only behind Latin letters: 弹簧3 ends before its sign. */
static bool is_inside(const struct claim_runes *runes, size_t start, size_t at)
{
	uint32_t rune = runes->runes[at];

	if (is_digit(rune))
		return at == start || is_ascii_word(runes->runes[at - 1]);
	if (is_ascii_word(rune) || (rune >= 0x370 && rune <= 0x3FF))
		return true;
	return utf8_is_cjk(rune) && rune != 0x3007;
}

/* 燃烧调节剂: a verb that names a thing together with the character behind it ends no phrase. */
static bool ends_phrase(const struct claim_runes *runes, size_t at, size_t end)
{
	size_t size = match_kind(runes, at, end, PHRASE_VERB_STOP);

	return size == 1 || (size && match_kind(runes, at + size, end, PHRASE_HEAD) == 0);
}

static size_t phrase_end(const struct claim_runes *runes, size_t start, size_t end)
{
	for (size_t at = start; at < end; at++) {
		if (at - start >= SCOPE_WORD_MAX || !is_inside(runes, start, at))
			return at;
		if (at > start && match_kind(runes, at, end, PHRASE_STOP))
			return at;
		if (at >= start + 2 && ends_phrase(runes, at, end))
			return at;
	}
	return end;
}

static bool is_numeral(uint32_t rune)
{
	static const uint32_t numerals[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
					     0x4E03, 0x516B, 0x4E5D, 0x5341, 'N',    'n',
					     'M',    'i',    'j',    'k' };

	for (size_t i = 0; i < sizeof(numerals) / sizeof(numerals[0]); i++)
		if (rune == numerals[i])
			return true;
	return is_digit(rune);
}

/* 第一, 第2, 第十二. */
static size_t ordinal(const struct claim_runes *runes, size_t at, size_t end)
{
	size_t size = 1;

	if (at >= end || runes->runes[at] != 0x7B2C /* 第 */)
		return 0;
	while (at + size < end && size < 4 && is_numeral(runes->runes[at + size]))
		size++;
	return size > 1 ? size : 0;
}

/* 所述带有透水孔的内筒: a verb first, so where the noun stands is not known. */
static bool is_open_generic(const struct claim_runes *runes, size_t at, size_t end)
{
	return match_kind(runes, at, end, PHRASE_OPEN) > 0;
}

static void add_mention(struct list *mentions, const struct claim_runes *runes, unsigned claim,
			size_t trigger, size_t at, bool is_weak)
{
	size_t end = runes->firsts[claim + 1], size, start;
	struct claim_mention *mention;

	for (int i = 0; i < LEADS_MAX && match_kind(runes, at, end, PHRASE_GENERIC) < 2 &&
			(size = match_kind(runes, at, end, PHRASE_LEAD));
	     i++)
		at += size;
	start = at;
	for (int i = 0; i < LEADS_MAX; i++) {
		size = ordinal(runes, at, end);
		if (!size)
			break;
		at += size;
	}
	end = phrase_end(runes, at, end);
	if (end == at || match_kind(runes, at, end, PHRASE_STOP))
		return;
	size = match_kind(runes, at, end, PHRASE_GENERIC);
	if (size == end - at || (size >= 2 && is_weak) || is_digit(runes->runes[at]) ||
	    is_open_generic(runes, at, end))
		return;
	if (claim_phrase_is_verb(runes, at, end))
		return;
	mention = list_add(mentions);
	*mention = (struct claim_mention){ claim, trigger, at, end, start };
}

/* 权利要求1所述, 步骤1所述, 如上所述: said of something, not a thing mentioned again. */
static bool is_relative(const struct claim_runes *runes, size_t first, size_t at)
{
	static const char *const befores[] = { "上", "前", "下",         "式",   "项",   "任一",
					       "如", "应", "如权利要求", "之一", "任意", NULL };
	uint32_t before = at > first ? runes->runes[at - 1] : 0;

	if (is_ascii_word(before) || before == ')' || before == 0xFF09)
		return true;
	for (size_t i = 0; befores[i]; i++) {
		size_t size = utf8_count(str_of(befores[i]));

		if (at >= first + size && match(runes, at - size, at, befores[i]))
			return true;
	}
	return false;
}

static const struct trigger {
	const char *word;
	bool is_weak; /* may point to what was said rather than to a thing */
} triggers[] = { { "所述", false }, { "前述", false }, { "上述", true }, { "该", true } };

static size_t trigger_at(const struct claim_runes *runes, size_t at, size_t end, bool *is_weak_out)
{
	for (size_t i = 0; i < sizeof(triggers) / sizeof(triggers[0]); i++) {
		size_t size = match(runes, at, end, triggers[i].word);

		*is_weak_out = triggers[i].is_weak;
		if (size)
			return size;
	}
	return 0;
}

/* The 所述 of a reference: none between it and the reference's numbers but 中任一项. */
static bool belongs_to_reference(const struct claim *claim, const struct claim_runes *runes,
				 size_t *next, size_t at)
{
	size_t byte = runes->bytes[at];

	while (*next < claim->reference_count && claim->references[*next].end <= byte) {
		const struct claim_reference *reference = &claim->references[*next];
		size_t i = at;

		++*next;
		while (i > 0 && runes->bytes[i - 1] >= reference->end && at - i < REFERENCE_TAIL)
			i--;
		if (i == 0 || runes->bytes[i - 1] < reference->end)
			return true;
	}
	return false;
}

static void find_in_claim(struct list *mentions, const struct claim_set *set,
			  const struct claim_runes *runes, unsigned index)
{
	size_t first = runes->firsts[index], end = runes->firsts[index + 1], next = 0;

	for (size_t at = first; at < end; at++) {
		size_t size;
		bool is_weak;

		size = trigger_at(runes, at, end, &is_weak);
		if (!size)
			continue;
		if (!belongs_to_reference(&set->claims[index], runes, &next, at) &&
		    !is_relative(runes, first, at))
			add_mention(mentions, runes, index, at, at + size, is_weak);
		at += size - 1;
	}
}

size_t claim_mentions(struct arena *arena, const struct claim_set *set,
		      const struct claim_runes *runes, struct claim_mention **mentions_out)
{
	struct list mentions = LIST_OF(struct claim_mention);
	size_t count;

	for (unsigned i = 0; i < set->count; i++)
		find_in_claim(&mentions, set, runes, i);
	*mentions_out = list_to_arena(&mentions, arena, &count);
	return count;
}

bool claim_phrase_may_hold(const struct claim_runes *runes, size_t at)
{
	return runes->runes[at] != 0x8FF0 /* 述 */ && is_inside(runes, at, at) &&
	       match_kind(runes, at, at + 1, PHRASE_STOP) == 0;
}

bool claim_phrase_ends_at(const struct claim_runes *runes, size_t at, size_t end)
{
	static const char *const places[] = { "中", "上", "下", "内", "外", "里", NULL };

	/* Verbs of one character are too often the first of another noun. */
	if (!is_inside(runes, at, at) || match_kind(runes, at, end, PHRASE_STOP) > 0 ||
	    match_kind(runes, at, end, PHRASE_VERB_STOP) > 1)
		return true;
	for (size_t i = 0; places[i]; i++)
		if (match(runes, at, end, places[i]))
			return true;
	return false;
}

size_t claim_phrase_start(const struct claim_runes *runes, size_t from, size_t to)
{
	size_t start = from, size;

	while (start > 0 && to - start < PHRASE_MAX && claim_phrase_may_hold(runes, start - 1))
		start--;
	for (size_t at = start; at < from; at++)
		if ((size = match_kind(runes, at, to, PHRASE_STOP)) && at + size <= from)
			start = at + size;
	return start;
}

bool claim_phrase_is_thing(const struct claim_runes *runes, size_t from, size_t to)
{
	return to > from && match_kind(runes, to - 1, to, PHRASE_HEAD) == 1;
}

bool claim_phrase_is_verb(const struct claim_runes *runes, size_t from, size_t to)
{
	return match_kind(runes, from, to, PHRASE_VERB) == to - from;
}

bool claim_phrase_is_property(const struct claim_runes *runes, size_t from, size_t to)
{
	for (size_t size = 1; size <= TAIL_MAX && size <= to - from; size++)
		if (match_kind(runes, to - size, to, PHRASE_TAIL) == size)
			return true;
	return false;
}
