/*
 * 案件更新建议: what an import of publications and legal events brings for a case that is bound to them.
 * One proposal a fact, made once (its `fact` is unique); nothing changes before somebody accepts.
 */
#include "rule/case_state.h"
#include "types/types_internal.h"

static const struct choice kinds[] = {
	{ "number", { "号码", "Number" } },
	{ "publication", { "公布", "Publication" } },
	{ "grant", { "授权公告", "Grant" } },
	{ "event", { "法律事件", "Legal event" } },
	{ NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[UPDATE_CASE] = { .name = "case_id",
			  .kind = FIELD_REF,
			  .ref = "patent_case",
			  .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			  .label = { "专利案件", "Patent case" } },
	[UPDATE_TITLE] = { .name = "title",
			   .max = 400,
			   .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			   .label = { "名称", "Title" } },
	[UPDATE_KIND] = { .name = "kind",
			  .kind = FIELD_CHOICE,
			  .choices = kinds,
			  .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED,
			  .label = { "类别", "Kind" } },
	[UPDATE_PUBLICATION] = { .name = "publication",
				 .max = 40,
				 .flags = FIELD_FIXED | FIELD_LISTED | FIELD_SEARCHED,
				 .label = { "来自公开文本", "Publication" } },
	[UPDATE_EVENT] = { .name = "event",
			   .max = 200,
			   .flags = FIELD_FIXED | FIELD_LISTED,
			   .label = { "法律事件", "Legal event" } },
	[UPDATE_HAPPENED_ON] = { .name = "happened_on",
				 .kind = FIELD_DATE,
				 .flags = FIELD_FIXED | FIELD_LISTED,
				 .label = { "发生日期", "Happened on" } },
	[UPDATE_FIELD] = { .name = "field",
			   .max = 40,
			   .flags = FIELD_FIXED,
			   .label = { "拟更新字段", "Field" },
			   .help = { "空：只作提示，不改案件", "empty: to be known only" } },
	[UPDATE_OLD_VALUE] = { .name = "old_value",
			       .flags = FIELD_COMPUTED | FIELD_LISTED,
			       .label = { "现值", "Present value" } },
	[UPDATE_NEW_VALUE] = { .name = "new_value",
			       .flags = FIELD_FIXED | FIELD_LISTED,
			       .label = { "新值", "New value" } },
	[UPDATE_GOAL] = { .name = "goal",
			  .kind = FIELD_CHOICE,
			  .choices = case_states,
			  .flags = FIELD_FIXED,
			  .label = { "拟达到状态", "State reached" } },
	[UPDATE_REACHED] = { .name = "reached",
			     .kind = FIELD_CHOICE,
			     .choices = case_states,
			     .flags = FIELD_COMPUTED,
			     .label = { "接受后状态", "State after acceptance" } },
	[UPDATE_SOURCE] = { .name = "source",
			    .flags = FIELD_FIXED | FIELD_LISTED,
			    .label = { "来源", "Source" } },
	[UPDATE_FACT] = { .name = "fact",
			  .max = 300,
			  .flags = FIELD_COMPUTED | FIELD_UNIQUE,
			  .label = { "事实标识", "Fact" } },
	[UPDATE_OWNER] = { .name = "owner_id",
			   .kind = FIELD_USER,
			   .flags = FIELD_COMPUTED | FIELD_INDEXED | FIELD_LISTED,
			   .label = { "案件负责人", "Responsible" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == UPDATE_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "proposed", { "待确认", "Proposed" } },
	{ "accepted", { "已接受", "Accepted" } },
	{ "rejected", { "已拒绝", "Rejected" } },
	{ NULL, { NULL, NULL } },
};

/* ---- What is accepted. */

/*
 * Events that lead to a state, the last one first: a grant that is announced tells that the
 * examination before it is over, though no notice of it was docketed.
 */
static const char *const way_to_grant[] = { "register",         "grant_notice", "reply", "examine",
					    "publish_examined", "pass",         "pay",   "accept",
					    "submit",           "restore",      NULL };
static const struct {
	const char *goal;
	const char *const events[4]; /* before the way to the grant, or to its examination */
} ways[] = {
	{ "published", { "publish", NULL } },
	{ "examination", { NULL } },
	{ "in_force", { NULL } },
	{ "rejected", { "reject", NULL } },
	{ "review", { "request_review", "reject", NULL } },
	{ "final_withdrawn", { "withdraw", NULL } },
	{ "deemed_withdrawn", { "deem_withdrawn", NULL } },
	{ "grant_abandoned", { "deem_abandoned", NULL } },
	{ "final_abandoned", { "abandon", NULL } },
	{ "grace", { "miss_annuity", NULL } },
	{ "ended_restorable", { "end", "miss_annuity", NULL } },
	{ "final_expired", { "expire", NULL } },
	{ "invalidation", { "request_invalidation", NULL } },
	{ "final_invalid", { "lapse", "declare_invalid", "request_invalidation", NULL } },
};

enum { STEPS_MAX = 12, EVENTS_MAX = 16 };

static size_t events_to(const char *goal, const char **events)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		for (size_t k = 0; strcmp(ways[i].goal, goal) == 0 && ways[i].events[k]; k++)
			events[count++] = ways[i].events[k];
	for (size_t i = 0; way_to_grant[i]; i++)
		events[count++] = way_to_grant[i];
	return count;
}

/* The event that leads on, and where to; NULL: none does. */
static const char *next_event(const struct case_state **state, enum patent_type type,
			      const struct case_state *before, const char *const *events,
			      size_t count)
{
	const struct case_state *to;
	struct error ignored;

	for (size_t i = 0; i < count; i++)
		if (case_state_move(*state, str_of(events[i]), type, before, &to, &ignored)) {
			*state = to;
			return events[i];
		}
	return NULL;
}

struct way {
	const char *last;   /* event that reaches the goal; NULL: none does, or it is reached */
	const char *before; /* the state it is made in */
};

static struct way way_to(const struct record *patent, const char *goal)
{
	const char *events[EVENTS_MAX], *type = record_text(patent, CASE_TYPE);
	const struct case_state *state = case_state_find(str_of(patent->state)), *from;
	const struct case_state *before = case_state_find(str_of(record_text(patent, CASE_BEFORE)));
	size_t count = events_to(goal, events);
	enum patent_type kind = PATENT_INVENTION;

	while (kind < PATENT_DESIGN && strcmp(patent_types[kind].name, type) != 0)
		kind++;
	if (!state || strcmp(state->id, goal) == 0)
		return (struct way){ NULL, NULL };
	for (int i = 0; i < STEPS_MAX; i++) {
		const char *event;

		from = state;
		event = next_event(&state, kind, before, events, count);
		if (!event || strcmp(state->id, goal) == 0)
			return (struct way){ event, event ? from->id : NULL };
	}
	return (struct way){ NULL, NULL };
}

/* What lies on the way left no day that is known; the last step leaves the day it happened on. */
static bool move(struct record *patent, const struct record *update, struct record_store *store,
		 struct error *error)
{
	struct way way = way_to(patent, record_text(update, UPDATE_GOAL));

	if (!way.last)
		return true;
	patent->state = choice_find(case_states, str_of(way.before))->value;
	return case_move(patent, str_of(way.last), record_date(update, UPDATE_HAPPENED_ON), store,
			 error);
}

static const char *present(struct record_store *store, const struct record *patent, size_t at)
{
	struct str text = record_format_value(store->arena, &patent->type->fields[at],
					      &patent->values[at]);

	return arena_copy(store->arena, text.data ? text.data : "", text.size);
}

static void set_value(struct record *update, struct record *patent, struct record_store *store)
{
	size_t at = record_field_find(&patent_case_type, str_of(record_text(update, UPDATE_FIELD)));

	if (at == SIZE_MAX)
		return;
	record_set_text(store, update, UPDATE_OLD_VALUE, str_of(present(store, patent, at)));
	record_set_text(store, patent, at, str_of(record_text(update, UPDATE_NEW_VALUE)));
	if (types_choice_is(update, UPDATE_KIND, "grant") ||
	    !record_is_set(patent, CASE_PUBLICATION))
		if (record_is_set(update, UPDATE_PUBLICATION))
			record_set_text(store, patent, CASE_PUBLICATION,
					str_of(record_text(update, UPDATE_PUBLICATION)));
}

/* In one transaction: the value, the state, and what follows from them in the docket. */
static bool apply(struct record *update, struct record_store *store, struct error *error)
{
	struct record *patent;

	if (!types_load_own(update, UPDATE_CASE, store, &patent, error))
		return false;
	set_value(update, patent, store);
	if (record_is_set(update, UPDATE_GOAL) && !move(patent, update, store, error))
		return false;
	record_set_text(store, update, UPDATE_REACHED, str_of(patent->state));
	return types_save_for(store, patent, "update", error);
}

static const struct transition transitions[] = {
	{ .name = "accept",
	  .from = "proposed",
	  .to = "accepted",
	  .label = { "接受并更新案件", "Accept" },
	  .effect = apply,
	  .is_task = true },
	{ .name = "reject",
	  .from = "proposed",
	  .to = "rejected",
	  .label = { "拒绝", "Reject" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ASSIGNED, .field = "owner_id" },
	{ .roles = MANAGER, .action = "accept", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE, .action = "accept", .scope = SCOPE_ASSIGNED, .field = "owner_id" },
	{ .roles = MANAGER, .action = "reject", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE, .action = "reject", .scope = SCOPE_ASSIGNED, .field = "owner_id" },
	{ .roles = 0 },
};

static bool before_save(struct record *update, struct record_store *store, struct error *error)
{
	struct record *patent;
	size_t at = record_field_find(&patent_case_type, str_of(record_text(update, UPDATE_FIELD)));

	if (update->id || !record_is_set(update, UPDATE_CASE))
		return true;
	if (!types_load_own(update, UPDATE_CASE, store, &patent, error))
		return false;
	record_set_text(store, update, UPDATE_TITLE,
			str_of(arena_printf(store->arena, "%s %s", record_text(patent, CASE_NUMBER),
					    at != SIZE_MAX ? patent_case_type.fields[at].label.zh
							   : record_text(update, UPDATE_EVENT))));
	record_set_integer(update, UPDATE_OWNER, record_integer(patent, CASE_OWNER));
	record_set_text(store, update, UPDATE_FACT, str_of(case_update_fact(store->arena, update)));
	if (at != SIZE_MAX)
		record_set_text(store, update, UPDATE_OLD_VALUE,
				str_of(present(store, patent, at)));
	return true;
}

const char *case_update_fact(struct arena *arena, const struct record *update)
{
	return arena_printf(arena, "%lld %s %s", (long long)record_integer(update, UPDATE_CASE),
			    record_is_set(update, UPDATE_FIELD) ? record_text(update, UPDATE_FIELD)
								: record_text(update, UPDATE_EVENT),
			    record_is_set(update, UPDATE_NEW_VALUE)
				    ? record_text(update, UPDATE_NEW_VALUE)
				    : record_text(update, UPDATE_HAPPENED_ON));
}

const struct record_type case_update_type = {
	.name = "case_update",
	.clause = "2.5-d",
	.group = "docket",
	.label = { "案件更新建议", "Case update" },
	.fields = fields,
	.field_count = UPDATE_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-updated_at",
	.before_save = before_save,
};
