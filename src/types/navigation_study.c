/* 专利导航项目: from application to what was done with its findings. */
#include "types/types_internal.h"

enum {
	STUDY_CODE,
	STUDY_TITLE,
	STUDY_PART,
	STUDY_TRIGGER,
	STUDY_USE,
	STUDY_DECISION,
	STUDY_TECHNOLOGY,
	STUDY_LEADER,
	STUDY_TEAM,
	STUDY_AGENCY,
	STUDY_AGENCY_PEOPLE,
	STUDY_AGENTS, /* of studies before there was the agency: its users */
	STUDY_BUDGET,
	STUDY_STARTS_ON,
	STUDY_DUE_ON,
	STUDY_TOPIC,
	STUDY_SCOPE,
	STUDY_RETRIEVED_ON,
	STUDY_CUT_OFF_ON,
	STUDY_RECALL,
	STUDY_PRECISION,
	STUDY_CLEANING,
	STUDY_CONCLUSIONS,
	STUDY_REPORT,
	STUDY_ADOPTION,
	STUDY_ADOPTED_ON,
	STUDY_REVIEW_ON,
	STUDY_FIELD_COUNT
};

static const struct choice parts[] = {
	{ "region", { "区域规划类", "Regional planning" } },
	{ "industry", { "产业规划类", "Industry planning" } },
	{ "enterprise", { "企业经营类", "Enterprise operation" } },
	{ "research", { "研发活动类", "Research and development" } },
	{ "talent", { "人才管理类", "Talent management" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice triggers[] = {
	{ "annual_plan", { "年度计划", "Yearly plan" } },
	{ "rd_initiation", { "研发立项", "R&D initiation" } },
	{ "warning", { "风险预警", "Risk warning" } },
	{ "acquisition", { "并购引进", "Acquisition" } },
	{ "recruiting", { "人才引进", "Recruiting" } },
	{ "standard", { "标准制定", "Standardisation" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice uses[] = {
	{ "strategy", { "战略决策咨询", "Strategy" } },
	{ "rd_initiation", { "研发立项", "R&D initiation" } },
	{ "layout", { "专利布局", "Patent layout" } },
	{ "risk_warning", { "风险预警", "Risk warning" } },
	{ "enforcement", { "维权保护", "Enforcement" } },
	{ NULL, { NULL, NULL } },
};

#define DATA                                                                                       \
	{                                                                                          \
		"数据与检索", "Data and retrieval"                                                 \
	}
#define RESULT                                                                                     \
	{                                                                                          \
		"成果与运用", "Results and use"                                                    \
	}
#define PEOPLE                                                                                     \
	{                                                                                          \
		"人员与经费", "People and budget"                                                  \
	}

static const struct field fields[] = {
	[STUDY_CODE] = { .name = "code",
			 .max = 40,
			 .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "项目编号", "Code" } },
	[STUDY_TITLE] = { .name = "title",
			  .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			  .label = { "项目名称", "Title" } },
	[STUDY_PART] = { .name = "part",
			 .kind = FIELD_CHOICE,
			 .choices = parts,
			 .flags = FIELD_REQUIRED | FIELD_LISTED,
			 .label = { "导航类型", "Kind" },
			 .help = { "按 GB/T 39551《专利导航指南》的分类",
				   "as GB/T 39551 divides them" } },
	[STUDY_TRIGGER] = { .name = "trigger",
			    .kind = FIELD_CHOICE,
			    .choices = triggers,
			    .flags = FIELD_REQUIRED,
			    .label = { "启动原因", "Trigger" } },
	[STUDY_USE] = { .name = "used_for",
			.kind = FIELD_CHOICES,
			.choices = uses,
			.flags = FIELD_REQUIRED | FIELD_LISTED,
			.label = { "支撑用途", "Used for" } },
	[STUDY_DECISION] = { .name = "decision",
			     .kind = FIELD_LONG_TEXT,
			     .max = 2000,
			     .flags = FIELD_REQUIRED,
			     .label = { "拟支撑的决策", "Decision to support" } },
	[STUDY_TECHNOLOGY] = { .name = "field",
			       .flags = FIELD_LISTED | FIELD_SEARCHED,
			       .label = { "技术领域", "Field of technology" } },
	[STUDY_LEADER] = { .name = "leader_id",
			   .kind = FIELD_USER,
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			   .label = { "项目负责人", "Leader" },
			   .section = PEOPLE },
	[STUDY_TEAM] = { .name = "team",
			 .kind = FIELD_REFS,
			 .ref = "user",
			 .label = { "项目组成员", "Team" },
			 .section = PEOPLE },
	[STUDY_AGENCY] = { .name = "agency_id",
			   .kind = FIELD_ORGANISATION,
			   .flags = FIELD_INDEXED,
			   .label = { "委托服务机构", "Agency" },
			   .section = PEOPLE },
	[STUDY_AGENCY_PEOPLE] = { .name = "agency_people",
				  .max = 400,
				  .label = { "服务机构人员", "Agency staff" },
				  .section = PEOPLE,
				  .help = { "姓名及分工", "names and their parts" } },
	[STUDY_AGENTS] = { .name = "agents",
			   .kind = FIELD_REFS,
			   .ref = "user",
			   .flags = FIELD_COMPUTED,
			   .label = { "服务机构人员账号（原登记）", "Agency accounts (earlier)" },
			   .section = PEOPLE },
	[STUDY_BUDGET] = { .name = "budget",
			   .kind = FIELD_MONEY,
			   .min = 0,
			   .max = 10000000000,
			   .label = { "经费预算（元）", "Budget (yuan)" },
			   .section = PEOPLE },
	[STUDY_STARTS_ON] = { .name = "starts_on",
			      .kind = FIELD_DATE,
			      .label = { "计划开始日期", "Starts on" } },
	[STUDY_DUE_ON] = { .name = "due_on",
			   .kind = FIELD_DATE,
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			   .label = { "计划完成日期", "Due on" } },
	[STUDY_TOPIC] = { .name = "topic_id",
			  .kind = FIELD_REF,
			  .ref = "topic",
			  .flags = FIELD_INDEXED,
			  .label = { "专题数据库", "Topic" },
			  .section = DATA },
	[STUDY_SCOPE] = { .name = "data_scope",
			  .kind = FIELD_LONG_TEXT,
			  .max = 4000,
			  .label = { "数据范围", "Data scope" },
			  .section = DATA,
			  .help = { "数据库、国家（地区）、文献类型、语种和时间范围",
				    "databases, countries, kinds of documents, languages, "
				    "dates" } },
	[STUDY_RETRIEVED_ON] = { .name = "retrieved_on",
				 .kind = FIELD_DATE,
				 .label = { "检索日期", "Retrieved on" },
				 .section = DATA },
	[STUDY_CUT_OFF_ON] = { .name = "cut_off_on",
			       .kind = FIELD_DATE,
			       .label = { "数据截止日期", "Cut-off date" },
			       .section = DATA },
	[STUDY_RECALL] = { .name = "recall",
			   .kind = FIELD_DECIMAL,
			   .scale = 1,
			   .min = 0,
			   .max = 1000,
			   .label = { "查全率（%）", "Recall (%)" },
			   .section = DATA },
	[STUDY_PRECISION] = { .name = "precision_rate",
			      .kind = FIELD_DECIMAL,
			      .scale = 1,
			      .min = 0,
			      .max = 1000,
			      .label = { "查准率（%）", "Precision (%)" },
			      .section = DATA },
	[STUDY_CLEANING] = { .name = "cleaning",
			     .kind = FIELD_LONG_TEXT,
			     .max = 4000,
			     .label = { "清洗与标引记录", "Cleaning and tagging" },
			     .section = DATA },
	[STUDY_CONCLUSIONS] = { .name = "conclusions",
				.kind = FIELD_LONG_TEXT,
				.flags = FIELD_SEARCHED,
				.label = { "主要结论与建议", "Conclusions" },
				.section = RESULT },
	[STUDY_REPORT] = { .name = "report",
			   .kind = FIELD_FILE,
			   .label = { "导航报告", "Report" },
			   .section = RESULT },
	[STUDY_ADOPTION] = { .name = "adoption",
			     .kind = FIELD_LONG_TEXT,
			     .max = 4000,
			     .label = { "采纳与运用情况", "Adoption" },
			     .section = RESULT },
	[STUDY_ADOPTED_ON] = { .name = "adopted_on",
			       .kind = FIELD_DATE,
			       .label = { "采纳日期", "Adopted on" },
			       .section = RESULT },
	[STUDY_REVIEW_ON] = { .name = "review_on",
			      .kind = FIELD_DATE,
			      .flags = FIELD_INDEXED,
			      .label = { "运用回访日期", "Follow-up on" },
			      .section = RESULT },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == STUDY_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "申请", "Application" } },   { "submitted", { "待立项", "Submitted" } },
	{ "approved", { "已立项", "Approved" } }, { "searching", { "检索", "Searching" } },
	{ "tagging", { "标引", "Tagging" } },     { "analysing", { "分析", "Analysing" } },
	{ "reviewing", { "评审", "Reviewing" } }, { "delivered", { "交付", "Delivered" } },
	{ "in_use", { "运用", "In use" } },       { "archived", { "归档", "Archived" } },
	{ "stopped", { "终止", "Stopped" } },     { NULL, { NULL, NULL } },
};

/* What the bureaus see: from approval on. What is being worked at: where the team writes. */
#define APPROVED                                                                                   \
	",approved,searching,tagging,analysing,reviewing,delivered,in_use,archived,stopped,"
#define WORKING ",approved,searching,tagging,analysing,"

static bool was_searched(const struct record *study, struct record_store *store,
			 struct error *error)
{
	(void)store;
	if (!record_is_set(study, STUDY_SCOPE))
		return error_set_field(error, "data_scope", "record.required");
	if (!record_is_set(study, STUDY_RETRIEVED_ON))
		return error_set_field(error, "retrieved_on", "record.required");
	return true;
}

static bool has_conclusions(const struct record *study, struct record_store *store,
			    struct error *error)
{
	(void)store;
	if (!record_is_set(study, STUDY_CONCLUSIONS))
		return error_set_field(error, "conclusions", "record.required");
	return true;
}

static bool was_adopted(const struct record *study, struct record_store *store, struct error *error)
{
	(void)store;
	if (!record_is_set(study, STUDY_ADOPTION))
		return error_set_field(error, "adoption", "record.required");
	return true;
}

/* Half a year after adoption somebody asks what became of it. */
static bool plan_review(struct record *study, struct record_store *store, struct error *error)
{
	(void)error;
	if (!record_is_set(study, STUDY_ADOPTED_ON))
		record_set_date(store, study, STUDY_ADOPTED_ON, store->today);
	if (!record_is_set(study, STUDY_REVIEW_ON))
		record_set_date(store, study, STUDY_REVIEW_ON,
				date_add_months(record_date(study, STUDY_ADOPTED_ON), 6));
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交立项申请", "Submit" } },
	{ .name = "approve",
	  .from = "submitted",
	  .to = "approved",
	  .label = { "批准立项", "Approve" },
	  .is_task = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回", "Return" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "search",
	  .from = "approved",
	  .to = "searching",
	  .label = { "开始检索", "Start searching" },
	  .is_task = true },
	{ .name = "tag",
	  .from = "searching",
	  .to = "tagging",
	  .label = { "转入标引", "Start tagging" },
	  .guard = was_searched,
	  .is_task = true },
	{ .name = "analyse",
	  .from = "tagging",
	  .to = "analysing",
	  .label = { "转入分析", "Start analysing" },
	  .is_task = true },
	{ .name = "review",
	  .from = "analysing",
	  .to = "reviewing",
	  .label = { "提交评审", "Submit for review" },
	  .guard = has_conclusions,
	  .is_task = true },
	{ .name = "deliver",
	  .from = "reviewing",
	  .to = "delivered",
	  .label = { "评审通过并交付", "Pass and deliver" },
	  .is_task = true },
	{ .name = "rework",
	  .from = "reviewing",
	  .to = "analysing",
	  .label = { "退回修改", "Rework" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "use",
	  .from = "delivered",
	  .to = "in_use",
	  .label = { "登记运用", "Record its use" },
	  .guard = was_adopted,
	  .effect = plan_review,
	  .is_task = true },
	{ .name = "archive", .from = "in_use", .to = "archived", .label = { "归档", "Archive" } },
	{ .name = "stop",
	  .from = "approved",
	  .to = "stopped",
	  .label = { "终止", "Stop" },
	  .wants_comment = true },
	{ .name = "stop",
	  .from = "searching",
	  .to = "stopped",
	  .label = { "终止", "Stop" },
	  .wants_comment = true },
	{ .name = "stop",
	  .from = "tagging",
	  .to = "stopped",
	  .label = { "终止", "Stop" },
	  .wants_comment = true },
	{ .name = "stop",
	  .from = "analysing",
	  .to = "stopped",
	  .label = { "终止", "Stop" },
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_OFFICE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE, .action = "read", .scope = SCOPE_BELOW, .states = APPROVED },
	{ .roles = AGENCY,
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "agency_id",
	  .states = APPROVED,
	  .hides = ",budget," },
	{ .roles = AGENCY,
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "agents",
	  .states = APPROVED,
	  .hides = ",budget," },
	{ .roles = MANAGER | RESEARCHER | ROLES_OFFICE,
	  .action = "create",
	  .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER | ROLES_OFFICE,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,approved,searching,tagging,analysing,delivered,in_use," },
	{ .roles = RESEARCHER, .action = "update", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "leader_id",
	  .states = WORKING },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "team",
	  .states = WORKING },
	{ .roles = AGENCY,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "agency_id",
	  .states = WORKING },
	{ .roles = MANAGER | ROLES_OFFICE,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = MANAGER | ROLES_OFFICE, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "submit", .scope = SCOPE_OWN },
	{ .roles = DIRECTOR | ROLES_OFFICE, .action = "approve", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR | ROLES_OFFICE, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER | ROLES_OFFICE, .action = "search", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "search", .scope = SCOPE_ASSIGNED, .field = "leader_id" },
	{ .roles = MANAGER | ROLES_OFFICE, .action = "tag", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "tag", .scope = SCOPE_ASSIGNED, .field = "leader_id" },
	{ .roles = MANAGER | ROLES_OFFICE, .action = "analyse", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "analyse", .scope = SCOPE_ASSIGNED, .field = "leader_id" },
	{ .roles = MANAGER | ROLES_OFFICE, .action = "review", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "review", .scope = SCOPE_ASSIGNED, .field = "leader_id" },
	{ .roles = DIRECTOR | ROLES_OFFICE, .action = "deliver", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR | ROLES_OFFICE, .action = "rework", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER | ROLES_OFFICE, .action = "use", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER | ROLES_OFFICE, .action = "archive", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR | ROLES_OFFICE, .action = "stop", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on",
	  .days_before = { 30, 7, 1 },
	  .states = ",approved,searching,tagging,analysing,reviewing," },
	{ .field = "review_on", .days_before = { 14 }, .states = ",in_use," },
	{ .field = NULL },
};

static bool validate(const struct record *study, struct record_store *store, struct error *error)
{
	date starts = record_date(study, STUDY_STARTS_ON);
	date cut_off = record_date(study, STUDY_CUT_OFF_ON);

	(void)store;
	if (starts != DATE_NONE && record_date(study, STUDY_DUE_ON) < starts)
		return error_set_field(error, "due_on", "types.end_before_start");
	if (cut_off != DATE_NONE && record_is_set(study, STUDY_RETRIEVED_ON) &&
	    cut_off > record_date(study, STUDY_RETRIEVED_ON))
		return error_set_field(error, "cut_off_on", "types.cut_off_late");
	return true;
}

const struct record_type navigation_study_type = {
	.name = "navigation_study",
	.clause = "2.3-a 2.3-b 2.3-c 2.7-c",
	.group = "navigation",
	.label = { "专利导航项目", "Navigation study" },
	.fields = fields,
	.field_count = STUDY_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
};
