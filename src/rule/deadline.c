#include "rule/deadline.h"
#include "rule/calendar.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	YEAR_MIN = 1985,
	YEAR_MAX = 2199,
	MONTHS_MAX = 600,
	DAYS_MAX = 3650,
	MARGIN_MAX = 365,
	POST_DAYS = 15,
	RESTORATION_MONTHS = 2
};

static const struct deadline_rule rules[] = {
#include "rule/deadlines.inc"
};

const struct label deadline_bases[BASE_COUNT] = {
	[BASE_NONE] = { "", "" },
	[BASE_RECEIPT] = { "收到通知日", "receipt of the notice" },
	[BASE_FIRST_FILING] = { "首次申请日", "first filing" },
	[BASE_PRIORITY] = { "优先权日", "priority date" },
	[BASE_FILING] = { "申请日", "filing date" },
	[BASE_DISCLOSURE] = { "公开日", "disclosure" },
	[BASE_REQUEST] = { "请求日", "request" },
	[BASE_EXAM_REQUEST] = { "实审请求日", "request for examination" },
	[BASE_SUBMISSION] = { "递交日", "submission" },
	[BASE_GRANT] = { "授权公告日", "announcement of grant" },
	[BASE_PUBLICATION] = { "公布日", "publication" },
	[BASE_ENTRY] = { "进入日", "entry into the national phase" },
	[BASE_SEARCH_REPORT] = { "检索报告传送日", "transmittal of the search report" },
	[BASE_DUE] = { "年费应缴日", "due date of the annuity" },
	[BASE_EXPIRY] = { "期限届满日", "expiry" },
	[BASE_OBSTACLE] = { "障碍消除日", "end of the obstacle" },
	[BASE_APPROVAL] = { "上市许可日", "marketing approval" },
	[BASE_EFFECT] = { "合同生效日", "effect of the contract" },
	[BASE_KNOWLEDGE] = { "知悉日", "knowledge" },
	[BASE_SENDING] = { "催告发出日", "sending of the demand" },
	[BASE_PAYMENT] = { "缴费日", "payment" },
};

const struct label deadline_restorations[RESTORE_COUNT] = {
	[RESTORE_NONE] = { "不可恢复", "none" },
	[RESTORE_NOTICE] = { "自收到权利丧失通知起2个月",
			     "2 months from receipt of the notice of loss" },
	[RESTORE_EXPIRY] = { "自期限届满起2个月", "2 months from expiry" },
	[RESTORE_FORCE] = { "仅因不可抗拒的事由", "only after force majeure" },
};

const struct deadline_rule *deadline_list(size_t *count_out)
{
	*count_out = COUNT(rules);
	return rules;
}

const struct deadline_rule *deadline_find(struct str id, date d)
{
	const struct deadline_rule *first = NULL;

	for (size_t i = 0; i < COUNT(rules); i++) {
		if (!str_equal_nocase(id, str_of(rules[i].id)))
			continue;
		if (rule_is_in_force(rules[i].edition, rules[i].until, d))
			return &rules[i];
		if (!first)
			first = &rules[i];
	}
	return first;
}

date deadline_receipt(date issued, enum service service)
{
	if (service == SERVICE_POST)
		return issued + POST_DAYS;
	return service == SERVICE_ANNOUNCEMENT ? date_add_months(issued, 1) : issued;
}

static date add_length(date base, int months, int days)
{
	return date_add_months(base, months) + days;
}

static date earlier(date a, date b)
{
	return a < b ? a : b;
}

static bool is_year_allowed(date d)
{
	return date_year(d) >= YEAR_MIN && date_year(d) <= YEAR_MAX;
}

static bool unknown_rule(struct str id, struct error *error)
{
	error_set(error, ERROR_USAGE, "rule.unknown", "%.*s", STR_ARGS(id));
	for (size_t i = 0; i < COUNT(rules) && id.size >= 3; i++)
		if (str_equal_nocase(str_slice(id, 0, 3), str_slice(str_of(rules[i].id), 0, 3)))
			return error_hint(error, "%s", rules[i].id);
	return false;
}

static bool check_days(const struct deadline_request *request, struct error *error)
{
	char text[DATE_TEXT_SIZE];

	if (!is_year_allowed(request->from))
		return error_set(error, ERROR_USAGE, "rule.date_range", "%s",
				 date_format(request->from, text));
	if (request->other != DATE_NONE && !is_year_allowed(request->other))
		return error_set(error, ERROR_USAGE, "rule.date_range", "%s",
				 date_format(request->other, text));
	return true;
}

