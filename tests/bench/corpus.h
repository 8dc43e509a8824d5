#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include "base/strbuf.h"
#include "index/index.h"

#include <stdio.h>

/*
 * The benchmark's documents (JSON lines with pn, ti, ab, ad, cc, ipc[], pa[]) as documents of an
 * index of its own, and what every measuring program needs.
 */
enum {
	BENCH_TEXT, /* title and abstract */
	BENCH_APPLICANT,
	BENCH_IPC,
	BENCH_IPC_SECTION,
	BENCH_IPC_CLASS,
	BENCH_IPC_SUBCLASS,
	BENCH_COUNTRY,
	BENCH_YEAR,
	BENCH_FILED, /* the year, as a number */
	BENCH_COLUMNS
};
extern const struct index_schema bench_schema;

/* Reads line by line, so that a corpus may come through a pipe. The id of a document is its line. */
struct corpus;
struct corpus *corpus_open(const char *path); /* "-": standard input; ends the program on failure */
void corpus_close(struct corpus *corpus);
/* Fills a document whose id is one more than before; its texts live until the next call. False at
   the end. */
bool corpus_next(struct corpus *corpus, struct document *document);
struct str corpus_number(const struct corpus *corpus); /* pn of the document read last */

struct index *bench_open(const char *folder);
double bench_now_ms(void);
double bench_processor_ms(void); /* of this thread: what others on the machine do does not count */
double bench_memory_mb(const char *name); /* from /proc: VmHWM, RssAnon, RssFile ... */
_Noreturn void bench_fail(const struct error *error);
/* Sorts the times; the one that `share` (0 to 1) of them do not exceed. */
double bench_percentile(double *times, size_t count, double share);

#endif
