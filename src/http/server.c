#include "http/server.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "http/http_internal.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	WATCH_MS = 100,
	DRAIN_STEP_MS = 20,
	LAST_ANSWERS_MS = 1000, /* for the 503s at the end of a drain */
	BACKLOG = 1024,
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

/* "host:port" or "[host]:port", numbers only: no name is looked up. */
static bool parse_listen(const char *text, struct sockaddr_storage *address, socklen_t *size)
{
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)address;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)address;
	const char *colon = strrchr(text, ':');
	size_t length = colon ? (size_t)(colon - text) : 0;
	char host[64];
	int64_t port;

	memset(address, 0, sizeof(*address));
	if (!colon || length >= sizeof(host) || !str_to_int64(str_of(colon + 1), &port) ||
	    port < 0 || port > 65535)
		return false;
	memcpy(host, text, length);
	host[length] = '\0';
	if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
		host[length - 1] = '\0';
		six->sin6_family = AF_INET6;
		six->sin6_port = htons((uint16_t)port);
		*size = sizeof(*six);
		return inet_pton(AF_INET6, host + 1, &six->sin6_addr) == 1;
	}
	four->sin_family = AF_INET;
	four->sin_port = htons((uint16_t)port);
	*size = sizeof(*four);
	return inet_pton(AF_INET, host, &four->sin_addr) == 1;
}

static int bound_port(int listener)
{
	struct sockaddr_storage address;
	socklen_t size = sizeof(address);

	if (getsockname(listener, (struct sockaddr *)&address, &size) != 0)
		return 0;
	return ntohs(address.ss_family == AF_INET6
			     ? ((struct sockaddr_in6 *)(void *)&address)->sin6_port
			     : ((struct sockaddr_in *)(void *)&address)->sin_port);
}

static bool open_listener(struct http_server *server, int *listener_out, struct error *error)
{
	const char *listen_text = server->options.listen;
	struct sockaddr_storage address;
	socklen_t size;
	int on = 1, listener;

	if (!parse_listen(listen_text, &address, &size))
		return error_set(error, ERROR_INVALID, "http.listen", "%s", listen_text);
	listener = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (listener < 0)
		return error_set_errno(error, "http.listen", listen_text);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(listener, (struct sockaddr *)&address, size) != 0 ||
	    listen(listener, BACKLOG) != 0) {
		error_set_errno(error, "http.listen", listen_text);
		close(listener);
		return false;
	}
	server->port = bound_port(listener);
	*listener_out = listener;
	return true;
}

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

/* ---- Callbacks of libmicrohttpd, all on its thread. */

static size_t keep_escaped(void *context, struct MHD_Connection *mhd, char *text)
{
	(void)context, (void)mhd;
	return strlen(text); /* target.c decodes, part by part */
}

static void *on_target(void *context, const char *uri, struct MHD_Connection *mhd)
{
	return exchange_create(context, mhd, uri);
}

static void on_connection(void *context, struct MHD_Connection *mhd, void **socket_context,
			  enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*socket_context = connection_open(context, mhd);
	} else if (*socket_context) {
		connection_close(context, *socket_context);
		*socket_context = NULL;
	}
}

/* Gives the exchange to the workers, with one holder more; the connection sleeps until then. */
static void hand_over(struct http_server *server, struct exchange *exchange, enum step step)
{
	int open = OUTCOME_OPEN;
	struct error error;

	exchange->step = step;
	atomic_store(&exchange->outcome, OUTCOME_OPEN);
	atomic_fetch_add(&exchange->holders, 1);
	connection_enter(server, exchange->connection, PHASE_RUNNING, exchange,
			 exchange->request.deadline_ms);
	MHD_suspend_connection(exchange->mhd); /* before a worker can resume it */
	if (queue_put(server->queue, exchange))
		return;
	atomic_fetch_add(&server->counters.queue_full, 1);
	if (atomic_compare_exchange_strong(&exchange->outcome, &open, OUTCOME_DONE))
		MHD_resume_connection(exchange->mhd);
	atomic_fetch_sub(&exchange->holders, 1);
	error_set(&error, ERROR_BUSY, "http.busy", " ");
	exchange_refuse(exchange, 503, &error);
}

static enum MHD_Result refuse_now(struct exchange *exchange, const struct error *error)
{
	exchange_refuse(exchange, exchange->response.status, error);
	exchange->step = STEP_SENT;
	return exchange_send(exchange);
}

static enum MHD_Result on_header(struct http_server *server, struct exchange *exchange,
				 const char *method)
{
	const struct route *route;
	struct error error;

	if (!exchange_open(exchange, method, &error))
		return refuse_now(exchange, &error);
	route = exchange->request.route;
	if (route && route->flags & ROUTE_UPLOAD) {
		hand_over(server, exchange, STEP_AUTHORISING);
		return MHD_YES;
	}
	exchange->step = STEP_BODY;
	connection_enter(server, exchange->connection, PHASE_BODY, NULL,
			 exchange->request.started_ms + server->options.request_timeout_ms);
	return MHD_YES;
}

