/* The clauses of the policy and what serves them. */
#include "api/clauses.h"
#include "api/call.h"
#include "api/routes.h"
#include "auth/audit.h"
#include "chain/calendar.h"
#include "chain/fee_plan.h"
#include "chain/layout.h"
#include "chain/scorecard.h"
#include "chain/timeline.h"
#include "chain/workbench.h"
#include "record/record_type.h"
#include "rule/indicator.h"

#include <string.h>

const struct clause_kind clause_kinds[] = {
	{ "record_type", { "记录", "Records" } },
	{ "indicator", { "指标", "Indicators" } },
	{ "rules", { "规则", "Rules" } },
	{ "analysis", { "分析", "Analyses" } },
	{ "report", { "报告", "Reports" } },
	{ "view", { "统计与页面", "Views" } },
	{ NULL, { NULL, NULL } },
};

static void add_types(struct list *servers)
{
	for (const struct record_type *const *type = record_types; *type; type++)
		*(struct clause_server *)list_add(servers) = (struct clause_server){
			(*type)->clause, NULL, "record_type", (*type)->name, (*type)->label
		};
}

/* Once, however many methods and editions an indicator has. */
static void add_indicators(struct list *servers)
{
	size_t count;
	const struct indicator_method *methods = indicator_methods(&count);

	for (size_t i = 0; i < count; i++) {
		if (i && strcmp(methods[i].id, methods[i - 1].id) == 0)
			continue;
		*(struct clause_server *)list_add(
			servers) = (struct clause_server){ methods[i].clause,
							   NULL,
							   "indicator",
							   methods[i].id,
							   { methods[i].zh, methods[i].en } };
	}
}

static void add_rules(struct list *servers)
{
	size_t count;
	const struct rule_set *sets = rule_set_list(&count);

	for (size_t i = 0; i < count; i++)
		*(struct clause_server *)list_add(servers) = (struct clause_server){
			sets[i].clause, NULL, "rules", sets[i].id, sets[i].label
		};
}

/* What is computed across records. */
static const struct clause_server views[] = {
	{ WORKBENCH_CLAUSE,
	  NULL,
	  "view",
	  "workbench",
	  { "工作台：培育链漏斗与目标", "Workbench: funnel and targets" } },
	{ CENTRES_CLAUSE,
	  NULL,
	  "view",
	  "centres",
	  { "辖区中心指标对照", "Figures of all centres below" } },
	{ TIMELINE_CLAUSE,
	  NULL,
	  "view",
	  "timeline",
	  { "案件时间线：研发、申请、产品与运营",
	    "Course of a case: research, filing, products, deals" } },
	{ CALENDAR_CLAUSE, NULL, "view", "calendar", { "期限日历", "Calendar of deadlines" } },
	{ FEE_PLAN_CLAUSE, NULL, "view", "fee_plan", { "费用计划", "Fee plan" } },
	{ LAYOUT_MAP_CLAUSE, NULL, "view", "layout_map", { "组合布局图", "Map of a portfolio" } },
	{ SCORECARD_CLAUSE,
	  NULL,
	  "view",
	  "scorecard",
	  { "代理质量计分卡", "Scorecard of agencies" } },
	{ AUDIT_CLAUSE,
	  NULL,
	  "view",
	  "audit",
	  { "审计日志与校验", "Audit log and its verification" } },
};

static void add_views(struct list *servers)
{
	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
		*(struct clause_server *)list_add(servers) = views[i];
}

struct clause_server *clause_servers(struct arena *arena, size_t *count_out)
{
	struct list servers = LIST_OF(struct clause_server);

	add_types(&servers);
	add_indicators(&servers);
	add_rules(&servers);
	clause_add_analyses(&servers);
	add_views(&servers);
	return list_to_arena(&servers, arena, count_out);
}

static bool names(const char *clauses, const char *clause)
{
	struct str rest = str_of(clauses), part;

	while (str_split(&rest, STR(" "), &part))
		if (str_equal_cstr(part, clause))
			return true;
	return false;
}

bool clause_is_served(const struct clause_server *server, const char *clause)
{
	return names(server->clause, clause) || names(server->other, clause);
}

static bool write_clause(const struct clause *clause, const struct clause_server *servers,
			 size_t count, struct jsonout *json)
{
	bool is_served = false;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "id", clause->id);
	jsonout_member_label(json, "part", (struct label){ clause->part_zh, clause->part_en });
	jsonout_label_members(json, (struct label){ clause->zh, clause->en });
	jsonout_key(json, "served_by");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		if (!clause_is_served(&servers[i], clause->id))
			continue;
		is_served = true;
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "kind", servers[i].kind);
		jsonout_member_cstr(json, "id", servers[i].id);
		jsonout_label_members(json, servers[i].label);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
	return is_served;
}

void clauses_write(struct arena *arena, const struct clause *only, struct jsonout *json)
{
	size_t count, server_count, empty_count = 0;
	const struct clause *clauses = clause_list(&count);
	const struct clause_server *servers = clause_servers(arena, &server_count);
	const char **empty = arena_array(arena, const char *, count);

	jsonout_object_begin(json);
	jsonout_key(json, "clauses");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++)
		if ((!only || only == &clauses[i]) &&
		    !write_clause(&clauses[i], servers, server_count, json))
			empty[empty_count++] = clauses[i].id;
	jsonout_array_end(json);
	jsonout_key(json, "empty");
	jsonout_array_begin(json);
	for (size_t i = 0; i < empty_count; i++)
		jsonout_cstr(json, empty[i]);
	jsonout_array_end(json);
	jsonout_object_end(json);
}

static bool list_clauses(struct call *call, struct error *error)
{
	(void)error;
	clauses_write(call->arena, NULL, &call->json);
	return true;
}

HANDLER(api_list_clauses, list_clauses)
