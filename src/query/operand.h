#ifndef QUERY_OPERAND_H
#define QUERY_OPERAND_H

#include "base/error.h"
#include "query/tree.h"

/*
 * One operand of a query as the user wrote it: a word, or what stands between quotes. In both
 * * ? # are wildcards (0 to n, exactly 1, 0 or 1) and a backslash takes away a sign's meaning.
 *
 * Next to a Latin letter or digit a wildcard stands for letters of that word. Elsewhere (between
 * CJK characters, or alone) it stands for positions: ? one, # none or one, * none to ten.
 */
enum { OPERAND_STAR_MAX = 10, OPERAND_PHRASES_MAX = 128 };

struct query_operand {
	const struct query_phrase *phrases; /* any of them */
	size_t phrase_count;
	bool ignores_wildcard; /* one at the end, where every substring is found anyway */
};

/* Errors: query.no_words, query.wildcard_front, query.wildcard_many; at is the operand's offset. */
bool query_operand_read(struct arena *arena, struct str raw, size_t at,
			struct query_operand *operand_out, struct error *error) MUST_CHECK;

struct str query_operand_plain(struct arena *arena, struct str raw); /* without backslashes */
bool query_operand_has_wildcard(struct str raw);
/*
 * A whole keyword or code that may hold wildcards: exact, prefix (one * at the end) or pattern. The
 * text is still to be folded by the caller; wildcards of the pattern survive folding.
 */
enum match_kind query_operand_match(struct arena *arena, struct str raw, struct str *text_out);

/* Does text match a pattern with the wildcards * ? #? Both are compared rune by rune. */
bool query_pattern_matches(struct str pattern, struct str text);
/* What every text that matches begins with. */
struct str query_pattern_prefix(struct str pattern);

#endif
