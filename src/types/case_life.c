/*
 * The life of a patent case: its states and steps (data/case_states.csv, case_transitions.csv; a test
 * compares), and the days each step leaves behind, which indicators count by (rule/patent_case.h).
 */
#include "rule/case_state.h"
#include "rule/fee.h"
#include "types/types_internal.h"

enum { MONTHS_A_YEAR = 12 };

const struct choice case_states[] = {
	{ "planned", { "拟申请", "to be filed" } },
	{ "submitted", { "已递交待受理", "submitted" } },
	{ "refused", { "不受理", "not accepted" } },
	{ "accepted", { "已受理待缴费", "accepted; fee to be paid" } },
	{ "preliminary", { "初审中", "preliminary examination" } },
	{ "correction", { "补正待答", "correction awaited" } },
	{ "awaiting_publication", { "待公布", "awaiting publication" } },
	{ "published", { "公布待实审", "published; examination to be requested" } },
	{ "examination", { "实审中", "substantive examination" } },
	{ "office_action", { "审查意见待答", "office action to be answered" } },
	{ "rejected", { "驳回待复审", "rejected; open to re-examination" } },
	{ "review", { "复审中", "re-examination" } },
	{ "review_upheld", { "复审维持待起诉", "rejection upheld; open to suit" } },
	{ "suit", { "行政诉讼中", "administrative suit" } },
	{ "registration", { "待登记", "grant to be registered" } },
	{ "in_force", { "有效", "in force" } },
	{ "grace", { "滞纳期", "grace period of an annuity" } },
	{ "invalidation", { "无效程序中", "invalidation proceedings" } },
	{ "invalid_suit", { "无效决定待起诉", "invalidation decided; open to suit" } },
	{ "deemed_withdrawn", { "视为撤回（可恢复）", "deemed withdrawn; may be restored" } },
	{ "grant_abandoned", { "视为放弃（可恢复）", "grant abandoned; may be restored" } },
	{ "ended_restorable", { "终止可恢复", "ended; may be restored" } },
	{ "final_rejected", { "驳回生效", "rejected" } },
	{ "final_withdrawn", { "撤回", "withdrawn" } },
	{ "final_deemed_withdrawn", { "视为撤回", "deemed withdrawn" } },
	{ "final_grant_abandoned", { "视为放弃取得专利权", "grant abandoned" } },
	{ "final_abandoned", { "放弃", "abandoned" } },
	{ "final_ended", { "终止", "ended" } },
	{ "final_expired", { "期满", "expired" } },
	{ "final_invalid", { "全部无效", "wholly invalid" } },
	{ NULL, { NULL, NULL } },
};

/* ---- Steps. */
static bool is_invention(const struct record *patent, struct record_store *store,
			 struct error *error)
{
	(void)store;
	return types_choice_is(patent, CASE_TYPE, "invention") ||
	       error_set_field(error, "type", "types.not_of_this_type");
}

static bool is_not_invention(const struct record *patent, struct record_store *store,
			     struct error *error)
{
	(void)store;
	return !types_choice_is(patent, CASE_TYPE, "invention") ||
	       error_set_field(error, "type", "types.not_of_this_type");
}

static bool has_number(const struct record *patent, struct record_store *store, struct error *error)
{
	(void)store;
	return REQUIRE(patent, error, CASE_APPLICATION, CASE_FILED_ON);
}

static bool has_publication(const struct record *patent, struct record_store *store,
			    struct error *error)
{
	return is_invention(patent, store, error) && REQUIRE(patent, error, CASE_PUBLISHED_ON);
}

static bool has_grant(const struct record *patent, struct record_store *store, struct error *error)
{
	(void)store;
	return REQUIRE(patent, error, CASE_GRANTED_ON, CASE_PUBLICATION);
}

