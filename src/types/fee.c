/* 费用: an official fee of a case, an act's or an annuity, with its amount by the tables of rule/fee.h. */
#include "rule/fee.h"
#include "types/operation_internal.h"

enum { DECISION_DAYS = 60 };

static const struct choice kinds[] = {
	{ "act", { "官费", "Of an act" } },
	{ "annuity", { "年费", "Annuity" } },
	{ NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[FEE_CASE] = { .name = "case_id",
		       .kind = FIELD_REF,
		       .ref = "patent_case",
		       .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
		       .label = { "专利案件", "Patent case" } },
	[FEE_KIND] = { .name = "kind",
		       .kind = FIELD_CHOICE,
		       .choices = kinds,
		       .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_LISTED,
		       .label = { "类别", "Kind" } },
	[FEE_RULE] = { .name = "rule",
		       .max = 40,
		       .flags = FIELD_FIXED,
		       .label = { "费用代码", "Fee" },
		       .help = { "官费必填，如 examination", "of an act" } },
	[FEE_YEAR] = { .name = "year",
		       .kind = FIELD_INTEGER,
		       .min = 1,
		       .max = 25,
		       .flags = FIELD_FIXED | FIELD_LISTED,
		       .label = { "年度", "Patent year" },
		       .help = { "年费必填", "of an annuity" } },
	[FEE_TITLE] = { .name = "title",
			.max = 300,
			.flags = FIELD_COMPUTED | FIELD_LISTED | FIELD_SEARCHED,
			.label = { "费用名称", "Title" } },
	[FEE_DUE_ON] = { .name = "due_on",
			 .kind = FIELD_DATE,
			 .flags = FIELD_LISTED | FIELD_INDEXED,
			 .label = { "应缴日", "Due on" },
			 .help = { "年费自申请日计算", "annuities: computed" } },
	[FEE_DECIDE_ON] = { .name = "decide_on",
			    .kind = FIELD_DATE,
			    .flags = FIELD_COMPUTED | FIELD_LISTED,
			    .label = { "续缴决定期限", "Decide by" },
			    .help = { "C、D 级专利的年费须在此日前决定是否续缴",
				      "annuities of grades C and D" } },
	[FEE_PAID_ON] = { .name = "paid_on",
			  .kind = FIELD_DATE,
			  .flags = FIELD_LISTED,
			  .label = { "缴费日期", "Paid on" } },
	[FEE_AMOUNT] = { .name = "amount",
			 .kind = FIELD_MONEY,
			 .flags = FIELD_COMPUTED | FIELD_LISTED,
			 .label = { "应缴金额（元）", "Amount (yuan)" },
			 .help = { "已计减缴；逾期缴纳的含滞纳金",
				   "after reduction, with the late fee" } },
	[FEE_PAID] = { .name = "paid",
		       .kind = FIELD_MONEY,
		       .min = 0,
		       .max = 10000000000,
		       .flags = FIELD_LISTED,
		       .label = { "实缴金额（元）", "Paid (yuan)" } },
	[FEE_OWNER] = { .name = "owner_id",
			.kind = FIELD_USER,
			.flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
			.label = { "责任人", "Responsible" } },
	[FEE_AGENCY] = { .name = "agency_id",
			 .kind = FIELD_ORGANISATION,
			 .flags = FIELD_COMPUTED | FIELD_INDEXED,
			 .label = { "代理机构", "Agency" } },
	[FEE_RECEIPT] = { .name = "receipt",
			  .kind = FIELD_FILE,
			  .label = { "缴费凭证", "Receipt" } },
	[FEE_ANNUITY] = { .name = "annuity",
			  .max = 40,
			  .flags = FIELD_COMPUTED | FIELD_UNIQUE,
			  .label = { "年费标识", "Annuity of" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == FEE_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "planned", { "待批准", "Planned" } },
	{ "approved", { "待缴纳", "Approved" } },
	{ "paid", { "已缴纳", "Paid" } },
	{ "dropped", { "决定不缴", "Not to be paid" } },
	{ NULL, { NULL, NULL } },
};

/* A patent of these grades is looked at each year before its annuity is paid. */
static bool asks_for_decision(const struct record *patent)
{
	return name_is_listed(",C,D,", str_of(record_text(patent, CASE_GRADE)));
}

/* No fen is lost: what was paid is what was due. */
static bool is_paid(const struct record *fee, struct record_store *store, struct error *error)
{
	(void)store;
	if (!REQUIRE(fee, error, FEE_PAID_ON, FEE_PAID))
		return false;
	return record_integer(fee, FEE_PAID) == record_integer(fee, FEE_AMOUNT) ||
	       error_set_field(error, "paid", "types.other_amount");
}

/* Only what is of little worth lapses without the director: grades C and D. */
static bool may_drop(const struct record *fee, struct record_store *store, struct error *error)
{
	struct record *patent;

	if (store->actor->is_operator || (store->actor->roles & DIRECTOR))
		return true;
	if (!types_load_own(fee, FEE_CASE, store, &patent, error))
		return false;
	return (types_choice_is(fee, FEE_KIND, "annuity") && asks_for_decision(patent)) ||
	       error_set_field(error, "case_id", "types.grade_director");
}

/* A decision not to pay is taken back while the right still holds. */
static bool may_resume(const struct record *fee, struct record_store *store, struct error *error)
{
	struct record *patent;

	if (!types_load_own(fee, FEE_CASE, store, &patent, error))
		return false;
	return case_holds(patent) ||
	       types_refuse_case("case_id", "types.not_granted", patent, error);
}

static const struct transition transitions[] = {
	{ .name = "approve",
	  .from = "planned",
	  .to = "approved",
	  .label = { "批准缴纳", "Approve" },
	  .is_task = true },
	{ .name = "drop",
	  .from = "planned",
	  .to = "dropped",
	  .label = { "决定不缴", "Drop" },
	  .guard = may_drop,
	  .wants_comment = true },
	{ .name = "resume",
	  .from = "dropped",
	  .to = "planned",
	  .label = { "改为缴纳", "Pay after all" },
	  .guard = may_resume,
	  .effect = case_annuity_resume,
	  .wants_comment = true },
	{ .name = "pay",
	  .from = "approved",
	  .to = "paid",
	  .label = { "登记缴费", "Record payment" },
	  .guard = is_paid,
	  .is_task = true },
	{ .name = NULL },
};

#define FINANCE ROLE_BIT(ROLE_FINANCE)

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING | FINANCE, .action = "read", .scope = SCOPE_ORGANISATION },
	{ .roles = AGENCY, .action = "read", .scope = SCOPE_ASSIGNED, .field = "agency_id" },
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",approved,paid,dropped," },
	{ .roles = MANAGER, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER | FINANCE,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",planned,approved," },
	{ .roles = MANAGER,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",planned," },
	{ .roles = DIRECTOR, .action = "approve", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR | MANAGER, .action = "drop", .scope = SCOPE_ORGANISATION },
	{ .roles = DIRECTOR | MANAGER, .action = "resume", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER | FINANCE, .action = "pay", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static const struct reminder reminders[] = {
	{ .field = "decide_on", .days_before = { 30, 14, 7, 1 }, .states = ",planned," },
	{ .field = "due_on",
	  .days_before = { 30, 14, 7, 1 },
	  .states = ",planned,approved,",
	  .escalates = DIRECTOR,
	  .idle_states = ",planned," },
	{ .field = NULL },
};

static int64_t reduction_of(const struct record *patent)
{
	if (types_choice_is(patent, CASE_REDUCTION, "single"))
		return 85;
	return types_choice_is(patent, CASE_REDUCTION, "joint") ? 70 : 0;
}

/* The anniversary; the first one is due with the registration, none before the grant. */
static date due_of_annuity(const struct record *fee, const struct record *patent)
{
	if (types_choice_is(fee, FEE_RULE, FEE_REGISTRATION) && record_is_set(fee, FEE_DUE_ON))
		return record_date(fee, FEE_DUE_ON);
	return case_annuity_day(patent, record_integer(fee, FEE_YEAR));
}

static bool compute_annuity(struct record *fee, const struct record *patent,
			    struct record_store *store, struct error *error)
{
	struct annuity_request request = {
		.type = patent_type_of(str_of(record_text(patent, CASE_TYPE))),
		.year = record_integer(fee, FEE_YEAR),
		.reduction = reduction_of(patent),
	};
	date filed = record_date(patent, CASE_FILED_ON),
	     granted = record_date(patent, CASE_GRANTED_ON);
	struct annuity annuity;

	if (!REQUIRE(fee, error, FEE_YEAR))
		return false;
	if (filed == DATE_NONE)
		return error_set_field(error, "case_id", "types.not_filed");
	request.due = due_of_annuity(fee, patent);
	request.paid = record_is_set(fee, FEE_PAID_ON) ? record_date(fee, FEE_PAID_ON)
						       : request.due;
	request.grant_year = granted == DATE_NONE ? 0 : annuity_year_of(filed, granted);
	if (request.grant_year > request.year) /* paid with the registration, announced later */
		request.grant_year = request.year;
	if (!deal_reduces_annuity(patent, request.due, store, &request.open_licence, error) ||
	    !fee_bill_annuity(&request, &annuity, error))
		return false;
	record_set_text(
		store, fee, FEE_TITLE,
		str_of(arena_printf(store->arena, "第%lld年年费", (long long)request.year)));
	record_set_date(store, fee, FEE_DUE_ON, annuity.legal_due);
	record_set_integer(fee, FEE_AMOUNT, annuity.bill.total);
	record_clear(fee, FEE_DECIDE_ON);
	if (asks_for_decision(patent))
		record_set_date(store, fee, FEE_DECIDE_ON, annuity.legal_due - DECISION_DAYS);
	return true;
}

static bool compute_act(struct record *fee, const struct record *patent, struct record_store *store,
			struct error *error)
{
	struct str rule = str_of(record_text(fee, FEE_RULE));
	date due = record_date(fee, FEE_DUE_ON), on = due != DATE_NONE ? due : store->today;
	struct fee_bill bill;

	if (!REQUIRE(fee, error, FEE_RULE, FEE_DUE_ON) ||
	    !fee_bill_act(rule, patent_type_of(str_of(record_text(patent, CASE_TYPE))), 1,
			  reduction_of(patent), on, &bill, error))
		return false;
	record_set_text(store, fee, FEE_TITLE, str_of(fee_find(rule, on)->zh));
	record_set_integer(fee, FEE_AMOUNT, bill.total);
	return true;
}

/* Neither can be changed any more, so it has just become so. */
static bool after_update(struct record *fee, struct record_store *store, struct error *error)
{
	return !name_is_listed(",paid,dropped,", str_of(fee->state)) ||
	       case_annuity_done(fee, store, error);
}

static bool before_save(struct record *fee, struct record_store *store, struct error *error)
{
	struct record *patent;
	bool done;

	if (!types_load_own(fee, FEE_CASE, store, &patent, error))
		return false;
	if (!patent)
		return true;
	if (record_is_set(patent, CASE_AGENCY))
		record_set_integer(fee, FEE_AGENCY, record_integer(patent, CASE_AGENCY));
	if (!fee->id && !case_claim_annuity(fee, store, error))
		return false;
	done = types_choice_is(fee, FEE_KIND, "annuity")
		       ? compute_annuity(fee, patent, store, error)
		       : compute_act(fee, patent, store, error);
	if (!done && error->kind != ERROR_INVALID) {
		error->kind = ERROR_INVALID;
		error->field = "rule";
	}
	return done;
}

static bool validate(const struct record *fee, struct record_store *store, struct error *error)
{
	return types_not_future(fee, FEE_PAID_ON, store, error);
}

const struct record_type fee_type = {
	.name = "fee",
	.clause = "2.5-d",
	.group = "docket",
	.label = { "费用", "Fee" },
	.fields = fields,
	.field_count = FEE_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.reminders = reminders,
	.title_field = "title",
	.list_sort = "due_on",
	.validate = validate,
	.before_save = before_save,
	.after_update = after_update,
};
