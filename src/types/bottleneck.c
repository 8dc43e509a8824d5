/*
 * 攻关清单: a bottleneck or need the centre means to overcome (clause 2.4-c). Where it comes from a hot
 * or blank spot of a topic, the cell and its count are kept, and counted again when it is solved.
 */
#include "types/types_internal.h"

static const struct choice kinds[] = {
	{ "technology", { "关键核心技术", "Key technology" } },
	{ "material", { "关键材料", "Material" } },
	{ "component", { "核心零部件", "Component" } },
	{ "process", { "工艺与装备", "Process and equipment" } },
	{ "software", { "基础软件与算法", "Software and algorithms" } },
	{ "need", { "市场与用户需求", "Need of the market" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice sources[] = {
	{ "hot_spot", { "导航技术热点", "Hot spot of navigation" } },
	{ "blank_spot", { "导航技术空白点", "Blank spot of navigation" } },
	{ "production", { "生产与研发一线", "Production and R&D" } },
	{ "market", { "市场与客户", "Market and customers" } },
	{ "programme", { "政府榜单（揭榜挂帅）", "Government's list" } },
	{ "standard", { "标准与认证要求", "Standards" } },
	{ "supply", { "供应链风险", "Supply chain" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice priorities[] = {
	{ "high", { "高", "High" } },
	{ "middle", { "中", "Middle" } },
	{ "low", { "低", "Low" } },
	{ NULL, { NULL, NULL } },
};

#define EVIDENCE                                                                                   \
	{                                                                                          \
		"来源与证据", "Source and evidence"                                                \
	}
#define PLAN                                                                                       \
	{                                                                                          \
		"攻关安排", "Plan"                                                                 \
	}
#define RESULT                                                                                     \
	{                                                                                          \
		"攻关结果", "Result"                                                               \
	}

static const struct field fields[] = {
	[BOTTLENECK_CODE] = { .name = "code",
			      .max = 40,
			      .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED |
				       FIELD_SEARCHED,
			      .label = { "编号", "Code" } },
	[BOTTLENECK_TITLE] = { .name = "title",
			       .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			       .label = { "瓶颈或需求", "Bottleneck" } },
	[BOTTLENECK_KEY_FIELD] = { .name = "key_field_id",
				   .kind = FIELD_REF,
				   .ref = "key_field",
				   .flags = FIELD_REQUIRED | FIELD_INDEXED | FIELD_LISTED,
				   .label = { "重点技术领域", "Key field" } },
	[BOTTLENECK_KIND] = { .name = "kind",
			      .kind = FIELD_CHOICE,
			      .choices = kinds,
			      .flags = FIELD_REQUIRED | FIELD_LISTED,
			      .label = { "类别", "Kind" } },
	[BOTTLENECK_SOURCE] = { .name = "source",
				.kind = FIELD_CHOICE,
				.choices = sources,
				.flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
				.label = { "需求来源", "Source" } },
	[BOTTLENECK_PRIORITY] = { .name = "priority",
				  .kind = FIELD_CHOICE,
				  .choices = priorities,
				  .flags = FIELD_REQUIRED | FIELD_LISTED,
				  .label = { "优先级", "Priority" } },
	[BOTTLENECK_GAP] = { .name = "gap",
			     .kind = FIELD_LONG_TEXT,
			     .max = 4000,
			     .flags = FIELD_REQUIRED | FIELD_SEARCHED,
			     .label = { "现状与差距", "Where it stands" } },
	[BOTTLENECK_TARGET] = { .name = "target",
				.kind = FIELD_LONG_TEXT,
				.max = 4000,
				.label = { "攻关目标", "Target" },
				.help = { "可检验的技术指标", "figures that can be tested" } },
	[BOTTLENECK_FINDING] = { .name = "finding_id",
				 .kind = FIELD_REF,
				 .ref = "finding",
				 .flags = FIELD_INDEXED,
				 .label = { "导航发现", "Finding" },
				 .section = EVIDENCE },
	[BOTTLENECK_TOPIC] = { .name = "topic_id",
			       .kind = FIELD_REF,
			       .ref = "topic",
			       .flags = FIELD_INDEXED,
			       .label = { "专题数据库", "Topic" },
			       .section = EVIDENCE },
	[BOTTLENECK_TECHNOLOGY] = { .name = "technology_id",
				    .kind = FIELD_REF,
				    .ref = "topic_node",
				    .flags = FIELD_INDEXED,
				    .label = { "技术节点", "Technology node" },
				    .section = EVIDENCE },
	[BOTTLENECK_EFFECT] = { .name = "effect_id",
				.kind = FIELD_REF,
				.ref = "topic_node",
				.flags = FIELD_INDEXED,
				.label = { "功效节点", "Effect node" },
				.section = EVIDENCE },
	[BOTTLENECK_QUERY] = { .name = "query",
			       .kind = FIELD_LONG_TEXT,
			       .label = { "取证检索式", "Query of the evidence" },
			       .section = EVIDENCE },
	[BOTTLENECK_HITS] = { .name = "hits",
			      .kind = FIELD_INTEGER,
			      .min = 0,
			      .max = 1000000000,
			      .label = { "提出时文献量", "Documents then" },
			      .section = EVIDENCE },
	[BOTTLENECK_COUNTED_ON] = { .name = "counted_on",
				    .kind = FIELD_DATE,
				    .label = { "统计日期", "Counted on" },
				    .section = EVIDENCE },
	[BOTTLENECK_LEADER] = { .name = "leader_id",
				.kind = FIELD_USER,
				.flags = FIELD_LISTED | FIELD_INDEXED,
				.label = { "攻关负责人", "Leader" },
				.section = PLAN },
	[BOTTLENECK_PARTNERS] = { .name = "partners",
				  .kind = FIELD_LONG_TEXT,
				  .max = 2000,
				  .label = { "协同单位及分工", "Partners and their parts" },
				  .section = PLAN },
	[BOTTLENECK_BUDGET] = { .name = "budget",
				.kind = FIELD_MONEY,
				.min = 0,
				.max = 1000000000000,
				.label = { "经费预算（元）", "Budget (yuan)" },
				.section = PLAN },
	[BOTTLENECK_STARTS_ON] = { .name = "starts_on",
				   .kind = FIELD_DATE,
				   .label = { "开始日期", "Starts on" },
				   .section = PLAN },
	[BOTTLENECK_DUE_ON] = { .name = "due_on",
				.kind = FIELD_DATE,
				.flags = FIELD_LISTED | FIELD_INDEXED,
				.label = { "完成期限", "Due on" },
				.section = PLAN },
	[BOTTLENECK_EXPECTED_PATENTS] = { .name = "expected_patents",
					  .kind = FIELD_INTEGER,
					  .min = 0,
					  .max = 10000,
					  .flags = FIELD_LISTED,
					  .label = { "预期发明专利（件）", "Expected inventions" },
					  .section = PLAN },
	[BOTTLENECK_OUTCOME] = { .name = "outcome",
				 .kind = FIELD_LONG_TEXT,
				 .max = 4000,
				 .label = { "突破情况", "Outcome" },
				 .section = RESULT },
	[BOTTLENECK_HITS_AFTER] = { .name = "hits_after",
				    .kind = FIELD_INTEGER,
				    .min = 0,
				    .max = 1000000000,
				    .label = { "突破后文献量", "Documents afterwards" },
				    .section = RESULT,
				    .help = { "以同一取证检索式重新统计", "by the same query" } },
	[BOTTLENECK_RECOUNTED_ON] = { .name = "recounted_on",
				      .kind = FIELD_DATE,
				      .label = { "重新统计日期", "Counted again on" },
				      .section = RESULT },
	[BOTTLENECK_SOLVED_ON] = { .name = "solved_on",
				   .kind = FIELD_DATE,
				   .flags = FIELD_COMPUTED | FIELD_LISTED,
				   .label = { "突破日期", "Solved on" },
				   .section = RESULT },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == BOTTLENECK_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },
	{ "submitted", { "待审定", "Submitted" } },
	{ "listed", { "已列入清单", "Listed" } },
	{ "tackling", { "攻关中", "Being tackled" } },
	{ "solved", { "已突破", "Solved" } },
	{ "withdrawn", { "已撤出", "Withdrawn" } },
	{ NULL, { NULL, NULL } },
};

static bool is_of_navigation(const struct record *bottleneck)
{
	return types_choice_is(bottleneck, BOTTLENECK_SOURCE, "hot_spot") ||
	       types_choice_is(bottleneck, BOTTLENECK_SOURCE, "blank_spot");
}

static bool has_evidence(const struct record *bottleneck, struct record_store *store,
			 struct error *error)
{
	(void)store;
	return !is_of_navigation(bottleneck) ||
	       REQUIRE(bottleneck, error, BOTTLENECK_TOPIC, BOTTLENECK_TECHNOLOGY,
		       BOTTLENECK_EFFECT, BOTTLENECK_QUERY, BOTTLENECK_HITS, BOTTLENECK_COUNTED_ON);
}

static bool has_plan(const struct record *bottleneck, struct record_store *store,
		     struct error *error)
{
	(void)store;
	return REQUIRE(bottleneck, error, BOTTLENECK_TARGET, BOTTLENECK_LEADER, BOTTLENECK_DUE_ON);
}

static bool has_outcome(const struct record *bottleneck, struct record_store *store,
			struct error *error)
{
	(void)store;
	if (!REQUIRE(bottleneck, error, BOTTLENECK_OUTCOME))
		return false;
	return !is_of_navigation(bottleneck) ||
	       REQUIRE(bottleneck, error, BOTTLENECK_HITS_AFTER, BOTTLENECK_RECOUNTED_ON);
}

static bool set_solved(struct record *bottleneck, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_date(store, bottleneck, BOTTLENECK_SOLVED_ON, store->today);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交审定", "Submit" },
	  .guard = has_evidence },
	{ .name = "list",
	  .from = "submitted",
	  .to = "listed",
	  .label = { "列入攻关清单", "Put on the list" },
	  .guard = has_plan,
	  .is_task = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回", "Return" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "start",
	  .from = "listed",
	  .to = "tackling",
	  .label = { "开始攻关", "Start" },
	  .is_task = true },
	{ .name = "solve",
	  .from = "tackling",
	  .to = "solved",
	  .label = { "登记突破", "Record as solved" },
	  .guard = has_outcome,
	  .effect = set_solved,
	  .is_task = true },
	{ .name = "withdraw",
	  .from = "listed",
	  .to = "withdrawn",
	  .label = { "撤出清单", "Withdraw" },
	  .wants_comment = true },
	{ .name = "withdraw",
	  .from = "tackling",
	  .to = "withdrawn",
	  .label = { "撤出清单", "Withdraw" },
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",submitted,listed,tackling,solved,withdrawn," },
	{ .roles = MANAGER | RESEARCHER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,submitted,listed,tackling," },
	{ .roles = RESEARCHER, .action = "update", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "leader_id",
	  .states = ",tackling," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = RESEARCHER, .action = "delete", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "submit", .scope = SCOPE_OWN },
	{ .roles = DIRECTOR, .action = "list", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "start", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "start", .scope = SCOPE_ASSIGNED, .field = "leader_id" },
	{ .roles = MANAGER, .action = "solve", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "solve", .scope = SCOPE_ASSIGNED, .field = "leader_id" },
	{ .roles = DIRECTOR, .action = "withdraw", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on", .days_before = { 30, 7, 1 }, .states = ",listed,tackling," },
	{ .field = NULL },
};

/* The node is one of that tree of the topic. */
static bool check_node(const struct record *bottleneck, size_t field, const char *kind,
		       struct record_store *store, struct error *error)
{
	struct record *node;

	if (!types_load_own(bottleneck, field, store, &node, error))
		return false;
	if (node &&
	    (record_integer(node, NODE_TOPIC) != record_integer(bottleneck, BOTTLENECK_TOPIC) ||
	     !types_choice_is(node, NODE_KIND, kind)))
		return error_set_field(error, fields[field].name, "types.other_tree");
	return true;
}

static bool validate(const struct record *bottleneck, struct record_store *store,
		     struct error *error)
{
	static const size_t references[] = { BOTTLENECK_KEY_FIELD, BOTTLENECK_FINDING,
					     BOTTLENECK_TOPIC };
	struct record *row;

	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
		if (!types_load_own(bottleneck, references[i], store, &row, error))
			return false;
	return check_node(bottleneck, BOTTLENECK_TECHNOLOGY, "technology", store, error) &&
	       check_node(bottleneck, BOTTLENECK_EFFECT, "effect", store, error) &&
	       types_in_order(bottleneck, BOTTLENECK_STARTS_ON, BOTTLENECK_DUE_ON, error) &&
	       types_not_future(bottleneck, BOTTLENECK_COUNTED_ON, store, error) &&
	       types_in_order(bottleneck, BOTTLENECK_COUNTED_ON, BOTTLENECK_RECOUNTED_ON, error) &&
	       types_not_future(bottleneck, BOTTLENECK_RECOUNTED_ON, store, error);
}

const struct record_type bottleneck_type = {
	.name = "bottleneck",
	.clause = "2.4-c",
	.group = "cultivation",
	.label = { "攻关清单", "Bottleneck" },
	.fields = fields,
	.field_count = BOTTLENECK_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
};
