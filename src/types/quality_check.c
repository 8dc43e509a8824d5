/*
 * 申请文件质量检查: the findings of the mechanical check, what was waived and why, and the eight points of
 * the quality sheet (clause 2.5-e). Its outcome moves the draft on, or back. What the drafting check has
 * counted in the draft's file (each run raises `runs`) is no longer written by hand.
 */
#include "types/types_internal.h"

enum { GOOD_ENOUGH = 80, FINDINGS_MAX = 100000 };

#define LINT                                                                                       \
	{                                                                                          \
		"机检结果", "Mechanical check"                                                     \
	}
#define SHEET                                                                                      \
	{                                                                                          \
		"质量评价表", "Quality sheet"                                                      \
	}
#define COUNT(name_, zh_, en_)                                                                     \
	{                                                                                          \
		.name = name_, .kind = FIELD_INTEGER, .min = 0, .max = FINDINGS_MAX,               \
		.flags = FIELD_LISTED, .label = { zh_, en_ }, .section = LINT                      \
	}
#define COMPARED(name_, zh_, en_)                                                                  \
	{                                                                                          \
		.name = name_, .kind = FIELD_INTEGER, .flags = FIELD_COMPUTED,                     \
		.label = { zh_, en_ }, .section = LINT                                             \
	}
