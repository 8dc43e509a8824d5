#include "report_figures.h"

#include <math.h>

static double number_of(enum value_kind kind, struct str cell)
{
	double number;
	date day;

	if (kind == VALUE_DATE)
		return date_parse(cell, &day) ? (double)day : NAN;
	return str_to_double(cell, &number) ? number : NAN;
}

static void read_row(struct arena *arena, struct figure *figure, struct str line)
{
	struct figure_row *row = &figure->rows[figure->row_count++];
	struct figure_value *values = arena_array(arena, struct figure_value, figure->column_count);
	struct str cell;

	row->is_incomplete = str_starts_with(line, STR("*"));
	line = str_slice(line, row->is_incomplete, line.size);
	for (size_t i = 0; i < figure->column_count && str_split(&line, STR("|"), &cell); i++) {
		values[i].text = cell;
		values[i].number = number_of(figure->columns[i].kind, cell);
		if (strcmp(figure->columns[i].name, "class") == 0)
			row->key = cell;
	}
	row->values = values;
}

struct figure *make_figure(struct arena *arena, const char *id, enum figure_shape shape,
			   const struct figure_column *columns, size_t column_count,
			   const char *rows)
{
	struct figure *figure = arena_new(arena, struct figure);
	struct str rest = str_of(rows), line;
	size_t measure = SIZE_MAX;

	*figure = (struct figure){ .id = id,
				   .shape = shape,
				   .columns = columns,
				   .column_count = column_count,
				   .as_of = date_of(2026, 3, 31),
				   .query = STR("TA=(液冷 OR 散热)") };
	figure->title.zh = id;
	figure->title.en = id;
	figure->method.zh = "按定义计数。";
	figure->method.en = "Counted as defined.";
	figure->rows = arena_array(arena, struct figure_row, str_of(rows).size / 2 + 1);
	while (str_split(&rest, STR("\n"), &line))
		if (line.size)
			read_row(arena, figure, line);
	for (size_t i = 0; i < column_count && measure == SIZE_MAX; i++)
		if (columns[i].kind == VALUE_COUNT)
			measure = i;
	for (size_t i = 0; i < figure->row_count && measure != SIZE_MAX; i++)
		if (figure->rows[i].values[measure].number > 0)
			figure->documents += (uint64_t)figure->rows[i].values[measure].number;
	if (measure == SIZE_MAX && figure->row_count)
		figure->documents = 100;
	return figure;
}

#define COLUMN(name_, zh_, en_, kind_)                                                             \
	{                                                                                          \
		.name = name_, .label = { zh_, en_ }, .kind = kind_                                \
	}
static const struct figure_column year_columns[] = {
	COLUMN("year", "年份", "Year", VALUE_YEAR),
	COLUMN("filed", "申请", "Filed", VALUE_COUNT),
	COLUMN("granted", "授权", "Granted", VALUE_COUNT),
};
static const struct figure_column name_columns[] = {
	COLUMN("name", "名称", "Name", VALUE_TEXT),
	COLUMN("count", "申请量", "Applications", VALUE_COUNT),
	COLUMN("share", "占比", "Share", VALUE_SHARE),
};
static const struct figure_column matrix_columns[] = {
	COLUMN("technology", "技术手段", "Technique", VALUE_TEXT),
	COLUMN("effect", "功效", "Effect", VALUE_TEXT),
	COLUMN("count", "申请量", "Applications", VALUE_COUNT),
	COLUMN("expected", "期望值", "Expected", VALUE_NUMBER),
	COLUMN("class", "判断", "Verdict", VALUE_TEXT),
};
static const struct figure_column by_year_columns[] = {
	COLUMN("applicant", "申请人", "Applicant", VALUE_TEXT),
	COLUMN("year", "年份", "Year", VALUE_YEAR),
	COLUMN("count", "申请量", "Applications", VALUE_COUNT),
};
static const struct figure_column path_columns[] = {
	COLUMN("year", "年份", "Year", VALUE_YEAR),
	COLUMN("applicants", "申请人数", "Applicants", VALUE_COUNT),
	COLUMN("count", "申请量", "Applications", VALUE_COUNT),
};
static const struct figure_column node_columns[] = {
	COLUMN("name", "名称", "Name", VALUE_TEXT),
	COLUMN("count", "申请量", "Applications", VALUE_COUNT),
	COLUMN("degree", "联系数", "Degree", VALUE_COUNT),
	COLUMN("community", "社群", "Community", VALUE_COUNT),
	COLUMN("x", "横坐标", "x", VALUE_NUMBER),
	COLUMN("y", "纵坐标", "y", VALUE_NUMBER),
};
static const struct figure_column link_columns[] = {
	COLUMN("source", "甲方", "Source", VALUE_TEXT),
	COLUMN("target", "乙方", "Target", VALUE_TEXT),
	COLUMN("weight", "合作申请", "Joint applications", VALUE_COUNT),
};
static const struct figure_column edge_columns[] = {
	COLUMN("from", "甲方", "From", VALUE_TEXT),
	COLUMN("to", "乙方", "To", VALUE_TEXT),
	COLUMN("count", "合作申请", "Joint applications", VALUE_COUNT),
};
static const struct figure_column radar_columns[] = {
	COLUMN("name", "申请人", "Applicant", VALUE_TEXT),
	COLUMN("count", "申请量", "Applications", VALUE_COUNT),
	COLUMN("recent", "近三年占比", "Recent share", VALUE_SHARE),
	COLUMN("branches", "分支数", "Branches", VALUE_COUNT),
	COLUMN("offices", "布局国家数", "Offices", VALUE_COUNT),
	COLUMN("cited", "篇均被引", "Cited per document", VALUE_NUMBER),
};
static const struct figure_column time_columns[] = {
	COLUMN("date", "申请日", "Filed", VALUE_DATE),
	COLUMN("number", "公开号", "Number", VALUE_TEXT),
	COLUMN("branch", "分支", "Branch", VALUE_TEXT),
	COLUMN("points", "得分", "Points", VALUE_NUMBER),
};
static const struct figure_column quadrant_columns[] = {
	COLUMN("branch", "分支", "Branch", VALUE_TEXT),
	COLUMN("share", "占比", "Share", VALUE_SHARE),
	COLUMN("growth", "近三年增长率", "Growth of three years", VALUE_SHARE),
	COLUMN("count", "申请量", "Applications", VALUE_COUNT),
};
static const struct figure_column tree_columns[] = {
	COLUMN("path", "编号", "No.", VALUE_TEXT),
	COLUMN("name", "分支", "Branch", VALUE_TEXT),
	COLUMN("count", "申请量", "Applications", VALUE_COUNT),
};

