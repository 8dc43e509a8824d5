/*
 * 分级: five scores and four adjustments of a patent give its grade (rule/grade.h, data/grades.csv); another
 * person approves, and the case has it (clause 2.5-e). Looked at again before each annuity and each year.
 */
#include "rule/fee.h"
#include "rule/grade.h"
#include "types/operation_internal.h"

enum { REVIEW_MONTHS = 12, ANNUITY_LEAD_DAYS = 60 };

static const struct choice triggers[] = {
	{ "initial", { "授权后首次分级", "First, after the grant" } },
	{ "annuity", { "年费缴纳前复核", "Before an annuity" } },
	{ "event", { "法律或者市场事件", "An event" } },
	{ "yearly", { "年度复核", "Yearly" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice categories[] = {
	{ "own_use", { "自用", "Own use" } },
	{ "licence", { "许可", "Licence" } },
	{ "defence", { "防御", "Defence" } },
	{ "reserve", { "储备", "Reserve" } },
	{ "standard", { "标准", "Standard" } },
	{ "transferable", { "可转让", "For sale" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice decisions[] = {
	{ "keep", { "维持", "Keep" } },
	{ "review", { "年费前复核", "Review before the annuity" } },
	{ "sell", { "转让", "Sell" } },
	{ "open_licence", { "开放许可", "Open licence" } },
	{ "abandon", { "放弃", "Give up" } },
	{ NULL, { NULL, NULL } },
};

/* Names of grades[] (rule/grade.h). */
static const struct choice grades[] = {
	{ "S", { "S 核心（标准或者主导产品）", "S core" } },
	{ "A", { "A 核心", "A core" } },
	{ "B", { "B 重要", "B important" } },
	{ "C", { "C 一般或者防御", "C general or defensive" } },
	{ "D", { "D 低价值", "D low value" } },
	{ NULL, { NULL, NULL } },
};

#define SCORES                                                                                     \
	{                                                                                          \
		"评分", "Scores"                                                                   \
	}
#define RESULT                                                                                     \
	{                                                                                          \
		"分级结果与处置", "Grade and decision"                                             \
	}
#define SCORE(name_, zh_, en_)                                                                     \
	{                                                                                          \
		.name = name_, .kind = FIELD_DECIMAL, .scale = 1, .min = 10, .max = 50,            \
		.label = { zh_ "（1—5分）", en_ " (1 to 5)" }, .section = SCORES                   \
	}
#define ADJUSTMENT(name_, zh_, en_)                                                                \
	{                                                                                          \
		.name = name_, .kind = FIELD_BOOL, .label = { zh_, en_ }, .section = SCORES        \
	}

static const struct field fields[] = {
	[GRADING_CASE] = { .name = "case_id",
			   .kind = FIELD_REF,
			   .ref = "patent_case",
			   .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			   .label = { "专利案件", "Patent case" } },
	[GRADING_TITLE] = { .name = "title",
			    .max = 300,
			    .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			    .label = { "名称", "Title" } },
	[GRADING_TRIGGER] = { .name = "trigger",
			      .kind = FIELD_CHOICE,
			      .choices = triggers,
			      .flags = FIELD_REQUIRED | FIELD_LISTED,
			      .label = { "分级事由", "Occasion" } },
	[GRADING_GRADED_ON] = { .name = "graded_on",
				.kind = FIELD_DATE,
				.flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
				.label = { "分级基准日", "As of" } },
	[GRADING_SCORES] = SCORE("relevance", "技术关联度", "Technical relevance"),
	[GRADING_SCORES + 1] = SCORE("claims", "权利要求强度", "Strength of the claims"),
	[GRADING_SCORES + 2] = SCORE("market", "市场覆盖", "Market coverage"),
	[GRADING_SCORES + 3] = SCORE("term", "剩余期限", "Remaining term"),
	[GRADING_LAST_SCORE] = SCORE("citations", "被引", "Citations"),
	[GRADING_ADJUSTMENTS] = ADJUSTMENT("sep", "标准必要专利", "Standard essential"),
	[GRADING_ADJUSTMENTS + 1] = ADJUSTMENT("survived", "经诉讼或者无效仍维持",
					       "Survived litigation or invalidation"),
	[GRADING_ADJUSTMENTS + 2] = ADJUSTMENT("risk", "有无效风险", "Risk of invalidation"),
	[GRADING_LAST_ADJUSTMENT] = ADJUSTMENT("discontinued", "产品已停产",
					       "Product discontinued"),
	[GRADING_GROUNDS] = { .name = "grounds",
			      .kind = FIELD_LONG_TEXT,
			      .max = 4000,
			      .label = { "评分依据", "Grounds of the scores" },
			      .section = SCORES },
	[GRADING_CATEGORIES] = { .name = "categories",
				 .kind = FIELD_CHOICES,
				 .choices = categories,
				 .flags = FIELD_LISTED,
				 .label = { "用途分类", "Uses" },
				 .section = RESULT },
	[GRADING_BASE] = { .name = "base_score",
			   .kind = FIELD_DECIMAL,
			   .scale = 2,
			   .flags = FIELD_COMPUTED,
			   .label = { "加权得分", "Weighted mean" },
			   .section = RESULT },
	[GRADING_SCORE] = { .name = "score",
			    .kind = FIELD_DECIMAL,
			    .scale = 2,
			    .flags = FIELD_COMPUTED | FIELD_LISTED,
			    .label = { "调整后得分", "Score" },
			    .section = RESULT },
	[GRADING_GRADE] = { .name = "grade",
			    .kind = FIELD_CHOICE,
			    .choices = grades,
			    .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_INDEXED,
			    .label = { "等级", "Grade" },
			    .section = RESULT,
			    .help = { "参考模型，非国家标准", "a reference model, no standard" } },
	[GRADING_ACTION] = { .name = "action",
			     .flags = FIELD_COMPUTED,
			     .label = { "管理措施", "What follows" },
			     .section = RESULT },
	[GRADING_EDITION] = { .name = "edition",
			      .max = 20,
			      .flags = FIELD_COMPUTED,
			      .label = { "规则版本", "Edition of the rules" },
			      .section = RESULT },
	[GRADING_PROPOSAL] = { .name = "proposal",
			       .kind = FIELD_CHOICE,
			       .choices = decisions,
			       .flags = FIELD_COMPUTED | FIELD_LISTED,
			       .label = { "建议处置", "Proposed" },
			       .section = RESULT },
	[GRADING_DECISION] = { .name = "decision",
			       .kind = FIELD_CHOICE,
			       .choices = decisions,
			       .flags = FIELD_LISTED,
			       .label = { "拟定处置", "Decision" },
			       .section = RESULT },
	[GRADING_REASON] = { .name = "reason",
			     .kind = FIELD_LONG_TEXT,
			     .max = 2000,
			     .label = { "处置理由", "Reason" },
			     .section = RESULT,
			     .help = { "D级拟维持的必填", "required to keep one of grade D" } },
	[GRADING_PROPOSED_BY] = { .name = "proposed_by",
				  .kind = FIELD_USER,
				  .flags = FIELD_COMPUTED,
				  .label = { "分级人", "Graded by" },
				  .section = RESULT },
	[GRADING_APPROVED_BY] = { .name = "approved_by",
				  .kind = FIELD_USER,
				  .flags = FIELD_COMPUTED,
				  .label = { "批准人", "Approved by" },
				  .section = RESULT },
	[GRADING_CASE_STATE] = { .name = "case_state",
				 .max = 40,
				 .flags = FIELD_COMPUTED,
				 .label = { "批准时案件状态", "State of the case when approved" },
				 .section = RESULT },
	[GRADING_EVENT_ON] = { .name = "event_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_COMPUTED,
			       .label = { "触发复核的事件日", "Day of an event since" },
			       .section = RESULT,
			       .help = { "年费逾期或者被请求宣告无效",
					 "an overdue annuity, a request for invalidation" } },
	[GRADING_REVIEW_ON] = { .name = "review_on",
				.kind = FIELD_DATE,
				.flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_INDEXED,
				.label = { "下次复核日", "To be reviewed on" },
				.section = RESULT,
				.help = { "一年内，且早于下次年费应缴日60天",
					  "within a year, sixty days before the next annuity" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == GRADING_FIELD_COUNT, "every field");
_Static_assert(GRADING_LAST_SCORE - GRADING_SCORES + 1 == GRADE_DIMENSIONS, "every score");
_Static_assert(GRADING_LAST_ADJUSTMENT - GRADING_ADJUSTMENTS + 1 == GRADE_ADJUSTMENTS,
	       "all of them");

static const struct choice states[] = {
	{ "draft", { "评分中", "Being scored" } },
	{ "submitted", { "待批准", "To be approved" } },
	{ "approved", { "已批准", "Approved" } },
	{ "superseded", { "已被新的分级取代", "Superseded" } },
	{ NULL, { NULL, NULL } },
};

/* ---- Computed. */
static bool is_scored(const struct record *grading)
{
	for (size_t i = GRADING_SCORES; i <= GRADING_LAST_SCORE; i++)
		if (!record_is_set(grading, i))
			return false;
	return true;
}

/* 处置: a low grade is sold or given up, a high one kept. */
static const char *proposal_of(const struct grade *grade)
{
	if (strcmp(grade->id, "D") == 0)
		return "sell";
	return strcmp(grade->id, "C") == 0 ? "review" : "keep";
}

static void set_grade(struct record *grading, struct record_store *store)
{
	struct grade_case scores = { .id = STR("") };
	struct grade_result result;

	for (size_t i = 0; i < GRADE_DIMENSIONS; i++)
		scores.scores[i] = (double)record_integer(grading, GRADING_SCORES + i) / 10;
	for (size_t i = 0; i < GRADE_ADJUSTMENTS; i++)
		scores.is_adjusted[i] = record_integer(grading, GRADING_ADJUSTMENTS + i) != 0;
	result = grade_compute(&scores);
	record_set_integer(grading, GRADING_BASE, (int64_t)(result.base * 100 + 0.5));
	record_set_integer(grading, GRADING_SCORE, (int64_t)(result.score * 100 + 0.5));
	record_set_text(store, grading, GRADING_GRADE, str_of(result.grade->id));
	record_set_text(store, grading, GRADING_ACTION, str_of(result.grade->action_zh));
	record_set_text(store, grading, GRADING_EDITION, str_of(result.grade->edition));
	record_set_text(store, grading, GRADING_PROPOSAL, str_of(proposal_of(result.grade)));
}

static void clear_grade(struct record *grading)
{
	for (size_t i = GRADING_BASE; i <= GRADING_PROPOSAL; i++)
		record_clear(grading, i);
}

/* A year on, or sixty days before the annuity that falls due first. */
static date planned_review(const struct record *grading, const struct record *patent)
{
	date from = record_date(grading, GRADING_GRADED_ON), filed, due;
	date year_on = date_add_months(from, REVIEW_MONTHS);

	filed = record_date(patent, CASE_FILED_ON);
	if (filed == DATE_NONE || filed > from)
		return year_on;
	due = annuity_due(filed, annuity_year_of(filed, from + ANNUITY_LEAD_DAYS) + 1) -
	      ANNUITY_LEAD_DAYS;
	return due > from && due < year_on ? due : year_on;
}

static date review_on(const struct record *grading, const struct record *patent)
{
	date planned = planned_review(grading, patent),
	     event = record_date(grading, GRADING_EVENT_ON);

	return event != DATE_NONE && event < planned ? event : planned;
}

static bool before_save(struct record *grading, struct record_store *store, struct error *error)
{
	struct record *patent;

	if (!types_load_own(grading, GRADING_CASE, store, &patent, error))
		return false;
	types_set_case_title(grading, GRADING_TITLE, store, patent,
			     record_text(grading, GRADING_GRADED_ON));
	if (is_scored(grading))
		set_grade(grading, store);
	else
		clear_grade(grading);
	if (patent && record_is_set(grading, GRADING_GRADED_ON))
		record_set_date(store, grading, GRADING_REVIEW_ON, review_on(grading, patent));
	return true;
}

/* ---- Steps. */
static bool is_core(const struct record *grading)
{
	return types_choice_is(grading, GRADING_GRADE, "S") ||
	       types_choice_is(grading, GRADING_GRADE, "A");
}

/* Core patents are not given up or sold; one of low value is kept for a reason only. */
static bool is_decision_fit(const struct record *grading, struct error *error)
{
	if (is_core(grading) && !types_choice_is(grading, GRADING_DECISION, "keep") &&
	    !types_choice_is(grading, GRADING_DECISION, "review"))
		return error_set_field(error, "decision", "types.core_kept");
	if (types_choice_is(grading, GRADING_GRADE, "D") &&
	    types_choice_is(grading, GRADING_DECISION, "keep"))
		return REQUIRE(grading, error, GRADING_REASON);
	return true;
}

static bool is_complete(const struct record *grading, struct record_store *store,
			struct error *error)
{
	struct record *patent;

	for (size_t i = GRADING_SCORES; i <= GRADING_LAST_SCORE; i++)
		if (!REQUIRE(grading, error, i))
			return false;
	return REQUIRE(grading, error, GRADING_DECISION) && is_decision_fit(grading, error) &&
	       types_load_right(grading, GRADING_CASE, store, &patent, error);
}

static bool set_proposer(struct record *grading, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_integer(grading, GRADING_PROPOSED_BY, store->actor->user_id);
	return true;
}

static bool is_agreed(const struct record *grading, struct record_store *store, struct error *error)
{
	return is_complete(grading, store, error) &&
	       types_is_second_person(grading, GRADING_PROPOSED_BY, store, "approved_by", error);
}

/* The case's earlier gradings do not count any more. */
static bool supersede(const struct record *grading, struct record_store *store, struct error *error)
{
	struct record **earlier;
	size_t count;

	if (!record_load_where(store, &grading_type, GRADING_CASE, &grading->values[GRADING_CASE],
			       &earlier, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct field_errors errors = { .count = 0 };

		if (earlier[i]->id == grading->id || strcmp(earlier[i]->state, "approved") != 0)
			continue;
		earlier[i]->state = "superseded";
		if (!record_save_for(store, earlier[i], "supersede", &errors, error))
			return false;
	}
	return true;
}

static bool put_on_case(struct record *grading, struct record_store *store, struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct record *patent;

	if (!types_load_own(grading, GRADING_CASE, store, &patent, error) ||
	    !supersede(grading, store, error))
		return false;
	record_set_integer(grading, GRADING_APPROVED_BY, store->actor->user_id);
	record_set_text(store, grading, GRADING_CASE_STATE, str_of(patent->state));
	record_set_text(store, patent, CASE_GRADE, str_of(record_text(grading, GRADING_GRADE)));
	return record_save_for(store, patent, "grade", &errors, error);
}

bool grading_follow(const struct record *patent, struct record_store *store, struct error *error)
{
	const struct value id = { .integer = patent->id };
	struct record **gradings;
	size_t count;

	if (!name_is_listed(",grace,invalidation,invalid_suit,", str_of(patent->state)))
		return true;
	if (!record_load_where(store, &grading_type, GRADING_CASE, &id, &gradings, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct field_errors errors = { .count = 0 };

		if (strcmp(gradings[i]->state, "approved") != 0 ||
		    record_is_set(gradings[i], GRADING_EVENT_ON) ||
		    types_choice_is(gradings[i], GRADING_CASE_STATE, patent->state))
			continue;
		record_set_date(store, gradings[i], GRADING_EVENT_ON, store->today);
		if (!record_save_for(store, gradings[i], "event", &errors, error))
			return false;
	}
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交", "Submit" },
	  .guard = is_complete,
	  .effect = set_proposer,
	  .is_task = true },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回修改", "Send back" },
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "approve",
	  .from = "submitted",
	  .to = "approved",
	  .label = { "批准", "Approve" },
	  .guard = is_agreed,
	  .effect = put_on_case,
	  .is_task = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",approved,superseded," },
	{ .roles = ROLES_LEADING, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = ROLES_LEADING,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = ROLES_LEADING, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "return", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "approve", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "review_on", .days_before = { 30, 14, 1 }, .states = ",approved," },
	{ .field = NULL },
};

static bool validate(const struct record *grading, struct record_store *store, struct error *error)
{
	struct record *patent;

	return types_not_future(grading, GRADING_GRADED_ON, store, error) &&
	       types_load_own(grading, GRADING_CASE, store, &patent, error);
}

const struct record_type grading_type = {
	.name = "grading",
	.clause = "2.5-e",
	.group = "value",
	.label = { "专利分级", "Grading of a patent" },
	.fields = fields,
	.field_count = GRADING_FIELD_COUNT,
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
