/* 待办 and reminders: computed from states, grants and dates, so that nothing can be forgotten. */
#include "base/list.h"
#include "record/beside.h"
#include "record/record_internal.h"

enum { TASKS_OF_A_TYPE_MAX = 200, DAYS_BEFORE_MAX = 4 };

/* ---- Dates. */
const char *const due_levels[] = {
	[DUE_NORMAL] = "normal", [DUE_AMBER] = "amber", [DUE_RED] = "red"
};

enum due_level due_level(date due, date safe, date today)
{
	if (due <= today + DUE_RED_DAYS || (safe != DATE_NONE && safe < today))
		return DUE_RED;
	return due <= today + DUE_AMBER_DAYS ? DUE_AMBER : DUE_NORMAL;
}

static bool is_reminded(const struct reminder *reminder, const char *state)
{
	return !reminder->states || name_is_listed(reminder->states, str_of(state));
}

static void set_due(const struct record *record, struct record_task *task)
{
	const struct reminder *reminder = record->type->reminders;

	for (; reminder && reminder->field; reminder++) {
		size_t at = record_field_find(record->type, str_of(reminder->field));
		date day = record_date(record, at);

		if (day == DATE_NONE || !is_reminded(reminder, record->state) ||
		    (task->due != DATE_NONE && task->due <= day))
			continue;
		task->due = day;
		task->due_field = reminder->field;
	}
}

/* What a record belongs to: its first reference that is needed and stays. */
static void set_about(const struct record *record, struct record_task *task)
{
	const unsigned needed = FIELD_REQUIRED | FIELD_FIXED;

	for (size_t i = 0; i < record->type->field_count && !task->about_id; i++) {
		const struct field *field = &record->type->fields[i];

		if (field->kind != FIELD_REF || (field->flags & needed) != needed)
			continue;
		task->about_type = record_type_find(field->ref);
		task->about_id = record_integer(record, i);
	}
}

static struct record_task task_of(const struct record *record)
{
	struct record_task task = {
		.type = record->type,
		.record_id = record->id,
		.organisation_id = record->organisation_id,
		.since = record->updated_at,
		.title = record_title(record),
		.state = record->state,
		.due = DATE_NONE,
	};

	set_due(record, &task);
	set_about(record, &task);
	return task;
}

static int compare_tasks(const void *left, const void *right)
{
	const struct record_task *a = left, *b = right;

	if (a->due != b->due && (a->due == DATE_NONE || b->due == DATE_NONE))
		return a->due == DATE_NONE ? 1 : -1;
	if (a->due != b->due)
		return a->due < b->due ? -1 : 1;
	if (a->since != b->since)
		return a->since < b->since ? -1 : 1;
	return (a->record_id > b->record_id) - (a->record_id < b->record_id);
}

static void finish(struct record_store *store, struct list *list, struct record_task **tasks_out,
		   size_t *count_out)
{
	list_sort(list, compare_tasks);
	*tasks_out = list_to_arena(list, store->arena, count_out);
}

/* "SELECT … WHERE (readable) AND (": the caller adds its condition, then end_statement(). */
static struct record_sql *begin_statement(struct record_store *store,
					  const struct record_type *type)
{
	struct record_sql *sql = sql_new(store);

	sql_add(sql, "SELECT ");
	sql_add_columns(sql, type);
	sql_add_from(sql, type);
	sql_add(sql, " WHERE ");
	scope_add(sql, store, type, "read", NULL);
	sql_add(sql, " AND (");
	return sql;
}

static bool end_statement(struct record_store *store, const struct record_type *type,
			  struct record_sql *sql, const char *order, size_t limit,
			  struct record ***records_out, size_t *count_out, struct error *error)
{
	sql_add(sql, ") ORDER BY %s LIMIT ", order);
	sql_add_param(sql,
		      DB_INT((int64_t)(limit < TASKS_OF_A_TYPE_MAX ? limit : TASKS_OF_A_TYPE_MAX)));
	return record_read_rows(store, type, sql, true, records_out, count_out, error);
}

/* ---- Tasks. */
static size_t add_task_conditions(struct record_store *store, const struct record_type *type,
				  struct record_sql *sql)
{
	size_t count = 0;

	for (const struct transition *step = type->transitions; step && step->name; step++) {
		if (!step->is_task || !record_may(store, type, step->name))
			continue;
		sql_add(sql, "%s(t.state = '%s' AND ", count++ ? " OR " : "", step->from);
		scope_add(sql, store, type, step->name, NULL);
		sql_add(sql, ")");
	}
	return count;
}

static bool has_task_step(const struct record_task *task)
{
	for (size_t i = 0; i < task->step_count; i++)
		if (task->steps[i]->is_task)
			return true;
	return false;
}

