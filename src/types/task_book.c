/*
 * 项目任务书: what a centre and the bureau signed (clause 3-e): the window its targets hold in, their base
 * year and the targets (target.c). Signed by the bureau it is fixed; a change is a new version, which
 * takes the place of the old one on the day it is signed. Old versions stay readable.
 */
#include "types/types_internal.h"

#define CONTENT                                                                                    \
	{                                                                                          \
		"任务内容", "Content"                                                              \
	}
#define BASE                                                                                       \
	{                                                                                          \
		"考核基数", "Base of the targets"                                                  \
	}
#define SIGNATURE                                                                                  \
	{                                                                                          \
		"签订与变更", "Signature and changes"                                              \
	}

static const struct field fields[] = {
	[BOOK_NUMBER] = { .name = "number",
			  .max = 60,
			  .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED | FIELD_INDEXED,
			  .label = { "任务书编号", "Number" } },
	[BOOK_TITLE] = { .name = "title",
			 .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			 .label = { "项目名称", "Title" } },
	[BOOK_CENTRE] = { .name = "centre_id",
			  .kind = FIELD_ORGANISATION,
			  .flags = FIELD_COMPUTED | FIELD_INDEXED,
			  .label = { "承担单位", "Centre" } },
	[BOOK_BUREAU] = { .name = "bureau_id",
			  .kind = FIELD_ORGANISATION,
			  .flags = FIELD_COMPUTED,
			  .label = { "签订部门", "Bureau" },
			  .section = SIGNATURE },
	[BOOK_KEY_FIELDS] = { .name = "key_fields",
			      .kind = FIELD_REFS,
			      .ref = "key_field",
			      .label = { "重点技术领域", "Key fields" } },
	[BOOK_FROM_ON] = { .name = "from_on",
			   .kind = FIELD_DATE,
			   .flags = FIELD_REQUIRED | FIELD_LISTED,
			   .label = { "项目开始日期", "From" } },
	[BOOK_UNTIL_ON] = { .name = "until_on",
			    .kind = FIELD_DATE,
			    .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			    .label = { "项目结束日期", "Until" },
			    .help = { "实施期原则上为三年", "three years as a rule" } },
	[BOOK_BASE_YEAR] = { .name = "base_year",
			     .kind = FIELD_INTEGER,
			     .min = 2000,
			     .max = 2099,
			     .label = { "基期年份", "Base year" },
			     .section = BASE,
			     .help = { "未填时为开始日期的上一年",
				       "not set: the year before it starts" } },
	[BOOK_BASELINE] = { .name = "baseline",
			    .kind = FIELD_INTEGER,
			    .min = 0,
			    .max = 100000,
			    .label = { "基期发明专利申请量（件）", "Filings of the base year" },
			    .section = BASE,
			    .help = { "关键技术领域；未填时按案件计数",
				      "in key fields; not set: counted" } },
	[BOOK_OBJECTIVES] = { .name = "objectives",
			      .kind = FIELD_LONG_TEXT,
			      .flags = FIELD_SEARCHED,
			      .label = { "总体目标", "Objectives" },
			      .section = CONTENT },
	[BOOK_TASKS] = { .name = "tasks",
			 .kind = FIELD_LONG_TEXT,
			 .label = { "重点任务", "Tasks" },
			 .section = CONTENT,
			 .help = { "按机制、管理、导航、培育、创造、运用、保护、人才分条填写",
				   "by the parts of the policy" } },
	[BOOK_MILESTONES] = { .name = "milestones",
			      .kind = FIELD_LONG_TEXT,
			      .label = { "年度进度安排", "Yearly milestones" },
			      .section = CONTENT },
	[BOOK_BUDGET] = { .name = "budget",
			  .kind = FIELD_MONEY,
			  .min = 0,
			  .max = 1000000000000,
			  .label = { "项目总经费（元）", "Budget (yuan)" },
			  .section = CONTENT },
	[BOOK_FUND] = { .name = "fund",
			.kind = FIELD_MONEY,
			.min = 0,
			.max = 1000000000000,
			.label = { "其中省级专项资金（元）", "Of it the provincial fund (yuan)" },
			.section = CONTENT },
	[BOOK_OWNERSHIP] = { .name = "ownership",
			     .kind = FIELD_LONG_TEXT,
			     .max = 4000,
			     .label = { "知识产权归属与使用", "Ownership and use" },
			     .section = CONTENT },
	[BOOK_ACCEPTANCE] = { .name = "acceptance",
			      .kind = FIELD_LONG_TEXT,
			      .max = 4000,
			      .label = { "验收内容与方式", "Acceptance" },
			      .section = CONTENT },
	[BOOK_TEXT] = { .name = "text",
			.kind = FIELD_FILE,
			.label = { "任务书文本", "Text" },
			.section = SIGNATURE },
	[BOOK_SIGNED_ON] = { .name = "signed_on",
			     .kind = FIELD_DATE,
			     .flags = FIELD_LISTED,
			     .label = { "签订日期", "Signed on" },
			     .section = SIGNATURE,
			     .help = { "此前已签订的任务书填原签订日期，未填时为办理签订之日",
				       "of a book signed earlier; not set: the day of the step" } },
	[BOOK_VERSION] = { .name = "book_version",
			   .kind = FIELD_INTEGER,
			   .flags = FIELD_COMPUTED | FIELD_LISTED,
			   .label = { "版本", "Version" },
			   .section = SIGNATURE },
	[BOOK_PREVIOUS] = { .name = "previous_id",
			    .kind = FIELD_REF,
			    .ref = "task_book",
			    .flags = FIELD_FIXED | FIELD_INDEXED,
			    .label = { "变更前任务书", "Version before" },
			    .section = SIGNATURE },
	[BOOK_CHANGE] = { .name = "change_reason",
			  .kind = FIELD_LONG_TEXT,
			  .max = 2000,
			  .label = { "变更事由", "Reason of the change" },
			  .section = SIGNATURE,
			  .help = { "变更任务书时必填", "required with a version before" } },
	[BOOK_ENDED_ON] = { .name = "ended_on",
			    .kind = FIELD_DATE,
			    .flags = FIELD_COMPUTED | FIELD_LISTED,
			    .label = { "变更或结束日期", "Ended on" },
			    .section = SIGNATURE },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == BOOK_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "编制中", "Draft" } },   { "submitted", { "待签订", "Submitted" } },
	{ "signed", { "已签订", "Signed" } }, { "superseded", { "已变更", "Superseded" } },
	{ "closed", { "已结束", "Closed" } }, { NULL, { NULL, NULL } },
};

