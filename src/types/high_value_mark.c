/* 人工认定: two persons hold an invention in force to be of high value for a reason the five conditions do
   not know (clause 1-f); every figure that counts it tells so. */
#include "types/operation_internal.h"

static const struct field fields[] = {
	[MARK_CASE] = { .name = "case_id",
			.kind = FIELD_REF,
			.ref = "patent_case",
			.flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			.label = { "专利案件", "Patent case" } },
	[MARK_TITLE] = { .name = "title",
			 .max = 300,
			 .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			 .label = { "名称", "Title" } },
	[MARK_REASON] = { .name = "reason",
			  .kind = FIELD_LONG_TEXT,
			  .max = 2000,
			  .flags = FIELD_REQUIRED | FIELD_SEARCHED,
			  .label = { "认定理由", "Reason" } },
	[MARK_EVIDENCE] = { .name = "evidence",
			    .kind = FIELD_FILE,
			    .label = { "佐证材料", "Evidence" } },
	[MARK_FROM_ON] = { .name = "from_on",
			   .kind = FIELD_DATE,
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			   .label = { "认定起始日", "From" } },
	[MARK_UNTIL_ON] = { .name = "until_on",
			    .kind = FIELD_DATE,
			    .flags = FIELD_LISTED,
			    .label = { "认定截止日", "Until" } },
	[MARK_PROPOSED_BY] = { .name = "proposed_by",
			       .kind = FIELD_USER,
			       .flags = FIELD_COMPUTED | FIELD_LISTED,
			       .label = { "提出人", "Proposed by" } },
	[MARK_APPROVED_BY] = { .name = "approved_by",
			       .kind = FIELD_USER,
			       .flags = FIELD_COMPUTED | FIELD_LISTED,
			       .label = { "认定人", "Approved by" } },
	[MARK_APPROVED_ON] = { .name = "approved_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_COMPUTED,
			       .label = { "认定日期", "Approved on" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == MARK_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },           { "submitted", { "待认定", "To be approved" } },
	{ "approved", { "已认定", "Approved" } },   { "declined", { "不予认定", "Declined" } },
	{ "withdrawn", { "已撤销", "Withdrawn" } }, { NULL, { NULL, NULL } },
};

/* An invention in force: the base of every high-value count. */
static bool is_invention(const struct record *mark, struct record_store *store, struct error *error)
{
	struct record *patent;

	if (!types_load_right(mark, MARK_CASE, store, &patent, error))
		return false;
	return types_choice_is(patent, CASE_TYPE, "invention") ||
	       types_refuse_case("case_id", "types.not_an_invention", patent, error);
}

static bool set_proposer(struct record *mark, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_integer(mark, MARK_PROPOSED_BY, store->actor->user_id);
	return true;
}

static bool is_agreed(const struct record *mark, struct record_store *store, struct error *error)
{
	return REQUIRE(mark, error, MARK_EVIDENCE) && is_invention(mark, store, error) &&
	       types_is_second_person(mark, MARK_PROPOSED_BY, store, "approved_by", error);
}

static bool set_approver(struct record *mark, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_integer(mark, MARK_APPROVED_BY, store->actor->user_id);
	record_set_date(store, mark, MARK_APPROVED_ON, store->today);
	return true;
}

/* It ends with the day of withdrawal; days before keep it. */
static bool set_end(struct record *mark, struct record_store *store, struct error *error)
{
	(void)error;
	if (!record_is_set(mark, MARK_UNTIL_ON) || record_date(mark, MARK_UNTIL_ON) > store->today)
		record_set_date(store, mark, MARK_UNTIL_ON, store->today);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交认定", "Submit" },
	  .guard = is_invention,
	  .effect = set_proposer },
	{ .name = "approve",
	  .from = "submitted",
	  .to = "approved",
	  .label = { "认定", "Approve" },
	  .guard = is_agreed,
	  .effect = set_approver,
	  .is_task = true },
	{ .name = "decline",
	  .from = "submitted",
	  .to = "declined",
	  .label = { "不予认定", "Decline" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "withdraw",
	  .from = "approved",
	  .to = "withdrawn",
	  .label = { "撤销认定", "Withdraw" },
	  .effect = set_end,
	  .wants_comment = true },
	{ .name = NULL },
};

#define PROVINCE ROLE_BIT(ROLE_PROVINCE_OFFICER)

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",submitted,approved,declined,withdrawn," },
	{ .roles = ROLES_LEADING, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = ROLES_LEADING,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = ROLES_LEADING, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "approve", .scope = SCOPE_ORGANISATION },
	{ .roles = PROVINCE, .action = "approve", .scope = SCOPE_BELOW },
	{ .roles = DIRECTOR, .action = "decline", .scope = SCOPE_ORGANISATION },
	{ .roles = PROVINCE, .action = "decline", .scope = SCOPE_BELOW },
	{ .roles = DIRECTOR, .action = "withdraw", .scope = SCOPE_ORGANISATION },
	{ .roles = PROVINCE, .action = "withdraw", .scope = SCOPE_BELOW },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "until_on", .days_before = { 30, 7 }, .states = ",approved," },
	{ .field = NULL },
};

static bool before_save(struct record *mark, struct record_store *store, struct error *error)
{
	struct record *patent;

	if (!types_load_own(mark, MARK_CASE, store, &patent, error))
		return false;
	types_set_case_title(mark, MARK_TITLE, store, patent, "人工认定");
	return true;
}

static bool validate(const struct record *mark, struct record_store *store, struct error *error)
{
	struct record *patent;

	return types_not_future(mark, MARK_FROM_ON, store, error) &&
	       types_in_order(mark, MARK_FROM_ON, MARK_UNTIL_ON, error) &&
	       types_load_own(mark, MARK_CASE, store, &patent, error);
}

const struct record_type high_value_mark_type = {
	.name = "high_value_mark",
	.clause = "1-f 2.5-e",
	.group = "value",
	.label = { "高价值专利人工认定", "Held to be of high value" },
	.fields = fields,
	.field_count = MARK_FIELD_COUNT,
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
