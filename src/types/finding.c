/* 导航发现: a hot spot, a blank spot, a risk … of a study, and what was decided about it. */
#include "types/types_internal.h"

enum {
	FINDING_STUDY,
	FINDING_KIND,
	FINDING_TITLE,
	FINDING_TEXT,
	FINDING_NODE,
	FINDING_QUERY,
	FINDING_EVIDENCE,
	FINDING_IMPORTANCE,
	FINDING_SUGGESTION,
	FINDING_RESPONSIBLE,
	FINDING_DUE_ON,
	FINDING_OUTCOME,
	FINDING_FIELD_COUNT
};

static const struct choice kinds[] = {
	{ "hot_spot", { "技术热点", "Hot spot" } },
	{ "blank_spot", { "技术空白点", "Blank spot" } },
	{ "competitor", { "竞争对手动向", "Competitor" } },
	{ "key_patent", { "核心专利", "Key patent" } },
	{ "risk", { "侵权风险", "Risk" } },
	{ "layout", { "布局机会", "Layout opportunity" } },
	{ "rd_direction", { "研发方向", "R&D direction" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice importances[] = {
	{ "high", { "高", "High" } },
	{ "middle", { "中", "Middle" } },
	{ "low", { "低", "Low" } },
	{ NULL, { NULL, NULL } },
};

#define DECISION                                                                                   \
	{                                                                                          \
		"决策与落实", "Decision"                                                           \
	}

static const struct field fields[] = {
	[FINDING_STUDY] = { .name = "study_id",
			    .kind = FIELD_REF,
			    .ref = "navigation_study",
			    .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			    .label = { "导航项目", "Study" } },
	[FINDING_KIND] = { .name = "kind",
			   .kind = FIELD_CHOICE,
			   .choices = kinds,
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			   .label = { "类别", "Kind" } },
	[FINDING_TITLE] = { .name = "title",
			    .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			    .label = { "要点", "Title" } },
	[FINDING_TEXT] = { .name = "text",
			   .kind = FIELD_LONG_TEXT,
			   .flags = FIELD_REQUIRED | FIELD_SEARCHED,
			   .label = { "说明", "Text" } },
	[FINDING_NODE] = { .name = "node",
			   .flags = FIELD_LISTED | FIELD_SEARCHED,
			   .label = { "技术（功效）节点", "Node" } },
	[FINDING_QUERY] = { .name = "query",
			    .kind = FIELD_LONG_TEXT,
			    .label = { "取证检索式", "Query of the evidence" },
			    .help = { "可重现该结论所依据的文献集合",
				      "gives the documents it rests on again" } },
	[FINDING_EVIDENCE] = { .name = "evidence",
			       .kind = FIELD_LONG_TEXT,
			       .label = { "依据（文献号、图表）", "Evidence" } },
	[FINDING_IMPORTANCE] = { .name = "importance",
				 .kind = FIELD_CHOICE,
				 .choices = importances,
				 .flags = FIELD_REQUIRED | FIELD_LISTED,
				 .label = { "重要程度", "Importance" } },
	[FINDING_SUGGESTION] = { .name = "suggestion",
				 .kind = FIELD_LONG_TEXT,
				 .label = { "建议", "Suggestion" } },
	[FINDING_RESPONSIBLE] = { .name = "responsible_id",
				  .kind = FIELD_USER,
				  .flags = FIELD_LISTED | FIELD_INDEXED,
				  .label = { "落实责任人", "Responsible" },
				  .section = DECISION },
	[FINDING_DUE_ON] = { .name = "due_on",
			     .kind = FIELD_DATE,
			     .flags = FIELD_LISTED | FIELD_INDEXED,
			     .label = { "落实期限", "Due on" },
			     .section = DECISION },
	[FINDING_OUTCOME] = { .name = "outcome",
			      .kind = FIELD_LONG_TEXT,
			      .label = { "落实情况", "Outcome" },
			      .section = DECISION },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == FINDING_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "待确认", "To be confirmed" } },
	{ "confirmed", { "已确认", "Confirmed" } },
	{ "adopted", { "已采纳", "Adopted" } },
	{ "declined", { "不采纳", "Declined" } },
	{ "done", { "已落实", "Done" } },
	{ NULL, { NULL, NULL } },
};

static bool has_responsible(const struct record *finding, struct record_store *store,
			    struct error *error)
{
	(void)store;
	if (!record_is_set(finding, FINDING_RESPONSIBLE))
		return error_set_field(error, "responsible_id", "record.required");
	if (!record_is_set(finding, FINDING_DUE_ON))
		return error_set_field(error, "due_on", "record.required");
	return true;
}

static bool has_outcome(const struct record *finding, struct record_store *store,
			struct error *error)
{
	(void)store;
	if (!record_is_set(finding, FINDING_OUTCOME))
		return error_set_field(error, "outcome", "record.required");
	return true;
}

static const struct transition transitions[] = {
	{ .name = "confirm",
	  .from = "draft",
	  .to = "confirmed",
	  .label = { "确认", "Confirm" },
	  .is_task = true },
	{ .name = "adopt",
	  .from = "confirmed",
	  .to = "adopted",
	  .label = { "采纳", "Adopt" },
	  .guard = has_responsible,
	  .is_task = true },
	{ .name = "decline",
	  .from = "confirmed",
	  .to = "declined",
	  .label = { "不采纳", "Decline" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "finish",
	  .from = "adopted",
	  .to = "done",
	  .label = { "登记落实", "Record as done" },
	  .guard = has_outcome,
	  .is_task = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE | ROLES_OFFICE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",confirmed,adopted,declined,done," },
	{ .roles = MANAGER | RESEARCHER | ROLES_OFFICE,
	  .action = "create",
	  .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "update", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "responsible_id",
	  .states = ",adopted," },
	{ .roles = MANAGER | ROLES_OFFICE,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,confirmed,adopted," },
	{ .roles = RESEARCHER, .action = "delete", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER | ROLES_OFFICE,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = MANAGER | ROLES_OFFICE, .action = "confirm", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR | ROLES_OFFICE, .action = "adopt", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR | ROLES_OFFICE, .action = "decline", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER,
	  .action = "finish",
	  .scope = SCOPE_ASSIGNED,
	  .field = "responsible_id" },
	{ .roles = MANAGER | ROLES_OFFICE, .action = "finish", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on", .days_before = { 30, 7, 1 }, .states = ",adopted," },
	{ .field = NULL },
};

static bool validate(const struct record *finding, struct record_store *store, struct error *error)
{
	struct record *study;

	if (!record_load(store, &navigation_study_type, record_integer(finding, FINDING_STUDY),
			 &study, error))
		return false;
	if (study->organisation_id != finding->organisation_id)
		return error_set_field(error, "study_id", "types.other_organisation");
	return true;
}

const struct record_type finding_type = {
	.name = "finding",
	.clause = "2.3-c 2.3-f 2.7-c",
	.group = "navigation",
	.label = { "导航发现", "Finding" },
	.fields = fields,
	.field_count = FINDING_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
};