/* ---- The days of its life. A step fills the day that is not known yet. */
struct life_day {
	const char *from, *to; /* NULL: any */
	size_t field;
	size_t undone_by; /* a day from which on the earlier one no longer counts; 0: none */
};

static const struct life_day life_days[] = {
	{ "planned", "submitted", CASE_FILED_ON, 0 },
	{ "awaiting_publication", "examination", CASE_EXAMINED_ON, 0 },
	{ "published", "examination", CASE_EXAMINED_ON, 0 },
	{ "preliminary", "rejected", CASE_REJECTED_ON, CASE_REJECTION_REVERSED_ON },
	{ "examination", "rejected", CASE_REJECTED_ON, CASE_REJECTION_REVERSED_ON },
	{ "rejected", "review", CASE_REVIEW_REQUESTED_ON, 0 },
	{ "review", "review_upheld", CASE_REJECTION_UPHELD_ON, 0 },
	{ "review", "examination", CASE_REJECTION_REVERSED_ON, 0 },
	{ "review", "preliminary", CASE_REJECTION_REVERSED_ON, 0 },
	{ NULL, "deemed_withdrawn", CASE_DEEMED_WITHDRAWN_ON, CASE_RESTORED_ON },
	{ NULL, "grant_abandoned", CASE_GRANT_ABANDONED_ON, CASE_RESTORED_ON },
	{ "deemed_withdrawn", "final_withdrawn", CASE_WITHDRAWN_ON, 0 },
	{ "grace", "ended_restorable", CASE_END_KNOWN_ON, CASE_RESTORED_ON },
	{ "invalid_suit", "final_invalid", CASE_INVALIDATED_ON, 0 },
};

/* What a step makes untrue. */
static const struct life_day life_clears[] = {
	{ "preliminary", "rejected", CASE_REVIEW_REQUESTED_ON, 0 },
	{ "examination", "rejected", CASE_REVIEW_REQUESTED_ON, 0 },
	{ "preliminary", "rejected", CASE_REJECTION_REVERSED_ON, 0 },
	{ "examination", "rejected", CASE_REJECTION_REVERSED_ON, 0 },
	{ "review", "rejected", CASE_REVIEW_REQUESTED_ON, 0 },
	{ "suit", "review", CASE_REJECTION_UPHELD_ON, 0 },
	{ "grace", "in_force", CASE_UNPAID_FROM, 0 },
	{ "ended_restorable", "in_force", CASE_UNPAID_FROM, 0 },
};

static bool is_of(const struct life_day *day, const char *from, const char *to)
{
	return (!day->from || strcmp(day->from, from) == 0) && strcmp(day->to, to) == 0;
}

static bool counts(const struct record *patent, size_t field, size_t undone_by)
{
	return record_is_set(patent, field) &&
	       !(undone_by && record_is_set(patent, undone_by) &&
		 record_date(patent, undone_by) >= record_date(patent, field));
}

static void set_day(struct record *patent, struct record_store *store, size_t field,
		    size_t undone_by, date day)
{
	if (counts(patent, field, undone_by))
		return;
	record_set_date(store, patent, field, day);
	if (undone_by && record_date(patent, undone_by) >= day)
		record_clear(patent, undone_by);
}

/* The annuity of the year the case is in is the one that was missed. */
static date missed_annuity(const struct record *patent, date today)
{
	date filed = record_date(patent, CASE_FILED_ON);

	return filed == DATE_NONE ? today : case_annuity_day(patent, annuity_year_of(filed, today));
}

/* The right ends on the day the annuity was due (Implementing Regulations art. 115). */
static void set_end(struct record *patent, struct record_store *store, const char *from, date today)
{
	bool restorable = strcmp(patent->state, "ended_restorable") == 0;
	date day = today;

	if (restorable && record_is_set(patent, CASE_UNPAID_FROM))
		day = record_date(patent, CASE_UNPAID_FROM);
	if (!restorable && !str_starts_with(str_of(patent->state), STR("final_")) &&
	    strcmp(patent->state, "refused") != 0)
		return;
	set_day(patent, store, CASE_ENDED_ON, CASE_RESTORED_ON, day);
	if (strcmp(patent->state, "final_withdrawn") == 0 && strcmp(from, "planned") != 0)
		set_day(patent, store, CASE_WITHDRAWN_ON, 0, today);
}

