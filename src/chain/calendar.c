#include "chain/calendar.h"
#include "base/list.h"
#include "record/beside.h"
#include "record/select.h"
#include "types/types.h"

#include <string.h>

enum { COLUMN_DAY, COLUMN_TITLE, COLUMN_CASE, COLUMN_OWNER, COLUMN_SAFE, COLUMNS };

const char *chain_event_kind(const struct chain_event *event)
{
	static const struct {
		const struct record_type *type;
		const char *kind;
	} kinds[] = { { &deadline_type, "deadline" },
		      { &fee_type, "fee" },
		      { &rd_gate_type, "gate" } };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (event->type == kinds[i].type)
			return kinds[i].kind;
	return "task";
}

/* Who it waits for: the first user the record names. */
static size_t owner_of(const struct record_type *type)
{
	for (size_t i = 0; i < type->field_count; i++)
		if (type->fields[i].kind == FIELD_USER)
			return i;
	return SIZE_MAX;
}

/* Columns that the type does not have are read as its id, and not looked at. */
static void set_columns(const struct record_type *type, const struct reminder *reminder,
			size_t fields_out[COLUMNS + 1], bool has_out[COLUMNS])
{
	const size_t wanted[COLUMNS] = {
		[COLUMN_DAY] = record_field_find(type, str_of(reminder->field)),
		[COLUMN_TITLE] = record_field_find(type, str_of(type->title_field)),
		[COLUMN_CASE] = record_field_find(type, STR("case_id")),
		[COLUMN_OWNER] = owner_of(type),
		[COLUMN_SAFE] = record_field_find(type, STR("safe_on")),
	};

	for (size_t i = 0; i < COLUMNS; i++) {
		has_out[i] = wanted[i] != SIZE_MAX;
		fields_out[i] = has_out[i] ? wanted[i] : RECORD_FIELD_ID;
	}
	has_out[COLUMN_SAFE] = has_out[COLUMN_SAFE] && strcmp(reminder->field, "due_on") == 0;
	fields_out[COLUMNS] = SIZE_MAX;
}

static struct value day_value(struct arena *arena, date day)
{
	char text[DATE_TEXT_SIZE];

	date_format(day, text);
	return (struct value){ .text = arena_copy(arena, text, strlen(text)) };
}

static size_t list_states(struct arena *arena, const char *states, struct value *values)
{
	struct str rest = str_of(states), part;
	size_t count = 0;

	while (str_split(&rest, STR(","), &part))
		if (part.size && count < FILTER_VALUES_MAX)
			values[count++] = (struct value){ .text = str_to_cstr(arena, part) };
	return count;
}

static void add_events(struct record_store *store, const struct record_type *type,
		       const struct reminder *reminder, const bool has[COLUMNS],
		       struct db_rows *rows, struct list *list)
{
	while (db_next(rows)) {
		struct chain_event *event = list_add(list);

		*event = (struct chain_event){
			.type = type,
			.field = reminder->field,
			.id = db_integer(rows, SELECTED_ID),
			.state = str_to_cstr(store->arena, db_text(rows, SELECTED_STATE)),
			.title = str_to_cstr(store->arena,
					     db_text(rows, SELECTED_FIELDS + COLUMN_TITLE)),
			.safe_on = DATE_NONE,
		};
		if (!date_parse(db_text(rows, SELECTED_FIELDS + COLUMN_DAY), &event->on))
			event->on = DATE_NONE;
		if (has[COLUMN_CASE])
			event->case_id = db_integer(rows, SELECTED_FIELDS + COLUMN_CASE);
		if (has[COLUMN_OWNER])
			event->owner_id = db_integer(rows, SELECTED_FIELDS + COLUMN_OWNER);
		if (has[COLUMN_SAFE] &&
		    !date_parse(db_text(rows, SELECTED_FIELDS + COLUMN_SAFE), &event->safe_on))
			event->safe_on = DATE_NONE;
	}
}

