/* 专利运营收入: money a deal brought; what was booked is summed on the deal to the fen (clause 2.6-d). */
#include "types/operation_internal.h"

static const struct choice kinds[] = {
	{ "lump", { "一次性价款", "Lump sum" } }, { "royalty", { "许可费提成", "Royalty" } },
	{ "interest", { "利息", "Interest" } },   { "dividend", { "股权分红", "Dividend" } },
	{ "other", { "其他", "Other" } },         { NULL, { NULL, NULL } },
};

static const struct field fields[] = {
	[INCOME_DEAL] = { .name = "deal_id",
			  .kind = FIELD_REF,
			  .ref = "deal",
			  .flags = FIELD_REQUIRED | FIELD_FIXED | FIELD_INDEXED | FIELD_LISTED,
			  .label = { "运营项目", "Deal" } },
	[INCOME_TITLE] = { .name = "title",
			   .max = 300,
			   .flags = FIELD_COMPUTED | FIELD_SEARCHED,
			   .label = { "名称", "Title" } },
	[INCOME_KIND] = { .name = "kind",
			  .kind = FIELD_CHOICE,
			  .choices = kinds,
			  .flags = FIELD_REQUIRED | FIELD_LISTED,
			  .label = { "收入类别", "Kind" } },
	[INCOME_RECEIVED_ON] = { .name = "received_on",
				 .kind = FIELD_DATE,
				 .flags = FIELD_REQUIRED | FIELD_LISTED | FIELD_INDEXED,
				 .label = { "到账日期", "Received on" } },
	[INCOME_AMOUNT] = { .name = "amount",
			    .kind = FIELD_MONEY,
			    .min = 1,
			    .max = 100000000000000,
			    .flags = FIELD_REQUIRED | FIELD_LISTED,
			    .label = { "到账金额（元）", "Amount (yuan)" } },
	[INCOME_PAYER] = { .name = "payer",
			   .flags = FIELD_LISTED | FIELD_SEARCHED,
			   .label = { "付款方", "Payer" } },
	[INCOME_PERIOD] = { .name = "period",
			    .max = 100,
			    .label = { "所属期间", "Period" },
			    .help = { "提成收入填结算期间，如 2025年下半年",
				      "of a royalty, as 2025 H2" } },
	[INCOME_VOUCHER] = { .name = "voucher",
			     .kind = FIELD_FILE,
			     .label = { "到账凭证", "Voucher" } },
	[INCOME_NOTE] = { .name = "note",
			  .kind = FIELD_LONG_TEXT,
			  .max = 1000,
			  .label = { "备注", "Note" } },
};
_Static_assert(sizeof(fields) / sizeof(fields[0]) == INCOME_FIELD_COUNT, "every field");

static const struct choice states[] = {
	{ "draft", { "待入账", "To be booked" } },
	{ "booked", { "已入账", "Booked" } },
	{ "void", { "已冲销", "Void" } },
	{ NULL, { NULL, NULL } },
};

/* Money comes of deals that took effect. */
static bool is_earned(const struct record *income, struct record_store *store, struct error *error)
{
	struct record *deal;

	if (!types_load_own(income, INCOME_DEAL, store, &deal, error))
		return false;
	return name_is_listed(",effective,ended,", str_of(deal->state)) ||
	       error_set_field(error, "deal_id", "types.deal_not_effective");
}

static const struct transition transitions[] = {
	{ .name = "book",
	  .from = "draft",
	  .to = "booked",
	  .label = { "确认入账", "Book" },
	  .guard = is_earned,
	  .effect = deal_add_income,
	  .is_task = true },
	{ .name = "cancel",
	  .from = "booked",
	  .to = "void",
	  .label = { "冲销", "Cancel" },
	  .effect = deal_add_income,
	  .wants_comment = true },
	{ .name = NULL },
};

#define FINANCE ROLE_BIT(ROLE_FINANCE)

static const struct grant grants[] = {
	{ .roles = ROLES_LEADING | FINANCE, .action = "read", .scope = SCOPE_ORGANISATION },
	/* That money came, and when: the strict figure of T3 asks for it. */
	{ .roles = ROLES_ABOVE,
	  .action = "read",
	  .scope = SCOPE_BELOW,
	  .states = ",booked,",
	  .hides = ",amount,payer,period,voucher,note," },
	{ .roles = MANAGER | FINANCE, .action = "create", .scope = SCOPE_ORGANISATION },
	{ .roles = MANAGER | FINANCE,
	  .action = "update",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = MANAGER | FINANCE,
	  .action = "delete",
	  .scope = SCOPE_ORGANISATION,
	  .states = ",draft," },
	{ .roles = FINANCE, .action = "book", .scope = SCOPE_ORGANISATION },
	{ .roles = FINANCE, .action = "cancel", .scope = SCOPE_ORGANISATION },
	{ .roles = 0 },
};

static bool before_save(struct record *income, struct record_store *store, struct error *error)
{
	struct record *deal;

	if (!types_load_own(income, INCOME_DEAL, store, &deal, error))
		return false;
	if (deal)
		record_set_text(store, income, INCOME_TITLE,
				str_of(arena_printf(store->arena, "%s %s",
						    record_text(income, INCOME_RECEIVED_ON),
						    record_text(deal, DEAL_TITLE))));
	return true;
}

static bool validate(const struct record *income, struct record_store *store, struct error *error)
{
	struct record *deal;
	date contract;

	if (!types_not_future(income, INCOME_RECEIVED_ON, store, error) ||
	    !types_load_own(income, INCOME_DEAL, store, &deal, error))
		return false;
	contract = record_date(deal, DEAL_CONTRACT_ON);
	return contract == DATE_NONE || record_date(income, INCOME_RECEIVED_ON) >= contract ||
	       error_set_field(error, "received_on", "types.before_contract");
}

const struct record_type deal_income_type = {
	.name = "deal_income",
	.clause = "2.6-d",
	.group = "operation",
	.label = { "运营收入", "Income of a deal" },
	.fields = fields,
	.field_count = INCOME_FIELD_COUNT,
	.states = states,
	.transitions = transitions,
	.grants = grants,
	.title_field = "title",
	.list_sort = "-updated_at",
	.has_attachments = true,
	.validate = validate,
	.before_save = before_save,
};
