#ifndef TESTS_JOB_FIXTURE_H
#define TESTS_JOB_FIXTURE_H

#include "job/job_internal.h"

#include <stdatomic.h>

/*
 * Kinds of work to try runners with, on a database of one's choice: "rows" makes ROWS rows in batches
 * and refuses every seventh, "patient" too; "forever" and "alone" (of a group) run until they may
 * end, "progress" tells how far it is until then; "busy" is never done, "busy_twice" at the third
 * try; "wrong" fails, "die" kills its process, "worker" names its worker.
 */
enum { ROWS = 60, ROWS_A_BATCH = 10 };
extern const struct job_kind job_test_kinds[];
void *job_test_worker(void *app, struct error *error);

extern const char *job_target; /* the database that is tried; set before the rest is called */
extern atomic_int jobs_running, jobs_running_max, job_tries;
extern atomic_bool jobs_may_end;

void pause_ms(int ms);
struct db *open_target(void); /* db_close it */
void make_tables(void);       /* anew, and the counts above from 0 */
struct job_runner *start_runner(int threads);
int64_t submit(struct db *db, const char *kind, const char *group); /* the id */
struct job_row find(struct db *db, struct arena *arena, int64_t id);
struct job_row wait_for(struct db *db, struct arena *arena, int64_t id, enum job_state state);
int64_t count_made(struct db *db);
/* All rows of the job, each once. */
void check_rows(struct db *db, struct arena *arena, int64_t id);

#endif
