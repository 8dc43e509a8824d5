#ifndef API_API_INTERNAL_H
#define API_API_INTERNAL_H

#include "answer/answer.h"
#include "api/call.h"

/* ---- What several endpoints ask for. */

/* What src/answer works with; writes to the call's JSON. */
struct answer call_answer(struct call *call);
/* `query`; missing: everything. */
bool call_parse(struct call *call, struct query **query_out, struct error *error) MUST_CHECK;
/* The documents of `query`, `topic` (a name; missing: all documents) and `newer` (an id). */
bool call_ask(struct call *call, struct answer_set *set_out, struct error *error) MUST_CHECK;
/* The applications of the numbers in a list; one that is not in the library is ERROR_INVALID. */
bool call_numbers(struct call *call, const char *name, const struct bitmap **ids_out,
		  struct error *error) MUST_CHECK;
/* A topic of the actor's organisation by its id in the path. */
bool call_topic(struct call *call, struct topic *topic_out, struct error *error) MUST_CHECK;
/* {job} of the path; another organisation's is not there. */
struct job_row;
bool call_job(struct call *call, struct job_row *row_out, struct error *error) MUST_CHECK;
bool call_find_topic(struct call *call, int64_t id, struct topic *topic_out,
		     struct error *error) MUST_CHECK;

/* Takes into the index what the library has committed; one thread at a time. */
bool api_refresh_index(struct api *api, struct library *library, struct error *error) MUST_CHECK;
/* DATA/name/, made when missing. */
bool api_folder(const struct api *api, struct arena *arena, const char *name, const char **path_out,
		struct error *error) MUST_CHECK;

/* A job's row and its line in the audit log. */
bool call_submit(struct call *call, const struct job_request *request, const char *detail,
		 int64_t *id_out, struct error *error) MUST_CHECK;
/* Uploads that no open job needs and an hour old: what killed processes left. */
bool api_sweep_uploads(struct api *api, struct db *db, struct error *error) MUST_CHECK;
void call_submitted(struct call *call, int64_t job_id); /* 202, Location, the job's id */
void call_submitted_at(struct call *call, int64_t job_id, const char *location);

#endif
