/*
 * 绩效目标: the value a task book sets for an indicator, and the method it is measured by (clauses 1-d to
 * 1-g). Fixed once the book was submitted.
 */
#include "rule/indicator.h"
#include "types/types_internal.h"

static const struct choice indicators[] = {
	{ "T1", { "T1 关键技术领域发明专利申请量年均增长", "T1 growth of filings" } },
	{ "T2", { "T2 发明专利授权率", "T2 grant rate" } },
	{ "T3", { "T3 高价值发明专利实施率", "T3 use of high-value inventions" } },
	{ "T4", { "T4 专利产品备案", "T4 product filings" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice methods[] = {
	{ "cagr", { "T1 复合年均增长率", "T1 compound growth" } },
	{ "mean_yoy", { "T1 逐年增长率平均", "T1 mean of yearly rates" } },
	{ "vs_base_avg", { "T1 以前三年均值为基数", "T1 against a mean of three years" } },
	{ "concluded", { "T2 结案口径", "T2 of concluded cases" } },
	{ "decided", { "T2 授权与驳回口径", "T2 of grants and rejections" } },
	{ "cohort", { "T2 同批申请口径", "T2 of a cohort" } },
	{ "gross", { "T2 当期授权与申请之比", "T2 grants over filings" } },
	{ "broad", { "T3 广义实施", "T3 broad" } },
	{ "strict", { "T3 严格实施", "T3 strict" } },
	{ "industrialised", { "T3 产业化", "T3 product on the market" } },
	{ "products", { "T4 按不同产品", "T4 distinct products" } },
	{ "filings", { "T4 按备案件数", "T4 filings" } },
	{ NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[TARGET_BOOK] = { .name = "task_book_id",
			  .kind = FIELD_REF,
			  .ref = "task_book",
			  .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			  .label = { "项目任务书", "Task book" } },
	[TARGET_INDICATOR] = { .name = "indicator",
			       .kind = FIELD_CHOICE,
			       .choices = indicators,
			       .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED,
			       .label = { "指标", "Indicator" } },
	[TARGET_METHOD] = { .name = "method",
			    .kind = FIELD_CHOICE,
			    .choices = methods,
			    .flags = FIELD_LISTED,
			    .label = { "计算口径", "Method" },
			    .help = { "未填时用该指标的默认口径", "not set: the default one" } },
	[TARGET_VALUE] = { .name = "value",
			   .kind = FIELD_DECIMAL,
			   .scale = 2,
			   .min = 1,
			   .max = 1000000,
			   .flags = FIELD_REQUIRED | FIELD_LISTED,
			   .label = { "目标值", "Target" },
			   .help = { "T1 至 T3 填百分数（20 即 20%），T4 填件数",
				     "T1 to T3 in percent, T4 a number" } },
	[TARGET_IN_PERIOD] = { .name = "in_period",
			       .kind = FIELD_BOOL,
			       .label = { "仅计项目期内", "Of the term only" },
			       .help = { "T3：只计项目期内开始的实施",
					 "T3: uses that began in the term" } },
	[TARGET_WEIGHT] = { .name = "weight",
			    .kind = FIELD_INTEGER,
			    .min = 0,
			    .max = 100,
			    .flags = FIELD_LISTED,
			    .label = { "权重", "Weight" } },
	[TARGET_DUE_ON] = { .name = "due_on",
			    .kind = FIELD_DATE,
			    .flags = FIELD_LISTED | FIELD_INDEXED,
			    .label = { "达标期限", "Due on" },
			    .help = { "未填时为项目结束日期", "not set: the end of the term" } },
	[TARGET_EVIDENCE] = { .name = "evidence",
			      .kind = FIELD_LONG_TEXT,
			      .max = 2000,
			      .label = { "佐证材料", "Evidence" } },
	[TARGET_TITLE] = { .name = "title",
			   .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			   .label = { "目标", "Title" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == TARGET_FIELD_COUNT, "every field");

/* As its book: still being written, or handed in. */
static const struct choice states[] = {
	{ "draft", { "编制中", "Draft" } },
	{ "fixed", { "已确定", "Fixed" } },
	{ NULL, { NULL, NULL } },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE, .action = "read", .scope = SCOPE_BELOW, .states = ",fixed," },
	{ .roles = ROLES_LEADING, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = ROLES_LEADING,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = 0 },
};

double target_number(const struct record *target)
{
	double value = (double)record_integer(target, TARGET_VALUE) / 100;

	return types_choice_is(target, TARGET_INDICATOR, "T4") ? value : value / 100;
}

bool target_set_states(const struct record *book, const char *state, struct record_store *store,
		       struct error *error)
{
	const struct value id = { .integer = book->id };
	struct record **targets;
	size_t count;

	if (!record_load_where(store, &target_type, TARGET_BOOK, &id, &targets, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct field_errors errors = { .count = 0 };

		targets[i]->state = state;
		if (!record_save_for(store, targets[i], state, &errors, error))
			return false;
	}
	return true;
}

/* ---- Values. */
static bool before_save(struct record *target, struct record_store *store, struct error *error)
{
	struct str id = str_of(record_text(target, TARGET_INDICATOR));
	const struct choice *indicator = choice_find(indicators, id);
	const struct indicator_method *method;

	(void)error;
	if (!indicator)
		return true;
	record_set_text(store, target, TARGET_TITLE, str_of(indicator->label.zh));
	method = indicator_method_find(id, STR_EMPTY, store->today);
	if (method && !record_is_set(target, TARGET_METHOD))
		record_set_text(store, target, TARGET_METHOD, str_of(method->method));
	return true;
}

/* A book being written, which has no target for this indicator yet. */
static bool book_takes(const struct record *target, struct record_store *store, struct error *error)
{
	const struct value id = { .integer = record_integer(target, TARGET_BOOK) };
	struct record **targets, *book;
	size_t count;

	if (!types_load_own(target, TARGET_BOOK, store, &book, error) ||
	    !record_load_where(store, &target_type, TARGET_BOOK, &id, &targets, &count, error))
		return false;
	if (book && !target->id && strcmp(book->state, "draft") != 0)
		return error_set_field(error, "task_book_id", "types.book_is_fixed");
	for (size_t i = 0; i < count; i++)
		if (targets[i]->id != target->id &&
		    types_choice_is(targets[i], TARGET_INDICATOR,
				    record_text(target, TARGET_INDICATOR)))
			return error_set_field(error, "indicator", "types.target_twice");
	return true;
}

/* A share is at most 100 %; of products there are whole ones. */
static bool value_is_possible(const struct record *target)
{
	int64_t value = record_integer(target, TARGET_VALUE);

	if (types_choice_is(target, TARGET_INDICATOR, "T4"))
		return value % 100 == 0;
	return types_choice_is(target, TARGET_INDICATOR, "T1") || value <= 10000;
}

static bool validate(const struct record *target, struct record_store *store, struct error *error)
{
	if (!indicator_method_find(str_of(record_text(target, TARGET_INDICATOR)),
				   str_of(record_text(target, TARGET_METHOD)), store->today))
		return error_set_field(error, "method", "types.method_of_other");
	if (!value_is_possible(target))
		return error_set_field(error, "value", "types.target_value");
	return book_takes(target, store, error);
}

const struct record_type target_type = {
	.name = "target",
	.clause = "1-d 1-e 1-f 1-g",
	.group = "programme",
	.label = { "绩效目标", "Target" },
	.fields = fields,
	.field_count = TARGET_FIELD_COUNT,
	.states = states,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-updated_at",
	.validate = validate,
	.before_save = before_save,
};
