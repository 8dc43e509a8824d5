#include "chain/course.h"
#include "base/clock.h"
#include "base/list.h"
#include "record/select.h"
#include "types/types.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct stay {
	const char *state, *before; /* before: the state it was reached from; NULL: none */
	date from;
	bool is_known; /* from is the day it came about, not one on which it was written down */
};

/* The day of the case that tells when it came into a state. from NULL: from any. */
static const struct {
	const char *from, *to;
	size_t day;
} arrivals[] = {
	{ "planned", "submitted", CASE_FILED_ON },
	{ NULL, "published", CASE_PUBLISHED_ON },
	{ "awaiting_publication", "examination", CASE_EXAMINED_ON },
	{ "published", "examination", CASE_EXAMINED_ON },
	{ "review", "examination", CASE_REJECTION_REVERSED_ON },
	{ "review", "preliminary", CASE_REJECTION_REVERSED_ON },
	{ "preliminary", "rejected", CASE_REJECTED_ON },
	{ "examination", "rejected", CASE_REJECTED_ON },
	{ "rejected", "review", CASE_REVIEW_REQUESTED_ON },
	{ NULL, "review_upheld", CASE_REJECTION_UPHELD_ON },
	{ "ended_restorable", "in_force", CASE_RESTORED_ON },
	{ "grace", "in_force", SIZE_MAX },
	{ "invalidation", "in_force", SIZE_MAX },
	{ NULL, "in_force", CASE_GRANTED_ON },
	{ NULL, "grace", CASE_UNPAID_FROM },
	{ NULL, "deemed_withdrawn", CASE_DEEMED_WITHDRAWN_ON },
	{ NULL, "grant_abandoned", CASE_GRANT_ABANDONED_ON },
	{ NULL, "ended_restorable", CASE_END_KNOWN_ON },
	{ NULL, "final_withdrawn", CASE_WITHDRAWN_ON },
	{ NULL, "final_invalid", CASE_INVALIDATED_ON },
	{ NULL, "final_abandoned", CASE_ENDED_ON },
	{ NULL, "final_expired", CASE_ENDED_ON },
};

/* What a case must have been through when a later state was written down at once. */
static const struct {
	const char *state;
	size_t day;
} phases[] = {
	{ "submitted", CASE_FILED_ON },
	{ "published", CASE_PUBLISHED_ON },
	{ "examination", CASE_EXAMINED_ON },
	{ "in_force", CASE_GRANTED_ON },
};

/* States that pass within weeks. */
static const char passing[] = ",planned,submitted,accepted,correction,registration,";

static struct stay *stay_at(const struct list *stays, size_t i)
{
	return &LIST_AT(stays, struct stay, i);
}

static void add_stay(struct list *stays, const char *state, const char *before, date from)
{
	*(struct stay *)list_add(stays) = (struct stay){ state, before, from, false };
}

/* As the steps were made here. */
static bool read_steps(struct record_store *store, const struct record *patent, struct list *stays,
		       struct error *error)
{
	static const size_t no_fields[] = { SIZE_MAX };
	const struct value id = { .integer = patent->id };
	const struct record_filter filter = { RECORD_FIELD_ID, FILTER_EQUAL, &id, 1 };
	const struct record_selection selection = { .type = &patent_case_type,
						    .fields = no_fields,
						    .filters = &filter,
						    .filter_count = 1 };
	date from = clock_day(patent->created_at);
	const char *before = NULL;
	struct db_rows *rows;

	if (!record_select_steps(store, &selection, &rows, error))
		return false;
	while (db_next(rows)) {
		const char *state = str_to_cstr(store->arena, db_text(rows, STEP_FROM));

		add_stay(stays, state, before, from);
		from = clock_day(db_integer(rows, STEP_AT));
		before = state;
	}
	add_stay(stays, patent->state, before, from);
	return db_rows_done(rows, error);
}

/* The row of arrivals[]; COUNT(arrivals): none tells. */
static size_t arrival_of(const struct stay *stay)
{
	size_t i = 0;

	while (i < COUNT(arrivals) &&
	       (strcmp(arrivals[i].to, stay->state) != 0 ||
		(arrivals[i].from &&
		 (!stay->before || strcmp(arrivals[i].from, stay->before) != 0))))
		i++;
	return i;
}

