#ifndef JOB_JOB_H
#define JOB_JOB_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "db/db.h"

/*
 * Work in the background. A job is a row of the table job: kind, arguments, state, phase, done,
 * total, checkpoint. Its function works in batches; each batch commits its rows together with the
 * new checkpoint, so that after a kill the next attempt goes on where the last batch ended.
 * Workers are threads of `serve` or of `yucheng work`; any number of processes may share a
 * database. What the kinds do is no business of this layer: the table of kinds is given to it.
 */

enum job_state { JOB_QUEUED, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED, JOB_STATE_COUNT };

const char *job_state_name(enum job_state state); /* "queued" */
bool job_state_find(struct str name, enum job_state *state_out);

/* A name and a text; neither may hold the bytes 0, 0x1E and 0x1F. */
struct job_pair {
	const char *name, *value;
};

/* ---- Rows. All take the caller's connection and live in the caller's transaction, if any. */

struct job_request {
	const char *kind, *group; /* group NULL: none; else as the kind's row says */
	const struct job_pair *arguments;
	size_t argument_count;
	int64_t user_id, organisation_id;
};
bool job_submit(struct db *db, const struct job_request *request, int64_t *id_out,
		struct error *error) MUST_CHECK;

struct job_row {
	int64_t id;
	const char *kind;
	enum job_state state;
	const char *phase;   /* "" before the first */
	int64_t done, total; /* total 0: not known */
	int64_t checkpoint, rejected, attempts;
	struct error error; /* why it failed; key NULL: it did not. detail and at are kept */
	bool cancel_wanted;
	int64_t user_id, organisation_id;
	int64_t created_at, started_at, finished_at, heartbeat_at; /* ms UTC; 0: not yet */
	struct job_pair *arguments, *results;
	size_t argument_count, result_count;
};
/* ERROR_NOT_FOUND "job.missing". */
bool job_find(struct db *db, struct arena *arena, int64_t id, struct job_row *row_out,
	      struct error *error) MUST_CHECK;
const char *job_row_argument(const struct job_row *row, const char *name); /* NULL: not given */
const char *job_result(const struct job_row *row, const char *name);       /* NULL: there is none */

enum { JOB_LIST_MAX = 200 };
struct job_filter {
	int64_t user_id;         /* 0: of everybody */
	int64_t organisation_id; /* 0: of all */
	const char *kind;        /* NULL: of every kind */
	bool open_only;          /* queued and running ones */
	int64_t before_id;       /* 0: from the newest */
	size_t limit;            /* 1 to JOB_LIST_MAX */
};
bool job_list(struct db *db, struct arena *arena, const struct job_filter *filter,
	      struct job_row **rows_out, size_t *count_out,
	      struct error *error) MUST_CHECK; /* newest first */

/* How many there are in each state. */
bool job_counts(struct db *db, int64_t counts_out[JOB_STATE_COUNT], struct error *error) MUST_CHECK;

/* A queued job is cancelled at once, a running one at its next batch; a finished one is
   ERROR_CONFLICT "job.finished". */
bool job_cancel(struct db *db, int64_t id, struct error *error) MUST_CHECK;

struct job_refusal {
	int64_t id, place;
	struct error reason; /* key and field (NULL: none is at fault) live in the arena */
};
bool job_refusals(struct db *db, struct arena *arena, int64_t job_id, int64_t after_id,
		  size_t limit, struct job_refusal **refusals_out, size_t *count_out,
		  struct error *error) MUST_CHECK;

/* ---- For the function of a kind. */

struct job;
/*
 * Called outside a transaction, on a worker's thread. True: the job is done. ERROR_BUSY is tried
 * again, after a pause, up to attempts_max attempts without progress; other errors are final.
 */
typedef bool job_fn(struct job *job, struct error *error);

struct job_kind {
	const char *name;  /* "import"; NULL ends a table */
	const char *group; /* two jobs of one group never run at once, or NULL */
	job_fn *run;
	int attempts_max; /* without progress in between */
};

int64_t job_id(const struct job *job);
int64_t job_user(const struct job *job);
int64_t job_organisation(const struct job *job);
const char *job_argument(const struct job *job, const char *name); /* NULL: not given */
int64_t job_checkpoint(const struct job *job);                     /* 0 at the first attempt */
struct db *job_db(struct job *job);             /* the connection a batch is written with */
void *job_worker(const struct job *job);        /* the thread's own things (worker_start below) */
struct arena *job_arena(struct job *job);       /* to the end of this attempt */
struct arena *job_batch_arena(struct job *job); /* emptied by job_commit_batch */

void job_phase(struct job *job, const char *phase); /* "parse"; told with the next progress */
/*
 * Ends a batch: stores checkpoint and progress in the transaction that is open on job_db(), or in
 * one of its own, commits it and empties the batch arena. False when it was cancelled, taken
 * away, or must stop: then return false at once with this error. What was in the transaction is
 * kept when the job is cancelled or stopped, and rolled back when another worker has it now.
 */
bool job_commit_batch(struct job *job, int64_t checkpoint, int64_t done, int64_t total,
		      struct error *error) MUST_CHECK;
/*
 * Progress of work that keeps its own checkpoint, and the question whether to go on: as
 * job_commit_batch, at most some times a second and without touching the checkpoint. job_db() is
 * not in a transaction.
 */
bool job_progress(struct job *job, int64_t done, int64_t total, struct error *error) MUST_CHECK;
/* A row that could not be taken: stored with its batch, the job goes on. */
bool job_reject(struct job *job, int64_t place, const struct error *reason,
		struct error *error) MUST_CHECK;
/* What the job made; stored when it ends, the last one of a name. */
void job_set_result(struct job *job, const char *name, struct str value);

/*
 * A file that every attempt needs, an upload: it goes when the job has ended and that is stored. A
 * process killed in between leaves it behind.
 */
void job_remove_at_end(struct job *job, const char *path);

/* ---- Workers. */

struct job_options {
	const char *database; /* as db_open */
	const struct job_kind *kinds;
	int threads;
	void *app; /* to worker_start */
	/* Each thread's own things; both may be NULL. Called on the thread. */
	void *(*worker_start)(void *app, struct error *error);
	void (*worker_stop)(void *worker);
	/*
	 * What a day brings by itself: called on one of the threads when they start and when a day begins in
	 * China, again after a minute when it failed. NULL: nothing.
	 */
	bool (*day_begins)(void *worker, date today, struct error *error);
	int poll_ms;  /* how often the table is looked at; 0: 1,000 */
	int retry_ms; /* pause after ERROR_BUSY, doubled each time; 0: 2,000 */
	int stale_ms; /* a job without heartbeat for so long is taken over; 0: 60,000 */
};

struct job_runner;
/* False when a database or a worker's things cannot be opened. */
bool job_runner_start(const struct job_options *options, struct job_runner **runner_out,
		      struct error *error) MUST_CHECK;
void job_runner_wake(struct job_runner *runner); /* a job was submitted: do not wait for the poll */
/* Lets each job finish its batch, puts it back into the queue, ends the threads. */
void job_runner_stop(struct job_runner *runner);

#endif
