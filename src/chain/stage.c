/* The records in a stage of the funnel on a day. */
#include "base/list.h"
#include "chain/rows.h"
#include "chain/workbench.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What a person calls a record of the type by, besides its title. */
static const struct {
	const char *type, *number;
} numbers[] = {
	{ "key_field", "name" },  { "bottleneck", "code" },    { "rd_project", "code" },
	{ "disclosure", "code" }, { "patent_case", "docket" }, { "product", "filing" },
};

struct entry {
	int64_t id;
	date since;
	struct str number, title, state;
};

static const char *number_field(const char *type)
{
	size_t i = 0;

	while (strcmp(numbers[i].type, type) != 0)
		i++;
	return numbers[i].number;
}

/* Those in the stage on the day, by id. */
static void find_entries(const struct chain_stay *stays, size_t count, enum chain_stage stage,
			 date as_of, struct list *entries)
{
	for (size_t i = 0; i < count; i++)
		if (stays[i].stage == stage && stays[i].from <= as_of &&
		    (stays[i].until == DATE_NONE || stays[i].until > as_of))
			*(struct entry *)list_add(entries) =
				(struct entry){ .id = stays[i].id, .since = stays[i].from };
}

static int compare_entry(const void *key, const void *item)
{
	int64_t id = *(const int64_t *)key, other = ((const struct entry *)item)->id;

	return (id > other) - (id < other);
}

static bool name_entries(struct record_store *store, const char *path, const char *type,
			 struct list *entries, struct error *error)
{
	const char *names[] = { number_field(type), record_type_find(type)->title_field };
	struct chain_rows rows;

	if (!chain_select(store, path, type, names, COUNT(names), &rows, error))
		return false;
	while (chain_next(&rows)) {
		int64_t id = chain_id(&rows);
		struct entry *entry = entries->count ? bsearch(&id, entries->items, entries->count,
							       sizeof(*entry), compare_entry)
						     : NULL;

		if (!entry)
			continue;
		entry->number = str_copy(store->arena, chain_text(&rows, 0));
		entry->title = str_copy(store->arena, chain_text(&rows, 1));
		entry->state = str_copy(store->arena, chain_state(&rows));
	}
	return chain_done(&rows, error);
}

static void write_entry(struct jsonout *json, const char *type, const struct entry *entry)
{
	jsonout_object_begin(json);
	jsonout_member_cstr(json, "type", type);
	jsonout_member_integer(json, "id", entry->id);
	jsonout_member_text(json, "number", entry->number);
	jsonout_member_str(json, "title", entry->title);
	jsonout_member_date(json, "day", entry->since);
	jsonout_member_str(json, "state", entry->state);
	jsonout_key(json, "reason");
	jsonout_null(json);
	jsonout_object_end(json);
}

static void write_page(struct jsonout *json, struct arena *arena, const char *type,
		       const struct list *entries, size_t from, size_t limit)
{
	jsonout_object_begin(json);
	jsonout_key(json, "records");
	jsonout_array_begin(json);
	for (size_t i = from; i < entries->count && i - from < limit; i++)
		write_entry(json, type, &LIST_AT(entries, struct entry, i));
	jsonout_array_end(json);
	jsonout_key(json, "next");
	if (entries->count > from && entries->count - from > limit)
		jsonout_cstr(json, arena_printf(arena, "%zu", from + limit));
	else
		jsonout_null(json);
	jsonout_member_integer(json, "total", (int64_t)entries->count);
	jsonout_object_end(json);
}

static bool find_stage(struct str name, enum chain_stage *stage_out, struct error *error)
{
	for (size_t i = 0; i < STAGE_COUNT; i++)
		if (str_equal_cstr(name, chain_stages[i].name)) {
			*stage_out = (enum chain_stage)i;
			return true;
		}
	return error_set(error, ERROR_NOT_FOUND, "chain.no_stage", "%.*s", STR_ARGS(name));
}

bool chain_stage_answer(struct record_store *store, const struct chain_centre *centre, date as_of,
			struct str name, size_t from, size_t limit, struct jsonout *json,
			struct error *error)
{
	struct list entries = LIST_OF(struct entry);
	struct chain_stock stock;
	struct chain_stay *stays;
	enum chain_stage stage = STAGE_COUNT;
	size_t count;
	bool is_done;

	if (!find_stage(name, &stage, error) || !chain_stock_load(store, centre, &stock, error) ||
	    !chain_stays_load(store, &stock, as_of, &stays, &count, error))
		return false;
	find_entries(stays, count, stage, as_of, &entries);
	is_done = name_entries(store, centre->path, chain_stages[stage].type, &entries, error);
	if (is_done)
		write_page(json, store->arena, chain_stages[stage].type, &entries, from, limit);
	list_release(&entries);
	return is_done;
}