static bool add_tasks_of_type(struct record_store *store, const struct record_type *type,
			      size_t limit, struct list *list, struct error *error)
{
	struct record_sql *sql = begin_statement(store, type);
	struct record **records;
	size_t count;

	if (!add_task_conditions(store, type, sql))
		return true;
	if (!end_statement(store, type, sql, "t.updated_at, t.id", limit, &records, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct record_task task = task_of(records[i]);

		task.step_count = record_steps(store, records[i], task.steps, TASK_STEPS_MAX);
		if (has_task_step(&task))
			*(struct record_task *)list_add(list) = task;
	}
	return true;
}

/* ---- Escalation. */
static void add_states(struct record_sql *sql, const char *states)
{
	struct str rest = str_of(states), part;
	const char *before = " AND t.state IN (";

	while (str_split(&rest, STR(","), &part))
		if (part.size) {
			sql_add(sql, "%s'%.*s'", before, STR_ARGS(part));
			before = ", ";
		}
	sql_add(sql, ")");
}

static void add_day(struct record_store *store, struct record_sql *sql, const char *field,
		    const char *operator, date day)
{
	char text[DATE_TEXT_SIZE];

	date_format(day, text);
	sql_add(sql, "t.\"%s\" %s ", field, operator);
	sql_add_param(sql, DB_CSTR(arena_copy(store->arena, text, strlen(text))));
}

static size_t add_escalations(struct record_store *store, const struct record_type *type,
			      struct record_sql *sql)
{
	const struct reminder *reminder = type->reminders;
	size_t count = 0;

	for (; reminder && reminder->field; reminder++) {
		if (!(reminder->escalates & store->actor->roles))
			continue;
		sql_add(sql, "%s(", count++ ? " OR " : "");
		add_day(store, sql, reminder->field, "<", store->today);
		if (reminder->states)
			add_states(sql, reminder->states);
		if (reminder->idle_states) {
			sql_add(sql, ") OR (");
			add_day(store, sql, reminder->field, "<=", store->today + DUE_RED_DAYS);
			add_states(sql, reminder->idle_states);
		}
		sql_add(sql, ")");
	}
	return count;
}

/* What the actor could do something about anyway is marked, the rest is added. */
static void add_escalated(struct record_store *store, const struct record *record,
			  struct list *list)
{
	struct record_task *task;

	for (size_t i = 0; i < list->count; i++) {
		task = &LIST_AT(list, struct record_task, i);
		if (task->type == record->type && task->record_id == record->id) {
			task->is_escalated = true;
			return;
		}
	}
	task = list_add(list);
	*task = task_of(record);
	task->step_count = record_steps(store, record, task->steps, TASK_STEPS_MAX);
	task->is_escalated = true;
}

static bool add_escalated_of_type(struct record_store *store, const struct record_type *type,
				  size_t limit, struct list *list, struct error *error)
{
	struct record_sql *sql;
	struct record **records;
	size_t count;

	if (!type->reminders)
		return true;
	sql = begin_statement(store, type);
	if (!add_escalations(store, type, sql))
		return true;
	if (!end_statement(store, type, sql, "t.updated_at, t.id", limit, &records, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		add_escalated(store, records[i], list);
	return true;
}

bool record_tasks(struct record_store *store, size_t limit, struct record_task **tasks_out,
		  size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct record_task);

	for (const struct record_type *const *type = record_types; *type; type++)
		if (!store->actor->is_operator &&
		    (!add_tasks_of_type(store, *type, limit, &list, error) ||
		     !add_escalated_of_type(store, *type, limit, &list, error))) {
			list_release(&list);
			return false;
		}
	finish(store, &list, tasks_out, count_out);
	return true;
}

/* ---- Reminders. */
static int days_before(const struct reminder *reminder)
{
	int most = 0;

	for (size_t i = 0; i < DAYS_BEFORE_MAX && reminder->days_before[i]; i++)
		if (reminder->days_before[i] > most)
			most = reminder->days_before[i];
	return most;
}

static void add_reminders(struct record_store *store, const struct record_type *type,
			  struct record_sql *sql)
{
	const char *before = "";
	char day[DATE_TEXT_SIZE];

	for (const struct reminder *reminder = type->reminders; reminder->field; reminder++) {
		date_format(store->today + days_before(reminder), day);
		sql_add(sql, "%s(t.\"%s\" <= ", before, reminder->field);
		sql_add_param(sql, DB_CSTR(arena_copy(store->arena, day, strlen(day))));
		if (reminder->states)
			add_states(sql, reminder->states);
		sql_add(sql, ")");
		before = " OR ";
	}
}

static void add_may_act(struct record_store *store, const struct record_type *type,
			struct record_sql *sql)
{
	sql_add(sql, ") AND (");
	scope_add(sql, store, type, "update", NULL);
	for (const struct transition *step = type->transitions; step && step->name; step++) {
		if (!record_may(store, type, step->name))
			continue;
		sql_add(sql, " OR (t.state = '%s' AND ", step->from);
		scope_add(sql, store, type, step->name, NULL);
		sql_add(sql, ")");
	}
}

static bool add_reminders_of_type(struct record_store *store, const struct record_type *type,
				  size_t limit, struct list *list, struct error *error)
{
	struct record_sql *sql = begin_statement(store, type);
	struct record **records;
	const char *order;
	size_t count;

	add_reminders(store, type, sql);
	add_may_act(store, type, sql);
	order = arena_printf(store->arena, "t.\"%s\" NULLS LAST, t.id", type->reminders->field);
	if (!end_statement(store, type, sql, order, limit, &records, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		*(struct record_task *)list_add(list) = task_of(records[i]);
	return true;
}

bool record_reminders(struct record_store *store, size_t limit, struct record_task **tasks_out,
		      size_t *count_out, struct error *error)
{
	struct list list = LIST_OF(struct record_task);

	for (const struct record_type *const *type = record_types; *type; type++)
		if ((*type)->reminders &&
		    !add_reminders_of_type(store, *type, limit, &list, error)) {
			list_release(&list);
			return false;
		}
	finish(store, &list, tasks_out, count_out);
	return true;
}
