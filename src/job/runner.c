/* The threads: some that run jobs, one that keeps them alive and takes over what others left. */
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "job/job_internal.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum {
	POLL_MS = 1000,
	RETRY_MS = 2000,
	STALE_MS = 60000,
	DAY_AGAIN_MS = 60000,
	BEATS_A_STALE = 6, /* heartbeats in the time after which one counts as gone */
	ARENA_FIRST = 1 << 16
};

struct worker_thread {
	struct job_runner *runner;
	pthread_t thread;
	struct db *db;
	void *things;
	struct error error;
	bool is_started;        /* the thread runs */
	_Atomic(int64_t) holds; /* id of the job it runs, or 0 */
};

struct job_runner {
	struct job_options options;
	char name[WORKER_NAME_SIZE];
	struct worker_thread *threads; /* the keeper is the last */
	size_t count;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	uint64_t wakes; /* job_runner_wake() calls */
	size_t ready;   /* threads that have opened what they need, or failed to */
	size_t failed;
	atomic_bool is_stopping;
	_Atomic(date) day;             /* the one that was begun; DATE_NONE: none */
	_Atomic(int64_t) day_again_at; /* monotonic ms: not before, after a failure */
};

static void add_ms(struct timespec *at, int64_t ms)
{
	at->tv_sec += ms / 1000;
	at->tv_nsec += ms % 1000 * 1000000;
	at->tv_sec += at->tv_nsec / 1000000000;
	at->tv_nsec %= 1000000000;
}

/* Until the time is over, jobs were submitted since `seen`, or the runner stops. */
static uint64_t sleep_until_changed(struct job_runner *runner, uint64_t seen, int64_t ms)
{
	struct timespec at;
	uint64_t wakes;

	clock_gettime(CLOCK_MONOTONIC, &at);
	add_ms(&at, ms);
	pthread_mutex_lock(&runner->mutex);
	while (runner->wakes == seen && !atomic_load(&runner->is_stopping) &&
	       pthread_cond_timedwait(&runner->changed, &runner->mutex, &at) == 0)
		;
	wakes = runner->wakes;
	pthread_mutex_unlock(&runner->mutex);
	return wakes;
}

static uint64_t count_wakes(struct job_runner *runner)
{
	uint64_t wakes;

	pthread_mutex_lock(&runner->mutex);
	wakes = runner->wakes;
	pthread_mutex_unlock(&runner->mutex);
	return wakes;
}

static void log_failure(const char *what, const struct error *error)
{
	log_event(LOG_ERROR, "job",
		  LOG_WITH(LOG_STR("state", what), LOG_STR("key", error->key),
			   LOG_STR("detail", error->detail)));
}

static const struct job_kind *find_kind(const struct job_kind *kinds, const char *name)
{
	while (kinds->name && strcmp(kinds->name, name) != 0)
		kinds++;
	return kinds->name ? kinds : NULL;
}

/* Of a newer program, or no longer there. */
static bool refuse_unknown(struct job *job, struct error *error)
{
	static const struct job_kind none = { .name = "", .attempts_max = 1 };
	struct error reason;

	job->kind = &none;
	error_set(&reason, ERROR_INVALID, "job.unknown_kind", "%s", job->row.kind);
	return finish_job(job, false, &reason, 0, error);
}

static bool run_claimed(struct worker_thread *self, int64_t id, struct error *error)
{
	const struct job_runner *runner = self->runner;
	struct job job = { .db = self->db,
			   .arena = arena_create(ARENA_FIRST),
			   .batch_arena = arena_create(ARENA_FIRST),
			   .worker_name = runner->name,
			   .worker = self->things,
			   .is_stopping = &runner->is_stopping };
	bool done;

	atomic_store(&self->holds, id);
	done = job_find(self->db, job.arena, id, &job.row, error);
	if (done) {
		job.phase = job.row.phase;
		job.kind = find_kind(runner->options.kinds, job.row.kind);
		done = job.kind ? run_job(&job, runner->options.retry_ms, error)
				: refuse_unknown(&job, error);
	}
	arena_destroy(job.batch_arena);
	arena_destroy(job.arena);
	db_shrink(self->db);
	memory_give_back();
	return done;
}

/* The first thread that sees the new day takes it. */
static void begin_day(struct worker_thread *self)
{
	struct job_runner *runner = self->runner;
	date today = clock_today(), before = atomic_load(&runner->day);
	struct error error;

	if (!runner->options.day_begins || before == today ||
	    clock_monotonic_ms() < atomic_load(&runner->day_again_at) ||
	    !atomic_compare_exchange_strong(&runner->day, &before, today))
		return;
	if (runner->options.day_begins(self->things, today, &error))
		return;
	log_failure("day", &error);
	atomic_store(&runner->day_again_at, clock_monotonic_ms() + DAY_AGAIN_MS);
	atomic_store(&runner->day, DATE_NONE);
}

static void work(struct worker_thread *self)
{
	struct job_runner *runner = self->runner;

	while (!atomic_load(&runner->is_stopping)) {
		uint64_t seen = count_wakes(runner);
		struct error error;
		int64_t id;

		begin_day(self);
		if (!claim_next(self->db, runner->name, &id, &error) ||
		    (id && !run_claimed(self, id, &error))) {
			log_failure("trouble", &error);
			id = 0;
		}
		atomic_store(&self->holds, 0);
		if (id == 0)
			sleep_until_changed(runner, seen, runner->options.poll_ms);
	}
}

