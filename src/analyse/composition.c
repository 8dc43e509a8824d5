#include "analyse/build_internal.h"
#include "analyse/statistics_internal.h"

/*
 * Distribution over the values of one column: counts, and shares of the whole set. Where a
 * document can have several values (classes, co-applicants) the shares add up to more than 1.
 * Documents without a value are left_out, and still part of the whole.
 */
#define COUNT_AND_SHARE                                                                            \
	{ "count", { "数量", "Count" }, VALUE_COUNT },                                             \
	{                                                                                          \
		"share", { "占比", "Share" }, VALUE_SHARE                                          \
	}

static const struct figure_column type_columns[] = { { "type", { "类型", "Type" }, VALUE_TEXT },
						     COUNT_AND_SHARE };
static const struct figure_column status_columns[] = {
	{ "status", { "法律状态", "Legal status" }, VALUE_TEXT }, COUNT_AND_SHARE
};
static const struct figure_column group_columns[] = {
	{ "group", { "有效性", "In force or not" }, VALUE_TEXT }, COUNT_AND_SHARE
};
static const struct figure_column name_columns[] = { { "name", { "名称", "Name" }, VALUE_TEXT },
						     COUNT_AND_SHARE };
static const struct figure_column symbol_columns[] = {
	{ "symbol", { "分类号", "Symbol" }, VALUE_TEXT },
	{ "name", { "含义", "Meaning" }, VALUE_TEXT },
	COUNT_AND_SHARE
};
static const struct figure_column field_columns[] = {
	{ "field", { "编号", "Number" }, VALUE_TEXT },
	{ "name", { "技术领域", "Field" }, VALUE_TEXT },
	{ "sector", { "部门", "Sector" }, VALUE_TEXT },
	COUNT_AND_SHARE
};

static void add_value(const struct figure_spec *spec, struct build *build, const struct axis *axis,
		      struct value_count entry, double documents)
{
	enum language language = build->input->language;
	struct figure_row *row = build_row(build);

	row->key = axis_key(axis, build->arena, entry.value);
	row->drill = axis_drill(axis, build->arena, entry.value);
	if (spec->columns == symbol_columns || spec->columns == field_columns)
		build_text(build, row->key);
	build_text(build,
		   vocabulary_name(build->arena, axis->dimension->vocabulary, row->key, language));
	if (spec->columns == field_columns)
		build_text(build,
			   vocabulary_group(axis->dimension->vocabulary, row->key, language));
	build_number(build, entry.count);
	build_number(build, share_of(entry.count, documents));
}

/* The shares a finding on legal status speaks of. */
static void add_status_notes(struct build *build, const struct axis *axis, const uint32_t *counts,
			     double documents)
{
	static const struct {
		const char *key, *name;
		struct label label;
	} groups[] = {
		{ "active", "active_share", { "有效占比", "Share in force" } },
		{ "pending", "pending_share", { "审中占比", "Share pending" } },
		{ "dead", "dead_share", { "失效占比", "Share no longer in force" } },
	};

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		uint32_t value = axis_find(axis, str_of(groups[i].key));

		build_note(build, groups[i].name, groups[i].label,
			   share_of(value == VALUE_NONE ? 0 : counts[value], documents));
	}
}

static bool run_composition(const struct analysis *analysis, struct build *build,
			    struct error *error)
{
	const struct analysis_input *input = build->input;
	struct axis axis = axis_of_column(analysis->column, input->snapshot);
	uint32_t *counts = count_values(input, build->arena, &axis, &build->figure->left_out);
	double documents = (double)count_documents(input, build->arena);
	size_t top = analysis->top ? build_top(build, analysis->top) : 0;
	struct value_count *values, *present;
	size_t count = count_top(build->arena, counts, axis.size, top, &values);

	(void)error;
	for (size_t i = 0; i < count; i++)
		add_value(&analysis->figure, build, &axis, values[i], documents);
	build_note(build, "values", (struct label){ "取值个数", "Different values" },
		   (double)count_present(build->arena, counts, axis.size, &present));
	if (analysis->column == COL_STATUS_GROUP)
		add_status_notes(build, &axis, counts, documents);
	return true;
}

#define COMPOSITION(name_, title_zh, title_en, shape_, columns_, column_, top_)                                                   \
	const struct analysis analysis_##name_ = {                                                                                \
		.figure = { #name_,                                                                                               \
			    { title_zh, title_en },                                                                               \
			    { "各取值的数量及其占全部文献的比例；一件可有多个取值时占比之和大于 " \
			      "1。",                                                                                              \
			      "Count of each value and its share of the set; where a document "                                   \
			      "has "                                                                                              \
			      "several values the shares add up to more than 1." },                                               \
			    shape_,                                                                                               \
			    COLUMNS(columns_) },                                                                                  \
		.run = run_composition,                                                                                           \
		.column = column_,                                                                                                \
		.top = top_                                                                                                       \
	}

COMPOSITION(type, "专利类型构成", "Types of patent", SHAPE_RING, type_columns, COL_TYPE, 0);
COMPOSITION(status, "法律状态构成", "Legal status", SHAPE_RING, status_columns, COL_STATUS, 0);
COMPOSITION(status_group, "有效性构成", "In force, pending, ended", SHAPE_RING, group_columns,
	    COL_STATUS_GROUP, 0);
COMPOSITION(applicant_types, "申请人类型", "Types of applicant", SHAPE_RING, type_columns,
	    COL_APPLICANT_TYPE, 0);
COMPOSITION(offices, "受理局分布", "Offices", SHAPE_BARS, name_columns, COL_OFFICE, 30);
COMPOSITION(provinces, "省份分布", "Provinces", SHAPE_MAP, name_columns, COL_PROVINCE, 40);
COMPOSITION(cities, "城市分布", "Cities", SHAPE_BARS, name_columns, COL_CITY, 20);
COMPOSITION(agencies, "代理机构", "Agencies", SHAPE_BARS, name_columns, COL_AGENCY, 20);
COMPOSITION(ipc_sections, "IPC 部分布", "IPC sections", SHAPE_TREE, symbol_columns, COL_IPC_SECTION,
	    8);
COMPOSITION(ipc_classes, "IPC 大类分布", "IPC classes", SHAPE_TREE, symbol_columns, COL_IPC_CLASS,
	    20);
COMPOSITION(ipc_subclasses, "IPC 小类分布", "IPC subclasses", SHAPE_TREE, symbol_columns,
	    COL_IPC_SUBCLASS, 20);
COMPOSITION(ipc_groups, "IPC 大组分布", "IPC main groups", SHAPE_TREE, symbol_columns,
	    COL_IPC_GROUP, 20);
COMPOSITION(wipo_fields, "WIPO 技术领域分布", "WIPO technology fields", SHAPE_BARS, field_columns,
	    COL_WIPO_FIELD, 35);
