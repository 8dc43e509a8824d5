#ifndef RULE_CLAIM_PHRASE_H
#define RULE_CLAIM_PHRASE_H

#include "rule/claim_scope.h"

/*
 * Noun phrases behind 所述 and the like. Chinese has no blanks: a phrase is taken to end before the
 * first word of data/claim_words.csv that cannot be part of it, so it comes out rather too short
 * than too long.
 */
struct claim_mention {
	unsigned claim;    /* index */
	size_t trigger;    /* characters: where 所述 begins */
	size_t start, end; /* the phrase, without numbers and the like before the noun */
	size_t whole;      /* the phrase with its 第一 */
};

/* All mentions that need an antecedent, in order. References to claims (权利要求1所述) are none. */
size_t claim_mentions(struct arena *arena, const struct claim_set *set,
		      const struct claim_runes *runes, struct claim_mention **mentions_out);

/* Whether the characters [from, to) are a verb or adjective that is no antecedent by itself. */
bool claim_phrase_is_verb(const struct claim_runes *runes, size_t from, size_t to);
/* Whether the character may stand inside a phrase: no sign, no 的, no 述. */
bool claim_phrase_may_hold(const struct claim_runes *runes, size_t at);
/* Whether a word that can be part of no phrase begins there, or a sign. */
bool claim_phrase_ends_at(const struct claim_runes *runes, size_t at, size_t end);
/* Where a phrase seems to begin that holds [from, to), at most ten characters before `to`. */
size_t claim_phrase_start(const struct claim_runes *runes, size_t from, size_t to);
/* Whether they end as names of parts do: 座, 板. */
bool claim_phrase_is_thing(const struct claim_runes *runes, size_t from, size_t to);
/* Whether they end with the name of a property or a place on a thing. */
bool claim_phrase_is_property(const struct claim_runes *runes, size_t from, size_t to);

#endif
