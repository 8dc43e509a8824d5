/*
 * 研发节点评审: the gate before a project's initiation, in its execution and before its end. It cannot be
 * passed without the evidence of a search or of a navigation study (clause 2.4-e).
 */
#include "types/types_internal.h"

static const struct choice stages[] = {
	{ "initiation", { "立项", "Initiation" } },
	{ "execution", { "执行", "Execution" } },
	{ "closing", { "结题", "Closing" } },
	{ NULL, { NULL, NULL } },
};

#define EVIDENCE                                                                                   \
	{                                                                                          \
		"检索与导航证据", "Evidence of search"                                             \
	}
#define CONCLUSION                                                                                 \
	{                                                                                          \
		"结论", "Conclusion"                                                               \
	}

static const struct field fields[] = {
	[GATE_PROJECT] = { .name = "project_id",
			   .kind = FIELD_REF,
			   .ref = "rd_project",
			   .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			   .label = { "研发项目", "Project" } },
	[GATE_STAGE] = { .name = "stage",
			 .kind = FIELD_CHOICE,
			 .choices = stages,
			 .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED,
			 .label = { "节点", "Stage" } },
	[GATE_TITLE] = { .name = "title",
			 .max = 240,
			 .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			 .label = { "名称", "Title" } },
	[GATE_HELD_ON] = { .name = "held_on",
			   .kind = FIELD_DATE,
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			   .label = { "评审日期", "Held on" } },
	[GATE_REVIEWERS] = { .name = "reviewers",
			     .kind = FIELD_REFS,
			     .ref = "user",
			     .label = { "评审人员", "Reviewers" } },
	[GATE_STUDY] = { .name = "study_id",
			 .kind = FIELD_REF,
			 .ref = "navigation_study",
			 .flags = FIELD_INDEXED,
			 .label = { "专利导航项目", "Navigation study" },
			 .section = EVIDENCE,
			 .help = { "已交付的导航项目可作为证据", "counts once it is delivered" } },
	[GATE_TOPIC] = { .name = "topic_id",
			 .kind = FIELD_REF,
			 .ref = "topic",
			 .flags = FIELD_INDEXED,
			 .label = { "专题数据库", "Topic" },
			 .section = EVIDENCE },
	[GATE_DATABASES] = { .name = "databases",
			     .label = { "其他检索数据库", "Other databases" },
			     .section = EVIDENCE },
	[GATE_QUERY] = { .name = "query",
			 .kind = FIELD_LONG_TEXT,
			 .label = { "检索式", "Query" },
			 .section = EVIDENCE },
	[GATE_HITS] = { .name = "hits",
			.kind = FIELD_INTEGER,
			.min = 0,
			.max = 1000000000,
			.flags = FIELD_LISTED,
			.label = { "命中文献量", "Documents found" },
			.section = EVIDENCE },
	[GATE_SELECTED] = { .name = "selected",
			    .kind = FIELD_INTEGER,
			    .min = 0,
			    .max = 1000000000,
			    .label = { "筛选后相关文献量", "Relevant ones" },
			    .section = EVIDENCE },
	[GATE_SEARCHED_ON] = { .name = "searched_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_LISTED,
			       .label = { "检索日期", "Searched on" },
			       .section = EVIDENCE },
	[GATE_REPORT] = { .name = "report",
			  .kind = FIELD_FILE,
			  .label = { "检索（导航）报告", "Report" },
			  .section = EVIDENCE },
	[GATE_FINDINGS] = { .name = "findings",
			    .kind = FIELD_LONG_TEXT,
			    .label = { "检索分析结论", "Findings" },
			    .section = CONCLUSION },
	[GATE_INFLUENCE] = { .name = "influence",
			     .kind = FIELD_LONG_TEXT,
			     .label = { "对研发路线的影响", "Influence on the route" },
			     .section = CONCLUSION },
	[GATE_PASSED_ON] = { .name = "passed_on",
			     .kind = FIELD_DATE,
			     .flags = FIELD_COMPUTED | FIELD_LISTED,
			     .label = { "通过日期", "Passed on" },
			     .section = CONCLUSION },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == GATE_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "准备中", "Draft" } }, { "submitted", { "待评审", "Submitted" } },
	{ "passed", { "通过", "Passed" } }, { "failed", { "未通过", "Failed" } },
	{ NULL, { NULL, NULL } },
};

