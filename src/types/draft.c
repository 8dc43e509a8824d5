/* 申请文件撰写稿: one version of the application's text, from the agency to the inventors' consent. */
#include "types/types_internal.h"

static const struct field fields[] = {
	[DRAFT_DISCLOSURE] = { .name = "disclosure_id",
			       .kind = FIELD_REF,
			       .ref = "disclosure",
			       .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			       .label = { "技术交底书", "Disclosure" } },
	[DRAFT_NUMBER] = { .name = "number",
			   .kind = FIELD_INTEGER,
			   .flags = FIELD_COMPUTED | FIELD_LISTED,
			   .label = { "稿次", "Version" } },
	[DRAFT_TITLE] = { .name = "title",
			  .max = 300,
			  .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			  .label = { "名称", "Title" } },
	[DRAFT_INVENTORS] = { .name = "inventors",
			      .kind = FIELD_REFS,
			      .ref = "user",
			      .flags = FIELD_COMPUTED,
			      .label = { "发明人", "Inventors" } },
	[DRAFT_AGENCY] = { .name = "agency_id",
			   .kind = FIELD_ORGANISATION,
			   .flags = FIELD_COMPUTED | FIELD_INDEXED | FIELD_LISTED,
			   .label = { "代理机构", "Agency" } },
	[DRAFT_AGENT] = { .name = "agent",
			  .flags = FIELD_LISTED | FIELD_SEARCHED,
			  .label = { "专利代理师", "Patent attorney" } },
	[DRAFT_DUE_ON] = { .name = "due_on",
			   .kind = FIELD_DATE,
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			   .label = { "交稿期限", "Due on" } },
	[DRAFT_FILE] = { .name = "file",
			 .kind = FIELD_FILE,
			 .label = { "申请文件", "File" },
			 .help = { "权利要求书、说明书、摘要及附图",
				   "claims, description, abstract, drawings" } },
	[DRAFT_CLAIMS] = { .name = "claims",
			   .kind = FIELD_INTEGER,
			   .min = 1,
			   .max = 1000,
			   .flags = FIELD_LISTED,
			   .label = { "权利要求项数", "Claims" } },
	[DRAFT_INDEPENDENT_CLAIMS] = { .name = "independent_claims",
				       .kind = FIELD_INTEGER,
				       .min = 1,
				       .max = 1000,
				       .label = { "独立权利要求项数", "Independent claims" } },
	[DRAFT_CHANGES] = { .name = "changes",
			    .kind = FIELD_LONG_TEXT,
			    .max = 8000,
			    .label = { "本稿说明", "What is new" },
			    .help = { "与上一稿相比的修改", "changed since the version before" } },
	[DRAFT_DELIVERED_ON] = { .name = "delivered_on",
				 .kind = FIELD_DATE,
				 .flags = FIELD_COMPUTED | FIELD_LISTED,
				 .label = { "交稿日期", "Delivered on" } },
	[DRAFT_CONFIRMED_ON] = { .name = "confirmed_on",
				 .kind = FIELD_DATE,
				 .flags = FIELD_COMPUTED | FIELD_LISTED,
				 .label = { "发明人确认日期", "Confirmed on" } },
	[DRAFT_CHECKERS] = { .name = "checkers",
			     .kind = FIELD_REFS,
			     .ref = "user",
			     .flags = FIELD_COMPUTED,
			     .label = { "质检人", "Checkers" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == DRAFT_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "撰写中", "Being written" } },   { "delivered", { "待质检", "Delivered" } },
	{ "checked", { "待发明人确认", "Checked" } }, { "confirmed", { "已确认", "Confirmed" } },
	{ "returned", { "退回重写", "Returned" } },   { NULL, { NULL, NULL } },
};

static bool has_file(const struct record *draft, struct record_store *store, struct error *error)
{
	(void)store;
	return REQUIRE(draft, error, DRAFT_FILE, DRAFT_CLAIMS);
}

static bool set_delivered(struct record *draft, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_date(store, draft, DRAFT_DELIVERED_ON, store->today);
	return true;
}

