/*
 * 研发项目: from 立项 over 执行 to 结题. Each of the three ways on stands behind a gate (rd_gate) that was
 * passed with evidence of a search (clauses 2.4-e and 2.5-a).
 */
#include "types/types_internal.h"

static const struct choice kinds[] = {
	{ "own", { "自主研发", "Own" } },
	{ "joint", { "联合攻关", "Joint" } },
	{ "commissioned", { "委托开发", "Commissioned" } },
	{ "programme", { "揭榜挂帅", "Of a government's list" } },
	{ NULL, { NULL, NULL } },
};

#define PEOPLE                                                                                     \
	{                                                                                          \
		"人员与协同", "People and partners"                                                \
	}
#define PLAN                                                                                       \
	{                                                                                          \
		"目标与进度", "Goal and schedule"                                                  \
	}

static const struct field fields[] = {
	[PROJECT_CODE] = { .name = "code",
			   .max = 40,
			   .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			   .label = { "项目编号", "Code" } },
	[PROJECT_TITLE] = { .name = "title",
			    .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			    .label = { "项目名称", "Title" } },
	[PROJECT_BOTTLENECK] = { .name = "bottleneck_id",
				 .kind = FIELD_REF,
				 .ref = "bottleneck",
				 .flags = FIELD_INDEXED | FIELD_LISTED,
				 .label = { "攻关清单项", "Bottleneck" } },
	[PROJECT_KEY_FIELD] = { .name = "key_field_id",
				.kind = FIELD_REF,
				.ref = "key_field",
				.flags = FIELD_REQUIRED | FIELD_INDEXED | FIELD_LISTED,
				.label = { "重点技术领域", "Key field" } },
	[PROJECT_KIND] = { .name = "kind",
			   .kind = FIELD_CHOICE,
			   .choices = kinds,
			   .flags = FIELD_REQUIRED | FIELD_LISTED,
			   .label = { "研发方式", "Kind" } },
	[PROJECT_SOURCE] = { .name = "funding",
			     .label = { "经费来源", "Funding" },
			     .help = { "计划名称、合同方或自筹", "programme, contract or own" } },
	[PROJECT_CONTRACT] = { .name = "contract",
			       .max = 100,
			       .flags = FIELD_SEARCHED,
			       .label = { "任务书（合同）编号", "Contract" } },
	[PROJECT_LEADER] = { .name = "leader_id",
			     .kind = FIELD_USER,
			     .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			     .label = { "项目负责人", "Leader" },
			     .section = PEOPLE },
	[PROJECT_TEAM] = { .name = "team",
			   .kind = FIELD_REFS,
			   .ref = "user",
			   .label = { "项目组成员", "Team" },
			   .section = PEOPLE },
	[PROJECT_PARTNERS] = { .name = "partners",
			       .kind = FIELD_LONG_TEXT,
			       .max = 2000,
			       .label = { "合作单位及分工", "Partners and their parts" },
			       .section = PEOPLE },
	[PROJECT_OWNERSHIP] = { .name = "ownership",
				.kind = FIELD_LONG_TEXT,
				.max = 2000,
				.label = { "知识产权归属约定", "Ownership agreed" },
				.section = PEOPLE,
				.help = { "联合、委托和揭榜项目立项前必填",
					  "required before initiation with partners" } },
	[PROJECT_BUDGET] = { .name = "budget",
			     .kind = FIELD_MONEY,
			     .min = 0,
			     .max = 1000000000000,
			     .label = { "经费预算（元）", "Budget (yuan)" },
			     .section = PLAN },
	[PROJECT_STARTS_ON] = { .name = "starts_on",
				.kind = FIELD_DATE,
				.flags = FIELD_REQUIRED | FIELD_LISTED,
				.label = { "开始日期", "Starts on" },
				.section = PLAN },
	[PROJECT_DUE_ON] = { .name = "due_on",
			     .kind = FIELD_DATE,
			     .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			     .label = { "计划结题日期", "Due on" },
			     .section = PLAN },
	[PROJECT_GOAL] = { .name = "goal",
			   .kind = FIELD_LONG_TEXT,
			   .max = 4000,
			   .flags = FIELD_REQUIRED | FIELD_SEARCHED,
			   .label = { "研发目标", "Goal" },
			   .section = PLAN },
	[PROJECT_ROUTE] = { .name = "route",
			    .kind = FIELD_LONG_TEXT,
			    .max = 4000,
			    .label = { "技术路线", "Route" },
			    .section = PLAN },
	[PROJECT_TOPIC] = { .name = "topic_id",
			    .kind = FIELD_REF,
			    .ref = "topic",
			    .flags = FIELD_INDEXED,
			    .label = { "专题数据库", "Topic" },
			    .section = PLAN },
	[PROJECT_EXPECTED_PATENTS] = { .name = "expected_patents",
				       .kind = FIELD_INTEGER,
				       .min = 0,
				       .max = 10000,
				       .flags = FIELD_LISTED,
				       .label = { "预期发明专利（件）", "Expected inventions" },
				       .section = PLAN },
	[PROJECT_RESULT] = { .name = "result",
			     .kind = FIELD_LONG_TEXT,
			     .label = { "结题情况", "Result" },
			     .section = PLAN },
	[PROJECT_CLOSED_ON] = { .name = "closed_on",
				.kind = FIELD_DATE,
				.flags = FIELD_COMPUTED | FIELD_LISTED,
				.label = { "结题日期", "Closed on" },
				.section = PLAN },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == PROJECT_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "立项准备", "Draft" } },
	{ "submitted", { "立项论证", "Submitted" } },
	{ "running", { "执行中", "Running" } },
	{ "closing", { "结题中", "Closing" } },
	{ "closed", { "已结题", "Closed" } },
	{ "stopped", { "已终止", "Stopped" } },
	{ NULL, { NULL, NULL } },
};

