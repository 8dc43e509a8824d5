/* T3: how many of the high-value inventions in force are put to use. */
#include "base/map.h"
#include "rule/indicator_internal.h"

/* Does the fact count as use by the formula on the day? */
static bool counts(const struct indicator_input *input, enum indicator_formula formula,
		   const struct case_fact *fact)
{
	if (fact->kind != CASE_USE || fact->use > USE_STANDARD || fact->from > input->as_of ||
	    (input->in_period && input->from != DATE_NONE && fact->from < input->from))
		return false;
	if (formula == FORMULA_USE_MARKET)
		return fact->on_market;
	if (formula == FORMULA_USE_STRICT)
		return fact->use == USE_OWN ||
		       (fact->use == USE_LICENCE && (fact->with_royalty || fact->on_market));
	return true;
}

static bool is_used(const struct indicator_input *input, enum indicator_formula formula,
		    const struct patent_case *patent)
{
	for (size_t i = 0; i < patent->fact_count; i++)
		if (counts(input, formula, &patent->facts[i]))
			return true;
	return false;
}

/* Handed on so that others use it: stays in the list by the broad method only (S3, S4). */
static bool is_used_elsewhere(const struct indicator_input *input, enum indicator_formula formula,
			      const struct patent_case *patent)
{
	for (size_t i = 0; formula == FORMULA_USE_BROAD && i < patent->fact_count; i++) {
		const struct case_fact *fact = &patent->facts[i];

		if ((fact->use == USE_TRANSFER || fact->use == USE_SHARES) &&
		    counts(input, formula, fact))
			return true;
	}
	return false;
}

static enum indicator_reason reason_of(const struct indicator_run *run,
				       const struct patent_case *patent, struct map *seen,
				       struct high_value *value)
{
	const struct indicator_input *input = run->input;
	enum indicator_reason reason = indicator_base_reason(input, patent, seen);

	if (reason != REASON_NONE)
		return reason;
	high_value_test(NULL, patent, input->as_of, &input->high_value, value);
	if (!value->is_in_force)
		return REASON_NOT_IN_FORCE;
	if (!case_is_held(patent, input->as_of) &&
	    !is_used_elsewhere(input, run->result->method->formula, patent))
		return REASON_NOT_HELD;
	return value->is_high ? REASON_NONE : REASON_NOT_HIGH;
}

void indicator_run_use(const struct indicator_run *run)
{
	static const struct {
		enum indicator_formula formula;
		const char *name;
		struct label label;
	} beside[] = {
		{ FORMULA_USE_BROAD, "broad", { "广义口径实施件数", "used, broad" } },
		{ FORMULA_USE_STRICT, "strict", { "严格口径实施件数", "used, strict" } },
		{ FORMULA_USE_MARKET, "industrialised", { "产业化件数", "on the market" } },
	};
	struct map *seen = map_create();
	double used[3] = { 0 }, all = 0, grace = 0, unsure = 0, counted = 0;

	for (size_t i = 0; i < run->input->case_count; i++) {
		const struct patent_case *patent = &run->input->cases[i];
		struct high_value value = { .is_high = false };
		enum indicator_reason reason = reason_of(run, patent, seen, &value);
		struct indicator_record *record = indicator_add_record(run, patent->id, reason);

		unsure += reason == REASON_NOT_HIGH && value.is_unsure;
		if (reason != REASON_NONE)
			continue;
		record->in_denominator = true;
		record->in_numerator = is_used(run->input, run->result->method->formula, patent);
		all++;
		counted += record->in_numerator;
		grace += value.is_grace;
		for (size_t k = 0; k < 3; k++)
			used[k] += is_used(run->input, beside[k].formula, patent);
	}
	map_destroy(seen);
	indicator_set_ratio(run, counted, all);
	for (size_t k = 0; k < 3; k++)
		indicator_add_extra(run, beside[k].name, beside[k].label, used[k]);
	indicator_add_extra(run, "grace", (struct label){ "滞纳期内", "annuity overdue" }, grace);
	indicator_add_extra(run, "unsure",
			    (struct label){ "产业分类待确认", "industry to be confirmed" }, unsure);
	if (run->input->high_value.pledge_threshold <= 0)
		indicator_add_note(run, "未设质押金额标准，第四类未测",
				   "no pledge threshold is set: category C4 is not tested");
	if (run->input->high_value.sei && !sei_is_official(run->input->high_value.sei))
		indicator_add_note(run, "战略性新兴产业分类用的是参考表，非官方",
				   "industries by the small table, which is not official");
}
