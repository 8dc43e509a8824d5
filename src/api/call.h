#ifndef API_CALL_H
#define API_CALL_H

#include "api/api.h"
#include "base/date.h"
#include "base/jsonout.h"
#include "base/message.h"
#include "record/secret.h"

#include <pthread.h>
#include <stdatomic.h>

/*
 * One request as the functions that answer it see it. Knows neither query/ nor record/, whose names
 * (FIELD_DATE) do not go together: handlers of the searching side include api_internal.h, those of
 * accounts and records auth/ or record/.
 */
struct auth_settings;
struct json_t;
struct index;
struct library;
struct snapshot;
struct search_limits;

struct api {
	char *folder;
	const struct config *config;
	struct secret_key key; /* of sensitive values and second factors */
	struct auth_settings *settings;
	struct index *index;         /* shared by all threads; each request holds a snapshot */
	pthread_mutex_t index_mutex; /* one brings it up to date at a time */
	pthread_mutex_t files_mutex; /* attachments: record_files.c */
	struct job_runner *runner;   /* NULL: jobs are run by another process */
	_Atomic(const struct http_server *) server;
	atomic_bool is_draining;
	int64_t started_ms; /* monotonic */
	_Atomic(int64_t)
		looked_ms; /* monotonic; when the index of other processes was looked for */
};

/* What each thread has for itself. */
struct api_worker {
	struct api *api;
	struct library *library;
	struct db *db; /* the library's */
};

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
	const struct search_limits *limits; /* to the request's deadline */
	struct strbuf *text;                /* becomes the body unless the response has one */
	struct jsonout json;                /* to text */
	struct json_t *body;                /* the request's JSON object, or NULL */
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
int64_t call_day_start_ms(date day); /* 0 o'clock in China, UTC+8 */
/* The texts of an array in the body; none when missing. */
bool call_texts(struct call *call, const char *name, const char ***texts_out, size_t *count_out,
		struct error *error) MUST_CHECK;
/* {name} of the path as a number from 1 up: else "api.no_such" not found. */
bool call_part_id(const struct call *call, const char *name, int64_t *id_out,
		  struct error *error) MUST_CHECK;

/* ---- Changing. */

/* One line for the audit log and the end of the transaction that is open on call->db. */
bool call_commit(struct call *call, const char *action, const char *subject, const char *detail,
		 struct error *error) MUST_CHECK;

#endif
