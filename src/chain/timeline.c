#include "chain/timeline.h"
#include "base/list.h"
#include "chain/course.h"
#include "chain/names.h"
#include "record/beside.h"
#include "record/list.h"
#include "types/types.h"

#include <string.h>

struct event {
	date on;
	const char *kind;
	struct label title;
	const char *type, *detail; /* detail: "" none */
	int64_t id;
};

/* Types that tell something about a case: which field names it, which day counts, what stands beside. */
static const struct {
	const char *type, *kind, *reference, *day, *detail;
} sources[] = {
	{ "notice", "notice", "case_id", "issued_on", "number" },
	{ "deadline", "deadline", "case_id", "done_on", "outcome" },
	{ "fee", "fee", "case_id", "paid_on", "paid" },
	{ "grading", "grading", "case_id", "graded_on", "grade" },
	{ "case_update", "update", "case_id", "happened_on", "event" },
	{ "standard_patent", "standard", "case_id", "declared_on", "standard" },
	{ "high_value_mark", "mark", "case_id", "from_on", "reason" },
	{ "deal", "deal", "cases", "contract_on", "party" },
	{ "award", "award", "cases", "awarded_on", "level" },
	{ "product", "product", "cases", "submitted_on", "model" },
};

static void add(struct list *events, date on, const char *kind, struct label title,
		const char *type, int64_t id, const char *detail)
{
	if (on != DATE_NONE)
		*(struct event *)list_add(events) = (struct event){ on,   kind,   title,
								    type, detail, id };
}

static void add_case_days(const struct record *patent, struct list *events)
{
	for (size_t i = 0; i < patent->type->field_count; i++)
		if (patent->type->fields[i].kind == FIELD_DATE)
			add(events, record_date(patent, i), "date", patent->type->fields[i].label,
			    patent->type->name, patent->id, "");
}

static bool add_source(struct record_store *store, size_t at, const struct value *id,
		       struct list *events, struct error *error)
{
	const struct record_type *type = record_type_find(sources[at].type);
	size_t reference = record_field_find(type, str_of(sources[at].reference));
	size_t day = record_field_find(type, str_of(sources[at].day));
	size_t detail = record_field_find(type, str_of(sources[at].detail));
	const struct record_filter filter = {
		reference,
		type->fields[reference].kind == FIELD_REFS ? FILTER_CONTAINS : FILTER_EQUAL, id, 1
	};
	const struct record_list_options options = { .filters = &filter,
						     .filter_count = 1,
						     .sort_field = RECORD_FIELD_ID,
						     .limit = LIST_LIMIT_MAX };
	struct record_page page;

	if (!record_may(store, type, "read"))
		return true;
	if (!record_list(store, type, &options, &page, error))
		return false;
	for (size_t i = 0; i < page.count; i++) {
		const struct record *row = page.records[i];
		const char *title = record_title(row);
		struct str text = record_show_value(store->arena, &type->fields[detail],
						    &row->values[detail], LANGUAGE_ZH);

		add(events, record_date(row, day), sources[at].kind,
		    (struct label){ *title ? title : type->label.zh,
				    *title ? title : type->label.en },
		    type->name, row->id, str_to_cstr(store->arena, text));
	}
	return true;
}

static int compare_events(const void *left, const void *right)
{
	const struct event *a = left, *b = right;
	int order = strcmp(a->type, b->type);

	if (a->on != b->on)
		return a->on < b->on ? -1 : 1;
	return order ? order : (a->id > b->id) - (a->id < b->id);
}

