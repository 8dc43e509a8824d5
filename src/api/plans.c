/* The map of a portfolio, and what became of a hot or blank spot. */
#include "api/cell.h"
#include "api/record_call.h"
#include "api/routes.h"
#include "base/list.h"
#include "chain/layout.h"
#include "chain/rows.h"
#include "types/plan.h"
#include "types/types.h"

static bool find_record(struct call *call, const struct record_type *type,
			struct record_call *records, struct record **record_out,
			struct error *error)
{
	if (!record_call_begin(call, records, error))
		return false;
	records->type = type;
	return record_call_find(records, record_out, error);
}

static bool portfolio_map(struct call *call, struct error *error)
{
	struct record_call records;
	struct record *portfolio;
	struct layout_map map;

	if (!find_record(call, &portfolio_type, &records, &portfolio, error) ||
	    !layout_map_load(&records.store, portfolio, &map, error))
		return false;
	layout_map_write(call->arena, &map, &call->json);
	return true;
}

/* ---- The course of a bottleneck. */
struct course {
	struct record_call *records;
	const struct record *bottleneck;
	struct cell *cell;       /* NULL: cannot be counted now */
	struct list projects;    /* int64_t: those that tackle it */
	struct list disclosures; /* those of the projects */
};

static bool has_id(const struct list *ids, int64_t id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (LIST_AT(ids, int64_t, i) == id)
			return true;
	return false;
}

static void write_row(struct jsonout *json, const struct chain_rows *rows, size_t title)
{
	jsonout_member_integer(json, "id", chain_id(rows));
	jsonout_member_str(json, "title", chain_text(rows, title));
	jsonout_member_str(json, "state", chain_state(rows));
}

/* Rows whose reference is to one of `of`; their ids go to `ids`. */
static bool write_followers(struct course *course, const char *key, const char *type,
			    const char *reference, const struct list *of, struct list *ids,
			    struct error *error)
{
	const char *const names[] = { "title", reference };
	struct jsonout *json = &course->records->call->json;
	struct chain_rows rows;

	if (!chain_select(&course->records->store, course->bottleneck->organisation_path, type,
			  names, 2, &rows, error))
		return false;
	jsonout_key(json, key);
	jsonout_array_begin(json);
	while (chain_next(&rows)) {
		if (!has_id(of, chain_integer(&rows, 1)))
			continue;
		*(int64_t *)list_add(ids) = chain_id(&rows);
		jsonout_object_begin(json);
		write_row(json, &rows, 0);
		jsonout_object_end(json);
	}
	jsonout_array_end(json);
	return chain_done(&rows, error);
}

enum { TITLE, DOCKET, PROJECT, DISCLOSURE, PUBLICATION, APPLICATION, FILED, CASE_COLUMNS };

/* Its publication, else its application, stands in the cell. */
static bool is_in_cell(const struct course *course, const struct chain_rows *rows, bool *is_out,
		       struct error *error)
{
	*is_out = false;
	return !course->cell ||
	       (cell_has(course->cell, chain_text(rows, PUBLICATION), is_out, error) &&
		(*is_out || cell_has(course->cell, chain_text(rows, APPLICATION), is_out, error)));
}

static bool write_case(const struct course *course, const struct chain_rows *rows,
		       struct error *error)
{
	const bool is_of_project = has_id(&course->projects, chain_integer(rows, PROJECT)) ||
				   has_id(&course->disclosures, chain_integer(rows, DISCLOSURE));
	const date counted = record_date(course->bottleneck, BOTTLENECK_COUNTED_ON);
	struct jsonout *json = &course->records->call->json;
	bool is_inside;

	if (!is_in_cell(course, rows, &is_inside, error))
		return false;
	/* what was filed before the spot was counted did not fill it */
	if (!is_of_project && (!is_inside || chain_date(rows, FILED) < counted))
		return true;
	jsonout_object_begin(json);
	write_row(json, rows, TITLE);
	jsonout_member_str(json, "docket", chain_text(rows, DOCKET));
	jsonout_member_date(json, "filed_on", chain_date(rows, FILED));
	jsonout_member_bool(json, "in_cell", is_inside);
	jsonout_member_cstr(json, "by", is_of_project ? "project" : "cell");
	jsonout_object_end(json);
	return true;
}

