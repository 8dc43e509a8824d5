/*
 * Backups as jobs, into DATA/backups. They hold everything, the key of the sensitive values too, so they
 * are not to be had over HTTP: who keeps the machine takes them from the folder.
 */
#include "backup/backup.h"

#include "api/api_internal.h"
#include "api/routes.h"
#include "base/file.h"

#include <unistd.h>

static const char folder_name[] = "backups";

/* ---- Submitting and listing. */

static bool submit(struct call *call, struct error *error)
{
	const struct job_request request = {
		.kind = "backup",
		.group = "backup",
		.user_id = call->user_id,
		.organisation_id = call->organisation_id,
	};
	int64_t id;

	if (*call->api->config->database)
		return error_set(error, ERROR_CONFLICT, "backup.postgresql", " ");
	if (!call_submit(call, &request, NULL, &id, error))
		return false;
	call_submitted_at(call, id,
			  "/api/v1/backups"); /* the job itself is not the actor's to see */
	return true;
}

static int64_t result_number(const struct job_row *row, const char *name)
{
	const char *text = job_result(row, name);
	int64_t number;

	return text && str_to_int64(str_of(text), &number) ? number : 0;
}

static void write_backup(struct call *call, const struct job_row *row)
{
	struct jsonout *json = &call->json;

	jsonout_object_begin(json);
	jsonout_member_integer(json, "job", row->id);
	jsonout_member_cstr(json, "state", job_state_name(row->state));
	jsonout_member_integer(json, "done", row->done);
	jsonout_member_integer(json, "total", row->total);
	jsonout_member_cstr(json, "name", job_result(row, "name"));
	jsonout_member_integer(json, "size", result_number(row, "size"));
	jsonout_member_integer(json, "files", result_number(row, "files"));
	jsonout_member_cstr(
		json, "error",
		row->error.key ? message_format(call->arena, &row->error, call->language) : NULL);
	jsonout_member_time(json, "created_at", row->created_at);
	jsonout_member_time(json, "finished_at", row->finished_at);
	jsonout_object_end(json);
}

static bool list_backups(struct call *call, struct error *error)
{
	const struct job_filter filter = { .kind = "backup", .limit = JOB_LIST_MAX };
	struct job_row *rows;
	size_t count;

	if (!job_list(call->db, call->arena, &filter, &rows, &count, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_key(&call->json, "backups");
	jsonout_array_begin(&call->json);
	for (size_t i = 0; i < count; i++)
		write_backup(call, &rows[i]);
	jsonout_array_end(&call->json);
	jsonout_object_end(&call->json);
	return true;
}

HANDLER(api_create_backup, submit)
HANDLER(api_list_backups, list_backups)

/* ---- Running. */

static void note_progress(void *context, int64_t done, int64_t total)
{
	struct error ignored;

	/* a backup that is to end is not broken off: it ends whole, or not at all */
	if (!job_progress(context, done, total, &ignored))
		return;
}

static void set_number(struct job *job, const char *name, int64_t number)
{
	job_set_result(job, name, str_of(arena_printf(job_arena(job), "%lld", (long long)number)));
}

bool run_backup_job(struct job *job, struct error *error)
{
	const struct api_worker *worker = job_worker(job);
	struct arena *arena = job_arena(job);
	const char *name = arena_printf(arena, "backup-%lld.tar.zst", (long long)job_id(job));
	const char *folder;
	struct backup_summary summary;

	if (!api_folder(worker->api, arena, folder_name, &folder, error))
		return false;
	const struct backup_options options = { .data_folder = worker->api->folder,
						.database = worker->api->config->database,
						.path = file_join(arena, folder, name),
						.progress = note_progress,
						.context = job };

	unlink(options.path); /* what an attempt before this one left */
	if (!backup_write(&options, &summary, error))
		return false;
	job_set_result(job, "name", str_of(name));
	set_number(job, "size", summary.size);
	set_number(job, "files", summary.files);
	return true;
}
