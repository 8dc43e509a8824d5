/* What watches the server asks: is it alive, may it be sent requests, what does it do. */
#include "api/api_internal.h"
#include "api/routes.h"
#include "base/clock.h"
#include "http/server.h"

#include <stdio.h>

/* On the I/O thread: says only that it turns. */
bool api_health(struct request *request, struct response *response, struct error *error)
{
	(void)request;
	(void)error;
	response->body = STR("{\"status\":\"ok\"}\n");
	return true;
}

/* The database answers and the server is not stopping. */
static bool ready(struct call *call, struct error *error)
{
	int64_t counts[JOB_STATE_COUNT];

	if (atomic_load(&call->api->is_draining))
		return error_set(error, ERROR_BUSY, "api.draining", "%s", "");
	if (!job_counts(call->db, counts, error))
		return false;
	jsonout_object_begin(&call->json);
	jsonout_member_cstr(&call->json, "status", "ready");
	jsonout_member_integer(&call->json, "documents",
			       (int64_t)snapshot_document_count(call->snapshot));
	jsonout_object_end(&call->json);
	return true;
}

/* ---- Prometheus text format 0.0.4. */

static void metric(struct call *call, const char *name, const char *type, const char *help,
		   int64_t value)
{
	strbuf_addf(call->text, "# HELP yucheng_%s %s\n# TYPE yucheng_%s %s\nyucheng_%s %lld\n",
		    name, help, name, type, name, (long long)value);
}

static void write_requests(struct call *call, const struct http_metrics *metrics)
{
	strbuf_add_cstr(call->text,
			"# HELP yucheng_http_requests_total Requests answered, by class of "
			"status.\n# TYPE yucheng_http_requests_total counter\n");
	for (int class = 0; class < 6; class ++)
		strbuf_addf(call->text,
			    class ? "yucheng_http_requests_total{status=\"%dxx\"} %lld\n"
				  : "yucheng_http_requests_total{status=\"gone%.0d\"} %lld\n",
			    class, (long long)metrics->requests[class]);
}

static void write_latency(struct call *call, const struct http_metrics *metrics)
{
	int64_t sum = 0;

	strbuf_add_cstr(call->text,
			"# HELP yucheng_http_latency_seconds From the header to the answer.\n"
			"# TYPE yucheng_http_latency_seconds histogram\n");
	for (int i = 0; i < HTTP_LATENCY_BUCKETS; i++) {
		char bound[32] = "+Inf";

		sum += metrics->latency[i];
		if (http_latency_bounds_ms[i] >= 0)
			snprintf(bound, sizeof(bound), "%g", http_latency_bounds_ms[i] / 1000.0);
		strbuf_addf(call->text, "yucheng_http_latency_seconds_bucket{le=\"%s\"} %lld\n",
			    bound, (long long)sum);
	}
	strbuf_addf(call->text,
		    "yucheng_http_latency_seconds_sum %.3f\nyucheng_http_latency_seconds_count "
		    "%lld\n",
		    (double)metrics->latency_sum_ms / 1000, (long long)sum);
}

static void write_server(struct call *call, const struct http_server *server)
{
	struct http_metrics metrics;

	http_server_metrics(server, &metrics);
	write_requests(call, &metrics);
	write_latency(call, &metrics);
	metric(call, "http_received_bytes_total", "counter", "Bytes of bodies.", metrics.bytes_in);
	metric(call, "http_sent_bytes_total", "counter", "Bytes of bodies.", metrics.bytes_out);
	metric(call, "http_queue_full_total", "counter", "Requests refused by a full queue.",
	       metrics.queue_full);
	metric(call, "http_timed_out_total", "counter", "Requests that took too long.",
	       metrics.timed_out);
	metric(call, "http_queued", "gauge", "Requests waiting for a worker.", metrics.queued);
	metric(call, "http_running", "gauge", "Requests being answered.", metrics.running);
	metric(call, "http_connections", "gauge", "Open connections.", metrics.connections);
	metric(call, "http_workers", "gauge", "Worker threads.", metrics.workers);
}

static bool metrics(struct call *call, struct error *error)
{
	const struct http_server *server = atomic_load(&call->api->server);
	int64_t counts[JOB_STATE_COUNT];

	if (!job_counts(call->db, counts, error))
		return false;
	if (server)
		write_server(call, server);
	strbuf_add_cstr(call->text, "# HELP yucheng_jobs Jobs, by state.\n"
				    "# TYPE yucheng_jobs gauge\n");
	for (size_t i = 0; i < JOB_STATE_COUNT; i++)
		strbuf_addf(call->text, "yucheng_jobs{state=\"%s\"} %lld\n",
			    job_state_name((enum job_state)i), (long long)counts[i]);
	metric(call, "documents", "gauge", "Documents in the index.",
	       (int64_t)snapshot_document_count(call->snapshot));
	metric(call, "uptime_seconds", "gauge", "Since the start.",
	       (clock_monotonic_ms() - call->api->started_ms) / 1000);
	call->response->content_type = "text/plain; version=0.0.4; charset=utf-8";
	return true;
}

HANDLER(api_ready, ready)
HANDLER(api_metrics, metrics)
