/* 标准必要专利: which claim of a patent a clause of a standard cannot be met without (clause 2.4-g). */
#include "types/operation_internal.h"

static const struct choice levels[] = {
	{ "international", { "国际标准", "International" } },
	{ "national", { "国家标准", "National" } },
	{ "industry", { "行业标准", "Industry" } },
	{ "local", { "地方标准", "Local" } },
	{ "association", { "团体标准", "Association" } },
	{ "enterprise", { "企业标准", "Enterprise" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice commitments[] = {
	{ "frand", { "公平、合理、无歧视许可", "FRAND" } },
	{ "free", { "公平、合理、无歧视免费许可", "Royalty-free" } },
	{ "refused", { "不同意许可", "No licence" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice essentialities[] = {
	{ "claimed", { "自行声明", "Claimed by the owner" } },
	{ "essential", { "经评估为必要", "Evaluated: essential" } },
	{ "not_essential", { "经评估非必要", "Evaluated: not essential" } },
	{ NULL, { NULL, NULL } },
};

#define ESSENTIALITY                                                                               \
	{                                                                                          \
		"披露与必要性", "Declaration and essentiality"                                     \
	}

static const struct field fields[] = {
	[STANDARD_CASE] = { .name = "case_id",
			    .kind = FIELD_REF,
			    .ref = "patent_case",
			    .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			    .label = { "专利案件", "Patent case" } },
	[STANDARD_TITLE] = { .name = "title",
			     .max = 400,
			     .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			     .label = { "名称", "Title" } },
	[STANDARD_BODY] = { .name = "body",
			    .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			    .label = { "标准化组织", "Standards body" } },
	[STANDARD_LEVEL] = { .name = "level",
			     .kind = FIELD_CHOICE,
			     .choices = levels,
			     .flags = FIELD_REQUIRED | FIELD_LISTED,
			     .label = { "标准级别", "Level" } },
	[STANDARD_NUMBER] = { .name = "standard",
			      .max = 100,
			      .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			      .label = { "标准编号", "Standard" } },
	[STANDARD_VERSION] = { .name = "version_of_standard",
			       .max = 60,
			       .label = { "版本", "Version" } },
	[STANDARD_CLAUSE] = { .name = "clause",
			      .flags = FIELD_LISTED,
			      .label = { "对应条款", "Clause" } },
	[STANDARD_CLAIMS] = { .name = "claims",
			      .max = 100,
			      .label = { "对应权利要求", "Claims" },
			      .help = { "如 1，5—7", "as 1, 5-7" } },
	[STANDARD_CHART] = { .name = "claim_chart",
			     .kind = FIELD_FILE,
			     .label = { "权利要求对照表", "Claim chart" } },
	[STANDARD_PUBLISHED_ON] = { .name = "published_on",
				    .kind = FIELD_DATE,
				    .flags = FIELD_LISTED,
				    .label = { "标准发布日期", "Standard published on" } },
	[STANDARD_DECLARED_ON] = { .name = "declared_on",
				   .kind = FIELD_DATE,
				   .flags = FIELD_LISTED,
				   .label = { "披露（声明）日期", "Declared on" },
				   .section = ESSENTIALITY },
	[STANDARD_DECLARATION] = { .name = "declaration_number",
				   .max = 100,
				   .label = { "声明编号", "Number of the declaration" },
				   .section = ESSENTIALITY },
	[STANDARD_COMMITMENT] = { .name = "commitment",
				  .kind = FIELD_CHOICE,
				  .choices = commitments,
				  .flags = FIELD_LISTED,
				  .label = { "许可承诺", "Licensing commitment" },
				  .section = ESSENTIALITY },
	[STANDARD_ESSENTIALITY] = { .name = "essentiality",
				    .kind = FIELD_CHOICE,
				    .choices = essentialities,
				    .flags = FIELD_LISTED,
				    .label = { "必要性", "Essentiality" },
				    .section = ESSENTIALITY },
	[STANDARD_EVALUATOR] = { .name = "evaluator",
				 .label = { "评估机构（人）", "Evaluated by" },
				 .section = ESSENTIALITY },
	[STANDARD_EVALUATED_ON] = { .name = "evaluated_on",
				    .kind = FIELD_DATE,
				    .label = { "评估日期", "Evaluated on" },
				    .section = ESSENTIALITY },
	[STANDARD_WITHDRAWN_ON] = { .name = "withdrawn_on",
				    .kind = FIELD_DATE,
				    .flags = FIELD_COMPUTED,
				    .label = { "撤回日期", "Withdrawn on" },
				    .section = ESSENTIALITY },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == STANDARD_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },
	{ "submitted", { "待确认", "To be confirmed" } },
	{ "confirmed", { "已确认", "Confirmed" } },
	{ "withdrawn", { "已撤回", "Withdrawn" } },
	{ NULL, { NULL, NULL } },
};

/* A claim and a clause, declared with a commitment; evaluated: by whom, when, and that it is essential. */
static bool is_shown(const struct record *standard, struct record_store *store, struct error *error)
{
	(void)store;
	if (!REQUIRE(standard, error, STANDARD_CLAUSE, STANDARD_CLAIMS, STANDARD_ESSENTIALITY,
		     STANDARD_DECLARED_ON, STANDARD_COMMITMENT))
		return false;
	if (types_choice_is(standard, STANDARD_ESSENTIALITY, "not_essential"))
		return error_set_field(error, "essentiality", "types.not_essential");
	return types_choice_is(standard, STANDARD_ESSENTIALITY, "claimed") ||
	       REQUIRE(standard, error, STANDARD_EVALUATOR, STANDARD_EVALUATED_ON, STANDARD_CHART);
}

/* The days before keep it. */
static bool set_withdrawn(struct record *standard, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_date(store, standard, STANDARD_WITHDRAWN_ON, store->today);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交确认", "Submit" },
	  .guard = is_shown },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回修改", "Send back" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "confirm",
	  .from = "submitted",
	  .to = "confirmed",
	  .label = { "确认", "Confirm" },
	  .guard = is_shown,
	  .is_task = true },
	{ .name = "withdraw",
	  .from = "confirmed",
	  .to = "withdrawn",
	  .label = { "撤回", "Withdraw" },
	  .effect = set_withdrawn,
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",confirmed,withdrawn," },
	{ .roles = MANAGER | RESEARCHER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "update", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER, .action = "update", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "confirm", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "withdraw", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static bool before_save(struct record *standard, struct record_store *store, struct error *error)
{
	struct record *patent;

	if (!types_load_own(standard, STANDARD_CASE, store, &patent, error))
		return false;
	types_set_case_title(standard, STANDARD_TITLE, store, patent,
			     record_text(standard, STANDARD_NUMBER));
	return true;
}

static bool validate(const struct record *standard, struct record_store *store, struct error *error)
{
	struct record *patent;

	if (!types_not_future(standard, STANDARD_PUBLISHED_ON, store, error) ||
	    !types_not_future(standard, STANDARD_DECLARED_ON, store, error) ||
	    !types_not_future(standard, STANDARD_EVALUATED_ON, store, error) ||
	    !types_load_own(standard, STANDARD_CASE, store, &patent, error))
		return false;
	return types_is_alive(patent) || standard->id ||
	       types_refuse_case("case_id", "types.right_ended", patent, error);
}

const struct record_type standard_patent_type = {
	.name = "standard_patent",
	.clause = "2.4-g 2.6-d",
	.group = "value",
	.label = { "标准必要专利", "Standard-essential patent" },
	.fields = fields,
	.field_count = STANDARD_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
};
