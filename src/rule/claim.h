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
	unsigned number;      /* as written; 0: none is written */
	size_t start, end;    /* of the claim with its number */
	size_t body;          /* where the text behind the number begins */
	size_t mark;          /* start of 其特征在于 and the like; end when there is none */
	size_t mark_end;      /* end of that word */
	struct str subject;   /* what is claimed: "装置" of 一种装置 or of 根据权利要求1所述的装置 */
	enum claim_category category;
	bool is_dependent;    /* begins with a reference and keeps its subject */
	const struct claim_reference *references;
	size_t reference_count;
	const unsigned *parents; /* indexes of claims of the set referred to, earlier ones only, rising */
	size_t parent_count;
	unsigned root; /* index of the independent claim it hangs from by its first parents */
};

struct claim_set {
	struct str text;
	struct claim *claims;
	size_t count;
};

void claim_parse(struct arena *arena, struct str text, struct claim_set *set_out);

struct str claim_body(const struct claim_set *set, const struct claim *claim); /* behind the number */
const struct claim *claim_find(const struct claim_set *set, unsigned number);   /* or NULL */

#endif
