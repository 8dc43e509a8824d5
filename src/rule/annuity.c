/* Annuities, their late fees, and what a patent costs over its life. */
#include "rule/calendar.h"
#include "rule/deadline.h"
#include "rule/fee.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { GRACE_MONTHS = 6, OPEN_LICENCE_PERCENT = 15, YEAR_MIN = 1985, YEAR_MAX = 2199 };

static const struct annuity_rule annuities[] = {
#include "rule/annuities.inc"
};

/* Percent of the full annuity by month begun after the due date. */
static const int late_percents[GRACE_MONTHS + 1] = { 0, 0, 5, 10, 15, 20, 25 };

const struct annuity_rule *annuity_list(size_t *count_out)
{
	*count_out = COUNT(annuities);
	return annuities;
}

date annuity_due(date filed, int year)
{
	return date_add_months(filed, (year - 1) * 12);
}

int annuity_year_of(date filed, date d)
{
	int year = 1;

	while (annuity_due(filed, year + 1) <= d)
		year++;
	return year;
}

int annuity_last_year(enum patent_type type, date filed)
{
	static const char *const terms[PATENT_TYPE_COUNT] = {
		[PATENT_TYPE_UNKNOWN] = "T01",
		[PATENT_INVENTION] = "T01",
		[PATENT_UTILITY] = "T02",
		[PATENT_DESIGN] = "T03",
	};

	return deadline_find(str_of(terms[type]), filed)->months / 12;
}

/* The edition in force on the day, else the first one that has the year. */
static const struct annuity_rule *find(enum patent_type type, int year, date on)
{
	const struct annuity_rule *first = NULL;

	for (size_t i = 0; i < COUNT(annuities); i++) {
		const struct annuity_rule *rule = &annuities[i];

		if (rule->type != type || year < rule->first || year > rule->last)
			continue;
		if (rule_is_in_force(rule->edition, rule->until, on))
			return rule;
		if (!first)
			first = rule;
	}
	return first;
}

static bool check_day(date d, struct error *error)
{
	char text[DATE_TEXT_SIZE];

	if (date_year(d) >= YEAR_MIN && date_year(d) <= YEAR_MAX)
		return true;
	return error_set(error, ERROR_USAGE, "rule.date_range", "%s", date_format(d, text));
}

static bool check(const struct annuity_request *request, struct error *error)
{
	const struct fee_rule *rule = fee_find(STR("restoration"), request->due);
	int last;

	if (!rule || fee_unit_amount(rule, request->type) == NO_FEE)
		return error_set(error, ERROR_USAGE, "rule.no_fee", "annuity %s",
				 patent_types[request->type].name);
	if (!check_day(request->due, error) || !check_day(request->paid, error))
		return false;
	if (request->reduction != 0 && request->reduction != 70 && request->reduction != 85)
		return error_set(error, ERROR_USAGE, "rule.reduction", "%lld",
				 (long long)request->reduction);
	last = request->year < 1 || request->year > 20
		       ? 0
		       : annuity_last_year(
				 request->type,
				 date_add_months(request->due, -12 * (int)(request->year - 1)));
	if (request->year < 1 || request->year > last)
		return error_set(error, ERROR_USAGE, "rule.no_annuity", "%s, %lld",
				 patent_types[request->type].name, (long long)request->year);
	if (request->grant_year < 0 || request->grant_year > request->year)
		return error_set(error, ERROR_USAGE, "rule.grant_year", "%lld",
				 (long long)request->grant_year);
	return true;
}

static int percent_off(const struct annuity_request *request)
{
	bool holds = request->grant_year == 0 ||
		     request->year < request->grant_year + FEE_REDUCED_YEARS;
	int reduction = holds ? (int)request->reduction : 0;

	return request->open_licence && reduction < OPEN_LICENCE_PERCENT ? OPEN_LICENCE_PERCENT
									 : reduction;
}

