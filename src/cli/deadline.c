/* yucheng deadline: the last day of a period, with rest days, service, extension, restoration. */
#include "cli/deadline_internal.h"
#include "cli/pick.h"
#include "rule/calendar.h"
#include "rule/fee.h"

#include <stddef.h>

static const char *const services[] = { "received", "electronic",   "post",
					"direct",   "announcement", NULL };

#define FIELD(name_) offsetof(struct deadline_options, name_)

static const struct option options[] = {
	{ "from",
	  OPTION_DATE,
	  FIELD(from),
	  "DATE",
	  { "起算日；有 --service 时为发文日", "starting day; with --service the day of issue" },
	  NULL },
	{ "service",
	  OPTION_CHOICE,
	  FIELD(service),
	  "MODE",
	  { "送达方式：received 已知收到日（默认）、electronic、post（加15日）、direct、"
	    "announcement（加1个月）",
	    "way of service: received (default: the day is known), electronic, post (+15 days), "
	    "direct, announcement (+1 month)" },
	  services },
	{ "second",
	  OPTION_DATE,
	  FIELD(second),
	  "DATE",
	  { "第二个起算日（D02、D08 等）；与 --notice 合用时为申请日",
	    "the second starting day (D02, D08 ...); with --notice the filing date" },
	  NULL },
	{ "extend",
	  OPTION_COUNT,
	  FIELD(extend),
	  "MONTHS",
	  { "已请求延长的月数", "months of extension asked for" },
	  NULL },
	{ "months",
	  OPTION_COUNT,
	  FIELD(months),
	  "N",
	  { "通知书指定的月数", "months set by the notice" },
	  NULL },
	{ "days",
	  OPTION_COUNT,
	  FIELD(days),
	  "N",
	  { "通知书指定的天数", "days set by the notice" },
	  NULL },
	{ "margin",
	  OPTION_COUNT,
	  FIELD(margin),
	  "DAYS",
	  { "稳妥日提前的天数（内部期限）", "days the safe day stands before the end" },
	  NULL },
	{ "was",
	  OPTION_DATE,
	  FIELD(was),
	  "DATE",
	  { "原起算日：显示更改前后的差别", "the earlier starting day: shows the difference" },
	  NULL },
	{ "filed",
	  OPTION_DATE,
	  FIELD(filed),
	  "DATE",
	  { "R16：申请日，用于计算补偿天数",
	    "R16: filing date, to compute the days of adjustment" },
	  NULL },
	{ "requested",
	  OPTION_DATE,
	  FIELD(requested),
	  "DATE",
	  { "R16：实质审查请求日", "R16: request for substantive examination" },
	  NULL },
	{ "published",
	  OPTION_DATE,
	  FIELD(published),
	  "DATE",
	  { "R16：公布日", "R16: publication" },
	  NULL },
	{ "delay",
	  OPTION_COUNT,
	  FIELD(delay),
	  "DAYS",
	  { "R16：合理延迟与申请人延迟的天数",
	    "R16: days of reasonable and of the applicant's delay" },
	  NULL },
	{ "notice",
	  OPTION_TEXT,
	  FIELD(notice),
	  "NAME",
	  { "计算该通知书产生的全部期限", "compute every period this notice opens" },
	  NULL },
	{ "list",
	  OPTION_FLAG,
	  FIELD(list),
	  NULL,
	  { "列出全部期限规则", "list every period" },
	  NULL },
	{ "notices",
	  OPTION_FLAG,
	  FIELD(notices),
	  NULL,
	  { "列出通知书与期限的对应", "list notices and their periods" },
	  NULL },
	{ .name = NULL },
};

const char *deadline_day_text(struct context *context, date d)
{
	static const struct label weekdays[] = { { "周四", "Thu" }, { "周五", "Fri" },
						 { "周六", "Sat" }, { "周日", "Sun" },
						 { "周一", "Mon" }, { "周二", "Tue" },
						 { "周三", "Wed" } };
	char text[DATE_TEXT_SIZE];

	return arena_printf(context->arena, pick(context, "%s（%s）", "%s (%s)"),
			    date_format(d, text),
			    label_text(weekdays[(d % 7 + 7) % 7], context->language));
}