/* Points of the whole sheet's hundred. */
#define POINTS(name_, most_, zh_, en_)                                                             \
	{                                                                                          \
		.name = name_, .kind = FIELD_INTEGER, .min = 0, .max = most_,                      \
		.label = { zh_ "（满分" #most_ "）", en_ " (of " #most_ ")" }, .section = SHEET    \
	}

static const struct field fields[] = {
	[CHECK_DRAFT] = { .name = "draft_id",
			  .kind = FIELD_REF,
			  .ref = "draft",
			  .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			  .label = { "撰写稿", "Draft" } },
	[CHECK_TITLE] = { .name = "title",
			  .max = 300,
			  .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			  .label = { "名称", "Title" } },
	[CHECK_AGENCY] = { .name = "agency_id",
			   .kind = FIELD_ORGANISATION,
			   .flags = FIELD_COMPUTED | FIELD_INDEXED | FIELD_LISTED,
			   .label = { "代理机构", "Agency" } },
	[CHECK_CHECKER] = { .name = "checker_id",
			    .kind = FIELD_USER,
			    .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			    .label = { "质检人", "Checker" } },
	[CHECK_CHECKED_ON] = { .name = "checked_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_COMPUTED | FIELD_LISTED,
			       .label = { "质检日期", "Checked on" } },
	[CHECK_RULES] = { .name = "rules",
			  .max = 40,
			  .label = { "规则集版本", "Edition of the rules" },
			  .section = LINT },
	[CHECK_ERRORS] = COUNT("errors", "错误数", "Errors"),
	[CHECK_WARNINGS] = COUNT("warnings", "警告数", "Warnings"),
	[CHECK_NOTES] = COUNT("notes", "提示数", "Notes"),
	[CHECK_WAIVED] = COUNT("waived", "豁免错误数", "Errors waived"),
	[CHECK_WAIVERS] = { .name = "waivers",
			    .kind = FIELD_LONG_TEXT,
			    .max = 8000,
			    .label = { "豁免理由", "Waivers" },
			    .section = LINT,
			    .help = { "每行一项：规则编号[:权利要求]=理由；同意人",
				      "one a line: RULE[:CLAIM]=reason; who agreed" } },
	[CHECK_RUNS] = { .name = "runs",
			 .kind = FIELD_INTEGER,
			 .flags = FIELD_COMPUTED,
			 .label = { "机检次数", "Runs" },
			 .section = LINT },
	[CHECK_RUN_ON] = { .name = "run_on",
			   .kind = FIELD_DATE,
			   .flags = FIELD_COMPUTED | FIELD_LISTED,
			   .label = { "机检日期", "Run on" },
			   .section = LINT },
	[CHECK_FINDINGS] = { .name = "findings",
			     .kind = FIELD_LONG_TEXT,
			     .flags = FIELD_COMPUTED,
			     .label = { "机检发现", "Findings" },
			     .section = LINT },
	[CHECK_NEW] = COMPARED("new_findings", "较上一稿新出现", "New since the draft before"),
	[CHECK_FIXED] = COMPARED("fixed_findings", "较上一稿已改正",
				 "Mended since the draft before"),
	[CHECK_STILL] = COMPARED("still_findings", "较上一稿仍存在", "Still there"),
	[CHECK_REPORT] = { .name = "report",
			   .kind = FIELD_FILE,
			   .flags = FIELD_COMPUTED,
			   .label = { "机检报告", "Report of the check" },
			   .section = LINT },
	[CHECK_SOLUTION] = POINTS("solution", 12, "技术方案表述", "Solution"),
	[CHECK_SCOPE] = POINTS("scope", 12, "保护范围规划", "Scope"),
	[CHECK_STABILITY] = POINTS("stability", 10, "权利稳定性", "Stability"),
	[CHECK_LAYOUT] = POINTS("layout", 18, "权利要求布局", "Layout of claims"),
	[CHECK_BACKGROUND] = POINTS("background", 10, "背景技术论述", "Background"),
	[CHECK_EFFECT] = POINTS("effect", 8, "技术问题与效果", "Problem and effect"),
	[CHECK_SUFFICIENCY] = POINTS("sufficiency", 18, "充分公开", "Sufficiency"),
	[CHECK_FORM] = POINTS("form", 12, "形式问题", "Form"),
	[CHECK_TOTAL] = { .name = "total",
			  .kind = FIELD_INTEGER,
			  .flags = FIELD_COMPUTED | FIELD_LISTED,
			  .label = { "总分", "Total" },
			  .section = SHEET },
	[CHECK_ISSUES] = { .name = "issues",
			   .kind = FIELD_LONG_TEXT,
			   .label = { "问题清单", "Issues" },
			   .section = SHEET,
			   .help = { "每行一项：严重程度、问题、位置、建议",
				     "one a line: severity, issue, place, suggestion" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == CHECK_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "检查中", "Being checked" } },
	{ "passed", { "合格", "Passed" } },
	{ "failed", { "不合格", "Failed" } },
	{ NULL, { NULL, NULL } },
};

static bool is_scored(const struct record *check, struct record_store *store, struct error *error)
{
	(void)store;
	return REQUIRE(check, error, CHECK_RULES, CHECK_ERRORS, CHECK_WARNINGS, CHECK_SOLUTION,
		       CHECK_SCOPE, CHECK_STABILITY, CHECK_LAYOUT, CHECK_BACKGROUND, CHECK_EFFECT,
		       CHECK_SUFFICIENCY, CHECK_FORM);
}

static bool may_pass(const struct record *check, struct record_store *store, struct error *error)
{
	if (!is_scored(check, store, error))
		return false;
	if (record_integer(check, CHECK_ERRORS) > record_integer(check, CHECK_WAIVED))
		return error_set_field(error, "errors", "types.errors_left");
	if (record_integer(check, CHECK_WAIVED) && !REQUIRE(check, error, CHECK_WAIVERS))
		return false;
	if (record_integer(check, CHECK_TOTAL) < GOOD_ENOUGH)
		return error_set_field(error, "total", "types.below_quality");
	return true;
}

static bool move_draft(struct record *check, const char *state, struct record_store *store,
		       struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct record *draft;

	record_set_date(store, check, CHECK_CHECKED_ON, store->today);
	if (!types_load_own(check, CHECK_DRAFT, store, &draft, error))
		return false;
	if (strcmp(draft->state, "delivered") != 0)
		return error_set_field(error, "draft_id", "types.not_delivered");
	draft->state = state;
	return record_save_for(store, draft, "check", &errors, error);
}

static bool pass_draft(struct record *check, struct record_store *store, struct error *error)
{
	return move_draft(check, "checked", store, error);
}

static bool return_draft(struct record *check, struct record_store *store, struct error *error)
{
	return move_draft(check, "returned", store, error);
}

static const struct transition transitions[] = {
	{ .name = "pass",
	  .from = "draft",
	  .to = "passed",
	  .label = { "合格", "Pass" },
	  .guard = may_pass,
	  .effect = pass_draft,
	  .is_task = true },
	{ .name = "fail",
	  .from = "draft",
	  .to = "failed",
	  .label = { "不合格", "Fail" },
	  .guard = is_scored,
	  .effect = return_draft,
	  .is_task = true,
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ASSIGNED, .field = "checker_id" },
	{ .roles = AGENCY,
	  .action = "read",
	  .scope = SCOPE_ASSIGNED,
	  .field = "agency_id",
	  .states = ",passed,failed," },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",passed,failed,",
	  .hides = ",issues,waivers,report,findings," },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "update", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "checker_id",
	  .states = ",draft," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = ROLES_CENTRE, .action = "pass", .scope = SCOPE_ASSIGNED, .field = "checker_id" },
	{ .roles = ROLES_CENTRE, .action = "fail", .scope = SCOPE_ASSIGNED, .field = "checker_id" },
	{ .roles = 0 },
};

