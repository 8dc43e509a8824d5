#ifndef REPORT_FINDINGS_INTERNAL_H
#define REPORT_FINDINGS_INTERNAL_H

#include "base/strbuf.h"
#include "report/figure_text.h"
#include "report/findings.h"

/* Sentences being written about one figure, in one language. */
struct writing {
	struct arena *arena;
	const struct figure *figure;
	enum language language;
	struct strbuf text;
};

/* Both formats take the same arguments in the same order. */
void say(struct writing *w, const char *zh, const char *en, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));
/* Counts with the unit: "812 件", "812 applications". */
const char *amount(struct writing *w, double count);
const char *say_share(struct writing *w, double share);
const char *say_change(struct writing *w, double from, double to);
const char *column_label(const struct writing *w, size_t column);
const char *value_text(struct writing *w, const struct figure_row *row, size_t column);

/* ---- findings_series.c: values over years. */
/* First to last complete year, peak, streak and the tail, of one column, which is called noun. */
void say_series(struct writing *w, size_t column, const char *noun);
void say_tail(struct writing *w);

/* ---- findings_rank.c: named values. */
/* Who leads, who follows, and what share the first ones have. */
void say_ranking(struct writing *w);
void say_extremes(struct writing *w, size_t column); /* largest and smallest of any measure */

/* ---- findings_matrix.c: two names and a count. */
void say_matrix(struct writing *w);
/* A name, a year and a count: who has the most, and when. Without a year: say_matrix(). */
void say_parts(struct writing *w);
void say_flow(struct writing *w);

#endif