static void add_day_json(struct jsonout *json, const char *key, date d)
{
	char text[DATE_TEXT_SIZE];

	jsonout_member_cstr(json, key, d == DATE_NONE ? NULL : date_format(d, text));
}

void deadline_add_json(struct context *context, struct jsonout *json,
		       const struct deadline *deadline)
{
	const struct deadline_rule *rule = deadline->rule;

	jsonout_member_cstr(json, "rule", rule->id);
	jsonout_member_cstr(json, "name", pick(context, rule->zh, rule->en));
	add_day_json(json, "from", deadline->base);
	add_day_json(json, "raw", deadline->raw);
	add_day_json(json, "legal", deadline->legal);
	add_day_json(json, "safe", deadline->safe);
	jsonout_member_cstr(json, "basis",
			    rule_basis_text(context->arena, rule->basis, context->language));
	jsonout_member_cstr(json, "edition", rule->edition);
	jsonout_member_cstr(json, "mark", rule_marks[rule->mark].letter);
	jsonout_member_cstr(json, "consequence",
			    pick(context, rule->consequence_zh, rule->consequence_en));
	jsonout_member_cstr(
		json, "restoration",
		label_text(deadline_restorations[rule->restoration], context->language));
	add_day_json(json, "restore_until", deadline->restore_until);
	jsonout_member_bool(json, "calendar_known", deadline->is_calendar_known);
}

/* What must be known beside the days: holidays unknown, rule older than its edition ... */
struct deadline_notes {
	const char *lines[5];
	size_t count;
};

static void note(struct deadline_notes *notes, const char *line)
{
	if (*line && notes->count < sizeof(notes->lines) / sizeof(notes->lines[0]))
		notes->lines[notes->count++] = line;
}

static void collect_notes(struct context *context, const struct deadline_request *request,
			  const struct deadline *deadline, struct deadline_notes *notes_out)
{
	const struct deadline_rule *rule = deadline->rule;

	notes_out->count = 0;
	if (!deadline->is_calendar_known)
		note(notes_out,
		     arena_printf(context->arena,
				  pick(context, "%d 年节假日未知，仅按周六、周日顺延",
				       "the holidays of %d are unknown: moved by weekends only"),
				  date_year(deadline->legal)));
	if (deadline->is_before_edition)
		note(notes_out, pick(context, "起算日早于所收最早版本，按该版本计算",
				     "older than the oldest edition here, computed by that one"));
	if (request->service == SERVICE_ELECTRONIC && request->from < date_of(2024, 1, 20))
		note(notes_out,
		     pick(context,
			  "2024年1月20日前电子发文曾推定发文日起15日收到，可用 --service post 计算",
			  "before 2024-01-20 electronic notices were presumed received after 15 "
			  "days: --service post computes that"));
	if (rule->join != JOIN_ONLY && request->other == DATE_NONE)
		note(notes_out,
		     arena_printf(context->arena,
				  pick(context, "未给出%s（--second），只按第一个起算日计算",
				       "without the %s (--second): by the first starting day only"),
				  label_text(deadline_bases[rule->other_base], context->language)));
	note(notes_out, pick(context, rule->note_zh, rule->note_en));
}

static bool compute_fee(struct context *context, const struct deadline_request *request,
			const struct deadline *deadline, int64_t *fee_out, struct error *error)
{
	struct fee_bill bill;

	*fee_out = 0;
	if (!request->extension || deadline->rule->kind != KIND_DESIGNATED)
		return true;
	if (!fee_bill_act(STR("extension"), PATENT_INVENTION, request->extension, 0, context->today,
			  &bill, error))
		return false;
	*fee_out = bill.total;
	return true;
}