/* Has a gate of that stage been passed? */
static bool gate_is_passed(const struct record *project, const char *stage,
			   struct record_store *store, struct error *error)
{
	const struct value id = { .integer = project->id };
	struct record **gates;
	size_t count;

	if (!record_load_where(store, &rd_gate_type, GATE_PROJECT, &id, &gates, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(gates[i]->state, "passed") == 0 &&
		    types_choice_is(gates[i], GATE_STAGE, stage))
			return true;
	return error_set(
		error, ERROR_INVALID, "types.gate_not_passed", "%s",
		choice_find(rd_gate_type.fields[GATE_STAGE].choices, str_of(stage))->label.zh);
}

static bool has_route(const struct record *project, struct record_store *store, struct error *error)
{
	(void)store;
	if (!types_choice_is(project, PROJECT_KIND, "own") &&
	    !REQUIRE(project, error, PROJECT_OWNERSHIP))
		return false;
	return REQUIRE(project, error, PROJECT_ROUTE);
}

static bool may_start(const struct record *project, struct record_store *store, struct error *error)
{
	return gate_is_passed(project, "initiation", store, error);
}

static bool may_finish(const struct record *project, struct record_store *store,
		       struct error *error)
{
	return REQUIRE(project, error, PROJECT_RESULT) &&
	       gate_is_passed(project, "execution", store, error);
}

static bool may_close(const struct record *project, struct record_store *store, struct error *error)
{
	return gate_is_passed(project, "closing", store, error);
}

/* The bottleneck it is to overcome is then being tackled. */
static bool start_bottleneck(struct record *project, struct record_store *store,
			     struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct record *bottleneck;

	if (!types_load_own(project, PROJECT_BOTTLENECK, store, &bottleneck, error))
		return false;
	if (!bottleneck || strcmp(bottleneck->state, "listed") != 0)
		return true;
	bottleneck->state = "tackling";
	return record_save_for(store, bottleneck, "start", &errors, error);
}

static bool set_closed(struct record *project, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_date(store, project, PROJECT_CLOSED_ON, store->today);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交立项论证", "Submit" },
	  .guard = has_route },
	{ .name = "approve",
	  .from = "submitted",
	  .to = "running",
	  .label = { "批准立项", "Approve" },
	  .guard = may_start,
	  .effect = start_bottleneck,
	  .is_task = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回", "Return" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "finish",
	  .from = "running",
	  .to = "closing",
	  .label = { "申请结题", "Ask to close" },
	  .guard = may_finish,
	  .is_task = true },
	{ .name = "close",
	  .from = "closing",
	  .to = "closed",
	  .label = { "同意结题", "Close" },
	  .guard = may_close,
	  .effect = set_closed,
	  .is_task = true },
	{ .name = "resume",
	  .from = "closing",
	  .to = "running",
	  .label = { "退回继续", "Resume" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "stop",
	  .from = "running",
	  .to = "stopped",
	  .label = { "终止", "Stop" },
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",submitted,running,closing,closed,stopped,",
	  .hides = ",route," },
	{ .roles = MANAGER | RESEARCHER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,running," },
	{ .roles = RESEARCHER, .action = "update", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "leader_id",
	  .states = ",draft,running," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = RESEARCHER, .action = "delete", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "submit", .scope = SCOPE_ASSIGNED, .field = "leader_id" },
	{ .roles = DIRECTOR, .action = "approve", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "finish", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "finish", .scope = SCOPE_ASSIGNED, .field = "leader_id" },
	{ .roles = DIRECTOR, .action = "close", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "resume", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "stop", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on", .days_before = { 90, 30, 7 }, .states = ",running," },
	{ .field = NULL },
};

static bool validate(const struct record *project, struct record_store *store, struct error *error)
{
	static const size_t references[] = { PROJECT_BOTTLENECK, PROJECT_KEY_FIELD, PROJECT_TOPIC };
	struct record *row;

	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
		if (!types_load_own(project, references[i], store, &row, error))
			return false;
	return types_in_order(project, PROJECT_STARTS_ON, PROJECT_DUE_ON, error);
}

const struct record_type rd_project_type = {
	.name = "rd_project",
	.clause = "2.4-b 2.4-d 2.4-e 2.5-a",
	.group = "cultivation",
	.label = { "研发项目", "R&D project" },
	.fields = fields,
	.field_count = PROJECT_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
};
