/* Jobs of the actor's organisation: list, progress, cancelling, refused rows, what they made. */
#include "api/api_internal.h"
#include "api/import_call.h"
#include "api/names.h"
#include "api/routes.h"
#include "base/file.h"
#include "import/run.h"

#include <string.h>
#include <unistd.h>

enum { LIMIT = 50, REFUSED_LIMIT = 1000 };

static void write_error(struct call *call, const struct error *error)
{
	jsonout_key(&call->json, "error");
	if (!error->key) {
		jsonout_null(&call->json);
		return;
	}
	jsonout_object_begin(&call->json);
	jsonout_member_cstr(&call->json, "key", error->key);
	jsonout_member_cstr(&call->json, "message",
			    message_format(call->arena, error, call->language));
	jsonout_object_end(&call->json);
}

static void write_results(struct call *call, const struct job_row *row)
{
	jsonout_key(&call->json, "results");
	jsonout_object_begin(&call->json);
	for (size_t i = 0; i < row->result_count; i++) {
		const struct job_pair *pair = &row->results[i];
		int64_t number;

		if (strcmp(pair->name, "file") == 0)
			continue; /* a path of the machine */
		if (str_to_int64(str_of(pair->value), &number))
			jsonout_member_integer(&call->json, pair->name, number);
		else
			jsonout_member_cstr(&call->json, pair->name, pair->value);
	}
	jsonout_object_end(&call->json);
}

/* What was asked for, without the machine's paths. */
static void write_arguments(struct call *call, const struct job_row *row)
{
	jsonout_key(&call->json, "arguments");
	jsonout_object_begin(&call->json);
	for (size_t i = 0; i < row->argument_count; i++)
		if (strcmp(row->arguments[i].name, "path") != 0)
			jsonout_member_cstr(&call->json, row->arguments[i].name,
					    row->arguments[i].value);
	jsonout_object_end(&call->json);
}

/* An import counts its own; other jobs count with the job. */
static int64_t refused_count(const struct job_row *row)
{
	int64_t count;

	return str_to_int64(str_of(job_result(row, "rejected")), &count) ? count : row->rejected;
}

/* Who had the jobs run, and for which organisations. */
static bool load_names(struct call *call, const struct job_row *rows, size_t count,
		       struct names **names_out, struct error *error)
{
	int64_t *users = arena_array(call->arena, int64_t, count);
	int64_t *organisations = arena_array(call->arena, int64_t, count);

	for (size_t i = 0; i < count; i++) {
		users[i] = rows[i].user_id;
		organisations[i] = rows[i].organisation_id;
	}
	*names_out = names_create(call->arena);
	return names_add(*names_out, call->db, NAMES_OF_USERS, users, count, error) &&
	       names_add(*names_out, call->db, NAMES_OF_ORGANISATIONS, organisations, count, error);
}

static void write_progress(struct jsonout *json, const struct job_row *row)
{
	jsonout_member_integer(json, "id", row->id);
	jsonout_member_cstr(json, "kind", row->kind);
	jsonout_member_cstr(json, "state", job_state_name(row->state));
	jsonout_member_text(json, "phase", str_of(row->phase));
	jsonout_member_integer(json, "done", row->done);
	jsonout_member_integer(json, "total", row->total);
}

static void write_user(struct jsonout *json, const struct job_row *row, const struct names *names)
{
	jsonout_member_cstr(json, "user", names_find(names, NAMES_OF_USERS, row->user_id));
}

static void write_job(struct call *call, const struct job_row *row, const struct names *names)
{
	struct jsonout *json = &call->json;

	jsonout_object_begin(json);
	write_progress(json, row);
	jsonout_member_integer(json, "rejected", refused_count(row));
	jsonout_member_integer(json, "attempts", row->attempts);
	jsonout_member_bool(json, "cancel_wanted", row->cancel_wanted);
	jsonout_member_integer(json, "user_id", row->user_id);
	write_user(json, row, names);
	write_arguments(call, row);
	jsonout_member_time(json, "created_at", row->created_at);
	jsonout_member_time(json, "started_at", row->started_at);
	jsonout_member_time(json, "finished_at", row->finished_at);
	write_error(call, &row->error);
	write_results(call, row);
	jsonout_member_bool(json, "has_file", job_result(row, "file") != NULL);
	jsonout_object_end(json);
}