/* Days of adjustment, or -1 when they are not asked for. */
static bool compute_adjustment(const struct deadline_options *chosen,
			       const struct deadline *deadline, int64_t *days_out,
			       struct error *error)
{
	struct adjustment adjustment = { .filed = chosen->filed,
					 .requested = chosen->requested,
					 .published = chosen->published,
					 .granted = chosen->from,
					 .delay = chosen->delay };

	*days_out = -1;
	if (!chosen->filed && !chosen->requested && !chosen->published && !chosen->delay)
		return true;
	if (!str_equal_cstr(STR("R16"), deadline->rule->id) || !chosen->filed ||
	    !chosen->requested || !chosen->published)
		return error_set(error, ERROR_USAGE, "rule.adjustment", "%s", deadline->rule->id);
	return adjustment_days(&adjustment, days_out, error);
}

struct shown {
	const struct deadline_request *request;
	struct deadline deadline, was;
	date was_from;      /* 0: none */
	int64_t fee;        /* of the extension, fen */
	int64_t adjustment; /* days, or -1 */
	struct deadline_notes notes;
};

static void print_json(struct context *context, const struct shown *shown)
{
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);

	jsonout_object_begin(&json);
	deadline_add_json(context, &json, &shown->deadline);
	jsonout_member_cstr(&json, "service", services[shown->request->service]);
	if (shown->request->extension)
		jsonout_member_integer(&json, "extension_fee_fen", shown->fee);
	if (shown->adjustment >= 0)
		jsonout_member_integer(&json, "adjustment_days", shown->adjustment);
	jsonout_key(&json, "notes");
	jsonout_array_begin(&json);
	for (size_t i = 0; i < shown->notes.count; i++)
		jsonout_cstr(&json, shown->notes.lines[i]);
	jsonout_array_end(&json);
	if (shown->was_from) {
		jsonout_key(&json, "was");
		jsonout_object_begin(&json);
		deadline_add_json(context, &json, &shown->was);
		jsonout_object_end(&json);
		jsonout_member_integer(&json, "difference_days",
				       shown->deadline.legal - shown->was.legal);
	}
	jsonout_object_end(&json);
	strbuf_add_byte(&text, '\n');
	command_print(strbuf_str(&text));
	strbuf_release(&text);
}

void deadline_line(struct context *context, const char *zh, const char *en, const char *value)
{
	struct strbuf text = STRBUF_INIT;

	if (*value) {
		strbuf_addf(&text, pick(context, "%s：%s\n", "%s: %s\n"), pick(context, zh, en),
			    value);
		command_print(strbuf_str(&text));
	}
	strbuf_release(&text);
}

static void print_days(struct context *context, const struct deadline *deadline)
{
	deadline_line(
		context, "起算日", "counted from",
		arena_printf(context->arena, "%s %s",
			     label_text(deadline_bases[deadline->rule->base], context->language),
			     deadline_day_text(context, deadline->base)));
	deadline_line(context, "届满日（顺延前）", "raw day",
		      deadline_day_text(context, deadline->raw));
	deadline_line(context, "法定届满日", "legal day",
		      deadline_day_text(context, deadline->legal));
	deadline_line(context, "稳妥办理日", "safe day",
		      deadline_day_text(context, deadline->safe));
}

