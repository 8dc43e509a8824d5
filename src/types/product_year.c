/*
 * 专利产品年度更新: from 1 January to 31 March a filed product is confirmed with the figures of the year
 * before; what was not confirmed takes no part in the year's recognition (clause 2.6-b).
 */
#include "types/operation_internal.h"

#define FIGURES                                                                                    \
	{                                                                                          \
		"上一年度数据", "Figures of the year before"                                       \
	}
#define MONEY_FIELD(name_, zh_, en_)                                                               \
	{                                                                                          \
		.name = name_, .kind = FIELD_MONEY, .min = 0, .max = 100000000000000,              \
		.label = { zh_ "（元）", en_ " (yuan)" }, .section = FIGURES                       \
	}
#define PERCENT_FIELD(name_, zh_, en_)                                                             \
	{                                                                                          \
		.name = name_, .kind = FIELD_DECIMAL, .scale = 2, .min = 0, .max = 10000,          \
		.label = { zh_ "（%）", en_ " (%)" }, .section = FIGURES                           \
	}

static const struct field fields[] = {
	[PRODUCT_YEAR_PRODUCT] = { .name = "product_id",
				   .kind = FIELD_REF,
				   .ref = "product",
				   .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED |
					    FIELD_LISTED,
				   .label = { "专利产品", "Product" } },
	[PRODUCT_YEAR_YEAR] = { .name = "year",
				.kind = FIELD_INTEGER,
				.min = 2022,
				.max = 2100,
				.flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED |
					 FIELD_INDEXED,
				.label = { "更新年度", "Year of the confirmation" },
				.help = { "填报上一年度的经济数据",
					  "with the figures of the year before" } },
	[PRODUCT_YEAR_TITLE] = { .name = "title",
				 .max = 300,
				 .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_SEARCHED,
				 .label = { "名称", "Title" } },
	[PRODUCT_YEAR_OPENS_ON] = { .name = "opens_on",
				    .kind = FIELD_DATE,
				    .flags = FIELD_COMPUTED,
				    .label = { "更新起始日", "Opens on" } },
	[PRODUCT_YEAR_DUE_ON] = { .name = "due_on",
				  .kind = FIELD_DATE,
				  .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_INDEXED,
				  .label = { "更新截止日", "Due on" } },
	[PRODUCT_YEAR_IS_SOLD] = { .name = "is_sold",
				   .kind = FIELD_BOOL,
				   .label = { "产品仍在销售", "Still sold" },
				   .section = FIGURES },
	[PRODUCT_YEAR_DOMESTIC_SALES] = MONEY_FIELD("domestic_sales", "国内销售额",
						    "Domestic sales"),
	[PRODUCT_YEAR_EXPORT_SALES] = MONEY_FIELD("export_sales", "出口额", "Exports"),
	[PRODUCT_YEAR_PROFIT] = { .name = "profit",
				  .kind = FIELD_MONEY,
				  .label = { "利润（元）", "Profit (yuan)" },
				  .section = FIGURES,
				  .help = { "亏损填负数", "a loss is negative" } },
	[PRODUCT_YEAR_SHARE] = PERCENT_FIELD("revenue_share", "占本单位营业收入比重",
					     "Share of the unit's revenue"),
	[PRODUCT_YEAR_MARKET_SHARE] = PERCENT_FIELD("market_share", "市场占有率", "Market share"),
	[PRODUCT_YEAR_IP_COST] = MONEY_FIELD("ip_cost", "知识产权投入",
					     "Spent on intellectual property"),
	[PRODUCT_YEAR_RD_COST] = MONEY_FIELD("rd_cost", "研发投入", "Spent on R&D"),
	[PRODUCT_YEAR_TAKES_PART] = { .name = "takes_part",
				      .kind = FIELD_BOOL,
				      .flags = FIELD_LISTED,
				      .label = { "参与当年认定", "Takes part in recognition" } },
	[PRODUCT_YEAR_REMUNERATION] = { .name = "remuneration",
					.kind = FIELD_MONEY,
					.flags = FIELD_COMPUTED,
					.label = { "发明人报酬参考值（元）",
						   "Inventors' remuneration, at least (yuan)" },
					.section = FIGURES,
					.help = { "无约定时每年不低于营业利润的5%，连续3至5年",
						  "without an agreement 5 % of the profit, for 3 "
						  "to "
						  "5 years" } },
	[PRODUCT_YEAR_PROOF] = { .name = "proof",
				 .kind = FIELD_FILE,
				 .label = { "证明材料", "Proof" } },
	[PRODUCT_YEAR_CONFIRMED_ON] = { .name = "confirmed_on",
					.kind = FIELD_DATE,
					.flags = FIELD_LISTED,
					.label = { "更新日期", "Confirmed on" },
					.help = { "平台确认更新的日期", "on the platform" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == PRODUCT_YEAR_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "待填报", "To be filled in" } },
	{ "submitted", { "待确认", "To be confirmed" } },
	{ "confirmed", { "已更新", "Confirmed" } },
	{ "missed", { "逾期未更新", "Missed" } },
	{ NULL, { NULL, NULL } },
};

static bool has_figures(const struct record *sheet, struct record_store *store, struct error *error)
{
	(void)store;
	return REQUIRE(sheet, error, PRODUCT_YEAR_IS_SOLD, PRODUCT_YEAR_DOMESTIC_SALES,
		       PRODUCT_YEAR_EXPORT_SALES, PRODUCT_YEAR_PROFIT);
}

/* On a day from 1 January to 31 March of the year. */
static bool is_in_window(const struct record *sheet, struct record_store *store,
			 struct error *error)
{
	date day = record_date(sheet, PRODUCT_YEAR_CONFIRMED_ON);
	struct record *product;

