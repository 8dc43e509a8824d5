/* Records of all types: described, listed, read, made, changed, led through their steps. */
#include "api/case_updates.h"
#include "api/identity_internal.h"
#include "api/record_call.h"
#include "api/routes.h"
#include "base/clock.h"
#include "record/describe.h"

#include <jansson.h>
#include <string.h>

/* ---- What all of them begin with. */

static void begin_store(struct call *call, struct record_call *records)
{
	*records = (struct record_call){
		.call = call,
		.store = { .db = call->db,
			   .arena = call->arena,
			   .actor = call->request->user,
			   .now_ms = clock_utc_ms(),
			   .today = call->today,
			   .key = &call->api->key,
			   .audit = auth_record_audit,
			   .audit_context =
				   (void *)(uintptr_t)identity_auth(call->request)->settings,
			   .follow = case_updates_bind,
			   .follow_context = call->library },
	};
	records->labels = record_labels_create(&records->store);
}

bool record_call_begin(struct call *call, struct record_call *records_out, struct error *error)
{
	const char *name = request_part(call->request, "type");

	begin_store(call, records_out);
	records_out->type = name ? record_type_find(name) : NULL;
	return !name ||
	       (records_out->type && record_may(&records_out->store, records_out->type, "read")) ||
	       error_set(error, ERROR_NOT_FOUND, "api.no_such", "%s", name);
}

bool record_call_find(struct record_call *records, struct record **record_out, struct error *error)
{
	int64_t id;

	return call_part_id(records->call, "id", &id, error) &&
	       record_find(&records->store, records->type, id, record_out, error);
}

bool record_call_version(struct record_call *records, struct record *record, bool is_needed,
			 struct error *error)
{
	bool is_missing;

	if (request_if_match(records->call->request, &record->version, &is_missing))
		return true;
	if (!is_missing)
		return error_set_field(error, "version", "api.version");
	if (!call_text(records->call, "version"))
		return !is_needed || error_set_field(error, "version", "api.missing");
	return call_integer(records->call, "version", 0, 1, INT64_MAX, &record->version, error);
}

bool record_call_refuse(struct record_call *records)
{
	struct arena *arena = records->call->arena;
	size_t count = records->errors.count;
	struct problem_field *fields = arena_array(arena, struct problem_field, count + 1);

	for (size_t i = 0; i < count; i++) {
		const struct field_error *item = &records->errors.items[i];

		fields[i] = (struct problem_field){
			.field = item->field,
			.key = item->key,
			.detail = arena_copy(arena, item->detail, strlen(item->detail)),
		};
	}
	if (count)
		request_set_problem_fields(records->call->request, fields, count);
	return false;
}

/* ---- Types. */

static void write_type(struct record_call *records, const struct record_type *type)
{
	static const char *const actions[] = { "create", "update", "delete", "unmask" };
	struct jsonout *json = &records->call->json;

	jsonout_object_begin(json);
	record_write_type(json, type);
	jsonout_key(json, "may");
	jsonout_object_begin(json);
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		jsonout_member_bool(json, actions[i],
				    record_may(&records->store, type, actions[i]));
	jsonout_object_end(json);
	jsonout_object_end(json);
}

