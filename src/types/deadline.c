/*
 * 期限: a day by which something is to be done in a case, computed by the rules of data/deadlines.csv. It is
 * acknowledged by who is responsible, and removed by two persons only.
 */
#include "rule/deadline.h"
#include "types/types_internal.h"

/* In the order of enum service. */
const struct choice types_services[] = {
	{ "received", { "实际收到", "Received" } },
	{ "electronic", { "电子送达", "Electronic" } },
	{ "post", { "邮寄", "Post" } },
	{ "direct", { "直接送交", "Handed over" } },
	{ "announcement", { "公告送达", "Announcement" } },
	{ NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[DEADLINE_CASE] = { .name = "case_id",
			    .kind = FIELD_REF,
			    .ref = "patent_case",
			    .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			    .label = { "专利案件", "Patent case" } },
	[DEADLINE_NOTICE] = { .name = "notice_id",
			      .kind = FIELD_REF,
			      .ref = "notice",
			      .flags = FIELD_FIXED | FIELD_INDEXED,
			      .label = { "通知书", "Notice" } },
	[DEADLINE_RULE] = { .name = "rule",
			    .max = 40,
			    .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED,
			    .label = { "期限代码", "Rule" } },
	[DEADLINE_TITLE] = { .name = "title",
			     .max = 300,
			     .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_SEARCHED,
			     .label = { "期限事项", "What is due" } },
	[DEADLINE_BASE_ON] = { .name = "base_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_REQUIRED | FIELD_FIXED,
			       .label = { "起算日（发文日）", "Counted from" } },
	[DEADLINE_OTHER_ON] = { .name = "other_on",
				.kind = FIELD_DATE,
				.flags = FIELD_FIXED,
				.label = { "另一起算日", "Second starting day" } },
	[DEADLINE_SERVICE] = { .name = "service",
			       .kind = FIELD_CHOICE,
			       .choices = types_services,
			       .flags = FIELD_FIXED,
			       .label = { "送达方式", "Service" } },
	[DEADLINE_MONTHS] = { .name = "months",
			      .kind = FIELD_INTEGER,
			      .min = 0,
			      .max = 240,
			      .flags = FIELD_FIXED,
			      .label = { "指定期限（月）", "Months set" } },
	[DEADLINE_DAYS] = { .name = "days",
			    .kind = FIELD_INTEGER,
			    .min = 0,
			    .max = 400,
			    .flags = FIELD_FIXED,
			    .label = { "指定期限（日）", "Days set" } },
	[DEADLINE_EXTENSION] = { .name = "extension",
				 .kind = FIELD_INTEGER,
				 .min = 0,
				 .max = 12,
				 .label = { "延长（月）", "Extension (months)" } },
	[DEADLINE_DUE_ON] = { .name = "due_on",
			      .kind = FIELD_DATE,
			      .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_INDEXED,
			      .label = { "法定届满日", "Last day" } },
	[DEADLINE_SAFE_ON] = { .name = "safe_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_INDEXED,
			       .label = { "安全办理日", "Safe day" } },
	[DEADLINE_OWNER] = { .name = "owner_id",
			     .kind = FIELD_USER,
			     .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			     .label = { "责任人", "Responsible" } },
	[DEADLINE_AGENCY] = { .name = "agency_id",
			      .kind = FIELD_ORGANISATION,
			      .flags = FIELD_COMPUTED | FIELD_INDEXED,
			      .label = { "代理机构", "Agency" } },
	[DEADLINE_ACKNOWLEDGED_ON] = { .name = "acknowledged_on",
				       .kind = FIELD_DATE,
				       .flags = FIELD_COMPUTED | FIELD_LISTED,
				       .label = { "确认日期", "Acknowledged on" } },
	[DEADLINE_DONE_ON] = { .name = "done_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_COMPUTED | FIELD_LISTED,
			       .label = { "办结日期", "Done on" } },
	[DEADLINE_OUTCOME] = { .name = "outcome",
			       .kind = FIELD_LONG_TEXT,
			       .max = 2000,
			       .label = { "办理情况", "Outcome" } },
	[DEADLINE_ASKED_BY] = { .name = "deletion_asked_by",
				.kind = FIELD_USER,
				.flags = FIELD_COMPUTED,
				.label = { "申请删除人", "Deletion asked by" } },
	[DEADLINE_FOLLOWS] = { .name = "follows",
			       .kind = FIELD_BOOL,
			       .flags = FIELD_COMPUTED,
			       .label = { "随案件日期重算", "Moves with the case" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == DEADLINE_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "open", { "待确认", "Open" } },
	{ "acknowledged", { "办理中", "Acknowledged" } },
	{ "done", { "已办结", "Done" } },
	{ "closed", { "因后续通知关闭", "Closed by a later notice" } },
	{ "lapsed", { "已届满未办", "Lapsed" } },
	{ "deletion", { "待复核删除", "Deletion asked for" } },
	{ "deleted", { "已删除", "Deleted" } },
	{ NULL, { NULL, NULL } },
};

static bool set_acknowledged(struct record *deadline, struct record_store *store,
			     struct error *error)
{
	(void)error;
	record_set_date(store, deadline, DEADLINE_ACKNOWLEDGED_ON, store->today);
	return true;
}

static bool has_outcome(const struct record *deadline, struct record_store *store,
			struct error *error)
{
	(void)store;
	return REQUIRE(deadline, error, DEADLINE_OUTCOME);
}

/* What is done within the period takes the case on, when it stands where the act belongs. */
static bool move_case(const struct record *deadline, struct record_store *store,
		      struct error *error)
{
	static const char *const acts[][2] = { { "D08", "pay" },   { "D12", "reply" },
					       { "D17", "reply" }, { "D18", "reply" },
					       { "R05", "sue" },   { "R02", "request_review" } };
	struct str rule = str_of(record_text(deadline, DEADLINE_RULE));
	struct record *patent;

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (!str_equal_cstr(rule, acts[i][0]))
			continue;
		if (!types_load_own(deadline, DEADLINE_CASE, store, &patent, error))
			return false;
		return !case_may_move(patent, str_of(acts[i][1])) ||
		       (case_move(patent, str_of(acts[i][1]), store->today, store, error) &&
			types_save_for(store, patent, acts[i][1], error));
	}
	return true;
}

static bool set_done(struct record *deadline, struct record_store *store, struct error *error)
{
	record_set_date(store, deadline, DEADLINE_DONE_ON, store->today);
	return move_case(deadline, store, error);
}

static bool is_over(const struct record *deadline, struct record_store *store, struct error *error)
{
	return record_date(deadline, DEADLINE_DUE_ON) < store->today ||
	       error_set_field(error, "due_on", "types.not_over");
}

static bool set_asked(struct record *deadline, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_integer(deadline, DEADLINE_ASKED_BY, store->actor->user_id);
	return true;
}

static bool clear_asked(struct record *deadline, struct record_store *store, struct error *error)
{
	(void)store;
	(void)error;
	record_clear(deadline, DEADLINE_ASKED_BY);
	return true;
}

static bool is_second_person(const struct record *deadline, struct record_store *store,
			     struct error *error)
{
	return record_integer(deadline, DEADLINE_ASKED_BY) != store->actor->user_id ||
	       error_set_field(error, "deletion_asked_by", "types.second_person");
}

static const struct transition transitions[] = {
	{ .name = "acknowledge",
	  .from = "open",
	  .to = "acknowledged",
	  .label = { "确认", "Acknowledge" },
	  .effect = set_acknowledged,
	  .is_task = true },
	{ .name = "finish",
	  .from = "acknowledged",
	  .to = "done",
	  .label = { "办结", "Finish" },
	  .guard = has_outcome,
	  .effect = set_done,
	  .is_task = true },
	{ .name = "lapse",
	  .from = "open",
	  .to = "lapsed",
	  .label = { "登记届满", "Lapse" },
	  .guard = is_over,
	  .wants_comment = true },
	{ .name = "lapse",
	  .from = "acknowledged",
	  .to = "lapsed",
	  .label = { "登记届满", "Lapse" },
	  .guard = is_over,
	  .wants_comment = true },
	{ .name = "ask_deletion",
	  .from = "open",
	  .to = "deletion",
	  .label = { "申请删除", "Ask for deletion" },
	  .effect = set_asked,
	  .wants_comment = true },
	{ .name = "ask_deletion",
	  .from = "acknowledged",
	  .to = "deletion",
	  .label = { "申请删除", "Ask for deletion" },
	  .effect = set_asked,
	  .wants_comment = true },
	{ .name = "agree_deletion",
	  .from = "deletion",
	  .to = "deleted",
	  .label = { "复核同意删除", "Agree to deletion" },
	  .guard = is_second_person,
	  .is_task = true },
	{ .name = "refuse_deletion",
	  .from = "deletion",
	  .to = "open",
	  .label = { "不同意删除", "Refuse deletion" },
	  .effect = clear_asked,
	  .is_task = true,
	  .wants_comment = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ASSIGNED, .field = "owner_id" },
	{ .roles = AGENCY, .action = "read", .scope = SCOPE_ASSIGNED, .field = "agency_id" },
	{ .roles = ROLES_ABOVE, .action = "read", .scope = SCOPE_BELOW },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",open,acknowledged," },
	{ .roles = RESEARCHER,
	  .action = "update",
	  .scope = SCOPE_ASSIGNED,
	  .field = "owner_id",
	  .states = ",acknowledged," },
	{ .roles = ROLES_CENTRE,
	  .action = "acknowledge",
	  .scope = SCOPE_ASSIGNED,
	  .field = "owner_id" },
	{ .roles = ROLES_CENTRE, .action = "finish", .scope = SCOPE_ASSIGNED, .field = "owner_id" },
	{ .roles = MANAGER, .action = "finish", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "lapse", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING, .action = "ask_deletion", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING, .action = "agree_deletion", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_LEADING, .action = "refuse_deletion", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "due_on",
	  .days_before = { 30, 14, 7, 1 },
	  .states = ",open,acknowledged,",
	  .escalates = DIRECTOR,
	  .idle_states = ",open," },
	{ .field = NULL },
};

