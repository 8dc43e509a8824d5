/* What stands beside a record: history, comments; and what waits for the actor. */
#include "api/record_call.h"
#include "api/routes.h"
#include "base/list.h"

/* ---- History. */

static const struct field *field_of(const struct record_call *records,
				    const struct record_change *change)
{
	size_t at = change->field ? record_field_find(records->type, str_of(change->field))
				  : SIZE_MAX;

	return at == SIZE_MAX ? NULL : &records->type->fields[at];
}

/* What the history keeps, read again as a value; it was one, so that nothing is wrong with it. */
static struct value value_of(struct record_call *records, const struct field *field,
			     const char *text)
{
	struct field_errors ignored = { .count = 0 };
	struct value value;

	if (field->flags & FIELD_SENSITIVE)
		return (struct value){ .is_null = !text, .text = text };
	record_parse_value(&records->store, field, str_of(text), &value, &ignored);
	return value;
}

static void collect_ids(struct list *ids, const char *text)
{
	struct str rest = str_of(text), part;
	int64_t id;

	while (str_split(&rest, STR(","), &part))
		if (str_to_int64(part, &id))
			*(int64_t *)list_add(ids) = id;
}

/* The titles of all that one field referred to. */
static bool add_titles(struct record_call *records, const struct field *field,
		       const struct record_change *changes, size_t count, struct error *error)
{
	struct list ids = LIST_OF(int64_t);
	bool done;

	for (size_t i = 0; i < count; i++)
		if (field_of(records, &changes[i]) == field) {
			collect_ids(&ids, changes[i].old_value);
			collect_ids(&ids, changes[i].new_value);
		}
	done = record_labels_add_ids(records->labels, type_of_reference(field), ids.items,
				     ids.count, error);
	list_release(&ids);
	return done;
}

static bool add_users(struct record_call *records, const struct record_change *changes,
		      size_t count, struct error *error)
{
	int64_t *users = arena_array(records->call->arena, int64_t, count + 1);

	for (size_t i = 0; i < count; i++)
		users[i] = changes[i].user_id;
	return record_labels_add_ids(records->labels, record_type_find("user"), users, count,
				     error);
}

bool call_history(struct record_call *records, const struct record *record,
		  struct record_change **changes_out, size_t *count_out, struct error *error)
{
	if (!record_history(&records->store, record, changes_out, count_out, error) ||
	    !add_users(records, *changes_out, *count_out, error))
		return false;
	for (size_t i = 0; i < records->type->field_count; i++)
		if (type_of_reference(&records->type->fields[i]) &&
		    !add_titles(records, &records->type->fields[i], *changes_out, *count_out,
				error))
			return false;
	return true;
}

struct str call_history_text(struct record_call *records, const struct record_change *change,
			     const char *text)
{
	const struct field *field = field_of(records, change);
	const struct choice *state;
	struct value value;

	if (!text)
		return STR_EMPTY;
	if (!field) {
		state = choice_find(records->type->states, str_of(text));
		return str_of(state ? label_text(state->label, records->call->language) : text);
	}
	value = value_of(records, field, text);
	return record_labels_show(records->labels, field, &value, records->call->language);
}

static void write_change(struct record_call *records, const struct record_change *change)
{
	struct jsonout *json = &records->call->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "version", change->version);
	jsonout_member_time(json, "at", change->at);
	call_write_user(records, "user", change->user_id);
	jsonout_member_cstr(json, "action", change->action);
	jsonout_member_cstr(json, "field", change->field);
	jsonout_member_cstr(json, "old", change->old_value);
	jsonout_member_cstr(json, "new", change->new_value);
	jsonout_member_text(json, "old_text",
			    call_history_text(records, change, change->old_value));
	jsonout_member_text(json, "new_text",
			    call_history_text(records, change, change->new_value));
	jsonout_member_cstr(json, "request_id", change->request_id);
	jsonout_object_end(json);
}

