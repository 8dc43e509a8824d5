#include "chain/case_updates.h"

#include "base/list.h"
#include "base/map.h"
#include "chain/rows.h"
#include "patent/event.h"
#include "patent/number.h"
#include "types/types.h"

#include <string.h>

/* ---- Numbers of cases. */

struct chain_case_numbers {
	struct map *places; /* number without kind -> 1 + first link */
	struct list links;  /* struct link */
};

struct link {
	int64_t case_id;
	size_t next; /* 1 + the next one of the same number; 0: none */
};

static void release_numbers(void *context)
{
	struct chain_case_numbers *numbers = context;

	map_destroy(numbers->places);
	list_release(&numbers->links);
}

static void add_number(struct chain_case_numbers *numbers, struct str number, int64_t case_id)
{
	uint64_t *first;

	if (number.size == 0)
		return;
	first = map_put(numbers->places, number, NULL);
	*(struct link *)list_add(&numbers->links) = (struct link){ case_id, (size_t)*first };
	*first = numbers->links.count;
}

static struct str publication_key(struct arena *arena, struct str written)
{
	struct number number;

	return number_parse_publication(written, STR("CN"), &number)
		       ? number_without_kind(number_normal(arena, &number))
		       : STR_EMPTY;
}

size_t chain_numbers_of_case(struct arena *arena, const struct record *patent,
			     struct str numbers_out[CHAIN_CASE_NUMBERS])
{
	const struct str numbers[] = {
		str_of(record_text(patent, CASE_APPLICATION)),
		publication_key(arena, str_of(record_text(patent, CASE_PUBLICATION))),
	};
	size_t count = 0;

	for (size_t i = 0; i < CHAIN_CASE_NUMBERS; i++)
		if (numbers[i].size)
			numbers_out[count++] = numbers[i];
	return count;
}

bool chain_case_numbers_load(struct record_store *store, struct chain_case_numbers **numbers_out,
			     struct error *error)
{
	static const char *const names[] = { "application_number", "publication" };
	struct chain_case_numbers *numbers = arena_new(store->arena, struct chain_case_numbers);
	struct chain_rows rows;

	numbers->places = map_create();
	numbers->links = LIST_OF(struct link);
	arena_defer(store->arena, release_numbers, numbers);
	*numbers_out = numbers;
	if (!chain_select(store, NULL, "patent_case", names, 2, &rows, error))
		return false;
	while (chain_next(&rows)) {
		add_number(numbers, chain_text(&rows, 0), chain_id(&rows));
		add_number(numbers, publication_key(store->arena, chain_text(&rows, 1)),
			   chain_id(&rows));
	}
	return chain_done(&rows, error);
}

size_t chain_case_numbers_count(const struct chain_case_numbers *numbers)
{
	return map_count(numbers->places);
}

struct str chain_case_number_at(const struct chain_case_numbers *numbers, size_t i)
{
	return map_key_at(numbers->places, i);
}

/* ---- What documents tell. */

/* What an event does to a case; without a field it is told, and the state alone may change. */
static const struct event_row {
	enum event_kind kind;
	const char *field, *goal;
	bool is_loss; /* which a later restoration undoes */
} event_rows[] = {
	{ EVENT_PUBLICATION, "published_on", "published", false },
	{ EVENT_EXAMINATION, "examined_on", "examination", false },
	{ EVENT_GRANT, "granted_on", "in_force", false },
	{ EVENT_REJECTION, "rejected_on", "rejected", false },
	{ EVENT_APPEAL, "review_requested_on", "review", false },
	{ EVENT_WITHDRAWAL, "withdrawn_on", "final_withdrawn", false },
	{ EVENT_DEEMED_WITHDRAWAL, "deemed_withdrawn_on", "deemed_withdrawn", true },
	{ EVENT_ABANDONMENT, "ended_on", "final_abandoned", true },
	{ EVENT_LAPSE_UNPAID, "end_known_on", "ended_restorable", true },
	{ EVENT_TERMINATION, "end_known_on", "ended_restorable", true },
	{ EVENT_EXPIRY, "ended_on", "final_expired", false },
	{ EVENT_INVALIDATION, "invalidated_on", "final_invalid", false },
	{ EVENT_INVALIDITY_REQUEST, NULL, "invalidation", false },
	{ EVENT_LATE_FEE, NULL, "grace", false },
	{ EVENT_PARTIAL_INVALIDATION, NULL, NULL, false },
	{ EVENT_TRANSFER_APPLICATION, NULL, NULL, false },
	{ EVENT_TRANSFER_PATENT, NULL, NULL, false },
	{ EVENT_TRANSFER, NULL, NULL, false },
	{ EVENT_LICENCE, NULL, NULL, false },
	{ EVENT_LICENCE_END, NULL, NULL, false },
	{ EVENT_OPEN_LICENCE, NULL, NULL, false },
	{ EVENT_PLEDGE, NULL, NULL, false },
	{ EVENT_PLEDGE_END, NULL, NULL, false },
	{ EVENT_PRESERVATION, NULL, NULL, false },
	{ EVENT_PRESERVATION_END, NULL, NULL, false },
	{ EVENT_LITIGATION, NULL, NULL, false },
};

