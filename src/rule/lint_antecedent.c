/*
 * Antecedents: what 所述 points back to. A phrase is known when it stands earlier in its claim or, on
 * every path of the tree, in a claim above. Unknown ones are told apart: nothing like it stands there
 * (an error), something similar does (a warning, with what it may be), or it comes only later.
 */
#include "rule/lint_claim_internal.h"

#include "base/utf8.h"
#include "rule/claim_phrase.h"

#include <string.h>

enum antecedent_kind { ANTECEDENT_NONE, ANTECEDENT_PATH, ANTECEDENT_SIMILAR, ANTECEDENT_LATER };

struct antecedent {
	enum antecedent_kind kind;
	struct claim_mention mention;
	const char *hint;
};

struct lint_terms {
	struct claim_scope *scope;
	struct list found; /* struct antecedent */
};

/* The characters [from, to) as they are written, without white space. */
static const char *words_of(struct lint *lint, const struct claim_runes *runes, size_t from,
			    size_t to)
{
	struct strbuf text = STRBUF_INIT;
	const char *result;

	for (size_t i = from; i < to; i++) {
		size_t at = runes->bytes[i];

		utf8_next(lint->claims.text, &at);
		strbuf_add(&text, lint->claims.text.data + runes->bytes[i], at - runes->bytes[i]);
	}
	result = str_to_cstr(lint->arena, strbuf_str(&text));
	strbuf_release(&text);
	return result;
}

/*
 * A place that looks like the phrase: it ends with the same two characters or more, or holds all of
 * the phrase in order with a few between.
 */
struct likeness {
	const struct claim_runes *runes;
	size_t from, to; /* the phrase */
	size_t tail_end, tail_size;
	size_t loose_at, loose_end; /* loose_at SIZE_MAX: not found */
};

enum { LOOSE_GAP = 6, TAIL_MIN = 2, SYMBOL_MAX = 3 };

static void look_loosely(struct likeness *likeness, size_t at, size_t end)
{
	const struct claim_runes *runes = likeness->runes;
	size_t next = likeness->from, start = at;
	size_t limit = at + (likeness->to - likeness->from) + LOOSE_GAP;

	for (; at < end && at < limit && next < likeness->to; at++) {
		if (!claim_phrase_may_hold(runes, at))
			return;
		if (runes->runes[at] == runes->runes[next])
			next++;
	}
	if (next == likeness->to) {
		likeness->loose_at = start;
		likeness->loose_end = at;
	}
}

/* Characters before `end` that are those before the end of the phrase. */
static size_t shared_ending(const struct likeness *likeness, size_t first, size_t end)
{
	const uint32_t *runes = likeness->runes->runes;
	size_t size = 0, most = likeness->to - likeness->from;

	while (size < most && end - size > first &&
	       runes[end - size - 1] == runes[likeness->to - size - 1])
		size++;
	return size;
}

static bool look(void *context, size_t first, size_t end)
{
	struct likeness *likeness = context;
	const uint32_t *runes = likeness->runes->runes;

	for (size_t at = first; at < end; at++) {
		size_t shared;

		if (likeness->loose_at == SIZE_MAX && runes[at] == runes[likeness->from])
			look_loosely(likeness, at, end);
		if (runes[at] != runes[likeness->to - 1])
			continue;
		shared = shared_ending(likeness, first, at + 1);
		if (shared >= TAIL_MIN && shared > likeness->tail_size) {
			likeness->tail_size = shared;
			likeness->tail_end = at + 1;
		}
	}
	return likeness->loose_at != SIZE_MAX;
}

/* The words found, back to where the phrase there seems to begin. */
static const char *similar_words(struct lint *lint, const struct likeness *likeness)
{
	size_t from = likeness->tail_end - likeness->tail_size;

	if (likeness->loose_at != SIZE_MAX)
		return words_of(lint, likeness->runes, likeness->loose_at, likeness->loose_end);
	from = claim_phrase_start(likeness->runes, from, likeness->tail_end);
	return words_of(lint, likeness->runes, from, likeness->tail_end);
}

static bool stands_at(const struct claim_runes *runes, const struct claim_mention *mention,
		      size_t at, size_t end)
{
	size_t size = mention->end - mention->start;

	return at + size <= end && memcmp(runes->runes + at, runes->runes + mention->start,
					  size * sizeof(*runes->runes)) == 0;
}

