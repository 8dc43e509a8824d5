/* yucheng indicators: the targets of the policy over plain lists of cases, products and regions. */
#include "cli/indicators_internal.h"
#include "cli/pick.h"

#include <math.h>
#include <stddef.h>

#define FIELD(name_) offsetof(struct indicators_options, name_)

static const struct option options[] = {
	{ "centre",
	  OPTION_TEXT,
	  FIELD(centre),
	  "NAME",
	  { "按工作区记录计算：机构编号、名称或简称；all 为全部育成中心",
	    "from the records of the workspace: id, name or short name; all: every centre" },
	  NULL },
	{ "trend",
	  OPTION_FLAG,
	  FIELD(trend),
	  NULL,
	  { "--centre --json：附最近五个年末的数值",
	    "--centre --json: the last five ends of years as well" },
	  NULL },
	{ "cases",
	  OPTION_TEXT,
	  FIELD(cases),
	  "FILE",
	  { "案件表（CSV 或工作簿）", "table of cases (CSV or workbook)" },
	  NULL },
	{ "products",
	  OPTION_TEXT,
	  FIELD(products),
	  "FILE",
	  { "专利产品备案表", "table of product filings" },
	  NULL },
	{ "regions",
	  OPTION_TEXT,
	  FIELD(regions),
	  "FILE",
	  { "地区年度表（T5、T6）", "table of regions by year (T5, T6)" },
	  NULL },
	{ "region",
	  OPTION_TEXT,
	  FIELD(region),
	  "NAME",
	  { "本地区（默认 四川）", "the region (四川)" },
	  NULL },
	{ "nation",
	  OPTION_TEXT,
	  FIELD(nation),
	  "NAME",
	  { "对比的全国行（默认 全国）", "the rows of the nation (全国)" },
	  NULL },
	{ "method",
	  OPTION_TEXT,
	  FIELD(method),
	  "T1=NAME,…",
	  { "口径，如 T1=mean_yoy,T2=decided", "methods, as T1=mean_yoy,T2=decided" },
	  NULL },
	{ "target",
	  OPTION_TEXT,
	  FIELD(target),
	  "T1=X,…",
	  { "任务书的目标值，如 T1=0.25", "targets of the task book, as T1=0.25" },
	  NULL },
	{ "from",
	  OPTION_DATE,
	  FIELD(from),
	  "DATE",
	  { "项目开始日：基期为其上一年，T2 的期间自此起",
	    "start of the project: the base year is the one before, the window of T2 begins" },
	  NULL },
	{ "base-year", OPTION_COUNT, FIELD(base_year), "YEAR", { "基期年度", "base year" }, NULL },
	{ "baseline",
	  OPTION_TEXT,
	  FIELD(baseline),
	  "N",
	  { "人工设定的 T1 基数", "T1: the count of the base year set by hand" },
	  NULL },
	{ "pledge-threshold",
	  OPTION_COUNT,
	  FIELD(threshold),
	  "YUAN",
	  { "高价值第四类：每件质押金额标准（元）", "C4: pledge amount a patent needs, yuan" },
	  NULL },
	{ "sei",
	  OPTION_TEXT,
	  FIELD(sei),
	  "FILE",
	  { "战略性新兴产业对照表（默认为内置参考表）", "table of emerging industries" },
	  NULL },
	{ "in-period",
	  OPTION_FLAG,
	  FIELD(in_period),
	  NULL,
	  { "T3 只计 --from 之后开始的实施", "T3: only uses that began after --from" },
	  NULL },
	{ "revised",
	  OPTION_FLAG,
	  FIELD(revised),
	  NULL,
	  { "按现在所知修订过去（默认按当日所知）",
	    "the past as known now (default: as known on the day)" },
	  NULL },
	{ "list",
	  OPTION_FLAG,
	  FIELD(list),
	  NULL,
	  { "列出全部指标与口径", "list all indicators and methods" },
	  NULL },
	{ .name = NULL },
};

/* Every part names an indicator. */
static bool check_settings(const char *settings, date day, struct error *error)
{
	struct str rest = str_of(settings), part;

	while (str_split(&rest, STR(","), &part)) {
		struct str id = str_trim(str_slice(part, 0, str_find_byte(part, '=')));

		if (str_find_byte(part, '=') == STR_NOT_FOUND ||
		    !indicator_method_find(id, STR_EMPTY, day))
			return error_set(error, ERROR_USAGE, "cli.indicator_setting", "%.*s",
					 STR_ARGS(part));
	}
	return true;
}

static bool read_cases(struct context *context, const char *path, struct indicator_input *input,
		       struct error *error)
{
	struct patent_case *cases;
	struct sheet sheet;

	if (!path)
		return true;
	if (!sheet_file_read(context, path, &sheet, error) ||
	    !case_list_read(context->arena, &sheet, &cases, &input->case_count, error))
		return false;
	input->cases = cases;
	return true;
}

static bool read_products(struct context *context, const char *path, struct indicator_input *input,
			  struct error *error)
{
	struct product *products;
	struct sheet sheet;

	if (!path)
		return true;
	if (!sheet_file_read(context, path, &sheet, error) ||
	    !product_list_read(context->arena, &sheet, &products, &input->product_count, error))
		return false;
	input->products = products;
	return true;
}

static bool read_regions(struct context *context, const char *path, struct indicator_input *input,
			 struct error *error)
{
	struct region_year *rows;
	struct sheet sheet;

