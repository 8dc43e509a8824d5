/* 年度重点工作: an item of the unit's yearly plan (clause 2.1-e), planned, approved, done, accepted. */
#include "types/types_internal.h"

enum {
	TASK_YEAR,
	TASK_TITLE,
	TASK_KIND,
	TASK_BASIS,
	TASK_GOAL,
	TASK_OWNER,
	TASK_PARTNERS,
	TASK_DUE_ON,
	TASK_BUDGET,
	TASK_PROGRESS,
	TASK_RESULT,
	TASK_DONE_ON,
	TASK_FIELD_COUNT
};

static const struct choice kinds[] = {
	{ "mechanism", { "机制建设", "Mechanism" } },
	{ "management", { "知识产权管理", "IP management" } },
	{ "navigation", { "专利导航", "Navigation" } },
	{ "cultivation", { "培育布局", "Cultivation" } },
	{ "operation", { "转化运用", "Operation" } },
	{ "protection", { "维权保护", "Protection" } },
	{ "talent", { "人才培养", "Talent" } },
	{ NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[TASK_YEAR] = { .name = "year",
			.kind = FIELD_INTEGER,
			.min = 2020,
			.max = 2099,
			.flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			.label = { "年度", "Year" } },
	[TASK_TITLE] = { .name = "title",
			 .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "工作任务", "Task" } },
	[TASK_KIND] = { .name = "kind",
			.kind = FIELD_CHOICE,
			.choices = kinds,
			.flags = FIELD_REQUIRED | FIELD_LISTED,
			.label = { "任务类别", "Kind" } },
	[TASK_BASIS] = { .name = "basis",
			 .label = { "依据文件", "Basis" },
			 .help = { "单位发展战略、年度工作要点或任务书条款",
				   "the strategy, yearly plan or task book it comes from" } },
	[TASK_GOAL] = { .name = "goal",
			.kind = FIELD_LONG_TEXT,
			.max = 2000,
			.flags = FIELD_REQUIRED,
			.label = { "预期目标", "Goal" } },
	[TASK_OWNER] = { .name = "owner_id",
			 .kind = FIELD_USER,
			 .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			 .label = { "责任人", "Owner" } },
	[TASK_PARTNERS] = { .name = "partners",
			    .kind = FIELD_REFS,
			    .ref = "user",
			    .label = { "配合人员", "Partners" } },
	[TASK_DUE_ON] = { .name = "due_on",
			  .kind = FIELD_DATE,
			  .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			  .label = { "完成时限", "Due on" } },
	[TASK_BUDGET] = { .name = "budget",
			  .kind = FIELD_MONEY,
			  .min = 0,
			  .max = 10000000000,
			  .flags = FIELD_LISTED,
			  .label = { "经费（元）", "Budget (yuan)" } },
	[TASK_PROGRESS] = { .name = "progress",
			    .kind = FIELD_INTEGER,
			    .min = 0,
			    .max = 100,
			    .flags = FIELD_LISTED,
			    .label = { "进度（%）", "Progress (%)" } },
	[TASK_RESULT] = { .name = "result",
			  .kind = FIELD_LONG_TEXT,
			  .max = 4000,
			  .label = { "完成情况", "Result" } },
	[TASK_DONE_ON] = { .name = "done_on",
			   .kind = FIELD_DATE,
			   .flags = FIELD_COMPUTED | FIELD_LISTED,
			   .label = { "完成日期", "Done on" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == TASK_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },
	{ "submitted", { "待审批", "Submitted" } },
	{ "running", { "执行中", "Running" } },
	{ "done", { "待验收", "Done" } },
	{ "closed", { "已完成", "Closed" } },
	{ "cancelled", { "已取消", "Cancelled" } },
	{ NULL, { NULL, NULL } },
};

static bool has_result(const struct record *task, struct record_store *store, struct error *error)
{
	(void)store;
	if (!record_is_set(task, TASK_RESULT))
		return error_set_field(error, "result", "record.required");
	return true;
}

static bool set_done(struct record *task, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_integer(task, TASK_PROGRESS, 100);
	record_set_date(store, task, TASK_DONE_ON, store->today);
	return true;
}

static bool clear_done(struct record *task, struct record_store *store, struct error *error)
{
	(void)store;
	(void)error;
	record_clear(task, TASK_DONE_ON);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit", .from = "draft", .to = "submitted", .label = { "提交审批", "Submit" } },
	{ .name = "approve",
	  .from = "submitted",
	  .to = "running",
	  .label = { "批准", "Approve" },
	  .is_task = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回", "Return" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "finish",
	  .from = "running",
	  .to = "done",
	  .label = { "报告完成", "Report as done" },
	  .guard = has_result,
	  .effect = set_done,
	  .is_task = true },
	{ .name = "accept",
	  .from = "done",
	  .to = "closed",
	  .label = { "验收通过", "Accept" },
	  .is_task = true },
	{ .name = "reopen",
	  .from = "done",
	  .to = "running",
	  .label = { "退回继续", "Reopen" },
	  .effect = clear_done,
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "cancel",
	  .from = "running",
	  .to = "cancelled",
	  .label = { "取消", "Cancel" },
	  .wants_comment = true },
	{ .name = NULL },
};

/* What bureaus and inspectors see: the plan once the director approved it. */
#define APPROVED ",running,done,closed,cancelled,"

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE, .action = "read", .scope = SCOPE_BELOW, .states = APPROVED },
	{ .roles = MANAGER | RESEARCHER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,running," },
	{ .roles = RESEARCHER, .action = "update", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = ROLES_CENTRE,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "owner_id",
	  .states = ",running," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = RESEARCHER, .action = "delete", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "submit", .scope = SCOPE_OWN },
	{ .roles = DIRECTOR, .action = "approve", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE, .action = "finish", .scope = SCOPE_ASSIGNED, .field = "owner_id" },
	{ .roles = MANAGER, .action = "finish", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "accept", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "reopen", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "cancel", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on", .days_before = { 30, 7, 1 }, .states = ",running," },
	{ .field = NULL },
};

static bool validate(const struct record *task, struct record_store *store, struct error *error)
{
	date due = record_date(task, TASK_DUE_ON);

	(void)store;
	if (date_year(due) != record_integer(task, TASK_YEAR))
		return error_set_field(error, "due_on", "types.other_year");
	return true;
}

const struct record_type annual_task_type = {
	.name = "annual_task",
	.clause = "2.1-e 2.8-a",
	.group = "management",
	.label = { "年度重点工作", "Yearly task" },
	.fields = fields,
	.field_count = TASK_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "due_on",
	.has_attachments = true,
	.validate = validate,
};
