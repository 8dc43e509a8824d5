#include "report/findings_internal.h"

#include <math.h>
#include <stdlib.h>

/* The rows by falling value; rows without a value are left out. */
struct ranking {
	const struct figure_row **rows;
	size_t count, name, measure;
};

struct ranked {
	const struct figure_row *row;
	double value;
	size_t order;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* A tree or a list of classes has symbols first and their names in a column of that name. */
static size_t name_column(const struct figure *figure)
{
	size_t name = figure_column_find(figure, "name");

	return name != SIZE_MAX ? name : figure_category(figure, 0);
}

static struct ranking rank(struct writing *w, size_t measure)
{
	const struct figure *figure = w->figure;
	struct ranked *sorted = arena_array(w->arena, struct ranked, figure->row_count);
	struct ranking ranking = { .rows = arena_array(w->arena, const struct figure_row *,
						       figure->row_count),
				   .name = name_column(figure),
				   .measure = measure };

	for (size_t i = 0; i < figure->row_count && measure != SIZE_MAX; i++)
		if (isfinite(figure->rows[i].values[measure].number))
			sorted[ranking.count++] = (struct ranked){
				&figure->rows[i], figure->rows[i].values[measure].number, i
			};
	qsort(sorted, ranking.count, sizeof(sorted[0]), compare_ranked);
	for (size_t i = 0; i < ranking.count; i++)
		ranking.rows[i] = sorted[i].row;
	return ranking;
}

/* G06N“计算；推算；计数”: a class has its symbol in front of its name. */
static const char *name_at(struct writing *w, const struct ranking *ranking, size_t i)
{
	const char *name = value_text(w, ranking->rows[i], ranking->name);
	size_t symbol = figure_column_find(w->figure, "symbol");

	if (symbol != SIZE_MAX && symbol != ranking->name)
		return arena_printf(w->arena, w->language == LANGUAGE_ZH ? "%s“%s”" : "%s \"%s\"",
				    value_text(w, ranking->rows[i], symbol), name);
	return *name ? name : w->language == LANGUAGE_ZH ? "（未注明）" : "(not given)";
}

static double value_at(const struct ranking *ranking, size_t i)
{
	return ranking->rows[i]->values[ranking->measure].number;
}

/* The share of the row in the whole, as the figure gives it, or in its documents. */
static double share_at(const struct writing *w, const struct ranking *ranking, size_t i)
{
	size_t share = figure_column_find(w->figure, "share");
	double count = value_at(ranking, i);

	if (share != SIZE_MAX)
		return ranking->rows[i]->values[share].number;
	if (strcmp(w->figure->columns[ranking->measure].name, "count") != 0 ||
	    !w->figure->documents || count > (double)w->figure->documents)
		return NAN;
	return count / (double)w->figure->documents;
}

static void say_amount(struct writing *w, const struct ranking *ranking, size_t i)
{
	double share = share_at(w, ranking, i);
	const char *count = w->figure->columns[ranking->measure].kind == VALUE_COUNT
				    ? amount(w, value_at(ranking, i))
				    : value_text(w, ranking->rows[i], ranking->measure);

	if (isfinite(share))
		say(w, "（%s，占 %.1f%%）", " (%s, %.1f%%)", count, share * 100);
	else
		say(w, "（%s）", " (%s)", count);
}

static void say_leader(struct writing *w, const struct ranking *ranking)
{
	size_t tied = 1;

	while (tied < ranking->count && value_at(ranking, tied) == value_at(ranking, 0))
		tied++;
	if (tied == ranking->count && tied > 2) {
		say(w, "%zu 项数值相同，均为 %s", "All %zu are equal, %s each", tied,
		    value_text(w, ranking->rows[0], ranking->measure));
		return;
	}
	if (tied == 1 && w->figure->shape == SHAPE_RING)
		say(w, "%s占比最高", "The largest part is %s", name_at(w, ranking, 0));
	else if (tied == 1)
		say(w, "%s居首位", "%s leads", name_at(w, ranking, 0));
	else if (tied == 2)
		say(w, "%s与%s并列首位", "%s and %s share the first place", name_at(w, ranking, 0),
		    name_at(w, ranking, 1));
	else
		say(w, "%s等 %zu 项并列首位", "%s and others (%zu in all) share the first place",
		    name_at(w, ranking, 0), tied);
	say_amount(w, ranking, 0);
	if (tied < ranking->count && tied <= 2) {
		say(w, "，其次为%s", ", followed by %s", name_at(w, ranking, tied));
		say_amount(w, ranking, tied);
		if (tied + 1 < ranking->count && value_at(ranking, tied + 1) > 0) {
			say(w, "和%s", " and %s", name_at(w, ranking, tied + 1));
			say_amount(w, ranking, tied + 1);
		}
	}
}

/* When many documents lack the field, the order is one of the others. */
static void say_missing(struct writing *w)
{
	const double many = 0.2;
	double missing = w->figure->documents
				 ? (double)w->figure->left_out / (double)w->figure->documents
				 : 0;

	if (missing >= many)
		say(w, "另有%s的文献缺少该项信息，排序只反映其余部分。",
		    "%s of the documents lack this field; the order is that of the others.",
		    say_share(w, missing));
}

void say_ranking(struct writing *w)
{
	size_t count = figure_column_find(w->figure, "count");
	struct ranking ranking = rank(w, count == SIZE_MAX ? figure_measure(w->figure, 0) : count);

	if (!ranking.count || ranking.name == SIZE_MAX)
		return;
	if (ranking.count == 1) {
		say(w, "只有%s一项", "Only %s", name_at(w, &ranking, 0));
		say_amount(w, &ranking, 0);
	} else if (value_at(&ranking, 0) <= 0) {
		say(w, "各项均为 0", "All are 0");
	} else {
		say_leader(w, &ranking);
	}
	say(w, "。", ".");
	say_missing(w);
}

void say_extremes(struct writing *w, size_t column)
{
	struct ranking ranking = rank(w, column);
	size_t last = ranking.count - 1;

	if (ranking.count < 2 || ranking.name == SIZE_MAX ||
	    value_at(&ranking, 0) == value_at(&ranking, last))
		return;
	say(w, "%s最高的是%s（%s），最低的是%s（%s）。",
	    "%s is highest for %s (%s) and lowest for %s (%s).", column_label(w, column),
	    name_at(w, &ranking, 0), value_text(w, ranking.rows[0], column),
	    name_at(w, &ranking, last), value_text(w, ranking.rows[last], column));
}
