#ifndef JOB_JOB_INTERNAL_H
#define JOB_JOB_INTERNAL_H

#include "base/strbuf.h"
#include "job/job.h"

#include <stdatomic.h>

enum { WORKER_NAME_SIZE = 160, JOB_RESULTS_MAX = 16 };

/* Why a job's function was told to stop. */
enum stop { STOP_NONE, STOP_CANCELLED, STOP_LOST, STOP_SHUTDOWN };

struct job {
	struct db *db;
	struct arena *arena, *batch_arena;
	const struct job_kind *kind;
	struct job_row row;
	const char *worker_name; /* of the process, in the row */
	void *worker;
	const atomic_bool *is_stopping; /* of the runner */
	enum stop stop;
	int64_t told_at; /* monotonic ms of the last stored progress */
	const char *phase;
	struct job_pair results[JOB_RESULTS_MAX];
	size_t result_count;
	const char *file; /* job_remove_at_end, or NULL */
	bool is_ended;    /* done, failed or cancelled, and stored */
};

/* Pairs as one text and back. False: a byte that separates pairs. */
bool pairs_write(struct strbuf *text, const struct job_pair *pairs, size_t count);
struct job_pair *pairs_read(struct arena *arena, struct str text, size_t *count_out);

/*
 * This process: the machine's boot, the process namespace, the process number and when it began,
 * so that a worker that is gone is known from its name alone.
 */
void worker_name(char name[WORKER_NAME_SIZE]);
/* The process of that name surely is no more: same boot and namespace, and no such process. */
bool worker_is_gone(const char *name);

/* ---- Statements of workers; each is a transaction of its own. */

/* Takes the oldest job that may run; id 0: there is none. */
bool claim_next(struct db *db, const char *worker_name, int64_t *id_out,
		struct error *error) MUST_CHECK;
bool heartbeat(struct db *db, const char *worker_name, int64_t id, struct error *error) MUST_CHECK;
/* Jobs of workers that are gone, or silent since stale_ms, go back into the queue. */
bool requeue_abandoned(struct db *db, int64_t stale_ms, struct error *error) MUST_CHECK;
/* Writes how the attempt ended. A job another worker has now is left alone. */
bool finish_job(struct job *job, bool done, const struct error *reason, int64_t retry_ms,
		struct error *error) MUST_CHECK;

/* The kind's function, and what became of it. */
bool run_job(struct job *job, int64_t retry_ms, struct error *error) MUST_CHECK;

#endif
