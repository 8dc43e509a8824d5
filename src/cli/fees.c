/* yucheng fees: what filing, acts and annuities cost, over the life of a case or in the next days. */
#include "cli/fees_internal.h"
#include "cli/options.h"

#include <stddef.h>
#include <string.h>

#define FIELD(name_) offsetof(struct fees_options, name_)

enum { WITHIN_DEFAULT = 90, WITHIN_MAX = 3650 };

extern const struct command fees_command;

static const struct option options[] = {
	{ "type",
	  OPTION_TEXT,
	  FIELD(type),
	  "TYPE",
	  { "invention 发明、utility 实用新型、design 外观设计", "invention, utility or design" },
	  NULL },
	{ "claims",
	  OPTION_COUNT,
	  FIELD(claims),
	  "N",
	  { "权利要求项数", "number of claims" },
	  NULL },
	{ "pages",
	  OPTION_COUNT,
	  FIELD(pages),
	  "N",
	  { "说明书及附图页数（不含序列表）",
	    "pages of description and drawings, without the sequence listing" },
	  NULL },
	{ "priorities",
	  OPTION_COUNT,
	  FIELD(priorities),
	  "N",
	  { "优先权项数", "number of priorities" },
	  NULL },
	{ "examination",
	  OPTION_FLAG,
	  FIELD(examination),
	  NULL,
	  { "同时请求实质审查", "with the request for examination" },
	  NULL },
	{ "reduction",
	  OPTION_COUNT,
	  FIELD(reduction),
	  "PERCENT",
	  { "减缴比例：85（单个申请人）或 70（共同申请人）",
	    "reduction: 85 for one applicant, 70 for several" },
	  NULL },
	{ "year",
	  OPTION_COUNT,
	  FIELD(year),
	  "N",
	  { "年费年度；fees life：算到该年度", "patent year; for fees life the last one" },
	  NULL },
	{ "due",
	  OPTION_DATE,
	  FIELD(due),
	  "DATE",
	  { "应缴日（申请日的周年日，未顺延）", "due date: the anniversary of filing, unmoved" },
	  NULL },
	{ "paid",
	  OPTION_DATE,
	  FIELD(paid),
	  "DATE",
	  { "缴费日（默认今天）", "day of payment (default today)" },
	  NULL },
	{ "grant-year",
	  OPTION_COUNT,
	  FIELD(grant_year),
	  "N",
	  { "授权所在年度：减缴自该年度起共10年",
	    "patent year of grant: the reduction holds ten years from it" },
	  NULL },
	{ "open-licence",
	  OPTION_FLAG,
	  FIELD(open_licence),
	  NULL,
	  { "开放许可期间（年费减免15%）", "during an open licence (15 % off)" },
	  NULL },
	{ "filed", OPTION_DATE, FIELD(filed), "DATE", { "申请日", "filing date" }, NULL },
	{ "granted", OPTION_DATE, FIELD(granted), "DATE", { "授权公告日", "date of grant" }, NULL },
	{ "count",
	  OPTION_COUNT,
	  FIELD(count),
	  "N",
	  { "fees act 的数量（默认 1）", "how many, for fees act (default 1)" },
	  NULL },
	{ "withdrawn",
	  OPTION_DATE,
	  FIELD(withdrawn),
	  "DATE",
	  { "主动撤回日", "day of withdrawal" },
	  NULL },
	{ "reply-until",
	  OPTION_DATE,
	  FIELD(reply_until),
	  "DATE",
	  { "第一次审查意见答复期限届满日", "last day of the reply to the first office action" },
	  NULL },
	{ "replied",
	  OPTION_FLAG,
	  FIELD(replied),
	  NULL,
	  { "已答复第一次审查意见", "the first office action was replied to" },
	  NULL },
	{ "within",
	  OPTION_COUNT,
	  FIELD(within),
	  "DAYS",
	  { "fees due：今后多少天内（默认 90）", "for fees due: in the next days (default 90)" },
	  NULL },
	{ "list",
	  OPTION_FLAG,
	  FIELD(list),
	  NULL,
	  { "列出全部费用与年费标准", "list all fees and annuities" },
	  NULL },
	{ .name = NULL },
};

