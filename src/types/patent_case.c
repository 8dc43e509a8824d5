/*
 * 专利案件: an application from the decision to file to the end of the right (clause 2.5-d). States and
 * steps are those of data/case_states.csv and case_transitions.csv; a test compares.
 */
#include "patent/number.h"
#include "types/types_internal.h"

static const struct choice types[] = {
	{ "invention", { "发明", "Invention" } },
	{ "utility", { "实用新型", "Utility model" } },
	{ "design", { "外观设计", "Design" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice reductions[] = {
	{ "none", { "不减缴", "None" } },
	{ "single", { "减缴85%", "85 %" } },
	{ "joint", { "减缴70%", "70 %" } },
	{ NULL, { NULL, NULL } },
};

#define PEOPLE                                                                                     \
	{                                                                                          \
		"人员", "People"                                                                   \
	}
#define DATES                                                                                      \
	{                                                                                          \
		"日期", "Dates"                                                                    \
	}

static const struct field fields[] = {
	[CASE_NUMBER] = { .name = "docket",
			  .max = 40,
			  .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			  .label = { "案卷号", "Docket number" } },
	[CASE_TITLE] = { .name = "title",
			 .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "发明名称", "Title" } },
	[CASE_TYPE] = { .name = "type",
			.kind = FIELD_CHOICE,
			.choices = types,
			.flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED | FIELD_INDEXED,
			.label = { "专利类型", "Type" } },
	[CASE_OFFICE] = { .name = "office",
			  .max = 2,
			  .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED,
			  .label = { "受理局", "Office" },
			  .help = { "国家或地区代码，如 CN", "ST.3 code, as CN" } },
	[CASE_DISCLOSURE] = { .name = "disclosure_id",
			      .kind = FIELD_REF,
			      .ref = "disclosure",
			      .flags = FIELD_INDEXED,
			      .label = { "技术交底书", "Disclosure" } },
	[CASE_KEY_FIELD] = { .name = "key_field_id",
			     .kind = FIELD_REF,
			     .ref = "key_field",
			     .flags = FIELD_INDEXED | FIELD_LISTED,
			     .label = { "重点技术领域", "Key field" } },
	[CASE_APPLICATION] = { .name = "application_number",
			       .max = 40,
			       .flags = FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED,
			       .label = { "申请号", "Application number" } },
	[CASE_PUBLICATION] = { .name = "publication",
			       .kind = FIELD_PUBLICATION,
			       .max = 40,
			       .flags = FIELD_INDEXED | FIELD_LISTED,
			       .label = { "公开（公告）号", "Publication" },
			       .help = { "与文献库中的公开文本对应",
					 "binds the case to the library" } },
	[CASE_OWNER] = { .name = "owner_id",
			 .kind = FIELD_USER,
			 .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			 .label = { "案件负责人", "Responsible" },
			 .section = PEOPLE },
	[CASE_INVENTORS] = { .name = "inventors",
			     .kind = FIELD_REFS,
			     .ref = "user",
			     .label = { "发明人", "Inventors" },
			     .section = PEOPLE },
	[CASE_AGENCY] = { .name = "agency_id",
			  .kind = FIELD_ORGANISATION,
			  .flags = FIELD_INDEXED | FIELD_LISTED,
			  .label = { "代理机构", "Agency" },
			  .section = PEOPLE },
	[CASE_AGENT] = { .name = "agent",
			 .label = { "专利代理师", "Patent attorney" },
			 .section = PEOPLE },
	[CASE_PRIORITY_ON] = { .name = "priority_on",
			       .kind = FIELD_DATE,
			       .label = { "优先权日", "Priority date" },
			       .section = DATES },
	[CASE_FILED_ON] = { .name = "filed_on",
			    .kind = FIELD_DATE,
			    .flags = FIELD_LISTED | FIELD_INDEXED,
			    .label = { "申请日", "Filed on" },
			    .section = DATES },
	[CASE_PUBLISHED_ON] = { .name = "published_on",
				.kind = FIELD_DATE,
				.label = { "公布日", "Published on" },
				.section = DATES },
	[CASE_GRANTED_ON] = { .name = "granted_on",
			      .kind = FIELD_DATE,
			      .flags = FIELD_LISTED | FIELD_INDEXED,
			      .label = { "授权公告日", "Granted on" },
			      .section = DATES },
	[CASE_ENDED_ON] = { .name = "ended_on",
			    .kind = FIELD_DATE,
			    .label = { "终结日", "Ended on" },
			    .section = DATES },
	[CASE_REDUCTION] = { .name = "reduction",
			     .kind = FIELD_CHOICE,
			     .choices = reductions,
			     .label = { "费用减缴", "Fee reduction" } },
	[CASE_CLAIMS] = { .name = "claims",
			  .kind = FIELD_INTEGER,
			  .min = 1,
			  .max = 1000,
			  .label = { "权利要求项数", "Claims" } },
	[CASE_BEFORE] = { .name = "state_before",
			  .max = 40,
			  .flags = FIELD_COMPUTED,
			  .label = { "权利丧失前状态", "State before the loss" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == CASE_FIELD_COUNT, "every field");

static const struct choice states[] = {
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

/* A loss may be undone: back to where the case stood. */
static bool keep_state(struct record *patent, struct record_store *store, struct error *error)
{
	struct record *stored;

	if (!record_load(store, &patent_case_type, patent->id, &stored, error))
		return false;
	record_set_text(store, patent, CASE_BEFORE, str_of(stored->state));
	return true;
}

static bool restore_state(struct record *patent, struct record_store *store, struct error *error)
{
	const struct choice *state = choice_find(states, str_of(record_text(patent, CASE_BEFORE)));

	(void)store;
	if (!state)
		return error_set_field(error, "state_before", "record.required");
	patent->state = state->value;
	record_clear(patent, CASE_BEFORE);
	return true;
}

/* Utility models and designs have no substantive examination to go back to. */
static bool reverse_state(struct record *patent, struct record_store *store, struct error *error)
{
	(void)store;
	(void)error;
	if (!types_choice_is(patent, CASE_TYPE, "invention"))
		patent->state = "preliminary";
	return true;
}

static bool set_ended(struct record *patent, struct record_store *store, struct error *error)
{
	(void)error;
	if (!record_is_set(patent, CASE_ENDED_ON))
		record_set_date(store, patent, CASE_ENDED_ON, store->today);
	return true;
}

#define MOVE(name_, from_, to_, zh_, en_, guard_, effect_, comment_)                               \
	{                                                                                          \
		.name = name_, .from = from_, .to = to_, .label = { zh_, en_ }, .guard = guard_,   \
		.effect = effect_, .wants_comment = comment_                                       \
	}

static const struct transition transitions[] = {
	MOVE("submit", "planned", "submitted", "递交", "submitted", NULL, NULL, false),
	MOVE("drop", "planned", "final_withdrawn", "不再申请", "dropped", NULL, set_ended, true),
	MOVE("accept", "submitted", "accepted", "受理通知书", "notice of acceptance", has_number,
	     NULL, false),
	MOVE("refuse", "submitted", "refused", "不予受理通知书", "notice of refusal", NULL,
	     set_ended, false),
	MOVE("pay", "accepted", "preliminary", "已缴申请费", "fee paid", NULL, NULL, false),
	MOVE("deem_withdrawn", "accepted", "deemed_withdrawn", "未缴申请费，视为撤回通知书",
	     "fee not paid: deemed withdrawn", NULL, keep_state, false),
	MOVE("correct", "preliminary", "correction", "补正通知书", "notice to correct", NULL, NULL,
	     false),
	MOVE("pass", "preliminary", "awaiting_publication", "初审合格通知书",
	     "preliminary examination passed", is_invention, NULL, false),
	MOVE("grant_notice", "preliminary", "registration", "授予专利权通知书", "notice of grant",
	     is_not_invention, NULL, false),
	MOVE("reject", "preliminary", "rejected", "驳回决定", "decision of rejection", NULL, NULL,
	     false),
	MOVE("reply", "correction", "preliminary", "已补正", "corrected", NULL, NULL, false),
	MOVE("deem_withdrawn", "correction", "deemed_withdrawn", "逾期未补正",
	     "not corrected in time", NULL, keep_state, false),
	MOVE("publish", "awaiting_publication", "published", "公布", "publication", has_publication,
	     NULL, false),
	MOVE("publish_examined", "awaiting_publication", "examination", "公布及进入实质审查",
	     "published and in examination", has_publication, NULL, false),
	MOVE("examine", "published", "examination", "进入实质审查阶段通知书", "examination begins",
	     is_invention, NULL, false),
	MOVE("deem_withdrawn", "published", "deemed_withdrawn", "逾期未请求实审",
	     "examination not requested in time", is_invention, keep_state, false),
	MOVE("office_action", "examination", "office_action", "审查意见通知书", "office action",
	     is_invention, NULL, false),
	MOVE("grant_notice", "examination", "registration", "授予专利权通知书", "notice of grant",
	     is_invention, NULL, false),
	MOVE("reject", "examination", "rejected", "驳回决定", "decision of rejection", is_invention,
	     NULL, false),
	MOVE("reply", "office_action", "examination", "已答复", "answered", is_invention, NULL,
	     false),
	MOVE("deem_withdrawn", "office_action", "deemed_withdrawn", "逾期未答复",
	     "not answered in time", is_invention, keep_state, false),
	MOVE("request_review", "rejected", "review", "请求复审", "re-examination requested", NULL,
	     NULL, false),
	MOVE("lapse", "rejected", "final_rejected", "复审请求期限届满",
	     "time for re-examination ran out", NULL, set_ended, false),
	MOVE("reverse", "review", "examination", "撤销驳回决定", "rejection reversed", NULL,
	     reverse_state, false),
	MOVE("uphold", "review", "review_upheld", "维持驳回决定", "rejection upheld", NULL, NULL,
	     false),
	MOVE("deem_withdrawn", "review", "rejected", "复审请求视为撤回",
	     "request for re-examination deemed withdrawn", NULL, NULL, false),
	MOVE("sue", "review_upheld", "suit", "向法院起诉", "suit filed", NULL, NULL, false),
	MOVE("lapse", "review_upheld", "final_rejected", "起诉期限届满", "time for suit ran out",
	     NULL, set_ended, false),
	MOVE("lose", "suit", "final_rejected", "判决维持", "judgment upholds", NULL, set_ended,
	     false),
	MOVE("win", "suit", "review", "判决撤销复审决定", "judgment sets the decision aside", NULL,
	     NULL, false),
	MOVE("register", "registration", "in_force", "授权公告", "announcement of grant", has_grant,
	     NULL, false),
	MOVE("deem_abandoned", "registration", "grant_abandoned", "未办理登记手续",
	     "not registered in time", NULL, NULL, false),
	MOVE("miss_annuity", "in_force", "grace", "年费逾期", "annuity overdue", NULL, NULL, false),
	MOVE("request_invalidation", "in_force", "invalidation", "无效宣告请求受理",
	     "invalidation requested", NULL, NULL, false),
	MOVE("pay", "grace", "in_force", "补缴年费和滞纳金", "annuity and late fee paid", NULL,
	     NULL, false),
	MOVE("end", "grace", "ended_restorable", "专利权终止通知书", "notice of termination", NULL,
	     NULL, false),
	MOVE("restore", "ended_restorable", "in_force", "恢复权利", "right restored", NULL, NULL,
	     false),
	MOVE("lapse", "ended_restorable", "final_ended", "恢复期限届满",
	     "time for restoration ran out", NULL, set_ended, false),
	MOVE("maintain", "invalidation", "in_force", "维持有效", "maintained", NULL, NULL, false),
	MOVE("part", "invalidation", "in_force", "部分无效，其余有效", "invalid in part", NULL,
	     NULL, false),
	MOVE("withdraw_request", "invalidation", "in_force", "请求人撤回请求", "request withdrawn",
	     NULL, NULL, false),
	MOVE("declare_invalid", "invalidation", "invalid_suit", "宣告全部无效",
	     "declared wholly invalid", NULL, NULL, false),
	MOVE("lapse", "invalid_suit", "final_invalid", "无效决定生效", "decision in effect", NULL,
	     set_ended, false),
	MOVE("win", "invalid_suit", "invalidation", "判决撤销无效决定",
	     "judgment sets the decision aside", NULL, NULL, false),
	MOVE("restore", "deemed_withdrawn", "preliminary", "恢复权利", "right restored", NULL,
	     restore_state, false),
	MOVE("lapse", "deemed_withdrawn", "final_deemed_withdrawn", "恢复期限届满",
	     "time for restoration ran out", NULL, set_ended, false),
	MOVE("restore", "grant_abandoned", "registration", "恢复权利", "right restored", NULL, NULL,
	     false),
	MOVE("lapse", "grant_abandoned", "final_grant_abandoned", "恢复期限届满",
	     "time for restoration ran out", NULL, set_ended, false),
	MOVE("withdraw", "planned", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "submitted", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "accepted", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "preliminary", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "correction", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "awaiting_publication", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "published", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "examination", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "office_action", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "rejected", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "review", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "review_upheld", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "suit", "final_withdrawn", "撤回专利申请声明", "withdrawn by declaration",
	     NULL, set_ended, true),
	MOVE("withdraw", "registration", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "deemed_withdrawn", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("withdraw", "grant_abandoned", "final_withdrawn", "撤回专利申请声明",
	     "withdrawn by declaration", NULL, set_ended, true),
	MOVE("expire", "in_force", "final_expired", "期限届满", "term over", NULL, set_ended,
	     false),
	MOVE("expire", "grace", "final_expired", "期限届满", "term over", NULL, set_ended, false),
	MOVE("expire", "invalidation", "final_expired", "期限届满", "term over", NULL, set_ended,
	     false),
	MOVE("expire", "invalid_suit", "final_expired", "期限届满", "term over", NULL, set_ended,
	     false),
	MOVE("abandon", "in_force", "final_abandoned", "声明放弃专利权", "abandoned by declaration",
	     NULL, set_ended, true),
	MOVE("abandon", "grace", "final_abandoned", "声明放弃专利权", "abandoned by declaration",
	     NULL, set_ended, true),
	MOVE("abandon", "invalidation", "final_abandoned", "声明放弃专利权",
	     "abandoned by declaration", NULL, set_ended, true),
	MOVE("abandon", "invalid_suit", "final_abandoned", "声明放弃专利权",
	     "abandoned by declaration", NULL, set_ended, true),
	{ .name = NULL },
};

#define FILED                                                                                      \
	",submitted,refused,accepted,preliminary,correction,awaiting_publication,published,"       \
	"examination,office_action,rejected,review,review_upheld,suit,registration,in_force,"      \
	"grace,invalidation,invalid_suit,deemed_withdrawn,grant_abandoned,ended_restorable,final_" \
	"rejected,final_withdrawn,final_deemed_withdrawn,final_grant_abandoned,final_abandoned,"   \
	"final_ended,final_expired,final_invalid,"

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING | ROLE_BIT(ROLE_FINANCE),
	  .action = "read",
	  .scope = SCOPE_ORGANISATION },
	{ .roles = RESEARCHER, .action = "read", .scope = SCOPE_ASSIGNED, .field = "inventors" },
	{ .roles = RESEARCHER, .action = "read", .scope = SCOPE_ASSIGNED, .field = "owner_id" },
	{ .roles = AGENCY, .action = "read", .scope = SCOPE_ASSIGNED, .field = "agency_id" },
	{ .roles = ROLES_ABOVE, .action = "read", .scope = SCOPE_BELOW, .states = FILED },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "update", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",planned," },
	{ .roles = MANAGER, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "drop", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "accept", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "refuse", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "pay", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "deem_withdrawn", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "correct", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "pass", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "grant_notice", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "reject", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "reply", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "publish", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "publish_examined", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "examine", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "office_action", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "request_review", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "lapse", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "reverse", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "uphold", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "sue", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "lose", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "win", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "register", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "deem_abandoned", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "miss_annuity", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "request_invalidation", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "end", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "restore", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "maintain", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "part", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "withdraw_request", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "declare_invalid", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "withdraw", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "expire", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR, .action = "abandon", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

/* ---- The number, in its normal form; a wrong check digit is a misprint. */
static bool check_number(const struct record *patent, struct error *error)
{
	struct number number;
	enum patent_type type;

	if (!record_is_set(patent, CASE_APPLICATION))
		return true;
	if (!number_parse_application(str_of(record_text(patent, CASE_APPLICATION)),
				      str_of(record_text(patent, CASE_OFFICE)), &number))
		return error_set_field(error, "application_number", "types.not_a_number");
	if (strcmp(number.office, record_text(patent, CASE_OFFICE)) != 0)
		return error_set_field(error, "application_number", "types.other_office");
	if (number.check == NUMBER_CHECK_INVALID)
		return error_set_field(error, "application_number", "types.check_digit");
	type = number_type(&number);
	if (type != PATENT_TYPE_UNKNOWN &&
	    !types_choice_is(patent, CASE_TYPE, patent_types[type].name))
		return error_set_field(error, "application_number", "types.other_type");
	return true;
}

static bool before_save(struct record *patent, struct record_store *store, struct error *error)
{
	struct number number;

	(void)error;
	if (record_is_set(patent, CASE_APPLICATION) &&
	    number_parse_application(str_of(record_text(patent, CASE_APPLICATION)),
				     str_of(record_text(patent, CASE_OFFICE)), &number))
		record_set_text(store, patent, CASE_APPLICATION,
				number_normal(store->arena, &number));
	return true;
}

static bool validate(const struct record *patent, struct record_store *store, struct error *error)
{
	static const size_t days[] = { CASE_PRIORITY_ON, CASE_FILED_ON, CASE_PUBLISHED_ON,
				       CASE_GRANTED_ON, CASE_ENDED_ON };
	const size_t count = sizeof(days) / sizeof(days[0]);
	struct record *row;

	for (size_t i = 0; i < count; i++) {
		if (!types_not_future(patent, days[i], store, error))
			return false;
		for (size_t j = i + 1; j < count; j++)
			if (!types_in_order(patent, days[i], days[j], error))
				return false;
	}
	if (!office_find(str_of(record_text(patent, CASE_OFFICE))))
		return error_set_field(error, "office", "types.no_office");
	return check_number(patent, error) &&
	       types_load_own(patent, CASE_DISCLOSURE, store, &row, error) &&
	       types_load_own(patent, CASE_KEY_FIELD, store, &row, error);
}

const struct record_type patent_case_type = {
	.name = "patent_case",
	.clause = "2.5-d",
	.group = "docket",
	.label = { "专利案件", "Patent case" },
	.fields = fields,
	.field_count = CASE_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
};
