#include "analyse/build_internal.h"

enum { PUBLICATION_MONTHS = 18 };

int axis_year(const struct axis *axis, uint32_t value)
{
	struct str key = snapshot_term(axis->snapshot, axis->dimension->column, value);
	int64_t year;

	if (!str_to_int64(key, &year) || year < 1000 || year > 9999)
		return 0;
	return (int)year;
}

static void find_range(const struct axis *axis, const uint32_t *counts, struct years *years)
{
	for (uint32_t value = 0; value < axis->size; value++) {
		int year = axis_year(axis, value);

		if (!counts[value] || !year)
			continue;
		if (years->first > years->last)
			years->first = year;
		years->last = year;
	}
	if (years->first <= years->last && years->last - years->first >= YEAR_SPAN_MAX)
		years->first = years->last - YEAR_SPAN_MAX + 1;
}

struct years years_count(const struct analysis_input *input, struct arena *arena, unsigned column)
{
	struct axis axis = axis_of_column(column, input->snapshot);
	struct years years = { .first = 1, .last = 0 };
	uint32_t *counts = count_values(input, arena, &axis, &years.without);

	find_range(&axis, counts, &years);
	if (years.first > years.last)
		return years;
	years.counts = arena_array(arena, uint32_t, years.last - years.first + 1);
	for (uint32_t value = 0; value < axis.size; value++) {
		int year = axis_year(&axis, value);

		if (counts[value] && year >= years.first && year <= years.last)
			years.counts[year - years.first] += counts[value];
		else
			years.without += counts[value];
	}
	return years;
}

uint32_t years_at(const struct years *years, int year)
{
	return year < years->first || year > years->last ? 0 : years->counts[year - years->first];
}

/* A year is whole when the lag after its last day is over. */
int first_incomplete_year(date as_of, unsigned column)
{
	int months = column == COL_YEAR_FILED ? PUBLICATION_MONTHS : 0;
	int year = date_year(as_of) - 2;

	while (date_add_months(date_of(year, 12, 31), months) <= as_of)
		year++;
	return year;
}