/* A restoration undoes the loss it follows; an older one does not. */
static void set_restored(struct record *patent, struct record_store *store, const char *from,
			 date today)
{
	static const struct {
		const char *from;
		size_t loss;
	} losses[] = { { "deemed_withdrawn", CASE_DEEMED_WITHDRAWN_ON },
		       { "grant_abandoned", CASE_GRANT_ABANDONED_ON },
		       { "ended_restorable", CASE_ENDED_ON } };

	if (str_starts_with(str_of(patent->state), STR("final_")))
		return;
	for (size_t i = 0; i < sizeof(losses) / sizeof(losses[0]); i++)
		if (strcmp(from, losses[i].from) == 0 &&
		    (!record_is_set(patent, CASE_RESTORED_ON) ||
		     record_date(patent, CASE_RESTORED_ON) < record_date(patent, losses[i].loss)))
			record_set_date(store, patent, CASE_RESTORED_ON, today);
}

static void set_days(struct record *patent, struct record_store *store, const char *from,
		     date today)
{
	for (size_t i = 0; i < sizeof(life_days) / sizeof(life_days[0]); i++)
		if (is_of(&life_days[i], from, patent->state))
			set_day(patent, store, life_days[i].field, life_days[i].undone_by, today);
	for (size_t i = 0; i < sizeof(life_clears) / sizeof(life_clears[0]); i++)
		if (is_of(&life_clears[i], from, patent->state))
			record_clear(patent, life_clears[i].field);
	if (strcmp(patent->state, "grace") == 0)
		set_day(patent, store, CASE_UNPAID_FROM, 0, missed_annuity(patent, today));
	set_end(patent, store, from, today);
	set_restored(patent, store, from, today);
}

/*
 * A loss may be undone: back to where the case stood. Utility models and designs have no substantive
 * examination to go back to.
 */
static bool set_state(struct record *patent, struct record_store *store, const char *from,
		      struct error *error)
{
	const struct choice *state;

	if (strcmp(patent->state, "deemed_withdrawn") == 0)
		record_set_text(store, patent, CASE_BEFORE, str_of(from));
	if (strcmp(from, "review") == 0 && strcmp(patent->state, "examination") == 0 &&
	    !types_choice_is(patent, CASE_TYPE, "invention"))
		patent->state = "preliminary";
	if (strcmp(from, "deemed_withdrawn") != 0 || strcmp(patent->state, "preliminary") != 0)
		return true;
	state = choice_find(case_states, str_of(record_text(patent, CASE_BEFORE)));
	if (!state)
		return error_set_field(error, "state_before", "record.required");
	patent->state = state->value;
	record_clear(patent, CASE_BEFORE);
	return true;
}

/* The state is the new one already. */
static bool live_on(struct record *patent, struct record_store *store, const char *from, date day,
		    struct error *error)
{
	if (!set_state(patent, store, from, error))
		return false;
	set_days(patent, store, from, day);
	return true;
}

static bool live(struct record *patent, struct record_store *store, struct error *error)
{
	struct record *stored;

	return record_load(store, &patent_case_type, patent->id, &stored, error) &&
	       live_on(patent, store, stored->state, store->today, error);
}

#define MOVE(name_, from_, to_, zh_, en_, guard_, comment_)                                        \
	{                                                                                          \
		.name = name_, .from = from_, .to = to_, .label = { zh_, en_ }, .guard = guard_,   \
		.effect = live, .wants_comment = comment_                                          \
	}

