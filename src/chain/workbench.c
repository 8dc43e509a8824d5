/* What a person begins the day with: the funnel, the next deadlines, tasks, the targets. */
#include "chain/workbench.h"
#include "base/list.h"
#include "chain/rows.h"
#include "record/beside.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { DEADLINES_SHOWN = 20, TASKS_MAX = 200 };

/* ---- The funnel. */
static void write_days(struct jsonout *json, const char *key, int64_t days)
{
	jsonout_key(json, key);
	if (days < 0)
		jsonout_null(json);
	else
		jsonout_integer(json, days);
}

static void write_funnel(struct jsonout *json, const struct chain_funnel_row rows[STAGE_COUNT],
			 bool is_now)
{
	jsonout_key(json, "funnel");
	jsonout_array_begin(json);
	for (size_t i = 0; i < STAGE_COUNT; i++) {
		const struct chain_stage_info *stage = &chain_stages[i];

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "stage", stage->name);
		jsonout_member_label(json, "name", stage->label);
		jsonout_member_cstr(json, "type", stage->type);
		jsonout_member_cstr(json, "filter", is_now ? stage->filter : NULL);
		jsonout_member_integer(json, "count", (int64_t)rows[i].count);
		jsonout_member_integer(json, "entered_in_window", (int64_t)rows[i].entered);
		jsonout_member_integer(json, "left", (int64_t)rows[i].left);
		write_days(json, "median_days", rows[i].median);
		write_days(json, "p90_days", rows[i].p90);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

/* ---- Deadlines. */
enum { DUE_CASE, DUE_TITLE, DUE_BASE, DUE_ON, DUE_SAFE, DUE_DONE, DUE_OWNER };

static const char *const due_names[] = {
	[DUE_CASE] = "case_id",   [DUE_TITLE] = "title",  [DUE_BASE] = "base_on",
	[DUE_ON] = "due_on",      [DUE_SAFE] = "safe_on", [DUE_DONE] = "done_on",
	[DUE_OWNER] = "owner_id",
};

struct due {
	int64_t id, case_id, owner_id;
	const char *title, *state;
	date due_on, safe_on;
};

/* Did it run on the day? One done or missed since then did. */
static bool was_open(const struct chain_rows *rows, date as_of)
{
	date done = chain_date(rows, DUE_DONE), base = chain_date(rows, DUE_BASE);

	if (base != DATE_NONE && base > as_of)
		return false;
	if (name_is_listed(",open,acknowledged,deletion,", chain_state(rows)))
		return true;
	if (done != DATE_NONE)
		return done > as_of;
	return str_equal_cstr(chain_state(rows), "lapsed") && chain_date(rows, DUE_ON) >= as_of;
}

static int compare_due(const void *left, const void *right)
{
	const struct due *a = left, *b = right;

	if (a->due_on != b->due_on)
		return a->due_on < b->due_on ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static bool load_deadlines(struct record_store *store, const char *path, date as_of,
			   struct list *list, struct error *error)
{
	struct chain_rows rows;

	if (!chain_select(store, path, "deadline", due_names, COUNT(due_names), &rows, error))
		return false;
	while (chain_next(&rows)) {
		struct due *due;

		if (chain_date(&rows, DUE_ON) == DATE_NONE || !was_open(&rows, as_of))
			continue;
		due = list_add(list);
		*due = (struct due){ .id = chain_id(&rows),
				     .case_id = chain_integer(&rows, DUE_CASE),
				     .owner_id = chain_integer(&rows, DUE_OWNER),
				     .title = str_to_cstr(store->arena,
							  chain_text(&rows, DUE_TITLE)),
				     .state = str_to_cstr(store->arena, chain_state(&rows)),
				     .due_on = chain_date(&rows, DUE_ON),
				     .safe_on = chain_date(&rows, DUE_SAFE) };
	}
	list_sort(list, compare_due);
	return chain_done(&rows, error);
}

/* Titles of what the first deadlines name, by id. */
static bool load_titles(struct record_store *store, const char *type, const struct list *list,
			size_t count, bool of_cases, struct record_title **titles_out,
			size_t *count_out, struct error *error)
{
	int64_t ids[DEADLINES_SHOWN];

	*count_out = 0;
	for (size_t i = 0; i < count; i++)
		ids[i] = of_cases ? LIST_AT(list, struct due, i).case_id
				  : LIST_AT(list, struct due, i).owner_id;
	return !count || record_titles(store, record_type_find(type), ids, count, titles_out,
				       count_out, error);
}

static void write_named(struct jsonout *json, const char *key, const char *name, int64_t id,
			const struct record_title *titles, size_t count)
{
	const char *text = NULL;

	for (size_t i = 0; i < count; i++)
		if (titles[i].id == id)
			text = titles[i].text;
	jsonout_key(json, key);
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", id);
	jsonout_member_cstr(json, name, text);
	jsonout_object_end(json);
}

static bool write_deadlines(struct record_store *store, const struct list *list, date as_of,
			    struct jsonout *json, struct error *error)
{
	size_t count = list->count < DEADLINES_SHOWN ? list->count : DEADLINES_SHOWN;
	size_t case_count, user_count;
	struct record_title *cases = NULL, *users = NULL;

	if (!load_titles(store, "patent_case", list, count, true, &cases, &case_count, error) ||
	    !load_titles(store, "user", list, count, false, &users, &user_count, error))
		return false;
	jsonout_key(json, "deadlines");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		const struct due *due = &LIST_AT(list, struct due, i);

		jsonout_object_begin(json);
		jsonout_member_integer(json, "id", due->id);
		write_named(json, "case", "title", due->case_id, cases, case_count);
		jsonout_member_cstr(json, "title", due->title);
		jsonout_member_date(json, "due_on", due->due_on);
		jsonout_member_date(json, "safe_on", due->safe_on);
		jsonout_member_integer(json, "days_left", due->due_on - as_of);
		jsonout_member_cstr(json, "level",
				    due_levels[due_level(due->due_on, due->safe_on, as_of)]);
		jsonout_member_cstr(json, "state", due->state);
		write_named(json, "owner", "name", due->owner_id, users, user_count);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_member_integer(json, "deadlines_open", (int64_t)list->count);
	return true;
}

static bool answer_deadlines(struct record_store *store, const char *path, date as_of,
			     struct jsonout *json, struct error *error)
{
	struct list list = LIST_OF(struct due);
	bool is_done = load_deadlines(store, path, as_of, &list, error) &&
		       write_deadlines(store, &list, as_of, json, error);

	list_release(&list);
	return is_done;
}

/* ---- Tasks: of today only, whatever day is asked for. */
static bool answer_tasks(struct record_store *store, struct jsonout *json, struct error *error)
{
	struct record_task *tasks, *reminders;
	size_t task_count, reminder_count;

	if (!record_tasks(store, TASKS_MAX, &tasks, &task_count, error) ||
	    !record_reminders(store, TASKS_MAX, &reminders, &reminder_count, error))
		return false;
	jsonout_key(json, "tasks");
	jsonout_object_begin(json);
	jsonout_member_integer(json, "count", (int64_t)task_count);
	jsonout_member_integer(json, "reminders", (int64_t)reminder_count);
	jsonout_member_bool(json, "more", task_count == TASKS_MAX || reminder_count == TASKS_MAX);
	jsonout_object_end(json);
	return true;
}

/* ---- Cards: of centres, for who may see all of one. */
static bool answer_cards(struct record_store *store, const struct chain_stock *stock,
			 const struct chain_book *books, size_t book_count,
			 const struct chain_question *question, struct jsonout *json,
			 struct error *error)
{
	struct chain_figures figures;
	struct error ignored;

	jsonout_key(json, "cards");
	if (!stock->centre.is_centre || !chain_may_compute(store, &ignored)) {
		jsonout_array_begin(json);
		jsonout_array_end(json);
		return true;
	}
	if (!chain_figures_compute(store->arena, stock, books, book_count, question, &figures,
				   error))
		return false;
	chain_indicators_write(json, store->arena, &figures, false);
	return true;
}

bool chain_workbench_answer(struct record_store *store, const struct chain_centre *centre,
			    const struct chain_question *question, struct jsonout *json,
			    struct error *error)
{
	struct chain_funnel_row rows[STAGE_COUNT];
	const struct chain_book *book;
	struct chain_stock stock;
	struct chain_stay *stays;
	struct chain_book *books;
	size_t stay_count, book_count;
	date from;

	if (!chain_stock_load(store, centre, &stock, error) ||
	    !chain_books_load(store, centre->path, &books, &book_count, error) ||
	    !chain_stays_load(store, &stock, question->as_of, &stays, &stay_count, error))
		return false;
	book = chain_book_on(books, book_count, centre->id, question->as_of);
	from = book ? book->from : date_of(date_year(question->as_of), 1, 1);
	chain_funnel(store->arena, stays, stay_count, from, question->as_of, rows);
	jsonout_object_begin(json);
	jsonout_member_date(json, "as_of", question->as_of);
	jsonout_key(json, "centre");
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", centre->id);
	jsonout_member_cstr(json, "name", centre->name);
	jsonout_object_end(json);
	jsonout_member_date(json, "window_from", from);
	write_funnel(json, rows, question->as_of == store->today);
	if (!answer_deadlines(store, centre->path, question->as_of, json, error) ||
	    !answer_tasks(store, json, error) ||
	    !answer_cards(store, &stock, books, book_count, question, json, error))
		return false;
	jsonout_object_end(json);
	return true;
}