/* Whether the claim introduces the phrase behind the mention: without 述 or 该 before it. */
static bool comes_later(const struct claim_runes *runes, const struct claim_mention *mention)
{
	size_t end = runes->firsts[mention->claim + 1];

	for (size_t at = mention->end; at < end; at++)
		if (stands_at(runes, mention, at, end) && runes->runes[at - 1] != 0x8FF0 &&
		    runes->runes[at - 1] != 0x8BE5 && runes->runes[at - 1] != 0x7684)
			return true;
	return false;
}

/* A claim that has the phrase, the nearest one before, else the first behind. */
static const char *other_claim(struct lint *lint, const struct claim_mention *mention)
{
	const struct claim_scope *scope = lint->terms->scope;
	size_t size = mention->end - mention->start;

	for (size_t i = mention->claim; i-- > 0;)
		if (claim_scope_known_here(scope, i, mention->start, mention->end, SIZE_MAX) ==
		    size)
			return arena_printf(lint->arena, "%u", lint->claims.claims[i].number);
	return "";
}

/* 固定板 where only 固定连接 stands, 电机座 where only 电机 does. */
static bool is_known_enough(const struct claim_runes *runes, const struct claim_mention *mention,
			    size_t known)
{
	if (known < 2 || claim_phrase_is_verb(runes, mention->start, mention->start + known))
		return false;
	return !(claim_phrase_is_thing(runes, mention->start, mention->end) &&
		 mention->end - mention->start - known <= 2);
}

/* 第二弹簧 where there are springs, but nothing is a second one. */
static void judge_ordinal(struct lint *lint, const struct claim_mention *mention)
{
	struct claim_scope *scope = lint->terms->scope;
	const struct claim_runes *runes = claim_scope_runes(scope);
	size_t size = mention->start - mention->whole;
	struct antecedent *antecedent;

	if (size == 0 ||
	    claim_scope_known(scope, mention->claim, mention->whole, mention->end) >= size)
		return;
	antecedent = list_add(&lint->terms->found);
	*antecedent = (struct antecedent){ ANTECEDENT_SIMILAR, *mention,
					   words_of(lint, runes, mention->start, mention->end) };
}

/* A noun of one character that 所述 names: the 人 of 所述人身, a phrase cut too long. */
struct short_noun {
	const struct claim_runes *runes;
	size_t from;
};

static bool is_named(void *context, size_t first, size_t end)
{
	const struct short_noun *noun = context;
	const uint32_t *runes = noun->runes->runes;

	for (size_t at = first + 1; at + 1 < end; at++)
		if (runes[at] == runes[noun->from] && runes[at - 1] == 0x8FF0 /* 述 */ &&
		    claim_phrase_ends_at(noun->runes, at + 1, end))
			return true;
	return false;
}

/* R1 of a formula that is a picture: its first mention in the text is behind 所述. */
static bool is_symbol(const struct claim_runes *runes, const struct claim_mention *mention)
{
	if (mention->end - mention->start > SYMBOL_MAX)
		return false;
	for (size_t i = mention->start; i < mention->end; i++)
		if (runes->runes[i] >= 0x80)
			return false;
	return true;
}

static void judge(struct lint *lint, const struct claim_mention *mention, size_t known)
{
	struct claim_scope *scope = lint->terms->scope;
	const struct claim_runes *runes = claim_scope_runes(scope);
	size_t size = mention->end - mention->start;
	struct likeness likeness = { runes, mention->start, mention->end, 0, 0, SIZE_MAX, 0 };
	struct antecedent *antecedent;
	enum antecedent_kind kind = ANTECEDENT_NONE;
	const char *hint = "";

	if (is_known_enough(runes, mention, known))
		return;
	if (size >= 2)
		claim_scope_visit(scope, mention->claim, mention->trigger, look, &likeness);
	if (likeness.loose_at != SIZE_MAX && likeness.loose_end - likeness.loose_at == size) {
		kind = ANTECEDENT_PATH;
	} else if (known >= 2 &&
		   !claim_phrase_is_verb(runes, mention->start, mention->start + known)) {
		kind = ANTECEDENT_SIMILAR;
		hint = words_of(lint, runes, mention->start, mention->start + known);
	} else if (likeness.loose_at != SIZE_MAX || likeness.tail_size) {
		kind = ANTECEDENT_SIMILAR;
		hint = similar_words(lint, &likeness);
	} else if (claim_phrase_is_property(runes, mention->start, mention->end) ||
		   is_symbol(runes, mention)) {
		return;
	} else if (known == 1 &&
		   claim_scope_visit(scope, mention->claim, mention->trigger, is_named,
				     &(struct short_noun){ runes, mention->start })) {
		kind = ANTECEDENT_SIMILAR;
		hint = words_of(lint, runes, mention->start, mention->start + 1);
	} else if (comes_later(runes, mention)) {
		kind = ANTECEDENT_LATER;
	} else {
		hint = other_claim(lint, mention);
	}
	antecedent = list_add(&lint->terms->found);
	*antecedent = (struct antecedent){ kind, *mention, hint };
}

