#ifndef RULE_LINT_INTERNAL_H
#define RULE_LINT_INTERNAL_H

#include "base/list.h"
#include "base/strbuf.h"
#include "rule/claim.h"
#include "rule/lint.h"

/* What a check sees. The claims are parsed once for all rules. */
struct lint {
	struct arena *arena;
	const struct draft *draft;
	const struct lint_options *options;
	enum patent_type type; /* never unknown */
	struct claim_set claims;
	struct lint_terms *terms; /* noun phrases of claims and description; made on first use */
	struct list findings;
	size_t rule_count; /* findings of the rule that runs */
	size_t dropped;
	/* Where a part was last counted, so that runes are found in one pass. */
	struct lint_mark {
		size_t byte, rune;
	} marks[DRAFT_PART_COUNT];
};

/*
 * A finding at bytes [start, end) of a part's text, cut to it and to whole characters. detail and
 * hint are copied; a NULL detail takes the words themselves, shortened. The claim is looked up.
 */
void lint_add(struct lint *lint, const struct lint_rule *rule, enum draft_part part, size_t start,
	      size_t end, const char *detail, const char *hint);
/* A finding about the draft as a whole or a part as a whole: an empty place. */
void lint_add_whole(struct lint *lint, const struct lint_rule *rule, enum draft_part part,
		    const char *detail, const char *hint);

static inline struct str lint_text(const struct lint *lint, enum draft_part part)
{
	return lint->draft->parts[part].text;
}

/*
 * Words of data/lint_words.csv listed for a rule: every occurrence in [start, end) of the part gives
 * a finding, but where it is part of one of the row's exceptions.
 */
void lint_add_words(struct lint *lint, const struct lint_rule *rule, enum draft_part part,
		    size_t start, size_t end);

#endif