	if (!path)
		return true;
	if (!sheet_file_read(context, path, &sheet, error) ||
	    !region_list_read(context->arena, &sheet, &rows, &input->region_count, error))
		return false;
	input->regions = rows;
	return true;
}

bool indicators_read_sei(struct context *context, const char *path,
			 const struct sei_table **table_out, struct error *error)
{
	struct sheet sheet;

	*table_out = path ? NULL : sei_table_default(context->arena);
	return !path || (sheet_file_read(context, path, &sheet, error) &&
			 sei_table_read(context->arena, &sheet, table_out, error));
}

static bool read_input(struct context *context, const struct indicators_options *chosen,
		       struct indicator_input *input, struct error *error)
{
	*input = (struct indicator_input){
		.as_of = context->today,
		.from = chosen->from ? chosen->from : DATE_NONE,
		.baseline = -1,
		.base_year = chosen->base_year,
		.in_period = chosen->in_period,
		.region = str_of(chosen->region ? chosen->region : "四川"),
		.nation = str_of(chosen->nation ? chosen->nation : "全国"),
		.high_value = { .pledge_threshold = chosen->threshold * 100,
				.basis = chosen->revised ? BASIS_REVISED : BASIS_REPORTED },
	};
	if (chosen->baseline &&
	    (!str_to_int64(str_of(chosen->baseline), &input->baseline) || input->baseline < 0))
		return error_set(error, ERROR_USAGE, "cli.number", "%s", chosen->baseline);
	return check_settings(chosen->method, context->today, error) &&
	       check_settings(chosen->target, context->today, error) &&
	       indicators_read_sei(context, chosen->sei, &input->high_value.sei, error) &&
	       read_cases(context, chosen->cases, input, error) &&
	       read_products(context, chosen->products, input, error) &&
	       read_regions(context, chosen->regions, input, error);
}

/* The indicators the given files can answer, in order. */
static bool is_wanted(const struct indicators_options *chosen, enum indicator_formula formula)
{
	if (formula >= FORMULA_DOUBLING)
		return chosen->regions != NULL;
	if (formula >= FORMULA_PRODUCTS)
		return chosen->products != NULL;
	return chosen->cases != NULL;
}

static bool compute(struct context *context, const struct indicators_options *chosen,
		    struct indicator_input *input, const char *id, struct indicator_result *result,
		    bool *is_wanted_out, struct error *error)
{
	struct str name = indicator_setting(chosen->method, id),
		   target = indicator_setting(chosen->target, id);
	const struct indicator_method *method = indicator_method_find(str_of(id), name,
								      context->today);
	double value;

	if (!method)
		return error_set(error, ERROR_USAGE, "cli.indicator_method", "%s=%.*s", id,
				 STR_ARGS(name));
	if (target.size && (!str_to_double(target, &value) || !isfinite(value) || value < 0))
		return error_set(error, ERROR_USAGE, "cli.indicator_setting", "%s=%.*s", id,
				 STR_ARGS(target));
	*is_wanted_out = is_wanted(chosen, method->formula);
	input->target = target.size ? &value : NULL;
	if (*is_wanted_out)
		indicator_compute(context->arena, method, input, result);
	input->target = NULL;
	return true;
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	static const char *const ids[] = { "T1", "T2", "T3", "T4", "T5", "T6" };
	enum { IDS = sizeof(ids) / sizeof(ids[0]) };
	const struct indicators_options *chosen = values;
	struct indicator_result *results = arena_array(context->arena, struct indicator_result,
						       IDS);
	struct indicator_input input;
	size_t count = 0;

	(void)arguments;
	(void)argument_count;
	if (chosen->list) {
		indicators_print_methods(context);
		return 0;
	}
	if (chosen->centre)
		return indicators_of_records(context, chosen, error) ? 0 : -1;
	if (!chosen->cases && !chosen->products && !chosen->regions) {
		error_set(error, ERROR_USAGE, "cli.too_few",
			  "indicators (--centre NAME | --cases FILE | --products FILE | --regions "
			  "FILE | "
			  "--list)");
		return -1;
	}
	if (!read_input(context, chosen, &input, error))
		return -1;
	for (size_t i = 0; i < IDS; i++) {
		bool is_wanted = false;

		if (!compute(context, chosen, &input, ids[i], &results[count], &is_wanted, error))
			return -1;
		count += is_wanted;
	}
	indicators_print(context, results, count);
	return 0;
}

const struct command indicators_command = {
	.name = "indicators",
	.arguments = "--centre NAME | --cases FILE [--products FILE] | --regions FILE | --list",
	.help = { "计算政策目标：年均增长、授权率、实施率、产品备案、每万人口拥有量",
		  "compute the policy's targets: growth, grant rate, use, product filings, per "
		  "10,000 inhabitants" },
	.options = options,
	.options_size = sizeof(struct indicators_options),
	.run = run,
	.examples = "yucheng indicators --cases cases.csv --products products.csv --as-of "
		    "2028-12-31 --from 2026-01-01\n"
		    "yucheng indicators --cases cases.csv --method T1=mean_yoy,T3=strict --json\n"
		    "yucheng indicators --centre 1 --as-of 2028-12-31 --trend --json\n"
		    "yucheng indicators --regions regions.csv --base-year 2025\n"
		    "yucheng indicators --list --lang en\n",
};
