/* Files of patents as jobs: the upload is kept, a job takes it in and brings the index up to date. */
#include "api/api_internal.h"
#include "api/case_updates.h"
#include "api/import_call.h"
#include "api/routes.h"
#include "api/topic_record.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/map.h"
#include "http/upload.h"
#include "import/run.h"
#include "import/source.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UPLOAD_AGE_S = 3600 };

/* ---- Submitting. */

static bool check_topic(struct call *call, const char *name, struct error *error)
{
	struct topic topic;

	if (!name)
		return true;
	if (library_topic_find(call->library, call->arena, str_of(name), &topic, error))
		return topic_record_may(call, topic.id, "update", error);
	error->field = "topic";
	return false;
}

bool import_check(struct call *call, struct error *error)
{
	static const char *const no_yes[] = { "no", "yes", NULL };
	const struct source *source;
	int dry_run;

	return check_topic(call, call_text(call, "topic"), error) &&
	       import_source(call->arena, call_text(call, "format"), call_text(call, "map"),
			     &source, error) &&
	       call_choice(call, "dry_run", no_yes, &dry_run, error);
}

bool import_submit(struct call *call, const char *path, const char *name, int64_t *id_out,
		   struct error *error)
{
	const struct job_pair arguments[] = {
		{ "path", path },
		{ "name", name },
		{ "topic", call_text(call, "topic") },
		{ "format", call_text(call, "format") },
		{ "map", call_text(call, "map") },
		{ "dry_run", call_text(call, "dry_run") },
	};
	const struct job_request request = {
		.kind = "import",
		.group = "import",
		.arguments = arguments,
		.argument_count = sizeof(arguments) / sizeof(arguments[0]),
		.user_id = call->user_id,
		.organisation_id = call->organisation_id,
	};

	return call_submit(call, &request, name, id_out, error);
}

bool call_submit(struct call *call, const struct job_request *request, const char *detail,
		 int64_t *id_out, struct error *error)
{
	const char *action = arena_printf(call->arena, "%s.submit", request->kind);

	return db_begin(call->db, error) && job_submit(call->db, request, id_out, error) &&
	       call_commit(call, action, arena_printf(call->arena, "job/%lld", (long long)*id_out),
			   detail, error);
}

void call_submitted(struct call *call, int64_t job_id)
{
	call_submitted_at(call, job_id,
			  arena_printf(call->arena, "/api/v1/jobs/%lld", (long long)job_id));
}

void call_submitted_at(struct call *call, int64_t job_id, const char *location)
{
	response_location(call->response, 202, location);
	if (call->api->runner)
		job_runner_wake(call->api->runner);
	jsonout_object_begin(&call->json);
	jsonout_member_integer(&call->json, "job", job_id);
	jsonout_object_end(&call->json);
}

static bool import(struct call *call, struct error *error)
{
	const char *folder, *path;
	struct upload *upload;
	struct error ignored;
	int64_t id;

	if (request_upload_count(call->request) != 1)
		return error_set_field(error, "file", "api.one_file");
	upload = request_upload(call->request, 0);
	if (!upload_check(upload, error) || !import_check(call, error) ||
	    !api_folder(call->api, call->arena, "uploads", &folder, error))
		return false;
	if (!api_sweep_uploads(call->api, call->db, &ignored))
		log_event(LOG_WARN, "uploads", LOG_WITH(LOG_STR("key", ignored.key)));
	path = arena_printf(call->arena, "%s/%s-%s", folder, call->request->id, upload->name);
	if (!upload_keep(upload, path, error))
		return false;
	if (!import_submit(call, path, upload->name, &id, error)) {
		/* whether there is a job that needs it may be unknown: then the sweep decides */
		if (strcmp(error->key, "db.unknown") != 0)
			unlink(path);
		return false;
	}
	call_submitted(call, id);
	return true;
}

HANDLER(api_import, import)

/* ---- Running. */

struct import_work {
	struct job *job;
	int64_t done, total;
};

static void note_progress(void *context, int64_t done, int64_t total)
{
	struct import_work *work = context;

	work->done = done;
	work->total = total;
}

/* Asked before each batch: tells the progress, and stops the import when the job must stop. */
static bool may_go_on(void *context, struct error *error)
{
	struct import_work *work = context;

	return job_progress(work->job, work->done, work->total, error);
}

static bool find_topic(struct job *job, struct library *library, int64_t *id_out,
		       struct error *error)
{
	const char *name = job_argument(job, "topic");
	struct topic topic;

	*id_out = 0;
	if (!name)
		return true;
	if (!library_topic_find(library, job_arena(job), str_of(name), &topic, error))
		return false;
	*id_out = topic.id;
	return true;
}

