#ifndef API_API_INTERNAL_H
#define API_API_INTERNAL_H

#include "api/api.h"
#include "base/jsonout.h"
#include "indexing/indexing.h"

#include <pthread.h>
#include <stdatomic.h>

struct json_t;

struct api {
	char *folder;
	const struct config *config;
	struct index *index;         /* shared by all threads; each request holds a snapshot */
	pthread_mutex_t index_mutex; /* one brings it up to date at a time */
	struct job_runner *runner;   /* NULL: jobs are run by another process */
	_Atomic(const struct http_server *) server;
	atomic_bool is_draining;
	int64_t started_ms; /* monotonic */
};

/* What each thread has for itself. */
struct api_worker {
	struct api *api;
	struct library *library;
};

/* One request, as the functions that answer it see it. */
struct call {
	struct request *request;
	struct response *response;
	struct api *api;
	struct arena *arena;
	struct library *library;
	struct db *db; /* the library's */
	const struct snapshot *snapshot;
	int64_t user_id, organisation_id; /* who asks, for whom; 0: nobody */
	enum language language;           /* ?language=en, else Chinese */
	date today;
	struct search_limits limits; /* to the request's deadline */
	struct strbuf *text;         /* becomes the body unless the response has one */
	struct jsonout json;         /* to text */
	struct json_t *body;         /* the request's JSON object, or NULL */
};

typedef bool call_fn(struct call *call, struct error *error);
/* Prepares the call, runs it, sends what it wrote. */
bool api_answer(struct request *request, struct response *response, call_fn *answer,
		struct error *error) MUST_CHECK;
/* The handler of a route: `HANDLER(api_search, search)` runs search() in a call. */
#define HANDLER(name_, function_)                                                                  \
	bool name_(struct request *request, struct response *response, struct error *error)        \
	{                                                                                          \
		return api_answer(request, response, function_, error);                            \
	}

/* ---- Values the client gives: in the query string, else in the JSON body. */

/* NULL when missing; numbers of the body come as text. */
const char *call_text(struct call *call, const char *name);
/* ERROR_INVALID "api.missing" with the field when it is not there or empty. */
bool call_need_text(struct call *call, const char *name, const char **text_out,
		    struct error *error) MUST_CHECK;
/* fallback when missing; outside min … max: "api.number" with the field. */
bool call_integer(struct call *call, const char *name, int64_t fallback, int64_t min, int64_t max,
		  int64_t *value_out, struct error *error) MUST_CHECK;
/* Index in choices (NULL ends), 0 when missing: "api.choice", the hint names them. */
bool call_choice(struct call *call, const char *name, const char *const *choices, int *choice_out,
		 struct error *error) MUST_CHECK;
/* DATE_NONE when missing. */
bool call_date(struct call *call, const char *name, date *date_out, struct error *error) MUST_CHECK;
/* The texts of an array in the body; none when missing. */
bool call_texts(struct call *call, const char *name, const char ***texts_out, size_t *count_out,
		struct error *error) MUST_CHECK;
/* {name} of the path as a number from 1 up: else "api.no_such" not found. */
bool call_part_id(const struct call *call, const char *name, int64_t *id_out,
		  struct error *error) MUST_CHECK;

/* ---- What several endpoints ask for. */

/* `query` (missing: everything) and `topic` (a name; missing: all documents). */
struct asked {
	struct query *query;
	bool has_topic;
	struct topic topic;
	const struct bitmap *documents;
};
bool call_ask(struct call *call, struct asked *asked_out, struct error *error) MUST_CHECK;
bool call_parse(struct call *call, struct str text, struct query **query_out,
		struct error *error) MUST_CHECK;
/* A topic of the actor's organisation by its id in the path. */
bool call_topic(struct call *call, struct topic *topic_out, struct error *error) MUST_CHECK;
void write_warnings(struct call *call, const struct query *query);
/* key: text, or null when it is empty. */
void member_text(struct jsonout *json, const char *key, struct str text);
/* key: "2026-02-28", or null. */
void member_date(struct jsonout *json, const char *key, date day);
/* key: "2026-02-28T12:00:00.123Z", or null for 0. */
void member_time(struct jsonout *json, const char *key, int64_t utc_ms);

/* Members of an open object about a document: number, title, applicant, dates, status, class. */
bool write_document(struct call *call, uint32_t document, const struct publication **facts_out,
		    struct error *error) MUST_CHECK;

/* Takes into the index what the library has committed; one thread at a time. */
bool api_refresh_index(struct api *api, struct library *library, struct error *error) MUST_CHECK;
/* DATA/name/, made when missing. */
bool api_folder(const struct api *api, struct arena *arena, const char *name, const char **path_out,
		struct error *error) MUST_CHECK;

void call_submitted(struct call *call, int64_t job_id); /* 202, Location, the job's id */

/* ---- Handlers, by file. */
handler_fn api_search, api_explain, api_similar;       /* find.c */
handler_fn api_analyse, api_list_analyses, api_figure; /* analyse.c */
handler_fn api_publication;                            /* publication.c */
handler_fn api_list_topics, api_get_topic, api_create_topic, api_edit_topic, api_delete_topic,
	api_topic_documents, api_topic_log;                                  /* topics.c */
handler_fn api_get_tree, api_put_tree, api_get_tree_file, api_put_tree_file; /* trees.c */
handler_fn api_list_queries, api_put_query, api_delete_query;                /* queries.c */
handler_fn api_list_jobs, api_get_job, api_cancel_job, api_job_refused, api_job_file; /* jobs.c */
handler_fn api_import, api_list_imports, api_list_sources; /* import_job.c */
handler_fn api_report;                                     /* report_job.c */
handler_fn api_health, api_ready, api_metrics;             /* health.c */
handler_fn api_openapi;                                    /* openapi.c */

job_fn run_import_job, run_report_job;

/* What the description of the API says of a route; rows in routes.c, by method and path. */
struct operation {
	const char *method, *path, *summary;
	const char *parameters; /* names in the query string or the body, joined by blanks */
};
extern const struct operation api_operations[];
extern const size_t api_operation_count;

#endif
