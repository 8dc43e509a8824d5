/*
 * What other rows derive from a patent case: it is made when a disclosure is filed; deadlines counted from
 * its days move with them; when it is over, nothing of it is due any more.
 */
#include "record/beside.h"
#include "types/types_internal.h"

/* ---- Filing. */
static bool docket_is_free(struct record_store *store, int64_t organisation, struct str docket,
			   bool *free_out, struct error *error)
{
	const struct value number = { .text = docket.data };
	struct record **rows;
	size_t count;

	*free_out = true;
	if (!record_load_where(store, &patent_case_type, CASE_NUMBER, &number, &rows, &count,
			       error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (rows[i]->organisation_id == organisation)
			*free_out = false;
	return true;
}

/* "AJ2026-0017" after the disclosure; with a letter behind it when somebody has taken that. */
static bool set_docket(struct record *patent, const struct record *disclosure,
		       struct record_store *store, struct error *error)
{
	for (char end = 'A'; end <= 'Z'; end++) {
		char *docket = arena_printf(store->arena, "AJ%d-%04lld%.*s",
					    date_year(store->today), (long long)disclosure->id,
					    end > 'A', &end);
		bool is_free;

		if (!docket_is_free(store, disclosure->organisation_id, str_of(docket), &is_free,
				    error))
			return false;
		if (!is_free)
			continue;
		record_set_text(store, patent, CASE_NUMBER, str_of(docket));
		return true;
	}
	return error_set_field(error, "code", "record.taken");
}

static struct str type_wanted(const struct record *disclosure)
{
	return record_is_set(disclosure, DISCLOSURE_PATENT_TYPE)
		       ? str_of(record_text(disclosure, DISCLOSURE_PATENT_TYPE))
		       : STR("invention");
}

static bool set_claims(struct record *patent, const struct record *disclosure,
		       struct record_store *store, struct error *error)
{
	const struct value id = { .integer = disclosure->id };
	struct record **drafts;
	size_t count;

	if (!record_load_where(store, &draft_type, DRAFT_DISCLOSURE, &id, &drafts, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(drafts[i]->state, "confirmed") != 0)
			continue;
		if (record_is_set(drafts[i], DRAFT_CLAIMS))
			record_set_integer(patent, CASE_CLAIMS,
					   record_integer(drafts[i], DRAFT_CLAIMS));
		record_set_text(store, patent, CASE_AGENT,
				str_of(record_text(drafts[i], DRAFT_AGENT)));
	}
	return true;
}

static void copy_values(struct record *patent, const struct record *disclosure)
{
	static const size_t pairs[][2] = { { CASE_TITLE, DISCLOSURE_TITLE },
					   { CASE_KEY_FIELD, DISCLOSURE_KEY_FIELD },
					   { CASE_PROJECT, DISCLOSURE_PROJECT },
					   { CASE_INVENTORS, DISCLOSURE_INVENTORS },
					   { CASE_AGENCY, DISCLOSURE_AGENCY },
					   { CASE_PRIORITY_ON, DISCLOSURE_FIRST_FILED_ON } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		patent->values[pairs[i][0]] = disclosure->values[pairs[i][1]];
}

static bool make_case(const struct record *disclosure, struct record_store *store,
		      struct record **patent_out, struct error *error)
{
	struct record *patent = record_new(store, &patent_case_type);

	patent->organisation_id = disclosure->organisation_id;
	copy_values(patent, disclosure);
	record_set_integer(patent, CASE_DISCLOSURE, disclosure->id);
	record_set_integer(patent, CASE_OWNER, store->actor->user_id);
	record_set_text(store, patent, CASE_TYPE, type_wanted(disclosure));
	record_set_text(store, patent, CASE_OFFICE, STR("CN"));
	*patent_out = patent;
	return set_docket(patent, disclosure, store, error) &&
	       set_claims(patent, disclosure, store, error) &&
	       types_create_for(store, patent, error);
}

bool case_file(const struct record *disclosure, struct record_store *store, struct error *error)
{
	const struct value id = { .integer = disclosure->id };
	struct record **cases, *patent = NULL;
	size_t count;

	if (!record_load_where(store, &patent_case_type, CASE_DISCLOSURE, &id, &cases, &count,
			       error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(cases[i]->state, "planned") == 0)
			patent = cases[i];
	if (count && !patent) /* filed already, by hand */
		return true;
	if (!patent && !make_case(disclosure, store, &patent, error))
		return false;
	return case_move(patent, STR("submit"), store->today, store, error) &&
	       types_save_for(store, patent, "submit", error);
}

/* ---- Deadlines. */
bool deadline_is_running(const struct record *deadline)
{
	return name_is_listed(",open,acknowledged,deletion,", str_of(deadline->state));
}

date case_starting_day(const struct record *patent, enum deadline_base base)
{
	static const size_t days[BASE_COUNT] = { [BASE_PRIORITY] = CASE_PRIORITY_ON,
						 [BASE_FILING] = CASE_FILED_ON,
						 [BASE_PUBLICATION] = CASE_PUBLISHED_ON,
						 [BASE_GRANT] = CASE_GRANTED_ON };

	if (base == BASE_PRIORITY && !record_is_set(patent, CASE_PRIORITY_ON))
		base = BASE_FILING;
	return days[base] ? record_date(patent, days[base]) : DATE_NONE;
}

static bool load_deadlines(struct record_store *store, int64_t case_id,
			   struct record ***deadlines_out, size_t *count_out, struct error *error)
{
	const struct value id = { .integer = case_id };

	return record_load_where(store, &deadline_type, DEADLINE_CASE, &id, deadlines_out,
				 count_out, error);
}

bool deadline_finish(struct record_store *store, int64_t case_id, struct str rule, date due,
		     const char *state, struct str outcome, struct error *error)
{
	struct record **deadlines;
	size_t count;

	if (!load_deadlines(store, case_id, &deadlines, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!deadline_is_running(deadlines[i]) ||
		    (rule.size &&
		     !str_equal_cstr(rule, record_text(deadlines[i], DEADLINE_RULE))) ||
		    (due != DATE_NONE && record_date(deadlines[i], DEADLINE_DUE_ON) != due))
			continue;
		deadlines[i]->state = state;
		if (outcome.size)
			record_set_text(store, deadlines[i], DEADLINE_OUTCOME, outcome);
		if (strcmp(state, "done") == 0)
			record_set_date(store, deadlines[i], DEADLINE_DONE_ON, store->today);
		if (!types_save_for(store, deadlines[i], state, error))
			return false;
	}
	return true;
}

/* What moved stands in the history, and for people in a comment. */
static bool tell_difference(struct record *deadline, const char *base_before, const char *before,
			    struct record_store *store, struct error *error)
{
	struct record_store operators = *store;
	struct actor actor = *store->actor;
	struct str text = str_of(arena_printf(store->arena, "起算日 %s → %s，届满日 %s → %s",
					      base_before, record_text(deadline, DEADLINE_BASE_ON),
					      before, record_text(deadline, DEADLINE_DUE_ON)));

	actor.is_operator = true;
	operators.actor = &actor;
	return record_comment_add(&operators, deadline, text, error);
}

static bool follow_one(struct record *deadline, const struct record *patent,
		       struct record_store *store, struct error *error)
{
	const struct deadline_rule *rule = deadline_find(
		str_of(record_text(deadline, DEADLINE_RULE)),
		record_date(deadline, DEADLINE_BASE_ON));
	const char *base = record_text(deadline, DEADLINE_BASE_ON),
		   *due = record_text(deadline, DEADLINE_DUE_ON);
	date day = rule ? case_starting_day(patent, rule->base) : DATE_NONE;
	date other = rule ? case_starting_day(patent, rule->other_base) : DATE_NONE;

	if (!record_integer(deadline, DEADLINE_FOLLOWS) || !deadline_is_running(deadline))
		return true;
	if (day != DATE_NONE)
		record_set_date(store, deadline, DEADLINE_BASE_ON, day);
	if (other != DATE_NONE && record_is_set(deadline, DEADLINE_OTHER_ON))
		record_set_date(store, deadline, DEADLINE_OTHER_ON, other);
	if (!types_save_for(store, deadline, "recompute", error))
		return false;
	return strcmp(due, record_text(deadline, DEADLINE_DUE_ON)) == 0 ||
	       tell_difference(deadline, base, due, store, error);
}

static bool follow_deadlines(const struct record *patent, struct record_store *store,
			     struct error *error)
{
	struct record **deadlines;
	size_t count;

	if (!load_deadlines(store, patent->id, &deadlines, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!follow_one(deadlines[i], patent, store, error))
			return false;
	return true;
}

/* Amounts follow the case's type, days, reduction and grade; what is over is not paid any more. */
static bool follow_fees(const struct record *patent, bool is_over, struct record_store *store,
			struct error *error)
{
	const struct value id = { .integer = patent->id };
	struct record **fees;
	size_t count;

	if (!record_load_where(store, &fee_type, FEE_CASE, &id, &fees, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!name_is_listed(",planned,approved,", str_of(fees[i]->state)))
			continue;
		if (is_over)
			fees[i]->state = "dropped";
		if (!types_save_for(store, fees[i], is_over ? "drop" : "recompute", error))
			return false;
	}
	return true;
}

bool case_follow(struct record *patent, struct record_store *store, struct error *error)
{
	bool is_over = str_starts_with(str_of(patent->state), STR("final_")) ||
		       strcmp(patent->state, "refused") == 0;

	if (is_over)
		return deadline_finish(store, patent->id, STR_EMPTY, DATE_NONE, "closed", STR_EMPTY,
				       error) &&
		       follow_fees(patent, true, store, error);
	return follow_deadlines(patent, store, error) && follow_fees(patent, false, store, error) &&
	       case_keep_annuities(patent, store, error);
}