struct proposal {
	const char *kind, *field, *goal;
	const char *value;
	struct str publication, event;
	date on;
	int64_t import_id;
};

struct proposing {
	struct record_store *store;
	struct record *patent;
	struct publication *const *effective;
	size_t count;
	const struct publication *answer;
	struct record **known; /* proposals made before */
	size_t known_count;
	date restored_on; /* the last restoration told; DATE_NONE: none */
	struct list proposals;
};

/* The first source of a field's value is asked: a publication before an event that says the same. */
static bool is_proposed(const struct proposing *proposing, const char *field)
{
	for (size_t i = 0; field && i < proposing->proposals.count; i++) {
		const char *other = LIST_AT(&proposing->proposals, struct proposal, i).field;

		if (other && strcmp(other, field) == 0)
			return true;
	}
	return false;
}

static void add_value(struct proposing *proposing, struct proposal proposal)
{
	size_t at = proposal.field ? record_field_find(&patent_case_type, str_of(proposal.field))
				   : SIZE_MAX;

	if (is_proposed(proposing, proposal.field) ||
	    (at != SIZE_MAX && strcmp(record_text(proposing->patent, at), proposal.value) == 0))
		return;
	*(struct proposal *)list_add(&proposing->proposals) = proposal;
}

static void add_day(struct proposing *proposing, struct proposal proposal)
{
	char text[DATE_TEXT_SIZE];
	struct arena *arena = proposing->store->arena;

	if (proposal.on == DATE_NONE || proposal.on > proposing->store->today)
		return;
	date_format(proposal.on, text);
	proposal.value = proposal.field ? arena_copy(arena, text, strlen(text)) : "";
	add_value(proposing, proposal);
}

static int64_t import_of(const struct publication *publication, enum fact_field field)
{
	const struct fact *fact = publication_find(publication, field);

	return fact ? fact->import_id : 0;
}

/* The oldest publication of a stage is the one that counts; they come newest first. */
static void add_publications(struct proposing *proposing, enum number_stage stage, const char *kind,
			     const char *field, const char *goal)
{
	for (size_t i = proposing->count; i-- > 0;) {
		const struct publication *publication = proposing->effective[i];

		if (number_stage(publication_text(publication, FACT_OFFICE),
				 publication_text(publication, FACT_KIND)) != stage)
			continue;
		add_day(proposing,
			(struct proposal){
				.kind = kind,
				.field = field,
				.goal = goal,
				.publication = publication_text(publication,
								FACT_PUBLICATION_NUMBER),
				.on = publication_date(publication, FACT_PUBLICATION_DATE),
				.import_id = import_of(publication, FACT_PUBLICATION_DATE) });
	}
}

static void add_numbers(struct proposing *proposing)
{
	struct str number = publication_text(proposing->answer, FACT_APPLICATION_NUMBER);

	if (number.size > 0 && !record_is_set(proposing->patent, CASE_APPLICATION))
		add_value(proposing,
			  (struct proposal){ .kind = "number",
					     .field = "application_number",
					     .on = DATE_NONE,
					     .value = arena_copy(proposing->store->arena,
								 number.data, number.size),
					     .import_id = import_of(proposing->answer,
								    FACT_APPLICATION_NUMBER) });
	add_day(proposing,
		(struct proposal){
			.kind = "number",
			.field = "filed_on",
			.on = publication_date(proposing->answer, FACT_APPLICATION_DATE),
			.import_id = import_of(proposing->answer, FACT_APPLICATION_DATE) });
}

/* ---- Events. */

static enum event_kind kind_of(const struct proposing *proposing, const struct fact *fact)
{
	return event_kind_of(publication_text(proposing->answer, FACT_OFFICE),
			     fact->parts[EVENT_CODE], fact->parts[EVENT_TEXT]);
}

