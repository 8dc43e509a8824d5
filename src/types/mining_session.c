/* 专利挖掘: a session at which a project's points worth protecting are listed (clause 2.4-e). */
#include "types/types_internal.h"

enum {
	SESSION_PROJECT,
	SESSION_TITLE,
	SESSION_HELD_ON,
	SESSION_METHODS,
	SESSION_HOST,
	SESSION_PARTICIPANTS,
	SESSION_GUESTS,
	SESSION_TOPIC,
	SESSION_QUERY,
	SESSION_POINTS,
	SESSION_POINT_COUNT,
	SESSION_PROPOSALS,
	SESSION_SUMMARY,
	SESSION_FIELD_COUNT
};

static const struct choice methods[] = {
	{ "task", { "研发任务分解", "By the project's tasks" } },
	{ "feature", { "技术要素分解", "By technical features" } },
	{ "problem", { "问题导向", "By problems" } },
	{ "product", { "产品结构分解", "By the product's parts" } },
	{ "standard", { "标准导向", "By a standard" } },
	{ "around", { "核心专利规避与外围布局", "Around a key patent" } },
	{ "blank_spot", { "技术空白点", "At a blank spot" } },
	{ NULL, { NULL, NULL } },
};

#define RESULT                                                                                     \
	{                                                                                          \
		"挖掘成果", "Results"                                                              \
	}

static const struct field fields[] = {
	[SESSION_PROJECT] = { .name = "project_id",
			      .kind = FIELD_REF,
			      .ref = "rd_project",
			      .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			      .label = { "研发项目", "Project" } },
	[SESSION_TITLE] = { .name = "title",
			    .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			    .label = { "挖掘主题", "Subject" } },
	[SESSION_HELD_ON] = { .name = "held_on",
			      .kind = FIELD_DATE,
			      .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			      .label = { "挖掘日期", "Held on" } },
	[SESSION_METHODS] = { .name = "methods",
			      .kind = FIELD_CHOICES,
			      .choices = methods,
			      .flags = FIELD_REQUIRED | FIELD_LISTED,
			      .label = { "挖掘方法", "Methods" } },
	[SESSION_HOST] = { .name = "host_id",
			   .kind = FIELD_USER,
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			   .label = { "主持人", "Host" } },
	[SESSION_PARTICIPANTS] = { .name = "participants",
				   .kind = FIELD_REFS,
				   .ref = "user",
				   .label = { "参加人员", "Participants" } },
	[SESSION_GUESTS] = { .name = "guests",
			     .label = { "外部人员", "Guests" },
			     .help = { "服务机构、合作单位的人员", "of agencies and partners" } },
	[SESSION_TOPIC] = { .name = "topic_id",
			    .kind = FIELD_REF,
			    .ref = "topic",
			    .flags = FIELD_INDEXED,
			    .label = { "专题数据库", "Topic" } },
	[SESSION_QUERY] = { .name = "query",
			    .kind = FIELD_LONG_TEXT,
			    .label = { "对照检索式", "Query compared with" },
			    .help = { "挖掘点与其所得文献对照",
				      "what the points are held against" } },
	[SESSION_POINTS] = { .name = "points",
			     .kind = FIELD_LONG_TEXT,
			     .flags = FIELD_SEARCHED,
			     .label = { "挖掘点清单", "Points" },
			     .section = RESULT,
			     .help = { "每行一个：技术要点、拟保护内容、提出人",
				       "one a line: the point, what to protect, who named it" } },
	[SESSION_POINT_COUNT] = { .name = "point_count",
				  .kind = FIELD_INTEGER,
				  .flags = FIELD_COMPUTED | FIELD_LISTED,
				  .label = { "挖掘点数", "Number of points" },
				  .section = RESULT },
	[SESSION_PROPOSALS] = { .name = "expected_proposals",
				.kind = FIELD_INTEGER,
				.min = 0,
				.max = 1000,
				.flags = FIELD_LISTED,
				.label = { "拟形成交底书数", "Disclosures to follow" },
				.section = RESULT },
	[SESSION_SUMMARY] = { .name = "summary",
			      .kind = FIELD_LONG_TEXT,
			      .max = 4000,
			      .label = { "结论与布局建议", "Conclusions" },
			      .section = RESULT },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == SESSION_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "planned", { "待召开", "Planned" } },
	{ "held", { "已召开", "Held" } },
	{ "closed", { "已归档", "Closed" } },
	{ "cancelled", { "已取消", "Cancelled" } },
	{ NULL, { NULL, NULL } },
};

static bool was_held(const struct record *session, struct record_store *store, struct error *error)
{
	return types_not_future(session, SESSION_HELD_ON, store, error) &&
	       REQUIRE(session, error, SESSION_POINTS, SESSION_PARTICIPANTS);
}

static bool has_summary(const struct record *session, struct record_store *store,
			struct error *error)
{
	(void)store;
	return REQUIRE(session, error, SESSION_PROPOSALS, SESSION_SUMMARY);
}

static const struct transition transitions[] = {
	{ .name = "hold",
	  .from = "planned",
	  .to = "held",
	  .label = { "登记召开", "Record as held" },
	  .guard = was_held,
	  .is_task = true },
	{ .name = "close",
	  .from = "held",
	  .to = "closed",
	  .label = { "归档", "Close" },
	  .guard = has_summary,
	  .is_task = true },
	{ .name = "cancel",
	  .from = "planned",
	  .to = "cancelled",
	  .label = { "取消", "Cancel" },
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",held,closed,",
	  .hides = ",points,query,summary," },
	{ .roles = MANAGER | RESEARCHER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",planned,held," },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "host_id",
	  .states = ",planned,held," },
	{ .roles = MANAGER,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",planned," },
	{ .roles = MANAGER, .action = "hold", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "hold", .scope = SCOPE_ASSIGNED, .field = "host_id" },
	{ .roles = MANAGER, .action = "close", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "cancel", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "held_on", .days_before = { 7, 1 }, .states = ",planned," },
	{ .field = NULL },
};

/* Lines with text are points. */
static bool before_save(struct record *session, struct record_store *store, struct error *error)
{
	struct str rest = str_of(record_text(session, SESSION_POINTS)), line;
	int64_t count = 0;

	(void)store;
	(void)error;
	while (str_split(&rest, STR("\n"), &line))
		count += str_trim(line).size > 0;
	record_set_integer(session, SESSION_POINT_COUNT, count);
	return true;
}

static bool validate(const struct record *session, struct record_store *store, struct error *error)
{
	struct record *row;

	return types_load_own(session, SESSION_PROJECT, store, &row, error) &&
	       types_load_own(session, SESSION_TOPIC, store, &row, error);
}

const struct record_type mining_session_type = {
	.name = "mining_session",
	.clause = "2.4-e",
	.group = "cultivation",
	.label = { "专利挖掘", "Mining session" },
	.fields = fields,
	.field_count = SESSION_FIELD_COUNT,
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
