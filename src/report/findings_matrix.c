#include "report/findings_internal.h"

#include <math.h>

/* How many rows are of a class of cells: "hot", "blank". */
static size_t count_class(const struct figure *figure, const char *class)
{
	size_t count = 0;

	for (size_t i = 0; i < figure->row_count; i++)
		count += figure_row_is(figure, &figure->rows[i], class);
	return count;
}

/* The row of a class, or of all when it is NULL, with the largest number in a column. */
static const struct figure_row *largest(const struct figure *figure, size_t column,
					const char *class)
{
	const struct figure_row *best = NULL;

	for (size_t i = 0; i < figure->row_count && column != SIZE_MAX; i++) {
		const struct figure_row *row = &figure->rows[i];

		if (!isfinite(row->values[column].number) ||
		    (class && !figure_row_is(figure, row, class)))
			continue;
		if (!best || row->values[column].number > best->values[column].number)
			best = row;
	}
	return best;
}

static const char *cell_name(struct writing *w, const struct figure_row *row)
{
	size_t a = figure_category(w->figure, 0), b = figure_category(w->figure, a + 1);

	return arena_printf(w->arena, w->language == LANGUAGE_ZH ? "“%s—%s”" : "\"%s – %s\"",
			    value_text(w, row, a), value_text(w, row, b));
}

static void say_hot(struct writing *w, size_t count, size_t expected)
{
	size_t hot = count_class(w->figure, "hot");
	const struct figure_row *top = largest(w->figure, count, "hot");

	if (!hot || !top || expected == SIZE_MAX)
		return;
	say(w, "识别出热点组合 %zu 个，以%s为最（实际 %s，独立假设下期望 %s）。",
	    "%zu hot combinations were found, first of all %s (%s counted, %s expected under "
	    "independence).",
	    hot, cell_name(w, top), value_text(w, top, count), value_text(w, top, expected));
}

static void say_blank(struct writing *w, size_t count, size_t expected)
{
	size_t blank = count_class(w->figure, "blank");
	const struct figure_row *top = largest(w->figure, expected, "blank");

	if (!blank || !top)
		return;
	say(w, "空白组合 %zu 个，其中%s期望 %s 而实际仅 %s；是否为真正的技术机会，须人工确认。",
	    "%zu combinations are blank; %s is expected %s times and found %s. Whether "
	    "this is "
	    "an opportunity has to be confirmed by a person.",
	    blank, cell_name(w, top), value_text(w, top, expected), value_text(w, top, count));
}

void say_matrix(struct writing *w)
{
	size_t count = figure_column_find(w->figure, "count");
	size_t expected = figure_column_find(w->figure, "expected");
	const struct figure_row *top;

	if (count == SIZE_MAX)
		count = figure_measure(w->figure, 0);
	top = largest(w->figure, count, NULL);
	if (!top || figure_category(w->figure, figure_category(w->figure, 0) + 1) == SIZE_MAX)
		return;
	say(w, "最密集的组合是%s，共 %s。", "The densest combination is %s with %s.",
	    cell_name(w, top), amount(w, top->values[count].number));
	if (expected == SIZE_MAX)
		return;
	say_hot(w, count, expected);
	say_blank(w, count, expected);
}

/* Totals of the named parts of a figure over years, in order of appearance. */
struct part {
	struct str name;
	double total, best;
	const struct figure_row *best_row;
};

static size_t add_parts(struct writing *w, size_t name, size_t count, struct part *parts)
{
	const struct figure *figure = w->figure;
	size_t part_count = 0;

	for (size_t i = 0; i < figure->row_count; i++) {
		const struct figure_row *row = &figure->rows[i];
		size_t at = 0;

		if (!isfinite(row->values[count].number))
			continue;
		while (at < part_count && !str_equal(parts[at].name, row->values[name].text))
			at++;
		if (at == part_count)
			parts[part_count++] = (struct part){ .name = row->values[name].text };
		parts[at].total += row->values[count].number;
		if (!parts[at].best_row || row->values[count].number > parts[at].best) {
			parts[at].best = row->values[count].number;
			parts[at].best_row = row;
		}
	}
	return part_count;
}

void say_parts(struct writing *w)
{
	const struct figure *figure = w->figure;
	size_t year = 0, name = 0, count = figure_measure(figure, 0), part_count;
	struct part *parts = arena_array(w->arena, struct part, figure->row_count), *top = parts;

	while (year < figure->column_count && figure->columns[year].kind != VALUE_YEAR)
		year++;
	while (name < figure->column_count && figure->columns[name].kind != VALUE_TEXT)
		name++;
	if (year == figure->column_count || name == figure->column_count || count == SIZE_MAX) {
		say_matrix(w);
		return;
	}
	part_count = add_parts(w, name, count, parts);
	if (!part_count)
		return;
	for (size_t i = 1; i < part_count; i++)
		if (parts[i].total > top->total)
			top = &parts[i];
	say(w, "所列 %zu 项中，%.*s累计最多（%s），其中 %s 年最高，为 %s。",
	    "Of the %zu shown, %.*s has the most (%s in all), most of them in %s (%s).", part_count,
	    STR_ARGS(top->name), amount(w, top->total), value_text(w, top->best_row, year),
	    amount(w, top->best));
	say_tail(w);
}

void say_flow(struct writing *w)
{
	size_t count = figure_measure(w->figure, 0);
	size_t from = figure_category(w->figure, 0), to = figure_category(w->figure, from + 1);
	const struct figure_row *top = NULL;
	double abroad = 0, all = 0;

	if (count == SIZE_MAX || to == SIZE_MAX)
		return;
	for (size_t i = 0; i < w->figure->row_count; i++) {
		const struct figure_row *row = &w->figure->rows[i];

		all += row->values[count].number;
		if (str_equal(row->values[from].text, row->values[to].text))
			continue;
		abroad += row->values[count].number;
		if (!top || row->values[count].number > top->values[count].number)
			top = row;
	}
	if (!top) {
		say(w, "全部为本国申请，没有跨国布局。", "All are filed at home; none abroad.");
		return;
	}
	say(w, "跨国申请 %s，占%s；最主要的流向是%s至%s（%s）。",
	    "%s are filed abroad (%s); the largest flow is from %s to %s (%s).", amount(w, abroad),
	    say_share(w, abroad / all), value_text(w, top, from), value_text(w, top, to),
	    amount(w, top->values[count].number));
}