static const struct {
	const char *id, *zh, *en;
	enum figure_shape shape;
	const struct figure_column *columns;
	size_t column_count;
	const char *rows;
} samples[] = {
#define WITH(columns_) columns_, sizeof(columns_) / sizeof((columns_)[0])
	{ "trend", "申请与授权趋势", "Filings and grants", SHAPE_LINE, WITH(year_columns),
	  "2012|120|30\n2013|150|52\n2014|190|71\n2015|260|98\n2016|340|130\n2017|430|180\n"
	  "2018|560|230\n2019|640|300\n2020|720|380\n2021|810|450\n2022|890|520\n2023|1003|610\n"
	  "2024|980|590\n*2025|520|560\n*2026|31|140\n" },
	{ "granted", "授权量", "Grants", SHAPE_COLUMNS, WITH(year_columns),
	  "2018|560|230\n2019|640|300\n2020|720|380\n2021|810|450\n*2022|290|520\n" },
	{ "applicants", "主要申请人", "Applicants", SHAPE_BARS, WITH(name_columns),
	  "示例新能源科技股份有限公司|812|0.162\n虚构动力电池（集团）有限公司|640|0.128\n"
	  "示范理工大学|512|0.1024\n样例热管理技术研究院|301|0.0602\n某某</script><script>alert(1)"
	  "</script>公司|120|0.024\n=HYPERLINK(\"x\")|60|0.012\n" },
	{ "legal", "法律状态", "Legal status", SHAPE_RING, WITH(name_columns),
	  "有效|2200|0.44\n审中|1500|0.3\n失效|1200|0.24\n未确认|100|0.02\n" },
	{ "types", "申请人类型与年度", "Applicants by year", SHAPE_STACKED, WITH(by_year_columns),
	  "企业|2020|400\n高校|2020|150\n企业|2021|520\n高校|2021|160\n科研院所|2021|60\n"
	  "企业|2022|600\n高校|2022|230\n科研院所|2022|70\n*企业|2023|300\n*高校|2023|100\n" },
	{ "applicant_year", "申请人年度分布", "Applicant by year", SHAPE_BUBBLES,
	  WITH(by_year_columns),
	  "示例新能源|2019|40\n示例新能源|2020|80\n示例新能源|2021|120\n示例新能源|2022|160\n"
	  "虚构动力|2019|140\n虚构动力|2020|110\n虚构动力|2021|70\n虚构动力|2022|20\n"
	  "示范理工大学|2020|15\n示范理工大学|2022|35\n*示范理工大学|2023|9\n*示例新能源|2023|"
	  "50\n" },
	{ "matrix", "技术功效矩阵", "Technique and effect", SHAPE_HEAT, WITH(matrix_columns),
	  "液冷板|提高散热效率|320|201.5|hot\n液冷板|降低成本|90|120.1|\n液冷板|提高安全性|45|88|\n"
	  "相变材料|提高散热效率|120|130.2|\n相变材料|降低成本|2|40.2|blank\n"
	  "相变材料|提高安全性|66|50|\n热管|提高散热效率|80|90|\n热管|降低成本|35|30|\n"
	  "热管|提高安全性|0|22.4|blank\n浸没式冷却|提高散热效率|150|110|hot\n"
	  "浸没式冷却|降低成本|12|30|\n浸没式冷却|提高安全性|40|30|\n" },
	{ "life_cycle", "技术生命周期", "Life cycle", SHAPE_SCATTER_PATH, WITH(path_columns),
	  "2014|60|110\n2015|75|150\n2016|98|210\n2017|130|300\n2018|180|420\n2019|240|520\n"
	  "2020|300|680\n2021|350|800\n2022|380|890\n2023|390|1003\n*2024|370|700\n*2025|120|"
	  "180\n" },
	{ "applicant_network", "合作申请网络", "Joint filings", SHAPE_NETWORK, WITH(node_columns),
	  "示例新能源|320|3|0|0.1|0.2\n示范理工大学|90|2|0|0.35|0.5\n样例研究院|40|2|0|0.05|0.6\n"
	  "虚构动力|300|3|1|0.7|0.3\n虚构材料|120|2|1|0.95|0.5\n虚构装备|60|2|1|0.75|0.8\n"
	  "甲大学|12|1|2|0.4|0.95\n乙公司|9|1|2|0.55|0.98\n" },
	{ "tree", "技术分支构成", "Branches", SHAPE_TREE, WITH(tree_columns),
	  "1|液冷|900\n1.1|冷板|500\n1.2|浸没|300\n2|相变材料|400\n2.1|石蜡基|260\n3|热管|210\n"
	  "4|风冷|120\n" },
	{ "flow", "技术来源与目标局", "Origin and office", SHAPE_SANKEY, WITH(edge_columns),
	  "CN|CN|3000\nCN|US|210\nCN|EP|120\nJP|CN|300\nJP|US|150\nUS|CN|160\nUS|EP|90\n" },
	{ "provinces", "省份分布", "Provinces", SHAPE_MAP, WITH(name_columns),
	  "广东|900|0.3\n江苏|600|0.2\n四川|450|0.15\n北京|400|0.13\n浙江|380|0.12\n" },
	{ "profiles", "主要竞争者对比", "Competitors", SHAPE_RADAR, WITH(radar_columns),
	  "示例新能源|812|0.42|6|5|3.2\n虚构动力|640|0.18|5|8|5.1\n示范理工大学|512|0.35|4|1|2."
	  "2\n" },
	{ "roadmap", "技术路线", "Road map", SHAPE_TIMELINE, WITH(time_columns),
	  "2012-03-04|CN102000001B|液冷|88\n2015-06-01|CN105000002B|液冷|82\n"
	  "2016-06-01|CN106000002B|相变材料|82\n2018-06-01|CN108000003B|浸没|79\n"
	  "2021-01-11|CN112000004B|浸没|77\n2022-09-30|CN115000005A|热管|71\n" },
	{ "hot_branches", "分支热度", "Hot branches", SHAPE_QUADRANT, WITH(quadrant_columns),
	  "液冷|0.45|0.32|900\n相变材料|0.2|0.1|400\n热管|0.1|-0.12|210\n浸没|0.15|1.4|300\n"
	  "风冷|0.06|-0.4|120\n" },
	{ "key_patents", "重点专利", "Key patents", SHAPE_TABLE, WITH(time_columns),
	  "2012-03-04|CN102000001B|液冷|88.25\n2015-06-01|CN105000002B|液冷|82\n" },
	{ "empty", "许可事件", "Licences", SHAPE_COLUMNS, WITH(year_columns), "" },
	{ "single", "单一申请人", "One applicant", SHAPE_BARS, WITH(name_columns),
	  "示例新能源|3|1\n" },
};

const size_t sample_figure_count = sizeof(samples) / sizeof(samples[0]);

const struct figure *sample_figure(struct arena *arena, size_t which)
{
	struct figure *figure = make_figure(arena, samples[which].id, samples[which].shape,
					    samples[which].columns, samples[which].column_count,
					    samples[which].rows);

	figure->title.zh = samples[which].zh;
	figure->title.en = samples[which].en;
	if (samples[which].shape == SHAPE_NETWORK) {
		figure->parts = make_figure(arena, "links", SHAPE_TABLE, WITH(link_columns),
					    "示例新能源|示范理工大学|24\n示例新能源|样例研究院|12\n"
					    "示范理工大学|样例研究院|6\n虚构动力|虚构材料|30\n"
					    "虚构动力|虚构装备|9\n虚构材料|虚构装备|4\n"
					    "示例新能源|虚构动力|3\n甲大学|乙公司|5\n");
		figure->part_count = 1;
	}
	return figure;
}