static void add(struct fee_bill *bill, struct fee_item item)
{
	bill->items[bill->count++] = item;
	bill->total += item.amount;
}

static void set_state(const struct annuity_request *request, struct annuity *annuity)
{
	annuity->legal_due = calendar_roll(request->due);
	annuity->grace_end = calendar_roll(date_add_months(request->due, GRACE_MONTHS));
	annuity->state = request->paid <= annuity->legal_due   ? ANNUITY_ON_TIME
			 : request->paid <= annuity->grace_end ? ANNUITY_LATE
							       : ANNUITY_LAPSED;
	if (annuity->state == ANNUITY_ON_TIME)
		return;
	annuity->months_late = 1;
	while (annuity->months_late < GRACE_MONTHS &&
	       request->paid > date_add_months(request->due, annuity->months_late))
		annuity->months_late++;
	annuity->late_percent = late_percents[annuity->months_late];
}

bool fee_bill_annuity(const struct annuity_request *request, struct annuity *annuity_out,
		      struct error *error)
{
	struct annuity *annuity = annuity_out;
	const struct annuity_rule *rule;
	struct fee_item item;
	struct fee_bill restoration;
	int off;

	memset(annuity, 0, sizeof(*annuity));
	if (!check(request, error))
		return false;
	rule = find(request->type, (int)request->year, request->due);
	off = percent_off(request);
	set_state(request, annuity);
	item = (struct fee_item){
		.kind = FEE_ITEM_ANNUITY,
		.year = (int)request->year,
		.count = 1,
		.amount = rule->amount * (100 - off) / 100,
		.is_reduced = off > 0,
		.mark = rule->mark,
		.basis = rule->basis,
		.due = request->due,
	};
	add(&annuity->bill, item);
	if (annuity->late_percent) {
		item.kind = FEE_ITEM_LATE;
		item.percent = annuity->late_percent;
		item.amount = rule->amount * annuity->late_percent / 100;
		item.is_reduced = false;
		item.basis = "REG 115;GL 5.9";
		add(&annuity->bill, item);
	}
	if (annuity->state != ANNUITY_LAPSED)
		return true;
	if (!fee_bill_act(STR("restoration"), request->type, 1, 0, request->paid, &restoration,
			  error))
		return false;
	add(&annuity->bill, restoration.items[0]);
	return true;
}

static bool check_life(const struct fee_life *life, int last, struct error *error)
{
	char text[DATE_TEXT_SIZE];

	if (life->granted < life->filed || annuity_year_of(life->filed, life->granted) > last)
		return error_set(error, ERROR_USAGE, "rule.granted", "%s",
				 date_format(life->granted, text));
	if (life->last_year < 0 || life->last_year > last)
		return error_set(error, ERROR_USAGE, "rule.no_annuity", "%s, %lld",
				 patent_types[life->filing.type].name, (long long)life->last_year);
	return true;
}

bool fee_bill_life(const struct fee_life *life, struct fee_bill *bill_out, struct error *error)
{
	struct annuity_request request = { .type = life->filing.type,
					   .reduction = life->filing.reduction };
	int last, end;

	if (!fee_bill_filing(&life->filing, life->filed, bill_out, error) ||
	    !check_day(life->filed, error) || !check_day(life->granted, error))
		return false;
	last = annuity_last_year(life->filing.type, life->filed);
	if (!check_life(life, last, error))
		return false;
	for (size_t i = 0; i < bill_out->count; i++)
		bill_out->items[i].due = life->filed;
	request.grant_year = annuity_year_of(life->filed, life->granted);
	end = life->last_year ? (int)life->last_year : last;
	for (request.year = request.grant_year; request.year <= end; request.year++) {
		struct annuity annuity;

		request.due = annuity_due(life->filed, (int)request.year);
		if (request.due < life->granted)
			request.due = life->granted;
		request.paid = request.due;
		if (!fee_bill_annuity(&request, &annuity, error))
			return false;
		add(bill_out, annuity.bill.items[0]);
	}
	return true;
}
