#ifndef RULE_EVALUATION_H
#define RULE_EVALUATION_H

#include "rule/rule.h"
#include "rule/sheet.h"

/*
 * Sheets on which several people score the items of a table: the evaluation before filing
 * (data/evaluation_items.csv, three dimensions the policy demands, and the layout) and the value
 * assessment by the 27 indicators of GB/T 42748-2023. Scores 0 to 5; score = Σ weight × score / 5;
 * the weights sum to 100. Pure; that nobody scores an invention of their own is the caller's.
 */
enum evaluation_kind { SHEET_PREFILING, SHEET_VALUE };

enum evaluation_dimension {
	DIMENSION_MARKET,     /* 市场需求 */
	DIMENSION_TECHNOLOGY, /* 技术价值 */
	DIMENSION_PROSPECT,   /* 授权前景 */
	DIMENSION_LAYOUT,     /* 布局策略 */
	DIMENSION_LEGAL,      /* value: 法律价值 */
	DIMENSION_ECONOMY,    /* value: 经济价值 */
	DIMENSION_COUNT
};
extern const struct label evaluation_dimensions[DIMENSION_COUNT];

struct evaluation_item {
	enum evaluation_kind kind;
	const char *id, *edition;
	enum evaluation_dimension dimension;
	const char *group_zh, *group_en, *zh, *en, *ask_zh, *ask_en;
	double weight; /* points of 100; 0 with SHEET_VALUE: the scenario gives it */
	bool is_veto;  /* a 0 by anyone ends the matter */
	bool is_optional, needs_evidence;
	enum rule_mark mark;
	const char *basis;
};
/*
 * All items of one kind, in order; they follow each other in the table. Its edition stands on every
 * sheet computed with it; a new edition replaces the table.
 */
const struct evaluation_item *evaluation_items(enum evaluation_kind kind, size_t *count_out);

struct evaluation_scenario {
	const char *id, *edition, *zh, *en;
	double legal, technology, economy; /* sum 100 */
	enum rule_mark mark;
	const char *basis;
};
const struct evaluation_scenario *evaluation_scenarios(size_t *count_out);

enum evaluation_decision {
	DECISION_NONE,    /* of a value assessment, or the sheet is not complete */
	DECISION_FILE,    /* 申请 */
	DECISION_IMPROVE, /* 优化 */
	DECISION_HOLD,    /* 暂缓 */
	DECISION_DROP,    /* 不申请 */
	DECISION_SECRET,  /* 技术秘密 */
	DECISION_COUNT
};
extern const struct evaluation_decision_info {
	const char *name;
	struct label label;
} evaluation_decisions[DECISION_COUNT];

struct evaluation_threshold {
	double minimum;
	const char *edition;
	enum evaluation_decision decision;
	enum rule_mark mark;
	const char *basis;
};
const struct evaluation_threshold *evaluation_thresholds(size_t *count_out);

enum {
	EVALUATION_ITEMS_MAX = 64,
	EVALUATORS_MAX = 30,
	EVALUATORS_MIN = 2,
	EVALUATION_SCORE_MAX = 5
};

/* One score of one person. */
struct evaluation_score {
	struct str item, evaluator, evidence;
	double score;
	int64_t line; /* for messages */
};
/* Columns item, evaluator, score, evidence, note. Rows with an empty score are passed over. */
bool evaluation_read(struct arena *arena, const struct sheet *sheet,
		     struct evaluation_score **scores_out, size_t *count_out,
		     struct error *error) MUST_CHECK;

/* Points of each item, in the order of evaluation_items(). */
struct evaluation_weights {
	double points[EVALUATION_ITEMS_MAX];
};
/* The table's (prefiling), or the scenario's; ERROR_USAGE for an unknown scenario. */
bool evaluation_weights_of(enum evaluation_kind kind, struct str scenario,
			   struct evaluation_weights *weights_out, struct error *error) MUST_CHECK;
/* Own weights, columns item and weight: none below 0, the sum 100, no mandatory dimension without. */
bool evaluation_weights_read(enum evaluation_kind kind, const struct sheet *sheet,
			     struct evaluation_weights *weights_out,
			     struct error *error) MUST_CHECK;
bool evaluation_weights_check(enum evaluation_kind kind, const struct evaluation_weights *weights,
			      struct error *error) MUST_CHECK;

struct evaluation_spread {
	size_t count;
	double mean, min, max;
	double deviation; /* standard deviation of the sample, n − 1; 0 of one */
	bool is_disputed; /* people differ by 2 points of 5, or by 15 of 100 */
};

enum evaluation_problem_kind {
	PROBLEM_MISSING,    /* an evaluator left the item out */
	PROBLEM_EVIDENCE,   /* scored without the evidence it needs */
	PROBLEM_EVALUATORS, /* fewer than EVALUATORS_MIN */
	PROBLEM_KIND_COUNT
};
extern const struct label evaluation_problems[PROBLEM_KIND_COUNT];

struct evaluation_problem {
	enum evaluation_problem_kind kind;
	const struct evaluation_item *item; /* NULL: of the sheet */
	struct str evaluator;
};

struct evaluation_result {
	const struct evaluation_item *items;
	size_t item_count;
	struct evaluation_weights weights;
	struct evaluation_spread item_spreads[EVALUATION_ITEMS_MAX];
	struct str evaluators[EVALUATORS_MAX];
	double totals[EVALUATORS_MAX]; /* of 100, by evaluator */
	size_t evaluator_count;
	struct evaluation_spread total;
	double score; /* mean of the totals; trimmed: without highest and lowest */
	double dimensions[DIMENSION_COUNT]; /* share 0..1 of the dimension's points; NAN: none */
	const struct evaluation_item *vetoes[EVALUATION_ITEMS_MAX];
	size_t veto_count;
	struct evaluation_problem *problems; /* in the arena */
	size_t problem_count;
	bool is_complete;
	enum evaluation_decision decision;
};

/*
 * Errors: an unknown item, a score outside 0 to 5, an item scored twice by one person, more
 * evaluators than EVALUATORS_MAX. An incomplete sheet is a result with problems and no decision.
 * 技术秘密 stands for filing or improving when K1 has a mean of 4 and the technical value at least
 * 60 % of its points. trimmed asks for at least three evaluators, else it is the mean.
 */
bool evaluation_compute(struct arena *arena, enum evaluation_kind kind,
			const struct evaluation_weights *weights,
			const struct evaluation_score *scores, size_t count, bool trimmed,
			struct evaluation_result *result_out, struct error *error) MUST_CHECK;

#endif
