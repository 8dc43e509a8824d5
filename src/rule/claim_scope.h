#ifndef RULE_CLAIM_SCOPE_H
#define RULE_CLAIM_SCOPE_H

#include "rule/claim.h"

/*
 * Where strings occur in claims: whether words used in a claim stand before that place in the claim
 * or in the claims it rests on, along every path of the tree. Only strings asked for beforehand are
 * looked up, in one pass over the text: time and memory are linear in the text.
 */
struct claim_scope;

enum { SCOPE_WORD_MAX = 16 /* characters; what is longer is cut */ };

/* The claims as characters, folded and without white space; of each its byte in the claims' text. */
struct claim_runes {
	const uint32_t *runes;
	const uint32_t *bytes; /* one more than runes: the end */
	size_t count;
	const uint32_t *firsts; /* of each claim's body; one more: the end */
};

struct claim_scope *claim_scope_create(struct arena *arena, const struct claim_set *set);
const struct claim_runes *claim_scope_runes(const struct claim_scope *scope);

/* Asks for all beginnings of the characters [from, to); before claim_scope_scan(). */
void claim_scope_want(struct claim_scope *scope, size_t from, size_t to);
void claim_scope_scan(struct claim_scope *scope);

/*
 * How many of the characters [from, to), wanted before, stand somewhere before `from` in the claim or
 * in its ancestors on every path: the longest beginning that does. A tree beyond its limit of
 * steps answers with all of them.
 */
size_t claim_scope_known(struct claim_scope *scope, size_t claim, size_t from, size_t to);
/* The same in the claim alone, up to the character `before`. */
size_t claim_scope_known_here(const struct claim_scope *scope, size_t claim, size_t from, size_t to,
			      size_t before);

/* Calls visit for the claim up to `before` and for each ancestor as a whole; true stops. */
typedef bool claim_visit_fn(void *context, size_t first, size_t end);
bool claim_scope_visit(struct claim_scope *scope, size_t claim, size_t before,
		       claim_visit_fn *visit, void *context);

#endif