static void write_events(struct jsonout *json, const struct list *events)
{
	jsonout_key(json, "events");
	jsonout_array_begin(json);
	for (size_t i = 0; i < events->count; i++) {
		const struct event *event = &LIST_AT(events, struct event, i);

		jsonout_object_begin(json);
		jsonout_member_date(json, "on", event->on);
		jsonout_member_cstr(json, "kind", event->kind);
		jsonout_member_label(json, "title", event->title);
		jsonout_member_cstr(json, "type", event->type);
		jsonout_member_integer(json, "id", event->id);
		jsonout_member_text(json, "detail", str_of(event->detail));
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
}

/* ---- States. */
static void write_state(struct jsonout *json, const struct chain_course_state *stay)
{
	const struct choice *choice = choice_find(patent_case_type.states, str_of(stay->state));

	jsonout_object_begin(json);
	jsonout_member_cstr(json, "state", stay->state);
	jsonout_member_label(json, "label",
			     choice ? choice->label : (struct label){ stay->state, stay->state });
	jsonout_member_date(json, "from", stay->from);
	jsonout_member_date(json, "until", stay->until);
	jsonout_object_end(json);
}

static bool write_states(struct record_store *store, const struct record *patent,
			 struct jsonout *json, struct error *error)
{
	struct chain_course_state *states;
	size_t count;

	if (!chain_course_load(store, patent, &states, &count, error))
		return false;
	jsonout_key(json, "states");
	jsonout_array_begin(json);
	for (size_t i = 0; i < count; i++)
		write_state(json, &states[i]);
	jsonout_array_end(json);
	return true;
}

/* ---- What is to be done. */
static bool write_deadlines(struct record_store *store, const struct value *id,
			    struct jsonout *json, struct error *error)
{
	static const struct value running[] = { { .text = "open" },
						{ .text = "acknowledged" },
						{ .text = "deletion" } };
	const struct record_filter filters[] = { { DEADLINE_CASE, FILTER_EQUAL, id, 1 },
						 { RECORD_FIELD_STATE, FILTER_IN, running, 3 } };
	const struct record_list_options options = { .filters = filters,
						     .filter_count = 2,
						     .sort_field = DEADLINE_DUE_ON,
						     .limit = LIST_LIMIT_MAX };
	struct record_page page = { .count = 0 };
	struct chain_names names;
	int64_t owners[LIST_LIMIT_MAX], none[LIST_LIMIT_MAX] = { 0 };

	if (record_may(store, &deadline_type, "read") &&
	    !record_list(store, &deadline_type, &options, &page, error))
		return false;
	for (size_t i = 0; i < page.count; i++)
		owners[i] = record_integer(page.records[i], DEADLINE_OWNER);
	if (!chain_names_load(store, none, owners, page.count, &names, error))
		return false;
	jsonout_key(json, "open_deadlines");
	jsonout_array_begin(json);
	for (size_t i = 0; i < page.count; i++) {
		const struct record *row = page.records[i];
		date due = record_date(row, DEADLINE_DUE_ON),
		     safe = record_date(row, DEADLINE_SAFE_ON);

		jsonout_object_begin(json);
		jsonout_member_integer(json, "id", row->id);
		jsonout_member_cstr(json, "title", record_title(row));
		jsonout_member_date(json, "due_on", due);
		jsonout_member_date(json, "safe_on", safe);
		jsonout_member_cstr(json, "level", due_levels[due_level(due, safe, store->today)]);
		jsonout_member_cstr(json, "state", row->state);
		chain_write_owner(json, &names, owners[i]);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	return true;
}

static bool gather(struct record_store *store, const struct record *patent, const struct value *id,
		   struct list *events, struct error *error)
{
	add_case_days(patent, events);
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (!add_source(store, i, id, events, error))
			return false;
	list_sort(events, compare_events);
	return true;
}

bool chain_timeline_answer(struct record_store *store, int64_t case_id, struct jsonout *json,
			   struct error *error)
{
	/* text: as one of several references */
	const struct value id = {
		.integer = case_id, .text = arena_printf(store->arena, ",%lld,", (long long)case_id)
	};
	struct list events = LIST_OF(struct event);
	struct record *patent;

	if (!record_find(store, &patent_case_type, case_id, &patent, error))
		return false;
	if (!gather(store, patent, &id, &events, error)) {
		list_release(&events);
		return false;
	}
	jsonout_object_begin(json);
	jsonout_key(json, "case");
	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", case_id);
	jsonout_member_cstr(json, "docket", record_text(patent, CASE_NUMBER));
	jsonout_member_cstr(json, "title", record_text(patent, CASE_TITLE));
	jsonout_member_cstr(json, "state", patent->state);
	jsonout_object_end(json);
	write_events(json, &events);
	list_release(&events);
	if (!write_states(store, patent, json, error) || !write_deadlines(store, &id, json, error))
		return false;
	jsonout_object_end(json);
	return true;
}