static int64_t service_of(const struct record *record, size_t field)
{
	const struct choice *at = choice_find(types_services, str_of(record_text(record, field)));

	return at ? at - types_services : SERVICE_ELECTRONIC;
}

static bool compute(struct record *deadline, struct record_store *store, struct error *error)
{
	const struct deadline_request request = {
		.rule = str_of(record_text(deadline, DEADLINE_RULE)),
		.from = record_date(deadline, DEADLINE_BASE_ON),
		.other = record_date(deadline, DEADLINE_OTHER_ON),
		.service = (enum service)service_of(deadline, DEADLINE_SERVICE),
		.months = record_integer(deadline, DEADLINE_MONTHS),
		.days = record_integer(deadline, DEADLINE_DAYS),
		.extension = record_integer(deadline, DEADLINE_EXTENSION),
	};
	struct deadline computed;

	if (!deadline_compute(&request, &computed, error)) {
		error->kind = ERROR_INVALID;
		error->field = "rule";
		return false;
	}
	record_set_text(store, deadline, DEADLINE_TITLE, str_of(computed.rule->zh));
	record_set_date(store, deadline, DEADLINE_DUE_ON, computed.legal);
	record_set_date(store, deadline, DEADLINE_SAFE_ON, computed.safe);
	return true;
}

