/* 专利监测: a query that is run again and again; what is new goes to the recipients. */
#include "types/types.h"

enum {
	WATCH_NAME,
	WATCH_PURPOSE,
	WATCH_TOPIC,
	WATCH_QUERY,
	WATCH_FREQUENCY,
	WATCH_RECIPIENTS,
	WATCH_LAST_RUN_ON,
	WATCH_NEXT_RUN_ON,
	WATCH_NEW_COUNT,
	WATCH_FIELD_COUNT
};

static const struct choice purposes[] = {
	{ "competitor", { "竞争对手跟踪", "Competitors" } },
	{ "technology", { "技术动向跟踪", "Technology" } },
	{ "legal_status", { "法律状态跟踪", "Legal status" } },
	{ "infringement", { "侵权风险预警", "Infringement risk" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice frequencies[] = {
	{ "weekly", { "每周", "Weekly" } },
	{ "monthly", { "每月", "Monthly" } },
	{ "quarterly", { "每季度", "Quarterly" } },
	{ NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[WATCH_NAME] = { .name = "name",
			 .max = 100,
			 .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "监测名称", "Name" } },
	[WATCH_PURPOSE] = { .name = "purpose",
			    .kind = FIELD_CHOICE,
			    .choices = purposes,
			    .flags = FIELD_REQUIRED | FIELD_LISTED,
			    .label = { "监测目的", "Purpose" } },
	[WATCH_TOPIC] = { .name = "topic_id",
			  .kind = FIELD_REF,
			  .ref = "topic",
			  .flags = FIELD_INDEXED | FIELD_LISTED,
			  .label = { "所属专题", "Topic" } },
	[WATCH_QUERY] = { .name = "query",
			  .kind = FIELD_LONG_TEXT,
			  .flags = FIELD_REQUIRED | FIELD_SEARCHED,
			  .label = { "检索式", "Query" } },
	[WATCH_FREQUENCY] = { .name = "frequency",
			      .kind = FIELD_CHOICE,
			      .choices = frequencies,
			      .flags = FIELD_REQUIRED | FIELD_LISTED,
			      .label = { "监测周期", "Frequency" } },
	[WATCH_RECIPIENTS] = { .name = "recipients",
			       .kind = FIELD_REFS,
			       .ref = "user",
			       .label = { "接收人", "Recipients" } },
	[WATCH_LAST_RUN_ON] = { .name = "last_run_on",
				.kind = FIELD_DATE,
				.flags = FIELD_COMPUTED | FIELD_LISTED,
				.label = { "上次监测日期", "Last run" } },
	[WATCH_NEXT_RUN_ON] = { .name = "next_run_on",
				.kind = FIELD_DATE,
				.flags = FIELD_COMPUTED | FIELD_INDEXED | FIELD_LISTED,
				.label = { "下次监测日期", "Next run" } },
	[WATCH_NEW_COUNT] = { .name = "new_count",
			      .kind = FIELD_INTEGER,
			      .flags = FIELD_COMPUTED | FIELD_LISTED,
			      .label = { "上次新增件数", "New at the last run" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == WATCH_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "active", { "监测中", "Active" } },
	{ "paused", { "已暂停", "Paused" } },
	{ NULL, { NULL, NULL } },
};

static const struct transition transitions[] = {
	{ .name = "pause", .from = "active", .to = "paused", .label = { "暂停", "Pause" } },
	{ .name = "resume", .from = "paused", .to = "active", .label = { "恢复", "Resume" } },
	{ .name = NULL },
};

#define WORKERS (ROLES_LEADING | ROLE_BIT(ROLE_RESEARCHER) | ROLES_OFFICE)

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE | ROLES_OFFICE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLE_BIT(ROLE_AGENCY),
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "recipients" },
	{ .roles = WORKERS, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = WORKERS, .action = "update", .scope = SCOPE_ORGANISATION },
	{ .roles = WORKERS, .action = "delete", .scope = SCOPE_OWN },
	{ .roles = ROLES_LEADING, .action = "delete", .scope = SCOPE_ORGANISATION },
	{ .roles = WORKERS, .action = "pause", .scope = SCOPE_ORGANISATION },
	{ .roles = WORKERS, .action = "resume", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static int days_between_runs(const struct record *watch)
{
	return strcmp(record_text(watch, WATCH_FREQUENCY), "weekly") == 0 ? 7 : 0;
}

static int months_between_runs(const struct record *watch)
{
	return strcmp(record_text(watch, WATCH_FREQUENCY), "quarterly") == 0 ? 3 : 1;
}

/* The first run is due at once. */
static bool before_save(struct record *watch, struct record_store *store, struct error *error)
{
	date last = record_date(watch, WATCH_LAST_RUN_ON), next = store->today;

	(void)error;
	if (last != DATE_NONE)
		next = days_between_runs(watch) ? last + days_between_runs(watch)
						: date_add_months(last, months_between_runs(watch));
	if (last != DATE_NONE || !record_is_set(watch, WATCH_NEXT_RUN_ON))
		record_set_date(store, watch, WATCH_NEXT_RUN_ON, next);
	return true;
}

const struct record_type watch_type = {
	.name = "watch",
	.clause = "2.3-f",
	.group = "navigation",
	.label = { "专利监测", "Watch" },
	.fields = fields,
	.field_count = WATCH_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "name",
	.list_sort = "next_run_on",
	.before_save = before_save,
};
