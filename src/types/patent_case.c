/*
 * 专利案件: an application from the decision to file to the end of the right (clause 2.5-d). Its states,
 * steps and days are case_life.c.
 */
#include "patent/number.h"
#include "types/operation_internal.h"

static const struct choice reductions[] = {
	{ "none", { "不减缴", "None" } },
	{ "single", { "减缴85%", "85 %" } },
	{ "joint", { "减缴70%", "70 %" } },
	{ NULL, { NULL, NULL } },
};

static const struct choice grades[] = {
	{ "S", { "S", "S" } }, { "A", { "A", "A" } }, { "B", { "B", "B" } },
	{ "C", { "C", "C" } }, { "D", { "D", "D" } }, { NULL, { NULL, NULL } },
};

#define PEOPLE                                                                                     \
	{                                                                                          \
		"人员", "People"                                                                   \
	}
#define DATES                                                                                      \
	{                                                                                          \
		"日期", "Dates"                                                                    \
	}

#define FAMILY                                                                                     \
	{                                                                                          \
		"同族与关联", "Family and origin"                                                  \
	}
#define LIFE                                                                                       \
	{                                                                                          \
		"法律状态日期", "Legal events"                                                     \
	}
#define OWNERS                                                                                     \
	{                                                                                          \
		"权利人", "Owners"                                                                 \
	}