static bool read_type(const struct fees_options *chosen, enum patent_type *type_out,
		      struct error *error)
{
	if (!chosen->type)
		return error_set(error, ERROR_USAGE, "cli.user_option", "--type TYPE");
	*type_out = fees_type(str_of(chosen->type));
	return *type_out != PATENT_TYPE_UNKNOWN ||
	       error_set(error, ERROR_USAGE, "cli.fees_type", "%s", chosen->type);
}

static bool read_filing(const struct fees_options *chosen, struct fee_filing *filing_out,
			struct error *error)
{
	*filing_out = (struct fee_filing){ .claims = chosen->claims,
					   .pages = chosen->pages,
					   .priorities = chosen->priorities,
					   .examination = chosen->examination,
					   .reduction = chosen->reduction };
	return read_type(chosen, &filing_out->type, error);
}

static int run_filing(struct context *context, const struct fees_options *chosen, char *name,
		      struct error *error)
{
	struct fee_filing filing;
	struct fee_bill bill;

	(void)name;
	if (!read_filing(chosen, &filing, error) ||
	    !fee_bill_filing(&filing, context->today, &bill, error))
		return -1;
	fees_print_bill(context, &bill, NULL);
	return 0;
}

static int run_act(struct context *context, const struct fees_options *chosen, char *name,
		   struct error *error)
{
	enum patent_type type = PATENT_TYPE_UNKNOWN;
	struct fee_bill bill;

	if (!name) {
		options_too_few(&fees_command, "act", error);
		return -1;
	}
	if (!read_type(chosen, &type, error) ||
	    !fee_bill_act(str_of(name), type, chosen->count ? chosen->count : 1, chosen->reduction,
			  context->today, &bill, error))
		return -1;
	fees_print_bill(context, &bill, NULL);
	return 0;
}

static const char *day_text(struct context *context, date d)
{
	char text[DATE_TEXT_SIZE];

	return str_to_cstr(context->arena, str_of(date_format(d, text)));
}

static int run_annuity(struct context *context, const struct fees_options *chosen, char *name,
		       struct error *error)
{
	static const struct {
		const char *name;
		struct label label;
	} states[] = { { "on_time", { "按期", "on time" } },
		       { "late", { "滞纳期内", "late" } },
		       { "lapsed",
			 { "已过补缴期，须请求恢复权利",
			   "lapsed: restoration must be asked for" } } };
	struct annuity_request request = { .year = chosen->year,
					   .due = chosen->due,
					   .paid = chosen->paid ? chosen->paid : context->today,
					   .reduction = chosen->reduction,
					   .grant_year = chosen->grant_year,
					   .open_licence = chosen->open_licence };
	struct annuity annuity;

	(void)name;
	if (!chosen->year || !chosen->due) {
		options_too_few(&fees_command, "annuity", error);
		return -1;
	}
	if (!read_type(chosen, &request.type, error) ||
	    !fee_bill_annuity(&request, &annuity, error))
		return -1;
	fees_print_bill(context, &annuity.bill,
			(const struct fees_fact[]){
				{ "state", "状态", "state",
				  context->json ? states[annuity.state].name
						: label_text(states[annuity.state].label,
							     context->language) },
				{ "legal_due", "缴费期限届满日", "legal due date",
				  day_text(context, annuity.legal_due) },
				{ "grace_end", "补缴期届满日", "late payment until",
				  day_text(context, annuity.grace_end) },
				{ NULL, NULL, NULL, NULL } });
	return annuity.state == ANNUITY_LAPSED ? 1 : 0;
}

static int run_life(struct context *context, const struct fees_options *chosen, char *name,
		    struct error *error)
{
	struct fee_life life = { .filed = chosen->filed,
				 .granted = chosen->granted,
				 .last_year = chosen->year };
	struct fee_bill bill;

	(void)name;
	if (!chosen->filed || !chosen->granted) {
		options_too_few(&fees_command, "life", error);
		return -1;
	}
	if (!read_filing(chosen, &life.filing, error))
		return -1;
	/* No invention is granted without its examination. */
	life.filing.examination |= life.filing.type == PATENT_INVENTION;
	if (!fee_bill_life(&life, &bill, error))
		return -1;
	fees_print_bill(context, &bill, NULL);
	return 0;
}