static void print_text(struct context *context, const struct shown *shown)
{
	const struct deadline *deadline = &shown->deadline;
	const struct deadline_rule *rule = deadline->rule;

	deadline_line(
		context, "期限", "period",
		arena_printf(context->arena, "%s %s", rule->id, pick(context, rule->zh, rule->en)));
	print_days(context, deadline);
	if (shown->was_from)
		deadline_line(context, "更改前法定届满日", "legal day before the change",
			      arena_printf(context->arena,
					   pick(context, "%s，相差 %+d 日", "%s, %+d days"),
					   deadline_day_text(context, shown->was.legal),
					   deadline->legal - shown->was.legal));
	if (shown->fee)
		deadline_line(context, "延长期限请求费", "fee of the extension",
			      arena_printf(context->arena,
					   pick(context, "%lld.00 元", "%lld.00 yuan"),
					   (long long)(shown->fee / 100)));
	if (shown->adjustment >= 0)
		deadline_line(context, "补偿天数", "days of adjustment",
			      arena_printf(context->arena, "%lld", (long long)shown->adjustment));
	deadline_line(context, "逾期后果", "consequence",
		      pick(context, rule->consequence_zh, rule->consequence_en));
	deadline_line(context, "恢复", "restoration",
		      label_text(deadline_restorations[rule->restoration], context->language));
	if (deadline->restore_until != DATE_NONE)
		deadline_line(context, "恢复期限届满日", "restoration until",
			      deadline_day_text(context, deadline->restore_until));
	deadline_line(context, "依据", "basis",
		      arena_printf(context->arena,
				   pick(context, "%s（版本 %s，%s）", "%s (edition %s, %s)"),
				   rule_basis_text(context->arena, rule->basis, context->language),
				   rule->edition,
				   label_text(rule_marks[rule->mark].label, context->language)));
	for (size_t i = 0; i < shown->notes.count; i++)
		deadline_line(context, "提示", "note", shown->notes.lines[i]);
}

static bool answer(struct context *context, const struct deadline_options *chosen,
		   const struct deadline_request *request, struct error *error)
{
	struct deadline_request before = *request;
	struct shown shown = { .request = request, .was_from = chosen->was };

	before.from = chosen->was;
	if (!deadline_compute(request, &shown.deadline, error) ||
	    (chosen->was && !deadline_compute(&before, &shown.was, error)) ||
	    !compute_fee(context, request, &shown.deadline, &shown.fee, error) ||
	    !compute_adjustment(chosen, &shown.deadline, &shown.adjustment, error))
		return false;
	collect_notes(context, request, &shown.deadline, &shown.notes);
	if (context->json)
		print_json(context, &shown);
	else
		print_text(context, &shown);
	return true;
}

static int run(struct context *context, void *values, char **arguments, size_t argument_count,
	       struct error *error)
{
	const struct deadline_options *chosen = values;
	struct deadline_request request = {
		.from = chosen->from,
		.other = chosen->second ? chosen->second : DATE_NONE,
		.service = (enum service)chosen->service,
		.months = chosen->months,
		.days = chosen->days,
		.extension = chosen->extend,
		.margin = chosen->margin,
	};

	if (chosen->list) {
		deadline_print_rules(context);
		return 0;
	}
	if (chosen->notices) {
		deadline_print_notices(context);
		return 0;
	}
	if (!chosen->from || argument_count != (chosen->notice ? 0 : 1)) {
		error_set(error, ERROR_USAGE, "cli.too_few",
			  "deadline (RULE | --notice NAME) --from DATE");
		return -1;
	}
	if (chosen->notice)
		return deadline_answer_notice(context, chosen, error) ? 0 : -1;
	request.rule = str_of(arguments[0]);
	return answer(context, chosen, &request, error) ? 0 : -1;
}

const struct command deadline_command = {
	.name = "deadline",
	.arguments = "RULE --from DATE | --notice NAME --from DATE | --list | --notices",
	.help = { "计算专利期限：届满日、节假日顺延、送达、延长与恢复",
		  "compute a patent deadline: last day, rest days, service, extension, "
		  "restoration" },
	.options = options,
	.options_size = sizeof(struct deadline_options),
	.arguments_max = 1,
	.run = run,
	.examples =
		"yucheng deadline D18 --from 2025-12-31\n"
		"yucheng deadline R02 --from 2025-11-28 --service post\n"
		"yucheng deadline --notice 第一次审查意见通知书 --from 2026-01-30\n"
		"yucheng deadline R16 --from 2026-03-10 --filed 2019-01-05 --requested 2019-06-03 "
		"--published 2020-07-10 --delay 60\n"
		"yucheng deadline --list --lang en\n",
};
