#include "rule/fee.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { FREE_CLAIMS = 10, FREE_PAGES = 30, CHEAP_PAGES = 300 };

static const struct fee_rule fees[] = {
#include "rule/fees.inc"
};

const struct fee_rule *fee_list(size_t *count_out)
{
	*count_out = COUNT(fees);
	return fees;
}

const struct fee_rule *fee_find(struct str id, date d)
{
	const struct fee_rule *first = NULL;

	for (size_t i = 0; i < COUNT(fees); i++) {
		if (!str_equal_nocase(id, str_of(fees[i].id)))
			continue;
		if (rule_is_in_force(fees[i].edition, fees[i].until, d))
			return &fees[i];
		if (!first)
			first = &fees[i];
	}
	return first;
}

int64_t fee_unit_amount(const struct fee_rule *rule, enum patent_type type)
{
	const int64_t amounts[PATENT_TYPE_COUNT] = {
		[PATENT_TYPE_UNKNOWN] = NO_FEE,
		[PATENT_INVENTION] = rule->invention,
		[PATENT_UTILITY] = rule->utility,
		[PATENT_DESIGN] = rule->design,
	};

	return amounts[type];
}

static bool check_reduction(int64_t reduction, struct error *error)
{
	if (reduction == 0 || reduction == 70 || reduction == 85)
		return true;
	return error_set(error, ERROR_USAGE, "rule.reduction", "%lld", (long long)reduction);
}

static bool check_count(int64_t count, int64_t min, const char *what, struct error *error)
{
	if (count >= min && count <= FEE_COUNT_MAX)
		return true;
	return error_set(error, ERROR_USAGE, "rule.count", "%s %lld (%lld..%d)", what,
			 (long long)count, (long long)min, FEE_COUNT_MAX);
}

/* Adds an act to the bill; none of it adds nothing. */
static bool add(struct fee_bill *bill, const char *id, const struct fee_filing *filing,
		int64_t count, date on, struct error *error)
{
	const struct fee_rule *rule = fee_find(str_of(id), on);
	int64_t unit = rule ? fee_unit_amount(rule, filing->type) : NO_FEE;
	int64_t full = unit * count;
	bool is_reduced = rule && rule->is_reducible && filing->reduction > 0;

	if (!rule)
		return error_set(error, ERROR_USAGE, "rule.unknown_fee", "%s", id);
	if (count <= 0)
		return true;
	if (unit == NO_FEE)
		return error_set(error, ERROR_USAGE, "rule.no_fee", "%s %s", rule->id,
				 patent_types[filing->type].name);
	bill->items[bill->count++] = (struct fee_item){
		.kind = FEE_ITEM_ACT,
		.rule = rule,
		.count = count,
		.amount = is_reduced ? full * (100 - filing->reduction) / 100 : full,
		.is_reduced = is_reduced,
		.mark = rule->mark,
		.basis = rule->basis,
		.due = DATE_NONE,
	};
	bill->total += bill->items[bill->count - 1].amount;
	return true;
}

static int64_t above(int64_t count, int64_t free)
{
	return count > free ? count - free : 0;
}

static int64_t at_most(int64_t count, int64_t limit)
{
	return count < limit ? count : limit;
}

bool fee_bill_filing(const struct fee_filing *filing, date on, struct fee_bill *bill_out,
		     struct error *error)
{
	const struct {
		const char *id;
		int64_t count;
	} parts[] = {
		{ "application", 1 },
		{ "printing", filing->type == PATENT_INVENTION },
		{ "claims", above(filing->claims, FREE_CLAIMS) },
		{ "pages-31", above(at_most(filing->pages, CHEAP_PAGES), FREE_PAGES) },
		{ "pages-301", above(filing->pages, CHEAP_PAGES) },
		{ "priority", filing->priorities },
		{ "examination", filing->examination },
	};

	memset(bill_out, 0, sizeof(*bill_out));
	if (!check_reduction(filing->reduction, error) ||
	    !check_count(filing->claims, 0, "claims", error) ||
	    !check_count(filing->pages, 0, "pages", error) ||
	    !check_count(filing->priorities, 0, "priorities", error))
		return false;
	for (size_t i = 0; i < COUNT(parts); i++)
		if (!add(bill_out, parts[i].id, filing, parts[i].count, on, error))
			return false;
	return true;
}

bool fee_bill_act(struct str id, enum patent_type type, int64_t count, int64_t reduction, date on,
		  struct fee_bill *bill_out, struct error *error)
{
	const struct fee_filing filing = { .type = type, .reduction = reduction };
	const struct fee_rule *rule = fee_find(id, on);

	memset(bill_out, 0, sizeof(*bill_out));
	if (!rule)
		return error_set(error, ERROR_USAGE, "rule.unknown_fee", "%.*s", STR_ARGS(id));
	return check_reduction(reduction, error) && check_count(count, 1, rule->id, error) &&
	       add(bill_out, rule->id, &filing, count, on, error);
}

int64_t fee_examination_refund(int64_t paid, date withdrawn, date reply_until, bool is_replied)
{
	return withdrawn <= reply_until && !is_replied ? paid / 2 : 0;
}
