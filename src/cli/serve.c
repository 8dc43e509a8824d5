/* yucheng serve, yucheng work: the server of one data folder, and the threads that run its jobs. */
#include "api/api.h"
#include "base/config.h"
#include "base/file.h"
#include "base/log.h"
#include "cli/command.h"
#include "http/server.h"
#include "web/web.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>

struct serve_options {
	const char *listen;
	int64_t threads;
};

static const struct option serve_options[] = {
	{ "listen",
	  OPTION_TEXT,
	  offsetof(struct serve_options, listen),
	  "ADDRESS:PORT",
	  { "监听地址（默认 127.0.0.1:8460，或配置文件所定）",
	    "where to listen (127.0.0.1:8460, or as configured)" },
	  NULL },
	{ .name = NULL },
};

static const struct option work_options[] = {
	{ "threads",
	  OPTION_COUNT,
	  offsetof(struct serve_options, threads),
	  "N",
	  { "同时执行的任务数（默认 1）", "jobs at a time (1)" },
	  NULL },
	{ .name = NULL },
};

enum { MS_A_SECOND = 1000, THREADS_MAX = 64 };

/* Blocked in every thread, so that wait_for_end() alone sees them. */
static void block_signals(sigset_t *set_out)
{
	sigemptyset(set_out);
	sigaddset(set_out, SIGTERM);
	sigaddset(set_out, SIGINT);
	pthread_sigmask(SIG_BLOCK, set_out, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void wait_for_end(const sigset_t *set)
{
	int number;

	while (sigwait(set, &number) != 0)
		continue;
	log_event(LOG_INFO, "server",
		  LOG_WITH(LOG_STR("state", "stopping"), LOG_INT("signal", number)));
}

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

/* The table of routes with uploads no larger than the configuration allows. */
static const struct route *limit_uploads(struct arena *arena, const struct config *config)
{
	int64_t size_max = config->upload_max_mib << 20;
	struct route *routes;
	size_t count = 0;

	while (api_routes[count].method)
		count++;
	routes = arena_array(arena, struct route, count + 1);
	for (size_t i = 0; i < count; i++) {
		routes[i] = api_routes[i];
		if (routes[i].flags & ROUTE_UPLOAD && routes[i].body_max > size_max)
			routes[i].body_max = size_max;
	}
	return routes;
}

static struct http_options options_of(struct context *context, const struct config *config,
				      const struct serve_options *given, struct api *api)
{
	struct http_options options = http_options_default();

	options.listen = given->listen ? given->listen : config->listen;
	options.routes = limit_uploads(context->arena, config);
	options.files = web_files;
	options.app = api;
	options.authorise = api_authorise;
	options.worker_start = api_worker_start;
	options.worker_stop = api_worker_stop;
	options.worker_clean = api_worker_clean;
	options.temporary_folder = file_join(context->arena, context->data_folder, "temporary");
	options.tls_certificate = or_null(config->tls_certificate);
	options.tls_key = or_null(config->tls_key);
	options.trusted_proxy = or_null(config->trusted_proxy);
	options.logs_requests = config->request_log;
	options.workers = (int)config->workers;
	options.queue_max = (int)config->queue_max;
	options.connections_max = (int)config->connections_max;
	options.connections_per_address = (int)config->connections_per_address;
	options.request_timeout_ms = (int)config->request_timeout_seconds * MS_A_SECOND;
	return options;
}

static void say_address(const struct context *context, const struct config *config, int port)
{
	if (!context->quiet)
		printf(context->language == LANGUAGE_ZH ? "服务已启动：%s 端口 %d\n"
							: "serving: %s port %d\n",
		       *config->tls_certificate ? "https" : "http", port);
	fflush(stdout);
}

/* Until a signal; then drains: nothing new is taken, what runs is finished, jobs go back. */
static bool serve(struct context *context, const struct config *config,
		  const struct serve_options *given, struct api *api, const sigset_t *signals,
		  struct error *error)
{
	struct http_options options = options_of(context, config, given, api);
	struct http_server *server;

	if (!file_make_folder(options.temporary_folder, error) ||
	    (config->job_workers && !api_start_jobs(api, (int)config->job_workers, error)) ||
	    !http_server_start(&options, &server, error))
		return false;
	api_set_server(api, server);
	say_address(context, config, http_server_port(server));
	wait_for_end(signals);
	api_begin_drain(api);
	api_stop_jobs(api);
	api_set_server(api, NULL);
	return http_server_stop(server) ||
	       error_set(error, ERROR_BUSY, "cli.serve_unfinished", "%s", context->data_folder);
}

static int run_serve(struct context *context, void *given, char **arguments, size_t argument_count,
		     struct error *error)
{
	struct config config;
	struct api_options options = { .data_folder = context->data_folder,
				       .config = &config,
				       .create = true };
	struct api *api;
	sigset_t signals;
	bool done;

	(void)arguments;
	(void)argument_count;
	block_signals(&signals);
	if (!config_read(context->arena, context->data_folder, &config, error) ||
	    !api_open(&options, &api, error))
		return -1;
	done = serve(context, &config, given, api, &signals, error);
	/* what has not ended in time still uses it; the process ends anyway */
	if (done || error->kind != ERROR_BUSY)
		api_close(api);
	return done ? 0 : -1;
}

static int run_work(struct context *context, void *given, char **arguments, size_t argument_count,
		    struct error *error)
{
	const struct serve_options *values = given;
	int threads = values->threads ? (int)values->threads : 1;
	struct config config;
	struct api_options options = { .data_folder = context->data_folder, .config = &config };
	struct api *api;
	sigset_t signals;
	bool done;

	(void)arguments;
	(void)argument_count;
	block_signals(&signals);
	if (threads > THREADS_MAX)
		return error_set(error, ERROR_LIMIT, "cli.work_threads", "%d", THREADS_MAX) - 1;
	if (!config_read(context->arena, context->data_folder, &config, error) ||
	    !api_open(&options, &api, error))
		return -1;
	done = api_start_jobs(api, threads, error);
	if (done)
		wait_for_end(&signals);
	api_close(api);
	return done ? 0 : -1;
}

const struct command serve_command = {
	.name = "serve",
	.arguments = "",
	.help = { "启动服务（HTTP 接口与后台任务）", "Serve the API and run its jobs" },
	.options = serve_options,
	.options_size = sizeof(struct serve_options),
	.arguments_min = 0,
	.arguments_max = 0,
	.run = run_serve,
	.examples = "yucheng serve --listen 0.0.0.0:8460\n",
};

const struct command work_command = {
	.name = "work",
	.arguments = "",
	.help = { "只执行后台任务", "Run jobs only" },
	.options = work_options,
	.options_size = sizeof(struct serve_options),
	.arguments_min = 0,
	.arguments_max = 0,
	.run = run_work,
	.examples = "yucheng work --threads 2\n",
};