static bool set_confirmed(struct record *draft, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_date(store, draft, DRAFT_CONFIRMED_ON, store->today);
	return true;
}

/* A delivered draft becomes "checked" or "returned" by its quality check. */
static const struct transition transitions[] = {
	{ .name = "deliver",
	  .from = "draft",
	  .to = "delivered",
	  .label = { "交稿", "Deliver" },
	  .guard = has_file,
	  .effect = set_delivered,
	  .is_task = true },
	{ .name = "confirm",
	  .from = "checked",
	  .to = "confirmed",
	  .label = { "确认", "Confirm" },
	  .effect = set_confirmed,
	  .is_task = true },
	{ .name = "object",
	  .from = "checked",
	  .to = "returned",
	  .label = { "不同意", "Object" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ASSIGNED, .field = "inventors" },
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ASSIGNED, .field = "checkers" },
	{ .roles = AGENCY, .action = "read", .scope = SCOPE_ASSIGNED, .field = "agency_id" },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",delivered,checked,confirmed,returned,",
	  .hides = ",file,changes," },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "update", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = AGENCY,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "agency_id",
	  .states = ",draft," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = AGENCY, .action = "deliver", .scope = SCOPE_ASSIGNED, .field = "agency_id" },
	{ .roles = MANAGER, .action = "deliver", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE,
	  .action = "confirm",
	  .scope = SCOPE_ASSIGNED,
	  .field = "inventors" },
	{ .roles = ROLES_CENTRE,
	  .action = "object",
	  .scope = SCOPE_ASSIGNED,
	  .field = "inventors" },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on", .days_before = { 14, 7, 1 }, .states = ",draft," },
	{ .field = NULL },
};

/* What it takes from its disclosure when it is made. */
static bool before_save(struct record *draft, struct record_store *store, struct error *error)
{
	struct record *disclosure, **drafts;
	size_t count;

	if (draft->id || !record_is_set(draft, DRAFT_DISCLOSURE))
		return true;
	if (!types_load_own(draft, DRAFT_DISCLOSURE, store, &disclosure, error) ||
	    !record_load_where(store, &draft_type, DRAFT_DISCLOSURE,
			       &draft->values[DRAFT_DISCLOSURE], &drafts, &count, error))
		return false;
	if (strcmp(disclosure->state, "drafting") != 0)
		return error_set_field(error, "disclosure_id", "types.not_drafting");
	record_set_integer(draft, DRAFT_NUMBER, 1);
	for (size_t i = 0; i < count; i++)
		if (record_integer(drafts[i], DRAFT_NUMBER) >= record_integer(draft, DRAFT_NUMBER))
			record_set_integer(draft, DRAFT_NUMBER,
					   record_integer(drafts[i], DRAFT_NUMBER) + 1);
	record_set_text(
		store, draft, DRAFT_TITLE,
		str_of(arena_printf(store->arena, "%s（第%lld稿）", record_title(disclosure),
				    (long long)record_integer(draft, DRAFT_NUMBER))));
	record_set_text(store, draft, DRAFT_INVENTORS,
			str_of(record_text(disclosure, DISCLOSURE_INVENTORS)));
	record_set_integer(draft, DRAFT_AGENCY, record_integer(disclosure, DISCLOSURE_AGENCY));
	return true;
}

static bool validate(const struct record *draft, struct record_store *store, struct error *error)
{
	(void)store;
	if (record_is_set(draft, DRAFT_CLAIMS) &&
	    record_integer(draft, DRAFT_INDEPENDENT_CLAIMS) > record_integer(draft, DRAFT_CLAIMS))
		return error_set_field(error, "independent_claims", "types.more_than_claims");
	return true;
}

const struct record_type draft_type = {
	.name = "draft",
	.clause = "2.5-d",
	.group = "creation",
	.label = { "撰写稿", "Draft" },
	.fields = fields,
	.field_count = DRAFT_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "due_on",
	.validate = validate,
	.before_save = before_save,
};
