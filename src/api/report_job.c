/* Reports as jobs: made from the collection as it is when the job runs, downloaded from the job. */
#include "analyse/dimension.h"
#include "api/api_internal.h"
#include "api/routes.h"
#include "base/clock.h"
#include "base/file.h"
#include "report/form.h"
#include "report/navigation.h"

#include <string.h>

/* ---- Submitting. */

/* What would make the job fail is told at once. */
static bool check(struct call *call, struct error *error)
{
	const char *unit = call_text(call, "unit");
	struct answer_set set;
	enum unit ignored;
	date as_of;
	int format;

	return call_choice(call, "format", report_form_names, &format, error) &&
	       call_date(call, "as_of", &as_of, error) &&
	       (!unit || unit_get(str_of(unit), &ignored, error)) && call_ask(call, &set, error);
}

static bool submit(struct call *call, struct error *error)
{
	const struct job_pair arguments[] = {
		{ "topic", call_text(call, "topic") },
		{ "query", call_text(call, "query") },
		{ "title", call_text(call, "title") },
		{ "unit", call_text(call, "unit") },
		{ "as_of", call_text(call, "as_of") },
		{ "format", call_text(call, "format") },
		{ "language", call_text(call, "language") },
	};
	const struct job_request request = {
		.kind = "report",
		.arguments = arguments,
		.argument_count = sizeof(arguments) / sizeof(arguments[0]),
		.user_id = call->user_id,
		.organisation_id = call->organisation_id,
	};
	int64_t id;

	if (!check(call, error) ||
	    !call_submit(call, &request, call_text(call, "topic"), &id, error))
		return false;
	call_submitted(call, id);
	return true;
}

HANDLER(api_report, submit)

/* ---- Running. */

static bool is_argument(const struct job *job, const char *name, const char *value)
{
	const char *given = job_argument(job, name);

	return given && strcmp(given, value) == 0;
}

/* Asked while the figures are made: also tells that the job is alive. */
static bool is_wanted_still(void *job, struct error *error)
{
	return job_progress(job, 0, 2, error);
}

static struct search_limits limits_of(struct job *job, const struct config *config)
{
	return (struct search_limits){
		.deadline_ms = clock_monotonic_ms() + config->report_timeout_seconds * 1000,
		.memory_max = (size_t)config->report_memory_max_mib << 20,
		.arena = job_arena(job),
		.may_go_on = is_wanted_still,
		.context = job,
	};
}

static bool make(struct job *job, const struct snapshot *snapshot, struct topic *topic,
		 struct report **report_out, struct error *error)
{
	const struct api_worker *worker = job_worker(job);
	const struct search_limits limits = limits_of(job, worker->api->config);
	const char *name = job_argument(job, "topic"), *unit = job_argument(job, "unit");
	const char *as_of = job_argument(job, "as_of");
	struct navigation_request request = {
		.library = worker->library,
		.snapshot = snapshot,
		.topic = name ? topic : NULL,
		.query = str_of(job_argument(job, "query")),
		.title = str_of(job_argument(job, "title")),
		.as_of = clock_today(),
		.language = is_argument(job, "language", "en") ? LANGUAGE_EN : LANGUAGE_ZH,
		.version = YUCHENG_VERSION,
		.limits = &limits,
	};

	if (as_of && !date_parse(str_of(as_of), &request.as_of))
		return error_set(error, ERROR_INVALID, "api.date", "as_of");
	return (!unit || unit_get(str_of(unit), &request.unit, error)) &&
	       (!name ||
		library_topic_find(worker->library, job_arena(job), str_of(name), topic, error)) &&
	       navigation_report(&request, job_arena(job), report_out, error);
}

static bool write_file(struct job *job, const struct report *report, struct error *error)
{
	const struct api_worker *worker = job_worker(job);
	const struct report_form *form = report_form_named(job_argument(job, "format"));
	struct arena *arena = job_arena(job);
	const char *folder, *file, *path;

	if (!api_folder(worker->api, arena, "reports", &folder, error))
		return false;
	file = arena_printf(arena, "reports/%lld.%s", (long long)job_id(job), form->suffix);
	path = file_join(arena, worker->api->folder, file);
	if (!form->write(report, path, error))
		return false;
	job_set_result(job, "file", str_of(file));
	job_set_result(
		job, "name",
		str_of(arena_printf(arena, "%.*s.%s", STR_ARGS(report->title), form->suffix)));
	job_set_result(job, "media_type", str_of(form->media_type));
	return true;
}

bool run_report_job(struct job *job, struct error *error)
{
	const struct api_worker *worker = job_worker(job);
	const struct snapshot *snapshot = index_acquire(worker->api->index);
	struct report *report;
	struct topic topic;
	bool done;

	library_use_organisation(worker->library, job_organisation(job));
	job_phase(job, "analyse");
	done = job_progress(job, 0, 2, error) && make(job, snapshot, &topic, &report, error);
	job_phase(job, "write");
	done = done && job_progress(job, 1, 2, error) && write_file(job, report, error);
	index_release(snapshot);
	return done && job_progress(job, 2, 2, error);
}