static void release_list(void *list)
{
	list_release(list);
}

/*
 * Of each claim whether what it rests on is known: no reference to a missing or later claim in it or
 * above it. Elsewhere other rules have spoken, and antecedents cannot be told.
 */
static bool *sound_claims(struct lint *lint)
{
	const struct claim_set *set = &lint->claims;
	bool *is_sound = arena_array(lint->arena, bool, set->count + 1);

	for (size_t i = 0; i < set->count; i++) {
		const struct claim *claim = &set->claims[i];

		is_sound[i] = claim->number > 0;
		for (size_t j = 0; j < claim->reference_count; j++)
			for (size_t k = 0; k < claim->references[j].count; k++)
				is_sound[i] &= claim->references[j].numbers[k] < claim->number &&
					       claim_find(set, claim->references[j].numbers[k]);
		for (size_t j = 0; j < claim->parent_count; j++)
			is_sound[i] &= is_sound[claim->parents[j]];
	}
	return is_sound;
}

static void find_antecedents(struct lint *lint)
{
	struct claim_mention *mentions;
	const bool *is_sound = sound_claims(lint);
	struct claim_scope *scope = claim_scope_create(lint->arena, &lint->claims);
	size_t count = claim_mentions(lint->arena, &lint->claims, claim_scope_runes(scope),
				      &mentions);

	lint->terms = arena_new(lint->arena, struct lint_terms);
	lint->terms->scope = scope;
	lint->terms->found = LIST_OF(struct antecedent);
	arena_defer(lint->arena, release_list, &lint->terms->found);
	for (size_t i = 0; i < count; i++) {
		claim_scope_want(scope, mentions[i].start, mentions[i].end);
		claim_scope_want(scope, mentions[i].whole, mentions[i].end);
	}
	claim_scope_scan(scope);
	for (size_t i = 0; i < count && lint->terms->found.count < 3 * LINT_RULE_MAX; i++) {
		const struct claim_mention *mention = &mentions[i];
		size_t known;

		if (!is_sound[mention->claim])
			continue;
		known = claim_scope_known(scope, mention->claim, mention->start, mention->end);

		if (known < mention->end - mention->start)
			judge(lint, mention, known);
		else
			judge_ordinal(lint, mention);
	}
}

static void add_kind(struct lint *lint, const struct lint_rule *rule, enum antecedent_kind kind)
{
	const struct claim_runes *runes;

	if (!lint->terms)
		find_antecedents(lint);
	runes = claim_scope_runes(lint->terms->scope);
	for (size_t i = 0; i < lint->terms->found.count; i++) {
		const struct antecedent *found = &LIST_AT(&lint->terms->found, struct antecedent,
							  i);
		const struct claim_mention *mention = &found->mention;

		if (found->kind == kind)
			lint_add(lint, rule, DRAFT_CLAIMS, runes->bytes[mention->trigger],
				 runes->bytes[mention->end - 1] + 1,
				 words_of(lint, runes, mention->whole, mention->end), found->hint);
	}
}

void lint_claim_antecedent(struct lint *lint, const struct lint_rule *rule)
{
	add_kind(lint, rule, ANTECEDENT_NONE);
}

void lint_claim_antecedent_similar(struct lint *lint, const struct lint_rule *rule)
{
	add_kind(lint, rule, ANTECEDENT_SIMILAR);
}

void lint_claim_antecedent_path(struct lint *lint, const struct lint_rule *rule)
{
	add_kind(lint, rule, ANTECEDENT_PATH);
}

void lint_claim_antecedent_later(struct lint *lint, const struct lint_rule *rule)
{
	add_kind(lint, rule, ANTECEDENT_LATER);
}