static bool list_history(struct call *call, struct error *error)
{
	struct record_change *changes;
	struct record_call records;
	struct record *record;
	size_t count;

	if (!record_call_begin(call, &records, error) ||
	    !record_call_find(&records, &record, error) ||
	    !call_history(&records, record, &changes, &count, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "changes");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++)
		write_change(&records, &changes[i]);
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

/* ---- Comments. */

bool call_comments(struct record_call *records, const struct record *record,
		   struct record_comment **comments_out, size_t *count_out, struct error *error)
{
	int64_t *users;

	if (!record_comments(&records->store, record, comments_out, count_out, error))
		return false;
	users = arena_array(records->call->arena, int64_t, *count_out + 1);
	for (size_t i = 0; i < *count_out; i++)
		users[i] = (*comments_out)[i].user_id;
	return record_labels_add_ids(records->labels, record_type_find("user"), users, *count_out,
				     error);
}

static bool write_comments(struct record_call *records, const struct record *record,
			   struct error *error)
{
	struct jsonout *json = &records->call->json;
	struct record_comment *comments;
	size_t count;

	if (!call_comments(records, record, &comments, &count, error))
		return false;
	jsonout_object_begin(json);
	jsonout_key(json, "comments");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(json);
		jsonout_member_integer(json, "id", comments[i].id);
		jsonout_member_time(json, "at", comments[i].at);
		call_write_user(records, "user", comments[i].user_id);
		jsonout_member_cstr(json, "step", comments[i].step);
		jsonout_member_cstr(json, "text", comments[i].text);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_object_end(json);
	return true;
}

static bool list_comments(struct call *call, struct error *error)
{
	struct record_call records;
	struct record *record;

	return record_call_begin(call, &records, error) &&
	       record_call_find(&records, &record, error) &&
	       write_comments(&records, record, error);
}

static bool add_comment(struct call *call, struct error *error)
{
	struct record_call records;
	struct record *record;
	const char *text;

	call->response->status = 201;
	return record_call_begin(call, &records, error) &&
	       record_call_find(&records, &record, error) &&
	       call_need_text(call, "text", &text, error) && db_begin(call->db, error) &&
	       record_comment_add(&records.store, record, str_of(text), error) &&
	       db_commit(call->db, error) && write_comments(&records, record, error);
}

/* ---- 待办 and reminders. */

static void write_task_steps(struct jsonout *json, const struct record_task *task)
{
	jsonout_key(json, "steps");
	jsonout_array_begin(json);
	for (size_t i = 0; i < task->step_count; i++) {
		jsonout_object_begin(json);
		jsonout_member_cstr(json, "name", task->steps[i]->name);
		jsonout_member_label(json, "label", task->steps[i]->label);
		jsonout_member_cstr(json, "to", task->steps[i]->to);
		jsonout_member_bool(json, "wants_comment", task->steps[i]->wants_comment);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

static void write_about(struct record_call *records, const struct record_task *task)
{
	struct jsonout *json = &records->call->json;

	jsonout_key(json, "about");
	if (!task->about_id) {
		jsonout_null(json);
		return;
	}
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", task->about_type->name);
	jsonout_member_integer(json, "id", task->about_id);
	jsonout_member_cstr(json, "title",
			    record_labels_find(records->labels, task->about_type, task->about_id));
	jsonout_object_end(json);
}

static void write_task(struct record_call *records, const struct record_task *task)
{
	const struct choice *state = choice_find(task->type->states, str_of(task->state));
	struct jsonout *json = &records->call->json;

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", task->type->name);
	jsonout_member_label(json, "type_label", task->type->label);
	jsonout_member_integer(json, "id", task->record_id);
	jsonout_member_cstr(json, "title", task->title);
	write_about(records, task);
	jsonout_member_cstr(json, "state", task->state);
	if (state)
		jsonout_member_label(json, "state_label", state->label);
	call_write_organisation(records, "organisation", task->organisation_id);
	jsonout_member_time(json, "since", task->since);
	jsonout_member_date(json, "due", task->due);
	jsonout_member_cstr(json, "due_field", task->due_field);
	jsonout_member_cstr(
		json, "level",
		task->due == DATE_NONE
			? NULL
			: due_levels[due_level(task->due, DATE_NONE, records->store.today)]);
	jsonout_member_bool(json, "escalated", task->is_escalated);
	write_task_steps(json, task);
	jsonout_object_end(json);
}

static bool is_first_of_type(const struct record_task *tasks, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (tasks[i].about_type == tasks[at].about_type)
			return false;
	return tasks[at].about_type;
}

/* Names of the organisations and of what the tasks are about: one statement a type. */
static bool add_labels(struct record_call *records, const struct record_task *tasks, size_t count,
		       struct error *error)
{
	int64_t *ids = arena_array(records->call->arena, int64_t, count + 1);

	for (size_t i = 0; i < count; i++)
		ids[i] = tasks[i].organisation_id;
	if (!record_labels_add_ids(records->labels, record_type_find("organisation"), ids, count,
				   error))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t found = 0;

		if (!is_first_of_type(tasks, i))
			continue;
		for (size_t j = i; j < count; j++)
			if (tasks[j].about_type == tasks[i].about_type)
				ids[found++] = tasks[j].about_id;
		if (!record_labels_add_ids(records->labels, tasks[i].about_type, ids, found, error))
			return false;
	}
	return true;
}

static void write_tasks(struct record_call *records, const char *key,
			const struct record_task *tasks, size_t count)
{
	jsonout_key(&records->call->json, key);
	jsonout_array_begin(&records->call->json);
	for (size_t i = 0; i < count; i++)
		write_task(records, &tasks[i]);
	jsonout_array_end(&records->call->json);
}

static bool list_tasks(struct call *call, struct error *error)
{
	struct record_task *tasks, *reminders;
	size_t task_count, reminder_count;
	struct record_call records;
	int64_t limit;

	if (!record_call_begin(call, &records, error) ||
	    !call_integer(call, "limit", 50, 1, LIST_LIMIT_MAX, &limit, error) ||
	    !record_tasks(&records.store, (size_t)limit, &tasks, &task_count, error) ||
	    !record_reminders(&records.store, (size_t)limit, &reminders, &reminder_count, error) ||
	    !add_labels(&records, tasks, task_count, error) ||
	    !add_labels(&records, reminders, reminder_count, error))
		return false;
	jsonout_object_begin(&call->json);
	write_tasks(&records, "tasks", tasks, task_count);
	write_tasks(&records, "reminders", reminders, reminder_count);
	jsonout_object_end(&call->json);
	return true;
}

HANDLER(api_list_history, list_history)
HANDLER(api_list_comments, list_comments)
HANDLER(api_add_comment, add_comment)
HANDLER(api_list_tasks, list_tasks)
