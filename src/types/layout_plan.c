/*
 * 专利布局: where, with which types and when a subject is protected (clause 2.4-f). Markets no planned office
 * covers are told; the priority year counts from the first filing.
 */
#include "base/strbuf.h"
#include "patent/number.h"
#include "rule/deadline.h"
#include "types/types_internal.h"

static const struct choice types[] = {
	{ "invention", { "发明", "Invention" } },
	{ "utility", { "实用新型", "Utility model" } },
	{ "design", { "外观设计", "Design" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice routes[] = {
	{ "paris", { "巴黎公约", "Paris Convention" } },
	{ "pct", { "PCT", "PCT" } },
	{ "hague", { "海牙协定", "Hague Agreement" } },
	{ NULL, { NULL, NULL } },
};

#define PLACES                                                                                     \
	{                                                                                          \
		"国家（地区）与市场", "Countries and markets"                                      \
	}
#define TIMING                                                                                     \
	{                                                                                          \
		"时机", "Timing"                                                                   \
	}

static const struct field fields[] = {
	[LAYOUT_CODE] = { .name = "code",
			  .max = 40,
			  .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			  .label = { "编号", "Code" } },
	[LAYOUT_TITLE] = { .name = "title",
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			   .label = { "布局主题", "Subject" } },
	[LAYOUT_KEY_FIELD] = { .name = "key_field_id",
			       .kind = FIELD_REF,
			       .ref = "key_field",
			       .flags = FIELD_INDEXED | FIELD_LISTED,
			       .label = { "重点技术领域", "Key field" } },
	[LAYOUT_PROJECT] = { .name = "rd_project_id",
			     .kind = FIELD_REF,
			     .ref = "rd_project",
			     .flags = FIELD_INDEXED,
			     .label = { "研发项目", "R&D project" } },
	[LAYOUT_PORTFOLIO] = { .name = "portfolio_id",
			       .kind = FIELD_REF,
			       .ref = "portfolio",
			       .flags = FIELD_INDEXED | FIELD_LISTED,
			       .label = { "专利组合", "Portfolio" } },
	[LAYOUT_TYPES] = { .name = "types",
			   .kind = FIELD_CHOICES,
			   .choices = types,
			   .flags = FIELD_REQUIRED | FIELD_LISTED,
			   .label = { "专利类型", "Types" } },
	[LAYOUT_STRATEGY] = { .name = "strategy",
			      .kind = FIELD_LONG_TEXT,
			      .max = 4000,
			      .label = { "布局思路", "Strategy" },
			      .help = { "保护对象、针对的竞争对手、核心与外围的分工",
					"what is protected against whom, core and periphery" } },
	[LAYOUT_LEADER] = { .name = "leader_id",
			    .kind = FIELD_USER,
			    .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			    .label = { "负责人", "Responsible" } },
	[LAYOUT_COUNTRIES] = { .name = "countries",
			       .max = 400,
			       .flags = FIELD_REQUIRED | FIELD_LISTED,
			       .label = { "布局国家（地区）", "Countries" },
			       .section = PLACES,
			       .help = { "国家、地区或组织代码，如 CN,US,EP",
					 "ST.3 codes, as CN,US,EP" } },
	[LAYOUT_ROUTES] = { .name = "routes",
			    .kind = FIELD_CHOICES,
			    .choices = routes,
			    .label = { "境外申请途径", "Routes abroad" },
			    .section = PLACES },
	[LAYOUT_MARKETS] = { .name = "markets",
			     .max = 400,
			     .label = { "目标市场", "Markets" },
			     .section = PLACES,
			     .help = { "销售地、生产地和主要竞争对手所在地",
				       "where it is sold and made, and where rivals are" } },
	[LAYOUT_MISSING] = { .name = "missing",
			     .max = 400,
			     .flags = FIELD_COMPUTED | FIELD_LISTED,
			     .label = { "未布局的目标市场", "Markets not covered" },
			     .section = PLACES },
	[LAYOUT_CASES] = { .name = "cases",
			   .kind = FIELD_REFS,
			   .ref = "patent_case",
			   .label = { "专利案件", "Cases" } },
	[LAYOUT_FIRST_CASE] = { .name = "first_case_id",
				.kind = FIELD_REF,
				.ref = "patent_case",
				.flags = FIELD_INDEXED,
				.label = { "首次申请", "First filing" },
				.section = TIMING,
				.help = { "作为优先权基础的案件",
					  "the case whose priority is claimed" } },
	[LAYOUT_FIRST_FILED_ON] = { .name = "first_filed_on",
				    .kind = FIELD_DATE,
				    .flags = FIELD_COMPUTED,
				    .label = { "首次申请日", "First filed on" },
				    .section = TIMING },
	[LAYOUT_DUE_ON] = { .name = "due_on",
			    .kind = FIELD_DATE,
			    .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_INDEXED,
			    .label = { "优先权期限届满日", "End of the priority year" },
			    .section = TIMING },
	[LAYOUT_TIMING] = { .name = "timing",
			    .kind = FIELD_LONG_TEXT,
			    .max = 2000,
			    .label = { "申请时机与批次", "When what is filed" },
			    .section = TIMING },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == LAYOUT_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "草稿", "Draft" } },
	{ "submitted", { "待审定", "Submitted" } },
	{ "approved", { "实施中", "Approved" } },
	{ "abroad", { "境外布局中", "Going abroad" } },
	{ "done", { "已完成", "Done" } },
	{ "dropped", { "已撤销", "Dropped" } },
	{ NULL, { NULL, NULL } },
};

static bool is_abroad(const struct record *plan)
{
	return types_is_abroad(str_of(record_text(plan, LAYOUT_COUNTRIES)));
}

/* ---- Steps. */
/* Patent Law art. 19: designs need no examination. */
static bool may_go_abroad(const struct record *plan, struct record_store *store,
			  struct error *error)
{
	struct record *first;
	bool is_cleared;

	if (!is_abroad(plan))
		return error_set_field(error, "countries", "types.nothing_abroad");
	if (!REQUIRE(plan, error, LAYOUT_ROUTES, LAYOUT_FIRST_CASE, LAYOUT_FIRST_FILED_ON))
		return false;
	if (types_choice_is(plan, LAYOUT_TYPES, ",design,"))
		return true;
	if (!types_load_own(plan, LAYOUT_FIRST_CASE, store, &first, error) ||
	    !case_is_cleared(first, store, &is_cleared, error))
		return false;
	return is_cleared || error_set_field(error, "first_case_id", "types.not_cleared");
}

static bool has_cases(const struct record *plan, struct record_store *store, struct error *error)
{
	(void)store;
	return REQUIRE(plan, error, LAYOUT_CASES);
}

static const struct transition transitions[] = {
	{ .name = "submit", .from = "draft", .to = "submitted", .label = { "提交审定", "Submit" } },
	{ .name = "approve",
	  .from = "submitted",
	  .to = "approved",
	  .label = { "批准", "Approve" },
	  .is_task = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回", "Return" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "go_abroad",
	  .from = "approved",
	  .to = "abroad",
	  .label = { "启动境外申请", "Go abroad" },
	  .guard = may_go_abroad },
	{ .name = "finish",
	  .from = "approved",
	  .to = "done",
	  .label = { "完成布局", "Finish" },
	  .guard = has_cases },
	{ .name = "finish",
	  .from = "abroad",
	  .to = "done",
	  .label = { "完成布局", "Finish" },
	  .guard = has_cases },
	{ .name = "drop",
	  .from = "approved",
	  .to = "dropped",
	  .label = { "撤销", "Drop" },
	  .wants_comment = true },
	{ .name = "drop",
	  .from = "abroad",
	  .to = "dropped",
	  .label = { "撤销", "Drop" },
	  .wants_comment = true },
	{ .name = NULL },
};

#define OPEN ",draft,submitted,approved,abroad,"

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",submitted,approved,abroad,done,dropped,",
	  .hides = ",strategy,timing," },
	{ .roles = MANAGER | RESEARCHER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "update", .scope = SCOPE_ORGANISATION, .states = OPEN },
	{ .roles = RESEARCHER, .action = "update", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = RESEARCHER, .action = "delete", .scope = SCOPE_OWN, .states = ",draft," },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "submit", .scope = SCOPE_OWN },
	{ .roles = DIRECTOR, .action = "approve", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "go_abroad", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "finish", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "drop", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on", .days_before = { 90, 60, 30, 14 }, .states = OPEN },
	{ .field = NULL },
};