static bool is_state(const struct record *book, const char *state)
{
	return strcmp(book->state, state) == 0;
}

/* ---- Steps. */
static bool has_targets(const struct record *book, struct record_store *store, struct error *error)
{
	const struct value id = { .integer = book->id };
	struct record **targets;
	size_t count;

	if (!REQUIRE(book, error, BOOK_OBJECTIVES, BOOK_TASKS))
		return false;
	if (!record_load_where(store, &target_type, TARGET_BOOK, &id, &targets, &count, error))
		return false;
	return count > 0 || error_set(error, ERROR_INVALID, "types.no_targets", "%s", "");
}

static bool fix_targets(struct record *book, struct record_store *store, struct error *error)
{
	return target_set_states(book, "fixed", store, error);
}

static bool free_targets(struct record *book, struct record_store *store, struct error *error)
{
	return target_set_states(book, "draft", store, error);
}

static bool overlaps(const struct record *a, const struct record *b)
{
	return record_date(a, BOOK_FROM_ON) <= record_date(b, BOOK_UNTIL_ON) &&
	       record_date(b, BOOK_FROM_ON) <= record_date(a, BOOK_UNTIL_ON);
}

/* On no day may two signed books of a centre hold: but for the version this one replaces. */
static bool is_alone(const struct record *book, struct record_store *store, struct error *error)
{
	const struct value centre = { .integer = book->organisation_id };
	struct record **books;
	size_t count;

	if (!record_load_where(store, &task_book_type, BOOK_CENTRE, &centre, &books, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (books[i]->id == book->id || books[i]->id == record_integer(book, BOOK_PREVIOUS))
			continue;
		if ((is_state(books[i], "signed") || is_state(books[i], "closed")) &&
		    overlaps(books[i], book)) {
			error_set(error, ERROR_INVALID, "types.book_overlaps", "%s",
				  record_text(books[i], BOOK_NUMBER));
			error->field = "from_on";
			return false;
		}
	}
	return true;
}

static bool end_previous(const struct record *book, struct record_store *store, struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct record *previous;

	if (!types_load_own(book, BOOK_PREVIOUS, store, &previous, error))
		return false;
	if (!previous)
		return true;
	if (!is_state(previous, "signed"))
		return error_set_field(error, "previous_id", "types.book_not_signed");
	previous->state = "superseded";
	record_set_date(store, previous, BOOK_ENDED_ON, record_date(book, BOOK_SIGNED_ON));
	return record_save_for(store, previous, "supersede", &errors, error);
}

static bool set_signed(struct record *book, struct record_store *store, struct error *error)
{
	if (!record_is_set(book, BOOK_SIGNED_ON))
		record_set_date(store, book, BOOK_SIGNED_ON, store->today);
	record_set_integer(book, BOOK_BUREAU, store->actor->organisation_id);
	return end_previous(book, store, error);
}

static bool set_ended(struct record *book, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_date(store, book, BOOK_ENDED_ON, store->today);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "submit",
	  .from = "draft",
	  .to = "submitted",
	  .label = { "提交签订", "Submit" },
	  .guard = has_targets,
	  .effect = fix_targets },
	{ .name = "return",
	  .from = "submitted",
	  .to = "draft",
	  .label = { "退回修改", "Return" },
	  .effect = free_targets,
	  .is_task = true,
	  .wants_comment = true },
	{ .name = "sign",
	  .from = "submitted",
	  .to = "signed",
	  .label = { "签订", "Sign" },
	  .guard = is_alone,
	  .effect = set_signed,
	  .is_task = true },
	{ .name = "close",
	  .from = "signed",
	  .to = "closed",
	  .label = { "结束", "Close" },
	  .effect = set_ended,
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",submitted,signed,superseded,closed," },
	{ .roles = ROLES_LEADING, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = ROLES_LEADING,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = DIRECTOR, .action = "submit", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_OFFICE, .action = "return", .scope = SCOPE_BELOW },
	{ .roles = ROLES_OFFICE, .action = "sign", .scope = SCOPE_BELOW },
	{ .roles = ROLES_OFFICE, .action = "close", .scope = SCOPE_BELOW },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "until_on", .days_before = { 180, 90, 30 }, .states = ",signed," },
	{ .field = NULL },
};