static void set_number(struct job *job, const char *name, int64_t value)
{
	job_set_result(job, name, str_of(arena_printf(job_arena(job), "%lld", (long long)value)));
}

/* A dry run leaves no import behind: its number may be another's by now. */
static void set_results(struct job *job, const struct import_result *result, bool is_dry_run)
{
	const struct {
		const char *name;
		int64_t value;
	} numbers[] = {
		{ "rows", result->rows },         { "inserted", result->inserted },
		{ "updated", result->updated },   { "unchanged", result->unchanged },
		{ "rejected", result->rejected }, { "topic_added", result->topic_added },
	};

	if (!is_dry_run)
		set_number(job, "import_id", result->import_id);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		set_number(job, numbers[i].name, numbers[i].value);
	job_set_result(job, "source", str_of(result->source));
	for (size_t i = 0; i < FINDING_KIND_COUNT; i++)
		if (result->findings.count[i])
			set_number(job,
				   arena_printf(job_arena(job), "unknown_%s", finding_info[i].name),
				   (int64_t)result->findings.count[i]);
}

static bool is_dry_run(const struct job *job)
{
	const char *dry_run = job_argument(job, "dry_run");

	return dry_run && strcmp(dry_run, "yes") == 0;
}

static bool take_in(struct job *job, struct library *library, struct import_work *work,
		    struct error *error)
{
	struct import_options options = {
		.path = job_argument(job, "path"),
		.dry_run = is_dry_run(job),
		.today = clock_today(),
		.progress = note_progress,
		.progress_context = work,
	};
	struct import_result result;
	bool done;

	if (!find_topic(job, library, &options.topic_id, error) ||
	    !import_source(job_arena(job), job_argument(job, "format"), job_argument(job, "map"),
			   &options.source, error))
		return false;
	job_phase(job, "import");
	library_ask_at_begin(library, may_go_on, work);
	done = import_run(library, job_arena(job), &options, &result, error);
	library_ask_at_begin(library, NULL, NULL);
	if (done) {
		set_results(job, &result, options.dry_run);
		if (result.is_stopped) {
			*error = result.stopped;
			done = false;
		}
	}
	import_result_release(&result);
	return done;
}

bool run_import_job(struct job *job, struct error *error)
{
	struct api_worker *worker = job_worker(job);
	struct import_work work = { .job = job };
	bool done;

	if (!is_dry_run(job)) /* a dry run's waits to be started, see import_preview.c */
		job_remove_at_end(job, job_argument(job, "path"));
	library_use_organisation(worker->library, job_organisation(job));
	done = take_in(job, worker->library, &work, error);
	library_rollback(worker->library);
	if (done && !is_dry_run(job)) {
		job_phase(job, "index");
		done = job_progress(job, work.total, work.total, error) &&
		       api_refresh_index(worker->api, worker->library, error);
		/* the documents are in: what is missing here is found with the next import */
		indexing_tidy(worker->api->index);
		api_propose_case_updates(worker->api, worker->library, job_arena(job));
	}
	db_shrink(worker->db);
	return done;
}

/* ---- What killed processes left. */

/* By name: another process may know the folder by another path. */
static bool note_open_jobs(struct db *db, struct arena *arena, struct map *names,
			   struct error *error)
{
	struct job_filter filter = { .kind = "import", .open_only = true, .limit = JOB_LIST_MAX };
	const char *path;
	struct job_row *rows;
	size_t count;

	do {
		if (!job_list(db, arena, &filter, &rows, &count, error))
			return false;
		for (size_t i = 0; i < count; i++) {
			path = job_row_argument(&rows[i], "path");
			map_put(names, str_of(path ? file_name(path) : ""), NULL);
			filter.before_id = rows[i].id;
		}
	} while (count == JOB_LIST_MAX);
	return true;
}

/* Younger ones may be of a request whose job is not submitted yet. */
static bool is_old(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && clock_utc_ms() / 1000 - status.st_mtime > UPLOAD_AGE_S;
}

bool api_sweep_uploads(struct api *api, struct db *db, struct error *error)
{
	struct arena *arena = arena_create(1 << 14);
	struct map *names = map_create();
	const char *folder = file_join(arena, api->folder, "uploads");
	bool done = note_open_jobs(db, arena, names, error);
	DIR *entries = done ? opendir(folder) : NULL;
	const struct dirent *entry;

	while (entries && (entry = readdir(entries))) {
		const char *path = file_join(arena, folder, entry->d_name);

		if (entry->d_name[0] != '.' && !map_find(names, str_of(entry->d_name)) &&
		    is_old(path))
			unlink(path);
	}
	if (entries)
		closedir(entries);
	map_destroy(names);
	arena_destroy(arena);
	return done;
}
