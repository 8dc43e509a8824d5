/*
 * 官方通知书: what the office sent in a case. Docketing it opens and closes deadlines as data/notices.csv
 * says, in one transaction: a period whose starting day is not known is refused, none is left out.
 */
#include "rule/deadline.h"
#include "types/types_internal.h"

enum {
	NOTICE_CASE,
	NOTICE_NAME,
	NOTICE_NUMBER,
	NOTICE_ISSUED_ON,
	NOTICE_SERVICE,
	NOTICE_RECEIVED_ON,
	NOTICE_MONTHS,
	NOTICE_DAYS,
	NOTICE_FILE,
	NOTICE_OWNER,
	NOTICE_AGENCY,
	NOTICE_READ_ON,
	NOTICE_FIELD_COUNT
};

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

/* The day of the case a rule counts from; receipt is the notice's, with its way of service. */
static date starting_day(const struct record *notice, const struct record *patent,
			 enum deadline_base base)
{
	static const size_t days[BASE_COUNT] = { [BASE_PRIORITY] = CASE_PRIORITY_ON,
						 [BASE_FILING] = CASE_FILED_ON,
						 [BASE_PUBLICATION] = CASE_PUBLISHED_ON,
						 [BASE_GRANT] = CASE_GRANTED_ON };

	if (base == BASE_RECEIPT)
		return record_date(notice, NOTICE_ISSUED_ON);
	if (base == BASE_PRIORITY && !record_is_set(patent, CASE_PRIORITY_ON))
		base = BASE_FILING;
	return days[base] ? record_date(patent, days[base]) : DATE_NONE;
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
	struct field_errors errors = { .count = 0 };
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
	return record_create(store, deadline, &errors, error);
}

static bool is_running(const struct record *deadline)
{
	return name_is_listed(",open,acknowledged,deletion,", str_of(deadline->state));
}

static bool close_deadlines(const struct record *notice, struct str codes,
			    struct record_store *store, struct error *error)
{
	struct field_errors errors = { .count = 0 };
	struct record **deadlines;
	size_t count;

	if (!record_load_where(store, &deadline_type, DEADLINE_CASE, &notice->values[NOTICE_CASE],
			       &deadlines, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str rest = codes, code;

		while (is_running(deadlines[i]) && str_split(&rest, STR(" "), &code)) {
			if (!str_equal_cstr(code, record_text(deadlines[i], DEADLINE_RULE)))
				continue;
			deadlines[i]->state = "closed";
			if (!record_save_for(store, deadlines[i], "close", &errors, error))
				return false;
		}
	}
	return true;
}

static bool docket(struct record *notice, struct record_store *store, struct error *error)
{
	const struct notice *known = notice_find(str_of(record_text(notice, NOTICE_NAME)));
	struct record *patent;
	struct str rest, code;

	if (!types_load_own(notice, NOTICE_CASE, store, &patent, error) ||
	    !close_deadlines(notice, str_of(known->closes), store, error))
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
	return types_not_future(notice, NOTICE_ISSUED_ON, store, error);
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
