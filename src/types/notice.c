/*
 * 官方通知书: what the office sent in a case. Docketing it opens and closes deadlines as data/notices.csv
 * says and takes the case on, in one transaction: a notice that does not fit the case's state is refused, so
 * is a period whose starting day is not known; none is left out.
 */
#include "rule/deadline.h"
#include "types/types_internal.h"

static const struct choice results[] = {
	{ "granted", { "同意恢复", "Restored" } },
	{ "refused", { "不予恢复", "Not restored" } },
	{ "upheld", { "维持驳回决定", "Rejection upheld" } },
	{ "reversed", { "撤销驳回决定", "Rejection reversed" } },
	{ "maintained", { "维持专利权有效", "Maintained" } },
	{ "part", { "部分无效", "Invalid in part" } },
	{ "invalid", { "全部无效", "Wholly invalid" } },
	{ NULL, { NULL, NULL } },
};

#define FACTS                                                                                      \
	{                                                                                          \
		"通知书所载事项", "What it tells"                                                  \
	}

static const struct field fields[] = {
	[NOTICE_CASE] = { .name = "case_id",
			  .kind = FIELD_REF,
			  .ref = "patent_case",
			  .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			  .label = { "专利案件", "Patent case" } },
	[NOTICE_NAME] = { .name = "name",
			  .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED,
			  .label = { "通知书名称", "Notice" } },
	[NOTICE_NUMBER] = { .name = "number",
			    .max = 60,
			    .flags = FIELD_SEARCHED,
			    .label = { "发文序号", "Number" } },
	[NOTICE_ISSUED_ON] = { .name = "issued_on",
			       .kind = FIELD_DATE,
			       .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			       .label = { "发文日（进入系统日）", "Issued on" },
			       .help = { "电子送达填进入系统之日",
					 "electronic service: the day it entered the system" } },
	[NOTICE_SERVICE] = { .name = "service",
			     .kind = FIELD_CHOICE,
			     .choices = types_services,
			     .flags = FIELD_REQUIRED | FIELD_LISTED,
			     .label = { "送达方式", "Service" } },
	[NOTICE_RECEIVED_ON] = { .name = "received_on",
				 .kind = FIELD_DATE,
				 .flags = FIELD_COMPUTED | FIELD_LISTED,
				 .label = { "推定收到日", "Presumed received on" } },
	[NOTICE_APPLICATION] = { .name = "application_number",
				 .max = 40,
				 .label = { "申请号", "Application number" },
				 .section = FACTS,
				 .help = { "受理通知书所载，立卷时写入案件",
					   "goes into the case" } },
	[NOTICE_FILED_ON] = { .name = "filed_on",
			      .kind = FIELD_DATE,
			      .label = { "申请日", "Filed on" },
			      .section = FACTS },
	[NOTICE_EVENT_ON] = { .name = "event_on",
			      .kind = FIELD_DATE,
			      .label = { "公告日或生效日", "Announced or in effect on" },
			      .section = FACTS,
			      .help = { "公布日、授权公告日等；不填为发文日",
					"empty: the day of issue" } },
	[NOTICE_PUBLICATION] = { .name = "publication",
				 .kind = FIELD_PUBLICATION,
				 .max = 40,
				 .label = { "公布（公告）号", "Publication" },
				 .section = FACTS },
	[NOTICE_RESULT] = { .name = "result",
			    .kind = FIELD_CHOICE,
			    .choices = results,
			    .label = { "决定结论", "Decision" },
			    .section = FACTS,
			    .help = { "复审、无效和恢复权利的决定必填",
				      "of decisions on review, invalidation, restoration" } },
	[NOTICE_ADJUSTMENT_DAYS] = { .name = "adjustment_days",
				     .kind = FIELD_INTEGER,
				     .min = 0,
				     .max = 3650,
				     .label = { "期限补偿（日）", "Term adjustment (days)" },
				     .section = FACTS },
	[NOTICE_MONTHS] = { .name = "months",
			    .kind = FIELD_INTEGER,
			    .min = 0,
			    .max = 36,
			    .label = { "指定期限（月）", "Months set" },
			    .help = { "通知书另行指定期限时填写",
				      "when the notice sets its own" } },
	[NOTICE_DAYS] = { .name = "days",
			  .kind = FIELD_INTEGER,
			  .min = 0,
			  .max = 400,
			  .label = { "指定期限（日）", "Days set" } },
	[NOTICE_FILE] = { .name = "file", .kind = FIELD_FILE, .label = { "通知书文件", "File" } },
	[NOTICE_OWNER] = { .name = "owner_id",
			   .kind = FIELD_USER,
			   .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			   .label = { "期限责任人", "Responsible" } },
	[NOTICE_AGENCY] = { .name = "agency_id",
			    .kind = FIELD_ORGANISATION,
			    .flags = FIELD_COMPUTED | FIELD_INDEXED,
			    .label = { "代理机构", "Agency" } },
	[NOTICE_READ_ON] = { .name = "read_on",
			     .kind = FIELD_DATE,
			     .flags = FIELD_COMPUTED | FIELD_LISTED,
			     .label = { "签收日期", "Read on" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == NOTICE_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "待立卷", "To be docketed" } },
	{ "docketed", { "已立卷", "Docketed" } },
	{ "read", { "已签收", "Read" } },
	{ NULL, { NULL, NULL } },
};

