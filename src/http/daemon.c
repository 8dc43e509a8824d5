/* What libmicrohttpd calls, all on its thread: connections come and go, requests arrive step by step. */
#include "base/clock.h"
#include "http/http_internal.h"

#include <string.h>

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

struct MHD_Daemon *daemon_start(struct http_server *server, int listener)
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
