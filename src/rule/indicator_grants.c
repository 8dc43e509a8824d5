/* T2: how many of the inventions are granted, by four denominators. */
#include "base/map.h"
#include "rule/indicator_internal.h"

enum { FEW = 20 };

struct counts {
	double granted, all, pending, contested;
};

static bool is_inside(const struct indicator_input *input, date day)
{
	return day != DATE_NONE && day <= input->as_of &&
	       (input->from == DATE_NONE || day >= input->from);
}

/* Withdrawn before the examiner began: no outcome of the examination. */
static bool is_before_examination(const struct patent_case *patent, enum case_outcome outcome,
				  date since)
{
	if (outcome != OUTCOME_WITHDRAWN && outcome != OUTCOME_DEEMED_WITHDRAWN)
		return false;
	return !patent->is_examination_unknown &&
	       (patent->dates[CASE_EXAMINED] == DATE_NONE || patent->dates[CASE_EXAMINED] > since);
}

/* concluded, decided: by the day of the outcome. */
static enum indicator_reason by_outcome(const struct indicator_run *run,
					const struct patent_case *patent, enum case_outcome outcome,
					date since)
{
	if (outcome == OUTCOME_NONE)
		return REASON_PENDING;
	if (outcome == OUTCOME_CONTESTED)
		return REASON_CONTESTED;
	if (!is_inside(run->input, since))
		return REASON_OUTSIDE;
	if (is_before_examination(patent, outcome, since))
		return REASON_BEFORE_EXAMINATION;
	if (run->result->method->formula == FORMULA_DECIDED && outcome != OUTCOME_GRANTED &&
	    outcome != OUTCOME_REJECTED)
		return REASON_METHOD;
	return REASON_NONE;
}

static void count_case(const struct indicator_run *run, const struct patent_case *patent,
		       enum indicator_reason reason, struct counts *counts)
{
	enum indicator_formula formula = run->result->method->formula;
	bool is_filed_inside = is_inside(run->input, patent->dates[CASE_FILED]);
	struct indicator_record *record = indicator_add_record(run, patent->id, reason);
	enum case_outcome outcome;
	date since;

	if (reason != REASON_NONE)
		return;
	outcome = case_outcome_on(patent, run->input->as_of, &since);
	record->in_numerator = outcome == OUTCOME_GRANTED;
	record->in_denominator = true;
	if (formula == FORMULA_GROSS) {
		record->in_numerator &= is_inside(run->input, since);
		record->in_denominator = is_filed_inside;
		if (!record->in_numerator && !record->in_denominator)
			record->reason = REASON_OUTSIDE;
	} else {
		record->reason = formula != FORMULA_COHORT ? by_outcome(run, patent, outcome, since)
				 : is_filed_inside         ? REASON_NONE
							   : REASON_OUTSIDE;
		record->in_denominator = record->reason == REASON_NONE;
		record->in_numerator &= record->in_denominator;
	}
	counts->granted += record->in_numerator;
	counts->all += record->in_denominator;
	counts->contested += outcome == OUTCOME_CONTESTED;
	counts->pending += record->reason == REASON_PENDING ||
			   (record->in_denominator && outcome == OUTCOME_NONE);
}

void indicator_run_grants(const struct indicator_run *run)
{
	struct map *seen = map_create();
	struct counts counts = { 0 };

	for (size_t i = 0; i < run->input->case_count; i++) {
		const struct patent_case *patent = &run->input->cases[i];

		count_case(run, patent, indicator_base_reason(run->input, patent, seen), &counts);
	}
	map_destroy(seen);
	indicator_set_ratio(run, counts.granted, counts.all);
	indicator_add_extra(run, "pending", (struct label){ "在审", "pending" }, counts.pending);
	indicator_add_extra(run, "contested",
			    (struct label){ "驳回未生效", "rejected, open to review" },
			    counts.contested);
	if (run->result->method->formula == FORMULA_COHORT && counts.all > 0)
		indicator_add_extra(run, "pending_share",
				    (struct label){ "在审占比", "share still pending" },
				    counts.pending / counts.all);
	if (counts.all > 0 && counts.all < FEW)
		indicator_add_note(run, "分母不足 20，比率波动较大",
				   "fewer than 20 in the denominator: the rate is unsteady");
	if (run->result->method->formula == FORMULA_GROSS)
		indicator_add_note(run, "申请量增长时该口径偏低，仅供对照",
				   "too low while filings grow: for comparison only");
}
