#include "rule/high_value.h"
#include "base/strbuf.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { AGE_MONTHS = 120 };

static const struct high_value_rule rules[] = {
#include "rule/high_value_categories.inc"
};

static const struct {
	const char *word;
	bool counts;
} awards[] = {
#include "rule/high_value_awards.inc"
};

const struct high_value_rule *high_value_rules(size_t *count_out)
{
	*count_out = COUNT(rules);
	return rules;
}

/* The edition in force on the day, else the first of the category. */
static const struct high_value_rule *rule_on(enum high_value_category category, date day)
{
	const struct high_value_rule *first = NULL;
	const char id[] = { 'C', (char)('1' + (int)category), 0 };

	for (size_t i = 0; i < COUNT(rules); i++) {
		if (strcmp(rules[i].id, id) != 0)
			continue;
		if (rule_is_in_force(rules[i].edition, rules[i].until, day))
			return &rules[i];
		if (!first)
			first = &rules[i];
	}
	return first;
}

struct test {
	struct arena *arena; /* NULL: no evidence */
	const struct patent_case *patent;
	date day;
	const struct high_value_options *options;
	struct high_value *result;
};

static void meet(const struct test *test, enum high_value_category category, date since,
		 const char *evidence)
{
	struct high_value_hit *hit = &test->result->hits[category];

	if (since > test->day || (hit->is_met && hit->since <= since))
		return;
	hit->is_met = true;
	hit->since = since;
	hit->evidence = str_of(evidence);
}

static const char *fact_evidence(const struct test *test, const struct case_fact *fact)
{
	char from[DATE_TEXT_SIZE];

	return test->arena ? arena_printf(test->arena, "%.*s %s", STR_ARGS(fact->name),
					  date_format(fact->from, from))
			   : NULL;
}

static date later(date a, date b)
{
	return a > b ? a : b;
}

static void test_industry(const struct test *test)
{
	struct sei_match match;
	bool counts;

	if (!test->options->sei)
		return;
	match = sei_match(test->options->sei, test->patent);
	counts = match.strength > SEI_UNSURE ||
		 (match.strength == SEI_UNSURE && test->options->is_wide);
	test->result->is_unsure = match.strength == SEI_UNSURE;
	if (counts)
		meet(test, HIGH_VALUE_INDUSTRY, test->patent->dates[CASE_GRANTED],
		     test->arena
			     ? arena_printf(test->arena, "%s → %.*s %.*s%s%.*s", match.symbol,
					    STR_ARGS(match.rule->code), STR_ARGS(match.rule->name),
					    match.word.size ? " · " : "", STR_ARGS(match.word))
			     : NULL);
}

static bool is_abroad(const struct test *test, struct str country)
{
	if (!country.size || sheet_is_word(country, "CN;中国"))
		return false;
	return test->options->with_hk_mo_tw || !sheet_is_word(country, "HK;MO;TW;香港;澳门;台湾");
}

static void test_abroad(const struct test *test, const struct case_fact *fact)
{
	bool is_on = case_fact_is_on(fact, test->day) ||
		     (test->options->abroad_lapsed && fact->from != DATE_NONE &&
		      fact->from <= test->day);

	if (is_on && is_abroad(test, fact->name))
		meet(test, HIGH_VALUE_ABROAD, later(fact->from, test->patent->dates[CASE_GRANTED]),
		     fact_evidence(test, fact));
}

static void test_age(const struct test *test)
{
	const date *dates = test->patent->dates;
	date start = dates[test->options->age_from_grant ? CASE_GRANTED : CASE_FILED];
	date since = later(date_add_months(start, AGE_MONTHS) + 1, dates[CASE_GRANTED]);
	char from[DATE_TEXT_SIZE];

	meet(test, HIGH_VALUE_AGE, since,
	     test->arena ? arena_printf(test->arena, "%s", date_format(start, from)) : NULL);
}

static void test_pledge(const struct test *test, const struct case_fact *fact)
{
	int64_t threshold = test->options->pledge_threshold;
	int64_t share = fact->amount / (fact->patents > 0 ? fact->patents : 1);

	if (threshold > 0 && share >= threshold)
		meet(test, HIGH_VALUE_PLEDGE, later(fact->from, test->patent->dates[CASE_GRANTED]),
		     fact_evidence(test, fact));
}

static bool award_counts(struct str name)
{
	for (size_t i = 0; i < COUNT(awards); i++)
		if (str_find(name, str_of(awards[i].word)) != STR_NOT_FOUND)
			return awards[i].counts;
	return false;
}

static void test_award(const struct test *test, const struct case_fact *fact)
{
	if (fact->from != DATE_NONE && award_counts(fact->name))
		meet(test, HIGH_VALUE_AWARD, later(fact->from, test->patent->dates[CASE_GRANTED]),
		     fact_evidence(test, fact));
}

static void test_override(const struct test *test, const struct case_fact *fact)
{
	if (!case_fact_is_on(fact, test->day))
		return;
	test->result->is_manual = true;
	test->result->manual_reason = fact->name;
}

static void test_facts(const struct test *test)
{
	for (size_t i = 0; i < test->patent->fact_count; i++) {
		const struct case_fact *fact = &test->patent->facts[i];

		if (fact->kind == CASE_FOREIGN_GRANT)
			test_abroad(test, fact);
		else if (fact->kind == CASE_PLEDGE)
			test_pledge(test, fact);
		else if (fact->kind == CASE_AWARD)
			test_award(test, fact);
		else if (fact->kind == CASE_OVERRIDE)
			test_override(test, fact);
	}
}

void high_value_test(struct arena *arena, const struct patent_case *patent, date day,
		     const struct high_value_options *options, struct high_value *result_out)
{
	struct test test = { arena, patent, day, options, result_out };

	*result_out = (struct high_value){ .is_in_force = false };
	for (size_t i = 0; i < HIGH_VALUE_CATEGORY_COUNT; i++)
		result_out->hits[i].rule = rule_on((enum high_value_category)i, day);
	result_out->is_in_force = patent->type == PATENT_INVENTION &&
				  case_is_in_force(patent, day, options->basis);
	if (!result_out->is_in_force)
		return;
	result_out->is_grace = patent->dates[CASE_UNPAID] != DATE_NONE &&
			       patent->dates[CASE_UNPAID] <= day;
	test_industry(&test);
	test_age(&test);
	test_facts(&test);
	result_out->is_high = result_out->is_manual;
	for (size_t i = 0; i < HIGH_VALUE_CATEGORY_COUNT; i++)
		result_out->is_high |= result_out->hits[i].is_met;
	result_out->is_unsure &= !result_out->hits[HIGH_VALUE_INDUSTRY].is_met;
}

struct high_value_stock high_value_stock(const struct patent_case *cases, size_t count, date day,
					 const struct high_value_options *options)
{
	struct high_value_stock stock = { .day = day };

	for (size_t i = 0; i < count; i++) {
		struct high_value value;

		if (!case_is_held(&cases[i], day))
			continue;
		high_value_test(NULL, &cases[i], day, options, &value);
		stock.in_force += value.is_in_force;
		stock.high += value.is_high;
		stock.unsure += value.is_unsure && !value.is_high;
		stock.manual += value.is_manual;
		for (size_t c = 0; c < HIGH_VALUE_CATEGORY_COUNT; c++)
			stock.by_category[c] += value.hits[c].is_met;
	}
	return stock;
}