/* The day a rule counts from; receipt is the notice's, with its way of service. */
static date starting_day(const struct record *notice, const struct record *patent,
			 enum deadline_base base)
{
	return base == BASE_RECEIPT ? record_date(notice, NOTICE_ISSUED_ON)
				    : case_starting_day(patent, base);
}

static bool no_starting_day(struct str code, enum deadline_base base, struct error *error)
{
	error_set(error, ERROR_INVALID, "types.no_starting_day", "%.*s（%s）", STR_ARGS(code),
		  deadline_bases[base].zh);
	error->field = "case_id";
	return false;
}

static void fill(struct record_store *store, const struct record *notice, struct record *deadline,
		 const struct deadline_rule *rule)
{
	record_set_integer(deadline, DEADLINE_CASE, record_integer(notice, NOTICE_CASE));
	record_set_integer(deadline, DEADLINE_NOTICE, notice->id);
	record_set_integer(deadline, DEADLINE_OWNER, record_integer(notice, NOTICE_OWNER));
	record_set_text(store, deadline, DEADLINE_RULE, str_of(rule->id));
	record_set_text(store, deadline, DEADLINE_SERVICE,
			str_of(record_text(notice, NOTICE_SERVICE)));
	if (rule->kind != KIND_DESIGNATED)
		return;
	record_set_integer(deadline, DEADLINE_MONTHS, record_integer(notice, NOTICE_MONTHS));
	record_set_integer(deadline, DEADLINE_DAYS, record_integer(notice, NOTICE_DAYS));
}

static bool open_deadline(const struct record *notice, const struct record *patent, struct str code,
			  struct record_store *store, struct error *error)
{
	const struct deadline_rule *rule = deadline_find(code,
							 record_date(notice, NOTICE_ISSUED_ON));
	struct record *deadline = record_new(store, &deadline_type);
	date from, other = DATE_NONE;

	if (!rule || rule->kind == KIND_OPEN)
		return true;
	from = starting_day(notice, patent, rule->base);
	if (from == DATE_NONE)
		return no_starting_day(code, rule->base, error);
	if (rule->other_base != BASE_NONE)
		other = starting_day(notice, patent, rule->other_base);
	deadline->organisation_id = notice->organisation_id;
	fill(store, notice, deadline, rule);
	record_set_date(store, deadline, DEADLINE_BASE_ON, from);
	if (other != DATE_NONE)
		record_set_date(store, deadline, DEADLINE_OTHER_ON, other);
	return types_create_for(store, deadline, error);
}

