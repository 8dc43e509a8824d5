#include "http/server.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "http/http_internal.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	WATCH_MS = 100,
	DRAIN_STEP_MS = 20,
	LAST_ANSWERS_MS = 1000, /* for the 503s at the end of a drain */
	PEM_SIZE_MAX = 1 << 20,
	TEMPORARY_AGE_S = 3600 /* what another process may still be writing is younger */
};

struct http_options http_options_default(void)
{
	return (struct http_options){
		.logs_requests = true,
		.workers = 8,
		.queue_max = 512,
		.connections_max = 4000,
		.connections_per_address = 256,
		.header_size_max = 16 * 1024,
		.idle_timeout_ms = 30 * 1000,
		.request_timeout_ms = 30 * 1000,
		.long_timeout_ms = 600 * 1000,
		.transfer_rate_min = 8 * 1024,
		.drain_timeout_ms = 20 * 1000,
	};
}

/* ---- Starting. */

static bool read_pem(const char *path, char **text_out, struct error *error)
{
	struct arena *arena = arena_create(4096);
	struct str content;
	bool done = file_read(arena, path, PEM_SIZE_MAX, &content, error);

	if (done) {
		*text_out = memory_alloc(content.size + 1);
		memcpy(*text_out, content.data, content.size);
		(*text_out)[content.size] = '\0';
	}
	arena_destroy(arena);
	return done;
}

static bool read_tls(struct http_server *server, struct error *error)
{
	const struct http_options *options = &server->options;

	if (!options->tls_certificate && !options->tls_key)
		return true;
	if (!options->tls_certificate || !options->tls_key)
		return error_set(error, ERROR_INVALID, "http.tls", "%s",
				 options->tls_key ? options->tls_key : options->tls_certificate);
	return read_pem(options->tls_certificate, &server->tls_certificate, error) &&
	       read_pem(options->tls_key, &server->tls_key, error);
}

/* What a killed process left. */
static void remove_leftovers(struct arena *arena, const char *folder)
{
	DIR *entries = opendir(folder);
	struct dirent *entry;
	struct stat status;

	while (entries && (entry = readdir(entries))) {
		const char *path = file_join(arena, folder, entry->d_name);

		if (strncmp(entry->d_name, "upload-", 7) == 0 && stat(path, &status) == 0 &&
		    clock_utc_ms() / 1000 - status.st_mtime > TEMPORARY_AGE_S)
			unlink(path);
	}
	if (entries)
		closedir(entries);
}

static bool prepare_temporary(const char *folder, struct error *error)
{
	struct arena *arena = arena_create(4096);
	bool done = file_make_folder(folder, error);

	if (done)
		remove_leftovers(arena, folder);
	arena_destroy(arena);
	return done;
}

/* ---- Threads. */

static void run_one(struct http_server *server, struct exchange *exchange, void *worker)
{
	int open = OUTCOME_OPEN;

	if (atomic_load(&exchange->outcome) == OUTCOME_OPEN) {
		atomic_fetch_add(&server->counters.running, 1);
		exchange_run(exchange, worker);
		if (server->options.worker_clean)
			server->options.worker_clean(worker);
		atomic_fetch_sub(&server->counters.running, 1);
	}
	if (atomic_compare_exchange_strong(&exchange->outcome, &open, OUTCOME_DONE))
		MHD_resume_connection(exchange->mhd);
	exchange_release(exchange);
}

static void say_started(struct http_server *server, bool done, const struct error *error)
{
	pthread_mutex_lock(&server->start_lock);
	server->started_count++;
	if (!done) {
		server->start_failed = true;
		server->start_error = *error;
	}
	pthread_cond_broadcast(&server->started);
	pthread_mutex_unlock(&server->start_lock);
}

static void free_server(struct http_server *server);

/* The last thread of a server that could not be stopped in time frees it. */
static void say_ended(struct http_server *server)
{
	bool is_last;

	pthread_mutex_lock(&server->start_lock);
	server->ended_count++;
	is_last = server->is_abandoned && server->ended_count == server->worker_count;
	pthread_mutex_unlock(&server->start_lock);
	if (is_last)
		free_server(server);
}

static void *worker_main(void *context)
{
	struct http_server *server = context;
	const struct http_options *options = &server->options;
	struct error error = { .kind = ERROR_IO, .key = "http.start", .at = -1 };
	void *worker = options->worker_start ? options->worker_start(options->app, &error) : NULL;
	bool done = worker || !options->worker_start;
	struct exchange *exchange;

	say_started(server, done, &error);
	while (done && (exchange = queue_take(server->queue)))
		run_one(server, exchange, worker);
	if (worker && options->worker_stop)
		options->worker_stop(worker);
	say_ended(server);
	return NULL;
}

static void sleep_ms(long ms)
{
	struct timespec span = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&span, NULL);
}

static void *watch_main(void *context)
{
	struct http_server *server = context;

	while (!atomic_load(&server->is_stopping)) {
		connections_watch(server, atomic_load(&server->is_draining));
		sleep_ms(WATCH_MS);
	}
	return NULL;
}

/* Signals are the main thread's: those started here take none. */
static bool start_thread(pthread_t *thread, void *(*run)(void *), void *context)
{
	sigset_t all, before;
	bool started;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	started = pthread_create(thread, NULL, run, context) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}

