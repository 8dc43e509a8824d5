/* A case of the years before today: its moves, and beside the recent ones notices, deadlines, fees. */
#include "demo/demo_history_internal.h"
#include "types/operation.h"
#include "types/types.h"

enum {
	PLANNED_DAYS = 15,  /* before filing */
	CLEARED_DAYS = 130, /* the secrecy examination, behind the filing at home */
	READ_FROM = 2,
	READ_TO = 7,
	ANNUITY_APPROVED = 170, /* days before it is due */
	ANNUITY_PAID = 25,
	ANNUITY_NEAR = 60, /* due so soon that it is approved and paid */
	ANNUITY_LAST = 20,
	REGISTRATION_PAID = 8, /* days before the announcement */
	LAPSE_MOVES = 3,       /* annuity missed, notice of the end, end */
	ACT_FEE_DAYS = 60      /* two months from filing, less the days lost on the way */
};

/* ---- Numbers, in ranges no office has given out and beside those of the collection. */

enum { FOREIGN_SERIALS = 1000000 };

static const char *application_number(const struct demo_past *past, const struct demo_life *life)
{
	if (strcmp(life->office, "US") == 0)
		return arena_printf(past->scratch, "US99/%06u",
				    (unsigned)(life->serial % FOREIGN_SERIALS));
	return demo_application_number(past->scratch, &life->application).data;
}

static const char *publication_number(const struct demo_past *past, const struct demo_life *life,
				      bool is_grant)
{
	unsigned serial = (unsigned)(life->serial % FOREIGN_SERIALS);

	if (strcmp(life->office, "US") != 0)
		return demo_publication_number(past->scratch, &life->application, is_grant).data;
	return is_grant ? arena_printf(past->scratch, "US99%06uB2", serial)
			: arena_printf(past->scratch, "US%04d9%06uA1", date_year(life->published),
				       serial);
}

/* ---- The case. */

const struct demo_named *demo_second_inventor(const struct demo_life *life)
{
	size_t first = life->number % (life->centre->engineer_count + 1);

	return first == life->centre->engineer_count ? NULL : life->centre->engineers[first];
}

static const char *inventors_of(const struct demo_past *past, const struct demo_life *life)
{
	const struct demo_named *second = demo_second_inventor(life);
	long long first = (long long)life->centre->researcher->id;

	return second ? arena_printf(past->scratch, "%lld,%lld", first, (long long)second->id)
		      : arena_printf(past->scratch, "%lld", first);
}

/* What the centre has been given a name for by then, by the branch: a key field, a project. */
static const struct demo_named *find_by_branch(const struct demo_past *past, const char *prefix,
					       const struct demo_life *life)
{
	return demo_find_named(past->making,
			       str_of(arena_printf(past->scratch, "%s%d%zu", prefix,
						   life->centre->number, life->branch % 2 + 1)));
}

const struct demo_named *demo_key_field_of(const struct demo_past *past,
					   const struct demo_life *life)
{
	return find_by_branch(past, "field", life);
}

const struct demo_named *demo_project_of(const struct demo_past *past, const struct demo_life *life)
{
	return life->project.size ? demo_find_named(past->making, life->project)
				  : find_by_branch(past, "project", life);
}

static bool set_named(struct demo_past *past, struct record *record, const char *field,
		      const struct demo_named *named, struct error *error)
{
	return !named || demo_set_id(past, record, field, named->id, error);
}

