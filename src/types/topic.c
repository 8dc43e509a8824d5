/*
 * 专题数据库: a topic of the library as a record. Its documents, tree order and log are the library's
 * (topic_set, topic_node, topic_log); this row is what people name, find and share it by.
 */
#include "types/types.h"

enum {
	TOPIC_NAME,
	TOPIC_PURPOSE,
	TOPIC_TECHNOLOGY,
	TOPIC_QUERY,
	TOPIC_CREATED_ON,
	TOPIC_UPDATED_ON,
	TOPIC_FIELD_COUNT
};

static const struct field fields[] = {
	[TOPIC_NAME] = { .name = "name",
			 .max = 100,
			 .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "专题名称", "Name" } },
	[TOPIC_PURPOSE] = { .name = "purpose",
			    .kind = FIELD_LONG_TEXT,
			    .max = 2000,
			    .flags = FIELD_SEARCHED,
			    .label = { "建库目的", "Purpose" } },
	[TOPIC_TECHNOLOGY] = { .name = "field",
			       .flags = FIELD_LISTED | FIELD_SEARCHED,
			       .label = { "技术领域", "Field of technology" } },
	[TOPIC_QUERY] = { .name = "query",
			  .kind = FIELD_LONG_TEXT,
			  .label = { "检索式", "Query" },
			  .help = { "不填则只含导入和手工加入的文献",
				    "empty: only imported and added documents" } },
	[TOPIC_CREATED_ON] = { .name = "created_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_COMPUTED,
			       .label = { "建库日期", "Made on" } },
	[TOPIC_UPDATED_ON] = { .name = "updated_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_COMPUTED | FIELD_LISTED,
			       .label = { "数据更新日期", "Data updated on" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == TOPIC_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "active", { "使用中", "Active" } },
	{ "archived", { "已归档", "Archived" } },
	{ NULL, { NULL, NULL } },
};

static const struct transition transitions[] = {
	{ .name = "archive", .from = "active", .to = "archived", .label = { "归档", "Archive" } },
	{ .name = "restore",
	  .from = "archived",
	  .to = "active",
	  .label = { "恢复使用", "Restore" } },
	{ .name = NULL },
};

#define WORKERS (ROLES_LEADING | ROLE_BIT(ROLE_RESEARCHER) | ROLES_OFFICE)

static const struct grant grants[] = {
	{ .roles = ROLES_BUSINESS & ~ROLE_BIT(ROLE_EXPERT),
	  .action = "read",
	  .scope = SCOPE_ORGANISATION },
	{ .roles = ROLE_BIT(ROLE_INSPECTOR), .action = "read", .scope = SCOPE_BELOW },
	{ .roles = WORKERS, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = WORKERS, .action = "update", .scope = SCOPE_ORGANISATION, .states = ",active," },
	{ .roles = ROLES_LEADING | ROLES_OFFICE, .action = "delete", .scope = SCOPE_ORGANISATION },
	{ .roles = WORKERS, .action = "archive", .scope = SCOPE_ORGANISATION },
	{ .roles = WORKERS, .action = "restore", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static bool before_save(struct record *topic, struct record_store *store, struct error *error)
{
	(void)error;
	if (!record_is_set(topic, TOPIC_CREATED_ON)) {
		record_set_date(store, topic, TOPIC_CREATED_ON, store->today);
		record_set_date(store, topic, TOPIC_UPDATED_ON, store->today);
	}
	return true;
}

const struct record_type topic_type = {
	.name = "topic",
	.clause = "2.3-e",
	.group = "navigation",
	.label = { "专题数据库", "Topic" },
	.fields = fields,
	.field_count = TOPIC_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "name",
	.list_sort = "-updated_at",
	.before_save = before_save,
};
