#include "chain/day.h"
#include "base/list.h"
#include "chain/case_updates.h"
#include "record/select.h"
#include "rule/fee.h"
#include "types/types.h"

#include <stdlib.h>

enum {
	MONTHS_A_YEAR = 12,
	FIRST_YEAR = 1985 /* of the Patent Law */
};

/* ---- Whose day it may be. */

/* Ids of the rows, or of what a field of theirs refers to. */
static bool select_ids(struct record_store *store, const struct record_type *type,
		       const struct record_filter *filters, size_t filter_count, size_t field,
		       struct list *ids, struct error *error)
{
	const size_t fields[] = { field, SIZE_MAX };
	const struct record_selection selection = {
		.type = type, .fields = fields, .filters = filters, .filter_count = filter_count
	};
	struct db_rows *rows;

	if (!record_select(store, &selection, &rows, error))
		return false;
	while (db_next(rows))
		*(int64_t *)list_add(ids) = db_integer(rows, SELECTED_FIELDS);
	return db_rows_done(rows, error);
}

static int compare_ids(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

/* Cases with an annuity that was due before today and is not paid. */
static bool find_unpaid(struct record_store *store, struct list *cases, struct error *error)
{
	static const struct value annuity[] = { { .text = "annuity" } };
	static const struct value unpaid[] = { { .text = "planned" },
					       { .text = "approved" },
					       { .text = "dropped" } };
	char today[DATE_TEXT_SIZE];
	const struct value day = { .text = date_format(store->today, today) };
	const struct record_filter filters[] = { { FEE_KIND, FILTER_EQUAL, annuity, 1 },
						 { FEE_DUE_ON, FILTER_LESS, &day, 1 },
						 { RECORD_FIELD_STATE, FILTER_IN, unpaid, 3 } };

	if (!select_ids(store, &fee_type, filters, 3, FEE_CASE, cases, error))
		return false;
	list_sort(cases, compare_ids);
	return true;
}

static bool find_in_state(struct record_store *store, const struct value *states, size_t count,
			  struct list *cases, struct error *error)
{
	const struct record_filter filter = { RECORD_FIELD_STATE, FILTER_IN, states, count };

	return select_ids(store, &patent_case_type, &filter, 1, RECORD_FIELD_ID, cases, error);
}

/* ---- One case, one transaction. What somebody changes at this moment is left to the next time. */
typedef bool day_fn(struct record_store *store, int64_t case_id, struct chain_day *day,
		    struct error *error);

static bool visit(struct record_store *store, int64_t case_id, day_fn *work, struct chain_day *day,
		  struct error *error)
{
	struct record_store own = *store;
	struct chain_day done = *day;
	bool is_done;

	own.arena = arena_create(1 << 14);
	is_done = db_begin(own.db, error) && work(&own, case_id, &done, error) &&
		  db_commit(own.db, error);
	if (is_done)
		*day = done;
	else
		db_rollback(own.db);
	arena_destroy(own.arena);
	return is_done || error->kind == ERROR_CONFLICT || error->kind == ERROR_NOT_FOUND;
}

static bool pass_due_day(struct record_store *store, int64_t case_id, struct chain_day *day,
			 struct error *error)
{
	bool is_moved;

	if (!case_pass_due_day(store, case_id, &is_moved, error))
		return false;
	day->moved += is_moved;
	return true;
}

static bool propose_expiry(struct record_store *store, int64_t case_id, struct chain_day *day,
			   struct error *error)
{
	return chain_propose_expiry(store, case_id, &day->proposed, error);
}

/* ---- All of them. */
static bool pass_due_days(struct record_store *store, struct chain_day *day, struct error *error)
{
	static const struct value in_force[] = { { .text = "in_force" } };
	struct list unpaid = LIST_OF(int64_t), cases = LIST_OF(int64_t);
	bool is_done = find_unpaid(store, &unpaid, error) &&
		       find_in_state(store, in_force, 1, &cases, error);

	for (size_t i = 0; is_done && unpaid.count && i < cases.count; i++) {
		int64_t *id = &LIST_AT(&cases, int64_t, i);

		if (bsearch(id, unpaid.items, unpaid.count, sizeof(*id), compare_ids))
			is_done = visit(store, *id, pass_due_day, day, error);
	}
	list_release(&unpaid);
	list_release(&cases);
	return is_done;
}

/* Those filed longer ago than the shortest term of the type there was; how long it is, the case tells. */
static bool propose_expiries_of(struct record_store *store, enum patent_type type,
				struct chain_day *day, struct error *error)
{
	static const struct value china[] = { { .text = "CN" } },
				  holding[] = { { .text = "in_force" },
						{ .text = "grace" },
						{ .text = "invalidation" },
						{ .text = "invalid_suit" } };
	int years = annuity_last_year(type, date_of(FIRST_YEAR, 4, 1));
	char text[DATE_TEXT_SIZE];
	const struct value of_type = { .text = patent_types[type].name };
	const struct value filed = {
		.text = date_format(date_add_months(store->today, -MONTHS_A_YEAR * years), text)
	};
	const struct record_filter filters[] = { { RECORD_FIELD_STATE, FILTER_IN, holding, 4 },
						 { CASE_OFFICE, FILTER_EQUAL, china, 1 },
						 { CASE_TYPE, FILTER_EQUAL, &of_type, 1 },
						 { CASE_FILED_ON, FILTER_LESS, &filed, 1 } };
	struct list cases = LIST_OF(int64_t);
	bool is_done = select_ids(store, &patent_case_type, filters, 4, RECORD_FIELD_ID, &cases,
				  error);

	for (size_t i = 0; is_done && i < cases.count; i++)
		is_done = visit(store, LIST_AT(&cases, int64_t, i), propose_expiry, day, error);
	list_release(&cases);
	return is_done;
}

static bool propose_expiries(struct record_store *store, struct chain_day *day, struct error *error)
{
	bool is_done = true;

	for (int type = PATENT_INVENTION; is_done && type <= PATENT_DESIGN; type++)
		is_done = propose_expiries_of(store, (enum patent_type)type, day, error);
	return is_done;
}

bool chain_day_begin(struct record_store *store, struct chain_day *day_out, struct error *error)
{
	*day_out = (struct chain_day){ 0, 0 };
	return pass_due_days(store, day_out, error) && propose_expiries(store, day_out, error);
}