static bool set_case(struct demo_past *past, const struct demo_life *life, struct record *record,
		     struct error *error)
{
	struct demo_making *making = past->making;
	const struct demo_named *agency = demo_find_named(making, str_of(life->centre->agency));
	const struct {
		const char *field, *text;
	} texts[] = {
		{ "docket", arena_printf(past->scratch, "示例%d-%d-%03u%s", life->centre->number,
					 life->year, (unsigned)life->number % 500,
					 strcmp(life->office, "CN") ? life->office : "") },
		{ "title", life->title },
		{ "type", life->fate->type },
		{ "office", life->office },
		{ "family", life->family },
		{ "ipc", life->ipc },
		{ "inventors", inventors_of(past, life) },
		{ "agent", life->centre->agent },
		{ "reduction", life->centre->reduction },
		{ "claims", arena_printf(past->scratch, "%u", life->application.claims) },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!demo_set(making, record, texts[i].field, str_of(texts[i].text), error))
			return false;
	return demo_set_id(past, record, "owner_id", life->centre->manager->id, error) &&
	       (!agency || demo_set_id(past, record, "agency_id", agency->id, error)) &&
	       (!life->disclosure_id ||
		demo_set_id(past, record, "disclosure_id", life->disclosure_id, error)) &&
	       (life->priority == DATE_NONE ||
		(demo_set_day_of(past, record, "priority_on", life->priority, error) &&
		 demo_set_day_of(past, record, "cleared_on", life->priority + CLEARED_DAYS,
				 error))) &&
	       set_named(past, record, "key_field_id", demo_key_field_of(past, life), error) &&
	       set_named(past, record, "rd_project_id", demo_project_of(past, life), error);
}

static bool make_case(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	struct demo_life *life = demo_life_at(past, subject);
	struct record *record = record_new(&past->making->store, &patent_case_type);

	(void)part;
	if (!demo_act_for(past, life->centre, "manager", error) ||
	    !set_case(past, life, record, error) || !demo_insert(past->making, record, error))
		return false;
	life->case_id = record->id;
	past->making->records++;
	return true;
}

/* ---- Deadlines of the case. */

static bool deadlines_of(struct demo_past *past, const struct demo_life *life,
			 struct record ***deadlines_out, size_t *count_out, struct error *error)
{
	const struct value id = { .integer = life->case_id };

	return record_load_where(&past->making->store, &deadline_type, DEADLINE_CASE, &id,
				 deadlines_out, count_out, error);
}

bool demo_is_in(const struct record *record, const char *state)
{
	return strcmp(record->state, state) == 0;
}

static bool acknowledge(struct demo_past *past, struct record *deadline, struct error *error)
{
	return !demo_is_in(deadline, "open") ||
	       demo_step(past->making, deadline, STR("acknowledge"), STR_EMPTY, error);
}

static bool finish(struct demo_past *past, struct record *deadline, const char *outcome,
		   struct error *error)
{
	return acknowledge(past, deadline, error) &&
	       demo_set(past->making, deadline, "outcome", str_of(outcome), error) &&
	       demo_update(past->making, deadline, error) &&
	       demo_step(past->making, deadline, STR("finish"), STR_EMPTY, error);
}

static bool finish_deadlines(struct demo_past *past, const struct demo_life *life, struct str codes,
			     struct error *error)
{
	struct record **deadlines;
	size_t count;

