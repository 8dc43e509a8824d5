#ifndef RULE_CLAIM_H
#define RULE_CLAIM_H

#include "base/arena.h"
#include "patent/claims.h"

/*
 * Claims of a Chinese draft taken apart: number, preamble, references, category, subject, tree.
 * Texts are views of the text parsed; offsets are bytes of it. Linear in its size.
 */
enum claim_category { CLAIM_PRODUCT, CLAIM_METHOD, CLAIM_USE };

struct claim {
	unsigned number; /* as written; 0: none is written */
	bool is_odd;     /* the number is not written "2." */
	size_t start, end;
	size_t body;           /* where the text behind the number begins */
	size_t mark, mark_end; /* the word that parts it: 其特征在于; both `end` without one */
	/* What is claimed: 装置 of 一种装置 and of 根据权利要求1所述的装置; may be empty. */
	struct str subject;
	enum claim_category category;
	bool is_led;       /* begins with a reference: 根据权利要求1所述的 */
	bool is_dependent; /* refers to a claim before its characterising part and keeps its kind */
	const struct claim_reference *references;
	size_t reference_count;
	size_t base_count;       /* claims named before the mark, as written, each once */
	const unsigned *parents; /* indexes of earlier claims referred to, each once, rising */
	size_t parent_count;
	unsigned root; /* index of the independent claim it hangs from by its first parents */
};

struct claim_set {
	struct str text;
	struct claim *claims;
	size_t count;
	unsigned *by_number; /* index + 1 of the first claim of a number, 0: none */
};

void claim_parse(struct arena *arena, struct str text, struct claim_set *set_out);

struct str claim_body(const struct claim_set *set,
		      const struct claim *claim); /* behind the number */
const struct claim *claim_find(const struct claim_set *set, unsigned number); /* or NULL */

#endif