/* The refund takes the place of the fee paid in the bill. */
static int run_refund(struct context *context, const struct fees_options *chosen, char *name,
		      struct error *error)
{
	enum patent_type type = PATENT_TYPE_UNKNOWN;
	struct fee_bill bill;
	int64_t refund;

	(void)name;
	if (!chosen->withdrawn || !chosen->reply_until) {
		options_too_few(&fees_command, "refund", error);
		return -1;
	}
	if (!read_type(chosen, &type, error) ||
	    !fee_bill_act(STR("examination"), type, 1, chosen->reduction, context->today, &bill,
			  error))
		return -1;
	refund = fee_examination_refund(bill.total, chosen->withdrawn, chosen->reply_until,
					chosen->replied);
	fees_print_bill(
		context, &bill,
		(const struct fees_fact[]){
			{ "refund", "可退（元）", "refund (yuan)", fees_amount(context, refund) },
			{ "refund_basis", "依据", "basis",
			  rule_basis_text(context->arena, "GL 5.2", context->language) },
			{ NULL, NULL, NULL, NULL } });
	return 0;
}

static int run_due(struct context *context, const struct fees_options *chosen, char *name,
		   struct error *error)
{
	struct fees_options with_days = *chosen;

	if (!name) {
		options_too_few(&fees_command, "due", error);
		return -1;
	}
	if (!with_days.within)
		with_days.within = WITHIN_DEFAULT;
	if (with_days.within > WITHIN_MAX) {
		error_set(error, ERROR_USAGE, "cli.fees_within", "%d", WITHIN_MAX);
		return -1;
	}
	return fees_due(context, &with_days, name, error);
}

static const struct verb {
	const char *name;
	int (*run)(struct context *context, const struct fees_options *chosen, char *name,
		   struct error *error);
	bool takes_name;
} verbs[] = {
	{ "filing", run_filing, false },   { "act", run_act, true },
	{ "annuity", run_annuity, false }, { "life", run_life, false },
	{ "refund", run_refund, false },   { "due", run_due, true },
};

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct fees_options *chosen = values;
	char *name = argument_count > 1 ? arguments[1] : NULL;

	if (chosen->list) {
		fees_print_list(context);
		return 0;
	}
	for (size_t i = 0; argument_count && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(arguments[0], verbs[i].name) != 0)
			continue;
		if (!name || verbs[i].takes_name)
			return verbs[i].run(context, chosen, name, error);
		error_set(error, ERROR_USAGE, "cli.too_many", "%s", name);
		return -1;
	}
	if (argument_count == 0)
		options_too_few(&fees_command, NULL, error);
	else
		error_set(error, ERROR_USAGE, "cli.fees_verb", "%s", arguments[0]);
	return -1;
}

const struct command fees_command = {
	.name = "fees",
	.arguments = "filing --type TYPE [--claims N] [--pages N] … | act ID --type TYPE | "
		     "annuity --type TYPE --year N --due DATE [--paid DATE] | "
		     "life --type TYPE --filed DATE --granted DATE | "
		     "refund --type TYPE --withdrawn DATE --reply-until DATE | due FILE",
	.help = { "计算官费：申请、各项请求、年费及滞纳金、全周期合计、退费、近期应缴",
		  "compute official fees: filing, acts, annuities, whole life, refunds, due soon" },
	.options = options,
	.options_size = sizeof(struct fees_options),
	.arguments_max = 2,
	.run = run,
	.examples = "yucheng fees filing --type invention --claims 15 --pages 45 --priorities 1 "
		    "--examination --reduction 85\n"
		    "yucheng fees annuity --type invention --year 5 --due 2026-03-10 --paid "
		    "2026-06-20 --reduction 85\n"
		    "yucheng fees life --type invention --filed 2023-10-01 --granted 2025-12-02\n"
		    "yucheng fees act reexamination --type invention\n"
		    "yucheng fees due patents.csv --within 90\n"
		    "    number,type,filed,granted,paid_year,reduction\n"
		    "yucheng fees --list\n",
};
