#include "analyse/axis.h"

/*
 * Drill-down queries. The code of a column is asked of the field table of the query language, so
 * that the two cannot drift apart.
 */

/* Levels of a class are asked for as the class itself, which includes all below. */
static unsigned asked_column(unsigned column)
{
	switch (column) {
	case COL_IPC_SECTION:
	case COL_IPC_CLASS:
	case COL_IPC_SUBCLASS:
	case COL_IPC_GROUP:
		return COL_IPC;
	case COL_CPC_SUBCLASS:
	case COL_CPC_GROUP:
		return COL_CPC;
	default:
		return column;
	}
}

/* How well a list of columns answers for one: 2 reads nothing else, 1 reads others too. */
static int fitness(const unsigned char *columns, unsigned column)
{
	bool is_there = false;
	size_t count = 0;

	for (; columns && columns[count] != COL_COUNT; count++)
		is_there |= columns[count] == column;
	return is_there ? (count == 1 ? 2 : 1) : 0;
}

/* The field that reads this column as a whole value, and how the two are joined. */
static const struct query_field *find_field(unsigned column, const char **relation_out)
{
	const struct query_field *found = NULL;
	int best = 0;

	column = asked_column(column);
	for (size_t i = 0; i < query_field_count; i++) {
		const struct query_field *field = &query_fields[i];
		int plain = field->flags ? 0 : fitness(field->columns, column);
		int exact = fitness(field->exact_columns, column);

		if (plain <= best && exact <= best)
			continue;
		*relation_out = plain >= exact ? "=" : "==";
		best = plain >= exact ? plain : exact;
		found = field;
	}
	return found;
}

static struct str finish(struct arena *arena, struct strbuf *text)
{
	struct str copy = str_copy(arena, strbuf_str(text));

	strbuf_release(text);
	return copy;
}

struct str drill_keyword(struct arena *arena, unsigned column, struct str value)
{
	const char *relation;
	const struct query_field *field = find_field(column, &relation);
	struct strbuf text = STRBUF_INIT;

	if (!field)
		return STR_EMPTY;
	strbuf_addf(&text, "%s%s", field->code, relation);
	query_add_operand(&text, value);
	return finish(arena, &text);
}

static struct str drill_range(struct arena *arena, unsigned column, const char *low,
			      const char *high)
{
	const char *relation;
	const struct query_field *field = find_field(column, &relation);
	const char *code;

	if (!field)
		return STR_EMPTY;
	code = field->code;
	if (!high)
		return str_of(arena_printf(arena, "%s>=%s", code, low));
	return str_of(arena_printf(arena, "%s>=%s AND %s<=%s", code, low, code, high));
}

static struct str drill_days(struct arena *arena, unsigned column, date first, date last)
{
	char low[DATE_TEXT_SIZE], high[DATE_TEXT_SIZE];

	return drill_range(arena, column, date_format(first, low), date_format(last, high));
}

struct str drill_year(struct arena *arena, unsigned column, int year)
{
	return drill_days(arena, column, date_of(year, 1, 1), date_of(year, 12, 31));
}

static struct str drill_months(struct arena *arena, unsigned column, int year, int month, int count)
{
	date first = date_of(year, month, 1);

	return drill_days(arena, column, first, date_add_months(first, count) - 1);
}

static struct str drill_bin(const struct axis *axis, struct arena *arena, uint32_t value)
{
	const int64_t *bins = axis->dimension->bins;
	const char *low = arena_printf(arena, "%lld", (long long)bins[value]);

	if (value + 1 == axis->size)
		return drill_range(arena, axis->dimension->column, low, NULL);
	return drill_range(arena, axis->dimension->column, low,
			   arena_printf(arena, "%lld", (long long)bins[value + 1] - 1));
}

/* The year columns are asked for by the dates behind them. */
static unsigned date_column(unsigned column)
{
	switch (column) {
	case COL_YEAR_FILED:
		return COL_FILED;
	case COL_YEAR_PUBLISHED:
		return COL_PUBLISHED;
	case COL_YEAR_GRANTED:
		return COL_GRANTED;
	default:
		return COL_COUNT;
	}
}

struct str axis_drill(const struct axis *axis, struct arena *arena, uint32_t value)
{
	unsigned column = axis->dimension->column;
	int year = 1000;

	switch (axis->dimension->kind) {
	case DIMENSION_KEYWORD:
		break;
	case DIMENSION_YEAR:
		return drill_year(arena, column, year + (int)value);
	case DIMENSION_QUARTER:
		return drill_months(arena, column, year + (int)value / 4, (int)value % 4 * 3 + 1,
				    3);
	case DIMENSION_MONTH:
		return drill_months(arena, column, year + (int)value / 12, (int)value % 12 + 1, 1);
	case DIMENSION_BINS:
		return drill_bin(axis, arena, value);
	}
	if (date_column(column) != COL_COUNT) {
		int64_t number;

		if (str_to_int64(axis_key(axis, arena, value), &number) && number >= 1000 &&
		    number <= 9999)
			return drill_year(arena, date_column(column), (int)number);
	}
	return drill_keyword(arena, column, axis_key(axis, arena, value));
}

struct str drill_and(struct arena *arena, struct str a, struct str b)
{
	if (!a.size || !b.size)
		return a.size ? a : b;
	return str_of(arena_printf(arena, "(%.*s) AND (%.*s)", STR_ARGS(a), STR_ARGS(b)));
}