/* ---- What it does to the case. */
static void set_facts(const struct record *notice, struct record *patent)
{
	static const size_t pairs[][2] = { { CASE_APPLICATION, NOTICE_APPLICATION },
					   { CASE_FILED_ON, NOTICE_FILED_ON },
					   { CASE_PUBLICATION, NOTICE_PUBLICATION },
					   { CASE_ADJUSTMENT_DAYS, NOTICE_ADJUSTMENT_DAYS } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (record_is_set(notice, pairs[i][1]))
			patent->values[pairs[i][0]] = notice->values[pairs[i][1]];
}

/* The day of the event: announced or in effect; a rejection counts from its receipt. */
static date event_day(const struct record *notice, struct str event)
{
	if (record_is_set(notice, NOTICE_EVENT_ON))
		return record_date(notice, NOTICE_EVENT_ON);
	return record_date(notice,
			   str_equal(event, STR("reject")) ? NOTICE_RECEIVED_ON : NOTICE_ISSUED_ON);
}

static bool take(const struct record *notice, struct record *patent, struct str events,
		 struct record_store *store, struct error *error)
{
	struct str event;

	while (str_split(&events, STR("+"), &event)) {
		date day = event_day(notice, event);

		if (str_starts_with(event, STR("publish")))
			record_set_date(store, patent, CASE_PUBLISHED_ON, day);
		if (str_equal(event, STR("register")))
			record_set_date(store, patent, CASE_GRANTED_ON, day);
		if (!case_move(patent, event, day < store->today ? day : store->today, store,
			       error))
			return false;
	}
	return true;
}

static bool does_not_fit(const struct record *notice, const struct record *patent,
			 struct error *error)
{
	const struct choice *state = choice_find(case_states, str_of(patent->state));

	error_set(error, ERROR_INVALID, "types.notice_state", "%s，%s",
		  record_text(notice, NOTICE_NAME), state->label.zh);
	error->field = "case_id";
	return false;
}

/* Of "upheld=uphold" the event is left, when that is the notice's result. */
static bool is_chosen(const struct record *notice, struct str *alternative)
{
	struct str result;

	if (str_find_byte(*alternative, '=') == STR_NOT_FOUND)
		return true;
	return str_split(alternative, STR("="), &result) &&
	       str_equal_cstr(result, record_text(notice, NOTICE_RESULT));
}

static bool wants_result(const struct notice *known)
{
	return str_find_byte(str_of(known->moves), '=') != STR_NOT_FOUND;
}

/* The first alternative the case stands ready for. */
static bool find_move(const struct record *notice, const struct record *patent,
		      const struct notice *known, struct str *events_out)
{
	struct str rest = str_of(known->moves), alternative;
	bool is_free = !*known->moves;

	*events_out = STR_EMPTY;
	while (str_split(&rest, STR(" "), &alternative)) {
		struct str events = alternative, first;

		if (!is_chosen(notice, &events))
			continue;
		if (!events.size)
			return true;
		if (str_ends_with(events, STR("?"))) {
			is_free = true;
			events.size--;
		}
		*events_out = events;
		if (str_split(&events, STR("+"), &first) && case_may_move(patent, first))
			return true;
	}
	*events_out = STR_EMPTY;
	return is_free;
}

static bool is_for_case(const struct notice *known, const struct record *patent)
{
	bool is_over = str_starts_with(str_of(patent->state), STR("final_")) ||
		       strcmp(patent->state, "refused") == 0;

	if (!strchr(known->types, record_text(patent, CASE_TYPE)[0]) || is_over)
		return false;
	return strcmp(patent->state, "planned") != 0 ||
	       str_starts_with(str_of(known->moves), STR("accept"));
}

static bool move_case(const struct record *notice, struct record *patent,
		      const struct notice *known, struct record_store *store, struct error *error)
{
	date filed;
	struct str events;

	if (wants_result(known) && !REQUIRE(notice, error, NOTICE_RESULT))
		return false;
	if (!is_for_case(known, patent) || !find_move(notice, patent, known, &events))
		return does_not_fit(notice, patent, error);
	set_facts(notice, patent);
	filed = record_date(patent, CASE_FILED_ON);
	if (filed != DATE_NONE && record_date(notice, NOTICE_ISSUED_ON) < filed)
		return error_set_field(error, "issued_on", "types.before_filing");
	return take(notice, patent, events, store, error) &&
	       types_save_for(store, patent, "notice", error);
}

static bool docket(struct record *notice, struct record_store *store, struct error *error)
{
	const struct notice *known = notice_find(str_of(record_text(notice, NOTICE_NAME)));
	struct record *patent;
	struct str rest, code;

	if (!types_load_own(notice, NOTICE_CASE, store, &patent, error) ||
	    !move_case(notice, patent, known, store, error))
		return false;
	rest = str_of(known->closes);
	while (str_split(&rest, STR(" "), &code))
		if (code.size && !deadline_finish(store, patent->id, code, DATE_NONE, "closed",
						  STR_EMPTY, error))
			return false;
	rest = str_of(known->opens);
	while (str_split(&rest, STR(" "), &code))
		if (code.size && !open_deadline(notice, patent, code, store, error))
			return false;
	return true;
}

static bool set_read(struct record *notice, struct record_store *store, struct error *error)
{
	(void)error;
	record_set_date(store, notice, NOTICE_READ_ON, store->today);
	return true;
}

static const struct transition transitions[] = {
	{ .name = "docket",
	  .from = "draft",
	  .to = "docketed",
	  .label = { "立卷并生成期限", "Docket" },
	  .effect = docket,
	  .is_task = true },
	{ .name = "receive",
	  .from = "docketed",
	  .to = "read",
	  .label = { "签收", "Acknowledge" },
	  .effect = set_read,
	  .is_task = true },
	{ .name = NULL },
};

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE, .action = "read", .scope = SCOPE_ASSIGNED, .field = "owner_id" },
	{ .roles = AGENCY, .action = "read", .scope = SCOPE_ASSIGNED, .field = "agency_id" },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",docketed,read,",
	  .hides = ",file," },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER, .action = "update", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = MANAGER, .action = "delete", .scope = SCOPE_ORGANISATION, .states = ",draft," },
	{ .roles = MANAGER, .action = "docket", .scope = SCOPE_ORGANISATION },
	{ .roles = ROLES_CENTRE,
	  .action = "receive",
	  .scope = SCOPE_ASSIGNED,
	  .field = "owner_id" },
	{ .roles = 0 },
};