/* For who keeps the machine: that there is a job and how it fares, not what it is about. */
static void write_server_job(struct call *call, const struct job_row *row,
			     const struct names *names)
{
	struct jsonout *json = &call->json;

	jsonout_object_begin(json);
	write_progress(json, row);
	jsonout_member_integer(json, "attempts", row->attempts);
	jsonout_member_cstr(json, "organisation",
			    names_find(names, NAMES_OF_ORGANISATIONS, row->organisation_id));
	write_user(json, row, names);
	write_error(call, &row->error);
	jsonout_member_time(json, "created_at", row->created_at);
	jsonout_member_time(json, "started_at", row->started_at);
	jsonout_member_time(json, "finished_at", row->finished_at);
	jsonout_object_end(json);
}

/* Another organisation's job is not there. */
bool call_job(struct call *call, struct job_row *row_out, struct error *error)
{
	int64_t id;

	if (!call_part_id(call, "job", &id, error) ||
	    !job_find(call->db, call->arena, id, row_out, error))
		return false;
	return row_out->organisation_id == call->organisation_id ||
	       error_set(error, ERROR_NOT_FOUND, "job.missing", "%lld", (long long)id);
}

typedef void write_job_fn(struct call *call, const struct job_row *row, const struct names *names);

static bool write_list(struct call *call, struct job_filter filter, write_job_fn *write,
		       struct error *error)
{
	static const char *const no_yes[] = { "no", "yes", NULL };
	struct job_row *rows;
	struct names *names;
	int64_t limit;
	size_t count;
	int open;

	if (!call_integer(call, "limit", LIMIT, 1, JOB_LIST_MAX, &limit, error) ||
	    !call_integer(call, "before", 0, 0, INT64_MAX, &filter.before_id, error) ||
	    !call_choice(call, "open", no_yes, &open, error))
		return false;
	filter.limit = (size_t)limit;
	filter.open_only = open != 0;
	if (!job_list(call->db, call->arena, &filter, &rows, &count, error) ||
	    !load_names(call, rows, count, &names, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "jobs");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++)
		write(call, &rows[i], names);
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

static bool list_jobs(struct call *call, struct error *error)
{
	const struct job_filter filter = { .organisation_id = call->organisation_id,
					   .kind = call_text(call, "kind") };

	return write_list(call, filter, write_job, error);
}

static bool list_imports(struct call *call, struct error *error)
{
	const struct job_filter filter = { .organisation_id = call->organisation_id,
					   .kind = "import" };

	return write_list(call, filter, write_job, error);
}

static bool list_all_jobs(struct call *call, struct error *error)
{
	const struct job_filter filter = { .kind = call_text(call, "kind") };

	return write_list(call, filter, write_server_job, error);
}

static bool answer_job(struct call *call, const struct job_row *row, struct error *error)
{
	struct names *names;

	if (!load_names(call, row, 1, &names, error))
		return false;
	write_job(call, row, names);
	return true;
}

static bool get_job(struct call *call, struct error *error)
{
	struct job_row row;

	return call_job(call, &row, error) && answer_job(call, &row, error);
}

/* A job that no worker has taken yet leaves nobody to remove the file it was to read. */
static void remove_upload(const struct job_row *row)
{
	for (size_t i = 0; i < row->argument_count; i++)
		if (row->state == JOB_CANCELLED && strcmp(row->arguments[i].name, "path") == 0 &&
		    row->started_at == 0)
			unlink(row->arguments[i].value);
}

static bool cancel_job(struct call *call, struct error *error)
{
	struct job_row row;

	if (!call_job(call, &row, error) || !db_begin(call->db, error) ||
	    !job_cancel(call->db, row.id, error) ||
	    !call_commit(call, "job.cancel",
			 arena_printf(call->arena, "job/%lld", (long long)row.id), row.kind,
			 error) ||
	    !job_find(call->db, call->arena, row.id, &row, error))
		return false;
	remove_upload(&row);
	return answer_job(call, &row, error);
}

/* ---- Refused rows: an import keeps them with the import, other jobs with the job. */

static void write_refusal(struct call *call, int64_t place, const struct error *reason,
			  struct str row_text)
{
	struct str *headers, *values;
	size_t count = import_row_cells(call->arena, row_text, &headers, &values);

