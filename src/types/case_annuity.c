/*
 * Annuities as a chain: the first is due with the registration of the grant, each further one is planned
 * when the one before it is paid; unpaid ones lead into the grace period (rule/fee.h).
 */
#include "record/beside.h"
#include "rule/fee.h"
#include "types/types_internal.h"

static bool is_annuity(const struct record *fee)
{
	return types_choice_is(fee, FEE_KIND, "annuity");
}

static bool is_registration(const struct record *fee)
{
	return types_choice_is(fee, FEE_RULE, FEE_REGISTRATION);
}

static bool load_fees(int64_t case_id, struct record_store *store, struct record ***fees_out,
		      size_t *count_out, struct error *error)
{
	const struct value id = { .integer = case_id };

	return record_load_where(store, &fee_type, FEE_CASE, &id, fees_out, count_out, error);
}

/* The case's annuity of the latest year, or NULL. */
static bool find_latest(int64_t case_id, struct record_store *store, struct record **latest_out,
			struct error *error)
{
	struct record **fees;
	size_t count;

	*latest_out = NULL;
	if (!load_fees(case_id, store, &fees, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (is_annuity(fees[i]) &&
		    (!*latest_out ||
		     record_integer(fees[i], FEE_YEAR) > record_integer(*latest_out, FEE_YEAR)))
			*latest_out = fees[i];
	return true;
}

/* Names the one there is: what it is, its number, how far it has come. */
static bool refuse_second(const struct record *other, struct error *error)
{
	const struct choice *state = choice_find(fee_type.states, str_of(other->state));

	error_set(error, ERROR_INVALID, "types.annuity_exists", "%s #%lld %s", record_title(other),
		  (long long)other->id, state ? state->label.zh : other->state);
	error->field = "year";
	return false;
}

bool case_claim_annuity(struct record *fee, struct record_store *store, struct error *error)
{
	int64_t case_id = record_integer(fee, FEE_CASE), year = record_integer(fee, FEE_YEAR);
	struct record **fees;
	size_t count;

	if (!is_annuity(fee) || !year)
		return true;
	if (!load_fees(case_id, store, &fees, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (is_annuity(fees[i]) && record_integer(fees[i], FEE_YEAR) == year)
			return refuse_second(fees[i], error);
	record_set_text(store, fee, FEE_ANNUITY,
			str_of(arena_printf(store->arena, "%lld/%lld", (long long)case_id,
					    (long long)year)));
	return true;
}

static struct record *new_fee(const struct record *patent, int64_t year, struct record_store *store)
{
	struct record *fee = record_new(store, &fee_type);

	fee->organisation_id = patent->organisation_id;
	record_set_integer(fee, FEE_CASE, patent->id);
	record_set_text(store, fee, FEE_KIND, STR("annuity"));
	record_set_integer(fee, FEE_YEAR, year);
	record_set_integer(fee, FEE_OWNER, record_integer(patent, CASE_OWNER));
	return fee;
}

static struct record *new_deadline(const struct record *patent, struct str rule, date base,
				   struct record_store *store)
{
	struct record *deadline = record_new(store, &deadline_type);

	deadline->organisation_id = patent->organisation_id;
	record_set_integer(deadline, DEADLINE_CASE, patent->id);
	record_set_text(store, deadline, DEADLINE_RULE, rule);
	record_set_date(store, deadline, DEADLINE_BASE_ON, base);
	record_set_integer(deadline, DEADLINE_OWNER, record_integer(patent, CASE_OWNER));
	return deadline;
}

bool case_begin_annuities(const struct record *deadline, struct record_store *store,
			  struct error *error)
{
	struct record *patent, *latest, *fee;
	date filed;

	if (!record_load(store, &patent_case_type, record_integer(deadline, DEADLINE_CASE), &patent,
			 error) ||
	    !find_latest(patent->id, store, &latest, error))
		return false;
	filed = record_date(patent, CASE_FILED_ON);
	if (latest || filed == DATE_NONE)
		return true;
	fee = new_fee(patent, annuity_year_of(filed, record_date(deadline, DEADLINE_BASE_ON)),
		      store);
	record_set_text(store, fee, FEE_RULE, STR(FEE_REGISTRATION));
	record_set_date(store, fee, FEE_DUE_ON, record_date(deadline, DEADLINE_DUE_ON));
	return types_create_for(store, fee, error);
}

date case_annuity_day(const struct record *patent, int64_t year)
{
	date due = annuity_due(record_date(patent, CASE_FILED_ON), (int)year),
	     granted = record_date(patent, CASE_GRANTED_ON);

	return granted != DATE_NONE && due < granted ? granted : due;
}

/* The year of the next annuity, 0: one is open, was dropped, or the term is over. */
static int64_t next_year(const struct record *patent, const struct record *latest, date today)
{
	date filed = record_date(patent, CASE_FILED_ON);
	enum patent_type type = patent_type_of(str_of(record_text(patent, CASE_TYPE)));
	int64_t year = 0;

	if (!latest)
		year = annuity_year_of(filed, today) + 1;
	else if (strcmp(latest->state, "paid") == 0 || is_registration(latest))
		year = record_integer(latest, FEE_YEAR) + 1;
	return year <= annuity_last_year(type, filed) ? year : 0;
}

static bool open_annuity(const struct record *patent, int64_t year, struct record_store *store,
			 struct error *error)
{
	struct record *deadline = new_deadline(patent, STR("A00"),
					       record_date(patent, CASE_FILED_ON), store);

	record_set_integer(deadline, DEADLINE_MONTHS, (year - 1) * 12);
	return types_create_for(store, deadline, error);
}

static bool plan(const struct record *patent, int64_t year, struct record_store *store,
		 struct error *error)
{
	return types_create_for(store, new_fee(patent, year, store), error) &&
	       open_annuity(patent, year, store, error);
}

/* The deadlines were done with when it was decided not to pay. */
bool case_annuity_resume(struct record *fee, struct record_store *store, struct error *error)
{
	int64_t year = record_integer(fee, FEE_YEAR);
	struct record *patent;

	if (!is_annuity(fee) || is_registration(fee))
		return true;
	if (!record_load(store, &patent_case_type, record_integer(fee, FEE_CASE), &patent, error))
		return false;
	if (record_date(fee, FEE_DUE_ON) >= store->today)
		return open_annuity(patent, year, store, error);
	return strcmp(patent->state, "grace") != 0 ||
	       types_create_for(
		       store,
		       new_deadline(patent, STR("A01"), case_annuity_day(patent, year), store),
		       error);
}

/* Is there a deadline of the grace period that counts from the day, whatever became of it? */
static bool had_grace(const struct record *patent, date due, struct record_store *store,
		      bool *had_out, struct error *error)
{
	const struct value id = { .integer = patent->id };
	struct record **deadlines;
	size_t count;

	*had_out = false;
	if (!record_load_where(store, &deadline_type, DEADLINE_CASE, &id, &deadlines, &count,
			       error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(record_text(deadlines[i], DEADLINE_RULE), "A01") == 0 &&
		    record_date(deadlines[i], DEADLINE_BASE_ON) == due)
			*had_out = true;
	return true;
}

/* In the grace period, its end is a deadline; the missed one is over. */
static bool open_grace(const struct record *patent, struct record_store *store, struct error *error)
{
	date due = record_date(patent, CASE_UNPAID_FROM);
	bool is_open;

	if (due == DATE_NONE)
		return true;
	if (!had_grace(patent, due, store, &is_open, error))
		return false;
	return is_open ||
	       types_create_for(store, new_deadline(patent, STR("A01"), due, store), error);
}

bool case_keep_annuities(const struct record *patent, struct record_store *store,
			 struct error *error)
{
	struct record *latest;
	int64_t year;

	if (!case_holds(patent) || !record_is_set(patent, CASE_FILED_ON) ||
	    strcmp(record_text(patent, CASE_OFFICE), "CN") != 0)
		return true;
	if (strcmp(patent->state, "grace") == 0 && !open_grace(patent, store, error))
		return false;
	if (!find_latest(patent->id, store, &latest, error))
		return false;
	year = next_year(patent, latest, store->today);
	return !year || plan(patent, year, store, error);
}

/* Is another annuity overdue? */
static bool is_in_arrears(const struct record *patent, struct record_store *store, bool *is_out,
			  struct error *error)
{
	struct record *latest;

	*is_out = true;
	if (!find_latest(patent->id, store, &latest, error))
		return false;
	*is_out = latest && strcmp(latest->state, "paid") != 0 &&
		  record_date(latest, FEE_DUE_ON) < store->today;
	return true;
}

/* Back in force when nothing is overdue; then the next annuity. */
static bool settle(struct record *patent, struct record_store *store, struct error *error)
{
	bool is_behind;

	if (!case_keep_annuities(patent, store, error) ||
	    !is_in_arrears(patent, store, &is_behind, error))
		return false;
	if (is_behind || strcmp(patent->state, "grace") != 0)
		return true;
	return case_move(patent, STR("pay"), store->today, store, error) &&
	       types_save_for(store, patent, "pay", error);
}

static bool is_paid(const struct record *fee)
{
	return strcmp(fee->state, "paid") == 0;
}

static struct str outcome_of(const struct record *fee, struct record_store *store)
{
	return str_of(arena_printf(store->arena, "%s%s", record_text(fee, FEE_TITLE),
				   is_paid(fee) ? "已缴纳" : "决定不缴"));
}

bool case_annuity_done(const struct record *fee, struct record_store *store, struct error *error)
{
	struct str outcome = outcome_of(fee, store);
	int64_t case_id = record_integer(fee, FEE_CASE);
	struct record *patent;

	if (!is_annuity(fee))
		return true;
	if (!deadline_finish(store, case_id, is_registration(fee) ? STR("R01") : STR("A00"),
			     DATE_NONE, "done", outcome, error) ||
	    !record_load(store, &patent_case_type, case_id, &patent, error))
		return false;
	if (!is_paid(fee))
		return true;
	return (strcmp(patent->state, "grace") != 0 ||
		deadline_finish(store, case_id, STR("A01"), DATE_NONE, "done", outcome, error)) &&
	       settle(patent, store, error);
}

/* ---- The day passes. */

/* The first annuity behind the last that was paid, when its last day is over; else NULL. */
static bool find_overdue(int64_t case_id, struct record_store *store, struct record **overdue_out,
			 struct error *error)
{
	struct record **fees;
	int64_t paid = 0;
	size_t count;

	*overdue_out = NULL;
	if (!load_fees(case_id, store, &fees, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (is_annuity(fees[i]) && (is_paid(fees[i]) || is_registration(fees[i])) &&
		    record_integer(fees[i], FEE_YEAR) > paid)
			paid = record_integer(fees[i], FEE_YEAR);
	for (size_t i = 0; i < count; i++) {
		int64_t year = record_integer(fees[i], FEE_YEAR);

		if (is_annuity(fees[i]) && year > paid &&
		    record_date(fees[i], FEE_DUE_ON) < store->today &&
		    (!*overdue_out || year < record_integer(*overdue_out, FEE_YEAR)))
			*overdue_out = fees[i];
	}
	return true;
}

/* In the history with what moved it, and for people in a comment. */
static bool pass_into_grace(struct record *patent, const struct record *fee,
			    struct record_store *store, struct error *error)
{
	struct str text = str_of(arena_printf(
		store->arena, "%s于%s届满未缴，按日历转入滞纳期。如已缴纳，请登记缴费。",
		record_text(fee, FEE_TITLE), record_text(fee, FEE_DUE_ON)));

	record_set_date(store, patent, CASE_UNPAID_FROM,
			case_annuity_day(patent, record_integer(fee, FEE_YEAR)));
	return case_move(patent, STR("miss_annuity"), store->today, store, error) &&
	       types_save_for(store, patent, "miss_annuity", error) &&
	       (strcmp(fee->state, "dropped") != 0 ||
		deadline_finish(store, patent->id, STR("A01"), DATE_NONE, "done",
				outcome_of(fee, store), error)) &&
	       record_comment_add(store, patent, text, error);
}

bool case_pass_due_day(struct record_store *store, int64_t case_id, bool *moved_out,
		       struct error *error)
{
	struct record *patent, *fee;
	bool had;

	*moved_out = false;
	if (!record_load(store, &patent_case_type, case_id, &patent, error))
		return false;
	if (!case_may_move(patent, STR("miss_annuity")) ||
	    strcmp(record_text(patent, CASE_OFFICE), "CN") != 0)
		return true;
	if (!find_overdue(case_id, store, &fee, error))
		return false;
	if (!fee)
		return true;
	if (!had_grace(patent, case_annuity_day(patent, record_integer(fee, FEE_YEAR)), store, &had,
		       error))
		return false;
	if (had)
		return true;
	*moved_out = true;
	return pass_into_grace(patent, fee, store, error);
}