/* Only what a thread holds: a job whose end or claim was lost grows stale and is taken over. */
static bool beat(struct worker_thread *self, struct error *error)
{
	struct job_runner *runner = self->runner;

	for (size_t i = 0; i < runner->count; i++) {
		int64_t id = atomic_load(&runner->threads[i].holds);

		if (id && !heartbeat(self->db, runner->name, id, error))
			return false;
	}
	return true;
}

static void keep(struct worker_thread *self)
{
	struct job_runner *runner = self->runner;
	int64_t every_ms = runner->options.stale_ms / BEATS_A_STALE;

	while (!atomic_load(&runner->is_stopping)) {
		int64_t until = clock_monotonic_ms() + every_ms, now;
		struct error error;

		if (!beat(self, &error) ||
		    !requeue_abandoned(self->db, runner->options.stale_ms, &error))
			log_failure("trouble", &error);
		while ((now = clock_monotonic_ms()) < until && !atomic_load(&runner->is_stopping))
			sleep_until_changed(runner, count_wakes(runner), until - now);
	}
}

static void tell_ready(struct worker_thread *self, bool is_ready)
{
	struct job_runner *runner = self->runner;

	pthread_mutex_lock(&runner->mutex);
	runner->ready++;
	runner->failed += !is_ready;
	pthread_cond_broadcast(&runner->changed);
	pthread_mutex_unlock(&runner->mutex);
}

static bool open_things(struct worker_thread *self, bool is_keeper)
{
	const struct job_options *options = &self->runner->options;

	if (!db_open(options->database, &self->db, &self->error))
		return false;
	if (is_keeper || !options->worker_start)
		return true;
	self->things = options->worker_start(options->app, &self->error);
	return self->things != NULL;
}

static void *run_thread(void *argument)
{
	struct worker_thread *self = argument;
	struct job_runner *runner = self->runner;
	bool is_keeper = self == &runner->threads[runner->count - 1];
	bool is_ready = open_things(self, is_keeper);

	tell_ready(self, is_ready);
	if (is_ready && is_keeper)
		keep(self);
	else if (is_ready)
		work(self);
	if (self->things && runner->options.worker_stop)
		runner->options.worker_stop(self->things);
	db_close(self->db);
	return NULL;
}

static void init_waiting(struct job_runner *runner)
{
	pthread_condattr_t attributes;

	pthread_mutex_init(&runner->mutex, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&runner->changed, &attributes);
	pthread_condattr_destroy(&attributes);
}

static void start_threads(struct job_runner *runner)
{
	for (size_t i = 0; i < runner->count; i++) {
		struct worker_thread *thread = &runner->threads[i];

		thread->runner = runner;
		thread->is_started = pthread_create(&thread->thread, NULL, run_thread, thread) == 0;
		if (!thread->is_started) {
			error_set_errno(&thread->error, "job.no_thread", "pthread_create");
			tell_ready(thread, false);
		}
	}
}

/* False with the first thread's error when one could not open what it needs. */
static bool wait_until_ready(struct job_runner *runner, struct error *error)
{
	pthread_mutex_lock(&runner->mutex);
	while (runner->ready < runner->count)
		pthread_cond_wait(&runner->changed, &runner->mutex);
	pthread_mutex_unlock(&runner->mutex);
	for (size_t i = 0; i < runner->count && runner->failed; i++)
		if (runner->threads[i].error.key) {
			*error = runner->threads[i].error;
			return false;
		}
	return true;
}

/* What a process that was killed left running is queued before the first look. */
static bool take_over(const struct job_options *options, struct error *error)
{
	struct db *db;
	bool done;

	if (!db_open(options->database, &db, error))
		return false;
	done = requeue_abandoned(db, options->stale_ms, error);
	db_close(db);
	return done;
}

bool job_runner_start(const struct job_options *options, struct job_runner **runner_out,
		      struct error *error)
{
	struct job_runner *runner = memory_alloc_zeroed(1, sizeof(*runner));

	runner->options = *options;
	runner->day = DATE_NONE;
	runner->options.poll_ms = options->poll_ms ? options->poll_ms : POLL_MS;
	runner->options.retry_ms = options->retry_ms ? options->retry_ms : RETRY_MS;
	runner->options.stale_ms = options->stale_ms ? options->stale_ms : STALE_MS;
	runner->count = (size_t)options->threads + 1;
	runner->threads = memory_alloc_zeroed(runner->count, sizeof(*runner->threads));
	worker_name(runner->name);
	init_waiting(runner);
	if (take_over(&runner->options, error)) {
		start_threads(runner);
		if (wait_until_ready(runner, error)) {
			*runner_out = runner;
			return true;
		}
	}
	job_runner_stop(runner);
	return false;
}

void job_runner_wake(struct job_runner *runner)
{
	pthread_mutex_lock(&runner->mutex);
	runner->wakes++;
	pthread_cond_broadcast(&runner->changed);
	pthread_mutex_unlock(&runner->mutex);
}

void job_runner_stop(struct job_runner *runner)
{
	pthread_mutex_lock(&runner->mutex);
	atomic_store(&runner->is_stopping, true);
	pthread_cond_broadcast(&runner->changed);
	pthread_mutex_unlock(&runner->mutex);
	for (size_t i = 0; i < runner->count; i++)
		if (runner->threads[i].is_started)
			pthread_join(runner->threads[i].thread, NULL);
	pthread_cond_destroy(&runner->changed);
	pthread_mutex_destroy(&runner->mutex);
	memory_free(runner->threads);
	memory_free(runner);
}
