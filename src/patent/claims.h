#ifndef PATENT_CLAIMS_H
#define PATENT_CLAIMS_H

#include "base/arena.h"
#include "base/str.h"

/* Claims as texts: where one ends and the next begins, and which claims one refers to. */
struct claim_text {
	unsigned number; /* 0: none is written */
	struct str text; /* without the number */
};

/*
 * Claims run together: "1.一种…。\n2.根据权利要求1所述的…". A claim begins where the number that
 * is due stands at the start of a line, or behind the end of a sentence before words that begin
 * claims; anything else ("1)", "1.5", steps within a claim) stays inside. Returns the count, at
 * least 1 for a text that is not blank.
 */
size_t claims_split(struct arena *arena, struct str text, const struct claim_text **claims_out);

/*
 * The same for a draft, whose numbers may be wrong: a claim also begins where a number out of turn,
 * or none, stands before words that begin claims, and where 权利要求2： is written for 2.
 * Offsets tell how it is written: number [start, body), text [body, end).
 */
struct claim_span {
	unsigned number; /* 0: none is written */
	bool is_odd;     /* the number is not written "2." */
	size_t start, body, end;
};
size_t claims_split_draft(struct arena *arena, struct str text, struct claim_span **spans_out);

/* "1.一种…" -> 1 and the view behind it; 0 and the text itself when no number leads it. */
struct claim_text claim_number(struct str text);

/* 权利要求1或2 in a text: the claims named, as they are written. */
struct claim_reference {
	size_t start, end; /* bytes of the text, from 权利要求 to behind the last number */
	const unsigned *numbers; /* ranges spelled out; may hold 0, its own and later numbers */
	size_t count;
	bool is_any; /* in the alternative: 或 between them, or 任一项, 任意一项, 之一 with them */
};

/* All of them in a Chinese text, in order; a reference without numbers (任一权利要求) has count 0. */
size_t claim_references(struct arena *arena, struct str text,
			struct claim_reference **references_out);

/*
 * "1,2": the claims a claim of this number refers to, read from 权利要求1或2, 权利要求1-3, claims
 * 1 to 3, any preceding claim, Anspruch 1, revendication 1. Empty for an independent claim.
 */
struct str claim_parents(struct arena *arena, struct str text, unsigned number);

#endif
