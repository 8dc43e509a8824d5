#ifndef IMPORT_BATCH_H
#define IMPORT_BATCH_H

#include "base/list.h"
#include "import/map.h"

/*
 * Rows read and mapped, handed from the reading thread to the writing one. A batch owns its arena,
 * in which all of its texts live.
 */
struct batch_row {
	struct publication *publication; /* NULL: refused */
	int64_t place;
	struct error reason;
	struct str row_text;
	bool is_replayed; /* an interrupted import has taken it in: only to be remembered */
};

struct batch {
	struct arena *arena;
	struct list rows;    /* struct batch_row */
	size_t size;         /* bytes of the cells */
	uint64_t position;   /* of the reader behind the batch */
	int64_t done, total; /* progress in bytes */
	bool is_last;
	bool is_stopped; /* the file cannot be read beyond it */
	struct error error;
};

struct batch *batch_create(void);
void batch_destroy(struct batch *batch);

/* A queue of few batches: put waits while it is full, take while it is empty. */
struct batch_queue;
struct batch_queue *batch_queue_create(void);
void batch_queue_destroy(struct batch_queue *queue); /* with what is still in it */
/* False when the taker has given up; the batch is then destroyed. */
bool batch_queue_put(struct batch_queue *queue, struct batch *batch);
struct batch *batch_queue_take(struct batch_queue *queue);
void batch_queue_give_up(struct batch_queue *queue);

/*
 * Reads and maps: the file's batches one after the other, each the taker's own. Until the file ends,
 * whose last batch has is_last, or the taker has enough and answers false.
 */
struct batch_source {
	struct reader *reader;
	const struct source *forced; /* NULL: every part of an archive is looked at */
	struct findings *findings;   /* may be NULL */
	struct batch_queue *queue;   /* of batch_read_all() */
	size_t batch_rows;
	uint32_t import_id;    /* of the facts */
	uint64_t replay_until; /* position up to which an interrupted import came */
};
typedef bool batch_take_fn(void *context, struct batch *batch);
void batch_each(struct batch_source *source, batch_take_fn *take, void *context);
/* The same into the queue, until it is given up: what import_run()'s second thread does. */
void batch_read_all(struct batch_source *source);

#endif
