#include "rule/patent_case.h"
#include "rule/deadline.h"

enum { TERM_MONTHS = 240, REVIEW_MONTHS = 3 };

const struct case_use_info case_uses[USE_COUNT] = {
	[USE_OWN] = { "S1", "own;self;自行实施;自施", { "自行实施", "own use" } },
	[USE_LICENCE] = { "S2", "licence;license;许可;许可实施", { "许可实施", "licence" } },
	[USE_TRANSFER] = { "S3",
			   "transfer;assignment;转让;转让后实施",
			   { "转让后实施", "use after transfer" } },
	[USE_SHARES] = { "S4",
			 "shares;contribution;作价入股",
			 { "作价入股", "contribution as shares" } },
	[USE_STANDARD] = { "S5", "standard;标准;标准实施", { "标准实施", "use in a standard" } },
	[USE_PLEDGE] = { "pledge", "质押", { "质押", "pledge" } },
	[USE_SECURITY] = { "securitisation", "证券化", { "证券化", "securitisation" } },
	[USE_LITIGATION] = { "litigation", "诉讼;维权", { "诉讼", "litigation" } },
};

const struct label case_outcomes[OUTCOME_COUNT] = {
	[OUTCOME_NONE] = { "审中", "pending" },
	[OUTCOME_GRANTED] = { "授权", "granted" },
	[OUTCOME_CONTESTED] = { "驳回未生效", "rejected, may be reviewed" },
	[OUTCOME_REJECTED] = { "驳回生效", "rejected" },
	[OUTCOME_WITHDRAWN] = { "主动撤回", "withdrawn" },
	[OUTCOME_DEEMED_WITHDRAWN] = { "视为撤回", "deemed withdrawn" },
	[OUTCOME_GRANT_ABANDONED] = { "视为放弃取得专利权", "grant abandoned" },
};

static bool has_come(const struct patent_case *patent, enum case_date which, date day)
{
	return patent->dates[which] != DATE_NONE && patent->dates[which] <= day;
}

/* A loss that came, and was not restored since. */
static bool is_lost(const struct patent_case *patent, enum case_date which, date day)
{
	return has_come(patent, which, day) &&
	       !(has_come(patent, CASE_RESTORED, day) &&
		 patent->dates[CASE_RESTORED] >= patent->dates[which]);
}

/* The first day a rejection nobody asked to review is final. */
static date review_end(date rejected)
{
	struct deadline_request request = { .rule = STR("R02"),
					    .from = rejected,
					    .other = DATE_NONE };
	struct deadline deadline;
	struct error error;

	if (deadline_compute(&request, &deadline, &error))
		return deadline.legal + 1;
	return date_add_months(rejected, REVIEW_MONTHS) + 1;
}

static enum case_outcome rejection_on(const struct patent_case *patent, date day, date *since_out)
{
	date final = review_end(patent->dates[CASE_REJECTED]);

	*since_out = patent->dates[CASE_REJECTED];
	if (has_come(patent, CASE_REJECTION_REVERSED, day))
		return OUTCOME_NONE;
	if (has_come(patent, CASE_REJECTION_UPHELD, day)) {
		*since_out = patent->dates[CASE_REJECTION_UPHELD];
		return OUTCOME_REJECTED;
	}
	if (has_come(patent, CASE_REVIEW_REQUESTED, day) || day < final)
		return OUTCOME_CONTESTED;
	*since_out = final;
	return OUTCOME_REJECTED;
}

enum case_outcome case_outcome_on(const struct patent_case *patent, date day, date *since_out)
{
	static const struct {
		enum case_date date;
		enum case_outcome outcome;
	} losses[] = {
		{ CASE_WITHDRAWN, OUTCOME_WITHDRAWN },
		{ CASE_DEEMED_WITHDRAWN, OUTCOME_DEEMED_WITHDRAWN },
		{ CASE_GRANT_ABANDONED, OUTCOME_GRANT_ABANDONED },
	};
	enum case_outcome outcome = OUTCOME_NONE;

	*since_out = patent->dates[CASE_FILED];
	if (has_come(patent, CASE_GRANTED, day)) {
		*since_out = patent->dates[CASE_GRANTED];
		return OUTCOME_GRANTED;
	}
	for (size_t i = 0; i < sizeof(losses) / sizeof(losses[0]); i++)
		if (is_lost(patent, losses[i].date, day)) {
			*since_out = patent->dates[losses[i].date];
			return losses[i].outcome;
		}
	if (has_come(patent, CASE_REJECTED, day))
		outcome = rejection_on(patent, day, since_out);
	return outcome;
}

static date earlier(date a, date b)
{
	return a == DATE_NONE || (b != DATE_NONE && b < a) ? b : a;
}

date case_end(const struct patent_case *patent, date day, enum case_basis basis)
{
	const date *dates = patent->dates;
	date known = dates[CASE_END_KNOWN] == DATE_NONE ? dates[CASE_ENDED] : dates[CASE_END_KNOWN];
	date end = date_add_months(dates[CASE_FILED], TERM_MONTHS) + (date)patent->adjustment + 1;
	bool is_restored = has_come(patent, CASE_RESTORED, day) && dates[CASE_ENDED] != DATE_NONE &&
			   dates[CASE_RESTORED] >= dates[CASE_ENDED];

	if (!is_restored)
		end = earlier(end, basis == BASIS_REPORTED ? known : dates[CASE_ENDED]);
	if (dates[CASE_INVALIDATED] != DATE_NONE)
		end = earlier(end, basis == BASIS_REPORTED ? dates[CASE_INVALIDATED]
							   : dates[CASE_GRANTED]);
	return end;
}

bool case_is_in_force(const struct patent_case *patent, date day, enum case_basis basis)
{
	return patent->dates[CASE_FILED] != DATE_NONE && has_come(patent, CASE_GRANTED, day) &&
	       day < case_end(patent, day, basis);
}

bool case_is_held(const struct patent_case *patent, date day)
{
	if (patent->dates[CASE_ACQUIRED] != DATE_NONE && patent->dates[CASE_ACQUIRED] > day)
		return false;
	return !has_come(patent, CASE_TRANSFERRED, day);
}

bool case_fact_is_on(const struct case_fact *fact, date day)
{
	return fact->from != DATE_NONE && fact->from <= day &&
	       (fact->until == DATE_NONE || day < fact->until);
}