static date day_of(const struct fact *fact)
{
	date on;

	return date_parse(fact->parts[EVENT_DATE], &on) ? on : DATE_NONE;
}

/* The last event of a kind; of those that are only told, each. */
static void add_events(struct proposing *proposing, const struct event_row *row)
{
	const struct fact *fact = publication_find(proposing->answer, FACT_EVENT), *last = NULL;
	struct proposal proposal = { .kind = "event",
				     .field = row->field,
				     .goal = row->goal,
				     .event = str_of(event_infos[row->kind].label.zh) };

	for (; fact; fact = publication_next(proposing->answer, fact)) {
		if (kind_of(proposing, fact) != row->kind || day_of(fact) == DATE_NONE)
			continue;
		if (!last || day_of(fact) > day_of(last))
			last = fact;
		proposal.on = day_of(fact);
		proposal.import_id = fact->import_id;
		if (!row->field)
			add_day(proposing, proposal);
	}
	if (!last || !row->field || (row->is_loss && proposing->restored_on >= day_of(last)))
		return;
	proposal.on = day_of(last);
	proposal.import_id = last->import_id;
	if (row->kind == EVENT_ABANDONMENT && !record_is_set(proposing->patent, CASE_GRANTED_ON) &&
	    !is_proposed(proposing, "granted_on")) {
		proposal.field = "grant_abandoned_on";
		proposal.goal = "grant_abandoned";
	}
	add_day(proposing, proposal);
}

/* A restoration of a loss the case does not know is none of its. */
static void add_restoration(struct proposing *proposing)
{
	const struct record *patent = proposing->patent;
	bool restorable = strcmp(patent->state, "deemed_withdrawn") == 0 ||
			  strcmp(patent->state, "grant_abandoned") == 0 ||
			  strcmp(patent->state, "ended_restorable") == 0;
	const struct fact *fact = publication_find(proposing->answer, FACT_EVENT), *last = NULL;

	proposing->restored_on = DATE_NONE;
	for (; fact; fact = publication_next(proposing->answer, fact))
		if (kind_of(proposing, fact) == EVENT_RESTORATION && day_of(fact) != DATE_NONE &&
		    (!last || day_of(fact) > day_of(last)))
			last = fact;
	if (!last)
		return;
	proposing->restored_on = day_of(last);
	if (!restorable)
		return;
	add_day(proposing,
		(struct proposal){
			.kind = "event",
			.field = "restored_on",
			.goal = strcmp(patent->state, "ended_restorable") == 0  ? "in_force"
				: strcmp(patent->state, "grant_abandoned") == 0 ? "registration"
				: record_is_set(patent, CASE_BEFORE)
					? record_text(patent, CASE_BEFORE)
					: NULL,
			.event = str_of(event_infos[EVENT_RESTORATION].label.zh),
			.on = proposing->restored_on,
			.import_id = last->import_id });
}

/* ---- Proposals. */

static bool is_known(const struct proposing *proposing, const char *fact)
{
	for (size_t i = 0; i < proposing->known_count; i++)
		if (strcmp(record_text(proposing->known[i], UPDATE_FACT), fact) == 0)
			return true;
	return false;
}

static bool make(struct proposing *proposing, const struct proposal *proposal, int64_t *made,
		 struct error *error)
{
	struct record_store *store = proposing->store;
	struct record *update = record_new(store, &case_update_type);
	struct field_errors errors = { .count = 0 };

	update->organisation_id = proposing->patent->organisation_id;
	record_set_integer(update, UPDATE_CASE, proposing->patent->id);
	record_set_text(store, update, UPDATE_KIND, str_of(proposal->kind));
	record_set_text(store, update, UPDATE_PUBLICATION, proposal->publication);
	record_set_text(store, update, UPDATE_EVENT, proposal->event);
	record_set_date(store, update, UPDATE_HAPPENED_ON, proposal->on);
	record_set_text(store, update, UPDATE_FIELD, str_of(proposal->field));
	record_set_text(store, update, UPDATE_NEW_VALUE, str_of(proposal->value));
	record_set_text(store, update, UPDATE_GOAL, str_of(proposal->goal));
	record_set_text(store, update, UPDATE_SOURCE,
			proposal->import_id ? str_of(arena_printf(store->arena, "import/%lld",
								  (long long)proposal->import_id))
					    : STR("calendar"));
	if (is_known(proposing, case_update_fact(store->arena, update)))
		return true;
	(*made)++;
	return record_create(store, update, &errors, error);
}

