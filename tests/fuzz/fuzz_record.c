/*
 * Filters, sorts, search texts, page tokens and values of fields, a line each, as a hostile caller
 * sends them: refused as invalid or answered, never a failed statement, never a row of somebody else.
 */
#include "record/list.h"
#include "schema/schema.h"
#include "types/types.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MINE = 4, LINES = 4, PAGES = 3 };

static void must(bool done)
{
	if (!done)
		abort();
}

/* Rows 1 to 3 belong to another organisation, row MINE to the actor's. */
static struct db *open_database(void)
{
	static const char rows[] =
		"INSERT INTO organisation (id, organisation_id, name, kind, path) VALUES "
		"(1, 1, 'a', 'centre', '/1/'), (2, 2, 'b', 'centre', '/2/');"
		"INSERT INTO \"user\" (id, organisation_id, login, name) VALUES (1, 2, 'u', "
		"'user');"
		"INSERT INTO annual_task (organisation_id, state, year, title, kind, goal, "
		"owner_id, due_on, "
		"budget, partners) VALUES (1, 'running', 2026, 'a', 'talent', 'g', 1, "
		"'2026-01-01', 1, "
		"NULL), (1, 'draft', 2026, 'a', 'talent', 'g', 1, '2026-01-01', NULL, ',1,'), "
		"(1, 'closed', 2026, 'x', 'talent', 'g', 1, '2026-01-01', 5, NULL), "
		"(2, 'running', 2026, 'a', 'talent', 'g', 1, '2026-06-01', 200, ',1,2,');";
	struct error error;
	struct db *db;

	must(db_open(":memory:", &db, &error) && schema_migrate(db, &error) &&
	     db_script(db, rows, &error));
	return db;
}

static void list(struct record_store *store, const struct str lines[LINES])
{
	struct record_list_options options = {
		.search = lines[2], .after = lines[3], .limit = 1, .with_total = true
	};
	struct record_filter *filters;
	struct record_page page;
	struct error error = { .kind = ERROR_NONE };

	if (!record_parse_filters(store, &annual_task_type, lines[0], &filters,
				  &options.filter_count, &error) ||
	    !record_parse_sort(&annual_task_type, lines[1], &options.sort_field,
			       &options.descending, &error)) {
		must(error.kind == ERROR_INVALID);
		return;
	}
	options.filters = filters;
	for (int i = 0; i < PAGES; i++) {
		if (!record_list(store, &annual_task_type, &options, &page, &error)) {
			must(error.kind == ERROR_INVALID);
			return;
		}
		must(page.total <= 1 && page.count <= 1);
		must(!page.count || page.records[0]->id == MINE);
		options.after = page.next;
	}
}

/* Each line is a value of the next field. */
static void set_values(struct record_store *store, struct str text)
{
	struct record *task = record_new(store, &annual_task_type);
	struct field_errors errors = { .count = 0 };
	struct error error = { .kind = ERROR_NONE };
	size_t field = 0;
	struct str line;

	while (field < annual_task_type.field_count && str_split(&text, STR("\n"), &line))
		record_apply(store, task, str_of(annual_task_type.fields[field++].name), line,
			     &errors);
	if (!record_validate(store, task, &errors, &error))
		must(error.kind == ERROR_INVALID);
	for (size_t i = 0; i < annual_task_type.field_count; i++)
		record_show_value(store->arena, &annual_task_type.fields[i], &task->values[i],
				  LANGUAGE_ZH);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct actor actor = { .user_id = 1,
					    .organisation_id = 2,
					    .organisation_path = "/2/",
					    .roles = ROLE_BIT(ROLE_IP_MANAGER) };
	static struct db *db;
	struct arena *arena = arena_create(1 << 16);
	struct str text = { (const char *)data, size }, lines[LINES] = { { NULL, 0 } };
	struct record_store store = { .arena = arena,
				      .actor = &actor,
				      .today = date_of(2026, 1, 1) };

	if (!db)
		db = open_database();
	store.db = db;
	for (size_t i = 0; i < LINES; i++)
		if (!str_split(&text, STR("\n"), &lines[i]))
			break;
	list(&store, lines);
	set_values(&store, text);
	arena_destroy(arena);
	return 0;
}
