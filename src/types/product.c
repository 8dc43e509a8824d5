/*
 * 专利产品: filed with the national platform, passed, confirmed in the first quarter of each year, perhaps
 * recognised as patent-intensive (clauses 1-g, 2.6-e). Whether T4 counts it on a day is rule/indicator.h's.
 */
#include "types/operation_internal.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct choice relations[] = {
	{ "owner", { "专利权人", "Owner of the patents" } },
	{ "licensee", { "被许可人", "Licensee" } },
	{ "both", { "专利权人兼被许可人", "Owner and licensee" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice revoke_reasons[] = {
	{ "off_market", { "产品退出市场", "Left the market" } },
	{ "patents_ended", { "关联专利全部失效", "All its patents ended" } },
	{ "patents_transferred", { "关联专利全部转让", "All its patents were transferred" } },
	{ "other", { "其他", "Other" } },
	{ NULL, { NULL, NULL } },
};

#define PATENTS                                                                                    \
	{                                                                                          \
		"关联专利", "Patents"                                                              \
	}
#define FILING                                                                                     \
	{                                                                                          \
		"备案", "Filing"                                                                   \
	}
#define RECOGNITION                                                                                \
	{                                                                                          \
		"年度更新与认定", "Confirmation and recognition"                                   \
	}

static const struct field fields[] = {
	[PRODUCT_NAME] = { .name = "name",
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			   .label = { "产品名称", "Product" } },
	[PRODUCT_MODEL] = { .name = "model",
			    .max = 100,
			    .flags = FIELD_LISTED | FIELD_SEARCHED,
			    .label = { "规格型号", "Model" } },
	[PRODUCT_CATEGORY] = { .name = "category",
			       .max = 100,
			       .label = { "产品类别", "Category" },
			       .help = { "国民经济行业分类代码及名称",
					 "code and name of the industry" } },
	[PRODUCT_KEY_FIELD] = { .name = "key_field_id",
				.kind = FIELD_REF,
				.ref = "key_field",
				.flags = FIELD_INDEXED | FIELD_LISTED,
				.label = { "重点技术领域", "Key field" } },
	[PRODUCT_INTRODUCTION] = { .name = "introduction",
				   .kind = FIELD_LONG_TEXT,
				   .max = 4000,
				   .label = { "产品简介", "Introduction" } },
	[PRODUCT_PICTURE] = { .name = "picture",
			      .kind = FIELD_FILE,
			      .label = { "产品图片", "Picture" } },
	[PRODUCT_SOLD_FROM] = { .name = "sold_from",
				.kind = FIELD_DATE,
				.flags = FIELD_LISTED,
				.label = { "首次销售日期", "First sale on" } },
	[PRODUCT_SOLD_UNTIL] = { .name = "sold_until",
				 .kind = FIELD_DATE,
				 .label = { "停售日期", "Sold until" } },
	[PRODUCT_RELATION] = { .name = "relation",
			       .kind = FIELD_CHOICE,
			       .choices = relations,
			       .flags = FIELD_REQUIRED | FIELD_LISTED,
			       .label = { "备案主体身份", "The centre is" },
			       .section = PATENTS },
	[PRODUCT_CASES] = { .name = "cases",
			    .kind = FIELD_REFS,
			    .ref = "patent_case",
			    .flags = FIELD_LISTED,
			    .label = { "自有专利", "Own patents" },
			    .section = PATENTS },
	[PRODUCT_CORE_CASES] = { .name = "core_cases",
				 .kind = FIELD_REFS,
				 .ref = "patent_case",
				 .label = { "其中核心专利", "Core patents among them" },
				 .section = PATENTS },
	[PRODUCT_LICENSED] = { .name = "licensed_patents",
			       .kind = FIELD_LONG_TEXT,
			       .max = 2000,
			       .label = { "被许可专利号", "Patents licensed in" },
			       .section = PATENTS,
			       .help = { "以被许可人身份备案的必填", "required of a licensee" } },
	[PRODUCT_LICENCE] = { .name = "licence",
			      .kind = FIELD_FILE,
			      .label = { "许可合同", "Licence" },
			      .section = PATENTS },
	[PRODUCT_CLAIM_MAP] = { .name = "claim_map",
				.kind = FIELD_LONG_TEXT,
				.label = { "权利要求与产品对应关系",
					   "Claims and parts of the product" },
				.section = PATENTS,
				.help = { "逐件写明独立权利要求特征对应的产品部件",
					  "feature by feature of each independent claim" } },
	[PRODUCT_PROOF] = { .name = "proof",
			    .kind = FIELD_FILE,
			    .label = { "证明材料", "Proof" },
			    .section = FILING },
	[PRODUCT_FILING] = { .name = "filing",
			     .max = 60,
			     .flags = FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			     .label = { "备案号", "Number of the filing" },
			     .section = FILING },
	[PRODUCT_SUBMITTED_ON] = { .name = "submitted_on",
				   .kind = FIELD_DATE,
				   .label = { "提交备案日期", "Submitted on" },
				   .section = FILING },
	[PRODUCT_PASSED_ON] = { .name = "passed_on",
				.kind = FIELD_DATE,
				.flags = FIELD_LISTED | FIELD_INDEXED,
				.label = { "备案通过日期", "Passed on" },
				.section = FILING },
	[PRODUCT_CERTIFICATE] = { .name = "certificate",
				  .kind = FIELD_FILE,
				  .label = { "备案证明", "Certificate" },
				  .section = FILING },
	[PRODUCT_CONFIRMED_ON] = { .name = "confirmed_on",
				   .kind = FIELD_DATE,
				   .flags = FIELD_COMPUTED | FIELD_LISTED,
				   .label = { "最近更新日期", "Last confirmed on" },
				   .section = RECOGNITION },
	[PRODUCT_CONFIRM_UNTIL] = { .name = "confirm_until",
				    .kind = FIELD_DATE,
				    .flags = FIELD_COMPUTED | FIELD_INDEXED,
				    .label = { "下次更新截止日", "To be confirmed by" },
				    .section = RECOGNITION,
				    .help = { "每年1月1日至3月31日更新",
					      "each year from 1 January to 31 March" } },
	[PRODUCT_RECOGNISED_ON] = { .name = "recognised_on",
				    .kind = FIELD_DATE,
				    .label = { "认定日期", "Recognised on" },
				    .section = RECOGNITION },
	[PRODUCT_RECOGNITION_YEAR] = { .name = "recognition_year",
				       .kind = FIELD_INTEGER,
				       .min = 2023,
				       .max = 2100,
				       .label = { "认定批次（年）", "Round of recognition" },
				       .section = RECOGNITION },
	[PRODUCT_REVOKED_ON] = { .name = "revoked_on",
				 .kind = FIELD_DATE,
				 .label = { "撤销日期", "Revoked on" },
				 .section = RECOGNITION },
	[PRODUCT_REVOKE_REASON] = { .name = "revoke_reason",
				    .kind = FIELD_CHOICE,
				    .choices = revoke_reasons,
				    .label = { "撤销原因", "Reason" },
				    .section = RECOGNITION },
};
_Static_assert(COUNT(fields) == PRODUCT_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },
	{ "proposed", { "待内部审批", "To be approved" } },
	{ "submitted", { "已提交", "Submitted" } },
	{ "reviewing", { "审核中", "Under review" } },
	{ "returned", { "退回补正", "Returned for correction" } },
	{ "passed", { "备案通过", "Passed" } },
	{ "to_update", { "待更新", "To be confirmed" } },
	{ "updated", { "已更新", "Confirmed" } },
	{ "participating", { "参与认定", "Takes part in recognition" } },
	{ "patent_review", { "专利性评价", "Patents are evaluated" } },
	{ "industry_review", { "产业性评价", "Industry is evaluated" } },
	{ "publicity", { "公示", "Publicity" } },
	{ "recognised", { "已认定", "Recognised" } },
	{ "revoked", { "已撤销", "Revoked" } },
	{ NULL, { NULL, NULL } },
};

/* ---- Its patents. */
static bool is_licensee(const struct record *product)
{
	return !types_choice_is(product, PRODUCT_RELATION, "owner");
}

/* Whoever files is owner or licensee of at least one patent of the product. */
static bool has_patents(const struct record *product, struct error *error)
{
	if (!types_choice_is(product, PRODUCT_RELATION, "licensee") &&
	    !REQUIRE(product, error, PRODUCT_CASES))
		return false;
	return !is_licensee(product) || REQUIRE(product, error, PRODUCT_LICENSED, PRODUCT_LICENCE);
}

/* At least one patent is a right in force; of those licensed in only the numbers are known. */
bool product_has_live_patent(const struct record *product, struct record_store *store,
			     struct error *error)
{
	struct record **cases;
	size_t count;

	if (!types_load_cases(product, PRODUCT_CASES, store, &cases, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (types_is_right(cases[i]))
			return true;
	return is_licensee(product) || error_set_field(error, "cases", "types.no_live_patent");
}

/* ---- Steps. */
static bool is_complete(const struct record *product, struct record_store *store,
			struct error *error)
{
	return REQUIRE(product, error, PRODUCT_CATEGORY, PRODUCT_INTRODUCTION) &&
	       has_patents(product, error) && product_has_live_patent(product, store, error);
}

static bool set_submitted(struct record *product, struct record_store *store, struct error *error)
{
	(void)error;
	if (!record_is_set(product, PRODUCT_SUBMITTED_ON))
		record_set_date(store, product, PRODUCT_SUBMITTED_ON, store->today);
	return true;
}

static bool has_passed(const struct record *product, struct record_store *store,
		       struct error *error)
{
	return REQUIRE(product, error, PRODUCT_FILING, PRODUCT_PASSED_ON) &&
	       has_patents(product, error) && product_has_live_patent(product, store, error);
}

/* Passed this year or confirmed this year: the others are left out of the year's round. */
static bool may_take_part(const struct record *product, struct record_store *store,
			  struct error *error)
{
	int year = date_year(store->today);
	date passed = record_date(product, PRODUCT_PASSED_ON);
	date confirmed = record_date(product, PRODUCT_CONFIRMED_ON);

	if ((passed == DATE_NONE || date_year(passed) != year) &&
	    (confirmed == DATE_NONE || date_year(confirmed) != year))
		return error_set_field(error, "confirmed_on", "types.not_confirmed");
	return product_has_live_patent(product, store, error);
}

static bool is_recognised(const struct record *product, struct record_store *store,
			  struct error *error)
{
	(void)store;
	return REQUIRE(product, error, PRODUCT_RECOGNISED_ON, PRODUCT_RECOGNITION_YEAR);
}

static bool is_revoked(const struct record *product, struct record_store *store,
		       struct error *error)
{
	(void)store;
	return REQUIRE(product, error, PRODUCT_REVOKED_ON, PRODUCT_REVOKE_REASON);
}

#define STEP(name_, from_, to_, zh_, en_, ...)                                                     \
	{                                                                                          \
		.name = name_, .from = from_, .to = to_, .label = { zh_, en_ }, __VA_ARGS__        \
	}
#define REVOKE(from_)                                                                              \
	STEP("revoke", from_, "revoked", "撤销备案", "Revoke", .guard = is_revoked,                \
	     .wants_comment = true)
#define REFUSE(from_)                                                                              \
	STEP("not_recognise", from_, "updated", "未获认定", "Not recognised", .wants_comment = true)

static const struct transition transitions[] = {
	STEP("propose", "draft", "proposed", "提交审批", "Propose", .guard = is_complete),
	STEP("send_back", "proposed", "draft", "退回修改", "Send back", .wants_comment = true,
	     .is_task = true),
	STEP("submit", "proposed", "submitted", "批准并提交平台", "Approve and submit",
	     .guard = is_complete, .effect = set_submitted, .is_task = true),
	STEP("review", "submitted", "reviewing", "平台受理审核", "Review begins", .guard = NULL),
	STEP("return", "submitted", "returned", "平台退回补正", "Returned", .wants_comment = true),
	STEP("return", "reviewing", "returned", "平台退回补正", "Returned", .wants_comment = true),
	STEP("resubmit", "returned", "submitted", "补正后提交", "Submit again",
	     .guard = is_complete, .is_task = true),
	STEP("pass", "reviewing", "passed", "登记备案通过", "Passed", .guard = has_passed,
	     .is_task = true),
	STEP("call_update", "passed", "to_update", "进入年度更新", "To be confirmed",
	     .guard = NULL),
	STEP("call_update", "updated", "to_update", "进入年度更新", "To be confirmed",
	     .guard = NULL),
	STEP("call_update", "recognised", "to_update", "进入年度更新", "To be confirmed",
	     .guard = NULL),
	STEP("take_part", "passed", "participating", "参与认定", "Take part",
	     .guard = may_take_part),
	STEP("take_part", "updated", "participating", "参与认定", "Take part",
	     .guard = may_take_part),
	STEP("review_patents", "participating", "patent_review", "进入专利性评价",
	     "Evaluation of the patents", .guard = NULL),
	STEP("review_industry", "patent_review", "industry_review", "进入产业性评价",
	     "Evaluation of the industry", .guard = NULL),
	STEP("publish", "industry_review", "publicity", "进入公示", "Publicity", .guard = NULL),
	STEP("recognise", "publicity", "recognised", "登记认定", "Recognised",
	     .guard = is_recognised, .is_task = true),
	REFUSE("participating"),
	REFUSE("patent_review"),
	REFUSE("industry_review"),
	REFUSE("publicity"),
	REVOKE("passed"),
	REVOKE("to_update"),
	REVOKE("updated"),
	REVOKE("participating"),
	REVOKE("recognised"),
	{ .name = NULL },
};

#define PASSED                                                                                     \
	",passed,to_update,updated,participating,patent_review,industry_review,publicity,"         \
	"recognised,revoked,"

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",submitted,reviewing,returned" PASSED },
	{ .roles = MANAGER | RESEARCHER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "update", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,submitted,reviewing,returned,passed,to_update,updated,participating,"
		    "patent_review,industry_review,publicity,recognised," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = MANAGER, .action = "propose", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "send_back", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "review", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "resubmit", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "pass", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "call_update", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING, .action = "take_part", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "review_patents", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "review_industry", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "publish", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "recognise", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "not_recognise", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "revoke", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

/* From 1 January on, ninety days before the end of March. */
static const struct reminder reminders[] = {
	{ .field = "confirm_until",
	  .days_before = { 90, 30, 14, 1 },
	  .states = ",passed,to_update,updated,recognised," },
	{ .field = NULL },
};

/* The next 31 March behind the last confirmation; before the first one, behind the year of passing. */
static date confirm_until(const struct record *product)
{
	date last = record_date(product, PRODUCT_CONFIRMED_ON);

	if (last == DATE_NONE)
		last = record_date(product, PRODUCT_PASSED_ON);
	return last == DATE_NONE ? DATE_NONE : date_of(date_year(last) + 1, 3, 31);
}

static bool before_save(struct record *product, struct record_store *store, struct error *error)
{
	date until = confirm_until(product);

	(void)error;
	if (until == DATE_NONE || record_is_set(product, PRODUCT_REVOKED_ON))
		record_clear(product, PRODUCT_CONFIRM_UNTIL);
	else
		record_set_date(store, product, PRODUCT_CONFIRM_UNTIL, until);
	return true;
}

static bool validate(const struct record *product, struct record_store *store, struct error *error)
{
	static const size_t days[] = { PRODUCT_SOLD_FROM, PRODUCT_SUBMITTED_ON, PRODUCT_PASSED_ON,
				       PRODUCT_RECOGNISED_ON, PRODUCT_REVOKED_ON };
	static const size_t orders[][2] = { { PRODUCT_SOLD_FROM, PRODUCT_SOLD_UNTIL },
					    { PRODUCT_SUBMITTED_ON, PRODUCT_PASSED_ON },
					    { PRODUCT_PASSED_ON, PRODUCT_RECOGNISED_ON },
					    { PRODUCT_PASSED_ON, PRODUCT_REVOKED_ON } };
	struct record **cases, *row;
	size_t count;

	for (size_t i = 0; i < COUNT(days); i++)
		if (!types_not_future(product, days[i], store, error))
			return false;
	for (size_t i = 0; i < COUNT(orders); i++)
		if (!types_in_order(product, orders[i][0], orders[i][1], error))
			return false;
	if (!types_load_cases(product, PRODUCT_CASES, store, &cases, &count, error) ||
	    !types_load_own(product, PRODUCT_KEY_FIELD, store, &row, error))
		return false;
	return types_is_subset(product, PRODUCT_CORE_CASES, PRODUCT_CASES) ||
	       error_set_field(error, "core_cases", "types.core_not_linked");
}

const struct record_type product_type = {
	.name = "product",
	.clause = "1-g 2.6-e",
	.group = "operation",
	.label = { "专利产品", "Patent product" },
	.fields = fields,
	.field_count = PRODUCT_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "name",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
};