/* ---- Values. */
static bool before_save(struct record *book, struct record_store *store, struct error *error)
{
	struct record *previous;

	record_set_integer(book, BOOK_CENTRE, book->organisation_id);
	if (!record_is_set(book, BOOK_BASE_YEAR) && record_is_set(book, BOOK_FROM_ON))
		record_set_integer(book, BOOK_BASE_YEAR,
				   date_year(record_date(book, BOOK_FROM_ON)) - 1);
	if (!types_load_own(book, BOOK_PREVIOUS, store, &previous, error))
		return false;
	record_set_integer(book, BOOK_VERSION,
			   previous ? record_integer(previous, BOOK_VERSION) + 1 : 1);
	return true;
}

static bool validate(const struct record *book, struct record_store *store, struct error *error)
{
	if (record_is_set(book, BOOK_PREVIOUS) && !REQUIRE(book, error, BOOK_CHANGE))
		return false;
	if (record_integer(book, BOOK_FUND) > record_integer(book, BOOK_BUDGET))
		return error_set_field(error, "fund", "types.more_than_budget");
	if (record_is_set(book, BOOK_BASE_YEAR) &&
	    record_integer(book, BOOK_BASE_YEAR) > date_year(record_date(book, BOOK_FROM_ON)))
		return error_set_field(error, "base_year", "types.base_year_late");
	return types_in_order(book, BOOK_FROM_ON, BOOK_UNTIL_ON, error) &&
	       types_not_future(book, BOOK_SIGNED_ON, store, error) &&
	       types_own_list(book, BOOK_KEY_FIELDS, store, error);
}

const struct record_type task_book_type = {
	.name = "task_book",
	.clause = "3-b 3-e",
	.group = "programme",
	.label = { "项目任务书", "Task book" },
	.fields = fields,
	.field_count = BOOK_FIELD_COUNT,
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
