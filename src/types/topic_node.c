/* 技术（功效）分解节点: one node of a topic's breakdown tree, in document order. */
#include "types/types_internal.h"

static const struct choice kinds[] = {
	{ "technology", { "技术分解", "Technology" } },
	{ "effect", { "功效分解", "Effect" } },
	{ NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[NODE_TOPIC] = { .name = "topic_id",
			 .kind = FIELD_REF,
			 .ref = "topic",
			 .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			 .label = { "专题", "Topic" } },
	[NODE_KIND] = { .name = "kind",
			.kind = FIELD_CHOICE,
			.choices = kinds,
			.flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED,
			.label = { "分解表", "Tree" } },
	[NODE_POSITION] = { .name = "position",
			    .kind = FIELD_INTEGER,
			    .min = 0,
			    .max = 100000,
			    .flags = FIELD_REQUIRED | FIELD_LISTED,
			    .label = { "次序", "Position" } },
	[NODE_LEVEL] = { .name = "level",
			 .kind = FIELD_INTEGER,
			 .min = 1,
			 .max = 4,
			 .flags = FIELD_REQUIRED | FIELD_LISTED,
			 .label = { "级别", "Level" } },
	[NODE_NAME] = { .name = "name",
			.max = 100,
			.flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			.label = { "节点名称", "Name" } },
	[NODE_DEFINITION] = { .name = "definition",
			      .kind = FIELD_LONG_TEXT,
			      .max = 4000,
			      .flags = FIELD_SEARCHED,
			      .label = { "定义与边界", "Definition" },
			      .help = { "写明包含和排除的内容",
					"what belongs to it and what does not" } },
	[NODE_QUERY] = { .name = "query", .kind = FIELD_LONG_TEXT, .label = { "检索式", "Query" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == NODE_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "active", { "使用中", "Active" } },
	{ NULL, { NULL, NULL } },
};

#define WORKERS (ROLES_LEADING | ROLE_BIT(ROLE_RESEARCHER) | ROLES_OFFICE)

static const struct grant grants[] = {
	{ .roles = ROLES_BUSINESS & ~ROLE_BIT(ROLE_EXPERT),
	  .action = "read",
	  .scope = SCOPE_ORGANISATION },
	{ .roles = ROLE_BIT(ROLE_INSPECTOR), .action = "read", .scope = SCOPE_BELOW },
	{ .roles = WORKERS, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = WORKERS, .action = "update", .scope = SCOPE_ORGANISATION },
	{ .roles = WORKERS, .action = "delete", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

/* A tree belongs to whom the topic belongs to. */
static bool validate(const struct record *node, struct record_store *store, struct error *error)
{
	struct record *topic;

	if (!record_load(store, &topic_type, record_integer(node, NODE_TOPIC), &topic, error))
		return false;
	if (topic->organisation_id != node->organisation_id)
		return error_set_field(error, "topic_id", "types.other_organisation");
	return true;
}

const struct record_type topic_node_type = {
	.name = "topic_node",
	.clause = "2.3-e",
	.group = "navigation",
	.label = { "技术功效分解节点", "Topic node" },
	.fields = fields,
	.field_count = NODE_FIELD_COUNT,
	.states = states,
	.grants = grants,
	.title_field = "name",
	.list_sort = "position",
	.validate = validate,
};
