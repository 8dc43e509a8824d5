#include "analyse/build_internal.h"
#include "patent/event.h"

/*
 * Two dimensions against each other: one row a cell that is not empty. The first dimension is cut
 * to its most frequent values; years of the second are all kept.
 */
static const struct figure_column type_year_columns[] = {
	{ "year", { "年份", "Year" }, VALUE_YEAR },
	{ "type", { "类型", "Type" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
};
static const struct figure_column applicant_year_columns[] = {
	{ "applicant", { "申请人", "Applicant" }, VALUE_TEXT },
	{ "year", { "年份", "Year" }, VALUE_YEAR },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
};
static const struct figure_column origin_office_columns[] = {
	{ "origin", { "来源国", "Origin" }, VALUE_TEXT },
	{ "office", { "受理局", "Office" }, VALUE_TEXT },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
};
static const struct figure_column operations_columns[] = {
	{ "event", { "事件", "Event" }, VALUE_TEXT },
	{ "year", { "申请年", "Filing year" }, VALUE_YEAR },
	{ "count", { "数量", "Count" }, VALUE_COUNT },
};

/* Of legal events only those on rights and disputes are operations; the rest is procedure. */
static void drop_procedure(struct build *build, const struct axis *axis, uint32_t *counts)
{
	for (uint32_t value = 0; value < axis->size; value++) {
		enum event_kind kind = event_kind_find(axis_key(axis, build->arena, value));

		if (event_infos[kind].group != EVENT_GROUP_RIGHTS &&
		    event_infos[kind].group != EVENT_GROUP_DISPUTE)
			counts[value] = 0;
	}
}

/* Documents with none of the chosen values; left_out of the plain count knows all values. */
static uint64_t count_without(struct build *build, const struct axis *axis,
			      const struct value_count *values, size_t count)
{
	const struct bitmap **sets = arena_array(build->arena, const struct bitmap *, count + 1);
	const struct bitmap *with;

	for (size_t i = 0; i < count; i++)
		sets[i] = index_term_documents(axis->snapshot, build->arena,
					       axis->dimension->column,
					       axis_key(axis, build->arena, values[i].value));
	with = bitmap_or_many(build->arena, sets, count);
	return count_documents_of(build->input, build->arena,
				  bitmap_and_not(build->arena, build->input->documents, with));
}

static size_t choose(struct build *build, const struct axis *axis, size_t top,
		     uint64_t *without_out, struct value_count **values_out)
{
	uint32_t *counts = count_values(build->input, build->arena, axis, without_out);

	if (axis->dimension->column == COL_EVENT)
		drop_procedure(build, axis, counts);
	if (axis->dimension->is_ordered)
		return count_present(build->arena, counts, axis->size, values_out);
	return count_top(build->arena, counts, axis->size, top, values_out);
}

static void add_value(struct build *build, const struct figure_column *column,
		      const struct axis *axis, uint32_t value)
{
	if (column->kind == VALUE_YEAR)
		build_number(build, axis_year(axis, value));
	else
		build_name(build, axis, value);
}

static bool is_tail(const struct build *build, const struct axis *axis, uint32_t value)
{
	return axis->dimension->is_ordered &&
	       axis_year(axis, value) >=
		       first_incomplete_year(build->input->as_of, axis->dimension->column);
}

static bool run_crossing(const struct analysis *analysis, struct build *build, struct error *error)
{
	const struct figure_column *columns = analysis->figure.columns;
	struct axis a = axis_of_column(analysis->column, build->input->snapshot);
	struct axis b = axis_of_column(analysis->other, build->input->snapshot);
	size_t top = build_top(build, analysis->top);
	struct value_count *rows, *across;
	size_t row_count = choose(build, &a, top, &build->figure->left_out, &rows);
	size_t across_count = choose(build, &b, top, NULL, &across);
	struct selection chosen = select_values(build->arena, &a, rows, row_count);
	struct selection other = select_values(build->arena, &b, across, across_count);
	uint32_t *matrix = count_matrix(build->input, build->arena, &chosen, &other);

	(void)error;
	if (a.dimension->column == COL_EVENT)
		build->figure->left_out = count_without(build, &a, rows, row_count);
	for (size_t i = 0; i < row_count; i++) {
		for (size_t j = 0; j < across_count; j++) {
			uint32_t count = matrix[i * across_count + j];
			struct figure_row *row;

			if (!count)
				continue;
			row = build_row(build);
			row->is_incomplete = is_tail(build, &a, rows[i].value) ||
					     is_tail(build, &b, across[j].value);
			row->drill = drill_and(build->arena,
					       axis_drill(&a, build->arena, rows[i].value),
					       axis_drill(&b, build->arena, across[j].value));
			add_value(build, &columns[0], &a, rows[i].value);
			add_value(build, &columns[1], &b, across[j].value);
			build_number(build, count);
		}
	}
	return true;
}

#define CROSSING(name_, title_zh, title_en, method_zh, method_en, shape_, first_, second_, top_)   \
	const struct analysis analysis_##name_ = { .figure = { #name_,                             \
							       { title_zh, title_en },             \
							       { method_zh, method_en },           \
							       shape_,                             \
							       COLUMNS(name_##_columns) },         \
						   .run = run_crossing,                            \
						   .column = first_,                               \
						   .other = second_,                               \
						   .top = top_ }

CROSSING(type_year, "各类型年度申请量", "Types by filing year", "按申请年和专利类型计数。",
	 "Counts by filing year and type.", SHAPE_STACKED, COL_YEAR_FILED, COL_TYPE, 10);
CROSSING(applicant_year, "主要申请人年度申请量", "Applicants by filing year",
	 "申请量最多的申请人按申请年计数；共同申请各计一次。",
	 "Counts of the most active applicants by filing year; each co-applicant counts whole.",
	 SHAPE_BUBBLES, COL_APPLICANT, COL_YEAR_FILED, 10);
CROSSING(origin_office, "技术来源与布局", "Origin and office",
	 "来源国取最早优先权国家，无优先权的取受理局；流向为受理局。",
	 "Origin is the country of the earliest priority, or the office itself; flows to the "
	 "office.",
	 SHAPE_SANKEY, COL_PRIORITY_COUNTRY, COL_OFFICE, 12);
CROSSING(operations, "运营与法律事件", "Transfers, licences, pledges",
	 "发生过转让、许可、质押、保全、诉讼、无效请求等事件的专利，按其申请年计数。",
	 "Patents with a transfer, licence, pledge, litigation or invalidation, by their filing "
	 "year.",
	 SHAPE_STACKED, COL_EVENT, COL_YEAR_FILED, 10);
