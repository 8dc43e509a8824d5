#ifndef BENCH_NEUTRAL_H
#define BENCH_NEUTRAL_H

#include "base/list.h"
#include "index/index.h"

/*
 * The benchmark's queries in prefix form, which every engine translates for itself:
 * (and a b) (or a b) (not a) (text "words") (ipc PREFIX) (pa "NAME") (year A B).
 */
#define NEUTRAL(snapshot, arena, text)                                                             \
	((struct neutral){ snapshot, arena, text, LIST_OF(struct rank_term),                       \
			   .phrases = LIST_OF(struct phrase_check *) })
struct neutral {
	const struct snapshot *snapshot;
	struct arena *arena;
	struct str rest;
	struct list terms; /* struct rank_term: the texts outside a "not" */
	/* For ranking alone: the phrases every hit must have are not searched for but left here (struct
	   phrase_check *), and the documents found are those with their words. */
	bool leaves_phrases;
	struct list phrases;
	unsigned depth; /* of what a hit need not have */
};

/* Ends the program on an error. */
const struct bitmap *neutral_find(struct neutral *query);
bool neutral_holds(void *query, uint32_t document); /* for a rank_request */
void neutral_release(struct neutral *query);

/* One line of queries.tsv: false behind the last. */
struct neutral_line {
	struct str name, text;
};
bool neutral_next(struct str *content, struct neutral_line *line_out);

#endif
