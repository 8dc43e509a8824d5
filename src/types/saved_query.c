/* 保存的检索式: #name in a query. */
#include "types/types.h"

enum { QUERY_NAME, QUERY_TEXT, QUERY_NOTE, QUERY_FIELD_COUNT };

static const struct field fields[] = {
	[QUERY_NAME] = { .name = "name",
			 .max = 60,
			 .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "名称", "Name" },
			 .help = { "在检索式中写作 #名称", "written #name in a query" } },
	[QUERY_TEXT] = { .name = "text",
			 .kind = FIELD_LONG_TEXT,
			 .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "检索式", "Query" } },
	[QUERY_NOTE] = { .name = "note", .label = { "说明", "Note" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == QUERY_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "active", { "使用中", "Active" } },
	{ NULL, { NULL, NULL } },
};

#define READERS (ROLES_BUSINESS & ~(ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_INSPECTOR)))

static const struct grant grants[] = {
	{ .roles = READERS, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = READERS, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = READERS, .action = "update", .scope = SCOPE_OWN },
	{ .roles = READERS, .action = "delete", .scope = SCOPE_OWN },
	{ .roles = ROLE_BIT(ROLE_IP_MANAGER), .action = "update", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLE_BIT(ROLE_IP_MANAGER), .action = "delete", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static bool validate(const struct record *query, struct record_store *store, struct error *error)
{
	(void)store;
	if (strpbrk(record_text(query, QUERY_NAME), " \t#()\"'=:,;"))
		return error_set_field(error, "name", "types.query_name");
	return true;
}

const struct record_type saved_query_type = {
	.name = "saved_query",
	.clause = "2.3-b",
	.group = "navigation",
	.label = { "保存的检索式", "Saved query" },
	.fields = fields,
	.field_count = QUERY_FIELD_COUNT,
	.states = states,
	.grants = grants,
	.title_field = "name",
	.list_sort = "name",
	.validate = validate,
};