/* ---- Values. */
static bool is_covered(struct str countries, struct str market)
{
	struct str office;

	while (str_split(&countries, STR(","), &office))
		if (office_covers(office, market))
			return true;
	return false;
}

static void set_missing(struct record *plan, struct record_store *store)
{
	struct str countries = str_of(record_text(plan, LAYOUT_COUNTRIES));
	struct str rest = str_of(record_text(plan, LAYOUT_MARKETS)), market;
	struct strbuf list = STRBUF_INIT;

	while (str_split(&rest, STR(","), &market))
		if (market.size && !is_covered(countries, market)) {
			strbuf_add_cstr(&list, list.size ? "," : "");
			strbuf_add_str(&list, market);
		}
	record_set_text(store, plan, LAYOUT_MISSING,
			str_of(arena_copy(store->arena, list.data, list.size)));
	strbuf_release(&list);
}

/* From the earliest day the first filing has a right to; designs have half the time (art. 29). */
static bool set_priority(struct record *plan, struct record_store *store, struct error *error)
{
	struct deadline_request request = { .rule = STR("D01"), .other = DATE_NONE };
	struct deadline deadline;
	struct record *first;

	record_clear(plan, LAYOUT_FIRST_FILED_ON);
	record_clear(plan, LAYOUT_DUE_ON);
	if (!types_load_own(plan, LAYOUT_FIRST_CASE, store, &first, error))
		return false;
	if (!first || !record_is_set(first, CASE_FILED_ON))
		return true;
	request.from = record_date(first, CASE_PRIORITY_ON);
	if (request.from == DATE_NONE)
		request.from = record_date(first, CASE_FILED_ON);
	if (types_choice_is(first, CASE_TYPE, "design"))
		request.rule = STR("D01-design");
	if (!deadline_compute(&request, &deadline, error))
		return false;
	record_set_date(store, plan, LAYOUT_FIRST_FILED_ON, request.from);
	record_set_date(store, plan, LAYOUT_DUE_ON, deadline.legal);
	return true;
}

