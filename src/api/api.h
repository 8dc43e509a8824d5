#ifndef API_API_H
#define API_API_H

#include "base/config.h"
#include "http/http.h"
#include "job/job.h"

/*
 * The HTTP API over one data folder: the table of routes, what its worker threads hold, and the
 * kinds of jobs it submits. Who asks is found out by the server's authorise(), which leaves in
 * request->user something whose first member is a struct actor; handlers read that and nothing else.
 */
struct api;

extern const struct route api_routes[];
extern const struct job_kind api_job_kinds[];

struct api_options {
	const char *data_folder;
	const struct config *config; /* outlives the api */
	bool create;                 /* make the folder and its tables when missing */
};
/* Opens the library and brings the index up to date with it. */
bool api_open(const struct api_options *options, struct api **api_out,
	      struct error *error) MUST_CHECK;
void api_close(struct api *api);

/* Threads that run the jobs of this folder, in this process. */
bool api_start_jobs(struct api *api, int threads, struct error *error) MUST_CHECK;
void api_stop_jobs(struct api *api); /* none running is fine */

struct http_server;
/* Whose numbers /metrics tells; NULL while there is no server. */
void api_set_server(struct api *api, const struct http_server *server);
/* /ready answers 503 from now on. */
void api_begin_drain(struct api *api);

/* http_options.worker_start, worker_stop, worker_clean; also of the job threads. */
void *api_worker_start(void *api, struct error *error);
void api_worker_stop(void *worker);
void api_worker_clean(void *worker);

/* http_options.authorise: session cookie with its CSRF token, or a bearer token. */
bool api_authorise(struct request *request, struct error *error) MUST_CHECK;

/* May somebody with these roles use a route of this permission? Unknown ones: nobody. */
bool api_allows(unsigned roles, const char *permission);

#endif
