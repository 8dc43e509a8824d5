#ifndef RULE_LINT_H
#define RULE_LINT_H

#include "rule/draft.h"
#include "rule/lint_waiver.h"
#include "rule/rule.h"

/*
 * The drafting check: rules run over a draft and leave findings. Pure: the day is an argument, the
 * same draft gives the same findings in the same order (part, place, rule). Rules are rows of
 * data/lint_claims.csv and data/lint_texts.csv, each with a check in C named in its last column.
 */
enum lint_severity {
	LINT_ERROR,   /* E: to be mended before filing */
	LINT_WARNING, /* W: to be answered */
	LINT_NOTE,    /* I: information */
	LINT_SEVERITY_COUNT
};

extern const struct rule_mark_info lint_severities[LINT_SEVERITY_COUNT];

struct lint;
struct lint_rule;
/* Looks at lint->draft and calls lint_add() for each finding. */
typedef void lint_fn(struct lint *lint, const struct lint_rule *rule);

enum lint_types { LINT_INVENTION = 1, LINT_UTILITY = 2, LINT_DESIGN = 4 };

struct lint_rule {
	const char *id, *edition, *until;
	enum lint_severity severity;
	unsigned types; /* enum lint_types it holds for; a draft of unknown type is an invention */
	enum rule_mark mark;
	const char *basis;
	const char *zh, *en; /* title */
	/* {} stands for the words found, {hint} for what is proposed, [..] is left out without it. */
	const char *message_zh, *message_en, *suggestion_zh, *suggestion_en;
	lint_fn *check;
};

/* All editions, as the tables have them: claims first; editions of an id follow each other. */
const struct lint_rule *lint_rules(size_t *count_out);
const struct lint_rule *lint_rule_find(struct str id, date d); /* in force on d, or NULL */

struct lint_options {
	date on;               /* editions in force on this day are run */
	enum patent_type type; /* PATENT_TYPE_UNKNOWN: the draft's */
	const struct lint_waiver *waivers;
	size_t waiver_count;
};

struct finding {
	const struct lint_rule *rule;
	struct draft_place place;
	const char *detail; /* the words the finding is about; never NULL */
	const char *hint;   /* did-you-mean, computed number and the like; may be "" */
	struct label message, suggestion;
	const struct lint_waiver *waiver; /* NULL: not waived */
};

struct lint_result {
	const struct finding *findings;
	size_t count;
	size_t by_severity[LINT_SEVERITY_COUNT]; /* without those waived */
	size_t dropped; /* findings of a rule beyond LINT_RULE_MAX are counted only */
};

enum { LINT_RULE_MAX = 500 };

/* Everything but the draft lives in the arena. */
void lint_run(struct arena *arena, const struct draft *draft, const struct lint_options *options,
	      struct lint_result *result_out);

/* The headings of a description that part it, in the order of the text; bytes of it. */
struct lint_heading {
	size_t start, end; /* of the heading's words: 技术领域, 发明内容 … */
};
enum { LINT_HEADINGS_MAX = 8 };
size_t lint_headings(struct str description, struct lint_heading headings_out[LINT_HEADINGS_MAX]);

enum lint_change { LINT_NEW, LINT_FIXED, LINT_STILL };

struct lint_difference {
	enum lint_change change;
	const struct finding *before, *after; /* NULL where there is none */
};

/*
 * Matches findings of two drafts by rule and words, the nearest claim first, never by position
 * alone. Order: the new draft's findings (new and still there), then those fixed.
 */
size_t lint_compare(struct arena *arena, const struct lint_result *before,
		    const struct lint_result *after, struct lint_difference **differences_out);

#endif