static bool list_types(struct call *call, struct error *error)
{
	struct record_call records;

	if (!record_call_begin(call, &records, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "types");
	jsonout_array_begin(&call->json);
	for (const struct record_type *const *type = record_types; *type; type++)
		if (record_may(&records.store, *type, "read"))
			write_type(&records, *type);
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

static bool get_type(struct call *call, struct error *error)
{
	struct record_call records;

	if (!record_call_begin(call, &records, error))
		return false;
	write_type(&records, records.type);
	return true;
}

/* ---- Lists. */

bool record_call_list(struct record_call *records, struct record_list_options *options_out,
		      struct error *error)
{
	struct call *call = records->call;
	struct record_filter *filters;

	*options_out = (struct record_list_options){
		.search = str_of(call_text(call, "search")),
		.after = str_of(call_text(call, "page")),
	};
	if (!record_parse_filters(&records->store, records->type, str_of(call_text(call, "filter")),
				  &filters, &options_out->filter_count, error) ||
	    !record_parse_sort(records->type, str_of(call_text(call, "sort")),
			       &options_out->sort_field, &options_out->descending, error))
		return false;
	options_out->filters = filters;
	return true;
}

static void write_page(struct record_call *records, const struct record_page *page)
{
	struct jsonout *json = &records->call->json;

	jsonout_object_begin(json);
	jsonout_key(json, "records");
	jsonout_array_begin(json);
	for (size_t i = 0; i < page->count; i++)
		call_write_record(records, page->records[i], false);
	jsonout_array_end(json);
	jsonout_member_text(json, "next", page->next);
	jsonout_key(json, "total");
	if (page->total >= 0)
		jsonout_integer(json, page->total);
	else
		jsonout_null(json);
	jsonout_object_end(json);
}

static bool list_records(struct call *call, struct error *error)
{
	static const char *const no_yes[] = { "false", "true", NULL };
	struct record_list_options options;
	struct record_call records;
	struct record_page page;
	int64_t limit;
	int total;

	if (!record_call_begin(call, &records, error) ||
	    !call_integer(call, "limit", 50, 1, LIST_LIMIT_MAX, &limit, error) ||
	    !call_choice(call, "total", no_yes, &total, error) ||
	    !record_call_list(&records, &options, error))
		return false;
	options.limit = (size_t)limit;
	options.with_total = total;
	if (!record_list(&records.store, records.type, &options, &page, error) ||
	    !call_prepare_records(&records, page.records, page.count, error))
		return false;
	write_page(&records, &page);
	return true;
}

/* ---- One record. */

static bool get_record(struct call *call, struct error *error)
{
	struct record_call records;
	struct record *record;

	return record_call_begin(call, &records, error) &&
	       record_call_find(&records, &record, error) &&
	       call_answer_record(&records, record, error);
}

/* "organisation" of the body: whose the new record is, where not the actor's. */
static bool read_owner(struct record_call *records, struct record *record, struct error *error)
{
	struct record *organisation;
	int64_t id;

	if (!call_text(records->call, "organisation"))
		return true;
	if (!call_integer(records->call, "organisation", 0, 1, INT64_MAX, &id, error))
		return false;
	if (!record_find(&records->store, record_type_find("organisation"), id, &organisation,
			 error)) {
		if (error->kind != ERROR_NOT_FOUND)
			return false;
		field_errors_add(&records->errors, "organisation", "record.no_reference",
				 str_of(arena_printf(records->call->arena, "%lld", (long long)id)));
		return true;
	}
	record->organisation_id = id;
	return true;
}

bool record_call_check(struct record_call *records, const struct record *record,
		       struct error *error)
{
	struct field_errors found = { .count = 0 };

	if (!records->errors.count)
		return true;
	if (!record_validate(&records->store, record, &found, error) &&
	    error->kind != ERROR_INVALID)
		return false;
	for (size_t i = 0; i < found.count; i++) {
		const struct field_error *item = &found.items[i];
		bool is_told = false;

		for (size_t k = 0; k < records->errors.count; k++)
			is_told = is_told ||
				  strcmp(records->errors.items[k].field, item->field) == 0;
		if (!is_told)
			field_errors_add(&records->errors, item->field, item->key,
					 str_of(item->detail));
	}
	return error_set(error, ERROR_INVALID, "record.invalid", "%zu", records->errors.count);
}

static bool may_create(struct record_call *records, struct error *error)
{
	return record_may(&records->store, records->type, "create") ||
	       error_set(error, ERROR_FORBIDDEN, "record.forbidden", "%s create",
			 records->type->name);
}

static bool create_record(struct call *call, struct error *error)
{
	struct record_call records;
	struct record *record;

	if (!record_call_begin(call, &records, error) || !may_create(&records, error))
		return false;
	record = record_new(&records.store, records.type);
	record->organisation_id = records.store.actor->organisation_id;
	if (!call_read_fields(&records, record, error) || !read_owner(&records, record, error) ||
	    !record_call_check(&records, record, error) || !db_begin(call->db, error) ||
	    !record_create(&records.store, record, &records.errors, error) ||
	    !db_commit(call->db, error))
		return record_call_refuse(&records);
	response_location(call->response, 201,
			  arena_printf(call->arena, "/api/v1/records/%s/%lld", records.type->name,
				       (long long)record->id));
	return call_answer_record(&records, record, error);
}

static bool may_update(struct record_call *records, const struct record *record,
		       struct error *error)
{
	return record_may_on(&records->store, record, "update") ||
	       error_set(error, ERROR_FORBIDDEN, "record.forbidden", "%s update",
			 records->type->name);
}

static bool update_record(struct call *call, struct error *error)
{
	struct record_call records;
	struct record *record;

	if (!record_call_begin(call, &records, error) ||
	    !record_call_find(&records, &record, error) || !may_update(&records, record, error) ||
	    !record_call_version(&records, record, true, error))
		return false;
	if (!call_read_fields(&records, record, error) ||
	    !record_call_check(&records, record, error) || !db_begin(call->db, error) ||
	    !record_update(&records.store, record, &records.errors, error) ||
	    !db_commit(call->db, error))
		return record_call_refuse(&records);
	return call_answer_record(&records, record, error);
}

static bool delete_record(struct call *call, struct error *error)
{
	struct record_call records;
	struct record_file *files;
	struct record *record;
	size_t count;

	call->response->status = 204;
	if (!record_call_begin(call, &records, error) ||
	    !record_call_find(&records, &record, error) ||
	    !record_call_version(&records, record, false, error) || !db_begin(call->db, error) ||
	    !record_files(&records.store, record, &files, &count, error) ||
	    !record_delete(&records.store, record, error) || !db_commit(call->db, error))
		return false;
	call_drop_contents(&records, files, count);
	return true;
}

static bool make_step(struct call *call, struct error *error)
{
	struct str step = str_of(request_part(call->request, "step"));
	struct record_call records;
	struct record *record;

	if (!record_call_begin(call, &records, error) ||
	    !record_call_find(&records, &record, error) ||
	    !record_call_version(&records, record, false, error) || !db_begin(call->db, error))
		return false;
	if (!record_make_step(&records.store, record, step, str_of(call_text(call, "comment")),
			      &records.errors, error) ||
	    !db_commit(call->db, error))
		return record_call_refuse(&records);
	return call_answer_record(&records, record, error);
}

/* The values in full; the line of the audit log is written before they are shown. */
static bool unmask_record(struct call *call, struct error *error)
{
	struct record_call records;
	struct record *record;

	return record_call_begin(call, &records, error) &&
	       record_call_find(&records, &record, error) && db_begin(call->db, error) &&
	       record_unmask(&records.store, record, error) && db_commit(call->db, error) &&
	       call_answer_record(&records, record, error);
}

HANDLER(api_list_types, list_types)
HANDLER(api_get_type, get_type)
HANDLER(api_list_records, list_records)
HANDLER(api_get_record, get_record)
HANDLER(api_create_record, create_record)
HANDLER(api_update_record, update_record)
HANDLER(api_delete_record, delete_record)
HANDLER(api_make_step, make_step)
HANDLER(api_unmask_record, unmask_record)