static bool study_is_delivered(const struct record *gate, struct record_store *store,
			       bool *is_delivered_out, struct error *error)
{
	struct record *study;

	*is_delivered_out = false;
	if (!types_load_own(gate, GATE_STUDY, store, &study, error))
		return false;
	*is_delivered_out = study &&
			    name_is_listed(",delivered,in_use,archived,", str_of(study->state));
	return true;
}

/* A search can be made again: where, with what query, when, and how much it found. */
static bool is_searched(const struct record *gate)
{
	return (record_is_set(gate, GATE_TOPIC) || record_is_set(gate, GATE_DATABASES)) &&
	       record_is_set(gate, GATE_QUERY) && record_is_set(gate, GATE_HITS) &&
	       record_is_set(gate, GATE_SEARCHED_ON);
}

static bool has_evidence(const struct record *gate, struct record_store *store, struct error *error)
{
	bool is_delivered;

	if (!study_is_delivered(gate, store, &is_delivered, error))
		return false;
	if (!is_delivered && !record_is_set(gate, GATE_REPORT) && !is_searched(gate))
		return error_set_field(error, "query", "types.gate_evidence");
	return REQUIRE(gate, error, GATE_FINDINGS, GATE_INFLUENCE);
}

/* Where the project stands when the gate of that stage is judged. */
static const char *state_for(const char *stage)
{
	if (strcmp(stage, "initiation") == 0)
		return "submitted";
	return strcmp(stage, "execution") == 0 ? "running" : "closing";
}

static bool may_pass(const struct record *gate, struct record_store *store, struct error *error)
{
	struct record *project;

	if (!has_evidence(gate, store, error) || !REQUIRE(gate, error, GATE_REVIEWERS) ||
	    !types_not_future(gate, GATE_HELD_ON, store, error) ||
	    !types_load_own(gate, GATE_PROJECT, store, &project, error))
		return false;
	if (strcmp(project->state, state_for(record_text(gate, GATE_STAGE))) != 0)
		return error_set_field(error, "stage", "types.gate_stage");
	return true;
}

static bool set_passed(struct record *gate, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_date(store, gate, GATE_PASSED_ON, store->today);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交评审", "Submit" },
	  .guard = has_evidence },
	{ .name = "pass",
	  .from = "submitted",
	  .to = "passed",
	  .label = { "通过", "Pass" },
	  .guard = may_pass,
	  .effect = set_passed,
	  .is_task = true },
	{ .name = "fail",
	  .from = "submitted",
	  .to = "failed",
	  .label = { "不通过", "Fail" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回补充", "Return" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",submitted,passed,failed," },
	{ .roles = MANAGER | RESEARCHER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "update", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = RESEARCHER, .action = "update", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = RESEARCHER, .action = "delete", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "submit", .scope = SCOPE_OWN },
	{ .roles = DIRECTOR, .action = "pass", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "fail", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "held_on", .days_before = { 14, 3 }, .states = ",draft,submitted," },
	{ .field = NULL },
};

static bool before_save(struct record *gate, struct record_store *store, struct error *error)
{
	const struct choice *stage = choice_find(stages, str_of(record_text(gate, GATE_STAGE)));
	struct record *project;

	if (!types_load_own(gate, GATE_PROJECT, store, &project, error))
		return false;
	if (project && stage)
		record_set_text(store, gate, GATE_TITLE,
				str_of(arena_printf(store->arena, "%s（%s）", record_title(project),
						    stage->label.zh)));
	return true;
}

static bool validate(const struct record *gate, struct record_store *store, struct error *error)
{
	struct record *row;

	if (record_is_set(gate, GATE_HITS) &&
	    record_integer(gate, GATE_SELECTED) > record_integer(gate, GATE_HITS))
		return error_set_field(error, "selected", "types.more_than_found");
	return types_load_own(gate, GATE_STUDY, store, &row, error) &&
	       types_load_own(gate, GATE_TOPIC, store, &row, error) &&
	       types_not_future(gate, GATE_SEARCHED_ON, store, error);
}

const struct record_type rd_gate_type = {
	.name = "rd_gate",
	.clause = "2.4-e 2.5-a",
	.group = "cultivation",
	.label = { "研发节点评审", "Gate" },
	.fields = fields,
	.field_count = GATE_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-held_on",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
};