static bool before_save(struct record *notice, struct record_store *store, struct error *error)
{
	const struct choice *service = choice_find(types_services,
						   str_of(record_text(notice, NOTICE_SERVICE)));
	date issued = record_date(notice, NOTICE_ISSUED_ON);
	struct record *patent;

	if (service && issued != DATE_NONE)
		record_set_date(store, notice, NOTICE_RECEIVED_ON,
				deadline_receipt(issued, (enum service)(service - types_services)));
	if (!types_load_own(notice, NOTICE_CASE, store, &patent, error))
		return false;
	if (patent && record_is_set(patent, CASE_AGENCY))
		record_set_integer(notice, NOTICE_AGENCY, record_integer(patent, CASE_AGENCY));
	return true;
}

static bool validate(const struct record *notice, struct record_store *store, struct error *error)
{
	if (!notice_find(str_of(record_text(notice, NOTICE_NAME))))
		return error_set_field(error, "name", "types.unknown_notice");
	return types_not_future(notice, NOTICE_ISSUED_ON, store, error) &&
	       types_not_future(notice, NOTICE_FILED_ON, store, error) &&
	       types_not_future(notice, NOTICE_EVENT_ON, store, error);
}

const struct record_type notice_type = {
	.name = "notice",
	.clause = "2.5-d",
	.group = "docket",
	.label = { "官方通知书", "Notice" },
	.fields = fields,
	.field_count = NOTICE_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "name",
	.list_sort = "-issued_on",
	.validate = validate,
	.before_save = before_save,
};