/* Counts of a run are changed by another run only. */
static bool keeps_counts(const struct record *check, struct record_store *store,
			 struct error *error)
{
	static const size_t counts[] = { CHECK_RULES, CHECK_ERRORS, CHECK_WARNINGS, CHECK_NOTES,
					 CHECK_WAIVED };
	struct record *stored;

	if (!check->id || !record_integer(check, CHECK_RUNS))
		return true;
	if (!record_load(store, &quality_check_type, check->id, &stored, error))
		return false;
	if (record_integer(stored, CHECK_RUNS) != record_integer(check, CHECK_RUNS))
		return true;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		if (record_integer(stored, counts[i]) != record_integer(check, counts[i]) ||
		    strcmp(record_text(stored, counts[i]), record_text(check, counts[i])) != 0)
			return error_set_field(error, fields[counts[i]].name, "types.counted");
	return true;
}

static bool before_save(struct record *check, struct record_store *store, struct error *error)
{
	struct record *draft;
	int64_t total = 0;

	if (!keeps_counts(check, store, error))
		return false;
	for (size_t i = CHECK_SOLUTION; i <= CHECK_FORM; i++)
		total += record_integer(check, i);
	record_set_integer(check, CHECK_TOTAL, total);
	if (!types_load_own(check, CHECK_DRAFT, store, &draft, error))
		return false;
	if (!draft || check->id)
		return true;
	record_set_text(store, check, CHECK_TITLE, str_of(record_title(draft)));
	record_set_integer(check, CHECK_AGENCY, record_integer(draft, DRAFT_AGENCY));
	return true;
}

/* Who checks a draft reads it. */
static bool show_draft(struct record *check, struct record_store *store, struct error *error)
{
	const char *who = arena_printf(store->arena, "%lld",
				       (long long)record_integer(check, CHECK_CHECKER));
	struct field_errors errors = { .count = 0 };
	struct record *draft;
	const char *before;

	if (!types_load_own(check, CHECK_DRAFT, store, &draft, error))
		return false;
	before = record_text(draft, DRAFT_CHECKERS);
	if (name_is_listed(before, str_of(who)))
		return true;
	record_set_text(store, draft, DRAFT_CHECKERS,
			str_of(arena_printf(store->arena, "%s%s,", *before ? before : ",", who)));
	return record_save_for(store, draft, "checker", &errors, error);
}

/* Inventors do not pass the text about their own invention. */
static bool validate(const struct record *check, struct record_store *store, struct error *error)
{
	const char *who = arena_printf(store->arena, "%lld",
				       (long long)record_integer(check, CHECK_CHECKER));
	struct record *draft;

	if (!types_load_own(check, CHECK_DRAFT, store, &draft, error))
		return false;
	if (name_is_listed(record_text(draft, DRAFT_INVENTORS), str_of(who)))
		return error_set_field(error, "checker_id", "types.own_invention");
	if (record_integer(check, CHECK_WAIVED) > record_integer(check, CHECK_ERRORS))
		return error_set_field(error, "waived", "types.more_than_errors");
	return true;
}

const struct record_type quality_check_type = {
	.name = "quality_check",
	.clause = "2.5-e 2.5-f",
	.group = "creation",
	.label = { "申请文件质检", "Quality check" },
	.fields = fields,
	.field_count = CHECK_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-updated_at",
	.validate = validate,
	.before_save = before_save,
	.after_create = show_draft,
	.after_update = show_draft,
};