	jsonout_object_begin(&call->json);
	jsonout_member_integer(&call->json, "place", place);
	jsonout_member_cstr(&call->json, "key", reason->key);
	jsonout_member_cstr(&call->json, "message",
			    message_format(call->arena, reason, call->language));
	jsonout_key(&call->json, "cells");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++) {
		jsonout_object_begin(&call->json);
		jsonout_member_str(&call->json, "header", headers[i]);
		jsonout_member_str(&call->json, "value", values[i]);
		jsonout_object_end(&call->json);
	}
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
}

struct page {
	struct call *call;
	int64_t from, limit, count;
};

static bool write_of_page(void *context, const struct import_rejected *row)
{
	struct page *page = context;

	if (page->count++ >= page->from)
		write_refusal(page->call, row->place, &row->reason, row->row_text);
	return page->count < page->from + page->limit;
}

static bool write_job_refusals(struct call *call, int64_t job_id, int64_t from, int64_t limit,
			       struct error *error)
{
	struct job_refusal *rows;
	size_t count;

	if (!job_refusals(call->db, call->arena, job_id, 0, (size_t)(from + limit), &rows, &count,
			  error))
		return false;
	for (size_t i = (size_t)from; i < count; i++)
		write_refusal(call, rows[i].place, &rows[i].reason, STR_EMPTY);
	return true;
}

static bool job_refused(struct call *call, struct error *error)
{
	struct page page = { .call = call };
	struct job_row row;

	if (!call_job(call, &row, error) ||
	    !call_integer(call, "offset", 0, 0, 10000000, &page.from, error) ||
	    !call_integer(call, "limit", REFUSED_LIMIT, 1, REFUSED_LIMIT, &page.limit, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_member_integer(&call->json, "count", refused_count(&row));
	jsonout_key(&call->json, "rows");
	jsonout_array_begin(&call->json);
	if (strcmp(row.kind, "import") == 0
		    ? !import_each_refusal(call, &row, write_of_page, &page, error)
		    : !write_job_refusals(call, row.id, page.from, page.limit, error))
		return false;
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

/* ---- What a job made. */

/*
 * A report that is looked at: it may draw its charts, in no origin, asking for nothing. What scripts
 * these are, its own policy says by their hashes.
 */
static const char report_policy[] =
	"sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; "
	"style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

static bool job_file(struct call *call, struct error *error)
{
	static const char *const views[] = { "file", "inline", NULL };
	const char *file, *name, *type;
	struct job_row row;
	bool is_shown;
	int view;

	if (!call_choice(call, "view", views, &view, error) || !call_job(call, &row, error))
		return false;
	file = job_result(&row, "file");
	name = job_result(&row, "name");
	type = job_result(&row, "media_type");
	if (row.state != JOB_DONE || !file || !name || !type)
		return error_set(error, ERROR_NOT_FOUND, "api.no_file", "%lld", (long long)row.id);
	is_shown = view == 1 && strcmp(row.kind, "report") == 0 &&
		   str_starts_with(str_of(type), STR("text/html"));
	if (!response_file(call->request, call->response,
			   file_join(call->arena, call->api->folder, file), type,
			   is_shown ? NULL : name, error))
		return false;
	if (is_shown)
		call->response->content_security_policy = report_policy;
	return true;
}

HANDLER(api_list_jobs, list_jobs)
HANDLER(api_list_imports, list_imports)
HANDLER(api_list_all_jobs, list_all_jobs)
HANDLER(api_get_job, get_job)
HANDLER(api_cancel_job, cancel_job)
HANDLER(api_job_refused, job_refused)
HANDLER(api_job_file, job_file)