/* Counted from the case's own day: when that is corrected, so is the deadline. */
static void set_follows(struct record *deadline, const struct record *patent)
{
	date base = record_date(deadline, DEADLINE_BASE_ON);
	const struct deadline_rule *rule = deadline_find(
		str_of(record_text(deadline, DEADLINE_RULE)), base);

	record_set_integer(deadline, DEADLINE_FOLLOWS,
			   rule && base != DATE_NONE &&
				   case_starting_day(patent, rule->base) == base);
}

/* The first annuity falls due with the registration of the grant. */
static bool after_create(struct record *deadline, struct record_store *store, struct error *error)
{
	return strcmp(record_text(deadline, DEADLINE_RULE), "R01") != 0 ||
	       case_begin_annuities(deadline, store, error);
}

static bool before_save(struct record *deadline, struct record_store *store, struct error *error)
{
	struct record *patent;

	if (!types_load_own(deadline, DEADLINE_CASE, store, &patent, error))
		return false;
	if (patent && record_is_set(patent, CASE_AGENCY))
		record_set_integer(deadline, DEADLINE_AGENCY, record_integer(patent, CASE_AGENCY));
	if (patent && !deadline->id)
		set_follows(deadline, patent);
	return !record_is_set(deadline, DEADLINE_RULE) ||
	       !record_is_set(deadline, DEADLINE_BASE_ON) || compute(deadline, store, error);
}

const struct record_type deadline_type = {
	.name = "deadline",
	.clause = "2.5-d",
	.group = "docket",
	.label = { "期限", "Deadline" },
	.fields = fields,
	.field_count = DEADLINE_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "due_on",
	.has_attachments = true,
	.before_save = before_save,
	.after_create = after_create,
};