/* A day tells of the last arrival of its kind. */
static date day_of_arrival(const struct record *patent, const struct list *stays, size_t at)
{
	size_t arrival = arrival_of(stay_at(stays, at));

	if (arrival == COUNT(arrivals) || arrivals[arrival].day == SIZE_MAX)
		return DATE_NONE;
	for (size_t i = at + 1; i < stays->count; i++)
		if (arrival_of(stay_at(stays, i)) == arrival)
			return DATE_NONE;
	return record_date(patent, arrivals[arrival].day);
}

static void set_known_days(const struct record *patent, const struct list *stays)
{
	for (size_t i = 0; i < stays->count; i++) {
		struct stay *stay = stay_at(stays, i);
		date day = day_of_arrival(patent, stays, i);

		if (day == DATE_NONE || day > stay->from)
			continue;
		stay->from = day;
		stay->is_known = true;
	}
}

static bool has_state(const struct list *stays, const char *state)
{
	for (size_t i = 0; i < stays->count; i++)
		if (strcmp(stay_at(stays, i)->state, state) == 0)
			return true;
	return false;
}

/* Before the first state that is known to be later; what was planned comes first. */
static void insert_phase(struct list *stays, const char *state, date day)
{
	size_t at = 0;

	while (at < stays->count &&
	       (strcmp(stay_at(stays, at)->state, "planned") == 0 ||
		(stay_at(stays, at)->is_known && stay_at(stays, at)->from <= day)))
		at++;
	list_add(stays);
	memmove(stay_at(stays, at + 1), stay_at(stays, at),
		(stays->count - 1 - at) * sizeof(struct stay));
	*stay_at(stays, at) = (struct stay){ state, "planned", day, true };
}

static void add_phases(const struct record *patent, struct list *stays)
{
	date entered = clock_day(patent->created_at);

	for (size_t i = 0; i < COUNT(phases); i++) {
		date day = record_date(patent, phases[i].day);

		if (day != DATE_NONE && day < entered && !has_state(stays, phases[i].state))
			insert_phase(stays, phases[i].state, day);
	}
}

/* What was written down after the day of a later state: when it came about is not known. */
static date find_unknown(const struct list *stays, size_t at)
{
	date next = DATE_NONE;

	for (size_t i = at + 1; i < stays->count; i++)
		if (next == DATE_NONE || stay_at(stays, i)->from < next)
			next = stay_at(stays, i)->from;
	return next != DATE_NONE && next < stay_at(stays, at)->from ? next : DATE_NONE;
}

/*
 * Between two known days stand the states first … last - 1; the last of them that does not pass within
 * weeks, else the first, takes all the room.
 */
static void share_room(const struct list *stays, size_t first, size_t last)
{
	date from = stay_at(stays, first)->from, until = stay_at(stays, last)->from;
	size_t lasting = first;

	for (size_t i = first; i < last; i++)
		if (!name_is_listed(passing, str_of(stay_at(stays, i)->state)))
			lasting = i;
	for (size_t i = first; i < last; i++)
		stay_at(stays, i)->from = i <= lasting ? from : until;
}

static void order_days(const struct list *stays)
{
	size_t first = 0;

	for (size_t i = 0; i < stays->count; i++)
		stay_at(stays, i)->is_known = find_unknown(stays, i) == DATE_NONE;
	if (stays->count && !stay_at(stays, 0)->is_known)
		stay_at(stays, 0)->from = find_unknown(stays, 0);
	for (size_t i = 1; i < stays->count; i++) {
		if (!stay_at(stays, i)->is_known)
			continue;
		if (i > first + 1)
			share_room(stays, first, i);
		first = i;
	}
}

bool chain_course_load(struct record_store *store, const struct record *patent,
		       struct chain_course_state **states_out, size_t *count_out,
		       struct error *error)
{
	struct list stays = LIST_OF(struct stay);
	bool is_read = read_steps(store, patent, &stays, error);

	if (is_read) {
		set_known_days(patent, &stays);
		add_phases(patent, &stays);
		order_days(&stays);
	}
	*count_out = stays.count;
	*states_out = arena_array(store->arena, struct chain_course_state, stays.count + 1);
	for (size_t i = 0; i < stays.count; i++)
		(*states_out)[i] = (struct chain_course_state){
			stay_at(&stays, i)->state, stay_at(&stays, i)->from,
			i + 1 < stays.count ? stay_at(&stays, i + 1)->from : DATE_NONE
		};
	list_release(&stays);
	return is_read;
}
