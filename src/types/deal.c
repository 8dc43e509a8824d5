/*
 * 专利运营: assignment, licence, open licence, pledge, contribution, securitisation, insurance, auction
 * (clause 2.6-d). What the law asks of each stands in deal_law.c.
 */
#include "types/operation_internal.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct choice kinds[] = {
	{ "assignment", { "转让", "Assignment" } },
	{ "licence", { "许可", "Licence" } },
	{ "open_licence", { "开放许可", "Open licence" } },
	{ "pledge", { "质押融资", "Pledge" } },
	{ "contribution", { "作价入股", "Contribution to capital" } },
	{ "securitisation", { "证券化", "Securitisation" } },
	{ "insurance", { "专利保险", "Insurance" } },
	{ "auction", { "拍卖挂牌", "Auction or listing" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice party_kinds[] = {
	{ "enterprise", { "企业", "Enterprise" } },
	{ "institute", { "高校院所", "University or institute" } },
	{ "bank", { "银行", "Bank" } },
	{ "guarantor", { "担保或小贷机构", "Guarantee or small-loan company" } },
	{ "insurer", { "保险公司", "Insurer" } },
	{ "person", { "个人", "Person" } },
	{ "other", { "其他", "Other" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice pricings[] = {
	{ "agreement", { "协议定价", "Agreement" } },
	{ "listing", { "挂牌交易", "Listing" } },
	{ "auction", { "拍卖", "Auction" } },
	{ "appraisal", { "评估定价", "Appraisal" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice licence_kinds[] = {
	{ "exclusive", { "独占许可", "Exclusive" } }, { "sole", { "排他许可", "Sole" } },
	{ "ordinary", { "普通许可", "Ordinary" } },   { "sub", { "分许可", "Sub-licence" } },
	{ "cross", { "交叉许可", "Cross-licence" } }, { NULL, { NULL, NULL } },
};

static const struct choice fee_kinds[] = {
	{ "lump", { "一次总付", "Lump sum" } },
	{ "royalty", { "提成", "Royalty" } },
	{ "entry_royalty", { "入门费加提成", "Entry fee and royalty" } },
	{ "free", { "免费", "Free" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice royalty_bases[] = {
	{ "sales", { "净销售额", "Net sales" } },
	{ "profit", { "利润", "Profit" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice end_reasons[] = {
	{ "expired", { "期限届满", "Its term is over" } },
	{ "terminated", { "提前解除", "Ended before its time" } },
	{ "withdrawn", { "撤回声明", "Statement withdrawn" } },
	{ "released", { "债务清偿，质押注销", "Debt paid, pledge cancelled" } },
	{ "void", { "无效或被撤销", "Void" } },
	{ NULL, { NULL, NULL } },
};

enum { PERCENT_MAX = 10000 };
#define MONEY_MAX 100000000000000

#define LICENCE                                                                                    \
	{                                                                                          \
		"许可条件", "Licence"                                                              \
	}
#define FINANCING                                                                                  \
	{                                                                                          \
		"融资、入股与交易场所", "Finance, shares, venue"                                   \
	}
#define CONSENTS                                                                                   \
	{                                                                                          \
		"同意与登记", "Consents and registration"                                          \
	}
#define INCOME                                                                                     \
	{                                                                                          \
		"收入与奖酬", "Income and reward"                                                  \
	}

static const struct field fields[] = {
	[DEAL_TITLE] = { .name = "title",
			 .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "项目名称", "Title" } },
	[DEAL_KIND] = { .name = "kind",
			.kind = FIELD_CHOICE,
			.choices = kinds,
			.flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED | FIELD_INDEXED,
			.label = { "运营方式", "Kind" } },
	[DEAL_CASES] = { .name = "cases",
			 .kind = FIELD_REFS,
			 .ref = "patent_case",
			 .flags = FIELD_REQUIRED | FIELD_LISTED,
			 .label = { "涉及专利", "Patents" } },
	[DEAL_PARTY] = { .name = "party",
			 .flags = FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "相对方", "Other party" },
			 .help = { "受让人、被许可人、质权人、被投资企业、保险公司等；本单位为另一"
				   "方",
				   "assignee, licensee, pledgee, company, insurer" } },
	[DEAL_PARTY_KIND] = { .name = "party_kind",
			      .kind = FIELD_CHOICE,
			      .choices = party_kinds,
			      .label = { "相对方类型", "Kind of party" } },
	[DEAL_IS_FOREIGN] = { .name = "is_foreign",
			      .kind = FIELD_BOOL,
			      .label = { "相对方为境外主体", "A foreign party" } },
	[DEAL_EXPORT_PERMIT] = { .name = "export_permit",
				 .max = 100,
				 .label = { "技术出口许可证（登记）号",
					    "Number of the export permit" },
				 .help = { "向境外转让、许可或者出资的必填",
					   "required of a deal with a foreign party" } },
	[DEAL_CONTRACT_ON] = { .name = "contract_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_LISTED,
			       .label = { "合同签订日期", "Contract of" } },
	[DEAL_CONTRACT] = { .name = "contract",
			    .kind = FIELD_FILE,
			    .label = { "合同文本", "Contract" } },
	[DEAL_STARTS_ON] = { .name = "starts_on",
			     .kind = FIELD_DATE,
			     .flags = FIELD_LISTED | FIELD_INDEXED,
			     .label = { "生效日期", "In effect from" },
			     .help = { "转让、质押、入股以登记日为准，开放许可以公告日为准",
				       "of those that are registered or announced: that day" } },
	[DEAL_ENDS_ON] = { .name = "ends_on",
			   .kind = FIELD_DATE,
			   .flags = FIELD_LISTED | FIELD_INDEXED,
			   .label = { "届满日期", "Until" },
			   .help = { "许可、开放许可、保险的期限或者债务履行期限",
				     "end of the licence, policy or debt" } },
	[DEAL_AMOUNT] = { .name = "amount",
			  .kind = FIELD_MONEY,
			  .min = 0,
			  .max = MONEY_MAX,
			  .flags = FIELD_LISTED,
			  .label = { "合同金额（元）", "Amount (yuan)" },
			  .help = { "转让价款、许可费总额、质押融资金额、发行规模、保险金额等",
				    "price, fees, loan, issue, sum insured" } },
	[DEAL_PRICING] = { .name = "pricing",
			   .kind = FIELD_CHOICE,
			   .choices = pricings,
			   .label = { "定价方式", "Pricing" } },
	[DEAL_LICENCE_KIND] = { .name = "licence_kind",
				.kind = FIELD_CHOICE,
				.choices = licence_kinds,
				.flags = FIELD_LISTED,
				.label = { "许可类型", "Kind of licence" },
				.section = LICENCE },
	[DEAL_TERRITORY] = { .name = "territory",
			     .label = { "许可地域", "Territory" },
			     .section = LICENCE },
	[DEAL_FEE_KIND] = { .name = "fee_kind",
			    .kind = FIELD_CHOICE,
			    .choices = fee_kinds,
			    .label = { "许可费支付方式", "Kind of fee" },
			    .section = LICENCE },
	[DEAL_FIXED_FEE] = { .name = "fixed_fee",
			     .kind = FIELD_MONEY,
			     .min = 0,
			     .max = MONEY_MAX,
			     .label = { "固定费用（元）", "Fixed fee (yuan)" },
			     .section = LICENCE,
			     .help = { "开放许可一般不超过2000万元",
				       "of an open licence at most 20 million" } },
	[DEAL_ROYALTY_BASE] = { .name = "royalty_base",
				.kind = FIELD_CHOICE,
				.choices = royalty_bases,
				.label = { "提成基数", "Royalty on" },
				.section = LICENCE },
	[DEAL_ROYALTY_RATE] = { .name = "royalty_rate",
				.kind = FIELD_DECIMAL,
				.scale = 2,
				.min = 0,
				.max = PERCENT_MAX,
				.label = { "提成比例（%）", "Royalty (%)" },
				.section = LICENCE,
				.help = { "开放许可一般不超过净销售额的20%或者利润的40%",
					  "of an open licence at most 20 % of net sales or 40 % "
					  "of the profit" } },
	[DEAL_FEE_TEXT] = { .name = "fee_text",
			    .kind = FIELD_LONG_TEXT,
			    .max = 2000,
			    .label = { "许可使用费支付方式、标准", "Terms of payment" },
			    .section = LICENCE,
			    .help = { "开放许可声明必填，不超过2000字",
				      "required of an open licence" } },
	[DEAL_REPORT] = { .name = "evaluation_report",
			  .kind = FIELD_FILE,
			  .label = { "专利权评价报告", "Evaluation report" },
			  .section = LICENCE,
			  .help = { "实用新型、外观设计实行开放许可的必填",
				    "required of an open licence of a utility model or design" } },
	[DEAL_ON_MARKET] = { .name = "on_market",
			     .kind = FIELD_BOOL,
			     .label = { "相对方已销售专利产品", "The other party sells a product" },
			     .section = LICENCE },
	[DEAL_DEBT] = { .name = "debt",
			.kind = FIELD_MONEY,
			.min = 0,
			.max = MONEY_MAX,
			.label = { "担保债权金额（元）", "Debt secured (yuan)" },
			.section = FINANCING },
	[DEAL_SUBSIDY] = { .name = "subsidy",
			   .kind = FIELD_MONEY,
			   .min = 0,
			   .max = MONEY_MAX,
			   .label = { "贴息补助（元）", "Interest subsidy (yuan)" },
			   .section = FINANCING },
	[DEAL_SHARE] = { .name = "share",
			 .kind = FIELD_DECIMAL,
			 .scale = 2,
			 .min = 1,
			 .max = PERCENT_MAX,
			 .label = { "持股比例（%）", "Share in the company (%)" },
			 .section = FINANCING },
	[DEAL_APPRAISED_VALUE] = { .name = "appraised_value",
				   .kind = FIELD_MONEY,
				   .min = 1,
				   .max = MONEY_MAX,
				   .label = { "评估价值（元）", "Appraised value (yuan)" },
				   .section = FINANCING },
	[DEAL_APPRAISED_ON] = { .name = "appraised_on",
				.kind = FIELD_DATE,
				.label = { "评估基准日", "Appraised as of" },
				.section = FINANCING },
	[DEAL_APPRAISAL] = { .name = "appraisal",
			     .kind = FIELD_FILE,
			     .label = { "资产评估报告", "Appraisal" },
			     .section = FINANCING },
	[DEAL_INVENTOR_SHARE] = { .name = "inventor_share",
				  .kind = FIELD_DECIMAL,
				  .scale = 2,
				  .min = 0,
				  .max = PERCENT_MAX,
				  .label = { "奖励发明人股权比例（%）",
					     "Share given to the inventors (%)" },
				  .section = FINANCING },
	[DEAL_INSTRUMENT] = { .name = "instrument",
			      .max = 100,
			      .label = { "证券化产品或者保单号",
					 "Product or number of the policy" },
			      .section = FINANCING },
	[DEAL_COUPON] = { .name = "coupon",
			  .kind = FIELD_DECIMAL,
			  .scale = 2,
			  .min = 0,
			  .max = PERCENT_MAX,
			  .label = { "利率（%）", "Rate of interest (%)" },
			  .section = FINANCING },
	[DEAL_VENUE] = { .name = "venue", .label = { "交易场所", "Venue" }, .section = FINANCING },
	[DEAL_CONSENT] = { .name = "consent",
			   .kind = FIELD_FILE,
			   .label = { "共有人同意书", "Consent of the co-owners" },
			   .section = CONSENTS,
			   .help = { "共有专利除普通许可外须经全体共有人同意，另有约定的从其约定",
				     "of all, but for an ordinary licence or where they agreed "
				     "otherwise" } },
	[DEAL_PLEDGEE_CONSENT] = { .name = "pledgee_consent",
				   .kind = FIELD_FILE,
				   .label = { "质权人同意书", "Consent of the pledgee" },
				   .section = CONSENTS },
	[DEAL_REGISTERED_ON] = { .name = "registered_on",
				 .kind = FIELD_DATE,
				 .flags = FIELD_LISTED,
				 .label = { "登记（备案）日期", "Registered on" },
				 .section = CONSENTS },
	[DEAL_REGISTRATION_NUMBER] = { .name = "registration_number",
				       .max = 100,
				       .flags = FIELD_SEARCHED,
				       .label = { "登记（备案、声明）号",
						  "Number of the registration" },
				       .section = CONSENTS },
	[DEAL_PUBLISHED_ON] = { .name = "published_on",
				.kind = FIELD_DATE,
				.label = { "公告日期", "Announced on" },
				.section = CONSENTS },
	[DEAL_RECORD_DUE_ON] = { .name = "record_due_on",
				 .kind = FIELD_DATE,
				 .flags = FIELD_COMPUTED | FIELD_INDEXED,
				 .label = { "许可备案截止日", "To be recorded by" },
				 .section = CONSENTS,
				 .help = { "许可合同生效之日起三个月内备案",
					   "within three months of its effect" } },
	[DEAL_ENDED_ON] = { .name = "ended_on",
			    .kind = FIELD_DATE,
			    .label = { "终止日期", "Ended on" },
			    .section = CONSENTS },
	[DEAL_END_REASON] = { .name = "end_reason",
			      .kind = FIELD_CHOICE,
			      .choices = end_reasons,
			      .label = { "终止原因", "Reason of the end" },
			      .section = CONSENTS },
	[DEAL_COSTS] = { .name = "costs",
			 .kind = FIELD_MONEY,
			 .min = 0,
			 .max = MONEY_MAX,
			 .label = { "交易成本（元）", "Costs (yuan)" },
			 .section = INCOME,
			 .help = { "税费、评估费、佣金等，计算净收入时扣除",
				   "taxes, appraisal, commission: taken off the income" } },
	[DEAL_RECEIVED] = { .name = "received",
			    .kind = FIELD_MONEY,
			    .flags = FIELD_COMPUTED | FIELD_LISTED,
			    .label = { "累计到账（元）", "Received (yuan)" },
			    .section = INCOME },
	[DEAL_BY_YEAR] = { .name = "received_by_year",
			   .kind = FIELD_LONG_TEXT,
			   .flags = FIELD_COMPUTED,
			   .label = { "分年到账（元）", "Received by year (yuan)" },
			   .section = INCOME },
	[DEAL_REWARD] = { .name = "reward",
			  .kind = FIELD_MONEY,
			  .flags = FIELD_COMPUTED,
			  .label = { "发明人奖酬参考值（元）",
				     "Inventors' reward, at least (yuan)" },
			  .section = INCOME,
			  .help = { "无约定时不低于转让、许可净收入的50%",
				    "without an agreement half of the net income" } },
	[DEAL_REWARD_SHARE] = { .name = "reward_share",
				.kind = FIELD_DECIMAL,
				.scale = 2,
				.flags = FIELD_COMPUTED,
				.label = { "发明人股权参考值（%）",
					   "Inventors' shares, at least (%)" },
				.section = INCOME,
				.help = { "无约定时不低于作价入股股份的50%",
					  "without an agreement half of the shares" } },
};
_Static_assert(COUNT(fields) == DEAL_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },
	{ "submitted", { "待审批", "To be approved" } },
	{ "approved", { "已批准", "Approved" } },
	{ "effective", { "已生效", "In effect" } },
	{ "ended", { "已终止", "Ended" } },
	{ "cancelled", { "已取消", "Cancelled" } },
	{ NULL, { NULL, NULL } },
};

static bool has_ended(const struct record *deal, struct record_store *store, struct error *error)
{
	(void)store;
	return REQUIRE(deal, error, DEAL_ENDED_ON, DEAL_END_REASON);
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交审批", "Submit" },
	  .guard = deal_is_lawful },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回修改", "Send back" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "approve",
	  .from = "submitted",
	  .to = "approved",
	  .label = { "批准", "Approve" },
	  .guard = deal_is_lawful,
	  .is_task = true },
	{ .name = "take_effect",
	  .from = "approved",
	  .to = "effective",
	  .label = { "登记生效", "Record as in effect" },
	  .guard = deal_may_take_effect,
	  .effect = deal_take_effect,
	  .is_task = true },
	{ .name = "end",
	  .from = "effective",
	  .to = "ended",
	  .label = { "登记终止", "Record as ended" },
	  .guard = has_ended,
	  .effect = deal_end },
	{ .name = "cancel",
	  .from = "submitted",
	  .to = "cancelled",
	  .label = { "取消", "Cancel" },
	  .wants_comment = true },
	{ .name = "cancel",
	  .from = "approved",
	  .to = "cancelled",
	  .label = { "取消", "Cancel" },
	  .wants_comment = true },
	{ .name = NULL },
};

#define FINANCE ROLE_BIT(ROLE_FINANCE)
/* Bureaus and inspectors see that there is a deal and its amount, not what it is worth to the parties. */
#define TERMS                                                                                      \
	",contract,fixed_fee,royalty_base,royalty_rate,fee_text,debt,appraised_value,appraisal,"   \
	"inventor_share,coupon,costs,received,received_by_year,reward,reward_share,"

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING | FINANCE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",effective,ended,",
	  .hides = TERMS },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,approved,effective," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "approve", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "take_effect", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "end", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "cancel", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "record_due_on", .days_before = { 30, 14, 7, 1 }, .states = ",effective," },
	{ .field = "ends_on", .days_before = { 90, 30, 7, 1 }, .states = ",effective," },
	{ .field = NULL },
};

/* ---- Computed. */
static bool brings_income(const struct record *deal)
{
	return name_is_listed(",assignment,licence,open_licence,auction,",
			      str_of(record_text(deal, DEAL_KIND)));
}

/* Half of the net income, or of the shares (促进科技成果转化法 art. 45), to the fen, rounded up. */
static void set_reward(struct record *deal)
{
	int64_t net = record_integer(deal, DEAL_RECEIVED) - record_integer(deal, DEAL_COSTS);

	record_clear(deal, DEAL_REWARD);
	record_clear(deal, DEAL_REWARD_SHARE);
	if (brings_income(deal) && net > 0)
		record_set_integer(deal, DEAL_REWARD, (net + 1) / 2);
	if (types_choice_is(deal, DEAL_KIND, "contribution") && record_is_set(deal, DEAL_SHARE))
		record_set_integer(deal, DEAL_REWARD_SHARE,
				   (record_integer(deal, DEAL_SHARE) + 1) / 2);
}

static bool before_save(struct record *deal, struct record_store *store, struct error *error)
{
	date from = record_date(deal, DEAL_STARTS_ON);

	(void)error;
	set_reward(deal);
	record_clear(deal, DEAL_RECORD_DUE_ON);
	if (types_choice_is(deal, DEAL_KIND, "licence") && from != DATE_NONE &&
	    !record_is_set(deal, DEAL_REGISTERED_ON))
		record_set_date(store, deal, DEAL_RECORD_DUE_ON, date_add_months(from, 3));
	return true;
}

static int64_t sum_of_year(struct record *const *incomes, size_t count, int year)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		if (date_year(record_date(incomes[i], INCOME_RECEIVED_ON)) == year)
			sum += record_integer(incomes[i], INCOME_AMOUNT);
	return sum;
}

/* "2025：300.00；2026：1250.50" */
static void set_received(struct record *deal, struct record_store *store,
			 struct record *const *incomes, size_t count)
{
	int first = INT32_MAX, last = 0;
	const char *text = "";
	int64_t total = 0;

	for (size_t i = 0; i < count; i++) {
		int year = date_year(record_date(incomes[i], INCOME_RECEIVED_ON));

		first = year < first ? year : first;
		last = year > last ? year : last;
	}
	for (int year = first; year <= last; year++) {
		int64_t sum = sum_of_year(incomes, count, year);

		total += sum;
		if (sum)
			text = arena_printf(store->arena, "%s%s%d：%lld.%02lld", text,
					    *text ? "；" : "", year, (long long)(sum / 100),
					    (long long)(sum % 100));
	}
	record_set_integer(deal, DEAL_RECEIVED, total);
	record_set_text(store, deal, DEAL_BY_YEAR, str_of(text));
}

bool deal_add_income(struct record *income, struct record_store *store, struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct record **incomes, *deal;
	size_t count, kept = 0;

	if (!types_load_own(income, INCOME_DEAL, store, &deal, error) ||
	    !record_load_where(store, &deal_income_type, INCOME_DEAL, &income->values[INCOME_DEAL],
			       &incomes, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct record *row = incomes[i]->id == income->id ? income : incomes[i];

		if (strcmp(row->state, "booked") == 0)
			incomes[kept++] = row;
	}
	set_received(deal, store, incomes, kept);
	return record_save_for(store, deal, "income", &errors, error);
}

/* ---- Validation. */
/* What the director approved is not changed behind the approval. */
static bool keeps_approved(const struct record *deal, struct record_store *store,
			   struct error *error)
{
	static const size_t fixed[] = { DEAL_CASES,     DEAL_PARTY,          DEAL_IS_FOREIGN,
					DEAL_AMOUNT,    DEAL_LICENCE_KIND,   DEAL_FEE_KIND,
					DEAL_FIXED_FEE, DEAL_ROYALTY_BASE,   DEAL_ROYALTY_RATE,
					DEAL_SHARE,     DEAL_APPRAISED_VALUE };
	struct record *old;

	if (!deal->id || !name_is_listed(",approved,effective,ended,", str_of(deal->state)))
		return true;
	if (!record_load(store, &deal_type, deal->id, &old, error))
		return false;
	for (size_t i = 0; i < COUNT(fixed); i++)
		if (record_integer(old, fixed[i]) != record_integer(deal, fixed[i]) ||
		    strcmp(record_text(old, fixed[i]), record_text(deal, fixed[i])) != 0)
			return error_set_field(error, fields[fixed[i]].name, "types.approved");
	return true;
}

static bool fits_licence_kind(const struct record *deal, struct error *error)
{
	if (types_choice_is(deal, DEAL_KIND, "licence") || !record_is_set(deal, DEAL_LICENCE_KIND))
		return true;
	return error_set_field(error, "licence_kind", "types.not_a_licence");
}

static bool validate(const struct record *deal, struct record_store *store, struct error *error)
{
	static const size_t past[] = { DEAL_CONTRACT_ON, DEAL_APPRAISED_ON, DEAL_REGISTERED_ON,
				       DEAL_PUBLISHED_ON, DEAL_ENDED_ON };
	static const size_t orders[][2] = { { DEAL_STARTS_ON, DEAL_ENDS_ON },
					    { DEAL_STARTS_ON, DEAL_ENDED_ON },
					    { DEAL_CONTRACT_ON, DEAL_STARTS_ON },
					    { DEAL_CONTRACT_ON, DEAL_REGISTERED_ON },
					    { DEAL_APPRAISED_ON, DEAL_CONTRACT_ON } };
	struct record **cases;
	size_t count;

	for (size_t i = 0; i < COUNT(past); i++)
		if (!types_not_future(deal, past[i], store, error))
			return false;
	for (size_t i = 0; i < COUNT(orders); i++)
		if (!types_in_order(deal, orders[i][0], orders[i][1], error))
			return false;
	return fits_licence_kind(deal, error) && keeps_approved(deal, store, error) &&
	       types_load_cases(deal, DEAL_CASES, store, &cases, &count, error);
}

const struct record_type deal_type = {
	.name = "deal",
	.clause = "2.6-d",
	.group = "operation",
	.label = { "专利运营", "Deal" },
	.fields = fields,
	.field_count = DEAL_FIELD_COUNT,
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