static bool start_workers(struct http_server *server, struct error *error)
{
	int wanted = server->options.workers;

	server->worker_threads = memory_alloc_zeroed((size_t)wanted, sizeof(pthread_t));
	while (server->worker_count < wanted &&
	       start_thread(&server->worker_threads[server->worker_count], worker_main, server))
		server->worker_count++;
	pthread_mutex_lock(&server->start_lock);
	while (server->started_count < server->worker_count)
		pthread_cond_wait(&server->started, &server->start_lock);
	pthread_mutex_unlock(&server->start_lock);
	if (server->start_failed)
		*error = server->start_error;
	if (server->start_failed || server->worker_count < wanted)
		return server->start_failed ? false
					    : error_set(error, ERROR_IO, "http.start", "threads");
	return true;
}

static bool start_listening(struct http_server *server, struct error *error)
{
	sigset_t all, before;
	int listener = -1;

	if (!listener_open(server->options.listen, &listener, &server->port, error))
		return false;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	server->daemon = daemon_start(server, listener);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (server->daemon)
		return true;
	close(listener);
	return server->tls_key ? error_set(error, ERROR_INVALID, "http.tls", "%s",
					   server->options.tls_certificate)
			       : error_set(error, ERROR_IO, "http.start", "libmicrohttpd");
}

static void free_server(struct http_server *server)
{
	router_destroy(server->router);
	static_destroy(server->files);
	queue_destroy(server->queue);
	pthread_mutex_destroy(&server->watch_lock);
	pthread_mutex_destroy(&server->start_lock);
	pthread_cond_destroy(&server->started);
	memory_free(server->tls_certificate);
	memory_free(server->tls_key);
	memory_free(server->worker_threads);
	memory_free(server);
}

static void join_workers(struct http_server *server)
{
	queue_close(server->queue);
	for (int i = 0; i < server->worker_count; i++)
		pthread_join(server->worker_threads[i], NULL);
}

static struct http_server *create_server(const struct http_options *options)
{
	struct http_server *server = memory_alloc_zeroed(1, sizeof(*server));

	server->options = *options;
	pthread_mutex_init(&server->watch_lock, NULL);
	pthread_mutex_init(&server->start_lock, NULL);
	pthread_cond_init(&server->started, NULL);
	server->queue = queue_create((size_t)options->queue_max);
	server->files = static_create(options->files);
	return server;
}

bool http_server_start(const struct http_options *options, struct http_server **server_out,
		       struct error *error)
{
	struct http_server *server = create_server(options);

	server->router = router_create(options->routes, error);
	if (server->router && prepare_temporary(options->temporary_folder, error) &&
	    read_tls(server, error) && start_workers(server, error) &&
	    start_listening(server, error)) {
		if (start_thread(&server->watch_thread, watch_main, server)) {
			*server_out = server;
			return true;
		}
		MHD_stop_daemon(server->daemon);
		error_set(error, ERROR_IO, "http.start", "threads");
	}
	join_workers(server);
	free_server(server);
	return false;
}

int http_server_port(const struct http_server *server)
{
	return server->port;
}

/* ---- Stopping. */

static bool wait_idle(struct http_server *server, int64_t until_ms)
{
	while (!connections_all_idle(server)) {
		if (clock_monotonic_ms() > until_ms)
			return false;
		sleep_ms(DRAIN_STEP_MS);
	}
	return true;
}

/* False: some worker is still in a handler. */
static bool workers_end(struct http_server *server, int64_t until_ms)
{
	bool all = false;

	queue_close(server->queue);
	while (!all) {
		pthread_mutex_lock(&server->start_lock);
		all = server->ended_count == server->worker_count;
		pthread_mutex_unlock(&server->start_lock);
		if (!all && clock_monotonic_ms() > until_ms)
			return false;
		if (!all)
			sleep_ms(DRAIN_STEP_MS);
	}
	join_workers(server);
	return true;
}

/* Some worker is still in a handler: whoever ends last, it or this, frees the server. */
static void abandon(struct http_server *server)
{
	bool all_ended;

	for (int i = 0; i < server->worker_count; i++)
		pthread_detach(server->worker_threads[i]);
	pthread_mutex_lock(&server->start_lock);
	server->is_abandoned = true;
	all_ended = server->ended_count == server->worker_count;
	pthread_mutex_unlock(&server->start_lock);
	if (all_ended)
		free_server(server);
}

bool http_server_stop(struct http_server *server)
{
	int64_t now = clock_monotonic_ms();
	bool drained;
	int listener;

	atomic_store(&server->is_draining, true);
	listener = MHD_quiesce_daemon(server->daemon);
	if (listener >= 0)
		close(listener);
	drained = wait_idle(server, now + server->options.drain_timeout_ms);
	if (!drained) {
		/* A closed queue takes nothing new: what is resumed now is the last. */
		queue_close(server->queue);
		connections_expire_all(server);
		wait_idle(server, clock_monotonic_ms() + LAST_ANSWERS_MS);
		connections_expire_all(server);
	}
	atomic_store(&server->is_stopping, true);
	pthread_join(server->watch_thread, NULL);
	MHD_stop_daemon(server->daemon);
	if (!workers_end(server, clock_monotonic_ms() + (drained ? 60000 : LAST_ANSWERS_MS))) {
		abandon(server);
		return false;
	}
	free_server(server);
	return drained;
}