/* What was gathered and was not proposed before. */
static bool make_all(struct proposing *proposing, int64_t *made, struct error *error)
{
	const struct value id = { .integer = proposing->patent->id };
	bool done = record_load_where(proposing->store, &case_update_type, UPDATE_CASE, &id,
				      &proposing->known, &proposing->known_count, error);

	for (size_t i = 0; done && i < proposing->proposals.count; i++)
		done = make(proposing, &LIST_AT(&proposing->proposals, struct proposal, i), made,
			    error);
	list_release(&proposing->proposals);
	return done;
}

static bool propose(struct proposing *proposing, int64_t *made, struct error *error)
{
	proposing->proposals = LIST_OF(struct proposal);
	add_restoration(proposing);
	add_numbers(proposing);
	add_publications(proposing, STAGE_APPLICATION, "publication", "published_on", "published");
	add_publications(proposing, STAGE_GRANT, "grant", "granted_on", "in_force");
	for (size_t i = 0; i < sizeof(event_rows) / sizeof(event_rows[0]); i++)
		add_events(proposing, &event_rows[i]);
	return make_all(proposing, made, error);
}

bool chain_propose_expiry(struct record_store *store, int64_t case_id, int64_t *made,
			  struct error *error)
{
	struct proposing proposing = { .store = store, .proposals = LIST_OF(struct proposal) };

	if (!record_load(store, &patent_case_type, case_id, &proposing.patent, error))
		return false;
	add_day(&proposing, (struct proposal){ .kind = "event",
					       .field = "ended_on",
					       .goal = "final_expired",
					       .event = str_of(event_infos[EVENT_EXPIRY].label.zh),
					       .on = case_term_end(proposing.patent) });
	return make_all(&proposing, made, error);
}

static void add_case(struct list *cases, int64_t id)
{
	for (size_t i = 0; i < cases->count; i++)
		if (LIST_AT(cases, int64_t, i) == id)
			return;
	*(int64_t *)list_add(cases) = id;
}

static void find_cases(const struct chain_case_numbers *numbers, struct str number,
		       struct list *cases)
{
	const uint64_t *first = map_find(numbers->places, number);
	const struct link *link;

	for (size_t at = first ? (size_t)*first : 0; at; at = link->next) {
		link = &LIST_AT(&numbers->links, struct link, at - 1);
		add_case(cases, link->case_id);
	}
}

bool chain_propose_for_case(struct record_store *store, int64_t case_id,
			    struct publication *const *effective, size_t count,
			    const struct publication *answer, int64_t *made, struct error *error)
{
	struct proposing proposing = {
		.store = store, .effective = effective, .count = count, .answer = answer
	};

	return record_load(store, &patent_case_type, case_id, &proposing.patent, error) &&
	       propose(&proposing, made, error) && chain_words_keep(store, case_id, answer, error);
}

bool chain_propose_updates(struct record_store *store, const struct chain_case_numbers *numbers,
			   struct publication *const *effective, size_t count,
			   const struct publication *answer, int64_t *made, struct error *error)
{
	struct list cases = LIST_OF(int64_t);
	bool done = true;

	find_cases(numbers, publication_text(answer, FACT_APPLICATION_NUMBER), &cases);
	for (size_t i = 0; i < count; i++)
		find_cases(numbers,
			   number_without_kind(
				   publication_text(effective[i], FACT_PUBLICATION_NUMBER)),
			   &cases);
	for (size_t i = 0; done && i < cases.count; i++)
		done = chain_propose_for_case(store, LIST_AT(&cases, int64_t, i), effective, count,
					      answer, made, error);
	list_release(&cases);
	return done;
}

/* ---- Where the change log was looked through. */

bool chain_updates_position(struct record_store *store, int64_t *position_out, struct error *error)
{
	struct db_rows *rows;

	*position_out = CHAIN_NEVER_LOOKED;
	if (!db_query(store->db, store->arena,
		      "SELECT position FROM case_update_position WHERE id = 1 AND words_key = $1",
		      DB_WITH(DB_CSTR(chain_words_key(store->arena))), &rows, error))
		return false;
	while (db_next(rows))
		*position_out = db_integer(rows, 0);
	return db_rows_done(rows, error);
}

bool chain_updates_set_position(struct record_store *store, int64_t position, struct error *error)
{
	return db_execute(store->db,
			  "INSERT INTO case_update_position (id, position, words_key) "
			  "VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET "
			  "position = excluded.position, words_key = excluded.words_key",
			  DB_WITH(DB_INT(position), DB_CSTR(chain_words_key(store->arena))), error);
}