/* The rest of a refused body is read, so that the client gets to read the answer; not for ever. */
static enum MHD_Result drop(struct exchange *exchange, size_t *size)
{
	enum { DROPPED_MAX = 16 << 20 };

	exchange->dropped += (int64_t)*size;
	*size = 0;
	return exchange->dropped > DROPPED_MAX ? MHD_NO : MHD_YES;
}

static enum MHD_Result on_body(struct exchange *exchange, const char *data, size_t *size)
{
	struct error error;

	if (exchange->step == STEP_REFUSED)
		return drop(exchange, size);
	if (!body_add(exchange, (struct str){ data, *size }, &error)) {
		exchange_refuse(exchange, exchange->response.status, &error);
		exchange->step = STEP_REFUSED;
	}
	*size = 0;
	return MHD_YES;
}

static enum MHD_Result on_complete(struct http_server *server, struct exchange *exchange)
{
	const struct route *route = exchange->request.route;
	struct error error;

	if (exchange->step == STEP_BODY && !body_finish(exchange, &error))
		exchange_refuse(exchange, exchange->response.status, &error);
	if (exchange->is_refused || exchange->file || route->flags & ROUTE_INLINE) {
		exchange->step = STEP_SENT;
		if (!exchange->is_refused)
			exchange_run_inline(exchange);
		return exchange_send(exchange);
	}
	/* The time to run begins when all is there. */
	exchange->request.deadline_ms += clock_monotonic_ms() - exchange->request.started_ms;
	hand_over(server, exchange, STEP_RUNNING);
	return MHD_YES;
}

/* Resumed before the body of an upload: refused, late, or to be read now. */
static enum MHD_Result on_authorised(struct http_server *server, struct exchange *exchange)
{
	if (exchange->is_refused || atomic_load(&exchange->outcome) == OUTCOME_EXPIRED) {
		exchange->step = STEP_SENT;
		return exchange_send(exchange);
	}
	exchange->step = STEP_BODY;
	connection_enter(server, exchange->connection, PHASE_BODY, NULL,
			 clock_monotonic_ms() + server->options.request_timeout_ms);
	return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *mhd, const char *url,
				  const char *method, const char *version, const char *data,
				  size_t *data_size, void **state)
{
	struct exchange *exchange = *state;

	(void)mhd, (void)url, (void)version;
	switch (exchange->step) {
	case STEP_HEADER:
		return on_header(context, exchange, method);
	case STEP_AUTHORISING:
		return on_authorised(context, exchange);
	case STEP_RUNNING:
		exchange->step = STEP_SENT;
		return exchange_send(exchange);
	case STEP_BODY:
	case STEP_REFUSED:
		return *data_size > 0 ? on_body(exchange, data, data_size)
				      : on_complete(context, exchange);
	case STEP_SENT:
		break;
	}
	return drop(exchange, data_size);
}

static void on_completed(void *context, struct MHD_Connection *mhd, void **state,
			 enum MHD_RequestTerminationCode why)
{
	struct http_server *server = context;
	struct exchange *exchange = *state;
	bool was_sent = why == MHD_REQUEST_TERMINATED_COMPLETED_OK;

	(void)mhd;
	if (!exchange)
		return;
	connection_enter(server, exchange->connection, PHASE_IDLE, NULL,
			 clock_monotonic_ms() + server->options.idle_timeout_ms);
	exchange_note(exchange, was_sent);
	*state = NULL;
	exchange_release(exchange);
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

static struct MHD_Daemon *start_daemon(struct http_server *server, int listener)
{
	const struct http_options *options = &server->options;
	bool is_tls = server->tls_key != NULL;
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, server->tls_certificate },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, server->tls_key },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0,
		  (void *)(uintptr_t) "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
		{ MHD_OPTION_END, 0, NULL },
	};
	unsigned per_address = options->trusted_proxy ? 0
						      : (unsigned)options->connections_per_address;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;

	return MHD_start_daemon(
		flags | (is_tls ? (unsigned)MHD_USE_TLS : 0), 0, NULL, NULL, on_request, server,
		MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
		server, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, server, MHD_OPTION_UNESCAPE_CALLBACK,
		keep_escaped, server, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)options->connections_max, MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(options->idle_timeout_ms / 1000 + 5),
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)options->header_size_max * 2,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY,
		is_tls ? tls : &tls[sizeof(tls) / sizeof(tls[0]) - 1], MHD_OPTION_END);
}

static bool start_listening(struct http_server *server, struct error *error)
{
	sigset_t all, before;
	int listener = -1;

	if (!open_listener(server, &listener, error))
		return false;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	server->daemon = start_daemon(server, listener);
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