static bool write_cases(const struct course *course, struct error *error)
{
	static const char *const names[CASE_COLUMNS] = { "title",         "docket",
							 "rd_project_id", "disclosure_id",
							 "publication",   "application_number",
							 "filed_on" };
	struct jsonout *json = &course->records->call->json;
	struct chain_rows rows;

	if (!chain_select(&course->records->store, course->bottleneck->organisation_path,
			  "patent_case", names, CASE_COLUMNS, &rows, error))
		return false;
	jsonout_key(json, "cases");
	jsonout_array_begin(json);
	while (chain_next(&rows))
		if (!write_case(course, &rows, error))
			return false;
	jsonout_array_end(json);
	return chain_done(&rows, error);
}

static void member_count(struct jsonout *json, const char *key, const struct record *bottleneck,
			 size_t field)
{
	jsonout_key(json, key);
	if (record_is_set(bottleneck, field))
		jsonout_integer(json, record_integer(bottleneck, field));
	else
		jsonout_null(json);
}

/* What was counted, what is counted now by the same query, and how it was counted when solved. */
static void write_counts(const struct course *course)
{
	const struct record *bottleneck = course->bottleneck;
	struct jsonout *json = &course->records->call->json;

	jsonout_member_integer(json, "id", bottleneck->id);
	jsonout_member_cstr(json, "title", record_title(bottleneck));
	jsonout_member_cstr(json, "state", bottleneck->state);
	jsonout_member_text(json, "source", str_of(record_text(bottleneck, BOTTLENECK_SOURCE)));
	jsonout_member_text(json, "query", str_of(record_text(bottleneck, BOTTLENECK_QUERY)));
	jsonout_member_date(json, "counted_on", record_date(bottleneck, BOTTLENECK_COUNTED_ON));
	member_count(json, "count", bottleneck, BOTTLENECK_HITS);
	jsonout_key(json, "now");
	if (course->cell)
		jsonout_integer(json, cell_count(course->cell));
	else
		jsonout_null(json);
	jsonout_member_date(json, "as_of", course->records->call->today);
	jsonout_member_date(json, "recounted_on", record_date(bottleneck, BOTTLENECK_RECOUNTED_ON));
	member_count(json, "count_after", bottleneck, BOTTLENECK_HITS_AFTER);
}

static void release_list(void *list)
{
	list_release(list);
}

static bool bottleneck_course(struct call *call, struct error *error)
{
	struct record_call records;
	struct course *course = arena_new(call->arena, struct course);
	struct list *self = arena_new(call->arena, struct list);
	struct record *bottleneck;

	*course = (struct course){ .records = &records,
				   .projects = LIST_OF(int64_t),
				   .disclosures = LIST_OF(int64_t) };
	*self = LIST_OF(int64_t);
	arena_defer(call->arena, release_list, &course->projects);
	arena_defer(call->arena, release_list, &course->disclosures);
	arena_defer(call->arena, release_list, self);
	if (!find_record(call, &bottleneck_type, &records, &bottleneck, error) ||
	    !cell_open(call, record_text(bottleneck, BOTTLENECK_QUERY),
		       record_integer(bottleneck, BOTTLENECK_TOPIC), &course->cell, error))
		return false;
	course->bottleneck = bottleneck;
	*(int64_t *)list_add(self) = bottleneck->id;
	jsonout_object_begin(&call->json);
	write_counts(course);
	if (!write_followers(course, "projects", "rd_project", "bottleneck_id", self,
			     &course->projects, error) ||
	    !write_followers(course, "disclosures", "disclosure", "project_id", &course->projects,
			     &course->disclosures, error) ||
	    !write_cases(course, error))
		return false;
	jsonout_object_end(&call->json);
	return true;
}

HANDLER(api_portfolio_map, portfolio_map)
HANDLER(api_bottleneck_course, bottleneck_course)