const struct transition case_steps[] = {
	MOVE("submit", "planned", "submitted", "递交", "submitted", case_check_clearance, false),
	MOVE("drop", "planned", "final_withdrawn", "不再申请", "dropped", NULL, true),
	MOVE("accept", "submitted", "accepted", "受理通知书", "notice of acceptance", has_number,
	     false),
	MOVE("refuse", "submitted", "refused", "不予受理通知书", "notice of refusal", NULL, false),
	MOVE("pay", "accepted", "preliminary", "已缴申请费", "fee paid", NULL, false),
	MOVE("deem_withdrawn", "accepted", "deemed_withdrawn", "未缴申请费，视为撤回通知书",
	     "fee not paid: deemed withdrawn", NULL, false),
	MOVE("correct", "preliminary", "correction", "补正通知书", "notice to correct", NULL,
	     false),
	MOVE("pass", "preliminary", "awaiting_publication", "初审合格通知书",
	     "preliminary examination passed", is_invention, false),
	MOVE("grant_notice", "preliminary", "registration", "授予专利权通知书", "notice of grant",
	     is_not_invention, false),
	MOVE("reject", "preliminary", "rejected", "驳回决定", "decision of rejection", NULL, false),
	MOVE("reply", "correction", "preliminary", "已补正", "corrected", NULL, false),
	MOVE("deem_withdrawn", "correction", "deemed_withdrawn", "逾期未补正",
	     "not corrected in time", NULL, false),
	MOVE("publish", "awaiting_publication", "published", "公布", "publication", has_publication,
	     false),
	MOVE("publish_examined", "awaiting_publication", "examination", "公布及进入实质审查",
	     "published and in examination", has_publication, false),
	MOVE("examine", "published", "examination", "进入实质审查阶段通知书", "examination begins",
	     is_invention, false),
	MOVE("deem_withdrawn", "published", "deemed_withdrawn", "逾期未请求实审",
	     "examination not requested in time", is_invention, false),
	MOVE("office_action", "examination", "office_action", "审查意见通知书", "office action",
	     is_invention, false),
	MOVE("grant_notice", "examination", "registration", "授予专利权通知书", "notice of grant",
	     is_invention, false),
	MOVE("reject", "examination", "rejected", "驳回决定", "decision of rejection", is_invention,
	     false),
	MOVE("reply", "office_action", "examination", "已答复", "answered", is_invention, false),
	MOVE("deem_withdrawn", "office_action", "deemed_withdrawn", "逾期未答复",
	     "not answered in time", is_invention, false),
	MOVE("request_review", "rejected", "review", "请求复审", "re-examination requested", NULL,
	     false),
	MOVE("lapse", "rejected", "final_rejected", "复审请求期限届满",
	     "time for re-examination ran out", NULL, false),
	MOVE("reverse", "review", "examination", "撤销驳回决定", "rejection reversed", NULL, false),
	MOVE("uphold", "review", "review_upheld", "维持驳回决定", "rejection upheld", NULL, false),
	MOVE("deem_withdrawn", "review", "rejected", "复审请求视为撤回",
	     "request for re-examination deemed withdrawn", NULL, false),
	MOVE("sue", "review_upheld", "suit", "向法院起诉", "suit filed", NULL, false),
	MOVE("lapse", "review_upheld", "final_rejected", "起诉期限届满", "time for suit ran out",
	     NULL, false),
	MOVE("lose", "suit", "final_rejected", "判决维持", "judgment upholds", NULL, false),
	MOVE("win", "suit", "review", "判决撤销复审决定", "judgment sets the decision aside", NULL,
	     false),
	MOVE("register", "registration", "in_force", "授权公告", "announcement of grant", has_grant,
	     false),
	MOVE("deem_abandoned", "registration", "grant_abandoned", "未办理登记手续",
	     "not registered in time", NULL, false),
	MOVE("miss_annuity", "in_force", "grace", "年费逾期", "annuity overdue", NULL, false),
	MOVE("request_invalidation", "in_force", "invalidation", "无效宣告请求受理",
	     "invalidation requested", NULL, false),
	MOVE("pay", "grace", "in_force", "补缴年费和滞纳金", "annuity and late fee paid", NULL,
	     false),
	MOVE("end", "grace", "ended_restorable", "专利权终止通知书", "notice of termination", NULL,
	     false),
	MOVE("restore", "ended_restorable", "in_force", "恢复权利", "right restored", NULL, false),
	MOVE("lapse", "ended_restorable", "final_ended", "恢复期限届满",
	     "time for restoration ran out", NULL, false),
	MOVE("maintain", "invalidation", "in_force", "维持有效", "maintained", NULL, false),
	MOVE("part", "invalidation", "in_force", "部分无效，其余有效", "invalid in part", NULL,
	     false),
	MOVE("withdraw_request", "invalidation", "in_force", "请求人撤回请求", "request withdrawn",
	     NULL, false),
	MOVE("declare_invalid", "invalidation", "invalid_suit", "宣告全部无效",
	     "declared wholly invalid", NULL, false),
	MOVE("lapse", "invalid_suit", "final_invalid", "无效决定生效", "decision in effect", NULL,
	     false),
	MOVE("win", "invalid_suit", "invalidation", "判决撤销无效决定",
	     "judgment sets the decision aside", NULL, false),
	MOVE("restore", "deemed_withdrawn", "preliminary", "恢复权利", "right restored", NULL,
	     false),
	MOVE("lapse", "deemed_withdrawn", "final_deemed_withdrawn", "恢复期限届满",
	     "time for restoration ran out", NULL, false),
	MOVE("restore", "grant_abandoned", "registration", "恢复权利", "right restored", NULL,
	     false),
	MOVE("lapse", "grant_abandoned", "final_grant_abandoned", "恢复期限届满",
	     "time for restoration ran out", NULL, false),
	MOVE("withdraw", "planned", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "submitted", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "accepted", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "preliminary", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "correction", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "awaiting_publication", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "published", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "examination", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "office_action", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "rejected", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "review", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "review_upheld", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "suit", "final_withdrawn", "撤回专利申请声明", "withdrawn by declaration",
	     NULL, true),
	MOVE("withdraw", "registration", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "deemed_withdrawn", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("withdraw", "grant_abandoned", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, true),
	MOVE("expire", "in_force", "final_expired", "期限届满", "term over", NULL, false),
	MOVE("expire", "grace", "final_expired", "期限届满", "term over", NULL, false),
	MOVE("expire", "invalidation", "final_expired", "期限届满", "term over", NULL, false),
	MOVE("expire", "invalid_suit", "final_expired", "期限届满", "term over", NULL, false),
	MOVE("abandon", "in_force", "final_abandoned", "声明放弃专利权", "abandoned by declaration",
	     NULL, true),
	MOVE("abandon", "grace", "final_abandoned", "声明放弃专利权", "abandoned by declaration",
	     NULL, true),
	MOVE("abandon", "invalidation", "final_abandoned", "声明放弃专利权",
	     "abandoned by declaration", NULL, true),
	MOVE("abandon", "invalid_suit", "final_abandoned", "声明放弃专利权",
	     "abandoned by declaration", NULL, true),
	{ .name = NULL },
};

/* ---- Days in order. */
static const struct {
	size_t earlier, later;
} orders[] = {
	{ CASE_PRIORITY_ON, CASE_FILED_ON },
	{ CASE_FILED_ON, CASE_PUBLISHED_ON },
	{ CASE_FILED_ON, CASE_EXAMINED_ON },
	{ CASE_FILED_ON, CASE_GRANTED_ON },
	{ CASE_FILED_ON, CASE_ENDED_ON },
	{ CASE_FILED_ON, CASE_REJECTED_ON },
	{ CASE_FILED_ON, CASE_WITHDRAWN_ON },
	{ CASE_FILED_ON, CASE_DEEMED_WITHDRAWN_ON },
	{ CASE_FILED_ON, CASE_GRANT_ABANDONED_ON },
	{ CASE_FILED_ON, CASE_RESTORED_ON },
	{ CASE_FILED_ON, CASE_ABNORMAL_ON },
	{ CASE_PUBLISHED_ON, CASE_GRANTED_ON },
	{ CASE_PUBLISHED_ON, CASE_ENDED_ON },
	{ CASE_REJECTED_ON, CASE_REVIEW_REQUESTED_ON },
	{ CASE_REJECTED_ON, CASE_REJECTION_UPHELD_ON },
	{ CASE_REJECTED_ON, CASE_REJECTION_REVERSED_ON },
	{ CASE_REVIEW_REQUESTED_ON, CASE_REJECTION_UPHELD_ON },
	{ CASE_REVIEW_REQUESTED_ON, CASE_REJECTION_REVERSED_ON },
	{ CASE_GRANTED_ON, CASE_UNPAID_FROM },
	{ CASE_GRANTED_ON, CASE_ENDED_ON },
	{ CASE_GRANTED_ON, CASE_INVALIDATED_ON },
	{ CASE_ENDED_ON, CASE_END_KNOWN_ON },
	{ CASE_ACQUIRED_ON, CASE_TRANSFERRED_ON },
};

static const struct case_state *state_of(const struct record *patent)
{
	return case_state_find(str_of(patent->state));
}

date case_term_end(const struct record *patent)
{
	date filed = record_date(patent, CASE_FILED_ON);
	enum patent_type type = patent_type_of(str_of(record_text(patent, CASE_TYPE)));

	if (filed == DATE_NONE)
		return DATE_NONE;
	return date_add_months(filed, MONTHS_A_YEAR * annuity_last_year(type, filed)) +
	       (date)record_integer(patent, CASE_ADJUSTMENT_DAYS) + 1;
}

bool case_holds(const struct record *patent)
{
	const struct case_state *state = state_of(patent);

	return state && state->is_in_force;
}

bool case_may_move(const struct record *patent, struct str event)
{
	enum patent_type type = patent_type_of(str_of(record_text(patent, CASE_TYPE)));
	size_t count;
	const struct case_transition *moves = case_transition_list(&count);

	for (size_t i = 0; i < count; i++)
		if (str_equal_cstr(event, moves[i].event) &&
		    case_transition_fits(&moves[i], state_of(patent), type))
			return true;
	return false;
}

bool case_move(struct record *patent, struct str event, date day, struct record_store *store,
	       struct error *error)
{
	const struct case_state *before = case_state_find(str_of(record_text(patent, CASE_BEFORE)));
	enum patent_type type = patent_type_of(str_of(record_text(patent, CASE_TYPE)));
	const char *from = patent->state;
	const struct case_state *to;

	if (!case_state_move(state_of(patent), event, type, before, &to, error))
		return false;
	for (const struct transition *step = case_steps; step->name; step++) {
		if (!str_equal_cstr(event, step->name) || strcmp(step->from, from) != 0)
			continue;
		if (step->guard && !step->guard(patent, store, error))
			return false;
		patent->state = step->to;
		return live_on(patent, store, from, day, error);
	}
	return error_set(error, ERROR_CONFLICT, "record.no_step", "%.*s (%s)", STR_ARGS(event),
			 from);
}

bool case_check_days(const struct record *patent, struct record_store *store, struct error *error)
{
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (!types_not_future(patent, orders[i].earlier, store, error) ||
		    !types_not_future(patent, orders[i].later, store, error))
			return false;
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		if (types_in_order(patent, orders[i].earlier, orders[i].later, error))
			continue;
		if (orders[i].earlier == CASE_FILED_ON)
			error->key = "types.before_filing";
		return false;
	}
	return true;
}
