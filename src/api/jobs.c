/* Jobs of the actor's organisation: list, progress, cancelling, refused rows, what they made. */
#include "api/api_internal.h"
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

static void write_job(struct call *call, const struct job_row *row)
{
	struct jsonout *json = &call->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "id", row->id);
	jsonout_member_cstr(json, "kind", row->kind);
	jsonout_member_cstr(json, "state", job_state_name(row->state));
	jsonout_member_text(json, "phase", str_of(row->phase));
	jsonout_member_integer(json, "done", row->done);
	jsonout_member_integer(json, "total", row->total);
	jsonout_member_integer(json, "rejected", row->rejected);
	jsonout_member_integer(json, "attempts", row->attempts);
	jsonout_member_bool(json, "cancel_wanted", row->cancel_wanted);
	jsonout_member_integer(json, "user_id", row->user_id);
	jsonout_member_time(json, "created_at", row->created_at);
	jsonout_member_time(json, "started_at", row->started_at);
	jsonout_member_time(json, "finished_at", row->finished_at);
	write_error(call, &row->error);
	write_results(call, row);
	jsonout_member_bool(json, "has_file", job_result(row, "file") != NULL);
	jsonout_object_end(json);
}

/* Another organisation's job is not there. */
static bool find_job(struct call *call, struct job_row *row_out, struct error *error)
{
	int64_t id;

	if (!call_part_id(call, "job", &id, error) ||
	    !job_find(call->db, call->arena, id, row_out, error))
		return false;
	return row_out->organisation_id == call->organisation_id ||
	       error_set(error, ERROR_NOT_FOUND, "job.missing", "%lld", (long long)id);
}

static bool write_list(struct call *call, const char *kind, struct error *error)
{
	struct job_filter filter = { .organisation_id = call->organisation_id, .kind = kind };
	static const char *const no_yes[] = { "no", "yes", NULL };
	struct job_row *rows;
	int64_t limit;
	size_t count;
	int open;

	if (!call_integer(call, "limit", LIMIT, 1, JOB_LIST_MAX, &limit, error) ||
	    !call_integer(call, "before", 0, 0, INT64_MAX, &filter.before_id, error) ||
	    !call_choice(call, "open", no_yes, &open, error))
		return false;
	filter.limit = (size_t)limit;
	filter.open_only = open != 0;
	if (!job_list(call->db, call->arena, &filter, &rows, &count, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "jobs");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++)
		write_job(call, &rows[i]);
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

static bool list_jobs(struct call *call, struct error *error)
{
	return write_list(call, call_text(call, "kind"), error);
}

static bool list_imports(struct call *call, struct error *error)
{
	return write_list(call, "import", error);
}

static bool get_job(struct call *call, struct error *error)
{
	struct job_row row;

	if (!find_job(call, &row, error))
		return false;
	write_job(call, &row);
	return true;
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

	if (!find_job(call, &row, error) || !db_begin(call->db, error) ||
	    !job_cancel(call->db, row.id, error) ||
	    !call_commit(call, "job.cancel",
			 arena_printf(call->arena, "job/%lld", (long long)row.id), row.kind,
			 error) ||
	    !job_find(call->db, call->arena, row.id, &row, error))
		return false;
	remove_upload(&row);
	write_job(call, &row);
	return true;
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

static bool write_import_refusals(struct call *call, int64_t import_id, int64_t from, int64_t limit,
				  struct error *error)
{
	struct import_rejected *rows;
	size_t count;

	if (!library_import_rejected(call->library, call->arena, import_id, &rows, &count, error))
		return false;
	for (size_t i = (size_t)from; i < count && i < (size_t)(from + limit); i++)
		write_refusal(call, rows[i].place, &rows[i].reason, rows[i].row_text);
	return true;
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
	int64_t from, limit, import_id = 0;
	struct job_row row;

	if (!find_job(call, &row, error) ||
	    !call_integer(call, "offset", 0, 0, 10000000, &from, error) ||
	    !call_integer(call, "limit", REFUSED_LIMIT, 1, REFUSED_LIMIT, &limit, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_member_integer(&call->json, "count", row.rejected);
	jsonout_key(&call->json, "rows");
	jsonout_array_begin(&call->json);
	if (str_to_int64(str_of(job_result(&row, "import_id")), &import_id)
		    ? !write_import_refusals(call, import_id, from, limit, error)
		    : !write_job_refusals(call, row.id, from, limit, error))
		return false;
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

/* ---- What a job made. */

static bool job_file(struct call *call, struct error *error)
{
	const char *file, *name, *type;
	struct job_row row;

	if (!find_job(call, &row, error))
		return false;
	file = job_result(&row, "file");
	name = job_result(&row, "name");
	type = job_result(&row, "media_type");
	if (row.state != JOB_DONE || !file || !name || !type)
		return error_set(error, ERROR_NOT_FOUND, "api.no_file", "%lld", (long long)row.id);
	return response_file(call->request, call->response,
			     file_join(call->arena, call->api->folder, file), type, name, error);
}

HANDLER(api_list_jobs, list_jobs)
HANDLER(api_list_imports, list_imports)
HANDLER(api_get_job, get_job)
HANDLER(api_cancel_job, cancel_job)
HANDLER(api_job_refused, job_refused)
HANDLER(api_job_file, job_file)
