/* What all threads share, and what each has for itself. */
#include "api/api_internal.h"
#include "api/case_updates.h"
#include "api/day.h"
#include "api/identity.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"

#include <string.h>

/* Made when it is missing: the first start of a folder. */
static bool open_key(const char *folder, struct secret_key *key, struct error *error)
{
	struct arena *arena = arena_create(1024);
	const char *path = file_join(arena, folder, "secret.key");
	bool done = file_make_folder(folder, error) && secret_make_key(path, error) &&
		    secret_read_key(path, key, error);

	arena_destroy(arena);
	return done;
}

bool api_open(const struct api_options *options, struct api **api_out, struct error *error)
{
	struct api *api = memory_alloc_zeroed(1, sizeof(*api));
	size_t size = strlen(options->data_folder) + 1;
	struct arena *arena = arena_create(1024);
	struct workspace workspace;
	struct error ignored;

	if (!identity_read_settings(options->config, &api->settings, error) ||
	    !open_key(options->data_folder, &api->key, error) ||
	    !workspace_open(options->data_folder, options->create, clock_today(), NULL, NULL,
			    &workspace, error)) {
		memory_free(api->settings);
		memory_free(api);
		arena_destroy(arena);
		return false;
	}
	api->folder = memory_alloc(size);
	memcpy(api->folder, options->data_folder, size);
	api->config = options->config;
	api->index = workspace.index;
	api->started_ms = clock_monotonic_ms();
	pthread_mutex_init(&api->index_mutex, NULL);
	pthread_mutex_init(&api->files_mutex, NULL);
	if (!api_sweep_uploads(api, library_database(workspace.library), &ignored))
		log_event(LOG_WARN, "uploads", LOG_WITH(LOG_STR("key", ignored.key)));
	api_propose_case_updates(api, workspace.library, arena);
	/* the index lives on in the api; the rest each thread opens for itself */
	workspace.index = NULL;
	workspace_close(&workspace);
	arena_destroy(arena);
	*api_out = api;
	return true;
}

void api_close(struct api *api)
{
	api_stop_jobs(api);
	index_close(api->index);
	pthread_mutex_destroy(&api->index_mutex);
	pthread_mutex_destroy(&api->files_mutex);
	memory_free(api->settings);
	memory_free(api->folder);
	memory_free(api);
}

bool api_start_jobs(struct api *api, int threads, struct error *error)
{
	struct arena *arena = arena_create(1024);
	const struct job_options options = {
		.database = *api->config->database ? api->config->database
						   : file_join(arena, api->folder, "yucheng.db"),
		.kinds = api_job_kinds,
		.threads = threads,
		.app = api,
		.worker_start = api_worker_start,
		.worker_stop = api_worker_stop,
		.day_begins = api_day_begins,
	};
	bool done = job_runner_start(&options, &api->runner, error);

	arena_destroy(arena);
	return done;
}

void api_stop_jobs(struct api *api)
{
	if (api->runner)
		job_runner_stop(api->runner);
	api->runner = NULL;
}

void api_set_server(struct api *api, const struct http_server *server)
{
	atomic_store(&api->server, server);
}

void api_begin_drain(struct api *api)
{
	atomic_store(&api->is_draining, true);
}

void *api_worker_start(void *app, struct error *error)
{
	struct api *api = app;
	struct api_worker *worker = memory_alloc_zeroed(1, sizeof(*worker));

	worker->api = api;
	if (library_open(api->folder, false, &worker->library, error)) {
		worker->db = library_database(worker->library);
		return worker;
	}
	memory_free(worker);
	return NULL;
}

void api_worker_stop(void *argument)
{
	struct api_worker *worker = argument;

	library_close(worker->library);
	memory_free(worker);
}

void api_worker_clean(void *argument)
{
	struct api_worker *worker = argument;

	library_rollback(worker->library);
}

bool api_refresh_index(struct api *api, struct library *library, struct error *error)
{
	bool done;

	pthread_mutex_lock(&api->index_mutex);
	done = indexing_catch_up(library, api->index, clock_today(), NULL, NULL, error);
	pthread_mutex_unlock(&api->index_mutex);
	return done;
}

bool api_folder(const struct api *api, struct arena *arena, const char *name, const char **path_out,
		struct error *error)
{
	*path_out = file_join(arena, api->folder, name);
	return file_make_folder(*path_out, error);
}