#define DAY(name_, zh_, en_)                                                                       \
	{                                                                                          \
		.name = name_, .kind = FIELD_DATE, .label = { zh_, en_ }, .section = LIFE          \
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
			.choices = types_patents,
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
	[CASE_FAMILY] = { .name = "family",
			  .max = 60,
			  .flags = FIELD_INDEXED | FIELD_SEARCHED,
			  .label = { "同族编号", "Family" },
			  .help = { "同一发明在各国的申请填同一编号",
				    "one for all applications of an invention" },
			  .section = FAMILY },
	[CASE_PARENT] = { .name = "parent_case_id",
			  .kind = FIELD_REF,
			  .ref = "patent_case",
			  .flags = FIELD_INDEXED,
			  .label = { "分案原案", "Divisional of" },
			  .section = FAMILY },
	[CASE_PCT_NUMBER] = { .name = "pct_number",
			      .max = 40,
			      .flags = FIELD_SEARCHED,
			      .label = { "国际申请号", "International application" },
			      .section = FAMILY },
	[CASE_IPC] = { .name = "ipc",
		       .max = 400,
		       .label = { "国际专利分类号", "IPC" },
		       .help = { "以分号分隔，第一个为主分类号",
				 "parted by ; the first is the main one" },
		       .section = FAMILY },
	[CASE_PROJECT] = { .name = "rd_project_id",
			   .kind = FIELD_REF,
			   .ref = "rd_project",
			   .flags = FIELD_INDEXED,
			   .label = { "研发项目", "R&D project" },
			   .section = FAMILY },
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
	[CASE_CO_OWNERS] = { .name = "co_owners",
			     .kind = FIELD_LONG_TEXT,
			     .max = 2000,
			     .label = { "共有权利人", "Co-owners" },
			     .help = { "无共有人的留空", "none: empty" },
			     .section = OWNERS },
	[CASE_OWNERSHIP_AGREEMENT] = { .name = "ownership_agreement",
				       .kind = FIELD_BOOL,
				       .label = { "共有人约定可单独处分",
						  "Each owner may deal alone" },
				       .section = OWNERS },
	[CASE_MADE_ABROAD] = { .name = "made_abroad",
			       .kind = FIELD_BOOL,
			       .label = { "发明在境外完成", "Made abroad" },
			       .section = OWNERS },
	[CASE_CLEARED_ON] = { .name = "cleared_on",
			      .kind = FIELD_DATE,
			      .label = { "保密审查通过日期", "Cleared for filing abroad on" },
			      .section = DATES,
			      .help = { "向外国申请前必填；交底书已登记的不必重复填写",
					"before any filing abroad, unless the disclosure has "
					"it" } },
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
	[CASE_EXAMINED_ON] = DAY("examined_on", "进入实审日", "Examination entered"),
	[CASE_REJECTED_ON] = DAY("rejected_on", "驳回日", "Rejected"),
	[CASE_REVIEW_REQUESTED_ON] = DAY("review_requested_on", "复审请求日",
					 "Re-examination requested"),
	[CASE_REJECTION_UPHELD_ON] = DAY("rejection_upheld_on", "维持驳回日", "Rejection upheld"),
	[CASE_REJECTION_REVERSED_ON] = DAY("rejection_reversed_on", "撤销驳回日",
					   "Rejection reversed"),
	[CASE_WITHDRAWN_ON] = DAY("withdrawn_on", "撤回日", "Withdrawn"),
	[CASE_DEEMED_WITHDRAWN_ON] = DAY("deemed_withdrawn_on", "视为撤回日", "Deemed withdrawn"),
	[CASE_GRANT_ABANDONED_ON] = DAY("grant_abandoned_on", "视为放弃日", "Grant abandoned"),
	[CASE_RESTORED_ON] = DAY("restored_on", "恢复权利日", "Restored"),
	[CASE_UNPAID_FROM] = DAY("unpaid_from", "年费欠缴日", "Annuity unpaid since"),
	[CASE_END_KNOWN_ON] = DAY("end_known_on", "终止公告日", "End announced"),
	[CASE_INVALIDATED_ON] = DAY("invalidated_on", "全部无效生效日", "Wholly invalid"),
	[CASE_ABNORMAL_ON] = DAY("abnormal_on", "认定非正常申请日", "Found abnormal"),
	[CASE_ACQUIRED_ON] = DAY("acquired_on", "受让日", "Acquired"),
	[CASE_TRANSFERRED_ON] = DAY("transferred_on", "转让日", "Transferred"),
	[CASE_ADJUSTMENT_DAYS] = { .name = "adjustment_days",
				   .kind = FIELD_INTEGER,
				   .min = 0,
				   .max = 3650,
				   .label = { "期限补偿（日）", "Term adjustment (days)" },
				   .section = LIFE },
	[CASE_REDUCTION] = { .name = "reduction",
			     .kind = FIELD_CHOICE,
			     .choices = reductions,
			     .label = { "费用减缴", "Fee reduction" } },
	[CASE_CLAIMS] = { .name = "claims",
			  .kind = FIELD_INTEGER,
			  .min = 1,
			  .max = 1000,
			  .label = { "权利要求项数", "Claims" } },
	[CASE_IS_SUSPENDED] = { .name = "is_suspended",
				.kind = FIELD_BOOL,
				.label = { "程序中止", "Proceedings suspended" },
				.help = { "权属纠纷或者财产保全期间，不办理转让、质押和开放许可",
					  "a dispute over ownership, or preservation: no transfer, "
					  "pledge or open licence" } },
	[CASE_GRADE] = { .name = "grade",
			 .kind = FIELD_CHOICE,
			 .choices = grades,
			 .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_INDEXED,
			 .label = { "分级", "Grade" },
			 .help = { "由已批准的分级评定写入", "set by an approved grading" } },
	[CASE_BEFORE] = { .name = "state_before",
			  .max = 40,
			  .flags = FIELD_COMPUTED,
			  .label = { "权利丧失前状态", "State before the loss" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == CASE_FIELD_COUNT, "every field");

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
	struct record *row;

	if (!case_check_days(patent, store, error))
		return false;
	if (!office_find(str_of(record_text(patent, CASE_OFFICE))))
		return error_set_field(error, "office", "types.no_office");
	return check_number(patent, error) &&
	       types_load_own(patent, CASE_DISCLOSURE, store, &row, error) &&
	       types_load_own(patent, CASE_KEY_FIELD, store, &row, error) &&
	       types_load_own(patent, CASE_PROJECT, store, &row, error) &&
	       types_load_own(patent, CASE_PARENT, store, &row, error) &&
	       (!patent->id || record_integer(patent, CASE_PARENT) != patent->id ||
		error_set_field(error, "parent_case_id", "types.own_parent")) &&
	       types_not_future(patent, CASE_CLEARED_ON, store, error) &&
	       (patent->id || case_check_clearance(patent, store, error));
}

static bool after_update(struct record *patent, struct record_store *store, struct error *error)
{
	return case_follow(patent, store, error) && layout_plan_follow(patent, store, error) &&
	       grading_follow(patent, store, error);
}

const struct record_type patent_case_type = {
	.name = "patent_case",
	.clause = "2.2-c 2.5-d",
	.group = "docket",
	.label = { "专利案件", "Patent case" },
	.fields = fields,
	.field_count = CASE_FIELD_COUNT,
	.states = case_states,
	.transitions = case_steps,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
	.after_update = after_update,
};
