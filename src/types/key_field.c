/* 重点领域: a field of technology the centre cultivates patents in (clause 2.4-a). */
#include "types/types_internal.h"

enum {
	KEY_FIELD_NAME,
	KEY_FIELD_SPHERE,
	KEY_FIELD_INDUSTRY,
	KEY_FIELD_DIRECTION,
	KEY_FIELD_BASIS,
	KEY_FIELD_LEADER,
	KEY_FIELD_TOPIC,
	KEY_FIELD_CLASSES,
	KEY_FIELD_QUERY,
	KEY_FIELD_CHOSEN_ON,
	KEY_FIELD_FIELD_COUNT
};

static const struct choice spheres[] = {
	{ "artificial_intelligence", { "人工智能", "Artificial intelligence" } },
	{ "information_technology", { "新一代信息技术", "New information technology" } },
	{ "biomedicine", { "生物医药", "Biomedicine" } },
	{ "aerospace", { "航空航天", "Aerospace" } },
	{ "nuclear", { "核技术应用", "Applied nuclear technology" } },
	{ "other", { "“15+N”其他产业", "Another industry of 15+N" } },
	{ NULL, { NULL, NULL } },
};

#define RETRIEVAL                                                                                  \
	{                                                                                          \
		"检索范围", "Retrieval"                                                            \
	}

static const struct field fields[] = {
	[KEY_FIELD_NAME] = { .name = "name",
			     .max = 100,
			     .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			     .label = { "技术领域", "Field of technology" } },
	[KEY_FIELD_SPHERE] = { .name = "sphere",
			       .kind = FIELD_CHOICE,
			       .choices = spheres,
			       .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			       .label = { "所属重点领域", "Sphere" } },
	[KEY_FIELD_INDUSTRY] = { .name = "industry",
				 .max = 100,
				 .flags = FIELD_LISTED | FIELD_SEARCHED,
				 .label = { "所属产业", "Industry" },
				 .help = { "“15+N”产业名称；所属重点领域为其他产业时必填",
					   "of the 15+N; required for another industry" } },
	[KEY_FIELD_DIRECTION] = { .name = "direction",
				  .kind = FIELD_LONG_TEXT,
				  .max = 2000,
				  .flags = FIELD_REQUIRED,
				  .label = { "主攻方向", "Direction" } },
	[KEY_FIELD_BASIS] = { .name = "basis",
			      .kind = FIELD_LONG_TEXT,
			      .max = 2000,
			      .label = { "确定依据", "Basis" },
			      .help = { "产业政策、发展规划、导航结论等",
					"policies, plans, results of navigation" } },
	[KEY_FIELD_LEADER] = { .name = "leader_id",
			       .kind = FIELD_USER,
			       .flags = FIELD_LISTED,
			       .label = { "领域负责人", "Leader" } },
	[KEY_FIELD_TOPIC] = { .name = "topic_id",
			      .kind = FIELD_REF,
			      .ref = "topic",
			      .flags = FIELD_INDEXED,
			      .label = { "专题数据库", "Topic" },
			      .section = RETRIEVAL },
	[KEY_FIELD_CLASSES] = { .name = "classes",
				.flags = FIELD_SEARCHED,
				.label = { "主要 IPC 分类号", "Main IPC classes" },
				.section = RETRIEVAL },
	[KEY_FIELD_QUERY] = { .name = "query",
			      .kind = FIELD_LONG_TEXT,
			      .label = { "检索式", "Query" },
			      .section = RETRIEVAL },
	[KEY_FIELD_CHOSEN_ON] = { .name = "chosen_on",
				  .kind = FIELD_DATE,
				  .flags = FIELD_COMPUTED | FIELD_LISTED,
				  .label = { "确定日期", "Chosen on" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == KEY_FIELD_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "拟定", "Draft" } },
	{ "submitted", { "待确定", "Submitted" } },
	{ "active", { "已确定", "Active" } },
	{ "retired", { "已退出", "Retired" } },
	{ NULL, { NULL, NULL } },
};

static bool has_basis(const struct record *field, struct record_store *store, struct error *error)
{
	(void)store;
	return REQUIRE(field, error, KEY_FIELD_BASIS, KEY_FIELD_LEADER);
}

static bool set_chosen(struct record *field, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_date(store, field, KEY_FIELD_CHOSEN_ON, store->today);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交确定", "Submit" },
	  .guard = has_basis },
	{ .name = "choose",
	  .from = "submitted",
	  .to = "active",
	  .label = { "确定为重点领域", "Choose" },
	  .effect = set_chosen,
	  .is_task = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回", "Return" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "retire",
	  .from = "active",
	  .to = "retired",
	  .label = { "退出", "Retire" },
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",submitted,active,retired," },
	{ .roles = ROLES_LEADING, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft,active," },
	{ .roles = ROLES_LEADING,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = ROLES_LEADING, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "choose", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "retire", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static bool validate(const struct record *field, struct record_store *store, struct error *error)
{
	struct record *topic;

	if (types_choice_is(field, KEY_FIELD_SPHERE, "other") &&
	    !REQUIRE(field, error, KEY_FIELD_INDUSTRY))
		return false;
	return types_load_own(field, KEY_FIELD_TOPIC, store, &topic, error);
}

const struct record_type key_field_type = {
	.name = "key_field",
	.clause = "1-a 2.4-a",
	.group = "cultivation",
	.label = { "重点技术领域", "Key field" },
	.fields = fields,
	.field_count = KEY_FIELD_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "name",
	.list_sort = "name",
	.has_attachments = true,
	.validate = validate,
};
