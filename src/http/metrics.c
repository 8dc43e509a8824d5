#include "base/clock.h"
#include "base/log.h"
#include "http/http_internal.h"

const int http_latency_bounds_ms[HTTP_LATENCY_BUCKETS] = {
	1, 2, 5, 10, 20, 50, 100, 250, 1000, 5000, 30000, -1,
};

static void count(struct counters *counters, int status, int64_t ms)
{
	size_t class = status >= 100 && status < 600 ? (size_t)status / 100 : 0;
	size_t bucket = 0;

	while (http_latency_bounds_ms[bucket] >= 0 && ms > http_latency_bounds_ms[bucket])
		bucket++;
	atomic_fetch_add(&counters->requests[class], 1);
	if (class == 0)
		return; /* the client's time, not ours */
	atomic_fetch_add(&counters->latency[bucket], 1);
	atomic_fetch_add(&counters->latency_sum_ms, ms);
}

static void log_request(const struct exchange *exchange, int status, int64_t ms)
{
	const struct request *request = &exchange->request;
	/* A worker may still be at it when its time is up. */
	bool is_ours = atomic_load(&exchange->outcome) != OUTCOME_EXPIRED;
	int64_t user_id = is_ours ? request->user_id : 0;
	const struct route *route = request->route;
	const char *path = route && route->flags & ROUTE_SECRET ? route->path : request->path;

	log_event(LOG_INFO, "request",
		  LOG_WITH(LOG_STR("id", request->id), LOG_STR("method", request->method),
			   LOG_STR("path", path), LOG_INT("status", status), LOG_INT("ms", ms),
			   LOG_INT("in", exchange->body_size), LOG_INT("out", exchange->sent_size),
			   LOG_INT("user", user_id), LOG_STR("address", request->address)));
}

void exchange_note(const struct exchange *exchange, bool was_sent)
{
	struct http_server *server = exchange->server;
	const struct route *route = exchange->request.route;
	int64_t ms = clock_monotonic_ms() - exchange->request.started_ms;
	int status = was_sent ? exchange->sent_status : 0;
	bool is_quiet = route && route->flags & ROUTE_QUIET && status >= 100 && status < 400;

	count(&server->counters, status, ms);
	atomic_fetch_add(&server->counters.bytes_out, (long long)exchange->sent_size);
	if (server->options.logs_requests && !is_quiet)
		log_request(exchange, status, ms);
}

void http_server_metrics(const struct http_server *server, struct http_metrics *metrics_out)
{
	const struct counters *counters = &server->counters;

	*metrics_out = (struct http_metrics){
		.latency_sum_ms = atomic_load(&counters->latency_sum_ms),
		.bytes_in = atomic_load(&counters->bytes_in),
		.bytes_out = atomic_load(&counters->bytes_out),
		.queue_full = atomic_load(&counters->queue_full),
		.timed_out = atomic_load(&counters->timed_out),
		.queued = (int64_t)queue_count(server->queue),
		.running = atomic_load(&counters->running),
		.connections = atomic_load(&counters->connections),
		.workers = server->options.workers,
		.queue_max = server->options.queue_max,
		.connections_max = server->options.connections_max,
	};
	for (size_t i = 0; i < 6; i++)
		metrics_out->requests[i] = atomic_load(&counters->requests[i]);
	for (size_t i = 0; i < HTTP_LATENCY_BUCKETS; i++)
		metrics_out->latency[i] = atomic_load(&counters->latency[i]);
}