	if (!has_figures(sheet, store, error) || !REQUIRE(sheet, error, PRODUCT_YEAR_CONFIRMED_ON))
		return false;
	if (!record_integer(sheet, PRODUCT_YEAR_IS_SOLD))
		return error_set_field(error, "is_sold", "types.off_market");
	if (day < record_date(sheet, PRODUCT_YEAR_OPENS_ON) ||
	    day > record_date(sheet, PRODUCT_YEAR_DUE_ON))
		return error_set_field(error, "confirmed_on", "types.outside_window");
	if (!types_load_own(sheet, PRODUCT_YEAR_PRODUCT, store, &product, error))
		return false;
	return product_has_live_patent(product, store, error) ||
	       (error->kind == ERROR_INVALID &&
		error_set_field(error, "product_id", "types.no_live_patent"));
}

/* The product has its day, and is up to date unless it is being recognised. */
static bool confirm_product(struct record *sheet, struct record_store *store, struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct record *product;

	if (!types_load_own(sheet, PRODUCT_YEAR_PRODUCT, store, &product, error))
		return false;
	if (record_date(product, PRODUCT_CONFIRMED_ON) <
	    record_date(sheet, PRODUCT_YEAR_CONFIRMED_ON))
		record_set_date(store, product, PRODUCT_CONFIRMED_ON,
				record_date(sheet, PRODUCT_YEAR_CONFIRMED_ON));
	if (name_is_listed(",passed,to_update,", str_of(product->state)))
		product->state = "updated";
	return record_save_for(store, product, "confirm", &errors, error);
}

static bool is_over(const struct record *sheet, struct record_store *store, struct error *error)
{
	return record_date(sheet, PRODUCT_YEAR_DUE_ON) < store->today ||
	       error_set_field(error, "due_on", "types.not_over");
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交", "Submit" },
	  .guard = has_figures,
	  .is_task = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回修改", "Send back" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "confirm",
	  .from = "submitted",
	  .to = "confirmed",
	  .label = { "确认更新", "Confirm" },
	  .guard = is_in_window,
	  .effect = confirm_product,
	  .is_task = true },
	{ .name = "miss",
	  .from = "draft",
	  .to = "missed",
	  .label = { "登记逾期", "Record as missed" },
	  .guard = is_over,
	  .wants_comment = true },
	{ .name = NULL },
};

#define FINANCE ROLE_BIT(ROLE_FINANCE)

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING | FINANCE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",confirmed,missed,",
	  .hides = ",remuneration," },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER | FINANCE,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,submitted," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "confirm", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING, .action = "miss", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

/* From 1 January on. */
static const struct reminder reminders[] = {
	{ .field = "due_on", .days_before = { 90, 30, 14, 1 }, .states = ",draft,submitted," },
	{ .field = NULL },
};

/* 5 % of a year's profit (促进科技成果转化法 art. 45), to the fen, rounded up; of a loss nothing. */
static void set_remuneration(struct record *sheet)
{
	int64_t profit = record_integer(sheet, PRODUCT_YEAR_PROFIT);

	if (profit > 0)
		record_set_integer(sheet, PRODUCT_YEAR_REMUNERATION, (profit + 19) / 20);
	else
		record_clear(sheet, PRODUCT_YEAR_REMUNERATION);
}

static bool before_save(struct record *sheet, struct record_store *store, struct error *error)
{
	int year = (int)record_integer(sheet, PRODUCT_YEAR_YEAR);
	struct record *product;

	if (!types_load_own(sheet, PRODUCT_YEAR_PRODUCT, store, &product, error))
		return false;
	set_remuneration(sheet);
	if (!product || year < 1)
		return true;
	record_set_text(store, sheet, PRODUCT_YEAR_TITLE,
			str_of(arena_printf(store->arena, "%d年度 %s", year,
					    record_text(product, PRODUCT_NAME))));
	record_set_date(store, sheet, PRODUCT_YEAR_OPENS_ON, date_of(year, 1, 1));
	record_set_date(store, sheet, PRODUCT_YEAR_DUE_ON, date_of(year, 3, 31));
	return true;
}

/* One sheet a product and year, for a product that had passed by then. */
static bool validate(const struct record *sheet, struct record_store *store, struct error *error)
{
	struct record **sheets, *product;
	size_t count;

	if (!types_not_future(sheet, PRODUCT_YEAR_CONFIRMED_ON, store, error) ||
	    !types_load_own(sheet, PRODUCT_YEAR_PRODUCT, store, &product, error) ||
	    !record_load_where(store, &product_year_type, PRODUCT_YEAR_PRODUCT,
			       &sheet->values[PRODUCT_YEAR_PRODUCT], &sheets, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (sheets[i]->id != sheet->id && record_integer(sheets[i], PRODUCT_YEAR_YEAR) ==
							  record_integer(sheet, PRODUCT_YEAR_YEAR))
			return error_set_field(error, "year", "types.year_twice");
	if (!record_is_set(product, PRODUCT_PASSED_ON) ||
	    date_year(record_date(product, PRODUCT_PASSED_ON)) >
		    record_integer(sheet, PRODUCT_YEAR_YEAR))
		return error_set_field(error, "product_id", "types.product_not_passed");
	return true;
}

const struct record_type product_year_type = {
	.name = "product_year",
	.clause = "2.6-b 2.6-e",
	.group = "operation",
	.label = { "专利产品年度更新", "Yearly confirmation of a product" },
	.fields = fields,
	.field_count = PRODUCT_YEAR_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
};