static bool before_save(struct record *plan, struct record_store *store, struct error *error)
{
	types_set_countries(plan, LAYOUT_COUNTRIES, store);
	types_set_countries(plan, LAYOUT_MARKETS, store);
	set_missing(plan, store);
	return set_priority(plan, store, error);
}

bool layout_plan_follow(const struct record *patent, struct record_store *store,
			struct error *error)
{
	const struct value id = { .integer = patent->id };
	struct record **plans;
	size_t count;

	if (!record_load_where(store, &layout_plan_type, LAYOUT_FIRST_CASE, &id, &plans, &count,
			       error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct field_errors errors = { .count = 0 };

		if (!record_save_for(store, plans[i], "update", &errors, error))
			return false;
	}
	return true;
}

static bool validate(const struct record *plan, struct record_store *store, struct error *error)
{
	static const size_t references[] = { LAYOUT_KEY_FIELD, LAYOUT_PROJECT, LAYOUT_PORTFOLIO,
					     LAYOUT_FIRST_CASE };
	struct record *row;

	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
		if (!types_load_own(plan, references[i], store, &row, error))
			return false;
	return types_check_countries(plan, LAYOUT_COUNTRIES, error) &&
	       types_check_countries(plan, LAYOUT_MARKETS, error) &&
	       types_own_list(plan, LAYOUT_CASES, store, error);
}

const struct record_type layout_plan_type = {
	.name = "layout_plan",
	.clause = "2.4-f 2.7-c",
	.group = "cultivation",
	.label = { "专利布局", "Layout plan" },
	.fields = fields,
	.field_count = LAYOUT_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
};