static bool check_length(const struct deadline_request *request, const struct deadline_rule *rule,
			 struct error *error)
{
	bool is_set = request->months != 0 || request->days != 0;

	if (request->months < 0 || request->months > MONTHS_MAX || request->days < 0 ||
	    request->days > DAYS_MAX || request->margin < 0 || request->margin > MARGIN_MAX)
		return error_set(error, ERROR_USAGE, "rule.length", "%d/%d/%d", MONTHS_MAX,
				 DAYS_MAX, MARGIN_MAX);
	if (is_set && rule->kind == KIND_PERIOD)
		return error_set(error, ERROR_USAGE, "rule.fixed_length", "%s", rule->id);
	if (!is_set && !rule->months && !rule->days)
		return error_set(error, ERROR_USAGE, "rule.designated", "%s", rule->id);
	if (request->extension && !rule->extension)
		return error_set(error, ERROR_USAGE, "rule.not_extendable", "%s", rule->id);
	if (request->extension < 0 || request->extension > rule->extension)
		return error_set(error, ERROR_USAGE, "rule.extension", "%s: %d", rule->id,
				 rule->extension);
	return true;
}

static bool check(const struct deadline_request *request, const struct deadline_rule *rule,
		  struct error *error)
{
	if (!rule)
		return unknown_rule(request->rule, error);
	if (rule->kind == KIND_OPEN)
		return error_set(error, ERROR_USAGE, "rule.open", "%s", rule->id);
	if (request->other != DATE_NONE && rule->join == JOIN_ONLY)
		return error_set(error, ERROR_USAGE, "rule.one_base", "%s", rule->id);
	if (request->service > SERVICE_ELECTRONIC && rule->base != BASE_RECEIPT &&
	    rule->other_base != BASE_RECEIPT)
		return error_set(error, ERROR_USAGE, "rule.no_service", "%s", rule->id);
	return check_length(request, rule, error);
}

static date start(date given, enum deadline_base base, enum service service)
{
	return base == BASE_RECEIPT ? deadline_receipt(given, service) : given;
}

/* The end before rest days, and the earliest day it may be read as. */
static date raw_end(const struct deadline_request *request, const struct deadline_rule *rule,
		    date base, date *earliest_out)
{
	bool is_set = request->months != 0 || request->days != 0;
	int months = is_set ? (int)request->months : rule->months;
	int days = is_set ? (int)request->days : rule->days;
	int extension = (int)request->extension;
	date end = add_length(base, months + extension, days);
	date other;

	/* Counted from the end instead of the start, an extension may end days earlier. */
	*earliest_out = earlier(end, date_add_months(add_length(base, months, days), extension));
	if (request->other == DATE_NONE)
		return end;
	other = add_length(start(request->other, rule->other_base, request->service),
			   rule->other_months, rule->other_days);
	if (rule->join == JOIN_EARLIER)
		return *earliest_out = earlier(end, other);
	if (rule->join == JOIN_LATER_UNSURE)
		*earliest_out = earlier(*earliest_out, other);
	else if (other > end)
		*earliest_out = other;
	return other > end ? other : end;
}

bool deadline_compute(const struct deadline_request *request, struct deadline *deadline_out,
		      struct error *error)
{
	const struct deadline_rule *rule = deadline_find(request->rule, request->from);
	struct deadline *deadline = deadline_out;
	bool is_fixed;
	date earliest;

	if (!check_days(request, error) || !check(request, rule, error))
		return false;
	is_fixed = rule->kind == KIND_TERM;
	memset(deadline, 0, sizeof(*deadline));
	deadline->rule = rule;
	deadline->base = start(request->from, rule->base, request->service);
	deadline->raw = raw_end(request, rule, deadline->base, &earliest);
	deadline->legal = is_fixed ? deadline->raw : calendar_roll(deadline->raw);
	deadline->safe = calendar_roll_back(earliest - (date)request->margin);
	deadline->restore_until = rule->restoration == RESTORE_EXPIRY
					  ? calendar_roll(date_add_months(deadline->legal,
									  RESTORATION_MONTHS))
					  : DATE_NONE;
	deadline->is_calendar_known = is_fixed || (calendar_notice(date_year(deadline->raw)) &&
						   calendar_notice(date_year(deadline->legal)));
	deadline->is_before_edition = rule_begins_after(rule->edition, request->from);
	return true;
}
