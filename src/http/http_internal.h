#ifndef HTTP_HTTP_INTERNAL_H
#define HTTP_HTTP_INTERNAL_H

#include "base/list.h"
#include "base/map.h"
#include "http/multipart.h"
#include "http/server.h"
#include "http/target.h"
#include "http/upload.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

enum { HEADERS_MAX = 100, ROUTE_PARTS_MAX = 8, ADDRESS_SIZE = 46 };

/* ---- router.c */
struct router;
/* NULL with an error when a row is wrong: no permission, no handler, two rows for one address. */
struct router *router_create(const struct route *routes, struct error *error);
void router_destroy(struct router *router);

struct router_match {
	const struct route *route; /* NULL: none */
	bool path_exists;          /* with other methods, listed in allow */
	char allow[64];
	size_t value_count;
	const char *values[ROUTE_PARTS_MAX]; /* of the {names}, in order */
};
void router_find(const struct router *router, const char *method, const struct target *target,
		 struct router_match *match_out);

/* ---- static.c */
struct static_entry {
	const struct static_file *file;
	char etag[20];
};
struct static_table;
struct static_table *static_create(const struct static_file *files);
void static_destroy(struct static_table *table);
/* The file at that path, or the fallback page for what looks like a page; NULL. */
const struct static_entry *static_find(const struct static_table *table, const char *path);
void static_respond(struct request *request, struct response *response,
		    const struct static_entry *entry);

/* ---- A connection, from accept to close; kept in a list for the watch thread. */
enum phase {
	PHASE_IDLE,    /* from connecting or the last answer to a whole header */
	PHASE_BODY,    /* a body is on its way in */
	PHASE_RUNNING, /* queued, or on a worker: the connection is suspended */
	PHASE_SENDING
};
struct connection {
	struct connection *previous, *next;
	int socket;
	char address[ADDRESS_SIZE];
	/* Below: under the server's watch_lock. */
	enum phase phase;
	int64_t ends_ms;           /* monotonic: when the watch thread ends the phase */
	struct exchange *exchange; /* PHASE_RUNNING */
};

/* ---- An exchange: one request and its answer. Held by the I/O thread and, while it is queued or
   runs, by the worker: the last of them frees it. */
enum step {
	STEP_HEADER,
	STEP_AUTHORISING, /* of a ROUTE_UPLOAD, before its body */
	STEP_BODY,
	STEP_REFUSED, /* the answer is known, the rest of the body is read and dropped */
	STEP_RUNNING,
	STEP_SENT
};
/* Who answers: the worker, or the watch thread because it took too long. */
enum outcome { OUTCOME_OPEN, OUTCOME_DONE, OUTCOME_EXPIRED };

struct exchange {
	struct request request; /* first: a request is its exchange */
	struct response response;
	struct http_server *server;
	struct MHD_Connection *mhd;
	struct connection *connection;
	enum step step;
	atomic_int outcome, holders;

	struct str raw_target;
	struct target target;
	struct router_match match;
	const struct static_entry *file;
	size_t header_count;
	struct name_value *headers;

	bool is_authorised, is_refused; /* by authorise(); response is filled when refused */
	bool keeps_open;
	int64_t body_size, dropped;
	struct strbuf *body; /* of a route without ROUTE_UPLOAD */
	struct body_reader *reader;
	struct list uploads; /* struct upload * in the arena */
	struct list form;    /* struct name_value */
	const struct problem_field *problem_fields;
	size_t problem_field_count;
	int64_t sent_size;
	int sent_status; /* 0 until an answer is under way */
};

struct exchange *exchange_create(struct http_server *server, struct MHD_Connection *mhd,
				 const char *raw_target);
void exchange_release(struct exchange *exchange);
/* Reads header and target, finds the route; false with status and error when it is refused. */
bool exchange_open(struct exchange *exchange, const char *method, struct error *error);
/* On the worker: authorise (and nothing more before an upload), handler, problem. */
void exchange_run(struct exchange *exchange, void *worker);
/* Runs the handler or serves the file, where that needs no worker. */
void exchange_run_inline(struct exchange *exchange);
void exchange_refuse(struct exchange *exchange, int status, const struct error *error);

/* ---- problem.c: response_problem in any arena, with the first field_count wrong fields. */
void problem_fill(struct arena *arena, const struct exchange *exchange, const struct error *error,
		  size_t field_count, struct response *response);

/* ---- metrics.c: counts and logs an exchange that is over. */
void exchange_note(const struct exchange *exchange, bool was_sent);

/* ---- body.c: a body as it arrives. */
bool body_begin(struct exchange *exchange, struct error *error);
bool body_add(struct exchange *exchange, struct str data, struct error *error);
bool body_finish(struct exchange *exchange, struct error *error);
void body_release(struct exchange *exchange); /* also removes uploads that were not kept */

/* ---- send.c */
/* Queues the answer (or the problem when outcome is OUTCOME_EXPIRED) with libmicrohttpd. */
enum MHD_Result exchange_send(struct exchange *exchange);

/* ---- listen.c: "host:port" or "[host]:port", numbers only; port 0 takes a free one. */
bool listener_open(const char *listen_text, int *listener_out, int *port_out, struct error *error);

/* ---- daemon.c: the I/O thread, on that socket, which it closes at its end. NULL when it failed. */
struct MHD_Daemon *daemon_start(struct http_server *server, int listener);

/* ---- queue.c: requests waiting for a worker, in order. */
struct queue;
struct queue *queue_create(size_t room);
void queue_destroy(struct queue *queue);
bool queue_put(struct queue *queue, struct exchange *exchange); /* false: full, or closed */
struct exchange *queue_take(struct queue *queue);               /* NULL: closed and empty */
void queue_close(struct queue *queue);
size_t queue_count(struct queue *queue);

/* ---- connections.c: what is watched */
struct connection *connection_open(struct http_server *server, struct MHD_Connection *mhd);
void connection_close(struct http_server *server, struct connection *connection);
void connection_enter(struct http_server *server, struct connection *connection, enum phase phase,
		      struct exchange *exchange, int64_t ends_ms);
/* Ends what is too late; cut_idle: and every connection that waits for a request. */
void connections_watch(struct http_server *server, bool cut_idle);
bool connections_all_idle(struct http_server *server);
/* Answers every suspended request with 503, at the end of a drain. */
void connections_expire_all(struct http_server *server);

/* ---- What http_metrics is read from. */
struct counters {
	atomic_llong requests[6], latency[HTTP_LATENCY_BUCKETS], latency_sum_ms;
	atomic_llong bytes_in, bytes_out, queue_full, timed_out, running, connections;
};

struct http_server {
	struct http_options options;
	struct MHD_Daemon *daemon;
	int port;
	struct router *router;
	struct static_table *files;
	struct queue *queue;
	struct counters counters;
	char *tls_certificate, *tls_key; /* the files' content */

	pthread_mutex_t watch_lock;
	struct connection *connections;
	pthread_t watch_thread;
	atomic_bool is_stopping, is_draining;

	pthread_t *worker_threads;
	int worker_count;
	/* Workers say that they are ready, or why not. */
	pthread_mutex_t start_lock;
	pthread_cond_t started;
	int started_count, ended_count;
	bool start_failed, is_abandoned;
	struct error start_error;
};

#endif
