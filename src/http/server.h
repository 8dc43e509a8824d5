#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/http.h"

/*
 * One thread does all the socket work (libmicrohttpd, epoll). A complete request is suspended and
 * queued; a worker runs its handler and resumes it. A full queue is answered 503 at once. A watch
 * thread ends what takes too long: requests that do not arrive, run or leave in time.
 */
struct http_server;

/* A file in the program, served on the I/O thread with an ETag of its content. */
struct static_file {
	const char *path; /* "/assets/app.js"; NULL ends the table */
	const char *media_type;
	const struct str *content;
	const struct str *gzip; /* the same, compressed, for clients that take it; or NULL */
	bool is_immutable;      /* its name changes with its content: cached for a year */
	bool is_fallback;       /* also for every GET outside /api that has no route: the one page
				     of a browser application */
	const char *content_security_policy; /* NULL: the strict one */
};

struct http_options {
	const char *listen; /* "127.0.0.1:8460", "[::]:443"; port 0: any free one */
	const struct route *routes;
	const struct static_file *files; /* or NULL */
	void *app;                       /* to every request */

	/* Called on the worker before the handler of every route that is not PUBLIC; false refuses
	   the request with the error. It may fill user, user_id. */
	bool (*authorise)(struct request *request, struct error *error);
	/* Each worker's own things (its database connection); both may be NULL. Called on the
	   worker's thread; NULL from start: the server does not start. */
	void *(*worker_start)(void *app, struct error *error);
	void (*worker_stop)(void *worker);
	/* After each request, on the worker: the connection must not be left in a transaction. */
	void (*worker_clean)(void *worker);

	const char *temporary_folder;          /* uploads and large answers; emptied at start */
	const char *tls_certificate, *tls_key; /* PEM files, both or none */
	const char *trusted_proxy; /* address whose X-Forwarded-For and -Proto are believed; NULL:
				      none's */

	bool logs_requests; /* a line for each, but for ROUTE_QUIET when all went well */
	int workers;
	int queue_max;               /* requests waiting for a worker */
	int connections_max;         /* in total; more are not accepted */
	int connections_per_address; /* 0: no limit (always so for a trusted proxy) */
	int header_size_max;         /* bytes of request line and header: 431 */
	int idle_timeout_ms;         /* from connecting, or the last answer, to a whole header */
	int request_timeout_ms;      /* from the header to the answer: 503 */
	int long_timeout_ms;         /* the same for ROUTE_LONG */
	int transfer_rate_min;       /* bytes a second bodies and answers must move at, on the
					   average, after the first request_timeout_ms */
	int drain_timeout_ms;        /* http_server_stop waits this long */
};

/* Sensible values for everything but listen, routes, app and temporary_folder. */
struct http_options http_options_default(void);

bool http_server_start(const struct http_options *options, struct http_server **server_out,
		       struct error *error) MUST_CHECK;
int http_server_port(const struct http_server *server);
/*
 * Accepts nothing more, lets what runs finish and be sent, then ends the threads and frees the
 * server. False: something still ran after drain_timeout_ms and was answered 503; the server goes
 * when the last of its threads ends.
 */
bool http_server_stop(struct http_server *server);

/* ---- Counters, read at any time from any thread. */

enum { HTTP_LATENCY_BUCKETS = 12 };
extern const int http_latency_bounds_ms[HTTP_LATENCY_BUCKETS]; /* the last is without bound: -1 */

struct http_metrics {
	int64_t requests[6]; /* answered, by status / 100; [0]: the client went away */
	int64_t latency[HTTP_LATENCY_BUCKETS]; /* requests in each bucket, not summed up */
	int64_t latency_sum_ms;
	int64_t bytes_in, bytes_out;          /* bodies */
	int64_t queue_full;                   /* requests answered 503 for it */
	int64_t timed_out;                    /* requests answered 503 for it, or connections cut */
	int64_t queued, running, connections; /* now */
	int64_t workers, queue_max, connections_max;
};
void http_server_metrics(const struct http_server *server, struct http_metrics *metrics_out);

#endif