	if (!codes.size)
		return true;
	if (!deadlines_of(past, life, &deadlines, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str rest = codes, code;

		while (str_split(&rest, STR(" "), &code))
			if (str_equal_cstr(code, record_text(deadlines[i], DEADLINE_RULE)) &&
			    (demo_is_in(deadlines[i], "open") ||
			     demo_is_in(deadlines[i], "acknowledged")) &&
			    !finish(past, deadlines[i], "已按期办理，回执存卷", error))
				return false;
	}
	return true;
}

/* The notice is read, what it opened acknowledged. */
static bool read_notice(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	struct demo_life *life = demo_life_at(past, subject);
	struct record *notice, **deadlines;
	size_t count;

	(void)part;
	if (!demo_act_for(past, life->centre, "manager", error) ||
	    !demo_find(past, "notice", life->notice_id, &notice, error) ||
	    !deadlines_of(past, life, &deadlines, &count, error))
		return false;
	if (demo_is_in(notice, "docketed") &&
	    !demo_step(past->making, notice, STR("receive"), STR_EMPTY, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!acknowledge(past, deadlines[i], error))
			return false;
	return true;
}

/* Months later: what has run out. */
static bool settle(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	const struct demo_life *life = demo_life_at(past, subject);
	struct record **deadlines;
	size_t count;

	(void)part;
	if (!demo_act_for(past, life->centre, "manager", error) ||
	    !deadlines_of(past, life, &deadlines, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if ((!demo_is_in(deadlines[i], "open") &&
		     !demo_is_in(deadlines[i], "acknowledged")) ||
		    record_date(deadlines[i], DEADLINE_DUE_ON) >= past->making->store.today)
			continue;
		if (strcmp(record_text(deadlines[i], DEADLINE_RULE), "R24") == 0
			    ? !finish(past, deadlines[i], "已发放发明人奖励", error)
			    : !demo_step(past->making, deadlines[i], STR("lapse"),
					 STR("期限届满，无须办理"), error))
			return false;
	}
	return true;
}

/* ---- Moves. */

static const char *value_of(const struct demo_past *past, const struct demo_life *life, date day,
			    struct str word)
{
	char text[DATE_TEXT_SIZE];

	if (str_equal_cstr(word, "number"))
		return application_number(past, life);
	if (str_equal_cstr(word, "publication"))
		return publication_number(past, life, false);
	if (str_equal_cstr(word, "grant"))
		return publication_number(past, life, true);
	if (str_equal_cstr(word, "filed"))
		day = life->filed;
	else if (!str_equal_cstr(word, "day"))
		return str_to_cstr(past->scratch, word);
	return arena_printf(past->scratch, "%s", date_format(day, text));
}

/* "filed_on=filed": those of the fields that the record has. */
static bool set_values(struct demo_past *past, const struct demo_life *life, date day,
		       const struct demo_move *move, struct record *record, struct error *error)
{
	for (size_t i = 0; i < move->set_count; i++) {
		struct str word = move->sets[i], field;

		if (!str_split(&word, STR("="), &field))
			return demo_wrong(past->making, move->sets[i], error);
		if (record_field_find(record->type, field) != SIZE_MAX &&
		    !demo_set(past->making, record, str_to_cstr(past->scratch, field),
			      str_of(value_of(past, life, day, word)), error))
			return false;
	}
	return true;
}

/* Docketing it takes the case on. */
static bool make_notice(struct demo_past *past, struct demo_life *life,
			const struct demo_move *move, date day, struct error *error)
{
	struct demo_making *making = past->making;
	struct record *notice = record_new(&making->store, &notice_type);
	const char *number = arena_printf(past->scratch, "示例%u%d", (unsigned)life->serial, day);

	if (!demo_act_for(past, life->centre, "manager", error) ||
	    !demo_set_id(past, notice, "case_id", life->case_id, error) ||
	    !demo_set(making, notice, "name", move->notice, error) ||
	    !demo_set(making, notice, "number", str_of(number), error) ||
	    !demo_set_day_of(past, notice, "issued_on", day, error) ||
	    !demo_set(making, notice, "service", STR("electronic"), error) ||
	    !demo_set_id(past, notice, "owner_id", life->centre->manager->id, error) ||
	    !set_values(past, life, day, move, notice, error) ||
	    !demo_insert(making, notice, error) ||
	    !demo_step(making, notice, STR("docket"), STR_EMPTY, error))
		return false;
	life->notice_id = notice->id;
	making->records++;
	return true;
}

/* A notice tells of it; the older ones are not kept. */
static bool is_told(const struct demo_past *past, const struct demo_move *move, date day)
{
	int most = str_equal_cstr(move->step, "accept") ? HISTORY_FRESH_DAYS : HISTORY_RECENT_DAYS;

	return move->notice.size && day > past->today - most;
}

static bool has_step(const struct record *record, struct str name)
{
	const struct transition *step = record->type->transitions;

	while (step->name && (!str_equal_cstr(name, step->name) || !demo_is_in(record, step->from)))
		step++;
	return step->name != NULL;
}

/* By the step, unless filing or a deadline that was met has taken the case on already. */
static bool make_step(struct demo_past *past, const struct demo_life *life,
		      const struct demo_move *move, date day, struct error *error)
{
	struct record *record;

	if (!demo_find(past, "patent_case", life->case_id, &record, error))
		return false;
	if ((move->finishes.size || str_equal_cstr(move->step, "submit")) &&
	    !has_step(record, move->step))
		return true;
	return set_values(past, life, day, move, record, error) &&
	       (move->set_count == 0 || demo_update(past->making, record, error)) &&
	       demo_act_for(past, life->centre, move->by, error) &&
	       demo_step(past->making, record, move->step, move->comment, error);
}

static bool make_move(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	struct demo_life *life = demo_life_at(past, subject);
	const struct demo_move *move = life->fate->moves[part];
	date day = life->days[part];

	if (!demo_act_for(past, life->centre, "manager", error) ||
	    !finish_deadlines(past, life, move->finishes, error))
		return false;
	if (is_told(past, move, day))
		return make_notice(past, life, move, day, error);
	return make_step(past, life, move, day, error);
}

/* ---- Fees. */

/* The day of payment first: behind the due day it adds the late fee. */
static bool pay(struct demo_past *past, struct record *fee, struct error *error)
{
	struct demo_making *making = past->making;
	size_t amount = record_field_find(fee->type, STR("amount"));
	size_t due = record_field_find(fee->type, STR("due_on"));

	if (!demo_set_day_of(past, fee, "paid_on", making->store.today, error) ||
	    (record_date(fee, due) < making->store.today && !demo_update(making, fee, error)))
		return false;
	return demo_set(making, fee, "paid",
			record_format_value(past->scratch, &fee->type->fields[amount],
					    &fee->values[amount]),
			error) &&
	       demo_update(making, fee, error) &&
	       demo_step(making, fee, STR("pay"), STR_EMPTY, error);
}

static bool approve(struct demo_past *past, const struct demo_life *life, struct record *fee,
		    struct error *error)
{
	return demo_act_for(past, life->centre, "director", error) &&
	       demo_step(past->making, fee, STR("approve"), STR_EMPTY, error);
}

/* Fees of filing, on the day of payment: planned, approved and paid. */
static bool pay_acts(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	static const char *const rules[] = { "application", "examination" };
	const struct demo_life *life = demo_life_at(past, subject);
	struct demo_making *making = past->making;

	(void)part;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct record *fee = record_new(&making->store, &fee_type);

		if (i == 1 && strcmp(life->fate->type, "invention") != 0)
			break;
		if (!demo_act_for(past, life->centre, "manager", error) ||
		    !demo_set_id(past, fee, "case_id", life->case_id, error) ||
		    !demo_set_id(past, fee, "owner_id", life->centre->manager->id, error) ||
		    !demo_set(making, fee, "kind", STR("act"), error) ||
		    !demo_set(making, fee, "rule", str_of(rules[i]), error) ||
		    !demo_set_day_of(past, fee, "due_on", life->filed + ACT_FEE_DAYS, error) ||
		    !demo_insert(making, fee, error) || !approve(past, life, fee, error) ||
		    !demo_act_for(past, life->centre, "finance", error) || !pay(past, fee, error))
			return false;
		making->records++;
	}
	return true;
}

/* ---- Annuities: the machine plans the next one when one is paid. */

static bool annuities_of(struct demo_past *past, const struct demo_life *life,
			 struct record ***fees_out, size_t *count_out, struct error *error)
{
	const struct value id = { .integer = life->case_id };

	return record_load_where(&past->making->store, &fee_type,
				 record_field_find(&fee_type, STR("case_id")), &id, fees_out,
				 count_out, error);
}

static bool is_due_within(const struct demo_past *past, const struct record *fee, int days)
{
	const size_t kind = record_field_find(&fee_type, STR("kind"));
	const size_t due = record_field_find(&fee_type, STR("due_on"));

	return strcmp(record_text(fee, kind), "annuity") == 0 &&
	       record_date(fee, due) <= past->making->store.today + days;
}

static bool approve_within(struct demo_past *past, const struct demo_life *life, int days,
			   struct error *error)
{
	struct record **fees;
	size_t count;

	if (!annuities_of(past, life, &fees, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (is_due_within(past, fees[i], days) && demo_is_in(fees[i], "planned") &&
		    !approve(past, life, fees[i], error))
			return false;
	return true;
}

static bool approve_annuity(struct demo_past *past, size_t subject, size_t part,
			    struct error *error)
{
	(void)part;
	return approve_within(past, demo_life_at(past, subject), ANNUITY_APPROVED, error);
}

/* The deadline of the next annuity is known from then on; those of earlier years are over. */
static bool acknowledge_next(struct demo_past *past, const struct demo_life *life,
			     struct error *error)
{
	enum { ANNUITY_YEAR = 400 };
	struct record **deadlines;
	size_t count;

	if (past->making->store.today < past->today - ANNUITY_YEAR)
		return true;
	if (!demo_act_for(past, life->centre, "manager", error) ||
	    !deadlines_of(past, life, &deadlines, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!acknowledge(past, deadlines[i], error))
			return false;
	return true;
}

static bool pay_annuity(struct demo_past *past, size_t subject, size_t part, struct error *error)
{
	const struct demo_life *life = demo_life_at(past, subject);
	struct record **fees;
	size_t count;

	(void)part;
	if (!approve_within(past, life, ANNUITY_NEAR, error) ||
	    !demo_act_for(past, life->centre, "finance", error) ||
	    !annuities_of(past, life, &fees, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (is_due_within(past, fees[i], ANNUITY_NEAR) && demo_is_in(fees[i], "approved") &&
		    !pay(past, fees[i], error))
			return false;
	return acknowledge_next(past, life, error);
}

/* ---- Planning. */

date demo_annuity_day(const struct demo_life *life, int year)
{
	return date_add_months(life->filed, 12 * (year - 1));
}

/* The annuity a right is left to end by. */
static bool is_given_up(const struct demo_life *life, date due)
{
	return life->fate->code == 'L' &&
	       due + ANNUITY_PAID > life->days[life->fate->count - LAPSE_MOVES];
}

static void plan_annuities(struct demo_past *past, size_t subject)
{
	const struct demo_life *life = demo_life_at(past, subject);

	if (life->granted == DATE_NONE || strcmp(life->office, "CN") != 0)
		return;
	demo_plan(past, life->granted - REGISTRATION_PAID, subject, 0, pay_annuity);
	for (int year = 2; year <= ANNUITY_LAST; year++) {
		date due = demo_annuity_day(life, year), from = life->granted + REGISTRATION_PAID;

		if (due + ANNUITY_PAID <= life->granted || due <= past->start)
			continue;
		if (is_given_up(life, due))
			return;
		if (due > past->today - HISTORY_RECENT_DAYS && due - ANNUITY_APPROVED > from)
			demo_plan(past, demo_working_day(due - ANNUITY_APPROVED), subject, 0,
				  approve_annuity);
		demo_plan(past,
			  demo_working_day(due - ANNUITY_PAID > from ? due - ANNUITY_PAID : from),
			  subject, 0, pay_annuity);
	}
}

static void plan_notice(struct demo_past *past, size_t subject, size_t part)
{
	static const int settled[] = { 36, 65, 97, 130, 190 };
	const struct demo_life *life = demo_life_at(past, subject);
	struct demo_random random = demo_random_of(DEMO_HISTORY_SEED + 4, life->key * 32 + part);
	int behind = demo_random_between(&random, READ_FROM, READ_TO);

	if (!life->fate->is_unread || part + 1 < life->fate->count)
		demo_plan(past, demo_working_day(life->days[part] + behind), subject, part,
			  read_notice);
	for (size_t i = 0; i < sizeof(settled) / sizeof(settled[0]); i++)
		demo_plan(past, life->days[part] + settled[i], subject, part, settle);
}

void demo_plan_case(struct demo_past *past, size_t subject)
{
	const struct demo_life *life = demo_life_at(past, subject);

	if (!str_equal_cstr(life->fate->decision, "file"))
		return;
	demo_plan(past, demo_working_day(life->filed - PLANNED_DAYS), subject, 0, make_case);
	for (size_t i = 0; i < life->fate->count; i++) {
		const struct demo_move *move = life->fate->moves[i];

		if (demo_learnt_on(past, life, i) != life->days[i])
			continue;
		demo_plan(past, life->days[i], subject, i, make_move);
		if (str_equal_cstr(move->step, "accept") && is_told(past, move, life->days[i]) &&
		    strcmp(life->office, "CN") == 0 && i + 1 < life->fate->count &&
		    str_equal_cstr(life->fate->moves[i + 1]->step, "pay"))
			demo_plan(past, life->days[i + 1], subject, 0, pay_acts);
		if (is_told(past, move, life->days[i]))
			plan_notice(past, subject, i);
	}
	plan_annuities(past, subject);
	demo_plan_gradings(past, subject);
}
