#ifndef RULE_HIGH_VALUE_H
#define RULE_HIGH_VALUE_H

#include "rule/patent_case.h"
#include "rule/rule.h"

/*
 * The high-value invention patent (高价值发明专利): a valid invention that meets one of five
 * conditions. All five are tested, each with its evidence, on any past day; shares of the five
 * overlap and are never added up. Pure.
 */
enum high_value_category {
	HIGH_VALUE_INDUSTRY,
	HIGH_VALUE_ABROAD,
	HIGH_VALUE_AGE,
	HIGH_VALUE_PLEDGE,
	HIGH_VALUE_AWARD,
	HIGH_VALUE_CATEGORY_COUNT
};

struct high_value_rule {
	const char *id, *edition, *until, *zh, *en, *test_zh, *test_en;
	enum rule_mark mark;
	const char *basis;
};
const struct high_value_rule *high_value_rules(size_t *count_out); /* by category, then edition */

/* ---- Strategic emerging industries by IPC. */
enum sei_strength {
	SEI_NONE,
	SEI_UNSURE,  /* the class fits, no keyword was found: for a person to decide */
	SEI_KEYWORD, /* class and keyword */
	SEI_CERTAIN  /* the class alone decides */
};
extern const struct label sei_strengths[];

struct sei_rule {
	struct str ipc, code, name, keywords;
};
struct sei_table;
/* The small table compiled in, not official; it and those read from a sheet live in the arena. */
const struct sei_table *sei_table_default(struct arena *arena);
/* Columns ipc, code, name, keywords. */
bool sei_table_read(struct arena *arena, const struct sheet *sheet,
		    const struct sei_table **table_out, struct error *error) MUST_CHECK;
bool sei_is_official(const struct sei_table *table); /* not the one compiled in */
const struct sei_rule *sei_rules(const struct sei_table *table, size_t *count_out);

/*
 * The keywords of the table that stand in the text, those that refuse too, each once, parted by 、: as the
 * text of a case they tell sei_match() the same as the whole text. They do as long as the key of the
 * table is the same.
 */
struct str sei_words_in(struct arena *arena, const struct sei_table *table, struct str text);
uint64_t sei_words_key(const struct sei_table *table);

struct sei_match {
	enum sei_strength strength;
	const struct sei_rule *rule;
	char symbol[20]; /* of the patent */
	bool is_main;    /* its main class */
	bool is_legacy;  /* found under the symbol of another edition of the IPC */
	struct str word; /* keyword found, or empty */
};
/*
 * The strongest match of all symbols of the patent, the main class before others. A symbol is
 * looked up as it stands, then its main group, subclass and class, then as H01L or H10 symbol.
 */
struct sei_match sei_match(const struct sei_table *table, const struct patent_case *patent);

/* ---- The test. */
struct high_value_options {
	const struct sei_table *sei; /* NULL: C1 is not tested */
	int64_t pledge_threshold;    /* fen a patent; 0: not set, C4 is not tested */
	bool age_from_grant;         /* C3 from the grant instead of the filing */
	bool with_hk_mo_tw;          /* C2: Hong Kong, Macao and Taiwan are abroad */
	bool abroad_lapsed;          /* C2: a right abroad that has ended counts too */
	bool is_wide;                /* C1: classes without their keyword count too */
	enum case_basis basis;
};

struct high_value_hit {
	bool is_met;
	date since; /* first day the condition holds */
	const struct high_value_rule *rule;
	struct str evidence; /* a fact's name, a symbol and its industry, a date */
};

struct high_value {
	bool is_in_force; /* an invention in force: the base of all */
	bool is_high;     /* in force and one category met, or set by hand */
	bool is_manual;   /* 人工认定 */
	bool is_grace;    /* an annuity is overdue */
	bool is_unsure;   /* C1 waits for a person to decide */
	struct str manual_reason;
	struct high_value_hit hits[HIGH_VALUE_CATEGORY_COUNT];
};

/* arena: for evidence; NULL leaves evidence empty. */
void high_value_test(struct arena *arena, const struct patent_case *patent, date day,
		     const struct high_value_options *options, struct high_value *result_out);

/* How many are in force and of high value on a day. A category's counts overlap. */
struct high_value_stock {
	date day;
	size_t in_force, high, unsure, manual, by_category[HIGH_VALUE_CATEGORY_COUNT];
};
struct high_value_stock high_value_stock(const struct patent_case *cases, size_t count, date day,
					 const struct high_value_options *options);

#endif