static bool load_reminder(struct record_store *store, const struct record_type *type,
			  const struct reminder *reminder, const char *path, date from, date until,
			  struct list *list, struct error *error)
{
	struct value first = day_value(store->arena, from), last = day_value(store->arena, until);
	struct value states[FILTER_VALUES_MAX];
	size_t fields[COLUMNS + 1];
	bool has[COLUMNS];
	struct record_filter filters[3];
	struct record_selection selection = {
		.type = type, .fields = fields, .path = path, .filters = filters, .filter_count = 2
	};
	struct db_rows *rows;

	set_columns(type, reminder, fields, has);
	filters[0] = (struct record_filter){ fields[COLUMN_DAY], FILTER_GREATER_EQUAL, &first, 1 };
	filters[1] = (struct record_filter){ fields[COLUMN_DAY], FILTER_LESS_EQUAL, &last, 1 };
	if (reminder->states)
		filters[selection.filter_count++] = (struct record_filter){
			RECORD_FIELD_STATE, FILTER_IN, states,
			list_states(store->arena, reminder->states, states)
		};
	if (!record_select(store, &selection, &rows, error))
		return false;
	add_events(store, type, reminder, has, rows, list);
	return db_rows_done(rows, error);
}

static int compare_events(const void *left, const void *right)
{
	const struct chain_event *a = left, *b = right;
	int order;

	if (a->on != b->on)
		return a->on < b->on ? -1 : 1;
	order = strcmp(a->type->name, b->type->name);
	if (order)
		return order;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return strcmp(a->field, b->field);
}

static bool load_names(struct record_store *store, struct chain_calendar *calendar,
		       struct error *error)
{
	int64_t *cases = arena_array(store->arena, int64_t, calendar->count + 1);
	int64_t *users = arena_array(store->arena, int64_t, calendar->count + 1);

	for (size_t i = 0; i < calendar->count; i++) {
		cases[i] = calendar->events[i].case_id;
		users[i] = calendar->events[i].owner_id;
	}
	return chain_names_load(store, cases, users, calendar->count, &calendar->names, error);
}

bool chain_calendar_load(struct record_store *store, const char *path, date from, date until,
			 struct chain_calendar *calendar_out, struct error *error)
{
	struct list list = LIST_OF(struct chain_event);
	bool is_done = true;

	for (const struct record_type *const *type = record_types; *type && is_done; type++)
		for (const struct reminder *reminder = (*type)->reminders;
		     reminder && reminder->field && is_done; reminder++)
			is_done = !record_may(store, *type, "read") ||
				  load_reminder(store, *type, reminder, path, from, until, &list,
						error);
	if (!is_done) {
		list_release(&list);
		return false;
	}
	list_sort(&list, compare_events);
	calendar_out->events = list_to_arena(&list, store->arena, &calendar_out->count);
	calendar_out->is_cut = calendar_out->count > CALENDAR_EVENTS_MAX;
	if (calendar_out->is_cut)
		calendar_out->count = CALENDAR_EVENTS_MAX;
	return load_names(store, calendar_out, error);
}

void chain_calendar_write(struct jsonout *json, const struct chain_calendar *calendar, date today)
{
	jsonout_object_begin(json);
	jsonout_key(json, "events");
	jsonout_array_begin(json);
	for (size_t i = 0; i < calendar->count; i++) {
		const struct chain_event *event = &calendar->events[i];

		jsonout_object_begin(json);
		jsonout_member_cstr(json, "kind", chain_event_kind(event));
		jsonout_member_cstr(json, "type", event->type->name);
		jsonout_member_integer(json, "id", event->id);
		jsonout_member_cstr(json, "title", event->title);
		chain_write_case(json, &calendar->names, event->case_id);
		jsonout_member_date(json, "on", event->on);
		jsonout_member_date(json, "safe_on", event->safe_on);
		jsonout_member_cstr(json, "level",
				    due_levels[due_level(event->on, event->safe_on, today)]);
		jsonout_member_cstr(json, "state", event->state);
		chain_write_owner(json, &calendar->names, event->owner_id);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	jsonout_member_bool(json, "more", calendar->is_cut);
	jsonout_object_end(json);
}
