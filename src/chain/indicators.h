#ifndef CHAIN_INDICATORS_H
#define CHAIN_INDICATORS_H

#include "base/jsonout.h"
#include "chain/book.h"
#include "chain/cases.h"

#define CENTRES_CLAUSE "1-d 1-e 1-f 1-g 4.1-b" /* what it serves of the policy */

/*
 * The targets T1 to T4 (bureaus: also T5, T6) from records, as of a day, by the task book that ran
 * on that day. Only what the rules of rule/indicator.h say is computed; here it is gathered and
 * written, for the application and the command alike.
 */
enum { CHAIN_INDICATORS_MAX = 6, CHAIN_TREND_MAX = 5 };

enum chain_trend { CHAIN_NO_TREND, CHAIN_TREND_YEARS, CHAIN_TREND_QUARTERS };

struct chain_question {
	date as_of;
	const char *methods; /* "T1=mean_yoy,T3=strict" instead of the task book's; or NULL */
	enum chain_trend trend;
	enum case_basis basis;
	int64_t pledge_threshold; /* fen; 0: not set */
};

struct chain_point {
	date day;
	double value, numerator, denominator; /* value NAN: not computable */
};

struct chain_figure {
	struct indicator_result result;
	bool is_target_agreed;                     /* the task book's, else the policy's */
	struct chain_point trend[CHAIN_TREND_MAX]; /* oldest first */
	size_t trend_count;
};

struct chain_figures {
	const struct chain_stock *stock;
	const struct chain_book *book; /* that runs on the day, or NULL */
	date as_of;
	struct chain_figure items[CHAIN_INDICATORS_MAX];
	size_t count;
};

/* ERROR_FORBIDDEN "chain.whole" for who sees only part of a centre: his figures would be wrong ones. */
bool chain_may_compute(const struct record_store *store, struct error *error) MUST_CHECK;
/* A method there is none of is ERROR_INVALID "chain.method". Lives in the arena. */
bool chain_figures_compute(struct arena *arena, const struct chain_stock *stock,
			   const struct chain_book *books, size_t book_count,
			   const struct chain_question *question, struct chain_figures *figures_out,
			   struct error *error) MUST_CHECK;

/* Loads the centre's records and task books and computes; refused to who may not see figures. */
bool chain_figures_load(struct record_store *store, const struct chain_centre *centre,
			const struct chain_question *question, struct chain_stock *stock_out,
			struct chain_figures *figures_out, struct error *error) MUST_CHECK;
/* {"as_of","centre","window","indicators":[…]}; with_lists: also the records of each. */
void chain_figures_write(struct jsonout *json, struct arena *arena,
			 const struct chain_figures *figures, bool with_lists);
/* The array of indicators alone. */
void chain_indicators_write(struct jsonout *json, struct arena *arena,
			    const struct chain_figures *figures, bool with_lists);

/* Everything of one centre: {"as_of",…}. */
bool chain_indicators_answer(struct record_store *store, const struct chain_centre *centre,
			     const struct chain_question *question, bool with_lists,
			     struct jsonout *json, struct error *error) MUST_CHECK;
/* {"as_of","centres":[{"id","name","indicators":[{"id","value","status","target"}]}]} */
bool chain_centres_answer(struct record_store *store, const struct chain_question *question,
			  struct jsonout *json, struct error *error) MUST_CHECK;

/* ---- The records behind a figure. */
enum chain_part { CHAIN_NUMERATOR, CHAIN_DENOMINATOR, CHAIN_EXCLUDED };
extern const char *const chain_parts[]; /* "numerator" …; NULL ends */

struct chain_part_row {
	const struct chain_row *row;
	const char *type; /* patent_case, product or region_year */
	date day;         /* it counts by, as far as told by then; DATE_NONE: none */
	enum indicator_reason reason;
};
struct chain_part_list {
	const struct chain_figure *figure;
	struct chain_part_row *rows;
	size_t count;
};
/* ERROR_NOT_FOUND "chain.no_indicator". Lives in the store's arena. */
bool chain_part_load(struct record_store *store, const struct chain_centre *centre,
		     const struct chain_question *question, struct str indicator,
		     enum chain_part part, struct chain_part_list *list_out,
		     struct error *error) MUST_CHECK;

/* {"records":[{"type","id","number","title","day","state","reason"}],"next","total"} */
bool chain_records_answer(struct record_store *store, const struct chain_centre *centre,
			  const struct chain_question *question, struct str indicator,
			  enum chain_part part, size_t from, size_t limit, struct jsonout *json,
			  struct error *error) MUST_CHECK;

#endif
